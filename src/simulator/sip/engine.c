/*
 * The engine.  libosip2 reads URIs and prints the messages that start here
 * (build.c); its memory is a pool of ours.
 */
#include "sip/engine_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/transaction_in.h"

#include <osipparser2/osip_port.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory for libosip2 ---- */

/* What one call into the library may use at most, in bytes. */
#define SIP_OSIP_RESERVE (2u << 20)

/*
 * Size classes with free lists over large chunks.  libosip2's allocators are
 * plain functions without a context, so this state is global, as the library's
 * own is.  Under AddressSanitizer each block is malloc's, so that nothing the
 * library does wrong stays hidden.
 */
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
sip_engine_class_of(size_t size)
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
	cls = sip_engine_class_of(size);
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

/* Makes libosip2 use this allocator; once, before anything else. */
static void
sip_osip_mem_install(void)
{
	if (!MEM_IS_SANITIZED)
		osip_set_allocators(pool_alloc, pool_realloc, pool_free);
}

/*
 * The library does not survive a failing allocation, so it never sees one:
 * before each call into it this function makes sure that more memory is ready
 * than any one call can use (the gate's caps bound that), and the allocator
 * hands it out.
 */
int
sip_osip_reserve(void)
{
	struct chunk *c = pool.chunks;

	/* The rest of the chunk in use, when too small, stays in use: the spare
	 * one is only a reserve. */
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

/* Gives all memory back when the library holds none. */
static void
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

int
sip_engine_enter(struct sip_engine *e)
{
	return sip_osip_reserve() == 0 ? 0 : sip_no_memory(e);
}

int
sip_no_memory(struct sip_engine *e)
{
	sim_fail(e->sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
	return ERR_NOMEM;
}

enum msg_fault
sip_read(struct sip_engine *e, struct sip_bytes *b, struct msg *m)
{
	return sip_recent_messages_read(&e->recent, b, m);
}

void
sip_own_is(struct sip_engine *e, struct sip_bytes *b)
{
	sip_bytes_ref(b);
	sip_bytes_unref(e->own_of);
	e->own_of = b;
}

enum msg_fault
sip_own_read(struct sip_engine *e, struct sip_bytes *b)
{
	enum msg_fault fault;

	if (e->own_of == b)
		return MSG_FAULT_NONE;
	fault = sip_read(e, b, &e->own);
	sip_own_is(e, fault == MSG_FAULT_NONE ? b : NULL);
	return fault;
}

enum msg_fault
sip_own_check(struct sip_engine *e, struct sip_bytes *b)
{
	enum msg_fault fault =
	    sip_recent_messages_check(&e->recent, b, &e->own);

	sip_own_is(e, fault == MSG_FAULT_NONE ? b : NULL);
	return fault;
}

static bool
is_known_uri(const struct sip_engine *e, struct str uri)
{
	for (size_t i = 0; i < SIP_ENGINE_URIS; i++)
		if (e->uris[i].n == uri.n && uri.n > 0 &&
		    memcmp(e->uris[i].text, uri.p, uri.n) == 0)
			return true;
	return false;
}

static void
keep_uri(struct sip_engine *e, struct str uri)
{
	struct sip_engine_uri *to = &e->uris[e->next_uri];

	if (uri.n > sizeof(to->text))
		return;
	to->n = (unsigned char)uri.n;
	memcpy(to->text, uri.p, uri.n);
	e->next_uri = (e->next_uri + 1) % SIP_ENGINE_URIS;
}

int
sip_engine_read_uri(struct sip_engine *e, struct str uri)
{
	osip_uri_t *u;
	int err = 0;

	if (is_known_uri(e, uri))
		return 0;
	buf_clear(&e->scratch);
	buf_str(&e->scratch, uri);
	if (e->scratch.err != 0 || osip_uri_init(&u) != 0) {
		buf_free(&e->scratch);
		return ERR_NOMEM;
	}
	if (osip_uri_parse(u, buf_cstr(&e->scratch)) != 0)
		err = ERR_SYNTAX;
	else
		keep_uri(e, uri);
	osip_uri_free(u);
	return err;
}

struct sip_bytes *
sip_shared_bytes(struct sip_engine *e, struct str bytes)
{
	struct sip_bytes *b = sip_recent_messages_find(&e->recent, bytes);

	return b != NULL ? sip_bytes_ref(b) : sip_bytes_new(e->sim, bytes);
}

int
sip_engine_create(struct sip_engine **ep, struct sim *sim)
{
	struct sip_engine *e = mem_alloc(sizeof(*e));

	*ep = NULL;
	if (e == NULL)
		return ERR_NOMEM;
	memset(e, 0, offsetof(struct sip_engine, view));
	sip_recent_messages_init(&e->recent);
	e->sim = sim;
	sip_osip_mem_install();
	if (sip_engine_enter(e) != 0) {
		mem_free(e);
		return ERR_NOMEM;
	}
	*ep = e;
	return 0;
}

void
sip_engine_destroy(struct sip_engine *e)
{
	if (e == NULL)
		return;
	sip_own_is(e, NULL);
	sip_recent_messages_free(&e->recent);
	sip_osip_mem_trim();
	buf_free(&e->scratch);
	buf_free(&e->text);
	buf_free(&e->made);
	mem_free(e);
}

const char *
sip_engine_version(void)
{
	return RUNG_OSIP_VERSION;
}
