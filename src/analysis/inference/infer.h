/*
 * Infers what a capture does not contain but RFC 3261 implies: the messages
 * are replayed through the tables of machine/machine.h at each node, and the
 * steps, timers, dialogs and calls that follow become records with
 * "inferred":true.  What does not fit a table has no record; a transaction
 * ends by its timer only when no message of it is to come.
 *
 * What a later message may show to be wrong in that is noted where it is told
 * (`over`, `refused`, `ended`, `silent`, `kept` of inference/correlation.h).
 */
#ifndef INFERENCE_INFER_H
#define INFERENCE_INFER_H

#include "base/heap.h"
#include "inference/correlation.h"
#include "machine/machine.h"
#include "msg/constants.h"
#include "rules/messages.h"
#include "trace/writer.h"

struct infer;
struct infer_pair;  /* inference/infer_call.c */
struct infer_usage; /* inference/infer_usage.h */

/* One transaction at one of its two nodes. */
struct infer_tx {
	const struct machine *m;
	enum state_id state; /* of the table */
	uint32_t node, tx, via;
	uint32_t invite; /* the call that its INVITE, outside of a dialog, makes
			    at its client; else 0 */
	/* What waits for its answer while it is in usage_state, or NULL. */
	struct infer_usage *usage;
	enum state_id usage_state;
	/* While it waits for its end: which infer_wait that is, and the message
	 * that is its last then. */
	uint64_t wait;
	uint32_t last;
	/* A BYE's: the dialog that it ends, of DIALOGS; or NULL. */
	struct infer_dialog *bye;
	struct infer_dialogs *dialogs;
	bool stream;            /* what it goes by */
	int64_t sent, interval; /* last sending, time to the next */
	uint64_t born, fsm;     /* its first step, its last */
	uint64_t again; /* the step by a copy that was not answered yet, or 0 */
	/* Records that set its timers: the one that repeats, the one that ends
	 * the state; `due` is when the latter fires. */
	uint64_t set[2];
	int64_t due;
	/* Of a server transaction: its newest branch.  Of a branch: the branch
	 * before it, its final response, and the record of its last packet that
	 * was rejected.  `request` is that of the last time that its
	 * request was sent; of a server transaction, of what let it send its
	 * last response. */
	struct infer_tx *branch, *beside;
	unsigned final;
	uint64_t request, refused;
	/* Of a branch: the server transaction, when it began, a hash of its
	 * Request-URI. */
	struct infer_tx *of;
	int64_t began;
	uint32_t target;
	/* Of a server transaction: what its request has, of enum rule_given;
	 * the record of a CANCEL, and when that came. */
	uint32_t given;
	bool passed; /* the other leg has got the same */
	uint64_t cancelled;
	int64_t cancelled_at;
};

/* A description that a node has sent. */
struct infer_offer {
	bool there, held;
	uint8_t streams; /* that are not rejected */
};

/* What a node does on what it was told by another protocol, it does at once. */
#define INFER_AT_ONCE_NS INT64_C(100000000)

/* What a node got last, at T: a message of SIP, the effect of which was CAME,
 * and since then one of another protocol (RECV, else 0). */
struct infer_heard {
	uint64_t came, recv;
	int64_t t;
	enum trace_proto proto;
	bool trunks;  /* it has got ISUP */
	int64_t left; /* when it got the last BYE */
};

/* An event that happens at a moment, unless another one does before. */
typedef void infer_due_fn(struct infer *f, int64_t due, void *of);

struct infer_due {
	struct heap_key key;
	infer_due_fn *fn;
	void *of;
};

struct infer_dialog {
	uint32_t local, remote; /* tags */
	enum state_id state;
	unsigned byes; /* whose transactions live */
};

/* The first word of a key of f->usages. */
enum infer_usage_kind {
	INFER_REGISTRATION, /* node, address-of-record */
	INFER_SUBSCRIBER,   /* node, Call-ID, event package */
	INFER_NOTIFIER,
	INFER_PAIR, /* node, Call-ID of the first call, of the second */
};

#define INFER_DIALOGS 8 /* of one call; more forks are not followed */

/* The dialogs that one request, sent or received, has made at one end. */
struct infer_dialogs {
	uint32_t node, call;
	bool uac; /* target and routes come from the response (12.1.2) */
	uint32_t target, routes; /* where it is no UAC: texts of the request */
	struct infer_dialog of[INFER_DIALOGS];
	size_t n;
};

/* A call as one of its ends has it. */
struct infer_call {
	uint32_t number;
	bool caller;
	enum state_id state;
	uint32_t cseq;    /* of its latest INVITE outside of a dialog */
	unsigned refused; /* with which status the one before was answered */
	uint32_t peer;    /* text of the INVITE */
	struct infer_pair *pair; /* that it is half of, or NULL */
	struct infer_dialogs dialogs;
	struct infer_offer offer;   /* its last */
	bool focus;                 /* its Contact here has isfocus */
	bool cancelled, redirected; /* it was sent elsewhere by a 3xx */
	/* the timer that repeats a 2xx (13.3.1.4) */
	uint64_t set;
	int64_t sent, interval;
};

/* Records of one message. */
struct infer_place {
	uint64_t send, recv;
	uint64_t effect; /* what its arrival did, else recv */
};

struct infer {
	struct correlation *co;
	struct trace_writer *w;
	struct infer_place *place; /* by message */
	size_t nplace, place_cap;
	struct map *txs;           /* node, transaction, side → infer_tx */
	struct map *latest;        /* what arrived last of a kind → message */
	struct map *calls;         /* node, Call-ID → infer_call */
	uint32_t *ncalls, *npairs; /* by node */
	struct infer_heard *heard; /* by node */
	size_t nodes, nodes_cap, pairs_cap, heard_cap;
	struct map *usages;     /* registrations, subscriptions */
	struct map *bindings;   /* node, address-of-record → infer_aor */
	struct infer_due *heap; /* the earliest on top */
	size_t nheap, cap;
	uint64_t order, passing; /* of the newest; of what infer_pass calls */
	const struct machine *call_machine, *dialog_machine;
	struct buf id, list, key;
	int err;
};

/* CO and W are borrowed. */
int
infer_create(struct infer **f, struct correlation *co, struct trace_writer *w);
void infer_destroy(struct infer *f);
/* Makes room for what CO has by now, before any of it is replayed.  0 or
 * ERR_NOMEM. */
int infer_make_room(struct infer *f);

/* Called before message I's `send` is written: the record that caused it, and
 * into *WHY the rule. */
uint64_t infer_cause(struct infer *f, uint32_t i, enum rule_id *why);
/* Called after message I's `send`, or its `recv`, was written: f->place has
 * their numbers, co->msg holds the message. */
void infer_sent(struct infer *f, uint32_t i);
void infer_received(struct infer *f, uint32_t i);
/* Called after record DROP told that message I was rejected. */
void infer_refused(struct infer *f, uint32_t i, uint64_t drop);
/* ---- infer_timers.c ---- */

/* Calls FN with OF at DUE, once; f->passing is what this returns then.  This
 * can't be cancelled: FN itself looks whether there is still something to
 * do. */
uint64_t infer_wait(struct infer *f, int64_t due, infer_due_fn *fn, void *of);
/* Calls all that are due until T, the earliest first. */
void infer_pass(struct infer *f, int64_t t);

/* A timer of something at NODE. */
struct infer_timer {
	uint32_t node;
	const struct machine *m; /* NULL: of none */
	const char *name;
	struct str id; /* of what it belongs to */
	enum rule_id rule;
};

/* Writes the record of TIMER's OP ("set", "fire", "stop") and returns its
 * number.  LENGTH: of a timer that is set in ns, else -1. */
uint64_t infer_write_timer(struct infer *f, const struct infer_timer *timer,
    const char *op, int64_t t, uint64_t cause, int64_t length);
/* A repetition that comes GAP after the last sending fits a timer of *INTERVAL,
 * which then becomes its next one, at most MOST. */
bool infer_gap_fits(int64_t gap, int64_t *interval, int64_t most);

/* ---- infer_tx.c ---- */

struct infer_tx *
infer_find_tx(const struct infer *f, uint32_t node, uint32_t tx, bool client);
/* Writes TX's step by EVENT, or where that is EVENT_NONE by a response with
 * STATUS (SENT: this side sends it).  Its record, or 0: the table has no such
 * step. */
uint64_t infer_step(struct infer *f, struct infer_tx *tx, int64_t t,
    uint64_t cause, enum event_id event, unsigned status, bool sent);
struct infer_tx *infer_new_tx(
    struct infer *f, uint32_t i, bool client, int64_t t, uint64_t cause);
/* What TX sent is retransmitted at T: the step of its timer where the time
 * fits, or 0. */
uint64_t infer_repeat(struct infer *f, struct infer_tx *tx, int64_t t);
/* The rule of the timer by which TX repeats. */
enum rule_id infer_repeat_rule(const struct infer_tx *tx);
/* Called after message I of TX: where it is TX's last, TX will end by its
 * timer. */
void
infer_maybe_last(struct infer *f, struct infer_tx *tx, uint32_t i, int64_t t);

/* The step by EVENT, where that is EVENT_NONE by a response with STATUS. */
static inline const struct machine_edge *
infer_edge(const struct machine *m, enum state_id state, enum event_id event,
    unsigned status, bool sent)
{
	return event != EVENT_NONE
		   ? machine_next(m, state, event)
		   : machine_next_status(m, state, status, sent);
}

/* ---- infer_reasons.c ---- */

/* What lets M's sender send it, as a request or as the response of TX (or
 * NULL): a record, or 0, and into *WHY its rule. */
uint64_t infer_reason_to_ask(
    struct infer *f, const struct correlation_message *m, enum rule_id *why);
uint64_t
infer_reason_to_answer(struct infer *f, const struct correlation_message *m,
    const struct infer_tx *tx, enum rule_id *why);
/* The request that a response without a known transaction answers; or 0. */
uint64_t infer_asked(struct infer *f, const struct correlation_message *m);
/* Message R of another protocol leaves from NODE, or has arrived there by
 * record RECV; CORRELATION_NONE: a host without SIP.  The former returns its
 * cause.  This and the next three functions are in infer_heard.c. */
uint64_t infer_told(
    struct infer *f, uint32_t node, const struct capture_remark *r, int64_t t);
void infer_heard(struct infer *f, uint32_t node, const struct capture_remark *r,
    int64_t t, uint64_t recv);
/* The rule by which a node sends M for what came to it by PROTO, into *WHY;
 * where none is known, it stays. */
void infer_rule_of_made(enum trace_proto proto,
    const struct correlation_message *m, bool dialog, enum rule_id *why);
/* The record of what a node was told by another protocol, just before it sends
 * M; or 0. */
uint64_t infer_reason_heard(const struct infer *f,
    const struct correlation_message *m, enum rule_id *why);
/* What request M, which co->msg holds, has for the rules of its responses. */
uint32_t
infer_given(const struct infer *f, const struct correlation_message *m);
/* Called after message I's `recv`, or its `send`, was written. */
void infer_reasons_received(struct infer *f, uint32_t i);
void infer_reasons_sent(struct infer *f, uint32_t i);

/* ---- infer_branch.c ---- */

/* Message I, which begins CLIENT, may forward a request: then CLIENT is a
 * branch of it. */
void infer_branch_begin(struct infer *f, uint32_t i, struct infer_tx *client);
/* The record because of which SERVER's node sends the response STATUS that
 * comes from no branch as it is, with the rule in *WHY; 0: no branch is seen.
 */
uint64_t infer_branch_reason(
    const struct infer_tx *server, unsigned status, enum rule_id *why);
/* The same of the request, which goes to one more target. */
uint64_t infer_branch_next(
    const struct infer_tx *server, struct str target, enum rule_id *why);
/* CANCEL I has arrived. */
void infer_branch_cancelled(struct infer *f, uint32_t i);
/* Why a proxy sends the CANCEL M, with the rule in *WHY; 0: it is none of a
 * branch. */
uint64_t infer_branch_cancel(const struct infer *f,
    const struct correlation_message *m, enum rule_id *why);

/* ---- infer_call.c ---- */

/* TX, a BYE's, has ended by the record CAUSE. */
void
infer_bye_over(struct infer *f, struct infer_tx *tx, int64_t t, uint64_t cause);
/* Message I, of transaction TX or NULL. */
void infer_call_sent(struct infer *f, uint32_t i, struct infer_tx *tx);
void infer_call_received(struct infer *f, uint32_t i, struct infer_tx *tx);
void infer_call_timeout(
    struct infer *f, uint32_t node, uint32_t call, int64_t t, uint64_t cause);
/* A 2xx is retransmitted: the firing of its timer where the time fits, or 0. */
uint64_t infer_call_repeat(struct infer *f, uint32_t i);

/* The call that C is at its node, in the trace; valid until the next. */
struct str infer_call_id(struct infer *f, const struct infer_call *c);

/* ---- infer_registration.c, infer_bindings.c, infer_subscription.c ---- */

void infer_registration_sent(struct infer *f, uint32_t i);
void infer_registration_received(struct infer *f, uint32_t i);
void infer_bindings_sent(struct infer *f, uint32_t i);
void infer_bindings_destroy(struct infer *f);
void infer_subscription_sent(struct infer *f, uint32_t i);
void infer_subscription_received(struct infer *f, uint32_t i);

#endif
