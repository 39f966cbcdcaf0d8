/* The places of a ladder's figure for its graph: Graphviz's nop2 lays nothing
 * out. */
#include "ladder/ladder_graph_in.h"

#include <math.h>

#define HEAD_LENGTH 7.0

static struct figure_point
between(struct figure_point a, struct figure_point b, double part)
{
	return (struct figure_point){ a.x + (b.x - a.x) * part,
		a.y + (b.y - a.y) * part };
}

void
graph_pin_way(
    struct graph *g, const struct figure_point *points, size_t n, bool head)
{
	struct figure_point a = points[n - 2], end = points[n - 1], tip;
	double length = hypot(end.x - a.x, end.y - a.y);

	graph_put(g, ", pos=\"");
	if (head) {
		/* The pen's width makes the tip longer by a point. */
		tip = length > HEAD_LENGTH ? between(end, a, 1 / length) : end;
		if (length > HEAD_LENGTH)
			end = between(tip, a, HEAD_LENGTH / length);
		graph_put(g, "e,%x ", tip.x, tip.y);
	}
	graph_put(g, "%x", points[0].x, points[0].y);
	for (size_t i = 1; i < n; i++)
		for (int part = 1; part <= 3; part++) {
			struct figure_point at = between(points[i - 1],
			    i + 1 == n ? end : points[i], part / 3.0);

			graph_put(g, " %x", at.x, at.y);
		}
	graph_put(g, "\"");
}

struct way {
	struct figure_point at[4];
	size_t n;
	struct figure_point label;
	bool labelled;
};

/* The line of R, or its loop; where its label is, if it has one. */
static struct way
way_of(const struct graph *g, const struct layout_row *r)
{
	const struct stand *s = &g->p->stands[r - g->l->rows];
	double x = g->p->x[r->from], y = picture_paper_y(g->p, r->y);
	struct way w = { .n = 2,
		.label = { (s->box.left + s->box.right) / 2,
		    (s->box.top + s->box.bottom) / 2 },
		.labelled = s->text };

	if (r->from == r->to) {
		const struct figure_point loop[] = { { x, y - 4 },
			{ x + 26, y - 4 }, { x + 26, y + 6 }, { x, y + 6 } };

		for (w.n = 0; w.n < COUNT_OF(loop); w.n++)
			w.at[w.n] = loop[w.n];
	} else if (r->item == LAYOUT_MEDIA) {
		y = s->text ? w.label.y : y;
		w.at[0] = (struct figure_point){ x, y };
		w.at[1] = (struct figure_point){ g->p->x[r->to], y };
		w.label.y -= 9;
	} else {
		picture_line(g->p, r, w.at, NULL);
		w.label = s->at;
		w.labelled = s->label;
	}
	return w;
}

void
graph_pin_message(struct graph *g, const struct layout_row *r)
{
	struct way w = way_of(g, r);

	graph_pin_way(g, w.at, w.n, !r->lost && !r->under_way);
	if (w.labelled)
		graph_put(g, ", lp=\"%x\"", w.label.x, w.label.y);
}

static void
pin_heads(struct graph *g)
{
	const struct picture *p = g->p;

	for (size_t i = 0; i < g->l->ncolumns; i++) {
		struct placed box = { p->x[i] - p->half + 2, p->head + 14,
			p->x[i] + p->half - 2, p->head + p->names - 2, 0 };

		/* In a domain the figure has no box of its own. */
		graph_put(g, "\t%h [%b%s]\n\t%p [pos=\"%x\"]\n", i, &box,
		    g->l->columns[i].frame != LAYOUT_NONE ? ", color=\"" PAPER
							    "\""
							  : "",
		    i, GRAPH_NONE, "_end", p->x[i], p->bottom);
	}
	for (size_t i = 0; i < g->l->nframes; i++) {
		const struct layout_frame *d = &g->l->frames[i];
		double left = p->x[d->first] - p->half;
		double right = p->x[d->last] + p->half;

		graph_put_cluster(g, d);
		graph_put(g, " graph [bb=\"%x,%x\", lp=\"%x\"] }\n", left,
		    p->head + p->names, right, p->head, (left + right) / 2,
		    p->head + 7);
	}
}

/* Where the figure has the text S; false: nowhere. */
static bool
find_text(const struct graph *g, const struct graph_stop *s, struct placed *at)
{
	const struct stand *stand;
	double x = g->p->x[s->column], y = picture_paper_y(g->p, s->y), half;

	switch (s->kind) {
	case STOP_STATE:
		half = picture_bar_half(g->p, s->column, s->y + 1e-3);
		*at = (struct placed){ x - half, y, x + half,
			picture_paper_y(g->p, g->l->bars[s->of].y_end), 0 };
		return half > 0 && at->bottom > at->top;
	case STOP_WORK:
		return false;
	case STOP_NOTE:
		stand = &g->p->stands[s->of];
		*at = stand->note;
		return stand->noted;
	default:
		stand = &g->p->stands[s->of];
		*at = stand->box;
		return stand->text;
	}
}

static void
pin_text(struct graph *g, const struct graph_stop *s)
{
	struct placed at;

	if (!find_text(g, s, &at))
		graph_put(g, "\t%z [pos=\"%x\", style=invis]\n", s,
		    g->p->x[s->column], picture_paper_y(g->p, s->y));
	else if (s->kind != STOP_STATE)
		graph_put(g, "\t%z [%b]\n", s, &at);
	else
		/* A bar is too thin for its name, which the words below
		 * have. */
		graph_put(g,
		    "\t%z [%b, label=\"\", style=filled, fillcolor=\"%s\"]\n",
		    s, &at,
		    figure_patterns[picture_pattern(
					g->p, g->l->bars[s->of].state)]
			.fill);
}

/* A cross at the end of R's line, and why, behind that. */
static void
pin_lost(struct graph *g, const struct layout_row *r, struct figure_point end)
{
	double wide = figure_text_width(r->loss.text, 8, false) + 12;
	double sign = r->to > r->from ? 1 : -1;
	struct placed at = { end.x - 4 * sign, end.y - 5,
		end.x + (wide - 4) * sign, end.y + 5, 0 };

	graph_put(g, "\t%o [%b]\n", "lost", r->seq, "", &at);
}

static void
pin_stop(struct graph *g, const struct graph_stop *s)
{
	struct way w;

	if (graph_kinds[s->kind].text != GRAPH_POINT) {
		pin_text(g, s);
		return;
	}
	w = way_of(g, &g->l->rows[s->of]);
	graph_put(g, "\t%z [pos=\"%x\"]\n", s, g->p->x[s->column],
	    w.at[s->kind == STOP_RECV ? 1 : 0].y);
	if (s->kind == STOP_PASS)
		pin_lost(g, &g->l->rows[s->of], w.at[1]);
}

static void
pin_brackets(struct graph *g)
{
	for (size_t i = 0; i < g->nlanes; i++)
		graph_put(g, "\t%o [pos=\"%x\"]\n", "lane", (uint64_t)i + 1, "",
		    g->p->marks_at, g->p->head);
	for (size_t i = 0; g->nlanes > 0 && i < g->p->o->marks->n; i++) {
		const struct ladder_mark *m = &g->p->o->marks->list[i];
		const struct placed *name = &g->p->titles[i];
		struct figure_point ends[2];

		picture_bracket(g->p, m, ends);
		graph_put(g, "\t%o [", "bracket", (uint64_t)i + 1, "");
		if (name->right > name->left)
			graph_put(g, "%b]\n", name);
		else
			graph_put(g, "pos=\"%x\"]\n", ends[0].x, ends[0].y);
		if (graph_end_of(g, m) > g->sent[m->first])
			graph_put(g, "\t%o [pos=\"%x\"]\n", "bracket",
			    (uint64_t)i + 1, "_end", ends[1].x, ends[1].y);
	}
}

void
graph_put_pins(struct graph *g)
{
	const struct picture *p = g->p;

	/* An edge without a way is not drawn, nor looked for. */
	graph_put(g,
	    "\n\tgraph [layout=nop2, splines=none, bb=\"0,0,%g,%g\", "
	    "lp=\"%x\"]\n"
	    "\t%o [pos=\"%x\"]\n\t%o [pos=\"%x\"]\n",
	    p->width, p->height, picture_title_width(p) / 2, 36.0, "time",
	    GRAPH_NONE, "", p->left - p->axis, p->head, "time", GRAPH_NONE,
	    "_end", p->left - p->axis, p->bottom);
	pin_heads(g);
	for (size_t i = 0; i < g->nstops && buf_pass(g->out) == 0; i++) {
		const struct graph_stop *s = &g->stops[i];

		if (graph_begins_level(g, s))
			graph_put(g, "\t%t [pos=\"%x\"]\n", s->level,
			    p->left - p->axis - 26, picture_paper_y(p, s->y));
		if (s->column != LAYOUT_NONE)
			pin_stop(g, s);
	}
	pin_brackets(g);
}
