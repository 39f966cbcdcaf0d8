/*
 * Two traces aligned by meaning: which message of A corresponds to which of B
 * (its counterpart), which messages only one of them has, which came in another
 * order, and what differs between a message and its counterpart.
 *
 * Messages are compared by what they are, not by their bytes: method or status,
 * sending and receiving node, call, and exchange (a request with its responses
 * on one hop).  Values that every run makes again may differ: Call-IDs, tags,
 * branches, nonces, CSeq numbers, as long as one value of A always corresponds
 * to the same value of B; dates; addresses of the same node (trace/meaning.h).
 *
 * Order: equal ladders have the same messages, those of one call from one node
 * to another in the same order, and each after its cause; other interleaving is
 * free.
 */
#ifndef TRACE_ALIGN_H
#define TRACE_ALIGN_H

#include "trace/reader.h"

#define ALIGN_NONE SIZE_MAX

/* X(ID, name in files): how a row compares. */
#define ALIGN_VERDICTS(X)                                        \
	X(SAME, "same")                                          \
	X(CHANGED, "changed") /* fields, or what became of it */ \
	X(MOVED, "moved")     /* in another order */             \
	X(MISSING, "missing") /* only in A */                    \
	X(EXTRA, "extra")     /* only in B */

enum align_verdict {
#define X(id, name) ALIGN_##id,
	ALIGN_VERDICTS(X)
#undef X
	    ALIGN_VERDICT_COUNT
};

/* X(ID, name in files, in words): what became of a message. */
#define ALIGN_FATES(X)                                  \
	X(UNDER_WAY, "under-way", N_("under way"))      \
	X(ARRIVED, "arrived", N_("arrived"))            \
	X(ALTERED, "altered", N_("changed on its way")) \
	X(REFUSED, "refused", N_("refused"))            \
	X(LOST, "lost", N_("lost"))

enum align_fate {
#define X(id, name, text) ALIGN_FATE_##id,
	ALIGN_FATES(X)
#undef X
	    ALIGN_FATE_COUNT
};

const char *align_verdict_name(enum align_verdict v);
const char *align_fate_name(enum align_fate f);
const char *align_fate_text(enum align_fate f); /* in the user's language */

/* A message.  Slices belong to the alignment. */
struct align_message {
	uint64_t seq; /* its send */
	int64_t t;
	uint32_t from, to; /* nodes, numbered alike in both traces */
	struct str from_name, to_name; /* as its own trace has them */
	struct str method;             /* of a request; else empty */
	unsigned status;               /* of a response; else 0 */
	struct str reason;             /* its reason phrase as it was sent */
	struct str cseq_method;        /* may be empty */
	uint32_t call;                 /* number of its call in its own trace */
	uint32_t exchange;             /* number of its exchange there */
	uint32_t cause; /* index of the message it follows from, plus
			   1; 0: none */
	unsigned retx;  /* 1 for the first retransmission; 0: none */
	enum align_fate fate;
	bool sdp;     /* it has a session description */
	bool hop_ack; /* the ACK to a 300-699 response, which goes one hop as
			 the INVITE's transaction asks (RFC 3261 17.1.1.3);
			 that to a 2xx is a request of its own (13.2.2.4) */
};

struct align_side {
	const struct trace *trace; /* borrowed */
	struct align_message *messages;
	size_t n;
	struct str *calls; /* Call-IDs, by number */
	size_t ncalls;
};

/* What differs in two messages.  A or B is STR_NULL (p NULL) where that one
 * has no such field or value. */
struct align_field {
	struct str name; /* "Contact", "Request-URI", "SDP m=" */
	struct str a, b; /* long ones are cut off */
};

/* Which halves of a row are there: a message that moved has two rows, one at
 * its place in A, one at its place in B. */
enum align_place { ALIGN_BOTH, ALIGN_IN_A, ALIGN_IN_B };

struct align_row {
	enum align_verdict verdict;
	enum align_place place;
	size_t a, b; /* messages, or ALIGN_NONE; of MOVED both */
	size_t field, nfields;
	bool fate; /* what became of it differs */
};

struct align {
	struct align_side a, b;
	struct align_row *rows;
	size_t nrows;
	struct align_field *fields;
	size_t nfields;
	size_t counts[ALIGN_VERDICT_COUNT]; /* of messages; MOVED ones that have
					       changed too count as moved */
	size_t calls_a, calls_b;            /* calls that only one has */
	size_t nodes_shared;                /* nodes that take part in both */
	bool same;
	struct align_store *store;
};

struct align_map {
	const char *a, *b; /* A's node is B's */
};

struct align_options {
	const struct align_map *maps;
	size_t nmaps;
	const char *call; /* only the call with this Call-ID (or its beginning)
			     in either trace, and its counterpart;
			     NULL: all */
	const char *const *nodes; /* one: all it sends and receives; several:
				     what passes between them; A's names */
	size_t nnodes;
	int64_t from_ns, to_ns; /* messages sent within, both ends included */
	bool fields;            /* compare the fields */
	bool order; /* any other order is a difference, not only within a pair
		       of nodes and against causes */
};

#define ALIGN_OPTIONS \
	((struct align_options){ .to_ns = INT64_MAX, .fields = true })

/*
 * Aligns A and B, which must outlive *AL; O may be NULL for ALIGN_OPTIONS.  A
 * call, a node or a node of a map that there is not is a mistake, with a
 * sentence in D (may be NULL).  Near-linear in the messages where the traces
 * are alike, and never more than some hundred steps for each.
 * 0, ERR_NOMEM, ERR_NOTFOUND, ERR_LIMIT.
 */
int align_create(struct align **al, const struct trace *a,
    const struct trace *b, const struct align_options *o, struct diag *d);
void align_destroy(struct align *al);

/*
 * Where two traces part: branches of one run have the same records up to what
 * made one of them go another way. The first records of A and B that are not
 * the same bytes: true, with their numbers, or 0 for the one that has ended
 * there. False where both have the same records (the first lines of the traces
 * may differ). Linear.
 */
bool trace_first_difference(const struct trace *a, const struct trace *b,
    uint64_t *seq_a, uint64_t *seq_b);

/* How many records, from the first on, are the same in both, of MOST at most;
 * that the first KNOWN are is known. */
uint64_t trace_count_same(const struct trace *a, const struct trace *b,
    uint64_t known, uint64_t most);

#endif
