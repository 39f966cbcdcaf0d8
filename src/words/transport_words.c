/* RFC 3261 18 and RFC 3263 4.1 in words. */
#include "words/transport_words_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "rules/rules.h"

/* The first row that fits; %s is the transport.  ASKED: the next hop's URI
 * names a transport. */
static const struct {
	bool request;
	int asked;             /* -1: either */
	const char *transport; /* NULL: any */
	const char *text;
} reasons[] = {
	{ false, -1, NULL,
	    N_("It goes by %s, as its request came (RFC 3261 18.2.2).") },
	{ true, 1, NULL,
	    N_("It goes by %s: the URI of the next hop says so with "
	       "transport= (RFC 3263 4.1).") },
	{ true, 0, "udp",
	    N_("It goes by %s: the URI of the next hop names no other "
	       "transport (RFC 3263 4.1), and it is not too large for one "
	       "datagram (RFC 3261 18.1.1).") },
	{ true, 0, NULL,
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

/* Did a record of its own choose the transport? */
static bool
was_chosen(const struct trace *t, const struct trace_rec *rec)
{
	static const char *const chosen[] = { "size", "alias", "sent-by" };
	struct buf how = BUF_INIT;
	struct trace_rec cause;
	bool found = false;

	for (uint64_t seq = rec->cause; seq != 0 && !found; seq = cause.cause) {
		trace_get(t, seq, &cause);
		if (cause.kind == TRACE_RECV || cause.kind == TRACE_ACT)
			break;
		if (cause.kind != TRACE_ROUTE)
			continue;
		for (size_t i = 0; i < sizeof(chosen) / sizeof(*chosen); i++)
			found = found || str_is(trace_str(&cause, "how", &how),
					     chosen[i]);
	}
	buf_free(&how);
	return found;
}

static void
put_reason(bool request, bool asked, struct str transport, struct buf *out)
{
	const char *name = str_is(transport, "tcp")   ? "TCP"
			   : str_is(transport, "udp") ? "UDP"
						      : "TLS";

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].request != request ||
		    (reasons[i].asked >= 0 && reasons[i].asked != asked) ||
		    (reasons[i].transport != NULL &&
			!str_is(transport, reasons[i].transport)))
			continue;
		buf_printf(out, i18n_text(reasons[i].text), name);
		return;
	}
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
		     str_is(send.proto, "sip") && send.retx == 0 &&
		     !was_chosen(t, rec);

	if (m == NULL)
		out->err = ERR_NOMEM;
	tells = tells &&
		msg_read(m, trace_bytes(rec, &bytes), NULL) == MSG_FAULT_NONE;
	if (tells)
		put_reason(m->request, m->request && asks_for_transport(m),
		    send.transport, out);
	mem_free(m);
	buf_free(&scratch);
	buf_free(&bytes);
	return tells;
}
