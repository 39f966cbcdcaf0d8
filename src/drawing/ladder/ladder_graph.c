/*
 * The ladder as a graph, in the order of its file: defaults of each class,
 * heads in their domains, texts of lifelines, lifelines, rows, messages,
 * brackets, and the words below.
 */
#include "ladder/ladder_graph.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/progress.h"
#include "draw/graphviz.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_graph_in.h"
#include "text/utf8.h"
#include "words/time_words.h"

#define ROWS_MOST      300
#define ROWS_MOST_AXIS 150
#define LINE_MOST      120 /* cells of a statement, where it can be */
#define LINE_FULL      84  /* bytes of a list of names */
#define HEAD_SIZE      11.0

static void
put_comment(struct graph *g, const char *text)
{
	graph_put(g, "\n\t// %s\n", text);
}

/* ---- defaults ---- */

static void
put_defaults(struct graph *g)
{
	const struct ladder_figure_options *o = g->p->o;
	struct str name = o->title != NULL ? str_of(o->title) : g->l->title;
	LOCAL_BUF about = BUF_INIT, title = BUF_INIT;

	buf_str(&title, name);
	picture_put_about(g->p, &about);
	buf_puts(g->out, "digraph ");
	dot_quote(g->out, name.n > 0 ? name : STR("ladder"));
	graph_put(g,
	    " {\n\tgraph [label=%l, labelloc=t, labeljust=l, fontsize=15,\n"
	    "\t\tfontname=\"" FIGURE_FAMILY "\",\n"
	    "\t\tnodesep=0.7, ranksep=0.28, pad=0.3, newrank=true, splines=%s, "
	    "charset=\"UTF-8\",\n\t\ttooltip=",
	    &title, g->l->true_time && !g->pinned ? "polyline" : "line");
	dot_quote(g->out, buf_view(&about));
	if (o->source != NULL) {
		buf_puts(g->out, ",\n\t\tcomment=");
		dot_quote(g->out, str_of(o->source));
	}
	graph_put(g,
	    "]\n\tnode [fontname=\"" FIGURE_FAMILY "\", fontsize=%g]\n"
	    "\tedge [fontname=\"Helvetica-Bold\", fontsize=10, weight=0]\n",
	    HEAD_SIZE);
}

static const char *
arrow_class(const struct layout_row *r)
{
	const char *stream = ladder_streams[r->media.kind].word;

	if (r->item == LAYOUT_MESSAGE)
		return ladder_arrows[r->arrow].name;
	return stream != NULL ? stream : layout_item_name(r->item);
}

static void
put_arrow_class(struct graph *g, const struct layout_row *r)
{
	static const char *const heads[] = {
		[FIGURE_PLAIN] = "none",
		[FIGURE_FULL] = "normal",
		[FIGURE_OPEN] = "vee",
		[FIGURE_HOLLOW] = "onormal",
	};
	const struct figure_pen band = { 4, ladder_streams[r->media.kind].ink,
		NULL, FIGURE_FULL };
	const struct figure_pen *pen =
	    r->item == LAYOUT_MESSAGE ? &ladder_arrows[r->arrow].pen : &band;

	graph_put(g,
	    "\tsubgraph %s { edge [class=%s, color=\"%s\", fontcolor=\"%s\", "
	    "penwidth=%g, arrowhead=%s, arrowsize=0.7%s%s] }\n",
	    arrow_class(r), arrow_class(r), pen->colour, pen->colour,
	    pen->width, heads[pen->head], pen->style != NULL ? ", style=" : "",
	    pen->style != NULL ? pen->style : "");
}

static bool
is_arrow(const struct layout_row *r)
{
	return r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;
}

static bool
is_lost(const struct layout_row *r)
{
	return r->lost && r->from != r->to && is_arrow(r);
}

#define TEXT   "shape=box, style=filled, fillcolor=white, height=0, "
#define REMARK "shape=note, style=filled, fillcolor=white, height=0, "
#define PLAIN  "shape=none, style=solid, margin=0, width=0, height=0, "

/* What a class of nodes looks like. */
static const struct {
	const char *class, *look;
} looks[] = {
	{ "computing", TEXT "color=\"#7a5600\", margin=\"0.05,0.02\"" },
	{ "timer",
	    TEXT "color=white, fontcolor=\"#7a5600\", margin=\"0.05,0.02\"" },
	{ "refused", REMARK "color=\"" RED "\", fontcolor=\"" RED "\", "
			    "margin=\"0.08,0.04\"" },
	{ "note", REMARK "color=\"" GREY "\", margin=\"0.08,0.04\"" },
	{ "state",
	    "shape=box, style=\"filled,rounded\", fillcolor=\"" PAPER "\", "
	    "color=\"" AXIS "\", margin=\"0.06,0.02\", height=0" },
	{ "lost", PLAIN "fontcolor=\"" RED "\"" },
	{ "bracket", PLAIN "fontcolor=\"" GREY "\"" },
	{ "words", PLAIN "fontcolor=\"" GREY "\"" },
};

static bool
has_class(const struct graph *g, const char *class)
{
	bool lost = strcmp(class, "lost") == 0;

	for (size_t i = 0; i < g->nstops; i++)
		if (strcmp(graph_kinds[g->stops[i].kind].class, class) == 0 ||
		    (lost && g->stops[i].kind == STOP_PASS))
			return true;
	return strcmp(class, "words") == 0 ||
	       (g->nlanes > 0 && strcmp(class, "bracket") == 0);
}

/* Each class of arrows once, at the first that has it. */
static void
put_classes(struct graph *g)
{
	uint64_t met = 0;

	for (size_t i = 0; i < g->l->nrows; i++) {
		const struct layout_row *r = &g->l->rows[i];
		unsigned of = r->item == LAYOUT_MESSAGE
				  ? r->arrow
				  : TRACE_ARROW_COUNT + r->media.kind;

		if (is_arrow(r) && (met >> of & 1) == 0)
			put_arrow_class(g, r);
		met |= is_arrow(r) ? UINT64_C(1) << of : 0;
	}
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		if (has_class(g, looks[i].class))
			graph_put(g,
			    "\tsubgraph %s { node [class=%s, %s, "
			    "fontsize=8] }\n",
			    looks[i].class, looks[i].class, looks[i].look);
}

/* ---- heads ---- */

/* Whether LABEL has no room in the figure's box with heads' usual type. */
static bool
is_narrow(const struct graph *g, const struct buf *label)
{
	struct str rest = buf_view(label);
	double wide = 0;
	int lines = 0;

	for (; rest.n > 0; lines++)
		wide = fmax(wide, figure_text_width(str_cut(rest, '\n', &rest),
				      HEAD_SIZE, false));
	return wide > picture_name_room(g->p) || lines > 2;
}

static void
put_head(struct graph *g, size_t i, const char *indent)
{
	const struct layout_column *c = &g->l->columns[i];
	struct buf role[ROLE_LINES] = { BUF_INIT, BUF_INIT, BUF_INIT };
	double room = g->pinned ? picture_name_room(g->p) : INFINITY;
	LOCAL_BUF label = BUF_INIT;
	int n = picture_role(c->role, room, role);

	buf_str(&label, c->name);
	if (c->caption.n > 0)
		buf_printf(&label, "\n%.*s", STR_ARG(c->caption));
	for (int k = 0; k < n && role[k].n > 0; k++)
		buf_printf(&label, "\n%s", buf_cstr(&role[k]));
	graph_put(g, "%s%h [group=%h, label=%q", indent, i, i, &label);
	if (g->pinned && is_narrow(g, &label))
		graph_put(g, ", fontsize=%g", ROLE_SIZE);
	graph_put(g, "]\n");
	picture_role_free(role);
}

/* A domain with its nodes. */
static void
put_frame(struct graph *g, const struct layout_frame *d)
{
	LOCAL_BUF name = BUF_INIT;

	buf_str(&name, d->name);
	graph_put_cluster(g, d);
	graph_put(g,
	    "\n\t\tgraph [label=%q, labeljust=c, fontsize=9, "
	    "style=\"rounded,filled\", fillcolor=\"" PAPER "\", color=\"" PALE
	    "\"]\n",
	    &name);
	for (size_t i = d->first; i <= d->last; i++)
		put_head(g, i, "\t\t");
	graph_put(g, "\t}\n");
}

/* The heads in their order; that of the times is before them, those of the
 * brackets behind. */
static void
put_heads(struct graph *g)
{
	const struct layout *l = g->l;

	put_comment(g, _("the nodes"));
	graph_put(g,
	    "\tnode [shape=box, style=\"rounded,filled\", fillcolor=\"" PAPER
	    "\", color=\"" PALE "\"]\n\t%o [shape=point, style=invis]\n",
	    "time", GRAPH_NONE, "");
	for (size_t i = 0; i < l->ncolumns; i++)
		if (l->columns[i].frame == LAYOUT_NONE)
			put_head(g, i, "\t");
		else if (l->frames[l->columns[i].frame].first == i)
			put_frame(g, &l->frames[l->columns[i].frame]);
	graph_put(g,
	    "\tnode [shape=point, style=solid, width=0.01, height=0.01, "
	    "label=\"\", color=\"" LIFE "\"]\n\t{ rank=same; %o",
	    "time", GRAPH_NONE, "");
	for (size_t i = 0; i < l->ncolumns; i++)
		graph_put(g, " -> %h", i);
	for (size_t i = 0; i < g->nlanes; i++)
		graph_put(g, " -> %o", "lane", (uint64_t)i + 1, "");
	graph_put(g, " [style=invis, weight=1] }\n");
}

/* ---- texts ---- */

/* In lines that have room beside each other. */
static void
wrap_lines(struct buf *text)
{
	struct str lines[LAYOUT_NOTE_LINES];
	size_t n = layout_note_lines(buf_view(text), lines);
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		buf_printf(
		    &all, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(lines[i]));
	buf_clear(text);
	buf_str(text, buf_view(&all));
	buf_end(&all, &text->err);
}

static void
put_text(struct graph *g, const struct graph_stop *s)
{
	const struct graph_kind *kind = &graph_kinds[s->kind];
	/* The figure has a remark of the whole run in one line. */
	bool wraps = kind->text == GRAPH_PARAGRAPH &&
		     !(g->pinned && s->kind == STOP_REMARK &&
			 g->l->rows[s->of].from == LAYOUT_NONE);
	LOCAL_BUF text = BUF_INIT;

	graph_put_text(g, s, &text);
	if (wraps)
		wrap_lines(&text);
	graph_put(g,
	    wraps ? "\tsubgraph %s { %z [group=%h, label=%l] }\n"
		  : "\tsubgraph %s { %z [group=%h, label=%q] }\n",
	    kind->class, s, s->column, &text);
}

/* Where a message was lost, and why. */
static void
put_lost(struct graph *g, const struct layout_row *r)
{
	LOCAL_BUF text = BUF_INIT;

	buf_printf(&text, r->to > r->from ? "╳ %.*s" : "%.*s ╳",
	    STR_ARG(r->loss.text));
	graph_put(g, "\tsubgraph lost { %o [label=%q] }\n", "lost", r->seq, "",
	    &text);
}

static void
put_texts(struct graph *g)
{
	bool any = false;

	for (size_t i = 0; i < g->nstops; i++) {
		const struct graph_stop *s = &g->stops[i];

		if (s->kind != STOP_PASS &&
		    graph_kinds[s->kind].text == GRAPH_POINT)
			continue;
		if (!any)
			put_comment(g, _("on the lifelines"));
		any = true;
		if (s->kind == STOP_PASS)
			put_lost(g, &g->l->rows[s->of]);
		else
			put_text(g, s);
	}
}

/* ---- lifelines ---- */

/* A chain goes on in the next line, as a statement that repeats its last name:
 * true.  libcgraph reads some thousand names in one.  *AT is the line's
 * beginning. */
static bool
break_chain(struct graph *g, size_t *at)
{
	if (g->out->n - *at < LINE_FULL)
		return false;
	graph_put(g, "\n\t\t");
	*at = g->out->n;
	return true;
}

/* What a crash costs at Y, where the layout has that. */
static void
put_piece(struct graph *g, size_t column, double y)
{
	for (size_t i = 0; i < g->l->npieces; i++) {
		const struct layout_piece *piece = &g->l->pieces[i];
		const char *ink = ladder_costs[piece->cost].ink;

		if (piece->column != column || piece->y > y ||
		    piece->y_end < y || ink == NULL)
			continue;
		graph_put(g, ", penwidth=2.6, color=\"%s\"", ink);
		return;
	}
}

/* The point of S; NULL: the head, or the end of the lifeline. */
static void
put_point(struct graph *g, size_t column, const struct graph_stop *s, bool top)
{
	if (s != NULL)
		graph_put(g, "%z", s);
	else if (top)
		graph_put(g, "%h", column);
	else
		graph_put(g, "%p", column, GRAPH_NONE, "_end");
}

/* A part from Y to Y_END with looks or a place of its own. */
static void
put_part(struct graph *g, size_t column, double y, double y_end)
{
	double x = g->p->x[column];
	struct figure_point way[] = { { x, picture_paper_y(g->p, y) },
		{ x, picture_paper_y(g->p, y_end) } };

	graph_put(g, " [dir=none");
	if (g->pinned)
		graph_pin_way(g, way, 2, false);
	put_piece(g, column, (y + y_end) / 2);
	graph_put(g, "]");
}

/* The way from BEFORE to S of a lifeline; NULL: its ends. */
static void
put_link(struct graph *g, size_t column, const struct graph_stop *before,
    const struct graph_stop *s)
{
	graph_put(g, " -> ");
	put_point(g, column, s, false);
	if (g->pinned || g->l->npieces > 0)
		put_part(g, column, before != NULL ? before->y : -1,
		    s != NULL ? s->y : g->l->height + 1);
}

static void
put_lifeline(struct graph *g, size_t column)
{
	const struct graph_stop *before = NULL, *s;
	size_t at = g->out->n;

	graph_put(g, "\t{ node [group=%h] %h", column, column);
	for (size_t i = g->tops[column]; i < g->nstops; i = s->below) {
		s = &g->stops[i];
		if (break_chain(g, &at))
			put_point(g, column, before, true);
		put_link(g, column, before, s);
		before = s;
		if (!g->pinned && g->l->npieces == 0)
			continue;
		graph_put(g, "\n\t\t%z", s);
		at = g->out->n;
	}
	put_link(g, column, before, NULL);
	graph_put(g, " }\n");
}

static void
put_lifelines(struct graph *g)
{
	put_comment(g, _("lifelines: a point for each record"));
	graph_put(g, "\tedge [dir=none, color=\"" LIFE "\", weight=100]\n");
	for (size_t i = 0; i < g->l->ncolumns && buf_pass(g->out) == 0; i++)
		put_lifeline(g, i);
	graph_put(g, "\tedge [dir=forward, weight=0]\n");
}

/* ---- rows ---- */

static void
put_times(struct graph *g)
{
	size_t at;

	graph_put(g,
	    "\t{ node [shape=none, width=0, height=0, margin=0, group=%o, "
	    "fontsize=9, fontcolor=\"" GREY "\"]\n"
	    "\t\tedge [style=invis, weight=100] %o",
	    "time", GRAPH_NONE, "", "time", GRAPH_NONE, "");
	at = g->out->n;
	for (size_t i = 0; i < g->nstops; i++) {
		if (!graph_begins_level(g, &g->stops[i]))
			continue;
		if (break_chain(g, &at))
			graph_put(g, "%t", g->stops[i].level - 1);
		graph_put(g, " -> %t", g->stops[i].level);
	}
	graph_put(g, " -> %o }\n", "time", GRAPH_NONE, "_end");
}

/* "1.000 s", or how long nothing happens; what SAID says already, nothing. */
static void
put_time_label(struct graph *g, const struct graph_stop *s,
    const struct layout_tick **said)
{
	const struct layout_tick *before = *said;
	LOCAL_BUF text = BUF_INIT;

	if (s->kind == STOP_GAP) {
		picture_put_gap(&g->l->gaps[s->of], &text);
	} else {
		*said = &g->l->ticks[s->of];
		time_put(&text, (*said)->t);
		buf_puts(&text, " s");
		if (before != NULL && before->t == (*said)->t)
			buf_clear(&text);
	}
	if (text.n > 0)
		graph_put(g, " [label=%q]", &text);
}

/* A lost message's text stands between its lifeline and the next. */
static void
put_lost_place(struct graph *g, const struct layout_row *r)
{
	size_t next = graph_next_column(r);
	size_t left = r->from < next ? r->from : next;
	size_t right = r->from < next ? next : r->from;

	graph_put(g, "%p -> %o -> %p [style=invis, weight=1]", left, r->seq, "",
	    "lost", r->seq, "", right, r->seq, "");
}

static void
put_rows(struct graph *g)
{
	const struct layout_tick *said = NULL;

	put_comment(g, _("rows: what is at one time"));
	put_times(g);
	for (size_t i = 0; i < g->nstops && buf_pass(g->out) == 0; i++) {
		const struct graph_stop *s = &g->stops[i];

		if (graph_begins_level(g, s))
			graph_put(g, "%s\t{ rank=same; %t", i > 0 ? " }\n" : "",
			    s->level);
		if (s->column == LAYOUT_NONE) {
			put_time_label(g, s, &said);
			continue;
		}
		graph_put(g, "; ");
		if (s->kind == STOP_PASS)
			put_lost_place(g, &g->l->rows[s->of]);
		else
			graph_put(g, "%z", s);
	}
	graph_put(g, "%s\t{ rank=same; %o", g->nstops > 0 ? " }\n" : "", "time",
	    GRAPH_NONE, "_end");
	for (size_t i = 0; i < g->l->ncolumns; i++)
		graph_put(g, " -> %p", i, GRAPH_NONE, "_end");
	graph_put(g, " [style=invis, weight=1] }\n");
}

/* ---- messages ---- */

/* In the words that have room in the figure. */
static void
put_pinned_label(
    const struct graph *g, const struct layout_row *r, struct buf *text)
{
	const struct stand *s = &g->p->stands[r - g->l->rows];
	LOCAL(picture_words_free) struct label_words w;

	picture_words(g->p, r, (enum label_form)s->form, g->p->label, &w);
	if (w.number.n > 0)
		buf_printf(text, "%s ", buf_cstr(&w.number));
	buf_str(text, buf_view(&w.lines[0]));
	if (w.n > 1)
		buf_printf(text, "\n%s", buf_cstr(&w.lines[1]));
}

/* "F5 INVITE (SDP) ↻1", and what it is about. */
static void
put_label(const struct graph *g, const struct layout_row *r, struct buf *text)
{
	if (r->item == LAYOUT_MEDIA) {
		buf_str(text, r->label);
		buf_putc(text, ' ');
		layout_put_packets(r, text);
		if (picture_amiss_width(r) > 0)
			buf_puts(text, _(": "));
		picture_put_amiss(r, text);
	} else if (g->pinned && g->p->stands[r - g->l->rows].label) {
		put_pinned_label(g, r, text);
	} else {
		if (r->number > 0)
			buf_printf(text, "F%u ", r->number);
		buf_str(text, r->label);
		layout_put_marks(r, LAYOUT_AGAIN, text);
		buf_str(text, r->detail);
	}
}

/* What makes it differ from others of its class. */
static void
put_fate(struct graph *g, const struct layout_row *r)
{
	const struct ladder_cost *cost = &ladder_costs[r->cost];

	if (r->lost || cost->name != NULL)
		graph_put(g, ", class=\"%s%s%s\"", arrow_class(r),
		    r->lost ? " lost" : "",
		    cost->name != NULL ? cost->name : "");
	if (cost->ink != NULL)
		graph_put(g, ", color=\"%s\", fontcolor=\"%s\"", cost->ink,
		    cost->ink);
	if (r->under_way || r->lost)
		graph_put(g, ", arrowhead=none%s",
		    r->under_way ? ", style=dotted" : "");
}

/* The statement that began at AT is broken before BEFORE, where its first line
 * is too long otherwise. */
static void
break_line(struct graph *g, size_t at, const char *before)
{
	struct str line = str_slice(buf_view(g->out), at, g->out->n), more;
	struct buf rest = BUF_INIT;
	ptrdiff_t found;

	if (utf8_width(str_cut(line, '\n', &more)) <= LINE_MOST)
		return;
	found = str_find(line, before);
	if (found < 0)
		return;
	buf_str(&rest, str_slice(line, (size_t)found + 2, line.n));
	buf_truncate(g->out, at + (size_t)found);
	buf_printf(g->out, ",\n\t\t%s", buf_cstr(&rest));
	buf_end(&rest, &g->out->err);
}

static void
put_message(struct graph *g, size_t i)
{
	const struct layout_row *r = &g->l->rows[i];
	LOCAL_BUF tip = BUF_INIT, label = BUF_INIT;
	size_t at = g->out->n;

	picture_put_tip(g->l, r, &tip);
	put_label(g, r, &label);
	graph_put(
	    g, "\tsubgraph %s { %p -> ", arrow_class(r), r->from, r->seq, "");
	if (is_lost(r))
		graph_put(g, "%o", "lost", r->seq, "");
	else
		graph_put(g, "%p", r->to, r->seq, "");
	graph_put(g, " [label=%q", &label);
	buf_printf(g->out, ", id=\"r%llu\"", (unsigned long long)r->seq);
	put_fate(g, r);
	if (g->l->true_time && g->sent[i] == g->came[i])
		graph_put(g, ", constraint=true");
	if (g->pinned)
		graph_pin_message(g, r);
	if (r->item == LAYOUT_MESSAGE && g->l->nrows <= TIPS_MOST) {
		graph_put(g, ", tooltip=");
		dot_quote(g->out, buf_view(&tip));
	}
	graph_put(g, "] }\n");
	break_line(g, at, ", tooltip=");
	break_line(g, at, ", class=");
	break_line(g, at, ", id=");
}

static void
put_messages(struct graph *g)
{
	put_comment(g, _("messages"));
	/* Where they slope they do not move lifelines. */
	if (g->l->true_time)
		graph_put(g, "\tedge [constraint=false]\n");
	for (size_t i = 0; i < g->l->nrows && buf_pass(g->out) == 0; i++) {
		progress_count(N_("drawing the ladder"), i, g->l->nrows);
		if (is_arrow(&g->l->rows[i]))
			put_message(g, i);
	}
}

/* ---- brackets ---- */

static void
put_bracket_label(
    const struct graph *g, const struct ladder_mark *m, struct buf *text)
{
	buf_str(text, m->label);
	/* Beside its lifeline it need not say whose it is. */
	if (m->column != LAYOUT_NONE && !g->pinned)
		buf_printf(text, " %.*s→%.*s",
		    STR_ARG(g->l->columns[m->column].name),
		    STR_ARG(g->l->columns[m->peer].name));
	if (m->whose.n > 0)
		buf_printf(text, "\n%.*s", STR_ARG(m->whose));
}

/* Bracket I: its name, and below that its end, if it has one. */
static void
put_bracket(struct graph *g, size_t i)
{
	const struct ladder_mark *m = &g->p->o->marks->list[i];
	size_t first = g->sent[m->first], last = graph_end_of(g, m);
	uint64_t lane = g->lane[i] + 1, n = i + 1;
	struct figure_point ends[2];
	LOCAL_BUF label = BUF_INIT;

	put_bracket_label(g, m, &label);
	graph_put(g,
	    "\tsubgraph bracket { %o [group=%o, label=%q] }\n"
	    "\t{ rank=same; %t; %o }\n",
	    "bracket", n, "", "lane", lane, "", &label, first, "bracket", n,
	    "");
	if (last <= first)
		return;
	graph_put(g,
	    "\t%o [group=%o]\n\t{ rank=same; %t; %o }\n"
	    "\t%o -> %o [dir=both",
	    "bracket", n, "_end", "lane", lane, "", last, "bracket", n, "_end",
	    "bracket", n, "", "bracket", n, "_end");
	picture_bracket(g->p, m, ends);
	if (g->pinned)
		graph_pin_way(g, ends, 2, false);
	graph_put(g, "]\n");
}

/* The brackets of lane K below each other. */
static void
put_lane(struct graph *g, size_t k, size_t n)
{
	const struct ladder_mark *m = g->p->o->marks->list;

	graph_put(g, "\t%o [style=invis]\n\t%o", "lane", (uint64_t)k + 1, "",
	    "lane", (uint64_t)k + 1, "");
	for (size_t i = 0; i < n; i++)
		if (g->lane[i] == k)
			graph_put(g, " -> %o [style=invis]\n\t%o", "bracket",
			    (uint64_t)i + 1, "", "bracket", (uint64_t)i + 1,
			    graph_end_of(g, &m[i]) > g->sent[m[i].first]
				? "_end"
				: "");
	graph_put(g, "\n");
}

static void
put_brackets(struct graph *g)
{
	size_t n = g->nlanes > 0 ? g->p->o->marks->n : 0;

	if (n == 0)
		return;
	put_comment(g, _("brackets"));
	graph_put(g, "\tedge [arrowhead=tee, arrowtail=tee, arrowsize=0.6, "
		     "color=\"" GREY "\", weight=100, constraint=true]\n");
	for (size_t i = 0; i < n; i++)
		put_bracket(g, i);
	for (size_t k = 0; k < g->nlanes; k++)
		put_lane(g, k, n);
}

/* ---- below ---- */

static void
put_block(struct graph *g, const struct graph_block *b)
{
	LOCAL_BUF text = BUF_INIT;

	buf_str(&text, b->text);
	graph_put(g, "\tsubgraph words { %o [label=%l%s", b->id, b->n, "",
	    &text, b->code ? ", fontname=\"" FIGURE_CODE_FAMILY "\"" : "");
	if (g->pinned)
		graph_put(g, ", fontsize=%g, %w", b->size, &b->at);
	else if (g->p->o->messages != NULL)
		/* They begin below each other. */
		graph_put(g, ", width=5");
	graph_put(g, "] }\n\t");
	if (g->below.n > 0)
		graph_put(g, "%o", buf_cstr(&g->below), g->below_n, "");
	else if (g->l->ncolumns > 0)
		graph_put(g, "%p", g->l->ncolumns / 2, GRAPH_NONE, "_end");
	else
		graph_put(g, "%o", "time", GRAPH_NONE, "_end");
	graph_put(g, " -> %o\n", b->id, b->n, "");
	buf_clear(&g->below);
	buf_puts(&g->below, b->id);
	g->below_n = b->n;
}

/* ---- all of it ---- */

static void
write_graph(struct graph *g)
{
	put_defaults(g);
	put_classes(g);
	put_heads(g);
	put_texts(g);
	put_lifelines(g);
	put_rows(g);
	put_messages(g);
	put_brackets(g);
	put_comment(g, _("below"));
	graph_put(g, "\tedge [style=invis, constraint=true]\n");
	graph_each_block(g, put_block);
	if (g->pinned)
		graph_put_pins(g);
	graph_put(g, "}\n");
}

int
ladder_graph_write(const struct layout *l,
    const struct ladder_figure_options *o, bool pinned, struct buf *remark,
    struct buf *out)
{
	bool is_long = l->nrows > (l->true_time ? ROWS_MOST_AXIS : ROWS_MOST);
	struct graph g = { .l = l, .pinned = pinned || is_long, .out = out };
	int err = picture_make(&g.p, l, o, &figure_svg);

	if (is_long && !pinned && remark != NULL)
		buf_puts(remark,
		    _("the ladder is too long for dot to lay out, so its "
		      "places are fixed, as --with=pinned does"));
	if (err == 0)
		err = picture_ready(g.p, g.pinned);
	if (err == 0)
		err = graph_make_stops(&g);
	if (err == 0)
		write_graph(&g);
	if (g.p != NULL)
		picture_destroy(g.p);
	mem_free(g.stops);
	mem_free(g.tops);
	mem_free(g.names);
	map_destroy(g.heads);
	mem_free(g.sent);
	mem_free(g.came);
	mem_free(g.lane);
	buf_end(&g.below, &err);
	return err != 0 ? err : out->err;
}
