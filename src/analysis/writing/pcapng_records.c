/*
 * Packets as `packet` records tell them.  A record names the link, the bytes of
 * a message and TCP's flags, not TCP's numbers: those follow from the order of
 * the records, as each end counts what it sends and hears of what has come by
 * the packets that its acknowledgements answer.  A packet that goes on over the
 * next link is the one before with a smaller TTL: its record is caused by that
 * one's.  One that a link doubled is the same.  What a router cuts smaller is a
 * part of the same content.
 */
#include "writing/pcapng_in.h"

/* What a record says of itself. */
struct crossing {
	const struct trace_rec *rec;
	struct pcapng_flight *f, *before; /* BEFORE: of its cause, or NULL */
	uint32_t link, near, far;
	bool reverse;
	bool syn, ack, fin, rst, data, dup;
	uint64_t off, len;
};

static void
read_flags(struct crossing *x, struct str words)
{
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);

		x->syn |= str_is(word, "syn");
		x->ack |= str_is(word, "ack");
		x->fin |= str_is(word, "fin");
		x->rst |= str_is(word, "rst");
		x->data |= str_is(word, "data");
		x->dup |= str_is(word, "dup");
	}
}

/* Where addresses are translated a record has those of its link; and what a
 * NAT's record has caused was rewritten there. */
static void
read_ends(
    struct pcapng *p, struct pcapng_flight *f, const struct trace_rec *rec)
{
	if (addr_parse(trace_str(rec, "src_addr", &p->scratch), &f->src) != 0 ||
	    addr_parse(trace_str(rec, "dst_addr", &p->scratch), &f->dst) != 0)
		f->src = f->dst = (struct addr){ 0 };
	if (f->message != 0 && rec->cause > 0 && rec->cause < rec->seq &&
	    trace_kind_of(p->t, rec->cause) == TRACE_NAT)
		f->came = pcapng_message(p, f->message)->came;
}

static bool
read_crossing(struct pcapng *p, const struct trace_rec *rec, struct crossing *x)
{
	uint32_t n = pcapng_at(p, rec->cause, TRACE_PACKET);
	const struct pcapng_link *l;
	int64_t off, len;

	*x = (struct crossing){ .rec = rec };
	x->link = pcapng_link_named(
	    p, trace_str(rec, "link", &p->scratch), &x->reverse);
	if (x->link == 0)
		return false;
	l = pcapng_link(p, x->link);
	x->near = x->reverse ? l->nb : l->na;
	x->far = x->reverse ? l->na : l->nb;
	read_flags(x, trace_str(rec, "flags", &p->scratch));
	off = trace_int(rec, "off", 0);
	len = trace_int(rec, "len", 0);
	x->off = off > 0 ? (uint64_t)off : 0;
	x->len = len > 0 ? (uint64_t)len : 0;
	x->f = pcapng_flight(p, p->at[rec->seq]);
	read_ends(p, x->f, rec);
	x->before = n != 0 ? pcapng_flight(p, n) : NULL;
	return true;
}

static uint8_t
tcp_flags(const struct crossing *x)
{
	if (x->rst)
		return FRAME_RST;
	return (uint8_t)((x->syn ? FRAME_SYN : 0) | (x->fin ? FRAME_FIN : 0) |
			 (x->ack || x->data ? FRAME_ACK : 0) |
			 (x->data ? FRAME_PSH : 0));
}

/* Whether X continues the packet before it, on its next link or a second
 * time. */
static bool
is_continued(struct pcapng *p, const struct crossing *x)
{
	const struct pcapng_flight *b = x->before;
	const struct pcapng_conn *c;
	uint8_t kept = FRAME_SYN | FRAME_FIN | FRAME_RST | FRAME_PSH;

	if (b == NULL || !b->done || b->message != x->f->message ||
	    b->conn != x->f->conn)
		return false;
	/* A NAT has put its pieces together. */
	if (!addr_eq(&b->src, &x->f->src) && b->len < b->bytes)
		return false;
	if (x->dup || x->f->conn == 0)
		return true;
	if ((b->flags & kept) != (tcp_flags(x) & kept))
		return false;
	if (x->syn && x->ack != ((b->flags & FRAME_ACK) != 0))
		return false;
	c = pcapng_conn(p, x->f->conn);
	/* it has not come to its receiver, who answers in kind */
	return x->near != c->ends[!b->back].node;
}

static uint32_t
header_of(struct pcapng *p, const struct pcapng_flight *f)
{
	return frame_header(pcapng_layers_proto(pcapng_message(p, f->message)));
}

/* Takes over all but the record itself; a part of it where X is smaller. */
static void
continue_flight(struct pcapng *p, struct crossing *x)
{
	struct pcapng_flight *f = x->f, *b = x->before;
	uint32_t header =
	    f->conn != 0 ? frame_header(FRAME_TCP) : header_of(p, f);
	uint32_t total = b->bytes + header;
	uint64_t at = x->off > b->at ? x->off - b->at + header : 0;
	uint64_t len = x->len + (at == 0 ? header : 0);
	const struct pcapng_flight own = *f;

	*f = *b;
	f->record = own.record;
	f->lost = own.lost;
	f->src = own.src;
	f->dst = own.dst;
	if (!x->dup && f->ttl > 1)
		f->ttl--;
	if (at % 8 == 0 && len > 0 && at >= b->off &&
	    at + len <= (uint64_t)b->off + b->len &&
	    (len % 8 == 0 || at + len == total)) {
		f->off = (uint32_t)at;
		f->len = (uint32_t)len;
	}
}

static struct str
bytes_of_flight(struct pcapng *p, const struct pcapng_flight *f)
{
	return f->came != 0 ? pcapng_bytes_of(p, f->came)
			    : pcapng_bytes(p, pcapng_message(p, f->message));
}

/* A UDP datagram sets out, or another fragment of one. */
static void
start_udp(struct pcapng *p, const struct crossing *x)
{
	struct pcapng_flight *f = x->f;
	struct pcapng_message *m = pcapng_message(p, f->message);
	uint32_t header = header_of(p, f);
	size_t size = bytes_of_flight(p, f).n;
	uint64_t at = x->off > 0 ? x->off + header : 0;
	uint64_t len = x->len + (at == 0 ? header : 0);

	f->bytes = size < ADDR_UDP_MOST ? (uint32_t)size : ADDR_UDP_MOST;
	if (at == 0 || m->id == 0) {
		m->id = pcapng_new_id(p);
		m->origin = f->record;
	}
	f->id = m->id;
	f->origin = m->origin;
	f->len = f->bytes + header;
	/* an unfragmented packet goes whole */
	if (m->signal == 0 && at % 8 == 0 && len > 0 && at + len <= f->len &&
	    (len % 8 == 0 || at + len == f->len)) {
		f->off = (uint32_t)at;
		f->len = (uint32_t)len;
	}
}

/* Which end sends it. */
static bool
find_sending_end(
    struct pcapng *p, const struct crossing *x, const struct pcapng_conn *c)
{
	if (x->f->message != 0)
		return pcapng_message(p, x->f->message)->back;
	if (x->near == c->ends[0].node || x->near == c->ends[1].node)
		return x->near != c->ends[0].node;
	if (x->before != NULL)
		return !x->before->back;
	return x->syn && x->ack;
}

/* What the sender of X had got when it sent it: X answers the packet that
 * caused it. */
static void
sent_packet_note_heard(
    struct pcapng *p, const struct crossing *x, struct pcapng_stream *far)
{
	const struct pcapng_flight *b = x->before;

	if (b == NULL || !b->done || b->conn != x->f->conn ||
	    b->back == x->f->back)
		return;
	if (b->bytes > 0)
		pcapng_stream_take(p, far, b->pos, b->pos + b->bytes);
	if (b->flags & FRAME_FIN) {
		far->fin_got = true;
		far->fin_at = b->pos + b->bytes;
	}
}

/* Where its bytes are in the message, and in the stream. */
static void
place_data(struct pcapng *p, const struct crossing *x)
{
	struct pcapng_message *m = pcapng_message(p, x->f->message);
	uint64_t size = pcapng_bytes(p, m).n;
	uint64_t off = x->off < size && x->off < UINT32_MAX ? x->off : 0;
	uint64_t left = off == x->off ? size - off : 0;

	if (left > x->len)
		left = x->len;
	if (left > FRAME_TCP_MOST)
		left = FRAME_TCP_MOST;
	x->f->at = (uint32_t)off;
	x->f->bytes = (uint32_t)left;
	x->f->pos = m->start + off;
}

/* RFC 9293 3.10.7.1: a host that knows nothing of a connection answers so. */
static void
answer_unknown(struct pcapng_flight *f, const struct pcapng_flight *b)
{
	if (b->flags & FRAME_ACK) {
		f->seq = b->ack;
	} else {
		f->seq = 0;
		f->ack = b->seq + b->bytes + ((b->flags & FRAME_SYN) != 0);
		f->flags |= FRAME_ACK;
	}
}

static void
count_sent(const struct crossing *x, struct pcapng_stream *s)
{
	struct pcapng_flight *f = x->f;

	if (f->pos + f->bytes > s->sent)
		s->sent = f->pos + f->bytes;
	s->syn |= x->syn;
	s->fin |= x->fin;
}

/* A TCP segment sets out. */
static void
start_tcp(struct pcapng *p, const struct crossing *x)
{
	struct pcapng_flight *f = x->f;
	struct pcapng_conn *c = pcapng_conn(p, f->conn);
	struct pcapng_stream *near, *far;

	f->back = find_sending_end(p, x, c);
	near = &c->ends[f->back];
	far = &c->ends[!f->back];
	sent_packet_note_heard(p, x, far);
	f->flags = tcp_flags(x);
	f->pos = near->sent;
	if (x->data && f->message != 0)
		place_data(p, x);
	f->seq = near->isn + (uint32_t)f->pos + !x->syn;
	if (near->fin && !x->fin && !x->data)
		f->seq++;
	f->ack = far->isn + 1 + (uint32_t)far->got +
		 (far->fin_got && far->got >= far->fin_at);
	if (x->rst && x->before != NULL && !near->syn)
		answer_unknown(f, x->before);
	else if (x->rst && far->syn)
		f->flags |= FRAME_ACK;
	count_sent(x, near);
	f->id = pcapng_new_id(p);
	f->len = f->bytes + frame_header(FRAME_TCP);
}

/* The addresses of F's own record, where it has any. */
static void
sent_packet_take_ends(const struct pcapng_flight *f, struct frame_content *c)
{
	if (f->src.len > 0) {
		c->src = f->src;
		c->dst = f->dst;
	}
	frame_unite(&c->src, &c->dst);
}

static void
put_udp(
    struct pcapng *p, const struct pcapng_flight *f, struct pcapng_emission *e)
{
	const struct pcapng_message *m = pcapng_message(p, f->message);
	struct frame_content c = {
		.src = m->src, .dst = m->dst, .proto = pcapng_layers_proto(m)
	};

	sent_packet_take_ends(f, &c);
	c.bytes = str_slice(bytes_of_flight(p, f), 0, f->bytes);
	if (m->wanted)
		pcapng_emit(p, &c, e);
}

static void
sent_packet_put_tcp(
    struct pcapng *p, const struct pcapng_flight *f, struct pcapng_emission *e)
{
	const struct pcapng_conn *conn = pcapng_conn(p, f->conn);
	struct frame_content c = { .src = conn->ends[f->back].addr,
		.dst = conn->ends[!f->back].addr,
		.proto = FRAME_TCP,
		.seq = f->seq,
		.ack = f->ack,
		.flags = f->flags };

	sent_packet_take_ends(f, &c);
	if (f->bytes > 0)
		c.bytes =
		    str_slice(pcapng_bytes(p, pcapng_message(p, f->message)),
			f->at, (size_t)f->at + f->bytes);
	if (conn->wanted || p->o->ncalls == 0)
		pcapng_emit(p, &c, e);
}

/* Writes F, of T_NS. */
static void
sent_packet_put_flight(
    struct pcapng *p, const struct pcapng_flight *f, int64_t t_ns)
{
	const struct pcapng_link *l = pcapng_link(p, f->link);
	struct pcapng_emission e = { .t_ns = t_ns,
		.link = f->link,
		.conn = f->conn,
		.back = f->reverse,
		.id = f->origin,
		.lost = f->lost,
		.place = { f->reverse ? l->nb : l->na,
		    f->reverse ? l->na : l->nb, f->id, f->ttl, f->off,
		    f->len } };

	if (f->message != 0)
		e.message = pcapng_message(p, f->message)->send;
	if (f->off == 0)
		e.tells = f->bytes > 0 && f->message != 0
			      ? pcapng_message(p, f->message)->send
			      : f->record;
	if (f->conn != 0)
		sent_packet_put_tcp(p, f, &e);
	else
		put_udp(p, f, &e);
}

/*
 * What a capture at a node has of a datagram that comes there is what has come:
 * not one that the link has lost, and when it was there, not when it was sent.
 * Of a message's several the last one stands for all.  Fragments and segments
 * have no records of their arrival.
 */
static bool
waits_for_arrival(
    struct pcapng *p, const struct crossing *x, struct pcapng_message *m)
{
	struct pcapng_flight *f = x->f;
	uint64_t end = f->lost != 0 ? f->lost : m->recv;
	struct trace_rec rec;

	if (end == 0 || f->len < f->bytes + header_of(p, f) ||
	    !pcapng_is_asked(p, p->names[x->far]))
		return false;
	trace_get(p->t, end, &rec);
	if (trace_member(&rec, "link").type == JSON_STRING)
		return true;
	f->waits = str_eq(rec.node, p->names[x->far]);
	if (f->waits && f->lost == 0)
		m->flight = p->at[f->record];
	return f->waits;
}

void
pcapng_put_arrival(struct pcapng *p, const struct trace_rec *rec)
{
	uint64_t packet = (uint64_t)trace_int(rec, "packet", 0);
	uint32_t n = pcapng_at(p, packet, TRACE_PACKET), of;

	if (rec->kind == TRACE_RECV) {
		of = pcapng_at(p, pcapng_of(rec), TRACE_SEND);
		n = of != 0 ? pcapng_message(p, of)->flight : 0;
	}
	if (n != 0 && pcapng_flight(p, n)->waits)
		sent_packet_put_flight(p, pcapng_flight(p, n), rec->t);
}

void
pcapng_put_record(struct pcapng *p, const struct trace_rec *rec)
{
	struct pcapng_flight *f;
	struct crossing x;

	if (!read_crossing(p, rec, &x))
		return;
	f = x.f;
	if (f->conn == 0 && f->message == 0)
		return; /* neither a message nor a connection is known for it */
	if (is_continued(p, &x)) {
		continue_flight(p, &x);
	} else {
		f->origin = f->record;
		f->ttl = FRAME_TTL;
		if (f->conn != 0)
			start_tcp(p, &x);
		else
			start_udp(p, &x);
	}
	f->done = true;
	f->link = x.link;
	f->reverse = x.reverse;
	if (f->message == 0 || f->conn != 0 ||
	    !waits_for_arrival(p, &x, pcapng_message(p, f->message)))
		sent_packet_put_flight(p, f, rec->t);
}
