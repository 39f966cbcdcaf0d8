/*
 * One node's SIP stack: messages that arrive are read, checked and matched to
 * their transaction, or handed up as new requests; messages are sent by a
 * function that the node supplies.  RFC 3261 sections 17 and 18, RFC 3581.
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
#define SIP_STREAMS(X)                      \
	X(BRANCH, "branch")                 \
	X(TAG, "tag")                       \
	X(CALL_ID, "call-id")               \
	X(SDP, "sdp")                       \
	X(QUERY, "query")                   \
	X(CNONCE, "cnonce")                 \
	X(GLARE, "glare")                   \
	X(RETRY, "retry")                   \
	X(NONCE, "nonce")                   \
	X(RSEQ, "rseq")                     \
	X(REGISTER_WAIT, "register-wait")   \
	X(SUBSCRIBE_WAIT, "subscribe-wait") \
	X(PUBLISH_WAIT, "publish-wait")     \
	X(CONFERENCE, "conference")         \
	X(STUN, "stun")                     \
	X(KEEPALIVE, "keepalive")           \
	X(RTP, "rtp")                       \
	X(RTCP, "rtcp")                     \
	X(SRTP, "srtp")                     \
	X(ICE, "ice")                       \
	X(DIAMETER, "diameter")

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
	struct addr src;         /* from where, and by which transport */
	uint64_t recv;           /* seq of its recv record */
	struct sip_transaction
	    *tr;        /* the new server transaction; NULL for ACK */
	struct addr at; /* own address that it came to; len 0: not known */
};

/* Why something is sent. */
struct sip_origin {
	enum rule_id why;
	uint64_t fwd; /* the recv that it forwards, or 0 */
};

/* How sending over a connection went wrong. */
enum sip_trouble {
	SIP_UNREACHABLE, /* none could be made: nothing has arrived */
	SIP_BROKEN,      /* it broke: what was sent may have arrived or not */
	SIP_FORGOTTEN, /* it was in use, and the other side knows it no more */
};

/* RFC 7339: a node that takes part in overload control. */
struct sip_overload_ops {
	/* The value of oc for the receiver of a response; the parameters after
	 * it go into PARAMS. */
	unsigned (*tell)(struct buf *params, void *arg);
	/* DST has answered, with VIA on top. */
	void (*hear)(
	    const struct addr *dst, const struct msg_via *via, void *arg);
};

/* RFC 3263 5: the servers of a URI, one after the other. */
struct sip_search_ops {
	/* A search, which tells FOUND each server as it is asked for: ERR is 0,
	 * or says that it has none (DST is NULL then).  URI is copied.  NULL
	 * when memory is out. */
	void *(*begin)(const char *uri,
	    void (*found)(int err, const struct addr *dst, void *found_arg),
	    void *found_arg, void *arg);
	/* FOUND is called with the next one, before this returns or later;
	 * false: there is none. */
	bool (*next)(void *search);
	void (*end)(void *search);
};

struct sip_stack_config {
	struct sip_engine *engine;
	const char *node; /* borrowed */
	struct addr addr; /* own address, with the port of ADDR_DEFAULT */
	/* The name in Vias instead of an address; NULL: none.  Borrowed. */
	const char *sent_by;
	bool osip;    /* messages must also pass libosip2's parser */
	bool several; /* it has other addresses as well */
	/* The own address for replies from DST, by DST's transport: the one
	 * that faces it, with that transport's port.  NULL: ADDR. */
	struct addr (*facing)(const struct addr *dst, void *arg);
	/* A is an own address, with a port of its own.  NULL: ADDR alone is. */
	bool (*owns)(const struct addr *a, void *arg);
	/* RFC 3261 20.35, 20.41: what its own requests (User-Agent) and
	 * responses (Server) say that they were made by; NULL: nothing.
	 * Borrowed. */
	const char *product;
	/* RFC 3581 3: its own requests ask for rport. */
	bool ask_rport;
	/* Sends BYTES to DST, by DST's transport, from the own address FROM
	 * (len 0: whichever faces DST); returns the seq of the send record.
	 * Later errors are reported to sip_stack_trouble. */
	uint64_t (*send)(const struct addr *from, const struct addr *dst,
	    struct str bytes, const struct trace_message *m, enum rule_id why,
	    void *arg);
	/* What awaits WHAT (sip_awaited) need not be retransmitted: that has
	 * come, or gone. */
	void (*settled)(uint64_t what, void *arg);
	/* The MTU of the path to DST, 0 where it is not known. */
	uint32_t (*path_mtu)(const struct addr *dst, void *arg);
	/* A connection to DST is there or being made. */
	bool (*connected)(const struct addr *dst, void *arg);
	/* RFC 5923: the other end of the connection from PEER offers it for
	 * requests to ADVERTISED as well. */
	void (*alias)(
	    const struct addr *peer, const struct addr *advertised, void *arg);
	/* RFC 5923: the own connections are offered like that. */
	bool offer_alias;
	/* For responses that go where a name says; NULL: names are not looked
	 * up. */
	const struct sip_search_ops *search;
	/* A new request, or an ACK that is not for a transaction. */
	void (*request)(const struct sip_in *in, void *arg);
	/* The same before it has a transaction: true when it was taken without
	 * one (16.11). */
	bool (*stateless)(const struct sip_in *in, void *arg);
	/* A response to no transaction of ours; true when it was taken. */
	bool (*stray)(const struct sip_in *in, void *arg);
	void *arg;
};

/* From now on; OPS NULL: no more.  Borrowed. */
void sip_stack_set_overload(
    struct sip_stack *s, const struct sip_overload_ops *ops, void *arg);

/* CONFIG is copied. 0 or ERR_NOMEM. */
int
sip_stack_create(struct sip_stack **s, const struct sip_stack_config *config);
/* Transactions end without a word to their users. */
void sip_stack_destroy(struct sip_stack *s);

struct sim *sip_stack_sim(const struct sip_stack *s);
struct sip_engine *sip_stack_engine(const struct sip_stack *s);
const char *sip_stack_node(const struct sip_stack *s);

/* The own address, the first of several, is another one from now on.  Responses
 * to requests with the old one still find their transactions.  0 or
 * ERR_NOMEM. */
int sip_stack_set_addr(struct sip_stack *s, const struct addr *a);

/* A datagram, or one message of a stream, from SRC to the own address AT (NULL:
 * not known), whose recv record is RECV (already the present cause). */
void sip_stack_receive(struct sip_stack *s, struct str bytes,
    const struct addr *src, const struct addr *at, uint64_t recv);
/* Bytes of a stream that can't be told to be a message (see msg/framing.h):
 * recorded, and answered as far as they are a request (18.3). */
void
sip_stack_refuse(struct sip_stack *s, struct str bytes, enum msg_fault fault,
    const struct addr *src, const struct addr *at, uint64_t recv);

/*
 * 18.4: what was sent to DST over a connection did not get there, or may not
 * have; HOW it ended in a word, for the trace.  Client transactions that wait
 * for a first response from there end, or try again by UDP where only their
 * size had made them go by TCP (18.1.1).  Where the connection was forgotten
 * their requests go out once more, over a new one (RFC 5923 8.1).
 */
void sip_stack_trouble(struct sip_stack *s, const struct addr *dst,
    enum sip_trouble trouble, const char *how);
/*
 * RFC 5923 8.1, 8.2: BYTES, which record SENT sent to DST over a connection
 * that is no more, were not acknowledged: they go out once more.  A request
 * does so unless its transaction has got an answer, or is over, or has done so
 * before; a response goes where 18.2.2 says.
 */
void sip_stack_again(struct sip_stack *s, struct str bytes,
    const struct addr *dst, uint64_t sent);

/*
 * Sends without a transaction (an ACK for a 2xx, a 2xx again).  A request that
 * is too large for UDP goes by TCP, and where that is rejected by UDP all the
 * same (18.1.1).
 */
uint64_t sip_stack_send(struct sip_stack *s, struct str bytes,
    const struct addr *dst, const struct sip_origin *why, uint64_t retx);
/* The same from the own address FROM (len 0: whichever faces DST): a response,
 * by RFC 3581 4 from where its request came to.  Where DST has no address, it
 * goes where the name in its Via says, as soon as that is known. */
uint64_t sip_stack_send_from(struct sip_stack *s, struct str bytes,
    const struct addr *from, const struct addr *dst,
    const struct sip_origin *why, uint64_t retx);

/* 18.2.2: where a response with this top Via goes, as far as the Via tells:
 * over a stream back by the connection that received and rport name, while it
 * is there; where that is a name, *DST has no address (len 0).  0, ERR_SYNTAX,
 * ERR_NOTFOUND. */
int sip_via_destination(
    const struct sip_stack *s, struct str via_value, struct addr *dst);

/* 8.1.1.7, 18.1.1: a Via of the own as far as its parameters: "SIP/2.0/UDP" and
 * who the node is. */
void sip_stack_begin_via(const struct sip_stack *s, struct buf *out);
/* A new branch with the magic cookie, from the node's own stream. */
void sip_stack_branch(struct sip_stack *s, struct buf *out);
/* N random characters out of one of the node's own streams. */
void sip_stack_token(
    struct sip_stack *s, enum sip_stream stream, size_t n, struct buf *out);

/* The same as a string that the caller frees; NULL when out of memory. */
char *
sip_stack_new_token(struct sip_stack *s, enum sip_stream stream, size_t n);

/* Evenly from 0 to BOUND - 1, out of one of them; BOUND > 0. */
uint64_t
sip_stack_below(struct sip_stack *s, enum sip_stream stream, uint64_t bound);

/* What a send record says of a message. */
void sip_describe(const struct msg *m, struct trace_message *out);
/* Until what M, which is sent, may be retransmitted, as a number that
 * config.settled tells: a request until its final response comes, a provisional
 * response until its PRACK does or the final one goes, a final one to an INVITE
 * until its ACK comes.  0: nothing. */
uint64_t sip_awaited(const struct trace_message *m);

/* Answers a request without a transaction (8.2.7), from its bytes alone, with
 * the reason PHRASE; LINES are whole header lines beside those, or empty. */
void sip_stack_respond(struct sip_stack *s, const struct sip_in *in,
    unsigned status, struct str phrase, struct str lines, enum rule_id why);

/* IN, which came over a stream, with received and rport in its top Via whatever
 * the client asked for: what an element without transactions remembers its
 * connection by.  *OUT with one reference.  0 or ERR_NOMEM. */
int sip_mark_stream(
    struct sip_stack *s, const struct sip_in *in, struct sip_bytes **out);

/* Sends bytes, whether they are a message or not. */
uint64_t sip_stack_send_raw(struct sip_stack *s, struct str bytes,
    const struct addr *dst, enum rule_id why);

#endif
