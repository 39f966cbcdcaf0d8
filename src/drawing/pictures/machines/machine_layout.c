/*
 * Laying out a state diagram: ways, lines, columns (machine_layout_in.h), and
 * with them the figure.
 */
#include "pictures/machines/machine_layout_in.h"

#include "text/utf8.h"
#include "words/state_words.h"

/* Cells of a box beside the name. */
#define BESIDE 4

size_t
layout_down(const struct layout *l, const struct place *p)
{
	return p->up || p->dot ? l->widths[p->column] / 2 : 2;
}

size_t
layout_dot(const struct place *p)
{
	return p->up ? 2 : 5;
}

size_t
layout_foot(const struct layout *l, const struct place *p)
{
	return l->widths[p->column] - 2;
}

size_t
layout_first(const struct layout *l, const struct way *w)
{
	return (size_t)(w->edge - l->m->edges);
}

size_t
layout_text(const struct layout *l, size_t at, size_t *width)
{
	size_t n = 0, i = at;

	for (; i < l->m->nedges; i = l->next[i]) {
		size_t cells = l->texts[i];

		if (n > 0 && n + 2 + cells > l->wrap)
			break;
		n += (n > 0 ? 2 : 0) + cells;
	}
	*width = n;
	return i;
}

static void
measure(struct layout *l)
{
	for (size_t c = 0; c < l->ncolumns; c++)
		l->widths[c] = l->box;
	for (size_t i = 0; i < l->nplaces; i++) {
		size_t *width = &l->widths[l->places[i].column];

		*width = layout_most(*width, l->names[i] + BESIDE);
	}
	for (struct way *w = l->ways; w < &l->ways[l->nways]; w++) {
		size_t i = layout_first(l, w), width;

		w->lines = w->width = 0;
		while (i < l->m->nedges) {
			i = layout_text(l, i, &width);
			w->lines += width > 0;
			w->width = layout_most(w->width, width);
		}
	}
}

static void
write_text(struct layout *l, const struct way *w)
{
	const struct place *p =
	    w->from == LAYOUT_NONE ? way_to(l, w) : way_from(l, w);
	size_t i = layout_first(l, w), width, y = w->text_y, end;

	for (; i < l->m->nedges; y++) {
		int x = (int)l->x[p->column] + w->text_x;

		end = layout_text(l, i, &width);
		if (w->ends)
			x -= (int)width - 1;
		for (; i < end; i = l->next[i]) {
			struct picture_label *label = &l->f->labels[i];
			size_t cells = l->texts[i];

			*label = (struct picture_label){ (uint16_t)x,
				(uint16_t)y, width > cells, w->ends };
			x += (int)cells + 2;
			width -= width > cells ? cells + 2 : width;
		}
	}
}

static void
add_point(struct picture_route *r, size_t x, size_t y)
{
	r->path[r->npoints++] =
	    (struct picture_point){ (uint16_t)x, (uint16_t)y };
}

/* The line of P's frame above, or below. */
static size_t
frame_of(const struct layout *l, const struct place *p, bool below)
{
	return l->y[p->rank] + (below ? p->lines + 1 : 0);
}

/* What runs from the one's frame above or below to the other's. */
static void
draw_upright(
    const struct layout *l, const struct way *w, struct picture_route *r)
{
	const struct place *to = way_to(l, w), *from;
	size_t left = l->x[to->column], y = l->y[to->rank];

	if (w->kind == WAY_DOT) {
		add_point(r, left + layout_dot(to), y - 1);
		add_point(r, left + layout_dot(to), y);
	} else if (w->kind == WAY_LOOP) {
		size_t x = left + to->foot, end = left + layout_foot(l, to);

		add_point(r, x, y);
		add_point(r, x, y - 1);
		add_point(r, end, y - 1);
		add_point(r, end, y);
	} else {
		bool up = (from = way_from(l, w))->rank > to->rank;
		size_t x = left + (up ? LAYOUT_UP : layout_down(l, to));

		add_point(r, x, frame_of(l, from, !up));
		add_point(r, x, frame_of(l, to, up));
	}
}

/* What leaves at the side. */
static void
draw_sideways(
    const struct layout *l, const struct way *w, struct picture_route *r)
{
	const struct place *from = way_from(l, w), *to = way_to(l, w);
	size_t left = l->x[to->column], width = l->widths[to->column];

	add_point(r,
	    l->x[from->column] + (w->right ? l->widths[from->column] - 1 : 0),
	    w->y);
	if (w->y != w->in_y) {
		add_point(r, w->x, w->y);
		add_point(r, w->x, w->in_y);
	}
	add_point(r, w->in_right ? left + width : left - 1, w->in_y);
}

static void
make_figure(struct layout *l)
{
	struct picture_figure *f = l->f;

	*f = (struct picture_figure){ .w = l->w, .h = l->h };
	for (size_t i = 0; i < l->nplaces; i++) {
		const struct place *p = &l->places[i];

		f->boxes[f->nboxes++] =
		    (struct picture_box){ .state = l->m->states[i].id,
			    .x = (uint16_t)l->x[p->column],
			    .y = (uint16_t)l->y[p->rank],
			    .w = (uint16_t)l->widths[p->column],
			    .h = (uint16_t)(p->lines + 2) };
	}
	for (size_t i = 0; i < l->nways; i++) {
		const struct way *w = &l->ways[i];
		struct picture_route *r = &f->routes[f->nroutes++];

		r->from = w->edge->from;
		r->to = w->edge->to;
		if (w->kind == WAY_LANE)
			draw_sideways(l, w, r);
		else
			draw_upright(l, w, r);
		write_text(l, w);
	}
}

/* What can be done in one way or another: the values of each choice. */
enum { WRAP, TIGHT, BOX, OVER, TURNED, OUTER, CHOICES };

struct choices {
	uint8_t value[CHOICES];
	bool alone;
};

static const uint8_t wraps[] = { 60, 44, 34, 30, 27, 24, 20, 15, 1 };
#define NARROWEST (sizeof(wraps) - 1)
static const uint8_t boxes[] = { 14, 16, 18 };
static const uint8_t values[CHOICES] = { [WRAP] = sizeof(wraps),
	[TIGHT] = 2,
	[BOX] = sizeof(boxes),
	[OVER] = 2,
	[TURNED] = 2,
	[OUTER] = 2 };

/* What a line more costs, in cells, and what does not fit. */
#define LINE     8
#define TOO_WIDE 10000

/* Lays L out as C says; false where that cannot be, or costs MOST already. */
static bool
lay_out(struct layout *l, const struct choices *c, size_t most)
{
	l->wrap = wraps[c->value[WRAP]];
	l->dash = !c->value[TIGHT];
	l->box = boxes[c->value[BOX]];
	l->over = c->value[OVER];
	l->turned = c->value[TURNED];
	l->outer = c->value[OUTER];
	l->alone = c->alone;
	l->nplaces = l->ncolumns = l->nranks = l->crossings = 0;
	if (!layout_ways(l))
		return false;
	measure(l);
	if (!layout_lines(l) || LINE * l->h >= most)
		return false;
	layout_columns(l);
	return true;
}

static size_t
count_lines(const struct layout *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nways; i++)
		n += l->ways[i].lines;
	return n;
}

/* How it looks: less is better.  Low comes before narrow, and a crossing is
 * worth half a line; what does not fit into ROOM comes last. */
static size_t
cost_of(struct layout *l, const struct choices *c, size_t room, size_t most)
{
	if (!lay_out(l, c, most))
		return SIZE_MAX;
	return LINE * l->h + l->w + LINE / 2 * l->crossings +
	       (l->dash ? 0 : 2 * LINE) + count_lines(l) +
	       (l->w > room ? TOO_WIDE + 100 * (l->w - room) : 0);
}

/* Each way of choosing has a number below TRIES. */
enum { TRIES = sizeof(wraps) * 2 * sizeof(boxes) * 2 * 2 * 2 };

static size_t
number_of(const struct choices *c)
{
	size_t n = 0;

	for (size_t k = 0; k < CHOICES; k++)
		n = n * values[k] + c->value[k];
	return n;
}

/* Changes one of C after the other as long as that looks better; what did not
 * look better once need not be tried again. */
static size_t
improve(struct layout *l, struct choices *c, size_t room)
{
	size_t best = cost_of(l, c, room, SIZE_MAX), before, cost;
	bool tried[TRIES] = { false };

	tried[number_of(c)] = true;
	do {
		before = best;
		for (size_t k = 0; k < CHOICES; k++)
			for (uint8_t v = 0; v < values[k]; v++) {
				struct choices next = *c;
				bool *again;

				next.value[k] = v;
				again = &tried[number_of(&next)];
				if (*again || (k == OUTER && l->ncolumns == 1))
					continue;
				*again = true;
				cost = cost_of(l, &next, room, best);
				if (cost < best) {
					best = cost;
					*c = next;
				}
			}
	} while (best < before);
	return best;
}

/* The texts' widths, which all tries share. */
static bool
begin(struct layout *l, const struct machine *m)
{
	if (m->nstates == 0 || m->nstates > PICTURE_STATES ||
	    m->nedges > PICTURE_EDGES)
		return false;
	l->m = m;
	for (size_t i = 0; i < m->nstates; i++)
		l->names[i] = utf8_width(
		    state_name(str_of(machine_state_name(&m->states[i]))));
	for (size_t i = 0; i < m->nedges; i++)
		l->texts[i] = utf8_width(
		    str_of(i18n_text(event_word(m->edges[i].event))));
	layout_find_ways(l);
	return true;
}

bool
picture_lay_out(const struct machine *m, size_t room, struct picture_figure *f)
{
	/* Where it begins: a change of one thing alone may look worse. */
	static const struct choices starts[] = {
		{ .value = { [WRAP] = 3 }, .alone = true },
		{ .value = { [WRAP] = 4 } },
		{ .value = { [WRAP] = 3,
		      [TIGHT] = 1,
		      [BOX] = 2,
		      [OUTER] = 1 } },
		{ .value = { [WRAP] = NARROWEST, [TIGHT] = 1 }, .alone = true },
	};
	struct choices best = starts[0];
	size_t cost, least = SIZE_MAX;
	struct layout l;

	*f = (struct picture_figure){ 0 };
	if (!begin(&l, m))
		return false;
	l.f = f;
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		struct choices c = starts[i];

		/* Without a grid all are alone; the last is for what fits no
		 * other way. */
		if (!c.alone && m->grid[0][0] == STATE_NONE)
			continue;
		if (c.value[WRAP] == NARROWEST && least < TOO_WIDE)
			break;
		cost = improve(&l, &c, room);
		if (cost < least) {
			least = cost;
			best = c;
		}
	}
	if (!lay_out(&l, &best, SIZE_MAX) || l.w > room)
		return false;
	make_figure(&l);
	return true;
}
