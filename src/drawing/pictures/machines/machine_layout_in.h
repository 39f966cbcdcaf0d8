/*
 * A state diagram while it is laid out.  States are in columns and ranks;
 * between and beside the columns run channels, above each rank lies a gap.
 * Channel 0 is left of column 0.
 *
 * All edges from one state to another are one way.  It runs straight from a
 * state to the one above or below (a drop), or leaves it at the side, with its
 * events at once, and goes down or up in a channel to the side of its state (a
 * lane).  Ways that come to a state by the same channel share its lane.
 */
#ifndef PICTURES_MACHINES_MACHINE_LAYOUT_IN_H
#define PICTURES_MACHINES_MACHINE_LAYOUT_IN_H

#include "pictures/machines/machine_layout.h"

#define LAYOUT_NONE SIZE_MAX

enum way_kind { WAY_DOT, WAY_LOOP, WAY_DROP, WAY_LANE };

struct way {
	size_t from, to; /* places; from NONE: before the first step */
	const struct machine_edge *edge; /* the first of them */
	enum way_kind kind;
	bool right, in_right; /* the side it leaves, and that it comes in at */
	size_t channel;       /* of a lane */
	/* The line that it leaves in, and that it comes in at: of its rank's,
	 * then of the figure's. */
	size_t y, in_y;
	size_t x;            /* of its lane */
	size_t lines, width; /* of its text */
	size_t above;        /* lines of it above the one that it leaves in */
	/* Where that begins, or where its lines end, counted from the column of
	 * the state that it stands at. */
	size_t text_y;
	int text_x;
	bool ends;
	struct way *next; /* that shares its lane */
};

/* A state's. */
struct place {
	size_t column, rank;
	size_t lines; /* that it has for its sides */
	/* The shapes above it: a dot that leads to it, a loop, a way up and one
	 * down to it. */
	bool dot, loop, up, down;
	/* A text beside the upper frame on the right; the text of the loop is
	 * inside it, or above. */
	bool corner, inside, over;
	size_t foot; /* of its loop, the left one */
};

struct layout {
	const struct machine *m;
	struct picture_figure *f;
	size_t wrap; /* most cells of a line of text */
	bool alone;  /* all in one column, whatever the table asks for */
	size_t dash; /* cells of line on either side of a text */
	size_t box;  /* cells of a box at least */
	bool outer;  /* lanes are behind the state that they lead to */
	bool turned; /* lanes within a column are on its other side */
	bool over;   /* a loop's text of more lines is above it */
	struct place places[PICTURE_STATES];
	struct way ways[PICTURE_EDGES];
	size_t names[PICTURE_STATES], texts[PICTURE_EDGES]; /* cells */
	size_t next[PICTURE_EDGES]; /* edge of the same way, NEDGES: none */
	size_t nplaces, nways, ncolumns, nranks;
	size_t x[PICTURE_STATES], widths[PICTURE_STATES]; /* of columns */
	size_t y[PICTURE_STATES]; /* of each rank's boxes */
	size_t gaps[PICTURE_STATES], lines[PICTURE_STATES]; /* of ranks */
	size_t w, h, crossings;
};

static inline const struct place *
way_from_place(const struct layout *l, const struct way *w)
{
	return &l->places[w->from];
}

static inline const struct place *
way_to_place(const struct layout *l, const struct way *w)
{
	return &l->places[w->to];
}

/* machine_layout_grid.c: which line everything is in; false: too many. */
bool layout_lines(struct layout *l);

/* machine_layout_grid.c: in which column. */
void layout_columns(struct layout *l);

/* machine_layout.c: cells right of the left edge of its box of the way straight
 * down to P, of the way up from it, and of its dot. */
size_t layout_down_cell(const struct layout *l, const struct place *p);
#define LAYOUT_UP 4u
size_t layout_dot_cell(const struct place *p);
/* Of the right foot of its loop. */
size_t layout_foot_cell(const struct layout *l, const struct place *p);

/* The table's row of W's first edge. */
size_t layout_first_edge(const struct layout *l, const struct way *w);

/* The texts of a way's edges from its edge AT on that are in one line: the
 * edge that the next line begins with, and the WIDTH of this one. */
size_t layout_text(const struct layout *l, size_t at, size_t *width);

#endif
