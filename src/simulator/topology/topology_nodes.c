/*
 * Nodes: roles, the attributes that fit them, domains, and the nodes that
 * others name.
 */
#include "topology/topology_in.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/param.h"
#include "msg/parts.h"
#include "node/node_serves.h"
#include "role/role.h"
#include "role/rows.h"

#include <stddef.h>
#include <string.h>

#define R(word)     ROLE_BIT(word)
#define NODES_NAMED 256 /* that a wrong name is held against */

/* The words with single spaces between. */
static const char *
tidy_words(struct topology_build *b, const char *words)
{
	LOCAL_BUF out = BUF_INIT;
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
	return copy;
}

/* "ua, gateway": the roles of a mask. */
static void
write_roles(uint64_t roles, struct buf *out)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if ((roles & role_rows[i].is) == 0)
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
	LOCAL_BUF roles = BUF_INIT;
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
	return err;
}

/* A process is in the place of node I, by a setting of the run: what the
 * node's own role has is not for that program. */
static bool
topology_node_is_replaced(const struct topology_build *b, size_t i)
{
	const struct topology_value *v = b->graph.nodes[i].values.of;

	return v[TOPOLOGY_ATTR_process].text != NULL &&
	       v[TOPOLOGY_ATTR_role].setting != NULL &&
	       (b->t->nodes[i].roles & R(script)) != 0;
}

/* Judges one value; one that does not fit the role goes where it is inherited,
 * or of a role that a process replaces. */
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
	if (row->roles != 0 && (row->roles & b->t->nodes[i].roles) == 0) {
		if (own && !topology_node_is_replaced(b, i))
			return say_unfit(&at, row, b->t->nodes[i].role);
		v->of[attr].text = NULL;
		return 0;
	}
	at.roles = b->t->nodes[i].roles;
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
topology_node_domain_of(
    const struct topology_build *b, const struct topology_graph_node *r)
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
		    _("it is in %s and in %s; links between clusters must be "
		      "outside of both"),
		    r->innermost, r->strange);
	if (role != NULL) {
		at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
		err = topology_judge_roles(&at, str_of(role), &n->roles);
		if (err != 0)
			return err;
		n->role = tidy_words(b, role);
		if (n->role == NULL)
			return topology_no_memory(b);
	}
	err = build_attrs(b, i);
	n->domain = topology_node_domain_of(b, r);
	return err;
}

/* The roles that an attribute may name. */
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
	/* A proxy that names itself asks no other server. */
	{ TOPOLOGY_ATTR_presence_agent, R(presence) | R(proxy) },
	{ TOPOLOGY_ATTR_gateways, R(mg) },
	{ TOPOLOGY_ATTR_controller, R(mgc) | R(script) },
	{ TOPOLOGY_ATTR_trunks, R(gateway) | R(switch) },
	/* By check_word_of_routes. */
	{ TOPOLOGY_ATTR_routes, R(gateway) | R(switch) },
	/* Any node, or a domain. */
	{ TOPOLOGY_ATTR_trust, 0 },
	/* URIs, by topology_judge_uri. */
	{ TOPOLOGY_ATTR_aor, 0 },
	{ TOPOLOGY_ATTR_registers_for, 0 },
	{ TOPOLOGY_ATTR_contact, 0 },
	{ TOPOLOGY_ATTR_forward, 0 },
	{ TOPOLOGY_ATTR_forward_busy, 0 },
	{ TOPOLOGY_ATTR_forward_no_answer, 0 },
	{ TOPOLOGY_ATTR_find_me, 0 },
	{ TOPOLOGY_ATTR_preferred, 0 },
	{ TOPOLOGY_ATTR_screen_in, 0 },
	{ TOPOLOGY_ATTR_screen_out, 0 },
	{ TOPOLOGY_ATTR_identities, 0 },
	{ TOPOLOGY_ATTR_alternative, 0 },
	{ TOPOLOGY_ATTR_admitted, 0 },
	{ TOPOLOGY_ATTR_blocked, 0 },
	{ TOPOLOGY_ATTR_overflow, 0 },
	{ TOPOLOGY_ATTR_announcement, 0 },
	{ TOPOLOGY_ATTR_gone, 0 },
	{ TOPOLOGY_ATTR_mailboxes, 0 },
};

static bool
topology_node_is_domain(const struct topology *t, struct str host)
{
	for (size_t i = 0; i < t->nnodes; i++)
		if (str_iis(host, t->nodes[i].domain))
			return true;
	return false;
}

/* There is no node NAME for WHAT, which wants one of the ROLES: which have
 * them. */
static int
topology_node_no_name(const struct topology *t, const struct topology_at *at,
    const char *what, struct str name, uint64_t roles)
{
	const char *names[NODES_NAMED];
	LOCAL_BUF words = BUF_INIT;
	size_t n = 0;
	int err;

	for (size_t i = 0; i < t->nnodes && n + 1 < NODES_NAMED; i++) {
		const struct topology_node *one = &t->nodes[i];

		if ((roles == 0 || (one->roles & roles) != 0) &&
		    !str_is(at->a, one->name))
			names[n++] = one->name;
		if (roles == 0 &&
		    (i == 0 || strcmp(one->domain, one[-1].domain) != 0))
			names[n++] = one->domain;
	}
	write_roles(roles, &words);
	if (n == 0)
		return topology_say(at, ERR_NOTFOUND,
		    _("%s is “%.*s”, but no other node has the role %s"), what,
		    STR_ARG(topology_shown(name)), buf_cstr(&words));
	err = topology_say(at, ERR_NOTFOUND,
	    roles == 0 ? _("%s is “%.*s”, but there is no such node or domain")
		       : _("%s is “%.*s”, but there is no such node"),
	    what, STR_ARG(topology_shown(name)));
	return diag_one_of(at->d, err, name, names, n, sizeof(names[0]));
}

/* NAME is of a node, and that has one of the ROLES. */
static int
topology_node_check_name(const struct topology *t, const struct topology_at *at,
    const char *what, struct str name, uint64_t roles)
{
	const struct topology_node *n = map_get(t->by_name, name);
	LOCAL_BUF words = BUF_INIT;

	if (roles == 0 ? n != NULL || topology_node_is_domain(t, name)
		       : n != NULL && (n->roles & roles) != 0)
		return 0;
	if (n == NULL)
		return topology_node_no_name(t, at, what, name, roles);
	write_roles(roles, &words);
	return topology_say(at, ERR_SYNTAX,
	    _("%s is %s, which does not have the role %s"), what, n->name,
	    buf_cstr(&words));
}

/* WORD of `routes`: a neighbour for digits, or, of a proxy, nodes and statuses.
 */
static int
check_word_of_routes(const struct topology *t, const struct topology_at *at,
    struct str word, uint64_t roles)
{
	bool proxy = (at->roles & R(proxy)) != 0;
	struct str to, name;
	uint32_t status;
	int err = 0;

	/* Of a proxy: nodes that it can send calls to. */
	if (proxy) {
		roles = ROLE_AGENT;
		roles |= ROLE_SERVER;
	}
	if (!proxy && word.p[0] != ':' && !chr_is_digit(word.p[0]))
		return topology_say(at, ERR_SYNTAX,
		    _("“%.*s” is only for a proxy; numbers of trunks are "
		      "digits"),
		    STR_ARG(word));
	for (str_cut(word, ':', &to); err == 0 && to.n > 0;) {
		word = str_cut(to, proxy ? ',' : ' ', &to);
		str_cut(word, '@', &name);
		if (!proxy || str_u32(word, &status) != 0 || status < 400)
			err = topology_node_check_name(
			    t, at, "routes", name.n > 0 ? name : word, roles);
	}
	return err;
}

int
topology_judge_uri(const struct topology *t, const struct topology_at *at,
    const struct topology_attr_row *row, const char *what, struct str uri)
{
	const struct topology_node *n = map_get(t->by_name, at->a);
	const struct topology_attr *aor = NULL;
	LOCAL_BUF meant = BUF_INIT;
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip || u.user.n > 0 ||
	    str_chr(u.host, '.') >= 0 || str_chr(u.host, ':') >= 0 ||
	    topology_node_is_domain(t, u.host))
		return 0;
	if (row != &topology_attr_rows[TOPOLOGY_ATTR_aor])
		n = map_get(t->by_name, u.host);
	if (n == NULL)
		return 0;
	if (row != &topology_attr_rows[TOPOLOGY_ATTR_aor])
		aor = topology_attr(n, "aor");
	if (aor != NULL)
		buf_puts(&meant, aor->value);
	else if (n->domain[0] != '\0' || n->addr.len > 0)
		buf_printf(&meant, "%.*s:%.*s@%s", STR_ARG(u.scheme),
		    STR_ARG(u.host), n->domain);
	if (aor == NULL && n->domain[0] == '\0' && n->addr.len > 0)
		addr_write_host(&n->addr, &meant);
	topology_say(at, ERR_SYNTAX, _("%s is “%.*s”, expected %s"), what,
	    STR_ARG(topology_shown(uri)), topology_type_text(row->type));
	return diag_meant(at->d, ERR_SYNTAX, buf_cstr(&meant));
}

int
topology_judge_names(const struct topology *t, const struct topology_at *at,
    int attr, struct str value)
{
	const struct topology_attr_row *row = &topology_attr_rows[attr];
	size_t k = 0;
	int err = 0;

	while (k < COUNT_OF(references) && references[k].attr != attr)
		k++;
	while (err == 0 && value.n > 0 && k < COUNT_OF(references)) {
		struct str word = value, behind;

		if (row->type != TOPOLOGY_TYPE_NODE_NAME)
			word = str_cut(value, ' ', &value);
		else
			value = STR_NULL;
		/* Circuits stand behind. */
		if (row->type == TOPOLOGY_TYPE_CIRCUITS)
			word = str_cut(word, ':', &behind);
		if (row->type == TOPOLOGY_TYPE_URI ||
		    row->type == TOPOLOGY_TYPE_URIS ||
		    row->type == TOPOLOGY_TYPE_WHOM)
			err = topology_judge_uri(t, at, row, row->name, word);
		else if (word.n == 0)
			continue;
		else if (row->type == TOPOLOGY_TYPE_ROUTES)
			err = check_word_of_routes(
			    t, at, word, references[k].roles);
		else
			err = topology_node_check_name(
			    t, at, row->name, word, references[k].roles);
	}
	return err;
}

/* RFC 3261 10.3, 8.3: a registrar writes to a location service, a redirect
 * server reads from it, unless it sends all requests to one proxy. */
static int
check_location(struct topology_build *b, size_t i, const struct topology_at *at)
{
	const struct topology_value *values = b->graph.nodes[i].values.of;
	uint64_t roles = b->t->nodes[i].roles;

	if ((roles & R(location)) != 0 ||
	    values[TOPOLOGY_ATTR_location].text != NULL)
		return 0;
	if ((roles & R(registrar)) != 0)
		return topology_say(at, ERR_SYNTAX,
		    _("a registrar needs a location service; add the role "
		      "location, or location=NODE"));
	if ((roles & R(redirect)) != 0 &&
	    values[TOPOLOGY_ATTR_use_proxy].text == NULL)
		return topology_say(at, ERR_SYNTAX,
		    _("a redirect server needs a location service; add the "
		      "role location, location=NODE or use_proxy=NODE"));
	return 0;
}

static int
check_references(struct topology_build *b, size_t i)
{
	struct topology_at at =
	    topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
	const struct topology_value *values = b->graph.nodes[i].values.of;
	int err = 0;

	for (size_t k = 0; err == 0 && k < COUNT_OF(references); k++) {
		int attr = references[k].attr;
		struct topology_at of;

		if (values[attr].text == NULL)
			continue;
		of = topology_at(b, TOPOLOGY_NODE, i, attr);
		of.roles = b->t->nodes[i].roles;
		err = topology_judge_names(
		    b->t, &of, attr, str_of(values[attr].text));
	}
	return err != 0 ? err : check_location(b, i, &at);
}

int
topology_build_nodes(struct topology_build *b)
{
	struct topology *t = b->t;
	int err = 0;

	t->nnodes = b->graph.nnodes;
	t->nodes = arena_get(b->store, t->nnodes, sizeof(*t->nodes));
	if (t->nodes == NULL)
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

/* ---- Links: their parameters, and that no two are alike ---- */

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
topology_node_read_param(const struct param *row, struct str value, void *to)
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
	for (size_t i = 0; i < COUNT_OF(params); i++)
		if (strcmp(params[i].name, name) == 0)
			return topology_node_read_param(
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
topology_node_check_unique(
    struct topology_build *b, size_t i, struct map *pairs)
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
		    _("these nodes are already linked in line %u"),
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
		err = topology_node_check_unique(b, i, pairs);
	map_destroy(pairs);
	return err;
}

/* ---- A domain's entry: where requests for its users go ---- */

/* N, of the domain that is asked about, or TOLD to serve it. */
static bool
is_inbound(const struct topology_node *n, bool told)
{
	const struct topology_attr *a = topology_attr(n, "inbound");
	bool yes = false;

	(void)told;
	return a != NULL && param_bool(str_of(a->value), &yes) == 0 && yes;
}

static bool
is_proxy(const struct topology_node *n, bool told)
{
	return told || role_plays(str_of(n->role), "proxy") ||
	       role_plays(str_of(n->role), "redirect");
}

static bool
is_registrar(const struct topology_node *n, bool told)
{
	(void)told;
	return role_plays(str_of(n->role), "registrar");
}

/* In the order in which they are tried. */
static bool (*const entry_kinds[])(const struct topology_node *,
    bool) = { is_inbound, is_proxy, is_registrar };

/* A domain's first two nodes of each kind. */
struct domain {
	struct topology_node *first[COUNT_OF(entry_kinds)],
	    *second[COUNT_OF(entry_kinds)];
};

/* The entry of DOMAIN, made where it is missing; NULL: no memory. */
static struct domain *
get_domain(struct map *domains, struct arena *store, struct str domain)
{
	LOCAL_BUF small = BUF_INIT;
	struct domain *d = NULL;

	/* RFC 3261 19.1.4: hosts are alike in any case. */
	for (size_t i = 0; i < domain.n; i++)
		buf_putc(&small, chr_lower(domain.p[i]));
	if (small.err == 0)
		d = map_get(domains, buf_view(&small));
	if (small.err == 0 && d == NULL) {
		d = arena_get(store, 1, sizeof(*d));
		if (d != NULL && map_put(domains, buf_view(&small), d) != 0)
			d = NULL;
	}
	return d;
}

static void
add_domain_node(struct domain *d, struct topology_node *n, bool told)
{
	for (size_t k = 0; k < COUNT_OF(entry_kinds); k++) {
		if (!entry_kinds[k](n, told))
			continue;
		if (d->first[k] == NULL || d->first[k] == n)
			d->first[k] = n;
		else if (d->second[k] == NULL)
			d->second[k] = n;
	}
}

/* The kind that decides, COUNT_OF(entry_kinds) where D has no entry. */
static size_t
topology_node_find_kind(const struct domain *d)
{
	size_t k = 0;

	while (k < COUNT_OF(entry_kinds) && d->first[k] == NULL)
		k++;
	return k;
}

static int
say_two_entries(struct topology_build *b, struct str domain,
    const struct topology_node *found, const struct topology_node *rival)
{
	size_t i = (size_t)(rival - b->t->nodes);
	struct topology_at at;

	if (is_inbound(rival, false)) {
		at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_inbound);
		return topology_say(&at, ERR_SYNTAX,
		    _("%.*s has two inbound servers, %s and %s; remove "
		      "inbound=true from one of them"),
		    STR_ARG(domain), found->name, rival->name);
	}
	at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
	return topology_say(&at, ERR_SYNTAX,
	    _("requests for %.*s could go to %s or to %s; give one of them "
	      "inbound=true"),
	    STR_ARG(domain), found->name, rival->name);
}

/* Called for the domain NAME of node N; D is its entry. */
typedef int domain_fn(struct topology_build *b, struct domain *d,
    struct topology_node *n, struct str name, bool told);

static int
at_domain(struct topology_build *b, struct map *domains, domain_fn *fn,
    struct topology_node *n, struct str name, bool told)
{
	struct domain *d = get_domain(domains, b->store, name);

	return d != NULL ? fn(b, d, n, name, told) : topology_no_memory(b);
}

/* Calls FN for all domains of all nodes, their own and the ones that they
 * serve. */
static int
each_domain(struct topology_build *b, struct map *domains, domain_fn *fn)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < b->t->nnodes; i++) {
		struct topology_node *n = &b->t->nodes[i];
		const struct topology_attr *a = topology_attr(n, "serves");
		struct str rest = str_of(a != NULL ? a->value : "");
		struct str role, whom;

		if (n->domain[0] != '\0')
			err = at_domain(
			    b, domains, fn, n, str_of(n->domain), false);
		while (err == 0 && node_serves_next(&rest, &role, &whom))
			if (node_serves_domain(whom))
				err = at_domain(b, domains, fn, n, whom, true);
	}
	return err;
}

static int
add_to_domain(struct topology_build *b, struct domain *d,
    struct topology_node *n, struct str name, bool told)
{
	(void)name;
	b->t->nserved += told;
	add_domain_node(d, n, told);
	return 0;
}

/* The entry of a domain is the node with inbound=true, otherwise the only proxy
 * or redirect server, or the one whose attribute `serves` has the domain,
 * otherwise the registrar (RFC 3263 would find it in the DNS). */
static int
set_entry(struct topology_build *b, struct domain *d, struct topology_node *n,
    struct str name, bool told)
{
	size_t k = topology_node_find_kind(d);
	struct topology_served *s = &b->t->served[b->t->nserved];

	if (k < COUNT_OF(entry_kinds) && d->second[k] != NULL)
		return say_two_entries(b, name, d->first[k], d->second[k]);
	if (!told) {
		n->entry = k < COUNT_OF(entry_kinds) ? d->first[k] : NULL;
	} else if (d->first[k] == n) {
		s->domain = arena_str(b->store, name);
		s->entry = d->first[k];
		if (s->domain == NULL)
			return topology_no_memory(b);
		b->t->nserved++;
	}
	return 0;
}

int
topology_set_entries(struct topology_build *b)
{
	struct map *domains;
	int err = map_create(&domains);

	if (err != 0)
		return topology_no_memory(b);
	err = each_domain(b, domains, add_to_domain);
	if (err == 0) {
		b->t->served = arena_get(
		    b->store, b->t->nserved + 1, sizeof(*b->t->served));
		if (b->t->served == NULL)
			err = topology_no_memory(b);
		b->t->nserved = 0;
	}
	if (err == 0)
		err = each_domain(b, domains, set_entry);
	map_destroy(domains);
	return err;
}
