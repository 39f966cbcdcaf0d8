/*
 * Requests to a phone: INVITEs that become a call of it, rejections by its
 * settings, OPTIONS.
 */
#include "roles/ua/ua.h"

#include "agent/session_timer.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "node/trust.h"
#include "roles/ua/ua_verbs.h"
#include "rules/rule_names.h"
#include "sip/sdp_session.h"

#include <string.h>

/* ---- Rejections by the settings: RFC 3261 13.3.1.2, 13.3.1.3, 21 ---- */

/* All lines are taken (attribute `lines`), not counting BUT. */
static bool
ua_is_full(const struct ua *ua, const struct agent_call *but)
{
	const char *text = node_attr(ua->agent.node, "lines", NULL);
	uint32_t lines;
	size_t busy;

	if (text == NULL || str_u32(str_of(text), &lines) != 0)
		return false;
	busy = map_count(ua->agent.by_name) - ua->nqueue;
	if (but != NULL && !ua_call_of(but)->queued)
		busy--;
	return busy >= lines;
}

/* Its user wants calls sent where ATTR says, and the phone does that itself: R
 * is the 302.  False: he does not. */
static bool
ua_send_elsewhere(
    const struct ua *ua, const char *attr, struct agent_refusal *r)
{
	const struct node *n = ua->agent.node;
	const char *to = node_attr(n, attr, NULL);

	if (to == NULL ||
	    strcmp(node_attr(n, "services", "phone"), "phone") != 0)
		return false;
	buf_printf(&r->text, "<%s>", to);
	r->status = 302;
	r->why = RULE_INVITE_REDIRECT;
	r->contact = buf_view(&r->text);
	return true;
}

static void
refuse_busy(const struct ua *ua, struct agent_refusal *r)
{
	if (ua_send_elsewhere(ua, "forward_busy", r))
		return;
	r->status = agent_refusal_status(&ua->agent, 486);
	r->why = r->status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_INVITE_REJECT;
}

/* What the settings say of any call at this moment; BUT as below.  An
 * OPTIONS gets the same (11.2).  Faults of the request itself are for
 * agent/refusal.h. */
static void
judge_by_settings(
    struct ua *ua, const struct agent_call *but, struct agent_refusal *r)
{
	const char *other = node_attr(ua->agent.node, "alternative", NULL);

	*r = (struct agent_refusal){ .text = BUF_INIT };
	if (ua_send_elsewhere(ua, "forward", r))
		return;
	if (other != NULL) {
		/* 21.3.5: the body describes the other service. */
		buf_printf(&r->text, "%s\r\n", other);
		r->status = 380;
		r->why = RULE_INVITE_ALTERNATIVE;
		r->content_type = STR("text/uri-list");
		r->body = buf_view(&r->text);
	} else if (node_attr_bool(ua->agent.node, "do_not_disturb", false)) {
		r->status = agent_refusal_status(&ua->agent, 480);
		r->why = RULE_INVITE_NOT_DISTURBED;
	} else if (node_attr_bool(ua->agent.node, "busy", false) ||
		   (ua_is_full(ua, but) &&
		       !node_attr_bool(ua->agent.node, "waiting", false))) {
		refuse_busy(ua, r);
	}
}

/* ---- Which INVITEs become a call: RFC 3261 13.3 ---- */

/* How long it rings where `forward_no_answer` has the next target, and
 * `no_answer` no time. */
#define UA_PATIENCE (20 * SIM_S)

static int
refuse_call(
    struct agent_call *c, const struct agent_refusal *r, struct str reason)
{
	struct sip_response_spec spec = {
		.status = r->status,
		.reason = reason,
		.contact = r->contact,
		.headers = r->headers,
		.nheaders = r->nheaders,
		.content_type = r->content_type,
		.body = r->body,
	};

	if (r->text.err == 0)
		return agent_call_refuse(c, &spec, r->why);
	agent_fail_memory(c->agent);
	return r->text.err;
}

/* ---- what happens by itself ---- */

static void
answer_by_itself(struct agent_call *c)
{
	agent_note_act(c->agent, "answer", c->name);
	agent_call_answer(c);
}

/* The attribute `answer`, after so long. */
void
ua_fire_answer(struct agent_call *c)
{
	answer_by_itself(c);
}

/* The attribute `no_answer`. */
void
ua_fire_no_answer(struct agent_call *c)
{
	unsigned status = agent_refusal_status(c->agent, 480);
	struct agent_refusal r = { .text = BUF_INIT };

	if (ua_send_elsewhere(ua_of(c), "forward_no_answer", &r)) {
		agent_note_act(c->agent, "redirect", c->name);
		refuse_call(c, &r, STR_NULL);
		buf_free(&r.text);
		return;
	}
	agent_note_act(c->agent, "reject", c->name);
	agent_call_reject(c, status, NULL,
	    status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_INVITE_UNANSWERED);
}

/* The attribute `forward_no_answer`, where the phone obeys it. */
static bool
forwards_unanswered(const struct agent_call *c)
{
	struct agent_refusal r = { .text = BUF_INIT };
	bool forwards = ua_send_elsewhere(ua_of(c), "forward_no_answer", &r);

	buf_free(&r.text);
	return forwards;
}

/* There is a line for the call: the phone rings, or answers at once, without a
 * 180 then (13.3.1.1). */
static void
give_line(struct agent_call *c)
{
	const struct node *n = c->agent->node;
	const char *answer = node_attr(n, "answer", NULL);
	const char *progress = node_attr(n, "progress", "180");
	int64_t after = node_attr_time(n, "answer", 2 * SIM_S);
	int64_t patience = node_attr_time(n, "no_answer", -1);
	int64_t now = sim_now(agent_sim(c->agent));
	/* A phone with a script, or that gives up at some time, has no habit of
	 * answering but the topology's. */
	bool answers = answer != NULL ? strcmp(answer, "never") != 0
				      : !ua_call_of(c)->watched && patience < 0;

	if (patience < 0 && forwards_unanswered(c))
		patience = UA_PATIENCE;
	ua_queue_leave(c);
	if (answer != NULL && answers && after == 0) {
		answer_by_itself(c);
		return;
	}
	if (strcmp(progress, "none") == 0)
		agent_call_plan_100(c);
	else if (agent_call_ring(c, strcmp(progress, "183") == 0 ? 183 : 180) !=
		 0)
		return;
	if (answers)
		ua_timer_set(c, UA_TIMER_ANSWER, now + after);
	if (patience >= 0)
		ua_timer_set(c, UA_TIMER_NO_ANSWER, now + patience);
}

static void
join_queue(struct agent_call *c)
{
	struct ua_call *u = ua_call_of(c);

	u->queued = true;
	list_append(&ua_of(c)->queue, &u->in_queue);
	ua_of(c)->nqueue++;
}

void
ua_queue_leave(struct agent_call *c)
{
	struct ua_call *u = ua_call_of(c);

	if (!u->queued)
		return;
	u->queued = false;
	list_remove(&u->in_queue);
	ua_of(c)->nqueue--;
}

void
ua_line_free(struct ua *ua)
{
	struct list *first = list_first(&ua->queue);
	struct agent_call *c;

	if (first == NULL)
		return;
	c = &LIST_ENTRY(first, struct ua_call, in_queue)->call;
	if (!ua_is_full(ua, c))
		give_line(c);
}

static void
ua_callee_tell_script(struct agent_call *c)
{
	const struct world_watch *watch = &c->agent->node->world->watch;

	ua_call_of(c)->watched =
	    watch->incoming != NULL &&
	    watch->incoming(c->agent->node->name, c->name, watch->arg);
}

/* The phone rings, answers after a time, rejects, waits for a line, as its
 * attributes say. */
static void
follow_settings(struct agent_call *c, int64_t expires_s)
{
	struct agent_refusal r;

	judge_by_settings(ua_of(c), c, &r);
	if (r.status != 0) {
		refuse_call(c, &r, STR_NULL);
		buf_free(&r.text);
		return;
	}
	if (expires_s >= 0)
		agent_call_timer_set(c, AGENT_CALL_TIMER_EXPIRES,
		    sim_now(agent_sim(c->agent)) + expires_s * SIM_S);
	if (!ua_is_full(ua_of(c), c)) {
		give_line(c);
		return;
	}
	/* 21.1.4: no line is free, but one will be. */
	join_queue(c);
	agent_call_ring(c, 182);
}

/* ---- a call comes in ---- */

/* RFC 3891 3: no user is asked, and no line is needed; RFC 3911 4: a caller who
 * joins a conversation is let in by the user who answers the phone. */
static void
ua_callee_take_place(
    struct agent_call *c, struct agent_call *old, const struct sip_in *in)
{
	agent_place_claim(c, old, in);
	if (!agent_place_is_sure(c))
		give_line(c);
	else if (agent_call_answer(c) == 0)
		agent_place_answered(c);
}

/* OLD: the call that IN is about, or NULL. */
static void
ua_callee_new_call(
    struct ua *ua, const struct sip_in *in, struct agent_call *old)
{
	struct agent_call *c = agent_call_invited(&ua->agent, &ua_call_ops, in);
	uint32_t expires;
	bool limited = str_u32(msg_value(in->m, MSG_H_EXPIRES), &expires) == 0;

	if (c == NULL)
		return;
	ua_callee_tell_script(c);
	if (old != NULL)
		ua_callee_take_place(c, old, in);
	else
		follow_settings(c, limited ? (int64_t)expires : -1);
}

/* RFC 5359 2.13: calls are to come through the proxy that screens them; 21.3.4:
 * other senders have to use that one. */
static bool
sent_past_proxy(struct ua *ua, const struct sip_in *in)
{
	struct node *n = ua->agent.node;
	const struct node *proxy =
	    world_find(n->world, node_attr(n, "use_proxy", ""));
	struct buf contact = BUF_INIT;

	if (proxy == NULL || node_has_addr(proxy, &in->src))
		return false;
	node_write_address(node_face_toward(proxy, &in->src), "", &contact);
	node_reply_field(n, in, 305, "Contact", &contact, RULE_REDIRECT_305);
	return true;
}

/* RFC 3325 8: who calls, as far as the network knows; for a phone that says
 * whom it trusts. */
static void
note_asserted(const struct node *n, const struct sip_in *in)
{
	bool trusted = node_trusts(n, &in->src);
	struct str who = node_asserted_in(in->m);
	struct buf text = BUF_INIT;

	if (!node_has_trust(n) || who.n == 0)
		return;
	buf_puts(&text,
	    trusted ? "P-Asserted-Identity: " : "P-Asserted-Identity unused: ");
	buf_str(&text, who);
	node_note(
	    n, trusted ? RULE_IDENTITY_SHOWN : RULE_IDENTITY_IGNORED, &text);
}

void
ua_invited(struct agent *agent, const struct sip_in *in)
{
	struct ua *ua = (struct ua *)(void *)agent;
	struct agent_call *old;

	if (sent_past_proxy(ua, in) || agent_refuse_extensions(agent, in) ||
	    agent_refuse_request(agent, in))
		return;
	note_asserted(agent->node, in);
	if (agent_place_of(agent, in, &old))
		ua_callee_new_call(ua, in, old);
}

/* ---- OPTIONS, asked and answered: RFC 3261 section 11 ---- */

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
	LOCAL_BUF sdp = BUF_INIT;

	agent_call_read_abilities(agent, face, &can);
	if (agent_takes_sdp(in->m))
		sip_sdp_write_capabilities(agent->node->name, &face->addr, &can,
		    (uint64_t)sim_now(agent_sim(agent)) + ++ua->described,
		    &sdp);
	struct sip_response_spec spec = {
		.status = 200,
		.headers = headers,
		.nheaders = COUNT_OF(headers),
		.contact = str_of(agent_contact(agent, face)),
		.content_type = sdp.n > 0 ? STR(AGENT_SDP) : STR_NULL,
		.body = buf_view(&sdp),
	};

	if (sdp.err != 0)
		agent_fail_memory(agent);
	else
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
	struct agent_refusal r;

	if (agent_refuse_request(agent, in))
		return;
	judge_by_settings((struct ua *)(void *)agent, NULL, &r);
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
	LOCAL_BUF tag = BUF_INIT;

	if (c != NULL)
		return agent_dialog_request(c->dialog, spec, r);
	sip_stack_token(ua->agent.node->stack, SIP_STREAM_TAG, 8, &tag);
	return tag.err != 0
		   ? ERR_NOMEM
		   : agent_request_build(&ua->agent, *spec, buf_view(&tag), r);
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
		.nheaders = COUNT_OF(headers),
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
	LOCAL_BUF uri = BUF_INIT;
	int err;

	if (target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("options needs the URI to query"));
	err = agent_write_target(&ua->agent, target, &uri);
	if (err == 0)
		err = send_options(ua, NULL, buf_view(&uri));
	if (err != 0)
		cant_ask(target, err, a->d);
	return err;
}

int
ua_call_options(struct agent_call *c, struct diag *d)
{
	int err;

	if (!agent_call_can_ask(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    c->dialog == NULL
			? _("%s can't send OPTIONS: it has no dialog yet")
			: _("%s can't send OPTIONS: its BYE has ended the "
			    "dialog"),
		    c->name);
	err = send_options(ua_of(c), c, STR_NULL);
	return err == 0 || err == ERR_NOMEM ? err : cant_ask(c->peer, err, d);
}
