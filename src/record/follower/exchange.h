/*
 * The offer and the answer behind an agreement on media (RFC 3264): of an
 * `agree` record the two messages that led to it, and what their descriptions
 * say of the stream.  Of the records alone: the message received that led to
 * the record has one description, the node's own message in the same call the
 * other.
 */
#ifndef FOLLOWER_EXCHANGE_H
#define FOLLOWER_EXCHANGE_H

#include "msg/sdp.h"
#include "follower/sent_message.h"

#define EXCHANGE_ADDRESS 64

/* One side's words about the stream. */
struct exchange_side {
	uint64_t seq; /* the node's record of the message; 0: not found */
	enum msg_sdp_direction direction;
	bool nowhere;                   /* its address stands for none */
	bool opens;                     /* a TCP connection: waits nowhere */
	bool refused;                   /* no port of it: none of that type */
	char address[EXCHANGE_ADDRESS]; /* "192.0.2.1:49170"; or empty */
};

struct exchange {
	struct exchange_side here, there; /* of the node, of the other side */
	struct str origin; /* the node whose description the latter is, boxes
			      and proxies on the way left out; or empty */
	uint64_t said;     /* with which record that node has sent it; or 0 */
};

/* How many of those read last are kept. */
#define EXCHANGES_KEPT 64

/* Buffers of the reading; large, so they are kept for the next. */
struct exchange_reader {
	struct sent_message m;
	struct msg_sdp sdp;
	struct buf call_id;
	struct {
		uint64_t agree;
		struct exchange e;
	} kept[EXCHANGES_KEPT];
	size_t next;
};

int exchange_create(struct exchange_reader **r);  /* 0 or ERR_NOMEM */
void exchange_destroy(struct exchange_reader *r); /* may be NULL */

/* Of record AGREE of T, or of another to which a description has led, about a
 * stream of TYPE ("audio").  What can't be found is 0 and empty.  R is of one
 * trace.  0 or ERR_NOMEM. */
int exchange_read(struct exchange_reader *r, const struct trace *t,
    uint64_t agree, struct str type, struct exchange *e);

/* The same of the offer and the answer that stand at record UPTO in the call to
 * which record OF belongs, at its node: where no record has the agreement, as
 * in a capture. */
int exchange_read_standing(struct exchange_reader *r, const struct trace *t,
    uint64_t of, uint64_t upto, struct str type, struct exchange *e);

/* The messages of records A and B have the same Call-ID. */
bool exchange_is_one_call(
    struct exchange_reader *r, const struct trace *t, uint64_t a, uint64_t b);

/* Where that side waits for packets; empty where nothing tells. */
static inline const char *
exchange_waits(const struct exchange_side *side)
{
	return side->opens ? "" : side->address;
}

/* Whichever was last. */
static inline uint64_t
exchange_answer(const struct exchange *e)
{
	return e->here.seq < e->there.seq ? e->there.seq : e->here.seq;
}

#endif
