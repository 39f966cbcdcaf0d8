/*
 * Entries lie in chunks, so that growing copies none of them; the flows in one
 * array with a map over it.
 */
#include "capture/index.h"

#include "base/array.h"
#include "capture/keys.h"

#include <stdlib.h>

#define CHUNK      4096 /* entries: so that growing copies none of them */
#define COUNT_MOST UINT32_MAX

void
index_free(struct index *x)
{
	for (size_t i = 0; i < x->nchunks; i++)
		mem_free(x->chunks[i]);
	mem_free(x->chunks);
	mem_free(x->order);
	mem_free(x->flows);
	map_destroy(x->by_flow);
	*x = (struct index){ .count = 0 };
}

static struct index_entry *
entry_at(const struct index *x, size_t i)
{
	return &x->chunks[i / CHUNK][i % CHUNK];
}

int
index_add(struct index *x, const struct index_entry *e)
{
	struct index_entry **chunk;

	if (x->count >= COUNT_MOST)
		return ERR_LIMIT;
	if (x->count == x->nchunks * CHUNK) {
		if (ARRAY_RESIZE(&x->chunks, x->nchunks + 1) != 0)
			return ERR_NOMEM;
		chunk = &x->chunks[x->nchunks];
		*chunk = mem_alloc(CHUNK * sizeof(**chunk));
		if (*chunk == NULL)
			return ERR_NOMEM;
		x->nchunks++;
	}
	if (x->count > 0 && entry_at(x, x->count - 1)->t > e->t)
		x->unordered = true;
	*entry_at(x, x->count++) = *e;
	return 0;
}

uint64_t
index_hash(const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	uint64_t h = 0x9e3779b97f4a7c15u, v;

	for (; n >= sizeof(v); p += sizeof(v), n -= sizeof(v)) {
		memcpy(&v, p, sizeof(v));
		h = (h ^ v) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	if (n > 0) {
		v = 0;
		memcpy(&v, p, n);
		h = (h ^ v) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	return h;
}

uint64_t
index_hash_message(struct str bytes)
{
	return index_hash(bytes.p, bytes.n) ^ bytes.n;
}

int
index_flow(struct index *x, const struct index_flow *f, uint32_t *id)
{
	uint32_t number;

	if (x->by_flow == NULL && map_create(&x->by_flow) != 0)
		return ERR_NOMEM;
	number = key_number(x->by_flow, BYTES_OF(*f));
	if (number != 0) {
		*id = number - 1;
		return 0;
	}
	if (ARRAY_ROOM(&x->flows, &x->flows_cap, x->nflows + 1) != 0)
		return ERR_NOMEM;
	x->flows[x->nflows] = *f;
	*id = x->nflows++;
	return key_set_number(x->by_flow, BYTES_OF(*f), x->nflows);
}

bool
index_has_flow(const struct index *x, const struct index_flow *f)
{
	return x->by_flow != NULL && key_number(x->by_flow, BYTES_OF(*f)) != 0;
}

static int
compare_entries(const void *a, const void *b, void *arg)
{
	const struct index *x = arg;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct index_entry *e = entry_at(x, i), *f = entry_at(x, j);

	if (e->t != f->t)
		return e->t < f->t ? -1 : 1;
	if (e->packet != f->packet)
		return e->packet < f->packet ? -1 : 1;
	return i < j ? -1 : i > j;
}

int
index_sort(struct index *x)
{
	if (!x->unordered)
		return 0;
	if (ARRAY_RESIZE(&x->order, x->count) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < x->count; i++)
		x->order[i] = (uint32_t)i;
	qsort_r(x->order, x->count, sizeof(*x->order), compare_entries, x);
	return 0;
}

const struct index_entry *
index_get(const struct index *x, size_t i)
{
	return entry_at(x, x->order != NULL ? x->order[i] : i);
}

struct index_flow
index_flow_of(const struct datagram *d, uint32_t place)
{
	struct index_flow f;

	memset(&f, 0, sizeof(f));
	memcpy(f.ip, d->ip, sizeof(f.ip));
	memcpy(f.port, d->port, sizeof(f.port));
	f.len[0] = f.len[1] = d->len;
	f.place = place;
	f.transport = d->proto == DECODE_TCP ? ADDR_TCP : ADDR_UDP;
	return f;
}

struct addr
index_addr(const struct index_flow *f, int side)
{
	struct addr a = { .len = f->len[side],
		.port = f->port[side],
		.transport = f->transport };

	memcpy(a.ip, f->ip[side], sizeof(a.ip));
	return a;
}
