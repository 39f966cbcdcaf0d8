/*
 * The places of a record's members in its line: who writes or reads the line
 * notes them, and it is not walked again.
 */
#ifndef TRACE_MEMBERS_H
#define TRACE_MEMBERS_H

#include "text/json.h"
#include "trace/vocab.h"

/* ,"KEY":VALUE in a line: how far behind the beginning of the key before (of
 * the line) the key begins, and what tells most keys apart.  The value ends
 * where the next member begins, or the line: nothing stands between. */
struct trace_member {
	uint16_t step : 11;
	uint16_t sign : 5;
};

#define TRACE_MEMBER_STEP_MAX ((1u << 11) - 1)
#define TRACE_MEMBER_SIGNS    (1u << 5)
/* Of a record that has more, none are noted. */
#define TRACE_MEMBERS_MOST 64

/* Of keys that are alike in length and first letter; some others share it. */
static inline unsigned
trace_member_sign(size_t nkey, char first)
{
	return ((unsigned)nkey * 5 ^ (unsigned char)first) % TRACE_MEMBER_SIGNS;
}

/* Those of one line, as they come. */
struct trace_notes {
	struct trace_member list[TRACE_MEMBERS_MOST];
	size_t n, at; /* where the last key begins */
	bool odd;     /* they can't be noted, and the line is walked */
};

/* The next key of LINE, of NKEY bytes, begins at AT, behind ," or {" */
static inline void
trace_note(struct trace_notes *notes, struct str line, size_t at, size_t nkey)
{
	size_t step = at - notes->at;

	notes->at = at;
	if (step > TRACE_MEMBER_STEP_MAX || notes->n == TRACE_MEMBERS_MOST ||
	    at >= line.n)
		notes->odd = true;
	if (!notes->odd)
		notes->list[notes->n++] = (struct trace_member){
			step & TRACE_MEMBER_STEP_MAX,
			trace_member_sign(nkey, line.p[at]) % TRACE_MEMBER_SIGNS
		};
}

/* The value of M, one of LINE's members, which are before END; its key, of NKEY
 * bytes, is at AT. */
static inline struct json_value
trace_member_value(struct str line, size_t at, size_t nkey,
    const struct trace_member *m, const struct trace_member *end)
{
	size_t from = at + nkey + 2;
	size_t to = m + 1 < end ? at + m[1].step - 2 : line.n - 1;

	return (struct json_value){ json_type_of(line.p[from]),
		str_slice(line, from, to) };
}

/* A record as its writer has put it together, beside its line. */
struct trace_written {
	uint64_t seq, cause; /* cause 0: none */
	int64_t t;
	enum trace_kind kind;
	bool has_retx;
	size_t node; /* its member's place + 1; 0: none */
	const struct trace_notes *notes;
};

#endif
