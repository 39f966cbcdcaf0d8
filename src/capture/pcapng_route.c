/*
 * The ways between nodes where the trace does not tell them: the shortest path
 * by the head's links, of equals by those declared first, through nodes without
 * a role, which are routers; where there is none, through any.  So does the
 * simulated network as long as no link is down.
 */
#include "base/err.h"
#include "base/mem.h"
#include "capture/pcapng_in.h"

/* Tables of ways that are kept. */
#define SLOTS 64

struct slot {
	uint32_t to;    /* + 1; 0: empty */
	uint32_t *next; /* of each node: the link, from 1; 0: no way */
};

struct routes {
	size_t nodes; /* of the head and its links: others have no links */
	bool *router;
	uint32_t *first, *links; /* of node N: links[first[N] … first[N+1]] */
	uint32_t *queue;
	struct slot slots[2][SLOTS];
};

static int
fill_links(struct pcapng *p, struct routes *r)
{
	uint32_t *at = mem_zalloc(r->nodes + 1, sizeof(*at));

	if (at == NULL)
		return ERR_NOMEM;
	for (size_t i = 1; i <= p->links.n; i++) {
		const struct pcapng_link *l = pcapng_link(p, (uint32_t)i);

		r->first[l->na + 1]++;
		r->first[l->nb + 1]++;
	}
	for (size_t i = 0; i < r->nodes; i++)
		r->first[i + 1] += r->first[i];
	for (size_t i = 1; i <= p->links.n; i++) {
		const struct pcapng_link *l = pcapng_link(p, (uint32_t)i);

		r->links[r->first[l->na] + at[l->na]++] = (uint32_t)i;
		r->links[r->first[l->nb] + at[l->nb]++] = (uint32_t)i;
	}
	mem_free(at);
	return 0;
}

int
pcapng_routes_create(struct pcapng *p)
{
	const struct trace_head *h = trace_head(p->t);
	struct routes *r = mem_zalloc(1, sizeof(*r));

	if (r == NULL)
		return ERR_NOMEM;
	p->routes = r;
	r->nodes = p->names.n;
	r->router = mem_zalloc(r->nodes + 1, sizeof(*r->router));
	r->first = mem_zalloc(r->nodes + 2, sizeof(*r->first));
	r->queue = mem_zalloc(r->nodes + 1, sizeof(*r->queue));
	r->links = mem_zalloc(2 * p->links.n + 1, sizeof(*r->links));
	if (r->router == NULL || r->first == NULL || r->queue == NULL ||
	    r->links == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < r->nodes; i++)
		r->router[i] = true;
	for (size_t i = 0; i < h->nnodes; i++)
		r->router[pcapng_node(p, h->nodes[i].name)] =
		    h->nodes[i].role.n == 0;
	return fill_links(p, r);
}

void
pcapng_routes_destroy(struct pcapng *p)
{
	struct routes *r = p->routes;

	if (r == NULL)
		return;
	for (size_t i = 0; i < 2 * SLOTS; i++)
		mem_free(r->slots[i / SLOTS][i % SLOTS].next);
	mem_free(r->router);
	mem_free(r->first);
	mem_free(r->queue);
	mem_free(r->links);
	mem_free(r);
	p->routes = NULL;
}

uint32_t
pcapng_far(struct pcapng *p, uint32_t link, uint32_t at)
{
	const struct pcapng_link *l = pcapng_link(p, link);

	return l->na == at ? l->nb : l->na;
}

/* From TO outwards, breadth first. */
static void
search(struct pcapng *p, uint32_t to, bool any, uint32_t *next)
{
	struct routes *r = p->routes;
	size_t done = 0, n = 0;

	r->queue[n++] = to;
	next[to] = UINT32_MAX;
	while (done < n) {
		uint32_t at = r->queue[done++];

		if (at != to && !any && !r->router[at])
			continue;
		for (uint32_t i = r->first[at]; i < r->first[at + 1]; i++) {
			uint32_t far = pcapng_far(p, r->links[i], at);

			if (next[far] != 0)
				continue;
			next[far] = r->links[i];
			r->queue[n++] = far;
		}
	}
}

static uint32_t
look_up(struct pcapng *p, uint32_t at, uint32_t to, bool any)
{
	struct routes *r = p->routes;
	struct slot *s = &r->slots[any][to % SLOTS];

	if (s->to != to + 1) {
		mem_free(s->next);
		s->to = 0;
		s->next = mem_zalloc(r->nodes, sizeof(*s->next));
		if (s->next == NULL) {
			pcapng_fail(p, ERR_NOMEM);
			return 0;
		}
		s->to = to + 1;
		search(p, to, any, s->next);
	}
	return s->next[at];
}

uint32_t
pcapng_next(struct pcapng *p, uint32_t at, uint32_t to)
{
	uint32_t link;

	if (at >= p->routes->nodes || to >= p->routes->nodes || at == to)
		return 0;
	link = look_up(p, at, to, false);
	return link != 0 ? link : look_up(p, at, to, true);
}
