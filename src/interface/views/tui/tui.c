/*
 * The loop.  Nothing else here reads the machine's clock or waits.
 */
#include "views/tui/tui.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "views/tui/editor.h"
#include "views/tui/play.h"
#include "views/tui/screen.h"

#include <stdlib.h>
#include <string.h>
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
	screen_cursor(s, p->cursor_x, p->cursor_y);
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
take_keys(struct play *p, struct screen *s)
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
	struct grid g = { .ascii = ascii };
	int64_t last = clock_ns(), drawn = 0, now;
	bool pressed = true;
	int err = 0;

	while (err == 0 && !p->quit && !screen_gone(s)) {
		bool more;

		mem_forgive();
		more = play_work(p);

		/* Work that nobody waits for is not shown step by step. */
		if (!more || pressed || last - drawn > FRAME_MS * 1000000) {
			err = draw_play(p, s, &g);
			drawn = last;
		}
		if (p->unsaved && !more)
			play_save(p);
		wait_for_key(p, s, more);
		now = clock_ns();
		play_pass(p, now - last);
		last = now;
		pressed = take_keys(p, s) > 0;
		if (!pressed && screen_ended(s))
			break;
	}
	grid_free(&g);
	return err;
}

enum theme
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
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
