/*
 * Open addressing over a flat array.  A removed entry leaves its place and its
 * slot behind; both go when the array is full and is built anew.
 */
#include "trace/fold_table.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

static struct fold_key *
entry_at(const struct fold_table *t, size_t i)
{
	return (struct fold_key *)(void *)(t->entries + i * t->size);
}

static bool
lives(const struct fold_table *t, const struct fold_key *e)
{
	return e->era != 0 && e->era == t->owners[e->owner].era;
}

int
fold_table_init(struct fold_table *t, size_t size, size_t nowners)
{
	*t = (struct fold_table){ .size = size, .nowners = nowners };
	t->owners = mem_zalloc(nowners, sizeof(*t->owners));
	if (t->owners == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < nowners; i++)
		t->owners[i].era = 1;
	return 0;
}

void
fold_table_free(struct fold_table *t)
{
	mem_free(t->entries);
	mem_free(t->slots);
	mem_free(t->owners);
	*t = (struct fold_table){ .size = t->size };
}

/* Depends on where one slice ends and the next begins. */
static uint64_t
hash_of(struct str a, struct str b, struct str c)
{
	uint64_t h = str_hash(b);

	h = (h ^ str_hash(a)) * 0x9e3779b97f4a7c15u;
	h = (h ^ h >> 29 ^ str_hash(c)) * 0xbf58476d1ce4e5b9u;
	return h ^ h >> 32;
}

static void
slot_insert(uint32_t *slots, size_t nslots, uint64_t hash, size_t place)
{
	size_t i = (size_t)hash & (nslots - 1);

	while (slots[i] != 0)
		i = (i + 1) & (nslots - 1);
	slots[i] = (uint32_t)place + 1;
}

/* Moves what lives into T, which is empty and has room. */
static void
move_live(struct fold_table *t, const struct fold_table *from)
{
	for (size_t i = 0; i < from->used; i++) {
		const struct fold_key *e = entry_at(from, i);

		if (!lives(from, e))
			continue;
		memcpy(entry_at(t, t->used), e, t->size);
		slot_insert(t->slots, t->nslots, e->hash, t->used);
		t->used++;
		t->live++;
	}
}

int
fold_table_clone(struct fold_table *copy, const struct fold_table *t)
{
	int err = fold_table_init(copy, t->size, t->nowners);

	if (err != 0)
		return err;
	memcpy(copy->owners, t->owners, t->nowners * sizeof(*t->owners));
	copy->cap = t->live < 32 ? 64 : t->live * 2;
	copy->nslots = 128;
	while (copy->nslots < copy->cap * 2)
		copy->nslots *= 2;
	copy->entries = mem_realloc_array(NULL, copy->cap, t->size);
	copy->slots = mem_zalloc(copy->nslots, sizeof(*copy->slots));
	if (copy->entries == NULL || copy->slots == NULL ||
	    copy->cap >= UINT32_MAX / 4) {
		fold_table_free(copy);
		return ERR_NOMEM;
	}
	move_live(copy, t);
	return 0;
}

static void *
find(const struct fold_table *t, uint64_t hash, struct str a, struct str b,
    struct str c)
{
	if (t->nslots == 0)
		return NULL;
	for (size_t i = (size_t)hash & (t->nslots - 1); t->slots[i] != 0;
	     i = (i + 1) & (t->nslots - 1)) {
		struct fold_key *e = entry_at(t, t->slots[i] - 1);

		if (e->hash == hash && lives(t, e) && str_eq(e->a, a) &&
		    str_eq(e->b, b) && str_eq(e->c, c))
			return e;
	}
	return NULL;
}

void *
fold_table_find(
    const struct fold_table *t, struct str a, struct str b, struct str c)
{
	return find(t, hash_of(a, b, c), a, b, c);
}

void *
fold_table_put(struct fold_table *t, uint32_t owner, struct str a, struct str b,
    struct str c, bool *made)
{
	uint64_t hash = hash_of(a, b, c);
	struct fold_key *e = find(t, hash, a, b, c);

	*made = e == NULL;
	if (e != NULL)
		return e;
	if (t->used == t->cap) {
		struct fold_table wider;

		if (fold_table_clone(&wider, t) != 0)
			return NULL;
		fold_table_free(t);
		*t = wider;
	}
	e = entry_at(t, t->used);
	memset(e, 0, t->size);
	*e = (struct fold_key){ a, b, c, hash, owner, t->owners[owner].era };
	t->owners[owner].live++;
	slot_insert(t->slots, t->nslots, hash, t->used);
	t->used++;
	t->live++;
	return e;
}

void
fold_table_remove(struct fold_table *t, void *entry)
{
	struct fold_key *e = entry;

	e->era = 0;
	t->owners[e->owner].live--;
	t->live--;
}

void
fold_table_drop(struct fold_table *t, uint32_t owner)
{
	t->live -= t->owners[owner].live;
	t->owners[owner].live = 0;
	t->owners[owner].era++;
}

void *
fold_table_next(const struct fold_table *t, size_t *at)
{
	while (*at < t->used) {
		struct fold_key *e = entry_at(t, (*at)++);

		if (lives(t, e))
			return e;
	}
	return NULL;
}
