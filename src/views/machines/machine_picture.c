/*
 * Drawing a figure of views/machines/machine_picture_in.h.  First every cell
 * learns what runs through it and to which sides, so that lines that meet
 * become the right corner, branch or crossing; then it is drawn, and the texts
 * over it.
 */
#include "views/machines/machine_path.h"
#include "views/machines/machine_picture_in.h"

#include "base/utf8.h"
#include "draw/grid_lines.h"
#include "words/state_words.h"

#include <string.h>

/* No figure is drawn out to more. */
#define WIDTH_MOST  110
#define HEIGHT_MOST 48
/* Of each place at which more room is let in. */
#define MORE_COLUMNS 6
#define MORE_ROWS    2

enum cell_kind { CELL_NONE, CELL_ROUTE, CELL_TAKEN, CELL_BOX, CELL_LIVE };

struct cell {
	uint8_t sides, kind, head; /* head: the side the arrow comes from */
};

struct drawing {
	const struct machine *m;
	const struct picture_figure *f;
	const struct machine_picture_now *now;
	struct grid_area area;
	size_t w, h;
	uint8_t columns[UINT8_MAX + 1], rows[UINT8_MAX + 1]; /* where to */
	struct cell cells[HEIGHT_MOST][WIDTH_MOST];
};

static const struct picture_figure *const figures[] = {
	&picture_ict,
	&picture_nict,
	&picture_ist,
	&picture_nist,
	&picture_dialog,
	&picture_call,
	&picture_registration,
	&picture_subscription,
};

size_t
picture_count_edge(const struct picture_figure *f, const struct machine_edge *e)
{
	size_t n = 0;

	for (size_t i = 0; i < f->nroutes; i++) {
		const struct picture_route *r = &f->routes[i];

		if (!machine_leads(e, r->from, r->to))
			continue;
		for (size_t k = 0; k < PICTURE_LABELS; k++)
			n += r->labels[k].event == e->event;
	}
	return n;
}

static bool
draws_all(const struct picture_figure *f, const struct machine *m)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (picture_count_edge(f, &m->edges[i]) != 1)
			return false;
	return f->nboxes == m->nstates;
}

const struct picture_figure *
picture_find(const struct machine *m)
{
	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		if (strcmp(m->name, figures[i]->machine) == 0)
			return draws_all(figures[i], m) ? figures[i] : NULL;
	return NULL;
}

bool
machine_picture_size(
    const struct machine *m, size_t room_w, size_t *w, size_t *h)
{
	const struct picture_figure *f = picture_find(m);

	if (f != NULL && f->w <= room_w) {
		*w = f->w;
		*h = f->h;
		return true;
	}
	*w = room_w;
	*h = machine_picture_list_height(m, room_w);
	return false;
}

/* Where each of N columns or rows goes when there are MORE of them, let in
 * behind each of PLACES (0 ends them).  Returns how many there are then. */
static size_t
draw_out(uint8_t *to, size_t n, const uint8_t *places, size_t most, size_t more)
{
	size_t nplaces = 0, end;

	while (nplaces < most && places[nplaces] != 0)
		nplaces++;
	for (size_t i = 0; i <= UINT8_MAX; i++) {
		size_t behind = 0;

		while (behind < nplaces && places[behind] < i)
			behind++;
		end = i + (nplaces != 0 ? more * behind / nplaces : 0);
		to[i] = end < UINT8_MAX ? (uint8_t)end : UINT8_MAX;
	}
	return nplaces != 0 ? n + more : n;
}

/* As much more as ROOM, the number of PLACES and MOST allow. */
static size_t
more_of(size_t room, size_t need, const uint8_t *places, size_t nplaces,
    size_t each, size_t most)
{
	size_t n = 0, more = room - need;

	while (n < nplaces && places[n] != 0)
		n++;
	if (more > n * each)
		more = n * each;
	return need + more > most ? most - need : more;
}

static struct cell *
cell_of(struct drawing *d, size_t x, size_t y)
{
	return &d->cells[y < HEIGHT_MOST ? y : HEIGHT_MOST - 1]
			[x < WIDTH_MOST ? x : WIDTH_MOST - 1];
}

static void
mark_box(struct drawing *d, const struct picture_box *b)
{
	size_t x1 = d->columns[b->x], x2 = d->columns[b->x + b->w - 1];
	size_t y1 = d->rows[b->y], y2 = d->rows[b->y + b->h - 1];
	uint8_t kind =
	    str_is(d->now->state, state_word(b->state)) ? CELL_LIVE : CELL_BOX;

	for (size_t y = y1; y <= y2; y++)
		for (size_t x = x1; x <= x2; x++) {
			struct cell *c = cell_of(d, x, y);

			c->kind = kind;
			if (y == y1 || y == y2)
				c->sides |= (x > x1 ? SIDE_LEFT : 0) |
					    (x < x2 ? SIDE_RIGHT : 0);
			if (x == x1 || x == x2)
				c->sides |= (y > y1 ? SIDE_UP : 0) |
					    (y < y2 ? SIDE_DOWN : 0);
		}
}

static bool
ends(const struct picture_point *p)
{
	return p->x == 0 && p->y == 0;
}

/* Leaves (X, Y) towards SIDE. */
static void
mark_cell(struct drawing *d, size_t x, size_t y, unsigned side, uint8_t kind)
{
	struct cell *c = cell_of(d, x, y);

	c->sides |= (uint8_t)side;
	if (c->kind < CELL_BOX && c->kind < kind)
		c->kind = kind;
}

/* A straight line; returns the side that its end is come to from. */
static unsigned
mark_line(struct drawing *d, const struct picture_point *from,
    const struct picture_point *to, uint8_t kind)
{
	size_t x = d->columns[from->x], y = d->rows[from->y];
	size_t x2 = d->columns[to->x], y2 = d->rows[to->y];
	unsigned out = grid_line_towards(x, y, x2, y2);

	while (x != x2 || y != y2) {
		mark_cell(d, x, y, out, kind);
		grid_line_step(out, &x, &y);
		mark_cell(d, x, y, grid_line_back(out), kind);
	}
	return grid_line_back(out);
}

static bool
is_taken(const struct drawing *d, const struct picture_route *r)
{
	return d->now->edge != NULL &&
	       machine_leads(d->now->edge, r->from, r->to);
}

static void
mark_route(struct drawing *d, const struct picture_route *r)
{
	uint8_t kind = is_taken(d, r) ? CELL_TAKEN : CELL_ROUTE;
	const struct picture_point *p = r->path;
	unsigned from = 0;
	size_t n = 1;
	struct cell *c;

	while (n < PICTURE_POINTS && !ends(&p[n])) {
		from = mark_line(d, &p[n - 1], &p[n], kind);
		n++;
	}
	c = cell_of(d, d->columns[p[n - 1].x], d->rows[p[n - 1].y]);
	c->head = (uint8_t)from;
}

static void
draw_cells(struct drawing *d)
{
	static const uint8_t styles[] = {
		[CELL_NONE] = STYLE_PLAIN,
		[CELL_ROUTE] = STYLE_FRAME,
		[CELL_TAKEN] = STYLE_EDGE,
		[CELL_BOX] = STYLE_PLAIN,
		[CELL_LIVE] = STYLE_LIT,
	};
	bool ascii = d->area.g->ascii;

	for (size_t y = 0; y < d->h; y++)
		for (size_t x = 0; x < d->w; x++) {
			const struct cell *c = cell_of(d, x, y);
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
draw_name(struct drawing *d, const struct picture_box *b)
{
	struct str name = state_name(str_of(state_word(b->state)));
	size_t x1 = d->columns[b->x], x2 = d->columns[b->x + b->w - 1];
	size_t y1 = d->rows[b->y], y2 = d->rows[b->y + b->h - 1];
	size_t room = x2 - x1 - 1, y = y1 + (y2 - y1) / 2;
	size_t n = utf8_width(name);
	size_t x = x1 + 1 + (room > n ? (room - n) / 2 : 0);
	bool live = str_is(d->now->state, state_word(b->state));

	if (live && room >= n + 2)
		grid_fill(&d->area, x - 1, y, n + 2, 1, GLYPH_SPACE, STYLE_LIT);
	grid_text(&d->area, x, y, name, room, live ? STYLE_LIT : STYLE_BOLD);
}

static bool
is_event(const struct drawing *d, const struct picture_route *r,
    const struct picture_label *l)
{
	return is_taken(d, r) && d->now->edge->event == l->event;
}

static struct str
event_of(const struct picture_label *l)
{
	return str_of(i18n_text(event_word(l->event)));
}

/* Labels FROM … before TO of R, one behind the other. */
static void
draw_labels(
    struct drawing *d, const struct picture_route *r, size_t from, size_t to)
{
	const struct picture_label *l = &r->labels[from];
	size_t x = d->columns[l->x], y = d->rows[l->y], width = 0;

	for (size_t i = from; i < to; i++)
		width +=
		    utf8_width(event_of(&r->labels[i])) + (i > from ? 2 : 0);
	if (l->place == PLACE_TO)
		x = x + 1 >= width ? x + 1 - width : 0;
	for (size_t i = from; i < to; i++) {
		if (i > from)
			x += grid_text(
			    &d->area, x, y, STR(", "), 2, STYLE_PLAIN);
		x += grid_text(&d->area, x, y, event_of(&r->labels[i]),
		    SIZE_MAX,
		    is_event(d, r, &r->labels[i]) ? STYLE_EDGE : STYLE_PLAIN);
	}
}

static void
draw_route_text(struct drawing *d, const struct picture_route *r)
{
	size_t i = 0, end;

	/* What comes from nowhere begins with a dot. */
	if (r->from == STATE_NONE)
		grid_put(&d->area, d->columns[r->path[0].x],
		    d->rows[r->path[0].y], GLYPH_BULLET,
		    is_taken(d, r) ? STYLE_EDGE : STYLE_PLAIN);
	for (; i < PICTURE_LABELS && r->labels[i].event != EVENT_NONE;
	     i = end) {
		end = i + 1;
		while (end < PICTURE_LABELS &&
		       r->labels[end].event != EVENT_NONE &&
		       r->labels[end].place == PLACE_NEXT)
			end++;
		draw_labels(d, r, i, end);
	}
}

static void
draw_figure(struct drawing *d)
{
	const struct picture_figure *f = d->f;
	size_t taken = f->nroutes;

	for (size_t i = 0; i < f->nboxes; i++)
		mark_box(d, &f->boxes[i]);
	for (size_t i = 0; i < f->nroutes; i++)
		mark_route(d, &f->routes[i]);
	draw_cells(d);
	for (size_t i = 0; i < f->nboxes; i++)
		draw_name(d, &f->boxes[i]);
	for (size_t i = 0; i < f->nroutes; i++)
		if (is_taken(d, &f->routes[i]))
			taken = i;
		else
			draw_route_text(d, &f->routes[i]);
	/* Nothing stands over the one to look at. */
	if (taken < f->nroutes)
		draw_route_text(d, &f->routes[taken]);
}

void
machine_picture_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area)
{
	const struct picture_figure *f = picture_find(m);
	struct drawing d = { .m = m, .f = f, .now = now };

	if (f == NULL || area->w < f->w || area->h < f->h) {
		picture_list_draw(m, now, area);
		return;
	}
	d.w = draw_out(d.columns, f->w, f->wide, sizeof(f->wide),
	    more_of(area->w, f->w, f->wide, sizeof(f->wide), MORE_COLUMNS,
		WIDTH_MOST));
	d.h = draw_out(d.rows, f->h, f->high, sizeof(f->high),
	    more_of(area->h, f->h, f->high, sizeof(f->high), MORE_ROWS,
		HEIGHT_MOST));
	d.area =
	    grid_part(area, (area->w - d.w) / 2, (area->h - d.h) / 2, d.w, d.h);
	draw_figure(&d);
}
