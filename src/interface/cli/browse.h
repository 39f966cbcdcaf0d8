/*
 * A capture too large for one trace: its calls, and a trace of the opened ones,
 * for the screen (views/tui/source.h).
 */
#ifndef CLI_BROWSE_H
#define CLI_BROWSE_H

#include "cli/captured.h"
#include "views/tui/source.h"

struct browse;

/* Adds C to the struct calls ARG (calls/calls.h); a capture_call_fn. */
int browse_give(const struct capture_call *c, void *arg);

/* What the capture FILE is on the screen: *T of it all or of the calls that C
 * chooses, or where that is too much, *B; the other is NULL.  Borrows FILE.  0
 * or D's error. */
int browse_open(struct cli *c, const char *file, struct trace **t,
    struct browse **b, struct diag *d);
void browse_close(struct browse *b); /* may be NULL */
/* Fills SRC in; borrows B. */
void browse_source(struct browse *b, struct play_source *src);

#endif
