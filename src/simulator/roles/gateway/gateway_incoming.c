/*
 * Calls from the telephone network to SIP: RFC 3398 8.2.  An IAM is an INVITE;
 * what answers that is ACM, CPG, ANM and REL.  Digits may come one after the
 * other (RFC 3578).
 */
#include "roles/gateway/gateway_in.h"

#include "agent/refusal.h"
#include "base/err.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

#include <string.h>

#define T10 (TIME_ISUP_T10_MS * SIP_MS_NS)

/* ---- INVITE ---- */

/* From, where the calling number may be told; P-Asserted-Identity has it where
 * it is not for people (RFC 3325 7). */
static int
write_from(struct gateway_leg *l, const struct isup *iam, struct buf *from,
    struct node_fields *fields)
{
	const struct isup_param *p = isup_find(iam, ISUP_PARAM_CALLING);
	LOCAL_BUF uri = BUF_INIT, lines = BUF_INIT;
	bool encloses = gateway_encloses(l->gateway);
	struct isup_number n;
	struct diag d = DIAG_INIT;
	int err = 0;

	if (p == NULL || !isup_number_read(ISUP_PARAM_CALLING, p->value, &n) ||
	    !gateway_write_uri(l->gateway, &n, &uri)) {
		/* 8.2.1.1: the gateway alone. */
		buf_puts(from, "<");
		node_write_uri(&gateway_node(l)->faces[0], ADDR_DEFAULT, from);
		buf_puts(from, ">");
	} else if (n.presentation == 0) {
		buf_printf(from, "<%s>", buf_cstr(&uri));
	} else {
		buf_puts(
		    from, "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
		buf_printf(&lines, "P-Asserted-Identity: <%s>\nPrivacy: id",
		    buf_cstr(&uri));
	}
	/* RFC 3398 5.2 */
	if (encloses)
		buf_printf(&lines,
		    "%sAccept: application/sdp, multipart/mixed, "
		    "application/ISUP",
		    lines.n > 0 ? "\n" : "");
	err = node_fields_read(fields, buf_view(&lines), &d);
	if (err == 0)
		err = uri.err != 0 ? uri.err : lines.err;
	return err;
}

/* RFC 3578 3.2: what the next INVITE has in common with C's. */
static void
note_call(struct gateway_leg *l, const struct agent_call *c)
{
	const struct msg *m =
	    world_read(gateway_node(l)->world, c->out.client->base);

	buf_clear(&l->call_id);
	buf_clear(&l->tag);
	buf_str(&l->call_id, msg_value(m, MSG_H_CALL_ID));
	buf_puts(&l->tag, c->local_tag);
	l->cseq = c->out.client->number;
	if (l->call_id.err != 0 || l->tag.err != 0)
		node_fail_memory(gateway_node(l));
}

/* The INVITE for L's number goes out; an error where none can. */
static int
gateway_in_send_invite(struct gateway_leg *l, enum rule_id why)
{
	struct isup *iam = &l->gateway->trunks.out;
	LOCAL_BUF uri = BUF_INIT, from = BUF_INIT;
	LOCAL(node_fields_free) struct node_fields fields = { 0 };
	struct agent_call_invite what = { .why = why };
	struct agent_call *c = NULL;
	int err = ERR_SYNTAX;

	isup_read(buf_view(&l->iam), iam);
	if (gateway_write_uri(l->gateway, &l->number, &uri))
		err = write_from(l, iam, &from, &fields);
	if (err == 0)
		err = uri.err != 0 ? uri.err : from.err;
	what.uri = buf_view(&uri);
	what.from = buf_view(&from);
	if (l->cseq > 0) {
		what.call_id = buf_view(&l->call_id);
		what.tag = buf_view(&l->tag);
		what.cseq = l->cseq + 1;
	}
	if (gateway_encloses(l->gateway)) {
		gateway_enclose(l, buf_view(&l->iam));
		what.mask = &l->mask;
		what.why = RULE_GATEWAY_ENCLOSE;
	}
	if (err == 0)
		err = agent_call_invite(&l->gateway->agent,
		    &l->gateway->calls[0], &what, &fields, &c);
	gateway_pass(l, NULL);
	if (err == 0) {
		note_call(l, c);
		gateway_leg_take(l, c);
		l->called = true;
	}
	return err;
}

static void
call_in(struct gateway_leg *l, enum rule_id why)
{
	struct node *n = gateway_node(l);
	int64_t t11 = node_attr_time(n, "t11", -1);
	int err;

	if (why != RULE_OVERLAP_INVITES)
		gateway_timer_stop(l, GATEWAY_T10);
	gateway_step(l, EVENT_IAM, why);
	err = gateway_in_send_invite(l, why);
	node_fail_nomem(n, err);
	if (err != 0) {
		gateway_step(l, EVENT_300_699, RULE_GATEWAY_STATUS);
		gateway_release(
		    l, err == ERR_NOTFOUND ? 3 : 28, 3, RULE_GATEWAY_STATUS);
		gateway_leg_settle(l);
	} else if (t11 >= 0) {
		gateway_timer_set(l, GATEWAY_T11, t11);
	}
}

static bool
waits_for_digits(const struct gateway_leg *l)
{
	return !l->number.complete && gateway_overlaps(l->gateway, "collect");
}

void
gateway_seized(struct trunk_circuit *c, const struct isup *m)
{
	struct node *n = trunk_node(c);
	struct gateway *g = node_role_state(n, "gateway");
	struct gateway_leg *l = gateway_leg_new(g, false);
	const struct isup_param *p = isup_find(m, ISUP_PARAM_CALLED);

	if (l == NULL) {
		node_fail_memory(n);
		return;
	}
	l->circuit = c;
	c->user = l;
	isup_write(m, &l->iam);
	node_fail_nomem(n, l->iam.err);
	/* A value that is not a number has no URI, and is released by call_in.
	 */
	isup_number_read(
	    ISUP_PARAM_CALLED, p != NULL ? p->value : STR_NULL, &l->number);
	if (waits_for_digits(l)) {
		gateway_step(l, EVENT_PROBATION, RULE_OVERLAP_COLLECT);
		gateway_timer_set(l, GATEWAY_T10, T10);
	} else {
		bool goes_on =
		    !l->number.complete && gateway_overlaps(g, "invites");

		if (goes_on)
			gateway_timer_set(l, GATEWAY_T10, T10);
		call_in(l, goes_on ? RULE_OVERLAP_INVITES : RULE_GATEWAY_IAM);
	}
}

/* ---- what the telephone network says ---- */

/* Further digits: those of M behind what there is. */
static bool
add_digits(struct isup_number *to, const struct isup *m)
{
	const struct isup_param *p = isup_find(m, ISUP_PARAM_SUBSEQUENT);
	size_t have = strlen(to->digits);
	struct isup_number more;

	if (p == NULL ||
	    !isup_number_read(ISUP_PARAM_SUBSEQUENT, p->value, &more) ||
	    have + strlen(more.digits) > ISUP_DIGITS)
		return false;
	memcpy(to->digits + have, more.digits, strlen(more.digits) + 1);
	to->complete = more.complete;
	return true;
}

/* RFC 3578 3.2: another INVITE for the digits that there are now. */
static void
gateway_in_call_again(struct gateway_leg *l)
{
	gateway_step(l, EVENT_SAM, RULE_OVERLAP_INVITES);
	if (l->number.complete)
		gateway_timer_stop(l, GATEWAY_T10);
	else
		gateway_timer_set(l, GATEWAY_T10, T10);
	if (l->call != NULL && l->call->out.client != NULL &&
	    l->call->out.client->number > l->cseq)
		l->cseq = l->call->out.client->number;
	/* What can't go out leaves those before it. */
	if (gateway_in_send_invite(l, RULE_OVERLAP_INVITES) == ERR_NOMEM)
		node_fail_memory(gateway_node(l));
}

void
gateway_in_heard(struct gateway_leg *l, const struct isup *m)
{
	if (m->row->type != ISUP_SAM) {
		gateway_inform(l, m);
		return;
	}
	if (l->complete || l->number.complete ||
	    (!machine_run_is(&l->machine, STATE_COLLECTING) &&
		(!machine_run_is(&l->machine, STATE_TRYING) ||
		    !gateway_overlaps(l->gateway, "invites"))) ||
	    !add_digits(&l->number, m))
		return;
	if (machine_run_is(&l->machine, STATE_TRYING)) {
		gateway_in_call_again(l);
		return;
	}
	gateway_step(l, EVENT_SAM, RULE_OVERLAP_COLLECT);
	if (l->number.complete)
		call_in(l, RULE_OVERLAP_COLLECT);
	else
		gateway_timer_set(l, GATEWAY_T10, T10);
}

/* L's calls but one are over. */
static void
gateway_in_end_others(struct gateway_leg *l, enum rule_id why)
{
	list_each (struct gateway_call, o, &l->others, link) {
		gateway_leg_drop(&o->call);
		agent_call_bye_because(&o->call, why);
	}
}

void
gateway_in_released(struct gateway_leg *l, const struct q850_indicators *why)
{
	bool answered = machine_run_is(&l->machine, STATE_CONNECTED);
	enum rule_id rule =
	    answered ? RULE_GATEWAY_HANGUP : RULE_GATEWAY_PSTN_REL;
	LOCAL_BUF reason = BUF_INIT;

	if (machine_run_lives(&l->machine))
		gateway_step(l, EVENT_REL, rule);
	gateway_in_end_others(l, rule);
	if (l->call == NULL) {
		gateway_leg_settle(l);
		return;
	}
	gateway_write_reason(why, &reason);
	agent_call_give_reason(l->call, buf_cstr(&reason));
	agent_call_bye_because(l->call, rule);
}

/* All its INVITEs were rejected, the best with L->status. */
static void
give_up_invites(struct gateway_leg *l, enum rule_id why)
{
	unsigned cause = q850_cause(l->status, false);

	gateway_step(l, EVENT_300_699, why);
	gateway_release(
	    l, cause != 0 ? cause : 31, q850_location(l->status), why);
	gateway_leg_settle(l);
}

void
gateway_in_expired(struct gateway_leg *l, enum gateway_timer t)
{
	if (t == GATEWAY_T10) {
		if (machine_run_is(&l->machine, STATE_COLLECTING))
			call_in(l, RULE_OVERLAP_COLLECT);
		else if (l->call == NULL && list_empty(&l->others))
			give_up_invites(l, RULE_OVERLAP_REFUSED);
		return;
	}
	gateway_step(l, EVENT_TIMER_T11, RULE_GATEWAY_T11);
	gateway_say_acm(l, NULL, false, false, RULE_GATEWAY_T11);
}

/* ---- what the SIP side says ---- */

/* 8.2.3 */
static void
gateway_in_progress(struct agent_call *c, const struct sip_in *in)
{
	struct gateway_leg *l = gateway_leg_of(c);
	unsigned status = in->m->status;
	const struct isup *like;

	if (l == NULL || l->circuit == NULL || status < 180 || status > 183 ||
	    machine_run_is(&l->machine, STATE_CONNECTED))
		return;
	gateway_timer_stop(l, GATEWAY_T10);
	gateway_timer_stop(l, GATEWAY_T11);
	gateway_step(l, EVENT_1XX, RULE_GATEWAY_18X);
	like = gateway_enclosed(l, in->m);
	if (l->complete) {
		gateway_say_cpg(l, like,
		    status == 180   ? 1
		    : status == 181 ? 6
				    : 2,
		    RULE_GATEWAY_18X);
		return;
	}
	gateway_say_acm(l, like, status == 180,
	    status == 183 && agent_call_sdp_of(in->m).n > 0, RULE_GATEWAY_18X);
	if (status == 181)
		gateway_say_cpg(l, like, 6, RULE_GATEWAY_18X);
}

/* Before `answered`. */
static void
gateway_in_accepted(struct agent_call *c, const struct msg *m)
{
	if (gateway_leg_of(c) != NULL)
		gateway_enclosed(gateway_leg_of(c), m);
}

/* 8.2.4 */
static void
gateway_in_answered(struct agent_call *c)
{
	struct gateway_leg *l = gateway_leg_of(c);

	if (l == NULL || l->circuit == NULL)
		return;
	gateway_timer_stop(l, GATEWAY_T10);
	gateway_timer_stop(l, GATEWAY_T11);
	if (l->call != c) {
		gateway_leg_drop(c);
		gateway_leg_take(l, c);
	}
	gateway_step(l, EVENT_2XX, RULE_GATEWAY_2XX);
	gateway_say_answer(l);
	gateway_in_end_others(l, RULE_OVERLAP_CANCEL);
}

/* RFC 3398 8.2.6.1: a Warning that is about the bearer. */
static bool
is_about_bearer(const struct sip_in *in)
{
	uint32_t code = 0;
	struct str rest;

	return in != NULL &&
	       str_u32(str_cut(msg_value(in->m, MSG_H_WARNING), ' ', &rest),
		   &code) == 0 &&
	       code >= 300 && code <= 307;
}

/* The caller of C's leg, whom no cause reaches, hears a tone; C has no more
 * part in it.  RFC 3666 3.6. */
static void
play_tone(struct agent_call *c)
{
	struct gateway_leg *l = gateway_leg_of(c);

	gateway_leg_drop(c);
	gateway_step(l, EVENT_TONE, RULE_TRUNK_TONE);
	trunk_play_tone(l->circuit, l->complete);
	l->complete = true;
}

/* 16.7 step 6 of RFC 3261, but that of two rejections of one class 484 is the
 * worse (RFC 3578 3.2). */
static unsigned
gateway_in_rank_of(unsigned status)
{
	return status >= 600 ? 1 : status / 100 * 2 + (status == 484);
}

/* Another INVITE than that of C is under way, or may follow. */
static bool
waits_for_more(const struct gateway_leg *l, const struct agent_call *c)
{
	return (l->call != NULL && l->call != c) || !list_empty(&l->others) ||
	       l->timers[GATEWAY_T10] != 0;
}

/* RFC 3578 3.2: C was rejected, which is no REL yet. */
static void
keep_refusal(struct gateway_leg *l, struct agent_call *c, unsigned status,
    const struct sip_in *in)
{
	if (l->status == 0 ||
	    gateway_in_rank_of(status) < gateway_in_rank_of(l->status)) {
		l->status = status;
		l->cause = (struct q850_indicators){ 0 };
		if (in != NULL)
			gateway_read_cause(l, in->m);
		l->cause.diagnostics = STR_NULL;
	}
	gateway_leg_drop(c);
	if (!waits_for_more(l, NULL))
		give_up_invites(l, RULE_OVERLAP_REFUSED);
}

/* 8.2.6 */
static void
gateway_in_refused(
    struct agent_call *c, unsigned status, const struct sip_in *in)
{
	struct gateway_leg *l = gateway_leg_of(c);
	unsigned cause = q850_cause(status, is_about_bearer(in));

	if (l == NULL || l->circuit == NULL)
		return;
	if (l->status != 0 || waits_for_more(l, c)) {
		keep_refusal(l, c, status, in);
		return;
	}
	gateway_timer_stop(l, GATEWAY_T11);
	if (trunk_interworks(&l->gateway->trunks, &l->iam)) {
		play_tone(c);
		return;
	}
	if (in != NULL)
		gateway_read_cause(l, in->m);
	gateway_step(l, EVENT_300_699, RULE_GATEWAY_STATUS);
	gateway_release(l, cause != 0 ? cause : 31, q850_location(status),
	    RULE_GATEWAY_STATUS);
}

const struct agent_call_ops gateway_in_ops = {
	.size = sizeof(struct gateway_call),
	.role = &role_gateway,
	.capabilities = gateway_capabilities,
	.plain_capabilities = gateway_plain_capabilities,
	.ncapabilities = GATEWAY_CAPABILITIES,
	.says = RTP_SOUND_SPEECH,
	.progress = gateway_in_progress,
	.answered = gateway_in_accepted,
	.refused = gateway_in_refused,
	.established = gateway_in_answered,
	.streams = gateway_streams,
	.stop = gateway_call_over,
	.leave = gateway_call_left,
	.refuse_change = agent_refuse_change,
};
