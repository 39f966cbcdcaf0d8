/*
 * The numbers seen while a trace goes by, mostly of records, and the calls,
 * each found by a key of texts.
 */
#include "base/err.h"
#include "inspect/inspect_in.h"

int
inspect_make_tables(struct inspect *in)
{
	for (int i = 0; i < INSPECT_TABLE_COUNT; i++)
		if (map_create(&in->tables[i]) != 0)
			return ERR_NOMEM;
	return map_create(&in->numbers) != 0 ? ERR_NOMEM
					     : map_create(&in->texts_kept);
}

void
inspect_free_tables(struct inspect *in)
{
	for (int i = 0; i < INSPECT_TABLE_COUNT; i++) {
		map_destroy(in->tables[i]);
		in->tables[i] = NULL;
	}
	map_destroy(in->numbers);
	map_destroy(in->texts_kept);
	in->numbers = in->texts_kept = NULL;
}

struct str
inspect_join_key(
    struct inspect *in, unsigned mark, const struct str *pieces, size_t n)
{
	struct buf *b = &in->key;

	buf_clear(b);
	buf_putc(b, (char)mark);
	for (size_t i = 0; i < n; i++) {
		uint32_t length = (uint32_t)pieces[i].n;

		buf_add(b, (const char *)&length, sizeof(length));
		buf_str(b, pieces[i]);
	}
	if (b->err != 0)
		in->err = ERR_NOMEM;
	/* There are many, and most are long: two hashes stand for a key. */
	in->digest[0] = str_hash_words(buf_view(b), 0);
	in->digest[1] = str_hash_words(buf_view(b), in->digest[0]);
	return (struct str){ (const char *)in->digest, sizeof(in->digest) };
}

struct str
inspect_keep(struct inspect *in, struct str text)
{
	struct str kept = STR_NULL;

	if (text.n > 0 && map_keep(in->texts_kept, text, &kept) != 0)
		in->err = ERR_NOMEM;
	return kept;
}

uint64_t
inspect_number(const struct inspect *in, struct str key)
{
	return (uintptr_t)map_get(in->numbers, key);
}

uint64_t
inspect_struck(struct inspect *in, uint64_t seq)
{
	char room[24];

	return inspect_number(
	    in, inspect_mark(in, MARK_STRUCK, inspect_digits(seq, room)));
}

void
inspect_put_number(struct inspect *in, struct str key, uint64_t v)
{
	if (map_put(in->numbers, key, (void *)(uintptr_t)v) != 0)
		in->err = ERR_NOMEM;
}

uint64_t
inspect_note_number(struct inspect *in, struct str key, uint64_t v)
{
	uint64_t before = inspect_number(in, key);

	if (before == 0)
		inspect_put_number(in, key, v);
	return before;
}

void
inspect_forget_number(struct inspect *in, struct str key)
{
	(void)map_remove(in->numbers, key);
}

void *
inspect_put_new(struct inspect *in, struct map *m, struct str key, size_t size)
{
	void *p = arena_get(in->arena, 1, size);

	if (p != NULL && map_put(m, key, p) == 0)
		return p;
	in->err = ERR_NOMEM;
	return NULL;
}

void
inspect_put(struct inspect *in, struct map *m, struct str key, void *value)
{
	if (value == NULL || map_put(m, key, value) != 0)
		in->err = ERR_NOMEM;
}

struct call *
inspect_call_of(struct inspect *in, struct str call_id)
{
	struct call *c = map_get(in->calls, call_id);

	return c != NULL ? c
			 : inspect_put_new(in, in->calls, call_id, sizeof(*c));
}

/* N in digits (backwards), into ROOM. */
struct str
inspect_digits(uint64_t n, char room[24])
{
	struct str s = { room, 0 };

	do
		room[s.n++] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return s;
}
