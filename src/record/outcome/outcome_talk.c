/* Why a call ended after its 2xx. */
#include "outcome/outcome_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/constants.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/sdp.h"

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
static const struct followed_dialog *
find_peer(const struct leg *leg, const struct followed_dialog *d)
{
	for (const struct side *s = leg->sides; s != NULL; s = s->next)
		if (s->d != d && s->d->ok_tx != NULL && s->d->node != d->node &&
		    s->d->ok_cseq == d->ok_cseq && !s->d->ok_mine)
			return s->d;
	return NULL;
}

/* So often, and for so long, that it was no loss of a packet. */
#define OKS_MANY 3
#define OKS_LONG (3 * SECOND)
/* Behind this its sender gives up: 64*T1, less twice T2. */
#define OKS_TO_END (SIP_64T1_NS - 8 * SECOND)

/* The ACK for D's 2xx whose packets were lost; NULL: no record tells that. */
static const struct hop *
find_lost_ack(const struct leg *leg, const struct followed_dialog *d)
{
	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if (h->tx->method == MSG_ACK && h->tx->cseq == d->ok_cseq &&
		    h->tx->client != d->node && outcome_is_lost(h))
			return h;
	return NULL;
}

/* When the ACK for D's 2xx was sent last; or INT64_MIN. */
static int64_t
last_ack(const struct leg *leg, const struct followed_dialog *d)
{
	int64_t t = INT64_MIN;

	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if (h->tx->method == MSG_ACK && h->tx->cseq == d->ok_cseq &&
		    h->tx->client != d->node && h->tx->repeats.last > t)
			t = h->tx->repeats.last;
	return t;
}

/* D's node has taken the ACK: the 2xx is not sent again after it.  In a
 * capture one that is lost later shows as well: the 2xx that calls for another
 * is the last, long before its sender would give up. */
static bool
is_acked(const struct leg *leg, const struct followed_dialog *d)
{
	return d->ack != 0 && (d->oks.last < d->t_ack + SECOND ||
				  (d->oks.last < last_ack(leg, d) &&
				      d->oks.last - d->t_ok < OKS_TO_END));
}

/* D's node has got no ACK that it takes. */
static void
tell_ack(struct outcomes *o, const struct leg *leg,
    const struct followed_dialog *d, struct outcome *out)
{
	const struct followed_dialog *peer = find_peer(leg, d);
	const struct hop *lost = d->ack == 0 ? find_lost_ack(leg, d) : NULL;
	uint64_t ack = d->ack != 0 ? d->ack : peer != NULL ? peer->ack : 0;

	out->by = trace_name(o->t, d->node);
	out->with = peer != NULL ? trace_name(o->t, peer->node) : out->caller;
	out->count = 1 + d->oks.n;
	outcome_prove(out, d->ok);
	if (lost != NULL) {
		out->id = OUTCOME_IS_ACK_LOST;
		out->with = trace_name(o->t, lost->tx->client);
		out->at = lost->tx->dst_addr;
		out->text = str_of(trace_drop_text(lost->why));
		outcome_prove(out, lost->drop[0]);
	} else if (ack != 0) {
		out->id = OUTCOME_IS_ACK_UNHEARD;
		outcome_prove(out, ack);
	} else if (d->bye != 0 && d->t_bye >= d->oks.last) {
		out->id = OUTCOME_IS_CUT;
		out->ns = d->t_bye - d->t_ok;
	} else {
		out->id = OUTCOME_IS_NO_ACK;
	}
	outcome_prove(out, d->bye);
}

static bool
judge_ack(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	for (const struct side *s = leg->sides; s != NULL; s = s->next) {
		const struct followed_dialog *d = s->d;

		if (!d->ok_mine || d->oks.n < OKS_MANY ||
		    d->oks.last - d->t_ok < OKS_LONG || is_acked(leg, d))
			continue;
		tell_ack(o, leg, d, out);
		return true;
	}
	return false;
}

/* ---- requests within the call ---- */

/* A request this much before the BYE may have been dropped with its dialog. */
#define LATE_NS (4 * SECOND)

/* The dialog was over for TX: an answered BYE, not TX, came before it or at
 * once after it. */
static bool
is_over(const struct leg *leg, const struct followed_tx *tx)
{
	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if (h->tx != tx && h->tx->method == MSG_BYE &&
		    h->tx->final_came != 0 &&
		    (tx->method == MSG_BYE || h->tx->t <= tx->t + LATE_NS))
			return true;
	return false;
}

static bool
is_unanswered_within(struct outcomes *o, const struct followed_tx *tx)
{
	return !tx->initial && tx->method != MSG_ACK &&
	       tx->method != MSG_CANCEL && tx->method != MSG_SUBSCRIBE &&
	       tx->final_came == 0 && tx->final == 0 && tx->provisional == 0 &&
	       tx->branches == NULL && outcome_is_due(o, tx->t) &&
	       !outcome_is_unproven(o, tx);
}

bool
outcome_judge_within(
    struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	for (const struct hop *h = leg->first; h != NULL; h = h->next) {
		const struct followed_tx *tx = h->tx;

		if (!is_unanswered_within(o, tx) || is_over(leg, tx))
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
read_session_expires(struct outcomes *o, uint64_t seq)
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
    const struct followed_tx *bye, struct outcome *out)
{
	const struct followed_tx *refresh = NULL;
	uint32_t seconds, before;
	int64_t ns;

	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if ((h->tx->method == MSG_INVITE ||
			h->tx->method == MSG_UPDATE) &&
		    h->tx->came_status / 100 == 2 && h->tx->t < bye->t)
			refresh = h->tx;
	seconds = refresh != NULL ? read_session_expires(o, refresh->final) : 0;
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

/* H was to refresh the session, and was rejected for another reason than one
 * after which it is tried again. */
static bool
is_rejected_refresh(struct outcomes *o, const struct followed_tx *tx)
{
	switch (tx->came_status) {
	case 401:
	case 407:
	case 422:
	case 491:
		return false;
	default:
		return tx->came_status >= 300 && !tx->initial &&
		       tx->up == NULL &&
		       (tx->method == MSG_INVITE || tx->method == MSG_UPDATE) &&
		       read_session_expires(o, tx->request) != 0;
	}
}

/* BYE of its client comes behind the rejection, and no other refresh. */
static bool
judge_refresh(struct outcomes *o, const struct leg *leg,
    const struct followed_tx *bye, struct outcome *out)
{
	const struct followed_tx *last = NULL;
	const struct msg *m;

	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if ((h->tx->method == MSG_INVITE ||
			h->tx->method == MSG_UPDATE) &&
		    h->tx->client == bye->client && h->tx->t < bye->t)
			last = h->tx;
	if (last == NULL || !is_rejected_refresh(o, last) ||
	    bye->t - last->t_final_came >= SIP_64T1_NS)
		return false;
	m = outcome_message(o, last->final_came);
	out->id = OUTCOME_IS_REFRESH;
	out->by = trace_name(o->t, last->client);
	out->with = trace_name(o->t, last->server);
	out->method = last->method_name;
	out->status = last->came_status;
	out->reason = m != NULL ? outcome_keep(o, m->reason) : STR_NULL;
	out->ns = bye->t - outcome_last_attempt(leg)->tx->t_final_came;
	outcome_prove(out, last->final_came);
	outcome_prove(out, bye->request);
	return true;
}

/* ---- transfers ---- */

/* CLIENT ended the call of LEG before T. */
static bool
has_left(const struct leg *leg, uint32_t client, int64_t t)
{
	for (const struct hop *h = leg->first; h != NULL; h = h->next)
		if (h->tx->method == MSG_BYE && h->tx->client == client &&
		    h->tx->t <= t)
			return true;
	return false;
}

/* A person did not want the call. */
static bool
is_wish(unsigned status)
{
	return status == 486 || status == 487 || status == 600 || status == 603;
}

/* The last NOTIFY of LEG that tells of the transfer REFER asked for. */
static bool
judge_transfer(struct outcomes *o, const struct leg *leg, struct outcome *out)
{
	const struct followed_tx *refer = NULL, *last = NULL;
	const struct msg *m;
	struct str reason;
	unsigned status;
	bool left;

	for (const struct hop *h = leg->first; h != NULL; h = h->next) {
		if (h->tx->method == MSG_REFER && h->tx->came_status / 100 == 2)
			refer = h->tx;
		if (h->tx->method == MSG_NOTIFY && refer != NULL)
			last = h->tx;
	}
	m = last != NULL ? outcome_message(o, last->request) : NULL;
	status = m != NULL ? msg_sipfrag_status(m->body, &reason) : 0;
	left = status >= 300 && has_left(leg, refer->client, last->t);
	if (status < 300 || (!left && is_wish(status)))
		return false;
	out->id = left ? OUTCOME_IS_TRANSFER_LEFT : OUTCOME_IS_TRANSFER;
	out->status = status;
	out->reason = outcome_keep(o, reason);
	out->by = trace_name(o->t, refer->server);
	out->with = trace_name(o->t, refer->client);
	outcome_prove(out, refer->request);
	outcome_prove(out, last->request);
	return true;
}

/* ---- hold ---- */

/* The description of record SEQ says that its side wants to hear nothing. */
static bool
is_hold(struct outcomes *o, struct msg_sdp *sdp, uint64_t seq)
{
	const struct msg *m = outcome_message(o, seq);
	enum msg_sdp_direction d;

	if (m == NULL || msg_sdp_read(sdp, msg_sdp_of(m), NULL) != 0 ||
	    sdp->nmedia == 0)
		return false;
	d = sdp->media[0].direction;
	return d == MSG_SDP_SENDONLY || d == MSG_SDP_INACTIVE;
}

/*
 * The call of TOP ended on hold, which its first offer and answer were not.  It
 * is no trouble: nothing tells that it was ended because of that.
 */
static void
judge_hold(struct outcomes *o, const struct hop *top, struct outcome *out)
{
	const struct followed_session *s = follower_find_session(o->follower,
	    top->leg->call_id, top->tx->from_tag, top->tx->final_tag);
	LOCAL_MEM struct msg_sdp *sdp = NULL;

	if (s == NULL || s->agreed[0] == 0 || s->agreed[1] == 0 ||
	    s->since <= top->tx->final_came)
		return;
	sdp = mem_zalloc(1, sizeof(*sdp));
	if (sdp == NULL) {
		o->err = ERR_NOMEM;
		return;
	}
	for (int i = 0; i < 2 && out->id != OUTCOME_IS_HELD; i++)
		if (s->agreed[i] > top->tx->final_came &&
		    is_hold(o, sdp, s->agreed[i])) {
			out->id = OUTCOME_IS_HELD;
			out->with = trace_name(o->t, s->node[i]);
			outcome_prove(out, s->agreed[i]);
		}
}

/* ---- the end ---- */

typedef bool
judge_fn(struct outcomes *o, const struct leg *leg, struct outcome *out);

/* The earliest BYE of all legs; NULL: there is none. */
static const struct hop *
find_first_bye(struct leg *root)
{
	const struct hop *bye = NULL;

	for (struct leg *leg = root; leg != NULL; leg = next_leg(root, leg))
		for (const struct hop *h = leg->first; h != NULL; h = h->next)
			if (h->tx->method == MSG_BYE && h->tx->up == NULL &&
			    (bye == NULL || h->tx->t < bye->tx->t))
				bye = h;
	return bye;
}

void
outcome_judge_talk(struct outcomes *o, struct leg *root, const struct hop *top,
    struct outcome *out)
{
	static judge_fn *const troubles[] = { judge_ack, outcome_judge_within,
		judge_transfer };
	const struct hop *last = find_first_bye(root);
	const struct followed_tx *bye = last != NULL ? last->tx : NULL;

	if (bye != NULL && (judge_timer(o, last->leg, bye, out) ||
			       judge_refresh(o, last->leg, bye, out)))
		return;
	for (size_t i = 0; i < COUNT_OF(troubles); i++)
		for (struct leg *leg = root; leg != NULL;
		     leg = next_leg(root, leg))
			if (leg->first != NULL && troubles[i](o, leg, out))
				return;
	if (bye == NULL) {
		out->id = OUTCOME_IS_OPEN;
		return;
	}
	out->id = OUTCOME_IS_ENDED;
	out->by = trace_name(o->t, bye->client);
	out->ns = bye->t - top->tx->t_final_came;
	outcome_prove(out, bye->request);
	judge_hold(o, top, out);
}
