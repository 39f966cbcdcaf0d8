/*
 * Which message carries an offer, which the answer to it (RFC 6337 2.2, table
 * 1), and what becomes of an offer that gets none (2.3, table 2; RFC
 * 3261 14.1).
 */
#include "agent/offer.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <string.h>

static const struct connection_layers {
	enum event_id received, sent; /* of the machine */
	enum msg_method method;
	unsigned class; /* of the status, 0: the request */
} carriers[] = {
#define X(id, received, sent, method, class) \
	{ EVENT_##received, EVENT_##sent, MSG_##method, class },
	AGENT_OFFER_CARRIERS(X)
#undef X
};

/* RFC 6337 table 1.  FIRST: also while nothing is agreed yet. */
static const struct pattern {
	enum agent_offer_carrier offer, answer;
	bool first;
	bool last; /* the answer's last chance: it is missing without it */
} patterns[] = {
	{ AGENT_OFFER_INVITE, AGENT_OFFER_INVITE_2XX, true, true },
	{ AGENT_OFFER_INVITE_2XX, AGENT_OFFER_ACK, true, true },
	{ AGENT_OFFER_INVITE, AGENT_OFFER_INVITE_1XX, true, false },
	{ AGENT_OFFER_INVITE_1XX, AGENT_OFFER_PRACK, true, true },
	{ AGENT_OFFER_PRACK, AGENT_OFFER_PRACK_2XX, false, true },
	{ AGENT_OFFER_UPDATE, AGENT_OFFER_UPDATE_2XX, false, true },
};

/* ---- states ---- */

/* A session is agreed, whatever is offered to change it. */
static bool
agent_offer_has_agreed(const struct agent_offer *o)
{
	return machine_run_is(&o->machine, STATE_AGREED) ||
	       machine_run_is(&o->machine, STATE_REOFFERED) ||
	       machine_run_is(&o->machine, STATE_REANSWERING);
}

/* An offer of either side's waits for its answer. */
static bool
agent_offer_is_open(const struct agent_offer *o)
{
	return o->id != NULL && o->open != AGENT_OFFER_NO_CARRIER;
}

static bool
offer_is_mine(const struct agent_offer *o)
{
	return agent_offer_is_open(o) && o->mine;
}

bool
agent_offer_is_for_ack(const struct agent_offer *o)
{
	return agent_offer_is_open(o) && !o->mine &&
	       o->open == AGENT_OFFER_INVITE_2XX;
}

/* ---- messages ---- */

/* A 1xx that may get lost carries neither offer nor answer. */
static enum agent_offer_carrier
find_carrier(struct agent_offer_message m)
{
	for (size_t i = 0; i < AGENT_OFFER_NO_CARRIER; i++)
		if (carriers[i].method == m.method &&
		    carriers[i].class == m.status / 100 &&
		    (carriers[i].class != 1 || m.reliable))
			return (enum agent_offer_carrier)i;
	return AGENT_OFFER_NO_CARRIER;
}

static const struct pattern *
offer_find_answer(
    enum agent_offer_carrier offer, enum agent_offer_carrier answer)
{
	for (size_t i = 0; i < COUNT_OF(patterns); i++)
		if (patterns[i].offer == offer && patterns[i].answer == answer)
			return &patterns[i];
	return NULL;
}

/* The open exchange waits for M, which comes from the awaited side. */
static const struct pattern *
find_expected(const struct agent_offer *o, struct agent_offer_message m)
{
	return agent_offer_is_open(o) && o->mine != m.sent
		   ? offer_find_answer(o->open, find_carrier(m))
		   : NULL;
}

/* Nothing is open: M may have an offer.  2.2: an INVITE has one exchange, so
 * its responses offer only where it did not, and the first of them alone. */
static bool
may_offer(const struct agent_offer *o, struct agent_offer_message m)
{
	enum agent_offer_carrier c = find_carrier(m);
	bool first = !agent_offer_has_agreed(o);

	if ((c == AGENT_OFFER_INVITE_1XX || c == AGENT_OFFER_INVITE_2XX) &&
	    !o->bare[!m.sent])
		return false;
	for (size_t i = 0; i < COUNT_OF(patterns); i++)
		if (patterns[i].offer == c && (patterns[i].first || !first))
			return true;
	return false;
}

static bool
is_preview(const struct agent_offer *o, struct agent_offer_message m)
{
	return o->open == AGENT_OFFER_INVITE && o->mine != m.sent &&
	       m.method == MSG_INVITE && m.status / 100 == 1 && !m.reliable;
}

enum agent_offer_kind
agent_offer_judge(const struct agent_offer *o, struct agent_offer_message m)
{
	if (!m.described)
		return AGENT_OFFER_NOTHING;
	if (!agent_offer_is_open(o))
		return may_offer(o, m) ? AGENT_OFFER_MADE : AGENT_OFFER_NOTHING;
	if (find_expected(o, m) != NULL)
		return AGENT_OFFER_TAKEN;
	return is_preview(o, m) ? AGENT_OFFER_PREVIEW : AGENT_OFFER_NOTHING;
}

/* ---- steps ---- */

/* EVENT where the table has it in O's state.  What follows has the message for
 * its cause, not this. */
static void
step_offer(struct agent_offer *o, enum event_id event)
{
	const struct machine_edge *e = machine_run_next(&o->machine, event);
	struct sim *sim = o->node->world->sim;
	uint64_t old = sim_cause(sim);

	if (e == NULL)
		return;
	node_machine_step(o->node, &o->machine, o->id, event, e->rule);
	sim_set_cause(sim, old);
}

static void
close_offer(struct agent_offer *o, enum event_id event)
{
	o->open = AGENT_OFFER_NO_CARRIER;
	step_offer(o, event);
}

/* M, a final response of 300 or more, rejects the open offer: one in its
 * request, or one that a provisional response to it has brought. */
static bool
refuses_open(const struct agent_offer *o, struct agent_offer_message m)
{
	if (!agent_offer_is_open(o) || carriers[o->open].method != m.method)
		return false;
	return carriers[o->open].class == 0 ? o->mine != m.sent
					    : o->mine == m.sent;
}

/* M is an INVITE, or the response to one, in which the description is KIND. */
static void
offer_note_invite(struct agent_offer *o, struct agent_offer_message m,
    enum agent_offer_kind kind)
{
	bool side = m.status == 0 ? m.sent : !m.sent;

	if (m.status == 0) {
		o->invited[side] = true;
		o->bare[side] = !m.described;
	} else if (m.status >= 200) {
		o->invited[side] = false;
		o->bare[side] = false;
		o->unconfirmed[side] = false;
	} else if (find_carrier(m) == AGENT_OFFER_INVITE_1XX && m.described) {
		o->bare[side] = false;
		o->unconfirmed[side] |= kind != AGENT_OFFER_NOTHING;
	}
}

/* RFC 6337 4.3: for who sends a PRACK it is over with the answer. */
static void
note_prack(struct agent_offer *o, struct agent_offer_message m)
{
	if (!m.sent && m.status == 0)
		o->unconfirmed[0] = false;
	else if (!m.sent && m.status >= 200)
		o->unconfirmed[1] = false;
}

/* M, of the other side's, should have an offer or an answer: the record of that
 * is not a cause of what follows. */
static void
note_missing(struct agent_offer *o, enum agent_offer_carrier c,
    enum rule_id why, enum trace_refusal refusal)
{
	struct sim *sim = o->node->world->sim;
	uint64_t old = sim_cause(sim);

	node_note_bad(
	    o->node, why, refusal, str_of(event_word(carriers[c].received)));
	sim_set_cause(sim, old);
}

/* RFC 3261 13.2.1: the 2xx is the last that may offer, where neither the INVITE
 * nor another response to it did. */
static bool
lacks_offer(const struct agent_offer *o, struct agent_offer_message m)
{
	return find_carrier(m) == AGENT_OFFER_INVITE_2XX && !m.sent &&
	       !m.described && o->bare[1] && !agent_offer_is_open(o);
}

enum agent_offer_kind
agent_offer_note(struct agent_offer *o, struct agent_offer_message m)
{
	enum agent_offer_kind kind;
	enum agent_offer_carrier c = find_carrier(m);
	const struct pattern *p;

	if (o->id == NULL)
		return AGENT_OFFER_NOTHING;
	kind = agent_offer_judge(o, m);
	p = find_expected(o, m);
	if (lacks_offer(o, m))
		note_missing(o, c, RULE_OFFER_NONE, TRACE_REFUSAL_NO_OFFER);
	if (m.method == MSG_INVITE)
		offer_note_invite(o, m, kind);
	else if (m.method == MSG_PRACK)
		note_prack(o, m);
	if (m.status >= 300 && refuses_open(o, m)) {
		close_offer(o, m.sent ? EVENT_300_699_SENT : EVENT_300_699);
	} else if (kind == AGENT_OFFER_PREVIEW) {
		step_offer(o, m.sent ? EVENT_PREVIEW_SENT : EVENT_PREVIEW);
	} else if (kind == AGENT_OFFER_MADE) {
		o->open = c;
		o->mine = m.sent;
		step_offer(o, m.sent ? carriers[c].sent : carriers[c].received);
	} else if (kind == AGENT_OFFER_TAKEN) {
		close_offer(
		    o, m.sent ? carriers[c].sent : carriers[c].received);
	} else if (p != NULL && p->last) {
		if (!m.sent)
			note_missing(
			    o, c, RULE_OFFER_MISSING, TRACE_REFUSAL_NO_ANSWER);
		close_offer(o, EVENT_NO_ANSWER);
		kind = AGENT_OFFER_MISSED;
	}
	return kind;
}

void
agent_offer_fork(struct agent_offer *o, bool bare)
{
	o->invited[1] = true;
	o->bare[1] = bare;
	if (bare)
		return;
	o->open = AGENT_OFFER_INVITE;
	o->mine = true;
	step_offer(o, EVENT_FORK);
}

void
agent_offer_lost(struct agent_offer *o)
{
	if (o->id != NULL && offer_is_mine(o))
		close_offer(o, EVENT_TIMEOUT);
}

void
agent_offer_end(struct agent_offer *o)
{
	if (o->id != NULL)
		close_offer(o, EVENT_END);
}

/* ---- life ---- */

int
agent_offer_begin(struct agent_offer *o, struct node *node, const char *id)
{
	*o = (struct agent_offer){
		.node = node,
		.machine.table = &machine_offers,
		.open = AGENT_OFFER_NO_CARRIER,
	};
	o->id = mem_dup(id, strlen(id));
	return o->id != NULL ? 0 : ERR_NOMEM;
}

void
agent_offer_free(struct agent_offer *o)
{
	mem_free(o->id);
	*o = (struct agent_offer){ .open = AGENT_OFFER_NO_CARRIER };
}

/* ---- Offers that cross: RFC 6337 4.3, RFC 3261 14, RFC 3311 5 ---- */

/*
 * The pending exchange, as this side sees it.  A dialog has one exchange at a
 * time, so a request that would begin another waits at the one side, and is
 * rejected at the other: with 491 by the side that has begun the pending
 * exchange, with 500 by the side that is to end it.
 */
enum under_way {
	INVITE_OUT,   /* its INVITE has no final response yet */
	INVITE_IN,    /* likewise the other side's */
	OFFER_OUT,    /* the offer in its request has no answer yet */
	OFFER_IN,     /* likewise in the other side's */
	RESPONSE_OUT, /* the offer in its response has no ACK, no PRACK yet */
	RESPONSE_IN,  /* likewise in the other side's */
	PRACK_OUT,    /* its PRACK of a description is not answered yet */
	PRACK_IN,     /* the other side's has not come yet */
	BARE_OUT,     /* the response to its INVITE is to offer */
	BARE_IN,      /* its response to an INVITE is to offer */
	NOTHING_YET,  /* no session was agreed */
};

static bool
is_under_way(const struct agent_offer *o, enum under_way what)
{
	bool open = agent_offer_is_open(o);
	bool responds = open && (o->open == AGENT_OFFER_INVITE_1XX ||
				    o->open == AGENT_OFFER_INVITE_2XX);

	switch (what) {
	case INVITE_OUT:
	case INVITE_IN:
		return o->invited[what == INVITE_OUT];
	case OFFER_OUT:
	case OFFER_IN:
		return open && !responds && o->mine == (what == OFFER_OUT);
	case RESPONSE_OUT:
	case RESPONSE_IN:
		return responds && o->mine == (what == RESPONSE_OUT);
	case PRACK_OUT:
	case PRACK_IN:
		return o->unconfirmed[what == PRACK_OUT];
	case BARE_OUT:
	case BARE_IN:
		return o->bare[what == BARE_OUT];
	case NOTHING_YET:
		return !open && !agent_offer_has_agreed(o);
	}
	return false;
}

/*
 * A request of METHOD does not go out while there is WHAT, and gets STATUS
 * where it comes (0: it is taken then).  The first row that fits counts.
 *
 * RFC 6337 table 3 has 500 for a re-INVITE that comes before the ACK with the
 * answer; RFC 5407 3.1.5 shows 491, and so it is done here: it is this side's
 * offer that is open.
 */
static const struct crossing {
	enum msg_method method;
	enum under_way what;
	unsigned status;
	enum rule_id why;
} crossings[] = {
	{ MSG_INVITE, INVITE_OUT, 491, RULE_REINVITE_PENDING },
	{ MSG_INVITE, INVITE_IN, 500, RULE_REINVITE_EARLY },
	{ MSG_INVITE, RESPONSE_OUT, 491, RULE_REINVITE_OFFERED },
	{ MSG_INVITE, RESPONSE_IN, 491, RULE_REINVITE_PENDING },
	{ MSG_INVITE, OFFER_OUT, 491, RULE_REINVITE_UPDATE },
	{ MSG_INVITE, OFFER_IN, 500, RULE_REINVITE_UPDATE },
	{ MSG_UPDATE, OFFER_OUT, 491, RULE_UPDATE_GLARE },
	{ MSG_UPDATE, OFFER_IN, 500, RULE_UPDATE_EARLY },
	{ MSG_UPDATE, RESPONSE_OUT, 500, RULE_UPDATE_CROSSED },
	{ MSG_UPDATE, RESPONSE_IN, 491, RULE_UPDATE_CROSSED },
	{ MSG_UPDATE, PRACK_OUT, 491, RULE_UPDATE_CROSSED },
	{ MSG_UPDATE, PRACK_IN, 500, RULE_UPDATE_CROSSED },
	{ MSG_UPDATE, NOTHING_YET, 500, RULE_UPDATE_EARLY },
	/* Figures 12, 13: the offer in the response would meet this one. */
	{ MSG_UPDATE, BARE_OUT, 0, RULE_NONE },
	{ MSG_UPDATE, BARE_IN, 0, RULE_NONE },
};

void
agent_offer_plan_invite(struct agent_offer *o)
{
	o->invited[1] = o->id != NULL;
}

bool
agent_offer_may(const struct agent_offer *o, enum msg_method method)
{
	for (size_t i = 0; i < COUNT_OF(crossings); i++)
		if (crossings[i].method == method &&
		    is_under_way(o, crossings[i].what))
			return false;
	return true;
}

bool
agent_offer_refuses(const struct agent_offer *o, enum msg_method method,
    struct agent_offer_refusal *r)
{
	for (size_t i = 0; i < COUNT_OF(crossings); i++) {
		const struct crossing *x = &crossings[i];

		if (x->method != method || x->status == 0 ||
		    !is_under_way(o, x->what))
			continue;
		*r = (struct agent_offer_refusal){ x->status, x->why };
		return true;
	}
	return false;
}
