/*
 * The ladder as the screen shows it: a window of lines and columns onto a
 * layout, at a position of its trace.  Past rows stand out, future rows are
 * marked as such, and messages in transit are drawn as far as they have come.
 * Header and time column stay where they are while the rest is scrolled.
 *
 * Lines are counted from 0 over the whole ladder, the header not among them.
 * How many there are depends on the mode alone, not on the size of the screen.
 * Brackets (ladder/ladder_marks.h) are at the right, in cells that the ladder
 * leaves to them; if there are too few cells, some brackets are only counted.
 *
 * On paper it is the same ladder, with all columns side by side, and with more
 * lines for what has no room on one (ladder/ladder_text.h).
 */
#ifndef LADDER_LADDER_SCREEN_H
#define LADDER_LADDER_SCREEN_H

#include "draw/grid.h"
#include "ladder/ladder_marks.h"

/* X(ID, name, what it is) */
#define LADDER_MODES(X)                                        \
	X(USUAL, "usual", N_("two lines for each message"))    \
	X(COMPACT, "compact", N_("one line for each message")) \
	X(TIME, "time", N_("true time: each line is the same length of time"))

enum ladder_mode {
#define X(id, name, text) LADDER_##id,
	LADDER_MODES(X)
#undef X
	    LADDER_MODE_COUNT
};

const char *ladder_mode_name(enum ladder_mode mode);
const char *ladder_mode_text(enum ladder_mode mode); /* user's language */
/* What suits a screen of HEIGHT lines, true time aside. */
enum ladder_mode ladder_mode_for(size_t height);

struct ladder_screen_options {
	enum ladder_mode mode;
	int64_t line_ns; /* true time: how long a line lasts; 0: chosen */
	/* Call-IDs of the calls that are shown as one line each. */
	const struct str *folded;
	size_t nfolded;
	/* Brackets at the right, of the same layout; NULL: none.  Borrowed. */
	const struct ladder_marks *marks;
	bool paper;
	size_t paper_width; /* cells there are; 0: as many as labels need */
};

struct ladder_screen;

/* A view of L, which it borrows; O may be NULL.  Takes time and memory (8 bytes
 * a row) in proportion to the rows.  0 or ERR_NOMEM. */
int ladder_screen_create(struct ladder_screen **s, const struct layout *l,
    const struct ladder_screen_options *o);
/* Gives the columns of S and OTHER the same distances from now on, if both have
 * the same number of columns. */
void ladder_screen_join(struct ladder_screen *s, struct ladder_screen *other);
void ladder_screen_destroy(struct ladder_screen *s);

/* Lines in all; the first line of a row; the row that line LINE shows, or the
 * last one that begins above it (LAYOUT_NONE: none).  The rows of a folded call
 * share the line of the first of them. */
size_t ladder_screen_lines(const struct ladder_screen *s);
size_t ladder_screen_line_of(const struct ladder_screen *s, size_t row);
size_t ladder_screen_row_at(const struct ladder_screen *s, size_t line);
/* Row is one of a call that is shown as one line. */
bool ladder_screen_is_folded(const struct ladder_screen *s, size_t row);
/* True time: how long a line lasts, at least 1; else 0.  Half of it or twice as
 * much, given to ladder_screen_create, zooms. */
int64_t ladder_screen_line_ns(const struct ladder_screen *s);

/* The contents to show. */
struct ladder_screen_now {
	uint64_t seq;  /* the position: records up to here have happened */
	int64_t t;     /* the time; -1: that of the position's row */
	size_t row;    /* the row to look at, or LAYOUT_NONE */
	size_t top;    /* the first line below the header */
	size_t first;  /* the first column, where not all have room */
	size_t column; /* the chosen one, or LAYOUT_NONE */
	const uint64_t *marks; /* seqs that the user marked, ascending */
	size_t nmarks;
	/* Rows that were searched for; NULL: nothing was. */
	bool (*found)(const struct layout_row *row, void *arg);
	void *arg;
	bool present;     /* hollow heads for what has not happened */
	bool hide_future; /* it is not shown at all */
};

#define LADDER_SCREEN_NOW            \
	((struct ladder_screen_now){ \
	    .t = -1, .row = LAYOUT_NONE, .column = LAYOUT_NONE })

/* Lines of the header, in an area WIDTH cells wide. */
size_t ladder_screen_head_lines(struct ladder_screen *s, size_t width);
/* Header and lines into A, which is all drawn again (clear it before).  S
 * remembers where the columns stand; nothing else in it changes. */
void ladder_screen_draw(struct ladder_screen *s,
    const struct ladder_screen_now *now, const struct grid_area *a);

/* The top line that shows ROW in HEIGHT lines (the header not among them):
 * NOW's, unless the row would leave the middle of the screen. */
size_t ladder_screen_top(const struct ladder_screen *s,
    const struct ladder_screen_now *now, size_t height, size_t row);
/* The first column that lets both ends of ROW be seen, or at least its sender:
 * NOW's, where that does. */
size_t ladder_screen_first(struct ladder_screen *s,
    const struct ladder_screen_now *now, size_t width, size_t row);
/* The columns shown in an area WIDTH cells wide when column *FIRST is asked for
 * as the first: from *FIRST on, before *END. */
void ladder_screen_columns(
    struct ladder_screen *s, size_t width, size_t *first, size_t *end);

/* The place at cell (X, Y) of A: a row (or LAYOUT_NONE) and the column whose
 * lifeline is nearest (or LAYOUT_NONE).  False where there is neither. */
bool
ladder_screen_hit(struct ladder_screen *s, const struct ladder_screen_now *now,
    const struct grid_area *a, size_t x, size_t y, size_t *row, size_t *column);

#endif
