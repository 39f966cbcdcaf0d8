/*
 * Strings in blocks, found again by their text.
 */
#include "base/intern.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"

#include <string.h>

#define BLOCK 16384

struct block {
	struct block *next;
	size_t used, size;
	char bytes[];
};

struct intern {
	struct block *blocks;
	struct map *known;
};

int
intern_create(struct intern **out)
{
	struct intern *s = mem_zalloc(1, sizeof(*s));

	*out = s;
	if (s == NULL)
		return ERR_NOMEM;
	return map_create(&s->known);
}

void
intern_destroy(struct intern *s)
{
	if (s == NULL)
		return;
	while (s->blocks != NULL) {
		struct block *b = s->blocks;

		s->blocks = b->next;
		mem_free(b);
	}
	map_destroy(s->known);
	mem_free(s);
}

int
intern_keep(struct intern *s, struct str text, struct str *kept)
{
	struct block *b = s->blocks;
	char *p;

	*kept =
	    (struct str){ text.n > 0 ? map_get(s->known, text) : "", text.n };
	if (kept->p != NULL)
		return 0;
	if (b == NULL || b->size - b->used < text.n) {
		size_t size = text.n > BLOCK ? text.n : BLOCK;

		b = mem_alloc(sizeof(*b) + size);
		if (b == NULL)
			return ERR_NOMEM;
		*b = (struct block){ .next = s->blocks, .size = size };
		s->blocks = b;
	}
	p = b->bytes + b->used;
	memcpy(p, text.p, text.n);
	b->used += text.n;
	kept->p = p;
	return map_put(s->known, text, p);
}
