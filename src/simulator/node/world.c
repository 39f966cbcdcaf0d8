/* The world: making nodes, finding them and where requests go. */
#include "node/world.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/locate.h"
#include "node/script_request.h"
#include "node/uri.h"
#include "node/accounts.h"
#include "node/phones.h"
#include "role/verb.h"
#include "sip/dialog.h"

#include <assert.h>
#include <string.h>

/* The longest name of a host (RFC 1035 2.3.4). */
#define WORLD_HOST 255

int
world_create(struct world **wp, const struct node_role *const *roles,
    uint64_t seed, struct trace_writer *writer)
{
	struct world *w = mem_alloc(sizeof(*w));

	*wp = w;
	if (w == NULL)
		return ERR_NOMEM;
	memset(w, 0, offsetof(struct world, views));
	for (size_t i = 0; i < WORLD_VIEWS; i++)
		w->views[i].of = NULL;
	w->roles = roles;
	w->locator = &node_directory;
	w->date.epoch_s = TRACE_EPOCH_S;
	list_init(&w->boards);
	if (sim_create(&w->sim, seed, writer) != 0 ||
	    net_create(&w->net, w->sim) != 0 ||
	    sip_engine_create(&w->engine, w->sim) != 0 ||
	    map_create(&w->nodes) != 0 || map_create(&w->domains) != 0 ||
	    map_create(&w->registrars) != 0 || map_create(&w->texts) != 0) {
		world_destroy(w);
		*wp = NULL;
		return ERR_NOMEM;
	}
	return 0;
}

const struct node_role *
world_role(const struct world *w, struct str word)
{
	for (size_t i = 0; w->roles[i] != NULL; i++)
		if (str_is(word, w->roles[i]->word))
			return w->roles[i];
	return NULL;
}

/* What N is by those of its roles that W has. */
static void
world_set_roles(const struct world *w, struct node *n)
{
	struct str rest = str_of(n->roles);

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		const struct role *row =
		    world_role(w, word) != NULL ? role_find(word) : NULL;

		n->is |= row != NULL ? row->is : 0;
		n->traits |= row != NULL ? row->traits : 0;
	}
}

const struct msg *
world_read(struct world *w, struct sip_bytes *b)
{
	struct world_view *v;

	for (size_t i = 0; i < WORLD_VIEWS; i++)
		if (w->views[i].of == b)
			return &w->views[i].m;
	v = &w->views[w->next_view++ % WORLD_VIEWS];
	sip_bytes_ref(b);
	sip_bytes_unref(v->of);
	v->of = b;
	sip_read(w->engine, b, &v->m);
	return &v->m;
}

void
world_destroy(struct world *w)
{
	size_t at = 0;
	void *node;

	if (w == NULL)
		return;
	memset(&w->watch, 0, sizeof(w->watch));
	while (w->nodes != NULL && map_next(w->nodes, &at, NULL, &node))
		node_destroy(node);
	map_destroy(w->nodes);
	mem_free(w->losses);
	if (w->sound.destroy != NULL)
		w->sound.destroy(w->sound.state);
	if (w->subscribers.destroy != NULL)
		w->subscribers.destroy(w->subscribers.state);
	map_destroy(w->domains);
	map_destroy(w->registrars);
	map_destroy(w->texts);
	accounts_destroy(w->accounts);
	phones_destroy(w->phones);
	for (size_t i = 0; i < WORLD_VIEWS; i++)
		sip_bytes_unref(w->views[i].of);
	sip_engine_destroy(w->engine);
	net_destroy(w->net);
	sim_destroy(w->sim);
	mem_free(w);
}

/* Names of domains are alike in large and small letters (19.1.4). */
static struct str
world_lower(struct str name, char small[WORLD_HOST])
{
	name = msg_host_name(name);
	if (name.n > WORLD_HOST)
		return STR_NULL;
	for (size_t i = 0; i < name.n; i++)
		small[i] = chr_lower(name.p[i]);
	return (struct str){ small, name.n };
}

/* Several registrars of one domain can't be told apart: the first is used. */
static int
add_registrar(struct world *w, struct node *n)
{
	char small[WORLD_HOST];
	struct str domain = world_lower(str_of(n->domain), small);

	if (domain.n == 0 || !node_plays(n, "registrar") ||
	    map_get(w->registrars, domain) != NULL)
		return 0;
	return map_put(w->registrars, domain, n);
}

static void
add_name_server(struct world *w, struct node *n)
{
	if (!node_plays(n, "dns"))
		return;
	if (w->last_name_server != NULL)
		w->last_name_server->next_server = n;
	else
		w->name_servers = n;
	w->last_name_server = n;
}

static void
add_faces(struct node *n, const struct world_node *spec)
{
	static const struct world_face all = { .name = "" };
	const struct world_face *f = spec->nfaces > 0 ? spec->faces : &all;

	n->nfaces = spec->nfaces > 0 ? spec->nfaces : 1;
	assert(n->nfaces <= NODE_FACES);
	for (size_t i = 0; i < n->nfaces; i++) {
		n->faces[i] = (struct node_face){ .node = n,
			.name = f[i].name,
			.addr = spec->nfaces > 0 ? f[i].addr : spec->addr,
			.listens = f[i].listens };
		node_face_init(&n->faces[i]);
	}
}

int
world_add_node(struct world *w, const struct world_node *spec, struct node **np)
{
	struct node *n = mem_zalloc(
	    1, sizeof(*n) + sizeof(n->role[0]) *
				(str_count(str_of(spec->roles), ' ') + 1));
	int err = ERR_NOMEM;

	*np = NULL;
	if (n == NULL)
		return ERR_NOMEM;
	n->world = w;
	list_init(&n->script_requests);
	list_init(&n->stuns);
	list_init(&n->flows);
	n->name = mem_strdup(spec->name);
	n->roles = mem_strdup(spec->roles);
	n->domain = mem_strdup(spec->domain);
	n->firmware = spec->firmware;
	n->outside = spec->outside;
	w->outside |= spec->outside;
	add_faces(n, spec);
	if (n->name == NULL || n->roles == NULL || n->domain == NULL ||
	    map_create(&n->attrs) != 0)
		goto out;
	world_set_roles(w, n);
	for (size_t i = 0; i < spec->nattrs; i++)
		if (node_set_attr(
			n, spec->attrs[i].key, spec->attrs[i].value) != 0)
			goto out;
	err = net_add_host(w->net, n->name, spec->forwards, &n->host);
	for (size_t i = 0; err == 0 && i < n->nfaces; i++)
		err = n->outside && net_addr_is_shared(&n->faces[i].addr)
			  ? net_host_add_guest(n->host)
			  : net_host_add_addr(n->host, &n->faces[i].addr);
	if (err == 0)
		err = map_put(w->nodes, str_of(n->name), n);
	phones_forget(w);
	if (err == 0 && add_registrar(w, n) != 0) {
		map_remove(w->nodes, str_of(n->name));
		err = ERR_NOMEM;
	}
out:
	if (err != 0)
		node_destroy(n);
	else
		add_name_server(w, n);
	*np = err == 0 ? n : NULL;
	return err;
}

int
world_add_domain(struct world *w, const char *domain, struct node *entry)
{
	char small[WORLD_HOST];

	return map_put(w->domains, world_lower(str_of(domain), small), entry);
}

struct node *
world_find(const struct world *w, const char *name)
{
	return map_get(w->nodes, str_of(name));
}

struct node *
world_registrar(const struct world *w, struct str domain)
{
	char small[WORLD_HOST];

	return map_get(w->registrars, world_lower(domain, small));
}

const struct accounts *
world_accounts(struct world *w)
{
	if (w->accounts == NULL)
		accounts_create(&w->accounts, w);
	return w->accounts;
}

bool
world_is_noted(const struct node *asker, struct str uri, struct addr *dst)
{
	const struct addr *at = asker != NULL && asker->noted != NULL
				    ? map_get(asker->noted, uri)
				    : NULL;

	if (at != NULL)
		*dst = *at;
	return at != NULL;
}

int
world_locate_by(const struct world *w, const struct node *asker, struct str uri,
    enum addr_transport liked, struct addr *dst)
{
	const struct node_face *face;
	char small[WORLD_HOST];
	struct addr asked = { 0 };
	struct msg_uri u;
	const struct node *entry;
	int err;

	/* Without TLS there is no way to a sips URI. */
	if (world_is_noted(asker, uri, dst) || sip_next_hop(uri, dst) == 0)
		return !node_is_sips(uri) ||
			       (asker != NULL && node_has_tls(asker))
			   ? 0
			   : ERR_NOTFOUND;
	if (msg_uri_read(uri, &u) != 0 || !node_speaks(asker, &u))
		return ERR_NOTFOUND;
	entry = map_get(w->domains, world_lower(sip_uri_host(&u), small));
	if (entry == NULL)
		return ERR_NOTFOUND;
	face = asker != NULL ? node_face_for(entry, asker) : &entry->faces[0];
	/* RFC 3263 4.1: NAPTR records are for a bare name. */
	if (u.port == 0)
		asked.transport =
		    liked != ADDR_DEFAULT ? liked : node_transport(entry);
	err = sip_uri_transport(&u, &asked);
	*dst = node_face_addr(face, asked.transport);
	/* 4.2 */
	if (u.port != 0)
		dst->port = u.port;
	return err;
}

int
world_locate_for(const struct world *w, const struct node *asker,
    struct str uri, struct addr *dst)
{
	return world_locate_by(w, asker, uri, ADDR_DEFAULT, dst);
}

int
world_locate(const struct world *w, struct str uri, struct addr *dst)
{
	return world_locate_for(w, NULL, uri, dst);
}

/* The one in LIST that is called NAME and said of a call, or of the node. */
static const struct node_verb *
find_verb(const struct node_verb *list, struct str name, bool on_call)
{
	enum verb_thing thing = on_call ? VERB_OF_CALL : VERB_OF_NODE;

	for (; list != NULL && list->row != NULL; list++)
		if (str_is(name, list->row->name) && list->row->thing == thing)
			return list;
	return NULL;
}

/* The role of N that has the call or subscription NAME; nroles: none does. */
static size_t
find_knowing(const struct node *n, const char *name)
{
	size_t i = 0;

	while (i < n->nroles &&
	       (n->role[i].ops->knows == NULL ||
		   !n->role[i].ops->knows(n->role[i].state, name)))
		i++;
	return i;
}

const struct node_verb *
world_verb_on(struct node *n, struct str name, const char *call, void **role)
{
	size_t owner = call != NULL ? find_knowing(n, call) : n->nroles;
	const struct node_verb *v;

	for (size_t i = 0; i < n->nroles; i++) {
		if (owner < n->nroles && i != owner)
			continue;
		v = find_verb(n->role[i].ops->verbs, name, call != NULL);
		if (v == NULL)
			continue;
		*role = n->role[i].state;
		return v;
	}
	v = find_verb(node_verbs, name, call != NULL);
	if (v != NULL)
		*role = n;
	return v;
}

const struct node_verb *
world_verb(struct node *n, struct str name, void **role)
{
	const struct node_verb *v = world_verb_on(n, name, NULL, role);

	return v != NULL ? v : world_verb_on(n, name, "", role);
}
