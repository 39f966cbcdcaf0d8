/*
 * Questions about offers and answers (RFC 3264, RFC 6337), UPDATE (RFC 3311)
 * and session timers (RFC 4028).
 */
#include "quiz/quiz_fact.h"

/* The other side's session description came for certain before `now`, in a
 * reliable provisional response to the same INVITE. */
static bool
has_reliable_sdp(struct fact_scene *f)
{
	for (fact_begin(f); fact_earlier(f);)
		if (fact_is_reliable(&f->other) && fact_has_sdp(&f->other) &&
		    fact_same_dialog(f))
			return true;
	return false;
}

/* RFC 6337 table 1, of a response to INVITE. */
static enum quiz_answer
carried_by_response(struct fact_scene *f)
{
	bool certain = f->now.msg.status >= 200 || fact_is_reliable(&f->now);

	if (f->request.seq == 0 || has_reliable_sdp(f))
		return QUIZ_ANSWER_NONE;
	if (!fact_has_sdp(&f->request))
		return certain ? QUIZ_CARRIES_OFFER : QUIZ_ANSWER_NONE;
	if (certain)
		return QUIZ_CARRIES_ANSWER;
	f->without = QUIZ_CARRIES_ANSWER;
	return QUIZ_CARRIES_PREVIEW;
}

/* A PRACK answers what the response that it confirms offers: the INVITE had
 * nothing.  Else it offers. */
static enum quiz_answer
carried_by_prack(struct fact_scene *f)
{
	size_t reliable = 0;

	for (fact_begin(f); fact_earlier(f);) {
		reliable +=
		    fact_is_reliable(&f->other) && fact_has_sdp(&f->other);
		if (!fact_is(&f->other, MSG_INVITE))
			continue;
		return fact_has_sdp(&f->other) || reliable != 1
			   ? QUIZ_CARRIES_OFFER
			   : QUIZ_CARRIES_ANSWER;
	}
	return QUIZ_ANSWER_NONE;
}

enum quiz_answer
fact_carries(struct fact_scene *f)
{
	enum msg_method m = f->now.msg.method;

	if (m != MSG_INVITE && m != MSG_ACK && m != MSG_PRACK &&
	    m != MSG_UPDATE)
		return QUIZ_ANSWER_NONE;
	if (!f->now.msg.request &&
	    (f->now.msg.status <= 100 || f->now.msg.status >= 300))
		return QUIZ_ANSWER_NONE;
	if (!fact_has_sdp(&f->now))
		return QUIZ_CARRIES_NEITHER;
	if (!f->now.msg.request)
		return m == MSG_INVITE ? carried_by_response(f)
				       : QUIZ_CARRIES_ANSWER;
	if (m == MSG_PRACK)
		return carried_by_prack(f);
	return m == MSG_ACK ? QUIZ_CARRIES_ANSWER : QUIZ_CARRIES_OFFER;
}

enum quiz_answer
quiz_fact_carries(struct fact_scene *f)
{
	return fact_carries(f);
}

/* RFC 3264 8, RFC 6337 2.2.  Whom an offer meets that has one out as well
 * refuses it: that is not asked. */
enum quiz_answer
quiz_fact_may(struct fact_scene *f)
{
	switch (fact_carries(f)) {
	case QUIZ_CARRIES_OFFER:
		return !f->now.msg.request || fact_final_status(f) / 100 == 2
			   ? QUIZ_MAY_REPLY
			   : QUIZ_ANSWER_NONE;
	case QUIZ_CARRIES_ANSWER:
		return QUIZ_MAY_YES;
	case QUIZ_CARRIES_PREVIEW:
		return QUIZ_MAY_WAIT;
	default:
		return QUIZ_ANSWER_NONE;
	}
}

/* RFC 3311 5.1: an INVITE under way allows no other. */
enum quiz_answer
quiz_fact_instead(struct fact_scene *f)
{
	if (!fact_is(&f->now, MSG_UPDATE))
		return QUIZ_ANSWER_NONE;
	for (fact_begin(f); fact_earlier(f);) {
		if (fact_is(&f->other, MSG_ACK))
			return QUIZ_INSTEAD_YES;
		if (fact_is(&f->other, MSG_INVITE))
			return fact_is_within(&f->other) ? QUIZ_ANSWER_NONE
							 : QUIZ_INSTEAD_EARLY;
		if (fact_answers(&f->other, MSG_INVITE, 2))
			return QUIZ_ANSWER_NONE;
	}
	return QUIZ_ANSWER_NONE;
}

/* RFC 4028 7.2, 9 */
enum quiz_answer
quiz_fact_refresher(struct fact_scene *f)
{
	struct str value = msg_value(&f->now.msg, MSG_H_SESSION_EXPIRES);
	struct str params, who;

	if ((!fact_answers(&f->now, MSG_INVITE, 2) &&
		!fact_answers(&f->now, MSG_UPDATE, 2)) ||
	    f->request.seq == 0 || value.n == 0)
		return QUIZ_ANSWER_NONE;
	msg_cut_params(value, &params);
	if (!msg_param(params, "refresher", &who))
		return QUIZ_ANSWER_NONE;
	f->receiver = f->request.send.src;
	if (str_is(who, "uac"))
		return QUIZ_REFRESHER_UAC;
	return str_is(who, "uas") ? QUIZ_REFRESHER_UAS : QUIZ_ANSWER_NONE;
}
