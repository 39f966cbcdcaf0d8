/*
 * How each meaning looks, on the screen and in printed text: colours and
 * attributes by theme, from tables.
 */
#ifndef DRAW_THEME_H
#define DRAW_THEME_H

#include "base/buf.h"

/* X(ID, name) */
#define THEMES(X)                                                      \
	X(DEFAULT, "default")   /* on the terminal's own background */ \
	X(LIGHT, "light")       /* dark on white, for lecture halls */ \
	X(CONTRAST, "contrast") /* black, white, few bright colours */ \
	X(SAFE, "colour-blind") /* no red and green side by side */    \
	X(MONO, "mono")         /* no colours */

enum theme {
	THEME_NONE, /* plain text; as an option's value: not given */
#define X(id, name) THEME_##id,
	THEMES(X)
#undef X
	    THEME_COUNT
};

#define LOOK_BOLD      1u
#define LOOK_DIM       2u
#define LOOK_REVERSE   4u
#define LOOK_UNDERLINE 8u

/* Colours 0 … 15 as terminals number them; -1: the terminal's own. */
struct look {
	int fg, bg;
	unsigned attrs;
};

/* STYLE is an enum canvas_style, FLAGS are those of draw/grid.h. */
struct look theme_look(enum theme theme, unsigned style, unsigned flags);
/* What makes a terminal write in STYLE: "\033[0;1;94m"; nothing in THEME_NONE.
 */
void theme_put(enum theme theme, unsigned style, struct buf *out);
/* What ends a line whose last cell has STYLE: a theme with a ground of its own
 * paints the rest of the line as well. */
void theme_put_end(enum theme theme, unsigned style, struct buf *out);
/* Whether text without a style is painted as well. */
bool theme_has_ground(enum theme theme);
/* By its name or the only one that begins so; THEME_NONE: there is none. */
enum theme theme_of_name(struct str name);
const char *theme_name(enum theme theme);

#endif
