/* Shared by state_at.c, state_at_step.c and state_at_media.c. */
#ifndef TRACE_STATE_AT_IN_H
#define TRACE_STATE_AT_IN_H

#include "base/map.h"
#include "trace/state_at.h"
#include "trace/state_at_table.h"

/* What a state and its clones share: texts that had escapes, which are few, as
 * the names in a trace need none as a rule; and the count of bytes. */
struct pool {
	size_t bytes;      /* of the pages of all tables */
	struct map *texts; /* its keys (map_keep) */
};

enum table {
	CALLS = STATE_AT_CALL,
	DIALOGS = STATE_AT_DIALOG,
	TRANSACTIONS = STATE_AT_TRANSACTION,
	TIMERS = STATE_AT_TIMER,
	BINDINGS = STATE_AT_BINDING,
	BOARDS,
	CRASHES,
	MOVES,
	LINKS,
	MEDIA,
	SOURCES,
	NTABLES,
};

struct state_at {
	const struct trace *trace; /* NULL before the first step */
	uint64_t position;
	struct pool *pool;
	struct state_at_table tables[NTABLES];
	struct state_at_watch watch; /* a clone's is empty */
	uint64_t mended;
	struct state_at_counts total;
	/* By owner: the network, then the nodes by number. */
	struct state_at_counts *counts;
	size_t ncounts;
	struct buf scratch;
};

struct transaction_entry {
	struct state_at_key key;
	struct state_at_transaction v;
};

struct dialog_entry {
	struct state_at_key key;
	struct state_at_dialog v;
};

struct call_entry {
	struct state_at_key key;
	struct state_at_call v;
};

struct binding_entry {
	struct state_at_key key;
	struct state_at_binding v;
};

struct timer_entry {
	struct state_at_key key;
	struct state_at_timer v;
};

struct board_entry {
	struct state_at_key key;
	struct state_at_board v;
};

struct media_entry {
	struct state_at_key key;
	struct state_at_media v;
};

struct source_entry {
	struct state_at_key key;
	struct state_at_source v;
};

/* S in the pool; STR_NULL when out of memory. */
struct str state_at_keep_text(struct state_at *f, struct str s);

/* V where it is a string, else STR_NULL; of the trace, or in the pool.  0 or
 * ERR_NOMEM. */
int state_at_text(struct state_at *f, struct json_value v, struct str *text);

/* A clone; a BARE one cannot move and is only good for making others. */
int state_at_copy(struct state_at **copy, const struct state_at *f, bool bare);
/* Memory of F alone; and what it shares with its clones, all together. */
size_t state_at_bytes(const struct state_at *f);
size_t state_at_shared_bytes(const struct state_at *f);

/* Takes the record SEQ, the next one, into the state; 0 or ERR_NOMEM. */
int state_at_step(struct state_at *f, uint64_t seq);
/* What OWNER has in its memory is gone: transactions, dialogs, calls, timers.
 */
void state_at_forget(struct state_at *f, uint32_t owner);

/* state_at_media.c: steps OWNER's media by record SEQ; ends the media of NODE's
 * CALL, which has ended.  0 or ERR_NOMEM. */
int state_at_media_step(struct state_at *f, uint64_t seq, uint32_t owner);
int state_at_media_end(struct state_at *f, struct str node, struct str call);

/* board.c: the record SEQ of OWNER's board; and an act that crashed it or
 * started it again.  0 or ERR_NOMEM. */
int state_at_board_step(struct state_at *f, uint64_t seq, uint32_t owner);
int state_at_board_turn(
    struct state_at *f, uint64_t seq, uint32_t owner, bool down);

/* state_at.c: OWNER's host goes down, or is started again; the settings of
 * record SEQ's act at OWNER; an act VERB with ARGS on the link NAME ("a--b",
 * "a>b"); a loss on it.  A NAME that is not a link changes nothing.  0 or
 * ERR_NOMEM. */
int
state_at_host_turn(struct state_at *f, uint64_t seq, uint32_t owner, bool down);
int state_at_host_set(
    struct state_at *f, uint64_t seq, uint32_t owner, struct json_value args);
int state_at_link_act(struct state_at *f, uint64_t seq, struct str name,
    struct str verb, struct json_value args);
int state_at_link_lose(struct state_at *f, struct str name);

#endif
