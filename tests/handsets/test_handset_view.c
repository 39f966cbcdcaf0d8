/*
 * The handset's pane: its forms by the room there is, what is shown first, and
 * which key is where.
 */
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/sample_board.h"
#include "handsets/handset_view.h"
#include "fixtures/grid_styles.h"

struct stage {
	struct trace *t;
	struct state_at *f;
	struct handset_view v;
	struct grid g;
	struct grid_area a;
	struct buf text;
};

static void
stage_open(struct stage *s, struct trace *t, uint64_t seq, size_t w, size_t h)
{
	memset(s, 0, sizeof(*s));
	s->t = t;
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(state_at_create(&s->f), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_advance(s->f, t, seq), 0);
	CU_ASSERT_EQUAL_FATAL(grid_init(&s->g, w, h, false), 0);
	s->a = grid_all(&s->g);
	s->v = (struct handset_view){ .t = t,
		.f = s->f,
		.seq = seq,
		.t_ns = trace_time_of(t, seq),
		.node = STR("bob") };
}

static void
stage_close(struct stage *s)
{
	state_at_destroy(s->f);
	trace_destroy(s->t);
	grid_free(&s->g);
	buf_free(&s->text);
}

static struct str
drawn(struct stage *s, bool styles)
{
	grid_clear(&s->g);
	handset_view_draw(&s->v, &s->a);
	buf_clear(&s->text);
	if (styles)
		grid_write_styles(&s->g, &s->text);
	else
		grid_write(&s->g, &s->text);
	return buf_view(&s->text);
}

static bool
shows(struct stage *s, const char *text)
{
	if (str_find(drawn(s, false), text) >= 0)
		return true;
	printf("  \"%s\" is not in:\n%s", text, buf_cstr(&s->text));
	return false;
}

/* What people see, at the sizes of panes. */
static void
goldens(void)
{
	static const struct {
		const char *name;
		size_t w, h;
		bool ascii;
	} rows[] = {
		{ "handset_40.txt", 39, 7, false },
		{ "handset_80.txt", 79, 9, false },
		{ "handset_118.txt", 58, 31, false },
		{ "handset_whole.txt", 116, 32, false },
		{ "handset_ascii.txt", 116, 32, true },
	};
	struct stage s;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		stage_open(
		    &s, sample_board(), BOARD_RINGING, rows[i].w, rows[i].h);
		s.g.ascii = rows[i].ascii;
		CU_ASSERT(golden_same(rows[i].name, drawn(&s, false)));
		stage_close(&s);
	}
}

/* Dots where the whole screen has room. */
static void
the_form_is_as_large_as_fits(void)
{
	static const struct {
		size_t w, h;
		const char *has, *has_not;
	} rows[] = {
		{ 60, 30, "Hello \xe4\xbd\xa0\xe5\xa5\xbd", "\xe2\x96\x80" },
		{ 80, 32, "\xe2\xa3\xbf\xe2\xa3\xbf", "Hello" },
		{ 79, 32, "Hello", "\xe2\xa3\xbf" },
		{ 80, 31, "Hello", "\xe2\xa3\xbf" },
		{ 160, 64, "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88",
		    "\xe2\xa3\xbf" },
	};
	struct stage s;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		stage_open(
		    &s, sample_board(), BOARD_DOTS, rows[i].w, rows[i].h);
		CU_ASSERT(shows(&s, rows[i].has));
		CU_ASSERT(str_find(drawn(&s, false), rows[i].has_not) < 0);
		/* ASCII has no dots */
		s.g.ascii = true;
		CU_ASSERT(shows(&s, "Hello"));
		for (size_t k = 0; k < s.text.n; k++)
			if ((s.text.p[k] & 0x80) != 0) {
				CU_FAIL("not ASCII");
				break;
			}
		stage_close(&s);
	}
}

/* LABEL ends in the cell (X, Y). */
static bool
ends_here(const struct stage *s, const char *label, size_t x, size_t y)
{
	size_t n = strlen(label);

	for (size_t i = 0; i < n; i++) {
		const struct grid_cell *cell;
		char want = label[n - 1 - i];

		if (x < i)
			return false;
		cell = &s->g.cells[y * s->g.width + x - i];
		if (want == ' ' ? cell->n != 0
				: cell->n != 1 || cell->text[0] != want)
			return false;
	}
	return true;
}

/* What a press on LABEL presses. */
static const char *
press(const struct stage *s, const char *label)
{
	for (size_t y = 0; y < s->g.height; y++)
		for (size_t x = 0; x < s->g.width; x++) {
			const char *key = handset_view_hit(&s->v, &s->a, x, y);

			if (key != NULL && ends_here(s, label, x, y))
				return key;
		}
	return "nothing";
}

static void
keys_are_where_they_are_drawn(void)
{
	static const struct {
		const char *label, *key;
	} rows[] = { { "call", "{call}" }, { "ok", "{ok}" }, { "end", "{end}" },
		{ "clr", "{clear}" }, { " 7", "7" }, { " #", "#" },
		{ " *", "*" } };
	static const struct {
		size_t w, h;
	} sizes[] = { { 39, 7 }, { 79, 9 }, { 58, 31 }, { 120, 50 } };
	struct stage s;

	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
		stage_open(
		    &s, sample_board(), BOARD_IDLE, sizes[k].w, sizes[k].h);
		drawn(&s, false);
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			CU_ASSERT_STRING_EQUAL(
			    press(&s, rows[i].label), rows[i].key);
		CU_ASSERT_PTR_NULL(handset_view_hit(&s.v, &s.a, 0, 0));
		stage_close(&s);
	}
}

/* The key pressed last is lit. */
static void
the_last_key_is_lit(void)
{
	struct stage s;
	size_t lit = 0;

	stage_open(&s, sample_board(), BOARD_KEY, 58, 31);
	drawn(&s, false);
	for (size_t i = 0; i < s.g.width * s.g.height; i++)
		if (s.g.cells[i].style == STYLE_LIT) {
			lit++;
			CU_ASSERT(s.g.cells[i].n != 1 ||
				  strchr("[5]", s.g.cells[i].text[0]) != NULL);
		}
	CU_ASSERT_EQUAL(lit, 6);
	stage_close(&s);
}

static void
it_says_how_it_fares(void)
{
	struct stage s;

	stage_open(&s, sample_board(), BOARD_IDLE, 58, 31);
	CU_ASSERT(shows(&s, "idle  hal_wait+0x1c  svc"));
	CU_ASSERT(shows(&s, "1,000 instructions, 7.39 \xc2\xb5s"));
	CU_ASSERT(shows(&s, "for key 5"));
	stage_close(&s);
	/* Its work ends behind the position. */
	stage_open(&s, sample_board(), BOARD_RECV, 58, 31);
	s.v.t_ns += MS;
	CU_ASSERT(shows(&s, "computing"));
	stage_close(&s);
	stage_open(&s, sample_board(), BOARD_FAULT, 58, 31);
	CU_ASSERT(shows(&s, "down since 3.000 s"));
	CU_ASSERT(shows(&s, "fault: it read from an address"));
	CU_ASSERT(!handset_view_is_up(&s.v));
	stage_close(&s);
	stage_open(&s, sample_board(), BOARD_RESTART, 58, 31);
	CU_ASSERT(shows(&s, "(dark)"));
	CU_ASSERT(handset_view_is_up(&s.v));
	stage_close(&s);
	stage_open(&s, sample_board(), BOARD_START, 58, 31);
	CU_ASSERT(shows(&s, "The board has not executed"));
	stage_close(&s);
}

static void
without_a_handset_there_is_a_sentence(void)
{
	struct stage s;

	stage_open(&s, sample_lost_invite(), 5, 58, 31);
	CU_ASSERT(!handset_view_has(s.t));
	CU_ASSERT_EQUAL(handset_view_node(&s.v).n, 0);
	CU_ASSERT(shows(&s, "This network has no handset"));
	CU_ASSERT_PTR_NULL(handset_view_hit(&s.v, &s.a, 3, 3));
	stage_close(&s);
}

/* Any size, any position, any screen: nothing is drawn outside, nothing
 * breaks. */
static void
every_size_is_drawn(void)
{
	struct sample x;
	struct stage s;

	sample_begin(&x, "odd");
	sample_node(&x, "phone", "ua handset", "a", "");
	sample_rec(&x, "board", "phone", 0, NULL,
	    ",'what':'lcd','row':0,'width':7,'height':3,'pixels':'//8='");
	sample_rec(&x, "board", "phone", 0, NULL,
	    ",'what':'lcd','row':19,'width':320,'height':320,'pixels':'//8=',"
	    "'text':'\\u001b[2J\\u4f60\\u0301'");
	sample_rec(&x, "board", "phone", 0, NULL,
	    ",'what':'lcd','row':2,'width':1,'height':320,'pixels':'x'");
	for (uint64_t seq = 1; seq <= 3; seq++) {
		struct sample again = x;

		again.b = BUF_INIT;
		buf_str(&again.b, buf_view(&x.b));
		for (size_t w = 0; w < 180; w += 13)
			for (size_t h = 0; h < 90; h += 7) {
				struct sample one = again;

				one.b = BUF_INIT;
				buf_str(&one.b, buf_view(&again.b));
				stage_open(&s, sample_load(&one), seq, w, h);
				drawn(&s, false);
				CU_ASSERT(utf8_valid(buf_view(&s.text)));
				CU_ASSERT_PTR_NULL(
				    strchr(buf_cstr(&s.text), 27));
				stage_close(&s);
			}
		buf_free(&again.b);
	}
	buf_free(&x.b);
	for (uint64_t seq = 1; seq <= BOARD_END; seq++)
		for (size_t w = 1; w < 120; w += 17)
			for (size_t h = 1; h < 60; h += 11) {
				stage_open(&s, sample_board(), seq, w, h);
				drawn(&s, true);
				stage_close(&s);
			}
}

/* Memory that fails leaves things out, and that is all. */
static void
memory_may_end(void)
{
	struct stage s;

	stage_open(&s, sample_board(), BOARD_RINGING, 58, 31);
	for (unsigned long n = 1; n < 400; n += 3) {
		grid_clear(&s.g);
		mem_fail_from(n);
		handset_view_draw(&s.v, &s.a);
		mem_fail_from(0);
	}
	CU_ASSERT(shows(&s, "145,320 instructions"));
	stage_close(&s);
}

CHECK_MAIN("handset_view", { "goldens", goldens },
    { "the form is as large as fits", the_form_is_as_large_as_fits },
    { "keys are where they are drawn", keys_are_where_they_are_drawn },
    { "the last key is lit", the_last_key_is_lit },
    { "it says how it fares", it_says_how_it_fares },
    { "without a handset there is a sentence",
	without_a_handset_there_is_a_sentence },
    { "every size is drawn", every_size_is_drawn },
    { "memory may end", memory_may_end })
