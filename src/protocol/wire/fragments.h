/*
 * IP datagrams put together from their fragments, in any order, within a limit
 * of memory (RFC 791 3.2, RFC 8200 4.5, RFC 815).  Where fragments overlap the
 * byte that came first stays.
 */
#ifndef WIRE_FRAGMENTS_H
#define WIRE_FRAGMENTS_H

#include "base/list.h"
#include "base/str.h"

/* What belongs to one datagram. */
struct fragments_key {
	uint8_t ip[2][16];
	uint32_t id;
	uint32_t interface, lane;
	uint32_t proto; /* and the length of an address */
};

/* A datagram that is given up: KEY, the received part of its beginning, and its
 * first fragment's time and number. */
typedef void fragments_lost_fn(void *arg, const struct fragments_key *key,
    struct str begin, int64_t t, uint64_t number);

struct fragments {
	fragments_lost_fn *lost; /* may be NULL */
	void *arg;
	struct list all; /* oldest first */
	size_t count, bytes, most;
	struct fragments_one *done; /* whose bytes fragments_add gave last */
};

struct fragment {
	size_t offset;
	struct str bytes;
	bool last;
	int64_t t;
	uint64_t number; /* of its packet */
};

void fragments_init(struct fragments *f, size_t most);
void fragments_free(struct fragments *f);
/* The input is over: incomplete packets are given up. */
void fragments_end(struct fragments *f);

/* True when the datagram is complete: *WHOLE stands until the next call.  What
 * there is no memory for is dropped. */
bool fragments_add(struct fragments *f, const struct fragments_key *key,
    const struct fragment *piece, struct str *whole);

#endif
