/*
 * What belongs together in a ladder: the messages of a transaction on one hop,
 * the extent of a dialog, the phases of a call.  Brackets beside the rows.
 */
#ifndef LADDER_LADDER_MARKS_H
#define LADDER_LADDER_MARKS_H

#include "ladder/layout.h"

/* X(ID, word of --mark) */
#define LADDER_MARKS(X)                                                        \
	X(TRANSACTION, "transaction") /* RFC 3261 17: a request, its           \
					 responses, an ACK to 300-699 */       \
	X(DIALOG, "dialog")           /* RFC 3261 12: from its first record */ \
	X(PHASE, "phase")             /* set-up, talk, release */

enum ladder_mark_kind {
#define X(id, word) LADDER_MARK_##id,
	LADDER_MARKS(X)
#undef X
	    LADDER_MARK_COUNT
};

const char *ladder_mark_word(enum ladder_mark_kind kind);

struct ladder_mark {
	enum ladder_mark_kind kind;
	size_t column, peer; /* of a transaction: its client and its server;
				else LAYOUT_NONE: beside the ladder */
	size_t first, last;  /* rows */
	double y, y_end;
	struct str label; /* "T1", "set-up"; the user's language */
	size_t lane;      /* marks that overlap have different ones */
};

struct ladder_marks {
	struct ladder_mark *list;
	size_t n, room;
	size_t lanes; /* of those beside the ladder */
	struct intern *strings;
};

/* The marks of the kinds in KINDS (bits, 1 << kind) in L, which was laid out
 * from T.  0 or ERR_NOMEM. */
int ladder_marks_create(struct ladder_marks **m, const struct layout *l,
    const struct trace *t, unsigned kinds);
void ladder_marks_destroy(struct ladder_marks *m);

#endif
