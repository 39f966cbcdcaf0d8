/* Memory that is given back all at once: blocks in a list. */
#include "scenario/topology_store.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdalign.h>
#include <string.h>

#define BLOCK_SIZE 4096

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

struct topology_store {
	struct block *blocks;
};

int
topology_store_create(struct topology_store **s)
{
	*s = mem_zalloc(1, sizeof(**s));
	return *s != NULL ? 0 : ERR_NOMEM;
}

void
topology_store_destroy(struct topology_store *s)
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

void *
topology_store_get(struct topology_store *s, size_t count, size_t size)
{
	const size_t unit = alignof(max_align_t);
	struct block *b = s->blocks;
	size_t n;
	void *p;

	if (size != 0 && count > (SIZE_MAX / 4) / size)
		return NULL;
	n = (count * size + unit - 1) / unit * unit;
	if (b == NULL || b->size - b->used < n) {
		size_t room = n > BLOCK_SIZE ? n : BLOCK_SIZE;

		b = mem_alloc(sizeof(*b) + room);
		if (b == NULL)
			return NULL;
		b->next = s->blocks;
		b->used = 0;
		b->size = room;
		s->blocks = b;
	}
	p = b->bytes + b->used;
	b->used += n;
	return memset(p, 0, n);
}

char *
topology_store_str(struct topology_store *s, struct str text)
{
	char *p = topology_store_get(s, text.n + 1, 1);

	if (p != NULL && text.n > 0)
		memcpy(p, text.p, text.n);
	return p;
}
