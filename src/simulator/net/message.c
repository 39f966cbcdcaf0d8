/*
 * Whole messages, whatever carries them: the records of their sending and
 * arrival, and the fault that strikes in between.
 */
#include "net/net_in.h"

#include <string.h>

void
net_addr_text(struct net *n, const struct addr *a, char text[ADDR_TEXT])
{
	buf_clear(&n->text);
	addr_write(a, &n->text);
	memcpy(text, buf_cstr(&n->text), n->text.n + 1);
}

void
net_host_text(struct net *n, struct net_host *host, const struct addr *a,
    char text[ADDR_TEXT])
{
	if (host == NULL || a->len == 0) {
		net_addr_text(n, a, text);
		return;
	}
	if (!addr_eq(&host->named, a)) {
		net_addr_text(n, a, host->named_text);
		host->named = n->text.err == 0 ? *a : (struct addr){ 0 };
	}
	memcpy(text, host->named_text, ADDR_TEXT);
}

struct addr
net_source_addr(
    struct net_host *h, const struct addr *dst, uint16_t port, bool *ok)
{
	struct addr a = { 0 };

	if (h->naddrs > 0)
		a = h->addrs[net_host_facing(h, dst)];
	*ok = h->naddrs > 0 && a.len == dst->len;
	a.port = port;
	return a;
}

void
net_message_tamper(struct net *n, const struct net_passage *way,
    struct str bytes, const struct trace_message *m, uint64_t seq,
    struct net_verdict *v)
{
	struct net_sent sent = { way->from->name,
		way->to != NULL ? way->to->name : NULL, bytes, m, seq,
		way->dst };

	if (n->tamper == NULL)
		return;
	n->tamper(&sent, v, n->tamper_arg);
	if (v->bytes.err != 0)
		net_fail(n);
}

uint64_t
net_message_send(struct net *n, const struct net_passage *way, struct str bytes,
    const struct trace_message *m, enum rule_id why, struct net_verdict *v,
    uint64_t *old)
{
	struct trace_writer *t = sim_trace(n->sim);
	const char *src = way->from->name;
	const char *dst = way->to != NULL ? way->to->name : NULL;
	uint64_t seq;

	sim_open(n->sim, TRACE_SEND, src, why);
	trace_put_cstr(t, "src", src);
	if (dst != NULL)
		trace_put_cstr(t, "dst", dst);
	trace_put_cstr(t, "src_addr", way->src);
	trace_put_cstr(t, "dst_addr", way->dst);
	trace_put_cstr(t, "transport", way->transport);
	if (m != NULL)
		trace_put_message(t, m);
	trace_put_int(t, "size", (int64_t)bytes.n);
	trace_put_bytes(t, bytes);
	seq = trace_close(t);
	*old = sim_set_cause(n->sim, seq);
	net_message_tamper(n, way, bytes, m, seq, v);
	return seq;
}

uint64_t
net_message_recv(struct net *n, const struct net_passage *way, uint64_t of,
    uint64_t cause, struct str bytes)
{
	struct trace_writer *t = sim_trace(n->sim);
	uint64_t seq;

	trace_open(
	    t, TRACE_RECV, sim_now(n->sim), way->to->name, cause, RULE_NONE);
	trace_put_int(t, "of", (int64_t)of);
	trace_put_cstr(t, "src_addr", way->src);
	trace_put_cstr(t, "dst_addr", way->dst);
	if (bytes.p != NULL)
		trace_put_bytes(t, bytes);
	seq = trace_close(t);
	sim_set_cause(n->sim, seq);
	return seq;
}
