/* OPTIONS, asked and answered: RFC 3261 section 11. */
#include "agent/session_timer.h"
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

#include <string.h>

int
ua_write_target(const struct ua *ua, const char *target, struct buf *out)
{
	const struct node *other = world_find(ua->agent.node->world, target);
	struct msg_uri u;

	if (strchr(target, ':') != NULL) {
		buf_puts(out, target);
	} else if (other != NULL && node_is_phone(other)) {
		char *aor = node_aor(other);

		if (aor == NULL)
			return ERR_NOMEM;
		buf_puts(out, aor);
		mem_free(aor);
	} else {
		buf_printf(out, "sip:%s", target);
		if (strchr(target, '@') == NULL &&
		    ua->agent.node->domain[0] != '\0')
			buf_printf(out, "@%s", ua->agent.node->domain);
	}
	if (out->err != 0)
		return ERR_NOMEM;
	return msg_uri_read(buf_view(out), &u) == 0 ? 0 : ERR_SYNTAX;
}

const struct sip_header ua_capabilities[UA_CAPABILITIES] = {
	{ "Allow", STR_INIT(UA_ALLOW) },
	{ "Supported", STR_INIT(UA_SUPPORTED) },
};

const struct sip_header ua_plain_capabilities[UA_CAPABILITIES] = {
	{ "Allow", STR_INIT(UA_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED_PLAIN) },
};

static void
accept_options(struct agent *agent, const struct sip_in *in)
{
	struct sip_header headers[] = {
		{ "Allow", STR(UA_ALLOW) },
		{ "Supported", str_of(agent_session_supported(agent)) },
		{ "Accept", STR(AGENT_SDP) },
		{ "Accept-Encoding", STR("identity") },
		{ "Accept-Language", STR("en") },
	};
	struct sip_response_spec spec = {
		.status = 200,
		.headers = headers,
		.nheaders = sizeof(headers) / sizeof(headers[0]),
		.contact = str_of(agent_contact(agent)),
	};

	node_reply(agent->node, in, &spec, RULE_OPTIONS_RECV);
}

void
ua_call_answer_options(struct agent_call *c, const struct sip_in *in)
{
	accept_options(c->agent, in);
}

void
ua_answer_options(struct agent *agent, const struct sip_in *in)
{
	struct ua *ua = (struct ua *)(void *)agent;
	struct ua_refusal r = { 0 };

	if (agent_refuse_extensions(agent, in))
		return;
	ua_judge_request(ua, in->m, &r);
	if (r.status == 0)
		ua_judge_call(ua, NULL, &r);
	if (r.status != 0)
		ua_refuse(ua, in, &r);
	else
		accept_options(agent, in);
	buf_free(&r.text);
}

static int
build(struct ua *ua, struct str uri, struct agent_request *r)
{
	/* 11.1: what the answer may have in its body. */
	struct sip_header headers[] = {
		{ "Allow", STR(UA_ALLOW) },
		{ "Supported", str_of(agent_session_supported(&ua->agent)) },
		{ "Accept", STR(AGENT_SDP) },
	};
	struct sip_request_spec spec = {
		.method = STR("OPTIONS"),
		.uri = uri,
		.headers = headers,
		.nheaders = sizeof(headers) / sizeof(headers[0]),
	};
	struct buf tag = BUF_INIT;
	int err;

	sip_stack_token(ua->agent.node->stack, SIP_STREAM_TAG, 8, &tag);
	err = tag.err != 0
		  ? ERR_NOMEM
		  : agent_request_build(&ua->agent, spec, buf_view(&tag), r);
	buf_free(&tag);
	return err;
}

int
ua_options(struct ua *ua, const char *target, struct diag *d)
{
	static const struct agent_client_ops ops = { 0 };
	struct agent_request r = { 0 };
	struct buf uri = BUF_INIT;
	struct agent_client *q;
	int err = ua_write_target(ua, target, &uri);

	if (err == 0)
		err = build(ua, buf_view(&uri), &r);
	if (err == 0)
		err = agent_client_start(
		    &ua->agent, &r, RULE_OPTIONS_SEND, &ops, NULL, &q);
	if (err == ERR_NOTFOUND && agent_wants_tls(buf_view(&uri)))
		diag_set(d, err, NULL, 0,
		    _("%s can't be asked: a sips URI wants TLS on all its "
		      "way, and there is none here"),
		    target);
	else if (err != 0)
		diag_set(d, err, NULL, 0, _("%s can't be asked: %s"), target,
		    err_text(err));
	sip_bytes_unref(r.bytes);
	buf_free(&uri);
	return err;
}
