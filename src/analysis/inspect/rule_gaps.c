/* The clauses that share what another clause checks; see inspect/rule_gaps.h.
 */
#include "inspect/rule_gaps.h"

#include "base/num.h"
#include "rules/rule_names.h"

static const struct {
	enum rule_id rule, asks;
} asked[] = {
	/* RFC 3261 9.1, 17.1.1.3: CANCEL and ACK take over what they are for.
	 */
	{ RULE_CANCEL_SEND, RULE_CANCEL_FIELDS },
	{ RULE_ICT_ACK, RULE_ACK_FIELDS },
	/* 13.2.2.4 */
	{ RULE_INVITE_ACK, RULE_DIALOG_ROUTE },
	{ RULE_INVITE_ACK, RULE_DIALOG_TARGET },
	/* 12.2.1.1 */
	{ RULE_DIALOG_REQUEST, RULE_DIALOG_ENDS },
	{ RULE_DIALOG_REQUEST, RULE_DIALOG_ROUTE },
	{ RULE_DIALOG_REQUEST, RULE_DIALOG_TARGET },
	/* 13.3.1.4 */
	{ RULE_INVITE_ACCEPT, RULE_OFFER_MISSING },
	/* 16.6 */
	{ RULE_PROXY_FORWARD, RULE_FORM_BRANCH },
	{ RULE_PROXY_FORWARD, RULE_PROXY_UNCHANGED },
	/* RFC 3264 6 */
	{ RULE_OFFER_ANSWER, RULE_ANSWER_FORMATS },
	{ RULE_OFFER_ANSWER, RULE_ANSWER_DIRECTION },
	/* RFC 4028 9 */
	{ RULE_SESSION_AGREED, RULE_SESSION_SHORTER },
};

void
inspect_note_gap(struct inspect *in, enum rule_id rule, enum role_class role)
{
	in->report.rows[rule].doubted[role] = true;
	for (size_t i = 0; i < COUNT_OF(asked); i++)
		if (asked[i].asks == rule)
			in->report.rows[asked[i].rule].doubted[role] = true;
}
