/* What the two halves of a menu, choosing and drawing, share. */
#ifndef VIEWS_MENU_MENU_IN_H
#define VIEWS_MENU_MENU_IN_H

#include "views/menu/menu.h"

/* How a screen of some height is divided: head, list of ROWS from line FIRST
 * on, foot; a low screen does without. */
struct menu_parts {
	size_t first, rows;
	bool head, foot;
	bool keys; /* in the last line */
};

/* A menu of no more items offers no filter. */
#define MENU_FEW 5

struct menu_parts menu_parts(size_t height);

/* menu_draw.c: the most useful keys in a line; all of them as a page. */
bool menu_same_group(const struct menu *m, size_t a, size_t b);

#endif
