/*
 * The places of a record's members in its line: the writer of the line knows
 * them, and a reader need not walk it again.
 */
#ifndef TRACE_MEMBERS_H
#define TRACE_MEMBERS_H

#include "text/json.h"
#include "trace/vocab.h"

#define TRACE_MEMBER_KEY_MAX UINT8_MAX

/* Offsets in the line. */
struct trace_member {
	uint32_t key, value, n; /* n: of the value, with quotes, brackets */
	uint8_t nkey, type;     /* enum json_type */
	char first;             /* of the key */
};

static inline struct json_value
trace_member_value(struct str line, const struct trace_member *m)
{
	return (struct json_value){ (enum json_type)m->type,
		{ line.p + m->value, m->n } };
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
