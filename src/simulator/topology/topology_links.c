/* Links: their parameters, and that no two are alike. */
#include "topology/topology_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/param.h"

#include <stddef.h>
#include <string.h>

enum form { TIME, SHARE, RATE, NUMBER };

static const struct param {
	const char *name;
	enum form form;
	size_t at;
	uint32_t least; /* of a NUMBER */
} params[] = {
	{ "delay", TIME, offsetof(struct net_link_params, delay_ns), 0 },
	{ "jitter", TIME, offsetof(struct net_link_params, jitter_ns), 0 },
	{ "loss", SHARE, offsetof(struct net_link_params, loss), 0 },
	{ "duplicate", SHARE, offsetof(struct net_link_params, duplicate), 0 },
	{ "rate", RATE, offsetof(struct net_link_params, rate_bps), 0 },
	{ "queue", NUMBER, offsetof(struct net_link_params, queue), 0 },
	{ "mtu", NUMBER, offsetof(struct net_link_params, mtu), 68 },
};

static int
read_param(const struct param *row, struct str value, void *to)
{
	int err;

	switch (row->form) {
	case TIME:
		return param_time(value, to);
	case SHARE:
		return param_share(value, to);
	case RATE:
		return param_rate(value, to);
	case NUMBER:
		err = str_u32(value, to);
		return err == 0 && *(uint32_t *)to < row->least ? ERR_RANGE
								: err;
	}
	return ERR_SYNTAX;
}

int
topology_link_param(
    struct net_link_params *p, const char *name, struct str value)
{
	for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++)
		if (strcmp(params[i].name, name) == 0)
			return read_param(
			    &params[i], value, (char *)p + params[i].at);
	return ERR_NOTFOUND;
}

/* Values were judged: reading them again can't fail. */
static void
take_params(const struct topology_values *v, struct net_link_params *p)
{
	*p = net_link_defaults;
	for (int k = 0; k < TOPOLOGY_NATTRS; k++)
		if (v->of[k].text != NULL)
			topology_link_param(p, topology_attr_rows[k].name,
			    str_of(v->of[k].text));
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
	err = topology_find_face(b, i, e->a, r->a_port, &e->a_face);
	return err == 0 ? topology_find_face(b, i, e->b, r->b_port, &e->b_face)
			: err;
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
