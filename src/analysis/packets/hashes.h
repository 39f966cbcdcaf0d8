/*
 * A table from hashes to numbers, for the millions of keys of a large capture:
 * 16 bytes each, in one piece, without the keys.  That two of them have one
 * hash of 64 bits happens in one of some ten million captures of a million
 * messages, and joins two messages that have nothing to do with each other.
 */
#ifndef PACKETS_HASHES_H
#define PACKETS_HASHES_H

#include "base/mem.h"

struct hash_slot {
	uint64_t hash;
	uint32_t number; /* 0: free */
};

struct hashes {
	struct hash_slot *slots;
	size_t mask; /* their number less 1; a power of two */
};

/* Room for MOST keys in all; H is zeroed, or has fewer.  0 or ERR_NOMEM; then
 * it is as it was. */
int hashes_reserve(struct hashes *h, size_t most);

static inline void
hashes_free(struct hashes *h)
{
	mem_free(h->slots);
}

/* Where HASH stands, or would. */
static inline struct hash_slot *
hashes_slot(const struct hashes *h, uint64_t hash)
{
	size_t i = (size_t)hash & h->mask;

	while (h->slots[i].number != 0 && h->slots[i].hash != hash)
		i = (i + 1) & h->mask;
	return &h->slots[i];
}

/* HASH will be asked for soon: its slot is fetched into the cache. */
static inline void
hashes_fetch(const struct hashes *h, uint64_t hash)
{
	__builtin_prefetch(&h->slots[(size_t)hash & h->mask], 1);
}

/* The number that stands at HASH; 0: none. */
static inline uint32_t
hashes_get(const struct hashes *h, uint64_t hash)
{
	return hashes_slot(h, hash)->number;
}

/* Puts NUMBER, not 0, at HASH, in place of another; there is room for it. */
static inline void
hashes_set(struct hashes *h, uint64_t hash, uint32_t number)
{
	*hashes_slot(h, hash) = (struct hash_slot){ hash, number };
}

#endif
