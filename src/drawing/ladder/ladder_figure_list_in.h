/*
 * What follows the ladder's picture: the list of its numbers, and its messages
 * as RFCs print them.  First both are lines (ladder_figure_list.c), then the
 * lines are set in columns of sheets (ladder_figure_list.c): a sheet is a page
 * of paper, or a part of the one picture below the ladder.
 */
#ifndef LADDER_LADDER_FIGURE_LIST_IN_H
#define LADDER_LADDER_FIGURE_LIST_IN_H

#include "draw/figure.h"
#include "ladder/layout.h"

enum list_kind {
	LIST_TITLE,   /* "Messages" */
	LIST_HEADING, /* "F1 INVITE Alice → atl" */
	LIST_TABLE,   /* the table's first row */
	LIST_ROW,
	LIST_CODE, /* a line of a message */
	LIST_SENTENCE,
	LIST_KIND_COUNT
};

#define LIST_CELLS 5 /* of the table: number, time, message, from, to */

struct list_line {
	enum list_kind kind;
	size_t at, n; /* into the text */
	uint64_t seq; /* of the message it belongs to; 0: to none */
	/* the heading to repeat where a column begins with this line, or
	 * LIST_NONE */
	size_t of;
};

/* A column's lines. */
struct list_column {
	size_t first, end;
};

struct listing {
	/* How wide a column is, in units of the type's size. */
	double width;
	struct buf text;
	struct list_line *lines;
	size_t nlines, room;
	double cells[LIST_CELLS]; /* how wide the table's are */
	/* Across a sheet, and all of them in order. */
	size_t across, ncolumns;
	struct list_column *columns;
	double *heights; /* of each sheet */
	size_t nsheets;
	int err;
};

/* The type's size, and the width of a letter of a message in it. */
#define LIST_CODE_SIZE 8.0
#define LIST_LETTER    (LIST_CODE_SIZE * 0.602)

/* Makes the lines: the numbers of L where NUMBERS, the messages where T is not
 * NULL; for columns WIDTH wide.  0 or ERR_NOMEM. */
int list_make(struct listing *s, const struct layout *l, const struct trace *t,
    bool numbers, double width);
void list_free(struct listing *s);

/* Sets the lines in ACROSS columns of sheets, as high as HEIGHT at most (0: one
 * sheet, as high as needed).  0 or ERR_NOMEM. */
int list_set(struct listing *s, size_t across, double height);
/* Draws sheet I with its left upper corner there, enlarged by SCALE, columns
 * GAP apart. */
void list_draw(const struct listing *s, struct figure *f, size_t i, double left,
    double top, double scale, double gap);

#endif
