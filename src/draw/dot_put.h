/*
 * Writing pictures in Graphviz's language: texts, lines and boxes pinned to
 * their places, in points, y downwards from the top.  Plain dot draws the file
 * (layout=nop2).  Every text is made safe and escaped here and nowhere else.
 */
#ifndef DRAW_DOT_PUT_H
#define DRAW_DOT_PUT_H

#include "base/utf8.h"

enum dot_align { DOT_LEFT, DOT_CENTRE, DOT_RIGHT };
enum dot_head { DOT_PLAIN, DOT_FULL, DOT_OPEN, DOT_HOLLOW };

struct dot_point {
	double x, y;
};

struct dot_font {
	double size;
	const char *colour;
	bool bold, italic;
};

struct dot_pen {
	double width;
	const char *colour;
	const char *style; /* "solid", "dashed", "dotted" */
	enum dot_head head;
	const char *id;   /* of the SVG element, or NULL; plain characters */
	const char *kind; /* its class, or NULL */
	const struct buf *tip; /* what is said of it, or NULL */
};

struct dot {
	struct buf *out;
	double width, height;
	unsigned n; /* elements so far */
};

/* TEXT in quotes as DOT wants it: nothing in it can end the string, begin an
 * escape of Graphviz's own or become an entity. */
void dot_quote(struct buf *b, struct str text);

/* A drawing of WIDTH by HEIGHT points; NAME and ABOUT are for those who can't
 * see it. */
void dot_begin(struct dot *d, struct buf *out, double width, double height,
    struct str name, struct str about);
void dot_end(struct dot *d);

/* How wide TEXT will be, at most about, in a proportional font of that size:
 * measured for DejaVu Sans, which is wider than its like. */
double dot_text_width(struct str text, double size, bool bold);

/* As much of TEXT as fits into WIDTH points; what is cut off leaves "…". */
void
dot_fit(struct buf *b, struct str text, double size, bool bold, double width);

/* Y is the middle of the line of text, X its left end, middle or right end. */
void dot_text(struct dot *d, double x, double y, struct str text,
    enum dot_align align, const struct dot_font *font);
/* LINE is the colour of the edge, NULL for none. */
void dot_box(struct dot *d, double left, double top, double right,
    double bottom, const char *fill, const char *line, bool rounded);
/* A line through N points; its head, if any, at the last. */
void dot_line(struct dot *d, const struct dot_point *points, size_t n,
    const struct dot_pen *pen);

#endif
