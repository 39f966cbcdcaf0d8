/* What the files of the ladder drawn with characters share. */
#ifndef LADDER_LADDER_TEXT_IN_H
#define LADDER_LADDER_TEXT_IN_H

#include "ladder/ladder_text.h"

/* Cells before a time, and between it and what follows. */
#define TIME_MARGIN 2
#define TIME_AFTER  3
/* No lifelines stand nearer than this: room for an arrow. */
#define INNER_LEAST 2

/* Names and remarks beyond this are clipped rather than given room. */
#define NAME_MOST   24
#define REMARK_MOST 32
/* "query", whom for, and a mark. */
#define DETAIL_MOST 48

/* How much is written on an arrow: "query bob@b.example", "query", "q". */
enum label_size { LABEL_BRIEF, LABEL_USUAL, LABEL_DETAIL };

/* Of what stands on an arrow: "F3 180 Ringing ↻1". */
size_t
ladder_text_label_cells(const struct layout_row *r, enum label_size size);
/* " ↻1 ×2": what is written behind a label. */
void ladder_text_put_marks(const struct layout_row *r, struct buf *out);
enum canvas_style ladder_text_style(const struct layout_row *r);
/* On how many lines, at most MOST, names wider than their columns take turns;
 * and where column I's name stands in the head: N cells from AT on. */
size_t
ladder_text_name_lines(const struct layout *l, const size_t *x, size_t most);
void ladder_text_name_at(
    const struct ladder_text *t, size_t i, size_t *line, size_t *at, size_t *n);
/* What is remarked of a row, as a row. */
struct layout_row ladder_text_note(const struct layout_row *r);
/* ladder_text_remark.c */
int ladder_text_write_title(
    const struct ladder_text *t, struct grid *g, struct buf *out);
size_t ladder_text_remark_lines(
    const struct ladder_text *t, const struct layout_row *r);
void
ladder_text_draw_remark(const struct ladder_text *t, const struct layout_row *r,
    size_t line, const struct grid_area *c, enum canvas_style style);
/* ladder_text_width.c: t->x, t->width, t->room and t->name_lines; 0 or
 * ERR_NOMEM. */
int ladder_text_fit(struct ladder_text *t);
/* t->title and t->title_cells, from t->x and t->room. */
void ladder_text_place_titles(struct ladder_text *t);
/* Cells of the time column, margins and all. */
size_t ladder_text_time_cells(const struct layout *l);
/* Cells between column I and the next. */
size_t ladder_text_inner(const struct ladder_text *t, size_t i);

/* What lies between the columns wants so many cells. */
struct ladder_fit {
	const struct layout *l;
	size_t *need; /* by gap: what labels and names take */
	size_t *wish; /* and with room for remarks */
	size_t n;     /* gaps */
	size_t right; /* cells after the last lifeline */
};

/* NEED and WISH are cleared arrays of a number for each column. */
void ladder_text_measure(struct ladder_fit *f);
/* Gaps grow all to the same size, within ROOM and no wider than the widest; or
 * they shrink to the same size, until they are all within ROOM or LEAST. */
void ladder_text_grow(size_t *gaps, size_t n, size_t room);
void ladder_text_shrink(size_t *gaps, size_t n, size_t room, size_t least);

#endif
