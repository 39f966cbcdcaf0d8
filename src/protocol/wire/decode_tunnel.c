/*
 * Packets and messages of others within UDP: tunnels of mobile networks and
 * data centres, mirrors of packets, and messages that a server copies to a
 * collector.  Each is a row of `tunnels`: its port and the function that goes
 * behind its head.  The innermost addresses count.
 *
 * A port proves nothing: a head that does not look like one leaves the
 * datagram what it is.
 */
#include "wire/bytes.h"

#include "base/rows.h"
#include "wire/decode_in.h"

#define ANY_PORT 0
#define PORT_ESP 4500

/* Goes behind the head at w->p and says the layer there; false: this is no such
 * head, and W may have been changed. */
typedef bool tunnel_fn(struct walk *w);

static bool
begins_as_ip(const struct walk *w)
{
	return w->n >= 20 && (w->p[0] >> 4 == 4 || w->p[0] >> 4 == 6);
}

/* 3GPP TS 29.281 5.2.1: each extension head has its length in units of 4
 * bytes, its first byte, and the type of the next one in its last. */
static bool
pass_gtp_extensions(struct walk *w, uint8_t type)
{
	size_t n;

	while (type != 0) {
		n = w->n > 0 ? (size_t)w->p[0] * 4 : 0;
		if (n == 0 || n > w->n)
			return false;
		type = w->p[n - 1];
		walk_skip(w, n);
	}
	return true;
}

/* GTP-U, version 1, a G-PDU (3GPP TS 29.281 5.1): a user's IP packet. */
static bool
enter_gtp(struct walk *w)
{
	unsigned flags;
	size_t length;
	uint8_t next = 0;

	if (w->n < 8 || (w->p[0] & 0xf0) != 0x30 || w->p[1] != 0xff)
		return false;
	flags = w->p[0] & 7;
	length = get16(w->p + 2);
	walk_skip(w, 8);
	if (length < w->n)
		w->n = length;
	/* One of the three flags, and all three fields are there. */
	if (flags != 0) {
		if (w->n < 4)
			return false;
		next = (flags & 4) != 0 ? w->p[3] : 0;
		walk_skip(w, 4);
	}
	w->layer = walk_ip;
	return pass_gtp_extensions(w, next) && begins_as_ip(w);
}

/* RFC 7348 5: the I flag, and a number of 24 bits before a byte of zero. */
static bool
enter_vxlan(struct walk *w)
{
	if (w->n < 8 + 14 || (w->p[0] & 0x08) == 0 || w->p[7] != 0)
		return false;
	walk_add_lane(w, get32(w->p + 4) >> 8);
	return walk_enter_layer(w, walk_ethernet, 8);
}

/* RFC 8926 3.4: version 0, options in units of 4 bytes. */
static bool
enter_geneve(struct walk *w)
{
	if (w->n < 8 || (w->p[0] & 0xc0) != 0 || (w->p[1] & 0x3f) != 0 ||
	    w->p[7] != 0)
		return false;
	walk_add_lane(w, get32(w->p + 4) >> 8);
	return walk_to_ethertype(
	    w, get16(w->p + 2), 8 + (size_t)(w->p[0] & 0x3f) * 4);
}

/* TaZmen Sniffer Protocol: version 1, a received packet of Ethernet, then
 * fields with a length each, the last without. */
static bool
enter_tzsp(struct walk *w)
{
	uint8_t tag;

	if (w->n < 4 || w->p[0] != 1 || w->p[1] > 1 || get16(w->p + 2) != 1)
		return false;
	walk_skip(w, 4);
	w->layer = walk_ethernet;
	while (w->n > 0) {
		tag = w->p[0];
		if (tag > 1 && (w->n < 2 || !walk_skip(w, 1 + (size_t)w->p[1])))
			return false;
		if (!walk_skip(w, 1))
			return false;
		if (tag == 1)
			return true;
	}
	return false;
}

static bool
enter_gre(struct walk *w)
{
	w->layer = walk_gre;
	return w->n >= 4 && (w->p[0] & 0x4f) == 0 && (w->p[1] & 7) == 0;
}

/* L2TP, version 2, a data message (RFC 2661 3.1): a frame of PPP.  Of version 3
 * (RFC 3931 4.1.2.1) nothing says how long its cookies are. */
static bool
enter_l2tp(struct walk *w)
{
	unsigned flags;
	size_t head;

	if (w->n < 4)
		return false;
	flags = get16(w->p);
	if ((flags & 0x8000) != 0)
		return false;
	if ((flags & 15) == 3)
		w->unread = DECODE_L2TP;
	if ((flags & 15) != 2)
		return false;
	/* A length, two sequence numbers, an offset: each where its bit is. */
	head = 6 + ((flags & 0x4000) != 0 ? 2 : 0) +
	       ((flags & 0x0800) != 0 ? 4 : 0);
	if ((flags & 0x0200) != 0) {
		if (w->n < head + 2)
			return false;
		head += 2 + (size_t)get16(w->p + head);
	}
	return walk_enter_layer(w, walk_ppp, head);
}

/* ESP in UDP (RFC 3948 2.1): its SPI is not 0, as before a message of IKE, and
 * there is more than the octet that keeps a translation alive.  That it is
 * encrypted is said where it does not look like media. */
static bool
enter_esp(struct walk *w)
{
	bool media = w->n > 0 && w->p[0] >> 6 == 2;

	if (w->n < 8 || get32(w->p) == 0)
		return false;
	w->length = w->n;
	if (walk_esp(w))
		return true;
	if (media)
		w->unread = DECODE_READ;
	return false;
}

/* ---- messages copied to a collector: HEP ---- */

/* The versions 1 and 2: numbers of systems for the families. */
#define HEP_IP4 2
#define HEP_IP6 10

/* The rest is a message, which went by IP's protocol PROTO. */
static bool
end_in_message(struct walk *w, uint8_t proto)
{
	w->proto =
	    proto == DECODE_TCP || proto == DECODE_SCTP ? proto : DECODE_UDP;
	w->message = true;
	w->length = w->n;
	w->layer = NULL;
	return true;
}

/* Version, length, family, protocol, two ports and two addresses; of version 2
 * the time and the agent's number, 12 bytes with their padding as well. */
static bool
enter_hep2(struct walk *w)
{
	size_t len, head;
	uint8_t proto;

	if (w->n < 8 || (w->p[0] != 1 && w->p[0] != 2) ||
	    (w->p[2] != HEP_IP4 && w->p[2] != HEP_IP6))
		return false;
	len = w->p[2] == HEP_IP4 ? 4 : 16;
	head = 8 + 2 * len;
	/* Some count the time in, some do not. */
	if (w->p[1] < head || w->p[1] > head + 12)
		return false;
	proto = w->p[3];
	walk_set_ports(w, w->p + 4);
	if (w->n < head + (w->p[0] == 2 ? 12 : 0))
		return false;
	walk_set_addresses(w, w->p + 8, (uint8_t)len);
	if (w->p[0] == 2) {
		/* As the agent's processor has it, most often this way. */
		walk_add_lane(w, file_get16(w->p + head + 8, false));
		head += 12;
	}
	walk_skip(w, head);
	return end_in_message(w, proto);
}

/* Chunks of HEP3 (vendor 0). */
enum {
	HEP_PROTO = 2,
	HEP_SRC4 = 3,
	HEP_DST4 = 4,
	HEP_SRC6 = 5,
	HEP_DST6 = 6,
	HEP_SPORT = 7,
	HEP_DPORT = 8,
	HEP_KIND = 11,
	HEP_AGENT = 12,
	HEP_PAYLOAD = 15,
	HEP_PACKED = 16,
};

#define HEP_KIND_SIP 1

struct hep {
	const uint8_t *payload;
	size_t n;
	uint8_t proto, kind;
	uint8_t sides; /* a bit for each address that is known */
	bool packed;   /* its payload is compressed */
	uint32_t agent;
};

/* The value of a chunk: N bytes at P. */
static void
take_chunk(
    struct walk *w, struct hep *h, unsigned type, const uint8_t *p, size_t n)
{
	bool six = type == HEP_SRC6 || type == HEP_DST6;
	int side = type == HEP_DST4 || type == HEP_DST6 || type == HEP_DPORT;

	if (type == HEP_PROTO && n >= 1) {
		h->proto = p[0];
	} else if (type == HEP_KIND && n >= 1) {
		h->kind = p[0];
	} else if (type == HEP_AGENT && n >= 4) {
		h->agent = get32(p);
	} else if ((type == HEP_SPORT || type == HEP_DPORT) && n >= 2) {
		w->port[side] = get16(p);
	} else if (type >= HEP_SRC4 && type <= HEP_DST6 &&
		   n == (six ? 16 : 4)) {
		memset(w->ip[side], 0, sizeof(w->ip[side]));
		memcpy(w->ip[side], p, n);
		w->len = (uint8_t)n;
		h->sides |= (uint8_t)(1 << side);
	} else if (type == HEP_PACKED) {
		h->packed = true;
	} else if (type == HEP_PAYLOAD) {
		h->payload = p;
		h->n = n;
	}
}

/* "HEP3", the length of all, then chunks: vendor, type, length with these six
 * bytes, value. */
static bool
enter_hep3(struct walk *w)
{
	struct hep h = { .proto = DECODE_UDP, .kind = HEP_KIND_SIP };
	size_t all, n;

	if (w->n < 6 || memcmp(w->p, "HEP3", 4) != 0)
		return false;
	all = get16(w->p + 4);
	if (all < 6 || all > w->n)
		return false;
	w->n = all;
	walk_skip(w, 6);
	while (w->n >= 6) {
		n = get16(w->p + 4);
		if (n < 6 || n > w->n)
			return false;
		if (get16(w->p) == 0)
			take_chunk(w, &h, get16(w->p + 2), w->p + 6, n - 6);
		walk_skip(w, n);
	}
	if (h.packed && h.payload == NULL && h.kind == HEP_KIND_SIP)
		w->unread = DECODE_HEP;
	if (h.payload == NULL || h.sides != 3)
		return false;
	if (h.kind != HEP_KIND_SIP)
		h.n = 0;
	w->p = h.payload;
	w->n = h.n;
	walk_add_lane(w, h.agent);
	return end_in_message(w, h.proto);
}

/* What the port of the receiver means, of ESP that of the sender as well. */
static const struct tunnel {
	uint16_t port;
	tunnel_fn *enter;
} tunnels[] = {
	{ 2152, enter_gtp },    /* GTP-U */
	{ 4789, enter_vxlan },  /* VXLAN */
	{ 8472, enter_vxlan },  /* … as Linux had it before */
	{ 6081, enter_geneve }, /* GENEVE */
	{ 37008, enter_tzsp },  /* TZSP */
	{ 4754, enter_gre },    /* GRE in UDP, RFC 8086 */
	{ 1701, enter_l2tp },   /* L2TP */
	{ PORT_ESP, enter_esp },
	{ ANY_PORT, enter_hep3 },
	{ ANY_PORT, enter_hep2 },
};

bool
walk_into_udp(struct walk *w)
{
	struct walk in;
	size_t length;
	unsigned port;

	if (w->n < 8)
		return false;
	port = get16(w->p) == PORT_ESP ? PORT_ESP : get16(w->p + 2);
	length = get16(w->p + 4);
	for (size_t i = 0; i < COUNT_OF(tunnels); i++) {
		if (tunnels[i].port != ANY_PORT && tunnels[i].port != port)
			continue;
		in = *w;
		if (length >= 8 && length < in.n)
			in.n = length;
		walk_skip(&in, 8);
		if (!tunnels[i].enter(&in)) {
			if (in.unread != DECODE_READ)
				w->unread = in.unread;
			continue;
		}
		*w = in;
		return true;
	}
	return false;
}

bool
decode_hep(struct str bytes, struct datagram *d)
{
	struct walk w = { .p = (const uint8_t *)bytes.p, .n = bytes.n };

	if (!enter_hep3(&w))
		return false;
	*d = walk_datagram(&w);
	d->payload = (struct str){ (const char *)w.p, w.n };
	d->message = true;
	return true;
}

/* ---- what Wireshark exports ---- */

enum {
	TAG_END = 0,
	TAG_PROTOCOL = 12, /* the name of what can read it */
	TAG_IP4_SRC = 20,
	TAG_IP4_DST = 21,
	TAG_IP6_SRC = 22,
	TAG_IP6_DST = 23,
	TAG_PORT_TYPE = 24,
	TAG_PORT_SRC = 25,
	TAG_PORT_DST = 26,
};

#define PORTS_OF_TCP 2

/* Protocols that are a layer of ours. */
static const struct layer {
	const char *name;
	walk_fn *walk;
} layers[] = {
	{ "ip", walk_ip },
	{ "ipv6", walk_ip },
	{ "eth", walk_ethernet },
	{ "eth_maybefcs", walk_ethernet },
	{ "eth_withoutfcs", walk_ethernet },
};

/* The value of a tag: N bytes at P. */
static void
tunnel_take_tag(struct walk *w, unsigned tag, const uint8_t *p, size_t n)
{
	struct str name = { (const char *)p, n };
	const char *end;
	size_t layer;
	int side =
	    tag == TAG_IP4_DST || tag == TAG_IP6_DST || tag == TAG_PORT_DST;

	if (tag == TAG_PROTOCOL) {
		/* Zeros fill it up to a multiple of 4 bytes. */
		end = n > 0 ? memchr(p, 0, n) : NULL;
		name.n = end != NULL ? (size_t)(end - name.p) : n;
		layer = ROWS_FIND(name, layers);
		w->layer = layer < COUNT_OF(layers) ? layers[layer].walk : NULL;
	} else if (tag == TAG_PORT_TYPE && n >= 4) {
		w->proto = get32(p) == PORTS_OF_TCP ? DECODE_TCP : DECODE_UDP;
	} else if ((tag == TAG_PORT_SRC || tag == TAG_PORT_DST) && n >= 4) {
		w->port[side] = (uint16_t)get32(p);
	} else if (tag >= TAG_IP4_SRC && tag <= TAG_IP6_DST &&
		   n == (tag < TAG_IP6_SRC ? 4 : 16)) {
		memcpy(w->ip[side], p, n);
		w->len = (uint8_t)n;
	}
}

/*
 * LINKTYPE_WIRESHARK_UPPER_PDU: what Wireshark exports of a layer ("Export
 * PDUs"), for example of TLS it had the keys of. Before it stand tags, each
 * with its type and length (2 bytes each), the last of type 0; they say between
 * whom it went.
 */
bool
walk_exported(struct walk *w)
{
	unsigned tag;
	size_t n;

	w->layer = NULL;
	w->proto = DECODE_UDP;
	do {
		if (w->n < 4)
			return false;
		tag = get16(w->p);
		n = get16(w->p + 2);
		walk_skip(w, 4);
		if (n > w->n)
			return false;
		tunnel_take_tag(w, tag, w->p, n);
		walk_skip(w, n);
	} while (tag != TAG_END);
	if (w->layer != NULL)
		return true;
	w->message = true;
	/* What the packet had on the wire, less the tags. */
	n = w->packet->length >= w->packet->data.n
		? w->packet->length - w->packet->data.n
		: 0;
	w->length = w->n + n;
	return true;
}
