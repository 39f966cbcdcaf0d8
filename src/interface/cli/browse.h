/*
 * A capture too large for one trace: its calls, and a trace of the opened ones,
 * for the screen (views/tui/source.h).
 */
#ifndef CLI_BROWSE_H
#define CLI_BROWSE_H

#include "cli/capture_input.h"
#include "cli/cli.h"
#include "inference/correlation.h"
#include "views/tui/source.h"
#include "words/record_filter.h"

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

/*
 * Finds the calls of a capture of any size that have a message as F asks,
 * without a trace. HAS, a bool for each of CO's calls (by its number,
 * CO->ncalls of them), gets true for these. 0 or ERR_NOMEM.
 */
int
sift_calls(struct correlation *co, const struct record_filter *f, bool *has);

/* Says that nothing is as F, the WORDS of a filter, asks, perhaps since a word
 * in it is misspelt. */
void cli_say_nothing(
    const struct cli *c, const struct record_filter *f, const char *words);
/* The Call-IDs of F's calls that have a message as WORDS ask into IDS (struct
 * str, slices of CO).  0, or D's error, also where WORDS are no filter or all
 * their messages are more than C shows at once. */
int cli_sift(const struct cli *c, struct correlation *co, const char *words,
    struct buf *ids, struct diag *d);

/* rung show --follow: the records of a capture that is still being written. */

/*
 * Prints the records of FILE's trace that FILTER lets through, as they come:
 * settled ones when 5 s of the capture have passed since, and all when nothing
 * has come for a second.  Where a later message shows that some of them were
 * wrong a line says so, and they follow again.  Ends with the writer of a pipe,
 * or a signal; with an error where FILE becomes shorter or is replaced.  0 or
 * D's error.
 */
int
cli_follow(struct cli *c, const char *file, const char *filter, struct diag *d);

#endif
