/*
 * A capture file's packets, one after the other: SIP by UDP at once, by TCP
 * through `segments`, by SCTP through `associations`; others may be media.
 */
#include "base/err.h"
#include "base/library.h"
#include "base/mem.h"
#include "packets/associations.h"
#include "packets/capture_in.h"
#include "packets/pcap_file.h"
#include "packets/other_protocols.h"
#include "packets/stream_framing.h"
#include "packets/segments.h"
#include "wire/bytes.h"
#include "wire/decode.h"

#include <pcap/pcap.h>

#define PLACES_MOST     256
#define UDP_HEAD        8
#define FLOWS_LOOKED_AT 1024

/* An interface, and the VLAN or the device of it. */
struct place {
	uint32_t interface, lane;
};

struct packets {
	struct capture *c;
	struct pcap_file container;
	struct fragments fragments;
	struct segments *segments;
	struct associations *associations;
	struct place places[PLACES_MOST];
	uint32_t nplaces, last;
	struct buf name; /* of a message of another protocol */
	struct buf room; /* for one as its own network has it */
};

/* The number of the place; those beyond the last are that. */
static uint32_t
frame_place_of(struct packets *r, uint32_t interface, uint32_t lane)
{
	const struct place *p = &r->places[r->last];

	if (r->nplaces > 0 && p->interface == interface && p->lane == lane)
		return r->last;
	for (r->last = 0; r->last < r->nplaces; r->last++) {
		p = &r->places[r->last];
		if (p->interface == interface && p->lane == lane)
			return r->last;
	}
	if (r->nplaces == PLACES_MOST)
		return r->last = PLACES_MOST - 1;
	r->places[r->nplaces] = (struct place){ interface, lane };
	return r->last = r->nplaces++;
}

static int
add_found(struct capture *c, const struct datagram *d, uint32_t place,
    struct index_entry e, struct str bytes)
{
	struct index_flow f = index_flow_of(d, place);

	return capture_add(c, &f, e, bytes);
}

static int
frame_on_message(void *arg, const struct datagram *d, uint32_t place, int64_t t,
    uint64_t packet, struct str bytes, uint64_t at)
{
	struct capture *c = arg;
	size_t head;

	recognise_measure(bytes, &head);
	rtp_streams_message(c->rtp_streams, str_slice(bytes, 0, head),
	    str_slice(bytes, head, bytes.n));
	return add_found(c, d, place,
	    (struct index_entry){ .t = t, .packet = packet, .at = at }, bytes);
}

/* Empty lines (RFC 3261 7.5) and what else stands before a message that is no
 * text: a phone's keep-alive may end in zeros. */
static size_t
count_empty(struct str s)
{
	size_t n = 0;

	while (n < s.n && (chr_is_space(s.p[n]) || s.p[n] == '\0'))
		n++;
	return n;
}

/* Where in S, behind a message, another begins; S.n: there is none. */
static size_t
find_another(struct str s)
{
	size_t n = count_empty(s);
	ptrdiff_t at;

	if (recognise_start(str_slice(s, n, s.n)) == RECOGNISED_SIP)
		return n;
	at = recognise_find_start(s);
	return at < 0 ? s.n : (size_t)at;
}

/* D is what R speaks of; a segments_remark_fn. */
static void
on_remark(void *arg, const struct datagram *d, uint32_t place, int64_t t,
    uint64_t packet, const struct capture_remark *r)
{
	struct capture *c = arg;
	const struct index_flow f = index_flow_of(d, place);
	struct capture_remark remark = *r;
	struct datagram media = *d;

	if (r->kind == CAPTURE_OTHER && r->proto == TRACE_PROTO_RTP) {
		media.payload = r->bytes;
		media.at = DECODE_NOWHERE;
		rtp_streams_packet(c->rtp_streams, &media, place, t);
		return;
	}
	remark.t = t;
	remark.packet = packet;
	remark.place = place;
	remark.src = index_addr(&f, 0);
	remark.dst = index_addr(&f, 1);
	remarks_add(&c->remarks, &remark);
}

/* Something is the matter with D, or N bytes of it. */
static void
say_amiss(struct capture *c, const struct datagram *d, uint32_t place,
    int64_t t, uint64_t packet, enum capture_remark_kind kind, uint64_t n)
{
	on_remark(c, d, place, t, packet,
	    &(struct capture_remark){ .kind = kind, .n = n });
}

/* A packet whose layers were not read to the end, where it has SIP; a
 * compressed or encrypted one may have. */
static void
say_unread(struct packets *r, const struct packet *p, const struct datagram *d)
{
	static const struct {
		enum capture_remark_kind kind;
		bool hidden;
	} kinds[] = {
		[DECODE_ESP] = { CAPTURE_ESP, true },
		[DECODE_L2TP] = { CAPTURE_L2TP, false },
		[DECODE_WIRELESS] = { CAPTURE_WIRELESS, true },
		[DECODE_HEP] = { CAPTURE_HEP_PACKED, true },
		[DECODE_LAYER] = { CAPTURE_LAYER, false },
	};

	if (d->unread != DECODE_READ &&
	    (kinds[d->unread].hidden || recognise_find_start(p->data) >= 0))
		say_amiss(r->c, d, frame_place_of(r, p->interface, d->lane),
		    p->t, p->number, kinds[d->unread].kind, 0);
}

/* D is a message of another protocol that is told. */
static bool
read_other_message(struct packets *r, const struct packet *p,
    const struct datagram *d, uint32_t place)
{
	struct capture_remark other = { .kind = CAPTURE_OTHER,
		.bytes = d->payload };

	if (d->cut)
		return false;
	other.proto = other_protocols_datagram(d, &r->name);
	other.name = buf_view(&r->name);
	if (other.proto == TRACE_PROTO_UDP)
		return false;
	on_remark(r->c, d, place, p->t, p->number, &other);
	return true;
}

/* MESSAGE of the telephone network or of SCTP, which is no SIP. */
static void
read_signalling(struct packets *r, const struct datagram *d, uint32_t place,
    int64_t t, uint64_t packet, struct str message)
{
	struct capture_remark remark = { .kind = CAPTURE_OTHER };

	remark.proto = other_protocols_signalling(
	    d->proto, &message, &r->room, &r->name, &remark.kind);
	if (remark.proto != TRACE_PROTO_UDP)
		remark = (struct capture_remark){ .kind = CAPTURE_OTHER,
			.proto = remark.proto,
			.name = buf_view(&r->name),
			.bytes = message };
	on_remark(r->c, d, place, t, packet, &remark);
}

/* A message of SCTP is one of what it carries (RFC 4168 5.1); a segments_fn. */
static int
on_sctp(void *arg, const struct datagram *d, uint32_t place, int64_t t,
    uint64_t packet, struct str bytes, uint64_t at)
{
	struct packets *r = arg;

	if (recognise_start(bytes) == RECOGNISED_SIP)
		return frame_on_message(r->c, d, place, t, packet, bytes, at);
	read_signalling(r, d, place, t, packet, bytes);
	return 0;
}

/* SIP is at the beginning of a datagram or not at all: what has it inside is a
 * tunnel, whose addresses are not those between which the message went. */
static void
frame_read_other(struct packets *r, const struct packet *p,
    const struct datagram *d, uint32_t place)
{
	if (d->unread != DECODE_READ)
		say_unread(r, p, d);
	else if (read_other_message(r, p, d, place))
		return;
	else if (recognise_find_start(d->payload) >= 0)
		say_amiss(r->c, d, place, p->t, p->number, CAPTURE_INSIDE, 0);
	else if (other_protocols_is_binary(d))
		say_amiss(r->c, d, place, p->t, p->number, CAPTURE_BINARY, 0);
	else
		rtp_streams_packet(r->c->rtp_streams, d, place, p->t);
}

/* RFC 3261 18.3: a datagram has one message, and bytes behind its body are
 * discarded.  Following bytes that are no message stay with it.  A datagram
 * that a program copied from a stream may have several. */
static int
read_udp(struct packets *r, const struct packet *p, const struct datagram *d,
    uint32_t place)
{
	struct str rest = d->payload;
	size_t at = count_empty(rest), size, head;
	struct index_entry e = { .t = p->t, .packet = p->number };
	int err = 0;

	if (recognise_start(str_slice(rest, at, rest.n)) != RECOGNISED_SIP) {
		frame_read_other(r, p, d, place);
		return 0;
	}
	while (err == 0 && at < d->payload.n) {
		rest = str_slice(d->payload, at, d->payload.n);
		size = recognise_measure(rest, &head);
		size += find_another(str_slice(rest, size, rest.n));
		rtp_streams_message(r->c->rtp_streams, str_slice(rest, 0, head),
		    str_slice(rest, head, size));
		e.at = d->at == DECODE_NOWHERE ? d->at : d->at + at;
		if (d->cut && size == rest.n)
			e.at |= INDEX_CUT;
		err = add_found(r->c, d, place, e, str_slice(rest, 0, size));
		at += size;
		if (err != 0 || d->proto == DECODE_TCP || at == d->payload.n)
			continue;
		say_amiss(r->c, d, place, p->t, p->number, CAPTURE_BEHIND, 0);
		break;
	}
	return err;
}

#define PCAP_FUNCTIONS(X) X(pcap_datalink_val_to_name)

/*
 * libpcap's name of a link layer; NULL where it has none or is not there.  Only
 * this is asked of it, and it brings a dozen libraries along.
 */
static const char *
link_name(uint32_t link)
{
	static struct {
		PCAP_FUNCTIONS(LIBRARY_POINTER)
	} lib;

	if (LIBRARY_LOAD(RUNG_LIBPCAP, PCAP_FUNCTIONS, lib, NULL) != 0)
		return NULL;
	return lib.pcap_datalink_val_to_name((int)link);
}

static void
frame_say_link(struct capture *c, uint32_t link)
{
	const char *name = link_name(link);

	if (name != NULL)
		diag_set(&c->trouble, ERR_UNSUPPORTED, NULL, 0,
		    _("packets of the link layer %s can't be read"), name);
	else
		diag_set(&c->trouble, ERR_UNSUPPORTED, NULL, 0,
		    _("packets of link layer number %u can't be read"), link);
}

/* An ICMP error, where it is about SIP or a stream of media. */
static void
read_icmp(struct packets *r, const struct packet *p, const struct datagram *d,
    uint32_t place)
{
	struct index_flow f = index_flow_of(d, place);

	if (d->proto != DECODE_UDP)
		return;
	if (index_has_flow(&r->c->index, &f))
		say_amiss(
		    r->c, d, place, p->t, p->number, CAPTURE_ICMP, d->icmp);
	else
		rtp_streams_icmp(r->c->rtp_streams, d, place, p->t);
}

/* SIP went between the hosts of D by UDP, as the last flow that had it says; a
 * capture with very many flows is not looked through. */
static bool
hosts_speak_sip(const struct packets *r, const struct datagram *d)
{
	const struct index *x = &r->c->index;
	uint32_t i =
	    x->nflows > FLOWS_LOOKED_AT ? x->nflows - FLOWS_LOOKED_AT : 0;

	for (; i < x->nflows; i++) {
		const struct index_flow *f = &x->flows[i];

		if (!addr_transports[f->transport].stream &&
		    f->len[0] == d->len &&
		    memcmp(f->ip, d->ip, sizeof(f->ip)) == 0)
			return true;
	}
	return false;
}

/* A datagram whose fragments did not all come, where its beginning is one of
 * SIP, or it has none and such went the same way. */
static void
frame_on_lost(void *arg, const struct fragments_key *key, struct str begin,
    int64_t t, uint64_t number)
{
	struct packets *r = arg;
	struct datagram d = { .proto = key->proto & 255,
		.len = (uint8_t)(key->proto >> 8) };
	struct str payload = str_slice(begin, UDP_HEAD, begin.n);

	if (d.proto != DECODE_UDP ||
	    (begin.n >= UDP_HEAD &&
		recognise_start(str_slice(payload, count_empty(payload),
		    payload.n)) != RECOGNISED_SIP))
		return;
	memcpy(d.ip, key->ip, sizeof(d.ip));
	if (begin.n >= UDP_HEAD) {
		d.port[0] = get16(begin.p);
		d.port[1] = get16(begin.p + 2);
	} else if (!hosts_speak_sip(r, &d)) {
		return;
	}
	say_amiss(r->c, &d, frame_place_of(r, key->interface, key->lane), t,
	    number, CAPTURE_FRAGMENT, 0);
}

static int
decode_and_read(struct packets *r, const struct packet *p)
{
	struct datagram d;
	uint32_t place;

	if (!decode_packet(p, &r->fragments, &d)) {
		if (!decode_knows_link(p->link))
			frame_say_link(r->c, p->link);
		else
			say_unread(r, p, &d);
		return 0;
	}
	place = frame_place_of(r, p->interface, d.lane);
	if (d.proto == DECODE_MTP3) {
		if (!d.cut)
			read_signalling(
			    r, &d, place, p->t, p->number, d.payload);
		return 0;
	}
	if (d.icmp != 0) {
		read_icmp(r, p, &d, place);
		return 0;
	}
	if (d.proto == DECODE_UDP || d.message)
		return read_udp(r, p, &d, place);
	if (d.proto == DECODE_SCTP)
		return associations_add(
		    r->associations, &d, place, p->t, p->number);
	return segments_add(r->segments, &d, place, p->t, p->number);
}

/* Remarks on a message of SCTP; a segments_remark_fn. */
static void
on_associations(void *arg, const struct datagram *d, uint32_t place, int64_t t,
    uint64_t packet, const struct capture_remark *remark)
{
	struct packets *r = arg;

	on_remark(r->c, d, place, t, packet, remark);
}

int
packets_create(struct packets **out, struct capture *c)
{
	struct packets *r = mem_zalloc(1, sizeof(*r));
	int err;

	*out = r;
	if (r == NULL)
		return ERR_NOMEM;
	r->c = c;
	r->name = BUF_INIT;
	r->room = BUF_INIT;
	pcap_file_begin(&r->container, c->source, &c->trouble);
	fragments_init(&r->fragments, c->memory_most / 4);
	r->fragments.lost = frame_on_lost;
	r->fragments.arg = r;
	err = segments_create(&r->segments, c->memory_most / 8 * 5,
	    frame_on_message, on_remark, c);
	return err == 0 ? associations_create(&r->associations,
			      c->memory_most / 8, on_sctp, on_associations, r)
			: err;
}

int
packets_go_on(struct packets *r)
{
	struct packet p;
	int err = 0;

	while (
	    err == 0 && pcap_file_next(&r->container, &p) == PCAP_FILE_PACKET)
		err = decode_and_read(r, &p);
	return err;
}

int
packets_end(struct packets *r, int err)
{
	fragments_end(&r->fragments);
	associations_end(r->associations);
	return err == 0 ? segments_end(r->segments) : err;
}

void
packets_destroy(struct packets *r)
{
	if (r == NULL)
		return;
	segments_destroy(r->segments);
	associations_destroy(r->associations);
	fragments_free(&r->fragments);
	pcap_file_end(&r->container);
	buf_free(&r->name);
	buf_free(&r->room);
	mem_free(r);
}
