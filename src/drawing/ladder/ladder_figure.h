/*
 * The ladder as a figure, on any device.  Made for black and white first: kinds
 * of message differ by stroke and arrowhead, states by their pattern.
 */
#ifndef LADDER_LADDER_FIGURE_H
#define LADDER_LADDER_FIGURE_H

#include "draw/figure.h"
#include "ladder/ladder_marks.h"
#include "ladder/layout.h"

/* The smallest type that is easy to read on paper, points. */
#define LADDER_TYPE_LEAST 5.0

/* The places at which a figure on one page may be cut, in points from its top,
 * and the part repeated above the rest behind a cut: the names. */
struct ladder_cuts {
	double names_top, names_bottom;
	double *at; /* owned; from top to bottom */
	size_t n;
	double type; /* its smallest, in print */
};

void ladder_cuts_free(struct ladder_cuts *cuts);

struct ladder_figure_options {
	const char *title;    /* NULL: the trace's own */
	const char *subtitle; /* NULL: none */
	const char *footer;   /* where it comes from: lab, seed, trace; NULL */
	const char *source;   /* the same in full, kept in the file; NULL */
	const struct ladder_marks *marks; /* brackets; NULL: none */
	double width; /* of the figure in print, points; 0: its own */
	/* Pages of paper of that size, in points, without margins; 0: one page
	 * as large as needed.  A page repeats the names. */
	double paper_width, paper_height;
	/* Where one page as large as needed would be too long to be read from
	 * A4, it goes on pages of that. */
	bool on_a4;
	bool numbers;                 /* a list of the numbers follows */
	const struct trace *messages; /* what the layout was made from: its
					 messages follow in full; NULL: not */
	/* Get the size of its smallest type in print, points, and over how many
	 * pages beside each other it goes; may be NULL. */
	double *type;
	size_t *beside;
	struct ladder_cuts *cuts; /* filled in; may be NULL */
};

/* Appends the figure, on one page, to OUT; O may be NULL.  0 or ERR_NOMEM. */
int ladder_figure_write(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    struct buf *out);

/* Gets page I of N, from 0; 0, or an error that ends it. */
typedef int ladder_page_fn(struct buf *page, size_t i, size_t n, void *arg);
/* The figure on pages.  0, ERR_NOMEM, or FN's error. */
int ladder_figure_pages(const struct layout *l,
    const struct ladder_figure_options *o, const struct figure_device *device,
    ladder_page_fn *fn, void *arg);

#endif
