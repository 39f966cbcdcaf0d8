/*
 * Drawing a network: frames, then lines, which become corners and branches
 * where they meet, then routers and hosts over them, then messages under way.
 * A message is a mark on its line with its name next to it, wherever there are
 * empty cells nearest.
 */
#include "pictures/network/network_picture.h"

#include "text/utf8.h"
#include "draw/grid.h"
#include "role/role.h"

/* A name goes so far from its mark. */
#define FAR_ROWS    2
#define FAR_COLUMNS 14

struct line_cell {
	uint8_t sides;
	bool whole; /* of a link that is up */
	bool marked;
};

struct drawing {
	const struct network_picture *p;
	const struct network_state *s;
	struct grid_area a;
	struct line_cell cells[NETWORK_HEIGHT][NETWORK_WIDTH];
};

struct str
network_roles(const struct network_state *s, uint32_t node, struct buf *out)
{
	const struct trace_head *head = trace_head(s->v->t);
	struct str rest =
	    node < head->nnodes ? head->nodes[node].role : STR_NULL;

	buf_clear(out);
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		const struct role *role = role_find(word);
		struct str label = network_label(s, node);

		if (role != NULL && !str_ieq(str_of(role->tag), label))
			word = str_of(role->tag);
		/* Its name says it. */
		if (word.n == 0 || str_ieq(word, label))
			continue;
		if (out->n > 0)
			buf_putc(out, ' ');
		buf_str(out, utf8_clip(word, 10));
	}
	return buf_view(out);
}

/* ---- lines ---- */

static struct line_cell *
net_picture_cell_of(struct drawing *d, size_t x, size_t y)
{
	return &d->cells[y < NETWORK_HEIGHT ? y : NETWORK_HEIGHT - 1]
			[x < NETWORK_WIDTH ? x : NETWORK_WIDTH - 1];
}

static size_t
net_picture_distance(
    const struct network_point *a, const struct network_point *b)
{
	return (size_t)(a->x > b->x ? a->x - b->x : b->x - a->x) +
	       (size_t)(a->y > b->y ? a->y - b->y : b->y - a->y);
}

/* Cells of a way, one less than there are. */
static size_t
length_of(const struct network_way *way)
{
	size_t n = 0;

	for (size_t i = 1; i < way->n; i++)
		n += net_picture_distance(&way->p[i - 1], &way->p[i]);
	return n;
}

/* The cell AT steps from a way's beginning, and the side it goes on to. */
static void
walk_enter_layer(const struct network_way *way, size_t at, size_t *x, size_t *y,
    unsigned *side)
{
	*x = way->p[0].x;
	*y = way->p[0].y;
	*side = SIDE_RIGHT;
	for (size_t i = 1; i < way->n; i++) {
		size_t n = net_picture_distance(&way->p[i - 1], &way->p[i]);

		if (n == 0)
			continue;
		*side = grid_line_towards(
		    way->p[i - 1].x, way->p[i - 1].y, way->p[i].x, way->p[i].y);
		*x = way->p[i - 1].x;
		*y = way->p[i - 1].y;
		for (size_t k = 0; k < n && k < at; k++)
			grid_line_step(*side, x, y);
		if (at <= n)
			return;
		at -= n;
	}
}

/* The end of a way above or below a router goes on to it. */
static void
join_router(struct drawing *d, const struct network_point *end,
    const struct network_spot *spot)
{
	struct line_cell *c = net_picture_cell_of(d, end->x, end->y);

	if (!spot->router || end->y == spot->row)
		return;
	c->sides |= end->y < spot->row ? SIDE_DOWN : SIDE_UP;
}

static void
trace_way(struct drawing *d, size_t link)
{
	const struct network_way *way = &d->p->ways[link];
	const struct network_link *l = &d->s->links[link];

	for (size_t i = 1; i < way->n; i++) {
		size_t x = way->p[i - 1].x, y = way->p[i - 1].y;
		unsigned side =
		    grid_line_towards(x, y, way->p[i].x, way->p[i].y);

		for (size_t n =
			 net_picture_distance(&way->p[i - 1], &way->p[i]);
		     n > 0; n--) {
			struct line_cell *c = net_picture_cell_of(d, x, y);

			c->sides |= (uint8_t)side;
			c->whole |= !l->down;
			grid_line_step(side, &x, &y);
			c = net_picture_cell_of(d, x, y);
			c->sides |= (uint8_t)grid_line_back(side);
			c->whole |= !l->down;
		}
		/* One cell long: nothing has marked it. */
		if (way->n == 2 && length_of(way) == 0) {
			struct line_cell *c = net_picture_cell_of(d, x, y);

			c->sides |= SIDE_LEFT | SIDE_RIGHT;
			c->whole |= !l->down;
		}
	}
	join_router(d, &way->p[0], &d->p->spots[l->a]);
	join_router(d, &way->p[way->n - 1], &d->p->spots[l->b]);
}

static void
draw_lines(struct drawing *d)
{
	for (size_t i = 0; i < d->s->nlinks; i++)
		if (d->p->ways[i].n > 0)
			trace_way(d, i);
	for (size_t y = 0; y < d->a.h; y++)
		for (size_t x = 0; x < d->a.w; x++) {
			const struct line_cell *c =
			    net_picture_cell_of(d, x, y);
			enum canvas_glyph g = grid_line_glyph(c->sides);

			if (c->sides == 0)
				continue;
			if (!c->whole)
				g = g == GLYPH_LINE   ? GLYPH_DOTS
				    : g == GLYPH_LIFE ? GLYPH_WAIT
						      : g;
			grid_put(&d->a, x, y, g,
			    c->whole ? STYLE_PLAIN : STYLE_LOST);
		}
}

static void
net_picture_draw_frames(struct drawing *d)
{
	for (size_t i = 0; i < d->p->nframes; i++) {
		const struct network_frame *f = &d->p->frames[i];
		size_t n = utf8_width(f->name), room;

		if (f->drawn)
			grid_box(
			    &d->a, f->x, 0, f->w, d->p->frame_h, STYLE_FRAME);
		/* Without a frame it may go on into the space behind. */
		room = f->drawn && f->w > 4 ? f->w - 4u : f->w + 3u;
		n = n < room ? n : room;
		if (f->drawn && n > 0)
			grid_fill(&d->a, f->x + 1u, 0, n + 2, 1, GLYPH_SPACE,
			    STYLE_PLAIN);
		grid_text(&d->a, f->x + (f->drawn ? 2u : 0u), 0, f->name, room,
		    STYLE_TITLE);
	}
}

/* ---- nodes ---- */

static bool
net_picture_is_here(const struct drawing *d, uint32_t node)
{
	const struct network_view *v = d->s->v;

	return v->seq > 0 && v->seq <= trace_count(v->t) &&
	       trace_node_of(v->t, v->seq) == node;
}

static void
draw_router(struct drawing *d, uint32_t node, const struct network_spot *spot)
{
	struct str label = utf8_clip(network_label(d->s, node), 14);
	/* A node with a role there is no network, though others hang on it. */
	bool gone = d->s->crashed[node], host = !network_is_router(d->s, node);
	enum canvas_style style = gone ? STYLE_LOST : STYLE_PLAIN;
	enum canvas_style name = gone || !host                  ? style
				 : net_picture_is_here(d, node) ? STYLE_HERE
								: STYLE_BOLD;
	size_t x = spot->x;

	x += grid_text(&d->a, x, spot->y,
	    gone   ? STR("×")
	    : host ? STR("[")
		   : STR("("),
	    1, style);
	x += grid_text(&d->a, x, spot->y, label, spot->w - 2u, name);
	grid_text(&d->a, x, spot->y,
	    gone   ? STR("×")
	    : host ? STR("]")
		   : STR(")"),
	    1, style);
	if (host && d->s->v->node.n > 0 &&
	    str_eq(d->s->v->node, network_node_name(d->s, node)))
		grid_flag(&d->a, spot->x, spot->y, spot->w, 1, GRID_CHOSEN);
}

/* Below the name, as many words to a line as fit it; what finds no line is
 * left out. */
static void
draw_roles(struct drawing *d, const struct network_spot *spot, struct str roles,
    enum canvas_style style)
{
	size_t room = spot->w > 4 ? spot->w - 4u : 0, n, end;

	for (size_t y = 2; y + 1 < spot->h && roles.n > 0; y++) {
		end = roles.n;
		while (end > 0 && utf8_width(str_slice(roles, 0, end)) > room) {
			ptrdiff_t at = str_rchr(str_slice(roles, 0, end), ' ');

			end = at > 0 ? (size_t)at : 0;
		}
		/* A word that is too long is clipped. */
		end = end > 0 ? end : roles.n;
		n = utf8_width(str_slice(roles, 0, end));
		n = n < room ? n : room;
		grid_text(&d->a, spot->x + 2u + (room - n) / 2, spot->y + y,
		    str_slice(roles, 0, end), room, style);
		roles = str_trim(str_slice(roles, end, roles.n));
	}
}

/* Its link goes out of its frame. */
static void
draw_exit(struct drawing *d, const struct network_spot *spot)
{
	size_t left = spot->x, right = spot->x + spot->w - 1u;

	if (left > 0 && net_picture_cell_of(d, left - 1, spot->row)->sides != 0)
		grid_put(&d->a, left, spot->row, GLYPH_FROM_RIGHT, STYLE_PLAIN);
	if (net_picture_cell_of(d, right + 1, spot->row)->sides != 0)
		grid_put(&d->a, right, spot->row, GLYPH_FROM_LEFT, STYLE_PLAIN);
}

static void
draw_host(struct drawing *d, uint32_t node, const struct network_spot *spot)
{
	LOCAL_BUF roles = BUF_INIT;
	struct str label = network_label(d->s, node), role;
	bool gone = d->s->crashed[node], boxed = spot->h > 1;
	enum canvas_style style = gone                           ? STYLE_LOST
				  : net_picture_is_here(d, node) ? STYLE_HERE
								 : STYLE_BOLD;
	size_t pad = !boxed ? 0 : utf8_width(label) + 4 <= spot->w ? 2 : 1;
	size_t x = spot->x + pad, n, both;
	size_t room = spot->w > 2 * pad ? spot->w - 2 * pad : 0;

	role = gone ? str_of(_("crashed")) : network_roles(d->s, node, &roles);
	n = utf8_width(label);
	n = n < room ? n : room;
	if (boxed) {
		grid_box(&d->a, spot->x, spot->y, spot->w, spot->h,
		    gone ? STYLE_LOST : STYLE_PLAIN);
		draw_exit(d, spot);
	}
	both = n + 1 + utf8_width(role);
	if (spot->h != 3 || both > room || role.n == 0)
		both = n;
	if (spot->h > 3)
		draw_roles(d, spot, role, gone ? STYLE_LOST : STYLE_DIM);
	if (boxed)
		x += (room - both) / 2;
	grid_text(&d->a, x, spot->row, label, room, style);
	if (both > n)
		grid_text(&d->a, x + n + 1, spot->row, role, room - n - 1,
		    gone ? STYLE_LOST : STYLE_DIM);
	if (gone && spot->h <= 3)
		grid_put(&d->a, spot->x, spot->row, GLYPH_LOST, STYLE_LOST);
	if (d->s->v->node.n > 0 &&
	    str_eq(d->s->v->node, network_node_name(d->s, node)))
		grid_flag(
		    &d->a, spot->x, spot->y, spot->w, spot->h, GRID_CHOSEN);
}

static void
draw_nodes(struct drawing *d)
{
	for (uint32_t i = 0; i <= d->s->nnodes; i++) {
		const struct network_spot *spot = &d->p->spots[i];

		if (spot->placed && spot->router)
			draw_router(d, i, spot);
		else if (spot->placed)
			draw_host(d, i, spot);
	}
}

/* ---- names beside the lines ---- */

/* Cells X … before X + N of row Y are there and empty. */
static bool
net_picture_is_empty(const struct drawing *d, size_t x, size_t y, size_t n)
{
	const struct grid_area *a = &d->a;

	if (y >= a->h || x + n > a->w)
		return false;
	for (size_t i = x; i < x + n; i++) {
		const struct grid_cell *c =
		    &a->g->cells[(a->y + y) * a->g->width + a->x + i];

		if (c->n > 0 || c->tail)
			return false;
	}
	return true;
}

/* A text that belongs to a cell of a line. */
struct note {
	size_t x, y;
	bool upright; /* the line goes up and down there */
	bool below;   /* rather than above */
	bool only;    /* and nowhere else */
	bool tight;   /* without space at its ends */
	struct str text;
	enum canvas_style style;
	unsigned flags;
};

/* Room for N at X, Y with, but at the edge, a cell of space at both ends. */
static bool
net_picture_has_room(
    const struct drawing *d, const struct note *n, size_t x, size_t y, size_t w)
{
	if (n->tight)
		return net_picture_is_empty(d, x, y, w);
	return net_picture_is_empty(d, x - (x > 0), y, w + (x > 0)) &&
	       (x + w >= d->a.w || net_picture_is_empty(d, x + w, y, 1));
}

/* Writes N as near to its cell as there are empty cells, ROWS and COLUMNS off
 * at the most: its middle there or shifted, above or below first, next to it
 * where the line is upright.  False where there is no room. */
static bool
put_near(struct drawing *d, const struct note *n, size_t rows, size_t columns)
{
	size_t w = utf8_width(n->text);

	for (size_t shift = 0; shift <= 2 * columns; shift++)
		for (size_t k = n->upright ? 0 : 1; k <= 2 * rows; k++) {
			bool up = (k % 2 == 1) != n->below;
			/* 0, 1, -1, 2, -2 … */
			ptrdiff_t dy = (ptrdiff_t)((k + 1) / 2) * (up ? -1 : 1);
			ptrdiff_t dx =
			    (ptrdiff_t)((shift + 1) / 2) * (shift % 2 ? 1 : -1);
			ptrdiff_t x = (ptrdiff_t)n->x - (ptrdiff_t)w / 2 + dx;
			ptrdiff_t y = (ptrdiff_t)n->y + dy;

			if (x < 0 || y < 0 || (n->only && up == n->below))
				continue;
			/* Not beyond another line. */
			if ((dy > 1 || dy < -1) && !n->upright &&
			    !net_picture_is_empty(
				d, n->x, n->y + (size_t)(dy < 0 ? -1 : 1), 1))
				continue;
			if (!net_picture_has_room(
				d, n, (size_t)x, (size_t)y, w))
				continue;
			grid_text(
			    &d->a, (size_t)x, (size_t)y, n->text, w, n->style);
			grid_flag(&d->a, (size_t)x, (size_t)y, w, 1, n->flags);
			return true;
		}
	return false;
}

/* Cells FROM … before END of row Y are a line that runs across, unmarked. */
static bool
is_plain_line(struct drawing *d, size_t from, size_t end, size_t y)
{
	if (end > d->a.w || end > NETWORK_WIDTH)
		return false;
	for (size_t x = from; x < end; x++) {
		const struct line_cell *c = net_picture_cell_of(d, x, y);

		if (c->sides != (SIDE_LEFT | SIDE_RIGHT) || c->marked)
			return false;
	}
	return true;
}

/* Writes N into the line itself, behind its cell or before it, with some of
 * the line left at both ends.  False where the line is too short. */
static bool
put_into(struct drawing *d, const struct note *n)
{
	size_t w = utf8_width(n->text), x = n->x + 2;

	if (n->upright || w == 0)
		return false;
	if (!is_plain_line(d, n->x + 1, x + w, n->y) ||
	    net_picture_cell_of(d, x + w, n->y)->sides == 0) {
		if (n->x < w + 2)
			return false;
		x = n->x - 1 - w;
		if (!is_plain_line(d, x, n->x, n->y) ||
		    net_picture_cell_of(d, x - 1, n->y)->sides == 0)
			return false;
	}
	grid_text(&d->a, x, n->y, n->text, w, n->style);
	grid_flag(&d->a, x, n->y, w, 1, n->flags);
	for (size_t i = 0; i < w; i++)
		net_picture_cell_of(d, x + i, n->y)->marked = true;
	return true;
}

/* Below link I, where a message's name does not look first; how long it takes
 * stands nowhere else than there.  False where there is no room. */
static bool
net_picture_put_below(struct drawing *d, size_t i, struct str text)
{
	bool usual = network_link_is_usual(&d->s->links[i]);
	const struct network_way *way = &d->p->ways[i];
	struct note n = { .below = true,
		/* Between two lines it could be the other's. */
		.only = usual && way->n == 4,
		.text = text,
		.style = usual ? STYLE_DIM : STYLE_WARNING };
	unsigned side;

	walk_enter_layer(way, length_of(way) / 2, &n.x, &n.y, &side);
	n.upright = side == SIDE_UP || side == SIDE_DOWN;
	return put_near(
	    d, &n, usual ? 1 : FAR_ROWS, usual ? text.n : FAR_COLUMNS);
}

/* The faults of a link, and its delay between routers: as much of that as there
 * is room for. */
static void
note_link(struct drawing *d, size_t i)
{
	static const unsigned tries[] = { LINK_WORDS, LINK_LOSS | LINK_LOST,
		LINK_LOST, LINK_LOSS };
	const struct network_link *l = &d->s->links[i];
	bool wan = d->p->spots[l->a].router && d->p->spots[l->b].router;
	unsigned which = wan || l->delayed ? LINK_WORDS : ~LINK_DELAY;
	LOCAL_BUF text = BUF_INIT;
	bool done = false;

	for (size_t k = 0; k < COUNT_OF(tries) && !done; k++) {
		buf_clear(&text);
		network_link_words(l, tries[k] & which, &text);
		done =
		    text.n > 0 && net_picture_put_below(d, i, buf_view(&text));
	}
}

/* ---- messages under way ---- */

static enum canvas_glyph
net_picture_mark_of(const struct network_flight *f, unsigned side)
{
	if (f->stage == FLIGHT_LOST)
		return GLYPH_LOST;
	return grid_head_glyph(
	    grid_line_back(f->back ? grid_line_back(side) : side));
}

/* The mark's cell: where it is by time, or the next one that has none. */
static bool
find_cell(struct drawing *d, const struct network_flight *f, size_t *x,
    size_t *y, unsigned *side)
{
	const struct network_way *way = &d->p->ways[f->link];
	size_t n = length_of(way);
	double part = f->back ? 1 - f->part : f->part;
	size_t at = (size_t)(part * (double)n + 0.5);

	for (size_t k = 0; k <= 2 * n; k++) {
		size_t off = (k + 1) / 2;
		size_t to = k % 2 ? at + off : at - off;

		/* An at - off below 0 is far beyond n. */
		if (to > n)
			continue;
		walk_enter_layer(way, to, x, y, side);
		if (!net_picture_cell_of(d, *x, *y)->marked)
			return true;
	}
	return false;
}

/* So that it can't seem another line's: right above or below, or in the line;
 * at last without space. */
static bool
put_close(struct drawing *d, const struct note *whole, const struct note *brief)
{
	size_t w = utf8_width(whole->text) / 2 + 1;
	size_t v = utf8_width(brief->text) / 2 + 1;
	struct note tight = *brief;

	tight.tight = true;
	return put_near(d, whole, 1, w) || put_into(d, whole) ||
	       put_near(d, brief, 1, v) || put_into(d, brief) ||
	       put_near(d, &tight, 1, v);
}

static void
draw_flight(struct drawing *d, const struct network_flight *f)
{
	unsigned side, flags = f->current ? GRID_BRIGHT : 0;
	size_t x, y;
	enum canvas_style style =
	    f->stage == FLIGHT_LOST ? STYLE_LOST : f->style;
	struct note whole, brief;
	struct str rest;

	if (f->link == NETWORK_NONE || d->p->ways[f->link].n == 0 ||
	    !find_cell(d, f, &x, &y, &side))
		return;
	net_picture_cell_of(d, x, y)->marked = true;
	grid_put(&d->a, x, y, net_picture_mark_of(f, side), style);
	grid_flag(&d->a, x, y, 1, 1, flags);
	whole = (struct note){ .x = x,
		.y = y,
		.upright = side == SIDE_UP || side == SIDE_DOWN,
		.text = str_of(f->text),
		.style = style,
		.flags = flags };
	brief = whole;
	brief.text = str_cut(whole.text, ' ', &rest);
	if (!whole.upright && put_close(d, &whole, &brief))
		return;
	/* "180 Ringing", else "180", before it stands apart. */
	for (size_t rows = 1; rows <= FAR_ROWS; rows++)
		if (put_near(d, &whole, rows, FAR_COLUMNS) ||
		    put_near(d, &brief, rows, FAR_COLUMNS))
			return;
}

void
network_picture_draw(const struct network_picture *p)
{
	struct drawing d = { .p = p, .s = p->s, .a = p->area };

	net_picture_draw_frames(&d);
	draw_lines(&d);
	draw_nodes(&d);
	for (size_t i = 0; i < d.s->nlinks; i++)
		if (p->ways[i].n > 0 && !network_link_is_usual(&d.s->links[i]))
			note_link(&d, i);
	/* The one that the record is about first: it gets the best place. */
	for (size_t i = 0; i < d.s->nflights; i++)
		if (d.s->flights[i].current)
			draw_flight(&d, &d.s->flights[i]);
	for (size_t i = 0; i < d.s->nflights; i++)
		if (!d.s->flights[i].current)
			draw_flight(&d, &d.s->flights[i]);
	for (size_t i = 0; i < d.s->nlinks; i++)
		if (p->ways[i].n > 0 && network_link_is_usual(&d.s->links[i]))
			note_link(&d, i);
}
