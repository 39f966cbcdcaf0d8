/*
 * Maps whose keys are the bytes of a struct or an array (without padding, or
 * zeroed), and whose values are numbers from 1, or zeroed memory of their own.
 */
#ifndef PACKETS_KEYS_H
#define PACKETS_KEYS_H

#include "base/addr.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"

/* The bytes of variable K. */
#define BYTES_OF(k) ((struct str){ (const char *)&(k), sizeof(k) })

/* An address in a key. */
struct addr_key {
	uint8_t ip[16];
	uint8_t len;
	uint8_t port[2];
};

static inline struct addr_key
key_of_addr(const struct addr *a)
{
	struct addr_key k = { .len = a->len,
		.port = { (uint8_t)(a->port >> 8), (uint8_t)a->port } };

	memcpy(k.ip, a->ip, a->len <= sizeof(k.ip) ? a->len : sizeof(k.ip));
	return k;
}

/* The number that stands at KEY; 0: none. */
static inline uint32_t
key_number(const struct map *m, struct str key)
{
	return (uint32_t)(uintptr_t)map_get(m, key);
}

/* Puts NUMBER, not 0, at KEY, in place of another.  0 or ERR_NOMEM. */
static inline int
key_set_number(struct map *m, struct str key, size_t number)
{
	return map_put(m, key, (void *)(uintptr_t)number);
}

/* The value at KEY, SIZE zeroed bytes where there was none; NULL without
 * memory.  For a map that is freed with map_destroy_all. */
static inline void *
key_value(struct map *m, struct str key, size_t size)
{
	void *v = map_get(m, key);

	if (v != NULL)
		return v;
	v = mem_zalloc(1, size);
	if (v == NULL || map_put(m, key, v) == 0)
		return v;
	mem_free(v);
	return NULL;
}

#endif
