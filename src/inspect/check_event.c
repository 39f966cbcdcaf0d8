/* Subscriptions (RFC 6665) and publications (RFC 3903). */
#include "inspect/checks.h"

/* RFC 6665 4.2.1.2, RFC 3903 6 */
enum verdict
check_event_ok(struct look *l)
{
	if (!is_answer(l, l->check->method, 2) || l->forwarded)
		return SILENT;
	return judge_header(l, l->check->header) == BROKEN
		   ? BROKEN
		   : judge_header(l, MSG_H_EXPIRES);
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
	look_say(l, _("no NOTIFY after the SUBSCRIBE was accepted"));
	return judge_missing(
	    l, l->in->whole, d->node, d->t_made, SIP_64T1_NS, d->made);
}
