/*
 * Servers: proxies (RFC 3261 16), registrars (10.3), and foci of conferences
 * (RFC 4579).
 */
#include "base/err.h"
#include "inspect/check.h"
#include "msg/conference_info.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

/* ---- proxies and registrars, and requests to these ---- */

/* 16.7 step 5.  In a capture the proxy's own 100 may look like another's. */
enum verdict
check_100_forwarded(struct inspected_message *l)
{
	/* 16.11: a stateless proxy passes on whatever comes. */
	if (!inspected_is_forwarded(l, false) || l->msg->status >= 200 ||
	    l->rule == RULE_PROXY_STATELESS_RESPONSE)
		return SILENT;
	inspected_say(l, _("a 100 is for one hop only"));
	if (l->msg->status == 100 && !l->in->whole)
		return SEEN;
	return verdict_of(l->msg->status != 100);
}

/* What L's request is forwarded from and to, with a Via of BRANCH. */
static struct str
loop_key(struct inspected_message *l, struct str branch)
{
	return inspect_mark(l->in, MARK_LOOP, trace_name(l->t, l->node),
	    msg_value(l->msg, MSG_H_CALL_ID), msg_value(l->msg, MSG_H_CSEQ),
	    l->from_tag, l->came->uri, tx_facts(l, l->came)->route, l->msg->uri,
	    inspected_routes(l, MSG_H_ROUTE, false), branch);
}

/* RFC 5393 4.2: the same Request-URI and Routes again, as it came and as it
 * goes, are a loop: the first time it may come with a Route to this proxy.  A
 * Via of this proxy further down says that it was here; what another branch has
 * done does not count (4.2.2). */
enum verdict
check_loop(struct inspected_message *l)
{
	struct msg_values iter = { 0 };
	struct msg_via via;
	struct str value;
	unsigned n = 0;

	if (!inspected_is_forwarded(l, true) || l->node >= l->in->node_n)
		return SILENT;
	inspected_say(l, _("it was here earlier with the same Request-URI"));
	while (msg_next_value(l->msg, MSG_H_VIA, &iter, &value))
		if (n++ > 0 && msg_via_read(value, &via) == 0 &&
		    str_ieq(via.sent_by, l->via.sent_by) &&
		    inspect_number(l->in, loop_key(l, via.branch)) != 0)
			return BROKEN;
	inspect_put_number(l->in, loop_key(l, l->via.branch), l->seq);
	return KEPT;
}

/* ---- REGISTER ---- */

static bool
is_register(const struct inspected_message *l)
{
	return is_own_request(l) && l->msg->method == MSG_REGISTER;
}

/* RFC 3263 4.3, RFC 3261 18.1.1: the same request once more, to another server
 * or by another transport. */
static bool
has_changed_server(struct inspected_message *l, uint64_t last)
{
	struct inspect *in = l->in;
	uint64_t to = str_hash_end(str_hash_words(l->send.transport,
			  str_hash_words(l->send.dst_addr, 0))) |
		      1;
	struct str key = inspect_mark(in, MARK_REGISTRAR,
	    trace_name(l->t, l->node), msg_value(l->msg, MSG_H_CALL_ID));
	uint64_t before = inspect_number(in, key);

	inspect_put_number(in, key, to);
	return l->cseq.number == last && before != to;
}

enum verdict
check_register_cseq(struct inspected_message *l)
{
	struct inspect *in = l->in;
	struct str key;
	uint64_t last;
	bool moved;

	if (!is_register(l) || l->node >= in->node_n)
		return SILENT;
	key = inspect_mark(in, MARK_REGISTER, trace_name(l->t, l->node),
	    msg_value(l->msg, MSG_H_CALL_ID));
	last = inspect_number(in, key);
	inspect_put_number(in, key, l->cseq.number + UINT64_C(1));
	moved = has_changed_server(l, last - 1);
	inspected_measured(l,
	    _("CSeq %u, and the last one of this Call-ID was %llu"),
	    (unsigned)l->cseq.number, (unsigned long long)(last - 1));
	/* 10.2: one more; of a capture those between may be missing. */
	if (last != 0 && l->cseq.number > last)
		return SEEN;
	return verdict_of(last == 0 || l->cseq.number > last - 1 || moved);
}

/* RFC 4575 4, 5.2: what a focus says of its conference can be read. */
enum verdict
check_conference(struct inspected_message *l)
{
	LOCAL_BUF out = BUF_INIT;
	struct str params, type;
	int err;

	type = msg_cut_params(msg_value(l->msg, MSG_H_CONTENT_TYPE), &params);
	if (!is_own_request(l) || l->msg->method != MSG_NOTIFY ||
	    l->msg->body.n == 0 ||
	    !str_iis(str_trim(type), CONFERENCE_INFO_TYPE))
		return SILENT;
	err = conference_info_say(l->msg->body, &out);
	inspected_say(
	    l, _("the document can't be read, or lacks mandatory elements"));
	return err == ERR_NOMEM ? SILENT : verdict_of(err == 0);
}
