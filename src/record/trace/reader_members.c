/*
 * Where the members of each record stand: its line is not walked again.  2
 * bytes for each member; a long trace has too many, and the lines of its later
 * records are walked.
 */
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "trace/reader_in.h"

/* 16 MiB: those of some 400,000 records. */
#define MEMBERS_MOST ((size_t)8 << 20)

void
trace_free_members(struct trace *t)
{
	mem_free(t->members.list);
	mem_free(t->members.ends);
}

/* Behind the last member of record SEQ; 0: of the header. */
static size_t
end_of_members(const struct trace_members *m, uint64_t seq)
{
	return seq > 0 ? m->ends[seq - 1] : 0;
}

/* Where one has not been kept, no later one is. */
static bool
keeps_members(const struct trace *t)
{
	return t->members.nends == t->count &&
	       end_of_members(&t->members, t->count) <= MEMBERS_MOST;
}

int
trace_grow_members(struct trace *t)
{
	struct trace_members *m = &t->members;

	if (!keeps_members(t))
		return 0;
	if (ARRAY_ROOM(&m->list, &m->cap,
		end_of_members(m, t->count) + TRACE_MEMBERS_MOST) != 0)
		return ERR_NOMEM;
	return ARRAY_ROOM(&m->ends, &m->ends_cap, t->count + 1);
}

void
trace_keep_notes(struct trace *t, const struct trace_notes *notes)
{
	struct trace_members *m = &t->members;
	size_t n = notes->odd ? 0 : notes->n, from;

	if (!keeps_members(t))
		return;
	from = end_of_members(m, t->count);
	if (n > 0)
		memcpy(&m->list[from], notes->list, n * sizeof(*m->list));
	m->ends[m->nends++] = (uint32_t)(from + n);
}

/* The members of REC, and behind the last; NULL: its line is to be walked. */
static const struct trace_member *
members_range(const struct trace_rec *rec, const struct trace_member **end)
{
	const struct trace_members *m;
	size_t from, to;

	if (rec->trace == NULL || rec->seq > rec->trace->members.nends)
		return NULL;
	m = &rec->trace->members;
	from = end_of_members(m, rec->seq - 1);
	to = end_of_members(m, rec->seq);
	*end = m->list + to;
	return from < to ? m->list + from : NULL;
}

/* The key at AT is WANTED. */
static inline bool
is_key(struct str line, size_t at, struct str wanted)
{
	return at + wanted.n < line.n && line.p[at + wanted.n] == '"' &&
	       memcmp(line.p + at, wanted.p, wanted.n) == 0;
}

#define KEYS 64

void
trace_members(const struct trace_rec *rec, const struct str *keys, size_t n,
    struct json_value *values)
{
	struct str line = rec->object.raw;
	const struct trace_member *end, *m = members_range(rec, &end);
	/* By sign: bits of KEYS. */
	uint64_t wanted[TRACE_MEMBER_SIGNS] = { 0 };
	size_t left = n, at = 0;

	if (m == NULL || n > KEYS) {
		json_members(line, keys, n, values);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		values[i] = (struct json_value){ JSON_NONE, STR_NULL };
		if (keys[i].n > 0)
			wanted[trace_member_sign(keys[i].n, keys[i].p[0])] |=
			    UINT64_C(1) << i;
	}
	for (; left > 0 && m < end; m++) {
		uint64_t *bits = &wanted[m->sign];

		at += m->step;
		for (uint64_t b = *bits; b != 0; b &= b - 1) {
			size_t i = (size_t)__builtin_ctzll(b);

			if (!is_key(line, at, keys[i]))
				continue;
			values[i] =
			    trace_member_value(line, at, keys[i].n, m, end);
			*bits &= ~(UINT64_C(1) << i);
			left--;
			break;
		}
	}
}

struct json_value
trace_member(const struct trace_rec *rec, const char *key)
{
	struct str line = rec->object.raw, wanted = str_of(key);
	const struct trace_member *end, *m = members_range(rec, &end);
	unsigned sign = trace_member_sign(wanted.n, key[0]);

	if (m == NULL)
		return json_member(rec->object, key);
	for (size_t at = 0; m < end; m++) {
		at += m->step;
		if (m->sign == sign && is_key(line, at, wanted))
			return trace_member_value(line, at, wanted.n, m, end);
	}
	return (struct json_value){ JSON_NONE, STR_NULL };
}
