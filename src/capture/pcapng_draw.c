/*
 * Packets that no record tells of: where a trace has messages alone, and of
 * what a node sends to itself.  Each message, and each copy of one, crosses
 * the links between its ends in the time that its records say, divided as the
 * links' delays are; what was lost gets as far as the record of its loss says.
 *
 * Of TCP (RFC 9293) the rest is what a connection does that loses nothing: it
 * is opened when the first message waits for it, which arrives three passages
 * later; what comes is acknowledged at once; at the trace's end it is closed.
 */
#include "capture/pcapng_transit.h"

/* A connection that is refused at once is told apart from one that nobody
 * answered (20 s) by this. */
#define REFUSED_NS INT64_C(2000000000)

static struct pcapng_journey *
journey(struct pcapng *p, uint32_t number)
{
	return number != 0 ? ROW(p->journeys, struct pcapng_journey, number - 1)
			   : NULL;
}

/* Where the drop REC stops its message; false where it never set out. */
static bool
read_stop(struct pcapng *p, const struct trace_rec *rec, struct transit_stop *s)
{
	struct str link;
	bool back;
	uint32_t n;

	*s = (struct transit_stop){ .at_node = rec->node.n > 0 };
	if (str_is(trace_str(rec, "reason", &p->scratch), "fault"))
		return false;
	if (s->at_node) {
		s->node = pcapng_node(p, rec->node);
		return true;
	}
	link = trace_str(rec, "link", &p->scratch);
	if (link.n == 0)
		return true;
	n = pcapng_link_named(p, link, &back);
	if (n == 0)
		return false;
	s->at_link = true;
	s->a = back ? pcapng_link(p, n)->b : pcapng_link(p, n)->a;
	s->b = back ? pcapng_link(p, n)->a : pcapng_link(p, n)->b;
	return true;
}

static struct transit
transit_of(struct pcapng *p, const struct trace_rec *rec)
{
	const struct pcapng_message *m = pcapng_message(p, p->at[rec->seq]);

	return (struct transit){ .message = p->at[rec->seq],
		.at = m->from,
		.to = m->to,
		.t0 = rec->t,
		.bytes = pcapng_bytes(p, m).n,
		.tells = m->send,
		.id = m->send };
}

/* ---- UDP ---- */

static void
draw_journey(struct pcapng *p, const struct trace_rec *rec, uint64_t end)
{
	struct transit x = transit_of(p, rec);
	struct transit_stop stop;
	struct trace_rec what;

	trace_get(p->t, end, &what);
	x.t1 = what.t;
	if (what.kind == TRACE_RECV) {
		transit_find_way(p, &x, true, NULL);
	} else {
		if (!read_stop(p, &what, &stop))
			return;
		x.lost = end;
		transit_find_way(p, &x, false, &stop);
	}
	transit_launch(p, &x);
}

static void
draw_udp(struct pcapng *p, const struct trace_rec *rec)
{
	const struct pcapng_message *m = pcapng_message(p, p->at[rec->seq]);
	struct pcapng_journey *j = journey(p, m->journey);
	struct transit x;

	for (; j != NULL; j = journey(p, j->next))
		draw_journey(p, rec, j->end);
	if (m->journey != 0)
		return;
	/* on its way when the trace ended */
	x = transit_of(p, rec);
	x.t1 = transit_later(x.t0, transit_passage(p, m->from, m->to));
	transit_find_way(p, &x, false, NULL);
	transit_launch(p, &x);
}

/* ---- TCP ---- */

/* A segment without bytes from one end of connection NUMBER. */
static void
draw_control(struct pcapng *p, uint32_t number, bool back, uint8_t flags,
    int64_t t0, int64_t t1, const char *remark)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	struct pcapng_stream *near = &c->ends[back], *far = &c->ends[!back];
	struct transit x = { .conn = number, .back = back, .flags = flags };

	x.at = near->node;
	x.to = far->node;
	x.t0 = t0 > near->start ? t0 : near->start;
	x.t1 = t1 > x.t0 ? t1 : x.t0;
	x.seq = near->isn + (uint32_t)near->sent + ((flags & FRAME_SYN) == 0) +
		near->fin;
	x.ack = far->isn + 1 + (uint32_t)far->got + far->fin;
	x.remark = remark;
	x.id = c->first;
	near->start = x.t0;
	near->fin |= (flags & FRAME_FIN) != 0;
	if (x.t1 > c->last)
		c->last = x.t1;
	transit_find_way(p, &x, c->made, NULL);
	transit_launch(p, &x);
}

static const char *
remark(void)
{
	return _("drawn up from the messages; the trace has no packets of "
		 "this connection");
}

/* Three passages of D each, RFC 9293 3.5. */
static void
draw_handshake(struct pcapng *p, uint32_t number, int64_t t, int64_t d)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	int64_t t1 = transit_later(t, d), t2 = transit_later(t1, d);
	int64_t t3 = transit_later(t2, d);

	if (c->over) {
		/* the same addresses once more */
		for (unsigned i = 0; i < 2; i++) {
			struct pcapng_stream *s = &c->ends[i];

			s->isn += (uint32_t)s->sent + 64000;
			s->sent = s->got = 0;
			s->fin = false;
			s->early.n = 0;
		}
		c->over = false;
	}
	c->made = true;
	draw_control(p, number, false, FRAME_SYN, t, t1, remark());
	draw_control(p, number, true, FRAME_SYN | FRAME_ACK, t1, t2, NULL);
	draw_control(p, number, false, FRAME_ACK, t2, t3, NULL);
	c->ends[0].ready = t2;
	c->ends[1].ready = t3;
}

/* No connection came of it: a SYN, and where that was said at once, the
 * answer. */
static void
draw_attempt(struct pcapng *p, uint32_t number, int64_t t, int64_t end)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	int64_t half = end > t ? (end - t) / 2 : 0;

	if (c->made || c->tried)
		return;
	c->tried = true;
	if (end - t < REFUSED_NS) {
		draw_control(
		    p, number, false, FRAME_SYN, t, t + half, remark());
		draw_control(p, number, true, FRAME_RST | FRAME_ACK, t + half,
		    end, NULL);
	} else {
		int64_t d =
		    transit_passage(p, c->ends[0].node, c->ends[1].node);

		draw_control(p, number, false, FRAME_SYN, t,
		    transit_later(t, d), remark());
	}
}

/* What became of the message: its arrival, else its loss, else nothing. */
static uint64_t
outcome(struct pcapng *p, const struct pcapng_message *m, bool *arrived)
{
	const struct pcapng_journey *j = journey(p, m->journey);
	uint64_t end = 0;

	*arrived = false;
	for (; j != NULL && !*arrived; j = journey(p, j->next)) {
		end = j->end;
		*arrived = trace_kind_of(p->t, end) == TRACE_RECV;
	}
	return end;
}

/* When X, which takes D, arrives if it is not kept waiting any more. */
static int64_t
soonest(struct pcapng *p, const struct transit *x, int64_t d)
{
	const struct pcapng_message *m = pcapng_message(p, x->message);
	const struct pcapng_stream *near =
	    &pcapng_conn(p, m->conn)->ends[m->back];
	int64_t t = x->t0 > near->ready ? x->t0 : near->ready;

	return transit_later(t > near->start ? t : near->start, d);
}

/* The bytes of X, from where the stream is; arriving at T1. */
static void
draw_data(struct pcapng *p, struct transit *x, int64_t t1)
{
	struct pcapng_message *m = pcapng_message(p, x->message);
	struct pcapng_conn *c = pcapng_conn(p, m->conn);
	struct pcapng_stream *near = &c->ends[m->back];
	struct pcapng_stream *far = &c->ends[!m->back];

	x->conn = m->conn;
	x->back = m->back;
	x->flags = FRAME_PSH | FRAME_ACK;
	if (x->t0 < near->ready)
		x->t0 = near->ready;
	if (x->t0 < near->start)
		x->t0 = near->start;
	near->start = x->t0;
	x->t1 = t1 > x->t0 ? t1 : x->t0;
	if (x->t1 < near->arrival)
		x->t1 = near->arrival;
	near->arrival = x->t1;
	if (c->last < x->t1)
		c->last = x->t1;
	m->start = near->sent;
	m->drawn = true;
	near->sent += x->bytes;
	x->seq = near->isn + 1 + (uint32_t)m->start;
	x->ack = far->isn + 1 + (uint32_t)far->got;
	transit_find_way(p, x, true, NULL);
	transit_launch(p, x);
}

/* A message of which a part came: that, and the end of the connection at
 * END. */
static void
draw_torn(struct pcapng *p, struct transit *x, int64_t d, int64_t end)
{
	struct pcapng_message *m = pcapng_message(p, x->message);
	struct pcapng_conn *c = pcapng_conn(p, m->conn);
	struct pcapng_stream *near = &c->ends[m->back];
	int64_t back;

	if (m->cut >= 0 && (uint64_t)m->cut < x->bytes)
		x->bytes = (uint64_t)m->cut;
	else
		x->bytes /= 2;
	if (x->bytes > 0) {
		draw_data(p, x, soonest(p, x, d));
		pcapng_stream_take(p, near, m->start, near->sent);
		back = transit_later(x->t1, d);
		draw_control(
		    p, m->conn, !m->back, FRAME_ACK, x->t1, back, NULL);
	}
	draw_control(p, m->conn, m->back, FRAME_RST | FRAME_ACK,
	    end > d ? end - d : 0, end, NULL);
	c->over = true;
	c->made = false;
}

static void
draw_tcp(struct pcapng *p, const struct trace_rec *rec)
{
	struct transit x = transit_of(p, rec);
	struct pcapng_message *m = pcapng_message(p, x.message);
	struct pcapng_conn *c = pcapng_conn(p, m->conn);
	int64_t d = transit_passage(p, m->from, m->to), t1;
	bool arrived;
	uint64_t end = outcome(p, m, &arrived);
	struct trace_rec what = { 0 };
	struct str reason = STR_NULL;

	if (end != 0)
		trace_get(p->t, end, &what);
	t1 = what.t;
	if (end != 0 && !arrived) {
		reason = trace_str(&what, "reason", &p->scratch);
		if (!str_is(reason, "torn")) {
			draw_attempt(p, m->conn, x.t0, t1);
			return;
		}
	}
	if (!c->made)
		draw_handshake(p, m->conn, x.t0, arrived ? (t1 - x.t0) / 3 : d);
	if (reason.n > 0)
		draw_torn(p, &x, d, t1);
	else
		draw_data(p, &x, arrived ? t1 : soonest(p, &x, d));
}

void
pcapng_draw_send(struct pcapng *p, const struct trace_rec *rec)
{
	const struct pcapng_message *m = pcapng_message(p, p->at[rec->seq]);

	if (m->packets || (p->packets && m->from != m->to))
		return; /* records tell of it, or it never came to a link */
	if (m->conn == 0) {
		if (m->wanted)
			draw_udp(p, rec);
	} else if (pcapng_conn(p, m->conn)->wanted) {
		draw_tcp(p, rec);
	}
}

void
pcapng_draw_recv(struct pcapng *p, const struct trace_rec *rec)
{
	uint32_t n = pcapng_at(p, pcapng_of(rec), TRACE_SEND);
	struct pcapng_message *m;
	struct pcapng_stream *s;
	int64_t d;

	if (n == 0)
		return;
	m = pcapng_message(p, n);
	if (!m->drawn || !pcapng_conn(p, m->conn)->made)
		return;
	s = &pcapng_conn(p, m->conn)->ends[m->back];
	pcapng_stream_take(p, s, m->start, m->start + m->size);
	d = transit_passage(p, m->to, m->from);
	draw_control(p, m->conn, !m->back, FRAME_ACK, rec->t,
	    transit_later(rec->t, d), NULL);
}

/* RFC 9293 3.6: each side says that it has nothing more to send. */
static void
close_one(struct pcapng *p, uint32_t number, int64_t t)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	int64_t d = transit_passage(p, c->ends[0].node, c->ends[1].node);
	int64_t t1, t2;

	if (t < c->last)
		t = c->last;
	t1 = transit_later(t, d);
	t2 = transit_later(t1, d);
	draw_control(p, number, false, FRAME_FIN | FRAME_ACK, t, t1, remark());
	draw_control(p, number, true, FRAME_FIN | FRAME_ACK, t1, t2, NULL);
	draw_control(
	    p, number, false, FRAME_ACK, t2, transit_later(t2, d), NULL);
}

void
pcapng_draw_close(struct pcapng *p, int64_t t_ns)
{
	for (uint32_t i = 1; i <= p->conns.n && p->err == 0; i++)
		if (pcapng_conn(p, i)->made)
			close_one(p, i, t_ns);
}
