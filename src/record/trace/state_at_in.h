/* Shared by the fold's files: trace/state_at.c and state_at_step.c. */
#ifndef TRACE_FOLD_IN_H
#define TRACE_FOLD_IN_H

#include "base/map.h"
#include "trace/state_at.h"
#include "trace/state_at_table.h"

/* What a fold and its clones share: texts that had escapes, which are few, as
 * the names in a trace need none as a rule; and the count of bytes. */
struct pool {
	size_t bytes;      /* of the pages of all tables */
	struct map *texts; /* its keys (map_keep) */
};

enum table {
	CALLS = FOLD_CALL,
	DIALOGS = FOLD_DIALOG,
	TRANSACTIONS = FOLD_TRANSACTION,
	TIMERS = FOLD_TIMER,
	BINDINGS = FOLD_BINDING,
	BOARDS,
	CRASHES,
	MOVES,
	LINKS,
	MEDIA,
	SOURCES,
	NTABLES,
};

struct fold {
	const struct trace *trace; /* NULL before the first step */
	uint64_t position;
	struct pool *pool;
	struct fold_table tables[NTABLES];
	struct fold_watch watch; /* a clone's is empty */
	uint64_t mended;
	struct fold_counts total;
	/* By owner: the network, then the nodes by number. */
	struct fold_counts *counts;
	size_t ncounts;
	struct buf scratch;
};

struct transaction_entry {
	struct fold_key key;
	struct fold_transaction v;
};

struct dialog_entry {
	struct fold_key key;
	struct fold_dialog v;
};

struct call_entry {
	struct fold_key key;
	struct fold_call v;
};

struct binding_entry {
	struct fold_key key;
	struct fold_binding v;
};

struct timer_entry {
	struct fold_key key;
	struct fold_timer v;
};

struct board_entry {
	struct fold_key key;
	struct fold_board v;
};

struct media_entry {
	struct fold_key key;
	struct fold_media v;
};

struct source_entry {
	struct fold_key key;
	struct fold_source v;
};

/* S in the pool; STR_NULL when out of memory. */
struct str fold_keep_text(struct fold *f, struct str s);

/* V where it is a string, else STR_NULL; of the trace, or in the pool.  0 or
 * ERR_NOMEM. */
int fold_text(struct fold *f, struct json_value v, struct str *text);

/* A clone; a BARE one cannot move and is only good for making others. */
int fold_copy(struct fold **copy, const struct fold *f, bool bare);
/* Memory of F alone; and what it shares with its clones, all together. */
size_t fold_bytes(const struct fold *f);
size_t fold_shared_bytes(const struct fold *f);

/* Takes the record SEQ, the next one, into the state; 0 or ERR_NOMEM. */
int fold_step(struct fold *f, uint64_t seq);
/* What OWNER has in its memory is gone: transactions, dialogs, calls, timers.
 */
void fold_forget(struct fold *f, uint32_t owner);

/* state_at_media.c: steps OWNER's media by record SEQ; ends the media of NODE's
 * CALL, which has ended.  0 or ERR_NOMEM. */
int fold_media_step(struct fold *f, uint64_t seq, uint32_t owner);
int fold_media_end(struct fold *f, struct str node, struct str call);

/* board.c: the record SEQ of OWNER's board; and an act that crashed it or
 * started it again.  0 or ERR_NOMEM. */
int fold_board_step(struct fold *f, uint64_t seq, uint32_t owner);
int fold_board_turn(struct fold *f, uint64_t seq, uint32_t owner, bool down);

/* state_at.c: OWNER's host goes down, or is started again; the settings of
 * record SEQ's act at OWNER; an act VERB with ARGS on the link NAME ("a--b",
 * "a>b"); a loss on it.  A NAME that is not a link changes nothing.  0 or
 * ERR_NOMEM. */
int fold_host_turn(struct fold *f, uint64_t seq, uint32_t owner, bool down);
int fold_host_set(
    struct fold *f, uint64_t seq, uint32_t owner, struct json_value args);
int fold_link_act(struct fold *f, uint64_t seq, struct str name,
    struct str verb, struct json_value args);
int fold_link_lose(struct fold *f, struct str name);

#endif
