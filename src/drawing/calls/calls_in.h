/* Shared by the files of the call list; see calls/calls.h. */
#ifndef CALLS_CALLS_IN_H
#define CALLS_CALLS_IN_H

#include "follower/related_calls.h"
#include "follower/sent_message.h"
#include "calls/calls.h"
#include "base/map.h"

/* Cells of the widest value so far.  The columns' widths follow from these, so
 * they grow with the list and do not jump while it is scrolled. */
struct calls_widths {
	size_t from, to, from_user, to_user, call_id, nodes;
};

/* A message of a call: what the call has come to with it. */
struct calls_moment {
	uint64_t seq;
	uint32_t row, before; /* the one before of that row, plus 1; 0: none */
	uint32_t messages, retx;
	enum calls_state state;
	enum calls_end end;
};

struct calls {
	struct calls_row *rows;
	size_t nrows, cap;
	struct map *known; /* Call-ID → row plus 1 */
	struct map *names; /* node → number plus 1 */
	struct str *nodes; /* by number; kept in the store */
	size_t nnodes, nodes_cap;
	struct map *store;
	struct calls_widths widths;
	struct calls_moment *moments;
	size_t nmoments, moments_cap;
	size_t in_state[CALLS_STATE_COUNT];
	uint64_t position;
	bool given; /* rows came ready-made, without moments */
	int64_t now;
	size_t telling; /* rows whose response is on its way */
	int err;
	struct related_calls *related; /* messages that serve the calls */
	struct sent_message m;         /* scratch */
	struct buf text;
};

/* Takes the next record, SEQ of T, if it tells something of calls.  0; or
 * ERR_NOMEM, and it can be taken again. */
int calls_take(struct calls *c, const struct trace *t, uint64_t seq);
/* The steps of calls_take.  Adds a row, counted as calling or waiting; FROM and
 * TO are URIs.  0; or ERR_NOMEM, and no row was added. */
int calls_new_row(struct calls *c, struct str call_id, struct str method,
    struct str from, struct str to, struct calls_row **out);
/* *NUMBER of the node with that name; 0 or ERR_NOMEM. */
int calls_number_node(struct calls *c, struct str name, uint32_t *number);
void calls_add_node(struct calls *c, struct calls_row *row, uint32_t number);
void
calls_enter(struct calls *c, struct calls_row *row, enum calls_state state);
/* The state that a response with STATUS to an INVITE, or to another request,
 * puts the call in; false: it changes nothing. */
bool calls_answer(bool invite, unsigned status, enum calls_state *state);

/* calls_moments.c: makes room for one more moment, 0 or ERR_NOMEM; then adds
 * the state of ROW with record SEQ as one. */
int calls_moment_room(struct calls *c);
void calls_moment_add(struct calls *c, struct calls_row *row, uint64_t seq);

/* The status that END stands for; 0: none. */
unsigned calls_end_status(enum calls_end end);

/* ROW as it was at LOOK's position. */
struct calls_then {
	bool begun;
	enum calls_state state;
	uint32_t messages, retx;
	int64_t talk, delay; /* -1: none yet */
	bool told;           /* … `status` and `reason` are so */
	enum calls_end end;
	const struct outcome *why; /* it ended; NULL: it is not told */
};

void calls_then(const struct calls *c, const struct calls_row *row,
    const struct calls_look *look, struct calls_then *then);

#endif
