/*
 * Packets as they are on a wire: UDP (RFC 768) and TCP (RFC 9293) in IPv4
 * (RFC 791) and IPv6 (RFC 8200) in Ethernet, with their checksums (RFC 1071),
 * whole or in fragments.
 */
#include "wire/frame.h"

#include "base/octets.h"

#include <string.h>

enum {
	PROTO_FRAGMENT = 44,

	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_IPV6 = 0x86dd,

	UDP_HEADER = 8,
	TCP_HEADER = 20,
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	IPV6_FRAGMENT = 8,

	IPV4_MORE = 0x2000, /* more fragments */
	TCP_WINDOW = 65535,
};

/* RFC 1071: the sum of 16-bit words, not yet folded. */
static uint64_t
sum(struct str s, uint64_t start)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	for (; i + 1 < s.n; i += 2)
		start += (uint32_t)p[i] << 8 | p[i + 1];
	if (i < s.n)
		start += (uint32_t)p[i] << 8;
	return start;
}

static void
put_checksum(struct buf *b, size_t at, uint64_t s)
{
	if (b->err != 0)
		return;
	while (s >> 16 != 0)
		s = (s & 0xffff) + (s >> 16);
	s = ~s & 0xffff;
	b->p[at] = (char)(s >> 8);
	b->p[at + 1] = (char)(s & 0xff);
}

/* RFC 4291 2.5.5.2: an IPv4 address in IPv6. */
static void
map_to_v6(struct addr *a)
{
	uint8_t v4[4];

	memcpy(v4, a->ip, 4);
	memset(a->ip, 0, sizeof(a->ip));
	if (a->len == 4) {
		a->ip[10] = a->ip[11] = 0xff;
		memcpy(a->ip + 12, v4, 4);
	}
	a->len = 16;
}

void
frame_unite(struct addr *a, struct addr *b)
{
	if (a->len == 16 || b->len == 16) {
		if (a->len != 16)
			map_to_v6(a);
		if (b->len != 16)
			map_to_v6(b);
		return;
	}
	if (a->len != 4)
		memset(a->ip, 0, sizeof(a->ip));
	if (b->len != 4)
		memset(b->ip, 0, sizeof(b->ip));
	a->len = b->len = 4;
}

uint32_t
frame_header(uint8_t proto)
{
	return proto == FRAME_TCP   ? TCP_HEADER
	       : proto == FRAME_UDP ? UDP_HEADER
				    : 0;
}

static void
frame_put_tcp(const struct frame_content *c, struct buf *out)
{
	put32(out, c->seq);
	put32(out, c->flags & FRAME_ACK ? c->ack : 0);
	buf_putc(out, (char)(TCP_HEADER / 4 << 4));
	buf_putc(out, (char)c->flags);
	put16(out, TCP_WINDOW);
	put16(out, 0); /* the checksum's place */
	put16(out, 0);
}

void
frame_pack(const struct frame_content *c, struct buf *out)
{
	uint32_t n = (uint32_t)c->bytes.n + frame_header(c->proto);
	uint64_t s = n + c->proto;
	bool tcp = c->proto == FRAME_TCP;
	size_t at = tcp ? 16 : 6;

	buf_clear(out);
	if (c->proto == FRAME_SCTP) {
		buf_str(out, c->bytes);
		return;
	}
	put16(out, c->src.port);
	put16(out, c->dst.port);
	if (tcp) {
		frame_put_tcp(c, out);
	} else {
		put16(out, n);
		put16(out, 0);
	}
	buf_str(out, c->bytes);
	/* the pseudo-header: RFC 9293 3.1, RFC 8200 8.1 */
	s = sum((struct str){ (const char *)c->src.ip, c->src.len }, s);
	s = sum((struct str){ (const char *)c->dst.ip, c->dst.len }, s);
	put_checksum(out, at, sum(buf_view(out), s));
	/* RFC 768: no checksum at all is said by 0 */
	if (!tcp && out->err == 0 && out->p[at] == 0 && out->p[at + 1] == 0)
		out->p[at] = out->p[at + 1] = (char)0xff;
}

uint32_t
frame_step(bool v4, size_t packed, uint32_t mtu)
{
	uint32_t header = v4 ? IPV4_HEADER : IPV6_HEADER;

	if (header + packed <= mtu)
		return (uint32_t)packed;
	return (mtu - header - (v4 ? 0 : IPV6_FRAGMENT)) & ~UINT32_C(7);
}

/* A locally administered address that says which node it is. */
void
frame_mac(uint32_t number, uint8_t mac[6])
{
	uint32_t v = number + 1;

	mac[0] = 2;
	mac[1] = 0;
	for (int i = 5; i >= 2; i--, v >>= 8)
		mac[i] = (uint8_t)v;
}

static void
frame_put_mac(struct buf *b, uint32_t number)
{
	uint8_t mac[6];

	frame_mac(number, mac);
	buf_add(b, (const char *)mac, sizeof(mac));
}

static void
frame_put_ip(struct buf *b, const struct addr *a)
{
	buf_add(b, (const char *)a->ip, a->len);
}

static void
put_ipv4(const struct frame_content *c, size_t packed,
    const struct frame_place *p, struct buf *out)
{
	size_t at = out->n;
	bool more = p->off + p->len < packed;

	put16(out, 0x4500);
	put16(out, IPV4_HEADER + p->len);
	put16(out, p->id & 0xffff);
	put16(out, p->off / 8 | (more ? IPV4_MORE : 0));
	buf_putc(out, (char)p->ttl);
	buf_putc(out, (char)c->proto);
	put16(out, 0);
	frame_put_ip(out, &c->src);
	frame_put_ip(out, &c->dst);
	put_checksum(
	    out, at + 10, sum(str_slice(buf_view(out), at, out->n), 0));
}

static void
put_ipv6(const struct frame_content *c, size_t packed,
    const struct frame_place *p, struct buf *out)
{
	bool fragment = p->len < packed;
	bool more = p->off + p->len < packed;
	char proto = (char)c->proto;

	put32(out, 0x60000000);
	put16(out, p->len + (fragment ? IPV6_FRAGMENT : 0));
	buf_putc(out, fragment ? PROTO_FRAGMENT : proto);
	buf_putc(out, (char)p->ttl);
	frame_put_ip(out, &c->src);
	frame_put_ip(out, &c->dst);
	if (!fragment)
		return;
	/* RFC 8200 4.5 */
	buf_putc(out, proto);
	buf_putc(out, 0);
	put16(out, p->off | (more ? 1 : 0));
	put32(out, p->id);
}

void
frame_build(const struct frame_content *c, struct str packed,
    const struct frame_place *p, struct buf *out)
{
	bool v4 = c->src.len == 4;

	buf_clear(out);
	frame_put_mac(out, p->to);
	frame_put_mac(out, p->from);
	put16(out, v4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6);
	if (v4)
		put_ipv4(c, packed.n, p, out);
	else
		put_ipv6(c, packed.n, p, out);
	buf_str(out, str_slice(packed, p->off, p->off + p->len));
}

/* ---- SCTP ---- */

/* RFC 9260 3.1, 3.3.1 */
#define CHECKSUM   8 /* where it stands */
#define DATA       0
#define WHOLE      3 /* first and last piece */
#define CHUNK_HEAD 16
/* RFC 8260 2.1: with a number of its message, so that pieces of several may
 * alternate; those of one still follow each other by TSN where they do not. */
#define I_DATA       64
#define I_CHUNK_HEAD 20
#define ANY_HEAD     4 /* of every chunk: type, flags, length (3.2) */
#define LAST         1 /* flags E and B */
#define FIRST        2

/* RFC 9260 appendix A: CRC32c, its low octet first. */
static uint32_t
crc32c(const char *p, size_t n)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < n; i++) {
		crc ^= (uint8_t)p[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78u : 0);
	}
	return ~crc;
}

void
sctp_put(const struct sctp_data *s, uint32_t payload, struct str message,
    struct buf *out)
{
	size_t begin = out->n;
	uint32_t crc;

	put16(out, s->source);
	put16(out, s->destination);
	put32(out, s->tag);
	put32(out, 0);
	buf_putc(out, DATA);
	buf_putc(out, WHOLE);
	put16(out, CHUNK_HEAD + message.n);
	put32(out, s->tsn);
	put16(out, s->stream);
	put16(out, s->sequence);
	put32(out, payload);
	buf_str(out, message);
	octets_put_padding(out, message.n);
	if (out->err != 0)
		return;
	crc = htole32(crc32c(out->p + begin, out->n - begin));
	memcpy(out->p + begin + CHECKSUM, &crc, sizeof(crc));
}

/* The chunk's contents at P, behind its HEAD, of which N octets are there of
 * SAID. */
static void
frame_read_data(const uint8_t *p, size_t head, size_t n, size_t said,
    struct sctp_piece *out)
{
	*out = (struct sctp_piece){
		.tsn = get32(p + 4),
		.first = (p[1] & FIRST) != 0,
		.last = (p[1] & LAST) != 0,
		.cut = n < said,
		.bytes = { (const char *)p + head,
		    (n < said ? n : said) - head },
	};
}

/* The head of a chunk that has data; 0: it has none. */
static size_t
data_head(uint8_t type)
{
	return type == DATA ? CHUNK_HEAD : type == I_DATA ? I_CHUNK_HEAD : 0;
}

bool
sctp_next(struct str chunks, size_t *at, struct sctp_piece *p)
{
	while (chunks.n - *at >= ANY_HEAD) {
		const uint8_t *chunk = (const uint8_t *)chunks.p + *at;
		size_t there = chunks.n - *at, said = get16(chunk + 2);
		/* What fills it up to a multiple of four (3.2). */
		size_t step = octets_padded(said), head = data_head(chunk[0]);

		if (said < ANY_HEAD)
			return false;
		*at = step < there ? *at + step : chunks.n;
		if (head == 0 || said < head || there < head)
			continue;
		frame_read_data(chunk, head, there, said, p);
		return true;
	}
	return false;
}
