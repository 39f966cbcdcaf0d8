/*
 * What sets a paper as PDF: sheets of A4, and lines of text on them.  A line of
 * text has as many cells as fit if each were as wide as a letter is on the
 * average.
 */
#ifndef DRAW_PAPER_PRESS_IN_H
#define DRAW_PAPER_PRESS_IN_H

#include "text/markdown.h"
#include "draw/paper.h"
#include "draw/raster.h"

/* Points. */
#define PAGE_WIDTH  595.0
#define PAGE_HEIGHT 842.0
#define MARGIN      42.5 /* 15 mm: nothing stands nearer to an edge */
#define HEAD_LINE   22.0 /* what a line on top of each page takes */
#define FOOT_LINE   18.0 /* and the page's number */
#define BOTTOM      (PAGE_HEIGHT - MARGIN - FOOT_LINE)
#define FULL        PAPER_ROOM_WIDTH
#define BODY        10.0 /* sizes of type */
#define CODE        8.0
#define SMALL       8.0
#define HEAD        9.0
#define LEADING     1.42 /* of the size */
#define CELL        0.48 /* of the size: a letter, on the average of a line */
#define WIDE_CELL   0.51 /* half a Chinese character */
#define CODE_CELL   0.61
#define ITEM_INDENT 18.0
#define ANSWER_LINE 24.0
#define COLUMNS_MAX 12

struct sheet {
	struct buf svg;
	struct raster_part parts[PAPER_FIGURES_MAX];
	size_t nparts;
	double low; /* how far down it is filled */
};

struct press {
	const struct paper *p;
	struct sheet *sheets;
	size_t n, cap;
	size_t first; /* sheet of this paper */
	double y;     /* where the next line begins */
	int err;
	/* Rows of the table that is being read. */
	struct str *rows;
	size_t nrows, rows_cap;
	bool head; /* the first of them is one */
};

/* A text with the style of each byte. */
struct styled {
	struct buf text, styles;
};

/* Sets the N papers of LIST, which stay where they are, on sheets; S is begun
 * again, free it in any case.  0 or ERR_NOMEM. */
int press_set(struct press *s, const struct paper *list, size_t n);
void press_free(struct press *s);

/* The sheet that is being filled. */
struct sheet *press_sheet(struct press *s);
/* TEXT as it is; MORE are attributes. */
void press_put_line(struct buf *svg, double x, double y, double size,
    const char *more, struct str text);

/* Where a page's text begins. */
double press_top(const struct press *s);

/* Ends the paper's last sheet, if there is one, and begins another. */
void press_begin_sheet(struct press *s);
void press_end_sheet(struct press *s);

/* Room for HEIGHT points, on another page where this one has none; false where
 * something has failed. */
bool press_make_room(struct press *s, double height);

/* paper_press.c: F, cut over pages where it must be.  What it needs of the
 * present page behind ABOVE points to begin there, with a heading. */
void press_put_figure(struct press *s, const struct paper_figure *f);
double press_measure_figure(
    const struct press *s, const struct paper_figure *f, double above);

/* Adds TEXT's spans to ST, which press_free_styled frees. */
void
press_read_spans(struct styled *st, struct str text, enum markdown_style base);
void press_free_styled(struct styled *st);

/* How high ST is in a column of WIDTH; with DRAW it is drawn from s->y, on
 * further pages where PAGES. */
double press_set_text(struct press *s, const struct styled *st, double x,
    double width, double size, bool draw, bool pages);

/* A paragraph over the whole width but INDENT; its height. */
void press_put_text(struct press *s, struct str text, double indent,
    double size, enum markdown_style base);
double press_measure_text(struct press *s, struct str text, double indent);

#endif
