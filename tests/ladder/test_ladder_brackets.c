/*
 * Brackets beside a ladder of characters: that all that a figure has are there,
 * from the first of their rows to the last; that a window shows of them what
 * the whole shows there, with their names; what is left out is counted.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_screen_in.h"
#include "ladder/ladder_text.h"
#include "fixtures/sample_more.h"

#define ALL          7u
#define TRANSACTIONS (1u << LADDER_MARK_TRANSACTION)
#define DIALOGS      (1u << LADDER_MARK_DIALOG)
#define PHASES       (1u << LADDER_MARK_PHASE)

/* Beyond what any lab fills. */
#define HEIGHT_MOST 4000

struct stage {
	struct trace *t;
	struct layout *l;
	struct ladder_marks *m;
	struct ladder_screen *s;
	struct grid g;
	size_t head;
};

static void
stage_marks(struct stage *g, struct trace *t, unsigned kinds)
{
	*g = (struct stage){ .t = t };
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&g->l, t, NULL, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(ladder_marks_create(&g->m, g->l, t, kinds), 0);
}

static void
stage_screen(struct stage *g, const struct ladder_screen_options *o)
{
	struct ladder_screen_options with = *o;

	with.marks = g->m;
	ladder_screen_destroy(g->s);
	CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&g->s, g->l, &with), 0);
}

static void
stage_end(struct stage *g)
{
	grid_free(&g->g);
	ladder_screen_destroy(g->s);
	ladder_marks_destroy(g->m);
	layout_destroy(g->l);
	trace_destroy(g->t);
}

/* ---- what is looked at ---- */

static struct str
cell_at(const struct grid *g, size_t x, size_t y)
{
	const struct grid_cell *c = &g->cells[y * g->width + x];

	return x < g->width && y < g->height && c->n > 0
		   ? (struct str){ c->text, c->n }
		   : STR(" ");
}

static bool
is_one_of(struct str cell, const char *const *texts)
{
	for (; *texts != NULL; texts++)
		if (str_is(cell, *texts))
			return true;
	return false;
}

static const char *const begins[] = { "┐", "┤", "]", "┘", NULL };
static const char *const ends[] = { "┘", "┤", "]", NULL };
static const char *const inner[] = { "│", "┤", NULL };

/* LABEL, or as much of it as a lane of CELLS has, stands from cell X on. */
static bool
says(const struct grid *g, size_t x, size_t y, struct str label, size_t cells)
{
	size_t used = 0;

	if (utf8_width(label) > cells)
		cells--;
	while (label.n > 0 && used < cells) {
		struct str cell = cell_at(g, x + used, y);

		if (str_is(cell, " ") && label.p[0] == ' ') {
			label = str_slice(label, 1, label.n);
			used++;
			continue;
		}
		if (!str_eq(str_slice(label, 0, cell.n), cell))
			return false;
		used += utf8_width(cell);
		label = str_slice(label, cell.n, label.n);
	}
	return true;
}

/* The lines between which mark K is to stand: where its first row's arrow
 * begins, and where the last one's arrives or is sent. */
static void
wanted_lines(const struct stage *g, const struct ladder_mark *k, size_t *from,
    size_t *to)
{
	const struct ladder_place *p = g->s->place;
	const struct layout_row *first = &g->l->rows[k->first];
	const struct layout_row *last = &g->l->rows[k->last];
	bool two = g->s->mode == LADDER_USUAL;

	*from = p[k->first].from + (two && ladder_is_arrow(first));
	*to = p[k->last].from + (two && ladder_is_arrow(last));
	if (!k->sent && p[k->last].to < PLACE_FOLD && p[k->last].to > *to)
		*to = p[k->last].to;
}

/* A message's line is the one on which its arrow leaves its lifeline. */
static bool
leaves_there(const struct stage *g, size_t row, size_t line)
{
	static const char *const tees[] = { "├", "┤", "┼", NULL };
	const struct layout_row *r = &g->l->rows[row];

	return r->item != LAYOUT_MESSAGE || r->from == r->to ||
	       is_one_of(
		   cell_at(&g->g, g->s->x[r->from], g->head + line), tees);
}

static bool
stands(const struct stage *g, const struct ladder_mark *k, size_t x)
{
	const struct ladder_lane *lane =
	    &g->s->brackets.lanes[g->s->brackets.lane_of[k - g->m->list]];
	size_t from, to, y;

	wanted_lines(g, k, &from, &to);
	y = g->head + from;
	if (!is_one_of(cell_at(&g->g, x, y), begins) ||
	    !is_one_of(cell_at(&g->g, x, g->head + to), ends) ||
	    !says(&g->g, x + 2, y, k->label, lane->cells[g->s->brackets.form]))
		return false;
	for (size_t line = from + 1; line < to; line++)
		if (!is_one_of(cell_at(&g->g, x, g->head + line), inner))
			return false;
	return leaves_there(g, k->first, from);
}

/* All of the ladder at once, at its end. */
static void
draw_whole(struct stage *g, size_t width)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct grid_area a;

	g->head = ladder_screen_head_lines(g->s, width);
	CU_ASSERT_FATAL(ladder_screen_lines(g->s) + g->head < HEIGHT_MOST);
	grid_free(&g->g);
	CU_ASSERT_EQUAL_FATAL(
	    grid_init(&g->g, width, ladder_screen_lines(g->s) + g->head, false),
	    0);
	now.seq = trace_count(g->t);
	now.t = now.seq > 0 ? trace_time_of(g->t, now.seq) : 0;
	a = grid_all(&g->g);
	ladder_screen_draw(g->s, &now, &a);
}

/* The cell of LANE's brackets. */
static size_t
lane_cell(const struct stage *g, const struct ladder_lane *lane)
{
	return g->s->width + lane->x;
}

/* The brackets that stand; the others are counted beside. */
static void
check_all(const struct stage *g)
{
	const struct ladder_brackets *b = &g->s->brackets;
	size_t left = 0;

	for (size_t i = 0; i < g->m->n; i++) {
		const struct ladder_mark *k = &g->m->list[i];
		bool good;

		if (b->lane_of[i] >= b->shown) {
			left++;
			continue;
		}
		good = stands(g, k, lane_cell(g, &b->lanes[b->lane_of[i]]));
		CU_ASSERT(good);
		if (!good)
			printf("  %.*s, rows %zu to %zu\n", STR_ARG(k->label),
			    k->first, k->last);
	}
	CU_ASSERT_EQUAL(left, ladder_brackets_left(g->s));
}

/* ---- on paper ---- */

/* TEXT's lines from the head on, as cells. */
static void
read_text(struct stage *g, struct str text)
{
	size_t width = g->s->width + g->s->brackets.cells, y = 0;
	struct grid_area a;

	g->head = ladder_head_lines(g->s);
	grid_free(&g->g);
	CU_ASSERT_EQUAL_FATAL(
	    grid_init(&g->g, width, ladder_screen_lines(g->s) + g->head, false),
	    0);
	a = grid_all(&g->g);
	for (; y < g->g.height && text.n > 0; y++)
		grid_text(
		    &a, 0, y, str_cut(text, '\n', &text), width, STYLE_PLAIN);
	CU_ASSERT_EQUAL(y, g->g.height);
}

static size_t
widest_line(struct str text)
{
	size_t widest = 0, cells;

	while (text.n > 0) {
		cells = utf8_width(str_cut(text, '\n', &text));
		widest = cells > widest ? cells : widest;
	}
	return widest;
}

/* All that a figure has is in the text, WIDTH cells wide (0: chosen). */
static void
check_paper(struct stage *g, size_t width)
{
	struct ladder_text_options o = { .width = width, .marks = g->m };
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(ladder_text_write(g->l, &o, &out), 0);
	stage_screen(g, &(struct ladder_screen_options){
			    .paper = true, .paper_width = width });
	read_text(g, buf_view(&out));
	if (width != 0 && ladder_tight_cells(g->s) < width)
		CU_ASSERT(widest_line(buf_view(&out)) <= width);
	if (width == 0)
		CU_ASSERT(g->s->brackets.shown == g->s->brackets.nlanes);
	check_all(g);
}

static void
check_paper_of_lab(const char *file)
{
	static const size_t widths[] = { 0, 60, 80, 132 };
	static const unsigned kinds[] = { TRANSACTIONS, DIALOGS, PHASES, ALL };

	if (lab_is_slow(file))
		return;
	for (size_t i = 0; i < 4; i++) {
		struct stage g;

		stage_marks(&g, lab_trace(file, &LAB_OPTIONS), kinds[i]);
		for (size_t k = 0; k < 4 && g.l->ncolumns > 0; k++)
			check_paper(&g, widths[k]);
		stage_end(&g);
	}
}

static void
paper_of_every_lab(void)
{
	labs_each_nth(check_paper_of_lab, true, LABS_SOME);
}

/* ---- on the screen ---- */

/* Brackets of a window are those of the whole; the names of all that touch it
 * are seen. */
static void
check_window(const struct stage *g, size_t width, size_t height, size_t top)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	const struct ladder_brackets *b = &g->s->brackets;
	bool good = true;
	struct grid part;
	struct grid_area a;

	CU_ASSERT_EQUAL_FATAL(
	    grid_init(&part, width, g->head + height, false), 0);
	now.seq = trace_count(g->t);
	now.t = trace_time_of(g->t, now.seq);
	now.top = top;
	a = grid_all(&part);
	ladder_screen_draw(g->s, &now, &a);
	for (size_t i = 0; i < b->shown; i++)
		for (size_t y = g->head; y < part.height; y++)
			good = good &&
			       str_eq(cell_at(
					  &part, lane_cell(g, &b->lanes[i]), y),
				   cell_at(&g->g, lane_cell(g, &b->lanes[i]),
				       y + top));
	for (size_t i = 0; i < g->m->n; i++) {
		const struct ladder_mark *k = &g->m->list[i];
		const struct ladder_lane *lane = &b->lanes[b->lane_of[i]];
		size_t from, to;

		wanted_lines(g, k, &from, &to);
		from = from > top ? from : top;
		/* The next phase begins on the last line of one. */
		if (b->lane_of[i] >= b->shown || from >= top + height ||
		    to < top || (from == to && k->sent))
			continue;
		good = good &&
		       says(&part, lane_cell(g, lane) + 2, g->head + from - top,
			   k->label, lane->cells[b->form]);
	}
	CU_ASSERT(good);
	if (!good)
		printf("  %zux%zu, line %zu\n", width, height, top);
	grid_free(&part);
}

static void
check_screen_of_lab(const char *file)
{
	static const size_t widths[] = { 60, 80, 200 };
	struct stage g;

	if (lab_is_slow(file))
		return;
	stage_marks(&g, lab_trace(file, &LAB_OPTIONS), ALL);
	for (unsigned mode = 0; mode < LADDER_MODE_COUNT; mode++) {
		stage_screen(
		    &g, &(struct ladder_screen_options){ .mode = mode });
		for (size_t i = 0; i < 3 && g.l->ncolumns > 0; i++) {
			draw_whole(&g, widths[i]);
			if (g.s->first == 0 && g.s->end == g.l->ncolumns)
				check_all(&g);
			for (size_t top = 0; top < g.s->lines; top += 7)
				check_window(&g, widths[i], 9, top);
		}
	}
	stage_end(&g);
}

static void
screen_of_labs(void)
{
	labs_each_nth(check_screen_of_lab, true, 3 * LABS_SOME);
}

/* What is folded into one line has no brackets of its own; the others keep
 * theirs. */
static void
folded_calls(void)
{
	static const char *const nothing[] = { " ", NULL };
	struct stage g;
	struct str call = STR_NULL;
	size_t inside = 0, n = 0, line = 0;

	stage_marks(
	    &g, lab_trace("labs/third-party", &LAB_OPTIONS), TRANSACTIONS);
	for (size_t i = 0; i < g.l->nrows && call.n == 0; i++) {
		call = g.l->rows[i].call;
		line = i;
	}
	for (size_t i = 0; i < g.m->n; i++)
		inside += str_eq(g.l->rows[g.m->list[i].first].call, call);
	CU_ASSERT(inside > 0 && inside < g.m->n);
	stage_screen(&g,
	    &(struct ladder_screen_options){ .folded = &call, .nfolded = 1 });
	draw_whole(&g, 200);
	for (size_t i = 0; i < g.s->brackets.nlanes; i++)
		n += g.s->brackets.lanes[i].n;
	CU_ASSERT_EQUAL(n, g.m->n - inside);
	line = g.head + ladder_screen_line_of(g.s, line);
	for (size_t i = 0; i < g.s->brackets.nlanes; i++)
		CU_ASSERT(is_one_of(
		    cell_at(&g.g, lane_cell(&g, &g.s->brackets.lanes[i]), line),
		    nothing));
	stage_end(&g);
}

/* The line of the position is the last on which a bracket is drawn, and none
 * has its end there that goes on. */
static void
check_prediction(struct stage *g, size_t row)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct grid_area a;

	now.row = row;
	now.seq = g->l->rows[row].seq;
	now.t = g->l->rows[row].t;
	now.hide_future = true;
	grid_clear(&g->g);
	a = grid_all(&g->g);
	ladder_screen_draw(g->s, &now, &a);
	for (size_t i = 0; i < g->m->n; i++) {
		const struct ladder_mark *k = &g->m->list[i];
		size_t lane = g->s->brackets.lane_of[i], from, to;
		size_t x = lane_cell(g, &g->s->brackets.lanes[lane]);
		bool begun = k->first <= row, ended = k->last <= row;

		CU_ASSERT_FATAL(lane < g->s->brackets.shown);
		wanted_lines(g, k, &from, &to);
		/* A phase begins on the last line of the one before. */
		if (!begun)
			CU_ASSERT(!says(&g->g, x + 2, g->head + from, k->label,
			    k->label.n));
		if (begun && !ended)
			CU_ASSERT(
			    !str_is(cell_at(&g->g, x, g->head + to), "┘"));
		if (ended)
			CU_ASSERT(
			    is_one_of(cell_at(&g->g, x, g->head + to), ends));
	}
}

/* What is to be predicted is not seen: neither a bracket that begins later, nor
 * how long one lasts. */
static void
predicting(void)
{
	struct stage g;

	stage_marks(&g, lab_trace("labs/direct-call", &LAB_OPTIONS), ALL);
	stage_screen(
	    &g, &(struct ladder_screen_options){ .mode = LADDER_USUAL });
	draw_whole(&g, 120);
	for (size_t row = 0; row < g.l->nrows; row++)
		check_prediction(&g, row);
	stage_end(&g);
}

/* Forty at once: sixteen have lanes, or on a narrow screen some, and of the
 * others it is said where they begin. */
static void
crowd(void)
{
	static const struct {
		size_t width, shown;
	} cases[] = { { 0, 16 }, { 60, 6 }, { 26, 0 } };

	for (size_t c = 0; c < 3; c++) {
		struct ladder_text_options o = { .width = cases[c].width };
		struct buf out = BUF_INIT;
		struct stage g;

		stage_marks(&g, sample_together(40), TRANSACTIONS);
		o.marks = g.m;
		CU_ASSERT_EQUAL(ladder_text_write(g.l, &o, &out), 0);
		stage_screen(&g, &(struct ladder_screen_options){ .paper = true,
				     .paper_width = cases[c].width });
		CU_ASSERT_EQUAL(g.s->brackets.shown, cases[c].shown);
		for (unsigned i = 1; i <= 40; i++) {
			char name[16];

			snprintf(name, sizeof(name), " %sT%u%s",
			    i <= cases[c].shown ? "" : "+", i,
			    i == 40 ? "\n" : "");
			CU_ASSERT(str_find(buf_view(&out), name) >= 0);
		}
		CU_ASSERT_EQUAL(ladder_brackets_left(g.s), 40 - cases[c].shown);
		CU_ASSERT(
		    str_find(buf_view(&out), "Brackets without room") >= 0);
		buf_free(&out);
		stage_end(&g);
	}
}

/* ---- as they look ---- */

struct picture {
	const char *golden, *lab;
	struct trace *(*sample)(void);
	unsigned kinds;
	const char *format; /* else a screen of width × height … */
	size_t width, height;
	enum ladder_mode mode;
	size_t row; /* … at this row; 0: at the end */
	bool ascii, fold, chinese;
};

static const struct picture pictures[] = {
	{ "direct-call.txt", "direct-call", .kinds = TRANSACTIONS,
	    .format = "txt" },
	{ "two-proxies.txt", "two-proxies", .kinds = TRANSACTIONS,
	    .format = "txt" },
	{ "two-proxies-60.txt", "two-proxies", .kinds = TRANSACTIONS,
	    .format = "txt", .width = 60 },
	{ "two-proxies-132.txt", "two-proxies", .kinds = ALL, .format = "txt",
	    .width = 132 },
	{ "rfc3665-3.2.txt", "rfc3665-3.2", .kinds = DIALOGS | PHASES,
	    .format = "txt" },
	{ "rfc5407-3.1.3.txt", "rfc5407-3.1.3", .kinds = DIALOGS | PHASES,
	    .format = "txt" },
	{ "transfer-ascii.txt", "transfer", .kinds = DIALOGS | PHASES,
	    .format = "txt", .width = 80, .ascii = true },
	{ "lost-messages.md", "lost-messages", .kinds = TRANSACTIONS,
	    .format = "md" },
	{ "chinese.txt", "transfer", .kinds = DIALOGS | PHASES, .format = "txt",
	    .width = 120, .chinese = true },
	{ "chinese-names.txt", .sample = sample_chinese, .kinds = ALL,
	    .format = "txt", .width = 100 },
	{ "two-proxies-80x24.txt", "two-proxies", .kinds = TRANSACTIONS,
	    .mode = LADDER_COMPACT, .width = 80, .height = 24, .row = 12 },
	{ "two-proxies-200x60.txt", "two-proxies", .kinds = ALL, .width = 200,
	    .height = 60 },
	{ "two-proxies-60x20.txt", "two-proxies", .kinds = ALL,
	    .mode = LADDER_COMPACT, .width = 60, .height = 20, .row = 12 },
	{ "rfc3665-3.2-80x24.txt", "rfc3665-3.2", .kinds = DIALOGS | PHASES,
	    .width = 80, .height = 24, .row = 10 },
	{ "lost-messages-time.txt", "lost-messages", .kinds = TRANSACTIONS,
	    .mode = LADDER_TIME, .width = 80, .height = 24, .row = 12 },
	{ "third-party-fold.txt", "third-party", .kinds = ALL,
	    .mode = LADDER_COMPACT, .width = 118, .height = 35, .fold = true },
	{ "loop-and-spiral-80x24-ascii.txt", "loop-and-spiral",
	    .kinds = TRANSACTIONS, .mode = LADDER_COMPACT, .width = 80,
	    .height = 24, .row = 20, .ascii = true },
};

static void
put_file(const struct picture *p, const struct stage *g, struct buf *out)
{
	if (str_is(str_of(p->format), "md"))
		CU_ASSERT_EQUAL(ladder_md_write(g->t, g->l,
				    &(struct ladder_md_options){
					.width = p->width, .marks = g->m },
				    out),
		    0)
	else
		CU_ASSERT_EQUAL(
		    ladder_text_write(g->l,
			&(struct ladder_text_options){ .width = p->width,
			    .ascii = p->ascii,
			    .title = true,
			    .marks = g->m },
			out),
		    0)
}

static void
put_screen(const struct picture *p, struct stage *g, struct buf *out)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct grid_area a;
	size_t head;

	stage_screen(g, &(struct ladder_screen_options){ .mode = p->mode,
			    .folded = &g->l->rows[0].call,
			    .nfolded = p->fold });
	CU_ASSERT_EQUAL_FATAL(
	    grid_init(&g->g, p->width, p->height, p->ascii), 0);
	a = grid_all(&g->g);
	now.row = p->row != 0 ? p->row : g->l->nrows - 1;
	now.seq = p->row != 0 ? g->l->rows[p->row].seq : trace_count(g->t);
	now.t = trace_time_of(g->t, now.seq);
	head = ladder_screen_head_lines(g->s, p->width);
	now.top = ladder_screen_top(g->s, &now, p->height - head, now.row);
	now.first = ladder_screen_first(g->s, &now, p->width, now.row);
	ladder_screen_draw(g->s, &now, &a);
	CU_ASSERT_EQUAL(grid_write(&g->g, out), 0);
}

static void
goldens(void)
{
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		const struct picture *p = &pictures[i];
		struct buf out = BUF_INIT;
		char name[128];
		struct stage g;

		if (p->lab != NULL)
			snprintf(name, sizeof(name), "labs/%s", p->lab);
		if (p->chinese)
			CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
		stage_marks(&g,
		    p->lab != NULL ? lab_trace(name, &LAB_OPTIONS)
				   : p->sample(),
		    p->kinds);
		if (p->format != NULL)
			put_file(p, &g, &out);
		else
			put_screen(p, &g, &out);
		CU_ASSERT_EQUAL(i18n_choose("en"), 0);
		snprintf(name, sizeof(name), "ladder-brackets-%s", p->golden);
		CU_ASSERT(golden_same(name, buf_view(&out)));
		buf_free(&out);
		stage_end(&g);
	}
}

/* Two ladders beside each other have the same columns, whatever brackets each
 * of them has. */
static void
joined(void)
{
	struct stage a, b;

	stage_marks(&a, lab_trace("labs/two-proxies", &LAB_OPTIONS), ALL);
	stage_marks(
	    &b, lab_trace("labs/lost-messages", &LAB_OPTIONS), TRANSACTIONS);
	for (size_t width = 40; width < 160; width += 7) {
		struct ladder_screen_options o = { .mode = LADDER_USUAL };

		stage_screen(&a, &o);
		stage_screen(&b, &o);
		CU_ASSERT_EQUAL_FATAL(a.l->ncolumns, b.l->ncolumns);
		ladder_screen_join(a.s, b.s);
		draw_whole(&a, width);
		draw_whole(&b, width);
		CU_ASSERT_EQUAL_FATAL(a.s->end, b.s->end);
		for (size_t i = a.s->first; i < a.s->end; i++)
			CU_ASSERT_EQUAL(a.s->x[i], b.s->x[i]);
	}
	stage_end(&a);
	stage_end(&b);
}

/* A remark alone: a ladder with a row and no columns. */
static struct trace *
remark(void)
{
	struct sample s;

	sample_begin(&s, "A remark");
	sample_rec(&s, "note", NULL, 0, NULL, ",'text':'Nobody is here.'");
	return sample_end(&s);
}

static void
survives(void)
{
	struct trace *traces[] = { sample_hostile(), sample_empty(),
		sample_mixed(), sample_long(3000), sample_many(20),
		sample_losses(), remark() };

	for (size_t i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		struct ladder_text_options o = { .ascii = i % 2 };
		struct stage g;

		stage_marks(&g, traces[i], ALL);
		o.marks = g.m;
		for (o.width = 0; o.width < 100; o.width += 9) {
			LOCAL_BUF out = BUF_INIT;

			CU_ASSERT_EQUAL(ladder_text_write(g.l, &o, &out), 0);
			CU_ASSERT(utf8_valid(buf_view(&out)));
		}
		stage_screen(&g, &(struct ladder_screen_options){ 0 });
		for (size_t w = 1; w < 100 && g.l->nrows < 1000; w += 9) {
			struct ladder_screen_now now = LADDER_SCREEN_NOW;

			draw_whole(&g, w);
			if (g.l->nrows > 0)
				ladder_screen_first(g.s, &now, w, 0);
		}
		stage_end(&g);
	}
}

static void
memory_runs_out(void)
{
	struct stage g;
	int err = ERR_NOMEM;

	stage_marks(&g, sample_together(20), ALL);
	for (unsigned long n = 1; err != 0 && n < 1000; n++) {
		struct ladder_text_options o = { .marks = g.m };
		LOCAL_BUF out = BUF_INIT;

		mem_fail_from(n);
		err = ladder_text_write(g.l, &o, &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
	}
	CU_ASSERT_EQUAL(err, 0);
	stage_end(&g);
}

CHECK_MAIN("ladder_brackets", { "paper of every lab", paper_of_every_lab },
    { "screen of labs", screen_of_labs }, { "folded calls", folded_calls },
    { "predicting", predicting }, { "crowd", crowd }, { "goldens", goldens },
    { "joined", joined }, { "survives", survives },
    { "memory_runs_out", memory_runs_out })
