/*
 * Offers and answers (RFC 3264) as the messages of a dialog have them: who has
 * offered what, and on which two descriptions both sides have agreed since
 * when.  Descriptions are kept as the records that have them.
 */
#include "msg/header_names.h"
#include "follower/follower_in.h"

#include <string.h>

/* A dialog of the INVITE that FIRST has seen: its offer, where it has one. */
static void
begin_session(struct followed_session *k, const struct followed_session *first)
{
	if (k->node[0] != TRACE_NO_NODE)
		return;
	k->node[0] = first->node[0];
	k->tag = first->tag;
	k->offers[0] = first->offers[0];
}

/* A phone that calls itself is both sides: tags tell them apart. */
unsigned
follower_sender(
    const struct followed_session *k, const struct followed_message *s)
{
	uint32_t tag = s->msg->request ? s->names.from_tag : s->names.to_tag;

	return k->tag == tag ? 0 : 1;
}

/* S asks O's side, or has been asked by it. */
static bool
is_of_offer(const struct followed_message *s, const struct followed_offer *o)
{
	bool invite = s->msg->method == MSG_INVITE || s->msg->method == MSG_ACK;

	return o->cseq == s->cseq.number && o->invite == invite;
}

/* S answers O.  Of requests an ACK and a PRACK alone do (RFC 3261 13.2.1, RFC
 * 3262 5). */
static bool
answers_offer(const struct followed_message *s, const struct followed_offer *o)
{
	if (!s->msg->request)
		return is_of_offer(s, o);
	return o->told && (s->msg->method == MSG_PRACK ||
			      (s->msg->method == MSG_ACK && is_of_offer(s, o)));
}

/* Side BY describes itself in S. */
static void
describe(struct followed_message *s, struct followed_session *k, unsigned by)
{
	struct followed_offer *mine = &k->offers[by], *its = &k->offers[!by];
	bool answers = answers_offer(s, its);

	if (answers && its->seq != 0) {
		if (!its->answered)
			memcpy(k->before, k->agreed, sizeof(k->before));
		k->agreed[by] = s->seq;
		k->agreed[!by] = its->seq;
		k->since = s->seq;
		its->answered = true;
		s->events |= FOLLOWER_AGREED;
		/* The 2xx behind a 1xx may say it once more, or otherwise. */
		if (s->msg->request || s->msg->status >= 200)
			its->seq = 0;
	} else if (s->msg->request || !answers || !its->answered) {
		*mine = (struct followed_offer){ .seq = s->seq,
			.cseq = s->cseq.number,
			.invite = s->msg->method == MSG_INVITE ||
				  s->msg->method == MSG_ACK,
			.told = !s->msg->request };
		its->answered |= !s->msg->request;
		s->events |= FOLLOWER_OFFERED;
	}
}

/* A rejection takes its offer with it.  RFC 3261 14.1: what a provisional
 * response has answered is as if it had not been offered; early media of a
 * first INVITE have been there. */
static void
refuse(struct followed_message *s, struct followed_session *k,
    struct followed_offer *o)
{
	if (!is_of_offer(s, o) || o->seq == 0 ||
	    (o->answered && k->before[0] == 0))
		return;
	if (o->answered) {
		memcpy(k->agreed, k->before, sizeof(k->agreed));
		k->since = s->seq;
	}
	o->seq = 0;
	s->events |= FOLLOWER_REJECTED;
}

/* A response with a tag in To is of a dialog that its INVITE has begun. */
static void
inherit_offer(struct follower *f, const struct followed_message *s)
{
	const struct followed_session *first;
	struct followed_session *k;

	if (s->msg->request || s->to_tag.n == 0)
		return;
	first = follower_find_session(
	    f, msg_value(s->msg, MSG_H_CALL_ID), s->from_tag, STR_NULL);
	if (first == NULL || first->node[0] == TRACE_NO_NODE)
		return;
	k = follower_session(f, s, s->from_tag, s->to_tag);
	if (k != NULL)
		begin_session(k, first);
}

void
follower_apply_offer(struct follower *f, struct followed_message *s)
{
	const struct msg *m = s->msg;
	struct followed_session *k;
	unsigned by;

	inherit_offer(f, s);
	if (!s->has_sdp &&
	    (m->request ? m->method != MSG_INVITE : m->status < 300))
		return;
	k = follower_session(f, s, s->from_tag, s->to_tag);
	if (k == NULL)
		return;
	/* A proxy may reject as well, and is not a side. */
	if (!m->request && m->status >= 300) {
		refuse(s, k, &k->offers[k->tag != s->names.from_tag]);
		return;
	}
	if (k->node[0] == TRACE_NO_NODE)
		k->tag = m->request ? s->names.from_tag : s->names.to_tag;
	by = follower_sender(k, s);
	k->node[by] = s->node;
	if (s->has_sdp)
		describe(s, k, by);
	else
		k->offers[by] = (struct followed_offer){ .cseq = s->cseq.number,
			.invite = true };
}
