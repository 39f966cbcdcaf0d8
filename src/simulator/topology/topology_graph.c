/*
 * The graph that a file's statements make.
 *
 * Inheritance is Graphviz's: a node takes the defaults in force in the subgraph
 * where it is first named, at that moment; a subgraph those where it is first
 * opened; links those at the end of their statement, which is when they are
 * made, of the nodes that its subgraphs then have.
 */
#include "topology/topology_parse_in.h"

#include "base/err.h"

#include <string.h>

int
topology_no_room(struct topology_reading *r)
{
	return diag_fail_file(r->lex.d, ERR_NOMEM, r->lex.file);
}

/* Room for one more element; what there was goes with the store. */
static int
grow_array(
    struct topology_reading *r, void *array, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? 4 : *cap * 2;
	void *old, *p;

	if (n < *cap)
		return 0;
	p = arena_get(r->g->store, more, size);
	if (p == NULL)
		return topology_no_room(r);
	memcpy(&old, array, sizeof(old));
	if (n > 0)
		memcpy(p, old, n * size);
	memcpy(array, &p, sizeof(p));
	*cap = more;
	return 0;
}

/* [A-Za-z0-9_.-], at most 63: it goes into URIs, file names and sentences. */
bool
topology_is_name(struct str s)
{
	if (s.n == 0 || s.n > 63)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_alnum(s.p[i]) && s.p[i] != '_' && s.p[i] != '.' &&
		    s.p[i] != '-')
			return false;
	return true;
}

/* What TO does not say itself it has from the innermost braces that do. */
static void
inherit(const struct topology_subgraph *from, enum topology_default kind,
    struct topology_values *to)
{
	for (; from != NULL; from = from->parent)
		for (size_t k = 0; k < TOPOLOGY_NATTRS; k++)
			if (to->of[k].line == 0)
				to->of[k] = from->defaults[kind].of[k];
}

/* What OWN says itself replaces what TO has. */
static void
replace_values(struct topology_values *to, const struct topology_values *own)
{
	for (size_t k = 0; k < TOPOLOGY_NATTRS; k++)
		if (own->of[k].own)
			to->of[k] = own->of[k];
}

static int
add_graph_node(struct topology_reading *r, const struct topology_atom *name)
{
	struct topology_graph *g = r->g;
	struct str shown = topology_shown(name->text);
	struct topology_graph_node *n;
	size_t *index;

	if (name->html && str_is(name->text, "-"))
		return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, name->line,
		    _("write a link as --, not <->"));
	if (name->html || !topology_is_name(name->text))
		return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, name->line,
		    _("“%.*s” can't be the name of a node; use letters, "
		      "digits, “_”, “.” and “-”, at most 63"),
		    STR_ARG(shown));
	if (g->nnodes >= TOPOLOGY_NODES_MAX)
		return diag_set(r->lex.d, ERR_LIMIT, r->lex.file, name->line,
		    _("more than %d nodes"), TOPOLOGY_NODES_MAX);
	index = arena_get(g->store, 1, sizeof(*index));
	if (index == NULL || map_put(r->nodes, name->text, index) != 0 ||
	    grow_array(r, &g->nodes, g->nnodes, &g->nodes_cap, sizeof(*n)) != 0)
		return topology_no_room(r);
	*index = g->nnodes;
	n = &g->nodes[g->nnodes++];
	n->name = name->text.p;
	n->line = name->line;
	n->group = n->cluster = "";
	inherit(r->in, DEFAULT_NODE, &n->values);
	return 0;
}

int
topology_name_node(struct topology_reading *r, const struct topology_atom *name)
{
	const size_t *index = map_get(r->nodes, name->text);
	int err = grow_array(
	    r, &r->named, r->nnamed, &r->named_cap, sizeof(*r->named));

	if (err == 0 && index == NULL) {
		err = add_graph_node(r, name);
		index = map_get(r->nodes, name->text);
	}
	if (err != 0)
		return err;
	/* <a> and "a" are two nodes to Graphviz. */
	if (name->html)
		return diag_set(r->lex.d, ERR_SYNTAX, r->lex.file, name->line,
		    "%s", _("an HTML string can't be a node's name"));
	r->named[r->nnamed++] = (struct topology_named){ *index, NULL };
	for (struct topology_subgraph *s = r->in;
	     s != NULL && !topology_subgraph_has(s, *index); s = s->parent)
		s->has[*index / 8] |= (unsigned char)(1u << *index % 8);
	return 0;
}

void
topology_name_port(struct topology_reading *r, const char *port)
{
	r->named[r->nnamed - 1].port = port;
}

int
topology_add_end(struct topology_reading *r, const struct topology_end *end)
{
	int err =
	    grow_array(r, &r->ends, r->nends, &r->ends_cap, sizeof(*r->ends));

	if (err == 0)
		r->ends[r->nends++] = *end;
	return err;
}

bool
topology_end_next(const struct topology_reading *r,
    const struct topology_end *e, size_t *at, struct topology_named *node)
{
	if (e->set == NULL) {
		if (e->from + *at >= e->to)
			return false;
		*node = r->named[e->from + (*at)++];
		return true;
	}
	while (*at < r->g->nnodes && !topology_subgraph_has(e->set, *at))
		++*at;
	*node = (struct topology_named){ (*at)++, NULL };
	return node->node < r->g->nnodes;
}

/* The subgraph NAME of the one that is open, which may be opened again. */
static struct topology_subgraph *
find_subgraph(const struct topology_reading *r, const char *name)
{
	struct topology_subgraph *s = name != NULL ? r->g->top : NULL;

	while (s != NULL && (s->parent != r->in || s->name == NULL ||
				strcmp(s->name, name) != 0))
		s = s->next;
	return s;
}

int
topology_open(struct topology_reading *r, const char *name)
{
	struct topology_subgraph *s = find_subgraph(r, name);

	if (r->depth++ > TOPOLOGY_DEPTH_MAX)
		return diag_set(r->lex.d, ERR_LIMIT, r->lex.file, r->t.line,
		    _("subgraphs are nested deeper than %d"),
		    TOPOLOGY_DEPTH_MAX);
	if (r->opened++ > TOPOLOGY_SUBGRAPHS_MAX)
		return diag_set(r->lex.d, ERR_LIMIT, r->lex.file, r->t.line,
		    _("more than %d subgraphs"), TOPOLOGY_SUBGRAPHS_MAX);
	if (s == NULL) {
		s = arena_get(r->g->store, 1, sizeof(*s));
		if (s == NULL)
			return topology_no_room(r);
		s->name = name;
		s->parent = r->in;
		inherit(s->parent, DEFAULT_GRAPH, &s->values);
		if (r->last != NULL)
			r->last->next = s;
		else
			r->g->top = s;
		r->last = s;
	}
	r->in = s;
	return 0;
}

void
topology_close(struct topology_reading *r)
{
	r->depth--;
	r->in = r->in->parent;
}

/* HTML is for the drawing, no text for people. */
static struct topology_value
value_of(int attr, const struct topology_atom *name,
    const struct topology_atom *value, bool own)
{
	bool none =
	    value->text.n == 0 || (attr == TOPOLOGY_ATTR_label && value->html);

	return (struct topology_value){
		.text = none ? NULL : value->text.p,
		.line = name->line,
		.own = own,
	};
}

struct topology_at
topology_default_at(
    const struct topology_reading *r, enum topology_default kind, unsigned line)
{
	static const enum topology_owner owners[DEFAULTS] = {
		[DEFAULT_GRAPH] = TOPOLOGY_GRAPH,
		[DEFAULT_NODE] = TOPOLOGY_NODE,
		[DEFAULT_EDGE] = TOPOLOGY_EDGE,
	};
	struct topology_at at = {
		.d = r->lex.d,
		.file = r->lex.file,
		.line = line,
		.owner = owners[kind],
	};

	if (kind == DEFAULT_GRAPH && r->in->parent != NULL) {
		at.owner = TOPOLOGY_CLUSTER;
		at.a = str_of(r->in->name);
	}
	return at;
}

int
topology_set_default(struct topology_reading *r, enum topology_default kind,
    const struct topology_atom *name, const struct topology_atom *value)
{
	struct topology_at at = topology_default_at(r, kind, name->line);
	int i = topology_attr_find(name->text);
	int err = topology_judge_name(&at, i, name->text, value->text);

	if (err != 0 || i < 0)
		return err;
	if (at.owner == TOPOLOGY_CLUSTER && i == TOPOLOGY_ATTR_domain &&
	    !topology_is_cluster(r->in))
		return topology_say(&at, ERR_SYNTAX,
		    _("only clusters can have a domain; the name of a cluster "
		      "begins with \"cluster\""));
	r->in->defaults[kind].of[i] = value_of(i, name, value, false);
	if (kind == DEFAULT_GRAPH)
		r->in->values.of[i] = r->in->defaults[kind].of[i];
	/* The graph's own values are judged after settings. */
	if (value->text.n == 0 || at.owner == TOPOLOGY_GRAPH)
		return 0;
	return topology_judge_value(&at, &topology_attr_rows[i], value->text);
}

int
topology_set_attr(struct topology_reading *r, struct topology_at at,
    const struct topology_atom *name, const struct topology_atom *value,
    struct topology_values *values)
{
	int i = topology_attr_find(name->text);
	const char *role = values->of[TOPOLOGY_ATTR_role].text;
	struct topology_at none = { .d = NULL };

	at.d = r->lex.d;
	at.file = r->lex.file;
	at.line = name->line;
	if (at.owner == TOPOLOGY_NODE && role != NULL)
		topology_judge_roles(&none, str_of(role), &at.roles);
	/* Of what Graphviz has as well, the last counts. */
	if (i == TOPOLOGY_ATTR_role && values->of[i].text != NULL)
		return topology_say(&at, ERR_SYNTAX,
		    _("role appears twice; write several roles in one value: "
		      "role=\"%s %.*s\""),
		    values->of[i].text, STR_ARG(topology_shown(value->text)));
	if (i >= 0)
		values->of[i] = value_of(i, name, value, true);
	return topology_judge_name(&at, i, name->text, value->text);
}

void
topology_give_nodes(struct topology_reading *r, size_t first,
    const struct topology_values *values)
{
	struct topology_named n;

	for (size_t at = 0; topology_end_next(r, &r->ends[first], &at, &n);)
		replace_values(&r->g->nodes[n.node].values, values);
}

struct topology_values *
topology_link_values(struct topology_graph *g, struct topology_graph_link *l)
{
	struct topology_values *v = arena_get(g->store, 1, sizeof(*v));

	if (v != NULL) {
		*v = *l->values;
		l->values = v;
	}
	return v;
}

/* A link of L's nodes, either way round, and of its key where it has one. */
static struct topology_graph_link *
graph_find_alike(const struct topology_graph *g,
    const struct topology_graph_link *l, bool any_key)
{
	for (size_t i = 0; i < g->nlinks; i++) {
		struct topology_graph_link *o = &g->links[i];

		if (((o->a == l->a && o->b == l->b) ||
			(o->a == l->b && o->b == l->a)) &&
		    (any_key || l->key == NULL ||
			(o->key != NULL && strcmp(o->key, l->key) == 0)))
			return o;
	}
	return NULL;
}

/* In a strict graph, and where a key says so, a second link of the same nodes
 * is the first. */
static int
graph_make_link(struct topology_reading *r, const struct topology_graph_link *l)
{
	struct topology_graph *g = r->g;
	struct topology_graph_link *old = NULL;
	struct topology_values *v;

	if (++r->linked > TOPOLOGY_LINKS_MAX)
		return diag_set(r->lex.d, ERR_LIMIT, r->lex.file, l->line,
		    _("more than %d links"), TOPOLOGY_LINKS_MAX);
	if (g->strict || l->key != NULL)
		old = graph_find_alike(g, l, false);
	if (old != NULL) {
		v = topology_link_values(g, old);
		if (v == NULL)
			return topology_no_room(r);
		replace_values(v, l->values);
		return 0;
	}
	if (g->strict && (old = graph_find_alike(g, l, true)) != NULL &&
	    old->a == l->a)
		return 0; /* a second key the same way round is overlooked */
	if (grow_array(r, &g->links, g->nlinks, &g->links_cap, sizeof(*l)) != 0)
		return ERR_NOMEM;
	g->links[g->nlinks++] = *l;
	return 0;
}

int
topology_make_links(struct topology_reading *r, size_t first,
    const struct topology_values *values, const char *key)
{
	struct topology_values *all = arena_get(r->g->store, 1, sizeof(*all));
	struct topology_graph_link l = { .key = key, .values = all };
	struct topology_named a, b;
	int err = 0;

	if (all == NULL)
		return topology_no_room(r);
	*all = *values;
	inherit(r->in, DEFAULT_EDGE, all);
	for (size_t k = first; k + 1 < r->nends; k++) {
		const struct topology_end *e = &r->ends[k];

		l.line = e[1].line;
		for (size_t i = 0; topology_end_next(r, e, &i, &a);)
			for (size_t j = 0;
			     err == 0 && topology_end_next(r, e + 1, &j, &b);) {
				l.a = a.node;
				l.b = b.node;
				l.a_port = a.port;
				l.b_port = b.port;
				err = graph_make_link(r, &l);
			}
	}
	return err;
}

int
topology_graph_read(struct topology_graph *g, struct arena *texts,
    struct str text, const char *file, struct diag *d)
{
	struct topology_reading r = { .g = g, .texts = texts };
	int err;

	memset(g, 0, sizeof(*g));
	g->name = "";
	err = topology_lex_begin(&r.lex, text, file, d);
	if (err != 0)
		return err;
	if (map_create(&r.nodes) != 0 || arena_create(&g->store) != 0)
		err = topology_no_room(&r);
	if (err == 0)
		err = topology_open(&r, NULL);
	if (err == 0)
		err = topology_parse(&r);
	for (size_t i = 0; err == 0 && i < g->nnodes; i++)
		topology_place_node(g, i);
	map_destroy(r.nodes);
	buf_free(&r.text);
	return err;
}

void
topology_graph_free(struct topology_graph *g)
{
	arena_destroy(g->store);
	memset(g, 0, sizeof(*g));
}
