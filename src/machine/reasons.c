/*
 * Which rule a step, a request or a response obeys, where nobody says it that
 * took it: of captures, and of phones whose firmware says only what it did.
 */
#include "machine/reasons.h"

#include <string.h>

static const struct {
	const char *machine, *event;
	enum rule_id rule, accepted; /* in the state of RFC 6026 */
} rules[] = {
	{ "ICT", "request sent", RULE_ICT_SEND, 0 },
	{ "ICT", "Timer A", RULE_ICT_TIMER_A, 0 },
	{ "ICT", "Timer B", RULE_ICT_TIMER_B, 0 },
	{ "ICT", "1xx", RULE_ICT_1XX, 0 },
	{ "ICT", "2xx", RULE_ICT_2XX, RULE_ICT_ACCEPTED },
	{ "ICT", "300-699", RULE_ICT_FINAL, 0 },
	{ "ICT", "Timer D", RULE_ICT_TIMER_D, 0 },
	{ "ICT", "Timer M", RULE_ICT_TIMER_M, RULE_ICT_TIMER_M },
	{ "NICT", "request sent", RULE_NICT_SEND, 0 },
	{ "NICT", "Timer E", RULE_NICT_TIMER_E, 0 },
	{ "NICT", "Timer F", RULE_NICT_TIMER_F, 0 },
	{ "NICT", "1xx", RULE_NICT_1XX, 0 },
	{ "NICT", "200-699", RULE_NICT_FINAL, 0 },
	{ "NICT", "Timer K", RULE_NICT_TIMER_K, 0 },
	{ "IST", "request", RULE_IST_REQUEST, RULE_IST_ACCEPTED },
	{ "IST", "1xx sent", RULE_IST_1XX, 0 },
	{ "IST", "2xx sent", RULE_IST_2XX, RULE_IST_ACCEPTED },
	{ "IST", "300-699 sent", RULE_IST_FINAL, 0 },
	{ "IST", "ACK", RULE_IST_ACK, RULE_IST_ACCEPTED },
	{ "IST", "Timer G", RULE_IST_TIMER_G, 0 },
	{ "IST", "Timer H", RULE_IST_TIMER_H, 0 },
	{ "IST", "Timer I", RULE_IST_TIMER_I, 0 },
	{ "IST", "Timer L", RULE_IST_TIMER_L, RULE_IST_TIMER_L },
	{ "NIST", "request", RULE_NIST_REQUEST, 0 },
	{ "NIST", "1xx sent", RULE_NIST_1XX, 0 },
	{ "NIST", "200-699 sent", RULE_NIST_FINAL, 0 },
	{ "NIST", "Timer J", RULE_NIST_TIMER_J, 0 },
	{ "call", "INVITE sent", RULE_INVITE_SEND, 0 },
	{ "call", "INVITE received", RULE_INVITE_RECV, 0 },
	{ "call", "1xx", RULE_INVITE_1XX, 0 },
	{ "call", "1xx sent", RULE_INVITE_PROGRESS, 0 },
	{ "call", "2xx", RULE_INVITE_2XX, 0 },
	{ "call", "2xx sent", RULE_INVITE_ACCEPT, 0 },
	{ "call", "300-699", RULE_INVITE_FAILED, 0 },
	{ "call", "300-699 sent", RULE_INVITE_REJECT, 0 },
	{ "call", "ACK", RULE_INVITE_ACKED, 0 },
	{ "call", "BYE", RULE_BYE_SEND, 0 },
	{ "call", "BYE received", RULE_BYE_RECV, 0 },
	{ "call", "CANCEL", RULE_CANCEL_SEND, 0 },
	{ "call", "CANCEL received", RULE_CANCEL_RECV, 0 },
	{ "call", "timeout", RULE_UAC_408, 0 },
	{ "dialog", "1xx", RULE_DIALOG_UAC, 0 },
	{ "dialog", "1xx sent", RULE_DIALOG_UAS, 0 },
	{ "dialog", "2xx", RULE_DIALOG_CONFIRMED, 0 },
	{ "dialog", "2xx sent", RULE_DIALOG_CONFIRMED, 0 },
	{ "dialog", "300-699", RULE_DIALOG_END, 0 },
	{ "dialog", "300-699 sent", RULE_DIALOG_END, 0 },
	{ "dialog", "BYE", RULE_DIALOG_END, 0 },
	{ "dialog", "ACK", RULE_DIALOG_ESTABLISHED, 0 },
	{ "dialog", "ACK sent", RULE_DIALOG_ESTABLISHED, 0 },
	{ "dialog", "BYE sent", RULE_DIALOG_BYE, 0 },
	{ "dialog", "timeout", RULE_DIALOG_END, 0 },
	{ "dialog", "NOTIFY", RULE_DIALOG_NOTIFY, 0 },
	{ "dialog", "NOTIFY terminated", RULE_DIALOG_UNSUBSCRIBED, 0 },
};

/* Of registrations and subscriptions, and where what a call's step obeys is not
 * what its event usually does: that of the edge's section counts. */
static const struct {
	const char *machine, *event;
	enum rule_id rule;
} usages[] = {
	{ "registration", "register", RULE_REGISTER_SEND },
	{ "registration", "unregister", RULE_REGISTER_REMOVE },
	{ "registration", "401", RULE_AUTH_ANSWER },
	{ "registration", "407", RULE_AUTH_ANSWER_PROXY },
	{ "registration", "423", RULE_REGISTER_LONGER },
	{ "registration", "2xx", RULE_REGISTER_DONE },
	{ "registration", "2xx", RULE_REGISTER_REMOVE },
	{ "registration", "2xx not bound", RULE_REGISTER_DONE },
	{ "registration", "300-699", RULE_REGISTER_REFUSED },
	{ "registration", "timeout", RULE_REGISTER_SILENT },
	{ "registration", "Timer refresh", RULE_REGISTER_REFRESH },
	{ "subscription", "SUBSCRIBE", RULE_SUBSCRIBE_SEND },
	{ "subscription", "SUBSCRIBE", RULE_SUBSCRIBE_REFRESH },
	{ "subscription", "REFER sent", RULE_REFER_SEND },
	{ "subscription", "REFER", RULE_REFER_ACCEPT },
	{ "subscription", "2xx", RULE_REFER_2XX },
	{ "subscription", "300-699", RULE_REFER_REFUSED },
	{ "subscription", "NOTIFY pending", RULE_NOTIFY_BEGINS },
	{ "subscription", "NOTIFY pending", RULE_NOTIFY_NEWS },
	{ "subscription", "NOTIFY active", RULE_NOTIFY_BEGINS },
	{ "subscription", "NOTIFY active", RULE_NOTIFY_NEWS },
	{ "subscription", "NOTIFY terminated", RULE_NOTIFY_NEWS },
	{ "subscription", "NOTIFY active sent", RULE_NOTIFY_FIRST },
	{ "subscription", "NOTIFY terminated sent", RULE_NOTIFY_FINAL },
	{ "subscription", "Timer N", RULE_NOTIFY_SILENT },
	{ "dialog", "2xx", RULE_DIALOG_END }, /* to a BYE */
	{ "call", "INVITE sent", RULE_AUTH_ANSWER },
	{ "call", "INVITE sent", RULE_REDIRECT_FOLLOW },
	{ "call", "100", RULE_ICT_1XX },
	{ "call", "2xx", RULE_BYE_SEND },
	{ "call", "cancel", RULE_CANCEL_SEND },
	{ "call", "timeout", RULE_INVITE_NO_ACK },
};

static enum rule_id
usage_rule(const struct machine *m, const struct machine_edge *e)
{
	for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++) {
		const struct rule *rule = rule_at(usages[i].rule);

		if (strcmp(usages[i].machine, m->name) == 0 &&
		    strcmp(usages[i].event, e->event) == 0 &&
		    rule->rfc == e->rfc &&
		    strcmp(rule->section, e->section) == 0)
			return usages[i].rule;
	}
	return RULE_NONE;
}

enum rule_id
machine_timer_rule(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++)
		if (strcmp(usages[i].machine, m->name) == 0 &&
		    strncmp(usages[i].event, "Timer ", 6) == 0 &&
		    strcmp(usages[i].event + 6, name) == 0)
			return usages[i].rule;
	return RULE_NONE;
}

enum rule_id
machine_edge_rule(const struct machine *m, const struct machine_edge *e)
{
	bool accepted = strcmp(e->from, "accepted") == 0;
	enum rule_id rule = usage_rule(m, e);

	if (rule != RULE_NONE)
		return rule;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i].machine, m->name) == 0 &&
		    strcmp(rules[i].event, e->event) == 0)
			return accepted ? rules[i].accepted : rules[i].rule;
	return RULE_NONE;
}

/* Why a user agent sends a request of its own. */
enum rule_id
rule_of_request(enum msg_method method)
{
	static const uint16_t by_method[MSG_METHOD_COUNT] = {
		[MSG_INVITE] = RULE_INVITE_SEND,
		[MSG_ACK] = RULE_INVITE_ACK,
		[MSG_BYE] = RULE_BYE_SEND,
		[MSG_CANCEL] = RULE_CANCEL_SEND,
		[MSG_REGISTER] = RULE_REGISTER_SEND,
		[MSG_OPTIONS] = RULE_OPTIONS_SEND,
		[MSG_SUBSCRIBE] = RULE_SUBSCRIBE_SEND,
		[MSG_REFER] = RULE_REFER_SEND,
	};
	uint16_t rule =
	    method < MSG_METHOD_COUNT ? by_method[method] : RULE_NONE;

	return rule != RULE_NONE ? (enum rule_id)rule : RULE_REQUEST_SEND;
}

/* Why one answers as it does; the first row that fits. */
static const struct {
	enum msg_method method; /* MSG_OTHER: any */
	unsigned from, to;
	enum rule_id rule;
} responses[] = {
	{ MSG_OTHER, 401, 401, RULE_AUTH_401 },
	{ MSG_OTHER, 407, 407, RULE_AUTH_407 },
	{ MSG_INVITE, 100, 100, RULE_IST_REQUEST },
	{ MSG_INVITE, 101, 199, RULE_INVITE_PROGRESS },
	{ MSG_INVITE, 200, 299, RULE_INVITE_ACCEPT },
	{ MSG_INVITE, 300, 399, RULE_INVITE_REDIRECT },
	{ MSG_INVITE, 487, 487, RULE_CANCEL_487 },
	{ MSG_INVITE, 400, 699, RULE_INVITE_REJECT },
	{ MSG_BYE, 200, 299, RULE_BYE_RECV },
	{ MSG_CANCEL, 200, 299, RULE_CANCEL_RECV },
	{ MSG_REGISTER, 200, 299, RULE_REGISTER_OK },
	{ MSG_OPTIONS, 200, 299, RULE_OPTIONS_RECV },
};

enum rule_id
rule_of_response(enum msg_method method, unsigned status)
{
	for (size_t i = 0; i < sizeof(responses) / sizeof(responses[0]); i++)
		if ((responses[i].method == MSG_OTHER ||
			responses[i].method == method) &&
		    status >= responses[i].from && status <= responses[i].to)
			return responses[i].rule;
	return RULE_NONE;
}
