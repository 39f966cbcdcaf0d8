/*
 * Whether what options ask for can be: an empty figure would be taken for an
 * answer.  Each returns 0, or an error with a sentence in D.
 */
#ifndef CLI_CHOICE_H
#define CLI_CHOICE_H

#include "cli/cli.h"

/* --from does not come after --to. */
int cli_check_times(const struct cli *c, struct diag *d);
/* T has every --call, by its beginning. */
int cli_check_calls(const struct cli *c, const struct trace *t, struct diag *d);
/* T goes on to --from. */
int cli_check_from(const struct cli *c, const struct trace *t, struct diag *d);
/* Where options chose, and nothing was SHOWN of T. */
int cli_check_shown(
    const struct cli *c, const struct trace *t, size_t shown, struct diag *d);
/* No option is for runs, or captures, alone where FILE is none of them. */
int cli_check_inputs(const struct cli *c, const char *file, bool run,
    bool capture, struct diag *d);
/* The same of a FILE that is not run where it is a trace or capture. */
int cli_check_run(const struct cli *c, const char *file, struct diag *d);
/* Every option does something in PLACE: what the command makes now, in
 * cli/places.c. */
int cli_check_place(const struct cli *c, const char *place, struct diag *d);

#endif
