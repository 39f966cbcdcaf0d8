/*
 * Questions about subscriptions, and about what a failure ends.
 */
#include "quiz/quiz_fact.h"

#include "msg/usages.h"

/* RFC 6665 4.1.2.4; RFC 4488: a REFER may ask for no subscription. */
enum quiz_answer
quiz_fact_due(struct fact_scene *f)
{
	struct str none = msg_value(&f->now.msg, MSG_H_REFER_SUB);

	if (fact_is(&f->now, MSG_SUBSCRIBE) ||
	    (fact_is(&f->now, MSG_REFER) && !str_istarts(none, "false")))
		return QUIZ_DUE_NOTIFY;
	if (fact_is(&f->now, MSG_REFER) || fact_is(&f->now, MSG_PUBLISH) ||
	    fact_is(&f->now, MSG_MESSAGE))
		return QUIZ_DUE_FINAL;
	return QUIZ_ANSWER_NONE;
}

/* A NOTIFY of what the request asks for came from there before; of a REFER
 * that is one since the REFER. */
static bool
was_notified(struct fact_scene *f)
{
	bool refer = f->now.msg.method == MSG_REFER;
	struct str event = msg_value(&f->request.msg, MSG_H_EVENT);

	for (fact_begin(f); fact_earlier(f);) {
		if (refer && f->other.seq <= f->request.seq)
			return false;
		if (fact_is(&f->other, MSG_NOTIFY) &&
		    str_eq(f->other.send.src, f->now.send.src) &&
		    (refer ||
			str_eq(msg_value(&f->other.msg, MSG_H_EVENT), event)))
			return true;
	}
	return false;
}

enum quiz_answer
quiz_fact_makes(struct fact_scene *f)
{
	if ((!fact_answers(&f->now, MSG_SUBSCRIBE, 2) &&
		!fact_answers(&f->now, MSG_REFER, 2)) ||
	    f->request.seq == 0 ||
	    str_istarts(msg_value(&f->request.msg, MSG_H_REFER_SUB), "false"))
		return QUIZ_ANSWER_NONE;
	return was_notified(f) ? QUIZ_MAKES_STANDS : QUIZ_MAKES_NOTIFY;
}

/* RFC 6665 4.1.3 */
enum quiz_answer
quiz_fact_answers(struct fact_scene *f)
{
	unsigned status;

	if (!fact_is(&f->now, MSG_NOTIFY))
		return QUIZ_ANSWER_NONE;
	status = fact_final_status(f);
	return status / 100 == 2 ? QUIZ_ANSWERS_OK
	       : status == 481   ? QUIZ_ANSWERS_LOST
				 : QUIZ_ANSWER_NONE;
}

/* A refusal within a dialog, but for credentials. */
static bool
is_refusal(const struct fact_scene *f)
{
	return !f->now.msg.request && f->now.msg.status >= 300 &&
	       f->now.msg.status != 401 && f->now.msg.status != 407 &&
	       f->request.seq != 0 && fact_is_within(&f->request);
}

/* RFC 5057 5.1 */
enum quiz_answer
quiz_fact_ends(struct fact_scene *f)
{
	enum msg_method m = f->now.msg.method;

	if (!is_refusal(f) ||
	    (m != MSG_NOTIFY && m != MSG_SUBSCRIBE && m != MSG_INFO))
		return QUIZ_ANSWER_NONE;
	/* The last NOTIFY has ended its subscription by itself. */
	if (m == MSG_NOTIFY && fact_is_last(&f->request))
		return QUIZ_ANSWER_NONE;
	switch (msg_method_effect(m, f->now.msg.status)) {
	case MSG_ENDS_USAGE:
		return QUIZ_ENDS_USAGE;
	case MSG_ENDS_DIALOG:
		return QUIZ_ENDS_DIALOG;
	case MSG_ENDS_NOTHING:
	default:
		return QUIZ_ENDS_TRANSACTION;
	}
}

/* RFC 3261 14.1, RFC 3311 5.3 */
enum quiz_answer
quiz_fact_refused(struct fact_scene *f)
{
	enum msg_method m = f->now.msg.method;

	if (!is_refusal(f) || (m != MSG_INVITE && m != MSG_UPDATE))
		return QUIZ_ANSWER_NONE;
	return msg_method_effect(m, f->now.msg.status) == MSG_ENDS_NOTHING
		   ? QUIZ_REFUSED_STAYS
		   : QUIZ_REFUSED_LOST;
}
