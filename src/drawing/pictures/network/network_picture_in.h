/* A network's picture while its places are found. */
#ifndef PICTURES_NETWORK_NETWORK_PICTURE_IN_H
#define PICTURES_NETWORK_NETWORK_PICTURE_IN_H

#include "pictures/network/network_picture.h"

struct island {
	uint32_t router;
	uint32_t hosts[NETWORK_NODES];
	size_t n, left; /* the first LEFT stand left of the bus */
	uint16_t x, w, bus;
	struct str frame; /* that all its hosts stand in; empty: none */
	bool framed;
};

struct placing {
	struct network_picture *p;
	const struct network_state *s;
	uint32_t nnodes; /* with the hub: network_state */
	bool router[NETWORK_NODES + 1];
	uint32_t at[NETWORK_NODES + 1]; /* the router of a host */
	struct island islands[NETWORK_NODES + 1];
	size_t n;
	uint32_t spine[NETWORK_NODES + 1]; /* routers without hosts */
	size_t nspine;
	size_t w, h, row, spine_row; /* rows of the routers */
	size_t pitch, region;        /* rows of a host; of all hosts */
	bool middle;                 /* routers stand among the hosts */
	size_t gap;                  /* between two islands */
	bool plain;                  /* names alone: no room for boxes */
	size_t below; /* rows below the islands, for links and the spine */
};

/* network_picture_graph.c */
void placing_find_routers(struct placing *g);
void placing_find_islands(struct placing *g);
/* The node at the other end of LINK, NETWORK_NONE where it is not NODE's. */
uint32_t placing_neighbour(const struct placing *g, size_t link, uint32_t node);
/* The routers of the islands, from left to right. */
void placing_routers(const struct placing *g, uint32_t *row);
/* A and B, of the N in ROW, have others between them. */
bool placing_passes(const uint32_t *row, size_t n, uint32_t a, uint32_t b);

/* network_picture_ways.c: when all spots have been found. */
void placing_place_ways(struct placing *g);

#endif
