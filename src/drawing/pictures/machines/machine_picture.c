/*
 * Drawing a figure of pictures/machines/machine_layout.h, or, in places too
 * small for it, a machine as a list.
 */
#include "pictures/machines/machine_picture.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "pictures/machines/machine_seen.h"
#include "pictures/machines/machine_picture_in.h"
#include "text/utf8.h"
#include "words/state_words.h"

/*
 * A machine as a list, for places too small for its figure: every state,
 * and below it a line for each state that it leads to, with the events.
 * Where not all fits, the live state is told in full, then the others in
 * turn as long as there is room; of the rest the names stand, then
 * nothing.
 */

#define STATES_MOST 16
/* Cells before the name that an edge leads to. */
#define BRANCH 3

struct listing {
	const struct machine *m;
	const struct machine_picture_now *now;
	const struct grid_area *area; /* NULL: lines are only counted */
	size_t width, names;          /* cells of the longest state */
	size_t y;
};

/* Before the first step; it has no name, only edges. */
static bool
is_dot(const struct machine *m, enum state_id state)
{
	return machine_state_of(m, state) == NULL;
}

/* The states in the order shown; the one before the first step comes first,
 * also where it is none of the table's. */
static size_t
list_states(const struct machine *m, enum state_id *states)
{
	size_t n = 0;

	if (is_dot(m, m->start))
		states[n++] = m->start;
	for (size_t i = 0; i < m->nstates && n < STATES_MOST; i++)
		states[n++] = m->states[i].id;
	return n;
}

static bool
has_edge(const struct machine *m, enum state_id from, enum state_id to)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (machine_leads(&m->edges[i], from, to))
			return true;
	return false;
}

static size_t
machine_box_put(
    struct listing *l, size_t x, const char *text, enum canvas_style style)
{
	if (l->area == NULL)
		return utf8_width(str_of(text));
	return grid_text(l->area, x, l->y, str_of(text), SIZE_MAX, style);
}

static void
put_glyph(struct listing *l, size_t x, enum canvas_glyph glyph, bool taken)
{
	if (l->area != NULL)
		grid_put(
		    l->area, x, l->y, glyph, taken ? STYLE_EDGE : STYLE_FRAME);
}

/* The edges FROM → TO, on as many lines as they need. */
static void
list_edges(struct listing *l, enum state_id from, enum state_id to, bool last)
{
	const struct machine_edge *now = l->now->edge;
	bool taken = now != NULL && machine_leads(now, from, to);
	size_t first = BRANCH + l->names + 2, x = first;
	bool any = false;

	put_glyph(l, 0,
	    is_dot(l->m, from) ? GLYPH_BULLET
	    : last             ? GLYPH_CORNER_BL
			       : GLYPH_FROM_LEFT,
	    taken);
	put_glyph(l, 1, GLYPH_TO_RIGHT, taken);
	machine_box_put(
	    l, BRANCH, state_word(to), taken ? STYLE_EDGE : STYLE_PLAIN);
	for (size_t i = 0; i < l->m->nedges; i++) {
		const struct machine_edge *e = &l->m->edges[i];

		if (!machine_leads(e, from, to))
			continue;
		if (any)
			x += machine_box_put(l, x, ",", STYLE_PLAIN) + 1;
		/* What does not fit goes on below; a word too long for any
		 * line is clipped. */
		if (any && x + utf8_width(str_of(event_name(l->m, e))) + 1 >
			       l->width) {
			l->y++;
			x = first;
			if (!last)
				put_glyph(l, 0, GLYPH_LIFE, false);
		}
		x += machine_box_put(l, x, event_name(l->m, e),
		    e == now ? STYLE_EDGE : STYLE_PLAIN);
		any = true;
	}
	l->y++;
}

/* What STATE leads to, in the order of the states. */
static void
list_groups(struct listing *l, enum state_id state)
{
	enum state_id states[STATES_MOST], last = STATE_NONE;
	size_t n = list_states(l->m, states);

	for (size_t i = 0; i < n; i++)
		if (has_edge(l->m, state, states[i]))
			last = states[i];
	for (size_t i = 0; i < n; i++)
		if (has_edge(l->m, state, states[i]))
			list_edges(l, state, states[i], states[i] == last);
}

static void
list_name(struct listing *l, enum state_id state)
{
	struct str name = state_name(l->m, str_of(state_word(state)));
	bool live = str_is(l->now->state, state_word(state));
	size_t n = utf8_width(name);

	if (live) {
		grid_fill(l->area, 0, l->y, l->names + BRANCH + 1, 1,
		    l->area->g->ascii ? GLYPH_BLOCK : GLYPH_SHADE, STYLE_LIT);
		grid_fill(l->area, 1, l->y, n + 2, 1, GLYPH_SPACE, STYLE_LIT);
		grid_text(l->area, 2, l->y, name, SIZE_MAX, STYLE_LIT);
	} else {
		grid_text(l->area, 0, l->y, name, SIZE_MAX, STYLE_BOLD);
	}
	l->y++;
}

static struct listing
listing_of(const struct machine *m, const struct machine_picture_now *now,
    size_t width)
{
	struct listing l = { .m = m, .now = now, .width = width };

	for (size_t i = 0; i < m->nstates; i++) {
		struct str name =
		    state_name(m, str_of(machine_state_name(&m->states[i])));
		size_t n = utf8_width(name);

		l.names = n > l.names ? n : l.names;
	}
	return l;
}

/* Lines of what STATE leads to. */
static size_t
groups_height(struct listing *l, enum state_id state)
{
	struct listing count = *l;

	count.area = NULL;
	count.y = 0;
	list_groups(&count, state);
	return count.y;
}

size_t
machine_picture_list_height(const struct machine *m, size_t width)
{
	static const struct machine_picture_now nothing;
	struct listing l = listing_of(m, &nothing, width);
	enum state_id states[STATES_MOST];
	size_t n = list_states(m, states), h = 0;

	for (size_t i = 0; i < n; i++)
		h += !is_dot(m, states[i]) + groups_height(&l, states[i]);
	return h;
}

/* Which of N states are told in full, in a height of H: the live one, those
 * after it, those before it. */
static void
choose_states(struct listing *l, const enum state_id *states, size_t n,
    size_t live, size_t h, bool *full)
{
	size_t room = h > n ? h - n : 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = (live + i) % n;
		size_t need = groups_height(l, states[at]);

		/* Its one line less makes up for the first of these. */
		need -= is_dot(l->m, states[at]) && need > 0;
		full[at] = need <= room;
		if (full[at])
			room -= need;
	}
}

void
picture_list_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area)
{
	struct listing l = listing_of(m, now, area->w);
	enum state_id states[STATES_MOST];
	bool full[STATES_MOST] = { false };
	size_t n = list_states(m, states), live = 0, i = 0;

	for (size_t k = 0; k < n; k++)
		if (str_is(now->state, state_word(states[k])))
			live = k;
	choose_states(&l, states, n, live, area->h, full);
	/* Not even that fits beside all names: the live one and what follows.
	 */
	if (area->h < n || !full[live]) {
		full[live] = true;
		i = live;
	}
	l.area = area;
	for (; i < n && l.y < area->h; i++) {
		if (!is_dot(m, states[i]))
			list_name(&l, states[i]);
		if (full[i])
			list_groups(&l, states[i]);
		else if (!is_dot(m, states[i]) &&
			 groups_height(&l, states[i]) > 0)
			grid_put(area, l.names + BRANCH + 2, l.y - 1,
			    GLYPH_MORE, STYLE_DIM);
	}
}

/*
 * Drawing a figure of pictures/machines/machine_layout.h. First every
 * cell learns what runs through it and to which sides, so that lines that
 * meet become the right corner, branch or crossing; then it is drawn, and
 * the texts over it.
 */

/* No figure is laid out wider. */
#define WIDTH_MOST 110

enum cell_kind { CELL_NONE, CELL_ROUTE, CELL_TAKEN, CELL_BOX, CELL_LIVE };

struct cell {
	uint8_t sides, kind, head; /* head: the side the arrow comes from */
};

struct drawing {
	const struct machine *m;
	const struct machine_picture_now *now;
	struct grid_area area;
	const struct picture_figure *f;
	struct cell *cells; /* of each line of the figure; owned */
};

bool
picture_figure_fit(
    const struct machine *m, size_t room, struct picture_figure *f)
{
	return picture_lay_out(m, room < WIDTH_MOST ? room : WIDTH_MOST, f);
}

bool
machine_picture_size(
    const struct machine *m, size_t room_w, size_t *w, size_t *h)
{
	struct picture_figure f;

	if (picture_figure_fit(m, room_w, &f)) {
		*w = f.w;
		*h = f.h;
		return true;
	}
	*w = room_w;
	*h = machine_picture_list_height(m, room_w);
	return false;
}

static struct cell *
machine_box_cell_of(struct drawing *d, size_t x, size_t y)
{
	return &d->cells[y * d->f->w + x];
}

static void
mark_box(struct drawing *d, const struct picture_box *b)
{
	size_t x1 = b->x, x2 = b->x + b->w - 1u;
	size_t y1 = b->y, y2 = b->y + b->h - 1u;
	uint8_t kind =
	    str_is(d->now->state, state_word(b->state)) ? CELL_LIVE : CELL_BOX;

	for (size_t y = y1; y <= y2; y++)
		for (size_t x = x1; x <= x2; x++) {
			struct cell *c = machine_box_cell_of(d, x, y);

			c->kind = kind;
			if (y == y1 || y == y2)
				c->sides |= (x > x1 ? SIDE_LEFT : 0) |
					    (x < x2 ? SIDE_RIGHT : 0);
			if (x == x1 || x == x2)
				c->sides |= (y > y1 ? SIDE_UP : 0) |
					    (y < y2 ? SIDE_DOWN : 0);
		}
}

/* Leaves (X, Y) towards SIDE. */
static void
mark_cell(struct drawing *d, size_t x, size_t y, unsigned side, uint8_t kind)
{
	struct cell *c = machine_box_cell_of(d, x, y);

	c->sides |= (uint8_t)side;
	if (c->kind < CELL_BOX && c->kind < kind)
		c->kind = kind;
}

/* A straight line; returns the side that its end is come to from. */
static unsigned
mark_line(struct drawing *d, const struct picture_point *from,
    const struct picture_point *to, uint8_t kind)
{
	size_t x = from->x, y = from->y;
	unsigned out = grid_line_towards(x, y, to->x, to->y);

	while (x != to->x || y != to->y) {
		mark_cell(d, x, y, out, kind);
		grid_line_step(out, &x, &y);
		mark_cell(d, x, y, grid_line_back(out), kind);
	}
	return grid_line_back(out);
}

static bool
machine_box_is_taken(const struct drawing *d, const struct picture_route *r)
{
	return d->now->edge != NULL &&
	       machine_leads(d->now->edge, r->from, r->to);
}

static void
mark_route(struct drawing *d, const struct picture_route *r)
{
	uint8_t kind = machine_box_is_taken(d, r) ? CELL_TAKEN : CELL_ROUTE;
	const struct picture_point *p = r->path;
	unsigned from = 0;

	for (size_t i = 1; i < r->npoints; i++)
		from = mark_line(d, &p[i - 1], &p[i], kind);
	p = &r->path[r->npoints - 1];
	machine_box_cell_of(d, p->x, p->y)->head = (uint8_t)from;
}

static void
machine_box_draw_cells(struct drawing *d)
{
	static const uint8_t styles[] = {
		[CELL_NONE] = STYLE_PLAIN,
		[CELL_ROUTE] = STYLE_FRAME,
		[CELL_TAKEN] = STYLE_EDGE,
		[CELL_BOX] = STYLE_PLAIN,
		[CELL_LIVE] = STYLE_LIT,
	};
	bool ascii = d->area.g->ascii;

	for (size_t y = 0; y < d->f->h; y++)
		for (size_t x = 0; x < d->f->w; x++) {
			const struct cell *c = machine_box_cell_of(d, x, y);
			enum canvas_glyph g = grid_line_glyph(c->sides);

			if (c->kind == CELL_NONE)
				continue;
			if (c->head != 0)
				g = grid_head_glyph(c->head);
			else if (c->kind == CELL_LIVE && c->sides == 0)
				g = ascii ? GLYPH_BLOCK : GLYPH_SHADE;
			grid_put(&d->area, x, y, g,
			    (enum canvas_style)styles[c->kind]);
		}
}

static void
machine_box_draw_name(struct drawing *d, const struct picture_box *b)
{
	struct str name = state_name(d->m, str_of(state_word(b->state)));
	size_t x1 = b->x, x2 = b->x + b->w - 1u;
	size_t y1 = b->y, y2 = b->y + b->h - 1u;
	size_t room = x2 - x1 - 1, y = y1 + (y2 - y1) / 2;
	size_t n = utf8_width(name);
	size_t x = x1 + 1 + (room > n ? (room - n) / 2 : 0);
	bool live = str_is(d->now->state, state_word(b->state));

	if (live && room >= n + 2)
		grid_fill(&d->area, x - 1, y, n + 2, 1, GLYPH_SPACE, STYLE_LIT);
	grid_text(&d->area, x, y, name, room, live ? STYLE_LIT : STYLE_BOLD);
}

static void
machine_box_draw_label(struct drawing *d, size_t i)
{
	const struct machine_edge *e = &d->m->edges[i];
	const struct picture_label *l = &d->f->labels[i];
	size_t n = grid_text(&d->area, l->x, l->y, str_of(event_name(d->m, e)),
	    SIZE_MAX, e == d->now->edge ? STYLE_EDGE : STYLE_PLAIN);

	if (l->comma)
		grid_text(&d->area, l->x + n, l->y, STR(", "), 2, STYLE_PLAIN);
}

static void
draw_figure(struct drawing *d)
{
	const struct picture_figure *f = d->f;

	for (size_t i = 0; i < f->nboxes; i++)
		mark_box(d, &f->boxes[i]);
	for (size_t i = 0; i < f->nroutes; i++)
		mark_route(d, &f->routes[i]);
	machine_box_draw_cells(d);
	for (size_t i = 0; i < f->nboxes; i++)
		machine_box_draw_name(d, &f->boxes[i]);
	for (size_t i = 0; i < f->nroutes; i++)
		/* A way from nowhere begins with a dot. */
		if (machine_state_of(d->m, f->routes[i].from) == NULL)
			grid_put(&d->area, f->routes[i].path[0].x,
			    f->routes[i].path[0].y, GLYPH_BULLET,
			    machine_box_is_taken(d, &f->routes[i])
				? STYLE_EDGE
				: STYLE_PLAIN);
	for (size_t i = 0; i < d->m->nedges; i++)
		machine_box_draw_label(d, i);
}

void
picture_figure_draw(const struct machine *m, const struct picture_figure *f,
    const struct machine_picture_now *now, const struct grid_area *area)
{
	struct drawing d = { .m = m, .f = f, .now = now };

	if (area->w < f->w || area->h < f->h) {
		picture_list_draw(m, now, area);
		return;
	}
	d.cells = mem_zalloc(f->w * f->h, sizeof(*d.cells));
	if (d.cells == NULL) {
		area->g->err = ERR_NOMEM;
		return;
	}
	d.area = grid_part(
	    area, (area->w - f->w) / 2, (area->h - f->h) / 2, f->w, f->h);
	draw_figure(&d);
	mem_free(d.cells);
}

void
machine_picture_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area)
{
	struct picture_figure f;

	if (picture_figure_fit(m, area->w, &f))
		picture_figure_draw(m, &f, now, area);
	else
		picture_list_draw(m, now, area);
}
