/*
 * The state at a position of a trace folds the records 1 … position: what lives
 * there (transactions, dialogs, calls, bindings, timers) and how much there was
 * until then.  It depends only on the trace and the position, not on
 * the way to it.  It trusts no record: what a record does not say is empty, and
 * what it says of something unknown is taken as the first word about it.
 *
 * All slices are valid as long as the trace and the state (or a clone of it).
 * Pointers to entries are valid until the state moves.
 */
#ifndef TRACE_STATE_AT_H
#define TRACE_STATE_AT_H

#include "machine/machine.h"
#include "trace/board.h"
#include "trace/state_at_table.h"
#include "trace/reader.h"

struct state_at;

struct state_at_transaction {
	struct str node, id;
	const struct machine *machine; /* NULL where it is unknown */
	struct str machine_name, state;
	struct str method;    /* as the record says, else INVITE or empty */
	uint64_t first, last; /* the fsm records that made it, moved it */
	int64_t since;        /* in this state */
};

struct state_at_dialog {
	struct str node, id, state;
	struct str call_id, local_tag, remote_tag;
	struct str target; /* where its requests go */
	struct str routes; /* the route set in order of travel, a line each */
	uint64_t first, last;
	int64_t since;
};

struct state_at_call {
	struct str node, id, state, peer;
	bool muted;     /* an act has done that */
	struct str mix; /* mixed streams have the same; or empty … */
	uint64_t mixed; /* … since this record */
	uint64_t first, last;
	int64_t since;
};

/*
 * Media of one side of a call: the records that tell of it, 0 where none does.
 * It lives from the first agreement, or packet, until its call has ended and
 * nothing flows; of a capture, while it flows.
 */
struct state_at_media {
	struct str node, call;
	struct str type;        /* "audio"; of a capture empty */
	struct str peer;        /* where it is to send, as agreed */
	struct str direction;   /* as the node sees it; empty: not agreed */
	struct str codec, goes; /* of what flows: where it goes */
	struct str from;        /* a box passes it on, from there; or empty */
	struct str sound;       /* what it says (docs/TRACE.md) */
	int64_t ssrc;           /* the same; -1 */
	uint64_t agree, flow, report;
	/* The newest that tells of its TCP connection, or of the end of ICE;
	 * CUT: there is none, or no way. */
	uint64_t way;
	bool cut;
	uint64_t stop;  /* it flowed, and no more by the same agreement; or 0 */
	uint64_t still; /* nothing more has come here since; or 0 */
	uint64_t say;  /* since when it says that, after its flow began; or 0 */
	int64_t since; /* it flows; or was agreed */
};

/* A source that a side of a call hears. */
struct state_at_source {
	struct str node, call, type;
	struct str peer, codec; /* codec empty: of no type that it knows */
	int64_t ssrc;
	uint64_t hear, quality; /* the newest of these; 0: none yet */
	uint64_t still;         /* that nothing comes of it any more; or the
				   first QUALITY that counts no more than the
				   one before; 0: it goes on */
	bool silent;            /* STILL is of the former kind */
	int64_t packets;        /* at the last */
	int64_t since;
};

struct state_at_binding {
	struct str node, aor, contact, q;
	int64_t expires; /* when, or -1 */
	uint64_t first, last;
	int64_t since;
};

struct state_at_timer {
	struct str node, id, name; /* id: its owner's */
	struct str machine;        /* of an owner that is a transaction */
	int64_t due, length;       /* -1 where the record does not say */
	uint64_t last;             /* the record that set it */
	int64_t since;
	uint32_t id_hash; /* state_at_hash_id: most others differ in it */
	bool kept;        /* a transaction lives as long as it */
};

/* What can be watched.  The names in their keys: node and id, of a transaction
 * node, machine and id, of a timer node, owner and name, of a binding node,
 * address-of-record and contact. */
enum state_at_kind {
	STATE_AT_CALL,
	STATE_AT_DIALOG,
	STATE_AT_TRANSACTION,
	STATE_AT_TIMER,
	STATE_AT_BINDING,
	STATE_AT_KIND_COUNT
};

uint32_t state_at_hash_id(struct str id);

#define STATE_AT_BOARD_LINES 8

/*
 * A handset's board, from its first record on: which records tell what it
 * shows now (0: none does).  A restart empties screen and console; a board that
 * has failed keeps what it showed last, so that one sees where it stopped.
 */
struct state_at_board {
	struct str node;
	uint64_t lcd;                        /* the last of all rows */
	uint64_t rows[TRACE_BOARD_ROWS];     /* each row's last `lcd` */
	uint64_t uart[STATE_AT_BOARD_LINES]; /* the last lines, newest first */
	uint64_t cycles, key, fault, watchdog;
	/* Since the run began; they stop at the most that fits. */
	uint64_t instructions, ns, keys, faults, resets;
	uint64_t total; /* the last `cycles` said so many since it was on */
	uint64_t first, last;
	bool down; /* by a fault or a crash, not started again */
	int64_t since;
};

/* A host that has crashed, or whose board has failed, and that was not started
 * again. */
struct state_at_crash {
	struct str node;
	uint64_t by; /* the record */
};

/* A node to which an act has given other addresses than the head tells. */
struct state_at_move {
	struct str node, addr;
	uint64_t act;
};

/* A link that an act has changed, or on which something was lost. */
struct state_at_link {
	uint32_t a, b; /* its nodes, by number, A the lower */
	bool down, delay_set, loss_set;
	uint64_t turned; /* by which act it went down or up last; or 0 */
	int64_t delay;   /* ns, where it was set */
	struct str loss; /* "20%", where it was set; empty: none */
	uint64_t lost;   /* so far */
};

struct state_at_counts {
	uint64_t sends, retransmissions, recvs, drops; /* of messages */
	uint64_t packets, timers_fired, faults, bad, acts, calls;
};

int state_at_create(struct state_at **f); /* at position 0; 0 or ERR_NOMEM */
void state_at_destroy(struct state_at *f);
int state_at_clone(struct state_at **copy, const struct state_at *f);
/* WATCH is called for what F makes, changes and removes from its first step on,
 * but not for what a clone of F does.  `which` is an enum state_at_kind; the
 * slices of the key are valid as long as F and its trace. */
void state_at_watch(struct state_at *f, struct state_at_watch watch);

/*
 * Forward to TO_SEQ, in the same trace at each call: 0, ERR_RANGE (behind the
 * position, or more than the trace has) or ERR_NOMEM, after which F can only
 * be destroyed.
 */
int
state_at_advance(struct state_at *f, const struct trace *t, uint64_t to_seq);
uint64_t state_at_position(const struct state_at *f);
/* The last act by which a link came up or a host was started again; or 0. */
uint64_t state_at_last_mending(const struct state_at *f);

/*
 * What lives at the position, in the order of first appearance.  Start with
 * *AT = 0; NULL at the end.  NODE limits it to one node, STR_NULL does not.
 */
const struct state_at_transaction *state_at_next_transaction(
    const struct state_at *f, struct str node, size_t *at);
const struct state_at_dialog *
state_at_next_dialog(const struct state_at *f, struct str node, size_t *at);
const struct state_at_call *
state_at_next_call(const struct state_at *f, struct str node, size_t *at);
const struct state_at_binding *
state_at_next_binding(const struct state_at *f, struct str node, size_t *at);
const struct state_at_timer *
state_at_next_timer(const struct state_at *f, struct str node, size_t *at);

const struct state_at_media *
state_at_next_media(const struct state_at *f, struct str node, size_t *at);
const struct state_at_source *
state_at_next_source(const struct state_at *f, struct str node, size_t *at);

const struct state_at_crash *
state_at_next_crash(const struct state_at *f, struct str node, size_t *at);
const struct state_at_move *
state_at_next_move(const struct state_at *f, struct str node, size_t *at);
/* NODE is STR_NULL: a link is the network's. */
const struct state_at_link *
state_at_next_link(const struct state_at *f, struct str node, size_t *at);

/* The state_at_transaction, state_at_dialog … of KIND with the key KEY, and its
 * place in the order of a walk; NULL: none lives. */
const void *state_at_find(const struct state_at *f, enum state_at_kind kind,
    const struct state_at_key *key, size_t *place);
const struct state_at_transaction *
state_at_find_transaction(const struct state_at *f, struct str node,
    struct str machine, struct str id);
/* TIMER is one of TR's: an INVITE and its CANCEL share a branch, and only the
 * machine tells them apart. */
bool state_at_owns_timer(
    const struct state_at_transaction *tr, const struct state_at_timer *timer);
const struct state_at_dialog *
state_at_find_dialog(const struct state_at *f, struct str node, struct str id);
const struct state_at_call *
state_at_find_call(const struct state_at *f, struct str node, struct str id);
/* A transaction, dialog or call that lives has TIMER. */
bool state_at_timer_is_owned(
    const struct state_at *f, const struct state_at_timer *timer);
const struct state_at_board *
state_at_find_board(const struct state_at *f, struct str node);

/* How many transactions, dialogs and calls live at NODE. */
size_t state_at_count_machines(const struct state_at *f, struct str node);

/* Of a node, or of all with STR_NULL. */
struct state_at_counts
state_at_count_all(const struct state_at *f, struct str node);

#endif
