/* Why a user agent finds no address for a request, reported to its user. */
#include "agent/agent.h"

#include "base/err.h"
#include "msg/parts.h"

/* Some nodes are of the domain HOST. */
static bool
attempt_is_domain(const struct world *w, struct str host)
{
	size_t at = 0;
	void *value;

	while (map_next(w->nodes, &at, NULL, &value)) {
		const struct node *n = value;

		if (str_iis(host, n->domain))
			return true;
	}
	return false;
}

static bool
has_server(const struct world *w, struct str host)
{
	struct addr dst;
	LOCAL_BUF uri = BUF_INIT;

	buf_puts(&uri, "sip:");
	buf_str(&uri, host);
	return uri.err == 0 &&
	       world_locate_for(w, NULL, buf_view(&uri), &dst) == 0;
}

void
agent_tell_lost(const struct agent *agent, struct str uri)
{
	struct diag *d = &agent->node->world->lost;
	const char *name = agent->node->name;
	struct str by = STR_NULL;
	struct msg_uri u;
	uint8_t known;

	*d = DIAG_INIT;
	if (msg_uri_read(uri, &u) != 0)
		return;
	if (agent_wants_tls(agent, uri))
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s can't reach %.*s: a sips URI requires TLS on every "
		      "hop, and %s has no TLS; set tls=1.3 on it"),
		    name, STR_ARG(uri), name);
	else if (msg_param(u.params, "transport", &by) &&
		 (!addr_transport_find(by, &known) ||
		     has_server(agent->node->world, u.host)))
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s can't reach %.*s: no server there supports %.*s"),
		    name, STR_ARG(uri), STR_ARG(by));
	else if (attempt_is_domain(agent->node->world, u.host))
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s can't reach %.*s: the domain %.*s has no server; "
		      "give one of its nodes role=\"proxy registrar "
		      "location\", or omit domain= so that phones call each "
		      "other directly"),
		    name, STR_ARG(uri), STR_ARG(u.host));
	else
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s can't reach %.*s: its address is not known; the "
		      "topology has no such domain"),
		    name, STR_ARG(uri));
}
