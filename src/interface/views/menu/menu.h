/*
 * A list to choose from on a whole screen: labs, sessions, languages.  Items of
 * one group stand under its heading; typed text filters them.  Drawing changes
 * nothing; the caller turns keys into the calls below.
 */
#ifndef VIEWS_MENU_MENU_H
#define VIEWS_MENU_MENU_H

#include "draw/grid.h"

/* Texts are borrowed, translated, and made safe when they are drawn. */
struct menu_item {
	const char *group; /* equal pointers or texts: one group; may be NULL */
	const char *title;
	const char *text; /* one line about it; may be NULL */
	const char *hint; /* how to have it without a menu; may be NULL */
	const char *also; /* more text that the filter searches; may be NULL */
};

#define MENU_NONE SIZE_MAX

struct menu {
	const char *heading;
	const struct menu_item *items; /* borrowed */
	size_t n;
	size_t chosen; /* of the items; MENU_NONE where none is left */
	size_t top;    /* the first line that is shown, see menu_fit */
	char filter[64];
	size_t nfilter;
	bool help;      /* the keys in the place of the list */
	bool languages; /* another language can be had by a key … */
	bool language;  /* … which was pressed */
};

/* The first item is chosen. */
void menu_init(struct menu *m, const char *heading,
    const struct menu_item *items, size_t n);

/* ---- moving ---- */

/* STEPS items on, or back where negative, as far as there are any. */
void menu_move(struct menu *m, int steps);
/* As far as a screen of HEIGHT lines shows, DIRECTION 1 or -1. */
void menu_page(struct menu *m, int direction, size_t height);
void menu_first(struct menu *m);
void menu_last(struct menu *m);
/* DIRECTION 1: to the first item of the next group. -1: to that of this group
 * or, where it is chosen already, of the group before. */
void menu_group(struct menu *m, int direction);
/* The item that is in line Y of a screen of HEIGHT, or MENU_NONE. */
size_t menu_at(const struct menu *m, size_t y, size_t height);

/* ---- filtering ---- */

/* Is item I left?  Each word of the filter stands somewhere in its texts; upper
 * and lower case are the same. */
bool menu_has(const struct menu *m, size_t i);
/* One more character; full-width letters are their ASCII twins.  False where
 * it is not text or there is no room. */
bool menu_type(struct menu *m, uint32_t code_point);
/* Takes the last character away; false where there is none. */
bool menu_erase(struct menu *m);
void menu_clear(struct menu *m);

/* ---- drawing ---- */

/* Scrolls, as little as must be, so that the chosen item is visible on a screen
 * of HEIGHT lines: after each of the above, and after a change of size. */
void menu_fit(struct menu *m, size_t height);
void menu_draw(const struct menu *m, const struct grid_area *a);

/* Fills ITEMS with the languages, MOST at most, each named in itself; `also` is
 * what --lang takes.  Returns how many. */
size_t menu_languages(struct menu_item *items, size_t most);
/* What a language calls itself, "中文" for "zh_CN"; NAME itself where it is
 * unknown. */
const char *menu_language_title(const char *name);

#endif
