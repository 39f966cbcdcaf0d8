/*
 * What the list of calls knows: what its own files share.
 */
#ifndef VIEWS_TUI_PLAY_CALLS_IN_H
#define VIEWS_TUI_PLAY_CALLS_IN_H

#include "views/tui/play.h"

/* Calls whose ladder is drawn together, at most. */
#define PLAY_CALLS_TOGETHER 64

/* TEXT stands in one of ROW's columns; B is scratch. */
bool play_calls_row_has(struct play *p, const struct calls_row *row,
    struct str text, struct buf *b);
/* Opens the calls in LIST (Call-IDs, NUL after each) and shows their ladder, or
 * says why not. */
void play_chosen_open(struct play *p, const struct buf *list);
/* Does R where the source has more calls than its trace; false: R means the
 * usual. */
bool play_chosen_do(struct play *p, enum play_request r);
/* HAS, a bool a row, gets true where the list's own filter lets it through. */
void play_chosen_sift(struct play *p, bool *has);

#endif
