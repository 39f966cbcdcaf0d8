/*
 * A capture too large for one trace, or a sample of its calls, inspected in
 * parts: some thousand messages at a time, each call and what belongs to it
 * whole.  So memory is that of its index, whatever its size.
 */
#ifndef CLI_INSPECT_H
#define CLI_INSPECT_H

#include "cli/capture_input.h"
#include "inspect/inspect.h"

/* IN takes F, or a sample of C->sample calls; FROM has its name.  0 or D's
 * error. */
int cli_inspect_parts(const struct cli *c, struct inspect *in,
    struct cli_capture_input *f, struct inspect_source *from, struct diag *d);

#endif
