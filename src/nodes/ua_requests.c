/*
 * Requests that come to a user agent: RFC 3261 8.2 (outside of dialogs, in the
 * order of its sections) and 12.2.2 (within them).
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "msg/parts.h"
#include "sip/defaults.h"

/* The Request-URI names this user: its AOR, its Contact, or the bare host. */
static bool
is_me(struct ua *ua, struct str uri)
{
	struct msg_uri mine, theirs;
	struct msg_addr contact;

	buf_clear(&ua->agent.key);
	if (msg_uri_aor(uri, &ua->agent.key) == 0 &&
	    str_is(buf_view(&ua->agent.key), ua->agent.canonical))
		return true;
	if (msg_addr_read(str_of(agent_contact(&ua->agent)), &contact) == 0 &&
	    msg_uri_equal(uri, contact.uri))
		return true;
	if (!node_is_uri(ua->agent.node, uri) ||
	    msg_uri_read(uri, &theirs) != 0 ||
	    msg_uri_read(str_of(ua->agent.aor), &mine) != 0)
		return false;
	return theirs.user.n == 0 || str_eq(theirs.user, mine.user) ||
	       node_attr(ua->agent.node, "contact", NULL) != NULL;
}

enum node_claim
ua_claim(void *role, const struct sip_in *in)
{
	struct ua *ua = role;

	if (agent_call_of(&ua->agent, in->m) != NULL)
		return NODE_DIALOG;
	if (is_me(ua, in->m->uri))
		return NODE_NAMED;
	return NODE_FALLBACK;
}

/* ---- within a dialog ---- */

/* 15.1.2 */
static void
answer_bye(struct ua *ua, struct agent_call *c, struct sip_dialog *d,
    const struct sip_in *in)
{
	bool early = sip_dialog_is(d, SIP_DIALOG_EARLY);

	node_answer(ua->agent.node, in, 200, RULE_BYE_RECV);
	if (d == c->dialog)
		agent_call_change_drop(c, RULE_BYE_487);
	/* Requests that are still pending get a 487; our own INVITE (its 2xx
	 * was lost for good) is taken back, but for one branch of several. */
	if (d != c->dialog)
		agent_call_end_dialog(c, d, RULE_BYE_RECV);
	else if (early && agent_call_is_ringing(c))
		agent_call_reject(c, 487, NULL, RULE_BYE_487);
	else if (early && c->state == AGENT_CALL_EARLY)
		agent_call_cancel(c, NULL);
	else
		agent_call_end(c, "BYE received", RULE_BYE_RECV, 0);
}

static void
request_in_call(struct ua *ua, struct agent_call *c, const struct sip_in *in)
{
	enum msg_method method = in->m->method;
	struct sip_dialog *d = agent_call_dialog(c, in->m);
	unsigned status = sip_dialog_receive(d, in->m);

	if (status != 0)
		node_answer(ua->agent.node, in, status, RULE_DIALOG_CSEQ);
	else if (ua_refuse_extensions(ua, in))
		return;
	else if (method == MSG_BYE)
		answer_bye(ua, c, d, in);
	else if (sip_dialog_is(d, SIP_DIALOG_MORTAL) && method != MSG_NOTIFY)
		node_answer(ua->agent.node, in, 481, RULE_DIALOG_MORTAL);
	else if (method == MSG_OPTIONS)
		ua_answer_options(ua, in, true);
	else if (method == MSG_INVITE)
		agent_call_reinvited(c, in);
	else if (method == MSG_REFER)
		agent_referred(c, in);
	else if (method == MSG_NOTIFY)
		agent_notified(&ua->agent, c, in);
	else if (method == MSG_INFO)
		ua_call_informed(c, in);
	else
		node_refuse_method(ua->agent.node, in);
}

/* ---- outside of dialogs ---- */

/* 8.2.2.1, 21.4.12: 0, or the status of one who is not here. */
static unsigned
check_uri(struct ua *ua, const struct msg *m, enum rule_id *why)
{
	struct msg_uri u;
	unsigned status;

	*why = RULE_URI_TOO_LONG;
	if (m->uri.n > SIP_MAX_URI)
		return 414;
	*why = RULE_UAS_SCHEME;
	if (msg_uri_read(m->uri, &u) != 0 || !u.sip)
		return 416;
	*why = RULE_UAS_TLS;
	if (agent_wants_tls(m->uri))
		return 416;
	if (is_me(ua, m->uri))
		return 0;
	status = ua_refusal_status(ua, 404);
	*why = status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_UAS_URI;
	return status;
}

static bool
is_served(enum msg_method method)
{
	return method == MSG_INVITE || method == MSG_OPTIONS ||
	       method == MSG_BYE || method == MSG_REFER ||
	       method == MSG_NOTIFY || method == MSG_INFO;
}

static void
request_outside(struct ua *ua, const struct sip_in *in)
{
	enum msg_method method = in->m->method;
	bool tagged = msg_tag(msg_value(in->m, MSG_H_TO)).n > 0;
	bool copy = !tagged && !agent_request_keep(&ua->agent, in);
	enum rule_id why;
	unsigned status;

	if (!is_served(method)) {
		node_refuse_method(ua->agent.node, in);
		return;
	}
	status = check_uri(ua, in->m, &why);
	if (status == 0 && copy) {
		status = 482;
		why = RULE_UAS_MERGED;
	} else if (status == 0 &&
		   (tagged || !msg_method_is(method, MSG_OUTSIDE))) {
		status = 481;
		why = RULE_DIALOG_NONE;
	} else if (status == 0 && method == MSG_REFER) {
		status = 603;
		why = RULE_REFER_OUTSIDE;
	}
	if (status != 0)
		node_answer(ua->agent.node, in, status, why);
	else if (method == MSG_NOTIFY)
		agent_notified(&ua->agent, NULL, in);
	else if (method == MSG_INVITE)
		ua_invited(ua, in);
	else if (!ua_refuse_extensions(ua, in))
		ua_answer_options(ua, in, false);
}

void
ua_request(void *role, const struct sip_in *in)
{
	struct ua *ua = role;
	struct agent_call *c = agent_call_of(&ua->agent, in->m);

	if (node_refuse_malformed(ua->agent.node, in))
		return;
	if (in->m->method != MSG_ACK && c != NULL)
		request_in_call(ua, c, in);
	else if (in->m->method != MSG_ACK)
		request_outside(ua, in);
	else if (c != NULL)
		agent_call_2xx_acked(c, in->m);
	else
		node_note_drop(ua->agent.node, in->recv, TRACE_DROP_UNMATCHED,
		    RULE_ACK_NONE);
}
