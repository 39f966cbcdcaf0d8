/* Which way the links of a network's picture run. */
#include "pictures/network/network_picture_in.h"

static size_t
middle_of(const struct network_spot *s)
{
	return s->x + s->w / 2u;
}

static void
add_point(struct network_way *way, size_t x, size_t y)
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
	size_t bus = middle_of(router);
	bool left = host->x < bus;
	size_t edge = left ? host->x + host->w : host->x - 1u;

	/* A name without a box keeps a space. */
	if (host->h == 1)
		edge = left ? edge + 1 : edge - 1;
	add_point(way, edge, host->row);
	if (host->row == router->row) {
		add_point(way, left ? router->x - 1u : router->x + router->w,
		    host->row);
		return;
	}
	add_point(way, bus, host->row);
	add_point(way, bus,
	    host->row < router->row ? router->row - 1u : router->row + 1u);
}

/* Between routers: straight where nothing is between them, else below. */
static void
way_of_routers(struct placing *g, struct network_way *way,
    const struct network_spot *a, const struct network_spot *b, bool passes,
    size_t *under)
{
	size_t ax = middle_of(a), bx = middle_of(b), row;

	if (a->row == b->row && !passes) {
		add_point(way, a->x < b->x ? a->x + a->w : a->x - 1u, a->row);
		add_point(way, a->x < b->x ? b->x - 1u : b->x + b->w, a->row);
		return;
	}
	if (a->row == b->row) {
		/* Below the frame, where there is one. */
		row = a->row + 1u + ++*under;
		add_point(way, ax, a->row + 1u);
		add_point(way, ax, row);
		add_point(way, bx, row);
		add_point(way, bx, a->row + 1u);
		return;
	}
	row = g->spine_row - 1;
	add_point(way, ax, a->row < b->row ? a->row + 1u : a->row - 1u);
	if (ax != bx) {
		add_point(way, ax, row);
		add_point(way, bx, row);
	}
	add_point(way, bx, a->row < b->row ? b->row - 1u : b->row + 1u);
}

void
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
