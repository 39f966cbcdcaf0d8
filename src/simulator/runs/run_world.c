/* From the topology to a world of nodes, links and domains. */
#include "runs/run_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/locate.h"
#include "roles/dns/dns.h"
#include "roles/roles.h"
#include "sound/wav.h"

#include <string.h>

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
		struct buf file = BUF_INIT;
		const char *text;

		buf_str(&file, str_cut(files, ' ', &files));
		if (file.n > 0)
			err = inputs_get_program(
			    r->in, INPUTS_ZONE, buf_cstr(&file), &text, d);
		if (err == 0 && file.n > 0 &&
		    map_put(r->world->texts, buf_view(&file), (char *)text) !=
			0)
			err = ERR_NOMEM;
		buf_free(&file);
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
		    _("node %s can't be made: %s"), t->name, err_text(err));
	if (spec.outside)
		return 0;
	err = add_zones(r, n, d);
	if (err == 0)
		err = add_sound(r, n, d);
	return err != 0 ? err : lua_programs_add(&r->programs, n, d);
}

static int
add_link(const struct run *r, const struct topology_edge *e)
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
		int err = add_link(r, e);

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
		struct buf file = BUF_INIT;
		struct diag none = DIAG_INIT;
		const char *text;

		word = str_cut(command, ' ', &command);
		buf_str(&file, word);
		if (str_chr(word, '.') > 0 && str_chr(word, '/') < 0)
			err = inputs_get_program(
			    in, INPUTS_PROGRAM, buf_cstr(&file), &text, &none);
		err = file.err != 0 ? file.err : err;
		buf_free(&file);
	}
	return err == ERR_NOMEM ? err : 0;
}

static int
add_own_setting(struct inputs *in, const char *node, const char *what)
{
	struct buf text = BUF_INIT;
	int err;

	buf_printf(&text, "%s.%s", node, what);
	err = text.err != 0
		  ? text.err
		  : inputs_add_setting(in,
			&(struct topology_setting){ .text = buf_cstr(&text) });
	buf_free(&text);
	return err;
}

/* Programs stand in the places of nodes, where they may run: as if somebody had
 * set so. */
static int
place_processes(struct inputs *in, const struct topology *t)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];
		const struct topology_attr *a = topology_attr(n, "process");
		struct buf program = BUF_INIT;

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
		buf_free(&program);
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
	/* A setting more, and it is to be read anew. */
	if (err == 0 && in->graph == NULL)
		err = read_graph(in, d);
	r->topology = topology_keep(in->graph);
	return err == 0 || d->err != 0
		   ? err
		   : diag_set(d, err, NULL, 0, "%s", err_text(err));
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
		err = run_doubt_topology(r);
	if (err == 0)
		err = watch_nodes(r);
	if (err == 0) {
		r->world->watch.changed = run_changed;
		r->world->watch.screen = run_screen;
		r->world->watch.incoming = run_incoming;
		r->world->watch.reinvited = run_reinvited;
		r->world->watch.redirected = run_redirected;
		r->world->watch.arg = r;
	}
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
