/*
 * Size classes with free lists over large chunks.  libosip2's allocators are
 * plain functions without a context, so this state is global, as the library's
 * own is.  Under AddressSanitizer each block is malloc's, so that nothing the
 * library does wrong stays hidden.
 */
#include <sys/time.h>
#include <time.h>

#include "sip/osip_mem.h"

#include "base/err.h"
#include "base/mem.h"

#include <osipparser2/osip_port.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define PLAIN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLAIN 1
#endif
#endif
#ifndef PLAIN
#define PLAIN 0
#endif

#define CHUNK   (4u << 20)
#define STEP    16   /* what keeps blocks aligned */
#define SMALL   1024 /* up to it a class for each step */
#define SMALLS  (SMALL / STEP + 1)
#define LARGES  41 /* beyond it 4 to each power of two */
#define LARGEST (1u << 20)

struct chunk {
	struct chunk *next;
	size_t used;
	_Alignas(16) unsigned char p[];
};

/* Stands before each block; 16 bytes keep the blocks aligned. */
struct head {
	struct head *next; /* in a free list */
	uint32_t cls;
	uint32_t size;
};

static struct {
	struct chunk *chunks; /* the first is the one in use */
	struct chunk *spare;  /* untouched; taken when that is full */
	struct head *free[SMALLS + LARGES];
	size_t live;
} pool;

/* Beyond SMALL four classes to each power of two: those of the sizes 4, 5, 6,
 * 7 << n. */
static unsigned
class_of_large(size_t size)
{
	unsigned shift = 61 - (unsigned)__builtin_clzll(size);

	return SMALLS + (shift - 8) * 4 + (unsigned)((size - 1) >> shift) - 3;
}

static inline unsigned
class_of(size_t size)
{
	return size <= SMALL ? (unsigned)((size + STEP - 1) / STEP)
			     : class_of_large(size);
}

/* The largest size of a class. */
static size_t
class_size(unsigned cls)
{
	if (cls < SMALLS)
		return cls > 0 ? (size_t)cls * STEP : STEP;
	cls -= SMALLS;
	return (size_t)(4 + cls % 4) << (cls / 4 + 8);
}

static struct chunk *
take_spare(void)
{
	struct chunk *c = pool.spare;

	if (c != NULL) {
		pool.spare = NULL;
		c->next = pool.chunks;
		pool.chunks = c;
	}
	return c;
}

/* An allocation of the library's fails: it is noted, so that the run ends. */
static void *
nothing_left(void)
{
	mem_note_failure();
	return NULL;
}

/* A block that was never used before. */
static void *
carve_block(unsigned cls)
{
	size_t rounded = class_size(cls), need = sizeof(struct head) + rounded;
	struct chunk *c = pool.chunks;
	struct head *h;

	if (c == NULL || CHUNK - c->used < need) {
		c = take_spare();
		if (c == NULL)
			return nothing_left();
	}
	h = (struct head *)(void *)(c->p + c->used);
	c->used += need;
	h->cls = cls;
	h->size = (uint32_t)rounded;
	pool.live++;
	return h + 1;
}

static void *
pool_alloc(size_t size)
{
	struct head *h;
	unsigned cls;

	if (size > LARGEST)
		return nothing_left();
	cls = class_of(size);
	h = pool.free[cls];
	if (h == NULL)
		return carve_block(cls);
	pool.free[cls] = h->next;
	pool.live++;
	return h + 1;
}

static void
pool_free(void *p)
{
	struct head *h;

	if (p == NULL)
		return;
	h = (struct head *)p - 1;
	h->next = pool.free[h->cls];
	pool.free[h->cls] = h;
	pool.live--;
}

static void *
pool_realloc(void *p, size_t size)
{
	struct head *h;
	void *q;

	if (p == NULL)
		return pool_alloc(size);
	h = (struct head *)p - 1;
	if (size <= h->size)
		return p;
	q = pool_alloc(size);
	if (q == NULL)
		return NULL;
	memcpy(q, p, h->size);
	pool_free(p);
	return q;
}

void
sip_osip_mem_install(void)
{
	if (!PLAIN)
		osip_set_allocators(pool_alloc, pool_realloc, pool_free);
}

int
sip_osip_reserve(void)
{
	struct chunk *c = pool.chunks;

	/* What is left of the chunk in use when it is not enough stays in use:
	 * the spare one is only there to fall back on. */
	if (pool.spare != NULL ||
	    (c != NULL && CHUNK - c->used >= SIP_OSIP_RESERVE))
		return 0;
	c = mem_alloc(sizeof(*c) + CHUNK);
	if (c == NULL)
		return ERR_NOMEM;
	c->next = NULL;
	c->used = 0;
	pool.spare = c;
	return 0;
}

void
sip_osip_mem_trim(void)
{
	if (pool.live != 0)
		return;
	take_spare();
	while (pool.chunks != NULL) {
		struct chunk *c = pool.chunks;

		pool.chunks = c->next;
		mem_free(c);
	}
	memset(pool.free, 0, sizeof(pool.free));
}
