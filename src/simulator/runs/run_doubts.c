/*
 * Inputs that are valid, but probably mistakes: a run goes on, with a warning.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "msg/methods.h"
#include "node/users.h"
#include "node/flow.h"
#include "role/role.h"
#include "role/rows.h"
#include "runs/run_in.h"
#include "script/names.h"

#include <stdio.h>
#include <string.h>

void
run_doubt(struct run *r, const char *file, unsigned line, const char *fmt, ...)
{
	struct diag *d;
	char text[sizeof(d->text)];
	va_list ap;

	/* The run ends by that allocation. */
	if (ARRAY_RESIZE(&r->doubts, r->ndoubts + 1) != 0)
		return;
	d = &r->doubts[r->ndoubts++];
	*d = DIAG_INIT;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	diag_set(d, ERR_NOTFOUND, file, line, "%s", text);
}

/* Mistakes of which people are told; the trace has them all. */
#define TOLD_MOST 5

void
run_doubt_program(
    void *arg, const char *node, const char *file, const struct diag *d)
{
	struct run *r = arg;

	if (r->nmistakes++ < TOLD_MOST)
		run_doubt(r, file, d->line, _("node %s: %s"), node, d->text);
}

/* ---- topologies ---- */

/* The realm in which N asks for passwords, as node/auth.c has it. */
static void
run_doubt_put_realm(const struct node *n, struct buf *realm)
{
	if (n->domain[0] != '\0')
		buf_puts(realm, n->domain);
	else
		addr_write_host(node_addr(n), realm);
}

/* A node that asks for passwords that no phone has refuses all requests: that
 * may be meant, so it is no mistake, but worth a warning. */
static int
check_passwords(struct run *r)
{
	const struct topology *t = r->topology;
	LOCAL_BUF realm = BUF_INIT;
	int err = 0;

	for (size_t i = 0; i < t->nnodes && err == 0; i++) {
		const struct node *n = world_find(r->world, t->nodes[i].name);
		size_t at = 0;
		void *who;

		if (strcmp(node_attr(n, "auth", "false"), "false") == 0)
			continue;
		buf_clear(&realm);
		run_doubt_put_realm(n, &realm);
		err = realm.err != 0 ? realm.err : ERR_NOTFOUND;
		while (err == ERR_NOTFOUND &&
		       map_next(r->world->nodes, &at, NULL, &who))
			err = account_find(who, buf_view(&realm));
		if (err != ERR_NOTFOUND)
			continue;
		err = 0;
		run_doubt(r, r->in->topology_file, t->nodes[i].line,
		    _("node %s asks for passwords of %s, but nobody has one: "
		      "give a phone password= or accounts="),
		    n->name, buf_cstr(&realm));
		break;
	}
	return err;
}

static bool
run_doubt_has_role(const struct topology_node *n, const char *word)
{
	return role_plays(str_of(n->role), word);
}

static size_t
count_links(const struct topology *t, size_t node)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nedges; i++)
		n += t->edges[i].a == node || t->edges[i].b == node;
	return n;
}

/* Node I, named in a link alone, is hardly meant: it is nearly the name of one
 * with a role, before it. */
static bool
doubt_name(struct run *r, size_t i)
{
	const struct topology *t = r->topology;
	const char *near = param_nearest(str_of(t->nodes[i].name),
	    &t->nodes[0].name, i, sizeof(t->nodes[0]));
	const struct topology_node *meant =
	    near != NULL ? topology_find(t, near, NULL) : NULL;

	/* Every short word is near to another. */
	if (meant == NULL || meant->role[0] == '\0' || strlen(near) < 3)
		return false;
	run_doubt(r, r->in->topology_file, t->nodes[i].line,
	    _("node %s is named here for the first time; did you mean %s "
	      "(line %u)?"),
	    t->nodes[i].name, meant->name, meant->line);
	return true;
}

/* A node with a role and no link, where there are links. */
static void
check_unlinked(struct run *r)
{
	const struct topology *t = r->topology;
	bool *linked = mem_zalloc(t->nnodes + 1, sizeof(*linked));
	size_t i = 0;

	if (linked == NULL || t->nedges == 0)
		i = t->nnodes;
	for (size_t k = 0; linked != NULL && k < t->nedges; k++)
		linked[t->edges[k].a] = linked[t->edges[k].b] = true;
	while (i < t->nnodes && (linked[i] || t->nodes[i].role[0] == '\0'))
		i++;
	if (i < t->nnodes)
		run_doubt(r, r->in->topology_file, t->nodes[i].line,
		    _("node %s is linked to nothing; %s -- %s links it"),
		    t->nodes[i].name, t->nodes[i].name,
		    t->nodes[t->edges[0].b].name);
	mem_free(linked);
}

/* A node without a role is a router, which has something on either side. */
static void
check_routers(struct run *r)
{
	bool misspelt = false;
	const struct topology *t = r->topology;
	size_t routers = 0;

	for (size_t i = 0; i < t->nnodes; i++)
		routers += t->nodes[i].role[0] == '\0';
	if (routers == t->nnodes && routers > 0) {
		run_doubt(r, r->in->topology_file, t->nodes[0].line,
		    _("no node has a role, so all of them are routers and "
		      "nobody speaks SIP; a phone is %s [role=ua]"),
		    t->nodes[0].name);
		return;
	}
	for (size_t i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].role[0] != '\0' || count_links(t, i) >= 2)
			continue;
		if (doubt_name(r, i))
			misspelt = true;
		else
			run_doubt(r, r->in->topology_file, t->nodes[i].line,
			    _("node %s has no role, so it is a router, but "
			      "nothing lies behind it; a phone is %s "
			      "[role=ua]"),
			    t->nodes[i].name, t->nodes[i].name);
	}
	if (!misspelt)
		check_unlinked(r);
}

static bool
says_yes(const struct node *n, const char *attr)
{
	return strcmp(node_attr(n, attr, "false"), "true") == 0;
}

/* What must remember what a server has said can't be stateless. */
static void
check_stateless(struct run *r)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nnodes; i++) {
		const struct node *n;

		if (!run_doubt_has_role(&t->nodes[i], "proxy"))
			continue;
		n = world_find(r->world, t->nodes[i].name);
		if (says_yes(n, "stateless") && says_yes(n, "oc"))
			run_doubt(r, r->in->topology_file, t->nodes[i].line,
			    _("node %s: a stateless proxy takes no part in "
			      "overload control (oc)"),
			    n->name);
	}
}

/* A topology without a script has it called by a phone (run.c). */
static bool
run_doubt_is_called(const struct topology_node *n)
{
	return (role_traits(str_of(n->role)) & TRAIT_SUBJECT) != 0 ||
	       run_doubt_has_role(n, "gateway");
}

/* A topology that comes without a script has its first phone call the last; one
 * alone has something to do only where it can register. */
static void
check_phones(struct run *r)
{
	const struct topology *t = r->topology;
	const struct topology_node *phone = NULL;
	size_t n = 0, proxies = 0, roles = 0;

	for (size_t i = 0; i < t->nnodes && n < 2; i++) {
		roles += t->nodes[i].role[0] != '\0';
		proxies += run_doubt_has_role(&t->nodes[i], "proxy");
		if (run_doubt_has_role(&t->nodes[i], "registrar") ||
		    run_doubt_is_called(&t->nodes[i]))
			return;
		if ((role_traits(str_of(t->nodes[i].role)) & TRAIT_PHONE) == 0)
			continue;
		phone = n++ == 0 ? &t->nodes[i] : phone;
	}
	if (n == 0 && proxies > 0 && proxies == roles)
		run_doubt(r, r->in->topology_file, 0,
		    _("there is no phone: one is alice [role=ua]"));
	if (n == 1)
		run_doubt(r, r->in->topology_file, phone->line,
		    _("%s is the only phone, so there is nobody to call; a "
		      "second one is %s [role=ua]"),
		    phone->name,
		    strcmp(phone->name, "bob") == 0 ? "alice" : "bob");
}

/* Packets of others pass through it: a router, a NAT. */
static bool
passes_packets(const struct topology_node *n)
{
	return n->role[0] == '\0' || run_doubt_has_role(n, "nat") ||
	       topology_attr(n, "ip_forward") != NULL;
}

/* A phone whose calls go straight to whom they are for. */
static bool
calls_directly(const struct topology_node *n)
{
	return (role_traits(str_of(n->role)) & TRAIT_PHONE) != 0 &&
	       n->entry == NULL && topology_attr(n, "outbound") == NULL;
}

/* Marks in REACHED what packets of those in it reach; also what they would if
 * node THROUGH passed them on. */
static void
run_doubt_reach(const struct topology *t, bool *reached,
    const struct topology_node *from, const struct topology_node *through)
{
	bool more = true;

	reached[from - t->nodes] = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < 2 * t->nedges; i++) {
			const struct topology_edge *e = &t->edges[i / 2];
			size_t a = i % 2 == 0 ? e->a : e->b;
			size_t b = i % 2 == 0 ? e->b : e->a;
			const struct topology_node *n = &t->nodes[a];

			if (!reached[a] || reached[b] ||
			    (n != from && n != through && !passes_packets(n)))
				continue;
			reached[b] = more = true;
		}
	}
}

/* The first router among N's neighbours, or NULL. */
static const struct topology_node *
run_doubt_router_of(const struct topology *t, const struct topology_node *n)
{
	size_t at = (size_t)(n - t->nodes);

	for (size_t i = 0; i < t->nedges; i++) {
		const struct topology_edge *e = &t->edges[i];
		size_t other = e->a == at ? e->b : e->a;

		if ((e->a == at || e->b == at) &&
		    t->nodes[other].role[0] == '\0')
			return &t->nodes[other];
	}
	return NULL;
}

/* No chain of links leads from FROM to TO. */
static void
doubt_unlinked(struct run *r, const struct topology_node *from,
    const struct topology_node *to)
{
	const struct topology_node *a = run_doubt_router_of(r->topology, from);
	const struct topology_node *b = run_doubt_router_of(r->topology, to);

	if (a != NULL && b != NULL)
		run_doubt(r, r->in->topology_file, to->line,
		    _("no path leads from %s to %s: no link joins the routers "
		      "%s and %s; %s -- %s links them"),
		    from->name, to->name, a->name, b->name, a->name, b->name);
	else
		run_doubt(r, r->in->topology_file, to->line,
		    _("no path leads from %s to %s: no link does; link both to "
		      "a node without a role: lan -- {%s %s}"),
		    from->name, to->name, from->name, to->name);
}

/* The node with a role that passes no packets on, though it lies between FROM
 * and TO; NULL: there is none.  REACHED: what FROM reaches. */
static const struct topology_node *
find_between(const struct topology *t, bool *reached,
    const struct topology_node *from, const struct topology_node *to)
{
	for (size_t i = 0; i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];

		if (!reached[i] || n == from || passes_packets(n))
			continue;
		run_doubt_reach(t, reached, from, n);
		if (reached[to - t->nodes])
			return n;
	}
	return NULL;
}

/* Packets from FROM find no path to TO: why, as far as the topology shows it,
 * REACHED being what they reach. */
static void
doubt_path(struct run *r, bool *reached, const struct topology_node *from,
    const struct topology_node *to)
{
	const struct topology_node *n =
	    find_between(r->topology, reached, from, to);

	/* What was said before may be why. */
	if (n == NULL && r->ndoubts == 0)
		doubt_unlinked(r, from, to);
	else if (n != NULL)
		run_doubt(r, r->in->topology_file, n->line,
		    _("no path leads from %s to %s: %s, between them, has a "
		      "role and passes no packets on; link all of them to a "
		      "node without a role: lan -- {%s %s %s}"),
		    from->name, to->name, n->name, from->name, n->name,
		    to->name);
}

/* What FROM reaches first is a node that is called itself. */
static bool
reaches_called(const struct topology *t, const bool *reached,
    const struct topology_node *from)
{
	for (size_t i = 0; i < t->nnodes; i++)
		if (reached[i] && &t->nodes[i] != from &&
		    !passes_packets(&t->nodes[i]))
			return run_doubt_is_called(&t->nodes[i]);
	return false;
}

/* Two phones, of which one is to call the other, have no path between them. */
static void
check_paths(struct run *r)
{
	const struct topology *t = r->topology;
	const struct topology_node *from = NULL, *to = NULL;
	bool *reached = mem_zalloc(t->nnodes + 1, sizeof(*reached));

	for (size_t i = 0; reached != NULL && i < t->nnodes && to == NULL;
	     i++) {
		const struct topology_node *n = &t->nodes[i];

		if (reached[i] || !calls_directly(n))
			continue;
		if (from == NULL)
			run_doubt_reach(t, reached, from = n, NULL);
		else
			to = n;
	}
	if (to != NULL && !reaches_called(t, reached, from))
		doubt_path(r, reached, from, to);
	mem_free(reached);
}

/* A phone would have requests to it go by way of its registrar, which redirects
 * them: an ACK goes nowhere then. */
static void
check_gruus(struct run *r)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nnodes; i++) {
		const struct node *n = world_find(r->world, t->nodes[i].name);
		const struct node *entry =
		    n != NULL && n->domain[0] != '\0'
			? map_get(r->world->registrars, str_of(n->domain))
			: NULL;

		if (entry == NULL || (entry->is & ROLE_BIT(redirect)) == 0 ||
		    strcmp(node_attr(n, "gruu", "none"), "none") == 0)
			continue;
		run_doubt(r, r->in->topology_file, t->nodes[i].line,
		    _("%s gets no GRUU: %s redirects what is for it, and an "
		      "ACK is not redirected; a proxy in its place forwards "
		      "it"),
		    n->name, entry->name);
	}
}

/* A server for REGISTERs in DOMAIN of T: its registrar, or a node whose program
 * may be one. */
static bool
takes_registrations(const struct topology *t, const char *domain)
{
	static const char *const roles[] = { "registrar", "queue", "b2bua",
		"sbc", "script", "redirect" };

	for (size_t i = 0; i < t->nnodes; i++)
		for (size_t k = 0; k < COUNT_OF(roles); k++)
			if (strcmp(t->nodes[i].domain, domain) == 0 &&
			    run_doubt_has_role(&t->nodes[i], roles[k]))
				return true;
	return false;
}

/* A phone that registers in a domain without a server for it. */
static void
check_registrars(struct run *r)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];
		const struct node *is = world_find(r->world, n->name);

		if (n->domain[0] == '\0' || n->entry == NULL ||
		    !node_attr_bool(is, "register", false) ||
		    node_attr(is, "outbound", "")[0] != '\0' ||
		    node_attr(is, "aor", "")[0] != '\0' ||
		    takes_registrations(t, n->domain))
			continue;
		run_doubt(r, r->in->topology_file, n->line,
		    _("%s can't register: the domain %s has no registrar; "
		      "give %s role=\"proxy registrar location\""),
		    n->name, n->domain, n->entry->name);
		break;
	}
}

/* Where a phone can be reached by WebSocket over TLS alone its Contact is a
 * sips URI, which callers without TLS can't reach (RFC 7118 5.5, RFC 5630 3.1).
 */
static void
check_secure_contacts(struct run *r)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nnodes; i++) {
		const struct node *n = world_find(r->world, t->nodes[i].name);

		if (n == NULL || !addr_is_secure_websocket(node_transport(n)) ||
		    node_is_browser(n) || node_has_flows(n) ||
		    !node_attr_bool(n, "register", false))
			continue;
		run_doubt(r, r->in->topology_file, t->nodes[i].line,
		    _("%s registers a sips URI, which shuts out who calls "
		      "without TLS; with flows=1 it is reached by its own "
		      "connection, and registers a sip URI"),
		    n->name);
	}
}

/* Voice mail doesn't register: who enters its domain elsewhere finds no way to
 * it, and gets a 404. */
static void
check_voice_mail(struct run *r)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i], *entry = NULL;

		if (!run_doubt_has_role(n, "voicemail") || n->domain[0] == '\0')
			continue;
		for (size_t k = 0; k < t->nnodes; k++)
			if (strcmp(t->nodes[k].domain, n->domain) == 0 &&
			    t->nodes[k].entry == &t->nodes[k])
				entry = &t->nodes[k];
		if (entry == NULL || entry == n)
			continue;
		run_doubt(r, r->in->topology_file, n->line,
		    _("calls to %s enter at %s, which doesn't know the way to "
		      "%s and answers 404; give %s a domain of its own"),
		    n->domain, entry->name, n->name, n->name);
	}
}

/* To Graphviz it is a part of the node's label; here it would be a face. */
static void
check_ports(struct run *r)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nedges; i++)
		if (t->edges[i].stray != NULL)
			run_doubt(r, r->in->topology_file, t->edges[i].line,
			    _("%s has no faces, so the port “%s” says nothing; "
			      "%s [faces=\"…\"] gives it some"),
			    t->edges[i].stray_at, t->edges[i].stray,
			    t->edges[i].stray_at);
}

int
run_doubt_topology(struct run *r)
{
	const struct diag *doubt = r->topology->doubt;
	int err = check_passwords(r);

	if (err == 0) {
		if (doubt != NULL)
			run_doubt(
			    r, doubt->file, doubt->line, "%s", doubt->text);
		check_routers(r);
		check_stateless(r);
		if (r->in->script == NULL) {
			check_phones(r);
			check_paths(r);
		}
		check_voice_mail(r);
		check_gruus(r);
		check_registrars(r);
		check_secure_contacts(r);
		check_ports(r);
	}
	return err;
}

/* ---- faults ---- */

/* A fault that waits for a method which no message of the run had, and which is
 * nearly one that there is. */
static const char *
misspelt_method(const char *method)
{
	return msg_method_find(str_of(method)) == MSG_OTHER
		   ? msg_method_meant(str_of(method))
		   : NULL;
}

/* SPEC, for which MATCHED messages were, struck none of them: why, to OUT;
 * nothing where that was chance. */
static void
explain_silence(
    const struct fault_spec *spec, uint64_t matched, struct buf *out)
{
	const char *method =
	    spec->method[0] != '\0' ? spec->method : spec->cseq;
	const char *near = misspelt_method(method);
	uint64_t nth = spec->nth != 0 ? spec->nth : spec->every;

	if (matched == 0 && near != NULL)
		buf_printf(out,
		    _("this fault struck nothing: no message has the method "
		      "“%s”; did you mean “%s”?"),
		    method, near);
	else if (matched == 0)
		buf_puts(out,
		    spec->src[0] != '\0' || spec->dst[0] != '\0'
			? _("this fault struck nothing: no message was as it "
			    "says; src and dst are the two ends of one hop, "
			    "and no routers")
			: _("this fault struck nothing: no message was as it "
			    "says"));
	else if (nth > matched)
		buf_printf(out,
		    _("this fault struck nothing: it waits for message %llu "
		      "of its kind, and %llu came"),
		    (unsigned long long)nth, (unsigned long long)matched);
}

void
run_doubt_script(struct run *r)
{
	struct lua_scan s = { .text = str_of(r->in->script) };
	const struct fault_spec *spec;
	uint64_t matched;
	unsigned line;
	bool struck;

	if (!list_empty(&r->threads) || !list_empty(&r->handlers) ||
	    faults_tell(r->faults, 0, &spec, &matched, &struck))
		return;
	while (lua_scan_next(&s) && !str_is(s.name, "function"))
		;
	line = (unsigned)str_count(str_slice(s.text, 0, s.at), '\n') + 1;
	if (!str_is(s.name, "function") || !lua_scan_next(&s))
		return;
	run_doubt(r, r->in->script_file, line,
	    _("no function is given to script, at or on, so this script has "
	      "nothing done: script(%.*s)"),
	    STR_ARG(s.name.n > 0 ? s.name : STR("main")));
}

/* ---- hosts that can't reach each other ---- */

/* Packets from FROM found no path to TO.  True if the topology has none, with
 * all links and nodes up, and no node with a role lies between them: such a
 * node may be the subject of a lab.  Without a script check_paths has reported
 * it. */
static bool
doubt_no_path(struct run *r, const struct topology_node *from,
    const struct topology_node *to)
{
	const struct topology *t = r->topology;
	bool *reached = mem_zalloc(t->nnodes + 1, sizeof(*reached));
	bool told = false;

	if (reached != NULL) {
		run_doubt_reach(t, reached, from, NULL);
		told = !reached[to - t->nodes] &&
		       find_between(t, reached, from, to) == NULL;
	}
	/* What was said before may be why. */
	if (told && r->in->script != NULL && r->ndoubts == 0)
		doubt_unlinked(r, from, to);
	mem_free(reached);
	return told;
}

static bool
doubt_no_family(struct run *r, const struct net_astray *row)
{
	LOCAL_BUF text = BUF_INIT;
	bool v4 = row->dst.len == 4;

	addr_write_bare(&row->dst, &text);
	if (text.err != 0)
		return false;
	run_doubt(r, NULL, 0,
	    _("%s can't reach %s at %s: they have no common address family, "
	      "since %s has %s addresses only; give it an %s address, too "
	      "(attribute faces)"),
	    net_host_name(row->from), net_host_name(row->to), buf_cstr(&text),
	    net_host_name(row->from), v4 ? "IPv6" : "IPv4",
	    v4 ? "IPv4" : "IPv6");
	return true;
}

/* Of the first two hosts that the topology keeps apart. */
static void
doubt_astray(struct run *r)
{
	const struct net_astray *rows;
	size_t n = net_astray(r->world->net, &rows);
	bool told = false;

	for (size_t i = 0; i < n && !told; i++) {
		const struct topology_node *from = topology_find(
		    r->topology, net_host_name(rows[i].from), NULL);
		const struct topology_node *to =
		    topology_find(r->topology, net_host_name(rows[i].to), NULL);

		if (from == NULL || to == NULL)
			continue;
		told = rows[i].reason == TRACE_DROP_NO_FAMILY
			   ? doubt_no_family(r, &rows[i])
			   : doubt_no_path(r, from, to);
	}
}

/* Of so many faults it is said. */
#define SILENT_MOST 5

void
run_doubt_end(struct run *r)
{
	const struct fault_spec *spec;
	uint64_t matched;
	bool struck;

	doubt_astray(r);
	for (size_t i = 0, said = 0;
	     said < SILENT_MOST &&
	     faults_tell(r->faults, i, &spec, &matched, &struck);
	     i++) {
		const char *colon = strrchr(spec->where, ':');
		LOCAL_BUF text = BUF_INIT;
		uint32_t line = 0;
		char file[sizeof(spec->where)];

		if (struck || colon == NULL)
			continue;
		snprintf(file, sizeof(file), "%.*s", (int)(colon - spec->where),
		    spec->where);
		str_u32(str_of(colon + 1), &line);
		explain_silence(spec, matched, &text);
		if (text.n > 0) {
			run_doubt(r, file, line, "%s", buf_cstr(&text));
			said++;
		}
	}
}
