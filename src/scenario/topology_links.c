/* Links: their parameters, and that no two are alike. */
#include "scenario/topology_private.h"

#include "base/err.h"
#include "base/map.h"
#include "base/param.h"

/* Values were judged: reading them again can't fail. */
static void
take_params(const struct topology_values *v, struct net_link_params *p)
{
	const struct topology_value *of = v->of;
	uint64_t u;

	*p = net_link_defaults;
	if (of[TOPOLOGY_ATTR_delay].text != NULL)
		param_time(str_of(of[TOPOLOGY_ATTR_delay].text), &p->delay_ns);
	if (of[TOPOLOGY_ATTR_jitter].text != NULL)
		param_time(
		    str_of(of[TOPOLOGY_ATTR_jitter].text), &p->jitter_ns);
	if (of[TOPOLOGY_ATTR_loss].text != NULL)
		param_share(str_of(of[TOPOLOGY_ATTR_loss].text), &p->loss);
	if (of[TOPOLOGY_ATTR_duplicate].text != NULL)
		param_share(
		    str_of(of[TOPOLOGY_ATTR_duplicate].text), &p->duplicate);
	if (of[TOPOLOGY_ATTR_rate].text != NULL)
		param_rate(str_of(of[TOPOLOGY_ATTR_rate].text), &p->rate_bps);
	if (str_u64(str_of(of[TOPOLOGY_ATTR_queue].text), &u) == 0)
		p->queue = (uint32_t)u;
	if (str_u64(str_of(of[TOPOLOGY_ATTR_mtu].text), &u) == 0)
		p->mtu = (uint32_t)u;
}

static int
build_link(struct topology_build *b, size_t i)
{
	const struct topology_graph_link *r = &b->graph.links[i];
	struct topology_edge *e = &b->t->edges[i];
	int err;

	for (int k = 0; k < TOPOLOGY_NATTRS; k++) {
		const struct topology_attr_row *row = &topology_attr_rows[k];
		const char *value = r->values->of[k].text;
		struct topology_at at;

		if (value == NULL || (row->owners & TOPOLOGY_EDGE) == 0)
			continue;
		at = topology_at(b, TOPOLOGY_EDGE, i, k);
		err = topology_judge_value(&at, row, str_of(value));
		if (err != 0)
			return err;
	}
	e->a = r->a;
	e->b = r->b;
	e->line = r->line;
	take_params(r->values, &e->params);
	return 0;
}

/* No link from a node to itself, no second one between two nodes. */
static int
check_unique(struct topology_build *b, size_t i, struct map *pairs)
{
	struct topology_edge *e = &b->t->edges[i];
	size_t ends[] = { e->a < e->b ? e->a : e->b,
		e->a < e->b ? e->b : e->a };
	struct str pair = { (const char *)ends, sizeof(ends) };
	const struct topology_edge *other = map_get(pairs, pair);
	struct topology_at at = topology_at(b, TOPOLOGY_EDGE, i, -1);

	if (e->a == e->b)
		return topology_say(
		    &at, ERR_SYNTAX, _("a node can't be linked to itself"));
	if (other != NULL)
		return topology_say(&at, ERR_EXISTS,
		    _("these nodes are linked already in line %u"),
		    other->line);
	return map_put(pairs, pair, e) == 0 ? 0 : topology_no_memory(b);
}

int
topology_build_links(struct topology_build *b)
{
	struct topology *t = b->t;
	struct map *pairs; /* two nodes → the link between them */
	int err = 0;

	t->nedges = b->graph.nlinks;
	t->edges = arena_get(b->store, t->nedges, sizeof(*t->edges));
	if (t->edges == NULL)
		return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < t->nedges; i++)
		err = build_link(b, i);
	if (map_create(&pairs) != 0)
		return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < t->nedges; i++)
		err = check_unique(b, i, pairs);
	map_destroy(pairs);
	return err;
}
