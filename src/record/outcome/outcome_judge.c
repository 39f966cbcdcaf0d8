/* What a request came to: an INVITE before its 2xx, and any other. */
#include "outcome/outcome_in.h"

#include "msg/constants.h"
#include "msg/header_names.h"
#include "msg/parts.h"

/* ---- INVITE ---- */

/* A reliable provisional response got no PRACK, so that its sender rejected the
 * INVITE (RFC 3262 3). */
static bool
judge_prack(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	for (const struct side *s = leg->sides; s != NULL; s = s->next) {
		const struct followed_dialog *d = s->d;

		if (d->uac || d->rseq == 0 || d->rack_came != 0 ||
		    d->tx == NULL || d->tx->status < 500 ||
		    d->tx->final_by != d->node)
			continue;
		out->id = OUTCOME_IS_NO_PRACK;
		out->by = trace_name(o->t, d->node);
		out->with = trace_name(o->t, d->tx->client);
		outcome_prove(out, d->made);
		outcome_prove(out, d->tx->final);
		return true;
	}
	return false;
}

/* The CANCEL of record SEQ says that another one has answered (RFC 3326 2). */
static bool
is_answered_elsewhere(struct outcomes *o, uint64_t seq)
{
	const struct msg *m = outcome_message(o, seq);

	return m != NULL &&
	       outcome_cause(msg_value(m, MSG_H_REASON), "SIP") == 200;
}

/* The caller gave up: what came after its CANCEL was no answer of a person. */
static bool
judge_cancelled(
    struct outcomes *o, const struct followed_tx *tx, struct outcome *out)
{
	unsigned status = tx->came_status;

	if (tx->cancel_sent == 0 || tx->t_final_came < tx->t_cancel_sent ||
	    (status != 487 && status != 408 && status != 480 && status != 481))
		return false;
	out->id = is_answered_elsewhere(o, tx->cancel_sent)
		      ? OUTCOME_IS_ELSEWHERE
		      : OUTCOME_IS_CANCELLED;
	out->ns = tx->t_cancel_sent - tx->t;
	outcome_prove(out, tx->cancel_sent);
	return true;
}

/* ---- requests other than INVITE ---- */

/* For how long the Contact of a REGISTER was accepted; 0: for none, or it is
 * not said. */
static uint32_t
accepted_for(struct outcomes *o, const struct followed_tx *tx)
{
	const struct msg *m = outcome_message(o, tx->final);
	struct msg_values iter = { 0 };
	uint32_t seconds = 0, mine = 0, n = 0;
	struct str value, expires;
	struct msg_addr a;

	if (m == NULL || tx->contact.n == 0)
		return 0;
	while (msg_next_value(m, MSG_H_CONTACT, &iter, &value)) {
		n++;
		if (msg_addr_read(value, &a) != 0)
			continue;
		if (!msg_param(a.params, "expires", &expires) ||
		    str_u32(expires, &seconds) != 0)
			(void)str_u32(msg_value(m, MSG_H_EXPIRES), &seconds);
		if (str_eq(a.uri, tx->contact))
			mine = seconds;
	}
	/* A NAT may have changed it. */
	return mine == 0 && n == 1 ? seconds : mine;
}

/* It was over at T, both were there later, and it was not made again with
 * another Call-ID. */
static bool
has_lapsed(const struct outcomes *o, const struct followed_tx *tx, int64_t t)
{
	return tx->client < o->nnodes && tx->server < o->nnodes &&
	       o->nodes[tx->client].seen > t && o->nodes[tx->server].seen > t &&
	       o->nodes[tx->client].registered <= tx->repeats.last;
}

static void
judge_accepted(struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct followed_tx *tx = h->tx;
	bool notified = tx->method != MSG_SUBSCRIBE;
	uint32_t seconds;

	out->id = OUTCOME_IS_DONE;
	out->with = trace_name(o->t, tx->server);
	out->status = tx->came_status;
	outcome_prove(out, tx->final);
	seconds = tx->method == MSG_REGISTER ? accepted_for(o, tx) : 0;
	if (seconds > 0 &&
	    has_lapsed(o, tx, tx->t_final_came + seconds * SECOND)) {
		out->id = OUTCOME_IS_LAPSED;
		out->count = seconds;
	}
	for (const struct hop *i = h->leg->first; i != NULL; i = i->next)
		notified |= i->tx->method == MSG_NOTIFY;
	if (!notified && outcome_goes_on(o, tx->t_final_came, SIP_64T1_NS))
		out->id = OUTCOME_IS_NO_NOTIFY;
}

/* STATUS answers an OPTIONS that asks whether a node is there. */
static bool
is_answer(unsigned status)
{
	return (status >= 400 && status < 500 && status != 408) ||
	       status == 501 || status >= 600;
}

static void
judge_answered(
    struct outcomes *o, const struct followed_tx *tx, struct outcome *out)
{
	const struct msg *m = outcome_message(o, tx->final_came);

	out->id = OUTCOME_IS_ANSWERED;
	out->status = tx->came_status;
	out->reason = m != NULL ? outcome_keep(o, m->reason) : STR_NULL;
	outcome_prove(out, tx->final);
}

/* ---- all ---- */

/* What began before the trace, or is a part of something else. */
static bool
is_part(const struct followed_tx *tx)
{
	return tx->method == MSG_ACK || tx->method == MSG_CANCEL ||
	       (!tx->initial && tx->method != MSG_SUBSCRIBE);
}

/* A rejection of TOP has come. */
static void
judge_rejection(struct outcomes *o, struct leg *leg, const struct hop *top,
    struct outcome *out)
{
	if (top->tx->method == MSG_INVITE &&
	    (outcome_judge_within(o, leg, out) || judge_prack(o, leg, out)))
		return;
	if (!outcome_judge_retry(o, top, out))
		outcome_judge_rejected(o, top, out);
}

void
outcome_judge(struct outcomes *o, struct leg *leg, struct outcome *out)
{
	const struct hop *top = outcome_last_attempt(leg);
	const struct followed_tx *tx = top->tx;
	bool invite = tx->method == MSG_INVITE;

	out->with = trace_name(o->t, tx->server);
	out->id = is_part(tx) ? OUTCOME_IS_PART : OUTCOME_IS_OPEN;
	if (is_part(tx) && invite)
		(void)outcome_judge_within(o, leg, out);
	else if (is_part(tx))
		return;
	else if (tx->came_status / 100 == 2 && invite)
		outcome_judge_talk(o, leg, top, out);
	else if (tx->came_status / 100 == 2)
		judge_accepted(o, top, out);
	else if (tx->method == MSG_OPTIONS && is_answer(tx->came_status))
		judge_answered(o, tx, out);
	else if (!(invite && judge_cancelled(o, tx, out)) &&
		 !outcome_judge_failed(o, top, out) && tx->came_status >= 300)
		judge_rejection(o, leg, top, out);
}
