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

/* How much is written on an arrow: "query bob@b.example", "query", "q". */
enum label_size { LABEL_BRIEF, LABEL_USUAL, LABEL_DETAIL };

/* What stands on an arrow: "F3 180 Ringing ↻1". */
void ladder_text_label(const struct layout_row *r, enum label_size size,
    bool ascii, struct buf *out);
size_t
ladder_text_label_cells(const struct layout_row *r, enum label_size size);
/* ladder_text_width.c: t->x and t->width; 0 or ERR_NOMEM. */
int ladder_text_fit(struct ladder_text *t);
/* Cells of the time column, margins and all. */
size_t ladder_text_time_cells(const struct layout *l);
/* Cells between column I and the next. */
size_t ladder_text_inner(const struct ladder_text *t, size_t i);

#endif
