/*
 * IP of both versions and the tunnels in it: IP in IP (RFC 2003), 6in4 (RFC
 * 4213), GRE (RFC 2784, 2890).  The innermost addresses count.
 */
#include "wire/bytes.h"

#include "wire/decode_in.h"
#include "wire/fragments.h"

static bool walk_proto(struct walk *w, unsigned proto);

#define HEAD          8 /* of ICMP, before the quoted packet */
#define IPV6_HEAD     40
#define IPV6_FRAGMENT 44
#define FRAGMENT_HEAD 8

/* Types that are errors, by the version of IP. */
static bool
is_error(bool six, unsigned type)
{
	return six ? type >= 1 && type <= 4
		   : type == 3 || type == 11 || type == 12;
}

/* Behind the quoted head of IPv4: its protocol, or -1. */
static int
pass_ipv4(struct walk *w)
{
	size_t head = w->n >= 20 ? (size_t)(w->p[0] & 15) * 4 : 0;
	int proto;

	/* Only the first fragment has ports. */
	if (head < 20 || w->p[0] >> 4 != 4 || (get16(w->p + 6) & 0x1fff) != 0)
		return -1;
	proto = w->p[9];
	walk_set_addresses(w, w->p + 12, 4);
	return walk_skip(w, head) ? proto : -1;
}

static int
pass_ipv6(struct walk *w)
{
	int proto;

	if (w->n < IPV6_HEAD || w->p[0] >> 4 != 6)
		return -1;
	proto = w->p[6];
	walk_set_addresses(w, w->p + 8, 16);
	walk_skip(w, IPV6_HEAD);
	if (proto != IPV6_FRAGMENT)
		return proto;
	if (w->n < FRAGMENT_HEAD || (get16(w->p + 2) & 0xfff8) != 0)
		return -1;
	proto = w->p[0];
	walk_skip(w, FRAGMENT_HEAD);
	return proto;
}

/*
 * ICMP's errors (RFC 792, RFC 4443): each quotes the packet that it answers, at
 * least the ports of which are there.
 */
bool
walk_icmp(struct walk *w)
{
	bool six = w->len == 16;
	unsigned type, code;
	int proto;

	if (w->n < HEAD || !is_error(six, w->p[0]))
		return false;
	type = w->p[0];
	code = w->p[1];
	walk_skip(w, HEAD);
	proto = six ? pass_ipv6(w) : pass_ipv4(w);
	if ((proto != DECODE_UDP && proto != DECODE_TCP) || w->n < 4)
		return false;
	w->proto = (uint8_t)proto;
	walk_set_ports(w, w->p);
	w->icmp = (six ? 6u : 4u) << 16 | type << 8 | code;
	w->layer = NULL;
	return true;
}

#define ESP_HEAD 8 /* SPI and sequence number (2) */
#define TRAILER  2 /* length of the padding, next header */
#define IPV4     4 /* packets in a tunnel (RFC 2003, RFC 2473) */
#define IPV6     41

/* The parts around: an initialisation vector, an integrity check value. */
static const struct esp_form {
	uint8_t iv, icv;
} forms[] = {
	{ 0, 12 }, /* HMAC-MD5-96, HMAC-SHA-1-96 (RFC 2403, 2404) */
	{ 0, 16 }, /* HMAC-SHA-256-128 (RFC 4868) */
	{ 8, 16 }, /* AES-GMAC (RFC 4543) */
	{ 0, 24 }, /* HMAC-SHA-384-192 */
	{ 0, 32 }, /* HMAC-SHA-512-256 */
};

/* RFC 1071 over P, N octets, added to SUM. */
static uint32_t
add_sum(uint32_t sum, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2)
		sum += get16(p + i);
	return n % 2 != 0 ? sum + ((uint32_t)p[n - 1] << 8) : sum;
}

/* RFC 9293 3.1: a segment by its checksum, for no length is in it. */
static bool
is_tcp(const struct walk *w, const uint8_t *p, size_t n)
{
	uint32_t sum = DECODE_TCP + (uint32_t)n;

	if (n < 20 || n > UINT16_MAX || p[12] >> 4 < 5 ||
	    (size_t)(p[12] >> 4) * 4 > n)
		return false;
	sum = add_sum(sum, w->ip[0], w->len);
	sum = add_sum(sum, w->ip[1], w->len);
	sum = add_sum(sum, p, n);
	while (sum > UINT16_MAX)
		sum = (sum & UINT16_MAX) + (sum >> 16);
	return sum == UINT16_MAX;
}

/* The head of protocol NEXT agrees with N octets at P: UDP (RFC 768), TCP, or a
 * tunnel's packet (RFC 791 3.1, RFC 8200 3). */
static bool
decode_ip_agrees(
    const struct walk *w, unsigned next, const uint8_t *p, size_t n)
{
	switch (next) {
	case DECODE_UDP:
		return n >= 8 && get16(p + 4) == n;
	case DECODE_TCP:
		return is_tcp(w, p, n);
	case IPV4:
		return n >= 20 && p[0] >> 4 == 4 && get16(p + 2) == n;
	case IPV6:
		return n >= 40 && p[0] >> 4 == 6 &&
		       get16(p + 4) + (size_t)40 == n;
	default:
		return false;
	}
}

/* The padding of N octets before END (2.4). */
static bool
is_padding(const uint8_t *end, size_t n)
{
	for (size_t i = 1; i <= n; i++)
		if (end[-(ptrdiff_t)i] != n + 1 - i)
			return false;
	return true;
}

/* W, behind SPI and number, is of FORM: it is moved to the payload, of protocol
 * *NEXT. */
static bool
enter_form(struct walk *w, const struct esp_form *form, uint8_t *next)
{
	size_t around = (size_t)form->iv + form->icv + TRAILER, n, padding;
	const uint8_t *end;

	if (w->length < around)
		return false;
	end = w->p + w->length - form->icv - TRAILER;
	padding = end[0];
	*next = end[1];
	if (padding > w->length - around || !is_padding(end, padding))
		return false;
	n = w->length - around - padding;
	if (!decode_ip_agrees(w, *next, w->p + form->iv, n))
		return false;
	walk_skip(w, form->iv);
	w->n = w->length = n;
	return true;
}

/*
 * ESP (RFC 4303) whose encryption is NULL (RFC 2410), as phones of an IMS
 * network have it, also in UDP (RFC 3948). No packet says so; but at the end of
 * one that is not encrypted stand a padding that counts from 1, its length and
 * the number of a protocol whose head agrees with the payload (RFC 5879).
 */
bool
walk_esp(struct walk *w)
{
	uint8_t next;

	w->unread = DECODE_ESP;
	/* What the capture cut has no end to tell by. */
	if (w->n < w->length || w->length < ESP_HEAD)
		return false;
	walk_skip(w, ESP_HEAD);
	w->length -= ESP_HEAD;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (!enter_form(w, &forms[i], &next))
			continue;
		w->unread = DECODE_READ;
		return walk_proto(w, next);
	}
	return false;
}

/* ---- IP ---- */

#define PROTO_HOPS     0
#define PROTO_ICMP     1
#define PROTO_IPIP     4
#define PROTO_IPV6     41
#define PROTO_ROUTING  43
#define PROTO_FRAGMENT 44
#define PROTO_GRE      47
#define PROTO_ESP      50
#define PROTO_AH       51
#define PROTO_ICMP6    58
#define PROTO_OPTIONS  60
#define PROTO_L2TP     115
#define PROTO_MOBILITY 135
#define PROTO_LITE     136 /* RFC 3828 */

#define EXTENSIONS_MOST 16

/* RFC 2784: the first 16 bits tell the optional fields; RFC 1701's routing is
 * not read. */
bool
walk_gre(struct walk *w)
{
	unsigned flags;
	size_t n = 4;

	if (w->n < 4)
		return false;
	flags = get16(w->p);
	w->number = get16(w->p + 2);
	if ((flags & 0x4007) != 0 && (flags & 7) != 1)
		return false;
	n += (flags & 0x8000) != 0 ? 4 : 0;
	n += (flags & 0x2000) != 0 ? 4 : 0;
	n += (flags & 0x1000) != 0 ? 4 : 0;
	/* RFC 2637, version 1, may acknowledge. */
	n += (flags & 0x0080) != 0 ? 4 : 0;
	/* ERSPAN: a mirrored port's frames, behind a head if they are
	 * numbered. */
	if (w->number == 0x88be) {
		n += (flags & 0x1000) != 0 ? 8 : 0;
		w->layer = walk_ethernet;
	} else {
		w->layer = walk_ethertype;
	}
	return walk_skip(w, n);
}

/* What number PROTO of IP means stands at w->p, w->length bytes. */
static bool
walk_proto(struct walk *w, unsigned proto)
{
	static const struct {
		unsigned proto;
		walk_fn *layer;
	} layers[] = {
		{ DECODE_UDP, NULL },
		{ DECODE_TCP, NULL },
		{ DECODE_SCTP, NULL },
		{ PROTO_ESP, walk_esp },
		{ PROTO_IPIP, walk_ip },
		{ PROTO_IPV6, walk_ip },
		{ PROTO_GRE, walk_gre },
		{ PROTO_ICMP, walk_icmp },
		{ PROTO_ICMP6, walk_icmp },
		{ PROTO_LITE, NULL },
	};

	w->lite = proto == PROTO_LITE;
	w->proto = w->lite ? DECODE_UDP : (uint8_t)proto;
	for (size_t i = 0; i < COUNT_OF(layers); i++)
		if (layers[i].proto == proto)
			return walk_enter_layer(w, layers[i].layer, 0);
	w->unread = proto == PROTO_L2TP ? DECODE_L2TP : DECODE_LAYER;
	return false;
}

/* A fragment: goes on with the whole datagram when it is complete. */
static bool
join_fragments(
    struct walk *w, uint32_t id, size_t offset, bool more, unsigned proto)
{
	struct fragments_key key;
	struct fragment piece = {
		.offset = offset,
		.bytes = { (const char *)w->p, w->length },
		.last = !more,
		.t = w->packet->t,
		.number = w->packet->number,
	};
	struct str whole;

	/* One that the capture cut can't be completed. */
	if (w->n < w->length)
		return false;
	memset(&key, 0, sizeof(key));
	memcpy(key.ip, w->ip, sizeof(key.ip));
	key.id = id;
	key.interface = w->packet->interface;
	key.lane = w->lane;
	key.proto = proto | (uint32_t)w->len << 8;
	if (!fragments_add(w->fragments, &key, &piece, &whole))
		return false;
	w->p = (const uint8_t *)whole.p;
	w->n = whole.n;
	w->length = whole.n;
	w->whole = true;
	return true;
}

/* RFC 791 3.1.  A total length of 0 is that of a segment which the network card
 * was to cut. */
static bool
walk_ipv4(struct walk *w)
{
	size_t head, total;
	unsigned offset, proto;
	uint32_t id;

	if (w->n < 20)
		return false;
	head = (size_t)(w->p[0] & 15) * 4;
	total = get16(w->p + 2);
	if (total == 0)
		total = w->n;
	if (head < 20 || head > w->n || total < head)
		return false;
	offset = get16(w->p + 6);
	proto = w->p[9];
	id = get16(w->p + 4);
	walk_set_addresses(w, w->p + 12, 4);
	walk_skip(w, head);
	w->length = total - head;
	/* Ethernet pads short frames. */
	if (w->n > w->length)
		w->n = w->length;
	/* More fragments, or an offset. */
	if ((offset & 0x3fff) != 0 &&
	    !join_fragments(w, id, (size_t)(offset & 0x1fff) * 8,
		(offset & 0x2000) != 0, proto))
		return false;
	return walk_proto(w, proto);
}

/* RFC 8200 4.5: the fragment's head, of 8 bytes. */
static bool
join_ipv6(struct walk *w, unsigned *proto)
{
	unsigned offset = get16(w->p + 2);
	uint32_t id = get32(w->p + 4);

	*proto = w->p[0];
	walk_skip(w, 8);
	w->length -= 8;
	/* An atomic fragment is a whole (RFC 6946). */
	if ((offset & 0xfff9) == 0)
		return true;
	return join_fragments(
	    w, id, offset & 0xfff8, (offset & 1) != 0, *proto);
}

/* Goes behind the extension heads (RFC 8200 4.1); what they hide is *PROTO. */
static bool
pass_extensions(struct walk *w, unsigned *proto)
{
	size_t n;

	for (int i = 0; i < EXTENSIONS_MOST; i++) {
		if (*proto != PROTO_HOPS && *proto != PROTO_ROUTING &&
		    *proto != PROTO_OPTIONS && *proto != PROTO_AH &&
		    *proto != PROTO_MOBILITY && *proto != PROTO_FRAGMENT)
			return true;
		if (w->n < 8 || w->length < 8)
			return false;
		if (*proto == PROTO_FRAGMENT) {
			if (!join_ipv6(w, proto))
				return false;
			continue;
		}
		n = *proto == PROTO_AH ? ((size_t)w->p[1] + 2) * 4
				       : ((size_t)w->p[1] + 1) * 8;
		*proto = w->p[0];
		if (n > w->length || !walk_skip(w, n))
			return false;
		w->length -= n;
	}
	return false;
}

/* RFC 8200 3. */
static bool
walk_ipv6(struct walk *w)
{
	unsigned proto;

	if (w->n < 40)
		return false;
	proto = w->p[6];
	w->length = get16(w->p + 4);
	walk_set_addresses(w, w->p + 8, 16);
	walk_skip(w, 40);
	/* A length of 0 is that of a segment which the card was to cut. */
	if (w->length == 0)
		w->length = w->n;
	if (w->n > w->length)
		w->n = w->length;
	return pass_extensions(w, &proto) && walk_proto(w, proto);
}

bool
walk_ip(struct walk *w)
{
	unsigned version = w->n > 0 ? w->p[0] >> 4 : 0;

	return (version == 4 && walk_ipv4(w)) || (version == 6 && walk_ipv6(w));
}
