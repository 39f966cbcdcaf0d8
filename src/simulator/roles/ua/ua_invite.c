/*
 * A phone calls somebody: whom a script or a person names, and the sentences
 * where that can't be.
 */
#include "roles/ua/ua_place.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/fields.h"

/* The domain of URI, which some nodes are of and none answers for; or
 * STR_NULL. */
static struct str
domain_without_server(const struct ua *ua, struct str uri)
{
	struct msg_uri u;
	size_t at = 0;
	void *value;

	if (msg_uri_read(uri, &u) != 0)
		return STR_NULL;
	while (map_next(ua->agent.node->world->nodes, &at, NULL, &value)) {
		const struct node *n = value;

		if (str_iis(u.host, n->domain))
			return u.host;
	}
	return STR_NULL;
}

/* TARGET as it was given, URI what became of it. */
static int
cant_call(const struct ua *ua, const char *target, struct str uri, int err,
    struct diag *d)
{
	bool tls = agent_wants_tls(&ua->agent, str_of(target));
	struct str domain = domain_without_server(ua, uri);

	if (err == ERR_NOMEM)
		return err;
	if (err == ERR_LIMIT)
		return diag_set(d, err, NULL, 0,
		    _("%s can't call %s: all its RTP ports are taken"),
		    ua->agent.node->name, target);
	if (err == ERR_NOTFOUND && !tls && domain.n > 0)
		return diag_set(d, err, NULL, 0,
		    _("%s can't call %s: the domain %.*s has no server; give "
		      "one of its nodes role=\"proxy registrar location\", or "
		      "leave domain= out and the phones call each other "
		      "directly"),
		    ua->agent.node->name, target, STR_ARG(domain));
	return diag_set(d, err, NULL, 0,
	    tls ? _("%s can't call %s: a sips URI wants TLS on all its way, "
		    "and there is none here")
	    : err == ERR_NOTFOUND
		? _("%s can't call %s: no address is known for it (no such "
		    "domain in the topology)")
		: _("%s can't call %s: that is no URI"),
	    ua->agent.node->name, target);
}

int
ua_invite(struct ua *ua, const struct ua_invite *what, struct agent_call **call,
    struct diag *d)
{
	struct agent_call_invite invite = { .late = what->late,
		.referred_by = what->referred_by,
		.body = what->body,
		.reliable = what->reliable,
		.why = what->why };
	struct node_fields fields;
	struct buf uri = BUF_INIT;
	int err = node_fields_read(&fields, what->headers, d);

	*call = NULL;
	if (err == 0)
		err = node_fields_check(&fields, d);
	if (err == 0)
		err = ua_place_add(what->place, &fields);
	if (err != 0) {
		node_fields_free(&fields);
		return err;
	}
	err = agent_write_target(&ua->agent, what->target, &uri);
	invite.uri = buf_view(&uri);
	if (err == 0)
		err = agent_call_invite(
		    &ua->agent, &ua_call_ops, &invite, &fields, call);
	if (err == ERR_SYNTAX)
		node_fields_blame(&fields, d);
	if (err != 0)
		err = cant_call(ua, what->target, buf_view(&uri), err, d);
	node_fields_free(&fields);
	buf_free(&uri);
	return err;
}
