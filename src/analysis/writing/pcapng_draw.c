/*
 * Packets that no record tells of, and one packet into the file: frame,
 * comment, block.
 */
#include "rules/rules.h"
#include "writing/pcapng_in.h"

struct str
pcapng_bytes_of(struct pcapng *p, uint64_t seq)
{
	struct trace_rec rec;
	struct str bytes;

	trace_get(p->t, seq, &rec);
	buf_clear(&p->bytes);
	bytes = trace_bytes(&rec, &p->bytes);
	if (p->bytes.err != 0)
		pcapng_fail(p, p->bytes.err);
	return bytes;
}

struct str
pcapng_bytes(struct pcapng *p, const struct pcapng_message *m)
{
	struct str bytes = pcapng_bytes_of(p, m->bytes);

	return m->secure || m->framed || m->measured || m->signal != 0
		   ? pcapng_layers_wrap(p, m, bytes)
		   : bytes;
}

uint32_t
pcapng_new_id(struct pcapng *p)
{
	return ++p->next_id;
}

/* "12: " and the part that needs no words: the rule. */
static void
drawn_packet_put_plain(struct pcapng *p, uint64_t seq)
{
	const struct rule *rule;
	struct trace_rec rec;

	trace_get(p->t, seq, &rec);
	buf_u64(&p->comment, seq);
	buf_puts(&p->comment, ": ");
	buf_puts(&p->comment, trace_kind_name(rec.kind));
	rule = rule_find(rec.rule, rec.why);
	if (rule != NULL)
		buf_printf(&p->comment, "\nRFC %u %s: %s", rule->rfc,
		    rule->section, i18n_text(rule->text));
}

/* What record SEQ tells. */
static void
drawn_packet_put_record(struct pcapng *p, const char *lead, uint64_t seq)
{
	struct buf *b = &p->comment;

	if (seq == 0)
		return;
	if (b->n > 0)
		buf_putc(b, '\n');
	buf_puts(b, lead);
	if (p->o->words != NULL)
		p->o->words(seq, b, p->o->words_arg);
	else
		drawn_packet_put_plain(p, seq);
}

static void
drawn_packet_put_comment(struct pcapng *p, const struct pcapng_emission *e)
{
	buf_clear(&p->comment);
	if (e->remark != NULL)
		buf_puts(&p->comment, e->remark);
	if (e->tells != 0) {
		drawn_packet_put_record(p, "", e->tells);
		drawn_packet_put_record(
		    p, _("because of "), trace_cause_of(p->t, e->tells));
	}
	drawn_packet_put_record(p, _("lost, "), e->lost);
	if (p->comment.err != 0)
		pcapng_fail(p, p->comment.err);
}

/*
 * A TCP connection is written at one place only, as a capture of a real one
 * would be: who follows it by its addresses, as Wireshark does, takes the same
 * segments on the next link for repetitions, and those of a message in several
 * for broken ones.  The place is the client's own end of its link; where that
 * is not shown, the server's; else the first link on which it is seen.  Behind
 * a NAT it is another to who looks at addresses, and is written once more, on
 * the first link on which it has those.
 */
static struct pcapng_pair *
drawn_packet_find_pair(
    struct pcapng_conn *c, const struct frame_content *content, uint32_t link)
{
	const struct addr *a = &content->src, *b = &content->dst;
	uint32_t i = 0;

	while (i < c->npairs &&
	       !(addr_eq(&c->pairs[i].a, a) && addr_eq(&c->pairs[i].b, b)) &&
	       !(addr_eq(&c->pairs[i].a, b) && addr_eq(&c->pairs[i].b, a)))
		i++;
	if (i == c->npairs && i < 1 + PCAPNG_NATS)
		c->pairs[c->npairs++] = (struct pcapng_pair){ *a, *b, link };
	return i < c->npairs ? &c->pairs[i] : NULL;
}

/* What SCTP carries is written at one place for the same reason: its first. */
static bool
tapped_signal(struct pcapng *p, const struct pcapng_emission *e)
{
	uint32_t n = pcapng_at(p, e->message, TRACE_SEND);
	struct pcapng_message *m;

	if (n == 0)
		return true;
	m = pcapng_message(p, n);
	if (m->signal_link == 0)
		m->signal_link = e->link;
	return m->signal_link == e->link;
}

static bool
tapped(struct pcapng *p, const struct frame_content *content,
    const struct pcapng_emission *e)
{
	const struct pcapng_pair *pair;
	uint32_t from = e->place.from, to = e->place.to;
	struct pcapng_conn *c;

	if (e->conn == 0)
		return content->proto != FRAME_SCTP || tapped_signal(p, e);
	c = pcapng_conn(p, e->conn);
	pair = drawn_packet_find_pair(c, content, e->link);
	if (pair == NULL || pair != c->pairs)
		return pair != NULL && pair->link == e->link;
	if (!c->tapped) {
		uint32_t client = c->ends[0].node, server = c->ends[1].node;

		c->tapped = true;
		c->tap_link = e->link;
		c->tap = PCAPNG_NOBODY;
		if (from == client || to == client)
			c->tap = client;
		else if (from == server || to == server)
			c->tap = server;
	}
	if (c->tap != PCAPNG_NOBODY)
		return from == c->tap || to == c->tap;
	return e->link == c->tap_link;
}

/* To who asked for the packets of its message. */
static void
drawn_packet_hand_over(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e)
{
	struct pcapng_packet_of packet = { .t_ns = e->t_ns,
		.from = p->names[e->place.from],
		.to = p->names[e->place.to],
		.seq = c->seq,
		.stream = c->proto == FRAME_TCP,
		.lost = e->lost != 0 };

	if (e->message != p->o->message)
		return;
	frame_build(c, buf_view(&p->packed), &e->place, &p->frame);
	pcapng_fail(p, p->frame.err);
	packet.frame = buf_view(&p->frame);
	if (p->err == 0)
		pcapng_fail(p, p->o->packet(&packet, p->o->packet_arg));
}

/* PACKED, of which e->place says the part. */
static void
emit(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e)
{
	struct pcapng_packet packet = { .inbound = e->back, .id = e->id };

	if (p->err != 0 || e->t_ns < p->o->from_ns || e->t_ns > p->o->to_ns ||
	    !pcapng_interface(p, e->link, &packet.interface) ||
	    !tapped(p, c, e))
		return;
	if (p->o->packet != NULL) {
		drawn_packet_hand_over(p, c, e);
		return;
	}
	packet.ns = (uint64_t)p->o->epoch_ns + (uint64_t)e->t_ns;
	frame_build(c, buf_view(&p->packed), &e->place, &p->frame);
	pcapng_fail(p, p->frame.err);
	drawn_packet_put_comment(p, e);
	packet.frame = buf_view(&p->frame);
	packet.comment = buf_view(&p->comment);
	if (p->err == 0)
		pcapng_put_packet(&p->file, &packet);
	pcapng_fail(p, p->file.err);
}

void
pcapng_emit(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e)
{
	frame_pack(c, &p->packed);
	pcapng_fail(p, p->packed.err);
	emit(p, c, e);
}

/* Writes C in as many fragments as FRAME_MTU asks; place.off and len are
 * set here. */
static void
pcapng_emit_whole(
    struct pcapng *p, const struct frame_content *c, struct pcapng_emission *e)
{
	uint32_t step;

	frame_pack(c, &p->packed);
	pcapng_fail(p, p->packed.err);
	step = frame_step(c->src.len == 4, p->packed.n, FRAME_MTU);
	for (uint32_t off = 0; off < p->packed.n && p->err == 0; off += step) {
		uint32_t left = (uint32_t)p->packed.n - off;

		e->place.off = off;
		e->place.len = left < step ? left : step;
		emit(p, c, e);
		e->tells = 0;
		e->remark = NULL;
	}
}

/*
 * Packets without records: where a trace has messages alone, and of a node's
 * messages to itself.  They equal those of a capture at the sender, on a link
 * of their own between the two ends of the message: one datagram for each
 * passage of it, at the time when it was sent.  The other packets of TCP (RFC
 * 9293) are those of a connection without losses: it is opened before its first
 * message, arriving bytes are acknowledged at once, and it is closed at the
 * trace's end.
 */

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
	size_t at = 0, most = FRAME_UDP_MOST;

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
	return _("drawn up from the messages; the trace has no packets of "
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
