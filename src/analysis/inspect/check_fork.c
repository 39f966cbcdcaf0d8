/*
 * What becomes of the branches that a proxy has made of one request: RFC 3261
 * 16.7 and 16.10.
 */
#include "inspect/checks.h"

enum verdict
check_2xx_forwarded(struct look *l)
{
	const struct tx *tx = l->tx;

	if (tx->method != MSG_INVITE || !tx->relayed || tx->final_came == 0 ||
	    tx->came_status / 100 != 2)
		return SILENT;
	if (tx->returned)
		return KEPT;
	if (!l->in->whole ||
	    !inspect_goes_on(l->in, tx->t_final_came, SIP_T1_NS) ||
	    is_down(l, tx->client))
		return SEEN;
	l->at = tx->final_came;
	l->as = ROLE_CLASS_PROXY;
	look_say(l, _("the 2xx was not passed on"));
	return BROKEN;
}

/* 16.10: where a branch rings, and its INVITE was cancelled. */
enum verdict
check_branch_cancelled(struct look *l)
{
	const struct tx *tx = l->tx, *up = tx->up;

	if (tx->method != MSG_INVITE || !tx->relayed || up == NULL ||
	    up->cancel == 0 ||
	    (tx->final_came != 0 && tx->t_final_came < up->t_cancel))
		return SILENT;
	l->as = ROLE_CLASS_PROXY;
	if (tx->cancel_sent != 0)
		return KEPT;
	look_say(l, _("the INVITE was cancelled, this branch was not"));
	return judge_missing(l, l->in->whole && tx->provisional != 0,
	    tx->client, up->t_cancel, SIP_64T1_NS, up->cancel);
}

/* ---- the best response ---- */

/* The final responses of a request's branches, 2xx left out. */
struct harvest {
	unsigned n, least;     /* how many, and their lowest class */
	bool all, again;       /* a 6xx is among them, one that tells more */
	bool moved;            /* a 3xx is, which may have been followed */
	unsigned nchallenging; /* 401 and 407, and what they ask */
	size_t challenges;
};

/* 16.7 step 6: these say how to ask again. */
static bool
asks_again(unsigned status)
{
	return status == 401 || status == 407 || status == 415 ||
	       status == 420 || status == 484;
}

/* The proxy has had B's final response: in a run its arrival is there; in a
 * capture the ACK shows that it was not lost behind it, and did not cross. */
static bool
has_come(const struct look *l, const struct tx *b)
{
	return b->final_came != 0 && (l->in->whole || b->ack != 0);
}

static struct harvest
read_branches(const struct look *l)
{
	struct harvest h = { .least = 6 };

	for (const struct tx *b = l->tx->branches; b != NULL; b = b->beside) {
		/* RFC 4320 4.2: such a 408 is no answer. */
		if (!has_come(l, b) || b->status / 100 == 2 ||
		    (b->status == 408 && b->method != MSG_INVITE))
			continue;
		h.n++;
		h.all |= b->status >= 600;
		h.moved |= b->status / 100 == 3;
		h.again |= asks_again(b->status);
		if (b->status / 100 < h.least)
			h.least = b->status / 100;
		if (b->status == 401 || b->status == 407) {
			h.nchallenging++;
			h.challenges += b->challenges;
		}
	}
	return h;
}

/* L forwards a refusal, and there was a choice. */
static bool
chooses(const struct look *l, struct harvest *h)
{
	if (!l->forwarded || l->msg->request || l->msg->status < 300 ||
	    l->tx == NULL || l->came == NULL || l->came->up != l->tx)
		return false;
	*h = read_branches(l);
	return h->n > 1;
}

enum verdict
check_best_6xx(struct look *l)
{
	struct harvest h;

	if (!chooses(l, &h) || !h.all)
		return SILENT;
	look_measured(l, _("%u is passed on, and a branch has brought a 6xx"),
	    l->msg->status);
	return verdict_of(l->msg->status >= 600);
}

enum verdict
check_best_class(struct look *l)
{
	struct harvest h;

	if (!chooses(l, &h) || h.all)
		return SILENT;
	/* Step 4: a 3xx that was followed is no answer any more. */
	if (h.moved && l->msg->status / 100 != 3)
		return SEEN;
	look_measured(l, _("%u is passed on, and a branch has brought a %uxx"),
	    l->msg->status, h.least);
	return verdict_of(l->msg->status / 100 <= h.least);
}

/* A caller who has cancelled has nothing to ask again. */
enum verdict
check_best_retry(struct look *l)
{
	struct harvest h;

	if (!chooses(l, &h) || h.all || !h.again || l->msg->status / 100 != 4 ||
	    l->tx->cancel != 0)
		return SILENT;
	look_measured(l,
	    _("%u is passed on, and another branch tells how to ask again"),
	    l->msg->status);
	return verdict_of(asks_again(l->msg->status));
}

/* Step 7 */
enum verdict
check_challenges(struct look *l)
{
	size_t n = msg_count_values(l->msg, MSG_H_WWW_AUTHENTICATE) +
		   msg_count_values(l->msg, MSG_H_PROXY_AUTHENTICATE);
	struct harvest h;

	if (!chooses(l, &h) || h.nchallenging < 2 ||
	    (l->msg->status != 401 && l->msg->status != 407))
		return SILENT;
	look_measured(l,
	    _("the branches have brought %zu challenges, and %zu are "
	      "passed on"),
	    h.challenges, n);
	return verdict_of(n >= h.challenges);
}

/* ---- branches that need not ring any more ---- */

/* A branch beside TX has brought a final response of CLASS; the first. */
static const struct tx *
find_decided(const struct tx *tx, unsigned class)
{
	const struct tx *first = NULL;

	for (const struct tx *b = tx->up->branches; b != NULL; b = b->beside)
		if (b != tx && b->final_came != 0 && b->status / 100 == class &&
		    (first == NULL || b->final_came < first->final_came))
			first = b;
	return first;
}

/* A branch that rings when another one brings CLASS.  RFC 3841 9.1: the caller
 * may ask that nothing be cancelled. */
enum verdict
check_others(struct look *l)
{
	const struct tx *tx = l->tx, *d;

	if (tx->method != MSG_INVITE || !tx->relayed || tx->up == NULL)
		return SILENT;
	d = find_decided(tx, l->check->status);
	if (d == NULL)
		return SILENT;
	l->as = ROLE_CLASS_PROXY;
	if (tx->cancel_sent != 0)
		return tx->cancel_sent > d->final_came ? KEPT : SILENT;
	if (tx->final_came != 0 &&
	    tx->t_final_came - d->t_final_came < SIP_T1_NS)
		return SILENT;
	look_measured(l,
	    _("another branch has brought a %u, and this one was not "
	      "cancelled"),
	    d->status);
	return judge_missing(l,
	    l->in->whole && !tx->up->disposed && tx->provisional != 0 &&
		tx->t_provisional <= d->t_final_came,
	    tx->client, d->t_final_came, SIP_64T1_NS, d->final_came);
}

/* Step 5: no new branch after a 6xx. */
enum verdict
check_branch_late(struct look *l)
{
	if (!is_forwarded(l, true) || l->came->branches == NULL)
		return SILENT;
	look_say(l, _("a branch is begun after another one has brought a 6xx"));
	for (const struct tx *b = l->came->branches; b != NULL; b = b->beside)
		if (b != l->tx && has_come(l, b) && b->status >= 600)
			return BROKEN;
	return KEPT;
}

/* 17.1.1.3: who acknowledges a refusal of its branch has it acknowledged by the
 * hop before, too; that ACK goes no further.  The proxy's own shows that it is
 * no stateless one. */
enum verdict
check_ack_absorbed(struct look *l)
{
	const struct tx *came = l->came;

	if (!l->forwarded || !l->msg->request || l->msg->method != MSG_ACK ||
	    l->nvias < 2 || came == NULL || came->method != MSG_INVITE ||
	    came->final == 0 || came->status < 300)
		return SILENT;
	look_measured(l, _("the ACK for a %u is passed on"), came->status);
	for (const struct tx *b = came->branches; b != NULL; b = b->beside)
		if (b->acked_here)
			return BROKEN;
	return SEEN;
}
