/*
 * What lives at one moment of a trace: for each node its calls, dialogs,
 * bindings, transactions with their timers, as words/node_doc.h tells them.
 */
#ifndef WORDS_STATE_DOC_H
#define WORDS_STATE_DOC_H

#include "draw/doc.h"
#include "trace/state_at.h"
#include "trace/reader.h"

/*
 * Appends to D the state after record SEQ (0: before the first, trace_count at
 * most) at time T_NS, from which the remaining times of timers and bindings are
 * computed; -1: the record's own.  Of NODE alone, or with NULL of all nodes
 * with state; WIDTH 0 counts as 80.  0, ERR_NOMEM, or ERR_NOTFOUND with a
 * sentence in DIAG.
 */
int state_doc(const struct trace *t, uint64_t seq, int64_t t_ns,
    const char *node, size_t width, struct doc *d, struct diag *diag);

/*
 * What a person can act on at a moment of a run: the calls and
 * subscriptions that live then, nodes and links, by the names that acts
 * have for them (trace/act.h), for all that offer it.
 */
enum acted_kind { ACTED_CALL, ACTED_NODE, ACTED_LINK, ACTED_KINDS };

struct acted {
	enum acted_kind kind;
	struct str on;   /* "bob", "alice/1", "alice-lan1" */
	struct str text; /* what it is, in words; of a router empty */
	struct str addr; /* a node's, or some with spaces between */
	/* How much a node can be asked to do, at any time. */
	size_t offers;
};

typedef void acted_fn(void *arg, const struct acted *it);

/* Tells FN of each at the moment of F (NULL: of no call): the calls of NODE,
 * which may be empty, and NODE itself before the others.  0 or ERR_NOMEM. */
int acted_each(const struct trace *t, const struct state_at *f, struct str node,
    acted_fn *fn, void *arg);

/*
 * X(ID, sentence): how a call stands as its trace ends, by the messages of its
 * Call-ID: the last thing that has come, and what would have had to come and
 * did not.
 */
#define UNENDED_ROWS(X)                                                        \
	X(UNANSWERED,                                                          \
	    N_("The trace ends here without a final response: nobody has "     \
	       "answered, rejected or cancelled the call."))                   \
	X(CANCELLED, N_("The trace ends here without a final response to the " \
			"INVITE: the CANCEL has not ended it."))               \
	X(UNACKNOWLEDGED, N_("The trace ends here without an ACK: the callee " \
			     "does not know that its answer arrived."))        \
	X(TALKING,                                                             \
	    N_("The trace ends here without a BYE: nobody has hung up."))      \
	X(HUNG_UP, N_("The trace ends here without a response to the BYE."))

enum unended {
#define X(id, text) UNENDED_##id,
	UNENDED_ROWS(X)
#undef X
	/* The call has ended, or there is none. */
	UNENDED_NOT
};

/* Its sentence, translated. */
const char *unended_text(enum unended how);

/* How the call stands of which record SEQ of T tells, or what has led to it, as
 * T ends.  Reads all messages of T; UNENDED_NOT also without memory. */
enum unended unended_find_call(const struct trace *t, uint64_t seq);
/* The Call-ID of that call, appended to ID; false where there is none. */
bool state_find_call(const struct trace *t, uint64_t seq, struct buf *id);

#endif
