/*
 * How each meaning looks: colours and attributes by theme, from tables.
 */
#ifndef VIEWS_TUI_THEME_H
#define VIEWS_TUI_THEME_H

#include "draw/grid.h"

/* X(ID, name, what it is) */
#define THEMES(X)                                                            \
	X(DEFAULT, "default", N_("the terminal's own background"))           \
	X(LIGHT, "light", N_("dark on white, for the lecture hall"))         \
	X(CONTRAST, "contrast", N_("black, white and a few bright colours")) \
	X(SAFE, "colour-blind",                                              \
	    N_("blue and orange instead of red and green"))                  \
	X(MONO, "mono", N_("no colours"))

enum theme {
#define X(id, name, text) THEME_##id,
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

struct look theme_look(enum theme theme, unsigned style, unsigned flags);
/* By its name or the only one that begins so; THEME_COUNT: there is none. */
enum theme theme_of_name(struct str name);
const char *theme_name(enum theme theme);
const char *theme_text(enum theme theme); /* untranslated */

#endif
