/*
 * A registrar that tells others whom it has (third_party=NODE …): by a
 * REGISTER of its own for each who registers, RFC 3261 10.2, TS 24.229
 * 5.4.1.7.  To is the user, From and Contact are the registrar, so that its
 * reader learns nothing of the phone; Expires is that of the user's bindings,
 * 0 where none is left.  Nothing comes of the answer.
 */
#include "base/err.h"
#include "base/map.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "node/world.h"
#include "roles/registrar/registrar_in.h"
#include "rules/rule_names.h"

int64_t
registrar_longest(const struct location_contacts *bindings)
{
	int64_t s = 0;

	for (size_t i = 0; i < bindings->n; i++)
		if (bindings->list[i].expires_s > s)
			s = bindings->list[i].expires_s;
	return s;
}

/* M, a REGISTER, may be NULL. */
static void
tell_one(struct registrar *r, const struct node *other, struct str user,
    const struct msg *m, int64_t expires)
{
	static const struct agent_client_ops ops = { 0 };
	/* RFC 7315 4.3, 4.4, 4.6: where the user is, and the name by which is
	 * charged for that. */
	static const enum msg_header along[] = { MSG_H_P_ACCESS_NETWORK_INFO,
		MSG_H_P_VISITED_NETWORK_ID, MSG_H_P_CHARGING_VECTOR };
	struct agent *agent = &r->agent;
	LOCAL_BUF uri = BUF_INIT, own = BUF_INIT, to = BUF_INIT, s = BUF_INIT;
	LOCAL_BUF tag = BUF_INIT;
	struct agent_request q = { 0 };
	struct agent_client *client;
	struct sip_header headers[1 + COUNT_OF(along)];
	struct sip_request_spec spec = {
		.method = STR("REGISTER"),
		.headers = headers,
		.direct = true,
	};
	int err;

	node_write_uri(node_face_for(other, agent->node), ADDR_DEFAULT, &uri);
	node_write_address(node_face_for(agent->node, other), "", &own);
	buf_printf(&to, "<%.*s>", STR_ARG(user));
	buf_i64(&s, expires);
	sip_stack_token(agent->node->stack, SIP_STREAM_TAG, 8, &tag);
	spec.uri = buf_view(&uri);
	spec.from = spec.contact = buf_view(&own);
	spec.to = buf_view(&to);
	headers[spec.nheaders++] =
	    (struct sip_header){ "Expires", buf_view(&s) };
	for (size_t i = 0; m != NULL && i < COUNT_OF(along); i++)
		if (msg_field(m, along[i], 0) != NULL)
			headers[spec.nheaders++] = (struct sip_header){
				msg_header_info(along[i])->name,
				msg_value(m, along[i])
			};
	err = uri.err | own.err | to.err | s.err | tag.err;
	if (err == 0)
		err = agent_request_build(agent, spec, buf_view(&tag), &q);
	if (err == 0)
		err = agent_client_start(
		    agent, &q, RULE_REGISTER_THIRD, &ops, NULL, &client);
	node_fail_nomem(agent->node, err);
	sip_bytes_unref(q.bytes);
}

static void
tell_all(
    struct registrar *r, struct str user, const struct msg *m, int64_t expires)
{
	const struct node *n = r->agent.node;
	struct str rest = str_of(node_attr(n, "third_party", ""));

	while (rest.n > 0) {
		struct str name = str_cut(rest, ' ', &rest);
		const struct node *other = map_get(n->world->nodes, name);

		if (other != NULL)
			tell_one(r, other, user, m, expires);
	}
}

void
registrar_tell(struct registrar *r, const struct msg *m,
    const struct location_contacts *bindings)
{
	/* 10.2.3: who only asks changes nothing. */
	if (msg_field(m, MSG_H_CONTACT, 0) != NULL)
		tell_all(r, msg_addr_uri(msg_value(m, MSG_H_TO)), m,
		    registrar_longest(bindings));
}

/* The same of AOR, who has none any more, without a REGISTER. */
void
registrar_tell_ended(struct registrar *r, struct str aor)
{
	tell_all(r, aor, NULL, 0);
}
