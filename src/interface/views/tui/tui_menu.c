/*
 * A menu on the whole screen, before anything is played.
 */
#include "views/tui/tui.h"

#include "base/err.h"
#include "base/i18n.h"
#include "views/tui/requests.h"
#include "views/tui/screen.h"

static void
draw_menu(struct menu *m, struct screen *s, struct grid *g, enum theme theme)
{
	struct grid_area all;

	if (screen_fit(s, g) != 0)
		return;
	grid_clear(g);
	all = grid_all(g);
	menu_fit(m, g->height);
	menu_draw(m, &all);
	screen_cursor(s, SIZE_MAX, 0);
	screen_draw(s, g, theme);
}

/* Letters filter here, so only the keys with names move. */
static bool
move_for(struct menu *m, enum key_name name, size_t height)
{
	switch (name) {
	case KEY_IS_DOWN:
		menu_move(m, 1);
		return true;
	case KEY_IS_UP:
		menu_move(m, -1);
		return true;
	case KEY_IS_PAGE_DOWN:
		menu_page(m, 1, height);
		return true;
	case KEY_IS_PAGE_UP:
		menu_page(m, -1, height);
		return true;
	case KEY_IS_HOME:
		menu_first(m);
		return true;
	case KEY_IS_END:
		menu_last(m);
		return true;
	case KEY_IS_TAB:
		menu_group(m, 1);
		return true;
	case KEY_IS_BACK_TAB:
		menu_group(m, -1);
		return true;
	case KEY_IS_BACKSPACE:
		menu_erase(m);
		return true;
	default:
		return false;
	}
}

/* "?" is no text as long as nothing is typed. */
static bool
is_help(const struct menu *m, struct key key)
{
	return key.name == KEY_IS_F1 ||
	       (key.name == KEY_IS_NONE && m->nfilter == 0 &&
		   (key.ch == '?' || key.ch == 0xff1f));
}

/* True when the menu is done with; MENU_NONE is chosen where it was left. */
static bool
press_menu_key(struct menu *m, struct key key, size_t height)
{
	bool asked = m->help;

	/* C-c leaves from everywhere; any other key ends the help. */
	m->help = !asked && is_help(m, key);
	if (m->help || (asked && (key.name != KEY_IS_NONE || key.ch != 3)))
		return false;
	if (move_for(m, key.name, height))
		return false;
	switch (key.name) {
	case KEY_IS_ENTER:
	case KEY_IS_RIGHT:
		return m->chosen != MENU_NONE;
	case KEY_IS_ESCAPE:
		if (m->nfilter > 0) {
			menu_clear(m);
			return false;
		}
		m->chosen = MENU_NONE;
		return true;
	case KEY_IS_F4:
		m->language = m->languages;
		return m->language;
	case KEY_IS_MOUSE: {
		size_t at = menu_at(m, key.y, height);

		if (key.wheel != 0)
			menu_move(m, key.wheel);
		else if (at != MENU_NONE)
			m->chosen = at;
		return key.wheel == 0 && at != MENU_NONE;
	}
	case KEY_IS_NONE:
		/* C-c leaves; q does where nothing is typed yet. */
		if (key.ch == 3 || (key.ch == 'q' && m->nfilter == 0)) {
			m->chosen = MENU_NONE;
			return true;
		}
		menu_type(m, key.ch);
		return false;
	default:
		return false;
	}
}

int
tui_menu(struct menu *m, const struct tui_options *o, struct diag *d)
{
	struct grid g = { .ascii = o->ascii };
	struct screen *s;
	struct key key;
	bool done = false;
	int err = screen_open(&s, d);

	if (err != 0)
		return err;
	screen_type(s, o->typed);
	while (!done && !screen_gone(s)) {
		draw_menu(m, s, &g, tui_theme(o));
		screen_wait(s, -1, -1);
		while (!done && screen_key(s, &key)) {
			done = press_menu_key(m, key, g.height);
			menu_fit(m, g.height);
		}
		if (!done && screen_ended(s))
			break;
	}
	if (!done)
		m->chosen = MENU_NONE;
	grid_free(&g);
	screen_close(s);
	return 0;
}
