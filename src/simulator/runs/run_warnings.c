/*
 * Warnings of a run: inputs that are valid, but probably mistakes.  The run
 * goes on.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "msg/methods.h"
#include "node/accounts.h"
#include "node/flow.h"
#include "role/role.h"
#include "role/rows.h"
#include "runs/run_in.h"
#include "script/lua_names.h"

#include <stdio.h>
#include <string.h>

/* Of which people are told; the trace has them all. */
#define WARNINGS_MOST 100
#define TOLD_MOST     5 /* mistakes of programs */

/* D was said of this line before: a loop says it each time. */
static bool
was_warned(const struct run *r, const struct diag *d)
{
	for (size_t i = 0; i < r->nwarnings; i++)
		if (r->warnings[i].line == d->line &&
		    strcmp(r->warnings[i].file, d->file) == 0 &&
		    strcmp(r->warnings[i].text, d->text) == 0)
			return true;
	return false;
}

void
run_warn(struct run *r, const char *file, unsigned line, const char *fmt, ...)
{
	struct diag d = DIAG_INIT;
	char text[sizeof(d.text)];
	va_list ap;

	if (r->nwarnings == WARNINGS_MOST)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	diag_set(&d, ERR_NOTFOUND, file, line, "%s", text);
	/* The run ends by that allocation. */
	if (was_warned(r, &d) ||
	    ARRAY_RESIZE(&r->warnings, r->nwarnings + 1) != 0)
		return;
	r->warnings[r->nwarnings++] = d;
}

void
run_warn_program(
    void *arg, const char *node, const char *file, const struct diag *d)
{
	struct run *r = arg;
	size_t i = r->nwarnings;
	/* A process has the number of its answer there. */
	unsigned line = inputs_is_command(str_of(file)) ? 0 : d->line;

	/* Without a text it has been told before. */
	if (d->text[0] != '\0' && r->nmistakes[d->err != 0]++ < TOLD_MOST)
		run_warn(r, file, line, _("node %s: %s"), node, d->text);
	if (r->nwarnings > i && d->err != 0)
		r->warnings[i].err = RUN_PROGRAM_FAILED;
}

/* ---- topologies ---- */

/* The realm in which N asks for passwords, as node/node_auth.c has it. */
static void
run_warn_put_realm(const struct node *n, struct buf *realm)
{
	if (n->domain[0] != '\0')
		buf_puts(realm, n->domain);
	else
		addr_write_host(node_addr(n), realm);
}

/* A node that asks for passwords that no phone has rejects all requests: that
 * may be meant, so it is not a mistake, but worth a warning. */
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
		run_warn_put_realm(n, &realm);
		err = realm.err != 0 ? realm.err : ERR_NOTFOUND;
		while (err == ERR_NOTFOUND &&
		       map_next(r->world->nodes, &at, NULL, &who))
			err = account_find(who, buf_view(&realm));
		if (err != ERR_NOTFOUND)
			continue;
		err = 0;
		run_warn(r, r->in->topology_file, t->nodes[i].line,
		    _("node %s asks for passwords of %s, but no user has one; "
		      "give a phone password= or accounts="),
		    n->name, buf_cstr(&realm));
		break;
	}
	return err;
}

bool
run_warn_has_role(const struct topology_node *n, const char *word)
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
warn_name(struct run *r, size_t i)
{
	const struct topology *t = r->topology;
	const char *near = param_nearest(str_of(t->nodes[i].name),
	    &t->nodes[0].name, i, sizeof(t->nodes[0]));
	const struct topology_node *meant =
	    near != NULL ? topology_find(t, near, NULL) : NULL;

	/* Every short word is near to another. */
	if (meant == NULL || meant->role[0] == '\0' || strlen(near) < 3)
		return false;
	run_warn(r, r->in->topology_file, t->nodes[i].line,
	    _("node %s appears here for the first time; did you mean %s (line "
	      "%u)?"),
	    t->nodes[i].name, meant->name, meant->line);
	return true;
}

/* A node with a role and no link, where there are links. */
static void
check_unlinked(struct run *r)
{
	const struct topology *t = r->topology;
	LOCAL_MEM bool *linked = mem_zalloc(t->nnodes + 1, sizeof(*linked));
	size_t i = 0;

	if (linked == NULL || t->nedges == 0)
		i = t->nnodes;
	for (size_t k = 0; linked != NULL && k < t->nedges; k++)
		linked[t->edges[k].a] = linked[t->edges[k].b] = true;
	while (i < t->nnodes && (linked[i] || t->nodes[i].role[0] == '\0'))
		i++;
	if (i < t->nnodes)
		run_warn(r, r->in->topology_file, t->nodes[i].line,
		    _("node %s has no link; %s -- %s links it"),
		    t->nodes[i].name, t->nodes[i].name,
		    t->nodes[t->edges[0].b].name);
}

/* Words that are no statements of Graphviz's language and so become nodes. */
static const struct {
	const char *words, *text;
} statements[] = {
	{ "link connect wire edges links line",
	    N_("“%s” is taken for a node; a link is written alice -- bob") },
	{ "include import require source load",
	    N_("“%s” is taken for a node; a topology can't include another "
	       "file") },
};

static bool
warn_statement(struct run *r, size_t i)
{
	const struct topology_node *n = &r->topology->nodes[i];

	for (size_t k = 0; k < COUNT_OF(statements); k++) {
		if (!str_has_word(str_of(statements[k].words), str_of(n->name)))
			continue;
		run_warn(r, r->in->topology_file, n->line,
		    _(statements[k].text), n->name);
		return true;
	}
	return false;
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
		run_warn(r, r->in->topology_file, t->nodes[0].line,
		    _("no node has a role, so all nodes are routers and none "
		      "uses SIP; a phone is %s [role=ua]"),
		    t->nodes[0].name);
		return;
	}
	for (size_t i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].role[0] != '\0' || count_links(t, i) >= 2)
			continue;
		if (warn_statement(r, i))
			return;
		if (warn_name(r, i))
			misspelt = true;
		else
			run_warn(r, r->in->topology_file, t->nodes[i].line,
			    _("node %s has no role, so it is a router, but it "
			      "leads nowhere; a phone is %s [role=ua]"),
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

		if (!run_warn_has_role(&t->nodes[i], "proxy"))
			continue;
		n = world_find(r->world, t->nodes[i].name);
		if (says_yes(n, "stateless") && says_yes(n, "oc"))
			run_warn(r, r->in->topology_file, t->nodes[i].line,
			    _("node %s: a stateless proxy does not support "
			      "overload control (oc)"),
			    n->name);
	}
}

/* A topology without a script has it called by a phone (run.c). */
bool
run_warn_is_called(const struct topology_node *n)
{
	return (role_traits(str_of(n->role)) & TRAIT_SUBJECT) != 0 ||
	       run_warn_has_role(n, "gateway");
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
		proxies += run_warn_has_role(&t->nodes[i], "proxy");
		if (run_warn_has_role(&t->nodes[i], "registrar") ||
		    run_warn_is_called(&t->nodes[i]))
			return;
		if ((role_traits(str_of(t->nodes[i].role)) & TRAIT_PHONE) == 0)
			continue;
		phone = n++ == 0 ? &t->nodes[i] : phone;
	}
	if (n == 0 && proxies > 0 && proxies == roles)
		run_warn(r, r->in->topology_file, 0,
		    _("there is no phone; write one as alice [role=ua]"));
	if (n == 1)
		run_warn(r, r->in->topology_file, phone->line,
		    _("%s is the only phone, so it has nobody to call; a "
		      "second phone is %s [role=ua]"),
		    phone->name,
		    strcmp(phone->name, "bob") == 0 ? "alice" : "bob");
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
		run_warn(r, r->in->topology_file, t->nodes[i].line,
		    _("%s gets no GRUU: %s redirects requests for it, but an "
		      "ACK can't be redirected; use a proxy, which forwards "
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
			    run_warn_has_role(&t->nodes[i], roles[k]))
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
		run_warn(r, r->in->topology_file, n->line,
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
		run_warn(r, r->in->topology_file, t->nodes[i].line,
		    _("%s registers a sips URI, so callers without TLS can't "
		      "reach it; with flows=1 it is reached over its own "
		      "connection and registers a sip URI"),
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

		if (!run_warn_has_role(n, "voicemail") || n->domain[0] == '\0')
			continue;
		for (size_t k = 0; k < t->nnodes; k++)
			if (strcmp(t->nodes[k].domain, n->domain) == 0 &&
			    t->nodes[k].entry == &t->nodes[k])
				entry = &t->nodes[k];
		if (entry == NULL || entry == n)
			continue;
		run_warn(r, r->in->topology_file, n->line,
		    _("calls to %s enter at %s, which has no route to %s and "
		      "answers 404; give %s a domain of its own"),
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
			run_warn(r, r->in->topology_file, t->edges[i].line,
			    _("%s has no faces, so the port “%s” has no "
			      "meaning; add %s [faces=\"…\"]"),
			    t->edges[i].stray_at, t->edges[i].stray,
			    t->edges[i].stray_at);
}

int
run_warn_topology(struct run *r)
{
	const struct diag *doubt = r->topology->doubt;
	int err = check_passwords(r);

	if (err == 0) {
		if (doubt != NULL)
			run_warn(
			    r, doubt->file, doubt->line, "%s", doubt->text);
		check_routers(r);
		check_stateless(r);
		if (r->in->script == NULL) {
			check_phones(r);
			run_warn_paths(r);
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
		    _("no message matched this fault: none has the method "
		      "“%s”; did you mean “%s”?"),
		    method, near);
	else if (matched == 0)
		buf_puts(
		    out, spec->src[0] != '\0' || spec->dst[0] != '\0'
			     ? _("no message matched this fault; src and dst "
				 "are the two ends of one hop, not routers")
			     : _("no message matched this fault"));
	else if (nth > matched)
		buf_printf(out,
		    _("this fault was not applied: it waits for message %llu "
		      "of its kind, but only %llu came"),
		    (unsigned long long)nth, (unsigned long long)matched);
}

void
run_warn_script(struct run *r)
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
	run_warn(r, r->in->script_file, line,
	    _("the script does nothing: it gives no function to script, at or "
	      "on; write script(%.*s)"),
	    STR_ARG(s.name.n > 0 ? s.name : STR("main")));
}

/* Of so many faults it is said. */
#define SILENT_MOST 5

void
run_warn_end(struct run *r)
{
	const struct fault_spec *spec;
	uint64_t matched;
	bool struck;

	run_warn_astray(r);
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
			run_warn(r, file, line, "%s", buf_cstr(&text));
			said++;
		}
	}
}
