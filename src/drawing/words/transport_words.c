/* RFC 3261 18 and RFC 3263 4.1 in words. */
#include "words/transport_words_in.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/rows.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* What decides by which transport a message goes. */
enum deciding {
	BY_SENDER,  /* whoever has made the bytes, or says where they go */
	BY_REQUEST, /* a response: the way of its request */
	BY_CANCELLED,
	BY_REFUSED, /* the ACK for a refusal: the way of its INVITE */
	BY_PARAM,   /* the next hop's URI names a transport */
	BY_DEFAULT, /* it names none */
};

/* The first row that fits; %s is the transport. */
static const struct {
	enum deciding by;
	const char *transport; /* NULL: any */
	const char *text;
} reasons[] = {
	{ BY_SENDER, NULL, N_("It goes by %s, as whoever sends it wants.") },
	{ BY_REQUEST, NULL,
	    N_("It goes by %s, as its request came (RFC 3261 18.2.2).") },
	{ BY_CANCELLED, NULL,
	    N_("It goes by %s, and to where the INVITE went that it cancels "
	       "(RFC 3261 9.1).") },
	{ BY_REFUSED, NULL,
	    N_("It goes by %s, and to where its INVITE went (RFC 3261 "
	       "17.1.1.2).") },
	{ BY_PARAM, NULL,
	    N_("It goes by %s: the URI of the next hop says so with "
	       "transport= (RFC 3263 4.1).") },
	{ BY_DEFAULT, "udp",
	    N_("It goes by %s: the URI of the next hop names no other "
	       "transport (RFC 3263 4.1), and it is not too large for one "
	       "datagram (RFC 3261 18.1.1).") },
	{ BY_DEFAULT, NULL,
	    N_("It goes by %s, which its sender prefers where the URI of the "
	       "next hop names no transport (RFC 3263 4.1 leaves that to "
	       "the client).") },
};

/* Does the URI to which the request M goes next name its transport? */
static bool
asks_for_transport(const struct msg *m)
{
	struct str uri = m->uri, named;
	struct msg_addr a;
	struct msg_uri u;

	if (msg_field(m, MSG_H_ROUTE, 0) != NULL &&
	    msg_addr_read(msg_value(m, MSG_H_ROUTE), &a) == 0)
		uri = a.uri;
	return msg_uri_read(uri, &u) == 0 &&
	       msg_param(u.params, "transport", &named);
}

/* Has a message of SIP come in with RECV?  Else it is an answer of the DNS. */
static bool
brings_sip(const struct trace *t, const struct trace_rec *recv)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec sent;
	struct trace_send send;
	bool sip = true;

	if (recv->cause != 0) {
		trace_get(t, recv->cause, &sent);
		sip = sent.kind != TRACE_SEND ||
		      trace_get_send(&sent, &send, &scratch) != 0 ||
		      trace_class_of(send.proto) == TRACE_CLASS_SIP;
	}
	buf_free(&scratch);
	return sip;
}

/* Says REC, a lookup or a route, by which transport something goes? */
static bool
chooses_transport(const struct trace_rec *rec)
{
	static const struct {
		enum trace_kind kind;
		const char *key, *value;
	} chosen[] = {
		{ TRACE_ROUTE, "how", "size" },
		{ TRACE_ROUTE, "how", "alias" },
		{ TRACE_ROUTE, "how", "sent-by" },
		{ TRACE_LOOKUP, "op", "transport" },
	};
	struct buf value = BUF_INIT;
	bool found = false;

	for (size_t i = 0; i < ROWS_COUNT(chosen) && !found; i++) {
		if (rec->kind != chosen[i].kind)
			continue;
		buf_clear(&value);
		found = str_is(
		    trace_str(rec, chosen[i].key, &value), chosen[i].value);
	}
	buf_free(&value);
	return found;
}

/* Did a record of its own choose the transport? */
static bool
was_chosen(const struct trace *t, const struct trace_rec *rec)
{
	struct trace_rec cause;

	for (uint64_t seq = rec->cause; seq != 0; seq = cause.cause) {
		trace_get(t, seq, &cause);
		if (cause.kind == TRACE_ACT ||
		    (cause.kind == TRACE_RECV && brings_sip(t, &cause)))
			break;
		if (chooses_transport(&cause))
			return true;
	}
	return false;
}

/* An act "send" that says where its message goes, or by what, or one of the
 * outside, which says all. */
static bool
says_where(const struct trace_rec *act, struct buf *scratch)
{
	struct json_value args = trace_member(act, "args");

	buf_clear(scratch);
	if (str_is(trace_str(act, "by", scratch), "outside"))
		return true;
	buf_clear(scratch);
	return str_is(trace_str(act, "verb", scratch), "send") &&
	       args.type == JSON_OBJECT &&
	       (json_member(args, "to").type == JSON_STRING ||
		   json_member(args, "transport").type == JSON_STRING);
}

/* Is REC what such an act has sent, to where it says? */
static bool
was_told_where(const struct trace *t, const struct trace_rec *rec)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec cause;
	bool told = false;

	for (uint64_t seq = rec->cause; seq != 0; seq = cause.cause) {
		trace_get(t, seq, &cause);
		if (cause.kind == TRACE_ACT)
			told = says_where(&cause, &scratch);
		if (cause.kind == TRACE_RECV || cause.kind == TRACE_ACT)
			break;
	}
	buf_free(&scratch);
	return told;
}

/* A proxy that keeps nothing of the request looks where a CANCEL goes as it
 * did with the request (16.10, 16.11). */
static bool
knows_cancelled(const struct rule *rule)
{
	return rule != rule_at(RULE_PROXY_STATELESS_BRANCH) &&
	       rule != rule_at(RULE_PROXY_CANCEL_UNKNOWN);
}

static enum deciding
find_deciding(
    const struct trace *t, const struct trace_rec *rec, const struct msg *m)
{
	const struct rule *rule = rule_find(rec->rule, rec->why);

	if (rule == rule_at(RULE_RAW_SEND) || was_told_where(t, rec))
		return BY_SENDER;
	if (!m->request)
		return BY_REQUEST;
	if (m->method == MSG_CANCEL && knows_cancelled(rule))
		return BY_CANCELLED;
	if (rule == rule_at(RULE_ICT_ACK))
		return BY_REFUSED;
	return asks_for_transport(m) ? BY_PARAM : BY_DEFAULT;
}

static void
put_reason(enum deciding by, struct str transport, struct buf *out)
{
	const struct addr_transport_row *row = addr_transport_known(transport);
	struct buf name = BUF_INIT;

	/* One that is not known, of a trace from elsewhere, is as it says. */
	buf_str(&name, row != NULL ? str_of(row->name) : transport);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].by != by ||
		    (reasons[i].transport != NULL &&
			!str_is(transport, reasons[i].transport)))
			continue;
		buf_printf(out, i18n_text(reasons[i].text), buf_cstr(&name));
		break;
	}
	if (name.err != 0)
		out->err = name.err;
	buf_free(&name);
}

bool
transport_put_reason(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	struct buf scratch = BUF_INIT, bytes = BUF_INIT;
	struct msg *m = mem_alloc(sizeof(*m));
	struct trace_send send;
	bool tells = m != NULL && rec->kind == TRACE_SEND &&
		     trace_get_send(rec, &send, &scratch) == 0 &&
		     trace_class_of(send.proto) == TRACE_CLASS_SIP &&
		     send.retx == 0 && !was_chosen(t, rec);

	if (m == NULL)
		out->err = ERR_NOMEM;
	tells = tells &&
		msg_read(m, trace_bytes(rec, &bytes), NULL) == MSG_FAULT_NONE;
	if (tells)
		put_reason(find_deciding(t, rec, m), send.transport, out);
	mem_free(m);
	buf_free(&scratch);
	buf_free(&bytes);
	return tells;
}
