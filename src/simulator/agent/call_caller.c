/*
 * The calling side: INVITE and its responses.  RFC 3261 13.2.
 */
#include "agent/call_in.h"
#include "agent/refer.h"
#include "agent/session_timer.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "rules/rule_names.h"

/* ---- INVITE ---- */

/* A script has given a field that may stand only once. */
static bool
caller_is_given(const struct node_fields *f, const char *name)
{
	enum msg_header id = msg_header_find(str_of(name));

	if (id == MSG_H_OTHER ||
	    (msg_header_info(id)->flags & MSG_HF_ONCE) == 0)
		return false;
	for (size_t i = 0; i < f->n; i++)
		if (msg_header_find(str_of(f->list[i].name)) == id)
			return true;
	return false;
}

static void
caller_add_field(struct node_fields *f, struct sip_header h)
{
	if (f->n < NODE_FIELDS && !caller_is_given(f, h.name))
		f->list[f->n++] = h;
}

/* What every INVITE has. */
static void
add_fields(struct str referred_by, const struct agent_session_fields *own,
    struct node_fields *f)
{
	for (size_t i = 0; i < own->n; i++)
		caller_add_field(f, own->list[i]);
	if (referred_by.n > 0)
		caller_add_field(
		    f, (struct sip_header){ "Referred-By", referred_by });
}

static int
build_invite(struct agent_call *c, const struct agent_call_invite *what,
    struct node_fields *f, struct agent_request *r)
{
	bool offers = !c->out.late && what->body.n == 0;
	LOCAL_MEM char *sdp = NULL;
	struct str type = node_fields_take(f, MSG_H_CONTENT_TYPE);
	struct agent_session_fields own;
	int err = 0;

	if (offers)
		err = agent_call_sdp_make(
		    c, agent_call_session(c), STR_NULL, false, &sdp);
	agent_session_ask(c, &own);
	add_fields(what->referred_by, &own, f);
	/* RFC 3262 4 */
	if (c->reliable.use == AGENT_RELIABLE_REQUIRED)
		caller_add_field(
		    f, (struct sip_header){ "Require", STR("100rel") });
	struct sip_request_spec spec = {
		.method = STR("INVITE"),
		.uri = str_of(c->peer),
		.contact = agent_call_contact(c),
		.headers = f->list,
		.nheaders = f->n,
		.content_type = type.n > 0 ? type : STR(AGENT_SDP),
		.body = offers ? str_of(sdp) : what->body,
		.from = what->from,
		.to = what->to,
		.call_id = what->call_id,
		.cseq = what->cseq,
		.direct = what->direct,
	};
	/* 13.2.1: a body that is not an offer leaves that to the 2xx. */
	if (!str_iis(spec.content_type, AGENT_SDP))
		c->out.late = true;
	else if (!offers)
		sip_sdp_take_origin(&c->sdp, spec.body);
	if (err == 0)
		err = agent_request_build(
		    c->agent, spec, str_of(c->local_tag), r);
	if (err == 0 && c->mask != NULL)
		err = agent_multipart_add(
		    c->agent, c->mask->pieces, c->mask->npieces, &r->bytes);
	return err;
}

static const struct agent_client_ops caller_ops;

int
agent_call_invite(struct agent *agent, const struct agent_call_ops *ops,
    const struct agent_call_invite *what, struct node_fields *fields,
    struct agent_call **cp)
{
	struct agent_call *c = agent_call_new(agent, ops, true, what->uri);
	struct agent_request r = { .contact = AGENT_CONTACT_WAY,
		.self = what->self,
		.hears_late = what->hears_late };
	int err = 0;

	*cp = NULL;
	if (c == NULL)
		return ERR_NOMEM;
	if (what->self != NULL)
		agent_call_set_self(c, what->self);
	if (what->direct)
		c->face = agent_face_toward(agent, what->uri, true);
	c->out.late = what->late;
	if (what->reliable != NULL)
		agent_reliable_find(what->reliable, &c->reliable.use);
	if (what->tag.n > 0) {
		mem_free(c->local_tag);
		c->local_tag = mem_dup(what->tag.p, what->tag.n);
		err = c->local_tag != NULL ? 0 : ERR_NOMEM;
	}
	c->mask = what->mask;
	if (c->mask != NULL && c->mask->contact_face != NULL)
		r.contact = AGENT_CONTACT_GIVEN;
	if (err == 0)
		err = build_invite(c, what, fields, &r);
	c->mask = NULL;
	if (err != 0) {
		agent_call_free(c);
		return err;
	}
	err = agent_client_start(
	    agent, &r, what->why, &caller_ops, c, &c->out.client);
	sip_bytes_unref(r.bytes);
	if (err != 0 && c->machine.state == STATE_IDLE)
		agent_call_free(c);
	else if (err != 0)
		agent_call_end(c, EVENT_NOT_SENT, RULE_UAC_NO_TARGET, 0);
	if (err != 0)
		return err;
	list_append(&c->invites, &c->out.client->mate);
	*cp = c;
	return 0;
}

/* ---- dialogs ---- */

/* The first Contact names a target: a 2xx that has none (it should) leaves
 * the target as it was. */
static bool
caller_has_target(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTACT);
	struct msg_addr a;

	return v.n > 0 && msg_addr_read(msg_cut_value(&v), &a) == 0 && !a.star;
}

/* 12.1.1: M, a 2xx, should say where the dialog's requests go. */
static void
note_no_target(struct agent_call *c, const struct msg *m)
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t old = sim_cause(sim);

	if (caller_has_target(m))
		return;
	agent_note_bad(c->agent, RULE_INVITE_2XX_CONTACT,
	    TRACE_REFUSAL_NO_CONTACT, m->start_line);
	sim_set_cause(sim, old);
}

/* Makes the dialog at the first response with a tag, moves it on later. */
static bool
take_response_dialog(struct agent_call *c, const struct msg *m)
{
	int err =
	    agent_call_take_dialog(c, agent_client_request(c->out.client), m);

	if (err != 0 && c->dialog != NULL &&
	    sip_dialog_stands(c->dialog->sip) && !caller_has_target(m))
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
end_other_branch(struct agent_call *c, const struct msg *m)
{
	struct sip_bytes *invite = agent_client_request(c->out.client);
	struct agent_call *other = agent_call_of(c->agent, m);
	int err;

	if (agent_call_ack_other_again(c, m))
		return;
	if (other != NULL && other != c) {
		agent_call_ack_send(other, invite, other->invite_cseq, m);
		return;
	}
	other = agent_call_new(c->agent, c->ops, true, str_of(c->peer));
	if (other == NULL) {
		agent_fail_memory(c->agent);
		return;
	}
	agent_call_set_self(other, c->self);
	other->invite_cseq = c->invite_cseq;
	other->out.late = c->out.late;
	note_no_target(other, m);
	/* Without a Contact the target stays as it was. */
	err = agent_call_split(c, other, invite, m);
	agent_fail_nomem(c->agent, err);
	if (err != 0 && (other->dialog == NULL || caller_has_target(m))) {
		agent_call_free(other);
		return;
	}
	agent_call_offer_note(
	    other, m->status, false, agent_call_sdp_of(m).n > 0);
	agent_call_step(other, EVENT_2XX, RULE_INVITE_2XX, m->status);
	agent_call_ack_send(other, invite, other->invite_cseq, m);
	if (agent_call_ack_keep_other(c, other, m) != 0)
		agent_fail_memory(c->agent);
	agent_call_bye_because(other, RULE_BYE_OTHER);
}

/* ---- responses ---- */

/* What M, a response that has made or kept a dialog of C's, says of the
 * session. */
static enum agent_offer_kind
caller_take_description(struct agent_call *c, const struct msg *m)
{
	struct agent_call_usage *u = agent_call_usage_of(c, m);
	enum agent_offer_kind kind;
	struct agent_offer_message what = {
		.method = MSG_INVITE,
		.status = m->status,
		.reliable = agent_prack_is_wanted(c, m),
		.described = agent_call_sdp_of(m).n > 0,
	};

	if (u == NULL)
		return AGENT_OFFER_NOTHING;
	kind = agent_offer_note(&u->offer, what);
	/* After a preview the answer says nothing new. */
	return agent_call_sdp_hear(u, &u->answer, kind, agent_call_sdp_of(m))
		   ? kind
		   : AGENT_OFFER_NOTHING;
}

/* The same of a 2xx, after which no other counts. */
static void
take_first_session(struct agent_call *c, const struct msg *m)
{
	caller_take_description(c, m);
	agent_call_sdp_tell(c, c->main, agent_call_sdp_of(m));
	if (!agent_call_is_relayed(c) && !c->out.late)
		agent_call_sdp_take_places(c, agent_call_sdp_of(m));
}

static void
confirm_call(struct agent_call *c, const struct msg *m)
{
	agent_call_timer_stop(c, AGENT_CALL_TIMER_CANCEL);
	note_no_target(c, m);
	if (!take_response_dialog(c, m)) {
		agent_call_end(c, EVENT_NOT_SENT, RULE_INVITE_2XX, m->status);
		return;
	}
	if (c->ops->answered != NULL)
		c->ops->answered(c, m);
	take_first_session(c, m);
	agent_session_agreed(c, agent_client_request(c->out.client), m, true);
	if (!c->end.cancel_wanted)
		agent_call_step(c, EVENT_2XX, RULE_INVITE_2XX, m->status);
	agent_call_ack_send(
	    c, agent_client_request(c->out.client), c->invite_cseq, m);
	if (c->end.cancel_wanted) {
		/* 9.1: it was answered before the CANCEL could take it
		 * back. */
		c->end.bye_why = RULE_BYE_CANCELLED;
		agent_call_send_bye(c, NULL);
		return;
	}
	if (c->ops->reports == NULL || !c->ops->reports(c))
		agent_refer_outcome(c, m->status);
	/* 13.2.2.4: what can't be used was acknowledged all the same. */
	if (!agent_call_ends_unusable(c, m, c->out.late, RULE_BYE_UNFIT))
		agent_call_tell(c, c->ops->established);
}

static void
caller_note_progress(const struct agent_call *c, const struct msg *m)
{
	struct agent_call_usage *u = agent_call_usage_of(c, m);

	if (u != NULL)
		u->prack.progress = m->status;
}

static void
take_progress(struct agent_call *c, const struct sip_in *in)
{
	const struct msg *m = in->m;
	bool tagged = msg_tag_of(m, MSG_H_TO).n > 0;

	if (agent_prack_ignores(c, in))
		return;
	if (c->machine.state == STATE_TERMINATING) {
		if (c->end.cancel_wanted && !c->end.cancelled)
			agent_call_send_cancel(c);
		if (tagged && agent_prack_is_wanted(c, m) &&
		    take_response_dialog(c, m))
			agent_prack_send(c, m);
	} else if (m->status == 199 && tagged) {
		agent_call_early_ended(c, in);
	} else if (m->status > 100 && tagged && take_response_dialog(c, m)) {
		caller_note_progress(c, m);
		if (caller_take_description(c, m) == AGENT_OFFER_PREVIEW)
			agent_call_step(
			    c, EVENT_1XX_SDP, RULE_INVITE_PREVIEW, m->status);
		else
			agent_call_step(
			    c, EVENT_1XX, RULE_INVITE_1XX, m->status);
		agent_prack_send(c, m);
	} else if (c->machine.state == STATE_CALLING) {
		agent_call_step(c, EVENT_100, RULE_ICT_1XX, m->status);
	}
	if (m->status > 100 && c->ops->progress != NULL)
		c->ops->progress(c, in);
}

/* IN may be NULL: none came. */
static void
tell_refused(struct agent_call *c, unsigned status, const struct sip_in *in)
{
	if (c->ops->refused != NULL)
		c->ops->refused(c, status, in);
}

static void
caller_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call *c = arg;
	unsigned status = in->m->status;

	if (c->over && (status < 200 || status >= 300)) {
		return; /* a BYE has been quicker */
	} else if (status < 200) {
		/* After the final one it is late and of no use. */
		if (agent_client_is_pending(q))
			take_progress(c, in);
	} else if (status >= 300) {
		agent_call_offer_note(c, status, false, false);
		tell_refused(c, status, in);
		agent_call_end(c, EVENT_300_699, RULE_INVITE_FAILED, status);
	} else if (!c->over && agent_call_dialog_is(c, STATE_MORTAL) &&
		   sip_dialog_matches(c->dialog->sip, in->m)) {
		/* The BYE within the early dialog was too late. */
		agent_call_ack_send(
		    c, agent_client_request(q), q->number, in->m);
		if (c->end.bye == NULL)
			agent_call_end(c, EVENT_2XX, RULE_BYE_SEND, 0);
	} else if (!c->over && (c->dialog == NULL ||
				   agent_call_dialog_is(c, STATE_EARLY))) {
		confirm_call(c, in->m);
	} else if (c->dialog != NULL &&
		   sip_dialog_matches(c->dialog->sip, in->m)) {
		agent_call_ack_send(
		    c, agent_client_request(q), c->invite_cseq, in->m);
	} else {
		end_other_branch(c, in->m);
	}
}

static void
caller_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	if (c->over)
		return;
	tell_refused(c, status, NULL);
	/* 8.1.3.1: as if a 408 or a 503 had come. */
	agent_call_end(c,
	    c->machine.state == STATE_IDLE ? EVENT_NOT_SENT : EVENT_TIMEOUT,
	    status == 408 ? RULE_UAC_408 : RULE_UAC_503, status);
}

/* The dialog's requests are asked for by the transport that the INVITE goes by,
 * at the face that it goes from. */
static void
caller_sending(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	/* 13.2.2.4: the number of each ACK for a 2xx, of whichever branch. */
	c->invite_cseq = q->number;
	c->contact_by = agent_contact_by(q->dst.transport, agent_client_uri(q));
	c->face = node_face_toward(c->agent->node, &q->dst);
	agent_call_sdp_readdress(c, q);
	if (c->machine.state == STATE_IDLE)
		agent_call_step(c, EVENT_INVITE_SENT, q->why, 0);
	agent_call_offer_begin(c, true, !c->out.late);
}

/* 13.2.2.3: what the attempt before has begun is over. */
static void
caller_again(
    struct agent_client *q, unsigned status, enum rule_id why, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	agent_call_offer_note(c, status, false, false);
	agent_call_end_dialogs(c, RULE_DIALOG_END);
	/* The step becomes the cause of the next request. */
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, EVENT_INVITE_SENT, why, status));
}

static void
caller_asked(
    struct agent_client *q, unsigned status, const char *uri, void *arg)
{
	struct agent_call *c = arg;
	const struct world_watch *watch = &c->agent->node->world->watch;

	(void)q;
	agent_call_offer_note(c, status, false, false);
	agent_call_end_dialogs(c, RULE_DIALOG_END);
	agent_call_step(c, EVENT_300_399, RULE_REDIRECT_ASK, status);
	if (watch->redirected != NULL)
		watch->redirected(
		    c->agent->node->name, c->name, uri, watch->arg);
}

static void
caller_ended(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	c->out.client = NULL;
	/* 13.2.2.4: 64*T1 after the first 2xx no other will come. */
	agent_call_end_early(c, RULE_DIALOG_EARLY_OVER);
	agent_call_ack_free(c, c->invite_cseq);
	agent_call_forget_client(c, q);
}

static const struct agent_client_ops caller_ops = {
	.sending = caller_sending,
	.response = caller_response,
	.failed = caller_failed,
	.again = caller_again,
	.asked = caller_asked,
	.ended = caller_ended,
};

int
agent_call_follow(struct agent_call *c, struct diag *d)
{
	if (c->out.client == NULL || c->out.client->status == 0)
		return diag_set(
		    d, ERR_STATE, NULL, 0, _("%s was not redirected"), c->name);
	agent_client_follow(c->out.client);
	return 0;
}
