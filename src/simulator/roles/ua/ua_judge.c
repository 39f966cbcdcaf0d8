/*
 * What a called phone refuses for what its settings say, and how: RFC 3261
 * 13.3.1.2, 13.3.1.3 and the status codes of section 21.  An OPTIONS gets the
 * same (11.2).  What is wrong with the request itself is agent/refusal.h.
 */
#include "roles/ua/ua.h"

#include "rules/rule_names.h"

#include <string.h>

bool
ua_is_full(const struct ua *ua, const struct agent_call *but)
{
	const char *text = node_attr(ua->agent.node, "lines", NULL);
	uint32_t lines;
	size_t busy;

	if (text == NULL || str_u32(str_of(text), &lines) != 0)
		return false;
	busy = map_count(ua->agent.by_name) - ua->nqueue;
	if (but != NULL && !ua_call_of(but)->queued)
		busy--;
	return busy >= lines;
}

bool
ua_send_elsewhere(
    const struct ua *ua, const char *attr, struct agent_refusal *r)
{
	const struct node *n = ua->agent.node;
	const char *to = node_attr(n, attr, NULL);

	if (to == NULL ||
	    strcmp(node_attr(n, "services", "phone"), "phone") != 0)
		return false;
	buf_printf(&r->text, "<%s>", to);
	r->status = 302;
	r->why = RULE_INVITE_REDIRECT;
	r->contact = buf_view(&r->text);
	return true;
}

static void
refuse_busy(const struct ua *ua, struct agent_refusal *r)
{
	if (ua_send_elsewhere(ua, "forward_busy", r))
		return;
	r->status = agent_refusal_status(&ua->agent, 486);
	r->why = r->status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_INVITE_REJECT;
}

void
ua_judge_call(
    struct ua *ua, const struct agent_call *but, struct agent_refusal *r)
{
	const char *other = node_attr(ua->agent.node, "alternative", NULL);

	*r = (struct agent_refusal){ .text = BUF_INIT };
	if (ua_send_elsewhere(ua, "forward", r))
		return;
	if (other != NULL) {
		/* 21.3.5: the body describes the other service. */
		buf_printf(&r->text, "%s\r\n", other);
		r->status = 380;
		r->why = RULE_INVITE_ALTERNATIVE;
		r->content_type = STR("text/uri-list");
		r->body = buf_view(&r->text);
	} else if (node_attr_bool(ua->agent.node, "do_not_disturb", false)) {
		r->status = agent_refusal_status(&ua->agent, 480);
		r->why = RULE_INVITE_NOT_DISTURBED;
	} else if (node_attr_bool(ua->agent.node, "busy", false) ||
		   (ua_is_full(ua, but) &&
		       !node_attr_bool(ua->agent.node, "waiting", false))) {
		refuse_busy(ua, r);
	}
}
