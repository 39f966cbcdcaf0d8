/*
 * What a response takes over from its request, where it goes, what its status
 * asks for, and what it grants of what was asked.
 */
#include "inspect/check.h"

#include "msg/header_names.h"
#include "msg/headers.h"

/* A response of this node's own making to a request that was seen. */
static bool
is_response(const struct inspected_message *l)
{
	return !l->msg->request && l->tx != NULL;
}

/* The branch is that of a request which has no answer yet, the CSeq of none. */
static bool
is_response_misnumbered(struct inspected_message *l)
{
	const struct followed_tx *like = l->like;
	const struct msg *m;

	/* A proxy has sent the request with another one; a CANCEL that a
	 * capture lacks had this branch. */
	if (l->msg->request ||
	    (l->forwarded && (l->came == NULL || l->came->up == like)) ||
	    like == NULL || like->final != 0 ||
	    (l->msg->method == MSG_CANCEL && l->cseq.number == like->cseq) ||
	    like->twice || like->server != l->node)
		return false;
	m = inspected_other(l, like->request);
	if (m != NULL &&
	    str_eq(msg_value(m, MSG_H_CSEQ), msg_value(l->msg, MSG_H_CSEQ)))
		return false;
	inspected_measured(l,
	    _("CSeq: %u %.*s, although its request had %u %.*s"),
	    (unsigned)l->cseq.number, STR_ARG(l->cseq.method),
	    (unsigned)like->cseq, STR_ARG(like->method_name));
	return true;
}

/* 8.2.6.2: CSeq, which finds the request; what else it takes over are rows. */
enum verdict
check_response_fields(struct inspected_message *l)
{
	if (is_response_misnumbered(l))
		return BROKEN;
	/* What a proxy passes on is held against what it got (16.7). */
	return !is_response(l) || l->forwarded || inspected_is_answered_anew(l)
		   ? SILENT
	       : l->tx->passed_below ? SEEN
				     : KEPT;
}

/* A proxy that forwards the request passes on the tags of several. */
static bool
has_other_tag(const struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	return tx != NULL && !tx->passed && tx->own_tag.n > 0 &&
	       !str_eq(l->to_tag, tx->own_tag);
}

enum verdict
check_response_tag(struct inspected_message *l)
{
	/* A proxy has no tag to give. */
	if (l->msg->request || l->msg->status == 100 || l->forwarded ||
	    (l->tx != NULL && l->tx->old))
		return SILENT;
	/* A capture may lack the request that a fork has brought twice. */
	if (has_other_tag(l) && l->in->whole && l->tx->initial &&
	    l->to_tag.n > 0 && l->node == l->tx->server &&
	    !inspected_is_answered_anew(l)) {
		inspected_measured(l,
		    _("%u with another tag in To than an earlier response to "
		      "the same request"),
		    l->msg->status);
		return BROKEN;
	}
	inspected_measured(l, _("%u without a tag in To"), l->msg->status);
	return verdict_unless(verdict_of(l->to_tag.n > 0),
	    has_other_tag(l) || (l->tx != NULL && l->tx->to_tag.n > 0 &&
				    !str_eq(l->tx->to_tag, l->to_tag)));
}

/* RFC 1918: no public address. */
static bool
is_private(const struct addr *a)
{
	return a->len == 4 &&
	       (a->ip[0] == 10 || a->ip[0] == 127 ||
		   (a->ip[0] == 172 && (a->ip[1] & 0xf0) == 16) ||
		   (a->ip[0] == 192 && a->ip[1] == 168));
}

/* A name always gets it.  Of a capture only a private address in the Via that
 * has come as far as where addresses are public shows what the server must have
 * seen; else a NAT behind the point of capture may have made the two the same.
 */
enum verdict
check_received(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;
	struct addr via, src;
	bool name = addr_parse(tx->sent_by, &via) != 0;

	if ((tx_facts(l, tx)->received == 0 &&
		tx_facts(l, tx)->no_received == 0) ||
	    addr_parse(tx->src_addr, &src) != 0 ||
	    (!name && addr_same_ip(&via, &src)))
		return SILENT;
	l->blame = tx->server;
	if (tx_facts(l, tx)->no_received == 0)
		return KEPT;
	if (tx->twice ||
	    (!l->in->whole && !name && (!is_private(&via) || is_private(&src))))
		return SEEN;
	l->at = tx_facts(l, tx)->no_received;
	l->blame = tx_facts(l, tx)->no_received_by;
	inspected_measured(l,
	    _("the request came from %.*s, its Via has %.*s, and received is "
	      "missing"),
	    STR_ARG(tx->src_addr), STR_ARG(tx->sent_by));
	return BROKEN;
}

/* In a run every request is there. */
enum verdict
check_stray(struct inspected_message *l)
{
	if (l->msg->request || !l->in->whole || l->came != NULL ||
	    is_response_misnumbered(l))
		return SILENT;
	inspected_say(l, _("it answers a request that was not sent"));
	return verdict_of(l->tx != NULL);
}

/* ---- RFC 4320 ---- */

enum verdict
check_non_invite_1xx(struct inspected_message *l)
{
	/* T1 + 2 T1 + 4 T1: Timer E has fired three times, and is T2 now. */
	int64_t least = 7 * SIP_T1_NS;
	const struct followed_tx *tx = l->tx;

	if (!is_response(l) || l->msg->status >= 200 ||
	    l->msg->method == MSG_INVITE)
		return SILENT;
	inspected_measured(
	    l, _("%u to a request other than INVITE"), l->msg->status);
	if (l->msg->status != 100)
		return BROKEN;
	if (!addr_word_is_udp(l->via.transport))
		return KEPT;
	return verdict_of(l->time - tx->t >= least);
}

/* ---- events ---- */

/* "presence;id=1": the package and the id name the subscription (8.2.1), of a
 * REFER the package alone, since its first NOTIFYs may do without the id (RFC
 * 3515 2.4.6). */
static struct str
event_key(struct inspected_message *l, struct str subscriber)
{
	struct str id = STR_NULL, params, package;

	if (l->msg->method == MSG_REFER) {
		package = STR("refer");
	} else {
		package = str_trim(
		    msg_cut_params(msg_value(l->msg, MSG_H_EVENT), &params));
		if (!str_is(package, "refer"))
			msg_param(params, "id", &id);
	}
	return inspect_mark(l->in, MARK_EVENT, msg_value(l->msg, MSG_H_CALL_ID),
	    subscriber, package, id);
}

static struct str
subscriber_key(struct inspected_message *l, struct str subscriber)
{
	return inspect_mark(l->in, MARK_SUBSCRIBER,
	    msg_value(l->msg, MSG_H_CALL_ID), subscriber);
}

/* All requests of D's caller were seen: their numbers go up by one. */
static bool
has_all_numbers(const struct followed_dialog *d)
{
	return d != NULL && d->uac && d->tx != NULL && d->tx->initial &&
	       d->cseq - d->tx->cseq ==
		   (unsigned)__builtin_popcountll(d->cseqs) - 1;
}

/* The event subscribed to is the subscriber's, whichever node notifies: a
 * SUBSCRIBE may fork. */
void
follow_subscription(struct inspected_message *l)
{
	struct inspect *in = l->in;

	if ((l->msg->method != MSG_SUBSCRIBE && l->msg->method != MSG_REFER) ||
	    l->from_tag.n == 0 ||
	    (l->msg->method == MSG_SUBSCRIBE &&
		!msg_may_have(l->msg, MSG_H_EVENT)))
		return;
	inspect_put_number(in, event_key(l, l->from_tag), l->seq);
	/* The first one, which a capture may lack. */
	if (l->to_tag.n == 0 || in->whole || has_all_numbers(l->dialog))
		inspect_note_number(in, subscriber_key(l, l->from_tag), l->seq);
}

uint64_t
inspect_subscribed(struct inspected_message *l)
{
	return inspect_number(l->in, event_key(l, l->to_tag));
}

uint64_t
inspect_first_subscribed(struct inspected_message *l)
{
	return inspect_number(l->in, subscriber_key(l, l->to_tag));
}

/* Without a SUBSCRIBE seen the requested event is unknown. */
enum verdict
check_event(struct inspected_message *l)
{
	if (!l->msg->request || l->msg->method != MSG_NOTIFY || l->forwarded ||
	    msg_field(l->msg, MSG_H_EVENT, 0) == NULL ||
	    inspect_first_subscribed(l) == 0)
		return SILENT;
	inspected_measured(l,
	    _("Event: %.*s, to which no node has subscribed here"),
	    STR_ARG(str_slice(msg_value(l->msg, MSG_H_EVENT), 0, 60)));
	return verdict_of(inspect_subscribed(l) != 0);
}
