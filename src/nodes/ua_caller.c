/*
 * The calling side: INVITE and its responses.  RFC 3261 13.2.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/fields.h"

/* ---- INVITE ---- */

/* What every INVITE has, unless F does. */
static void
add_fields(struct node_fields *f, struct str referred_by)
{
	struct sip_header own[] = {
		ua_capabilities[0],
		ua_capabilities[1],
		{ "Referred-By", referred_by },
	};

	for (size_t i = 0; i < UA_CAPABILITIES + 1 && f->n < NODE_FIELDS; i++)
		if (own[i].value.n > 0)
			f->list[f->n++] = own[i];
}

static int
build_invite(struct ua *ua, struct ua_call *c, const struct ua_invite *what,
    struct node_fields *f, struct agent_request *r)
{
	struct buf from = BUF_INIT, to = BUF_INIT, call_id = BUF_INIT;
	bool offers = !c->late && what->body.n == 0;
	char *sdp = NULL;
	struct str type = node_fields_take(f, MSG_H_CONTENT_TYPE);
	struct agent_routes routes;
	int err = agent_preload(&ua->agent, true, &routes);

	if (err == 0 && offers)
		err = ua_sdp_make(c, STR_NULL, false, &sdp);
	buf_printf(&from, "%s;tag=%s", ua->agent.identity, c->local_tag);
	buf_printf(&to, "<%s>", c->peer);
	sip_stack_token(
	    ua->agent.node->stack, SIP_STREAM_CALL_ID, 12, &call_id);
	buf_putc(&call_id, '@');
	addr_write_host(&ua->agent.node->addr, &call_id);
	add_fields(f, what->referred_by);
	struct sip_request_spec spec = {
		.method = STR("INVITE"),
		.uri = str_of(c->peer),
		.from = buf_view(&from),
		.to = buf_view(&to),
		.call_id = buf_view(&call_id),
		.cseq = 1,
		.routes = routes.list,
		.nroutes = routes.n,
		.headers = f->list,
		.nheaders = f->n,
		.content_type = type.n > 0 ? type : STR(UA_SDP),
		.body = offers ? str_of(sdp) : what->body,
	};
	if (err == 0)
		err = agent_next_hop(&ua->agent, spec.uri,
		    routes.n > 0 ? routes.list[0] : STR_NULL, &r->dst);
	/* The dialog's requests are asked for by the same transport. */
	c->transport = err == 0 ? r->dst.transport : ADDR_UDP;
	spec.contact = ua_call_contact(c);
	/* 13.2.1: a body that is no offer leaves that to the 2xx. */
	if (!str_iis(spec.content_type, UA_SDP))
		c->late = true;
	if (from.err != 0 || to.err != 0 || call_id.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err =
		    sip_build_request(ua->agent.node->stack, &spec, &r->bytes);
	mem_free(sdp);
	buf_free(&from);
	buf_free(&to);
	buf_free(&call_id);
	buf_free(&routes.text);
	return err;
}

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
	bool tls = agent_wants_tls(str_of(target));
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

static const struct agent_client_ops invite_ops;

int
ua_invite(struct ua *ua, const struct ua_invite *what, struct ua_call **call,
    struct diag *d)
{
	struct agent_request r = { 0 };
	struct node_fields fields;
	struct buf uri = BUF_INIT;
	struct ua_call *c = NULL;
	int err = node_fields_read(&fields, what->headers, d);

	*call = NULL;
	if (err == 0)
		err = node_fields_check(&fields, d);
	if (err != 0) {
		node_fields_free(&fields);
		return err;
	}
	err = ua_write_target(ua, what->target, &uri);
	if (err == 0)
		c = ua_call_new(ua, true, buf_view(&uri));
	if (err == 0 && c == NULL)
		err = ERR_NOMEM;
	if (err == 0) {
		c->late = what->late;
		err = build_invite(ua, c, what, &fields, &r);
	}
	node_fields_free(&fields);
	if (err != 0) {
		if (c != NULL)
			ua_call_free(c);
		err = cant_call(ua, what->target, buf_view(&uri), err, d);
		buf_free(&uri);
		return err;
	}
	buf_free(&uri);
	ua_call_step(c, "INVITE sent", what->why, 0);
	err = agent_client_start(
	    &ua->agent, &r, what->why, &invite_ops, c, &c->client);
	sip_bytes_unref(r.bytes);
	if (err != 0) {
		ua_call_end(c, RULE_UAC_NO_TARGET, 0);
		return cant_call(ua, what->target, STR_NULL, err, d);
	}
	list_append(&c->invites, &c->client->mate);
	*call = c;
	return 0;
}

/* ---- dialogs ---- */

/* The first Contact names a target: a 2xx that has none (it should) leaves
 * the target as it was. */
static bool
has_target(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTACT);
	struct msg_addr a;

	return v.n > 0 && msg_addr_read(msg_cut_value(&v), &a) == 0 && !a.star;
}

/* Makes the dialog at the first response with a tag, moves it on later. */
static bool
take_dialog(struct ua_call *c, const struct msg *m)
{
	int err = ua_call_take_dialog(c, agent_client_request(c->client), m);

	if (err != 0 && c->dialog != NULL && sip_dialog_stands(c->dialog) &&
	    !has_target(m))
		err = 0;
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	else if (err == ERR_LIMIT)
		agent_note_bad(c->agent, RULE_INVITE_1XX, TRACE_REFUSAL_EARLY,
		    msg_value(m, MSG_H_TO));
	return err == 0;
}

/* 13.2.2.4: a 2xx from another branch of a fork has a dialog of its own: it
 * is acknowledged, and that session is ended again. */
static void
end_other_branch(struct ua_call *c, const struct msg *m)
{
	struct sip_bytes *invite = agent_client_request(c->client);
	struct ua_call *other = ua_call_of(c->ua, m);
	int err;

	if (ua_ack_other_again(c, m))
		return;
	if (other != NULL && other != c) {
		ua_ack_send(other, invite, other->invite_cseq, c->late, m);
		return;
	}
	other = ua_call_new(c->ua, true, str_of(c->peer));
	if (other == NULL) {
		agent_fail_memory(c->agent);
		return;
	}
	other->invite_cseq = c->invite_cseq;
	other->realms = c->realms;
	/* Without a Contact the target stays as it was. */
	err = ua_call_split(c, other, invite, m);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	if (err != 0 && (other->dialog == NULL || has_target(m))) {
		ua_call_free(other);
		return;
	}
	ua_call_step(other, "2xx", RULE_INVITE_2XX, m->status);
	ua_ack_send(other, invite, other->invite_cseq, c->late, m);
	if (ua_ack_keep_other(c, other, m) != 0)
		agent_fail_memory(c->agent);
	ua_call_bye_because(other, RULE_BYE_OTHER);
}

/* ---- responses ---- */

/* What M, a response that has made or kept a dialog of C's, says of the
 * session; true where that is the answer to C's offer. */
static bool
take_answer(struct ua_call *c, const struct msg *m)
{
	struct ua_answer *a = ua_call_dialog_answer(c, m);

	return !c->late && a != NULL && ua_sdp_take_answer(c, a, ua_sdp_of(m));
}

/* The same of a 2xx, after which no other counts. */
static void
take_session(struct ua_call *c, const struct msg *m)
{
	take_answer(c, m);
	if (c->late)
		ua_sdp_note_hold(c, ua_sdp_of(m));
	else
		c->held = c->answer.holds;
}

/* 13.2.2.4: what can't be used is acknowledged all the same. */
static void
judge_session(struct ua_call *c, const struct msg *m)
{
	if (c->late && ua_sdp_unusable(ua_sdp_of(m)))
		ua_call_bye_because(c, RULE_BYE_UNUSABLE);
	else if (c->late && sip_sdp_is_refused(&c->sdp))
		ua_call_bye_because(c, RULE_RTP_PORTS);
	else if (c->answer.unfit)
		ua_call_bye_because(c, RULE_BYE_UNFIT);
	else
		ua_call_plan_hangup(c);
}

static void
confirmed(struct ua_call *c, const struct msg *m)
{
	ua_timer_stop(c, UA_TIMER_CANCEL);
	c->invite_cseq = c->client->number;
	c->realms = c->client->realms;
	if (!take_dialog(c, m)) {
		ua_call_end(c, RULE_INVITE_2XX, m->status);
		return;
	}
	take_session(c, m);
	if (!c->cancel_wanted)
		ua_call_step(c, "2xx", RULE_INVITE_2XX, m->status);
	ua_ack_send(
	    c, agent_client_request(c->client), c->invite_cseq, c->late, m);
	if (c->cancel_wanted) {
		/* 9.1: it was answered before the CANCEL could take it
		 * back. */
		c->bye_why = RULE_BYE_CANCELLED;
		ua_call_end_session(c, NULL);
		return;
	}
	ua_transfer_outcome(c, m->status);
	judge_session(c, m);
}

static void
progress(struct ua_call *c, const struct msg *m)
{
	bool tagged = msg_tag(msg_value(m, MSG_H_TO)).n > 0;

	if (c->state == UA_TERMINATING) {
		if (c->cancel_wanted && !c->cancelled)
			ua_call_send_cancel(c);
	} else if (m->status > 100 && tagged && take_dialog(c, m)) {
		ua_call_step(c, "1xx",
		    take_answer(c, m) ? RULE_INVITE_PREVIEW : RULE_INVITE_1XX,
		    m->status);
	} else if (c->state == UA_CALLING) {
		ua_call_step(c, "100", RULE_ICT_1XX, m->status);
	}
}

static void
invite_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct ua_call *c = arg;
	unsigned status = in->m->status;

	if (status < 200) {
		/* After the final one it is late and of no use. */
		if (agent_client_is_pending(q))
			progress(c, in->m);
	} else if (status >= 300) {
		ua_call_end(c, RULE_INVITE_FAILED, status);
	} else if (!c->over && c->dialog != NULL &&
		   sip_dialog_is(c->dialog, SIP_DIALOG_MORTAL) &&
		   sip_dialog_matches(c->dialog, in->m)) {
		/* The BYE within the early dialog was too late. */
		ua_ack_send(
		    c, agent_client_request(q), q->number, c->late, in->m);
		if (c->bye == NULL)
			ua_call_end(c, RULE_BYE_SEND, 0);
	} else if (!c->over && (c->dialog == NULL || sip_dialog_is(c->dialog,
							 SIP_DIALOG_EARLY))) {
		confirmed(c, in->m);
	} else if (c->dialog != NULL && sip_dialog_matches(c->dialog, in->m)) {
		ua_ack_send(
		    c, agent_client_request(q), c->invite_cseq, c->late, in->m);
	} else {
		end_other_branch(c, in->m);
	}
}

static void
invite_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	/* 8.1.3.1: as if a 408 or a 503 had come. */
	ua_call_end(arg, status == 408 ? RULE_UAC_408 : RULE_UAC_503, status);
}

/* 13.2.2.3: what the attempt before has begun is over. */
static void
invite_again(
    struct agent_client *q, unsigned status, enum rule_id why, void *arg)
{
	struct ua_call *c = arg;

	(void)q;
	ua_call_end_dialogs(c, RULE_DIALOG_END);
	/* What is sent next, and where to, is by that. */
	sim_set_cause(
	    agent_sim(c->agent), ua_call_step(c, "INVITE sent", why, status));
}

static void
invite_asked(
    struct agent_client *q, unsigned status, const char *uri, void *arg)
{
	struct ua_call *c = arg;
	const struct world_watch *watch = &c->agent->node->world->watch;

	(void)q;
	ua_call_end_dialogs(c, RULE_DIALOG_END);
	ua_call_step(c, "300-399", RULE_REDIRECT_ASK, status);
	if (watch->redirected != NULL)
		watch->redirected(
		    c->agent->node->name, c->name, uri, watch->arg);
}

static void
invite_ended(struct agent_client *q, void *arg)
{
	struct ua_call *c = arg;

	c->client = NULL;
	/* 13.2.2.4: 64*T1 after the first 2xx no other will come. */
	ua_call_end_early(c, RULE_DIALOG_EARLY_OVER);
	ua_ack_free(c, c->invite_cseq);
	ua_call_forget_client(c, q);
}

static const struct agent_client_ops invite_ops = {
	.response = invite_response,
	.failed = invite_failed,
	.again = invite_again,
	.asked = invite_asked,
	.ended = invite_ended,
};

int
ua_call_follow(struct ua_call *c, struct diag *d)
{
	if (c->client == NULL || !agent_client_is_asking(c->client))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s was not sent elsewhere"), c->name);
	agent_client_follow(c->client);
	return 0;
}
