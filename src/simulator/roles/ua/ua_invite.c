/*
 * A phone calls somebody: whom a script or a person names, and the sentences
 * where that can't be.
 */
#include "roles/ua/ua_place.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/fields.h"

static int
cant_call(const struct ua *ua, const char *target, int err, struct diag *d)
{
	if (err == ERR_NOMEM)
		return err;
	return diag_set(d, err, NULL, 0,
	    err == ERR_LIMIT
		? _("%s can't call %s: all its RTP ports are taken")
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
		.why = what->why,
		.hears_late = true };
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
		err = cant_call(ua, what->target, err, d);
	node_fields_free(&fields);
	buf_free(&uri);
	return err;
}
