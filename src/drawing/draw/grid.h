/*
 * A screen made of cells: what the panes of a terminal program draw on and a
 * test reads without a terminal.  A cell has a few bytes of UTF-8, a style by
 * meaning (draw/canvas.h) and flags on top of it.  All text is made safe when
 * it is written; wide characters take two cells, and half of one is never
 * shown.
 */
#ifndef DRAW_GRID_H
#define DRAW_GRID_H

#include <stddef.h>

#include "draw/canvas.h"
#include "draw/theme.h"

/* On top of a cell's style. */
#define GRID_FUTURE  1u  /* has not happened yet at this position */
#define GRID_CHOSEN  2u  /* the line or thing a cursor is on */
#define GRID_FOUND   4u  /* matches what was searched */
#define GRID_BRIGHT  8u  /* the one thing to look at */
#define GRID_FOREIGN 16u /* is in one of two compared things only */

struct grid_cell {
	char text[15]; /* UTF-8 of one character and its marks, no NUL */
	uint8_t n;     /* bytes of it; 0: a space, or the tail of a wide one */
	uint8_t style, flags;
	bool tail;
};

struct grid {
	struct grid_cell *cells; /* height rows of width */
	size_t width, height;
	bool ascii;      /* everything comes out as ASCII */
	size_t cap;      /* cells there is memory for */
	struct buf text; /* scratch */
	int err;         /* 0 or ERR_NOMEM: a text was left out */
};

/* A part of a grid: coordinates in it begin at 0, and nothing is drawn outside
 * it.  Copied freely; borrows the grid. */
struct grid_area {
	struct grid *g;
	size_t x, y, w, h;
};

/* All spaces.  0 or ERR_NOMEM; free with grid_free in any case. */
int grid_init(struct grid *g, size_t width, size_t height, bool ascii);
void grid_free(struct grid *g);
void grid_clear(struct grid *g);
/* Makes G some lines, or one, of WIDTH spaces; its memory is kept from one time
 * to the next.  Begin with all of G zero but `ascii`, look at its err at the
 * end. */
struct grid_area grid_lines(struct grid *g, size_t width, size_t lines);
struct grid_area grid_line(struct grid *g, size_t width);

struct grid_area grid_all(struct grid *g);
/* What of the rectangle lies in A. */
struct grid_area
grid_part(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h);

void grid_put(const struct grid_area *a, size_t x, size_t y,
    enum canvas_glyph glyph, enum canvas_style style);
void grid_fill(const struct grid_area *a, size_t x, size_t y, size_t w,
    size_t h, enum canvas_glyph glyph, enum canvas_style style);
/* Text from (X, Y) on, at most CELLS of it and never beyond the area; clipped
 * text ends in "…".  Returns the cells taken. */
size_t grid_text(const struct grid_area *a, size_t x, size_t y, struct str text,
    size_t cells, enum canvas_style style);
/* All of TEXT from cell X on, which may lie before the area; what lies beyond
 * is left out, of a wide character half a space.  Returns TEXT's cells. */
size_t grid_text_part(const struct grid_area *a, ptrdiff_t x, size_t y,
    struct str text, enum canvas_style style);
/* Lines and corners around the rectangle. */
void grid_box(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h,
    enum canvas_style style);
/* Adds FLAGS to the cells of the rectangle. */
void grid_flag(const struct grid_area *a, size_t x, size_t y, size_t w,
    size_t h, unsigned flags);
/* The cells of FROM, another grid's, into A as far as it reaches. */
void grid_copy(const struct grid_area *a, const struct grid_area *from);
/* Gives the cells of the rectangle STYLE. */
void grid_paint(const struct grid_area *a, size_t x, size_t y, size_t w,
    size_t h, enum canvas_style style);

/* The screen as text, or in THEME's looks, spaces at the ends of lines left
 * out.  0 or ERR_NOMEM. */
int grid_write(const struct grid *g, struct buf *out);
int grid_write_colour(const struct grid *g, enum theme theme, struct buf *out);

/* ---- lines that meet ---- */

/*
 * The sides to which lines leave the middle of a cell: they tell whether it is
 * a straight piece, a corner, a branch or a crossing.
 */
#define SIDE_UP    1u
#define SIDE_DOWN  2u
#define SIDE_LEFT  4u
#define SIDE_RIGHT 8u

enum canvas_glyph grid_line_glyph(unsigned sides);
/* The head of an arrow that comes from SIDE. */
enum canvas_glyph grid_head_glyph(unsigned side);

/* The side at which the straight way from one cell to another leaves. */
unsigned grid_line_towards(size_t x, size_t y, size_t to_x, size_t to_y);
unsigned grid_line_back(unsigned side); /* the side opposite */
void grid_line_step(unsigned side, size_t *x, size_t *y);

#endif
