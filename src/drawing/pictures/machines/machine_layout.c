/*
 * Laying out a state diagram: ways, lines, columns (machine_layout_in.h), and
 * with them the figure.
 */
#include "pictures/machines/machine_layout.h"

#include "base/num.h"
#include "pictures/machines/machine_layout_in.h"
#include "pictures/machines/machine_seen.h"
#include "text/utf8.h"
#include "words/state_words.h"

/* ---- which ways there are, and how each runs ---- */

static const struct place *
place_at(const struct layout *l, size_t column, size_t rank)
{
	for (size_t i = 0; i < l->nplaces; i++)
		if (l->places[i].column == column && l->places[i].rank == rank)
			return &l->places[i];
	return NULL;
}

static size_t
index_of_state(const struct layout *l, enum state_id id)
{
	const struct machine_state *s = machine_state_of(l->m, id);

	return s != NULL ? (size_t)(s - l->m->states) : LAYOUT_NONE;
}

static void
machine_layout_place(struct layout *l, size_t i, size_t column, size_t rank)
{
	l->places[i] = (struct place){ .column = column, .rank = rank };
	l->nplaces++;
	l->nranks = num_larger(l->nranks, rank + 1);
	l->ncolumns = num_larger(l->ncolumns, column + 1);
}

/* As the table's grid says; what it does not name goes below. */
static void
place_states(struct layout *l)
{
	bool placed[PICTURE_STATES] = { false };

	for (size_t r = 0; r < MACHINE_RANKS && !l->alone; r++)
		for (size_t c = 0; c < MACHINE_COLUMNS; c++) {
			size_t i = index_of_state(l, l->m->grid[r][c]);

			if (i == LAYOUT_NONE || placed[i])
				continue;
			machine_layout_place(l, i, c, r);
			placed[i] = true;
		}
	for (size_t i = 0; i < l->m->nstates; i++)
		if (!placed[i])
			machine_layout_place(l, i, 0, l->nranks);
}

static struct way *
machine_layout_way_of(struct layout *l, const struct machine_edge *e)
{
	struct way *w = l->ways;

	while (w < &l->ways[l->nways] &&
	       !machine_leads(e, w->edge->from, w->edge->to))
		w++;
	return w;
}

/* Which ways there are. */
static void
find_ways(struct layout *l)
{
	size_t last[PICTURE_EDGES]; /* edge of each way up to now */

	l->nways = 0;
	for (size_t i = 0; i < l->m->nedges; i++) {
		const struct machine_edge *e = &l->m->edges[i];
		struct way *w = machine_layout_way_of(l, e);

		l->next[i] = l->m->nedges;
		if (w < &l->ways[l->nways])
			l->next[last[w - l->ways]] = i;
		last[w - l->ways] = i;
		if (w == &l->ways[l->nways]) {
			*w = (struct way){ .edge = e,
				.from = index_of_state(l, e->from),
				.to = index_of_state(l, e->to) };
			l->nways++;
		}
	}
}

/* No state is in the columns FROM … before TO of RANK. */
static bool
is_row_free(const struct layout *l, size_t rank, size_t from, size_t to)
{
	for (size_t c = from; c < to; c++)
		if (place_at(l, c, rank) != NULL)
			return false;
	return true;
}

/* Straight down or up, with nothing between. */
static bool
is_drop(const struct layout *l, const struct way *w)
{
	const struct place *a = way_from_place(l, w), *b = way_to_place(l, w);
	size_t high = a->rank < b->rank ? a->rank : b->rank;
	size_t low = num_larger(a->rank, b->rank);

	while (++high < low)
		if (place_at(l, a->column, high) != NULL)
			return false;
	return a->column == b->column;
}

/* Columns between a column and a channel. */
static size_t
columns_to(size_t column, size_t channel)
{
	return channel > column ? channel - column - 1 : column - channel;
}

/* The outer side of a column; where there is one column only, ways back go
 * left. */
static bool
machine_layout_is_outer(const struct layout *l, const struct place *a,
    const struct place *b, size_t k)
{
	bool right = k > a->column;

	if (l->ncolumns == 1)
		return right == (b->rank > a->rank);
	return right ? a->column == l->ncolumns - 1 : a->column == 0;
}

static bool
is_shared(const struct layout *l, const struct way *w, size_t channel)
{
	for (const struct way *o = l->ways; o < &l->ways[l->nways]; o++)
		if (o->kind == WAY_LANE && o->to == w->to &&
		    o->channel == channel && l->ncolumns > 1)
			return true;
	return false;
}

/* How well channel K suits W: less is better; SIZE_MAX: not at all. */
static size_t
channel_cost(const struct layout *l, const struct way *w, size_t k)
{
	const struct place *a = way_from_place(l, w), *b = way_to_place(l, w);
	size_t to_a = columns_to(a->column, k), to_b = columns_to(b->column, k);

	if (!is_row_free(l, a->rank, k > a->column ? a->column + 1 : k,
		k > a->column ? k : a->column) ||
	    !is_row_free(l, b->rank, k > b->column ? b->column + 1 : k,
		k > b->column ? k : b->column))
		return SIZE_MAX;
	return 8 * (to_a + to_b) + (to_b > 0 ? 4 : 0) +
	       (a->column == b->column &&
			   machine_layout_is_outer(l, a, b, k) == l->turned
		       ? 2
		       : 0) +
	       (is_shared(l, w, k) ? 0 : 4) +
	       (l->outer && to_a == to_b ? 10 : 0);
}

static bool
choose_channel(struct layout *l, struct way *w)
{
	size_t best = SIZE_MAX, cost;

	for (size_t k = 0; k <= l->ncolumns; k++)
		if ((cost = channel_cost(l, w, k)) < best) {
			best = cost;
			w->channel = k;
		}
	w->right = w->channel > way_from_place(l, w)->column;
	w->in_right = w->channel > way_to_place(l, w)->column;
	return best != SIZE_MAX;
}

static void
find_straight(struct layout *l)
{
	for (size_t i = 0; i < l->nways; i++) {
		struct way *w = &l->ways[i];

		w->kind = WAY_LANE;
		w->channel = LAYOUT_NONE;
		if (w->from == LAYOUT_NONE) {
			w->kind = WAY_DOT;
			l->places[w->to].dot = true;
		} else if (w->from == w->to) {
			w->kind = WAY_LOOP;
			l->places[w->to].loop = true;
		} else if (is_drop(l, w)) {
			w->kind = WAY_DROP;
			if (way_from_place(l, w)->rank <
			    way_to_place(l, w)->rank)
				l->places[w->to].down = true;
			else
				l->places[w->from].up = true;
		}
	}
}

/* Places, and how each way runs; false where states leave a way no room. */
static bool
place_ways(struct layout *l)
{
	place_states(l);
	find_straight(l);
	/* Those from column to column, then those within one, which may join
	 * them. */
	for (int within = 0; within < 2; within++)
		for (struct way *w = l->ways; w < &l->ways[l->nways]; w++)
			if (w->kind == WAY_LANE &&
			    (way_from_place(l, w)->column ==
				way_to_place(l, w)->column) == within &&
			    !choose_channel(l, w))
				return false;
	return true;
}

/* ---- the figure ---- */

/* Cells of a box beside the name. */
#define BESIDE 4

size_t
layout_down_cell(const struct layout *l, const struct place *p)
{
	return p->up || p->dot ? l->widths[p->column] / 2 : 2;
}

size_t
layout_dot_cell(const struct place *p)
{
	return p->up ? 2 : 5;
}

size_t
layout_foot_cell(const struct layout *l, const struct place *p)
{
	return l->widths[p->column] - 2;
}

size_t
layout_first_edge(const struct layout *l, const struct way *w)
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
machine_layout_measure(struct layout *l)
{
	for (size_t c = 0; c < l->ncolumns; c++)
		l->widths[c] = l->box;
	for (size_t i = 0; i < l->nplaces; i++) {
		size_t *width = &l->widths[l->places[i].column];

		*width = num_larger(*width, l->names[i] + BESIDE);
	}
	for (struct way *w = l->ways; w < &l->ways[l->nways]; w++) {
		size_t i = layout_first_edge(l, w), width;

		w->lines = w->width = 0;
		while (i < l->m->nedges) {
			i = layout_text(l, i, &width);
			w->lines += width > 0;
			w->width = num_larger(w->width, width);
		}
	}
}

static void
machine_layout_write_text(struct layout *l, const struct way *w)
{
	const struct place *p =
	    w->from == LAYOUT_NONE ? way_to_place(l, w) : way_from_place(l, w);
	size_t i = layout_first_edge(l, w), width, y = w->text_y, end;

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
machine_layout_add_point(struct picture_route *r, size_t x, size_t y)
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
	const struct place *to = way_to_place(l, w), *from;
	size_t left = l->x[to->column], y = l->y[to->rank];

	if (w->kind == WAY_DOT) {
		machine_layout_add_point(r, left + layout_dot_cell(to), y - 1);
		machine_layout_add_point(r, left + layout_dot_cell(to), y);
	} else if (w->kind == WAY_LOOP) {
		size_t x = left + to->foot,
		       end = left + layout_foot_cell(l, to);

		machine_layout_add_point(r, x, y);
		machine_layout_add_point(r, x, y - 1);
		machine_layout_add_point(r, end, y - 1);
		machine_layout_add_point(r, end, y);
	} else {
		bool up = (from = way_from_place(l, w))->rank > to->rank;
		size_t x = left + (up ? LAYOUT_UP : layout_down_cell(l, to));

		machine_layout_add_point(r, x, frame_of(l, from, !up));
		machine_layout_add_point(r, x, frame_of(l, to, up));
	}
}

/* What leaves at the side. */
static void
draw_sideways(
    const struct layout *l, const struct way *w, struct picture_route *r)
{
	const struct place *from = way_from_place(l, w),
			   *to = way_to_place(l, w);
	size_t left = l->x[to->column], width = l->widths[to->column];

	machine_layout_add_point(r,
	    l->x[from->column] + (w->right ? l->widths[from->column] - 1 : 0),
	    w->y);
	if (w->y != w->in_y) {
		machine_layout_add_point(r, w->x, w->y);
		machine_layout_add_point(r, w->x, w->in_y);
	}
	machine_layout_add_point(
	    r, w->in_right ? left + width : left - 1, w->in_y);
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
		machine_layout_write_text(l, w);
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
machine_layout_lay_out(struct layout *l, const struct choices *c, size_t most)
{
	l->wrap = wraps[c->value[WRAP]];
	l->dash = !c->value[TIGHT];
	l->box = boxes[c->value[BOX]];
	l->over = c->value[OVER];
	l->turned = c->value[TURNED];
	l->outer = c->value[OUTER];
	l->alone = c->alone;
	l->nplaces = l->ncolumns = l->nranks = l->crossings = 0;
	if (!place_ways(l))
		return false;
	machine_layout_measure(l);
	if (!layout_lines(l) || LINE * l->h >= most)
		return false;
	layout_columns(l);
	return true;
}

static size_t
machine_layout_count_lines(const struct layout *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nways; i++)
		n += l->ways[i].lines;
	return n;
}

/* How it looks: less is better.  Low comes before narrow, and a crossing is
 * worth half a line; what does not fit into ROOM comes last. */
static size_t
machine_layout_cost_of(
    struct layout *l, const struct choices *c, size_t room, size_t most)
{
	if (!machine_layout_lay_out(l, c, most))
		return SIZE_MAX;
	return LINE * l->h + l->w + LINE / 2 * l->crossings +
	       (l->dash ? 0 : 2 * LINE) + machine_layout_count_lines(l) +
	       (l->w > room ? TOO_WIDE + 100 * (l->w - room) : 0);
}

/* Each way of choosing has a number below TRIES. */
enum { TRIES = sizeof(wraps) * 2 * sizeof(boxes) * 2 * 2 * 2 };

static size_t
machine_layout_number_of(const struct choices *c)
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
	size_t best = machine_layout_cost_of(l, c, room, SIZE_MAX), before,
	       cost;
	bool tried[TRIES] = { false };

	tried[machine_layout_number_of(c)] = true;
	do {
		before = best;
		for (size_t k = 0; k < CHOICES; k++)
			for (uint8_t v = 0; v < values[k]; v++) {
				struct choices next = *c;
				bool *again;

				next.value[k] = v;
				again = &tried[machine_layout_number_of(&next)];
				if (*again || (k == OUTER && l->ncolumns == 1))
					continue;
				*again = true;
				cost = machine_layout_cost_of(
				    l, &next, room, best);
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
machine_layout_begin(struct layout *l, const struct machine *m)
{
	if (m->nstates == 0 || m->nstates > PICTURE_STATES ||
	    m->nedges > PICTURE_EDGES)
		return false;
	l->m = m;
	for (size_t i = 0; i < m->nstates; i++)
		l->names[i] = utf8_width(
		    state_name(m, str_of(machine_state_name(&m->states[i]))));
	for (size_t i = 0; i < m->nedges; i++)
		l->texts[i] = utf8_width(str_of(event_name(m, &m->edges[i])));
	find_ways(l);
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
	if (!machine_layout_begin(&l, m))
		return false;
	l.f = f;
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
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
	if (!machine_layout_lay_out(&l, &best, SIZE_MAX) || l.w > room)
		return false;
	make_figure(&l);
	return true;
}
