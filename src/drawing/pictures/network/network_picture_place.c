/* Where everything stands; see pictures/network/network_picture.h. */
#include "pictures/network/network_picture_in.h"

#include "text/utf8.h"

/* Cells: of a line to a host at the least; between two islands; of an island
 * at the least and at the most; of one that has a frame. */
#define LINE_LEAST   3
#define LINE_SHORT   2
#define GAP_LEAST    4
#define ISLAND_LEAST 12
#define ISLAND_MOST  44
#define ONLY_MOST    84
#define FRAME_LEAST  18
/* A box in which two lines of roles make sense. */
#define ROLES_LEAST 9
/* Lines of a host and the space to the next, at the most. */
#define PITCH_MOST 7
/* Rows: between islands and the routers below them. */
#define BELOW 3

/* ---- columns ---- */

static size_t
router_width(const struct placing *g, uint32_t node)
{
	return utf8_width(utf8_clip(network_label(g->s, node), 14)) + 2;
}

/* Cells of the widest name in its frame. */
static size_t
title_width(const struct placing *g)
{
	size_t most = 0;

	for (size_t i = 0; i < g->n; i++) {
		size_t n = utf8_width(g->islands[i].frame) + 4;

		most = n > most ? n : most;
	}
	return most;
}

static void
place_columns(struct placing *g)
{
	size_t n = g->n, gap, w, all, x;

	gap = n == 1 ? 0 : n == 2 ? g->w / 5 : g->w / 10;
	gap = n == 1 ? 0 : gap < GAP_LEAST ? GAP_LEAST : gap > 24 ? 24 : gap;
	/* The names of the frames are worth some of the space between. */
	while (gap > (n == 2 ? 2 * GAP_LEAST : GAP_LEAST) &&
	       (g->w - gap * (n - 1)) / n < title_width(g))
		gap--;
	w = g->w > gap * (n - 1) ? (g->w - gap * (n - 1)) / n : 0;
	if (w > (n == 1 ? ONLY_MOST : ISLAND_MOST))
		w = n == 1 ? ONLY_MOST : ISLAND_MOST;
	all = w * n + gap * (n - 1);
	g->gap = gap;
	x = g->w > all ? (g->w - all) / 2 : 0;
	for (size_t i = 0; i < n; i++, x += w + gap) {
		struct island *d = &g->islands[i];
		size_t half = router_width(g, d->router) / 2, pad;

		d->framed = d->frame.n > 0 && w >= FRAME_LEAST;
		pad = d->framed ? 1 : 0;
		d->x = (uint16_t)x;
		d->w = (uint16_t)w;
		if (n == 1)
			d->bus = (uint16_t)(x + w / 2);
		else if (i == 0)
			d->bus = (uint16_t)(x + w - 1 - pad - half);
		else
			d->bus = (uint16_t)(x + pad + half);
	}
}

/* ---- rows ---- */

static size_t
most_hosts(const struct placing *g)
{
	size_t most = 1;

	for (size_t i = 0; i < g->n; i++) {
		const struct island *d = &g->islands[i];
		size_t right = d->n - d->left;

		most = d->left > most ? d->left : most;
		most = right > most ? right : most;
	}
	return most;
}

/* Links that run below the routers in ROW. */
static size_t
passing(const struct placing *g, const uint32_t *row, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < g->s->nlinks; i++)
		count +=
		    placing_passes(row, n, g->s->links[i].a, g->s->links[i].b);
	return count;
}

/* The row of the line of host I of N beside a bus, whose box is H high. */
static size_t
host_row(const struct placing *g, size_t i, size_t n, size_t h)
{
	size_t top = 1 + (g->region - n * g->pitch) / 2;

	return top + i * g->pitch + (g->pitch - h) / 2 + (h > 1);
}

/* Lines of a host, where its roles need no more. */
static size_t
usual_height(const struct placing *g)
{
	return g->plain || g->pitch < 3 ? 1 : g->pitch < 5 ? 3 : 4;
}

/* That of the host in the middle of N, or between two. */
static size_t
middle_row(const struct placing *g, size_t n)
{
	size_t h = usual_height(g);

	return (host_row(g, (n - 1) / 2, n, h) + host_row(g, n / 2, n, h)) / 2;
}

/* False where there is no room. */
static bool
place_rows(struct placing *g)
{
	uint32_t row[NETWORK_NODES + 1];
	size_t under, most = most_hosts(g), inner;

	placing_routers(g, row);
	under = passing(g, row, g->n);
	g->below = under + (under > 0) + (g->nspine > 0 ? BELOW : 0) +
		   passing(g, g->spine, g->nspine);
	g->middle = g->n <= 2 && g->below == 0;
	/* The frame's name and its two lines. */
	if (g->h < g->below + 3)
		return false;
	inner = g->h - g->below - 2;
	/* And a row for what is written below the lowest line. */
	if (g->below > 0 && inner > 2 * most + 2)
		inner--;
	g->region = g->middle ? inner : inner > 2 ? inner - 2 : 0;
	g->pitch = g->region / most;
	if (g->pitch > PITCH_MOST) {
		g->pitch = PITCH_MOST;
		g->region = PITCH_MOST * most;
		inner = g->middle ? g->region : g->region + 2;
	}
	if (g->pitch < 1)
		return false;
	g->p->frame_h = inner + 2;
	g->row = g->middle ? middle_row(g, most) : inner;
	g->spine_row = g->p->frame_h + under + (under > 0) + BELOW - 2;
	return true;
}

/* ---- spots ---- */

static void
place_router(struct placing *g, uint32_t node, size_t bus, size_t row)
{
	size_t w = router_width(g, node), x = bus > w / 2 ? bus - w / 2 : 0;

	if (x + w > g->w)
		x = g->w > w ? g->w - w : 0;
	g->p->spots[node] = (struct network_spot){ .placed = true,
		.router = true,
		.x = (uint16_t)x,
		.y = (uint16_t)row,
		.w = (uint16_t)(w < g->w ? w : g->w),
		.h = 1,
		.row = (uint16_t)row };
}

/* Cells of the widest box of height H among hosts FROM … before TO of D. */
static size_t
box_width(const struct placing *g, const struct island *d, size_t from,
    size_t to, size_t h)
{
	struct buf roles = BUF_INIT;
	size_t most = 0;

	for (size_t i = from; i < to; i++) {
		size_t name = utf8_width(network_label(g->s, d->hosts[i]));
		size_t role =
		    utf8_width(network_roles(g->s, d->hosts[i], &roles));

		/* The roles stand below the name, or go when there is no
		 * room for them behind it. */
		if (h >= 4 && role > name)
			name = role;
		most = name > most ? name : most;
	}
	buf_free(&roles);
	return most + (h > 1 ? 4 : 0);
}

/* Lines of a box W wide: one more where the roles need a second. */
static size_t
box_height(const struct placing *g, uint32_t node, size_t w)
{
	struct buf roles = BUF_INIT;
	size_t n = utf8_width(network_roles(g->s, node, &roles));

	buf_free(&roles);
	if (g->pitch < 5 || g->plain)
		return usual_height(g);
	return g->pitch >= 6 && w >= ROLES_LEAST && n > w - 4 ? 5 : 4;
}

/* What names without boxes may have of the space behind an island. */
static size_t
space_behind(const struct placing *g, const struct island *d)
{
	size_t end = d->x + d->w, space = g->gap > 2 ? g->gap - 2 : 0;

	if (!g->plain || d->framed || g->n < 2)
		return 0;
	return end + space <= g->w ? space : g->w > end ? g->w - end : 0;
}

/* Cells for the hosts at one side of D's bus. */
static size_t
room_beside(const struct placing *g, const struct island *d, bool left)
{
	size_t pad = d->framed ? 2 : 0, line;
	size_t room =
	    left ? d->bus - d->x - pad : d->x + d->w - pad - d->bus - 1;

	/* The line is seen beside the router, too. */
	line = g->plain && !g->middle ? LINE_SHORT
				      : router_width(g, d->router) / 2 + 1;
	line = line > LINE_LEAST || g->plain ? line : LINE_LEAST;
	/* The space behind a name without a box. */
	line += usual_height(g) == 1;
	room += left ? 0 : space_behind(g, d);
	return room > line ? room - line : 0;
}

/* The names of D's hosts FROM … before TO don't go into boxes in ROOM cells,
 * even without space beside them. */
static bool
cuts_some(const struct placing *g, const struct island *d, size_t from,
    size_t to, size_t room)
{
	return from < to && box_width(g, d, from, to, 3) > room + 2;
}

/* A name that its box would cut stands without one, and so do all. */
static bool
cuts_names(const struct placing *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct island *d = &g->islands[i];

		if (cuts_some(g, d, 0, d->left, room_beside(g, d, true)) ||
		    cuts_some(g, d, d->left, d->n, room_beside(g, d, false)))
			return true;
	}
	return false;
}

static void
place_side(struct placing *g, const struct island *d, bool left)
{
	size_t from = left ? 0 : d->left, to = left ? d->left : d->n;
	size_t n = to - from, pad = d->framed ? 2 : 0, w, room;

	w = box_width(g, d, from, to, usual_height(g));
	room = room_beside(g, d, left);
	w = w < room ? w : room;
	for (size_t i = 0; i < n; i++) {
		uint32_t node = d->hosts[from + i];
		size_t h = box_height(g, node, w);
		size_t row = host_row(g, i, n, h);

		g->p->spots[node] = (struct network_spot){ .placed = w > 0,
			.x = (uint16_t)(left ? d->x + pad
					     : d->x + d->w - pad - w +
						   space_behind(g, d)),
			.y = (uint16_t)(row - (h > 1)),
			.w = (uint16_t)w,
			.h = (uint16_t)h,
			.row = (uint16_t)row };
	}
}

/* Below the first island it is linked to, else below a free one. */
static void
place_spine(struct placing *g)
{
	size_t taken = 0;

	for (size_t i = 0; i < g->nspine; i++) {
		size_t x = g->w * (2 * i + 1) / (2 * g->nspine);

		for (size_t k = 0; k < g->n; k++) {
			bool linked = false;

			for (size_t l = 0; l < g->s->nlinks; l++)
				linked |=
				    placing_neighbour(g, l, g->spine[i]) ==
				    g->islands[k].router;
			if (!linked || k < taken)
				continue;
			x = g->islands[k].bus;
			taken = k + 1;
			break;
		}
		place_router(g, g->spine[i], x, g->spine_row);
	}
}

static void
place_spots(struct placing *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct island *d = &g->islands[i];

		place_router(g, d->router, d->bus, g->row);
		place_side(g, d, true);
		place_side(g, d, false);
		if (d->frame.n > 0)
			g->p->frames[g->p->nframes++] =
			    (struct network_frame){ d->frame, d->x, d->w,
				    d->framed };
	}
	place_spine(g);
}

bool
network_picture_place(struct network_picture *p, const struct network_state *s,
    const struct grid_area *area)
{
	struct placing g = { .p = p, .s = s, .w = area->w, .h = area->h };
	size_t used;

	*p = (struct network_picture){ .s = s };
	g.nnodes = s->nnodes + s->hub;
	if (g.w > NETWORK_WIDTH)
		g.w = NETWORK_WIDTH;
	if (g.h > NETWORK_HEIGHT)
		g.h = NETWORK_HEIGHT;
	if (s->too_large)
		return false;
	placing_find_routers(&g);
	placing_find_islands(&g);
	if (g.n == 0 || g.w < g.n * (ISLAND_LEAST + 3))
		return false;
	place_columns(&g);
	if (!place_rows(&g))
		return false;
	if (usual_height(&g) > 1 && cuts_names(&g)) {
		g.plain = true;
		if (!place_rows(&g))
			return false;
	}
	place_spots(&g);
	placing_place_ways(&g);
	/* One more for what is written below the lowest line. */
	used = p->frame_h + g.below + (g.below > 0);
	g.h = used < g.h ? used : g.h;
	p->area =
	    grid_part(area, (area->w - g.w) / 2, (area->h - g.h) / 2, g.w, g.h);
	return true;
}
