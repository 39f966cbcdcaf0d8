/*
 * Nodes: roles, the attributes that fit them, domains, and the nodes that
 * others name.
 */
#include "topology/topology_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/param.h"
#include "role/rows.h"

#include <string.h>

#define R(word) ROLE_BIT(word)

/* The words with single spaces between. */
static const char *
tidy_words(struct topology_build *b, const char *words)
{
	struct buf out = BUF_INIT;
	struct str rest = str_of(words);
	const char *copy = NULL;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n == 0)
			continue;
		if (out.n > 0)
			buf_putc(&out, ' ');
		buf_str(&out, word);
	}
	if (out.err == 0)
		copy = arena_str(b->store, buf_view(&out));
	buf_free(&out);
	return copy;
}

/* "ua, gateway": the roles of a mask, those that this version has. */
static void
write_roles(uint64_t roles, struct buf *out)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if ((roles & role_rows[i].is) == 0 ||
		    (role_rows[i].traits & TRAIT_NOW) == 0)
			continue;
		if (out->n > 0)
			buf_puts(out, ", ");
		buf_puts(out, role_rows[i].word);
	}
}

static int
say_unfit(const struct topology_at *at, const struct topology_attr_row *row,
    const char *role)
{
	struct buf roles = BUF_INIT;
	int err;

	write_roles(row->roles, &roles);
	if (role[0] == '\0')
		err = topology_say(at, ERR_SYNTAX,
		    _("%s belongs to the roles %s; this node is a router"),
		    row->name, buf_cstr(&roles));
	else
		err = topology_say(at, ERR_SYNTAX,
		    _("%s belongs to the roles %s; this node has “%s”"),
		    row->name, buf_cstr(&roles), role);
	buf_free(&roles);
	return err;
}

/* Judges one value; an inherited one that does not fit the role goes. */
static int
judge_attr(struct topology_build *b, size_t i, int attr)
{
	const struct topology_attr_row *row = &topology_attr_rows[attr];
	struct topology_values *v = &b->graph.nodes[i].values;
	struct topology_at at = topology_at(b, TOPOLOGY_NODE, i, attr);
	bool own = v->of[attr].own || at.setting != NULL;

	if ((row->owners & TOPOLOGY_NODE) == 0) {
		v->of[attr].text = NULL;
		return 0;
	}
	if (row->roles != 0 && (row->roles & b->roles[i]) == 0) {
		if (own)
			return say_unfit(&at, row, b->t->nodes[i].role);
		v->of[attr].text = NULL;
		return 0;
	}
	at.roles = b->roles[i];
	return topology_judge_value(&at, row, str_of(v->of[attr].text));
}

static int
build_attrs(struct topology_build *b, size_t i)
{
	struct topology_node *n = &b->t->nodes[i];
	const struct topology_values *v = &b->graph.nodes[i].values;
	struct topology_attr *attrs;
	int err;

	for (int k = 0; k < TOPOLOGY_NATTRS; k++) {
		if (v->of[k].text == NULL)
			continue;
		err = judge_attr(b, i, k);
		if (err != 0)
			return err;
		n->nattrs += v->of[k].text != NULL;
	}
	attrs = arena_get(b->store, n->nattrs, sizeof(*attrs));
	if (attrs == NULL)
		return topology_no_memory(b);
	n->attrs = attrs;
	for (int k = 0; k < TOPOLOGY_NATTRS; k++) {
		struct topology_at at;

		if (v->of[k].text == NULL)
			continue;
		at = topology_at(b, TOPOLOGY_NODE, i, k);
		attrs->name = topology_attr_rows[k].name;
		attrs->value = v->of[k].text;
		attrs->line = at.setting != NULL ? 0 : at.line;
		attrs++;
	}
	return 0;
}

static const char *
domain_of(const struct topology_build *b, const struct topology_graph_node *r)
{
	const char *graphs = b->graph.top->values.of[TOPOLOGY_ATTR_domain].text;

	if (r->values.of[TOPOLOGY_ATTR_domain].text != NULL)
		return r->values.of[TOPOLOGY_ATTR_domain].text;
	if (r->domain != NULL)
		return r->domain;
	return graphs != NULL ? graphs : "";
}

static int
build_node(struct topology_build *b, size_t i)
{
	struct topology_node *n = &b->t->nodes[i];
	const struct topology_graph_node *r = &b->graph.nodes[i];
	const char *role = r->values.of[TOPOLOGY_ATTR_role].text;
	struct topology_at at = topology_at(b, TOPOLOGY_NODE, i, -1);
	int err;

	n->name = r->name;
	n->line = r->line;
	n->group = r->group;
	n->cluster = r->cluster;
	n->role = "";
	if (r->strange != NULL)
		return topology_say(&at, ERR_SYNTAX,
		    _("it stands in %s and in %s; links between clusters "
		      "belong outside of them"),
		    r->innermost, r->strange);
	if (role != NULL) {
		at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
		err = topology_judge_roles(&at, str_of(role), &b->roles[i]);
		if (err != 0)
			return err;
		n->role = tidy_words(b, role);
		if (n->role == NULL)
			return topology_no_memory(b);
	}
	err = build_attrs(b, i);
	n->domain = domain_of(b, r);
	return err;
}

/* Who may be named by which attribute. */
static const struct {
	int attr;
	uint64_t roles;
} references[] = {
	{ TOPOLOGY_ATTR_outbound, R(proxy) | R(b2bua) | R(sbc) | R(script) },
	{ TOPOLOGY_ATTR_location, R(location) },
	{ TOPOLOGY_ATTR_service_route, R(proxy) },
	{ TOPOLOGY_ATTR_use_proxy, R(proxy) },
	{ TOPOLOGY_ATTR_dns, R(dns) },
	{ TOPOLOGY_ATTR_hints, R(dns) },
	{ TOPOLOGY_ATTR_stun, R(stun) },
	{ TOPOLOGY_ATTR_hss, R(hss) },
	{ TOPOLOGY_ATTR_serving, R(registrar) },
	{ TOPOLOGY_ATTR_third_party, R(script) | R(registrar) },
	/* A proxy that names itself asks nobody else. */
	{ TOPOLOGY_ATTR_presence_agent, R(presence) | R(proxy) },
	{ TOPOLOGY_ATTR_gateways, R(mg) },
	{ TOPOLOGY_ATTR_controller, R(mgc) | R(script) },
	{ TOPOLOGY_ATTR_trunks, R(gateway) | R(switch) },
};

/* NAME is of a node, and that has one of the ROLES. */
static int
check_name(struct topology_build *b, const struct topology_at *at,
    const char *what, struct str name, uint64_t roles)
{
	const struct topology_node *n = map_get(b->t->by_name, name);
	struct str shown = topology_shown(name);
	struct buf words = BUF_INIT;
	const char *near;
	int err;

	if (n != NULL) {
		if ((b->roles[n - b->t->nodes] & roles) != 0)
			return 0;
		write_roles(roles, &words);
		err = topology_say(at, ERR_SYNTAX,
		    _("%s is %s, which does not have the role %s"), what,
		    n->name, buf_cstr(&words));
		buf_free(&words);
		return err;
	}
	near = param_nearest(
	    name, &b->t->nodes[0].name, b->t->nnodes, sizeof(b->t->nodes[0]));
	if (near == NULL)
		return topology_say(at, ERR_NOTFOUND,
		    _("%s is “%.*s”, but there is no such node"), what,
		    STR_ARG(shown));
	return topology_say(at, ERR_NOTFOUND,
	    _("%s is “%.*s”, but there is no such node, did you mean "
	      "“%s”?"),
	    what, STR_ARG(shown), near);
}

/* The names in an attribute's value, one or several; circuits stand behind. */
static int
check_reference(struct topology_build *b, size_t i, int attr, uint64_t roles)
{
	const struct topology_attr_row *row = &topology_attr_rows[attr];
	const char *value = b->graph.nodes[i].values.of[attr].text;
	struct topology_at at = topology_at(b, TOPOLOGY_NODE, i, attr);
	struct str rest = str_of(value != NULL ? value : "");
	int err = 0;

	if (value != NULL && row->type == TOPOLOGY_TYPE_NODE_NAME)
		return check_name(b, &at, row->name, rest, roles);
	while (err == 0 && rest.n > 0) {
		struct str behind, word = str_cut(rest, ' ', &rest);

		if (row->type == TOPOLOGY_TYPE_CIRCUITS)
			word = str_cut(word, ':', &behind);
		if (word.n > 0)
			err = check_name(b, &at, row->name, word, roles);
	}
	return err;
}

/* RFC 3261 10.3, 8.3: a registrar writes to a location service, a redirect
 * server reads from it, unless it sends everybody to one proxy. */
static int
check_location(struct topology_build *b, size_t i, const struct topology_at *at)
{
	const struct topology_value *values = b->graph.nodes[i].values.of;

	if ((b->roles[i] & R(location)) != 0 ||
	    values[TOPOLOGY_ATTR_location].text != NULL)
		return 0;
	if ((b->roles[i] & R(registrar)) != 0)
		return topology_say(at, ERR_SYNTAX,
		    _("a registrar needs a location service: add the role "
		      "location, or location=NODE"));
	if ((b->roles[i] & R(redirect)) != 0 &&
	    values[TOPOLOGY_ATTR_use_proxy].text == NULL)
		return topology_say(at, ERR_SYNTAX,
		    _("a redirect server needs a location service: add the "
		      "role location, location=NODE or use_proxy=NODE"));
	return 0;
}

static int
check_references(struct topology_build *b, size_t i)
{
	struct topology_at at =
	    topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
	int err = 0;

	for (size_t k = 0;
	     err == 0 && k < sizeof(references) / sizeof(references[0]); k++)
		err = check_reference(
		    b, i, references[k].attr, references[k].roles);
	return err != 0 ? err : check_location(b, i, &at);
}

int
topology_build_nodes(struct topology_build *b)
{
	struct topology *t = b->t;
	int err = 0;

	t->nnodes = b->graph.nnodes;
	t->nodes = arena_get(b->store, t->nnodes, sizeof(*t->nodes));
	b->roles = arena_get(b->store, t->nnodes, sizeof(*b->roles));
	if (t->nodes == NULL || b->roles == NULL)
		return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		err = build_node(b, i);
	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		if (map_put(t->by_name, str_of(t->nodes[i].name),
			&t->nodes[i]) != 0)
			return topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		err = check_references(b, i);
	return err;
}
