/* What was there before the run (runs/warm.h). */
#include "runs/warm.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/accounts.h"
#include "node/auth.h"
#include "roles/location/location.h"
#include "roles/ua/ua.h"

struct warming {
	struct world *world;
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

/* All of them, into an array with room for each node. */
static size_t
find_askers(const struct world *w, struct auth **askers)
{
	size_t at = 0, n = 0;
	void *node;

	while (map_next(w->nodes, &at, NULL, &node)) {
		askers[n] = auth_of(node);
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
 * stands in the domain; or NULL. */
static struct location *
find_service(const struct world *w, struct str domain)
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
		service = find_service(g->world, u.host);
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
