/*
 * The walk through a packet's layers, shared by decode.c and decode_ip.c.
 */
#ifndef WIRE_DECODE_IN_H
#define WIRE_DECODE_IN_H

#include "wire/decode.h"

struct walk;

/* Looks at the layer at w->p, goes behind its head and sets w->layer to the
 * next, or to NULL at the end of the walk; false: nothing for us. */
typedef bool walk_fn(struct walk *w);

struct walk {
	const struct packet *packet;
	struct fragments *fragments;
	const uint8_t *p;
	size_t n; /* bytes that are there */
	walk_fn *layer;
	uint32_t number; /* EtherType for walk_ethertype */
	uint32_t lane;
	bool whole; /* in the memory of fragments, not of the packet */
	/* of the innermost IP */
	uint8_t ip[2][16];
	uint8_t len;
	uint8_t proto;
	size_t length; /* bytes behind its head as it says; w->n may be less */
};

bool walk_on(struct walk *w, size_t n); /* N bytes further */

walk_fn walk_ethernet, walk_ethertype, walk_ppp;
walk_fn walk_ip; /* of the version that the first byte says */

#endif
