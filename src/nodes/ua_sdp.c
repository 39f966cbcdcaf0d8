/*
 * The session description of a call: RFC 8866, RFC 3264.  What is offered and
 * answered is decided in sip/sdp_session.c; here stands what a phone adds, its
 * address and who holds whom.
 */
#include "nodes/ua.h"

#include "base/err.h"

void
ua_sdp_note_hold(struct ua_call *c, struct str text)
{
	bool receives;

	if (sip_sdp_says_receives(text, &receives))
		c->held = !receives;
}

bool
ua_sdp_unusable(struct str offer)
{
	return offer.n > 0 && !sip_sdp_usable(offer);
}

bool
ua_sdp_take_answer(const struct ua_call *c, struct ua_answer *a, struct str sdp)
{
	bool receives;

	if (a->taken || sdp.n == 0)
		return false;
	a->taken = true;
	/* What a script has offered in a body of its own is not known. */
	a->unfit = c->sdp.nplaces > 0 && !sip_sdp_fits(&c->sdp, sdp);
	a->holds = sip_sdp_says_receives(sdp, &receives) && !receives;
	return true;
}

int
ua_sdp_make(struct ua_call *c, struct str offer, bool anew, char **sdp)
{
	struct ua *ua = c->ua;
	struct sip_sdp_terms terms = {
		.user = ua->agent.node->name,
		.addr = ua->agent.node->addr,
		.id = (uint64_t)(sim_now(agent_sim(&ua->agent)) / SIM_S) + 1,
		.anew = anew,
		.sends = true,
		.receives = !c->hold,
	};
	struct buf b = BUF_INIT;
	int err;

	*sdp = NULL;
	c->sdp.ports = &ua->rtp;
	if (offer.n == 0) {
		/* RFC 3264 8.4: who holds goes on sending, unless it is held
		 * itself; who does not is ready for both ways again. */
		terms.sends = !c->hold_next || !c->held;
		terms.receives = !c->hold_next;
		err = sip_sdp_write_offer(&c->sdp, &terms, &b);
	} else {
		err = sip_sdp_write_answer(&c->sdp, &terms, offer, &b);
	}
	if (err == ERR_NOMEM || (err == ERR_LIMIT && offer.n == 0)) {
		buf_free(&b);
		return err;
	}
	*sdp = buf_take(&b);
	if (*sdp == NULL)
		return ERR_NOMEM;
	return err == ERR_LIMIT ? err : 0;
}
