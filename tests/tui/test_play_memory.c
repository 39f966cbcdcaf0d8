/*
 * The screen without memory: at every key of a session each allocation that it
 * makes fails in turn, and all after it.  Nothing crashes, nothing is shown
 * that was not there, and with memory again everything goes on.
 */
#include "base/mem.h"

#include "fixtures/check.h"
#include "fixtures/play_driver.h"

#define LAB "labs/two-proxies"

/* Each line is pressed without memory from the N-th allocation on. */
static const char *const lines[] = { "Right", "# 6 0 Enter", "1", "r", "2",
	"Down Enter", "Backspace", "3", "Down", "4", "5", "6", "Down Up",
	"Esc t", "t", "+", "t", "x", "X", "X", "o", "o", "] H", "H",
	"/ INVITE Enter", "n", "N", "f method=INVITE Enter",
	"f C-u text=alice Space node=atl Enter", "f C-u Enter", "c", "Down s R",
	"Space Enter", "o", "# 6 0 Enter Space", "# 5 1 Enter Space =", "Esc",
	"i", "Esc", "?", "Esc", ": s Tab Tab Esc", "Q", "Down s Enter", "Esc",
	"Esc", "# 6 0 Enter a Enter Enter", "b", "Down Enter", "B", "Right",
	"B", "b End Enter xyz Enter", ": act Space alice Space crash Enter",
	"End : act Space alice Space invite Space bob Enter",
	": act Space alice Space set Space answer=5s Enter", "L", "L", "Home",
	"p p", "S C-u /dev/null Enter", "Esc Esc" };

static void
settle(struct driver *v)
{
	for (int i = 0; i < 50 && play_work(v->p); i++)
		;
}

static void
press(struct driver *v, const char *keys)
{
	driver_press(v, keys);
	play_draw(v->p, &v->g);
	settle(v);
	v->p->quit = false;
	v->p->wish = WISH_NOTHING;
}

/* LINE from where one is, with memory for N allocations at most; what lies
 * over the ladder and was left half done goes away. */
static void
press_without(struct driver *v, const char *line, unsigned long n)
{
	mem_fail_from(n);
	press(v, line);
	play_save(v->p);
	mem_fail_from(0);
	v->p->box.over = OVER_NOTHING;
	if (v->p->doing.going)
		play_act_cancel(v->p);
	CU_ASSERT_EQUAL(play_draw(v->p, &v->g), 0);
}

/* SLICE: of how many records; 0: all is done at once. */
static void
every_key(uint64_t slice)
{
	struct driver v;
	/* Each of them takes a minute, so usually the later ones not all. */
	unsigned long sparse = getenv("RUNG_FUZZ_SECONDS") != NULL ? 2000 : 3;
	unsigned long tried = 0;

	CU_ASSERT_TRUE_FATAL(driver_open(&v, LAB, 118, 35));
	v.p->o.slice = slice;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		unsigned long all;

		mem_count();
		press(&v, lines[i]);
		all = mem_count();
		for (unsigned long n = 1; n <= all;
		     n += 1 + n / sparse, tried++)
			press_without(&v, lines[i], n);
		/* As if nothing had been. */
		v.p->in_calls = v.p->predicting = false;
		press(&v, "Esc");
		v.p->box.over = OVER_NOTHING;
		press(&v, lines[i]);
	}
	printf("  %lu times\n", tried);
	driver_close(&v);
}

static void
every_key_without_memory(void)
{
	every_key(0);
}

/* A long run is looked at a part at a time, and memory is short in between. */
static void
every_slice_without_memory(void)
{
	every_key(40);
}

/* Opening and the first screen. */
static void
opening_without_memory(void)
{
	struct play_options o = { .theme = THEME_DEFAULT };
	struct diag d = DIAG_INIT;
	struct play_source src;
	struct session *s;
	struct engine *e;
	struct play *p;

	CU_ASSERT_EQUAL_FATAL(session_open(&s, LAB, NULL, &d), 0);
	CU_ASSERT_EQUAL_FATAL(play_source_open(&src, &e, s, &d), 0);
	src.save = NULL;
	CU_ASSERT_EQUAL(play_create(&p, &src, &o, &d), 0);
	play_destroy(p);
	for (unsigned long n = 1, failed = 1; failed > 0; n++) {
		struct grid g = { 0 };
		int err;

		d = DIAG_INIT;
		mem_fail_from(n);
		err = play_create(&p, &src, &o, &d);
		failed = err != 0;
		if (err == 0) {
			err = grid_init(&g, 80, 24, false);
			failed = err != 0 || play_draw(p, &g) != 0;
		}
		mem_fail_from(0);
		CU_ASSERT((p == NULL) == (d.err != 0));
		if (p != NULL && !failed)
			CU_ASSERT_EQUAL(play_draw(p, &g), 0);
		play_destroy(p);
		grid_free(&g);
		/* What is drawn makes do with what there is. */
		if (n > 20000)
			break;
	}
	engine_close(e);
	session_destroy(s);
}

CHECK_MAIN("play_memory", { "keys", every_key_without_memory },
    { "slices", every_slice_without_memory },
    { "opening", opening_without_memory })
