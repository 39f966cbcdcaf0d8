/*
 * How a run begins: the world of its topology, the trace's first line, what was
 * there before.
 */
#include "runs/run_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/accounts.h"
#include "node/node_auth.h"
#include "node/locate.h"
#include "roles/dns/dns.h"
#include "roles/location/location.h"
#include "roles/roles.h"
#include "roles/ua/ua.h"
#include "sip/engine.h"
#include "sound/wav.h"
#include "text/json.h"

#include <string.h>

/* ---- From the topology to a world of nodes, links and domains ---- */

/* What a handset runs; any other node, nothing. */
static int
find_firmware(struct run *r, const struct topology_node *t, struct str *image,
    struct diag *d)
{
	const struct topology_attr *a = topology_attr(t, "firmware");
	struct diag why = DIAG_INIT;
	int err;

	if ((role_traits(str_of(t->role)) & TRAIT_FIRMWARE) == 0)
		return 0;
	err =
	    inputs_get_firmware(r->in, a != NULL ? a->value : "", image, &why);
	if (err != 0)
		diag_set(d, err, r->topology->file, t->line, _("node %s: %s"),
		    t->name, why.text);
	return err;
}

/* The texts of the zones that N names, as nodes find them (world->texts). */
static int
add_zones(struct run *r, const struct node *n, struct diag *d)
{
	struct str files = str_of(node_attr(n, "zone", ""));
	int err = 0;

	while (err == 0 && files.n > 0) {
		LOCAL_BUF file = BUF_INIT;
		const char *text;

		buf_str(&file, str_cut(files, ' ', &files));
		if (file.n > 0)
			err = inputs_get_program(
			    r->in, INPUTS_ZONE, buf_cstr(&file), &text, d);
		if (err == 0 && file.n > 0 &&
		    map_put(r->world->texts, buf_view(&file), (char *)text) !=
			0)
			err = ERR_NOMEM;
	}
	return err != 0 ? err : dns_check(n, d);
}

/* The sound that N says, where that is a file's. */
static int
add_sound(struct run *r, const struct node *n, struct diag *d)
{
	const char *file = node_attr(n, "sound", ""), *text;
	int err;

	if (!wav_is_named(str_of(file)))
		return 0;
	err = inputs_get_program(r->in, INPUTS_SOUND, file, &text, d);
	if (err == 0 &&
	    map_put(r->world->texts, str_of(file), (char *)text) != 0)
		err = ERR_NOMEM;
	return err;
}

static int
add_world_node(struct run *r, const struct topology_node *t, struct diag *d)
{
	struct node_arg attrs[64];
	struct world_node spec = {
		.name = t->name,
		.roles = t->role,
		.domain = t->domain,
		.addr = t->addr,
		.faces = t->faces,
		.nfaces = t->nfaces,
		.attrs = attrs,
	};
	const struct topology_attr *forward = topology_attr(t, "ip_forward");
	const struct topology_attr *outside = topology_attr(t, "outside");
	struct node *n;
	int err;

	for (size_t i = 0; i < t->nattrs && spec.nattrs < 64; i++)
		attrs[spec.nattrs++] =
		    (struct node_arg){ .key = t->attrs[i].name,
			    .value = t->attrs[i].value };
	spec.outside = outside != NULL && strcmp(outside->value, "true") == 0;
	r->in->outside.there |= spec.outside;
	spec.forwards = t->role[0] == '\0' || forward != NULL;
	err = spec.outside ? 0 : find_firmware(r, t, &spec.firmware, d);
	if (err != 0)
		return err;
	err = world_add_node(r->world, &spec, &n);
	if (err == 0 && node_plays(n, "dns"))
		r->world->locator = &node_dns;
	if (err == 0 && forward != NULL &&
	    !node_attr_bool(n, "ip_forward", t->role[0] == '\0'))
		spec.forwards = false;
	if (err != 0)
		return diag_set(d, err, r->topology->file, t->line,
		    _("node %s can't be created: %s"), t->name, err_text(err));
	if (spec.outside)
		return 0;
	err = add_zones(r, n, d);
	if (err == 0)
		err = add_sound(r, n, d);
	return err != 0 ? err : lua_programs_add(&r->programs, n, d);
}

static int
run_world_add_link(const struct run *r, const struct topology_edge *e)
{
	const struct topology *t = r->topology;
	const struct node *a = world_find(r->world, t->nodes[e->a].name);
	const struct node *b = world_find(r->world, t->nodes[e->b].name);
	struct net_link *l;
	int err = net_add_link(r->world->net, a->host, b->host, &e->params, &l);

	if (err == 0 && e->a_face != 0)
		err = net_link_set_face(
		    l, a->host, &a->faces[e->a_face - 1].addr);
	if (err == 0 && e->b_face != 0)
		err = net_link_set_face(
		    l, b->host, &b->faces[e->b_face - 1].addr);
	return err;
}

static int
add_links(struct run *r, struct diag *d)
{
	const struct topology *t = r->topology;

	for (size_t i = 0; i < t->nedges; i++) {
		const struct topology_edge *e = &t->edges[i];
		int err = run_world_add_link(r, e);

		if (err != 0)
			return diag_set(
			    d, err, t->file, e->line, "%s", err_text(err));
	}
	return 0;
}

static int
add_domains(struct run *r)
{
	const struct topology *t = r->topology;
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];

		if (n->entry == n)
			err = world_add_domain(
			    r->world, n->domain, world_find(r->world, n->name));
	}
	for (size_t i = 0; err == 0 && i < t->nserved; i++)
		err = world_add_domain(r->world, t->served[i].domain,
		    world_find(r->world, t->served[i].entry->name));
	return err;
}

/* The files that COMMAND's words name are texts of the run, whether it is
 * started or not: so a hand-in has them. */
static int
know_files(struct inputs *in, struct str command)
{
	struct str word;
	int err = 0;

	while (err != ERR_NOMEM && command.n > 0) {
		LOCAL_BUF file = BUF_INIT;
		struct diag none = DIAG_INIT;
		const char *text;

		word = str_cut(command, ' ', &command);
		buf_str(&file, word);
		if (str_chr(word, '.') > 0 && str_chr(word, '/') < 0)
			err = inputs_get_program(
			    in, INPUTS_PROGRAM, buf_cstr(&file), &text, &none);
		err = file.err != 0 ? file.err : err;
	}
	return err == ERR_NOMEM ? err : 0;
}

static int
add_own_setting(struct inputs *in, const char *node, const char *what)
{
	LOCAL_BUF text = BUF_INIT;

	buf_printf(&text, "%s.%s", node, what);
	return text.err != 0
		   ? text.err
		   : inputs_add_setting(in,
			 &(struct topology_setting){ .text = buf_cstr(&text) });
}

/* Processes play their nodes, where they may run: as if set by settings. */
static int
place_processes(struct inputs *in, const struct topology *t)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];
		const struct topology_attr *a = topology_attr(n, "process");
		LOCAL_BUF program = BUF_INIT;

		if (a == NULL)
			continue;
		err = know_files(in, str_of(a->value));
		if (in->processes == NULL || strcmp(n->role, "script") == 0)
			continue;
		buf_printf(&program, "program=%s", a->value);
		if (err == 0)
			err = program.err;
		if (err == 0)
			err = add_own_setting(in, n->name, "role=script");
		if (err == 0)
			err = add_own_setting(in, n->name, buf_cstr(&program));
	}
	return err;
}

static int
read_graph(struct inputs *in, struct diag *d)
{
	return topology_read(&in->graph, str_of(in->topology),
	    in->topology_file, in->settings, in->nsettings, d);
}

/* One run reads it for all that are made of copies of its inputs. */
static int
read_topology(struct run *r, struct diag *d)
{
	struct inputs *in = r->in;
	struct topology *first;
	int err = in->graph == NULL ? read_graph(in, d) : 0;

	if (err == 0) {
		first = topology_keep(in->graph);
		err = place_processes(in, first);
		topology_drop(first);
	}
	/* A setting more, and it is to be read again. */
	if (err == 0 && in->graph == NULL)
		err = read_graph(in, d);
	r->topology = topology_keep(in->graph);
	return diag_fail(d, err);
}

int
run_make_world(struct run *r, struct diag *d)
{
	struct inputs *in = r->in;
	int err = read_topology(r, d);

	if (err != 0)
		return err;
	err = world_create(&r->world, node_roles,
	    in->has_seed ? in->seed : r->topology->seed, r->writer);
	r->programs.world = r->world;
	r->programs.topology = r->topology->file;
	if (err == 0)
		sim_set_limits(r->world->sim, &in->limits);
	if (err == 0 && r->topology->dated)
		r->world->date = r->topology->date;
	for (size_t i = 0; err == 0 && i < r->topology->nnodes; i++)
		err = add_world_node(r, &r->topology->nodes[i], d);
	if (err == 0 && in->outside.there)
		err = outside_create(r, d);
	if (err == 0)
		err = add_links(r, d);
	if (err == 0)
		err = add_domains(r);
	if (err == 0)
		err = faults_create(&r->faults, r->world);
	if (err == 0)
		err = run_warn_topology(r);
	if (err == 0)
		err = watch_nodes(r);
	if (err == 0) {
		r->world->watch.changed = run_changed;
		r->world->watch.answered = run_answered;
		r->world->watch.screen = run_screen;
		r->world->watch.incoming = run_incoming;
		r->world->watch.reinvited = run_reinvited;
		r->world->watch.redirected = run_redirected;
		r->world->watch.arg = r;
	}
	return diag_fail(d, err);
}

/* ---- The trace's first line (docs/TRACE.md) ---- */

static const char *
attr_of(const struct topology_node *t, const char *name)
{
	const struct topology_attr *a = topology_attr(t, name);

	return a != NULL ? a->value : NULL;
}

static void
put_head_field(struct buf *b, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_put_field(b, key, str_of(value));
}

/* \N, the node's name, is not a label: Graphviz gives it to every node once it
 * has drawn something. */
static void
put_label(struct buf *b, const char *key, const char *text)
{
	struct buf plain = BUF_INIT;

	if (text == NULL || strcmp(text, "\\N") == 0)
		return;
	topology_put_label(&plain, text);
	put_head_field(b, key, buf_cstr(&plain));
	buf_end(&plain, &b->err);
}

/* The label of T's cluster is the domain of all its nodes, which says enough.
 */
static bool
run_world_is_domain(const struct topology *all, const struct topology_node *t)
{
	for (size_t i = 0; i < all->nnodes; i++)
		if (strcmp(all->nodes[i].cluster, t->cluster) == 0 &&
		    strcmp(all->nodes[i].domain, t->group) != 0)
			return false;
	return true;
}

static void
run_world_put_addr(struct buf *b, const struct topology_node *t)
{
	struct buf text = BUF_INIT;

	addr_write_bare(&t->addr, &text);
	for (size_t i = 1; i < t->nfaces; i++) {
		buf_putc(&text, ' ');
		addr_write_bare(&t->faces[i].addr, &text);
	}
	put_head_field(b, "addr", buf_cstr(&text));
	buf_end(&text, &b->err);
}

/* One alone says no more than the address. */
static void
write_faces(const struct topology_node *t, struct buf *b)
{
	if (t->nfaces < 2)
		return;
	json_open(b, "faces", '[');
	for (size_t i = 0; i < t->nfaces; i++) {
		struct buf text = BUF_INIT;

		addr_write_bare(&t->faces[i].addr, &text);
		json_open(b, NULL, '{');
		put_head_field(b, "name", t->faces[i].name);
		put_head_field(b, "addr", buf_cstr(&text));
		buf_putc(b, '}');
		buf_end(&text, &b->err);
	}
	buf_putc(b, ']');
}

static void
write_nodes(const struct run *r, struct buf *b)
{
	json_open(b, "nodes", '[');
	for (size_t i = 0; i < r->topology->nnodes; i++) {
		const struct topology_node *t = &r->topology->nodes[i];

		json_open(b, NULL, '{');
		json_put_field(b, "name", str_of(t->name));
		put_head_field(b, "role", t->role);
		put_head_field(b, "domain", t->domain);
		run_world_put_addr(b, t);
		write_faces(t, b);
		put_head_field(b, "aor", attr_of(t, "aor"));
		put_label(b, "label", attr_of(t, "label"));
		if (t->cluster[0] != '\0' &&
		    !run_world_is_domain(r->topology, t)) {
			put_label(b, "group", t->group);
			put_head_field(b, "cluster", t->cluster);
		}
		buf_putc(b, '}');
	}
	if (r->outside != NULL) {
		json_open(b, NULL, '{');
		json_put_field(b, "name", STR(RUN_OUTSIDE));
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

/* Of which face of T a link is: FACE, from 1 on; 0: of none in particular. */
static void
run_world_put_face(
    struct buf *b, const char *key, const struct topology_node *t, size_t face)
{
	if (face != 0 && t->nfaces > 1)
		put_head_field(b, key, t->faces[face - 1].name);
}

/* A share of 0 to 1 as "2.5%", to a ten-thousandth of it. */
static void
write_share(struct buf *b, const char *key, double share)
{
	uint64_t n = (uint64_t)(share * 1e6 + 0.5);
	struct buf text = BUF_INIT;

	if (n == 0)
		return;
	buf_u64(&text, n / 10000);
	n %= 10000;
	if (n > 0)
		buf_printf(&text, ".%04u", (unsigned)n);
	while (n > 0 && text.n > 0 && text.p[text.n - 1] == '0')
		text.n--;
	buf_putc(&text, '%');
	json_put_field(b, key, buf_view(&text));
	buf_end(&text, &b->err);
}

static void
write_links(const struct run *r, struct buf *b)
{
	json_open(b, "links", '[');
	for (size_t i = 0; i < r->topology->nedges; i++) {
		const struct topology_edge *e = &r->topology->edges[i];

		const struct topology_node *a = &r->topology->nodes[e->a];
		const struct topology_node *z = &r->topology->nodes[e->b];

		json_open(b, NULL, '{');
		json_put_field(b, "a", str_of(a->name));
		run_world_put_face(b, "a_face", a, e->a_face);
		json_put_field(b, "b", str_of(z->name));
		run_world_put_face(b, "b_face", z, e->b_face);
		json_put_int(b, "delay", e->params.delay_ns);
		write_share(b, "loss", e->params.loss);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

int
run_world_check_parsers(const struct run *r, struct diag *d)
{
	if (r->in->osip[0] == '\0' ||
	    strcmp(r->in->osip, sip_engine_version()) == 0)
		return 0;
	for (size_t i = 0; i < r->topology->nnodes; i++) {
		const struct topology_node *n = &r->topology->nodes[i];

		if (topology_attr(n, "parser") != NULL)
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("%s has parser=osip, and the run was made with "
			      "libosip2 %s; this is libosip2 %s"),
			    n->name, r->in->osip, sip_engine_version());
	}
	return 0;
}

int
run_write_header(struct run *r)
{
	LOCAL_BUF b = BUF_INIT;
	int err;

	buf_puts(&b, "{\"kind\":\"trace\",\"version\":1");
	json_put_field(&b, "rung", str_of(RUNG_VERSION));
	json_put_field(&b, "osip", str_of(sip_engine_version()));
	json_put_int(&b, "seed", (int64_t)sim_seed(r->world->sim));
	json_put_field(&b, "title", str_of(r->title));
	if (r->topology->dated)
		json_put_int(&b, "start", r->topology->date.epoch_s * SIM_S);
	write_nodes(r, &b);
	write_links(r, &b);
	if (!r->in->untold) {
		json_put_key(&b, "inputs");
		inputs_write(r->in, &b);
	}
	buf_putc(&b, '}');
	err = b.err;
	if (err == 0)
		trace_write_header(r->writer, buf_view(&b));
	return err != 0 ? err : trace_writer_error(r->writer);
}

/* ---- What was there before the run ---- */

struct warming {
	struct world *world;
	struct auth **askers; /* one for each node that may ask */
	size_t naskers;
};

/* ---- the servers ---- */

/* The roles of a node have one realm and share their nonces: one will do. */
static struct auth *
run_world_auth_of(const struct node *n)
{
	for (size_t i = 0; i < n->nroles; i++)
		if (n->role[i].ops->auth != NULL)
			return n->role[i].ops->auth(n->role[i].state);
	return NULL;
}

/* All of them, into an array with room for each node. */
static size_t
find_askers(const struct world *w, struct auth **askers)
{
	size_t at = 0, n = 0;
	void *node;

	while (map_next(w->nodes, &at, NULL, &node)) {
		askers[n] = run_world_auth_of(node);
		n += askers[n] != NULL;
	}
	return n;
}

/* The service that N stores its bindings in, or asks; or NULL. */
static struct location *
service_of(const struct node *n)
{
	const struct node *at =
	    world_find(n->world, node_attr(n, "location", n->name));

	return at != NULL ? node_role_state(at, "location") : NULL;
}

/* The service of a domain: its registrar's, without a registrar the one that
 * is in the domain; or NULL. */
static struct location *
run_world_find_service(const struct world *w, struct str domain)
{
	const struct node *registrar = world_registrar(w, domain);
	struct location *found = NULL;
	size_t at = 0;
	void *value;

	if (registrar != NULL)
		return service_of(registrar);
	while (found == NULL && map_next(w->nodes, &at, NULL, &value)) {
		const struct node *n = value;

		if (n->domain[0] != '\0' &&
		    str_ieq(msg_host_name(str_of(n->domain)),
			msg_host_name(domain)))
			found = service_of(n);
	}
	return found;
}

/* ---- the phones ---- */

/* A nonce of each server that knows a password of the phone's user. */
static int
give_nonces(struct warming *g, const struct node *n, struct ua *ua)
{
	LOCAL_BUF challenge = BUF_INIT;
	int err = 0;

	for (size_t i = 0; err == 0 && i < g->naskers; i++) {
		err = account_find(n, auth_realm(g->askers[i]));
		buf_clear(&challenge);
		if (err == 0 && auth_warm(g->askers[i], &challenge))
			err = challenge.err != 0 ? challenge.err
						 : agent_auth_learn(&ua->agent,
						       buf_view(&challenge));
		/* More realms than a phone can keep: it will be asked. */
		if (err != ERR_NOMEM)
			err = 0;
	}
	return err;
}

static int
warm_phone(
    struct warming *g, const struct node *n, struct ua *ua, struct diag *d)
{
	struct location *service = NULL;
	char *aor = node_aor(n);
	struct msg_uri u;
	int err = aor != NULL ? 0 : ERR_NOMEM;

	/* The location service of its address-of-record's domain. */
	if (err == 0 && msg_uri_read(str_of(aor), &u) == 0 && u.sip)
		service = run_world_find_service(g->world, u.host);
	mem_free(aor);
	if (err == 0 && service == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s can't be registered before the run begins: the "
		      "domain of its address-of-record has no location "
		      "service"),
		    n->name);
	if (err == 0)
		err = location_warm(service, n);
	if (err != 0)
		return err;
	ua_warm(ua);
	return give_nonces(g, n, ua);
}

int
world_warm(struct world *w, struct diag *d)
{
	struct warming g = { .world = w };
	size_t at = 0;
	void *value;
	int err = 0;

	g.askers = mem_zalloc(map_count(w->nodes), sizeof(struct auth *));
	if (g.askers == NULL || world_accounts(w) == NULL)
		err = ERR_NOMEM;
	else
		g.naskers = find_askers(w, g.askers);
	while (err == 0 && map_next(w->nodes, &at, NULL, &value)) {
		struct ua *ua = node_role_state(value, "ua");

		if (ua != NULL && node_attr_bool(value, "registered", false))
			err = warm_phone(&g, value, ua, d);
	}
	mem_free(g.askers);
	return err;
}
