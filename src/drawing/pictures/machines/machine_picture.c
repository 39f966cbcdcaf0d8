/*
 * Drawing a figure of pictures/machines/machine_layout.h, or, in places too
 * small for it, the list of machine_list.c.
 */
#include "pictures/machines/machine_picture.h"

#include "base/err.h"
#include "base/mem.h"
#include "pictures/machines/machine_seen.h"
#include "pictures/machines/machine_picture_in.h"
#include "text/utf8.h"
#include "words/state_words.h"

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

/*
 * First every cell learns what runs through it and to which sides, so that
 * lines that meet become the right corner, branch or crossing; then it is
 * drawn, and the texts over it.
 */
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
