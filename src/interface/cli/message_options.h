/* Which messages of a trace options choose for a ladder: --filter, --call. */
#ifndef CLI_PICK_H
#define CLI_PICK_H

#include "cli/cli.h"
#include "words/record_filter.h"

struct cli_pick {
	const struct cli *c;
	struct record_filter filter;
	struct related_calls *related; /* where calls are chosen */
	struct buf scratch;
};

/*
 * Fills the parts of O that say so; they borrow from PICK and C.  A filter that
 * can't be read, or a call that T does not have, is a mistake with a sentence
 * in D.  Free in any case.
 */
int cli_pick(struct cli_pick *pick, const struct cli *c, const struct trace *t,
    struct layout_options *o, struct diag *d);
void cli_pick_free(struct cli_pick *pick);

#endif
