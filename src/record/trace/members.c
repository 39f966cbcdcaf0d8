/*
 * Where the members of each record stand, for a trace that is asked much: its
 * lines are not walked again.  16 bytes for each member.
 */
#include "trace/reader_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>

struct trace_members {
	struct trace_member *list; /* of all records, one behind the other */
	size_t n, cap;
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

void
trace_begin_members(struct trace *t)
{
	if (t->members != NULL)
		t->members->n = end_of_members(t->members, t->count);
}

int
trace_add_members(struct trace *t, const struct trace_member *members, size_t n)
{
	struct trace_members *m = t->members;

	if (m == NULL || n == 0)
		return 0;
	if (ARRAY_ROOM(&m->list, &m->cap, m->n + n) != 0)
		return ERR_NOMEM;
	memcpy(&m->list[m->n], members, n * sizeof(*members));
	m->n += n;
	return 0;
}

int
trace_add_member(struct trace *t, struct str line, struct str key,
    const struct json_value *v)
{
	struct trace_member one;

	if (t->members == NULL)
		return 0;
	/* There is no room for it: lines are walked from now on. */
	if (key.n > TRACE_MEMBER_KEY_MAX || line.n > UINT32_MAX) {
		trace_free_members(t);
		return 0;
	}
	one = (struct trace_member){ .key = (uint32_t)(key.p - line.p),
		.value = (uint32_t)(v->raw.p - line.p),
		.n = (uint32_t)v->raw.n,
		.nkey = (uint8_t)key.n,
		.type = (uint8_t)v->type,
		.first = key.n > 0 ? key.p[0] : '\0' };
	return trace_add_members(t, &one, 1);
}

int
trace_end_members(struct trace *t)
{
	struct trace_members *m = t->members;

	if (m == NULL)
		return 0;
	/* Too many: lines are walked from now on. */
	if (m->n > UINT32_MAX) {
		trace_free_members(t);
		return 0;
	}
	if (ARRAY_ROOM(&m->ends, &m->ends_cap, t->count + 1) != 0)
		return ERR_NOMEM;
	m->ends[t->count] = (uint32_t)m->n;
	return 0;
}

/* Most keys differ from another in their length or first letter. */
static inline bool
has_key(struct str line, const struct trace_member *m, struct str wanted)
{
	return m->nkey == wanted.n && wanted.n > 0 && m->first == wanted.p[0] &&
	       memcmp(line.p + m->key, wanted.p, wanted.n) == 0;
}

/* A bit for each first letter, shared with others. */
static inline uint64_t
bit_of(char first)
{
	return UINT64_C(1) << ((unsigned char)first & 63);
}

/* The members of record SEQ, and behind the last. */
static const struct trace_member *
members_range(const struct trace_members *m, uint64_t seq,
    const struct trace_member **end)
{
	*end = m->list + end_of_members(m, seq);
	return m->list + end_of_members(m, seq - 1);
}

/* Of LINE, that of T's record SEQ. */
static void
find_members(const struct trace *t, uint64_t seq, struct str line,
    const struct str *keys, size_t n, struct json_value *values)
{
	const struct trace_member *m, *end;
	uint64_t firsts = 0;
	size_t left = n;

	if (t == NULL || t->members == NULL) {
		json_members(line, keys, n, values);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		values[i] = (struct json_value){ JSON_NONE, STR_NULL };
		firsts |= keys[i].n > 0 ? bit_of(keys[i].p[0]) : 0;
	}
	for (m = members_range(t->members, seq, &end); left > 0 && m < end; m++)
		for (size_t i = 0; i < n && (firsts & bit_of(m->first)) != 0;
		     i++)
			if (has_key(line, m, keys[i]) &&
			    values[i].type == JSON_NONE) {
				values[i] = trace_member_value(line, m);
				left--;
				break;
			}
}

void
trace_members_of(const struct trace *t, uint64_t seq, const struct str *keys,
    size_t n, struct json_value *values)
{
	find_members(t, seq, trace_line(t, seq), keys, n, values);
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
	struct str wanted = str_of(key);
	const struct trace_member *m, *end;

	if (rec->trace == NULL || rec->trace->members == NULL)
		return json_member(rec->object, key);
	for (m = members_range(rec->trace->members, rec->seq, &end); m < end;
	     m++)
		if (has_key(rec->object.raw, m, wanted))
			return trace_member_value(rec->object.raw, m);
	return (struct json_value){ JSON_NONE, STR_NULL };
}
