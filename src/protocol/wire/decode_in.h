/* The walk through a packet's layers, shared by the decode*.c files. */
#ifndef WIRE_DECODE_IN_H
#define WIRE_DECODE_IN_H

#include "wire/decode.h"

struct walk;

/* Looks at the layer at w->p, goes behind its head and sets w->layer to the
 * next, or to NULL at the end of the walk; false: the packet has nothing that
 * is decoded here. */
typedef bool walk_fn(struct walk *w);

struct walk {
	const struct packet *packet;
	struct fragments *fragments;
	const uint8_t *p;
	size_t n; /* bytes that are there */
	walk_fn *layer;
	uint32_t number; /* EtherType for walk_ethertype */
	uint32_t lane;
	bool whole;   /* P is in the memory of fragments, not of the packet */
	bool message; /* P is payload, without UDP or TCP around it, … */
	uint16_t port[2]; /* … between these ports */
	uint32_t icmp;    /* as a datagram has it, or 0 */
	bool lite;        /* UDP-Lite: its length is that of the checksum */
	enum decode_unread unread; /* the layer at which it ended */
	/* of the innermost IP */
	uint8_t ip[2][16];
	uint8_t len;
	uint8_t proto;
	size_t length; /* bytes behind its head as it says; w->n may be less */
};

bool walk_skip(struct walk *w, size_t n); /* N bytes further */
/* LAYER stands N bytes further. */
bool walk_enter_layer(struct walk *w, walk_fn *layer, size_t n);
/* What EtherType NUMBER means stands N bytes further. */
bool walk_to_ethertype(struct walk *w, uint32_t number, size_t n);
/* The addresses of LEN bytes, source and destination, at P. */
void walk_set_addresses(struct walk *w, const uint8_t *p, uint8_t len);
/* The ports at P, source and destination. */
void walk_set_ports(struct walk *w, const uint8_t *p);
/* A datagram with W's protocol, addresses, ports and lane; the rest is 0. */
struct datagram walk_datagram(const struct walk *w);

/* Adds LANE, the number of a VLAN, a device or a tunnel, to w->lane; several of
 * them make one number. */
void walk_add_lane(struct walk *w, uint32_t lane);

walk_fn walk_ethernet, walk_ethertype, walk_ppp, walk_gre;
walk_fn walk_ip; /* of the version that the first byte says */
walk_fn walk_exported, walk_icmp;
walk_fn walk_esp; /* decode_ip.c */
/* decode.c: links of the telephone network. */
walk_fn walk_mtp2, walk_mtp2_noted, walk_mtp3;
/* decode.c: link layers of files; 802.2 behind a length. */
walk_fn walk_llc, walk_nflog, walk_wireless, walk_radiotap;
/* Behind UDP's head, at which W stands, is a layer of a tunnel; false: it is
 * not, and W is as it was. */
walk_fn walk_into_udp;

#endif
