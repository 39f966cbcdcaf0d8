/*
 * One node's SIP stack: what arrives is read, checked and matched to its
 * transaction, or handed up as a new request; what is sent goes out through a
 * function that the node gives.  RFC 3261 sections 17 and 18, RFC 3581.
 */
#ifndef SIP_STACK_H
#define SIP_STACK_H

#include "base/addr.h"
#include "msg/message.h"
#include "sip/bytes.h"
#include "sip/engine.h"

struct sip_stack;
struct sip_transaction;

/* A node's random streams, each named NODE/NAME. */
#define SIP_STREAMS(X)        \
	X(BRANCH, "branch")   \
	X(TAG, "tag")         \
	X(CALL_ID, "call-id") \
	X(SDP, "sdp")         \
	X(QUERY, "query")

enum sip_stream {
#define X(id, name) SIP_STREAM_##id,
	SIP_STREAMS(X)
#undef X
	    SIP_STREAM_COUNT
};

/* A message that has arrived. */
struct sip_in {
	const struct msg *m;     /* valid during the call */
	struct sip_bytes *bytes; /* what M reads; take a reference to keep */
	struct addr src;         /* whence the datagram came */
	uint64_t recv;           /* seq of its recv record */
	struct sip_transaction
	    *tr; /* the new server transaction; NULL for ACK */
};

/* Why something is sent. */
struct sip_origin {
	enum trace_rule why;
	uint64_t fwd; /* the recv that it forwards, or 0 */
};

struct sip_stack_config {
	struct sip_engine *engine;
	const char *node; /* borrowed */
	struct addr addr; /* own address, with port */
	/* Sends BYTES to DST; returns the seq of the send record. */
	uint64_t (*send)(const struct addr *dst, struct str bytes,
	    const struct trace_message *m, enum trace_rule why, void *arg);
	/* A new request, or an ACK that is not for a transaction. */
	void (*request)(const struct sip_in *in, void *arg);
	/* A response to no transaction of ours; true when it was taken. */
	bool (*stray)(const struct sip_in *in, void *arg);
	void *arg;
};

/* CONFIG is copied. 0 or ERR_NOMEM. */
int
sip_stack_create(struct sip_stack **s, const struct sip_stack_config *config);
/* Transactions end without a word to their users. */
void sip_stack_destroy(struct sip_stack *s);

struct sim *sip_stack_sim(const struct sip_stack *s);
struct sip_engine *sip_stack_engine(const struct sip_stack *s);
const char *sip_stack_node(const struct sip_stack *s);
struct addr sip_stack_addr(const struct sip_stack *s);

/* A datagram from SRC whose recv record is RECV (already the present cause). */
void sip_stack_receive(struct sip_stack *s, struct str bytes,
    const struct addr *src, uint64_t recv);

/* Sends without a transaction (an ACK for a 2xx, a 2xx again). */
uint64_t sip_stack_send(struct sip_stack *s, struct str bytes,
    const struct addr *dst, const struct sip_origin *why, uint64_t retx);

/* A new branch with the magic cookie, from the node's own stream. */
void sip_stack_branch(struct sip_stack *s, struct buf *out);
/* N random characters out of one of the node's own streams. */
void sip_stack_token(
    struct sip_stack *s, enum sip_stream stream, size_t n, struct buf *out);

/* 18.2.2, RFC 3581 section 4: where a response with this top Via goes. */
int sip_response_destination(struct str via_value, struct addr *dst);

/* What a send record says of a message. */
void sip_describe(const struct msg *m, struct trace_message *out);

/* Answers a request without a transaction (8.2.7), from its bytes alone. */
void sip_stack_respond(struct sip_stack *s, const struct sip_in *in,
    unsigned status, enum trace_rule why);

#endif
