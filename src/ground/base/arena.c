/* Memory that is given back all at once: blocks in a list. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

/* The first block's size, and that of those behind the first few. */
#define BLOCK_LEAST 4096
#define BLOCK_MOST  65536

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

struct arena {
	struct block *blocks;
};

int
arena_create(struct arena **s)
{
	*s = mem_zalloc(1, sizeof(**s));
	return *s != NULL ? 0 : ERR_NOMEM;
}

void
arena_destroy(struct arena *s)
{
	if (s == NULL)
		return;
	while (s->blocks != NULL) {
		struct block *b = s->blocks;

		s->blocks = b->next;
		mem_free(b);
	}
	mem_free(s);
}

static int
arena_add_block(struct arena *s, size_t n)
{
	size_t size = s->blocks != NULL ? s->blocks->size * 2 : BLOCK_LEAST;
	struct block *b;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < n)
		size = n;
	b = mem_alloc(sizeof(*b) + size);
	if (b == NULL)
		return ERR_NOMEM;
	b->next = s->blocks;
	b->used = 0;
	b->size = size;
	s->blocks = b;
	return 0;
}

/* N bytes at a multiple of UNIT. */
static char *
reserve_bytes(struct arena *s, size_t n, size_t unit)
{
	struct block *b = s->blocks;
	size_t at = b != NULL ? (b->used + unit - 1) / unit * unit : 0;

	if (b == NULL || at > b->size || b->size - at < n) {
		if (arena_add_block(s, n) != 0)
			return NULL;
		b = s->blocks;
		at = 0;
	}
	b->used = at + n;
	return b->bytes + at;
}

void *
arena_get(struct arena *s, size_t count, size_t size)
{
	void *p;

	if (size != 0 && count > (SIZE_MAX / 4) / size)
		return NULL;
	p = reserve_bytes(s, count * size, alignof(max_align_t));
	return p != NULL ? memset(p, 0, count * size) : NULL;
}

char *
arena_str(struct arena *s, struct str text)
{
	char *p = reserve_bytes(s, text.n + 1, 1);

	if (p == NULL)
		return NULL;
	if (text.n > 0)
		memcpy(p, text.p, text.n);
	p[text.n] = '\0';
	return p;
}
