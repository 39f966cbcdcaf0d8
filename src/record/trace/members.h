/*
 * The places of a record's members in its line: the writer of the line knows
 * them, and a reader need not walk it again.
 */
#ifndef TRACE_MEMBERS_H
#define TRACE_MEMBERS_H

#include "text/json.h"
#include "trace/vocab.h"

/* ,"KEY":VALUE in a line: how far behind the beginning of the value before
 * (of the line) the value begins, and how long the key is.  The value ends
 * where the next member begins, or the line: nothing stands between. */
struct trace_member {
	uint16_t step : 11;
	uint16_t nkey : 5;
};

#define TRACE_MEMBER_STEP_MAX ((1u << 11) - 1)
#define TRACE_MEMBER_KEY_MAX  ((1u << 5) - 1)

/* How many bytes of a member stand before a value behind a key of NKEY. */
static inline size_t
trace_member_head(size_t nkey)
{
	return nkey + sizeof(",\"\":") - 1;
}

/* The value of M, one of LINE's members, which are before END; it is at AT. */
static inline struct json_value
trace_member_value(struct str line, size_t at, const struct trace_member *m,
    const struct trace_member *end)
{
	size_t to = m + 1 < end ? at + m[1].step - trace_member_head(m[1].nkey)
				: line.n - 1;

	return (struct json_value){ json_type_of(line.p[at]),
		str_slice(line, at, to) };
}

/* That of M + I, with M the first. */
static inline struct json_value
trace_member_nth(struct str line, const struct trace_member *m, size_t i,
    const struct trace_member *end)
{
	size_t at = 0;

	for (size_t k = 0; k <= i; k++)
		at += m[k].step;
	return trace_member_value(line, at, m + i, end);
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
