/*
 * The keys of a menu: the most useful ones in its bottom line, all of them as
 * a page in the place of the list.  A short menu has no groups and nothing to
 * find.
 */
#include "views/menu/menu_in.h"

#include "base/i18n.h"

static const struct {
	const char *key, *ascii;
	const char *brief; /* for the bottom line; NULL: not there */
	const char *text;
	bool in_long;   /* only where there is much to choose from */
	bool languages; /* only where another language can be had */
} keys[] = {
	{ "↑ ↓", "up down", N_("move"), N_("the item before, the next one"),
	    false, false },
	{ "Enter →", "Enter", N_("choose"), N_("take what is chosen"), false,
	    false },
	{ "Tab", "Tab", N_("next group"),
	    N_("the next group; S-Tab: the one before"), true, false },
	{ "PgUp PgDn", "PgUp PgDn", NULL, N_("a screen back, on"), true,
	    false },
	{ "Home End", "Home End", NULL, N_("the first, the last"), true,
	    false },
	{ N_("letters"), N_("letters"), NULL,
	    N_("leave only what has them; Backspace takes one back"), true,
	    false },
	{ "Esc", "Esc", N_("leave"),
	    N_("all items again; or, where all are there, leave"), false,
	    false },
	{ "q Ctrl-C", "q Ctrl-C", NULL, N_("leave"), false, false },
	/* In the words of those who look for it. */
	{ "F4", "F4", "English/中文", N_("another language, which is kept"),
	    false, true },
	{ "?", "?", N_("help"), N_("these keys; any key ends it"), false,
	    false },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

static struct str
key_name(const struct grid_area *a, size_t i)
{
	return str_of(i18n_text(a->g->ascii ? keys[i].ascii : keys[i].key));
}

static bool
counts(const struct menu *m, size_t i)
{
	return (!keys[i].in_long || m->n > MENU_FEW) &&
	       (!keys[i].languages || m->languages);
}

/* "Esc leave": its cells; written at X if WRITE. */
static size_t
put_brief(const struct grid_area *a, size_t x, size_t i, bool write)
{
	struct str key = key_name(a, i);
	struct str what = str_of(i18n_text(keys[i].brief));

	if (write) {
		grid_text(a, x, 0, key, a->w, STYLE_KEY);
		grid_text(
		    a, x + utf8_width(key) + 1, 0, what, a->w, STYLE_PLAIN);
	}
	return utf8_width(key) + 1 + utf8_width(what);
}

void
menu_put_keys(const struct menu *m, const struct grid_area *a)
{
	/* The way to all the others is always there: the last one. */
	size_t x = 1, help = put_brief(a, 0, KEYS - 1, false);

	for (size_t i = 0; i + 1 < KEYS; i++) {
		size_t cells;

		if (keys[i].brief == NULL || !counts(m, i))
			continue;
		cells = put_brief(a, 0, i, false);
		if (x + cells + 2 + help > a->w)
			continue;
		put_brief(a, x, i, true);
		x += cells + 2;
	}
	put_brief(a, x, KEYS - 1, true);
}

void
menu_put_help(const struct menu *m, const struct grid_area *a)
{
	size_t column = 0, y = 0;

	for (size_t i = 0; i < KEYS; i++)
		if (utf8_width(key_name(a, i)) > column)
			column = utf8_width(key_name(a, i));
	for (size_t i = 0; i < KEYS && y < a->h; i++) {
		if (!counts(m, i))
			continue;
		grid_text(a, 1, y, key_name(a, i), column, STYLE_KEY);
		grid_text(a, column + 3, y++, str_of(i18n_text(keys[i].text)),
		    a->w, STYLE_PLAIN);
	}
}
