/*
 * What belongs together in a capture: which sightings are one message, which
 * node sent it, which message it repeats, forwards or answers, and which calls
 * are two sides of one.  Everything here comes from the messages alone and is
 * no more than likely; nothing takes more than a fixed time a message.
 *
 * A correlation is fed: correlation_feed takes the messages that its reader has
 * by then, and after the last of them it equals the one that correlation_create
 * makes of all at once.  A message is *settled* when 400 ms have passed since
 * it, so that it can't be seen at another place any more: then it is linked
 * with those before.  `settled` counts these; the messages behind them may
 * still change.
 *
 * What later messages may show of settled ones sets `amended`: then the
 * correlation is wrong somewhere, and another is to be made of all messages.
 * These are
 *   - a message that comes later but was earlier (capture_moved says so), or is
 *     the sighting of a settled one;
 *   - a host that talks to itself, which so far was one node;
 *   - a way on which messages are seen twice, and so far were not, or were;
 *   - a Call-ID that an INVITE has named before it appeared;
 *   - two nodes that are one (correlation_faces.c), or so far were;
 * and, of reported messages (below), since the trace has them already,
 *   - that a message arrived, when, and that it stayed where it arrived;
 *   - that a node forwards nothing (`kept`), or neither makes calls nor takes
 *     any (`served`);
 *   - that a transaction ended with a message (`over`), a call with a rejection
 *     (`refused`), a request with a response (`ended`), or that nothing came in
 *     a call before a time (`silent`);
 *   - the legs of a call with eight or more.
 */
#ifndef INFERENCE_CORRELATION_H
#define INFERENCE_CORRELATION_H

#include "msg/message.h"
#include "msg/parts.h"
#include "packets/index.h"
#include "packets/keys.h"
#include "packets/address_names.h"
#include "packets/reader.h"

/* Vias that are looked at, from the top: a hop or two may not have been
 * captured. */
#define CORRELATION_VIAS 4

#define CORRELATION_NONE UINT32_MAX

/* So long before the first message a message of another protocol may serve it.
 */
#define CORRELATION_BEFORE_NS INT64_C(10000000000)

struct correlation_message {
	int64_t t, t_last; /* first and last sighting; ns from the first
			      message */
	uint32_t at, last; /* their places in the source */
	uint32_t src, dst; /* nodes */
	uint32_t call;     /* number of the Call-ID; 0: none */
	uint32_t tx;       /* number of the transaction; 0: none */
	uint32_t cseq;
	uint32_t name;   /* number of the method's name */
	uint32_t reason; /* number of a response's reason phrase; of an INVITE
			    outside of a dialog a hash of who calls whom, or 0
			  */
	uint32_t via[CORRELATION_VIAS];
	uint32_t from_tag, to_tag;
	uint32_t fwd;  /* the message that this forwards, or CORRELATION_NONE */
	uint32_t retx; /* the first sending of what this repeats, or
			  CORRELATION_NONE */
	uint32_t icmp; /* the ICMP error that answered it, as in struct
			  datagram; 0: none */
	uint16_t status; /* 0: a request */
	uint16_t nvias;
	uint8_t method;     /* of enum msg_method; of a response that of CSeq */
	uint8_t transport;  /* of enum addr_transport */
	bool passed : 1;    /* another message forwards it */
	bool reliable : 1;  /* a provisional response with RSeq (RFC 3262) */
	bool rewritten : 1; /* it was seen last with other addresses in it */
	/* What was told of it: that it was sent, that it arrived, that its
	 * transaction ended with it. */
	bool left : 1, arrived : 1, over : 1;
};

/* X(ID, word in the file): what shows that two calls are one. */
#define CORRELATION_SIGNS(X)        \
	X(NONE, "")                 \
	X(X_CALL_ID, "x-call-id")   \
	X(RELAY, "relay")           \
	X(SESSION_ID, "session-id") \
	X(ICID, "icid")             \
	X(SDP, "sdp")               \
	X(MEDIA, "media")           \
	X(PARTIES, "parties")       \
	X(CALLER, "caller")

enum correlation_sign {
#define X(id, word) CORRELATION_BY_##id,
	CORRELATION_SIGNS(X)
#undef X
};

const char *correlation_sign_word(enum correlation_sign s);

/* The data of one Call-ID; calls[] has it at the Call-ID's number. */
struct correlation_call {
	uint32_t first;              /* message, or CORRELATION_NONE */
	uint32_t invite;             /* the first INVITE outside of a dialog */
	uint32_t last_invite;        /* the last such INVITE */
	uint32_t last, last_request; /* message; the last request of the first
					one's method */
	uint32_t leg_of;             /* the call that it belongs to, 0: none */
	/* The call that its node is proved to have made it of, and the last one
	 * made of it (correlation_faces.c); 0: none. */
	uint32_t made_of, made;
	uint32_t leg;      /* the next leg of the same call, 0: none */
	uint16_t status;   /* of the last response to such a request, */
	uint32_t response; /* … which is this message */
	uint32_t messages;
	uint8_t by; /* of enum correlation_sign */
	bool chosen : 1;
	/* What was told of it, see above. */
	bool refused : 1, ended : 1, silent : 1;
	uint8_t legs; /* of a call that has some, no more than it matters */
};

/* What a node was seen to do. */
struct correlation_node {
	char *name;
	struct addr addr;  /* its first */
	uint32_t same;     /* the node of which this is another address, or its
			      own number (correlation_faces.c) */
	bool faces, apart; /* there is such a node; it can be none */
	bool forwards, registers, calls, answers, bridges;
	bool
	    translates; /* its outer address is another host's in the packets */
	bool used;      /* a settled message leaves from or gets to it */
	bool takes;     /* it makes calls, or lets callers wait or in */
	/* It was told that it forwards nothing; that it does none of the latter
	 * two. */
	bool kept, served;
};

struct correlation {
	const struct capture_reader *src;
	struct numbers *ids;   /* Call-IDs */
	struct numbers *texts; /* branches, tags, methods, reason phrases */
	struct numbers *txs;   /* keys of transactions */
	struct map *vias; /* number of a Via as an ALG has written it → of what
			     it was; NULL: there is none */
	struct correlation_message *m;
	size_t n, m_cap;
	size_t settled; /* of them */
	struct correlation_call
	    *calls; /* by number of the Call-ID; 0: of messages without */
	size_t ncalls, calls_cap;
	struct correlation_node *nodes;
	size_t nnodes;
	struct host_places *places; /* addresses that have become nodes */
	uint32_t *tx_last;          /* by number: the last message of each */
	size_t ntx, tx_cap;
	int64_t start; /* time of the first message in the source, or of the
			  first that serves it */
	int64_t now;   /* of the last one, in the trace */
	bool amended;  /* it is to be made again, see above */

	/* Until correlation_end. */
	bool whole;       /* all messages are there from the beginning */
	size_t taken;     /* messages of the source */
	size_t indexed;   /* of M: those indexed in `calls` */
	uint64_t *hashes; /* of the bytes of the source's messages */
	size_t hashes_cap;
	struct sightings *sightings;
	struct links *links;
	struct answering *answering;
	int64_t answered; /* until then ICMP errors have found their messages */
	struct legs *legs;
	struct faces *faces;

	struct msg msg; /* scratch */
	struct buf scratch, key;
};

/*
 * Reads all of SRC, which is borrowed until correlation_destroy.  0, ERR_NOMEM
 * or ERR_LIMIT.
 */
int correlation_create(struct correlation **co,
    const struct capture_reader *src, const struct address_names *names);
/*
 * The same step by step.  correlation_begin reads nothing yet; correlation_feed
 * takes the messages and remarks that SRC has by now, behind the earlier ones.
 * ALL: messages that would have to wait are settled as well.  Where that sets
 * `amended`, CO can only be destroyed.  correlation_end: the input is over; all
 * are settled.  Errors as above.
 */
int correlation_begin(struct correlation **co, const struct capture_reader *src,
    const struct address_names *names);
int correlation_feed(struct correlation *co, bool all);

void correlation_destroy(struct correlation *co);
/* NODE forwards nothing; it will be noted that this was told. */
static inline bool
correlation_keeps(struct correlation *co, uint32_t node)
{
	co->nodes[node].kept |= !co->nodes[node].forwards;
	return !co->nodes[node].forwards;
}

/* NODE makes no calls and takes none; that was told as well. */
static inline bool
correlation_is_server(struct correlation *co, uint32_t node)
{
	co->nodes[node].served |= !co->nodes[node].takes;
	return !co->nodes[node].takes;
}

/* The node at A, else at another port of its host; CORRELATION_NONE: no message
 * went from or to that host. */
uint32_t
correlation_node_at(const struct correlation *co, const struct addr *a);

/* Time T of the source as the trace counts it, from its first message. */
int64_t correlation_time(const struct correlation *co, int64_t t);

/* ---- the steps of correlation_feed ---- */

/* correlation_places.c */
int host_places_create(struct host_places **p, struct correlation *co,
    const struct address_names *names);
void host_places_destroy(struct host_places *p);
/* Looks at M before nodes are made: a host that talks to itself is more than
 * one node. */
int host_places_look(struct host_places *p, const struct capture_message *m);
int
host_places_node(struct host_places *p, const struct addr *a, uint32_t *node);
uint32_t host_places_find(const struct host_places *p, const struct addr *a);
/* Notes what each node was seen to do by the messages FROM to TO (without
 * that); correlation_put_roles gives it in words, "proxy registrar", in an
 * empty OUT, for `role` in the trace's head. */
void correlation_note_roles(struct correlation *co, size_t from, size_t to);
void correlation_put_roles(const struct correlation_node *n, struct buf *out);

/* correlation_sightings.c: one message seen more than once. */
struct sightings;
/* After that a message is not seen at another place any more. */
#define SIGHTINGS_WAIT_NS INT64_C(400000000)
int sightings_create(struct sightings **s);
/* Room for COUNT messages of the source in all. */
int sightings_reserve(struct sightings *s, size_t count);
void sightings_destroy(struct sightings *s);
/* Called with every message C, the I-th of the source, before sightings_match
 * of any that came with it: counts, for each way, how much of it is seen twice.
 */
int sightings_count(struct sightings *s, const struct correlation *co, size_t i,
    const struct capture_message *c);
/* Those of the COUNT messages that are not counted yet. */
void sightings_count_rest(struct sightings *s, size_t count);
/* By what was counted since, sightings_match would have given another answer.
 */
bool sightings_were_wrong(const struct sightings *s);
/* The messages of one direction between two addresses; NULL without memory. */
struct sightings_flow {
	uint64_t number, messages, twice;
	bool known;           /* its nodes are */
	bool asked, believed; /* whether it shows all twice, and the answer */
	uint32_t src, dst;
};
struct sightings_flow *
sightings_flow(struct sightings *s, const struct capture_message *c);
/* Message AT of the source is next: fetches what one that follows soon will ask
 * for into the cache. */
void sightings_fetch(
    const struct sightings *s, const struct correlation *co, size_t at);
/* The message of which M (not yet in the list), which went the way F and was
 * seen at PLACE, is another sighting, or CORRELATION_NONE. */
uint32_t sightings_match(struct sightings *s, struct correlation *co,
    const struct correlation_message *m, struct sightings_flow *f,
    uint32_t place);

/* The same of M, next in the list and read, where an ALG has written other
 * addresses into it on its way. */
uint32_t sightings_match_rewritten(struct sightings *s, struct correlation *co,
    const struct correlation_message *m, uint32_t place);

/* For the messages FROM to TO (without that), those before being settled:
 *
 * correlation_links.c: retx, fwd, times that fit them. */
struct links;
int correlation_link(struct correlation *co, size_t from, size_t to);
void links_destroy(struct links *l); /* may be NULL */

/* correlation_faces.c: calls that a node was proved to have made of others;
 * nodes that are two addresses of one, which then is in the messages. */
struct faces;
int faces_create(struct faces **f);
void faces_destroy(struct faces *f); /* may be NULL */
int correlation_find_faces(struct correlation *co, size_t from, size_t to);

/* correlation.c: which messages ICMP errors have answered. */
struct answering;

/* correlation_legs.c: calls that are two legs of one. */
struct legs;
int legs_create(struct legs **l, struct correlation *co);
void legs_destroy(struct legs *l); /* may be NULL */
int correlation_find_legs(struct correlation *co, size_t from, size_t to);
/* An INVITE has named the Call-ID ID, when no message had it. */
bool legs_await(const struct legs *l, struct str id);
/* Into co->key, after NODE: who calls whom by the INVITE in co->msg; false
 * where it does not say so. */
bool correlation_put_parties(struct correlation *co, uint32_t node);
/* Marks CALL and all legs of the same call as chosen. */
void correlation_choose_call(struct correlation *co, uint32_t call);

#endif
