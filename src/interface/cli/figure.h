/* The figures of rung export beside the ladder: state machines, the network. */
#ifndef CLI_FIGURE_H
#define CLI_FIGURE_H

#include "cli/cli.h"

struct cli_figure {
	const char *name, *also; /* of --what; also may be NULL */
	bool alone;              /* it needs no trace */
	const char *format;      /* the usual one; NULL: DOT */
	/* T is NULL where it is drawn without. */
	int (*write)(struct cli *c, const struct trace *t, struct buf *out,
	    struct diag *d);
};

/* The figure that --what, or --machine, asks for; NULL: the ladder.  0 or D's
 * error. */
int cli_figure_find(
    const struct cli *c, const struct cli_figure **f, struct diag *d);

#endif
