/* State machines for Graphviz; see pictures/machines/machine_dot.h. */
#include "pictures/machines/machine_dot.h"

#include "draw/graphviz.h"
#include "words/state_words.h"

#include <string.h>

#define INK   "#1b1f24"
#define GREY  "#5b636e"
#define TAKEN "#1f4f8f"
#define FILL  "#dbe8f6"

struct figure {
	const struct machine_path *path;
	const struct machine *m;
	const struct machine_dot_options *o;
	size_t number; /* among the machines */
	struct buf *out;
};

static uint64_t
taken_between(const struct figure *f, enum state_id from, enum state_id to)
{
	uint64_t n = 0;

	for (size_t i = 0; i < f->m->nedges; i++)
		if (machine_leads(&f->m->edges[i], from, to))
			n += f->path->taken[i] + f->path->open[i];
	return n;
}

static bool
visited(const struct figure *f, enum state_id state)
{
	for (size_t i = 0; i < f->m->nedges; i++)
		if (f->path->taken[i] + f->path->open[i] > 0 &&
		    (f->m->edges[i].from == state ||
			f->m->edges[i].to == state))
			return true;
	return false;
}

/* "A  T1, 2*T1, …" */
static void
write_clock(struct buf *b, const struct machine_timer *c)
{
	if (strlen(c->name) > 1)
		timer_put_short(b, str_of(c->name));
	else
		buf_puts(b, c->name);
	buf_printf(b, "  %s", i18n_text(c->value));
}

static void
put_clock(struct buf *b, const struct machine_timer *c)
{
	struct buf text = BUF_INIT;

	write_clock(&text, c);
	dot_html_row(b, buf_view(&text), 9, GREY, false);
	buf_end(&text, &b->err);
}

/* The node of state ID of the machine with this number: no "-", of which DOT's
 * names know nothing. */
static void
put_state_id(struct buf *b, size_t number, enum state_id id)
{
	buf_printf(b, "m%zu_", number);
	for (const char *p = state_word(id); *p != '\0'; p++)
		buf_putc(b, *p == '-' ? '_' : *p);
}

static void
put_edge_section(const struct figure *f, const struct machine_edge *e)
{
	struct buf text = BUF_INIT;

	if (machine_edge_rfc(e) != f->m->rfc)
		buf_printf(&text, "RFC %u ", machine_edge_rfc(e));
	buf_puts(&text, machine_edge_section(e));
	dot_html_left(f->out, buf_view(&text), 8, GREY, false, 1);
	buf_end(&text, &f->out->err);
}

/* One line of a label, or in the box of the state to which it leads back: the
 * event, how often, by which section. */
static void
machine_dot_put_event(const struct figure *f, size_t edge, bool inner)
{
	const struct machine_edge *e = &f->m->edges[edge];
	uint64_t n = f->path->taken[edge];
	bool lit = !f->o->plain && n > 0;
	struct buf *b = f->out;
	struct buf text = BUF_INIT;

	buf_puts(&text, inner ? "↻ " : "");
	buf_puts(&text, event_name(f->m, e));
	if (lit)
		buf_printf(&text, " ×%llu", (unsigned long long)n);
	/* Clear of the line that it is next to. */
	buf_puts(b, "<tr><td width=\"6\"></td>");
	dot_html_left(b, buf_view(&text), 10,
	    lit           ? TAKEN
	    : f->o->plain ? INK
			  : GREY,
	    lit, 1);
	buf_puts(b, "<td width=\"9\"></td>");
	put_edge_section(f, e);
	buf_puts(b, "</tr>");
	buf_end(&text, &b->err);
}

/* Steps on one of the events before, it is unknown which. */
static void
machine_dot_put_open(const struct figure *f, size_t edge)
{
	struct buf text = BUF_INIT;

	if (f->o->plain || f->path->open[edge] == 0)
		return;
	/* TRANSLATORS: steps of a machine whose event is not known */
	buf_printf(&text, _("event unknown ×%llu"),
	    (unsigned long long)f->path->open[edge]);
	buf_puts(f->out, "<tr><td></td>");
	dot_html_left(f->out, buf_view(&text), 10, TAKEN, true, 3);
	buf_puts(f->out, "</tr>");
	buf_end(&text, &f->out->err);
}

static bool
is_first_between(const struct figure *f, size_t edge)
{
	for (size_t i = 0; i < edge; i++)
		if (machine_leads(&f->m->edges[i], f->m->edges[edge].from,
			f->m->edges[edge].to))
			return false;
	return true;
}

/* The steps that lead back to state S, below its name: a text beside a loop
 * would be where other edges pass. */
static void
put_inner(const struct figure *f, const struct machine_state *s)
{
	size_t first = f->m->nedges;

	for (size_t i = 0; i < f->m->nedges; i++) {
		if (!machine_leads(&f->m->edges[i], s->id, s->id))
			continue;
		if (first == f->m->nedges) {
			first = i;
			buf_puts(f->out, "<tr><td height=\"3\"></td></tr>"
					 "<tr><td>" DOT_HTML_TABLE);
		}
		machine_dot_put_event(f, i, true);
	}
	if (first == f->m->nedges)
		return;
	machine_dot_put_open(f, first);
	buf_puts(f->out, "</table></td></tr>");
}

static void
put_machine_state(const struct figure *f, const struct machine_state *s)
{
	struct buf *b = f->out;
	bool lit = !f->o->plain && visited(f, s->id);
	const char *ink = lit || f->o->plain ? INK : GREY;

	buf_puts(b, "\t\t");
	put_state_id(b, f->number, s->id);
	buf_puts(b, " [label=<" DOT_HTML_TABLE);
	dot_html_row(b, state_name(f->m, str_of(machine_state_name(s))), 13,
	    ink, lit || f->o->plain);
	for (size_t i = 0; i < f->m->ntimers; i++) {
		const struct machine_timer *c = &f->m->timers[i];

		if (c->also != STATE_NONE || !machine_timer_runs(c, s->id))
			continue;
		put_clock(b, c);
	}
	put_inner(f, s);
	buf_puts(b, "</table>>");
	if (s->final)
		buf_puts(b, ",peripheries=2");
	if (lit)
		buf_puts(b,
		    ",penwidth=2.2,color=\"" TAKEN "\",fillcolor=\"" FILL "\"");
	else if (!f->o->plain)
		buf_puts(b, ",color=\"" GREY "\",penwidth=0.8");
	buf_puts(b, ",tooltip=");
	dot_quote(b, str_of(i18n_text(s->text)));
	buf_puts(b, "]\n");
}

/* The look of a way, whether it was taken. */
static void
put_stroke(const struct figure *f, bool lit, const char *more)
{
	struct buf *b = f->out;

	buf_printf(b, " [%s", more);
	if (lit)
		buf_puts(b, ",penwidth=2.4,weight=3,color=\"" TAKEN "\"");
	else if (!f->o->plain)
		buf_puts(b, ",style=dotted,penwidth=1.1,color=\"" GREY "\"");
	buf_puts(b, "]\n");
}

/* All edges from one state to another are drawn as one, and its label is a node
 * on its way: Graphviz leads other edges around nodes only. */
static void
put_edge_way(const struct figure *f, size_t edge)
{
	const struct machine_edge *e = &f->m->edges[edge];
	bool lit = !f->o->plain && taken_between(f, e->from, e->to) > 0;
	struct buf *b = f->out;

	buf_printf(b,
	    "\t\tm%zu_way%zu [shape=plain,style=\"\",label=<" DOT_HTML_TABLE,
	    f->number, edge);
	for (size_t i = edge; i < f->m->nedges; i++)
		if (machine_leads(&f->m->edges[i], e->from, e->to))
			machine_dot_put_event(f, i, false);
	machine_dot_put_open(f, edge);
	buf_puts(b, "</table>>,tooltip=");
	dot_quote(b, str_of(i18n_text(e->text)));
	buf_puts(b, "]\n\t\t");
	put_state_id(b, f->number, e->from);
	buf_printf(b, " -> m%zu_way%zu", f->number, edge);
	put_stroke(f, lit, "dir=none");
	buf_printf(b, "\t\tm%zu_way%zu -> ", f->number, edge);
	put_state_id(b, f->number, e->to);
	put_stroke(f, lit, "arrowhead=normal");
}

/* A dot from which the first edges come, where the machine begins with none of
 * its states. */
static void
machine_dot_put_start(const struct figure *f)
{
	bool own = machine_state_of(f->m, f->m->start) != NULL;
	struct buf *b = f->out;

	buf_puts(b, "\t\t");
	put_state_id(b, f->number, f->m->start);
	buf_printf(b,
	    "%s [shape=circle,style=filled,label=\"\","
	    "width=0.14,fillcolor=\"" INK "\"]\n",
	    own ? "_start" : "");
	if (!own)
		return;
	buf_puts(b, "\t\t");
	put_state_id(b, f->number, f->m->start);
	buf_puts(b, "_start -> ");
	put_state_id(b, f->number, f->m->start);
	buf_putc(b, '\n');
}

/* The timers that run in no one state. */
static void
put_clocks(const struct figure *f)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < f->m->ntimers; i++) {
		if (f->m->timers[i].state != STATE_NONE &&
		    f->m->timers[i].also == STATE_NONE)
			continue;
		buf_puts(&text, text.n > 0 ? " · " : "");
		write_clock(&text, &f->m->timers[i]);
	}
	if (text.n > 0)
		dot_html_row(f->out, buf_view(&text), 9, GREY, false);
	buf_end(&text, &f->out->err);
}

/* "INVITE client transaction (ICT), RFC 3261 17.1.1", and how many took it. */
static void
machine_dot_put_title(const struct figure *f)
{
	struct buf *b = f->out;
	struct buf text = BUF_INIT;

	buf_puts(b, DOT_HTML_TABLE);
	if (f->o->title != NULL && f->number == 0)
		buf_puts(&text, f->o->title);
	else if (f->m->name[0] < 'a')
		buf_printf(
		    &text, "%s (%s)", i18n_text(f->m->title), f->m->name);
	else
		buf_puts(&text, i18n_text(f->m->title));
	dot_html_row(b, buf_view(&text), 15, INK, true);
	buf_clear(&text);
	buf_printf(&text, "RFC %u %s", f->m->rfc, f->m->section);
	if (!f->o->plain)
		buf_printf(&text, _(" · begun: %llu · steps: %llu"),
		    (unsigned long long)f->path->begun,
		    (unsigned long long)f->path->steps);
	if (f->path->other > 0)
		buf_printf(&text, _(" · not in this table: %llu"),
		    (unsigned long long)f->path->other);
	dot_html_row(b, buf_view(&text), 10, GREY, false);
	put_clocks(f);
	buf_puts(b, "</table>");
	buf_end(&text, &b->err);
}

static void
machine_dot_put(const struct figure *f)
{
	struct buf *b = f->out;

	buf_printf(
	    b, "\tsubgraph cluster_%zu {\n\t\tgraph [label=<", f->number);
	machine_dot_put_title(f);
	buf_puts(b, ">]\n");
	machine_dot_put_start(f);
	for (size_t i = 0; i < f->m->nstates; i++)
		put_machine_state(f, &f->m->states[i]);
	for (size_t i = 0; i < f->m->nedges; i++)
		if (f->m->edges[i].from != f->m->edges[i].to &&
		    is_first_between(f, i))
			put_edge_way(f, i);
	buf_puts(b, "\t}\n");
}

static void
put_footer(const struct machine_dot_options *o, struct buf *b)
{
	if (o->plain && o->footer == NULL)
		return;
	buf_puts(b, "\tgraph [labelloc=b,label=<" DOT_HTML_TABLE);
	if (!o->plain)
		dot_html_row(b,
		    str_of(_("thick: transitions that were made, with their "
			     "number; dotted: not made")),
		    9, GREY, false);
	if (o->footer != NULL)
		dot_html_row(b, str_of(o->footer), 8, GREY, false);
	buf_puts(b, "</table>>]\n");
}

/* The last state of a machine, and where another one begins. */
static void
machine_dot_put_below(const struct machine_path *above, size_t i,
    const struct machine_path *below, size_t k, struct buf *b)
{
	const struct machine *m = below->m;
	bool own = machine_state_of(m, m->start) != NULL;

	buf_putc(b, '\t');
	put_state_id(b, i, above->m->states[above->m->nstates - 1].id);
	buf_puts(b, " -> ");
	put_state_id(b, k, m->start);
	buf_printf(b, "%s [style=invis,weight=0]\n", own ? "_start" : "");
}

/* More than three beside each other would be too small to be read. */
static size_t
columns_of(size_t n)
{
	return n <= 3 ? n : n == 4 ? 2 : 3;
}

int
machine_dot_write(const struct machine_path *paths, size_t n,
    const struct machine_dot_options *o, struct buf *out)
{
	static const struct machine_dot_options none;

	o = o != NULL ? o : &none;
	buf_puts(out, "digraph ");
	dot_quote(out, str_of(n > 0 ? i18n_text(paths[0].m->title) : "rung"));
	buf_puts(out, " {\n"
		      "\tgraph [layout=dot,charset=\"UTF-8\",bgcolor=white,"
		      "pad=0.1,nodesep=0.35,ranksep=0.5,labelloc=t,"
		      "fontname=\"" DOT_HTML_FAMILY "\",penwidth=0]\n"
		      "\tnode [shape=box,style=\"rounded,filled\","
		      "fillcolor=white,margin=\"0.14,0.05\",color=\"" INK
		      "\",fontname=\"" DOT_HTML_FAMILY "\"]\n"
		      "\tedge [arrowsize=0.8,color=\"" INK
		      "\",fontname=\"" DOT_HTML_FAMILY "\"]\n");
	for (size_t i = 0; i < n; i++)
		machine_dot_put(
		    &(struct figure){ &paths[i], paths[i].m, o, i, out });
	for (size_t i = columns_of(n); i < n; i++)
		machine_dot_put_below(&paths[i - columns_of(n)],
		    i - columns_of(n), &paths[i], i, out);
	if (o->seen != NULL)
		machine_seen_put(o->seen, n, out);
	put_footer(o, out);
	buf_puts(out, "}\n");
	return out->err;
}
