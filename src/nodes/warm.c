/* What was there before the run (nodes/warm.h). */
#include "nodes/warm.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/accounts.h"
#include "node/auth.h"
#include "nodes/location.h"
#include "nodes/ua.h"

struct warming {
	struct world *world;
	struct map *services; /* "sip:domain" → struct location *, the first */
	struct auth **askers; /* one for each node that may ask */
	size_t naskers;
};

/* ---- the servers ---- */

/* The roles of a node have one realm and share their nonces: one will do. */
static struct auth *
auth_of(const struct node *n)
{
	for (size_t i = 0; i < n->nroles; i++)
		if (n->role[i].ops->auth != NULL)
			return n->role[i].ops->auth(n->role[i].state);
	return NULL;
}

static int
put_service(struct warming *g, const struct node *n, struct location *service)
{
	struct buf uri = BUF_INIT, key = BUF_INIT;
	int err = 0;

	buf_printf(&uri, "sip:%s", n->domain);
	if (msg_uri_aor(buf_view(&uri), &key) == 0 &&
	    map_get(g->services, buf_view(&key)) == NULL)
		err = map_put(g->services, buf_view(&key), service);
	if (uri.err != 0 || key.err != 0)
		err = ERR_NOMEM;
	buf_free(&uri);
	buf_free(&key);
	return err;
}

/* The service that the domain's registrar stores its bindings in; without a
 * registrar the one that stands in the domain. */
static int
add_service(struct warming *g, const struct node *n, bool registrars)
{
	const struct node *at =
	    world_find(g->world, node_attr(n, "location", n->name));
	struct location *service =
	    at != NULL ? node_role_state(at, "location") : NULL;

	if (service == NULL || n->domain[0] == '\0' ||
	    node_plays(n, "registrar") != registrars)
		return 0;
	return put_service(g, n, service);
}

static int
find_servers(struct warming *g)
{
	const struct map *nodes = g->world->nodes;
	size_t at = 0;
	void *value;
	int err = map_create(&g->services);

	g->askers = mem_zalloc(map_count(nodes), sizeof(struct auth *));
	if (g->askers == NULL)
		err = ERR_NOMEM;
	while (err == 0 && map_next(nodes, &at, NULL, &value)) {
		struct auth *a = auth_of(value);

		if (a != NULL)
			g->askers[g->naskers++] = a;
		err = add_service(g, value, true);
	}
	at = 0;
	while (err == 0 && map_next(nodes, &at, NULL, &value))
		err = add_service(g, value, false);
	return err;
}

/* ---- the phones ---- */

/* A nonce of each server that knows a password of the phone's user. */
static int
give_nonces(struct warming *g, const struct node *n, struct ua *ua)
{
	struct buf challenge = BUF_INIT;
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
	buf_free(&challenge);
	return err;
}

/* The location service of its address-of-record's domain, or NULL. */
static int
find_service(
    const struct warming *g, const struct node *n, struct location **service)
{
	struct buf uri = BUF_INIT, key = BUF_INIT;
	char *aor = node_aor(n);
	struct msg_uri u;
	int err = 0;

	*service = NULL;
	if (aor == NULL)
		return ERR_NOMEM;
	if (msg_uri_read(str_of(aor), &u) == 0 && u.sip) {
		buf_printf(&uri, "sip:%.*s", STR_ARG(u.host));
		if (msg_uri_aor(buf_view(&uri), &key) == 0)
			*service = map_get(g->services, buf_view(&key));
	}
	if (uri.err != 0 || key.err != 0)
		err = ERR_NOMEM;
	buf_free(&uri);
	buf_free(&key);
	mem_free(aor);
	return err;
}

static int
warm_phone(
    struct warming *g, const struct node *n, struct ua *ua, struct diag *d)
{
	struct location *service;
	int err = find_service(g, n, &service);

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
	int err = world_accounts(w) == NULL ? ERR_NOMEM : find_servers(&g);

	while (err == 0 && map_next(w->nodes, &at, NULL, &value)) {
		struct ua *ua = node_role_state(value, "ua");

		if (ua != NULL && node_attr_bool(value, "registered", false))
			err = warm_phone(&g, value, ua, d);
	}
	map_destroy(g.services);
	mem_free(g.askers);
	return err;
}
