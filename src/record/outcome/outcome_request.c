/*
 * Why a request failed, or what it came to: the branch behind a proxy or B2BUA
 * that got no answer, the node that rejected it, the challenge; and the
 * outcomes of requests other than INVITE.
 */
#include "outcome/outcome_in.h"

#include "machine/times.h"
#include "msg/header_names.h"
#include "msg/parts.h"

/* More hops than this are not followed. */
#define DEPTH 64

/* ---- no answer ---- */

/* Why packets are lost so that a port is closed, or a way is not there. */
static bool
is_closed(enum trace_drop why)
{
	return why == TRACE_DROP_NO_SOCKET || why == TRACE_DROP_REFUSED;
}

/* What was lost tells why nothing came: each attempt, or a connection. */
static bool
is_lost(const struct hop *h)
{
	return h->drops > h->tx->repeats.n && h->why != TRACE_DROP_UNSEEN &&
	       h->why != TRACE_DROP_COUNT;
}

static bool
is_unanswered(const struct hop *h)
{
	return h->tx->final_came == 0 && h->tx->final == 0 &&
	       h->tx->provisional == 0;
}

/* H got no answer.  BEHIND: because of that OUT's caller got a rejection. */
static void
tell_unanswered(
    struct outcomes *o, const struct hop *h, bool behind, struct outcome *out)
{
	const struct story_tx *tx = h->tx;

	out->by = trace_name(o->t, tx->client);
	out->with = trace_name(o->t, tx->server);
	out->at = tx->dst_addr;
	out->method = tx->method_name;
	out->count = 1 + tx->repeats.n;
	out->ns = tx->repeats.last - tx->t;
	if (is_lost(h)) {
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
	outcome_prove(out, tx->request);
}

struct hop *
outcome_last_attempt(const struct leg *leg)
{
	const struct story_tx *first = leg->first->tx;
	struct hop *last = leg->first;

	for (struct hop *h = leg->first; h != NULL; h = h->next)
		if (h->tx->method == first->method && h->tx->up == NULL &&
		    h->tx->client == first->client &&
		    h->tx->initial == first->initial)
			last = h;
	return last;
}

/* What a hop's server tried behind it, one after the other: the branches of a
 * proxy, then the legs of a B2BUA.  NULL: no more. */
static struct hop *
next_behind(struct outcomes *o, const struct hop *h, const struct hop *before)
{
	const struct story_tx *b;
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
		if (!is_unanswered(b))
			continue;
		if (is_lost(b))
			return b;
		if (silent == NULL)
			silent = b;
	}
	return silent;
}

/* Behind H a phone rang until its proxy gave up. */
static const struct hop *
find_ringing(struct outcomes *o, const struct hop *h)
{
	for (struct hop *b = next_behind(o, h, NULL); b != NULL;
	     b = next_behind(o, h, b))
		if (b->tx->provisional != 0 && b->tx->provisional_status > 100)
			return b;
	return NULL;
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

static bool
is_stale(struct outcomes *o, const struct hop *h)
{
	const struct msg *m = outcome_message(o, h->tx->final);

	return m != NULL &&
	       (str_ifind(msg_value(m, MSG_H_WWW_AUTHENTICATE),
		    STR("stale=true")) >= 0 ||
		   str_ifind(msg_value(m, MSG_H_PROXY_AUTHENTICATE),
		       STR("stale=true")) >= 0);
}

/* H is challenged, and nothing that its caller answers is taken. */
static void
tell_challenged(struct outcomes *o, const struct hop *h, struct outcome *out)
{
	unsigned asked = 0, stale = 0;

	for (const struct hop *i = h->leg->first; i != NULL; i = i->next)
		if (i->tx->up == NULL && i->tx->method == h->tx->method &&
		    i->tx->client == h->tx->client &&
		    (i->tx->came_status == 401 || i->tx->came_status == 407) &&
		    has_credentials(o, i)) {
			asked++;
			stale += is_stale(o, i);
			outcome_prove(out, i->tx->final);
		}
	out->count = asked;
	out->id = asked == 0       ? OUTCOME_IS_NO_PASSWORD
		  : stale == asked ? OUTCOME_IS_NONCE
				   : OUTCOME_IS_PASSWORD;
}

/* Why a message says that it rejects: " (Reason: Q.850;cause=17)". */
static void
keep_reasons(struct outcomes *o, uint64_t seq, struct outcome *out)
{
	static const struct {
		enum msg_header id;
		const char *name;
	} fields[] = { { MSG_H_REASON, "Reason" },
		{ MSG_H_WARNING, "Warning" } };
	const struct msg *m = outcome_message(o, seq);
	LOCAL_BUF b = BUF_INIT;

	if (m == NULL)
		return;
	out->reason = outcome_keep(o, m->reason);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct str value = msg_value(m, fields[i].id);

		if (value.n > 0)
			buf_printf(&b, " (%s: %.*s)", fields[i].name,
			    STR_ARG(str_slice(value, 0, 80)));
	}
	out->text = outcome_keep(o, buf_view(&b));
}

/* What a status means where it alone tells it; REJECTED: nothing else. */
static enum outcome_id
meaning_of(const struct story_tx *tx)
{
	bool invite = tx->method == MSG_INVITE;

	switch (tx->status) {
	case 482:
	case 483:
		return OUTCOME_IS_LOOP;
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
		out->text = outcome_keep(o, story_contact(m));
}

void
outcome_judge_rejected(
    struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct hop *at = find_rejecter(o, h), *b;
	const struct story_tx *tx = at->tx;

	out->status = h->tx->came_status;
	out->by = trace_name(o->t, tx->final != 0 ? tx->final_by : tx->server);
	if ((b = find_unanswered(o, at)) != NULL) {
		tell_unanswered(o, b, true, out);
		return;
	}
	outcome_prove(out, tx->final);
	b = tx->status == 408 || tx->status == 480 ? find_ringing(o, at) : NULL;
	if (b != NULL) {
		out->id = OUTCOME_IS_RANG;
		out->ns = tx->t_final - b->tx->t_provisional;
		return;
	}
	out->status = tx->status;
	if (tx->status == 401 || tx->status == 407) {
		tell_challenged(o, h, out);
		return;
	}
	out->id = meaning_of(tx);
	keep_reasons(o, tx->final, out);
	if (out->id == OUTCOME_IS_REDIRECTED)
		keep_contact(o, tx->final, out);
}

bool
outcome_judge_failed(
    struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct story_tx *tx = h->tx;

	if (tx->final_came != 0 || !outcome_goes_on(o, tx->t, SIP_64T1_NS))
		return false;
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

/* A hop before H of the same client asked it to wait longer than it did. */
static bool
judge_retry(struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct hop *before = NULL;
	const struct msg *m;
	uint32_t seconds;

	for (const struct hop *i = h->leg->first; i != NULL && i != h;
	     i = i->next)
		if (i->tx->up == NULL && i->tx->method == h->tx->method &&
		    i->tx->client == h->tx->client)
			before = i;
	if (before == NULL || before->tx->came_status < 400)
		return false;
	m = outcome_message(o, before->tx->final);
	if (m == NULL ||
	    str_u32(str_cut(msg_value(m, MSG_H_RETRY_AFTER), ';',
			&(struct str){ 0 }),
		&seconds) != 0 ||
	    h->tx->t - before->tx->t_final_came >=
		(int64_t)seconds * INT64_C(1000000000))
		return false;
	out->id = OUTCOME_IS_RETRY;
	out->by = trace_name(o->t, before->tx->final_by);
	out->status = before->tx->came_status;
	out->count = seconds;
	out->ns = h->tx->t - before->tx->t_final_came;
	outcome_prove(out, before->tx->final);
	outcome_prove(out, h->tx->request);
	return true;
}

/* ---- other requests ---- */

/* For how long a REGISTER was accepted; 0: for none, or it is not said. */
static uint32_t
accepted_for(struct outcomes *o, const struct story_tx *tx)
{
	const struct msg *m = outcome_message(o, tx->final);
	struct msg_values iter = { 0 };
	uint32_t seconds = 0;
	struct str value, expires;
	struct msg_addr a;

	if (m == NULL)
		return 0;
	if (msg_next_value(m, MSG_H_CONTACT, &iter, &value) &&
	    msg_addr_read(value, &a) == 0 &&
	    msg_param(a.params, "expires", &expires) &&
	    str_u32(expires, &seconds) == 0)
		return seconds;
	return str_u32(msg_value(m, MSG_H_EXPIRES), &seconds) == 0 ? seconds
								   : 0;
}

static void
judge_accepted(struct outcomes *o, const struct hop *h, struct outcome *out)
{
	const struct story_tx *tx = h->tx;
	bool notified = tx->method != MSG_SUBSCRIBE;
	uint32_t seconds;

	out->id = OUTCOME_IS_DONE;
	out->with = trace_name(o->t, tx->server);
	out->status = tx->came_status;
	outcome_prove(out, tx->final);
	seconds = tx->method == MSG_REGISTER ? accepted_for(o, tx) : 0;
	if (seconds > 0 && outcome_goes_on(o, tx->t_final_came,
			       (int64_t)seconds * INT64_C(1000000000))) {
		out->id = OUTCOME_IS_LAPSED;
		out->count = seconds;
	}
	for (const struct hop *i = h->leg->first; i != NULL; i = i->next)
		notified |= i->tx->method == MSG_NOTIFY;
	if (!notified && outcome_goes_on(o, tx->t_final_came, SIP_64T1_NS))
		out->id = OUTCOME_IS_NO_NOTIFY;
}

void
outcome_judge_request(struct outcomes *o, struct leg *leg, struct outcome *out)
{
	const struct hop *h = outcome_last_attempt(leg);
	const struct story_tx *tx = h->tx;

	out->with = trace_name(o->t, tx->server);
	out->id = OUTCOME_IS_OPEN;
	if (tx->method == MSG_ACK || tx->method == MSG_CANCEL ||
	    (!tx->initial && tx->method != MSG_SUBSCRIBE)) {
		out->id = OUTCOME_IS_PART;
		return;
	}
	if (outcome_judge_failed(o, h, out) || judge_retry(o, h, out))
		return;
	if (tx->came_status >= 300)
		outcome_judge_rejected(o, h, out);
	else if (tx->came_status >= 200)
		judge_accepted(o, h, out);
}
