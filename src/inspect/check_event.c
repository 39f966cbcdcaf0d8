/* Subscriptions (RFC 6665) and publications (RFC 3903). */
#include "inspect/checks.h"

static enum verdict
needs_both(struct look *l, enum msg_header a, enum msg_header b)
{
	enum msg_header missing = msg_field(l->msg, a, 0) == NULL ? a
				  : msg_field(l->msg, b, 0) == NULL
				      ? b
				      : MSG_H_OTHER;

	if (missing == MSG_H_OTHER)
		return KEPT;
	look_say(l, _("%u without %s"), l->msg->status,
	    msg_header_info(missing)->name);
	return BROKEN;
}

/* RFC 6665 4.2.1.2 */
enum verdict
check_subscribe_ok(struct look *l)
{
	if (!is_answer(l, MSG_SUBSCRIBE, 2) || l->forwarded)
		return SILENT;
	return needs_both(l, MSG_H_EXPIRES, MSG_H_EXPIRES);
}

/* RFC 3903 6 */
enum verdict
check_publish_ok(struct look *l)
{
	if (!is_answer(l, MSG_PUBLISH, 2) || l->forwarded)
		return SILENT;
	return needs_both(l, MSG_H_SIP_ETAG, MSG_H_EXPIRES);
}

/* In a capture the NOTIFYs may go another way. */
enum verdict
check_notified(struct look *l)
{
	const struct dialog *d = l->dialog;

	if (d->uac || !d->subscribed)
		return SILENT;
	if (d->notify != 0)
		return KEPT;
	if (!l->in->whole || !inspect_goes_on(l->in, d->t_made, SIP_64T1_NS) ||
	    (d->node < l->in->node_n && l->in->node[d->node].crash != 0))
		return SEEN;
	l->at = d->made;
	look_say(l, _("no NOTIFY after the SUBSCRIBE was accepted"));
	return BROKEN;
}
