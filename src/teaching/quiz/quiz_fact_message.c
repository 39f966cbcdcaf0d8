/*
 * Questions about what a message says of itself, its numbers and branch, the
 * dialog it makes, replaces or ends, and offers and answers.
 */
#include "quiz/quiz_fact.h"

/* Subscriptions of one dialog that are told apart. */
#define EVENTS_MOST 8

/* RFC 3261 8.1.1.5, 12.2.1.1: {first} is the INVITE's number, {second} the next
 * one of the sender; 0: not seen. */
static void
count_requests(struct fact_scene *f)
{
	unsigned long invite = 0, most = 0;

	for (fact_begin(f); fact_earlier(f);) {
		const struct sent_message *m = &f->other;

		if (!m->msg.request)
			continue;
		if (invite == 0 && fact_is(m, MSG_INVITE))
			invite = m->cseq;
		if (m->cseq > most && str_eq(m->send.src, f->now.send.src))
			most = m->cseq;
	}
	f->numbers[0] = invite;
	f->numbers[1] = most > 0 ? most + 1 : 0;
}

enum quiz_answer
quiz_fact_cseq(struct fact_scene *f)
{
	enum msg_method m = f->now.msg.method;
	bool ack = m == MSG_ACK, same = ack || m == MSG_CANCEL;

	if (!f->now.msg.request ||
	    (!same && m != MSG_PRACK && m != MSG_BYE && m != MSG_UPDATE &&
		m != MSG_INFO && m != MSG_INVITE) ||
	    (m != MSG_CANCEL && !fact_is_within(&f->now)))
		return QUIZ_ANSWER_NONE;
	count_requests(f);
	if (f->numbers[0] == 0 || f->numbers[1] == 0 ||
	    f->numbers[0] == f->numbers[1] ||
	    f->numbers[same ? 0 : 1] != f->now.cseq)
		return QUIZ_ANSWER_NONE;
	if (f->now.cseq == 1)
		f->without = QUIZ_CSEQ_ONE;
	return ack ? QUIZ_CSEQ_ACK : same ? QUIZ_CSEQ_SAME : QUIZ_CSEQ_NEXT;
}

enum quiz_answer
quiz_fact_branch(struct fact_scene *f)
{
	bool ack = fact_is(&f->now, MSG_ACK);

	if (!ack && !fact_is(&f->now, MSG_CANCEL))
		return QUIZ_ANSWER_NONE;
	if (!ack)
		f->without = QUIZ_BRANCH_NONE;
	for (fact_begin(f); fact_earlier(f);) {
		if (!fact_is(&f->other, MSG_INVITE) ||
		    f->other.cseq != f->now.cseq ||
		    !str_eq(f->other.send.src, f->now.send.src))
			continue;
		if (!str_eq(f->other.send.branch, f->now.send.branch))
			return QUIZ_BRANCH_NEW;
		return ack ? QUIZ_BRANCH_OLD : QUIZ_BRANCH_OLD_CANCEL;
	}
	return QUIZ_ANSWER_NONE;
}

/* RFC 3262 7.2 */
enum quiz_answer
quiz_fact_rack(struct fact_scene *f)
{
	uint32_t rseq;

	if (!fact_is_reliable(&f->now) ||
	    msg_rseq_read(msg_value(&f->now.msg, MSG_H_RSEQ), &rseq) != 0)
		return QUIZ_ANSWER_NONE;
	f->numbers[0] = rseq;
	f->numbers[1] = f->now.cseq;
	f->numbers[2] = f->now.cseq + 1ul;
	f->numbers[3] = rseq + 1ul;
	return QUIZ_RACK_BOTH;
}

enum quiz_answer
quiz_fact_repeats(struct fact_scene *f)
{
	if (!fact_answers(&f->now, MSG_INVITE, 1) || f->now.msg.status == 100)
		return QUIZ_ANSWER_NONE;
	return fact_is_reliable(&f->now) ? QUIZ_REPEATS_SENDER
					 : QUIZ_REPEATS_NOBODY;
}

/* A provisional response with the To tag of `now` came before it. */
static bool
fact_message_is_early(struct fact_scene *f)
{
	for (fact_begin(f); fact_earlier(f);)
		if (fact_answers(&f->other, MSG_INVITE, 1) &&
		    f->other.cseq == f->now.cseq && fact_same_dialog(f) &&
		    fact_is_within(&f->other))
			return true;
	return false;
}

enum quiz_answer
quiz_fact_begins(struct fact_scene *f)
{
	if (f->now.msg.request || f->now.msg.status / 100 != 2 ||
	    f->request.seq == 0 || fact_is_within(&f->request))
		return QUIZ_ANSWER_NONE;
	switch (f->now.msg.method) {
	case MSG_INVITE:
		return fact_message_is_early(f) ? QUIZ_BEGINS_EARLY
						: QUIZ_BEGINS_YES;
	case MSG_MESSAGE:
		return QUIZ_BEGINS_NO;
	case MSG_OPTIONS:
	case MSG_REGISTER:
	case MSG_PUBLISH:
		return QUIZ_BEGINS_NO_OTHER;
	default:
		return QUIZ_ANSWER_NONE;
	}
}

/* RFC 3891 3: an answered call is ended by BYE, an early one by CANCEL. */
enum quiz_answer
quiz_fact_replaced(struct fact_scene *f)
{
	struct str replaces = msg_value(&f->now.msg, MSG_H_REPLACES);
	struct str join = msg_value(&f->now.msg, MSG_H_JOIN), params;

	if (!fact_is(&f->now, MSG_INVITE) ||
	    (replaces.n == 0) == (join.n == 0) ||
	    fact_final_status(f) / 100 != 2)
		return QUIZ_ANSWER_NONE;
	if (join.n > 0)
		return QUIZ_REPLACED_MIXED;
	replaces = str_trim(msg_cut_params(replaces, &params));
	for (fact_begin(f); fact_next(f, replaces, -1);) {
		if (fact_answers(&f->other, MSG_INVITE, 2))
			return QUIZ_REPLACED_BYE;
		if (fact_is(&f->other, MSG_INVITE))
			return QUIZ_REPLACED_CANCEL;
	}
	return QUIZ_ANSWER_NONE;
}

/* RFC 5057 4.2: of some event in the dialog of `now` the latest NOTIFY is not
 * the last one. */
static bool
is_subscribed(struct fact_scene *f)
{
	uint64_t seen[EVENTS_MOST];
	size_t n = 0, i;

	for (fact_begin(f); n < EVENTS_MOST && fact_earlier(f);) {
		uint64_t event;

		if (!fact_is(&f->other, MSG_NOTIFY) || !fact_same_dialog(f))
			continue;
		event = str_hash(msg_value(&f->other.msg, MSG_H_EVENT));
		for (i = 0; i < n && seen[i] != event;)
			i++;
		if (i < n)
			continue;
		if (!fact_is_last(&f->other))
			return true;
		seen[n++] = event;
	}
	return false;
}

/* A request that begins a subscription in the same dialog crosses `now`: what
 * either side makes of that is its own affair. */
static bool
crosses_subscription(struct fact_scene *f)
{
	for (fact_begin(f); fact_later(f);) {
		if (fact_answers(&f->other, MSG_BYE, 2))
			return false;
		if ((fact_is(&f->other, MSG_REFER) ||
			fact_is(&f->other, MSG_SUBSCRIBE)) &&
		    fact_same_dialog(f))
			return true;
	}
	return false;
}

/* RFC 5057 5.5 */
enum quiz_answer
quiz_fact_bye(struct fact_scene *f)
{
	if (!fact_is(&f->now, MSG_BYE) || fact_final_status(f) / 100 != 2 ||
	    crosses_subscription(f))
		return QUIZ_ANSWER_NONE;
	return is_subscribed(f) ? QUIZ_BYE_SESSION : QUIZ_BYE_ALL;
}

/* ---- offers and answers (RFC 3264, 6337, 3311), timers (RFC 4028) ---- */

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

/* Which of QUIZ_CARRIES_… F's message makes right. */
static enum quiz_answer
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
 * rejects it: that is not asked. */
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
