/*
 * The messages of a capture: entries in chunks, flows in one array with a map
 * over it; see packets/index.h.
 */
#include "packets/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/hashes.h"
#include "packets/keys.h"

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
index_entry_at(const struct index *x, size_t i)
{
	return &x->chunks[i / CHUNK][i % CHUNK];
}

static int
compare_entries(const void *a, const void *b, void *arg)
{
	const struct index *x = arg;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct index_entry *e = index_entry_at(x, i),
				 *f = index_entry_at(x, j);

	if (e->t != f->t)
		return e->t < f->t ? -1 : 1;
	if (e->packet != f->packet)
		return e->packet < f->packet ? -1 : 1;
	return i < j ? -1 : i > j;
}

/* Of those in order the last one. */
static uint32_t
last_in_order(const struct index *x)
{
	return x->order != NULL ? x->order[x->sorted - 1]
				: (uint32_t)x->sorted - 1;
}

static bool
is_before(struct index *x, size_t i, uint32_t j)
{
	uint32_t k = (uint32_t)i;

	return compare_entries(&k, &j, x) < 0;
}

/* E, the last of all, may belong further ahead.  Entries of one time are put in
 * the order of packets only where sorting is needed at all. */
static void
note_order(struct index *x, const struct index_entry *e)
{
	const struct index_entry *before;

	if (x->count == 0)
		return;
	before = index_entry_at(x, x->count - 1);
	if (before->t == e->t && before->packet > e->packet)
		x->ties = true;
	if (before->t > e->t && !x->unordered) {
		x->unordered = true;
		x->late = x->ties && x->sorted > 0;
	}
	if (x->unordered && x->sorted > 0 &&
	    is_before(x, x->count, last_in_order(x)))
		x->late = true;
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
	*index_entry_at(x, x->count) = *e;
	note_order(x, e);
	x->count++;
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

/* Where among those in order entry I belongs. */
static size_t
index_place_in_order(struct index *x, uint32_t i)
{
	size_t from = 0, to = x->sorted;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_entries(&i, &x->order[middle], x) < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return from;
}

/* The order of all: what was in order stays, before where the earliest of the
 * new ones belongs. */
static int
sort_new(struct index *x)
{
	size_t from = x->sorted, had = x->order != NULL ? from : 0;

	if (ARRAY_ROOM(&x->order, &x->order_cap, x->count) != 0)
		return ERR_NOMEM;
	for (size_t i = had; i < x->count; i++)
		x->order[i] = (uint32_t)i;
	if (had == 0 && x->ties)
		from = 0;
	for (size_t i = x->sorted; i < x->count && from > 0; i++)
		if (is_before(x, i, x->order[from - 1]))
			from = index_place_in_order(x, (uint32_t)i);
	qsort_r(x->order + from, x->count - from, sizeof(*x->order),
	    compare_entries, x);
	return 0;
}

int
index_sort(struct index *x)
{
	int err = 0;

	if (x->unordered && x->sorted < x->count)
		err = sort_new(x);
	if (err != 0)
		return err;
	x->sorted = x->count;
	x->late = false;
	return 0;
}

const struct index_entry *
index_get(const struct index *x, size_t i)
{
	return index_entry_at(x, x->order != NULL ? x->order[i] : i);
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
	f.transport = d->proto == DECODE_TCP    ? ADDR_TCP
		      : d->proto == DECODE_SCTP ? ADDR_SCTP
						: ADDR_UDP;
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
