/*
 * What a packet carries to UDP, TCP or SCTP: link layers, IPv4 (RFC 791) and
 * IPv6 (RFC 8200) with their fragments and tunnels, and messages that a server
 * or a program copied with the addresses between which they went.  A message of
 * the telephone network, on a link of its own (MTP, ITU-T Q.703, Q.704), goes
 * from 0.0.x.y to 0.0.x.y, whose last two bytes are a point code.
 */
#ifndef WIRE_DECODE_H
#define WIRE_DECODE_H

#include "base/str.h"
#include "wire/fragments.h"

/* One packet, as a capture or a network card hands it over. */
struct packet {
	int64_t t;          /* ns since 1970 */
	uint64_t number;    /* from 1 */
	uint64_t at;        /* where its bytes are in the source */
	uint32_t interface; /* of all sections, from 0 */
	uint32_t link;      /* LINKTYPE_* */
	struct str data;    /* until the next packet is asked for */
	uint32_t length;    /* on the wire: DATA may be less */
};

#define DECODE_UDP  17
#define DECODE_TCP  6
#define DECODE_SCTP 132
#define DECODE_MTP3 255 /* none of IP's: a message of ITU-T Q.704 */

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

/* Payload that is in no one piece of the file. */
#define DECODE_NOWHERE UINT64_MAX

/* Layers at which a packet may end that is not read. */
enum decode_unread {
	DECODE_READ,     /* … or had nothing in it */
	DECODE_ESP,      /* RFC 4303, encrypted */
	DECODE_L2TP,     /* RFC 3931: version 3 */
	DECODE_WIRELESS, /* IEEE 802.11, encrypted */
	DECODE_HEP,      /* HEP 3, compressed */
	DECODE_LAYER,    /* another one */
};

struct datagram {
	uint8_t proto;     /* DECODE_UDP … */
	uint8_t len;       /* of an address: 4 or 16 */
	uint8_t ip[2][16]; /* source, destination */
	uint16_t port[2];
	struct str payload;
	uint64_t at;   /* where PAYLOAD is in the source, or
			  DECODE_NOWHERE */
	bool cut;      /* the capture has only a part of it */
	bool message;  /* PAYLOAD is a whole one, by TCP too */
	uint32_t lane; /* VLAN or number of the device; 0: none */
	/* Not 0: this is an ICMP error about a datagram or segment between
	 * these addresses and ports, of which there is nothing else: version of
	 * IP, type and code, 8 bits each. */
	uint32_t icmp;
	uint32_t seq, ack; /* of TCP; SEQ of SCTP: its verification tag */
	uint16_t window;
	uint8_t flags;
	/* Where there is none, or it is one of UDP that has others inside. */
	enum decode_unread unread;
};

/* A datagram or segment that P carries or completes; false: none, and
 * D->unread says why.  What D says stands until the next call. */
bool
decode_packet(const struct packet *p, struct fragments *f, struct datagram *d);

/* BYTES begin with a whole packet of HEP3, as a stream of TCP has them: its
 * addresses, ports, protocol and payload into D, which are in BYTES. */
bool decode_hep(struct str bytes, struct datagram *d);

/* Whether the link layer can be read. */
bool decode_knows_link(uint32_t link);

#endif
