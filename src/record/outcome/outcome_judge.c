/* Why a call ended before its 2xx. */
#include "outcome/outcome_in.h"

#include "msg/header_names.h"

/* A reliable provisional response got no PRACK, so that its sender rejected the
 * INVITE (RFC 3262 3). */
static bool
judge_prack(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	for (const struct side *s = leg->sides; s != NULL; s = s->next) {
		const struct story_dialog *d = s->d;

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
    struct outcomes *o, const struct story_tx *tx, struct outcome *out)
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

void
outcome_judge_call(struct outcomes *o, struct leg *leg, struct outcome *out)
{
	const struct hop *top = outcome_last_attempt(leg);
	const struct story_tx *tx = top->tx;

	out->with = trace_name(o->t, tx->server);
	if (!tx->initial) {
		out->id = OUTCOME_IS_PART;
		(void)outcome_judge_within(o, leg, out);
		return;
	}
	out->id = OUTCOME_IS_OPEN;
	if (tx->came_status / 100 == 2)
		outcome_judge_talk(o, leg, top, out);
	else if (!judge_cancelled(o, tx, out) &&
		 !outcome_judge_failed(o, top, out) && tx->came_status >= 300 &&
		 !outcome_judge_within(o, leg, out) &&
		 !judge_prack(o, leg, out) && !outcome_judge_retry(o, top, out))
		outcome_judge_rejected(o, top, out);
}
