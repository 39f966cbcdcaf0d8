/*
 * The ladder on paper: the ladder of the screen (ladder/ladder_screen.h) drawn
 * whole, with its title above, its counts and the legend of its marks below.
 */
#ifndef LADDER_LADDER_TEXT_H
#define LADDER_LADDER_TEXT_H

#include "draw/grid.h"
#include "ladder/ladder_marks.h"

struct ladder_text_options {
	size_t width; /* cells there are; 0: 80, more where labels need it */
	bool ascii;   /* no character outside ASCII */
	enum theme theme;
	bool title;    /* the run's title above, counts below */
	uint64_t mark; /* the row of this record is marked; 0: none */
	/* Brackets of the same layout at the right; NULL: none. */
	const struct ladder_marks *marks;
};

/* Memory for some hundred lines and for 8 bytes a row is needed meanwhile.
 * O may be NULL.  0 or ERR_NOMEM. */
int ladder_text_write(const struct layout *l,
    const struct ladder_text_options *o, struct buf *out);

#endif
