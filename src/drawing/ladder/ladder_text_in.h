/* How wide a ladder made of characters is to be. */
#ifndef LADDER_LADDER_TEXT_IN_H
#define LADDER_LADDER_TEXT_IN_H

#include "ladder/layout.h"

/* Cells before a time, and between it and what follows. */
#define TIME_MARGIN 2
#define TIME_AFTER  3
/* No lifelines stand nearer than this: room for an arrow. */
#define INNER_LEAST 2
/* Names beyond this are clipped rather than given room. */
#define NAME_MOST 24

/* How much is written on an arrow: "query bob@b.example", "query", "q". */
enum label_size { LABEL_BRIEF, LABEL_USUAL, LABEL_DETAIL };

/* The part in front of a label, however little room it has: "F3 ", and the sign
 * of the cost of the message's loss. */
void ladder_text_put_front(const struct layout_row *r, struct buf *out);
/* Of an arrow's text: "F3 180 Ringing ↻1". */
size_t
ladder_text_label_cells(const struct layout_row *r, enum label_size size);
/* Cells of the time column, margins and all. */
size_t ladder_text_time_cells(const struct layout *l);

/* How many cells the gaps between the columns want. */
struct ladder_fit {
	const struct layout *l;
	size_t *need; /* by gap: what labels and names take */
	size_t *wish; /* and with room for remarks */
	size_t n;     /* gaps */
	size_t right; /* cells after the last lifeline */
	/* Cells that remarks want after it, and those of the whole run after
	 * the first; they may have fewer. */
	size_t beside, over;
};

/* F's `need` and `wish` are cleared arrays of a number for each column. */
void ladder_text_measure(struct ladder_fit *f);
size_t ladder_text_sum(const size_t *cells, size_t n);
/* Gaps grow all to the same size, within ROOM and no wider than the widest; or
 * they shrink to the same size, until they are all within ROOM or LEAST. */
void ladder_text_grow(size_t *gaps, size_t n, size_t room);
void ladder_text_shrink(size_t *gaps, size_t n, size_t room, size_t least);

#endif
