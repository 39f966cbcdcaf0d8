/*
 * What goes over a connection instead of a message's own text: frames of
 * WebSocket, records of TLS, the lengths of packets of RTP.  Contents of the
 * latter are opaque to whoever listens, so here, too; how long they are depends
 * on the version, which the handshake of the connection tells.
 */
#include "base/err.h"
#include "writing/pcapng_in.h"

#include "isup/m3ua.h"
#include "tls/handshake.h"
#include "wire/websocket.h"

#include <string.h>

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

void
pcapng_layers_learn(struct pcapng *p)
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

/* ISUP in M3UA (RFC 4666); what is none, a fault having damaged it, has a label
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
hash_end(uint64_t h, const struct addr *a)
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
	uint64_t h = hash_end(hash_end(STR_HASH_START, &m->src), &m->dst);

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

/* Where M stands in its stream: where it arrived among the others, for one that
 * waits for a handshake was sent before that. */
static uint64_t
place_of(const struct pcapng_message *m)
{
	return m->recv != 0 ? m->recv : UINT64_MAX;
}

static bool
goes_before(struct pcapng *p, uint32_t a, uint32_t b)
{
	const struct pcapng_message *x = pcapng_message(p, a);
	const struct pcapng_message *y = pcapng_message(p, b);

	if (place_of(x) != place_of(y))
		return place_of(x) < place_of(y);
	return x->send < y->send;
}

void
pcapng_layers_order(struct pcapng *p, uint32_t *order)
{
	/* Nearly in order: few wait, and not for long. */
	for (size_t i = 1; p->layered && i < p->nmessages; i++) {
		uint32_t one = order[i];
		size_t at = i;

		while (at > 0 && goes_before(p, one, order[at - 1])) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = one;
	}
}
