/* TCP: segments in, RFC 9293 3.10.7, with RFC 5961 3 to 5 against forgeries. */
#include "firmware/net/connection_in.h"

/* ---- reading ---- */

/* The MSS that the options say, 0: none, or they are broken. */
static uint32_t
read_mss(const uint8_t *o, size_t n)
{
	while (n > 0 && o[0] != 0) {
		size_t step = o[0] == 1 ? 1 : n >= 2 ? o[1] : 0;

		if (step == 0 || step > n || (o[0] != 1 && step < 2))
			return 0;
		if (o[0] == 2 && step == 4)
			return get16(o + 2);
		o += step;
		n -= step;
	}
	return 0;
}

bool
tcp_read(const struct packet *p, struct tcp_segment *s)
{
	const uint8_t *b = p->bytes;
	size_t header;

	if (p->n < TCP_HEADER)
		return false;
	header = (size_t)(b[12] >> 4) * 4;
	if (header < TCP_HEADER || header > p->n ||
	    net_sum_end(net_sum(
		net_sum_pseudo(p->src, p->dst, IP_TCP, p->n), b, p->n)) != 0)
		return false;
	*s = (struct tcp_segment){
		.src = p->src,
		.seq = get32(b + 4),
		.ack = get32(b + 8),
		.window = get16(b + 14),
		.src_port = get16(b),
		.dst_port = get16(b + 2),
		.flags = b[13] & 31u,
		.bytes = b + header,
		.n = (uint32_t)(p->n - header),
	};
	if ((s->flags & TCP_SYN) != 0)
		s->mss = read_mss(b + TCP_HEADER, header - TCP_HEADER);
	if (s->mss != 0 && s->mss < TCP_MSS_LEAST)
		s->mss = TCP_MSS_LEAST;
	if (s->mss > TCP_MSS)
		s->mss = TCP_MSS;
	return s->src_port != 0 && s->dst_port != 0;
}

void
tcp_synchronise(struct net_tcp *c, const struct tcp_segment *s)
{
	c->rcv = s->seq + 1;
	c->window = s->window;
	if (s->mss != 0)
		c->mss = s->mss;
}

/* ---- SYN-SENT (3.10.7.3) ---- */

static void
in_syn_sent(struct net_tcp *c, const struct tcp_segment *s)
{
	bool acks = (s->flags & TCP_ACK) != 0;

	if (acks && s->ack != c->nxt) {
		tcp_out_refuse(s);
		return;
	}
	if ((s->flags & TCP_RST) != 0) {
		if (acks)
			tcp_end(c, NET_TCP_RESET);
		return;
	}
	/* Both at once has no use here. */
	if (!acks || (s->flags & TCP_SYN) == 0)
		return;
	tcp_synchronise(c, s);
	c->state = TCP_ESTABLISHED;
	c->una++; /* the SYN has no byte */
	tcp_out_acked(c, s->ack);
	tcp_out_bare(c, 0);
	if (c->ops != NULL && c->ops->connected != NULL)
		c->ops->connected(c, c->arg);
	if (c->state == TCP_ESTABLISHED)
		tcp_out_push(c);
}

/* ---- what every other state does ---- */

/* 3.4: some of it lies within the window. */
static bool
is_acceptable(const struct net_tcp *c, const struct tcp_segment *s)
{
	uint32_t length = s->n + ((s->flags & TCP_FIN) != 0);
	uint32_t first = s->seq - c->rcv, last = first + length - 1;

	return first < TCP_WINDOW || (length > 0 && last < TCP_WINDOW);
}

/* RFC 5961 3.2: exactly the next number, else it may be forged.  True: C is
 * over, or nothing else is to be done. */
static bool
took_reset(struct net_tcp *c, const struct tcp_segment *s)
{
	if ((s->flags & TCP_RST) == 0)
		return false;
	if (s->seq == c->rcv)
		tcp_end(c, NET_TCP_RESET);
	else
		tcp_out_bare(c, 0);
	return true;
}

/* All of ours has come, and our FIN. */
static void
closed_by_us(struct net_tcp *c)
{
	if (c->state == TCP_FIN_WAIT_1) {
		c->state = TCP_FIN_WAIT_2;
		c->due_us = hal_now_us() + TCP_GIVE_UP_US;
	} else if (c->state == TCP_CLOSING) {
		c->state = TCP_TIME_WAIT;
		c->due_us = hal_now_us() + TCP_GIVE_UP_US;
	} else if (c->state == TCP_LAST_ACK) {
		c->state = TCP_FREE;
	}
}

/* 3.10.7.4, fifth: false where the segment goes no further. */
static bool
take_ack(struct net_tcp *c, const struct tcp_segment *s)
{
	if ((s->flags & TCP_ACK) == 0)
		return false;
	if (tcp_before(c->nxt, s->ack)) {
		tcp_out_bare(c, 0); /* of what was never sent */
		return false;
	}
	if (c->state == TCP_SYN_RECEIVED) {
		if (s->ack != c->nxt) {
			tcp_out_refuse(s);
			return false;
		}
		c->state = TCP_ESTABLISHED;
		c->una++; /* the SYN has no byte */
		c->window = s->window;
		tcp_out_acked(c, s->ack);
		tcp_accepted(c);
		return c->state != TCP_FREE;
	}
	c->window = s->window;
	/* 3.8.6.1: who has no room, but says so, is there. */
	if (c->window == 0)
		c->progress_us = hal_now_us();
	if (tcp_before(c->una, s->ack))
		tcp_out_acked(c, s->ack);
	if (c->fin_sent && c->una == c->nxt)
		closed_by_us(c);
	return c->state != TCP_FREE;
}

/* ---- bytes, and the end of them ---- */

static bool
takes_bytes(const struct net_tcp *c)
{
	return c->state == TCP_ESTABLISHED || c->state == TCP_FIN_WAIT_1 ||
	       c->state == TCP_FIN_WAIT_2;
}

/* The other side says no more. */
static void
take_fin(struct net_tcp *c)
{
	const struct net_tcp_ops *ops = c->ops;

	c->rcv++;
	tcp_out_bare(c, 0);
	if (c->state == TCP_FIN_WAIT_1) {
		c->state = TCP_CLOSING;
	} else if (c->state == TCP_FIN_WAIT_2) {
		c->state = TCP_TIME_WAIT;
		c->due_us = hal_now_us() + TCP_GIVE_UP_US;
	} else if (c->state == TCP_ESTABLISHED) {
		/* The user has no more bytes to send than are queued. */
		c->state = TCP_CLOSE_WAIT;
		c->ops = NULL;
		c->fin = true;
		tcp_out_push(c);
		if (ops != NULL)
			ops->ended(c, NET_TCP_CLOSED, c->arg);
	}
}

/* Takes the new bytes of S, where none before them are missing. */
static void
take_new_bytes(struct net_tcp *c, const struct tcp_segment *s)
{
	uint32_t known = c->rcv - s->seq, n = s->n;
	bool fin = (s->flags & TCP_FIN) != 0;

	if (n == 0 && !fin)
		return;
	c->ack_wanted = true;
	if (!takes_bytes(c) || known > n + (fin ? 1 : 0))
		return;
	if (known > n)
		return; /* the FIN as well, is known */
	n -= known;
	c->rcv += n;
	if (n > 0 && c->ops != NULL && c->ops->received != NULL)
		c->ops->received(c, s->bytes + known, n, c->arg);
	if (fin && takes_bytes(c))
		take_fin(c);
}

void
tcp_in(struct net_tcp *c, const struct tcp_segment *s)
{
	if (c->state == TCP_SYN_SENT) {
		in_syn_sent(c, s);
		return;
	}
	if (!is_acceptable(c, s)) {
		if ((s->flags & TCP_RST) == 0)
			tcp_out_bare(c, 0);
		return;
	}
	if (took_reset(c, s))
		return;
	if ((s->flags & TCP_SYN) != 0) {
		tcp_out_bare(c, 0); /* RFC 5961 4.2 */
		return;
	}
	if (!take_ack(c, s))
		return;
	take_new_bytes(c, s);
	if (c->state == TCP_FREE)
		return;
	tcp_out_push(c);
	if (c->ack_wanted)
		tcp_out_bare(c, 0);
}
