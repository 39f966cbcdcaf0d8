/* Shared by the files of the alignment; see trace/align.h. */
#ifndef TRACE_ALIGN_IN_H
#define TRACE_ALIGN_IN_H

#include "base/map.h"
#include "trace/align.h"

/* A request with its responses on one hop, an ACK to a failure and a CANCEL
 * with them. */
struct align_exchange {
	uint32_t call;
	uint32_t from, to; /* the asking and the asked call */
	uint64_t method;   /* hash of the first message's */
	uint64_t sign;     /* of all its messages, repetitions left out */
	unsigned final;    /* the last final status; 0: none */
	int64_t t;
	size_t first, n; /* messages, in `order` */
};

struct align_call {
	uint64_t head;    /* what its first message is, and between whom */
	uint64_t method;  /* of that one */
	uint64_t parties; /* From and To */
	uint64_t sign;
	int64_t t;
	size_t mate; /* number of its counterpart in the other trace, or
			ALIGN_NONE */
};

/* The working data of one trace while the alignment is made. */
struct align_half {
	struct align_side *side;
	bool is_b;
	size_t cap, cap_calls, cap_exchanges;
	struct align_call *calls;
	struct align_exchange *exchanges;
	size_t nexchanges;
	size_t *order;    /* messages by exchange */
	size_t *mate;     /* by message, or ALIGN_NONE */
	size_t *ex_mate;  /* by exchange */
	bool *moved;      /* by message */
	uint32_t *of;     /* by seq: index plus 1 of the message that the
			     record sends or receives; 0: none */
	uint32_t *above;  /* by seq: the same, else of the nearest cause that
			     has one */
	uint64_t *tokens; /* scratch, by message */
	struct map *call_numbers, *exchange_numbers;
};

struct align_making {
	struct align *al;
	const struct align_options *o;
	struct diag *diag;
	struct align_half a, b;
	struct map *nodes; /* a node's name in A -> its number plus 1 */
	struct buf key, scratch;
	size_t cap_rows, cap_fields;
};

struct align_store {
	struct map *texts;
};

/* align_read.c: the messages, calls and exchanges of one trace. */
int align_read(struct align_making *m, struct align_half *h);
/* What a message is, without who, when and which call. */
uint64_t align_token(const struct align_message *m);
/* Order of messages by exchange; call when all are read. */
int align_sort(struct align_half *h);

/* align_match.c: calls, exchanges, messages; what moved. */
int align_match(struct align_making *m);

/* align.c: when calls are matched, drops all messages but those of the call
 * that the options choose and of its counterpart. */
int align_choose_call(struct align_making *m);

/* IN[i]: V[i] belongs to a longest increasing subsequence of the N numbers V.
 * 0 or ERR_NOMEM. */
int align_growing(const size_t *v, size_t n, bool *in);

#endif
