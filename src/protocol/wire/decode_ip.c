/*
 * IP of both versions and what is tunnelled in it: IP in IP (RFC 2003), 6in4
 * (RFC 4213), GRE (RFC 2784, 2890).  The innermost addresses count.
 */
#include "wire/bytes.h"
#include "wire/decode_in.h"

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

/* RFC 2784: what is there says the first 16 bits; RFC 1701's routing is not
 * read. */
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
	return walk_on(w, n);
}

bool
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
	for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); i++)
		if (layers[i].proto == proto)
			return walk_to(w, layers[i].layer, 0);
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
	walk_addresses(w, w->p + 12, 4);
	walk_on(w, head);
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
	walk_on(w, 8);
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
		if (n > w->length || !walk_on(w, n))
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
	walk_addresses(w, w->p + 8, 16);
	walk_on(w, 40);
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
