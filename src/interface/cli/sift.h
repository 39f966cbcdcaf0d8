/*
 * The calls of a capture that have a message as a filter asks: found without a
 * trace, of captures of any size.
 */
#ifndef CLI_SIFT_H
#define CLI_SIFT_H

#include "inference/correlation.h"
#include "cli/cli.h"
#include "words/record_filter.h"

/* HAS, a bool for each of CO's calls (by its number, CO->ncalls of them), gets
 * true where one of the call's messages is as F asks.  0 or ERR_NOMEM. */
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

#endif
