/* What the fold's files share: trace/fold.c and fold_step.c. */
#ifndef TRACE_FOLD_IMPL_H
#define TRACE_FOLD_IMPL_H

#include "base/map.h"
#include "trace/fold.h"
#include "trace/fold_table.h"

/* Texts that had escapes, shared by a fold and its clones.  They are few: the
 * names in a trace need none as a rule. */
struct pool {
	unsigned refs;
	struct map *texts; /* the text to a copy of it */
};

enum table {
	TRANSACTIONS,
	DIALOGS,
	CALLS,
	BINDINGS,
	TIMERS,
	NTABLES,
};

struct fold {
	const struct trace *trace; /* NULL before the first step */
	uint64_t position;
	struct pool *pool;
	struct fold_table tables[NTABLES];
	struct fold_counts total;
	struct fold_counts *counts; /* by the node's number */
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

/* S in the pool; STR_NULL when out of memory. */
struct str fold_keep(struct fold *f, struct str s);

/* Takes the record SEQ, the next one, into the state; 0 or ERR_NOMEM. */
int fold_step(struct fold *f, uint64_t seq);

#endif
