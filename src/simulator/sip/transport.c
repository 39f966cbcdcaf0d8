/*
 * What the transport layer asks of messages: which transport a request may go
 * by and what its Via and Content-Length have to say there (RFC 3261 18.1.1,
 * 18.3), where a response goes (18.2.2, RFC 3581 section 4), and what becomes
 * of transactions whose messages did not get through (18.4).  Connections
 * themselves are the node's business (node/node_transport.c).
 */
#include "sip/stack.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/splice.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "sip/transaction_in.h"

#include <string.h>

/* ---- the size rule ---- */

bool
sip_too_large(const struct sip_stack *s, size_t size, const struct addr *dst,
    size_t *limit)
{
	uint32_t mtu;

	*limit = SIP_UDP_SIZE;
	if (addr_is_stream(dst))
		return false;
	mtu = s->config.path_mtu(dst, s->config.arg);
	if (mtu != 0)
		*limit = mtu > SIP_MTU_ROOM ? mtu - SIP_MTU_ROOM : 0;
	return size > *limit;
}

/* 18.1.1 wants a transport that is congestion controlled, "such as TCP", which
 * by 18.2.1 each server takes where it takes UDP. */
void
sip_by_stream(struct addr *to)
{
	to->transport = ADDR_TCP;
}

void
sip_by_datagram(struct addr *to)
{
	to->transport = ADDR_UDP;
}

/* A route record; what follows has it as its cause. */
static void
trace_route(struct sip_stack *s, const char *how, struct str target,
    const struct addr *next, enum rule_id why)
{
	struct sim *sim = s->config.engine->sim;
	struct trace_writer *w = sim_trace(sim);
	LOCAL_BUF text = BUF_INIT;

	sim_open(sim, TRACE_ROUTE, s->config.node, why);
	trace_put_cstr(w, "how", how);
	trace_put_str(w, "target", target);
	addr_write(next, &text);
	trace_put_str(w, "next", buf_view(&text));
}

void
sip_record_size(struct sip_stack *s, const struct addr *dst, size_t limit)
{
	const struct msg *m = &s->config.engine->own;
	struct sim *sim = s->config.engine->sim;
	struct trace_writer *w = sim_trace(sim);

	if (!trace_wants(w, TRACE_ROUTE))
		return;
	trace_route(s, "size", m->uri, dst, RULE_TRANSPORT_SIZE);
	trace_put_int(w, "size", (int64_t)m->bytes.n);
	trace_put_int(w, "limit", (int64_t)limit);
	sim_set_cause(sim, trace_close(w));
}

void
sip_record_detour(struct sip_stack *s, struct str target,
    const struct addr *dst, enum rule_id why)
{
	struct sim *sim = s->config.engine->sim;

	if (!trace_wants(sim_trace(sim), TRACE_ROUTE))
		return;
	trace_route(s, "sent-by", target, dst, why);
	sim_set_cause(sim, trace_close(sim_trace(sim)));
}

/* ---- large requests without a transaction ---- */

void
sip_large_free(struct sip_large *l)
{
	list_remove(&l->link);
	sip_bytes_unref(l->bytes);
	mem_free(l);
}

void
sip_large_keep(struct sip_stack *s, struct sip_bytes *bytes,
    const struct addr *dst, uint64_t fwd, uint64_t sent)
{
	int64_t now = sim_now(s->config.engine->sim);
	struct sip_large *l;

	list_each (struct sip_large, old, &s->large, link) {
		if (now - old->t <= SIP_64T1_NS && s->nlarge < SIP_LARGE_MAX)
			break;
		sip_large_free(old);
		s->nlarge--;
	}
	l = mem_zalloc(1, sizeof(*l));
	if (l == NULL) {
		sip_no_memory(s->config.engine);
		return;
	}
	*l = (struct sip_large){ .dst = *dst,
		.bytes = sip_bytes_ref(bytes),
		.fwd = fwd,
		.sent = sent,
		.t = now };
	list_init(&l->link);
	list_append(&s->large, &l->link);
	s->nlarge++;
}

/* 18.1.1: DST takes no TCP, so large requests go there by UDP. */
static void
large_by_udp(struct sip_stack *s, const struct addr *dst)
{
	struct sip_origin why = { RULE_TRANSPORT_FALLBACK, 0 };
	struct addr to = *dst, any = { 0 };

	sip_by_datagram(&to);
	list_each (struct sip_large, l, &s->large, link) {
		if (!addr_eq(&l->dst, dst))
			continue;
		why.fwd = l->fwd;
		sip_send_fit(s, l->bytes, &any, &to, &why, l->sent);
		sip_large_free(l);
		s->nlarge--;
	}
}

/* ---- fields of the message ---- */

/* A, with its port, is an own address. */
static bool
sip_owns(const struct sip_stack *s, const struct addr *a)
{
	return addr_eq(a, &s->config.addr) ||
	       (s->config.owns != NULL && s->config.owns(a, s->config.arg));
}

struct addr
sip_own_in_via(const struct sip_stack *s, const struct msg_via *via)
{
	struct addr a = { 0 };

	if (s->config.sent_by != NULL && str_iis(via->host, s->config.sent_by))
		return s->config.addr;
	if (addr_parse(via->host, &a) == 0) {
		a.port = msg_via_port(via);
		if (sip_owns(s, &a))
			return a;
	}
	return (struct addr){ 0 };
}

struct addr
sip_sent_by(const struct sip_stack *s, const struct msg *m)
{
	struct msg_via via;

	/* A name says nothing of the own address. */
	if (s->config.several && s->config.sent_by == NULL &&
	    msg_top_via(m, &via) == 0)
		return sip_own_in_via(s, &via);
	return (struct addr){ 0 };
}

/* 18.1.1: the sent-by that this stack has given is the address where the
 * response will come to. */
static void
fit_sent_by(const struct sip_stack *s, const struct msg_via *via,
    const struct addr *dst, struct msg_splice *sp)
{
	struct addr own = s->config.facing(dst, s->config.arg);
	struct addr given = sip_own_in_via(s, via);
	LOCAL_BUF text = BUF_INIT;

	if (given.len == 0 || addr_eq(&given, &own) ||
	    s->config.sent_by != NULL)
		return;
	addr_write(&own, &text);
	if (text.err != 0)
		sp->err = text.err;
	else
		msg_splice_replace(sp, via->sent_by, buf_view(&text));
}

/* The top Via names the transport and the address; over a connection it may be
 * offered for the other direction (RFC 5923 8.1). */
static void
fit_via(const struct sip_stack *s, const struct msg *m, const struct addr *dst,
    bool alone, struct msg_splice *sp)
{
	const struct addr_transport_row *row = &addr_transports[dst->transport];
	/* 9.1: that of a CANCEL is the request's that it cancels; one without a
	 * transaction (16.11) has a Via of its own, as its INVITE had. */
	bool mine = alone || m->method != MSG_CANCEL;
	bool choose = s->config.several && mine;
	struct str value = sip_top_via(m), none;
	struct msg_via via;

	/* As it was built. */
	if (!choose && !row->stream && str_starts(value, "SIP/2.0/UDP "))
		return;
	if (row->port != addr_transports[ADDR_DEFAULT].port)
		choose = s->config.facing != NULL && mine;
	if (msg_via_read(value, &via) != 0) {
		sp->err = ERR_SYNTAX;
		return;
	}
	if (choose)
		fit_sent_by(s, &via, dst, sp);
	if (!str_iis(via.transport, row->name))
		msg_splice_replace(sp, via.transport, str_of(row->name));
	if (row->stream && s->config.offer_alias &&
	    !msg_param(via.params, "alias", &none))
		msg_splice_after(sp, value, STR(";alias"));
}

/* ---- overload control: RFC 7339 ---- */

/* Every request says that the stack obeys; a CANCEL and an ACK have the Via of
 * what they belong to. */
static void
offer_overload(const struct msg *m, struct msg_splice *sp)
{
	struct str value = sip_top_via(m), none;
	struct msg_via via;

	if (msg_via_read(value, &via) == 0 &&
	    !msg_param(via.params, "oc", &none))
		msg_splice_after(sp, value, STR(";oc;oc-algo=\"loss\""));
}

/* 5.1: the client has offered an algorithm that is known here. */
static bool
offers_loss(struct str algorithms)
{
	if (algorithms.n >= 2 && algorithms.p[0] == '"')
		algorithms = str_slice(algorithms, 1, algorithms.n - 1);
	while (algorithms.n > 0)
		if (str_iis(str_trim(str_cut(algorithms, ',', &algorithms)),
			"loss"))
			return true;
	return false;
}

/* 5.2: a response fills in what the client has left open: "oc", and of several
 * algorithms the one. */
static void
tell_overload(
    const struct sip_stack *s, const struct msg *m, struct msg_splice *sp)
{
	struct str top = sip_top_via(m), rest, name, value, algorithms;
	LOCAL_BUF params = BUF_INIT, oc = BUF_INIT;
	struct msg_via via;

	if (msg_via_read(top, &via) != 0 ||
	    !msg_param(via.params, "oc", &value) || value.n > 0 ||
	    !msg_param(via.params, "oc-algo", &algorithms) ||
	    !offers_loss(algorithms))
		return;
	buf_printf(&oc, "oc=%u", s->overload->tell(&params, s->overload_arg));
	rest = via.params;
	while (msg_next_param(&rest, &name, &value))
		if (str_iis(name, "oc"))
			msg_splice_replace(sp, name, buf_view(&oc));
	msg_splice_replace(sp, algorithms, STR("\"loss\""));
	msg_splice_after(sp, top, buf_view(&params));
	if (params.err != 0 || oc.err != 0)
		sp->err = ERR_NOMEM;
}

/* 16.6 step 9, 20.14: on a stream the field must be there. */
static void
fit_length(const struct msg *m, struct msg_splice *sp)
{
	LOCAL_BUF line = BUF_INIT;

	if (msg_field(m, MSG_H_CONTENT_LENGTH, 0) != NULL || m->nfields == 0)
		return;
	buf_printf(&line, "Content-Length: %zu\r\n", m->body.n);
	if (line.err != 0)
		sp->err = line.err;
	else
		msg_splice_after(
		    sp, m->fields[m->nfields - 1].line, buf_view(&line));
}

int
sip_fit_transport(struct sip_stack *s, struct sip_bytes *b,
    const struct addr *dst, bool alone, struct sip_bytes **out)
{
	struct sip_engine *e = s->config.engine;
	enum msg_fault fault = sip_own_read(e, b);
	struct msg_splice sp;

	*out = NULL;
	if (fault != MSG_FAULT_NONE && fault != MSG_FAULT_TOO_LARGE)
		return ERR_SYNTAX;
	msg_splice_init(&sp, e->own.bytes);
	if (e->own.request)
		fit_via(s, &e->own, dst, alone, &sp);
	if (s->overload != NULL && e->own.request)
		offer_overload(&e->own, &sp);
	else if (s->overload != NULL)
		tell_overload(s, &e->own, &sp);
	if (addr_transports[dst->transport].framing == ADDR_LENGTH)
		fit_length(&e->own, &sp);
	if (sp.n > 0 || sp.err != 0)
		return sip_bytes_splice(e->sim, &sp, out);
	msg_splice_free(&sp);
	*out = sip_bytes_ref(b);
	return 0;
}

int
sip_rebranch(
    struct sip_stack *s, struct sip_bytes *request, struct sip_bytes **out)
{
	struct sip_engine *e = s->config.engine;
	LOCAL_BUF branch = BUF_INIT;
	struct msg_splice sp;
	struct msg_via via;

	*out = NULL;
	if (sip_own_read(e, request) != MSG_FAULT_NONE ||
	    msg_top_via(&e->own, &via) != 0)
		return ERR_SYNTAX;
	msg_splice_init(&sp, e->own.bytes);
	sip_stack_branch(s, &branch);
	if (branch.err != 0)
		sp.err = branch.err;
	else
		msg_splice_replace(&sp, via.branch, buf_view(&branch));
	return sip_bytes_splice(e->sim, &sp, out);
}

/* ---- where responses go ---- */

/*
 * 18.2.2: to maddr, else to `received` (which 18.2.1 has put in where the host
 * is not the source), else to the host itself; to the sent-by port, but RFC
 * 3581 section 4 prefers rport to it.  A stream knows neither maddr nor rport:
 * the source port of a stream is not listened on.
 */
static int
via_place(const struct msg_via *via, bool stream, struct addr *dst)
{
	struct str host = via->received.n > 0 ? via->received : via->host;
	struct str maddr = stream ? STR_NULL : via->maddr;
	uint32_t port;

	if (maddr.n > 0)
		host = maddr;
	if (addr_parse(host, dst) != 0)
		return ERR_NOTFOUND;
	dst->port = msg_via_port(via);
	if (!stream && maddr.n == 0 && via->rport.n > 0 &&
	    str_u32(via->rport, &port) == 0 && port > 0 && port <= UINT16_MAX)
		dst->port = (uint16_t)port;
	return 0;
}

void
sip_response_destination(const struct sip_stack *s, const struct msg_via *via,
    const struct addr *src, struct addr *dst)
{
	if (addr_is_stream(src))
		*dst = *src;
	else if (sip_seeks_maddr(s, via))
		*dst = (struct addr){ .transport = src->transport };
	else if (via_place(via, false, dst) != 0)
		*dst = *src;
}

int
sip_via_destination(
    const struct sip_stack *s, struct str via_value, struct addr *dst)
{
	struct msg_via via;
	uint8_t by;
	bool stream;

	if (msg_via_read(via_value, &via) != 0)
		return ERR_SYNTAX;
	if (!addr_transport_find(via.transport, &by))
		by = ADDR_DEFAULT;
	stream = addr_transports[by].stream;
	memset(dst, 0, sizeof(*dst));
	if (stream && via_place(&via, false, dst) == 0) {
		dst->transport = by;
		if (s->config.connected(dst, s->config.arg))
			return 0;
	}
	if ((stream || !sip_seeks_maddr(s, &via)) &&
	    via_place(&via, stream, dst) != 0)
		return ERR_NOTFOUND;
	dst->transport = by;
	return 0;
}

bool
sip_detour(struct sip_stack *s, struct sip_transaction *tr, struct addr *dst)
{
	struct sip_engine *e = s->config.engine;
	struct msg_via via;
	struct addr to;

	/* RFC 7118 5.3: by WebSocket there is no other way back. */
	if (!addr_is_stream(dst) ||
	    addr_transports[dst->transport].framing == ADDR_WEBSOCKET ||
	    s->config.connected(dst, s->config.arg) ||
	    msg_top_via(&e->own, &via) != 0 || via_place(&via, true, &to) != 0)
		return false;
	to.transport = dst->transport;
	*dst = to;
	sip_record_detour(s, via.sent_by, dst, RULE_TRANSPORT_RECONNECT);
	if (tr != NULL) {
		tr->peer = to;
		tr->detoured = true;
		sip_response_path_of(tr, &via, &to);
	}
	return true;
}

/* ---- troubles ---- */

/* It is a client's, and no response has come. */
static bool
is_unheard(const struct sip_transaction *tr)
{
	return (tr->machine == SIP_ICT || tr->machine == SIP_NICT) &&
	       (tr->state == STATE_CALLING || tr->state == STATE_TRYING);
}

/*
 * A client transaction that has a response already will get the next one, over
 * another connection if need be (18.2.2).  A server transaction whose
 * connection broke tries another one with its next response; only where that
 * can't be made either has it failed to send.
 */
static bool
is_concerned(const struct sip_transaction *tr, const struct addr *dst,
    enum sip_trouble trouble)
{
	if (!addr_is_stream(&tr->peer) || !addr_eq(&tr->peer, dst))
		return false;
	return is_unheard(tr) || (trouble == SIP_UNREACHABLE && tr->detoured);
}

static void
move_transaction(struct sip_transaction *tr, struct list *to)
{
	list_remove(&tr->link);
	list_append(to, &tr->link);
}

void
sip_stack_trouble(struct sip_stack *s, const struct addr *dst,
    enum sip_trouble trouble, const char *how)
{
	struct sim *sim = s->config.engine->sim;
	uint64_t cause = sim_cause(sim);
	struct list *first;

	ref_keep(s);
	if (trouble == SIP_UNREACHABLE) {
		large_by_udp(s, dst);
		sip_response_paths_fail(s, dst, how);
	}
	/* A callback may end other transactions, or all. */
	list_each (struct sip_transaction, tr, &s->transactions, link)
		if (is_concerned(tr, dst, trouble))
			move_transaction(tr, &s->failing);
	while ((first = list_first(&s->failing)) != NULL) {
		struct sip_transaction *tr =
		    LIST_ENTRY(first, struct sip_transaction, link);

		move_transaction(tr, &s->transactions);
		if (trouble == SIP_FORGOTTEN && !tr->again)
			sip_step_again(tr);
		else if (!sip_response_path_goes_on(tr, how))
			sip_step_trouble(tr, how);
		sim_set_cause(sim, cause);
	}
	ref_drop(s);
}

/* ---- what was sent over a connection that was forgotten ---- */

/* Whether BYTES, a request that E->own reads, may go out once more without a
 * transaction: an ACK, and what a stateless proxy has forwarded. */
static bool
is_alone(const struct msg *m)
{
	return m->method == MSG_ACK || msg_count_values(m, MSG_H_VIA) > 1;
}

static void
request_again(struct sip_stack *s, struct str bytes, const struct addr *dst,
    uint64_t sent)
{
	struct sip_origin why = { RULE_TRANSPORT_AGAIN, 0 };
	const struct msg *m = &s->config.engine->own;
	struct addr from = sip_sent_by(s, m);
	struct sip_transaction *tr = NULL;
	struct msg_via via;

	if (m->method != MSG_ACK && msg_top_via(m, &via) == 0 &&
	    sip_key_client(s, via.branch, m->method_name) == 0)
		tr = map_get(s->clients, buf_view(&s->key));
	if (tr != NULL && is_unheard(tr) && !tr->again)
		sip_step_again(tr);
	else if (tr == NULL && is_alone(m))
		sip_send(s, bytes, &from, dst, &why, sent);
}

/* The server transaction whose response BYTES are, M, or NULL. */
static struct sip_transaction *
find_answered(struct sip_stack *s, const struct msg *m, struct str bytes)
{
	struct sip_transaction *tr = NULL;
	struct msg_cseq cseq;
	struct msg_via via;

	if (msg_top_via(m, &via) == 0 &&
	    msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) == 0 &&
	    sip_key_server(s, m, &via, cseq.method) == 0)
		tr = map_get(s->servers, buf_view(&s->key));
	return tr != NULL && tr->response != NULL &&
		       str_eq(sip_bytes_view(tr->response), bytes)
		   ? tr
		   : NULL;
}

/* 18.2.2 */
static void
response_again(struct sip_stack *s, struct str bytes, const struct addr *dst,
    uint64_t sent)
{
	struct sip_origin why = { RULE_TRANSPORT_AGAIN, 0 };
	struct sip_transaction *tr =
	    find_answered(s, &s->config.engine->own, bytes);
	struct addr to = *dst, any = { 0 };
	bool final = s->config.engine->own.status >= 200;

	if ((tr == NULL || !sip_response_path_is_found(tr)) &&
	    !sip_detour(s, tr, &to))
		return;
	sip_send(s, bytes, tr != NULL ? &tr->local : &any, &to, &why, sent);
	/* A provisional one would come behind the final one. */
	if (tr == NULL && final)
		sip_response_path_keep(s, bytes, &any, &to, &why, sent);
}

void
sip_stack_again(struct sip_stack *s, struct str bytes, const struct addr *dst,
    uint64_t sent)
{
	struct sip_engine *e = s->config.engine;
	LOCAL_REF struct sip_bytes *b = sip_shared_bytes(e, bytes);
	enum msg_fault fault = b != NULL ? sip_own_read(e, b) : MSG_FAULT_EMPTY;

	if (b == NULL)
		sip_no_memory(e);
	ref_keep(s);
	if (fault == MSG_FAULT_NONE && e->own.request)
		request_again(s, sip_bytes_view(b), dst, sent);
	else if (fault == MSG_FAULT_NONE)
		response_again(s, sip_bytes_view(b), dst, sent);
	ref_drop(s);
}
