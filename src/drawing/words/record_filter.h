/*
 * Which records are shown: `node=atl method=INVITE`.  Words KEY=VALUE with
 * spaces between them, all of which must hold; a VALUE may be a list, "a,b",
 * of which one must.
 *
 *	node     where it happened, or an end of the message
 *	src dst  the message's ends
 *	kind     send, timer, fsm …
 *	method   of a request; status of a response (200, 2xx); cseq of both
 *	call     the message's Call-ID, or its beginning, or that of the call
 *	         that it serves, or a call's id
 *	proto    sip, location …
 *	rule     the record's rule, or its section (rfc3261-17.1.1.2)
 *	left     the state that a machine, a dialog or a call leaves
 *	into     the state that a machine or a dialog comes into
 *	text     stands somewhere in the record or its message; a word alone is
 *	         such a text
 *	from to  times, "0.5s"
 *
 * and members of records by their names: op, machine, id, name, event, state,
 * verb … (docs/TRACE.md).
 */
#ifndef WORDS_RECORD_FILTER_H
#define WORDS_RECORD_FILTER_H

#include "follower/related_calls.h"
#include "trace/reader.h"

#define FILTER_WORDS 16

struct record_filter {
	struct {
		unsigned key;
		struct str value; /* borrowed from the expression */
	} words[FILTER_WORDS];
	size_t n;
	int64_t from_ns, to_ns; /* both ends included */
	uint32_t kinds;         /* bit K: records of kind K may pass */
	unsigned parts;         /* of a message, that it asks: TRACE_SEND_ */
	/* Tells which call a message of another protocol serves; borrowed,
	 * NULL: not asked. */
	const struct related_calls *related;
};

#define RECORD_FILTER_ALL \
	((struct record_filter){ .to_ns = INT64_MAX, .kinds = UINT32_MAX })

/*
 * Reads TEXT, which must outlive F.  T (may be NULL) is asked whether it has
 * the nodes.  0 or ERR_SYNTAX, ERR_NOTFOUND, ERR_RANGE, ERR_LIMIT with a
 * sentence, and the nearest valid word, in D.
 */
int record_filter_parse(struct record_filter *f, const char *text,
    const struct trace *t, struct diag *d);
/* *RELATED, the caller's, of all T where F asks for calls; F borrows it.  0 or
 * ERR_NOMEM. */
int record_filter_serve(struct record_filter *f, const struct trace *t,
    struct related_calls **related);
/* The I-th of the keys, from 0; NULL behind the last. */
const char *record_filter_key(size_t i);
/* A word of a filter may begin with KEY and "=". */
bool record_filter_has(struct str key);
/* If F asks for a method that no RFC has, puts it into *WORD and returns the
 * nearest known one.  NULL: none is near, or all are known. */
const char *
record_filter_doubt(const struct record_filter *f, struct str *word);
/* Puts the filter that TEXT was meant to be ("method:INVITE", "INVITE|BYE") to
 * OUT.  False: it was meant as it is, or is beyond repair. */
bool record_filter_meant(const char *text, struct buf *out);
/*
 * The same for a message without a trace, as for one that sends it: it went at
 * T as S says, with BYTES.  What S does not have is empty.  Of a filter that
 * asks for another kind of record the rest must hold.
 */
bool record_filter_match_message(const struct record_filter *f,
    const struct trace_send *s, int64_t t, struct str bytes);
bool record_filter_match(const struct record_filter *f, const struct trace *t,
    const struct trace_rec *rec, struct buf *scratch);
/* Whether record SEQ of T may pass, by its kind and time: far quicker than to
 * read it and match it. */
bool record_filter_may(
    const struct record_filter *f, const struct trace *t, uint64_t seq);

#endif
