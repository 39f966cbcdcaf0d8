/*
 * Two messages line by line: which lines are the same, which came, which went,
 * and of which a part has changed.  Lines belong together when they are of the
 * same header field (or the same letter of SDP) and most alike.
 */
#ifndef DRAW_LINE_DIFF_H
#define DRAW_LINE_DIFF_H

#include "base/str.h"

enum line_change { LINE_SAME, LINE_CHANGED, LINE_ADDED, LINE_REMOVED };

struct line_diff_row {
	enum line_change change;
	struct str old, now; /* without line ends; .p is NULL where there is
				none */
	/* Of CHANGED: what differs, as bytes of each. */
	size_t old_from, old_to, now_from, now_to;
};

/* Sets what differs between R's old and now, whole words of them. */
void line_diff_mark(struct line_diff_row *r);

struct line_diff {
	struct line_diff_row *rows; /* owned; in the order of both */
	size_t n, cap;
	size_t nchanged; /* rows that are not SAME */
};

#define LINE_DIFF_INIT ((struct line_diff){ NULL, 0, 0, 0 })

/*
 * Compares OLD with NOW, which must outlive D.  0 or ERR_NOMEM; free in any
 * case.  Where more lines differ than are worth the time (some hundreds on
 * both sides), those between the first and the last difference come out as
 * removed and added.
 */
int line_diff(struct line_diff *d, struct str old, struct str now);
void line_diff_free(struct line_diff *d);

#endif
