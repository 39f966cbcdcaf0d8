/*
 * Offers that cross: RFC 6337 4.3, RFC 3261 14, RFC 3311 5.  A dialog has one
 * exchange at a time, so a request that would begin another waits at the one
 * side, and is refused at the other: with 491 by who has begun what is under
 * way, with 500 by who is to end it.
 */
#include "agent/offer.h"

#include "rules/rule_names.h"

/* What is under way, as this side sees it. */
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

#define CROSSINGS (sizeof(crossings) / sizeof(*crossings))

void
agent_offer_plan_invite(struct agent_offer *o)
{
	o->invited[1] = o->id != NULL;
}

bool
agent_offer_may(const struct agent_offer *o, enum msg_method method)
{
	for (size_t i = 0; i < CROSSINGS; i++)
		if (crossings[i].method == method &&
		    is_under_way(o, crossings[i].what))
			return false;
	return true;
}

bool
agent_offer_refuses(const struct agent_offer *o, enum msg_method method,
    struct agent_offer_refusal *r)
{
	for (size_t i = 0; i < CROSSINGS; i++) {
		const struct crossing *x = &crossings[i];

		if (x->method != method || x->status == 0 ||
		    !is_under_way(o, x->what))
			continue;
		*r = (struct agent_offer_refusal){ x->status, x->why };
		return true;
	}
	return false;
}
