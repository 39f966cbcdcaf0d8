/*
 * What the files of the stack and of transactions share:
 *
 *   stack.c        the node's stack, keys, sending
 *   stack_receive.c  what arrives, to its transaction or up
 *   transaction.c  a transaction's life, and what its user may ask of it
 *   transport.c    what the transport asks of messages, and its troubles
 *   response_path.c     responses that go where a name says
 *   transaction_step.c         one input to a machine, and what follows from it
 *   transaction_machine.c      the tables' inputs, and their timers as events
 * of the simulation
 */
#ifndef SIP_TRANSACTION_IN_H
#define SIP_TRANSACTION_IN_H

#include "base/list.h"
#include "base/map.h"
#include "machine/machine.h"
#include "msg/parts.h"
#include "sim/rng.h"
#include "sip/defaults.h"
#include "sip/engine_in.h"
#include "sip/transaction.h"

/* No machine has more than this many timers. */
#define SIP_TIMERS_EACH 4

struct sip_timer {
	struct sip_transaction *tr;
	sim_event event; /* 0: it does not run */
	int32_t ms;      /* its length when it was last set */
};

/* Different 2xx to one INVITE that are remembered. */
#define SIP_OTHERS 4

struct sip_transaction {
	struct list link; /* in stack->transactions */
	struct sip_stack *stack;
	enum sip_machine machine;
	const struct machine *table;
	enum state_id state; /* of the table */
	bool stream;         /* its request came, or goes, over a stream */
	struct str key;      /* in the stack's tables; of TEXT */
	struct str id;       /* in the trace: the branch; of TEXT */
	struct sip_bytes *request, *response;
	struct sip_bytes *ack; /* for a non-2xx, client */
	uint64_t request_sent, response_sent, ack_sent; /* first sends */
	/* The 2xx of other branches that a proxy has passed up (16.7), so that
	 * one that comes again is known for a repetition. */
	struct {
		uint64_t hash, sent;
	} others[SIP_OTHERS];
	unsigned nothers;
	struct addr peer;
	/* The own address that it is sent from: of a server that to which its
	 * request came (RFC 3581 4), of a client that in its Via. */
	struct addr local;
	/* Client: what its responses bring back of its request (8.2.6.2); the
	 * texts are of REQUEST. */
	size_t nvias;
	struct str call_id, from_tag;
	uint32_t cseq;
	/* Client: by TCP for its size alone (18.1.1); this is how it goes by
	 * UDP.  NULL elsewhere. */
	struct sip_bytes *plain;
	bool congests; /* client: likewise, and it must not go by UDP (RFC 3428
			  8) */
	bool again;    /* client: its request went out once more, over another
			  connection (RFC 5923 8.1) */
	struct sip_response_path
	    *back;     /* server: see response_path.c; NULL: its
		     responses go to PEER, and nowhere else */
	bool detoured; /* server: PEER is not where the request came from, since
			  that connection is gone (18.2.2) */
	struct sip_origin why; /* of the message sent next */
	struct sip_timer timers[SIP_TIMERS_EACH];
	const struct sip_transaction_ops *ops;
	void *arg;
	struct str mark; /* see sip_transaction_set_mark */
	bool dead;       /* in no table any more; steps under way hold it */
	char text[];
};

/* A request that went by TCP for its size alone, without a transaction. */
struct sip_large {
	struct list link; /* in stack->large, the oldest first */
	struct addr dst;
	struct sip_bytes *bytes; /* as it goes by UDP */
	uint64_t fwd, sent;
	int64_t t;
};

/* An INVITE that was rejected without a transaction (stack_receive.c). */
struct sip_answered {
	uint64_t key; /* the hash of its transaction's key */
	int64_t t;
};

struct sip_stack {
	struct sip_stack_config config;
	const struct sip_overload_ops *overload; /* NULL: it takes no part */
	void *overload_arg;
	struct map *clients, *servers; /* key → transaction */
	struct list transactions;
	struct list failing; /* sip_stack_trouble will tell them */
	struct list large;   /* struct sip_large */
	size_t nlarge;
	struct list ways_back; /* without transactions; the oldest first */
	struct sip_answered answered[SIP_ANSWERED]; /* in a ring */
	size_t nanswered;                           /* so far */
	struct rng streams[SIP_STREAM_COUNT];
	struct buf key;
	char addr_text[ADDR_TEXT];
};

/* ---- stack.c ---- */

/* 17.2.3, 17.1.3: the keys, into s->key.  VIA is M's top one. */
int sip_key_server(struct sip_stack *s, const struct msg *m,
    const struct msg_via *via, struct str method);
/* The method that the key of M's own transaction has. */
struct str sip_key_method(const struct msg *m);
int sip_key_client(struct sip_stack *s, struct str branch, struct str method);

/* M has come, or is SENT, and what awaits it need not be retransmitted. */
void sip_settle(struct sip_stack *s, const struct msg *m, bool sent);

/* Sends BYTES, which sip_fit_transport has made fit for DST, from the own
 * address FROM (len 0: whichever faces DST). */
uint64_t
sip_send(struct sip_stack *s, struct str bytes, const struct addr *from,
    const struct addr *dst, const struct sip_origin *why, uint64_t retx);

/* Makes BYTES, which have no transaction, fit for DST and sends them: a request
 * from what its Via says then, a response from FROM. */
uint64_t sip_send_fit(struct sip_stack *s, struct sip_bytes *bytes,
    const struct addr *from, const struct addr *dst,
    const struct sip_origin *why, uint64_t retx);

/* The first value of the first Via. */
struct str sip_top_via(const struct msg *m);

/* ---- stack_receive.c ---- */

/* M was answered with STATUS without a transaction. */
void
sip_answered_add(struct sip_stack *s, const struct msg *m, unsigned status);

/* ---- transport.c ---- */

/* 18.1.1: a request of SIZE bytes for DST is too large for UDP; *LIMIT is what
 * may go. */
bool sip_too_large(const struct sip_stack *s, size_t size,
    const struct addr *dst, size_t *limit);
/* Changes TO to its address and port by TCP, for a request too large for UDP;
 * UDP is tried again where no listener takes it. */
void sip_by_stream(struct addr *to);
void sip_by_datagram(struct addr *to);
/*
 * B as it has to be for DST: a request's top Via names its transport and the
 * own address that faces it, except for a CANCEL, whose Via is that of another
 * (9.1) unless it goes ALONE, without a transaction (16.11); on a stream there
 * is a Content-Length (16.6 step 9, 18.3).  *OUT gets
 * a reference, to B itself where that is so already.  0, ERR_NOMEM, ERR_SYNTAX.
 */
int sip_fit_transport(struct sip_stack *s, struct sip_bytes *b,
    const struct addr *dst, bool alone, struct sip_bytes **out);
/* The own address that VIA names, else one with len 0. */
struct addr
sip_own_in_via(const struct sip_stack *s, const struct msg_via *via);
/* The same of the top Via of M, a request; len 0 also where there is but
 * one address, or the Vias have a name. */
struct addr sip_sent_by(const struct sip_stack *s, const struct msg *m);
/* BYTES have been sent to DST by TCP for their size alone:
 * they are kept for a while, in case there is no TCP. */
void sip_large_keep(struct sip_stack *s, struct sip_bytes *bytes,
    const struct addr *dst, uint64_t fwd, uint64_t sent);
void sip_large_free(struct sip_large *l);
/* REQUEST with another branch, for UDP. */
int sip_rebranch(
    struct sip_stack *s, struct sip_bytes *request, struct sip_bytes **out);
/* Writes that the request in E->own goes by TCP because of its size; what
 * follows has the record as its cause. */
void sip_record_size(struct sip_stack *s, const struct addr *dst, size_t limit);
/*
 * 18.2.2, RFC 3581 section 4: where a response goes whose top Via is VIA and
 * whose request came from SRC: by UDP to where the Via says (no address, len 0,
 * where that is a name), over a stream back to SRC.
 */
void sip_response_destination(const struct sip_stack *s,
    const struct msg_via *via, const struct addr *src, struct addr *dst);
/* 18.2.2: where the connection to DST is gone, DST becomes the address in the
 * response's top Via (the response is in E->own), and that of TR, its
 * transaction, where TR is not NULL.  False: the connection is still there, or
 * the Via has no address. */
bool
sip_detour(struct sip_stack *s, struct sip_transaction *tr, struct addr *dst);
/* Writes that a response goes to DST, which TARGET leads to, and not back over
 * its connection; what follows has the record as its cause. */
void sip_record_detour(struct sip_stack *s, struct str target,
    const struct addr *dst, enum rule_id why);

/* ---- response_path.c (RFC 3263 5) ---- */

/* 18.2.2: by datagrams a response with VIA goes to a name, which is looked up.
 */
bool sip_seeks_maddr(const struct sip_stack *s, const struct msg_via *via);
/* TR's responses, with VIA, go to TO; where that can't be reached, or TO has no
 * address (len 0), where VIA's name says, if it has one. */
void sip_response_path_of(struct sip_transaction *tr, const struct msg_via *via,
    const struct addr *to);
/* TR's response must wait until a server is found; it goes out by WHY then. */
bool sip_response_path_holds(struct sip_transaction *tr, enum rule_id why);
/* A server was found for TR's responses, and they go there. */
bool sip_response_path_is_found(const struct sip_transaction *tr);
/* Where TR's response went can't be reached, HOW tells why (static); true: the
 * next server is sought, and TR is told when there is none. */
bool sip_response_path_goes_on(struct sip_transaction *tr, const char *how);
/* TR is over; what it has sent may need it still. */
void sip_response_path_end(struct sip_transaction *tr);
/* The same of BYTES, a response without a transaction, which record SENT has
 * sent to TO by WHY; or, where TO has no address, which goes out as soon as one
 * is found. */
void sip_response_path_keep(struct sip_stack *s, struct str bytes,
    const struct addr *from, const struct addr *to,
    const struct sip_origin *why, uint64_t sent);
void sip_response_paths_fail(
    struct sip_stack *s, const struct addr *dst, const char *how);
void sip_response_paths_end(struct sip_stack *s);

/* ---- transaction_machine.c ---- */

/* The inputs of a machine. */
enum sip_input {
	SIP_IN_SEND_REQUEST,
	SIP_IN_REQUEST,
	SIP_IN_ACK,
	SIP_IN_1XX,
	SIP_IN_2XX,
	SIP_IN_FINAL,
	SIP_IN_SEND_1XX,
	SIP_IN_SEND_2XX,
	SIP_IN_SEND_FINAL,
};

/* One input as the trace and its machine's table know it. */
struct sip_stimulus {
	enum event_id id, of_table;
};

struct sip_stimulus
sip_stimulus(enum sip_machine machine, enum sip_input input);
const struct machine *sip_machine_table(enum sip_machine machine);

/* TR has come by EVENT from a state to that in which it is: timers that don't
 * run there stop, those of the state are set, that which has fired again. */
void sip_timers_follow(
    struct sip_transaction *tr, enum state_id from, enum event_id event);
/* No event of TR will come. */
void sip_timers_cancel(struct sip_transaction *tr);

/* ---- transaction_step.c ---- */

/* Feeds one input to TR's machine and does what follows.  IN may be NULL.  TR
 * may be gone afterwards. */
void sip_step(struct sip_transaction *tr, const struct sip_stimulus *st,
    const struct sip_in *in);
/* Steps TR to its end and records that its user has given it up, by WHY. */
void sip_step_given_up(struct sip_transaction *tr, enum rule_id why);
/* 17.1.4, 17.2.4: what TR sent did not get there; HOW for the trace. */
void sip_step_trouble(struct sip_transaction *tr, const char *how);
/* TR's request goes out once more: no step of its machine. */
void sip_step_again(struct sip_transaction *tr);
/* TR's response goes to DST, by WHY: no step of its machine. */
void sip_step_back(
    struct sip_transaction *tr, const struct addr *dst, enum rule_id why);

/* ---- transaction.c ---- */

/* Ends it now, as its stack does, without callbacks. */
void sip_transaction_destroy(struct sip_transaction *tr);

static inline struct sim *
sip_sim_of(const struct sip_transaction *tr)
{
	return tr->stack->config.engine->sim;
}

/* 18.1.1: TR's request, which went by TCP because of its size, in a new
 * transaction by UDP; TR's user has heard of it.  0, ERR_NOMEM, ERR_SYNTAX. */
int sip_client_again(struct sip_transaction *tr);
/* Takes TR out of all tables, which held it; TELL tells its user. */
void sip_transaction_end(struct sip_transaction *tr, bool tell);

/* Makes the server transaction of a new request with this top Via. */
int sip_server_create(struct sip_stack *s, const struct sip_in *in,
    const struct msg_via *via, struct sip_transaction **tr);
/* Feeds a retransmission or ACK to a server, a response to a client
 * transaction. */
void
sip_transaction_receive(struct sip_transaction *tr, const struct sip_in *in);

#endif
