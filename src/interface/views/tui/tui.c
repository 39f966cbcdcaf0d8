/*
 * The loop.  Nothing else here reads the machine's clock or waits.
 */
#include "views/tui/tui.h"

#include "base/mem.h"
#include "views/tui/play_panes.h"
#include "views/tui/screen.h"

#include <stdlib.h>
#include <time.h>

/* Between two pictures while something moves. */
#define FRAME_MS  40
#define SECOND_MS 1000
/* Keys taken before the screen is drawn again: a held key, a paste. */
#define KEYS_MOST 64

static int64_t
clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int
draw_play(struct play *p, struct screen *s, struct grid *g)
{
	int err = screen_fit(s, g);

	if (err == 0)
		err = play_draw(p, g);
	if (err != 0)
		return err;
	screen_cursor(s, p->drawn.cursor_x, p->drawn.cursor_y);
	screen_draw(s, g, p->o.theme);
	return 0;
}

static void
edit_in_editor(struct play *p, struct screen *s)
{
	struct diag d = DIAG_INIT;
	bool changed = false;

	screen_leave(s);
	if (editor_run(&p->edit, &changed, &d) != 0)
		play_complain(p, &d);
	screen_return(s);
	if (d.err == 0)
		play_edited(p, changed);
}

static void
grant_wish(struct play *p, struct screen *s)
{
	enum play_wish wish = p->wish;

	p->wish = WISH_NOTHING;
	if (wish == WISH_REDRAW)
		screen_redraw(s);
	else if (wish == WISH_SUSPEND)
		screen_suspend(s);
	else if (wish == WISH_EDIT)
		edit_in_editor(p, s);
}

/* The keys that are there; how many. */
static size_t
tui_take_keys(struct play *p, struct screen *s)
{
	struct key key;
	size_t n = 0;

	while (n < KEYS_MOST && !p->quit && screen_key(s, &key)) {
		n++;
		mem_forgive();
		play_key(p, key);
		if (p->wish != WISH_NOTHING)
			grant_wish(p, s);
	}
	return n;
}

/* Waits for a key, where there is MORE to do not at all, else until what moves
 * has its next picture or something comes. */
static void
wait_for_key(struct play *p, struct screen *s, bool more)
{
	int ms = more                   ? 0
		 : p->playing           ? FRAME_MS
		 : play_exam_goes_on(p) ? SECOND_MS
					: -1;
	int fd = -1, idle = play_idle_ms(p, &fd);

	screen_wait(s, idle >= 0 && (ms < 0 || idle < ms) ? idle : ms, fd);
}

static int
run_loop(struct play *p, struct screen *s, bool ascii)
{
	LOCAL(grid_free) struct grid g = { .ascii = ascii };
	int64_t last = clock_ns(), drawn = 0, now;
	bool pressed = true;
	int err = 0;

	while (err == 0 && !p->quit && !screen_gone(s)) {
		bool more;

		mem_forgive();
		more = play_work(p);

		/* Work in the background is not shown step by step. */
		if (!more || pressed || last - drawn > FRAME_MS * 1000000) {
			err = draw_play(p, s, &g);
			drawn = last;
		}
		if (p->kept.unsaved && !more)
			play_save(p);
		wait_for_key(p, s, more);
		now = clock_ns();
		play_pass(p, now - last);
		last = now;
		pressed = tui_take_keys(p, s) > 0;
		if (!pressed && screen_ended(s))
			break;
	}
	return err;
}

/* The theme to draw with: THEME_MONO where $NO_COLOR is set, else O's, else
 * what suits O. */
static enum theme
tui_theme(const struct tui_options *o)
{
	const char *no_color = getenv("NO_COLOR");

	if (no_color != NULL && no_color[0] != '\0')
		return THEME_MONO;
	if (o->theme != THEME_NONE)
		return o->theme;
	return o->present ? THEME_LIGHT : THEME_DEFAULT;
}

int
tui_run(const struct play_source *src, const struct tui_options *o, int *ended,
    struct diag *d)
{
	struct play_options po = { .ascii = o->ascii,
		.present = o->present,
		.tour = o->tour,
		.tasks = o->tasks,
		.theme = tui_theme(o) };
	struct screen *s = NULL;
	struct play *p = NULL;
	int err;

	if (ended != NULL)
		*ended = 0;
	err = play_create(&p, src, &po, d);
	if (err == 0)
		err = screen_open(&s, d);
	if (err == 0) {
		screen_type(s, o->typed);
		err = run_loop(p, s, o->ascii);
		if (ended != NULL)
			*ended = screen_gone(s);
		mem_forgive();
		play_save(p);
	}
	screen_close(s);
	play_destroy(p);
	return diag_fail(d, err);
}

/* ---- a menu on the whole screen, before anything is played ---- */

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

/* "?" is not text as long as nothing is typed. */
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
	LOCAL(grid_free) struct grid g = { .ascii = o->ascii };
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
	screen_close(s);
	return 0;
}
