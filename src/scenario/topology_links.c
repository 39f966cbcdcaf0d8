/* Links: where they stand, their parameters, and that no two are alike. */
#include "scenario/topology_private.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"

#include <stdlib.h>
#include <string.h>

/* A link by its ends, the smaller first, and its place in its list. */
struct key {
	size_t low, high, order;
};

static int
compare_ends(const struct key *a, const struct key *b)
{
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	return (a->high > b->high) - (a->high < b->high);
}

static int
compare_keys(const void *x, const void *y)
{
	const struct key *a = x, *b = y;
	int c = compare_ends(a, b);

	return c != 0 ? c : (a->order > b->order) - (a->order < b->order);
}

static struct key
key_of(size_t a, size_t b, size_t order)
{
	struct key k = { a < b ? a : b, a < b ? b : a, order };

	return k;
}

/* Each of libcgraph's links (K) gets the line of the scan's (M) that has the
 * same ends, the first the first's, the second the second's. */
static void
match(struct topology_build *b, const struct key *k, const struct key *m)
{
	size_t j = 0;

	for (size_t i = 0; i < b->raw.nlinks; i++) {
		const struct topology_scan_link *l;

		while (j < b->scan.nlinks && compare_ends(&m[j], &k[i]) < 0)
			j++;
		b->lines[k[i].order] = b->scan.reopened_line;
		b->statements[k[i].order] = UINT32_MAX;
		if (j == b->scan.nlinks || compare_ends(&m[j], &k[i]) != 0)
			continue;
		l = &b->scan.links[m[j].order];
		b->lines[k[i].order] = l->line;
		b->statements[k[i].order] = l->statement;
		j++;
	}
}

int
topology_locate_links(struct topology_build *b)
{
	size_t n = b->raw.nlinks, m = b->scan.nlinks;
	struct key *keys = mem_zalloc(n + m + 1, sizeof(*keys));

	b->lines = topology_store_get(b->store, n, sizeof(*b->lines));
	b->statements = topology_store_get(b->store, n, sizeof(*b->statements));
	if (keys == NULL || b->lines == NULL || b->statements == NULL) {
		mem_free(keys);
		return topology_no_memory(b);
	}
	for (size_t i = 0; i < n; i++)
		keys[i] = key_of(b->raw.links[i].a, b->raw.links[i].b, i);
	for (size_t i = 0; i < m; i++)
		keys[n + i] = key_of(b->scan.links[i].a, b->scan.links[i].b, i);
	qsort(keys, n, sizeof(*keys), compare_keys);
	qsort(keys + n, m, sizeof(*keys), compare_keys);
	match(b, keys, keys + n);
	mem_free(keys);
	return 0;
}

/* Values were judged: reading them again can't fail. */
static void
take_params(const struct topology_values *v, struct net_link_params *p)
{
	const char *const *of = v->of;
	uint64_t u;

	*p = net_link_defaults;
	if (of[TOPOLOGY_ATTR_delay] != NULL)
		param_time(str_of(of[TOPOLOGY_ATTR_delay]), &p->delay_ns);
	if (of[TOPOLOGY_ATTR_jitter] != NULL)
		param_time(str_of(of[TOPOLOGY_ATTR_jitter]), &p->jitter_ns);
	if (of[TOPOLOGY_ATTR_loss] != NULL)
		param_share(str_of(of[TOPOLOGY_ATTR_loss]), &p->loss);
	if (of[TOPOLOGY_ATTR_duplicate] != NULL)
		param_share(str_of(of[TOPOLOGY_ATTR_duplicate]), &p->duplicate);
	if (of[TOPOLOGY_ATTR_rate] != NULL)
		param_rate(str_of(of[TOPOLOGY_ATTR_rate]), &p->rate_bps);
	if (of[TOPOLOGY_ATTR_queue] != NULL &&
	    str_u64(str_of(of[TOPOLOGY_ATTR_queue]), &u) == 0)
		p->queue = (uint32_t)u;
	if (of[TOPOLOGY_ATTR_mtu] != NULL &&
	    str_u64(str_of(of[TOPOLOGY_ATTR_mtu]), &u) == 0)
		p->mtu = (uint32_t)u;
}

static int
build_link(struct topology_build *b, size_t i)
{
	const struct topology_raw_link *r = &b->raw.links[i];
	struct topology_edge *e = &b->t->edges[i];
	int err;

	for (int k = 0; k < TOPOLOGY_NATTRS; k++) {
		const struct topology_attr_row *row = &topology_attr_rows[k];
		struct topology_at at;

		if (r->values.of[k] == NULL ||
		    (row->owners & TOPOLOGY_EDGE) == 0)
			continue;
		at = topology_at(b, TOPOLOGY_EDGE, i, k);
		err = topology_judge_value(&at, row, str_of(r->values.of[k]));
		if (err != 0)
			return err;
	}
	e->a = r->a;
	e->b = r->b;
	e->line = b->lines[i];
	take_params(&r->values, &e->params);
	return 0;
}

/* No link from a node to itself, no second one between two nodes. */
static int
check_unique(struct topology_build *b)
{
	size_t n = b->t->nedges, first = SIZE_MAX, other = 0;
	struct key *keys = mem_zalloc(n + 1, sizeof(*keys));
	struct topology_at at;

	if (keys == NULL)
		return topology_no_memory(b);
	for (size_t i = 0; i < n; i++)
		keys[i] = key_of(b->t->edges[i].a, b->t->edges[i].b, i);
	qsort(keys, n, sizeof(*keys), compare_keys);
	for (size_t i = 0; i < n; i++) {
		bool loop = keys[i].low == keys[i].high;
		bool twice = i > 0 && compare_ends(&keys[i - 1], &keys[i]) == 0;

		if ((loop || twice) && keys[i].order < first) {
			first = keys[i].order;
			other = loop ? first : keys[i - 1].order;
		}
	}
	mem_free(keys);
	if (first == SIZE_MAX)
		return 0;
	at = topology_at(b, TOPOLOGY_EDGE, first, -1);
	if (other == first)
		return topology_say(
		    &at, ERR_SYNTAX, _("a node can't be linked to itself"));
	return topology_say(&at, ERR_EXISTS,
	    _("these nodes are linked already in line %u"), b->lines[other]);
}

int
topology_build_links(struct topology_build *b)
{
	struct topology *t = b->t;
	int err = 0;

	t->nedges = b->raw.nlinks;
	t->edges = topology_store_get(b->store, t->nedges, sizeof(*t->edges));
	if (t->edges == NULL)
		return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < t->nedges; i++)
		err = build_link(b, i);
	return err == 0 ? check_unique(b) : err;
}
