/* The machines of a node for a page, and state diagrams as SVG. */
#include "pictures/machines/machines_figure.h"

#include "draw/doc.h"
#include "draw/svg_put.h"
#include "pictures/machines/machine_seen.h"
#include "pictures/machines/machines_view_pane_in.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "text/xml.h"
#include "words/state_words.h"

/* Columns of the widest. */
#define WIDEST 160
#define DOT    3.5

bool
machine_svg_lay_out(
    const struct machine *m, size_t room, struct picture_figure *f)
{
	for (; room <= WIDEST; room += room / 4 + 1)
		if (picture_lay_out(m, room, f))
			return true;
	return picture_lay_out(m, WIDEST, f);
}

static void
machine_figure_put_box(
    const struct machine *m, const struct picture_box *box, struct buf *out)
{
	const struct machine_state *s = machine_state_of(m, box->state);
	struct figure_point a = svg_cell(box->x, box->y);
	double w = (box->w - 1) * SVG_CELL_W, h = (box->h - 1) * SVG_CELL_H;
	struct figure_point middle = { a.x + w / 2, a.y + h / 2 };

	svg_put_group(out, s->final ? "state final" : "state", 's',
	    (size_t)(s - m->states),
	    s->text != NULL ? str_of(i18n_text(s->text)) : STR_NULL);
	svg_put_box(out, "", a, w, h, 7);
	svg_put_text(out, "name", middle, FIGURE_CENTRE,
	    state_name(m, str_of(machine_state_name(s))), w - 4);
	svg_put_group_end(out);
}

/* The last point is beside the frame that the way comes to from the side. */
static struct figure_point
machine_figure_end_of(const struct picture_route *r)
{
	const struct picture_point *p = &r->path[r->npoints - 1], *q = p - 1;
	struct figure_point end = svg_cell(p->x, p->y);

	if (q->y == p->y)
		end.x += q->x < p->x ? SVG_CELL_W : -SVG_CELL_W;
	return end;
}

static void
machine_figure_put_route(const struct machine *m, const struct picture_route *r,
    size_t i, struct buf *out)
{
	struct figure_point way[PICTURE_POINTS], end = machine_figure_end_of(r),
						 from;
	bool begins = machine_state_of(m, r->from) == NULL;
	size_t n = r->npoints;

	for (size_t k = 0; k < n; k++)
		way[k] = svg_cell(r->path[k].x, r->path[k].y);
	from = svg_cell(r->path[n - 2].x, r->path[n - 2].y);
	way[n - 1] = end;
	svg_put_group(out, "way", 'w', i, STR_NULL);
	svg_put_way(out, "line", '\0', 0, way, n);
	svg_put_head(out, from, end);
	if (begins)
		svg_put_box(out, "dot",
		    (struct figure_point){ way[0].x - DOT, way[0].y - DOT },
		    2 * DOT, 2 * DOT, DOT);
	svg_put_group_end(out);
}

/* ---- events ---- */

static size_t
machine_figure_cells_of(const struct machine *m, size_t i)
{
	return utf8_width(str_of(event_name(m, &m->edges[i])));
}

/* The label that stands behind that of edge I in its line; NEDGES: none. */
static size_t
behind(const struct machine *m, const struct picture_figure *f, size_t i)
{
	size_t x = f->labels[i].x + machine_figure_cells_of(m, i) + 2;

	for (size_t k = 0; f->labels[i].comma && k < m->nedges; k++)
		if (f->labels[k].y == f->labels[i].y && f->labels[k].x == x)
			return k;
	return m->nedges;
}

static bool
begins_line(const struct machine *m, const struct picture_figure *f, size_t i)
{
	for (size_t k = 0; k < m->nedges; k++)
		if (behind(m, f, k) == i)
			return false;
	return true;
}

/* The events of a line, each of its own: one of them may be lit. */
static void
machine_figure_put_line(const struct machine *m, const struct picture_figure *f,
    size_t first, struct buf *out)
{
	const struct picture_label *l = &f->labels[first];
	struct figure_point at = svg_cell(l->x, l->y);
	double wide = 0, room = 0, comma = 2;
	size_t last = first;

	for (size_t i = first; i < m->nedges; i = behind(m, f, i)) {
		wide += figure_text_width(
		    str_of(event_name(m, &m->edges[i])), SVG_TYPE, false);
		wide += i == first ? 0 : comma * SVG_CELL_W / 2;
		last = i;
	}
	room = (double)(f->labels[last].x + machine_figure_cells_of(m, last) -
			l->x) *
	       SVG_CELL_W;
	at.x += (l->ends ? room : 0) - SVG_CELL_W / 2;
	buf_puts(out, "<text class=\"events\"");
	svg_put_place(
	    out, at, l->ends ? FIGURE_RIGHT : FIGURE_LEFT, wide, room);
	buf_putc(out, '>');
	for (size_t i = first; i < m->nedges; i = behind(m, f, i)) {
		buf_puts(out, i == first ? "<tspan" : ", <tspan");
		svg_put_id(out, 'e', i);
		xml_print(out, ">%s</tspan>", event_name(m, &m->edges[i]));
	}
	buf_puts(out, "</text>");
}

void
machine_svg_put(
    const struct machine *m, const struct picture_figure *f, struct buf *out)
{
	svg_put_begin(out, "k-machine", (double)(f->w + 1) * SVG_CELL_W,
	    (double)(f->h + 1) * SVG_CELL_H, str_of(i18n_text(m->title)));
	for (size_t i = 0; i < f->nroutes; i++)
		machine_figure_put_route(m, &f->routes[i], i, out);
	for (size_t i = 0; i < f->nboxes; i++)
		machine_figure_put_box(m, &f->boxes[i], out);
	for (size_t i = 0; i < m->nedges; i++)
		if (begins_line(m, f, i))
			machine_figure_put_line(m, f, i, out);
	svg_put_end(out);
}

/* A box with STATE in it, as k-s0, of a machine that has no figure; TITLE is
 * what it is. */
static void
put_state(struct str state, struct str title, struct buf *out)
{
	double w = figure_text_width(state, SVG_TYPE, true) + 40, h = 36;

	svg_put_begin(out, "k-machine", w + 4, h + 4, title);
	svg_put_group(out, "state", 's', 0, STR_NULL);
	svg_put_box(out, "", (struct figure_point){ 2, 2 }, w, h, 7);
	svg_put_text(out, "name", (struct figure_point){ 2 + w / 2, 2 + h / 2 },
	    FIGURE_CENTRE, state, 0);
	svg_put_group_end(out);
	svg_put_end(out);
}

/* ---- the machines of a node for a page ---- */

/* Machines that are told of, at most. */
#define MACHINES_TOLD 100

struct told_machine {
	struct str what, kind, id, state;
	int64_t nth;
	bool shown, just;
};

struct told_timer {
	struct str name;
	int64_t due, length;
	const char *just;
};

struct told_step {
	int64_t record, t;
	struct str from, to, event, section, text;
};

#define MACHINE(member, kind, ...)                            \
	FIELD(struct told_machine, member, kind, __VA_ARGS__, \
	    .flags = FIELD_TOLD)

const struct field figure_machine_fields[] = {
	MACHINE(nth, NUMBER, "which one of the node's, from 0"),
	MACHINE(what, STR, "the transaction's method, or what it is"),
	MACHINE(kind, STR, "`client ICT`, or which one it is"),
	MACHINE(id, STR, "of its records"),
	MACHINE(state, STR, "its state, as people say"),
	MACHINE(shown, FLAG, "it is the one of the diagram"),
	MACHINE(just, FLAG, "the record moved it"),
	FIELDS_END,
};

const struct field figure_timer_fields[] = {
	TOLD_FIELD(struct told_timer, name, STR, "`Timer A`"),
	TOLD_FIELD(struct told_timer, due, NUMBER,
	    "virtual time in ns; -1: not known"),
	TOLD_FIELD(struct told_timer, length, NUMBER, "ns; -1: not known"),
	FIELD_BESIDE_AS("just", STRING, "`just set`, `set anew`, or empty"),
	FIELDS_END,
};

const struct field figure_step_fields[] = {
	TOLD_FIELD(struct told_step, record, NUMBER, "that tells of it"),
	TOLD_FIELD(struct told_step, t, NUMBER, "virtual time in ns"),
	TOLD_FIELD(
	    struct told_step, from, STR, "the state before; empty: none"),
	TOLD_FIELD(struct told_step, to, STR, "the state after it"),
	TOLD_FIELD(
	    struct told_step, event, STR, "by which event; empty: not known"),
	TOLD_FIELD(struct told_step, section, STR, "of which RFC"),
	TOLD_FIELD(struct told_step, text, STR, "what was done, a sentence"),
	FIELDS_END,
};

/* ---- the diagram ---- */

static void
machine_figure_put_lit(
    const struct pane *p, const struct picture_figure *f, struct buf *out)
{
	const struct machine *m = p->e.m;
	const struct machine_state *live;

	live = m != NULL ? machine_find_state(m, p->e.state) : NULL;
	json_open(out, "lit", '[');
	if (f->h == 0)
		svg_put_lit(out, 's', 0, "live");
	else if (live != NULL)
		svg_put_lit(out, 's', (size_t)(live - m->states), "live");
	if (f->h > 0 && p->edge != NULL)
		svg_put_lit(out, 'e', (size_t)(p->edge - m->edges), "taken");
	for (size_t i = 0; p->edge != NULL && i < f->nroutes; i++)
		if (machine_leads(p->edge, f->routes[i].from, f->routes[i].to))
			svg_put_lit(out, 'w', i, "taken");
	buf_putc(out, ']');
}

static void
put_diagram(struct pane *p, size_t room, struct buf *out)
{
	struct picture_figure f = { 0 };
	LOCAL_BUF svg = BUF_INIT;

	if (p->e.m != NULL && machine_svg_lay_out(p->e.m, room, &f)) {
		machine_svg_put(p->e.m, &f, &svg);
	} else {
		f.h = 0;
		pane_write_title(p);
		put_state(
		    state_name(p->e.m, p->e.state), buf_view(&p->text), &svg);
	}
	json_put_field(out, "svg", buf_view(&svg));
	out->err = svg.err != 0 ? svg.err : out->err;
	machine_figure_put_lit(p, &f, out);
}

static void
machine_figure_put_step(struct pane *p, struct buf *out)
{
	LOCAL_BUF from = BUF_INIT, words = BUF_INIT;
	struct told_step s = { .record = (int64_t)p->e.last,
		.t = p->e.last != 0 ? trace_time_of(p->v->t, p->e.last) : 0,
		.from = pane_step_from(p, &from),
		.to = state_name(p->e.m, p->e.state) };

	if (p->edge != NULL)
		s.event = str_of(event_name(p->e.m, p->edge));
	pane_put_words(p, &words);
	s.text = buf_view(&words);
	pane_write_section(p);
	s.section = buf_view(&p->text);
	json_put_key(out, "step");
	json_put_object(figure_step_fields, &s, out);
}

/* ---- beside the diagram ---- */

static void
put_figure_timers(struct pane *p, struct buf *out)
{
	json_open(out, "timers", '[');
	for (size_t i = 0; i < p->timers.n; i++) {
		const struct state_at_timer *t = p->timers.list[i];
		bool just = t->since == p->v->t_ns && t->last <= p->v->seq;
		struct told_timer told = { .due = t->due, .length = t->length };

		buf_clear(&p->text);
		timer_put_short(&p->text, t->name);
		told.name = buf_view(&p->text);
		json_open(out, NULL, '{');
		json_put_fields(figure_timer_fields, &told, out);
		json_put_field(out, "just",
		    str_of(!just                       ? ""
			   : machines_rearmed(p->v, t) ? _("set anew")
						       : _("just set")));
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

/* The entries around the one that is shown. */
static void
machine_figure_put(const struct pane *p, struct buf *out)
{
	LOCAL_BUF kind = BUF_INIT, scratch = BUF_INIT;
	struct machines_entry e;
	struct machines_walk w;
	size_t first = p->any && p->shown >= MACHINES_TOLD / 2
			   ? p->shown - MACHINES_TOLD / 2
			   : 0;

	json_open(out, "machines", '[');
	machines_walk_begin(&w, p->v);
	for (size_t i = 0;
	     i < first + MACHINES_TOLD && machines_walk_next(&w, &e); i++) {
		struct told_machine told = { .nth = (int64_t)i,
			.id = e.id,
			.state = state_name(e.m, e.state),
			.shown = p->any && i == p->shown,
			.just = e.last != 0 && e.last == p->v->seq };

		if (i < first)
			continue;
		told.what = pane_entry_kind(p, &e, &kind, &scratch);
		told.kind = buf_view(&kind);
		json_put_item(out);
		json_put_object(figure_machine_fields, &told, out);
	}
	machines_walk_end(&w);
	buf_putc(out, ']');
}

/* Bindings, and timers of nothing that is listed, as the screen has them. */
static void
put_tables(struct pane *p, size_t room, struct buf *out)
{
	struct str node = machines_node(p->v);
	size_t n = node.n > 0 ? pane_count_tables(p, node) : 0;
	LOCAL(grid_free) struct grid g = { .cells = NULL };
	struct grid_area a = grid_lines(&g, room, n);
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	p->a = &a;
	p->y = 0;
	if (g.err == 0 && n > 0)
		pane_draw_tables(p, node);
	if (n > 0)
		doc_put_grid(&doc, &g);
	doc_put_lines(&doc, out);
	out->err = g.err != 0 ? g.err : out->err;
}

void
machines_figure_put(const struct machines_view *v, size_t room, struct buf *out)
{
	struct pane p = { .v = v, .text = BUF_INIT };

	pane_choose_entry(&p);
	json_put_field(out, "node", machines_node(v));
	if (p.any) {
		put_diagram(&p, room, out);
		pane_write_title(&p);
		json_put_field(out, "title", buf_view(&p.text));
		json_put_field(out, "id", p.e.id);
		machine_figure_put_step(&p, out);
	} else {
		json_put_field(out, "svg", STR_NULL);
	}
	machine_figure_put(&p, out);
	put_figure_timers(&p, out);
	put_tables(&p, room, out);
	out->err = p.text.err != 0 ? p.text.err : out->err;
	machines_walk_end(&p.walk);
	buf_free(&p.text);
}
