/* What is on its way where no record tells of packets; see
 * capture/pcapng_draw.c. */
#ifndef CAPTURE_PCAPNG_TRANSIT_H
#define CAPTURE_PCAPNG_TRANSIT_H

#include "capture/pcapng_in.h"

/* Something on its way, at one link after the other. */
struct transit {
	uint32_t message, conn; /* from 1; 0: none */
	uint32_t at, to;        /* nodes */
	uint32_t via;           /* the one link there is; 0: by the table */
	unsigned hops;          /* left */
	int64_t t0, t1;         /* sets out, is there */
	uint64_t gone, all;     /* parts of the way, by its delays */
	uint64_t from, bytes;   /* of the message */
	uint64_t lost, tells;
	const char *remark;
	uint64_t id;
	uint32_t seq, ack, first_id;
	uint8_t flags, ttl;
	bool back;
	bool even; /* all links count alike */
};

/* Where a loss stops it. */
struct transit_stop {
	bool at_node, at_link;
	uint32_t node;   /* there, before it leaves */
	struct str a, b; /* behind this link */
};

/* X has its ends: how far does it get?  What a node sends to itself, and what
 * ARRIVED though nobody knows how, has a link of its own.  STOP may be NULL. */
void transit_find_way(struct pcapng *p, struct transit *x, bool arrived,
    const struct transit_stop *stop);
/* How long a packet takes between two nodes. */
int64_t transit_passage(struct pcapng *p, uint32_t from, uint32_t to);
/* X sets out at T0, if there is a way. */
void transit_launch(struct pcapng *p, struct transit *x);
/* The sum, or the end of time. */
int64_t transit_later(int64_t t, int64_t by);

#endif
