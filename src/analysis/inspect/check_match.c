/*
 * Requests that belong to something: to a dialog (RFC 3261 12.2.2), to an
 * INVITE, to the request that they cancel (9.2) or acknowledge; and that they
 * go where it has gone.
 */
#include "inspect/check.h"
#include "inspect/locate.h"
#include "inspect/dns_stun_queries.h"
#include "msg/header_names.h"

/* A final response of this node's own to a request within a dialog. */
static bool
is_dialog_answer(const struct inspected_message *l)
{
	return !l->msg->request && !l->forwarded && l->msg->status >= 200 &&
	       l->tx != NULL && l->tx->arrived != 0 && l->tx->to_tag.n > 0 &&
	       l->tx->method == l->msg->method;
}

/* Before L's request nothing was seen that can have ended its dialog for this
 * side: no BYE, no request of its own that failed or had no answer (RFC 5057
 * 5.1), no restart. */
static bool
is_alive(const struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	return d != NULL && l->in->node[l->node].lost < d->made && d->invite &&
	       d->confirmed && d->ack != 0 && d->bye == 0 &&
	       d->asked == d->granted &&
	       (d->bye_came == 0 || (d->bye_came == l->tx->arrived &&
					!inspected_is_answered_anew(l)));
}

/* What a session alone has; a capture may lack what made the dialog, or ended
 * it. */
enum verdict
check_dialog_none(struct inspected_message *l)
{
	enum msg_method m = l->msg->method;

	if (!is_dialog_answer(l) || l->node >= l->in->node_n ||
	    (m != MSG_BYE && m != MSG_INVITE && m != MSG_UPDATE &&
		m != MSG_INFO))
		return SILENT;
	if (l->dialog == NULL && l->msg->status / 100 == 2) {
		inspected_say(l,
		    _("%u to the %s of a dialog that does not exist"),
		    l->msg->status, msg_method_name(m));
		return l->in->whole ? BROKEN : SEEN;
	}
	if (l->msg->status != 481)
		return SILENT;
	inspected_say(
	    l, _("481 to the %s of a dialog that exists"), msg_method_name(m));
	if (!is_alive(l))
		return KEPT;
	return l->in->whole ? BROKEN : SEEN;
}

/* In a capture a late message may have come before, unseen; not one whose
 * number is below that which has made the dialog. */
enum verdict
check_dialog_order(struct inspected_message *l)
{
	if (!is_dialog_answer(l) || !l->tx->late)
		return SILENT;
	inspected_measured(l,
	    _("%u to a CSeq that is lower than an earlier one"),
	    l->msg->status);
	if (l->msg->status == 500)
		return KEPT;
	return l->msg->status / 100 == 2 &&
		       (l->in->whole || (l->dialog != NULL && !l->dialog->uac &&
					    inspected_is_below_first(
						l->dialog, l->cseq.number)))
		   ? BROKEN
		   : SEEN;
}

struct followed_tx *
inspected_find_exactly(const struct inspected_message *l)
{
	struct followed_tx *tx = inspect_find_tx(l, STR("INVITE"));

	/* 9.1: another request should not be cancelled, but may. */
	for (int m = 0; tx == NULL && m < MSG_METHOD_COUNT; m++)
		if (m != MSG_CANCEL && m != MSG_ACK)
			tx = inspect_find_tx(
			    l, str_of(msg_method_name((enum msg_method)m)));
	return tx;
}

/* 17.2.3: the branch tells, whatever the CSeq. */
struct followed_tx *
inspected_find_cancelled(const struct inspected_message *l)
{
	struct followed_tx *tx = inspected_find_exactly(l);

	return tx != NULL || inspected_has_old_branch(l)
		   ? tx
		   : inspect_find_any_branch(l, STR("INVITE"));
}

enum verdict
check_cancel_none(struct inspected_message *l)
{
	const struct followed_tx *tx;

	if (l->msg->request || l->msg->method != MSG_CANCEL || l->forwarded ||
	    l->msg->status < 200)
		return SILENT;
	tx = inspected_find_cancelled(l);
	if (tx != NULL && tx->arrived == 0)
		tx = NULL;
	if (l->msg->status == 481) {
		inspected_say(
		    l, _("481 to the CANCEL of a request that exists here"));
		if (tx == NULL)
			return KEPT;
		return tx->final == 0 && !tx_facts(l, tx)->misanswered &&
			       l->in->whole
			   ? BROKEN
			   : SEEN;
	}
	if (tx != NULL || l->msg->status / 100 != 2)
		return tx != NULL ? KEPT : SILENT;
	inspected_measured(l, _("%u to a CANCEL that matches no request here"),
	    l->msg->status);
	return l->in->whole ? BROKEN : SEEN;
}

/* ---- requests that their method binds to a dialog or an INVITE ---- */

static struct str
untagged_key(struct inspected_message *l)
{
	return inspect_mark(l->in, MARK_UNTAGGED,
	    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag);
}

void
follow_untagged(struct inspected_message *l)
{
	if (!l->msg->request && l->msg->status / 100 == 2 &&
	    l->msg->method == MSG_INVITE && l->to_tag.n == 0)
		inspect_put_number(l->in, untagged_key(l), l->seq);
}

/* The dialog that L should be of: it has the tag of one side, and another one
 * than L of the other.  NULL: L names one, or there is none such. */
static const struct followed_dialog *
match_find_another(const struct inspected_message *l)
{
	const struct followed_dialog *d;

	/* A capture may show one end with several addresses. */
	if (l->to_tag.n == 0 || l->dialog != NULL ||
	    follower_find_far(l->in->follower, l->seen, l->other, false) !=
		NULL)
		return NULL;
	d = follower_find_side(l->in->follower, l->seen, l->node, l->from_tag);
	return d != NULL ? d
			 : follower_find_side(
			       l->in->follower, l->seen, l->other, l->to_tag);
}

/* L goes to who was called, with the tag that this side has given in D to one
 * caller. */
static bool
is_known_pair(
    const struct inspected_message *l, const struct followed_dialog *d)
{
	return d->node == l->other && !d->uac && d->tx != NULL &&
	       !d->tx->passed;
}

/*
 * RFC 3261 12.2.1.1. What exists in dialogs alone has a tag in To. Where the
 * other side had none to give, as RFC 2543 allows, it is left out. Of an INVITE
 * that is not answered for good yet a capture may lack another dialog, of a
 * fork.
 */
enum verdict
check_within(struct inspected_message *l)
{
	enum msg_method m = l->msg->method;
	bool alone = m == MSG_BYE || m == MSG_PRACK || m == MSG_UPDATE;
	bool acks = m == MSG_ACK &&
		    (l->tx == NULL || l->tx->method != MSG_INVITE) &&
		    inspect_find_invite(l) == NULL;
	const struct followed_dialog *d;

	if (!is_own_request(l) || inspected_may_lack_tags(l) ||
	    (!alone && m != MSG_INVITE && m != MSG_INFO && m != MSG_REFER &&
		!acks))
		return SILENT;
	if (l->to_tag.n == 0 && inspect_number(l->in, untagged_key(l)) != 0)
		return SEEN;
	if (l->dialog == NULL && follower_dialog_of(l->in->follower, l->node,
				     msg_value(l->msg, MSG_H_CALL_ID),
				     l->to_tag, l->from_tag) != NULL) {
		inspected_say(l, _("%s with the tags of its dialog exchanged"),
		    msg_method_name(m));
		return BROKEN;
	}
	/* A From without a tag is told of by another rule (8.1.1.3). */
	d = l->from_tag.n > 0 ? match_find_another(l) : NULL;
	if (d != NULL) {
		inspected_say(l,
		    _("%s with tags of no existing dialog: one of them belongs "
		      "to a dialog with another tag"),
		    msg_method_name(m));
		return l->in->whole || d->ack != 0 || is_known_pair(l, d)
			   ? BROKEN
			   : DOUBTED;
	}
	d = m == MSG_INVITE && l->to_tag.n == 0
		? follower_find_side(
		      l->in->follower, l->seen, l->node, l->from_tag)
		: NULL;
	if (d != NULL && d->uac && d->ack != 0 && d->bye == 0 &&
	    d->bye_came == 0 && l->cseq.number == d->cseq + 1 &&
	    str_eq(d->ok_tx->dst_addr, l->send.dst_addr))
		alone = true;
	if (!alone)
		return SILENT;
	inspected_say(l, _("%s without a tag in To: it names no dialog"),
	    msg_method_name(m));
	return verdict_of(l->to_tag.n > 0);
}

/*
 * 13.2.2.4.  A capture may lack an INVITE with its 2xx.  Not within the time
 * that the dialog's last 2xx is young and waits for its ACK; nor is it lost
 * where its number went to another request.
 */
static bool
is_ack_misnumbered(
    const struct inspected_message *l, const struct followed_dialog *d)
{
	if (l->in->whole)
		return true;
	if (!d->ok_direct || d->ack != 0)
		return false;
	return l->time - d->t_ok < FOLLOWER_CROSS_NS ||
	       (d->has_cseq && l->cseq.number <= d->cseq &&
		   d->cseq - l->cseq.number < 64 &&
		   (d->cseqs >> (d->cseq - l->cseq.number) & 1) != 0);
}

/* The 2xx to INVITE, older than D's last one, has had no ACK, or has come again
 * since the last one was sent. */
static bool
may_be_acked_again(const struct inspected_message *l,
    const struct followed_dialog *d, const struct followed_tx *invite)
{
	return invite->cseq != dialog_facts(l, d)->acked ||
	       invite->cseq > d->ok_cseq || d->ok_tx == NULL ||
	       d->ok_tx->method != MSG_INVITE || d->ack != 0 ||
	       l->time - d->t_ok >= FOLLOWER_CROSS_NS ||
	       (invite->finals.n > 0 && invite->finals.last > d->ok_tx->t);
}

/* RFC 3261 13.2.2.4 */
enum verdict
check_ack_cseq(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	const struct followed_tx *invite;

	if (!is_own_request(l) || l->msg->method != MSG_ACK || d == NULL ||
	    d->ok == 0 || d->ok_mine)
		return SILENT;
	invite = inspect_find_invite(l);
	if (l->cseq.number == d->ok_cseq ||
	    (invite != NULL && invite->status < 300 &&
		may_be_acked_again(l, d, invite)) ||
	    inspect_find_refused(l) != NULL)
		return KEPT;
	inspected_measured(l, _("its CSeq is %u, that of the INVITE %u"),
	    (unsigned)l->cseq.number, (unsigned)d->ok_cseq);
	return is_ack_misnumbered(l, d) ? BROKEN : SEEN;
}

/* ---- messages that go the way of another one ---- */

static bool
is_same_host(struct str a, struct str b)
{
	struct addr one, other;

	return addr_parse(a, &one) == 0 && addr_parse(b, &other) == 0 &&
	       addr_same_ip(&one, &other);
}

/* RFC 3263 4: CANCEL, ACK and retransmissions go to the host that their request
 * went to.  Asked in a run. */
enum verdict
check_chosen_once(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (!l->msg->request || tx == NULL || tx->request == l->seq ||
	    tx->method != l->msg->method || tx->client != l->node || tx->old ||
	    !l->in->whole || is_same_host(l->send.dst_addr, tx->dst_addr))
		return SILENT;
	inspected_measured(l,
	    _("it goes to %.*s, although its request went to %.*s"),
	    STR_ARG(l->send.dst_addr), STR_ARG(tx->dst_addr));
	return BROKEN;
}

/* RFC 3263 4.2: "SRV _sip._udp.192.0.2.1".  A name server asks for others. */
enum verdict
check_numeric(struct inspected_message *l)
{
	const struct question *q = l->question;
	struct str rest, type = str_cut(q->name, ' ', &rest), digits = rest;
	bool srv = str_is(type, "SRV") && str_starts(rest, "_sip");
	struct addr a;

	if (q->proto != TRACE_PROTO_DNS || (!srv && !str_is(type, "NAPTR")))
		return SILENT;
	while (srv && digits.n > 0 && digits.p[0] == '_')
		str_cut(digits, '.', &digits);
	l->at = q->seq;
	inspected_measured(l, _("it asks for %.*s"), STR_ARG(q->name));
	if (addr_parse(digits, &a) != 0)
		return srv ? KEPT : SILENT;
	return inspect_number(l->in, locate_mark(l->in, MARK_SERVES, q->asker,
					 STR_NULL, STR_NULL)) == 0
		   ? BROKEN
		   : SEEN;
}

/* Where L's node registers flows; STR_NULL: anywhere. */
static struct str
match_flow_key(struct inspected_message *l, struct str to)
{
	return locate_mark(l->in, MARK_FLOW, l->node, to, STR_NULL);
}

void
locate_note_flow(struct inspected_message *l)
{
	if (l->msg->method != MSG_REGISTER ||
	    str_ifind(msg_value(l->msg, MSG_H_CONTACT), STR("reg-id")) < 0)
		return;
	inspect_put_number(l->in, match_flow_key(l, STR_NULL), l->seq);
	inspect_put_number(l->in, match_flow_key(l, l->send.dst_addr),
	    str_hash_words(l->send.src_addr, 0) | 1);
}

/* RFC 5626 4.4: keep-alives go where their node's REGISTER went.  STUN asks
 * other servers as well; those do not listen where SIP is waited for. */
enum verdict
check_flow_kept(struct inspected_message *l)
{
	bool crlf =
	    l->proto == TRACE_PROTO_CRLF && str_is(l->send.method, "ping");
	uint64_t from;
	struct addr to;

	if ((!crlf && l->proto != TRACE_PROTO_STUN) ||
	    inspect_number(l->in, match_flow_key(l, STR_NULL)) == 0 ||
	    addr_parse(l->send.dst_addr, &to) != 0 ||
	    (!crlf && to.port != addr_transports[ADDR_DEFAULT].port))
		return SILENT;
	inspected_measured(l,
	    _("it keeps a flow open to %.*s, where it has not "
	      "registered"),
	    STR_ARG(l->send.dst_addr));
	from = inspect_number(l->in, match_flow_key(l, l->send.dst_addr));
	if (from == 0)
		return l->in->whole ? BROKEN : SEEN;
	return from == (str_hash_words(l->send.src_addr, 0) | 1) ? KEPT : SEEN;
}
