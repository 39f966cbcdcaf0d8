/* The ladder on a screen: pictures of labs at all sizes, against tests/golden;
 * and what scrolling and pointing need. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_crossing.h"
#include "fixtures/sample_more.h"
#include "fixtures/grid_styles.h"

#include "ladder/ladder_screen.h"

enum at { START, MIDDLE, END };

/* One picture; zeros are what is usual. */
struct picture {
	const char *golden;
	const char *lab;
	struct trace *(*sample)(void);
	enum ladder_mode mode;
	size_t width, height;
	enum at at;
	size_t row; /* instead of AT: this row, plus 1 */
	int64_t line_ns;
	size_t column; /* chosen, plus 1 */
	/* FOLD: all calls; REPEATS: retransmissions. */
	bool ascii, present, hide_future, styles, signs, fold, repeats;
};

static struct trace *
many(void)
{
	return sample_many(20);
}

static struct trace *
media(void)
{
	return sample_media(50);
}

/* Losses far from what is seen, and at the edge of it. */
static struct trace *
lost_far_off(void)
{
	struct sample s;
	uint64_t act, seq;
	char a[32], b[32];

	sample_begin(&s, "Lost");
	for (unsigned i = 1; i <= 14; i++) {
		snprintf(a, sizeof(a), "proxy%u", i);
		sample_node(&s, a, "proxy", "a.example", "");
	}
	act = sample_rec(&s, "act", "proxy1", 0, NULL, ",'by':'person'");
	for (unsigned i = 1; i < 14; i++) {
		snprintf(a, sizeof(a), "proxy%u", i);
		snprintf(b, sizeof(b), "proxy%u", i + 1);
		seq = sample_send(
		    &s, a, b, "INVITE", "INVITE", false, act, NULL, 0, 0);
		sample_rec(&s, "drop", "", seq, NULL,
		    ",'of':%llu,'reason':'loss'", (unsigned long long)seq);
	}
	return sample_end(&s);
}

static const struct picture pictures[] = {
	{ "two-proxies-118x35", "labs/two-proxies", .width = 118, .height = 35,
	    .at = MIDDLE },
	{ "two-proxies-80x24", "labs/two-proxies", .mode = LADDER_COMPACT,
	    .width = 80, .height = 24, .at = MIDDLE, .styles = true },
	{ "two-proxies-60x20-start", "labs/two-proxies", .mode = LADDER_COMPACT,
	    .width = 60, .height = 20, .at = START },
	{ "two-proxies-200x60-end", "labs/two-proxies", .width = 200,
	    .height = 60, .at = END },
	{ "two-proxies-60x20-present", "labs/two-proxies", .width = 60,
	    .height = 20, .at = MIDDLE, .present = true },
	{ "two-proxies-fold", "labs/two-proxies", .width = 80, .height = 12,
	    .at = MIDDLE, .fold = true },
	{ "two-proxies-fold-time", "labs/two-proxies", .mode = LADDER_TIME,
	    .width = 80, .height = 12, .at = END, .fold = true },
	{ "lost-messages-fold-call", "labs/lost-messages", .width = 80,
	    .height = 8, .at = END, .fold = true },
	{ "lost-messages-fold", "labs/lost-messages", .mode = LADDER_COMPACT,
	    .width = 80, .height = 32, .row = 12, .repeats = true },
	{ "lost-messages-118x35", "labs/lost-messages", .width = 118,
	    .height = 35, .at = MIDDLE, .signs = true },
	{ "lost-messages-118x35-ascii", "labs/lost-messages", .width = 118,
	    .height = 35, .at = MIDDLE, .ascii = true },
	{ "lost-messages-80x24", "labs/lost-messages", .mode = LADDER_COMPACT,
	    .width = 80, .height = 24, .at = MIDDLE },
	{ "lost-messages-80x24-predict", "labs/lost-messages",
	    .mode = LADDER_COMPACT, .width = 80, .height = 24, .row = 13,
	    .hide_future = true },
	{ "lost-messages-time", "labs/lost-messages", .mode = LADDER_TIME,
	    .width = 118, .height = 60, .row = 16 },
	{ "lost-messages-time-zoomed", "labs/lost-messages",
	    .mode = LADDER_TIME, .width = 118, .height = 35, .row = 10,
	    .line_ns = 2500000 },
	{ "lost-messages-time-ascii", "labs/lost-messages", .mode = LADDER_TIME,
	    .width = 80, .height = 35, .row = 10, .ascii = true },
	{ "forking-118x35", "labs/forking", .width = 118, .height = 35,
	    .row = 12, .column = 2 },
	{ "forking-80x24", "labs/forking", .mode = LADDER_COMPACT, .width = 80,
	    .height = 24, .row = 11 },
	{ "forking-time", "labs/forking", .mode = LADDER_TIME, .width = 118,
	    .height = 40, .row = 11 },
	{ "loop-and-spiral-60x20", "labs/loop-and-spiral",
	    .mode = LADDER_COMPACT, .width = 60, .height = 20, .at = END },
	{ "rfc3665-3.2-118x35", "labs/rfc3665-3.2", .width = 118, .height = 35,
	    .at = START },
	{ "rfc3665-3.3-80x24", "labs/rfc3665-3.3", .width = 80, .height = 24,
	    .at = MIDDLE },
	{ "crash-80x24", "labs/crash", .mode = LADDER_COMPACT, .width = 80,
	    .height = 24, .at = MIDDLE },
	{ "torn-tcp-80x24", "labs/torn-tcp", .mode = LADDER_COMPACT,
	    .width = 80, .height = 24, .row = 9 },
	{ "many-80x24", .sample = many, .width = 80, .height = 24, .row = 10,
	    .column = 11 },
	{ "many-80x24-end", .sample = many, .mode = LADDER_COMPACT, .width = 80,
	    .height = 24, .at = END },
	{ "lost-far-off", .sample = lost_far_off, .width = 80, .height = 32,
	    .row = 7, .styles = true },
	{ "lost-far-off-ascii", .sample = lost_far_off, .mode = LADDER_COMPACT,
	    .width = 80, .height = 18, .at = END, .ascii = true },
	{ "lost-far-off-predict", .sample = lost_far_off,
	    .mode = LADDER_COMPACT, .width = 60, .height = 18, .row = 11,
	    .hide_future = true },
	{ "many-time", .sample = many, .mode = LADDER_TIME, .width = 118,
	    .height = 30, .at = MIDDLE },
	{ "crossing", .sample = sample_crossing, .width = 80, .height = 30,
	    .row = 6, .styles = true },
	{ "crossing-compact", .sample = sample_crossing, .mode = LADDER_COMPACT,
	    .width = 80, .height = 18, .at = END },
	{ "crossing-ascii", .sample = sample_crossing, .width = 80,
	    .height = 30, .at = END, .ascii = true },
	{ "crossing-time", .sample = sample_crossing, .mode = LADDER_TIME,
	    .width = 80, .height = 42, .row = 6 },
	{ "media", .sample = media, .width = 60, .height = 18, .row = 5 },
	{ "chinese", .sample = sample_chinese, .width = 60, .height = 20,
	    .at = MIDDLE },
	{ "chinese-compact", .sample = sample_chinese, .mode = LADDER_COMPACT,
	    .width = 48, .height = 12, .at = END },
	{ "chinese-time", .sample = sample_chinese, .mode = LADDER_TIME,
	    .width = 60, .height = 20, .at = MIDDLE },
	{ "chinese-ascii", .sample = sample_chinese, .width = 60, .height = 20,
	    .at = END, .ascii = true },
	{ "mixed", .sample = sample_mixed, .width = 80, .height = 24,
	    .at = END },
	{ "hostile", .sample = sample_hostile, .width = 80, .height = 16,
	    .at = END },
	{ "empty", .sample = sample_empty, .width = 40, .height = 8 },
};

/* A trace with its ladder, and the ladder on a screen. */
struct stage {
	struct trace *t;
	struct layout *l;
	struct ladder_screen *s;
};

static struct stage
stage_folded(
    struct trace *t, const struct ladder_screen_options *o, bool repeats)
{
	struct layout_options lay = LAYOUT_OPTIONS;
	struct stage g = { .t = t };

	lay.fold = repeats;
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&g.l, t, &lay, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g.s, g.l, o), 0);
	return g;
}

static struct stage
stage_of(struct trace *t, const struct ladder_screen_options *o)
{
	return stage_folded(t, o, false);
}

static void
stage_end(struct stage *g)
{
	ladder_screen_destroy(g->s);
	layout_destroy(g->l);
	trace_destroy(g->t);
}

/* All calls of the ladder, as options want them. */
static size_t
list_calls(const struct layout *l, struct str *calls, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nrows && n < most; i++)
		if (l->rows[i].call.n > 0)
			calls[n++] = l->rows[i].call;
	return n;
}

static struct ladder_screen_now
now_at(const struct stage *g, size_t row, size_t width, size_t height)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	size_t head = ladder_screen_head_lines(g->s, width);

	if (row >= g->l->nrows)
		return now;
	now.row = row;
	now.seq = g->l->rows[row].seq;
	now.t = g->l->rows[row].t;
	now.top = ladder_screen_top(
	    g->s, &now, height > head ? height - head : 0, row);
	now.first = ladder_screen_first(g->s, &now, width, row);
	return now;
}

static bool
is_ack(const struct layout_row *row, void *arg)
{
	(void)arg;
	return str_is(row->brief, "ACK");
}

static size_t
row_of(const struct picture *p, const struct layout *l)
{
	if (p->row > 0)
		return p->row - 1;
	return p->at == START    ? LAYOUT_NONE
	       : p->at == MIDDLE ? l->nrows / 2
				 : l->nrows - 1;
}

static void
draw_picture(const struct picture *p, const struct stage *g, struct buf *out)
{
	struct ladder_screen_now now =
	    now_at(g, row_of(p, g->l), p->width, p->height);
	uint64_t marks[2] = { 0 };
	struct grid grid;
	struct grid_area a;

	CU_ASSERT_EQUAL_FATAL(
	    grid_init(&grid, p->width, p->height, p->ascii), 0);
	a = grid_all(&grid);
	if (p->row == 0 && p->at == END && g->l->nrows > 0) {
		now.seq = trace_count(g->t);
		now.t = trace_time_of(g->t, now.seq);
	}
	if (p->signs) {
		marks[0] = g->l->rows[now.row - 2].seq;
		marks[1] = g->l->rows[now.row + 3].seq;
		now.marks = marks;
		now.nmarks = 2;
		now.found = is_ack;
	}
	now.column = p->column > 0 ? p->column - 1 : LAYOUT_NONE;
	now.present = p->present;
	now.hide_future = p->hide_future;
	ladder_screen_draw(g->s, &now, &a);
	if (p->styles || p->signs)
		CU_ASSERT_EQUAL(grid_write_styles(&grid, out), 0)
	else
		CU_ASSERT_EQUAL(grid_write(&grid, out), 0)
	grid_free(&grid);
}

static void
goldens(void)
{
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		const struct picture *p = &pictures[i];
		struct ladder_screen_options o = { .mode = p->mode,
			.line_ns = p->line_ns };
		struct lab_options lab = LAB_OPTIONS;
		struct trace *t =
		    p->lab != NULL ? lab_trace(p->lab, &lab) : p->sample();
		struct stage g = stage_folded(t, &o, p->repeats);
		struct str calls[64];
		struct buf out = BUF_INIT;
		char name[128];

		if (p->fold) {
			o.nfolded = list_calls(g.l, calls, 64);
			o.folded = calls;
			ladder_screen_destroy(g.s);
			CU_ASSERT_EQUAL_FATAL(
			    ladder_screen_create(&g.s, g.l, &o), 0);
		}
		draw_picture(p, &g, &out);
		snprintf(name, sizeof(name), "ladder-screen-%s.txt", p->golden);
		CU_ASSERT(golden_same(name, buf_view(&out)));
		buf_free(&out);
		stage_end(&g);
	}
}

static void
check_lines(const struct stage *g)
{
	size_t lines = ladder_screen_lines(g->s), before = 0;

	for (size_t i = 0; i < g->l->nrows; i++) {
		size_t line = ladder_screen_line_of(g->s, i);
		size_t row = ladder_screen_row_at(g->s, line);

		CU_ASSERT(line >= before && line < lines);
		CU_ASSERT_EQUAL(ladder_screen_line_of(g->s, row), line);
		CU_ASSERT(row <= i);
		before = line;
	}
}

/* At any position some of the row is on the screen, and so are both of its
 * ends where they can be. */
static void
check_sight(const struct stage *g, size_t width, size_t height)
{
	size_t head = ladder_screen_head_lines(g->s, width);
	struct ladder_screen_now now = LADDER_SCREEN_NOW;

	for (size_t i = 0; i < g->l->nrows; i++) {
		const struct layout_row *r = &g->l->rows[i];
		size_t line = ladder_screen_line_of(g->s, i), first, end;

		now.row = i;
		now.top = ladder_screen_top(g->s, &now, height - head, i);
		now.first = ladder_screen_first(g->s, &now, width, i);
		CU_ASSERT(now.top <= line && line < now.top + height - head);
		first = now.first;
		ladder_screen_columns(g->s, width, &first, &end);
		CU_ASSERT_EQUAL(first, now.first);
		CU_ASSERT(r->from == LAYOUT_NONE ||
			  (r->from >= first && r->from < end));
	}
}

static void
lines_and_rows(void)
{
	char *labs[LABS_MAX];
	size_t n = labs_list(labs, false);

	for (size_t i = 0; i < n; i++) {
		struct lab_options lab = LAB_OPTIONS;
		struct stage g = stage_of(lab_trace(labs[i], &lab), NULL);

		for (unsigned m = 0; m < LADDER_MODE_COUNT; m++) {
			struct ladder_screen_options o = { .mode = m };

			ladder_screen_destroy(g.s);
			CU_ASSERT_EQUAL_FATAL(
			    ladder_screen_create(&g.s, g.l, &o), 0);
			check_lines(&g);
			check_sight(&g, 80, 24);
			check_sight(&g, 40, 12);
		}
		stage_end(&g);
	}
	labs_free(labs, n);
}

/* Stepping scrolls a line or two at a time, and not at all in the middle. */
static void
scrolling_is_calm(void)
{
	struct lab_options lab = LAB_OPTIONS;
	struct stage g = stage_of(lab_trace("labs/lost-messages", &lab), NULL);
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	size_t still = 0;

	for (size_t i = 0; i < g.l->nrows; i++) {
		size_t top = ladder_screen_top(g.s, &now, 30, i);

		CU_ASSERT(top >= now.top && top <= now.top + 3);
		still += top == now.top;
		now.top = top;
	}
	CU_ASSERT(still > 10);
	for (size_t i = g.l->nrows; i-- > 0;) {
		size_t top = ladder_screen_top(g.s, &now, 30, i);

		CU_ASSERT(top <= now.top && top + 3 >= now.top);
		now.top = top;
	}
	CU_ASSERT_EQUAL(now.top, 0);
	/* A jump shows the row in the upper part. */
	now.top = ladder_screen_top(g.s, &now, 10, g.l->nrows / 2);
	CU_ASSERT_EQUAL(
	    now.top, ladder_screen_line_of(g.s, g.l->nrows / 2) - 3);
	stage_end(&g);
}

static void
zooming(void)
{
	struct lab_options lab = LAB_OPTIONS;
	struct stage g = stage_of(lab_trace("labs/lost-messages", &lab),
	    &(struct ladder_screen_options){ .mode = LADDER_TIME });
	struct ladder_screen_options o = { .mode = LADDER_TIME };
	int64_t ns = ladder_screen_line_ns(g.s);
	size_t lines = ladder_screen_lines(g.s);

	CU_ASSERT_EQUAL(ns, 5 * MS);
	for (int i = 0; i < 6; i++) {
		o.line_ns = ns / 2;
		ladder_screen_destroy(g.s);
		CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g.s, g.l, &o), 0);
		CU_ASSERT_EQUAL(ladder_screen_line_ns(g.s), ns / 2);
		CU_ASSERT(ladder_screen_lines(g.s) >= lines);
		lines = ladder_screen_lines(g.s);
		ns /= 2;
	}
	o.line_ns = INT64_MAX;
	ladder_screen_destroy(g.s);
	CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g.s, g.l, &o), 0);
	check_lines(&g);
	o.line_ns = 1;
	ladder_screen_destroy(g.s);
	CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g.s, g.l, &o), 0);
	check_lines(&g);
	stage_end(&g);
}

static void
pointing(void)
{
	struct stage g = stage_of(sample_lost_invite(), NULL);
	struct ladder_screen_now now = now_at(&g, 0, 80, 40);
	struct grid grid;
	struct grid_area a;
	size_t row, column;

	CU_ASSERT_EQUAL_FATAL(grid_init(&grid, 80, 40, false), 0);
	a = grid_all(&grid);
	/* The head has columns, the lines below it rows, too. */
	CU_ASSERT(ladder_screen_hit(g.s, &now, &a, 10, 1, &row, &column));
	CU_ASSERT_EQUAL(row, LAYOUT_NONE);
	CU_ASSERT_EQUAL(column, 0);
	CU_ASSERT(ladder_screen_hit(g.s, &now, &a, 79, 3, &row, &column));
	CU_ASSERT_EQUAL(row, 0);
	CU_ASSERT_EQUAL(column, g.l->ncolumns - 1);
	CU_ASSERT(ladder_screen_hit(g.s, &now, &a, 12, 6, &row, &column));
	CU_ASSERT_EQUAL(row, 1);
	/* The time column belongs to a row and no column. */
	CU_ASSERT(ladder_screen_hit(g.s, &now, &a, 2, 5, &row, &column));
	CU_ASSERT_EQUAL(row, 1);
	CU_ASSERT_EQUAL(column, LAYOUT_NONE);
	CU_ASSERT(!ladder_screen_hit(g.s, &now, &a, 80, 5, &row, &column));
	grid_free(&grid);
	stage_end(&g);
}

/* A message that arrives behind more than fits says how long it takes. */
static void
late_ones_say_so(void)
{
	struct sample s;
	struct stage g;
	struct ladder_screen_now now;
	LOCAL_BUF out = BUF_INIT;
	struct grid grid;
	struct grid_area a;
	uint64_t act, late;

	sample_begin(&s, "Late");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	act = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	late = sample_send(
	    &s, "alice", "bob", "INVITE", "INVITE", false, act, NULL, 0, 0);
	for (int i = 0; i < 12; i++)
		sample_pass(
		    &s, "bob", "alice", "NOTIFY", "NOTIFY", act, 5 * MS);
	sample_recv(&s, "bob", late, 10 * MS);
	g = stage_of(sample_end(&s), NULL);
	now = now_at(&g, 12, 60, 40);
	CU_ASSERT_EQUAL_FATAL(grid_init(&grid, 60, 40, false), 0);
	a = grid_all(&grid);
	ladder_screen_draw(g.s, &now, &a);
	CU_ASSERT_EQUAL(grid_write(&grid, &out), 0);
	CU_ASSERT(str_find(buf_view(&out), "INVITE +70 ms") > 0);
	grid_free(&grid);
	stage_end(&g);
}

static void
folding(void)
{
	struct stage g = stage_of(sample_lost_invite(), NULL);
	struct ladder_screen_options o = { .nfolded = 1 };
	struct str call = STR("c1@alice");

	CU_ASSERT(!ladder_screen_is_folded(g.s, 0));
	o.folded = &call;
	for (unsigned m = 0; m < LADDER_MODE_COUNT; m++) {
		o.mode = m;
		ladder_screen_destroy(g.s);
		CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g.s, g.l, &o), 0);
		CU_ASSERT(ladder_screen_is_folded(g.s, g.l->nrows - 1));
		CU_ASSERT(ladder_screen_lines(g.s) <= 3);
		for (size_t i = 0; i < g.l->nrows; i++) {
			size_t line = ladder_screen_line_of(g.s, i);

			CU_ASSERT_EQUAL(ladder_screen_row_at(g.s, line), 0);
		}
	}
	stage_end(&g);
}

/* The line of the only call of lab lost-messages, while nodes are hidden. */
static void
folded_line(const char *const *hide, size_t nhide, struct buf *out)
{
	struct picture p = { .width = 80, .height = 8, .at = END };
	struct lab_options lab = LAB_OPTIONS;
	struct ladder_screen_options o = { .mode = LADDER_COMPACT };
	struct layout_options lay = LAYOUT_OPTIONS;
	struct stage g = { .t = lab_trace("labs/lost-messages", &lab) };
	struct str calls[64];

	CU_ASSERT_PTR_NOT_NULL_FATAL(g.t);
	lay.hide = hide;
	lay.nhide = nhide;
	CU_ASSERT_EQUAL_FATAL(layout_create(&g.l, g.t, &lay, NULL), 0);
	o.nfolded = list_calls(g.l, calls, 64);
	o.folded = calls;
	CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g.s, g.l, &o), 0);
	draw_picture(&p, &g, out);
	stage_end(&g);
}

/* What a call took does not depend on who is shown. */
static void
folding_while_hidden(void)
{
	static const char *const hide[] = { "bil" };
	LOCAL_BUF all = BUF_INIT, some = BUF_INIT;

	folded_line(hide, 0, &all);
	folded_line(hide, 1, &some);
	CU_ASSERT(str_find(buf_view(&all), ", 5 lost") > 0);
	CU_ASSERT(str_find(buf_view(&some), ", 5 lost") > 0);
	CU_ASSERT(str_find(buf_view(&all), ": 32 messages") > 0);
	CU_ASSERT(str_find(buf_view(&some), ": 32 messages") > 0);
	if (getenv("SHOW") != NULL)
		printf("%s\n%s\n", buf_cstr(&all), buf_cstr(&some));
}

/* Any size, any place: nothing outside the area, no crash. */
static void
any_size(void)
{
	struct trace *(*const samples[])(void) = { many, sample_crossing,
		sample_hostile, sample_chinese, sample_mixed, sample_losses,
		sample_empty };

	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct stage g = stage_of(samples[i](), NULL);

		for (size_t k = 0; k < 3 * 40; k++) {
			struct ladder_screen_options o = { .mode = k % 3 };
			size_t w = k * 13 % 97, h = k * 7 % 31;
			struct ladder_screen_now now;
			struct grid grid;
			struct grid_area a;

			ladder_screen_destroy(g.s);
			CU_ASSERT_EQUAL_FATAL(
			    ladder_screen_create(&g.s, g.l, &o), 0);
			now = now_at(&g, k % 11, w, h);
			now.first = k % 23;
			now.top = k % 4 ? now.top : k * 5;
			now.column = k % 19;
			CU_ASSERT_EQUAL_FATAL(
			    grid_init(&grid, w + 2, h + 2, k % 2), 0);
			a = grid_all(&grid);
			a = grid_part(&a, 1, 1, w, h);
			ladder_screen_draw(g.s, &now, &a);
			for (size_t x = 0; x < w + 2; x++) {
				CU_ASSERT_EQUAL(grid.cells[x].n, 0);
				CU_ASSERT_EQUAL(
				    grid.cells[(h + 1) * (w + 2) + x].n, 0);
			}
			grid_free(&grid);
		}
		stage_end(&g);
	}
}

static void
out_of_memory(void)
{
	struct stage g = stage_of(sample_crossing(), NULL);
	struct str call = STR("c1@alice");

	for (unsigned m = 0; m < LADDER_MODE_COUNT; m++) {
		struct ladder_screen_options o = {
			.mode = m, .folded = &call, .nfolded = m % 2
		};
		struct ladder_screen *s = NULL;
		unsigned long n = 0;
		int err = ERR_NOMEM;

		while (err == ERR_NOMEM) {
			mem_fail_from(++n);
			err = ladder_screen_create(&s, g.l, &o);
			mem_fail_from(0);
			CU_ASSERT(err == 0 || s == NULL);
		}
		CU_ASSERT_EQUAL(err, 0);
		for (n = 1; n < 200; n += 3) {
			struct ladder_screen_now now = now_at(&g, 4, 80, 30);
			struct grid grid;
			struct grid_area a;

			CU_ASSERT_EQUAL_FATAL(
			    grid_init(&grid, 80, 30, false), 0);
			a = grid_all(&grid);
			mem_fail_from(n);
			ladder_screen_draw(s, &now, &a);
			mem_fail_from(0);
			grid_free(&grid);
		}
		ladder_screen_destroy(s);
	}
	stage_end(&g);
}

static void
modes(void)
{
	CU_ASSERT_EQUAL(ladder_mode_for(24), LADDER_COMPACT);
	CU_ASSERT_EQUAL(ladder_mode_for(35), LADDER_USUAL);
	for (unsigned m = 0; m < LADDER_MODE_COUNT; m++) {
		CU_ASSERT_PTR_NOT_NULL(ladder_mode_name(m));
		CU_ASSERT_PTR_NOT_NULL(ladder_mode_text(m));
	}
}

CHECK_MAIN("ladder_screen", { "goldens", goldens },
    { "lines and rows", lines_and_rows },
    { "scrolling is calm", scrolling_is_calm }, { "zooming", zooming },
    { "pointing", pointing }, { "late ones say so", late_ones_say_so },
    { "folding", folding }, { "folding while hidden", folding_while_hidden },
    { "any size", any_size }, { "out of memory", out_of_memory },
    { "modes", modes })
