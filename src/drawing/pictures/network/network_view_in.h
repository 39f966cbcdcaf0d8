/* Shared by the files of the network's pane. */
#ifndef PICTURES_NETWORK_NETWORK_VIEW_IN_H
#define PICTURES_NETWORK_NETWORK_VIEW_IN_H

#include "pictures/network/network_view.h"

/* A network with more is not drawn as a picture, and a list has no more. */
#define NETWORK_NODES 40
#define NETWORK_LINKS 96
/* Bytes of what a message is called. */
#define NETWORK_TEXT 100
#define NETWORK_NONE UINT32_MAX

/* A link of the trace's head; where the head has none, the link of a node to
 * the hub (network_state). */
struct network_link {
	uint32_t a, b; /* nodes, by their place in the head */
	int64_t delay; /* ns; 0: not known */
	bool down;
	bool delayed;    /* an act has set the delay */
	struct str loss; /* "20%", of the head or an act; may be empty */
	uint64_t lost;   /* messages so far */
};

enum network_stage { FLIGHT_FLYING, FLIGHT_ARRIVED, FLIGHT_LOST };

/* A message on its way, or at its end by the record at the position. */
struct network_flight {
	uint64_t seq; /* its send */
	uint32_t src, dst;
	enum network_stage stage;
	int64_t t, end; /* end: when it arrives or is lost; -1: not known */
	bool will_be_lost;
	bool current;            /* the record at the position is about it */
	uint64_t packet;         /* the last packet of it before now, or 0 */
	char text[NETWORK_TEXT]; /* "INVITE", "180 Ringing" */
	enum canvas_style style;
	/* Set by network_flights_place: the message is on LINK and has passed
	 * PART of it (0 to 1), going from b to a where BACK.  LINK is
	 * NETWORK_NONE where it can't be drawn. */
	uint32_t link;
	double part;
	bool back;
};

struct network_state {
	const struct network_view *v;
	uint32_t nnodes; /* of the head, at most NETWORK_NODES */
	bool hub;        /* node NNODES stands for a network not described */
	struct network_link links[NETWORK_LINKS];
	size_t nlinks;
	bool crashed[NETWORK_NODES + 1];
	struct network_flight flights[NETWORK_VIEW_MESSAGES];
	size_t nflights, more; /* MORE: that found no room */
	bool too_large;        /* for a picture */
};

/* network_view_flights.c: links and nodes as they are at the position. */
void network_state_read(struct network_state *s, const struct network_view *v);
/* L is not down, no act set its delay, and it loses nothing. */
bool network_link_is_usual(const struct network_link *l);
enum { LINK_DELAY = 1, LINK_LOSS = 2, LINK_LOST = 4, LINK_WORDS = 7 };
/* "40 ms, loss 20%, 3 lost", the parts in WHICH that L has; where L is down
 * also "cut", whatever WHICH is. */
void network_link_words(
    const struct network_link *l, unsigned which, struct buf *out);
struct str network_node_name(const struct network_state *s, uint32_t node);
/* A node that only passes packets on: it has no role. */
bool network_is_router(const struct network_state *s, uint32_t node);
/* The same, or a NAT. */
bool network_forwards(const struct network_state *s, uint32_t node);

/* network_view_flights.c: finds the messages under way, and their places. */
void network_flights_find(struct network_state *s);
void network_flights_place(struct network_state *s);

/* A link that a message takes: it comes onto it at FROM and would leave it at
 * TO, from b to a where BACK; where TO is not behind FROM it stands at MOST, a
 * part of it (0 to 1), which it never passes. */
struct network_leg {
	uint32_t link;
	bool back;
	int64_t from, to;
	double most;
};
#define NETWORK_LEGS (NETWORK_NODES + 1)
/* Those of F, which has been placed, until the next record; how many. */
size_t network_flight_legs(const struct network_state *s,
    const struct network_flight *f, struct network_leg *legs);

/* network_view.c: lines that NATs take of ROOM, which they then draw. */
size_t network_nats_height(const struct network_state *s, size_t room);
void
network_nats_draw(const struct network_state *s, const struct grid_area *area);

#endif
