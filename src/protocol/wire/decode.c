/*
 * From a frame to its datagram: a packet is walked from the outside in, one
 * function for each layer, each finding the next layer.  The walk is bounded,
 * so that packets in packets in packets end.
 */
#include "wire/decode.h"

#include "wire/bytes.h"
#include "wire/decode_in.h"
#include "wire/frame.h"

/* ---- links with more before their packet than a type ---- */

/* IEEE 802.2 with SNAP (RFC 1042): an EtherType behind. */
bool
walk_llc(struct walk *w)
{
	if (w->n < 8 || w->p[0] != 0xaa || w->p[1] != 0xaa || w->p[2] != 3) {
		w->unread = DECODE_LAYER;
		return false;
	}
	return walk_to_ethertype(w, get16(w->p + 6), 8);
}

/* A frame of IEEE 802.11 9.3.2: data, which are not encrypted. */
bool
walk_wireless(struct walk *w)
{
	size_t head = 24;
	unsigned type, flags;

	if (w->n < head)
		return false;
	type = w->p[0];
	flags = w->p[1];
	/* Management and control frames, and data without any. */
	if ((type & 0x0c) != 0x08 || (type & 0x40) != 0)
		return false;
	if ((flags & 0x40) != 0) {
		w->unread = DECODE_WIRELESS;
		return false;
	}
	/* A fourth address between access points; QoS, and HT with it. */
	head += (flags & 3) == 3 ? 6 : 0;
	if ((type & 0x80) != 0)
		head += 2 + ((flags & 0x80) != 0 ? 4u : 0u);
	return walk_enter_layer(w, walk_llc, head);
}

/* radiotap.org: how it was received, of a length that it says. */
bool
walk_radiotap(struct walk *w)
{
	return w->n >= 4 &&
	       walk_enter_layer(w, walk_wireless, file_get16(w->p + 2, false));
}

/*
 * LINKTYPE_NFLOG, of netfilter: fields of which each has its length and type,
 * as the capturing machine has them, up to a multiple of 4; one is the packet.
 */
bool
walk_nflog(struct walk *w)
{
	enum { PAYLOAD = 9, HEAD = 4 };

	if (!walk_skip(w, HEAD))
		return false;
	while (w->n >= HEAD) {
		size_t n = file_get16(w->p, false);
		unsigned type = file_get16(w->p + 2, false) & 0x7fff;

		if (n < HEAD || n > w->n)
			return false;
		if (type == PAYLOAD) {
			w->n = n;
			return walk_enter_layer(w, walk_ip, HEAD);
		}
		n = octets_padded(n);
		if (!walk_skip(w, n < w->n ? n : w->n))
			return false;
	}
	return false;
}

/* ---- links of the telephone network ---- */

#define MTP2_HEAD  3  /* sequence numbers with their bits, length (Q.703 2.3) */
#define MTP2_LONG  63 /* … which says no more than that */
#define MTP2_STATE 2  /* up to that many octets it is the link's own */
#define MTP3_HEAD  5  /* service information octet, label (Q.704 2.2, 14.2) */
#define POINT_CODE 0x3FFF

static void
decode_put_code(uint8_t ip[16], uint32_t code)
{
	memset(ip, 0, 16);
	ip[2] = (uint8_t)(code >> 8);
	ip[3] = (uint8_t)code;
}

/*
 * Level 3 of MTP (ITU-T Q.704). A message is read from its service information
 * octet on; the exchanges between which it goes are the point codes of its
 * routing label, two bytes of 0.0.x.y each.
 */
bool
walk_mtp3(struct walk *w)
{
	uint32_t label;

	if (w->n < MTP3_HEAD)
		return false;
	label = file_get32(w->p + 1, false);
	decode_put_code(w->ip[0], label >> 14 & POINT_CODE);
	decode_put_code(w->ip[1], label & POINT_CODE);
	w->len = 4;
	w->proto = DECODE_MTP3;
	w->message = true;
	w->length = w->n;
	w->layer = NULL;
	return true;
}

/* Level 2 of MTP (ITU-T Q.703). */
bool
walk_mtp2(struct walk *w)
{
	size_t n;

	if (w->n < MTP2_HEAD)
		return false;
	n = w->p[2] & MTP2_LONG;
	walk_skip(w, MTP2_HEAD);
	if (n <= MTP2_STATE)
		return false;
	if (n < MTP2_LONG && n < w->n)
		w->n = n;
	return walk_enter_layer(w, walk_mtp3, 0);
}

/* LINKTYPE_MTP2_WITH_PHDR: which way, and on which link, in 4 bytes. */
bool
walk_mtp2_noted(struct walk *w)
{
	return walk_enter_layer(w, walk_mtp2, 4);
}

#define LAYERS_MOST 24

/* The layer that a number in an outer one means. */
struct means {
	uint32_t number;
	walk_fn *layer;
};

static const struct means *
find_layer(const struct means *table, size_t n, uint32_t number)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].number == number)
			return &table[i];
	return NULL;
}

#define FIND(table, number) find_layer(table, COUNT_OF(table), number)

bool
walk_skip(struct walk *w, size_t n)
{
	if (n > w->n)
		return false;
	w->p += n;
	w->n -= n;
	return true;
}

/* Behind N bytes stands what NUMBER means. */
static bool
go(struct walk *w, const struct means *to, size_t n)
{
	w->layer = to != NULL ? to->layer : NULL;
	if (to == NULL)
		w->unread = DECODE_LAYER;
	return to != NULL && walk_skip(w, n);
}

bool
walk_enter_layer(struct walk *w, walk_fn *layer, size_t n)
{
	w->layer = layer;
	return walk_skip(w, n);
}

bool
walk_to_ethertype(struct walk *w, uint32_t number, size_t n)
{
	w->number = number;
	return walk_enter_layer(w, walk_ethertype, n);
}

void
walk_set_addresses(struct walk *w, const uint8_t *p, uint8_t len)
{
	memset(w->ip, 0, sizeof(w->ip));
	memcpy(w->ip[0], p, len);
	memcpy(w->ip[1], p + len, len);
	w->len = len;
}

void
walk_set_ports(struct walk *w, const uint8_t *p)
{
	w->port[0] = get16(p);
	w->port[1] = get16(p + 2);
}

struct datagram
walk_datagram(const struct walk *w)
{
	struct datagram d = {
		.at = DECODE_NOWHERE,
		.proto = w->proto,
		.len = w->len,
		.lane = w->lane,
	};

	memcpy(d.ip, w->ip, sizeof(d.ip));
	memcpy(d.port, w->port, sizeof(d.port));
	return d;
}

void
walk_add_lane(struct walk *w, uint32_t lane)
{
	w->lane = w->lane * 4096 + lane;
}

static bool
walk_vlan(struct walk *w)
{
	if (w->n < 4)
		return false;
	walk_add_lane(w, get16(w->p) & 0x0fff);
	return walk_to_ethertype(w, get16(w->p + 2), 4);
}

static walk_fn walk_labelled;

/* RFC 3032: labels up to the bottom of the stack. */
static bool
walk_mpls(struct walk *w)
{
	if (w->n < 4)
		return false;
	return walk_enter_layer(
	    w, (w->p[2] & 1) != 0 ? walk_labelled : walk_mpls, 4);
}

/* IEEE 802.1ah (now 802.1Q 9.7): a service's number, then its frame. */
static bool
walk_itag(struct walk *w)
{
	if (w->n < 4)
		return false;
	walk_add_lane(w, get32(w->p) & 0xffffff);
	return walk_enter_layer(w, walk_ethernet, 4);
}

/* RFC 1661, with or without address and control. */
bool
walk_ppp(struct walk *w)
{
	static const struct means protocols[] = {
		{ 0x0021, walk_ip },
		{ 0x0057, walk_ip },
	};
	if (w->n >= 2 && w->p[0] == 0xff && w->p[1] == 0x03)
		walk_skip(w, 2);
	if (w->n < 2)
		return false;
	/* The first byte may be left out where it is zero. */
	if ((w->p[0] & 1) != 0)
		return go(w, FIND(protocols, w->p[0]), 1);
	return go(w, FIND(protocols, get16(w->p)), 2);
}

static bool
walk_pppoe(struct walk *w)
{
	return walk_enter_layer(w, walk_ppp, 6);
}

static const struct means ethertypes[] = {
	{ 0x0800, walk_ip },
	{ 0x86dd, walk_ip },
	{ 0x8100, walk_vlan },
	{ 0x88a8, walk_vlan },
	{ 0x9100, walk_vlan },
	{ 0x8847, walk_mpls },
	{ 0x8848, walk_mpls },
	{ 0x8864, walk_pppoe },
	{ 0x6558, walk_ethernet },
	{ 0x880b, walk_ppp },
	{ 0x88e7, walk_itag },
};

bool
walk_ethertype(struct walk *w)
{
	/* IEEE 802.3 3.2.6: up to 1500 it is a length. */
	if (w->number <= 1500)
		return walk_enter_layer(w, walk_llc, 0);
	return go(w, FIND(ethertypes, w->number), 0);
}

bool
walk_ethernet(struct walk *w)
{
	return w->n >= 14 && walk_to_ethertype(w, get16(w->p + 12), 14);
}

/* Behind the labels, which do not say what follows: IP of either version, else
 * a frame of Ethernet (RFC 4448), which may have a control word before it (RFC
 * 4385 3: it begins with four zeros, as addresses of cards may as well). */
static bool
walk_labelled(struct walk *w)
{
	unsigned first = w->n > 0 ? w->p[0] >> 4 : 0;
	bool word;

	if (first == 4 || first == 6)
		return walk_enter_layer(w, walk_ip, 0);
	word = first == 0 && w->n >= 18 &&
	       FIND(ethertypes, get16(w->p + 16)) != NULL;
	return walk_enter_layer(w, walk_ethernet, word ? 4 : 0);
}

/* LINKTYPE_LINUX_SLL: type, kind of device, address, then as Ethernet. */
static bool
walk_sll(struct walk *w)
{
	return w->n >= 16 && walk_to_ethertype(w, get16(w->p + 14), 16);
}

/* LINKTYPE_LINUX_SLL2: with the number of the device. */
static bool
walk_sll2(struct walk *w)
{
	if (w->n < 20)
		return false;
	walk_add_lane(w, get32(w->p + 4));
	return walk_to_ethertype(w, get16(w->p), 20);
}

/* LINKTYPE_NULL and LOOP: the family in some order; IP says itself which it
 * is. */
static bool
walk_null(struct walk *w)
{
	return walk_enter_layer(w, walk_ip, 4);
}

/* Linktypes have numbers of files (tcpdump.org/linktypes); 12 and 14 are raw IP
 * of systems that wrote their own. */
static const struct means links[] = {
	{ 0, walk_null },
	{ 1, walk_ethernet },
	{ 9, walk_ppp },
	{ 12, walk_ip },
	{ 14, walk_ip },
	{ 50, walk_ppp },
	{ 51, walk_pppoe },
	{ 101, walk_ip },
	{ 105, walk_wireless },
	{ 108, walk_null },
	{ 113, walk_sll },
	{ 127, walk_radiotap },
	{ 139, walk_mtp2_noted },
	{ 140, walk_mtp2 },
	{ 141, walk_mtp3 },
	{ 228, walk_ip },
	{ 229, walk_ip },
	{ 239, walk_nflog },
	{ 252, walk_exported },
	{ 276, walk_sll2 },
};

bool
decode_knows_link(uint32_t link)
{
	return FIND(links, link) != NULL;
}

static void
say_payload(struct walk *w, size_t n, struct datagram *d)
{
	d->cut = n > w->n;
	d->payload = (struct str){ (const char *)w->p, d->cut ? w->n : n };
	d->at = w->whole ? DECODE_NOWHERE
			 : w->packet->at +
			       (uint64_t)(d->payload.p - w->packet->data.p);
}

/* RFC 768.  A length that says less than the head is that of a jumbogram, or a
 * lie; what IP says counts then. */
static bool
say_udp(struct walk *w, struct datagram *d)
{
	size_t n;

	if (w->n < 8)
		return false;
	walk_set_ports(w, w->p);
	*d = walk_datagram(w);
	n = get16(w->p + 4);
	if (n < 8 || n > w->length || w->lite)
		n = w->length;
	walk_skip(w, 8);
	say_payload(w, n - 8, d);
	d->unread = w->unread;
	return true;
}

/* RFC 9293 3.1. */
static bool
say_tcp(struct walk *w, struct datagram *d)
{
	size_t head;

	if (w->n < 20)
		return false;
	head = (size_t)(w->p[12] >> 4) * 4;
	if (head < 20 || head > w->n || head > w->length)
		return false;
	walk_set_ports(w, w->p);
	*d = walk_datagram(w);
	d->seq = get32(w->p + 4);
	d->ack = get32(w->p + 8);
	d->flags = w->p[13];
	d->window = get16(w->p + 14);
	walk_skip(w, head);
	say_payload(w, w->length - head, d);
	return true;
}

/* RFC 9260 3.1; its payload are the chunks. */
static bool
say_sctp(struct walk *w, struct datagram *d)
{
	if (w->n < SCTP_COMMON || w->length < SCTP_COMMON)
		return false;
	walk_set_ports(w, w->p);
	*d = walk_datagram(w);
	d->seq = get32(w->p + 4);
	walk_skip(w, SCTP_COMMON);
	say_payload(w, w->length - SCTP_COMMON, d);
	return true;
}

/* Payload that says itself between whom it went. */
static bool
decode_say_message(struct walk *w, struct datagram *d)
{
	*d = walk_datagram(w);
	d->message = true;
	say_payload(w, w->length, d);
	return true;
}

static bool
say_icmp(struct walk *w, struct datagram *d)
{
	*d = walk_datagram(w);
	d->icmp = w->icmp;
	return true;
}

/* To the end of the walk: UDP, TCP, SCTP, or a message. */
static bool
walk_all(struct walk *w)
{
	for (int i = 0; i < LAYERS_MOST; i++) {
		if (w->layer != NULL && !w->layer(w))
			return false;
		if (w->layer == NULL &&
		    (w->message || w->icmp != 0 || w->proto != DECODE_UDP ||
			!walk_into_udp(w)))
			return true;
	}
	return false;
}

bool
decode_packet(
    const struct packet *packet, struct fragments *f, struct datagram *d)
{
	const struct means *link = FIND(links, packet->link);
	struct walk w = {
		.packet = packet,
		.fragments = f,
		.p = (const uint8_t *)packet->data.p,
		.n = packet->data.n,
		.layer = link != NULL ? link->layer : NULL,
	};

	*d = (struct datagram){ .at = DECODE_NOWHERE };
	if (link == NULL)
		return false;
	if (!walk_all(&w)) {
		*d = walk_datagram(&w);
		d->unread = w.unread;
		return false;
	}
	if (w.message)
		return decode_say_message(&w, d);
	if (w.icmp != 0)
		return say_icmp(&w, d);
	if (w.proto == DECODE_UDP)
		return say_udp(&w, d);
	if (w.proto == DECODE_SCTP)
		return say_sctp(&w, d);
	return w.proto == DECODE_TCP && say_tcp(&w, d);
}
