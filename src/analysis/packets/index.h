/*
 * The messages of a capture: for each 40 bytes, and for each pair of addresses
 * a row.  Bytes stay where they are.
 */
#ifndef PACKETS_INDEX_H
#define PACKETS_INDEX_H

#include "base/str.h"
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

/*
 * Texts by number: what many messages repeat (Call-IDs, branches, tags)
 * is kept once, and comparing is comparing numbers. Numbers go 1, 2, 3 …
 * in the order of first appearance; 0 is the empty text.
 */
struct numbers;

int numbers_create(struct numbers **n); /* 0 or ERR_NOMEM */
void numbers_destroy(struct numbers *n);
/* The number of TEXT (any bytes), a new one where it has none yet; 0 or
 * ERR_NOMEM. */
int numbers_of(struct numbers *n, struct str text, uint32_t *number);
/* The numbers of COUNT texts, at most NUMBERS_EACH, as if asked for in their
 * order, but sooner: memory is waited for once, not for each.  0 or
 * ERR_NOMEM. */
#define NUMBERS_EACH 8
int numbers_of_each(struct numbers *n, const struct str *texts, size_t count,
    uint32_t *numbers);
/* The number it has, or 0. */
uint32_t numbers_find(const struct numbers *n, struct str text);
/* Valid as long as N. */
struct str numbers_text(const struct numbers *n, uint32_t number);
size_t numbers_count(const struct numbers *n);

#endif
