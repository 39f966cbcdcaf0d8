/* Which messages of a trace options choose for a ladder: --filter, --call. */
#ifndef CLI_MESSAGE_OPTIONS_H
#define CLI_MESSAGE_OPTIONS_H

#include "cli/cli.h"
#include "words/record_filter.h"

struct cli_message_options {
	const struct cli *c;
	struct record_filter filter;
	struct related_calls *related; /* where calls are chosen */
	struct buf scratch;
};

/*
 * Fills the parts of O that say so; they borrow from OPTIONS and C.  A filter
 * that can't be read, or a call that T does not have, is a mistake with a
 * sentence in D.  Free in any case.
 */
int
cli_message_options(struct cli_message_options *options, const struct cli *c,
    const struct trace *t, struct layout_options *o, struct diag *d);
void cli_message_options_free(struct cli_message_options *options);

#endif
