/*
 * The ladder drawn with characters, two lines a message: what it says above,
 * its arrow below.  Line by line for a screen, or all of it into a buffer.
 */
#ifndef LADDER_LADDER_TEXT_H
#define LADDER_LADDER_TEXT_H

#include "draw/grid.h"
#include "ladder/layout.h"

struct ladder_text_options {
	size_t width; /* cells there are; 0: 80, more where labels need it */
	bool ascii;   /* no character outside ASCII */
	enum theme theme;
	bool title;    /* the run's title above, counts below */
	uint64_t mark; /* the row of this record is marked; 0: none */
};

/* A ladder with its columns' places; borrows the ladder. */
struct ladder_text {
	const struct layout *l;
	struct ladder_text_options o;
	size_t *x;           /* the cell of each lifeline */
	size_t *title;       /* the cell where each domain's name begins … */
	size_t *title_cells; /* … and how many it has, cut with a mark */
	size_t title_from; /* names of domains have their room from here on … */
	size_t title_to;   /* … up to here; 0: to the end */
	size_t width;      /* cells of a line with names and arrows */
	size_t room;       /* cells that titles and remarks may take */
	size_t name_lines; /* names take turns on so many lines */
	size_t marked;     /* row, or LAYOUT_NONE */
};

/* O may be NULL.  0 or ERR_NOMEM. */
int ladder_text_create(struct ladder_text **t, const struct layout *l,
    const struct ladder_text_options *o);
void ladder_text_destroy(struct ladder_text *t);

/* The lines with domains and names.  Each is drawn on a line of spaces. */
size_t ladder_text_head_lines(const struct ladder_text *t);
void ladder_text_draw_head(
    const struct ladder_text *t, size_t line, const struct grid_area *c);
/* How many lines a row takes, 1 to 3, and one of them. */
size_t ladder_text_row_lines(const struct ladder_text *t, size_t row);
void ladder_text_draw_row(const struct ladder_text *t, size_t row, size_t line,
    const struct grid_area *c);

/* All of it.  0 or ERR_NOMEM. */
int ladder_text_write(const struct layout *l,
    const struct ladder_text_options *o, struct buf *out);

#endif
