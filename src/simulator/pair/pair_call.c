/*
 * An INVITE goes on through a box: RFC 3261 6, RFC 7092.  Its call is one of
 * the pair, the INVITE that it makes is the other; responses to that are passed
 * to the first.
 */
#include "pair/pair_in.h"

#include "agent/refusal.h"
#include "agent/replaces.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "node/overload.h"
#include "rules/rule_names.h"

/* ---- Whom a box calls, and where ---- */

/* URI, whose user begins with one of the prefixes of `rewrite`, with another in
 * its place, appended to OUT: "00=+ 0=+49". */
static void
pair_call_write_number(const struct node *n, struct str uri, struct buf *out)
{
	struct str rest = str_of(node_attr(n, "rewrite", ""));
	struct msg_uri u;

	if (rest.n > 0 && msg_uri_read(uri, &u) != 0)
		rest = STR_NULL;
	while (rest.n > 0) {
		struct str to, rule = str_cut(rest, ' ', &rest);
		struct str from = str_cut(rule, '=', &to);
		size_t at;

		if (from.n == 0 || u.user.n < from.n ||
		    !str_eq(str_slice(u.user, 0, from.n), from))
			continue;
		at = (size_t)(u.user.p - uri.p);
		buf_str(out, str_slice(uri, 0, at));
		buf_str(out, to);
		buf_str(out, str_slice(uri, at + from.n, uri.n));
		return;
	}
	buf_str(out, uri);
}

void
pair_target_free(struct pair_target *to)
{
	buf_free(&to->uri);
	buf_free(&to->headers);
}

void
pair_find_target(
    struct pairs *pairs, const struct sip_in *in, struct pair_target *to)
{
	if (pair_find_bound(pairs, in->m->uri, to))
		return;
	if (pairs->kind->route != NULL)
		pairs->kind->route(pairs, in, to);
	else
		pair_call_write_number(pairs->agent.node, in->m->uri, &to->uri);
}

struct str
pair_place_uri(const struct pair_leg *h)
{
	const struct agent_dialog *d = h->call.dialog;

	/* Whose name the party has may be another's, behind a box. */
	return str_of(d != NULL && d->sip->remote_target != NULL
			  ? d->sip->remote_target
			  : h->call.peer);
}

/* M is for another user, and the dialog that it is to replace or join is none
 * of the box's: it is a matter of the nodes behind (RFC 3891 3). */
static bool
pair_is_placed_behind(struct pairs *pairs, const struct msg *m)
{
	bool joins = msg_field(m, MSG_H_JOIN, 0) != NULL;
	struct agent_place_name name;

	return agent_place_read(
		   msg_value(m, joins ? MSG_H_JOIN : MSG_H_REPLACES), &name) ==
		   0 &&
	       agent_place_find(&pairs->agent, &name) == NULL &&
	       !agent_recent_calls_has(&pairs->agent, &name) &&
	       !node_is_uri(pairs->agent.node, m->uri);
}

/* ---- what the other INVITE has ---- */

/* What it is made of, while it is made. */
struct passing_invite {
	struct pair_target to;
	struct buf from, whom; /* From and To */
	struct buf body, replaces;
	struct buf call_id;               /* empty: as in any other call */
	struct node_fields fields, asked; /* the latter, of `to` */
	const char *place;                /* Replaces or Join, or NULL */
	bool late;                        /* it has no offer */
	bool reliable;                    /* the first party knows 100rel */
	bool answer_only; /* nothing but its 2xx is to describe a session */
	bool behind;      /* what it is to replace is none of the box's */
};

static void
free_passing(struct passing_invite *v)
{
	pair_target_free(&v->to);
	buf_free(&v->from);
	buf_free(&v->whom);
	buf_free(&v->body);
	buf_free(&v->call_id);
	buf_free(&v->replaces);
	node_fields_free(&v->fields);
	node_fields_free(&v->asked);
}

/* 21.5.4: when to come back, in seconds. */
#define COME_BACK 5

/* The box has as many calls as it may have, or they come too fast: true, and
 * rejected. */
static bool
refuse_overload(struct pairs *pairs, const struct sip_in *in)
{
	struct node *n = pairs->agent.node;
	struct buf seconds = BUF_INIT;
	enum rule_id why = RULE_NONE;
	uint32_t most;

	if (str_u32(str_of(node_attr(n, "capacity", "")), &most) == 0 &&
	    pairs->live >= most)
		why = RULE_PROXY_OVERLOAD;
	else if (pairs->overload != NULL)
		why = overload_refuses(pairs->overload, in->m);
	if (why == RULE_NONE)
		return false;
	buf_u64(&seconds, COME_BACK);
	node_reply_field(n, in, 503, "Retry-After", &seconds, why);
	return true;
}

/* RFC 3891 3: OLD is a leg of a pair; the other leg's party is called, and that
 * leg is to be replaced, by the names that it has there. */
static void
place_elsewhere(
    struct passing_invite *v, const struct agent_call *old, const struct msg *m)
{
	const struct pair_leg *other =
	    pair_other((const struct pair_leg *)(const void *)old);
	struct agent_place_name name = { 0 };
	bool joins = msg_field(m, MSG_H_JOIN, 0) != NULL;

	if (other == NULL)
		return;
	agent_place_read(
	    msg_value(m, joins ? MSG_H_JOIN : MSG_H_REPLACES), &name);
	v->place = joins ? "Join" : "Replaces";
	buf_clear(&v->to.uri);
	buf_str(&v->to.uri, pair_place_uri(other));
	agent_place_write(&other->call, name.early_only, &v->replaces);
}

/* The offer of the first party, as the second gets it; or a body that is none.
 */
static int
pass_body(struct pair *p, struct passing_invite *v, const struct msg *m)
{
	struct str sdp = agent_call_sdp_of(m);

	v->late = sdp.n == 0;
	v->reliable = p->legs[0]->call.reliable.use != AGENT_RELIABLE_NO;
	if (sdp.n == 0) {
		buf_str(&v->body, m->body);
		return v->body.err;
	}
	if (pair_sdp_hear(&p->sdp, 0, sdp) != 0)
		return ERR_LIMIT;
	return pair_pass_sdp(p, 1, sdp, true, &v->body);
}

static int
prepare_invite(struct pair *p, struct passing_invite *v, const struct msg *m,
    const struct node_face *face)
{
	int err = pass_body(p, v, m);

	if (err != 0)
		return err;
	err = pair_fields_carry(p->pairs, m, v->late, face, &v->fields);
	pair_write_party(m, MSG_H_FROM, &v->from);
	if (err == 0)
		err =
		    node_fields_read(&v->asked, buf_view(&v->to.headers), NULL);
	for (size_t i = 0; i < v->asked.n; i++)
		pair_add_field(
		    &v->fields, v->asked.list[i].name, v->asked.list[i].value);
	/* A party that takes a call of the box's has called the box. */
	if (v->replaces.n > 0 && p->policy.hides)
		buf_printf(&v->whom, "<%.*s>", STR_ARG(buf_view(&v->to.uri)));
	else
		pair_write_called(p->pairs, m, face, &v->whom);
	pair_hide_party(p->pairs, face, &v->from);
	if ((p->policy.faults & PAIR_FAULT_BIT(PAIR_FAULT_CALL_ID)) != 0)
		buf_str(&v->call_id, msg_value(m, MSG_H_CALL_ID));
	if (v->replaces.n > 0)
		pair_add_field(&v->fields, v->place, buf_view(&v->replaces));
	for (int i = 0; v->behind && i < 2; i++) {
		struct str value =
		    msg_value(m, i == 0 ? MSG_H_REPLACES : MSG_H_JOIN);

		if (value.n > 0)
			pair_add_field(
			    &v->fields, i == 0 ? "Replaces" : "Join", value);
	}
	return err != 0 || v->from.err != 0 || v->whom.err != 0 ||
		       v->replaces.err != 0 || v->call_id.err != 0
		   ? ERR_NOMEM
		   : 0;
}

static int
pair_call_send_invite(
    struct pair *p, struct passing_invite *v, struct agent_call **call)
{
	struct agent *agent = &p->pairs->agent;
	struct agent_call_mask mask = {
		.counts_as_one =
		    (p->policy.faults & 1u << PAIR_FAULT_RSEQ) != 0,
	};
	struct agent_call_invite what = {
		.uri = buf_view(&v->to.uri),
		.late = v->late,
		.body = buf_view(&v->body),
		.from = buf_view(&v->from),
		.to = buf_view(&v->whom),
		.direct = v->to.direct,
		.call_id = buf_view(&v->call_id),
		/* RFC 3262 5: an offer in a provisional response is to be
		 * answered in the PRACK, which the first party must support. */
		.reliable =
		    v->late && (v->answer_only || !v->reliable) ? "no" : NULL,
		.mask = &mask,
		.why = v->replaces.n > 0 || v->asked.n > 0 ? RULE_PAIR_REPLACES
							   : RULE_PAIR_CALL,
	};
	int err;

	if ((p->policy.faults & PAIR_FAULT_BIT(PAIR_FAULT_CONTACT)) != 0)
		mask.contact_face = p->legs[0]->call.face;
	err =
	    agent_call_invite(agent, &p->pairs->calls, &what, &v->fields, call);
	if (err != 0)
		return err;
	pair_leg_of(*call)->mask = mask;
	(*call)->mask = &pair_leg_of(*call)->mask;
	return 0;
}

/* An INVITE goes out that is made of M, what P's first party has sent. */
static int
invite_party(struct pair *p, const struct msg *m, struct passing_invite *v,
    const struct agent_call *old, struct agent_call **c)
{
	const struct node_face *face;
	int err;

	/* Whom it is for decides what this half may say of the other. */
	if (old != NULL)
		place_elsewhere(v, old, m);
	face = agent_face_toward(
	    &p->pairs->agent, buf_view(&v->to.uri), v->to.direct);
	p->sdp.addr[1] = face->addr;
	if ((p->policy.faults & PAIR_FAULT_BIT(PAIR_FAULT_CONTACT)) != 0)
		p->legs[0]->mask.contact_face = face;
	err = prepare_invite(p, v, m, face);
	if (err == 0)
		err = pair_call_send_invite(p, v, c);
	agent_fail_nomem(&p->pairs->agent, err);
	return err;
}

/* The other half of P is made. */
static void
pair_call_other(struct pair *p, const struct msg *m, struct passing_invite *v,
    const struct agent_call *old)
{
	struct agent_call *c;
	int err = invite_party(p, m, v, old, &c);

	if (err == 0) {
		pair_add_leg(p, 1, c);
		p->legs[0]->now.fresh = false;
		pair_step(p, EVENT_INVITE_SENT, (struct pair_input){ 1, 0 });
	} else {
		p->refusal.status = pair_status_of(err);
		p->refusal.why = RULE_PAIR_NOT_SENT;
		pair_step(p, EVENT_NOT_SENT, (struct pair_input){ 1, 0 });
	}
}

/* What P's first party has sent; V is to be freed, KEPT let go. */
static const struct msg *
read_first_again(struct pair *p, struct str uri, struct passing_invite *v,
    struct sip_bytes **kept)
{
	*kept = sip_bytes_ref(p->legs[0]->call.in.request);
	buf_str(&v->to.uri, uri);
	return world_read(p->pairs->agent.node->world, *kept);
}

int
pair_call_party(struct pair *p, struct str uri, struct agent_call **c)
{
	struct passing_invite v = { .answer_only = true };
	LOCAL_REF struct sip_bytes *kept = NULL;
	const struct msg *m = read_first_again(p, uri, &v, &kept);
	int err =
	    v.to.uri.err != 0 ? ERR_NOMEM : invite_party(p, m, &v, NULL, c);

	free_passing(&v);
	return err;
}

void
pair_pass_to(struct pair *p, struct str uri)
{
	struct passing_invite v = { .late = false };
	LOCAL_REF struct sip_bytes *kept = NULL;
	const struct msg *m = read_first_again(p, uri, &v, &kept);

	p->waits = false;
	p->user = NULL;
	pair_call_other(p, m, &v, NULL);
	free_passing(&v);
}

/* ---- it comes ---- */

/* The pair that IN makes, with its first call; NULL: no memory. */
static struct pair *
pair_call_accept_invite(struct pairs *pairs, const struct sip_in *in)
{
	struct pair *p = pair_create(pairs, NULL);
	struct agent_call *c;

	if (p == NULL) {
		agent_fail_memory(&pairs->agent);
		return NULL;
	}
	c = agent_call_invited(&pairs->agent, &pairs->calls, in);
	if (c == NULL) {
		pair_free(p);
		return NULL;
	}
	pair_add_leg(p, 0, c);
	if (agent_call_sdp_of(in->m).n == 0) {
		bool required = msg_lists(in->m, MSG_H_REQUIRE, "100rel");

		p->late = true;
		p->mute =
		    required || c->reliable.use == AGENT_RELIABLE_REQUIRED;
		if (!required && !msg_lists(in->m, MSG_H_SUPPORTED, "100rel"))
			c->reliable.use = AGENT_RELIABLE_NO;
	}
	pair_sdp_begin(&p->sdp, pairs->next,
	    p->policy.anchors ? &pairs->agent.node->rtp : NULL);
	p->sdp.addr[0] = c->face->addr;
	p->legs[0]->updates = msg_lists(in->m, MSG_H_ALLOW, "UPDATE");
	p->legs[0]->mask.forgets_route =
	    (p->policy.faults & PAIR_FAULT_BIT(PAIR_FAULT_RECORD_ROUTE)) != 0;
	agent_call_plan_100(c);
	return p;
}

void
pair_invited(struct agent *agent, const struct sip_in *in)
{
	struct pairs *pairs = pairs_of(agent);
	struct passing_invite v = { .to = PAIR_TARGET_INIT };
	struct agent_call *old = NULL;
	struct pair *p = NULL;

	v.behind = pair_is_placed_behind(pairs, in->m);
	if (!agent_refuse_extensions(agent, in) &&
	    !agent_refuse_interval(agent, in) && !refuse_overload(pairs, in) &&
	    (v.behind || agent_place_of(agent, in, &old)) &&
	    pair_aim(pairs, in, &v.to))
		p = pair_call_accept_invite(pairs, in);
	if (p != NULL) {
		struct sip_bytes *kept = sip_bytes_ref(in->bytes);

		pair_step(
		    p, EVENT_INVITE_RECEIVED, (struct pair_input){ 0, 0 });
		pair_on_described(
		    &p->legs[0]->call, STR_NULL, agent_call_sdp_of(in->m));
		/* A caller that is to take the place of a waiting one waits
		 * itself. */
		p->waits =
		    v.to.waits &&
		    (old == NULL || pair_other(pair_leg_of(old)) == NULL);
		if (p->waits)
			pairs->kind->waits->begun(pairs, p, in);
		else
			pair_call_other(
			    p, world_read(agent->node->world, kept), &v, old);
		sip_bytes_unref(kept);
	}
	free_passing(&v);
}

/* ---- its responses ---- */

void
pair_carry_fields(struct pair *p, const struct msg *m)
{
	int err = 0;

	if (p->legs[0] == NULL)
		return;
	if (p->fields == NULL)
		p->fields = mem_zalloc(1, sizeof(*p->fields));
	err = p->fields == NULL ? ERR_NOMEM
				: pair_fields_carry(p->pairs, m, false,
				      p->legs[0]->call.face, p->fields);
	agent_fail_nomem(&p->pairs->agent, err);
	p->legs[0]->mask.fields = p->fields;
}

unsigned
pair_nearest_progress(unsigned status)
{
	return status >= 180 && status <= 183 ? status : 183;
}

/* 21.1: who rings may say in words of his own how far he is, as a queue whose
 * 182 says who comes before; the first party is to read it as well. */
static void
carry_phrase(struct pair *p, const struct msg *m)
{
	const struct msg_status_info *row = msg_status(m->status);
	bool own = m->reason.n > 0 && row != NULL &&
		   !str_is(m->reason, row->phrase) &&
		   pair_nearest_progress(m->status) == m->status;
	char *text = own ? mem_dup(m->reason.p, m->reason.n) : NULL;

	if (own && text == NULL)
		agent_fail_memory(&p->pairs->agent);
	pair_give_phrase(p, text);
}

/* 13.3.1.1: both halves repeat their 1xx once a minute; M, of the other one,
 * comes when this one has just done so.  Once is enough. */
static bool
is_told_already(const struct agent_call *c, const struct msg *m)
{
	return c->in.again != 0 && c->in.progress == m->status &&
	       sim_now(agent_sim(c->agent)) - c->in.again < SIM_S;
}

void
pair_on_progress(struct agent_call *c, const struct sip_in *in)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_other(h);
	struct str sdp = agent_call_sdp_of(in->m);
	struct pair *p = h->pair;
	bool early, offers;

	if (h->tried) {
		/* Its 2xx does not say it again. */
		if (sdp.n > 0 && msg_lists(in->m, MSG_H_REQUIRE, "100rel"))
			pair_on_described(c, msg_tag_of(in->m, MSG_H_TO), sdp);
		pair_try_progress(h, in);
	}
	if (p == NULL || p->flow != NULL || other == NULL ||
	    !pair_is(p, STATE_SECOND))
		return;
	if (in->m->status != 199)
		pair_limit_ringing(h);
	if (!agent_call_is_ringing(&other->call))
		return;
	if (in->m->status == 199) {
		pair_pass_early_ended(p, c, in->m);
		return;
	}
	if (is_told_already(&other->call, in->m) &&
	    (sdp.n == 0 || (h->now.text != NULL && str_is(sdp, h->now.text))))
		return;
	early = sdp.n > 0 && pair_is_first_branch(p, c, in->m);
	if (early)
		pair_on_described(c, msg_tag_of(in->m, MSG_H_TO), sdp);
	pair_carry_fields(p, in->m);
	carry_phrase(p, in->m);
	other->call.in.answers_early = early;
	/* RFC 3262 5: the first that is reliable has to offer; where none may
	 * be otherwise it hears of the answer. */
	offers = !p->late || h->now.text != NULL;
	other->call.reliable.asked |=
	    offers && msg_lists(in->m, MSG_H_REQUIRE, "100rel");
	if (p->mute && !offers)
		return;
	agent_call_ring(&other->call, pair_nearest_progress(in->m->status));
}

/* IN may be NULL: nothing has come. */
void
pair_on_refused(struct agent_call *c, unsigned status, const struct sip_in *in)
{
	struct pair *p = pair_leg_of(c)->pair;
	struct pair_refusal *r = p != NULL ? &p->refusal : NULL;

	if (p == NULL || p->flow != NULL || pair_leg_of(c)->tried ||
	    r->why == RULE_PAIR_RANG)
		return;
	pair_forget_fields(p);
	mem_free(r->reason);
	r->reason = NULL;
	r->status = status;
	if (in == NULL)
		return;
	pair_carry_fields(p, in->m);
	r->reason = mem_dup(in->m->reason.p, in->m->reason.n);
	if (r->reason == NULL)
		agent_fail_memory(c->agent);
}

void
pair_on_answered(struct agent_call *c, const struct msg *m)
{
	struct pair *p = pair_leg_of(c)->pair;
	struct pair_branch *b;

	if (p == NULL || p->flow != NULL)
		return;
	if (pair_leg_of(c)->tried)
		pair_try_answered(pair_leg_of(c));
	pair_leg_of(c)->updates = msg_lists(m, MSG_H_ALLOW, "UPDATE");
	pair_carry_fields(p, m);
	p->moved =
	    p->branch != NULL && !str_is(msg_tag_of(m, MSG_H_TO), p->branch);
	b = pair_find_branch(p, m);
	/* Its offer is another than that which the first party has answered:
	 * RFC 3264 4. */
	if (p->moved && p->late && agent_call_sdp_of(m).n > 0)
		p->legs[0]->now.fresh = false;
	/* What it has answered reliably its 2xx does not say again. */
	if (p->moved && b != NULL && agent_call_sdp_of(m).n == 0)
		pair_on_described(c, msg_tag_of(m, MSG_H_TO), str_of(b->heard));
}

/* A 2xx to the second party's INVITE: the caller's is answered. */
void
pair_answer_caller(struct pair *p, struct pair_input in)
{
	struct pair_leg *caller = p->legs[!in.side];
	struct pair_leg *called = p->legs[in.side];

	/* A controller's caller waits for the answer in its ACK. */
	if (p->flow != NULL) {
		agent_call_ack_late(&caller->call);
		pair_media_keep(caller, true);
		pair_media_keep(called, false);
		caller->now.fresh = called->now.fresh = false;
		return;
	}
	/* Unless an UPDATE has changed it meanwhile. */
	if (caller->kept.text == NULL) {
		bool offers = caller->now.text != NULL;

		pair_media_keep(caller, offers);
		pair_media_keep(called, !offers);
	}
	agent_call_answer(&caller->call);
}

/* Which event the 2xx to H's INVITE is. */
static enum event_id
find_answer_event(const struct pair_leg *h)
{
	const struct pair *p = h->pair;

	/* A controller's second party, or the target of a transfer. */
	bool offers = p->flow != NULL
			  ? h->side == 1 && !p->flow->offer_second
			  : !agent_call_is_ringing(&p->legs[!h->side]->call);

	return offers ? EVENT_2XX_OFFER : EVENT_2XX;
}

void
pair_on_established(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);
	struct pair *p = h->pair;

	if (p == NULL)
		return;
	if (c->caller) {
		pair_stop_patience(c);
		if (p->target == h && !pair_join_target(h))
			return;
		pair_step(
		    p, find_answer_event(h), (struct pair_input){ h->side, 0 });
		return;
	}
	/* The ACK of a caller joins nothing; it may have the answer. */
	pair_forget_fields(p);
	if (h->kept.text == NULL)
		pair_media_keep(h, false);
	p->renewed &= p->moved;
	if (p->moved && pair_other(h) != NULL) {
		p->moved = false;
		p->adopts = true;
		pair_sdp_renew(&p->sdp, 0);
		agent_call_reinvite(c, false, NULL);
	}
}

/* ---- its end ---- */

/* RFC 3326: why, as the party has said it. */
static void
pair_call_keep_reason(struct agent_call *c, const struct msg *m)
{
	struct pair *p = pair_leg_of(c)->pair;
	struct str reason = msg_value(m, MSG_H_REASON);

	if (p == NULL || reason.n == 0)
		return;
	mem_free(p->reason);
	p->reason = mem_dup(reason.p, reason.n);
	if (p->reason == NULL)
		agent_fail_memory(c->agent);
}

void
pair_bye_received(struct agent_call *c, const struct sip_in *in)
{
	pair_call_keep_reason(c, in->m);
	/* 13.2.2.4: its 2xx may still wait for the ACK with an answer. */
	pair_leg_of(c)->leaving = true;
	agent_call_ack_late(c);
	agent_call_bye_received(c, in);
}

void
pair_cancel(void *role, void *user, const struct sip_in *in)
{
	pair_call_keep_reason(user, in->m);
	agent_role_cancel(role, user, in);
}
