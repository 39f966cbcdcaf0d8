/*
 * The messages of a capture: for each 40 bytes, and for each pair of addresses
 * a row.  Bytes stay where they are.
 */
#ifndef PACKETS_INDEX_H
#define PACKETS_INDEX_H

#include "wire/decode.h"

/* Between whom, and where it was seen. */
struct index_flow {
	uint8_t ip[2][16];
	uint16_t port[2];
	uint32_t place;
	uint8_t len[2]; /* of the addresses: 4, 16, 0 */
	uint8_t transport;
	uint8_t zero; /* the rows are compared as bytes */
};

#define INDEX_SPOOLED                                                    \
	(UINT64_C(1) << 63)           /* in the spool, not in the source \
				       */
#define INDEX_CUT (UINT64_C(1) << 62) /* the capture has only a part */
#define INDEX_AT  (INDEX_CUT - 1)

struct index_entry {
	int64_t t;
	uint64_t at; /* in the source or the spool, with the flags above */
	uint64_t packet;
	uint64_t hash; /* of the bytes, and their number */
	uint32_t n;
	uint32_t flow;
};

struct map;

struct index {
	struct index_entry **chunks;
	size_t count, nchunks;
	uint32_t *order; /* NULL: they came in the order of time */
	size_t order_cap;
	size_t sorted; /* so many are in the order of time */
	bool unordered, ties;
	bool late; /* some of those will stand elsewhere */

	struct index_flow *flows;
	uint32_t nflows;
	size_t flows_cap;
	struct map *by_flow; /* to their places in `flows`, from 1 */
};

void index_free(struct index *x);
/* 0, ERR_NOMEM, ERR_LIMIT */
int index_add(struct index *x, const struct index_entry *e);
/* *ID of the flow, made where it is new; 0 or ERR_NOMEM. */
int index_flow(struct index *x, const struct index_flow *f, uint32_t *id);
/* A flow equal to F was added. */
bool index_has_flow(const struct index *x, const struct index_flow *f);
/* Puts those so far into the order of time; 0 or ERR_NOMEM. */
int index_sort(struct index *x);
const struct index_entry *index_get(const struct index *x, size_t i);

/* The flow of D, seen at PLACE. */
struct index_flow index_flow_of(const struct datagram *d, uint32_t place);
/* Side 0 or 1 of F. */
struct addr index_addr(const struct index_flow *f, int side);
uint64_t index_hash(const void *bytes, size_t n);
/* Of a message, with its length. */
uint64_t index_hash_message(struct str bytes);

#endif
