/*
 * Open addressing over pages of entries.  A removed entry leaves its place and
 * its slot behind; both go when the table is full and mostly gone, and is
 * built again.
 */
#include "trace/state_at_table.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#define PAGE 16 /* entries */

/* No `ref`: the last to leave one gives its bytes back to the count of a table,
 * which a page does not know. */
struct state_at_page {
	alignas(max_align_t) size_t refs;
	alignas(max_align_t) char entries[];
};

static size_t
page_bytes(const struct state_at_table *t)
{
	return sizeof(struct state_at_page) + PAGE * t->size;
}

static struct state_at_page *
page_create(struct state_at_table *t)
{
	struct state_at_page *p = mem_zalloc(1, page_bytes(t));

	if (p != NULL) {
		p->refs = 1;
		*t->bytes += page_bytes(t);
	}
	return p;
}

static void
page_release(struct state_at_table *t, struct state_at_page *p)
{
	if (--p->refs > 0)
		return;
	*t->bytes -= page_bytes(t);
	mem_free(p);
}

static struct state_at_key *
state_at_table_entry_at(const struct state_at_table *t, size_t i)
{
	char *entries = t->pages[i / PAGE]->entries;

	return (struct state_at_key *)(void *)(entries + i % PAGE * t->size);
}

/* The same to be written to; NULL when out of memory. */
static struct state_at_key *
own_entry(struct state_at_table *t, size_t i)
{
	struct state_at_page **page = &t->pages[i / PAGE], *copy;

	if ((*page)->refs > 1) {
		copy = page_create(t);
		if (copy == NULL)
			return NULL;
		memcpy(copy->entries, (*page)->entries, PAGE * t->size);
		page_release(t, *page);
		*page = copy;
	}
	return state_at_table_entry_at(t, i);
}

static bool
lives(const struct state_at_table *t, const struct state_at_key *e)
{
	return e->era != 0 && e->era == t->owners[e->owner].era;
}

int
state_at_table_add_owners(struct state_at_table *t, size_t nowners)
{
	if (ARRAY_RESIZE(&t->owners, nowners) != 0)
		return ERR_NOMEM;
	for (size_t i = t->nowners; i < nowners; i++)
		t->owners[i] = (struct state_at_owner){ .era = 1 };
	t->nowners = nowners;
	return 0;
}

int
state_at_table_init(
    struct state_at_table *t, size_t size, size_t nowners, size_t *bytes)
{
	*t = (struct state_at_table){ .size = size };
	t->bytes = bytes;
	return state_at_table_add_owners(t, nowners);
}

static size_t
pages_of(size_t entries)
{
	return (entries + PAGE - 1) / PAGE;
}

void
state_at_table_free(struct state_at_table *t)
{
	for (size_t i = 0; i < pages_of(t->used); i++)
		page_release(t, t->pages[i]);
	mem_free(t->pages);
	mem_free(t->slots);
	mem_free(t->owners);
	*t = (struct state_at_table){ .size = t->size, .bytes = t->bytes };
}

size_t
state_at_table_bytes(const struct state_at_table *t)
{
	return t->nowners * sizeof(*t->owners) + t->nslots * sizeof(*t->slots) +
	       t->cap / PAGE * sizeof(struct state_at_page *);
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
state_at_table_slot_insert(
    struct state_at_table *t, uint64_t hash, size_t place)
{
	size_t i = (size_t)hash & (t->nslots - 1);

	while (t->slots[i].place != 0)
		i = (i + 1) & (t->nslots - 1);
	t->slots[i].place = (uint32_t)place + 1;
	t->slots[i].tag = (uint32_t)(hash >> 32);
}

static void
state_at_table_tell(
    const struct state_at_table *t, const struct state_at_key *e)
{
	if (t->watch != NULL)
		t->watch->fn(t->which, e, t->watch->arg);
}

/* Slots for what lives. */
static int
make_slots(struct state_at_table *t)
{
	size_t nslots = 128;
	struct state_at_slot *slots;

	while (nslots < t->cap * 2)
		nslots *= 2;
	slots = mem_zalloc(nslots, sizeof(*slots));
	if (slots == NULL)
		return ERR_NOMEM;
	mem_free(t->slots);
	t->slots = slots;
	t->nslots = nslots;
	for (size_t i = 0; i < t->used; i++) {
		const struct state_at_key *e = state_at_table_entry_at(t, i);

		if (lives(t, e))
			state_at_table_slot_insert(t, e->hash, i);
	}
	return 0;
}

static int
clone_slots(struct state_at_table *copy, const struct state_at_table *t)
{
	if (t->nslots == 0)
		return make_slots(copy);
	copy->slots = mem_realloc_array(NULL, t->nslots, sizeof(*t->slots));
	if (copy->slots == NULL)
		return ERR_NOMEM;
	memcpy(copy->slots, t->slots, t->nslots * sizeof(*t->slots));
	copy->nslots = t->nslots;
	return 0;
}

int
state_at_table_clone(
    struct state_at_table *copy, const struct state_at_table *t, bool bare)
{
	size_t npages = pages_of(t->used);
	int err = state_at_table_init(copy, t->size, t->nowners, t->bytes);

	if (err != 0 || t->cap == 0)
		return err;
	memcpy(copy->owners, t->owners, t->nowners * sizeof(*t->owners));
	/* A bare one has no room for more. */
	copy->cap = bare ? npages * PAGE : t->cap;
	copy->pages =
	    mem_realloc_array(NULL, copy->cap / PAGE, sizeof(*copy->pages));
	if (copy->pages == NULL) {
		state_at_table_free(copy);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < npages; i++) {
		copy->pages[i] = t->pages[i];
		copy->pages[i]->refs++;
	}
	copy->used = t->used;
	copy->live = t->live;
	err = bare ? 0 : clone_slots(copy, t);
	if (err != 0)
		state_at_table_free(copy);
	return err;
}

/* The place of the entry with that key, or SIZE_MAX. */
static size_t
state_at_table_find_entry(const struct state_at_table *t, uint64_t hash,
    struct str a, struct str b, struct str c)
{
	const struct state_at_slot *slot;

	if (t->nslots == 0)
		return SIZE_MAX;
	for (size_t i = (size_t)hash & (t->nslots - 1);
	     (slot = &t->slots[i])->place != 0; i = (i + 1) & (t->nslots - 1)) {
		const struct state_at_key *e;

		if (slot->tag != (uint32_t)(hash >> 32))
			continue;
		e = state_at_table_entry_at(t, slot->place - 1);
		if (e->hash == hash && lives(t, e) && str_eq(e->a, a) &&
		    str_eq(e->b, b) && str_eq(e->c, c))
			return slot->place - 1;
	}
	return SIZE_MAX;
}

const void *
state_at_table_find_place(const struct state_at_table *t, struct str a,
    struct str b, struct str c, size_t *place)
{
	*place = state_at_table_find_entry(t, hash_of(a, b, c), a, b, c);
	return *place != SIZE_MAX ? state_at_table_entry_at(t, *place) : NULL;
}

const void *
state_at_table_find(
    const struct state_at_table *t, struct str a, struct str b, struct str c)
{
	size_t place;

	return state_at_table_find_place(t, a, b, c, &place);
}

/* CAP entries of room in all. */
static int
set_room(struct state_at_table *t, size_t cap)
{
	if (cap >= UINT32_MAX / 4 ||
	    ARRAY_RESIZE(&t->pages, pages_of(cap)) != 0)
		return ERR_NOMEM;
	t->cap = pages_of(cap) * PAGE;
	return 0;
}

/* The next place, all zero; there is room.  NULL when out of memory. */
static struct state_at_key *
append_entry(struct state_at_table *t)
{
	struct state_at_key *e;

	if (t->used % PAGE == 0) {
		t->pages[t->used / PAGE] = page_create(t);
		if (t->pages[t->used / PAGE] == NULL)
			return NULL;
	}
	e = own_entry(t, t->used);
	if (e != NULL) {
		memset(e, 0, t->size);
		t->used++;
	}
	return e;
}

/* What lives, close together in pages of its own. */
static int
state_at_table_compact(struct state_at_table *t)
{
	struct state_at_table now = { .size = t->size,
		.bytes = t->bytes,
		.watch = t->watch,
		.which = t->which };
	int err = set_room(&now, t->live < 32 ? 64 : t->live * 2);

	for (size_t i = 0; err == 0 && i < t->used; i++) {
		const struct state_at_key *e = state_at_table_entry_at(t, i);
		struct state_at_key *to;

		if (!lives(t, e))
			continue;
		to = append_entry(&now);
		if (to != NULL)
			memcpy(to, e, t->size);
		else
			err = ERR_NOMEM;
	}
	now.owners = t->owners;
	now.nowners = t->nowners;
	now.live = now.used;
	if (err == 0)
		err = make_slots(&now);
	if (err != 0) {
		now.owners = NULL;
		state_at_table_free(&now);
		return err;
	}
	t->owners = NULL;
	state_at_table_free(t);
	*t = now;
	return 0;
}

/* Most of a full table lives: then it grows, and its pages stay shared. */
static int
make_entry_room(struct state_at_table *t)
{
	int err;

	if (t->live <= t->used / 2)
		return state_at_table_compact(t);
	err = set_room(t, t->cap * 2);
	return err != 0 ? err : make_slots(t);
}

void *
state_at_table_put(struct state_at_table *t, uint32_t owner, struct str a,
    struct str b, struct str c, bool *made)
{
	uint64_t hash = hash_of(a, b, c);
	size_t place = state_at_table_find_entry(t, hash, a, b, c);
	struct state_at_key *e;

	*made = place == SIZE_MAX;
	if (*made && t->used == t->cap && make_entry_room(t) != 0)
		return NULL;
	e = *made ? append_entry(t) : own_entry(t, place);
	if (e == NULL)
		return NULL;
	if (*made) {
		*e = (struct state_at_key){ a, b, c, hash, owner,
			t->owners[owner].era };
		t->owners[owner].live++;
		state_at_table_slot_insert(t, hash, t->used - 1);
		t->live++;
	}
	state_at_table_tell(t, e);
	return e;
}

int
state_at_table_remove(
    struct state_at_table *t, struct str a, struct str b, struct str c)
{
	size_t place = state_at_table_find_entry(t, hash_of(a, b, c), a, b, c);
	struct state_at_key *e;

	if (place == SIZE_MAX)
		return 0;
	e = own_entry(t, place);
	if (e == NULL)
		return ERR_NOMEM;
	state_at_table_tell(t, e);
	e->era = 0;
	t->owners[e->owner].live--;
	t->live--;
	return 0;
}

void
state_at_table_drop(struct state_at_table *t, uint32_t owner)
{
	const struct state_at_key *e;
	size_t at = 0;

	while (t->watch != NULL && (e = state_at_table_next(t, &at)) != NULL)
		if (e->owner == owner)
			state_at_table_tell(t, e);
	t->live -= t->owners[owner].live;
	t->owners[owner].live = 0;
	t->owners[owner].era++;
}

size_t
state_at_table_count(const struct state_at_table *t, size_t owner)
{
	return owner < t->nowners ? t->owners[owner].live : 0;
}

const void *
state_at_table_next(const struct state_at_table *t, size_t *at)
{
	while (*at < t->used) {
		const struct state_at_key *e =
		    state_at_table_entry_at(t, (*at)++);

		if (lives(t, e))
			return e;
	}
	return NULL;
}
