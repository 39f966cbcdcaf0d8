/*
 * Parts of an SVG that is in a page: classes tell what they are, the
 * page's style sheet how they look.  What may be lit has an id, a letter and a
 * number: "k-e3".
 */
#ifndef DRAW_SVG_PUT_H
#define DRAW_SVG_PUT_H

#include "base/buf.h"
#include "base/field.h"
#include "draw/figure.h"

/* Pixels of a cell of a layout that is counted in cells. */
#define SVG_CELL_W 7.2
#define SVG_CELL_H 16.0

/* The middle of a cell. */
static inline struct figure_point
svg_cell(size_t x, size_t y)
{
	return (struct figure_point){ ((double)x + 0.5) * SVG_CELL_W,
		((double)y + 0.5) * SVG_CELL_H };
}

/* A picture of W by H pixels, called TITLE. */
void svg_put_begin(
    struct buf *b, const char *kind, double w, double h, struct str title);
void svg_put_end(struct buf *b);

/* An element's id. */
void svg_put_id(struct buf *b, char letter, size_t n);

/* Which element is lit, and as what; an object of JSON, in an array that is
 * open. */
extern const struct field svg_lit_fields[];
void svg_put_lit(struct buf *out, char letter, size_t n, const char *is);

/* A group, and its tooltip; TIP may be empty. */
void svg_put_group(
    struct buf *b, const char *kind, char letter, size_t n, struct str tip);
void svg_put_group_end(struct buf *b);

/* Y is the middle of the line, X its left end, middle or right end.  ROOM: the
 * maximal width, 0: any; a wider text is condensed. */
void svg_put_text(struct buf *b, const char *kind, struct figure_point at,
    enum figure_align align, struct str text, double room);
/* The attributes of that text, for who writes its parts; WIDE as it would be.
 */
void svg_put_place(struct buf *b, struct figure_point at,
    enum figure_align align, double wide, double room);
#define SVG_TYPE 12.0 /* pixels of the usual type */

void svg_put_box(struct buf *b, const char *kind, struct figure_point at,
    double w, double h, double round);
/* Straight lines with round corners between; the path has the id LETTER N,
 * '\0': none. */
void svg_put_way(struct buf *b, const char *kind, char letter, size_t n,
    const struct figure_point *points, size_t npoints);
/* The head of an arrow that comes FROM there and ends AT. */
void
svg_put_head(struct buf *b, struct figure_point from, struct figure_point at);

#endif
