/* What the files of the ladder's picture share. */
#ifndef LADDER_LADDER_FIGURE_IN_H
#define LADDER_LADDER_FIGURE_IN_H

#include "ladder/ladder_figure.h"

#define INK   "#1b1f24"
#define GREY  "#5b636e"
#define LIFE  "#b4bbc4"
#define AXIS  "#8a939d"
#define PALE  "#d5d9de"
#define PAPER "#f1f3f5"
#define RED   "#a8200d"
#define BROWN "#7a5600"

/* States that have patterns, which repeat. */
#define STATES_MAX 24

/* Where texts stand already; the last ones put in are looked at. */
#define PLACED_MAX 64
struct placed {
	double left, top, right, bottom;
	double sin; /* turned about its middle, clockwise; 0: level */
};

struct picture {
	const struct layout *l;
	const struct ladder_figure_options *o;
	struct figure figure;
	double *x;          /* of each lifeline, points */
	double left, right; /* of what lies between the outer lifelines */
	double top, bottom; /* of the lifelines */
	double column;      /* from one lifeline to the next */
	double half;        /* of a node's place among the names */
	double unit;        /* points for one unit of y */
	double head;        /* top of the names */
	double names;       /* height of the names' boxes */
	int role_lines;     /* lines that the longest role takes, 1 or 2 */
	struct placed placed[PLACED_MAX];
	size_t nplaced;
	double width, height;
	double marks_at; /* where brackets beside the ladder begin */
	/* Pages of paper: what each shows, in units of y. */
	double *breaks; /* where the first, second … end */
	size_t npages, page;
	double from, to;
	/* Bars by their column, each column's in order of time. */
	size_t *bars, *bars_of;        /* of column I: bars[bars_of[I]] … */
	struct str states[STATES_MAX]; /* in the order they were met */
	size_t nstates;
};

/* ladder_figure_pages.c */
/* Breaks the ladder into pages with ROOM points for its rows; 0 or ERR_NOMEM.
 * Without it there is one page, as high as needed. */
int picture_break(struct picture *p, double room);
/* What follows is for page PAGE, from 0. */
void picture_page(struct picture *p, size_t page);
/* Whether something from Y to Y_END is seen on the page. */
bool picture_on_page(const struct picture *p, double y, double y_end);

double picture_y(const struct picture *p, double y);
/* A message's line as it is drawn: one that was lost ends where it was lost,
 * one under way half way.  ARROW (may be NULL): where it was heading. */
void picture_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2], struct figure_point *arrow);
/* "proxy · registrar": what people call a node's roles, on one or two lines
 * of at most WIDTH points.  Returns how many it takes. */
int picture_role(struct str role, double width, struct buf lines[2]);
#define ROLE_SIZE  8.5
#define LABEL_SIZE 10.0
/* Whether a text may stand there; picture_place takes the place. */
bool picture_free(const struct picture *p, const struct placed *at);
/* Whether another row's line goes through. */
bool
picture_crossed(const struct picture *p, size_t row, const struct placed *at);
void picture_place(struct picture *p, const struct placed *at);

/* ladder_figure_head.c: title, domains, names, lifelines, axis, footer. */
void picture_head(struct picture *p);
/* What the title would like to have. */
double picture_title_width(const struct picture *p);
void picture_axis(struct picture *p);
void picture_foot(struct picture *p);
/* ladder_figure_label.c: an arrow with what is written on it; AIM is where it
 * was heading. */
void picture_arrow(struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim,
    const struct figure_pen *pen);
/* " ↻1 ×2": which repetition, how many copies. */
void picture_marks(struct buf *b, const struct layout_row *r);
/* ladder_figure_marks.c: brackets, and the room that they take at the right. */
void picture_brackets(struct picture *p);
double picture_marks_width(const struct ladder_marks *m);
/* ladder_figure_rows.c: arrows, remarks. */
void picture_rows(struct picture *p);
/* ladder_figure_bars.c: states.  0 or ERR_NOMEM. */
int picture_sort_bars(struct picture *p);
void picture_machines(const struct picture *p, struct buf *b);
void picture_bars(struct picture *p);
size_t picture_legend(struct picture *p, double y);

/* Half of what the bar at column I takes; 0 where it has none at Y. */
double picture_bar_half(const struct picture *p, size_t column, double y);

#endif
