/*
 * What a focus says of itself and of its conference: RFC 4579 3.1, 4.2; RFC
 * 4575 4, 5.2.
 */
#include "inspect/checks.h"

#include "base/err.h"
#include "msg/conference_info.h"

static bool
has_isfocus(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTACT), value;
	struct msg_addr a;

	return v.n > 0 && msg_addr_read(msg_cut_value(&v), &a) == 0 &&
	       msg_param(a.params, "isfocus", &value);
}

static bool
is_of_conference(const struct msg *m)
{
	struct str params;

	return str_is(
	    str_trim(msg_cut_params(msg_value(m, MSG_H_EVENT), &params)),
	    "conference");
}

/* RFC 4579 3.1 */
enum verdict
check_focus_events(struct look *l)
{
	struct msg_values it = { 0 };
	struct str value, params;
	bool names = false;

	if ((!is_own_request(l) || l->msg->method != MSG_INVITE) &&
	    (l->forwarded || !is_answer(l, MSG_INVITE, 2)))
		return SILENT;
	if (!has_isfocus(l->msg))
		return SILENT;
	while (msg_next_value(l->msg, MSG_H_ALLOW_EVENTS, &it, &value))
		names |= str_is(
		    str_trim(msg_cut_params(value, &params)), "conference");
	look_say(l, _("isfocus, and no Allow-Events with conference"));
	return verdict_of(names);
}

/* RFC 4579 4.2 */
enum verdict
check_focus_contact(struct look *l)
{
	if (!is_own_request(l) || l->msg->method != MSG_NOTIFY ||
	    !is_of_conference(l->msg))
		return SILENT;
	look_say(l, _("who tells of a conference says nothing of isfocus"));
	return verdict_of(has_isfocus(l->msg));
}

/* RFC 4575 4, 5 */
enum verdict
check_conference(struct look *l)
{
	struct buf out = BUF_INIT;
	struct str params, type;
	int err;

	type = msg_cut_params(msg_value(l->msg, MSG_H_CONTENT_TYPE), &params);
	if (!is_own_request(l) || l->msg->method != MSG_NOTIFY ||
	    l->msg->body.n == 0 ||
	    !str_iis(str_trim(type), CONFERENCE_INFO_TYPE))
		return SILENT;
	err = conference_info_say(l->msg->body, &out);
	buf_free(&out);
	look_say(
	    l, _("the document can't be read, or lacks what it must have"));
	return err == ERR_NOMEM ? SILENT : verdict_of(err == 0);
}
