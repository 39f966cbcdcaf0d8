/* Requests that belong to something: a request within a dialog to the dialog, a
 * CANCEL to its request.  RFC 3261 9.2, 12.2.2. */
#include "inspect/checks.h"

/* A final response of this node's own to a request within a dialog. */
static bool
is_dialog_answer(const struct look *l)
{
	return !l->msg->request && !l->forwarded && l->msg->status >= 200 &&
	       l->tx != NULL && l->tx->arrived != 0 && l->tx->to_tag.n > 0 &&
	       l->tx->method == l->msg->method;
}

/* Before L's request nothing was seen that can have ended its dialog for this
 * side: no BYE, no request of its own that failed or had no answer (RFC 5057
 * 5.1), no restart. */
static bool
is_alive(const struct look *l)
{
	const struct dialog *d = l->dialog;

	return d != NULL && l->in->node[l->node].lost < d->made && d->invite &&
	       d->confirmed && d->ack != 0 && d->bye == 0 &&
	       d->asked == d->granted &&
	       (d->bye_came == 0 ||
		   (d->bye_came == l->tx->arrived && !is_anew(l)));
}

/* What a session alone has; a capture may lack what made the dialog, or ended
 * it. */
enum verdict
check_dialog_none(struct look *l)
{
	enum msg_method m = l->msg->method;

	if (!is_dialog_answer(l) || l->node >= l->in->node_n ||
	    (m != MSG_BYE && m != MSG_INVITE && m != MSG_UPDATE &&
		m != MSG_INFO))
		return SILENT;
	if (l->dialog == NULL && l->msg->status / 100 == 2) {
		look_say(l, _("%u to the %s of a dialog that there is not"),
		    l->msg->status, msg_method_name(m));
		return l->in->whole ? BROKEN : SEEN;
	}
	if (l->msg->status != 481)
		return SILENT;
	look_say(l, _("481 to the %s of a dialog that there is"),
	    msg_method_name(m));
	if (!is_alive(l))
		return KEPT;
	return l->in->whole ? BROKEN : SEEN;
}

/* In a capture what comes late may have come before, unseen. */
enum verdict
check_dialog_order(struct look *l)
{
	if (!is_dialog_answer(l) || !l->tx->late)
		return SILENT;
	look_measured(
	    l, _("%u to a CSeq that is lower than one before"), l->msg->status);
	if (l->msg->status == 500)
		return KEPT;
	return l->in->whole && l->msg->status / 100 == 2 ? BROKEN : SEEN;
}

struct tx *
find_exactly(const struct look *l)
{
	struct tx *tx = inspect_find_tx(l, STR("INVITE"));

	/* 9.1: another request should not be cancelled, but may. */
	for (int m = 0; tx == NULL && m < MSG_METHOD_COUNT; m++)
		if (m != MSG_CANCEL && m != MSG_ACK)
			tx = inspect_find_tx(
			    l, str_of(msg_method_name((enum msg_method)m)));
	return tx;
}

/* 17.2.3: the branch tells, whatever the CSeq. */
struct tx *
find_cancelled(const struct look *l)
{
	struct tx *tx = find_exactly(l);

	return tx != NULL || is_old(l)
		   ? tx
		   : inspect_find_any_branch(l, STR("INVITE"));
}

enum verdict
check_cancel_none(struct look *l)
{
	const struct tx *tx;

	if (l->msg->request || l->msg->method != MSG_CANCEL || l->forwarded ||
	    l->msg->status < 200)
		return SILENT;
	tx = find_cancelled(l);
	if (tx != NULL && tx->arrived == 0)
		tx = NULL;
	if (l->msg->status == 481) {
		look_say(l, _("481 to the CANCEL of a request that is here"));
		if (tx == NULL)
			return KEPT;
		return tx->final == 0 && !tx->misanswered && l->in->whole
			   ? BROKEN
			   : SEEN;
	}
	if (tx != NULL || l->msg->status / 100 != 2)
		return tx != NULL ? KEPT : SILENT;
	look_measured(l, _("%u to a CANCEL that matches no request here"),
	    l->msg->status);
	return l->in->whole ? BROKEN : SEEN;
}
