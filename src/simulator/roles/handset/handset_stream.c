/* Segments to the board; see handset_stream_in.h. */
#include "roles/handset/handset_stream_in.h"

#include <string.h>

#define MSS        (FRAME_MTU - 40u)
#define FLIGHT     (4 * MSS) /* as many frames as the controller has room for */
#define RTO_NS     SIM_S
#define RTO_MOST   (16 * SIM_S) /* less than what follows */
#define GIVE_UP_NS (20 * SIM_S)

static void
give_segment(struct handset_stream *s, uint32_t seq, unsigned flags,
    struct str bytes, int64_t *after_ns)
{
	struct frame_content content = {
		.src = s->far,
		.dst = *node_addr(s->h->node),
		.proto = FRAME_TCP,
		.seq = seq,
		.ack = s->rcv,
		.flags = (uint8_t)flags,
		.bytes = bytes,
	};

	content.dst.port = s->own_port;
	if (s->state != STREAM_OFFERED)
		content.flags |= FRAME_ACK;
	handset_net_give(s->h, &content, s->cause, after_ns);
}

void
stream_bare(struct handset_stream *s, unsigned flags)
{
	int64_t after_ns = 0;

	give_segment(s, s->nxt, flags, STR(""), &after_ns);
}

void
stream_refuse(struct handset *h, const struct datagram *d)
{
	uint32_t end = d->seq + (uint32_t)d->payload.n +
		       ((d->flags & TCP_SYN) != 0) +
		       ((d->flags & TCP_FIN) != 0);
	struct frame_content content = {
		.src = { .len = 4, .port = d->port[1] },
		.dst = *node_addr(h->node),
		.proto = FRAME_TCP,
		.ack = end,
		.flags = FRAME_RST | FRAME_ACK,
		.bytes = STR(""),
	};
	int64_t after_ns = 0;

	memcpy(content.src.ip, d->ip[1], 4);
	content.dst.port = d->port[0];
	if ((d->flags & TCP_ACK) != 0) {
		content.seq = d->ack;
		content.flags = FRAME_RST;
	}
	handset_net_give(h, &content, h->cause, &after_ns);
}

/* ---- the timer ---- */

static void on_again(void *arg);

static void
handset_stream_arm_repetition(struct handset_stream *s)
{
	if (s->again == 0)
		s->again = node_after(s->h->node, s->rto_ns, on_again, s);
}

void
stream_stop(struct handset_stream *s)
{
	sim_cancel(node_sim(s->h->node), s->again);
	s->again = 0;
}

/* It was silent: the time that it may go on without progress begins. */
static void
begin_progress(struct handset_stream *s)
{
	if (s->again != 0)
		return;
	s->progress_ns = sim_now(node_sim(s->h->node));
	s->rto_ns = RTO_NS;
}

static bool
has_unacked(const struct handset_stream *s)
{
	return s->out.n > 0 || (s->fin && !s->fin_acked);
}

/* RFC 9293 3.8.6.1: also into a window that is closed, a byte. */
static void
probe_window(struct handset_stream *s)
{
	int64_t after_ns = 0;

	give_segment(s, s->una, FRAME_PSH, str_slice(buf_view(&s->out), 0, 1),
	    &after_ns);
	s->nxt = s->una + 1;
	if ((int32_t)(s->sent_to - s->nxt) < 0)
		s->sent_to = s->nxt;
}

static void
on_again(void *arg)
{
	struct handset_stream *s = arg;

	s->again = 0;
	if (sim_now(node_sim(s->h->node)) - s->progress_ns >= GIVE_UP_NS) {
		stream_given_up(s);
		return;
	}
	s->rto_ns = s->rto_ns < RTO_MOST / 2 ? s->rto_ns * 2 : RTO_MOST;
	handset_stream_arm_repetition(s);
	if (s->state != STREAM_OPEN) {
		stream_synchronise(s);
		return;
	}
	s->nxt = s->una;
	s->fin_sent = false;
	if (s->window == 0 && s->out.n > 0)
		probe_window(s);
	else
		stream_push(s);
}

/* ---- sending ---- */

void
stream_synchronise(struct handset_stream *s)
{
	int64_t after_ns = 0;

	begin_progress(s);
	give_segment(s, s->una, FRAME_SYN, STR(""), &after_ns);
	s->nxt = s->sent_to = s->una + 1;
	handset_stream_arm_repetition(s);
}

void
stream_push(struct handset_stream *s)
{
	size_t most = s->window < FLIGHT ? s->window : FLIGHT;
	size_t off = s->nxt - s->una, n;
	int64_t after_ns = 0;

	if (s->state != STREAM_OPEN || s->fin_sent || !has_unacked(s))
		return;
	begin_progress(s);
	while (off < s->out.n && off < most) {
		n = s->out.n - off < MSS ? s->out.n - off : MSS;
		if (n > most - off)
			n = most - off;
		give_segment(s, s->nxt, FRAME_PSH,
		    str_slice(buf_view(&s->out), off, off + n), &after_ns);
		s->nxt += (uint32_t)n;
		off += n;
	}
	if (s->fin && off == s->out.n) {
		give_segment(s, s->nxt, FRAME_FIN, STR(""), &after_ns);
		s->nxt++;
		s->fin_sent = true;
	}
	if ((int32_t)(s->sent_to - s->nxt) < 0)
		s->sent_to = s->nxt;
	handset_stream_arm_repetition(s);
}

bool
stream_acked(struct handset_stream *s, uint32_t ack)
{
	uint32_t n = ack - s->una;

	if (n > s->sent_to - s->una)
		return (int32_t)n < 0; /* of long ago, or of what never went */
	/* RFC 9293 3.8.6.1: who keeps its window closed, and says so, is there.
	 */
	if (n == 0 && s->window == 0)
		s->progress_ns = sim_now(node_sim(s->h->node));
	if (n == 0)
		return true;
	if (n > s->out.n) {
		s->fin_acked = true;
		n = (uint32_t)s->out.n;
	}
	if (n > 0)
		memmove(s->out.p, s->out.p + n, s->out.n - n);
	buf_truncate(&s->out, s->out.n - n);
	s->una = ack;
	if ((int32_t)(s->nxt - s->una) < 0)
		s->nxt = s->una;
	stream_stop(s);
	begin_progress(s);
	if (has_unacked(s))
		handset_stream_arm_repetition(s);
	return true;
}
