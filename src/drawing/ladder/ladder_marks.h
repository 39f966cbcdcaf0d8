/*
 * The groups of a ladder: the messages of a transaction on one hop, the extent
 * of a dialog, the phases of a call. They are shown as brackets next to the
 * rows.
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
	bool sent; /* it ends where that row begins, not where it arrives */
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
	/* By row: the transaction that its message belongs to, plus 1; 0: to
	 * none.  NULL where transactions were not asked for. */
	uint32_t *of;
	struct map *strings;
};

/* The marks of the kinds in KINDS (bits, 1 << kind) in L, which was laid out
 * from T.  0 or ERR_NOMEM. */
int ladder_marks_create(struct ladder_marks **m, const struct layout *l,
    const struct trace *t, unsigned kinds);
void ladder_marks_destroy(struct ladder_marks *m);

/*
 * The same in slices, for a caller with other things to do meanwhile:
 * ladder_marks_begin, then ladder_marks_go_on until there are marks or an
 * error, then ladder_marks_leave.  L, of T's first RECORDS, and T are borrowed
 * until then.
 */
struct ladder_marking;
int ladder_marks_begin(struct ladder_marking **w, const struct layout *l,
    const struct trace *t, uint64_t records, unsigned kinds);
/* Looks at about MOST more rows or records.  0 or ERR_NOMEM; *M is NULL until
 * all are found, which the caller then owns. */
int ladder_marks_go_on(
    struct ladder_marking *w, uint64_t most, struct ladder_marks **m);
/* Frees W, which may be NULL. */
void ladder_marks_leave(struct ladder_marking *w);

#endif
