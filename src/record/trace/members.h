/*
 * The places of a record's members in its line: the writer of the line knows
 * them, and a reader need not walk it again.
 */
#ifndef TRACE_MEMBERS_H
#define TRACE_MEMBERS_H

#include "text/json.h"
#include "trace/vocab.h"

/* ,"KEY":VALUE in a line: where the value begins, and how long the key is.  The
 * value ends where the next member begins, or the line: nothing stands between.
 */
struct trace_member {
	uint32_t value : 24;
	uint32_t nkey : 8;
};

#define TRACE_MEMBER_VALUE_MAX ((1u << 24) - 1)
#define TRACE_MEMBER_KEY_MAX   UINT8_MAX

/* How many bytes of a member stand before a value behind a key of NKEY. */
static inline size_t
trace_member_head(size_t nkey)
{
	return nkey + sizeof(",\"\":") - 1;
}

/* The value of M, one of LINE's members, which are before END. */
static inline struct json_value
trace_member_value(struct str line, const struct trace_member *m,
    const struct trace_member *end)
{
	size_t to = m + 1 < end ? m[1].value - trace_member_head(m[1].nkey)
				: line.n - 1;

	return (struct json_value){ json_type_of(line.p[m->value]),
		str_slice(line, m->value, to) };
}

/* A record as its writer has put it together, beside its line. */
struct trace_written {
	uint64_t seq, cause; /* cause 0: none */
	int64_t t;
	enum trace_kind kind;
	bool has_why, has_rule, has_retx;
	size_t node; /* its member's place + 1; 0: none */
	const struct trace_member *members; /* all that it has */
	size_t nmembers;
};

#endif
