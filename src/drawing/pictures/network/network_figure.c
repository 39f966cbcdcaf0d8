/* The network for a page (network_figure.h). */
#include "pictures/network/network_figure.h"

#include "pictures/network/network_picture.h"

#include "draw/doc.h"
#include "draw/svg_put.h"
#include "text/json_fields.h"

#include <math.h>

/* Pixels beside a text. */
#define PAD 6.0
/* Of a name without a box. */
#define NAME_HEIGHT (SVG_CELL_H + 2)

struct drawing {
	const struct network_state *s;
	const struct network_picture *p;
	struct buf *out, text;
};

/* A host has no box: there was no room for its name in one. */
static bool
is_cramped(const struct network_picture *p)
{
	for (size_t i = 0; i <= NETWORK_NODES; i++)
		if (p->spots[i].placed && !p->spots[i].router &&
		    p->spots[i].h == 1)
			return true;
	return false;
}

/* Lays S out W columns wide, or as wide as it needs; ROOMY: for boxes as well.
 */
static bool
place_wide(struct network_picture *p, const struct network_state *s, size_t w,
    size_t h, bool roomy)
{
	struct grid_area area = { .w = w, .h = h };

	while (
	    !network_picture_place(p, s, &area) || (roomy && is_cramped(p))) {
		if (area.w >= NETWORK_WIDTH)
			return false;
		area.w += area.w / 4 + 1;
	}
	return true;
}

/* ---- links ---- */

static bool
is_boxed(const struct network_spot *spot)
{
	return !spot->router && spot->h > 1;
}

/* From a way's end on to the node: to the frame of a host, through which
 * nothing goes, along its row to the middle of a router. */
static size_t
extend_way_to_node(const struct drawing *d, uint32_t node,
    const struct network_point *p, struct figure_point *to)
{
	const struct network_spot *spot = &d->p->spots[node];
	struct figure_point left = svg_cell(spot->x, spot->row), middle = left;
	bool boxed = is_boxed(spot), through = network_is_router(d->s, node);
	double wide = (spot->w - (boxed ? 1 : 0)) * SVG_CELL_W;
	size_t n = 0;

	left.x -= boxed ? 0 : SVG_CELL_W / 2;
	middle.x = left.x + wide / 2;
	if (p->y != spot->row)
		to[n++] = svg_cell(p->x, spot->row);
	if (n > 0 && !through) {
		to[0].y +=
		    p->y < spot->row ? -NAME_HEIGHT / 2 : NAME_HEIGHT / 2;
		return n;
	}
	/* A bus is not quite at the middle of a name. */
	if (n > 0 && fabs(to[0].x - middle.x) <= 2 * SVG_CELL_W)
		return n;
	to[n] = middle;
	if (!through)
		to[n].x =
		    p->x < spot->x + spot->w / 2u ? left.x : left.x + wide;
	return n + 1;
}

#define WAY_POINTS (NETWORK_POINTS + 4)

/* The way of link I from the middle of its a to that of its b. */
static size_t
net_figure_find_way(const struct drawing *d, size_t i, struct figure_point *way)
{
	const struct network_way *w = &d->p->ways[i];
	const struct network_link *l = &d->s->links[i];
	struct figure_point end[2];
	size_t n = extend_way_to_node(d, l->a, &w->p[0], end), all = 0;

	while (n > 0)
		way[all++] = end[--n];
	for (size_t k = 0; k < w->n; k++) {
		struct figure_point at = svg_cell(w->p[k].x, w->p[k].y);

		if (at.x != way[all - 1].x || at.y != way[all - 1].y)
			way[all++] = at;
	}
	n = extend_way_to_node(d, l->b, &w->p[w->n - 1], end);
	for (size_t k = 0; k < n; k++)
		if (end[k].x != way[all - 1].x || end[k].y != way[all - 1].y)
			way[all++] = end[k];
	return all;
}

/* The faults of link I, and its delay between routers, below its longest part
 * or next to it. */
static void
put_link_words(struct drawing *d, size_t i)
{
	const struct network_link *l = &d->s->links[i];
	const struct network_way *w = &d->p->ways[i];
	bool wan = d->p->spots[l->a].router && d->p->spots[l->b].router;
	unsigned which = wan || l->delayed ? LINK_WORDS : ~LINK_DELAY;
	struct figure_point at, from, to;
	size_t best = 1, most = 0;

	buf_clear(&d->text);
	network_link_words(l, which & LINK_WORDS, &d->text);
	if (d->text.n == 0 || w->n < 2)
		return;
	for (size_t k = 1; k < w->n; k++) {
		size_t x = w->p[k].x > w->p[k - 1].x
			       ? w->p[k].x - w->p[k - 1].x
			       : w->p[k - 1].x - w->p[k].x;
		size_t y = w->p[k].y > w->p[k - 1].y
			       ? w->p[k].y - w->p[k - 1].y
			       : w->p[k - 1].y - w->p[k].y;

		if (x + y > most) {
			most = x + y;
			best = k;
		}
	}
	from = svg_cell(w->p[best - 1].x, w->p[best - 1].y);
	to = svg_cell(w->p[best].x, w->p[best].y);
	at = (struct figure_point){ (from.x + to.x) / 2, (from.y + to.y) / 2 };
	if (from.y == to.y)
		at.y += SVG_CELL_H * 0.8;
	else
		at.x += PAD;
	svg_put_text(d->out, network_link_is_usual(l) ? "delay" : "amiss", at,
	    from.y == to.y ? FIGURE_CENTRE : FIGURE_LEFT, buf_view(&d->text),
	    0);
}

static void
put_figure_links(struct drawing *d)
{
	struct figure_point way[WAY_POINTS];

	for (size_t i = 0; i < d->s->nlinks; i++)
		if (d->p->ways[i].n > 0)
			svg_put_way(d->out, "link", 'l', i, way,
			    net_figure_find_way(d, i, way));
	for (size_t i = 0; i < d->s->nlinks; i++)
		if (d->p->ways[i].n > 0)
			put_link_words(d, i);
}

/* ---- frames and nodes ---- */

static void
put_frames(struct drawing *d)
{
	for (size_t i = 0; i < d->p->nframes; i++) {
		const struct network_frame *f = &d->p->frames[i];
		struct figure_point at = svg_cell(f->x, 0);

		if (f->drawn)
			svg_put_box(d->out, "frame", at,
			    (f->w - 1) * SVG_CELL_W,
			    (double)(d->p->frame_h - 1) * SVG_CELL_H, 8);
		at.x += f->drawn ? 2 * PAD : -SVG_CELL_W / 2;
		svg_put_text(d->out, "title", at, FIGURE_LEFT, f->name,
		    (f->w + 2) * SVG_CELL_W - 3 * PAD);
	}
}

/* As many words of ROLES as ROOM has; the others are left in it. */
static struct str
cut_words(struct str *roles, double room)
{
	size_t end = roles->n;
	struct str line;

	while (figure_text_width(
		   str_slice(*roles, 0, end), SVG_TYPE - 1, false) > room) {
		ptrdiff_t at = str_rchr(str_slice(*roles, 0, end), ' ');

		if (at <= 0)
			break;
		end = (size_t)at;
	}
	line = str_slice(*roles, 0, end);
	*roles = str_trim(str_slice(*roles, end, roles->n));
	return line;
}

/* In a box the name, and below it what the node plays, in two lines at most. */
static void
net_figure_put_box(
    struct drawing *d, uint32_t node, const struct network_spot *spot)
{
	struct figure_point at = svg_cell(spot->x, spot->y);
	double w = (spot->w - 1) * SVG_CELL_W, room = w - 8;
	double h = (spot->h - 1) * SVG_CELL_H;
	struct str name = network_label(d->s, node), lines[2];
	struct str roles = network_roles(d->s, node, &d->text);
	size_t n = 0, most = spot->h > 4 ? 2 : spot->h > 3 ? 1 : 0;

	if (d->s->crashed[node])
		roles = str_of(_("crashed"));
	svg_put_box(d->out, "", at, w, h, 6);
	while (n < most && roles.n > 0 && !str_eq(roles, name))
		lines[n++] = cut_words(&roles, room);
	at.x += w / 2;
	/* Lines of 14 pixels around the middle. */
	at.y += h / 2 - 7 * (double)n;
	svg_put_text(d->out, "name", at, FIGURE_CENTRE, name, room);
	for (size_t i = 0; i < n; i++) {
		at.y += 14;
		svg_put_text(d->out, "role", at, FIGURE_CENTRE, lines[i], room);
	}
}

/* A name alone, on its links. */
static void
put_name_on_links(
    struct drawing *d, uint32_t node, const struct network_spot *spot)
{
	struct figure_point at = svg_cell(spot->x, spot->row);
	double w = spot->w * SVG_CELL_W, h = NAME_HEIGHT;

	at.x -= SVG_CELL_W / 2;
	svg_put_box(d->out, "", (struct figure_point){ at.x, at.y - h / 2 }, w,
	    h, spot->router ? h / 2 : 4);
	at.x += w / 2;
	svg_put_text(d->out, "name", at, FIGURE_CENTRE,
	    network_label(d->s, node), w - 6);
}

/* The tooltip of a node: its name, all its roles, its addresses. */
static void
put_tip(const struct network_state *s, uint32_t node, struct buf *tip)
{
	const struct trace_head *head = trace_head(s->v->t);

	if (node >= head->nnodes)
		return;
	buf_str(tip, head->nodes[node].name);
	if (head->nodes[node].role.n > 0)
		buf_printf(tip, ": %.*s", STR_ARG(head->nodes[node].role));
	if (head->nodes[node].addr.n > 0)
		buf_printf(tip, ", %.*s", STR_ARG(head->nodes[node].addr));
}

static void
put_figure_nodes(struct drawing *d)
{
	for (uint32_t i = 0; i <= d->s->nnodes; i++) {
		const struct network_spot *spot = &d->p->spots[i];
		LOCAL_BUF tip = BUF_INIT;

		if (!spot->placed)
			continue;
		put_tip(d->s, i, &tip);
		svg_put_group(d->out,
		    network_is_router(d->s, i) ? "node router"
		    : is_boxed(spot)           ? "node"
					       : "node plain",
		    'n', i, buf_view(&tip));
		if (is_boxed(spot))
			net_figure_put_box(d, i, spot);
		else
			put_name_on_links(d, i, spot);
		svg_put_group_end(d->out);
	}
}

static void
net_figure_put_picture(const struct network_state *s,
    const struct network_picture *p, struct buf *svg)
{
	struct drawing d = { .s = s, .p = p, .out = svg, .text = BUF_INIT };

	svg_put_begin(svg, "k-network", (double)p->area.w * SVG_CELL_W,
	    (double)p->area.h * SVG_CELL_H, str_of(_("Network")));
	put_frames(&d);
	put_figure_links(&d);
	put_figure_nodes(&d);
	svg_put_end(svg);
	if (d.text.err != 0)
		svg->err = d.text.err;
	buf_free(&d.text);
}

/* ---- now ---- */

static void
net_figure_put_lit(const struct network_state *s,
    const struct network_picture *p, struct buf *out)
{
	const struct network_view *v = s->v;
	uint32_t here = v->seq > 0 && v->seq <= trace_count(v->t)
			    ? trace_node_of(v->t, v->seq)
			    : NETWORK_NONE;

	json_open(out, "lit", '[');
	for (uint32_t i = 0; i < s->nnodes; i++) {
		if (p->spots[i].placed && s->crashed[i])
			svg_put_lit(out, 'n', i, "gone");
		if (p->spots[i].placed && i == here)
			svg_put_lit(out, 'n', i, "here");
	}
	for (size_t i = 0; i < s->nlinks; i++)
		if (p->ways[i].n > 0 && s->links[i].down)
			svg_put_lit(out, 'l', i, "down");
	buf_putc(out, ']');
}

struct told_leg {
	int64_t link, from, to;
	bool back;
	unsigned most;
};

const struct field figure_leg_fields[] = {
	TOLD_FIELD(struct told_leg, link, NUMBER, "which one: `k-l0` is 0"),
	TOLD_FIELD(struct told_leg, back, FLAG, "from its b to its a"),
	TOLD_FIELD(struct told_leg, from, NUMBER,
	    "when it comes onto it, virtual time in ns"),
	TOLD_FIELD(struct told_leg, to, NUMBER,
	    "when it leaves the link; if not later than `from`, it does not "
	    "move"),
	TOLD_FIELD(struct told_leg, most, HUNDREDTHS,
	    "the greatest part of the link that it passes, or its place if it "
	    "does not move"),
	FIELDS_END,
};

struct told_flight {
	int64_t record;
	struct str text, kind, stage;
	bool current;
};

const struct field figure_flight_fields[] = {
	TOLD_FIELD(struct told_flight, record, NUMBER, "its `send`"),
	TOLD_FIELD(struct told_flight, text, STR, "what it is called"),
	TOLD_FIELD(struct told_flight, kind, STR, "a style, as of texts"),
	TOLD_FIELD(
	    struct told_flight, stage, STR, "`flying`, `arrived` or `lost`"),
	TOLD_FIELD(struct told_flight, current, FLAG, "the record is about it"),
	FIELD_BESIDE_AS("legs", OBJECTS, "the links that it takes, in order",
	    .of = figure_leg_fields),
	FIELDS_END,
};

static void
put_figure_flight(const struct network_state *s,
    const struct network_picture *p, const struct network_flight *f,
    struct buf *out)
{
	static const char *const stages[] = { [FLIGHT_FLYING] = "flying",
		[FLIGHT_ARRIVED] = "arrived",
		[FLIGHT_LOST] = "lost" };
	struct network_leg legs[NETWORK_LEGS];
	size_t n = network_flight_legs(s, f, legs);
	struct told_flight told = { .record = (int64_t)f->seq,
		.text = str_of(f->text),
		.kind = str_of(canvas_style_word(f->style)),
		.stage = str_of(stages[f->stage]),
		.current = f->current };

	json_open(out, NULL, '{');
	json_put_fields(figure_flight_fields, &told, out);
	json_open(out, "legs", '[');
	for (size_t i = 0; i < n; i++) {
		struct told_leg leg = { .link = legs[i].link,
			.back = legs[i].back,
			.from = legs[i].from,
			.to = legs[i].to,
			.most = (unsigned)(legs[i].most * 100 + 0.5) };

		if (p->ways[legs[i].link].n == 0)
			continue;
		json_put_item(out);
		json_put_object(figure_leg_fields, &leg, out);
	}
	buf_puts(out, "]}");
}

/* What NATs have, as the screen has it. */
static void
put_nats(const struct network_state *s, size_t w, size_t h, struct buf *out)
{
	size_t n = network_nats_height(s, h);
	LOCAL(grid_free) struct grid g = { .cells = NULL };
	struct grid_area a = grid_lines(&g, w, n);
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	if (g.err == 0 && n > 0) {
		network_nats_draw(s, &a);
		doc_put_grid(&doc, &g);
	}
	doc_put_lines(&doc, out);
	out->err = g.err != 0 ? g.err : out->err;
}

bool
network_figure_put(
    const struct network_view *v, size_t w, size_t h, struct buf *out)
{
	LOCAL_BUF svg = BUF_INIT;
	struct network_state s;
	struct network_picture p;

	network_state_read(&s, v);
	network_flights_find(&s);
	network_flights_place(&s);
	if (!place_wide(&p, &s, w, h, true) && !place_wide(&p, &s, w, h, false))
		return false;
	net_figure_put_picture(&s, &p, &svg);
	json_put_field(out, "svg", buf_view(&svg));
	out->err = svg.err != 0 ? svg.err : out->err;
	net_figure_put_lit(&s, &p, out);
	json_open(out, "flights", '[');
	for (size_t i = 0; i < s.nflights; i++)
		put_figure_flight(&s, &p, &s.flights[i], out);
	buf_putc(out, ']');
	json_put_int(out, "more", (int64_t)s.more);
	put_nats(&s, w, h, out);
	return true;
}
