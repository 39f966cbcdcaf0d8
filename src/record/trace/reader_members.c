/*
 * Where the members of each record stand, for a trace that is asked much: its
 * lines are not walked again.  2 bytes for each member.
 */
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "trace/reader_in.h"

/* A record whose line was read has none, and is walked. */
struct trace_members {
	struct trace_member *list; /* of all records, one behind the other */
	size_t cap;
	uint32_t *ends; /* by record: behind its last in `list` */
	size_t ends_cap;
};

int
trace_keep_members(struct trace *t)
{
	t->members = mem_zalloc(1, sizeof(*t->members));
	return t->members != NULL ? 0 : ERR_NOMEM;
}

void
trace_free_members(struct trace *t)
{
	if (t->members == NULL)
		return;
	mem_free(t->members->list);
	mem_free(t->members->ends);
	mem_free(t->members);
	t->members = NULL;
}

/* Behind the last member of record SEQ; 0: of the header. */
static size_t
end_of_members(const struct trace_members *m, uint64_t seq)
{
	return seq > 0 ? m->ends[seq - 1] : 0;
}

int
trace_end_members(struct trace *t, const struct trace_member *members, size_t n)
{
	struct trace_members *m = t->members;
	size_t from = m != NULL ? end_of_members(m, t->count) : 0;

	if (m == NULL)
		return 0;
	/* Too many: lines are walked from now on. */
	if (n > UINT32_MAX - from) {
		trace_free_members(t);
		return 0;
	}
	if (ARRAY_ROOM(&m->list, &m->cap, from + n) != 0 ||
	    ARRAY_ROOM(&m->ends, &m->ends_cap, t->count + 1) != 0)
		return ERR_NOMEM;
	if (n > 0)
		memcpy(&m->list[from], members, n * sizeof(*members));
	m->ends[t->count] = (uint32_t)(from + n);
	return 0;
}

/* The members of T's record SEQ, and behind the last; NULL: its line is to be
 * walked. */
static const struct trace_member *
members_range(
    const struct trace *t, uint64_t seq, const struct trace_member **end)
{
	const struct trace_members *m = t != NULL ? t->members : NULL;
	size_t from, to;

	if (m == NULL)
		return NULL;
	from = end_of_members(m, seq - 1);
	to = end_of_members(m, seq);
	if (from == to)
		return NULL;
	*end = m->list + to;
	return m->list + from;
}

/* The first byte of M's key, whose value is at AT. */
static inline const char *
key_of(struct str line, size_t at, const struct trace_member *m)
{
	return line.p + at - 2 - m->nkey;
}

static inline bool
has_key(
    struct str line, size_t at, const struct trace_member *m, struct str wanted)
{
	const char *key = key_of(line, at, m);

	return m->nkey == wanted.n && key[0] == wanted.p[0] &&
	       memcmp(key, wanted.p, wanted.n) == 0;
}

#define SLOTS 32
#define KEYS  64

/* Of keys that are alike in length and first letter; some others share it. */
static inline size_t
slot_of(size_t nkey, char first)
{
	return (nkey * 5 ^ (unsigned char)first) % SLOTS;
}

/* Of LINE, that of T's record SEQ. */
static void
find_members(const struct trace *t, uint64_t seq, struct str line,
    const struct str *keys, size_t n, struct json_value *values)
{
	const struct trace_member *end, *m = members_range(t, seq, &end);
	uint64_t wanted[SLOTS] = { 0 }; /* bits of KEYS */
	bool walk = m == NULL || n > KEYS;
	size_t left = n, at = 0;

	for (size_t i = 0; i < n && !walk; i++) {
		values[i] = (struct json_value){ JSON_NONE, STR_NULL };
		walk = keys[i].n == 0;
		if (!walk)
			wanted[slot_of(keys[i].n, keys[i].p[0])] |= UINT64_C(1)
								    << i;
	}
	if (walk) {
		json_members(line, keys, n, values);
		return;
	}
	for (; left > 0 && m < end; m++) {
		uint64_t *slot;

		at += m->step;
		slot = &wanted[slot_of(m->nkey, key_of(line, at, m)[0])];
		for (uint64_t bits = *slot; bits != 0; bits &= bits - 1) {
			size_t i = (size_t)__builtin_ctzll(bits);

			if (!has_key(line, at, m, keys[i]))
				continue;
			values[i] = trace_member_value(line, at, m, end);
			*slot &= ~(UINT64_C(1) << i);
			left--;
			break;
		}
	}
}

void
trace_members(const struct trace_rec *rec, const struct str *keys, size_t n,
    struct json_value *values)
{
	find_members(rec->trace, rec->seq, rec->object.raw, keys, n, values);
}

struct json_value
trace_member(const struct trace_rec *rec, const char *key)
{
	const struct str wanted = str_of(key);
	const struct trace_member *end,
	    *m = members_range(rec->trace, rec->seq, &end);

	if (m == NULL || wanted.n == 0)
		return json_member(rec->object, key);
	for (size_t at = 0; m < end; m++) {
		at += m->step;
		if (has_key(rec->object.raw, at, m, wanted))
			return trace_member_value(rec->object.raw, at, m, end);
	}
	return (struct json_value){ JSON_NONE, STR_NULL };
}

void
trace_find_why(const struct trace_rec *rec, const struct trace_entry *e,
    struct json_value v[2])
{
	static const struct str keys[] = { STR_INIT("why"), STR_INIT("rule") };
	const struct trace_member *end,
	    *m = members_range(rec->trace, rec->seq, &end);
	struct str line = rec->object.raw;
	/* Where a writer puts them: behind seq, t, kind and what may be. */
	ptrdiff_t first = 3 + (e->node != TRACE_NO_NODE) + (e->cause != 0);
	size_t at = 0;

	for (ptrdiff_t i = 0; m != NULL && i <= first && m + i < end; i++)
		at += m[i].step;
	if (m == NULL || end - m < first + 2 ||
	    !has_key(line, at, m + first, keys[0]) ||
	    !has_key(line, at + m[first + 1].step, m + first + 1, keys[1])) {
		trace_members(rec, keys, 2, v);
		return;
	}
	v[0] = trace_member_value(line, at, m + first, end);
	v[1] = trace_member_value(
	    line, at + m[first + 1].step, m + first + 1, end);
}
