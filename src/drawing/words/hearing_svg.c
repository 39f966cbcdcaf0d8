/*
 * How good what is heard has sounded, as a plot: a curve for each source at
 * each node that hears it.
 */
#include "words/hearing_plot.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "draw/plot.h"

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
		.y_most = 5 };
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
			plot.y_label = str_of(_("MOS, at most"));
	}
	for (size_t i = 0; i < c.n; i++)
		series[i] = (struct plot_series){ buf_view(&c.list[i].name),
			c.list[i].points, c.list[i].n };
	plot.nseries = c.n;
	if (c.nothers > 0)
		/* TRANSLATORS: of curves, below a plot */
		buf_printf(&note, _("not drawn: %zu sources more"), c.nothers);
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
