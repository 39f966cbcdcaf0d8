/*
 * The quality of received sound: the MOS of each count (`quality`, `heard`)
 * over time, as a line in characters and as a plot with a curve for each
 * source.  Between two counts nothing is known; the line goes on with the last.
 */
#include "words/hearing_doc.h"

#include <stdio.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "draw/plot.h"
#include "text/utf8.h"
#include "words/time_words.h"

/* Lines from MOS 4.5 down to 1, and cells before them. */
#define LINES   8
#define MARGIN  5
#define COLUMNS 120

/* The MOS, 1,000 times, of record SEQ where it counts SSRC at H's listener; 0:
 * none. */
static int64_t
score_of(const struct trace *t, uint64_t seq, const struct hearing *h,
    int64_t ssrc, struct buf *scratch)
{
	struct trace_rec rec;

	if (trace_kind_of(t, seq) != TRACE_MEDIA)
		return 0;
	trace_get(t, seq, &rec);
	if (!str_eq(rec.node, h->listener) ||
	    trace_int(&rec, "ssrc", -1) != ssrc ||
	    !str_eq(trace_str(&rec, "call", scratch), h->call))
		return 0;
	return trace_int(&rec, "mos", 0);
}

/* Into ROWS, by column, the line at which the MOS stands, from the top; -1:
 * nothing is known there.  How many counts there are. */
static size_t
place_scores(const struct trace *t, const struct hearing *h, int64_t from,
    int64_t to, int *rows, bool *counted, size_t n)
{
	uint64_t end = trace_at_time(t, to);
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	size_t found = 0, last = 0;
	int64_t ssrc, mos;

	trace_get(t, h->hear, &rec);
	ssrc = trace_int(&rec, "ssrc", -1);
	for (uint64_t seq = h->hear; seq <= end; seq++) {
		mos = score_of(t, seq, h, ssrc, &scratch);
		if (mos <= 0)
			continue;
		last = (size_t)((trace_time_of(t, seq) - from) *
				(int64_t)(n - 1) / (to - from));
		rows[last] = mos >= 4500  ? 0
			     : mos < 1000 ? LINES - 1
					  : (int)((4500 - mos) / 500);
		counted[last] = true;
		found++;
	}
	for (size_t i = 1; i < n; i++)
		if (rows[i] < 0)
			rows[i] = rows[i - 1];
	return found;
}

static void
draw_line(struct doc *d, int line, const int *rows, const bool *counted,
    size_t n, uint64_t seq)
{
	doc_line(d, seq);
	if (line % 2 == 1)
		doc_printf(d, STYLE_DIM, "%3d ", 4 - line / 2);
	doc_pad(d, MARGIN - 1);
	doc_put(d, STYLE_DIM,
	    canvas_glyph_text(line % 2 == 1 ? GLYPH_TICK : GLYPH_LIFE, false));
	for (size_t i = 0; i < n; i++)
		doc_put(d,
		    counted[i] && rows[i] == line ? STYLE_BOLD : STYLE_SUCCESS,
		    canvas_glyph_text(rows[i] != line ? GLYPH_SPACE
				      : counted[i]    ? GLYPH_BULLET
						      : GLYPH_LINE,
			false));
}

static void
draw_one(const struct trace *t, const struct hearing *h, int64_t to, size_t n,
    struct doc *d)
{
	int64_t from = trace_time_of(t, h->hear);
	char one[TIME_ROOM], other[TIME_ROOM], label[TIME_ROOM + 2];
	bool counted[COLUMNS] = { false };
	struct trace_rec rec;
	int rows[COLUMNS];

	for (size_t i = 0; i < COLUMNS; i++)
		rows[i] = -1;
	if (to <= from || place_scores(t, h, from, to, rows, counted, n) < 2)
		return;
	doc_line(d, 0);
	doc_line(d, h->hear);
	trace_get(t, h->quality, &rec);
	/* TRANSLATORS: a heading; two nodes */
	doc_printf(d, STYLE_TITLE,
	    trace_member(&rec, "inferred").type == JSON_BOOL
		? _("highest possible MOS of what %.*s receives from %.*s")
		: _("MOS of what %.*s hears from %.*s"),
	    STR_ARG(h->listener), STR_ARG(h->speaker));
	if (hearing_scale(&rec) != NULL)
		doc_printf(d, STYLE_TITLE, " (%s)", hearing_scale(&rec));
	for (int line = 0; line < LINES; line++)
		draw_line(d, line, rows, counted, n, h->quality);
	doc_line(d, 0);
	doc_pad(d, MARGIN);
	doc_printf(d, STYLE_DIM, "%s s", time_text(from, one));
	snprintf(label, sizeof(label), "%s s", time_text(to, other));
	doc_right(d, STYLE_DIM, str_of(label), MARGIN + n);
}

void
hearing_plot(const struct trace *t, const struct hearing *list, size_t count,
    int64_t t_ns, size_t width, struct doc *d)
{
	size_t n = width > MARGIN + 20 ? width - MARGIN - 1 : 20;

	if (n > COLUMNS)
		n = COLUMNS;
	for (size_t i = 0; i < count; i++)
		if (list[i].hear != 0 && list[i].quality != 0)
			draw_one(t, &list[i], t_ns, n, d);
}

/* ---- as a plot ---- */

#define SECONDS 1e9
/* So many sources are told apart; the first of them are drawn. */
#define SOURCES 256

struct curve {
	struct buf name;
	struct plot_point *points;
	size_t n, cap;
	int64_t ssrc;
	uint32_t node;
	const char *scale; /* of its MOS, hearing_scale */
};

struct curves {
	struct curve list[PLOT_SERIES_MAX];
	size_t n;
	/* Those without a curve, as far as there is room for them. */
	struct {
		int64_t ssrc;
		uint32_t node;
	} others[SOURCES];
	size_t nothers;
	int err;
};

static void
note_other(struct curves *c, int64_t ssrc, uint32_t node)
{
	for (size_t i = 0; i < c->nothers; i++)
		if (c->others[i].ssrc == ssrc && c->others[i].node == node)
			return;
	if (c->nothers == SOURCES)
		return;
	c->others[c->nothers].ssrc = ssrc;
	c->others[c->nothers++].node = node;
}

/* NULL: there are enough. */
static struct curve *
find_curve(struct curves *c, const struct trace *t, const struct trace_rec *rec)
{
	int64_t ssrc = trace_int(rec, "ssrc", -1);
	uint32_t node = trace_node_of(t, rec->seq);
	const char *scale = hearing_scale(rec);
	struct curve *k;

	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].ssrc == ssrc && c->list[i].node == node &&
		    c->list[i].scale == scale)
			return &c->list[i];
	if (c->n == PLOT_SERIES_MAX) {
		note_other(c, ssrc, node);
		return NULL;
	}
	k = &c->list[c->n++];
	*k = (struct curve){ .ssrc = ssrc, .node = node, .scale = scale };
	utf8_add_safe(&k->name, rec->node);
	buf_puts(&k->name, " ← ");
	utf8_add_safe(&k->name, hearing_speaker(t, hearing_began(t, rec->seq)));
	if (scale != NULL)
		buf_printf(&k->name, " (%s)", scale);
	return k;
}

static void
take_count(struct curves *c, const struct trace *t, const struct trace_rec *rec)
{
	int64_t v = trace_int(rec, "mos", -1);
	struct curve *k;

	if (v < 0 || trace_int(rec, "packets", -1) < 0 ||
	    trace_int(rec, "late", -1) < 0)
		return;
	k = find_curve(c, t, rec);
	if (k == NULL)
		return;
	if (ARRAY_ROOM(&k->points, &k->cap, k->n + 1) != 0) {
		c->err = ERR_NOMEM;
		return;
	}
	k->points[k->n++] = (struct plot_point){ .x = (double)rec->t / SECONDS,
		.y = (double)v / 1e3 };
}

/* A curve for each source at each node that hears it. */
bool
hearing_plot_svg(const struct trace *t, const char *title, struct buf *out)
{
	struct str name = str_of(title);
	struct figure_info info = { name, name, STR("rung " RUNG_VERSION) };
	struct plot_series series[PLOT_SERIES_MAX];
	struct plot plot = { .title = name,
		.x_label = str_of(_("time (s)")),
		.y_label = str_of("MOS"),
		.series = series,
		/* ITU-T G.107: what a MOS can be. */
		.y_least = 1,
		.y_most = 4.5 };
	struct curves c = { .n = 0 };
	struct buf note = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = trace_first_of(t, TRACE_MEDIA);
	     seq != 0 && seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_MEDIA)
			continue;
		trace_get(t, seq, &rec);
		take_count(&c, t, &rec);
		if (trace_member(&rec, "inferred").type == JSON_BOOL)
			plot.y_label = str_of(_("highest possible MOS"));
	}
	for (size_t i = 0; i < c.n; i++)
		series[i] = (struct plot_series){ buf_view(&c.list[i].name),
			c.list[i].points, c.list[i].n };
	plot.nseries = c.n;
	if (c.nothers > 0)
		/* TRANSLATORS: of curves, below a plot */
		buf_printf(&note, _("not drawn: %zu more sources"), c.nothers);
	plot.note = buf_view(&note);
	if (c.n > 0 && c.err == 0)
		plot_draw(&plot, &info, &figure_svg, out);
	for (size_t i = 0; i < c.n; i++) {
		buf_end(&c.list[i].name, &c.err);
		mem_free(c.list[i].points);
	}
	buf_end(&note, &c.err);
	if (c.err != 0)
		out->err = c.err;
	return c.n > 0;
}
