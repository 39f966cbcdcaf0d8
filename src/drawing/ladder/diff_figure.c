/*
 * Two ladders side by side. Equal rows are drawn thin and grey, so that
 * differences stand out in black and white too: their strokes are heavy, their
 * rows are shaded, and a sign stands between the ladders. The columns of both
 * are the same distance apart, and their rows beside each other.
 */
#include "ladder/diff_figure.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "ladder/ladder_graph.h"
#include "ladder/layout.h"
#include "words/diff_text.h"
#include "words/time_words.h"
#include "words/trace_words.h"

/* Points. */
#define MARGIN 26.0
#define TIMES  50.0
#define GUTTER 116.0
#define NAMES  24.0
#define LABEL  9.5

#define UNIT 27.0

/* One of the ladders. */
struct half {
	const struct align_side *side;
	const char *which, *name;
	size_t *column;    /* of each node plus 1; 0: it has none */
	struct str *names; /* by column */
	size_t ncolumns;
	double left, first, step, right; /* first: of its first lifeline */
	double names_half;               /* half of a name's box */
};

struct diff_picture {
	const struct align *al;
	const struct diff_figure_options *o;
	struct half a, b;
	struct figure figure;
	size_t nnodes, nrows; /* rows that are drawn */
	double width, top, bottom;
	uint8_t *seen; /* by message of B: one row of a moved one is drawn */
	struct buf text;
};

/* Of a column. */
#define LEAST 88.0
#define MOST  190.0

/* ---- columns ---- */

static size_t
node_limit(const struct align *al)
{
	const struct align_side *sides[] = { &al->a, &al->b };
	size_t n = 0;

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < sides[k]->n; i++) {
			const struct align_message *m = &sides[k]->messages[i];

			n = m->from >= n ? m->from + 1 : n;
			n = m->to >= n ? m->to + 1 : n;
		}
	return n;
}

/* A column for NODE; it may have one. */
static void
add_diff_column(struct half *h, uint32_t node, struct str name)
{
	if (h->column[node] != 0)
		return;
	h->names[h->ncolumns++] = name;
	h->column[node] = h->ncolumns;
}

/* Columns in the order of the ladder, without columns that have no message. */
static int
make_columns(struct diff_picture *f, struct half *h)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	struct map *nodes = NULL; /* name -> number plus 1 */
	int err;

	o.notes = false;
	h->column = mem_zalloc(f->nnodes + 1, sizeof(*h->column));
	h->names = mem_zalloc(f->nnodes + 1, sizeof(*h->names));
	err = h->column == NULL || h->names == NULL ? ERR_NOMEM
						    : map_create(&nodes);
	if (err == 0)
		err = layout_create(&l, h->side->trace, &o, NULL);
	for (size_t i = 0; i < h->side->n && err == 0; i++) {
		const struct align_message *m = &h->side->messages[i];

		err = map_put(
		    nodes, m->from_name, (void *)((uintptr_t)m->from + 1));
		if (err == 0)
			err = map_put(
			    nodes, m->to_name, (void *)((uintptr_t)m->to + 1));
	}
	for (size_t i = 0; err == 0 && i < l->ncolumns; i++) {
		uintptr_t known = (uintptr_t)map_get(nodes, l->columns[i].name);
		const struct trace_node *n =
		    trace_find_node(h->side->trace, l->columns[i].name);

		if (known != 0 && n != NULL)
			add_diff_column(h, (uint32_t)(known - 1), n->name);
	}
	for (size_t i = 0; i < h->side->n && err == 0; i++) {
		const struct align_message *m = &h->side->messages[i];

		add_diff_column(h, m->from, m->from_name);
		add_diff_column(h, m->to, m->to_name);
	}
	map_destroy(nodes);
	layout_destroy(l);
	return err;
}

/* ---- sizes ---- */

static void
pair_figure_widen_columns(struct diff_picture *f, struct half *h, size_t i)
{
	double w;

	buf_clear(&f->text);
	diff_put_message(&f->text, &h->side->messages[i], false);
	w = figure_text_width(buf_view(&f->text), LABEL, true) + 18;
	if (w > h->step)
		h->step = w < MOST ? w : MOST;
}

static void
measure_rows(struct diff_picture *f)
{
	struct diff_walk w = { .al = f->al, .all = f->o->all };
	size_t row, summed;

	while (diff_walk_next(&w, &row, &summed)) {
		const struct align_row *r = &f->al->rows[row];

		f->nrows++;
		if (summed == 0 && r->place != ALIGN_IN_B)
			pair_figure_widen_columns(f, &f->a, r->a);
		if (summed == 0 && r->place != ALIGN_IN_A)
			pair_figure_widen_columns(f, &f->b, r->b);
	}
}

/* The widest name, with its box. */
static double
names_width(const struct half *h)
{
	double widest = 60;

	for (size_t i = 0; i < h->ncolumns; i++) {
		double w = figure_text_width(h->names[i], 11, true) + 20;

		widest = w > widest ? w : widest;
	}
	return widest < MOST ? widest : MOST;
}

/* The same columns for both, so that they look alike. */
static double
place_half(struct half *h, double x, double step, double names)
{
	h->step = step;
	h->names_half = names / 2;
	h->left = x;
	h->first = x + TIMES + names / 2;
	h->right = h->first + names / 2 + 4 +
		   (h->ncolumns > 1 ? (double)(h->ncolumns - 1) * step : 0);
	return h->right;
}

static void
pair_figure_measure(struct diff_picture *f)
{
	double step = LEAST, names = names_width(&f->a), x;

	f->a.step = f->b.step = LEAST;
	measure_rows(f);
	names = names_width(&f->b) > names ? names_width(&f->b) : names;
	step = f->a.step > f->b.step ? f->a.step : f->b.step;
	step = step > names + 10 ? step : names + 10;
	x = place_half(&f->a, MARGIN, step, names) + GUTTER;
	f->width = place_half(&f->b, x, step, names) + MARGIN;
	f->top = MARGIN + (f->o->title != NULL ? 24 : 0);
	f->bottom = f->top + 28 + NAMES + 16 + UNIT * (double)f->nrows + 10;
}

/* The columns of both, and where everything is.  0 or
 * ERR_NOMEM. */
static int
diff_figure_place(struct diff_picture *f)
{
	int err;

	f->nnodes = node_limit(f->al);
	err = make_columns(f, &f->a);
	if (err == 0)
		err = make_columns(f, &f->b);
	if (err == 0)
		pair_figure_measure(f);
	return err;
}

/* ---- drawing ---- */

#define INK   "#1b1f24"
#define GREY  "#5b636e"
#define LIFE  "#b4bbc4"
#define PAPER "#f1f3f5"

static const struct figure_font title_font = { 14, INK, true, false };

static const struct figure_font which_font = { 11, INK, true, false };

static const struct figure_font name_font = { 11, INK, true, false };

static const struct figure_font time_font = { 8.5, GREY, false, false };

static const struct figure_font same_font = { LABEL, GREY, false, false };

static const struct figure_font loud_font = { LABEL, INK, true, false };

static const struct figure_font sign_font = { 13, INK, true, false };

static const struct figure_font note_font = { 8.5, INK, false, false };

static const struct figure_font fold_font = { 9, GREY, false, true };

static const struct figure_font foot_font = { 8.5, GREY, false, false };

/* How a row that is not the same is shaded and signed. */
static const struct {
	const char *fill, *sign;
} looks[] = {
	[ALIGN_SAME] = { NULL, "" },
	[ALIGN_CHANGED] = { "#fbf1d0", "~" },
	[ALIGN_MOVED] = { "#e3ebf7", "↕" },
	[ALIGN_MISSING] = { "#f8dcd7", "−" },
	[ALIGN_EXTRA] = { "#dcf0e0", "+" },
};

static double
x_of(const struct half *h, uint32_t node)
{
	return h->first + (double)(h->column[node] - 1) * h->step;
}

static void
pair_figure_draw_head(struct diff_picture *f, const struct half *h)
{
	struct figure_pen pen = { 0.9, LIFE, NULL, FIGURE_PLAIN };
	double y = f->top + 8, names = f->top + 28 + NAMES / 2;

	buf_clear(&f->text);
	buf_printf(&f->text, "%s  ", h->which);
	figure_fit(&f->text,
	    h->name != NULL
		? str_of(h->name)
		: title_translate(trace_head(h->side->trace)->title),
	    11, true, h->right - h->left - 20);
	figure_text(&f->figure, h->left, y, buf_view(&f->text), FIGURE_LEFT,
	    &which_font);
	for (size_t i = 0; i < h->ncolumns; i++) {
		double x = h->first + (double)i * h->step;
		struct figure_point line[2] = { { x, names + NAMES / 2 },
			{ x, f->bottom } };

		buf_clear(&f->text);
		figure_fit(
		    &f->text, h->names[i], 11, true, 2 * h->names_half - 8);
		figure_line(&f->figure, line, 2, &pen);
		figure_box(&f->figure, x - h->names_half, names - NAMES / 2,
		    x + h->names_half, names + NAMES / 2, PAPER, LIFE, true);
		figure_text(&f->figure, x, names, buf_view(&f->text),
		    FIGURE_CENTRE, &name_font);
	}
}

/* TEXT, as much of it as fits. */
static void
put_fitting(struct diff_picture *f, double x, double y, double room,
    const struct figure_font *font)
{
	struct buf fits = BUF_INIT;

	figure_fit(&fits, buf_view(&f->text), font->size, font->bold, room);
	figure_text(&f->figure, x, y, buf_view(&fits), FIGURE_CENTRE, font);
	buf_end(&fits, &f->text.err);
}

/* How far to the next lifeline what was lost comes. */
#define LOST_AT 0.8

static void
draw_cross(struct diff_picture *f, double x, double y, struct figure_pen pen)
{
	struct figure_point down[2] = { { x - 4, y - 4 }, { x + 4, y + 4 } };
	struct figure_point up[2] = { { x - 4, y + 4 }, { x + 4, y - 4 } };

	pen.style = NULL;
	figure_line(&f->figure, down, 2, &pen);
	figure_line(&f->figure, up, 2, &pen);
}

static void
pair_figure_draw_arrow(struct diff_picture *f, const struct half *h,
    const struct align_message *m, double y, bool loud)
{
	struct figure_pen pen = { loud ? 1.7 : 0.9, loud ? INK : GREY,
		m->retx > 0 ? "dashed" : NULL,
		m->status != 0 ? FIGURE_OPEN : FIGURE_FULL };
	double from = x_of(h, m->from), to = x_of(h, m->to);
	double sign = to < from ? -1 : 1;
	struct figure_point line[2] = { { from, y }, { to, y } };

	if (from == to)
		line[1].x = to + h->step * 0.4;
	if (m->fate == ALIGN_FATE_LOST) {
		pen.head = FIGURE_PLAIN;
		line[1].x = from + sign * h->step * LOST_AT;
		draw_cross(f, line[1].x, y, pen);
	}
	figure_line(&f->figure, line, 2, &pen);
}

/* A message's arrow, above it what it is, and before it when. */
static void
draw_diff_message(
    struct diff_picture *f, const struct half *h, size_t i, double y, bool loud)
{
	const struct align_message *m = &h->side->messages[i];
	double sign = x_of(h, m->to) < x_of(h, m->from) ? -1 : 1;
	/* Clear of the cross. */
	double span =
	    m->fate == ALIGN_FATE_LOST ? LOST_AT * h->step - 6 : h->step;

	pair_figure_draw_arrow(f, h, m, y, loud);
	buf_clear(&f->text);
	time_put(&f->text, m->t);
	figure_text(&f->figure, h->left + TIMES - 8, y, buf_view(&f->text),
	    FIGURE_RIGHT, &time_font);
	buf_clear(&f->text);
	diff_put_message(&f->text, m, false);
	put_fitting(f, x_of(h, m->from) + sign * span / 2, y - 8, span - 10,
	    loud ? &loud_font : &same_font);
}

/* "Outcome, Contact", "only in B", "later" between the ladders. */
static void
put_difference(struct diff_picture *f, const struct align_row *r)
{
	struct str last = STR_NULL;

	buf_clear(&f->text);
	if (r->verdict == ALIGN_MISSING)
		buf_puts(&f->text, _("only in A"));
	if (r->verdict == ALIGN_EXTRA)
		buf_puts(&f->text, _("only in B"));
	if (r->verdict == ALIGN_MOVED && r->b != ALIGN_NONE) {
		buf_puts(&f->text, f->seen[r->b] != 0 ? _("(came earlier)")
						      : _("(comes later)"));
		f->seen[r->b] = 1;
	}
	if (r->fate)
		buf_printf(&f->text, "%s%s", f->text.n > 0 ? _(", ") : "",
		    align_fate_text(f->al->b.messages[r->b].fate));
	for (size_t i = 0; i < r->nfields; i++) {
		struct str name = f->al->fields[r->field + i].name;

		if (str_eq(name, last))
			continue;
		buf_puts(&f->text, f->text.n > 0 ? _(", ") : "");
		buf_str(&f->text, name);
		last = name;
	}
	if (f->o->times && diff_later(f->al, r) != 0) {
		buf_puts(&f->text, f->text.n > 0 ? _(", ") : "");
		diff_put_later(&f->text, diff_later(f->al, r));
	}
}

static void
draw_diff_row(struct diff_picture *f, const struct align_row *r, double y)
{
	bool loud = r->verdict != ALIGN_SAME;
	double middle = f->a.right + GUTTER / 2;
	double left = r->place == ALIGN_IN_B ? f->a.right : f->a.left;
	double right = r->place == ALIGN_IN_A ? f->b.left : f->b.right;

	if (loud)
		figure_box(&f->figure, left, y - UNIT * 0.55 - 2, right,
		    y + UNIT * 0.32, looks[r->verdict].fill, NULL, false);
	if (r->place != ALIGN_IN_B)
		draw_diff_message(f, &f->a, r->a, y, loud);
	if (r->place != ALIGN_IN_A)
		draw_diff_message(f, &f->b, r->b, y, loud);
	put_difference(f, r);
	if (f->text.n > 0)
		put_fitting(f, middle, y + 1, GUTTER - 6, &note_font);
	if (loud)
		figure_text(&f->figure, middle, y - 10,
		    str_of(looks[r->verdict].sign), FIGURE_CENTRE, &sign_font);
}

static void
draw_rows(struct diff_picture *f)
{
	struct diff_walk w = { .al = f->al, .all = f->o->all };
	double y = f->top + 28 + NAMES + 26;
	size_t row, summed;

	for (; diff_walk_next(&w, &row, &summed); y += UNIT) {
		if (summed == 0) {
			draw_diff_row(f, &f->al->rows[row], y);
			continue;
		}
		buf_clear(&f->text);
		buf_printf(&f->text, _("%zu messages are the same"), summed);
		figure_text(&f->figure, f->a.right + GUTTER / 2, y - 3,
		    buf_view(&f->text), FIGURE_CENTRE, &fold_font);
	}
}

static void
pair_figure_draw_foot(struct diff_picture *f)
{
	double y = f->bottom + 20;

	if (f->al->same) {
		figure_text(&f->figure, MARGIN, y,
		    str_of(_("A and B have the same meaning.")), FIGURE_LEFT,
		    &foot_font);
		y += 14;
	}
	buf_clear(&f->text);
	diff_put_counts(&f->text, f->al);
	figure_text(
	    &f->figure, MARGIN, y, buf_view(&f->text), FIGURE_LEFT, &foot_font);
}

static void
draw_comparison(
    struct diff_picture *f, const struct figure_device *device, struct buf *out)
{
	LOCAL_BUF about = BUF_INIT, names = BUF_INIT;
	struct figure_info info;

	diff_put_counts(&about, f->al);
	buf_printf(&names, "%s / %s", f->o->name_a != NULL ? f->o->name_a : "A",
	    f->o->name_b != NULL ? f->o->name_b : "B");
	info = (struct figure_info){ f->o->title != NULL ? str_of(f->o->title)
							 : buf_view(&names),
		buf_view(&about), buf_view(&names) };
	figure_begin(&f->figure, device, out, f->width, f->bottom + 46, &info);
	if (f->o->title != NULL)
		figure_text(&f->figure, MARGIN, MARGIN + 6, str_of(f->o->title),
		    FIGURE_LEFT, &title_font);
	pair_figure_draw_head(f, &f->a);
	pair_figure_draw_head(f, &f->b);
	draw_rows(f);
	pair_figure_draw_foot(f);
	figure_end(&f->figure);
	if (about.err != 0 || names.err != 0 || f->text.err != 0)
		out->err = ERR_NOMEM;
}

static void
free_halves(struct diff_picture *f)
{
	mem_free(f->a.column);
	mem_free(f->a.names);
	mem_free(f->b.column);
	mem_free(f->b.names);
	mem_free(f->seen);
	buf_free(&f->text);
}

int
diff_figure_write(const struct align *al, const struct diff_figure_options *o,
    const struct figure_device *device, struct buf *out)
{
	struct diff_picture f = { .al = al,
		.o = o,
		.a = { .side = &al->a, .which = "A", .name = o->name_a },
		.b = { .side = &al->b, .which = "B", .name = o->name_b } };
	int err;

	f.seen = mem_zalloc(al->b.n + 1, 1);
	err = f.seen == NULL ? ERR_NOMEM : diff_figure_place(&f);
	if (err == 0) {
		draw_comparison(&f, device, out);
		err = out->err;
	}
	free_halves(&f);
	return err;
}

/*
 * The same as a graph: a ladder that has the columns of both, in which what a
 * row says of both stands below it.
 */
struct diff_graph {
	struct diff_picture f;
	struct layout l;
	struct arena *texts;
	size_t base; /* the first of B's columns */
};

static struct str
keep_text(struct diff_graph *g)
{
	const char *kept = arena_str(g->texts, buf_view(&g->f.text));

	if (kept == NULL || g->f.text.err != 0)
		g->f.text.err = ERR_NOMEM;
	buf_clear(&g->f.text);
	return str_of(kept != NULL ? kept : "");
}

/* H's lifelines from FIRST on, in a frame; "A_alice". */
static void
add_lifelines(struct diff_graph *g, const struct half *h, size_t first)
{
	struct layout *l = &g->l;

	if (h->ncolumns == 0)
		return;
	buf_printf(
	    &g->f.text, "%s  %s", h->which, h->name != NULL ? h->name : "");
	l->frames[l->nframes] = (struct layout_frame){ str_trim(keep_text(g)),
		first, first + h->ncolumns - 1 };
	for (size_t i = 0; i < h->ncolumns; i++) {
		buf_printf(
		    &g->f.text, "%s_%.*s", h->which, STR_ARG(h->names[i]));
		l->columns[l->ncolumns++] =
		    (struct layout_column){ .name = keep_text(g),
			    .frame_name = l->frames[l->nframes].name,
			    .frame = l->nframes,
			    .x = (double)(first + i) };
	}
	l->nframes++;
}

static void
add_message(struct diff_graph *g, const struct half *h, size_t i, double y)
{
	const struct align_message *m = &h->side->messages[i];
	size_t first = h == &g->f.b ? g->base : 0;
	struct layout_row *r = &g->l.rows[g->l.nrows++];

	*r = (struct layout_row){ .item = LAYOUT_MESSAGE,
		.class = TRACE_CLASS_SIP,
		.arrow = trace_arrow_of(STR("sip"), m->status),
		.seq = m->seq,
		.t = m->t,
		.from = first + h->column[m->from] - 1,
		.to = first + h->column[m->to] - 1,
		.copies = 1,
		.fwd = LAYOUT_NONE,
		.since = LAYOUT_NONE,
		.lost = m->fate == ALIGN_FATE_LOST,
		.under_way = m->fate == ALIGN_FATE_UNDER_WAY,
		.y = y,
		.y_end = y,
		.repeat.first = LAYOUT_NONE,
		.note.at = LAYOUT_NONE };
	g->l.nlost += r->lost;
	g->l.nmessages++;
	diff_put_message(&g->f.text, m, false);
	r->label = r->brief = keep_text(g);
	r->loss.text = str_of(align_fate_text(m->fate));
	/* Both have one column of times, which are A's. */
	if (h == &g->f.b && g->l.nticks > 0 &&
	    g->l.ticks[g->l.nticks - 1].y == y &&
	    g->l.ticks[g->l.nticks - 1].t != m->t) {
		buf_puts(&g->f.text, " (");
		time_put(&g->f.text, m->t);
		buf_puts(&g->f.text, " s)");
		r->detail = keep_text(g);
	} else {
		g->l.ticks[g->l.nticks++] = (struct layout_tick){ m->t, y };
	}
}

/* So many rows from ROW on are the same: at the lifeline of the first. */
static void
add_sum(struct diff_graph *g, size_t row, size_t summed, double y)
{
	const struct align_row *r = &g->f.al->rows[row];
	bool in_a = r->place != ALIGN_IN_B;
	const struct half *h = in_a ? &g->f.a : &g->f.b;

	buf_printf(&g->f.text, _("%zu messages are the same"), summed);
	g->l.rows[g->l.nrows++] = (struct layout_row){ .item = LAYOUT_NOTE,
		.label = keep_text(g),
		.seq = h->side->messages[in_a ? r->a : r->b].seq,
		.from = in_a ? 0 : g->base,
		.to = LAYOUT_NONE,
		.fwd = LAYOUT_NONE,
		.since = LAYOUT_NONE,
		.y = y,
		.y_end = y,
		.repeat.first = LAYOUT_NONE,
		.note.at = LAYOUT_NONE };
}

/* The row's last message has a note that says what differs. */
static void
add_difference(struct diff_graph *g, const struct align_row *r)
{
	struct layout_row *last = &g->l.rows[g->l.nrows - 1];
	LOCAL_BUF said = BUF_INIT;

	put_difference(&g->f, r);
	if (g->f.text.n > 0 || r->verdict != ALIGN_SAME)
		buf_printf(&said, "%s %s", looks[r->verdict].sign,
		    buf_cstr(&g->f.text));
	buf_clear(&g->f.text);
	buf_str(&g->f.text, buf_view(&said));
	last->note.text = keep_text(g);
	last->note.at = last->from;
	if (said.err != 0)
		g->f.text.err = ERR_NOMEM;
}

static void
add_rows(struct diff_graph *g)
{
	struct diff_walk w = { .al = g->f.al, .all = g->f.o->all };
	size_t row, summed;

	for (double y = 0; diff_walk_next(&w, &row, &summed); y++) {
		const struct align_row *r = &g->f.al->rows[row];

		g->l.height = y;
		if (summed > 0) {
			add_sum(g, row, summed, y);
			continue;
		}
		if (r->place != ALIGN_IN_B)
			add_message(g, &g->f.a, r->a, y);
		if (r->place != ALIGN_IN_A)
			add_message(g, &g->f.b, r->b, y);
		add_difference(g, r);
	}
}

static int
make_graph(struct diff_graph *g)
{
	const struct diff_picture *f = &g->f;
	size_t most = 2 * f->al->nrows + 1;
	struct layout *l = &g->l;

	g->base = f->a.ncolumns;
	l->complete = true;
	l->columns =
	    mem_zalloc(f->a.ncolumns + f->b.ncolumns + 1, sizeof(*l->columns));
	l->frames = mem_zalloc(2, sizeof(*l->frames));
	l->rows = mem_zalloc(most, sizeof(*l->rows));
	l->ticks = mem_zalloc(most, sizeof(*l->ticks));
	if (l->columns == NULL || l->frames == NULL || l->rows == NULL ||
	    l->ticks == NULL)
		return ERR_NOMEM;
	buf_clear(&g->f.text);
	add_lifelines(g, &f->a, 0);
	add_lifelines(g, &f->b, g->base);
	add_rows(g);
	return f->text.err;
}

int
diff_graph_write(const struct align *al, const struct diff_figure_options *o,
    struct buf *remark, struct buf *out)
{
	struct diff_graph g = {
		.f = { .al = al,
		    .o = o,
		    .a = { .side = &al->a, .which = "A", .name = o->name_a },
		    .b = { .side = &al->b, .which = "B", .name = o->name_b } }
	};
	struct ladder_figure_options options = { .title = o->title };
	LOCAL_BUF counts = BUF_INIT;
	int err = arena_create(&g.texts);

	g.f.seen = mem_zalloc(al->b.n + 1, 1);
	if (err == 0)
		err = g.f.seen == NULL ? ERR_NOMEM : diff_figure_place(&g.f);
	if (err == 0)
		err = make_graph(&g);
	if (al->same)
		buf_printf(&counts, "%s ", _("A and B have the same meaning."));
	diff_put_counts(&counts, al);
	options.footer = buf_cstr(&counts);
	if (err == 0)
		err = ladder_graph_write(&g.l, &options, false, remark, out);
	mem_free(g.l.columns);
	mem_free(g.l.frames);
	mem_free(g.l.rows);
	mem_free(g.l.ticks);
	free_halves(&g.f);
	arena_destroy(g.texts);
	return err;
}
