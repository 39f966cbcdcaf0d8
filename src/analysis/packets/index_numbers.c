/*
 * Texts by number; see packets/index.h. A capture has millions of them, so each
 * is kept once, in blocks, and found by open addressing.
 */
#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/index.h"

struct text {
	const char *p;
	uint32_t n, hash;
};

/* The hash is here as well as in the text: a search for another text need not
 * read that one. */
struct slot {
	uint32_t number; /* or 0 */
	uint32_t hash;
};

struct numbers {
	struct text *texts; /* of number 1 … */
	size_t n, cap;
	struct slot *slots;
	size_t nslots; /* a power of two, at least 2 * cap; or 0 */
	struct arena *bytes;
};

int
numbers_create(struct numbers **np)
{
	*np = mem_zalloc(1, sizeof(**np));
	return *np != NULL ? arena_create(&(*np)->bytes) : ERR_NOMEM;
}

void
numbers_destroy(struct numbers *n)
{
	if (n == NULL)
		return;
	arena_destroy(n->bytes);
	mem_free(n->texts);
	mem_free(n->slots);
	mem_free(n);
}

static uint32_t
hash_text(struct str text)
{
	return (uint32_t)index_hash(text.p, text.n);
}

/* The slot where TEXT is, or where it would be. */
static struct slot *
find_text_slot(const struct numbers *n, struct str text, uint32_t hash)
{
	size_t i = hash & (n->nslots - 1);

	for (; n->slots[i].number != 0; i = (i + 1) & (n->nslots - 1)) {
		const struct text *t;

		if (n->slots[i].hash != hash)
			continue;
		t = &n->texts[n->slots[i].number - 1];
		if (t->n == text.n && memcmp(t->p, text.p, text.n) == 0)
			break;
	}
	return &n->slots[i];
}

uint32_t
numbers_find(const struct numbers *n, struct str text)
{
	if (text.n == 0 || n->nslots == 0)
		return 0;
	return find_text_slot(n, text, hash_text(text))->number;
}

/* Room for one more. */
static int
grow_texts(struct numbers *n)
{
	size_t cap = n->cap != 0 ? n->cap * 2 : 64;
	struct text *texts;
	struct slot *slots;

	if (n->n < n->cap)
		return 0;
	slots = mem_zalloc(cap * 2, sizeof(*slots));
	if (slots == NULL)
		return ERR_NOMEM;
	texts = mem_realloc_array(n->texts, cap, sizeof(*texts));
	if (texts == NULL) {
		mem_free(slots);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < n->n; i++) {
		size_t at = texts[i].hash & (cap * 2 - 1);

		while (slots[at].number != 0)
			at = (at + 1) & (cap * 2 - 1);
		slots[at] = (struct slot){ (uint32_t)i + 1, texts[i].hash };
	}
	mem_free(n->slots);
	n->slots = slots;
	n->nslots = cap * 2;
	n->texts = texts;
	n->cap = cap;
	return 0;
}

static int
index_add_text(
    struct numbers *n, struct str text, uint32_t hash, uint32_t *number)
{
	const char *p;

	if (n->n >= UINT32_MAX / 4 || text.n > UINT32_MAX)
		return ERR_LIMIT;
	if (grow_texts(n) != 0 || (p = arena_str(n->bytes, text)) == NULL)
		return ERR_NOMEM;
	*find_text_slot(n, text, hash) =
	    (struct slot){ (uint32_t)n->n + 1, hash };
	n->texts[n->n] = (struct text){ p, (uint32_t)text.n, hash };
	*number = (uint32_t)++n->n;
	return 0;
}

static int
index_number_of(
    struct numbers *n, struct str text, uint32_t hash, uint32_t *number)
{
	*number = 0;
	if (text.n == 0)
		return 0;
	if (n->nslots > 0)
		*number = find_text_slot(n, text, hash)->number;
	return *number != 0 ? 0 : index_add_text(n, text, hash, number);
}

int
numbers_of(struct numbers *n, struct str text, uint32_t *number)
{
	return index_number_of(n, text, hash_text(text), number);
}

/* Prefetches the first slot under HASH. */
static void
fetch_slot(const struct numbers *n, uint32_t hash)
{
	if (n->nslots > 0)
		__builtin_prefetch(&n->slots[hash & (n->nslots - 1)]);
}

/* Prefetches the text of the first slot under HASH, which fetch_slot has
 * prefetched. */
static void
fetch_text(const struct numbers *n, uint32_t hash)
{
	const struct slot *s;

	if (n->nslots == 0)
		return;
	s = &n->slots[hash & (n->nslots - 1)];
	if (s->number != 0)
		__builtin_prefetch(&n->texts[s->number - 1]);
}

int
numbers_of_each(
    struct numbers *n, const struct str *texts, size_t count, uint32_t *numbers)
{
	uint32_t hashes[NUMBERS_EACH];
	int err = 0;

	for (size_t i = 0; i < count; i++) {
		hashes[i] = hash_text(texts[i]);
		fetch_slot(n, hashes[i]);
	}
	for (size_t i = 0; i < count; i++)
		fetch_text(n, hashes[i]);
	for (size_t i = 0; err == 0 && i < count; i++)
		err = index_number_of(n, texts[i], hashes[i], &numbers[i]);
	return err;
}

struct str
numbers_text(const struct numbers *n, uint32_t number)
{
	const struct text *t;

	if (number == 0 || number > n->n)
		return STR_NULL;
	t = &n->texts[number - 1];
	return (struct str){ t->p, t->n };
}

size_t
numbers_count(const struct numbers *n)
{
	return n->n;
}
