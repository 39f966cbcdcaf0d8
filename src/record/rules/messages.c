/* Which rule a request or a response obeys; see rules/messages.h. */
#include "rules/messages.h"

#include <stddef.h>

#include "base/str.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

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
		[MSG_PUBLISH] = RULE_PUBLISH_SEND,
		[MSG_MESSAGE] = RULE_MESSAGE_SEND,
		[MSG_INFO] = RULE_INFO_SEND,
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
	{ MSG_OTHER, 400, 400, RULE_BAD_REQUEST },
	{ MSG_OTHER, 405, 405, RULE_UAS_METHOD },
	{ MSG_OTHER, 406, 406, RULE_UAS_ACCEPT },
	{ MSG_OTHER, 413, 413, RULE_UAS_LARGE },
	{ MSG_OTHER, 414, 414, RULE_URI_TOO_LONG },
	{ MSG_OTHER, 415, 415, RULE_UAS_TYPE },
	{ MSG_OTHER, 416, 416, RULE_UAS_SCHEME },
	{ MSG_OTHER, 420, 420, RULE_UAS_REQUIRE },
	{ MSG_OTHER, 421, 421, RULE_UAS_EXTENSION },
	{ MSG_OTHER, 422, 422, RULE_SESSION_TOO_SMALL },
	{ MSG_OTHER, 483, 483, RULE_PROXY_MAX_FORWARDS },
	{ MSG_OTHER, 493, 493, RULE_UAS_SECRET },
	{ MSG_OTHER, 501, 501, RULE_UAS_METHOD_UNKNOWN },
	{ MSG_OTHER, 505, 505, RULE_BAD_VERSION },
	{ MSG_OTHER, 513, 513, RULE_MESSAGE_LARGE },
	{ MSG_INVITE, 100, 100, RULE_IST_100 },
	{ MSG_INVITE, 199, 199, RULE_PROXY_199 },
	{ MSG_INVITE, 101, 198, RULE_INVITE_PROGRESS },
	{ MSG_INVITE, 200, 299, RULE_INVITE_ACCEPT },
	{ MSG_INVITE, 300, 399, RULE_INVITE_REDIRECT },
	{ MSG_INVITE, 487, 487, RULE_CANCEL_487 },
	{ MSG_INVITE, 488, 488, RULE_INVITE_UNFIT },
	{ MSG_INVITE, 491, 491, RULE_REINVITE_PENDING },
	{ MSG_INVITE, 600, 699, RULE_INVITE_EVERYWHERE },
	{ MSG_INVITE, 400, 699, RULE_INVITE_REJECT },
	{ MSG_BYE, 200, 299, RULE_BYE_RECV },
	{ MSG_CANCEL, 200, 299, RULE_CANCEL_RECV },
	{ MSG_CANCEL, 481, 481, RULE_CANCEL_NONE },
	{ MSG_OTHER, 481, 481, RULE_DIALOG_NONE },
	{ MSG_REGISTER, 200, 299, RULE_REGISTER_OK },
	{ MSG_REGISTER, 423, 423, RULE_REGISTER_BRIEF },
	{ MSG_OPTIONS, 200, 299, RULE_OPTIONS_RECV },
	{ MSG_PUBLISH, 200, 299, RULE_PUBLISH_ACCEPT },
	{ MSG_PUBLISH, 412, 412, RULE_PUBLISH_MATCH },
	{ MSG_PUBLISH, 423, 423, RULE_PUBLISH_BRIEF },
	{ MSG_PUBLISH, 489, 489, RULE_PUBLISH_EVENT },
	{ MSG_SUBSCRIBE, 200, 299, RULE_SUBSCRIBE_ACCEPT },
	{ MSG_SUBSCRIBE, 423, 423, RULE_SUBSCRIBE_BRIEF },
	{ MSG_SUBSCRIBE, 489, 489, RULE_SUBSCRIBE_EVENT },
	{ MSG_NOTIFY, 200, 299, RULE_NOTIFY_RECV },
	{ MSG_NOTIFY, 489, 489, RULE_NOTIFY_EVENT },
	{ MSG_REFER, 200, 299, RULE_REFER_ACCEPT },
	{ MSG_REFER, 491, 491, RULE_REFER_PENDING },
	{ MSG_REFER, 603, 603, RULE_REFER_DECLINE },
	{ MSG_UPDATE, 200, 299, RULE_UPDATE_RECV },
	{ MSG_UPDATE, 491, 491, RULE_UPDATE_GLARE },
	{ MSG_PRACK, 200, 299, RULE_PRACK_RECV },
	{ MSG_INFO, 200, 299, RULE_INFO_ACCEPT },
	{ MSG_INFO, 469, 469, RULE_INFO_PACKAGE },
	{ MSG_MESSAGE, 202, 202, RULE_MESSAGE_RELAYED },
	{ MSG_MESSAGE, 200, 299, RULE_MESSAGE_SHOW },
	{ MSG_MESSAGE, 600, 699, RULE_MESSAGE_DECLINED },
	{ MSG_MESSAGE, 300, 599, RULE_MESSAGE_FAILED },
};

enum rule_id
rule_of_response(enum msg_method method, unsigned status)
{
	for (size_t i = 0; i < COUNT_OF(responses); i++)
		if ((responses[i].method == MSG_OTHER ||
			responses[i].method == method) &&
		    status >= responses[i].from && status <= responses[i].to)
			return responses[i].rule;
	return RULE_NONE;
}

static const struct {
	unsigned from, to;
	enum rule_id rule;
} retries[] = {
	{ 305, 305, RULE_REDIRECT_PROXY },
	{ 300, 399, RULE_REDIRECT_FOLLOW },
	{ 401, 401, RULE_AUTH_ANSWER },
	{ 407, 407, RULE_AUTH_ANSWER_PROXY },
	{ 422, 422, RULE_SESSION_LONGER },
	{ 503, 503, RULE_UAC_FAILOVER },
};

enum rule_id
rule_of_retry(unsigned status, enum rule_id otherwise)
{
	for (size_t i = 0; i < COUNT_OF(retries); i++)
		if (status >= retries[i].from && status <= retries[i].to)
			return retries[i].rule;
	return otherwise;
}
