/* What serves calls: names, addresses, connections (inspect/service.h). */
#include "inspect/checks.h"
#include "inspect/service.h"

#include "rules/rule_names.h"

/* After that nobody waits for an answer: questions by UDP are asked again until
 * then. */
#define PATIENCE_NS INT64_C(10000000000)
#define SLOW_NS     INT64_C(1000000000)

/* ---- questions ---- */

/* RFC 1035 7.2, RFC 8489 6.2.1 */
enum verdict
check_answered(struct look *l)
{
	const struct question *q = l->question;
	bool dns = l->check->clause.rule == RULE_DNS_GIVE_UP;

	if ((q->proto == TRACE_PROTO_DNS) != dns)
		return SILENT;
	if (dns && !service_is_of_sip(l, q->seq, q->name))
		return SILENT;
	if (q->came != 0)
		return KEPT;
	look_measured(
	    l, _("no answer to its question for %.*s"), STR_ARG(q->name));
	if (q->may_fail || (!dns && service_is_named(l, q->name)))
		return SEEN;
	/* The question itself may have been lost. */
	return judge_missing(l, true, q->server, q->t, PATIENCE_NS, q->seq);
}

/* RFC 6076 4.3: what a caller waits for. */
enum verdict
check_lookup_time(struct look *l)
{
	const struct question *q = l->question;

	if (q->proto != TRACE_PROTO_DNS || q->came == 0 ||
	    !service_is_of_sip(l, q->seq, q->name))
		return SILENT;
	l->at = q->came;
	look_measured(l, _("its question for %.*s was answered after %lld ms"),
	    STR_ARG(q->name), (long long)((q->t_came - q->t) / 1000000));
	return verdict_of(q->t_came - q->t <= SLOW_NS);
}

/* RFC 5452 9.1.  A capture may have begun behind the question. */
enum verdict
check_asked(struct look *l)
{
	const struct question *q = l->question;

	if (!l->answers)
		return SILENT;
	if (!service_is_of_sip(l, l->seq, l->name) &&
	    (q == NULL || !service_is_of_sip(l, q->seq, q->name)))
		return SILENT;
	look_say(l, _("an answer to what was not asked"));
	if (q == NULL)
		return l->in->whole ? BROKEN : SEEN;
	return verdict_of(q->asked == l->asked);
}

/* RFC 3263 4.3: the answer to a request that could not go on. */
enum verdict
check_named(struct look *l)
{
	struct inspect *in = l->in;
	uint64_t at;

	if (l->msg->request || l->msg->status < 400 || l->forwarded ||
	    l->send.call_id.n == 0)
		return SILENT;
	at =
	    inspect_number(in, inspect_key(in, "unnamed",
				   trace_name(l->t, l->node), l->send.call_id));
	if (at == 0)
		return SILENT;
	l->at = at;
	look_measured(l, _("a name server's refusal ends the request with %u"),
	    l->msg->status);
	return BROKEN;
}

/* RFC 8489 1.  By RFC 5626 its flow leads to a phone, not its Contact. */
enum verdict
check_mapped(struct look *l)
{
	const struct addr *mapped;
	struct buf text = BUF_INIT;
	struct msg_uri uri;
	struct addr a;

	if (!l->msg->request || l->msg->method != MSG_REGISTER || l->nvias > 1)
		return SILENT;
	mapped = map_get(l->in->kept,
	    inspect_key(l->in, "mapped", trace_name(l->t, l->node)));
	if (mapped == NULL || msg_uri_read(look_contact(l), &uri) != 0 ||
	    str_ifind(msg_value(l->msg, MSG_H_CONTACT), STR("reg-id")) >= 0 ||
	    addr_parse(uri.host, &a) != 0)
		return SILENT;
	addr_write(mapped, &text);
	look_measured(l, _("Contact says %.*s, and STUN had said %s"),
	    STR_ARG(uri.host), buf_cstr(&text));
	buf_end(&text, &l->why->err);
	return verdict_of(addr_same_ip(&a, mapped));
}

/* ---- connections ---- */

/* RFC 8446 6.2 */
enum verdict
check_alert(struct look *l)
{
	struct str rest, name;

	if (l->proto != TRACE_PROTO_TLS)
		return SILENT;
	name = str_cut(l->send.method, ',', &rest);
	if (!str_starts(name, "Alert "))
		return str_starts(name, "ClientHello") ? SEEN : SILENT;
	name = str_slice(name, strlen("Alert "), name.n);
	look_say(l, _("it ends a connection by TLS: %.*s"), STR_ARG(name));
	return verdict_of(str_is(name, "close_notify"));
}

/* RFC 6455 7.4.1: 1000, and 1001 for who goes away. */
enum verdict
check_close(struct look *l)
{
	struct str code;
	uint32_t n;

	if (l->proto != TRACE_PROTO_WEBSOCKET || l->unmasked ||
	    !str_starts(l->send.method, "Close "))
		return SILENT;
	code = str_slice(l->send.method, strlen("Close "), l->send.method.n);
	if (str_u32(code, &n) != 0)
		return SILENT;
	look_say(l, _("it closes a WebSocket with %u"), n);
	return verdict_of(n == 1000 || n == 1001);
}

/* RFC 6455 5.1 */
enum verdict
check_masked(struct look *l)
{
	if (!l->unmasked)
		return l->proto == TRACE_PROTO_WEBSOCKET ? SEEN : SILENT;
	look_say(l, _("it gets a frame of WebSocket that it may not be sent"));
	return BROKEN;
}
