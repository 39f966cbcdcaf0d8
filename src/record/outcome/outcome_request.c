/*
 * Why a request failed: the branch behind a proxy or B2BUA that got no answer,
 * the node that rejected it, the challenge.
 */
#include "outcome/outcome_in.h"

#include "base/err.h"
#include "isup/q850.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "text/utf8.h"

/* More hops than this are not followed. */
#define DEPTH 64

/* ---- no answer ---- */

/* Why packets are lost so that a port is closed, or a way is not there. */
static bool
is_closed(enum trace_drop why)
{
	return why == TRACE_DROP_NO_SOCKET || why == TRACE_DROP_REFUSED;
}

static bool
is_unanswered(const struct hop *h)
{
	return h->tx->final_came == 0 && h->tx->final == 0 &&
	       h->tx->provisional == 0 && h->tx->ack == 0;
}

/* It may be cut into fragments of IP on its way. */
static bool
is_large(struct outcomes *o, const struct followed_tx *tx)
{
	const struct msg *m =
	    tx->stream ? NULL : outcome_message(o, tx->request);

	return m != NULL && m->bytes.n > SIP_UDP_SIZE;
}

/* H got no answer.  BEHIND: because of that OUT's caller got a rejection. */
static void
tell_unanswered(
    struct outcomes *o, const struct hop *h, bool behind, struct outcome *out)
{
	const struct followed_tx *tx = h->tx;

	out->by = trace_name(o->t, tx->client);
	out->with = trace_name(o->t, tx->server);
	out->at = tx->dst_addr;
	out->method = tx->method_name;
	out->count = 1 + tx->repeats.n;
	out->ns = tx->repeats.last - tx->t;
	if (outcome_is_lost(h)) {
		out->id = is_closed(h->why) ? (behind ? OUTCOME_IS_CLOSED_BEHIND
						      : OUTCOME_IS_CLOSED)
			  : behind          ? OUTCOME_IS_LOST_BEHIND
					    : OUTCOME_IS_LOST;
		out->count = h->drops;
		out->text = str_of(trace_drop_text(h->why));
		for (unsigned i = 0; i < h->drops && i < OUTCOME_PROOFS; i++)
			outcome_prove(out, h->drop[i]);
		return;
	}
	out->id = behind ? OUTCOME_IS_SILENT_BEHIND : OUTCOME_IS_SILENT;
	if (is_large(o, tx))
		out->text =
		    str_of(_(": a request this large may be lost as fragments "
			     "after the capture point (RFC 3261 18.1.1)"));
	outcome_prove(out, tx->request);
}

/* I is a request like H of the same client, not forwarded. */
static inline bool
is_another_attempt(const struct hop *i, const struct hop *h)
{
	return i->tx->method == h->tx->method && i->tx->up == NULL &&
	       i->tx->client == h->tx->client;
}

struct hop *
outcome_last_attempt(const struct leg *leg)
{
	struct hop *last = leg->first;

	for (struct hop *h = leg->first; h != NULL; h = h->next)
		if (is_another_attempt(h, leg->first) &&
		    h->tx->initial == leg->first->tx->initial)
			last = h;
	return last;
}

/* What a hop's server tried after it, one after the other: the branches of a
 * proxy, then the legs of a B2BUA.  NULL: no more. */
static struct hop *
next_behind(struct outcomes *o, const struct hop *h, const struct hop *before)
{
	const struct followed_tx *b;
	const struct leg *leg = NULL;

	if (before == NULL)
		b = h->tx->branches;
	else if (before->leg == h->leg)
		b = before->tx->beside;
	else
		b = NULL;
	if (b != NULL)
		return outcome_hop_of(o, b);
	if (before == NULL || before->leg == h->leg)
		leg = h->leg->lower;
	else
		leg = before->leg->beside;
	while (leg != NULL &&
	       (leg->first == NULL || leg->first->tx->client != h->tx->server ||
		   leg->first->tx->method != h->tx->method))
		leg = leg->beside;
	return leg != NULL ? outcome_last_attempt(leg) : NULL;
}

/* Behind H something got no answer: the first whose packets were lost, else the
 * first that nothing answered. */
static const struct hop *
find_unanswered(struct outcomes *o, const struct hop *h)
{
	const struct hop *silent = NULL;

	for (struct hop *b = next_behind(o, h, NULL); b != NULL;
	     b = next_behind(o, h, b)) {
		if (!is_unanswered(b) || outcome_is_unproven(o, b->tx))
			continue;
		if (outcome_is_lost(b))
			return b;
		if (silent == NULL)
			silent = b;
	}
	return silent;
}

/* Since when H's phone rang: a response of its own has made a dialog; 0: it did
 * not. */
static int64_t
ringing_since(const struct hop *h)
{
	int64_t t = 0;

	if (h->tx->method != MSG_INVITE)
		return 0;
	if (h->tx->provisional != 0 && h->tx->provisional_status > 100)
		return h->tx->t_provisional;
	for (const struct side *s = h->leg->sides; s != NULL; s = s->next)
		if (s->d->tx == h->tx && (t == 0 || s->d->t_made < t))
			t = s->d->t_made;
	return t;
}

/* Behind H, or at it, a phone rang until a node gave up: since then; or 0. */
static int64_t
find_ringing(struct outcomes *o, const struct hop *h)
{
	int64_t t = h->tx->status == 480 ? ringing_since(h) : 0;

	for (struct hop *b = next_behind(o, h, NULL); t == 0 && b != NULL;
	     b = next_behind(o, h, b))
		t = ringing_since(b);
	return t;
}

/* Behind H one has rejected the request; B: it must have come first. */
static struct hop *
find_rejected(struct outcomes *o, const struct hop *h)
{
	struct hop *found = NULL;

	for (struct hop *b = next_behind(o, h, NULL); b != NULL;
	     b = next_behind(o, h, b))
		if (b->tx->came_status >= 300 &&
		    b->tx->final_came < h->tx->final &&
		    (found == NULL ||
			b->tx->final_came > found->tx->final_came))
			found = b;
	return found;
}

/* The hop where the rejection of H was made: by whom it was not forwarded. */
static const struct hop *
find_rejecter(struct outcomes *o, const struct hop *h)
{
	for (int i = 0; i < DEPTH; i++) {
		struct hop *below = outcome_answered_by(o, h);

		if (below == NULL)
			below = find_rejected(o, h);
		if (below == NULL || below->tx->came_status < 300)
			return h;
		h = below;
	}
	return h;
}

/* ---- rejections ---- */

static bool
has_credentials(struct outcomes *o, const struct hop *h)
{
	const struct msg *m = outcome_message(o, h->tx->request);

	return m != NULL &&
	       (msg_field(m, MSG_H_AUTHORIZATION, 0) != NULL ||
		   msg_field(m, MSG_H_PROXY_AUTHORIZATION, 0) != NULL);
}

/* Whether the rejection of H says that only its nonce was no good: by stale, or
 * as old products do in their own words. */
static bool
is_of_nonce(struct outcomes *o, const struct hop *h)
{
	const struct msg *m = outcome_message(o, h->tx->final);

	return m != NULL &&
	       (str_ifind(msg_value(m, MSG_H_WWW_AUTHENTICATE),
		    STR("stale=true")) >= 0 ||
		   str_ifind(msg_value(m, MSG_H_PROXY_AUTHENTICATE),
		       STR("stale=true")) >= 0 ||
		   str_ifind(m->reason, STR("nonce")) >= 0);
}

/* The client of H sends the same with credentials in another call, as if the
 * challenge had been for it. */
static bool
is_asked_anew(struct outcomes *o, const struct hop *h)
{
	const struct leg *leg = h->leg->next;

	for (; leg != NULL; leg = leg->next) {
		const struct hop *i = leg->first;

		if (i == NULL || i->tx->t < h->tx->t_final_came)
			continue;
		if (i->tx->t - h->tx->t_final_came > SIP_64T1_NS)
			break;
		if (i->tx->client == h->tx->client &&
		    i->tx->method == h->tx->method && has_credentials(o, i))
			return true;
	}
	return false;
}

/* H is challenged, and nothing that its caller answers is taken: of what came
 * since credentials were taken last. */
static void
tell_challenged(struct outcomes *o, const struct hop *h, struct outcome *out)
{
	unsigned asked = 0, stale = 0, before = 0, tried = 0;

	for (const struct hop *i = h->leg->first; i != NULL; i = i->next) {
		unsigned status = i->tx->came_status;

		if (!is_another_attempt(i, h))
			continue;
		if (status / 100 == 2) {
			asked = stale = before = tried = 0;
			out->nproof = 0;
		} else if (status == 401 || status == 407) {
			if (has_credentials(o, i)) {
				asked++;
				tried += before > 0;
				stale += is_of_nonce(o, i);
				outcome_prove(out, i->tx->final);
			}
			before++;
		}
	}
	out->count = asked;
	outcome_prove(out, h->tx->final);
	if (asked == 0 && is_asked_anew(o, h))
		out->id = OUTCOME_IS_ANEW;
	/* It may go on behind the capture. */
	else if (o->capture && (tried == 0 || stale == 1) && asked < 2 &&
		 !outcome_is_due(o, h->tx->t_final_came))
		out->id = OUTCOME_IS_OPEN;
	else
		out->id = asked == 0       ? OUTCOME_IS_NO_PASSWORD
			  : stale == asked ? OUTCOME_IS_NONCE
					   : OUTCOME_IS_PASSWORD;
}

/* The cause of Q.850 in a value of Reason; 0: it has none. */
static unsigned
q850_cause_of(struct str value)
{
	uint32_t code = outcome_cause(value, "Q.850");

	return code <= Q850_MOST ? code : 0;
}

/* " (Q.850 cause 17: user busy)", or the value as it is. */
static void
put_reason_field(struct str value, struct buf *b)
{
	unsigned cause = q850_cause_of(value);

	if (cause != 0)
		buf_printf(
		    b, _(" (Q.850 cause %u: %s)"), cause, q850_words(cause));
	else
		buf_printf(b, " (Reason: %.*s)",
		    STR_ARG(utf8_clip(value, OUTCOME_TEXT)));
}

/* The causes by which a telephone network rejects an unanswered call. */
static bool
is_of_patience(struct outcomes *o, uint64_t seq)
{
	const struct msg *m = outcome_message(o, seq);
	unsigned cause =
	    m != NULL ? q850_cause_of(msg_value(m, MSG_H_REASON)) : 0;

	return cause == 0 || cause == 18 || cause == 19;
}

/* Why a message says that it rejects. */
static void
keep_reasons(struct outcomes *o, uint64_t seq, struct outcome *out)
{
	const struct msg *m = outcome_message(o, seq);
	struct msg_values iter = { 0 };
	struct str value;
	LOCAL_BUF b = BUF_INIT;

	if (m == NULL)
		return;
	out->reason = outcome_keep(o, m->reason);
	while (msg_next_value(m, MSG_H_REASON, &iter, &value) &&
	       b.n < OUTCOME_TEXT)
		put_reason_field(value, &b);
	value = msg_value(m, MSG_H_WARNING);
	if (value.n > 0)
		buf_printf(&b, " (Warning: %.*s)",
		    STR_ARG(utf8_clip(value, OUTCOME_TEXT)));
	if (b.err != 0)
		o->err = b.err;
	out->text = outcome_keep(o, buf_view(&b));
}

/* The hop whose request H's was made of, by a proxy or a B2BUA. */
static const struct hop *
find_above(const struct outcomes *o, const struct hop *h)
{
	if (h->tx->up != NULL)
		return outcome_hop_of(o, h->tx->up);
	return h->leg->upper != NULL ? outcome_last_attempt(h->leg->upper)
				     : NULL;
}

/* The request of H, or one that it was made of, came to a node that had sent it
 * before. */
static bool
is_loop(const struct outcomes *o, const struct hop *h)
{
	for (int i = 0; h != NULL && i < DEPTH; i++) {
		const struct hop *above = h;

		for (int j = 0; above != NULL && j < DEPTH; j++) {
			if (above->tx->client == h->tx->server)
				return true;
			above = find_above(o, above);
		}
		h = find_above(o, h);
	}
	return false;
}

/* What a status means where it alone tells it; REJECTED: nothing else. */
static enum outcome_id
judge_status(const struct outcomes *o, const struct hop *h)
{
	const struct followed_tx *tx = h->tx;
	bool invite = tx->method == MSG_INVITE;

	switch (tx->status) {
	case 482:
		return OUTCOME_IS_LOOP;
	case 483:
		return is_loop(o, h) ? OUTCOME_IS_LOOP : OUTCOME_IS_HOPS;
	case 486:
	case 600:
		return invite ? OUTCOME_IS_BUSY : OUTCOME_IS_REJECTED;
	case 603:
		return invite ? OUTCOME_IS_DECLINED : OUTCOME_IS_REJECTED;
	default:
		return tx->status < 400 ? OUTCOME_IS_REDIRECTED
					: OUTCOME_IS_REJECTED;
	}
}

static void
keep_contact(struct outcomes *o, uint64_t seq, struct outcome *out)
{
	const struct msg *m = outcome_message(o, seq);

	if (m != NULL)
		out->text = outcome_keep(
		    o, utf8_clip(follower_contact(m), OUTCOME_TEXT));
}

void
outcome_judge_rejected(
    struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct hop *at = find_rejecter(o, h), *b;
	const struct followed_tx *tx = at->tx;
	int64_t rang;

	out->status = h->tx->came_status;
	out->by = trace_name(o->t, tx->final != 0 ? tx->final_by : tx->server);
	if ((b = find_unanswered(o, at)) != NULL) {
		tell_unanswered(o, b, true, out);
		return;
	}
	outcome_prove(out, tx->final);
	rang = (tx->status == 408 || tx->status == 480) &&
		       is_of_patience(o, tx->final)
		   ? find_ringing(o, at)
		   : 0;
	if (rang != 0) {
		out->id = OUTCOME_IS_RANG;
		out->ns = tx->t_final - rang;
		return;
	}
	out->status = tx->status;
	if (tx->status == 401 || tx->status == 407) {
		tell_challenged(o, h, out);
		return;
	}
	out->id = judge_status(o, at);
	keep_reasons(o, tx->final, out);
	if (out->id == OUTCOME_IS_REDIRECTED)
		keep_contact(o, tx->final, out);
}

/* The call of H goes on, so that it has got its answer. */
static bool
has_gone_on(const struct hop *h)
{
	for (const struct hop *i = h->next; i != NULL; i = i->next)
		if (i->tx->client == h->tx->client && !i->tx->initial)
			return true;
	return false;
}

/* In a capture, which may not have the answer of H: what its client does then
 * shows that it has one. */
static bool
is_answered_unseen(struct outcomes *o, const struct hop *h)
{
	const struct followed_tx *tx = h->tx;

	if (!o->capture)
		return false;
	if (tx->final != 0)
		return tx->repeats.last <= tx->t_final + SIP_T1_NS;
	return tx->ack != 0 || has_gone_on(h) || outcome_is_unproven(o, tx);
}

bool
outcome_judge_failed(
    struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct followed_tx *tx = h->tx;

	if (tx->final_came != 0 || !outcome_is_due(o, tx->t))
		return false;
	if (is_answered_unseen(o, h)) {
		out->id = OUTCOME_IS_PART;
		return true;
	}
	if (tx->final != 0) {
		out->id = OUTCOME_IS_UNHEARD;
		out->by = trace_name(o->t, tx->final_by);
		out->status = tx->status;
		outcome_prove(out, tx->final);
		return true;
	}
	if (!is_unanswered(h))
		return false;
	tell_unanswered(o, h, false, out);
	return true;
}

/* ---- Retry-After ---- */

/* So many calls behind one are looked at. */
#define LATER_MOST 1000

/* The first request of another call, which failed, by which the client of H
 * tried the same once more; NULL: there is none. */
static const struct hop *
find_later(const struct hop *h)
{
	const struct leg *l = h->leg->next;

	for (int n = 0; l != NULL && n < LATER_MOST; n++, l = l->next) {
		const struct followed_tx *tx =
		    l->first != NULL ? l->first->tx : h->tx;

		if (tx->t >= h->tx->t_final_came &&
		    tx->client == h->tx->client &&
		    tx->method == h->tx->method && str_eq(tx->uri, h->tx->uri))
			return outcome_last_attempt(l)->tx->came_status >= 300
				   ? l->first
				   : NULL;
	}
	return NULL;
}

/* RFC 3261 21.5.4: another server may be asked at once.  Other statuses tell of
 * the callee (21.4.18), and a new call is its user's wish. */
bool
outcome_judge_retry(
    struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct hop *before = NULL, *again = h;
	const struct msg *m;
	uint32_t seconds;

	for (const struct hop *i = h->leg->first; i != NULL && i != h;
	     i = i->next)
		if (is_another_attempt(i, h) && i->tx->came_status != 401 &&
		    i->tx->came_status != 407)
			before = i;
	if (before == NULL && h->tx->came_status == 503) {
		before = h;
		again = find_later(h);
	}
	if (before == NULL || again == NULL || before->tx->came_status < 400 ||
	    h->tx->came_status < 300 || again->tx->server != before->tx->server)
		return false;
	m = outcome_message(o, before->tx->final);
	if (m == NULL ||
	    str_u32(str_cut(msg_value(m, MSG_H_RETRY_AFTER), ';',
			&(struct str){ 0 }),
		&seconds) != 0 ||
	    again->tx->t - before->tx->t_final_came >= seconds * SECOND)
		return false;
	out->id = OUTCOME_IS_RETRY;
	out->by = trace_name(o->t, before->tx->final_by);
	out->status = before->tx->came_status;
	out->count = seconds;
	out->ns = again->tx->t - before->tx->t_final_came;
	outcome_prove(out, before->tx->final);
	outcome_prove(out, again->tx->request);
	return true;
}
