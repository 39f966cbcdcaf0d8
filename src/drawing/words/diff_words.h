/* The signs and words of a comparison, the same in all its forms. */
#ifndef WORDS_DIFF_WORDS_H
#define WORDS_DIFF_WORDS_H

#include "base/buf.h"
#include "trace/align.h"

/* X(ID, UTF-8, ASCII): signs. */
#define DIFF_SIGNS(X)        \
	X(SAME, "│", "|")    \
	X(CHANGED, "~", "~") \
	X(MOVED, "↕", "%")   \
	X(MISSING, "−", "-") \
	X(EXTRA, "+", "+")   \
	X(DOWN, "↓", "v")    \
	X(UP, "↑", "^")      \
	X(TO, "→", "->")     \
	X(AGAIN, "↻", "r")   \
	X(LOST, "╳", "X")    \
	X(MORE, "⋮", ":")    \
	X(CUT, "…", "~")

/* The first are of the verdicts. */
enum diff_sign {
#define X(id, utf8, ascii) DIFF_SIGN_##id,
	DIFF_SIGNS(X)
#undef X
};

const char *diff_sign(enum diff_sign s, bool ascii);

/* "INVITE (SDP) ↻1", "200 OK (BYE)": message M without its nodes. */
void diff_put_message(struct buf *b, const struct align_message *m, bool ascii);
/* "alice → atl" */
void diff_put_nodes(struct buf *b, const struct align_message *m, bool ascii);
/* "+500 ms"; nothing for 0. */
void diff_put_later(struct buf *b, int64_t later);
/* By how much B's message of ROW comes later; 0 where there is only one. */
int64_t diff_later(const struct align *al, const struct align_row *row);
/* "Messages: 36 in A, 35 in B; the same: 30; …" */
void diff_put_counts(struct buf *b, const struct align *al);

#endif
