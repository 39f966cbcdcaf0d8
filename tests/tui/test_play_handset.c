/*
 * The handset's pane on the screen, and its keypad: which keys go to the phone,
 * as which acts, and where one is afterwards.  The source is made for this
 * test: it notes what it is asked for.
 */
#include "base/err.h"
#include "fixtures/check.h"
#include "fixtures/play_driver.h"
#include "fixtures/sample_board.h"

#include <unistd.h>

#define BRANCHES 8

struct fake {
	struct trace *traces[BRANCHES];
	struct trace *gone[BRANCHES]; /* the screen may still look at them */
	size_t n, ngone;
	struct buf log; /* "phone press 5 @1000 " of each act */
	bool forks;     /* an act makes a branch */
	unsigned steps; /* an act needs so many */
	unsigned left;
	bool fails;
	size_t from;
};

static size_t
branches(void *arg)
{
	return ((struct fake *)arg)->n;
}

static const struct trace *
trace_at(size_t branch, void *arg)
{
	return ((struct fake *)arg)->traces[branch];
}

static const char *
name(size_t branch, void *arg)
{
	static const char *const names[BRANCHES] = { "main", "b1", "b2", "b3",
		"b4", "b5", "b6", "b7" };

	(void)arg;
	return names[branch];
}

static int
remove_branch(size_t branch, struct diag *d, void *arg)
{
	struct fake *f = arg;

	(void)d;
	f->gone[f->ngone++] = f->traces[branch];
	f->n--;
	for (size_t i = branch; i < f->n; i++)
		f->traces[i] = f->traces[i + 1];
	return 0;
}

static int
act(size_t from, uint64_t after, const struct act *a, struct diag *d, void *arg)
{
	struct fake *f = arg;

	(void)after;
	if (f->fails)
		return diag_set(d, ERR_STATE, NULL, 0, "it does not want to");
	buf_printf(&f->log, "%s %s %s @%lld ", a->on, a->verb,
	    a->nargs > 0 ? a->args[0].value : "", (long long)(a->at_ns / MS));
	f->from = from;
	f->left = f->steps;
	return 0;
}

static int
act_step(
    bool *done, size_t *branch, unsigned *percent, struct diag *d, void *arg)
{
	struct fake *f = arg;

	(void)d;
	*percent = 50;
	*done = f->left == 0;
	if (f->left-- > 0)
		return 0;
	*branch = f->from;
	if (f->forks) {
		*branch = f->n;
		f->traces[f->n++] = sample_board();
	}
	return 0;
}

static void
act_cancel(void *arg)
{
	((struct fake *)arg)->left = 0;
}

struct desk {
	struct driver v;
	struct fake f;
};

static void
desk_open(struct desk *k, size_t w, size_t h)
{
	struct play_options o = { .theme = THEME_DEFAULT, .folder = "/tmp" };
	struct diag d = DIAG_INIT;

	memset(k, 0, sizeof(*k));
	k->f.traces[0] = sample_board();
	k->f.n = 1;
	k->v.src = (struct play_source){ .arg = &k->f,
		.title = "made",
		.branches = branches,
		.trace = trace_at,
		.name = name,
		.remove = remove_branch,
		.act = act,
		.act_step = act_step,
		.act_cancel = act_cancel };
	CU_ASSERT_EQUAL_FATAL(play_create(&k->v.p, &k->v.src, &o, &d), 0);
	CU_ASSERT_EQUAL_FATAL(grid_init(&k->v.g, w, h, false), 0);
	driver_settle(&k->v);
}

static void
desk_close(struct desk *k)
{
	driver_close(&k->v);
	for (size_t i = 0; i < k->f.n; i++)
		trace_destroy(k->f.traces[i]);
	for (size_t i = 0; i < k->f.ngone; i++)
		trace_destroy(k->f.gone[i]);
	buf_free(&k->f.log);
}

static void
the_pane_has_a_tab_where_there_is_a_handset(void)
{
	struct desk k;

	desk_open(&k, 118, 35);
	DRIVER_TELLS(&k.v, "7", "7 Handset");
	CU_ASSERT(driver_shows(&k.v, "[call][ ok ][ end]"));
	driver_press(&k.v, "Tab");
	CU_ASSERT_FALSE(k.v.p->in_pane);
	driver_press(&k.v, "S-Tab");
	CU_ASSERT_EQUAL(k.v.p->pane, PANE_HANDSET);
	desk_close(&k);
	if (!driver_open(&k.v, "labs/direct-call", 118, 35)) {
		CU_FAIL("no lab");
		return;
	}
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&k.v), "Handset"));
	driver_press(&k.v, "S-Tab");
	CU_ASSERT_EQUAL(k.v.p->pane, PANE_LOG);
	driver_press(&k.v, "Tab");
	CU_ASSERT_FALSE(k.v.p->in_pane);
	DRIVER_TELLS(&k.v, "7", "This network has no handset");
	DRIVER_TELLS(&k.v, "K", "there is no handset here");
	CU_ASSERT_NOT_EQUAL(play_where(k.v.p), PLACE_KEYPAD);
	driver_close(&k.v);
}

/* Each key of the keyboard is the one it says, and others are none. */
static void
keys_go_to_the_phone(void)
{
	static const struct {
		const char *key, *pressed;
	} rows[] = { { "5", "5" }, { "0", "0" }, { "*", "*" }, { "#", "#" },
		{ "c", "{call}" }, { "e", "{end}" }, { "Enter", "{ok}" },
		{ "Backspace", "{clear}" }, { "Up", "{up}" },
		{ "Down", "{down}" }, { "[", "{soft1}" }, { "]", "{soft2}" },
		/* as an input method has it */
		{ "\xef\xbc\x97", "7" } };
	LOCAL_BUF want = BUF_INIT;
	struct desk k;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		desk_open(&k, 118, 35);
		driver_press(&k.v, "# 1500ms Enter K");
		CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_KEYPAD);
		driver_press(&k.v, rows[i].key);
		buf_clear(&want);
		buf_printf(&want, "phone press %s @1500 ", rows[i].pressed);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log), buf_cstr(&want));
		/* Till the finger is up again. */
		CU_ASSERT_EQUAL(play_view(k.v.p)->t_ns, 1650 * MS);
		driver_press(&k.v, "a q x Esc");
		CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log), buf_cstr(&want));
		CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_PANE);
		CU_ASSERT_FALSE(k.v.p->quit);
		desk_close(&k);
	}
}

/* A number in the past is one branch, whatever it takes to type it. */
static void
a_number_is_one_branch(void)
{
	struct desk k;

	desk_open(&k, 118, 35);
	k.f.forks = true;
	driver_press(&k.v, "# 1500ms Enter 7 Enter 1 0 0");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log),
	    "phone press 1 @1500 phone press 0 @1650 phone press 0 @1800 ");
	CU_ASSERT_EQUAL(k.f.n, 2);
	CU_ASSERT_EQUAL(k.v.p->nviews, 2);
	CU_ASSERT_EQUAL(k.v.p->now, 1);
	/* Who goes back in it wants to see both. */
	driver_press(&k.v, "Left 9");
	CU_ASSERT_EQUAL(k.f.n, 3);
	CU_ASSERT_EQUAL(k.v.p->now, 2);
	/* The next time is another branch, too. */
	driver_press(&k.v, "Esc K 8");
	CU_ASSERT_EQUAL(k.f.n, 4);
	desk_close(&k);
}

/* What is typed while an act is on its way goes with the next. */
static void
keys_wait_for_the_act(void)
{
	struct desk k;

	desk_open(&k, 118, 35);
	k.f.steps = 100;
	/* An act is seen where it is recorded; here it is not, and so at the
	 * record before. */
	driver_press(&k.v, "# 1500ms Enter K");
	for (const char *c = "12#"; *c != '\0'; c++)
		play_key(k.v.p, KEY_CHAR((unsigned char)*c));
	CU_ASSERT_TRUE(k.v.p->doing.going);
	driver_settle(&k.v);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&k.f.log), "phone press 1 @1500 phone press 2# @1021 ");
	CU_ASSERT_EQUAL(play_view(k.v.p)->t_ns, 1950 * MS);
	/* Esc stops what is on its way, and the keys behind it. */
	play_key(k.v.p, KEY_CHAR('5'));
	play_key(k.v.p, KEY_CHAR('6'));
	play_key(k.v.p, KEY_OF(ESCAPE));
	driver_settle(&k.v);
	CU_ASSERT_FALSE(k.v.p->doing.going);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log),
	    "phone press 1 @1500 phone press 2# @1021 phone press 5 @1950 ");
	desk_close(&k);
}

static void
what_fails_is_said(void)
{
	struct desk k;

	desk_open(&k, 118, 35);
	k.f.fails = true;
	DRIVER_TELLS(&k.v, "# 1500ms Enter K 5", "it does not want to");
	CU_ASSERT_EQUAL(play_view(k.v.p)->t_ns, 1500 * MS);
	k.f.fails = false;
	/* Down there is nobody to press for. */
	DRIVER_TELLS(&k.v, "Esc # 3500ms Enter K 5", "the handset is down");
	CU_ASSERT_EQUAL(k.f.log.n, 0);
	desk_close(&k);
	desk_open(&k, 118, 35);
	k.v.src.act = NULL;
	DRIVER_TELLS(&k.v, "K", "this is a recording");
	CU_ASSERT_NOT_EQUAL(play_where(k.v.p), PLACE_KEYPAD);
	desk_close(&k);
}

static void
commands_press_several(void)
{
	struct desk k;

	desk_open(&k, 118, 35);
	driver_press(&k.v, "# 1500ms Enter : press Space 1001# Enter");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log), "phone press 1001# @1500 ");
	CU_ASSERT_EQUAL(play_view(k.v.p)->t_ns, 2250 * MS);
	DRIVER_TELLS(&k.v, ": press Enter", "such as 1001#, {call}");
	driver_press(&k.v, "{end}5 Enter");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log),
	    "phone press 1001# @1500 phone press {end}5 @2250 ");
	CU_ASSERT_EQUAL(play_view(k.v.p)->t_ns, 2550 * MS);
	desk_close(&k);
}

/* A press with the mouse on the key that is drawn. */
static void
the_mouse_presses(void)
{
	struct desk k;
	bool pressed = false;

	desk_open(&k, 118, 35);
	driver_press(&k.v, "# 1500ms Enter 7");
	driver_screen(&k.v);
	for (size_t y = 0; y < 35 && !pressed; y++)
		for (size_t x = 0; x + 4 < 118 && !pressed; x++) {
			struct grid_cell *c = &k.v.g.cells[y * 118 + x];

			if (c[0].text[0] != '[' || c[1].text[0] != 'c' ||
			    c[2].text[0] != 'a')
				continue;
			play_key(k.v.p,
			    (struct key){
				.name = KEY_IS_MOUSE, .x = x + 2, .y = y });
			pressed = true;
		}
	CU_ASSERT_TRUE(pressed);
	driver_settle(&k.v);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&k.f.log), "phone press {call} @1500 ");
	CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_KEYPAD);
	CU_ASSERT(driver_shows(&k.v, "c call"));
	/* A press beside it leaves the phone alone. */
	play_key(k.v.p, (struct key){ .name = KEY_IS_MOUSE, .x = 20, .y = 5 });
	CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_LADDER);
	desk_close(&k);
}

/* ---- a phone that runs ---- */

static bool
write_file(const char *path, const char *text)
{
	LOCAL_BUF b = BUF_INIT;
	bool ok;

	buf_puts(&b, text);
	ok = buf_write_file(&b, path) == 0;
	return ok;
}

static const char topology[] =
    "graph g {\n"
    " subgraph cluster_a { domain=\"example.com\"\n"
    "  phone [role=handset, aor=\"sip:1000@example.com\", outbound=px,\n"
    "   phonebook=\"Bob=sip:1001@example.com\"]\n"
    "  px [role=\"proxy registrar location\"]\n"
    "  bob [role=ua, aor=\"sip:1001@example.com\", register=true]\n"
    " }\n"
    " phone -- px\n px -- bob\n}\n";

/* A number is dialled by hand in a run that is over, and then its call ended;
 * what the phone shows is seen at once. */
static void
a_phone_is_used(void)
{
	const char *dir = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
	char path[512];
	struct driver v;

	snprintf(
	    path, sizeof(path), "%s/rung-handset-%ld.gv", dir, (long)getpid());
	CU_ASSERT_TRUE_FATAL(write_file(path, topology));
	if (!driver_open(&v, path, 118, 35)) {
		unlink(path);
		CU_FAIL("the phone does not start");
		return;
	}
	driver_press(&v, "# 2s Enter K");
	CU_ASSERT_EQUAL(play_where(v.p), PLACE_KEYPAD);
	DRIVER_TELLS(&v, "1 0 0", " 100 ");
	DRIVER_TELLS(&v, "1", "1001");
	DRIVER_TELLS(&v, "c", "Bob");
	CU_ASSERT(driver_shows(&v, "INVITE"));
	DRIVER_TELLS(&v, "e Right Right", "CANCEL");
	CU_ASSERT(v.p->nviews <= 2);
	driver_close(&v);
	unlink(path);
}

CHECK_MAIN("play_handset",
    { "the pane has a tab where there is a handset",
	the_pane_has_a_tab_where_there_is_a_handset },
    { "keys go to the phone", keys_go_to_the_phone },
    { "a number is one branch", a_number_is_one_branch },
    { "keys wait for the act", keys_wait_for_the_act },
    { "what fails is said", what_fails_is_said },
    { "commands press several", commands_press_several },
    { "the mouse presses", the_mouse_presses },
    { "a phone is used", a_phone_is_used })
