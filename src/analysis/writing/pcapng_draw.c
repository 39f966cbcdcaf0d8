/*
 * Packets without records: where a trace has messages alone, and of a node's
 * messages to itself.  They equal those of a capture at the sender, on a link
 * of their own between the two ends of the message: one datagram for each
 * passage of it, at the time when it was sent.  The other packets of TCP (RFC
 * 9293) are those of a connection without losses: it is opened before its first
 * message, arriving bytes are acknowledged at once, and it is closed at the
 * trace's end.
 */
#include "writing/pcapng_in.h"

/* RFC 9293 3.7.1: the MTU without the heads. */
#define MSS_IPV4 (FRAME_MTU - 40)
#define MSS_IPV6 (FRAME_MTU - 60)
/* Between the numbers of two connections of the same addresses. */
#define ISN_STEP 64000

/* The packet from FROM to TO at T_NS. */
static struct pcapng_emission
emission_between(struct pcapng *p, uint32_t from, uint32_t to, int64_t t_ns)
{
	const struct str *names = p->names;
	struct pcapng_emission e = { .t_ns = t_ns,
		.place = { .from = from, .to = to, .ttl = FRAME_TTL } };

	e.link = pcapng_link_between(p, names[from], names[to]);
	if (e.link != 0)
		e.back = pcapng_link(p, e.link)->na != from;
	return e;
}

/* BYTES in as many datagrams or segments as they need, at least one; comments
 * stand on the first. */
static void
emit_bytes(struct pcapng *p, struct frame_content *c, struct str bytes,
    struct pcapng_emission *e)
{
	size_t at = 0, most = ADDR_UDP_MOST;

	if (c->proto == FRAME_TCP)
		most = c->src.len == 4 ? MSS_IPV4 : MSS_IPV6;
	do {
		c->bytes = str_slice(bytes, at, at + most);
		e->place.id = pcapng_new_id(p);
		if (p->err == 0)
			pcapng_emit_whole(p, c, e);
		c->seq += (uint32_t)c->bytes.n;
		at += most;
	} while (at < bytes.n && p->err == 0);
}

static void
draw_udp(struct pcapng *p, const struct pcapng_message *m, int64_t t_ns)
{
	struct frame_content c = {
		.src = m->src, .dst = m->dst, .proto = pcapng_layers_proto(m)
	};

	for (uint32_t i = 0; i == 0 || i < m->passages; i++) {
		struct pcapng_emission e =
		    emission_between(p, m->from, m->to, t_ns);

		e.id = e.tells = e.message = m->send;
		e.lost = i == 0 ? m->lost : 0;
		emit_bytes(p, &c, pcapng_bytes(p, m), &e);
	}
}

/* ---- TCP ---- */

static void
draw_segment(struct pcapng *p, uint32_t number, bool back,
    struct frame_content *c, struct str bytes, struct pcapng_emission *said)
{
	const struct pcapng_conn *conn = pcapng_conn(p, number);
	const struct pcapng_stream *near = &conn->ends[back];
	const struct pcapng_stream *far = &conn->ends[!back];
	struct pcapng_emission e =
	    emission_between(p, near->node, far->node, said->t_ns);

	c->proto = FRAME_TCP;
	c->src = near->addr;
	c->dst = far->addr;
	frame_unite(&c->src, &c->dst);
	c->seq = near->isn + (uint32_t)near->sent + near->fin +
		 ((c->flags & FRAME_SYN) == 0);
	c->ack = far->isn + 1 + (uint32_t)far->got +
		 (far->fin && far->got == far->sent);
	e.conn = number;
	e.id = said->id != 0 ? said->id : conn->first;
	e.tells = said->tells;
	e.message = said->message;
	e.lost = said->lost;
	e.remark = said->remark;
	emit_bytes(p, c, bytes, &e);
}

/* A segment without bytes from one end of connection NUMBER. */
static void
draw_control(struct pcapng *p, uint32_t number, bool back, uint8_t flags,
    struct pcapng_emission *said)
{
	struct pcapng_conn *conn = pcapng_conn(p, number);
	struct frame_content c = { .flags = flags };

	draw_segment(p, number, back, &c, STR_NULL, said);
	conn->ends[back].fin |= (flags & FRAME_FIN) != 0;
	*said = (struct pcapng_emission){ .t_ns = said->t_ns };
}

static const char *
drawn_remark(void)
{
	return _("constructed from the messages; the trace has no packets of "
		 "this connection");
}

/* RFC 9293 3.5. */
static void
draw_handshake(struct pcapng *p, uint32_t number, int64_t t_ns)
{
	struct pcapng_emission e = { .t_ns = t_ns, .remark = drawn_remark() };

	pcapng_conn(p, number)->made = true;
	draw_control(p, number, false, FRAME_SYN, &e);
	draw_control(p, number, true, FRAME_SYN | FRAME_ACK, &e);
	draw_control(p, number, false, FRAME_ACK, &e);
}

/* The connection broke off; its addresses may get another one. */
static void
draw_reset(struct pcapng *p, uint32_t number, const struct pcapng_message *m,
    int64_t t_ns)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	struct pcapng_emission e = { .t_ns = t_ns, .lost = m->lost };

	draw_control(p, number, m->back, FRAME_RST | FRAME_ACK, &e);
	for (unsigned i = 0; i < 2; i++) {
		struct pcapng_stream *s = &c->ends[i];

		s->isn += (uint32_t)s->sent + ISN_STEP;
		s->sent = s->got = 0;
		s->early_n = 0;
	}
	c->made = false;
}

static void
draw_data(struct pcapng *p, struct pcapng_message *m, int64_t t_ns)
{
	struct pcapng_stream *near = &pcapng_conn(p, m->conn)->ends[m->back];
	struct frame_content c = { .flags = FRAME_PSH | FRAME_ACK };
	struct pcapng_emission e = { .t_ns = t_ns,
		.id = m->send,
		.tells = m->send,
		.lost = m->lost,
		.message = m->send };

	draw_segment(p, m->conn, m->back, &c, pcapng_bytes(p, m), &e);
	m->start = near->sent;
	m->drawn = true;
	near->sent += m->size;
}

static void
draw_tcp(struct pcapng *p, struct pcapng_message *m, int64_t t_ns)
{
	struct pcapng_conn *c = pcapng_conn(p, m->conn);
	struct pcapng_emission e = { .t_ns = t_ns, .lost = m->lost };

	c->ends[m->back].node = m->from;
	c->ends[!m->back].node = m->to;
	if (m->unconnected && !m->arrived && !c->made) {
		e.remark = drawn_remark();
		draw_control(p, m->conn, m->back, FRAME_SYN, &e);
		return;
	}
	if (!c->made)
		draw_handshake(p, m->conn, t_ns);
	if ((m->torn || m->unconnected) && !m->arrived)
		draw_reset(p, m->conn, m, t_ns);
	else
		draw_data(p, m, t_ns);
}

/* The first node that M's sender has a link to. */
static uint32_t
neighbour(const struct pcapng *p, const struct pcapng_message *m)
{
	for (size_t i = 0; i < p->nlinks; i++) {
		const struct pcapng_link *l = &p->links[i];

		if (l->declared && (l->na == m->from || l->nb == m->from))
			return l->na == m->from ? l->nb : l->na;
	}
	return PCAPNG_NOBODY;
}

void
pcapng_draw_send(struct pcapng *p, const struct trace_rec *rec)
{
	struct pcapng_message *m = pcapng_message(p, p->at[rec->seq]);

	if (m->packets || (p->packets && m->from != m->to && !m->stray))
		return; /* records tell of it, or it never came to a link */
	if (m->passages == 0 && m->kept)
		return;
	if (m->to == PCAPNG_NOBODY && m->stray)
		m->to = neighbour(p, m);
	if (m->to == PCAPNG_NOBODY)
		m->to = pcapng_node(p, trace_str(rec, "dst_addr", &p->scratch));
	if (p->err != 0)
		return;
	if (m->conn == 0) {
		if (m->wanted)
			draw_udp(p, m, rec->t);
	} else if (m->waited) {
		return; /* when it comes */
	} else if (pcapng_conn(p, m->conn)->wanted) {
		draw_tcp(p, m, rec->t);
	}
}

void
pcapng_draw_recv(struct pcapng *p, const struct trace_rec *rec)
{
	uint32_t n = pcapng_at(p, pcapng_of(rec), TRACE_SEND);
	struct pcapng_emission e = { .t_ns = rec->t };
	struct pcapng_message *m;

	if (n == 0)
		return;
	m = pcapng_message(p, n);
	if (m->waited && !m->drawn && pcapng_conn(p, m->conn)->wanted &&
	    !m->packets)
		draw_tcp(p, m, rec->t);
	if (!m->drawn || !pcapng_conn(p, m->conn)->made)
		return;
	pcapng_stream_take(p, &pcapng_conn(p, m->conn)->ends[m->back], m->start,
	    m->start + m->size);
	draw_control(p, m->conn, !m->back, FRAME_ACK, &e);
}

/* RFC 9293 3.6: each side says that it has nothing more to send. */
void
pcapng_draw_close(struct pcapng *p, int64_t t_ns)
{
	for (uint32_t i = 1; i <= p->nconns && p->err == 0; i++) {
		struct pcapng_emission e = { .t_ns = t_ns,
			.remark = drawn_remark() };

		if (!pcapng_conn(p, i)->made)
			continue;
		draw_control(p, i, false, FRAME_FIN | FRAME_ACK, &e);
		draw_control(p, i, true, FRAME_FIN | FRAME_ACK, &e);
		draw_control(p, i, false, FRAME_ACK, &e);
	}
}
