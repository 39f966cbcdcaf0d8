/*
 * What can be overheard or forged; challenges and the answers to them (RFC
 * 3261 22, RFC 7616, RFC 8760); connections by TLS and WebSocket.
 */
#include "base/addr.h"
#include "inspect/check.h"
#include "inspect/relate.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"

/* ---- what can be overheard or forged, passwords apart ---- */

static bool
has_password(struct str text)
{
	struct msg_uri uri;
	struct str host;

	/* "sip:user:password@host" */
	return str_count(str_cut(text, '@', &host), ':') > 1 && host.n > 0 &&
	       msg_uri_read(text, &uri) == 0 && uri.password.n > 0;
}

/* One of the URIs in the fields ID of L. */
static bool
has_passwords(const struct inspected_message *l, enum msg_header id)
{
	struct msg_values iter = { 0 };
	struct str value;

	while (msg_may_have(l->msg, id) &&
	       msg_next_value(l->msg, id, &iter, &value))
		if (has_password(msg_addr_uri(value)))
			return true;
	return false;
}

enum verdict
check_uri_password(struct inspected_message *l)
{
	static const enum msg_header fields[] = { MSG_H_FROM, MSG_H_TO,
		MSG_H_CONTACT, MSG_H_REPLY_TO, MSG_H_REFER_TO,
		MSG_H_REFERRED_BY, MSG_H_ROUTE, MSG_H_RECORD_ROUTE, MSG_H_PATH,
		MSG_H_P_ASSERTED_IDENTITY, MSG_H_P_PREFERRED_IDENTITY };

	if (l->forwarded)
		return SILENT;
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (has_passwords(l, fields[i])) {
			inspected_say(l, _("a password in %s"),
			    msg_header_info(fields[i])->name);
			return BROKEN;
		}
	inspected_say(l, _("a password in %s"), "Request-URI");
	return verdict_of(!l->msg->request || !has_password(l->msg->uri));
}

enum verdict
check_own_via(struct inspected_message *l)
{
	struct str src = l->send.src_addr, from = src;
	struct addr via, own;
	uint16_t port;

	if (!l->msg->request || is_via_below(l) ||
	    addr_parse(l->via.host, &via) != 0 || addr_parse(src, &own) != 0)
		return SILENT;
	if (addr_same_ip(&via, &own))
		return KEPT;
	(void)host_read(src, 0, false, &from, &port);
	inspected_measured(l,
	    _("its Via has %.*s, but it comes from %.*s: a NAT, or a forged "
	      "Via"),
	    STR_ARG(l->via.host), STR_ARG(from));
	return BROKEN;
}

/* Once a trace, for no particular node.  The networks of runs know no TLS. */
enum verdict
check_plain(struct inspected_message *l)
{
	l->blame = TRACE_NO_NODE;
	l->as = ROLE_CLASS_TERMINAL;
	inspected_say(l, _("the signalling is not encrypted"));
	if (l->in->whole)
		return SEEN;
	return verdict_of(inspected_is_encrypted(l));
}

/* Challenges and the answers to them: RFC 3261 22, RFC 7616, RFC 8760. */

static bool
has_scheme(struct str value, const char *scheme)
{
	struct str rest;

	return str_iis(str_cut(str_trim(value), ' ', &rest), scheme);
}

/* What the row's function says of each challenge or answer in L's message. */
enum verdict
check_credentials(struct inspected_message *l)
{
	enum verdict all = SILENT, v;
	struct str c;
	size_t at = 0;

	if (l->forwarded)
		return SILENT;
	while (relate_next_credentials(l->msg, &at, &c)) {
		v = l->check->judge(l, c);
		if (v == BROKEN)
			return BROKEN;
		if (v != SILENT)
			all = v;
	}
	return all;
}

/* 22.4: no Basic. */
enum verdict
judge_scheme(struct inspected_message *l, struct str c)
{
	inspected_say(l, _("Basic sends the password itself"));
	return verdict_unless(
	    verdict_of(!has_scheme(c, "Basic")), !has_scheme(c, "Digest"));
}

/* ---- challenges ---- */

static bool
is_challenge(const struct inspected_message *l)
{
	return !l->msg->request && !l->forwarded &&
	       (l->msg->status == 401 || l->msg->status == 407);
}

enum verdict
check_md5(struct inspected_message *l)
{
	struct str c;
	size_t at = 0, n = 0;
	bool better = false;

	if (!is_challenge(l))
		return SILENT;
	for (; relate_next_credentials(l->msg, &at, &c); n++)
		/* RFC 3310: who has a SIM takes no other. */
		better |=
		    str_istarts(relate_credential(c, "algorithm"), "SHA-") ||
		    str_iis(relate_credential(c, "algorithm"), "AKAv1-MD5");
	inspected_say(l, _("the challenge offers only MD5"));
	return n == 0 ? SILENT : verdict_of(better);
}

enum verdict
check_challenge(struct inspected_message *l)
{
	return is_challenge(l) ? check_credentials(l) : SILENT;
}

enum verdict
judge_qop(struct inspected_message *l, struct str c)
{
	inspected_say(l, _("the challenge has no qop"));
	return verdict_of(
	    !has_scheme(c, "Digest") || relate_credential(c, "qop").n > 0);
}

static bool
is_new_nonce(struct inspected_message *l, struct str c, bool *again)
{
	struct inspect *in = l->in;
	uint64_t own = l->other + UINT64_C(1), to;

	to = inspect_note_number(in,
	    inspect_mark(in, MARK_NONCE_TO, trace_name(l->t, l->node),
		relate_credential(c, "nonce")),
	    own);
	*again |= to == own;
	return to == 0 || to == own;
}

enum verdict
check_nonce(struct inspected_message *l)
{
	struct str c;
	size_t at = 0, n = 0;
	bool fresh = true, again = false;

	if (!is_challenge(l) || l->node >= l->in->node_n)
		return SILENT;
	for (; relate_next_credentials(l->msg, &at, &c); n++)
		fresh &= relate_credential(c, "nonce").n == 0 ||
			 is_new_nonce(l, c, &again);
	inspected_say(l, _("two clients get the same nonce"));
	return n == 0 ? SILENT : fresh && again ? SEEN : verdict_of(fresh);
}

/* ---- answers ---- */

/* ACK and CANCEL repeat what their INVITE had (22.1). */
static bool
is_answering(const struct inspected_message *l)
{
	return is_own_request(l) && l->msg->method != MSG_ACK &&
	       l->msg->method != MSG_CANCEL && l->node < l->in->node_n;
}

/* What tells L's request from others. */
static uint64_t
request_mark(const struct inspected_message *l)
{
	uint64_t h = str_hash_words(msg_value(l->msg, MSG_H_CALL_ID), 0);

	return str_hash_number(h, l->cseq.number) | 1;
}

/* The count of C's nonce was less before.  A capture may show a request late,
 * when it is retransmitted; the same count twice is a mistake there as well,
 * except for the same request by another transport or to another server. */
static enum verdict
counts_up(struct inspected_message *l, struct str c, uint64_t nc)
{
	struct inspect *in = l->in;
	struct str key = inspect_mark(in, MARK_COUNT, trace_name(l->t, l->node),
	    relate_credential(c, "nonce"));
	uint64_t last = inspect_number(in, key), own = request_mark(l), of;

	if (nc > last)
		inspect_put_number(in, key, nc);
	key = inspect_mark(in, MARK_COUNTED, trace_name(l->t, l->node),
	    relate_credential(c, "nonce"));
	of = inspect_number(in, key);
	inspect_put_number(in, key, own);
	/* The first one after a challenge that was seen has a row. */
	if (last == 0 && nc == 0 &&
	    inspect_number(in, inspect_mark(in, MARK_NONCE,
				   relate_credential(c, "nonce"))) != 0)
		return SEEN;
	if ((nc < last && !in->whole) || (nc == last && of == own))
		return SEEN;
	return nc > last + 1 ? SEEN : verdict_of(nc > last);
}

enum verdict
check_authorization(struct inspected_message *l)
{
	return is_answering(l) ? check_credentials(l) : SILENT;
}

enum verdict
judge_count(struct inspected_message *l, struct str c)
{
	uint64_t nc;

	if (relate_credential(c, "qop").n == 0 ||
	    relate_credential(c, "nonce").n == 0)
		return SILENT;
	inspected_say(l, _("qop without a nonce count"));
	if (str_hex(relate_credential(c, "nc"), 8, &nc) != 0)
		return BROKEN;
	inspected_say(l, _("the nonce count does not increase"));
	return counts_up(l, c, nc);
}

enum verdict
judge_digest_uri(struct inspected_message *l, struct str c)
{
	inspected_measured(l, _("uri is %.*s, and the Request-URI %.*s"),
	    STR_ARG(str_slice(relate_credential(c, "uri"), 0, 80)),
	    STR_ARG(str_slice(l->msg->uri, 0, 80)));
	if (!has_scheme(c, "Digest") || relate_credential(c, "uri").n == 0)
		return SEEN;
	return verdict_of(
	    str_eq(relate_credential(c, "uri"), l->msg->uri) ||
	    msg_uri_equal(relate_credential(c, "uri"), l->msg->uri));
}

/*
 * The response of C was seen before in a request of another client.  Without
 * qop the same client comes to the same response each time; with it, the nonce
 * count tells (counts_up).
 */
static bool
is_replayed(struct inspected_message *l, struct str c)
{
	struct inspect *in = l->in;
	uint64_t own = l->node + UINT64_C(1);
	uint64_t before = inspect_note_number(in,
	    inspect_mark(
		in, MARK_ANSWER_USED, relate_credential(c, "response")),
	    own);

	return before != 0 && before != own;
}

enum verdict
judge_replay(struct inspected_message *l, struct str c)
{
	inspected_say(l, _("an earlier request had the same credentials"));
	return relate_credential(c, "response").n == 0
		   ? SEEN
		   : verdict_of(!is_replayed(l, c));
}

/* How connections end by TLS and WebSocket, and what hides their frames. */

/* RFC 8446 6.2 */
enum verdict
check_alert(struct inspected_message *l)
{
	struct str rest, name;

	if (l->proto != TRACE_PROTO_TLS)
		return SILENT;
	name = str_cut(l->send.method, ',', &rest);
	if (!str_starts(name, "Alert "))
		return str_starts(name, "ClientHello") ? SEEN : SILENT;
	name = str_slice(name, strlen("Alert "), name.n);
	inspected_say(l, _("it ends a connection by TLS: %.*s"), STR_ARG(name));
	return verdict_of(str_is(name, "close_notify"));
}

/* RFC 6455 7.4.1: 1000, and 1001 for who goes away. */
enum verdict
check_close(struct inspected_message *l)
{
	struct str code;
	uint32_t n;

	if (l->proto != TRACE_PROTO_WEBSOCKET || l->unmasked ||
	    !str_starts(l->send.method, "Close "))
		return SILENT;
	code = str_slice(l->send.method, strlen("Close "), l->send.method.n);
	if (str_u32(code, &n) != 0)
		return SILENT;
	inspected_say(l, _("it closes a WebSocket with %u"), n);
	return verdict_of(n == 1000 || n == 1001);
}

/* RFC 6455 5.1 */
enum verdict
check_masked(struct inspected_message *l)
{
	if (!l->unmasked)
		return l->proto == TRACE_PROTO_WEBSOCKET ? SEEN : SILENT;
	inspected_say(
	    l, _("it receives a WebSocket frame that must not be sent to "
		 "it"));
	return BROKEN;
}
