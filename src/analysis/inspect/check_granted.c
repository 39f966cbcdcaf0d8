/*
 * What is granted beside what was asked: for how long, and of which event.  RFC
 * 6665 3.2.1, 4.2.1.2, 8.2.1; RFC 3903 6; RFC 4028 9.
 */
#include "inspect/checks.h"

/* A 2xx of its node's own to a request that was seen. */
static bool
is_grant(const struct look *l)
{
	return !l->msg->request && l->msg->status / 100 == 2 && !l->forwarded &&
	       l->tx != NULL && l->tx->method == l->msg->method;
}

static enum verdict
judge_time(struct look *l, int64_t asked, uint32_t granted)
{
	look_measured(l, _("%u s were asked for, %u s are granted"),
	    (unsigned)asked, (unsigned)granted);
	return verdict_of(granted <= asked);
}

enum verdict
check_expires_granted(struct look *l)
{
	uint32_t granted;

	if (!is_grant(l) || l->msg->method != l->check->method ||
	    l->tx->expires < 0 ||
	    str_u32(msg_value(l->msg, MSG_H_EXPIRES), &granted) != 0)
		return SILENT;
	return judge_time(l, l->tx->expires, granted);
}

/* A proxy on the way may have lowered what the far end has asked for, and may
 * raise what is too small for it (8.1): what counts is what came to who
 * answers. */
enum verdict
check_session_granted(struct look *l)
{
	uint32_t granted;

	if (!is_grant(l) || l->tx->session == 0 || !look_session(l, &granted))
		return SILENT;
	return judge_time(l, l->tx->session, granted);
}

/* ---- events ---- */

/* "presence;id=1": the package and the id name the subscription (8.2.1), of a
 * REFER the package alone, since its first NOTIFYs may do without the id (RFC
 * 3515 2.4.6). */
static struct str
event_key(struct look *l, struct str subscriber)
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
	return inspect_key(l->in, "event", msg_value(l->msg, MSG_H_CALL_ID),
	    subscriber, package, id);
}

static struct str
subscriber_key(struct look *l, struct str subscriber)
{
	return inspect_key(
	    l->in, "subscriber", msg_value(l->msg, MSG_H_CALL_ID), subscriber);
}

/* What is subscribed to is the subscriber's, whoever notifies it: a SUBSCRIBE
 * may fork. */
void
follow_subscription(struct look *l)
{
	struct inspect *in = l->in;

	if ((l->msg->method != MSG_SUBSCRIBE && l->msg->method != MSG_REFER) ||
	    l->from_tag.n == 0)
		return;
	inspect_put_number(in, event_key(l, l->from_tag), l->seq);
	/* The first one, which a capture may lack. */
	if (l->to_tag.n == 0 || in->whole)
		inspect_note_number(in, subscriber_key(l, l->from_tag), l->seq);
}

/* Where nobody has subscribed nothing is known of what was asked for. */
enum verdict
check_event(struct look *l)
{
	struct inspect *in = l->in;

	if (!l->msg->request || l->msg->method != MSG_NOTIFY || l->forwarded ||
	    msg_field(l->msg, MSG_H_EVENT, 0) == NULL ||
	    inspect_number(in, subscriber_key(l, l->to_tag)) == 0)
		return SILENT;
	look_measured(l, _("Event: %.*s, to which nobody has subscribed here"),
	    STR_ARG(str_slice(msg_value(l->msg, MSG_H_EVENT), 0, 60)));
	return verdict_of(inspect_number(in, event_key(l, l->to_tag)) != 0);
}
