/*
 * TCP: segments out.  SND.UNA is the number of the first byte in `out`; a SYN
 * counts as one number before them, a FIN as one behind (RFC 9293 3.4).
 */
#include "firmware/net/connection_in.h"

#include <string.h>

/* ---- one segment ---- */

static void
put_header(uint8_t *h, uint16_t from, uint16_t to, uint32_t seq, uint32_t ack,
    unsigned flags)
{
	memset(h, 0, TCP_HEADER);
	put16(h, from);
	put16(h + 2, to);
	put32(h + 4, seq);
	put32(h + 8, (flags & TCP_ACK) != 0 ? ack : 0);
	h[12] = TCP_HEADER / 4 << 4;
	h[13] = (uint8_t)flags;
	put16(h + 14, TCP_WINDOW);
}

static void
send_segment(uint32_t dst, uint8_t *bytes, size_t n)
{
	put16(bytes + 16,
	    net_sum_end(
		net_sum(net_sum_pseudo(net_if.ip, dst, IP_TCP, n), bytes, n)));
	/* A segment that does not go now is retransmitted, as lost ones are. */
	(void)net_ip_send(dst, IP_TCP, bytes, n);
}

/* FLAGS from the number SEQ on, and N bytes of `out` from OFF on. */
static void
segment(struct net_tcp *c, uint32_t seq, unsigned flags, size_t off, size_t n)
{
	uint8_t bytes[TCP_HEADER + 4 + TCP_MSS];
	size_t header = TCP_HEADER;

	if (c->state != TCP_SYN_SENT)
		flags |= TCP_ACK;
	put_header(bytes, c->own_port, c->port, seq, c->rcv, flags);
	if ((flags & TCP_SYN) != 0) {
		put32(bytes + header, 2u << 24 | 4u << 16 | TCP_MSS);
		header += 4;
		bytes[12] = (uint8_t)(header / 4 << 4);
	}
	memcpy(bytes + header, c->out + off, n);
	c->ack_wanted = false;
	c->cause = hal_cause();
	send_segment(c->ip, bytes, header + n);
}

void
tcp_out_bare(struct net_tcp *c, unsigned flags)
{
	segment(c, c->nxt, flags, 0, 0);
}

void
tcp_out_refuse(const struct tcp_segment *s)
{
	uint8_t bytes[TCP_HEADER];
	uint32_t end = s->seq + s->n + ((s->flags & TCP_SYN) != 0) +
		       ((s->flags & TCP_FIN) != 0);

	if ((s->flags & TCP_RST) != 0)
		return;
	if ((s->flags & TCP_ACK) != 0)
		put_header(bytes, s->dst_port, s->src_port, s->ack, 0, TCP_RST);
	else
		put_header(
		    bytes, s->dst_port, s->src_port, 0, end, TCP_RST | TCP_ACK);
	put16(bytes + 14, 0);
	send_segment(s->src, bytes, sizeof(bytes));
}

/* ---- all that may go ---- */

/* The timer, which also ends what gets no further. */
static void
set_timer(struct net_tcp *c)
{
	uint64_t end = c->progress_us + TCP_GIVE_UP_US;

	c->due_us = hal_now_us() + c->rto_us;
	if (c->due_us > end)
		c->due_us = end;
}

static void
arm(struct net_tcp *c)
{
	if (c->una != c->nxt || c->n > 0)
		set_timer(c);
	else
		c->due_us = UINT64_MAX;
}

/* It was silent before: the time that it may go on without progress begins. */
static void
begin(struct net_tcp *c)
{
	if (c->due_us != UINT64_MAX)
		return;
	c->progress_us = hal_now_us();
	c->rto_us = TCP_RTO_US;
}

/* A state that may send bytes, or a FIN behind them. */
static bool
may_send(const struct net_tcp *c)
{
	return c->state == TCP_ESTABLISHED || c->state == TCP_CLOSE_WAIT ||
	       c->state == TCP_FIN_WAIT_1 || c->state == TCP_CLOSING ||
	       c->state == TCP_LAST_ACK;
}

static void
send_syn(struct net_tcp *c)
{
	begin(c);
	segment(c, c->una, TCP_SYN, 0, 0);
	c->nxt = c->una + 1;
	arm(c);
}

static void
send_fin(struct net_tcp *c)
{
	segment(c, c->nxt, TCP_FIN, 0, 0);
	c->nxt++;
	c->fin_sent = true;
	if (c->state == TCP_ESTABLISHED)
		c->state = TCP_FIN_WAIT_1;
	else if (c->state == TCP_CLOSE_WAIT)
		c->state = TCP_LAST_ACK;
}

/* How many bytes of `out` may be under way. */
static size_t
flight(const struct net_tcp *c)
{
	size_t most = TCP_FLIGHT * c->mss;

	return c->window < most ? c->window : most;
}

void
tcp_out_push(struct net_tcp *c)
{
	size_t most = flight(c), off = c->nxt - c->una - c->fin_sent, n;

	if (c->state == TCP_SYN_SENT || c->state == TCP_SYN_RECEIVED) {
		if (c->nxt == c->una)
			send_syn(c);
		return;
	}
	if (!may_send(c))
		return;
	begin(c);
	while (off < c->n && off < most && !c->fin_sent) {
		n = c->n - off < c->mss ? c->n - off : c->mss;
		if (n > most - off)
			n = most - off;
		segment(c, c->nxt, off + n == c->n ? TCP_PSH : 0, off, n);
		c->nxt += (uint32_t)n;
		off += n;
	}
	if (c->fin && !c->fin_sent && off == c->n)
		send_fin(c);
	if (c->due_us == UINT64_MAX)
		arm(c);
}

/* RFC 9293 3.8.6.1: also into a window that is closed, a byte. */
void
tcp_out_again(struct net_tcp *c)
{
	size_t n = c->n < c->mss ? c->n : c->mss;

	if (c->state == TCP_SYN_SENT || c->state == TCP_SYN_RECEIVED) {
		segment(c, c->una, TCP_SYN, 0, 0);
	} else if (n > 0) {
		if (n > c->window)
			n = c->window > 0 ? c->window : 1;
		segment(c, c->una, TCP_PSH, 0, n);
		if (tcp_before(c->nxt, c->una + (uint32_t)n))
			c->nxt = c->una + (uint32_t)n;
	} else if (c->fin_sent) {
		segment(c, c->una, TCP_FIN, 0, 0);
	}
	set_timer(c);
}

void
tcp_out_acked(struct net_tcp *c, uint32_t ack)
{
	size_t n = ack - c->una;

	if (n > c->n)
		n = c->n; /* the FIN has no byte */
	memmove(c->out, c->out + n, c->n - n);
	c->n -= n;
	c->una = ack;
	c->rto_us = TCP_RTO_US;
	c->progress_us = hal_now_us();
	arm(c);
	/* What was under way when it was retransmitted may be lost as well. */
	if (tcp_before(c->una, c->recover))
		tcp_out_again(c);
}
