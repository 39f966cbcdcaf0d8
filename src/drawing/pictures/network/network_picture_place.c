/*
 * What a network's picture is made of, where everything stands, and which way
 * its links run; see pictures/network/network_picture.h.
 */
#include "pictures/network/network_picture.h"
#include "role/role.h"
#include "text/utf8.h"

struct island {
	uint32_t router;
	uint32_t hosts[NETWORK_NODES];
	size_t n, left; /* the first LEFT stand left of the bus */
	uint16_t x, w, bus;
	struct str frame; /* that all its hosts are in; empty: none */
	bool framed;
};

struct placing {
	struct network_picture *p;
	const struct network_state *s;
	uint32_t nnodes; /* with the hub: network_state */
	bool router[NETWORK_NODES + 1];
	uint32_t at[NETWORK_NODES + 1]; /* the router of a host */
	struct island islands[NETWORK_NODES + 1];
	size_t n;
	uint32_t spine[NETWORK_NODES + 1]; /* routers without hosts */
	size_t nspine;
	size_t w, h, row, spine_row; /* rows of the routers */
	size_t pitch, region;        /* rows of a host; of all hosts */
	bool middle;                 /* routers stand among the hosts */
	size_t gap;                  /* between two islands */
	bool plain;                  /* names alone: no room for boxes */
	size_t below; /* rows below the islands, for links and the spine */
};

/* ---- routers, and the hosts on each ---- */

struct str
network_label(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	if (s->hub && node == s->nnodes)
		return str_of(_("network"));
	return node < head->nnodes ? head->nodes[node].name : STR_NULL;
}

static size_t
degree(const struct placing *g, uint32_t node)
{
	size_t n = 0;

	for (size_t i = 0; i < g->s->nlinks; i++)
		n += g->s->links[i].a == node || g->s->links[i].b == node;
	return n;
}

/* The node at the other end of LINK, NETWORK_NONE where it is not NODE's. */
static uint32_t
placing_neighbour(const struct placing *g, size_t link, uint32_t node)
{
	const struct network_link *l = &g->s->links[link];

	return l->a == node ? l->b : l->b == node ? l->a : NETWORK_NONE;
}

/* The router that NODE hangs on: the first of its links that has one. */
static uint32_t
router_of(const struct placing *g, uint32_t node)
{
	for (size_t i = 0; i < g->s->nlinks; i++) {
		uint32_t to = placing_neighbour(g, i, node);

		if (to != NETWORK_NONE && g->router[to])
			return to;
	}
	return NETWORK_NONE;
}

/*
 * Routers are what has no role and a link, and NATs.
 * Where hosts are linked to hosts alone, the one with the most links stands
 * as their router.
 */
static void
placing_find_routers(struct placing *g)
{
	for (uint32_t i = 0; i < g->nnodes; i++)
		g->router[i] = network_forwards(g->s, i) && degree(g, i) > 0;
	for (uint32_t i = 0; i < g->nnodes; i++) {
		uint32_t best = i;

		if (g->router[i] || degree(g, i) == 0 ||
		    router_of(g, i) != NETWORK_NONE)
			continue;
		for (size_t k = 0; k < g->s->nlinks; k++) {
			uint32_t to = placing_neighbour(g, k, i);

			if (to != NETWORK_NONE &&
			    degree(g, to) > degree(g, best))
				best = to;
		}
		g->router[best] = true;
	}
	for (uint32_t i = 0; i < g->nnodes; i++)
		g->at[i] = g->router[i] ? NETWORK_NONE : router_of(g, i);
}

static struct island *
island_of(struct placing *g, uint32_t router)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->islands[i].router == router)
			return &g->islands[i];
	g->islands[g->n] = (struct island){ .router = router };
	return &g->islands[g->n++];
}

/* The frame that hosts A and B both are in; empty where there is none. */
static struct str
common_frame(const struct placing *g, uint32_t a, uint32_t b)
{
	const struct trace_head *head = trace_head(g->s->v->t);

	if (a >= head->nnodes || b >= head->nnodes ||
	    head->nodes[a].frame_first != head->nodes[b].frame_first)
		return STR_NULL;
	return head->nodes[a].frame;
}

static bool
is_phone(const struct placing *g, uint32_t node)
{
	const struct trace_head *head = trace_head(g->s->v->t);

	return node < head->nnodes &&
	       (role_traits(head->nodes[node].role) & TRAIT_PHONE) != 0;
}

/* How many hosts of the only island stand left: about half, but rather where
 * servers end and phones begin. */
static size_t
net_place_split(const struct placing *g, const struct island *d)
{
	size_t best = (d->n + 1) / 2, least = SIZE_MAX;

	for (size_t i = 1; i < d->n; i++) {
		size_t off = 2 * i > d->n ? 2 * i - d->n : d->n - 2 * i;

		if (is_phone(g, d->hosts[i]) == is_phone(g, d->hosts[i - 1]) ||
		    off >= least || off > d->n / 2)
			continue;
		least = off;
		best = i;
	}
	return best;
}

static void
placing_find_islands(struct placing *g)
{
	for (uint32_t i = 0; i < g->nnodes; i++) {
		struct island *d;

		if (g->at[i] == NETWORK_NONE)
			continue;
		d = island_of(g, g->at[i]);
		if (d->n == 0 || d->frame.n > 0)
			d->frame =
			    common_frame(g, d->n > 0 ? d->hosts[0] : i, i);
		d->hosts[d->n++] = i;
	}
	for (uint32_t i = 0; i < g->nnodes; i++) {
		size_t k = 0;

		while (k < g->n && g->islands[k].router != i)
			k++;
		if (g->router[i] && k == g->n)
			g->spine[g->nspine++] = i;
	}
	if (g->n == 1)
		g->islands[0].left = net_place_split(g, &g->islands[0]);
	else if (g->n > 1)
		g->islands[0].left = g->islands[0].n;
}

/*
 * A and B, of the N in ROW, have others between them. The islands stand side
 * by side, so a router between two others is in the way of the link that
 * joins those.
 */
static bool
placing_passes(const uint32_t *row, size_t n, uint32_t a, uint32_t b)
{
	size_t ia = n, ib = n;

	for (size_t i = 0; i < n; i++) {
		ia = row[i] == a ? i : ia;
		ib = row[i] == b ? i : ib;
	}
	return ia < n && ib < n && ia + 1 != ib && ib + 1 != ia;
}

/* The routers of the islands, from left to right. */
static void
placing_routers(const struct placing *g, uint32_t *row)
{
	for (size_t i = 0; i < g->n; i++)
		row[i] = g->islands[i].router;
}

/* ---- which way the links of a network's picture run ---- */

static size_t
net_place_middle_of(const struct network_spot *s)
{
	return s->x + s->w / 2u;
}

static void
net_place_add_point(struct network_way *way, size_t x, size_t y)
{
	if (way->n < NETWORK_POINTS)
		way->p[way->n++] =
		    (struct network_point){ (uint16_t)x, (uint16_t)y };
}

/* From a host to its router: to the bus, then along it. */
static void
way_of_host(struct network_way *way, const struct network_spot *host,
    const struct network_spot *router)
{
	size_t bus = net_place_middle_of(router);
	bool left = host->x < bus;
	size_t edge = left ? host->x + host->w : host->x - 1u;

	/* A name without a box keeps a space. */
	if (host->h == 1)
		edge = left ? edge + 1 : edge - 1;
	net_place_add_point(way, edge, host->row);
	if (host->row == router->row) {
		net_place_add_point(way,
		    left ? router->x - 1u : router->x + router->w, host->row);
		return;
	}
	net_place_add_point(way, bus, host->row);
	net_place_add_point(way, bus,
	    host->row < router->row ? router->row - 1u : router->row + 1u);
}

/* Between routers: straight where nothing is between them, else below. */
static void
way_of_routers(struct placing *g, struct network_way *way,
    const struct network_spot *a, const struct network_spot *b, bool passes,
    size_t *under)
{
	size_t ax = net_place_middle_of(a), bx = net_place_middle_of(b), row;

	if (a->row == b->row && !passes) {
		net_place_add_point(
		    way, a->x < b->x ? a->x + a->w : a->x - 1u, a->row);
		net_place_add_point(
		    way, a->x < b->x ? b->x - 1u : b->x + b->w, a->row);
		return;
	}
	if (a->row == b->row) {
		/* Below the frame, where there is one. */
		row = a->row + 1u + ++*under;
		net_place_add_point(way, ax, a->row + 1u);
		net_place_add_point(way, ax, row);
		net_place_add_point(way, bx, row);
		net_place_add_point(way, bx, a->row + 1u);
		return;
	}
	row = g->spine_row - 1;
	net_place_add_point(
	    way, ax, a->row < b->row ? a->row + 1u : a->row - 1u);
	if (ax != bx) {
		net_place_add_point(way, ax, row);
		net_place_add_point(way, bx, row);
	}
	net_place_add_point(
	    way, bx, a->row < b->row ? b->row - 1u : b->row + 1u);
}

/* When all spots have been found. */
static void
placing_place_ways(struct placing *g)
{
	uint32_t row[NETWORK_NODES + 1];
	size_t under_islands = 0, under_spine = 0;

	placing_routers(g, row);
	for (size_t i = 0; i < g->s->nlinks; i++) {
		uint32_t a = g->s->links[i].a, b = g->s->links[i].b;
		const struct network_spot *sa = &g->p->spots[a];
		const struct network_spot *sb = &g->p->spots[b];
		struct network_way *way = &g->p->ways[i];

		if (!sa->placed || !sb->placed)
			continue;
		if (g->router[a] && g->router[b]) {
			bool over = placing_passes(row, g->n, a, b);
			bool low = placing_passes(g->spine, g->nspine, a, b);

			way_of_routers(g, way, sa, sb, over || low,
			    over ? &under_islands : &under_spine);
		} else if (g->at[a] == b) {
			way_of_host(way, sa, sb);
		} else if (g->at[b] == a) {
			way_of_host(way, sb, sa);
			/* From a to b. */
			for (size_t k = 0; k < way->n / 2; k++) {
				struct network_point q = way->p[k];

				way->p[k] = way->p[way->n - 1 - k];
				way->p[way->n - 1 - k] = q;
			}
		}
	}
}

/* ---- where everything stands ---- */

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
	/* And a row for the text below the lowest line. */
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
	LOCAL_BUF roles = BUF_INIT;
	size_t most = 0;

	for (size_t i = from; i < to; i++) {
		size_t name = utf8_width(network_label(g->s, d->hosts[i]));
		size_t role =
		    utf8_width(network_roles(g->s, d->hosts[i], &roles));

		/* The roles stand below the name, or go when there is no
		 * room for them after it. */
		if (h >= 4 && role > name)
			name = role;
		most = name > most ? name : most;
	}
	return most + (h > 1 ? 4 : 0);
}

/* Lines of a box W wide: one more where the roles need a second. */
static size_t
box_height(const struct placing *g, uint32_t node, size_t w)
{
	LOCAL_BUF roles = BUF_INIT;
	size_t n = utf8_width(network_roles(g->s, node, &roles));

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

	/* The line is seen beside the router as well. */
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
	/* One more for the text below the lowest line. */
	used = p->frame_h + g.below + (g.below > 0);
	g.h = used < g.h ? used : g.h;
	p->area =
	    grid_part(area, (area->w - g.w) / 2, (area->h - g.h) / 2, g.w, g.h);
	return true;
}
