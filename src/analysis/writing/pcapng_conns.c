/*
 * TCP connections, and the bytes that travel in place of a message's own text:
 * frames of WebSocket, records of TLS, the lengths of packets of RTP.  The
 * contents of TLS records are opaque to an observer, so here as well; their
 * length depends on the version, which the handshake of the connection tells.
 *
 * A `packet` record has the number of its connection, but no addresses; a
 * `send` has those, but no number.  They meet in the packets that carry a
 * message; a connection that never carried one is that of the first message
 * which its client sends, after the SYN, from an address of its own.
 */
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "isup/m3ua.h"
#include "packets/keys.h"
#include "tls/handshake.h"
#include "wire/websocket.h"
#include "writing/pcapng_in.h"

/* RFC 8446 4.1.3: BYTES, what a server says first, agrees on that version. */
static enum tls_version
version_of(struct str bytes)
{
	static const char is13[] = { 0x00, 0x2b, 0x00, 0x02, 0x03, 0x04 };
	struct tls_record r;
	enum tls_alert alert;

	return tls_cut_record(bytes, &r, &alert) == TLS_CUT_RECORD &&
		       memmem(r.body.p, r.body.n, is13, sizeof(is13)) != NULL
		   ? TLS_13
		   : TLS_12;
}

void
pcapng_layers_read(
    struct pcapng *p, struct pcapng_message *m, const struct trace_send *s)
{
	const struct addr_transport_row *row =
	    addr_transport_known(s->transport);
	enum trace_proto proto = trace_proto_find(s->proto);
	/* RFC 4666 1.4.1, RFC 6733 2.1 */
	static const uint32_t payloads[TRACE_PROTO_COUNT + 1] = {
		[TRACE_PROTO_ISUP] = SCTP_M3UA,
		[TRACE_PROTO_DIAMETER] = SCTP_DIAMETER,
	};

	m->payload = payloads[proto];
	/* A packet has one message, no bytes of a stream (RFC 4168 5.1). */
	m->signal = row == NULL ? m->payload != 0
				: row->framing == ADDR_PACKET && !row->secure &&
				      (m->payload != 0 || row->stream);
	m->stream = m->stream && m->signal == 0;
	if (row == NULL)
		return;
	m->secure = row->secure && proto != TRACE_PROTO_TLS;
	m->framed = row->framing == ADDR_WEBSOCKET && proto == TRACE_PROTO_SIP;
	m->measured =
	    row->stream && trace_class_of(s->proto) == TRACE_CLASS_MEDIA;
	m->hello = proto == TRACE_PROTO_TLS &&
		   str_starts(s->method, tls_messages[TLS_SERVER_HELLO].name);
	p->layered |= row->secure || row->framing == ADDR_WEBSOCKET;
}

void
pcapng_layers_count(struct pcapng *p, struct pcapng_message *m)
{
	uintptr_t n;

	if (m->signal == 0)
		return;
	buf_clear(&p->key);
	addr_write(&m->src, &p->key);
	buf_putc(&p->key, ' ');
	addr_write(&m->dst, &p->key);
	n = (uintptr_t)map_get(p->signals, buf_view(&p->key)) + 1;
	m->signal = (uint32_t)n;
	if (p->key.err != 0 ||
	    map_put(p->signals, buf_view(&p->key), (void *)n) != 0)
		pcapng_fail(p, ERR_NOMEM);
}

uint8_t
pcapng_layers_proto(const struct pcapng_message *m)
{
	return m->signal != 0 ? FRAME_SCTP : FRAME_UDP;
}

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

/* The versions of TLS, when all messages are known. */
static void
learn_tls_versions(struct pcapng *p)
{
	for (uint32_t i = 1; i <= p->nmessages; i++) {
		const struct pcapng_message *m = pcapng_message(p, i);

		if (m->hello && m->conn != 0)
			pcapng_conn(p, m->conn)->version =
			    version_of(pcapng_bytes(p, m));
	}
}

/* A mask, or a key: always the same for the same message. */
static uint64_t
seed_of(const struct pcapng_message *m)
{
	return str_hash(
	    (struct str){ (const char *)&m->send, sizeof(m->send) });
}

#define SIGNAL_BACK 0x40000000

/* ISUP in M3UA (RFC 4666); a message that is none, after a fault, has a label
 * of zeros. */
static struct str
wrap_isup(struct pcapng *p, struct str bytes)
{
	struct mtp_label label = { 0 };
	struct str isup = bytes;
	unsigned cic = 0;

	mtp3_read_isup(bytes, &label, &cic, &isup);
	buf_clear(&p->framed);
	m3ua_put_isup(&label, cic, isup, &p->framed);
	return buf_view(&p->framed);
}

static uint64_t
carried_bytes_hash_end(uint64_t h, const struct addr *a)
{
	h = str_hash_add(h, (struct str){ (const char *)a->ip, a->len });
	return str_hash_add(
	    h, (struct str){ (const char *)&a->port, sizeof(a->port) });
}

/* A verification tag of its own for each direction of each association: by it
 * and the ports alone others tell associations apart. */
static uint32_t
tag_of(const struct pcapng_message *m)
{
	uint64_t h = carried_bytes_hash_end(
	    carried_bytes_hash_end(STR_HASH_START, &m->src), &m->dst);

	return (uint32_t)str_hash_end(h) | 1;
}

/* In SCTP (RFC 9260), the association being there already. */
static struct str
wrap_signal(struct pcapng *p, const struct pcapng_message *m, struct str bytes)
{
	bool back = memcmp(m->src.ip, m->dst.ip, m->src.len) > 0;
	struct sctp_data s = { .source = m->src.port,
		.destination = m->dst.port,
		/* Other numbers for each direction. */
		.tag = tag_of(m),
		.tsn = m->signal + (back ? SIGNAL_BACK : 0),
		.stream = 1,
		.sequence = (uint16_t)(m->signal - 1) };

	if (m->payload == SCTP_M3UA)
		bytes = wrap_isup(p, bytes);
	buf_clear(&p->sealed);
	sctp_put(&s, m->payload, bytes, &p->sealed);
	pcapng_fail(p, p->framed.err != 0 ? p->framed.err : p->sealed.err);
	return buf_view(&p->sealed);
}

struct str
pcapng_layers_wrap(
    struct pcapng *p, const struct pcapng_message *m, struct str bytes)
{
	uint64_t seed = seed_of(m);
	struct tls_keys keys = { .key = seed, .seq = m->send, .on = true };
	uint8_t mask[WEBSOCKET_MASK];

	if (m->signal != 0)
		return wrap_signal(p, m, bytes);
	if (m->measured) {
		buf_clear(&p->framed);
		buf_putc(&p->framed, (char)(bytes.n >> 8 & 0xff));
		buf_putc(&p->framed, (char)(bytes.n & 0xff));
		buf_str(&p->framed, bytes);
		pcapng_fail(p, p->framed.err);
		bytes = buf_view(&p->framed);
	}
	if (m->framed) {
		for (size_t i = 0; i < WEBSOCKET_MASK; i++)
			mask[i] = (uint8_t)(seed >> 8 * i);
		buf_clear(&p->framed);
		websocket_put_frame(&p->framed, websocket_kind(bytes),
		    m->back ? NULL : mask, bytes);
		pcapng_fail(p, p->framed.err);
		bytes = buf_view(&p->framed);
	}
	if (m->secure && m->conn != 0) {
		buf_clear(&p->sealed);
		tls_put_record(&p->sealed, pcapng_conn(p, m->conn)->version,
		    &keys, TLS_DATA, bytes);
		pcapng_fail(p, p->sealed.err);
		bytes = buf_view(&p->sealed);
	}
	return bytes;
}

/* Where M is in its stream: where it arrived among the others, for one that
 * waits for a handshake was sent before that. */
static uint64_t
carried_bytes_place_of(const struct pcapng_message *m)
{
	return m->recv != 0 ? m->recv : UINT64_MAX;
}

static bool
carried_bytes_goes_before(struct pcapng *p, uint32_t a, uint32_t b)
{
	const struct pcapng_message *x = pcapng_message(p, a);
	const struct pcapng_message *y = pcapng_message(p, b);

	if (carried_bytes_place_of(x) != carried_bytes_place_of(y))
		return carried_bytes_place_of(x) < carried_bytes_place_of(y);
	return x->send < y->send;
}

/* ORDER, all messages by their numbers, becomes that of their streams. */
static void
order_by_stream(struct pcapng *p, uint32_t *order)
{
	/* Nearly in order: few wait, and not for long. */
	for (size_t i = 1; p->layered && i < p->nmessages; i++) {
		uint32_t one = order[i];
		size_t at = i;

		while (at > 0 &&
		       carried_bytes_goes_before(p, one, order[at - 1])) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = one;
	}
}

/* Pieces that came too early of one stream. */
#define EARLY_MOST 4096

/* A number that a TCP might begin to count with (RFC 9293 3.4.1), always the
 * same for the same trace. */
static uint32_t
make_isn(size_t conn, unsigned end)
{
	const uint64_t key[2] = { conn, end };
	char bytes[16];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(key[i / 8] >> 8 * (i % 8) & 0xff);
	return (uint32_t)str_hash((struct str){ bytes, sizeof(bytes) });
}

static uint32_t
add_conn(struct pcapng *p)
{
	struct pcapng_conn *c;

	if (ARRAY_ROOM(&p->conns, &p->conns_cap, p->nconns + 1) != 0) {
		pcapng_fail(p, ERR_NOMEM);
		return 0;
	}
	c = &p->conns[p->nconns++];
	*c = (struct pcapng_conn){ .known = false };
	for (unsigned i = 0; i < 2; i++) {
		c->ends[i].node = PCAPNG_NOBODY;
		c->ends[i].isn = make_isn(p->nconns, i);
	}
	return (uint32_t)p->nconns;
}

/* Bytes for maps. */
static struct str
pair_key(struct pcapng *p, const struct addr *a, const struct addr *b)
{
	const struct addr *both[] = { a, b };

	buf_clear(&p->key);
	for (size_t i = 0; i < 2; i++) {
		buf_add(&p->key, (const char *)both[i]->ip, both[i]->len);
		buf_add(&p->key, (const char *)&both[i]->port,
		    sizeof(both[i]->port));
	}
	if (p->key.err != 0)
		pcapng_fail(p, ERR_NOMEM);
	return buf_view(&p->key);
}

static struct str
number_key(struct pcapng *p, char tag, uint64_t number)
{
	buf_clear(&p->key);
	buf_putc(&p->key, tag);
	buf_u64(&p->key, number);
	if (p->key.err != 0)
		pcapng_fail(p, ERR_NOMEM);
	return buf_view(&p->key);
}

static void
put_number_at(struct pcapng *p, struct map *m, struct str key, uint32_t number)
{
	if (p->err == 0 && key_set_number(m, key, number) != 0)
		pcapng_fail(p, ERR_NOMEM);
}

/* Which of the two ends sends M. */
static bool
is_sent_by_server(const struct pcapng_conn *c, const struct pcapng_message *m)
{
	return !addr_eq(&c->ends[0].addr, &m->src);
}

/* Connection NUMBER is between the ends of M, its client the sender unless it
 * is known to be the other. */
static void
learn_ends(struct pcapng *p, uint32_t number, struct pcapng_message *m)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	bool back = c->ends[0].node != PCAPNG_NOBODY &&
		    c->ends[0].node == m->to && m->from != m->to;

	c->known = true;
	c->first = m->send;
	c->ends[back].addr = m->src;
	c->ends[!back].addr = m->dst;
	c->ends[back].node = m->from;
	c->ends[!back].node = m->to;
	put_number_at(p, p->by_pair, pair_key(p, &m->src, &m->dst), number);
	put_number_at(p, p->by_pair, pair_key(p, &m->dst, &m->src), number);
}

/* The connection that node NODE has begun, as long as it is not known between
 * which addresses; 0: none. */
static uint32_t
find_begun_conn(struct pcapng *p, uint32_t node)
{
	uint32_t n = key_number(p->by_conn, number_key(p, 'n', node));

	return n != 0 && !pcapng_conn(p, n)->known ? n : 0;
}

void
pcapng_conn_of_message(struct pcapng *p, struct pcapng_message *m)
{
	uint32_t n = key_number(p->by_pair, pair_key(p, &m->src, &m->dst));

	if (n == 0) {
		n = find_begun_conn(p, m->from);
		if (n == 0)
			n = add_conn(p);
		if (n == 0)
			return;
		learn_ends(p, n, m);
	}
	m->conn = n;
	m->back = is_sent_by_server(pcapng_conn(p, n), m);
}

/* A SYN that sets out. */
static void
note_syn(struct pcapng *p, const struct trace_rec *rec, uint32_t number)
{
	struct pcapng_conn *c = pcapng_conn(p, number);
	LOCAL_BUF name = BUF_INIT;
	struct pcapng_link *l;
	uint32_t link;
	bool back;

	link = pcapng_link_named(p, trace_str(rec, "link", &name), &back);
	if (link == 0)
		return;
	l = pcapng_link(p, link);
	c->ends[0].node = back ? l->nb : l->na;
	put_number_at(
	    p, p->by_conn, number_key(p, 'n', c->ends[0].node), number);
}

/* M is none of that connection's after all: another that its sender has begun
 * carries it. */
static void
unlearn_ends(struct pcapng *p, uint32_t number, const struct pcapng_message *m)
{
	struct pcapng_conn *c = number != 0 ? pcapng_conn(p, number) : NULL;

	if (c == NULL || c->first != m->send)
		return;
	c->known = false;
	c->ends[0].addr = c->ends[1].addr = (struct addr){ 0 };
}

static void
note_carried(struct pcapng *p, uint32_t number, struct pcapng_message *m)
{
	struct pcapng_conn *c = pcapng_conn(p, number);

	if (!m->stream)
		return;
	if (!c->known) {
		unlearn_ends(p, m->conn, m);
		learn_ends(p, number, m);
	}
	m->conn = number;
	m->back = is_sent_by_server(c, m);
}

void
pcapng_conn_of_packet(
    struct pcapng *p, const struct trace_rec *rec, uint32_t flight)
{
	int64_t conn = trace_int(rec, "conn", 0);
	uint32_t n, of = pcapng_flight(p, flight)->message;

	if (conn <= 0)
		return;
	n = key_number(p->by_conn, number_key(p, 'c', (uint64_t)conn));
	if (n == 0) {
		n = add_conn(p);
		if (n == 0)
			return;
		put_number_at(
		    p, p->by_conn, number_key(p, 'c', (uint64_t)conn), n);
		if (str_is(trace_str(rec, "flags", &p->scratch), "syn"))
			note_syn(p, rec, n);
	}
	pcapng_flight(p, flight)->conn = n;
	if (of != 0)
		note_carried(p, n, pcapng_message(p, of));
}

static void
carried_bytes_count_message(struct pcapng *p, struct pcapng_message *m)
{
	struct pcapng_conn *c = pcapng_conn(p, m->conn);
	struct pcapng_stream *s = &c->ends[m->back];

	m->size = pcapng_bytes(p, m).n;
	m->start = s->queued;
	m->waited = (m->secure || m->framed) && s->latest > m->send;
	if (m->send > s->latest)
		s->latest = m->send;
	s->queued += m->size;
	c->wanted |= m->wanted;
}

void
pcapng_conns_count(struct pcapng *p)
{
	uint32_t *order = mem_zalloc(p->nmessages + 1, sizeof(*order));

	if (order == NULL) {
		pcapng_fail(p, ERR_NOMEM);
		return;
	}
	for (uint32_t i = 0; i < p->nmessages; i++)
		order[i] = i + 1;
	learn_tls_versions(p);
	order_by_stream(p, order);
	for (size_t i = 0; i < p->nmessages && p->err == 0; i++) {
		struct pcapng_message *m = pcapng_message(p, order[i]);

		if (m->conn != 0)
			carried_bytes_count_message(p, m);
	}
	mem_free(order);
}

/* Those behind GOT that join it are taken in. */
static void
join_early_ranges(struct pcapng_stream *s)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < s->early_n; i++) {
			struct pcapng_range *r = &s->early[i];

			if (r->from > s->got)
				continue;
			if (r->to > s->got)
				s->got = r->to;
			*r = s->early[--s->early_n];
			more = true;
			i--;
		}
	}
}

void
pcapng_stream_take(
    struct pcapng *p, struct pcapng_stream *s, uint64_t from, uint64_t to)
{
	if (to <= s->got)
		return;
	if (from <= s->got) {
		s->got = to;
		join_early_ranges(s);
		return;
	}
	if (s->early_n == EARLY_MOST)
		s->early_n = 0;
	if (ARRAY_ROOM(&s->early, &s->early_cap, s->early_n + 1) != 0)
		pcapng_fail(p, ERR_NOMEM);
	else
		s->early[s->early_n++] = (struct pcapng_range){ from, to };
}
