/* OPTIONS, asked and answered: RFC 3261 section 11. */
#include "agent/session_timer.h"
#include "roles/ua/ua_verbs.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/sdp_session.h"

#include <string.h>

const struct sip_header ua_capabilities[UA_CAPABILITIES] = {
	{ "Allow", STR_INIT(UA_ALLOW) },
	{ "Supported", STR_INIT(UA_SUPPORTED) },
};

const struct sip_header ua_plain_capabilities[UA_CAPABILITIES] = {
	{ "Allow", STR_INIT(UA_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED_PLAIN) },
};

/* 11.2: with what the phone can do as a body, where IN takes that. */
static void
accept_options(struct agent *agent, const struct sip_in *in)
{
	char supported[AGENT_SESSION_SUPPORTED];
	struct sip_header headers[] = {
		{ "Allow", STR(UA_ALLOW) },
		{ "Supported",
		    str_of(agent_session_supported(agent, supported)) },
		{ "Accept", STR(AGENT_SDP ", " AGENT_TEXT ", " AGENT_DTMF) },
		{ "Accept-Encoding", STR("identity") },
		{ "Accept-Language", STR("en") },
	};
	const struct node_face *face = agent_face_of(agent, in);
	struct ua *ua = (struct ua *)(void *)agent;
	struct sip_sdp_can can;
	struct buf sdp = BUF_INIT;

	agent_call_read_abilities(agent, face, &can);
	if (agent_takes_sdp(in->m))
		sip_sdp_write_capabilities(agent->node->name, &face->addr, &can,
		    (uint64_t)sim_now(agent_sim(agent)) + ++ua->described,
		    &sdp);
	struct sip_response_spec spec = {
		.status = 200,
		.headers = headers,
		.nheaders = sizeof(headers) / sizeof(headers[0]),
		.contact = str_of(agent_contact(agent, face)),
		.content_type = sdp.n > 0 ? STR(AGENT_SDP) : STR_NULL,
		.body = buf_view(&sdp),
	};

	if (sdp.err != 0)
		agent_fail_memory(agent);
	else
		node_reply(agent->node, in, &spec, RULE_OPTIONS_RECV);
	buf_free(&sdp);
}

void
ua_call_answer_options(struct agent_call *c, const struct sip_in *in)
{
	accept_options(c->agent, in);
}

void
ua_answer_options(struct agent *agent, const struct sip_in *in)
{
	struct agent_refusal r;

	if (agent_refuse_request(agent, in))
		return;
	ua_judge_call((struct ua *)(void *)agent, NULL, &r);
	if (r.status != 0)
		agent_refuse(agent, in, &r);
	else
		accept_options(agent, in);
	buf_free(&r.text);
}

int
ua_build(struct ua *ua, struct agent_call *c, struct sip_request_spec *spec,
    struct agent_request *r)
{
	struct buf tag = BUF_INIT;
	int err;

	if (c != NULL)
		return agent_dialog_request(c->dialog, spec, r);
	sip_stack_token(ua->agent.node->stack, SIP_STREAM_TAG, 8, &tag);
	err = tag.err != 0
		  ? ERR_NOMEM
		  : agent_request_build(&ua->agent, *spec, buf_view(&tag), r);
	buf_free(&tag);
	return err;
}

int
ua_options_build(struct ua *ua, struct agent_call *c, struct str uri,
    struct agent_request *r)
{
	char supported[AGENT_SESSION_SUPPORTED];
	/* 11.1: what the answer may have in its body. */
	struct sip_header headers[] = {
		{ "Allow", STR(UA_ALLOW) },
		{ "Supported",
		    str_of(agent_session_supported(&ua->agent, supported)) },
		{ "Accept", STR(AGENT_SDP) },
	};
	struct sip_request_spec spec = {
		.method = STR("OPTIONS"),
		.uri = uri,
		.headers = headers,
		.nheaders = sizeof(headers) / sizeof(headers[0]),
	};

	return ua_build(ua, c, &spec, r);
}

static int
cant_ask(const char *target, int err, struct diag *d)
{
	return diag_set(
	    d, err, NULL, 0, _("%s can't be asked: %s"), target, err_text(err));
}

/* RFC 5057 5.1: within a call it may say that the dialog is gone. */
static void
on_options_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_dialog *d = agent_dialog_of(q->agent, in->m);

	(void)arg;
	if (in->m->status >= 300)
		agent_call_fails_by(
		    agent_call_usage_in(d), MSG_OPTIONS, in->m->status);
}

static int
send_options(struct ua *ua, struct agent_call *c, struct str uri)
{
	static const struct agent_client_ops ops = { .response =
							 on_options_response };
	struct agent_request r = { 0 };
	struct agent_client *q;
	int err = ua_options_build(ua, c, uri, &r);

	r.hears_late = true;

	if (err == 0)
		err = agent_client_start(
		    &ua->agent, &r, RULE_OPTIONS_SEND, &ops, NULL, &q);
	sip_bytes_unref(r.bytes);
	return err;
}

int
ua_verb_options(const struct node_act *a)
{
	const char *target = node_arg(a->args, "target");
	struct ua *ua = a->role;
	struct buf uri = BUF_INIT;
	int err;

	if (target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("options needs the URI of whom to ask"));
	err = agent_write_target(&ua->agent, target, &uri);
	if (err == 0)
		err = send_options(ua, NULL, buf_view(&uri));
	if (err != 0)
		cant_ask(target, err, a->d);
	buf_free(&uri);
	return err;
}

int
ua_call_options(struct agent_call *c, struct diag *d)
{
	int err;

	if (!agent_call_can_ask(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    c->dialog == NULL
			? _("%s can't ask: it has no dialog yet")
			: _("%s can't ask: its BYE has ended the dialog"),
		    c->name);
	err = send_options(ua_of(c), c, STR_NULL);
	return err == 0 || err == ERR_NOMEM ? err : cant_ask(c->peer, err, d);
}
