/*
 * TCP's output: messages one behind the other, in segments that fit the path,
 * no more than a window ahead of the last acknowledgement (RFC 9293 3.8),
 * repeated when the retransmission timer fires (RFC 6298) or three duplicate
 * acknowledgements tell of a hole (RFC 5681 3.2); further holes are filled one
 * by one as acknowledgements tell of them (RFC 6582).
 */
#include "net/tcp_in.h"

#include "base/bisect.h"
#include "base/mem.h"

#include <string.h>

/* Bytes that one segment to the other side may carry. */
static uint64_t
segment_size(struct net_conn *c)
{
	uint32_t mtu = net_path_mtu(c->host, &c->remote);
	uint32_t headers = NET_TCP_HEADER;

	headers += c->remote.len == 4 ? NET_IPV4_HEADER : NET_IPV6_HEADER;
	return mtu > headers ? mtu - headers : TCP_MSS;
}

static const struct tcp_message *
tcp_send_message_of(const struct net_conn *c, size_t i)
{
	return tcp_row_at(&c->messages, sizeof(struct tcp_message), i);
}

/* The message with byte AT of the stream, which is not acknowledged. */
static const struct tcp_message *
tcp_send_message_at(const struct net_conn *c, uint64_t at)
{
	size_t i;

	BISECT(i, 0, c->messages.n, tcp_send_message_of(c, i)->end <= at);
	return tcp_send_message_of(c, i);
}

/* Whether something is to be acknowledged. */
static bool
outstanding(const struct net_conn *c)
{
	return c->state == TCP_CONNECTING || c->state == TCP_ACCEPTING ||
	       c->una < c->nxt || (c->fin_sent && !c->fin_acked);
}

/* What repeats it, and what it ends by. */
static uint64_t
present_cause(const struct net_conn *c)
{
	if (c->una < c->nxt)
		return tcp_send_message_at(c, c->una)->cause;
	return c->fin_sent ? c->fin_cause : c->cause;
}

/* The first bytes that are not acknowledged, again; or the FIN. */
static void
repeat_first(struct net_conn *c)
{
	const struct tcp_message *m;
	uint64_t size, end;

	c->timing = false; /* RFC 6298 3: Karn's algorithm */
	if (c->una == c->nxt) {
		if (c->fin_sent && !c->fin_acked)
			net_conn_segment(
			    c, TCP_FIN | TCP_ACK, "fin ack retx", c->fin_cause);
		return;
	}
	m = tcp_send_message_at(c, c->una);
	size = segment_size(c);
	end = m->end < c->nxt ? m->end : c->nxt;
	if (end - c->una < size)
		size = end - c->una;
	net_conn_data(c, m, c->una, (size_t)size, true);
}

/* Breaks it off, where a fault wants that and it has come so far. */
static bool
cut_connection(struct net_conn *c)
{
	if (!c->cut || c->state != TCP_OPEN || c->una < c->cut_at)
		return false;
	sim_set_cause(c->host->net->sim, c->cut_cause);
	net_conn_segment(c, TCP_RST, "rst", c->cut_cause);
	net_conn_die(c, NET_CLOSE_RESET);
	return true;
}

/* All that was sent by now may have to be repeated. */
static void
recover_hole(struct net_conn *c)
{
	c->recovering = true;
	c->recover = c->nxt + c->fin_sent;
	repeat_first(c);
}

static void
tcp_send_time_out(void *arg)
{
	struct net_conn *c = arg;
	struct sim *sim = c->host->net->sim;

	c->timer = 0;
	net_conn_enter(c);
	sim_set_cause(sim, present_cause(c));
	if (c->no_path) {
		net_conn_die(c, NET_CLOSE_NO_PATH);
	} else if (sim_now(sim) - c->progress_ns >= TCP_GIVE_UP) {
		net_conn_die(c, NET_CLOSE_TIMEOUT);
	} else {
		c->tries++;
		c->dup_acks = 0;
		if (c->state == TCP_CONNECTING) {
			net_conn_segment(c, TCP_SYN, "syn retx", c->cause);
		} else if (c->state == TCP_ACCEPTING) {
			net_conn_segment(
			    c, TCP_SYN | TCP_ACK, "syn ack retx", c->cause);
		} else {
			recover_hole(c);
		}
		net_conn_arm(c);
	}
	net_conn_leave(c);
}

void
net_conn_arm(struct net_conn *c)
{
	struct sim *sim = c->host->net->sim;
	int64_t last = c->progress_ns + TCP_GIVE_UP;
	int64_t due = c->rto_ns;

	sim_cancel(sim, c->timer);
	c->timer = 0;
	if (!outstanding(c))
		return;
	/* RFC 6298 5.5: the timer backs off */
	for (unsigned i = 0; i < c->tries && due < TCP_RTO_MOST; i++)
		due *= 2;
	due = sim_now(sim) + (due < TCP_RTO_MOST ? due : TCP_RTO_MOST);
	if (c->no_path)
		due = 0;
	c->timer = sim_at(
	    sim, due < last ? due : last, c->host->name, tcp_send_time_out, c);
}

/* RFC 6298 2.2, 2.3 */
static void
sample_rtt(struct net_conn *c, int64_t r)
{
	int64_t off = c->srtt_ns > r ? c->srtt_ns - r : r - c->srtt_ns;

	if (c->srtt_ns == 0) {
		c->srtt_ns = r;
		c->rttvar_ns = r / 2;
	} else {
		c->rttvar_ns += (off - c->rttvar_ns) / 4;
		c->srtt_ns += (r - c->srtt_ns) / 8;
	}
	c->rto_ns = c->srtt_ns + 4 * c->rttvar_ns;
	if (c->rto_ns < TCP_RTO_LEAST)
		c->rto_ns = TCP_RTO_LEAST;
	if (c->rto_ns > TCP_RTO_MOST)
		c->rto_ns = TCP_RTO_MOST;
}

void
net_conn_measured(struct net_conn *c)
{
	struct sim *sim = c->host->net->sim;
	int64_t now = sim_now(sim);

	/* RFC 6298 5.7 */
	if (c->tries > 0)
		c->rto_ns = TCP_RTO_LATE;
	else
		sample_rtt(c, now - c->progress_ns);
	c->tries = 0;
	c->progress_ns = now;
	net_conn_arm(c);
}

static void
do_work(void *arg)
{
	struct net_conn *c = arg;

	net_conn_enter(c);
	c->work = 0;
	if (!cut_connection(c))
		net_conn_push(c);
	net_conn_hold(c);
	net_conn_leave(c);
}

static void
plan_work(struct net_conn *c, int64_t t_ns)
{
	struct sim *sim = c->host->net->sim;

	sim_cancel(sim, c->work);
	c->work = sim_at(sim, t_ns, c->host->name, do_work, c);
}

/* One segment more; false where nothing may be sent at present. */
static bool
tcp_send_push_one(struct net_conn *c, uint64_t size)
{
	const struct tcp_message *m = tcp_send_message_at(c, c->nxt);
	struct sim *sim = c->host->net->sim;
	uint64_t end = m->end, window = c->una + TCP_WINDOW;

	if (m->not_before_ns > sim_now(sim)) {
		plan_work(c, m->not_before_ns);
		return false;
	}
	if (c->cut && c->cut_at < end)
		end = c->cut_at;
	if (end > c->nxt + size)
		end = c->nxt + size;
	/* RFC 9293 3.8.6.2.1: no small segment because the window is small */
	if (end <= c->nxt || (end > window && c->una < c->nxt))
		return false;
	if (end > window)
		end = window;
	if (!c->timing) {
		c->timing = true;
		c->timed = end;
		c->timed_ns = sim_now(sim);
	}
	net_conn_data(c, m, c->nxt, (size_t)(end - c->nxt), false);
	c->nxt = end;
	return true;
}

void
net_conn_push(struct net_conn *c)
{
	bool idle = !outstanding(c);
	uint64_t size;

	if (c->state != TCP_OPEN)
		return;
	if (idle) {
		c->progress_ns = sim_now(c->host->net->sim);
		c->tries = 0;
	}
	size = c->nxt < c->out_end ? segment_size(c) : 0;
	while (c->nxt < c->out_end && tcp_send_push_one(c, size)) {
	}
	if (c->fin && !c->fin_sent && c->nxt == c->out_end && !c->cut) {
		c->fin_sent = true;
		net_conn_segment(c, TCP_FIN | TCP_ACK, "fin ack", c->fin_cause);
	}
	if (idle)
		net_conn_arm(c);
}

/* All before ACK needs no repetition. */
static void
forget_before(struct net_conn *c, uint64_t ack)
{
	tcp_bytes_drop(&c->out, (size_t)(ack - c->una));
	c->una = ack;
	while (c->messages.n > 0) {
		const struct tcp_message *m =
		    tcp_row_at(&c->messages, sizeof(*m), 0);

		if (m->end > ack)
			break;
		tcp_row_drop(&c->messages);
	}
	c->mixed = c->mixed && c->messages.n > 0;
}

static void
tcp_send_note_progress(struct net_conn *c, uint64_t ack)
{
	int64_t now = sim_now(c->host->net->sim);

	c->progress_ns = now;
	c->tries = 0;
	c->dup_acks = 0;
	if (c->timing && ack >= c->timed) {
		c->timing = false;
		sample_rtt(c, now - c->timed_ns);
	}
	forget_before(c, ack < c->out_end ? ack : c->out_end);
	if (c->recovering && c->una >= c->recover)
		c->recovering = false;
	else if (c->recovering)
		repeat_first(c);
	net_conn_arm(c);
}

void
net_conn_acked(struct net_conn *c, uint64_t ack, bool bare)
{
	bool fin = c->fin_sent && ack == c->out_end + 1;

	if (c->state != TCP_OPEN || ack > c->nxt + fin)
		return;
	if (fin)
		c->fin_acked = true;
	if (ack > c->una) {
		tcp_send_note_progress(c, ack);
		if (cut_connection(c))
			return;
		net_conn_push(c);
	} else if (bare && ack == c->una && c->una < c->nxt) {
		if (++c->dup_acks == TCP_DUP_ACKS && !c->recovering) {
			recover_hole(c);
		}
	}
	if (fin && c->far_fin && c->passive)
		net_conn_bury(c); /* RFC 9293 3.6: LAST-ACK is over */
	else if (fin)
		net_conn_wait(c);
}

/* M is sent behind all else, as the verdict has it. */
static void
queue_message(struct net_conn *c, struct str bytes, uint64_t send,
    const struct net_verdict *v, const struct net_wrapping *w)
{
	struct sim *sim = c->host->net->sim;
	uint64_t cause = v->fault != 0 ? v->fault
			 : send != 0   ? send
				       : sim_cause(sim);
	struct str own = v->changed ? buf_view(&v->bytes) : bytes;
	struct tcp_message m = { .start = c->out_end,
		.send = send,
		.cause = cause,
		.changed = !str_eq(own, bytes),
		.drop = v->drop };
	struct tcp_message *place = NULL;
	size_t begin = c->out.b.n, n;

	if (v->gone) {
		uint64_t old = sim_set_cause(sim, cause);

		net_conn_lose(c, send, TRACE_DROP_FAULT);
		sim_set_cause(sim, old);
		return;
	}
	if (v->delay_ns > 0)
		m.not_before_ns = v->delay_ns < INT64_MAX - sim_now(sim)
				      ? sim_now(sim) + v->delay_ns
				      : INT64_MAX;
	if (w == NULL || w->wrap == NULL)
		buf_str(&c->out.b, own);
	else if (w->wrap(own, m.changed, &c->out.b, w->arg) != 0)
		net_fail(c->host->net);
	n = c->out.b.n - begin;
	m.end = m.start + n;
	if (n > 0) {
		place = tcp_row_add(&c->messages, sizeof(m));
		if (c->out.b.err != 0 || place == NULL) {
			net_fail(c->host->net);
			return;
		}
		*place = m;
		c->out_end = m.end;
	}
	if (v->cut && !c->cut) {
		c->cut = true;
		c->cut_at = m.start + (v->cut_at < n ? v->cut_at : n);
		c->cut_cause = cause;
		/* not before the sender knows that it has sent */
		if (c->una >= c->cut_at)
			plan_work(c, sim_now(sim));
	}
}

/* ---- messages that wait ---- */

static void
tcp_send_drop_waiting(struct tcp_waiting *e)
{
	list_remove(&e->link);
	buf_free(&e->verdict.bytes);
	mem_free(e);
}

void
net_conn_drop_waiting(struct net_conn *c)
{
	list_each (struct tcp_waiting, e, &c->waiting, link)
		tcp_send_drop_waiting(e);
}

void
net_conn_lose_waiting(struct net_conn *c)
{
	list_each (struct tcp_waiting, e, &c->waiting, link) {
		net_conn_lose(c, e->send, TRACE_DROP_NO_CONNECTION);
		tcp_send_drop_waiting(e);
	}
}

/* Takes the bytes of V. */
static void
keep_waiting(struct net_conn *c, struct str bytes, uint64_t send,
    struct net_verdict *v, const struct net_wrapping *w)
{
	struct tcp_waiting *e = mem_alloc(sizeof(*e) + bytes.n);

	if (e == NULL) {
		net_fail(c->host->net);
		return;
	}
	*e = (struct tcp_waiting){
		.wrapping = *w, .verdict = *v, .send = send, .n = bytes.n
	};
	memcpy(e->bytes, bytes.p, bytes.n);
	v->bytes = BUF_INIT;
	list_init(&e->link);
	list_append(&c->waiting, &e->link);
}

void
net_tcp_release(struct net_conn *c)
{
	net_conn_enter(c);
	list_each (struct tcp_waiting, e, &c->waiting, link) {
		c->mixed = true;
		queue_message(c, (struct str){ e->bytes, e->n }, e->send,
		    &e->verdict, &e->wrapping);
		tcp_send_drop_waiting(e);
	}
	net_conn_push(c);
	net_conn_hold(c);
	net_conn_leave(c);
}

/* ---- */

uint64_t
net_tcp_send(struct net_conn *c, struct str bytes,
    const struct trace_message *m, enum rule_id why)
{
	return net_tcp_send_wrapped(c, bytes, m, why, NULL);
}

uint64_t
net_tcp_send_wrapped(struct net_conn *c, struct str bytes,
    const struct trace_message *m, enum rule_id why,
    const struct net_wrapping *w)
{
	struct net *n = c->host->net;
	struct net_passage way = { c->host,
		net_nat_behind(net_by_addr(n, &c->remote), true, &c->remote),
		c->local_text, c->remote_text,
		addr_transports[c->remote.transport].word };
	struct net_verdict v = { .bytes = BUF_INIT };
	uint64_t seq, old;

	if (!c->user || c->state == TCP_DEAD)
		return sim_cause(n->sim);
	net_conn_enter(c);
	seq = net_message_send(n, &way, bytes, m, why, &v, &old);
	if (c->user && c->state != TCP_DEAD) {
		if (w != NULL && w->waits)
			keep_waiting(c, bytes, seq, &v, w);
		else
			queue_message(c, bytes, seq, &v, w);
		net_conn_push(c);
		net_conn_hold(c);
	}
	buf_free(&v.bytes);
	net_conn_leave(c);
	sim_set_cause(n->sim, old);
	return seq;
}

void
net_tcp_send_folded(struct net_conn *c, struct str bytes,
    const struct trace_message *m, const struct net_wrapping *w)
{
	struct net *n = c->host->net;
	struct net_passage way = { c->host,
		net_nat_behind(net_by_addr(n, &c->remote), true, &c->remote),
		c->local_text, c->remote_text,
		addr_transports[c->remote.transport].word };
	struct net_verdict v = { .bytes = BUF_INIT };
	uint64_t old = sim_cause(n->sim);

	if (!c->user || c->state == TCP_DEAD)
		return;
	net_conn_enter(c);
	net_message_tamper(n, &way, bytes, m, 0, &v);
	if (c->user && c->state != TCP_DEAD) {
		queue_message(c, bytes, 0, &v, w);
		net_conn_push(c);
		net_conn_hold(c);
	}
	buf_free(&v.bytes);
	net_conn_leave(c);
	sim_set_cause(n->sim, old);
}
