/* What the files of the ladder's picture share. */
#ifndef LADDER_LADDER_DOT_IN_H
#define LADDER_LADDER_DOT_IN_H

#include "draw/dot_put.h"
#include "ladder/ladder_dot.h"

#define INK   "#1b1f24"
#define GREY  "#5b636e"
#define LIFE  "#b4bbc4"
#define AXIS  "#8a939d"
#define PALE  "#d5d9de"
#define PAPER "#f1f3f5"
#define RED   "#a8200d"
#define BROWN "#7a5600"

/* Where texts stand already; the last ones put in are looked at. */
#define PLACED_MAX 64
struct placed {
	double left, top, right, bottom;
};

struct picture {
	const struct layout *l;
	const struct ladder_dot_options *o;
	struct dot dot;
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
};

double picture_y(const struct picture *p, double y);
/* A message's line as it is drawn: one that was lost ends where it was lost,
 * one under way half way.  ARROW (may be NULL): where it was heading. */
void picture_line(const struct picture *p, const struct layout_row *r,
    struct dot_point line[2], struct dot_point *arrow);
/* "proxy · registrar": what people call a node's roles, on one or two lines
 * of at most WIDTH points.  Returns how many it takes. */
int picture_role(struct str role, double width, struct buf lines[2]);
#define ROLE_SIZE 8.5
/* Whether a text may stand there; picture_place takes the place. */
bool picture_free(const struct picture *p, const struct placed *at);
/* Whether another row's line goes through. */
bool
picture_crossed(const struct picture *p, size_t row, const struct placed *at);
void picture_place(struct picture *p, const struct placed *at);

/* ladder_dot_head.c: title, domains, names, lifelines, axis, footer. */
void picture_head(struct picture *p);
void picture_axis(struct picture *p);
void picture_foot(struct picture *p);
/* ladder_dot_rows.c: arrows, remarks. */
void picture_rows(struct picture *p);
/* ladder_dot_bars.c: states. */
void picture_bars(struct picture *p);
size_t picture_legend(struct picture *p, double y);

/* Half of what the bar at column I takes; 0 where it has none at Y. */
double picture_bar_half(const struct picture *p, size_t column, double y);

#endif
