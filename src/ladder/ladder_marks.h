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
	size_t one, other;   /* columns of a dialog's peers, or LAYOUT_NONE */
	size_t first, last;  /* rows */
	double y, y_end;
	struct str label; /* "T1", "set-up"; the user's language */
	struct str whose; /* of a dialog its peers, "Alice–Bob"; of a phase,
			     where there are several calls; else empty */
	size_t group;     /* phases of one call have the same, and one lane */
	/* Marks that overlap at one column and side have different ones;
	 * LAYOUT_NONE: there is none left. */
	size_t lane;
};

/* Most lanes at one side of a column, and of one kind beside the ladder. */
#define LADDER_MARK_LANES 6

struct ladder_marks {
	struct ladder_mark *list;
	size_t n, room;
	size_t lanes;          /* of those beside the ladder */
	size_t *reach, nreach; /* by column: lanes at the right of it */
	bool crowded;          /* some have no lane */
	struct map *strings;
};

/* The marks of the kinds in KINDS (bits, 1 << kind) in L, which was laid out
 * from T.  0 or ERR_NOMEM. */
int ladder_marks_create(struct ladder_marks **m, const struct layout *l,
    const struct trace *t, unsigned kinds);
void ladder_marks_destroy(struct ladder_marks *m);

#endif
