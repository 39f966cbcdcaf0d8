/* Why a call ended: before its 2xx, and after it. */
#include "outcome/outcome_in.h"

#include "machine/times.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/sdp.h"

#define SECOND INT64_C(1000000000)

/* ---- the legs of a call ---- */

/* LEG, then all that B2BUAs have made of it. */
static struct leg *
next_leg(const struct leg *root, struct leg *leg)
{
	if (leg->lower != NULL)
		return leg->lower;
	while (leg != root && leg->beside == NULL)
		leg = leg->upper;
	return leg != root ? leg->beside : NULL;
}

/* ---- the 2xx and its ACK ---- */

/* The other side of D's dialog in LEG; NULL: it is not in the trace. */
static const struct story_dialog *
find_peer(const struct leg *leg, const struct story_dialog *d)
{
	for (const struct side *s = leg->sides; s != NULL; s = s->next)
		if (s->d != d && s->d->ok_tx != NULL && s->d->node != d->node &&
		    s->d->ok_cseq == d->ok_cseq && !s->d->ok_mine)
			return s->d;
	return NULL;
}

/* So often that it was no loss of a packet. */
#define OKS_MANY 3

static bool
judge_ack(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	for (const struct side *s = leg->sides; s != NULL; s = s->next) {
		const struct story_dialog *d = s->d, *peer;

		if (!d->ok_mine || d->oks.n < OKS_MANY ||
		    (d->ack != 0 && d->oks.last < d->t_ack + SECOND))
			continue;
		peer = find_peer(leg, d);
		out->id = d->ack != 0 || (peer != NULL && peer->ack != 0)
			      ? OUTCOME_IS_ACK_UNHEARD
			      : OUTCOME_IS_NO_ACK;
		out->by = trace_name(o->t, d->node);
		out->with =
		    peer != NULL ? trace_name(o->t, peer->node) : out->caller;
		out->count = 1 + d->oks.n;
		outcome_prove(out, d->ok);
		outcome_prove(out, d->ack != 0    ? d->ack
				   : peer != NULL ? peer->ack
						  : 0);
		outcome_prove(out, d->bye);
		return true;
	}
	return false;
}

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

/* ---- requests within the call ---- */

static bool
judge_within(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	for (const struct hop *h = leg->first; h != NULL; h = h->next) {
		const struct story_tx *tx = h->tx;

		if (tx->initial || tx->method == MSG_ACK ||
		    tx->method == MSG_CANCEL || tx->method == MSG_SUBSCRIBE ||
		    tx->final_came != 0 || tx->branches != NULL ||
		    tx->provisional != 0 || tx->final != 0 ||
		    !outcome_goes_on(o, tx->t, SIP_64T1_NS))
			continue;
		out->id = OUTCOME_IS_WITHIN;
		out->by = trace_name(o->t, tx->client);
		out->with = trace_name(o->t, tx->server);
		out->at = tx->dst_addr;
		out->method = tx->method_name;
		out->count = 1 + tx->repeats.n;
		outcome_prove(out, tx->request);
		return true;
	}
	return false;
}

/* ---- the session timer ---- */

static uint32_t
session_interval(struct outcomes *o, uint64_t seq)
{
	const struct msg *m = outcome_message(o, seq);
	struct str params;
	uint32_t seconds = 0;

	if (m == NULL ||
	    str_u32(str_trim(msg_cut_params(
			msg_value(m, MSG_H_SESSION_EXPIRES), &params)),
		&seconds) != 0)
		return 0;
	return seconds;
}

/* RFC 4028 10: who gets no refresh sends BYE min(32, a third) seconds before
 * the interval is over. */
static bool
judge_timer(struct outcomes *o, const struct leg *leg,
    const struct story_tx *bye, struct outcome *out)
{
	const struct story_tx *refresh = NULL;
	uint32_t seconds, before;
	int64_t ns;

	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if ((h->tx->method == MSG_INVITE ||
			h->tx->method == MSG_UPDATE) &&
		    h->tx->came_status / 100 == 2 && h->tx->t < bye->t)
			refresh = h->tx;
	seconds = refresh != NULL ? session_interval(o, refresh->final) : 0;
	before = seconds / 3 < 32 ? seconds / 3 : 32;
	ns = refresh != NULL ? bye->t - refresh->t_final_came : 0;
	if (seconds == 0 ||
	    ns < (int64_t)(seconds - before) * SECOND - SECOND ||
	    ns > (int64_t)seconds * SECOND + 5 * SECOND)
		return false;
	out->id = OUTCOME_IS_SESSION_TIMER;
	out->by = trace_name(o->t, bye->client);
	out->count = seconds;
	out->ns = ns;
	outcome_prove(out, refresh->final);
	outcome_prove(out, bye->request);
	return true;
}

/* ---- transfers ---- */

/* The last NOTIFY of LEG that tells of the transfer REFER asked for. */
static bool
judge_transfer(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	const struct story_tx *refer = NULL, *last = NULL;
	const struct msg *m;
	struct str reason;
	unsigned status;

	for (const struct hop *h = leg->first; h != NULL; h = h->next) {
		if (h->tx->method == MSG_REFER && h->tx->came_status / 100 == 2)
			refer = h->tx;
		if (h->tx->method == MSG_NOTIFY && refer != NULL)
			last = h->tx;
	}
	m = last != NULL ? outcome_message(o, last->request) : NULL;
	status = m != NULL ? msg_sipfrag_status(m->body, &reason) : 0;
	if (status < 300)
		return false;
	out->id = OUTCOME_IS_TRANSFER;
	out->status = status;
	out->reason = outcome_keep(o, reason);
	out->by = trace_name(o->t, refer->server);
	out->with = trace_name(o->t, refer->client);
	outcome_prove(out, refer->request);
	outcome_prove(out, last->request);
	return true;
}

/* ---- the end ---- */

static const struct story_tx *
find_bye(const struct leg *leg)
{
	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if (h->tx->method == MSG_BYE && h->tx->up == NULL)
			return h->tx;
	return NULL;
}

typedef bool
judge_fn(struct outcomes *o, const struct leg *leg, struct outcome *out);

/* The 2xx of TOP has come. */
static void
judge_talk(struct outcomes *o, struct leg *root, const struct hop *top,
    struct outcome *out)
{
	static judge_fn *const troubles[] = { judge_ack, judge_within,
		judge_transfer };
	const struct story_tx *bye = NULL;

	for (size_t i = 0; i < COUNT_OF(troubles); i++)
		for (struct leg *leg = root; leg != NULL;
		     leg = next_leg(root, leg))
			if (leg->first != NULL && troubles[i](o, leg, out))
				return;
	for (struct leg *leg = root; leg != NULL; leg = next_leg(root, leg)) {
		const struct story_tx *b = find_bye(leg);

		if (b != NULL && (bye == NULL || b->t < bye->t))
			bye = b;
	}
	if (bye == NULL) {
		out->id = OUTCOME_IS_OPEN;
		return;
	}
	if (judge_timer(o, root, bye, out))
		return;
	out->id = OUTCOME_IS_ENDED;
	out->by = trace_name(o->t, bye->client);
	out->ns = bye->t - top->tx->t_final_came;
	outcome_prove(out, bye->request);
}

void
outcome_judge_call(struct outcomes *o, struct leg *leg, struct outcome *out)
{
	const struct hop *top = outcome_last_attempt(leg);
	const struct story_tx *tx = top->tx;

	out->with = trace_name(o->t, tx->server);
	if (!tx->initial) {
		out->id = OUTCOME_IS_PART;
		(void)judge_within(o, leg, out);
		return;
	}
	out->id = OUTCOME_IS_OPEN;
	if (tx->came_status / 100 == 2) {
		judge_talk(o, leg, top, out);
	} else if (tx->cancel_sent != 0 && tx->came_status == 487) {
		out->id = OUTCOME_IS_CANCELLED;
		out->ns = tx->t_cancel_sent - tx->t;
		outcome_prove(out, tx->cancel_sent);
	} else if (!outcome_judge_failed(o, top, out) &&
		   tx->came_status >= 300 && !judge_prack(o, leg, out)) {
		outcome_judge_rejected(o, top, out);
	}
}
