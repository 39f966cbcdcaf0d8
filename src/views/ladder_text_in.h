/* What the files of the ladder drawn with characters share. */
#ifndef VIEWS_LADDER_TEXT_IN_H
#define VIEWS_LADDER_TEXT_IN_H

#include "views/ladder_text.h"

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
/* ladder_text_remark.c */
int ladder_text_write_title(
    const struct ladder_text *t, struct canvas *c, struct buf *out);
size_t ladder_text_remark_lines(
    const struct ladder_text *t, const struct layout_row *r);
void
ladder_text_draw_remark(const struct ladder_text *t, const struct layout_row *r,
    size_t line, struct canvas *c, enum canvas_style style);
/* ladder_text_width.c: t->x, t->width and t->room; 0 or ERR_NOMEM. */
int ladder_text_fit(struct ladder_text *t);
/* Cells of the time column, margins and all. */
size_t ladder_text_time_cells(const struct layout *l);
/* Cells between column I and the next. */
size_t ladder_text_inner(const struct ladder_text *t, size_t i);

#endif
