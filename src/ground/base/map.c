/*
 * Open addressing over an array of entries kept in order of insertion;
 * removed entries leave a hole that goes when the table is built again.
 */
#include "base/map.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"

struct entry {
	const char *key; /* NULL for a hole */
	void *value;
	uint32_t n, hash;
};

/* The hash stands here as well: who looks for another key leaves the entry
 * alone. */
struct slot {
	uint32_t entry; /* its index + 1, 0 = free, DELETED = was taken */
	uint32_t hash;
};

struct map {
	struct entry *entries;
	size_t used, live, cap;
	struct slot *slots;
	size_t nslots; /* a power of two, at least 2 * cap */
	bool borrows;  /* its keys are others' memory */
};

#define DELETED UINT32_MAX

int
map_create(struct map **mp)
{
	*mp = mem_zalloc(1, sizeof(**mp));
	return *mp != NULL ? 0 : ERR_NOMEM;
}

int
map_create_borrowing(struct map **mp)
{
	int err = map_create(mp);

	if (err == 0)
		(*mp)->borrows = true;
	return err;
}

static void
free_key(const struct map *m, const char *key)
{
	if (!m->borrows)
		mem_free((void *)(uintptr_t)key);
}

void
map_destroy(struct map *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->used; i++)
		free_key(m, m->entries[i].key);
	mem_free(m->entries);
	mem_free(m->slots);
	mem_free(m);
}

static void
map_slot_insert(struct slot *slots, size_t nslots, uint32_t hash, size_t index)
{
	size_t i = hash & (nslots - 1);

	while (slots[i].entry != 0 && slots[i].entry != DELETED)
		i = (i + 1) & (nslots - 1);
	slots[i] = (struct slot){ (uint32_t)index + 1, hash };
}

/* Builds the table again with room for at least one more entry. */
static int
rebuild(struct map *m)
{
	size_t cap = m->live < 8 ? 16 : m->live * 2;
	size_t nslots = 32;
	struct entry *entries;
	struct slot *slots;
	size_t n = 0;

	while (nslots < cap * 2)
		nslots *= 2;
	if (cap >= DELETED - 1)
		return ERR_NOMEM;
	entries = mem_zalloc(cap, sizeof(*entries));
	slots = mem_zalloc(nslots, sizeof(*slots));
	if (entries == NULL || slots == NULL) {
		mem_free(entries);
		mem_free(slots);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < m->used; i++) {
		if (m->entries[i].key == NULL)
			continue;
		entries[n] = m->entries[i];
		map_slot_insert(slots, nslots, entries[n].hash, n);
		n++;
	}
	mem_free(m->entries);
	mem_free(m->slots);
	m->entries = entries;
	m->slots = slots;
	m->nslots = nslots;
	m->cap = cap;
	m->used = m->live = n;
	return 0;
}

static uint32_t
map_hash(struct str key)
{
	return (uint32_t)str_hash_words(key, 0);
}

/* The slot that holds KEY, or NULL. */
static struct slot *
find_slot(const struct map *m, struct str key, uint32_t h)
{
	if (m->nslots == 0)
		return NULL;
	for (size_t i = h & (m->nslots - 1); m->slots[i].entry != 0;
	     i = (i + 1) & (m->nslots - 1)) {
		const struct entry *e;

		if (m->slots[i].entry == DELETED || m->slots[i].hash != h)
			continue;
		e = &m->entries[m->slots[i].entry - 1];
		if (e->n == key.n &&
		    (key.n == 0 || memcmp(e->key, key.p, key.n) == 0))
			return &m->slots[i];
	}
	return NULL;
}

int
map_put(struct map *m, struct str key, void *value)
{
	uint32_t h = map_hash(key);
	struct slot *slot = find_slot(m, key, h);
	struct entry *e;
	const char *kept;

	if (slot != NULL) {
		e = &m->entries[slot->entry - 1];
		e->value = value;
		e->key = m->borrows ? key.p : e->key;
		return 0;
	}
	if (key.n > UINT32_MAX)
		return ERR_NOMEM;
	if (m->used == m->cap) {
		int err = rebuild(m);

		if (err != 0)
			return err;
	}
	kept = m->borrows ? key.p : mem_dup(key.p, key.n);
	if (kept == NULL)
		return ERR_NOMEM;
	e = &m->entries[m->used];
	*e = (struct entry){ kept, value, (uint32_t)key.n, h };
	map_slot_insert(m->slots, m->nslots, h, m->used);
	m->used++;
	m->live++;
	return 0;
}

int
map_keep(struct map *m, struct str text, struct str *kept)
{
	uint32_t h = map_hash(text);
	const struct slot *slot = find_slot(m, text, h);
	int err = slot == NULL ? map_put(m, text, m) : 0;

	*kept = STR_NULL;
	if (err != 0)
		return err;
	slot = slot != NULL ? slot : find_slot(m, text, h);
	*kept = (struct str){ m->entries[slot->entry - 1].key, text.n };
	return 0;
}

void *
map_get(const struct map *m, struct str key)
{
	const struct slot *slot = find_slot(m, key, map_hash(key));

	return slot != NULL ? m->entries[slot->entry - 1].value : NULL;
}

/* What SLOT held. */
static void *
map_clear(struct map *m, struct slot *slot)
{
	struct entry *e = &m->entries[slot->entry - 1];

	slot->entry = DELETED;
	free_key(m, e->key);
	e->key = NULL;
	m->live--;
	return e->value;
}

void *
map_remove(struct map *m, struct str key)
{
	struct slot *slot = find_slot(m, key, map_hash(key));

	return slot != NULL ? map_clear(m, slot) : NULL;
}

void
map_drop(struct map *m, struct str key, const void *value)
{
	struct slot *slot = find_slot(m, key, map_hash(key));

	if (slot != NULL && m->entries[slot->entry - 1].value == value)
		map_clear(m, slot);
}

size_t
map_count(const struct map *m)
{
	return m->live;
}

bool
map_next(const struct map *m, size_t *at, struct str *key, void **value)
{
	while (*at < m->used) {
		const struct entry *e = &m->entries[(*at)++];

		if (e->key == NULL)
			continue;
		if (key != NULL)
			*key = (struct str){ e->key, e->n };
		if (value != NULL)
			*value = e->value;
		return true;
	}
	return false;
}

void
map_destroy_all(struct map *m)
{
	struct str key;
	size_t at = 0;
	void *value;

	while (m != NULL && map_next(m, &at, &key, &value))
		mem_free(value);
	map_destroy(m);
}
