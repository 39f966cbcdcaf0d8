/* What the files of the call list share; see views/calls/calls.h. */
#ifndef VIEWS_CALLS_CALLS_IN_H
#define VIEWS_CALLS_CALLS_IN_H

#include "msg/message.h"
#include "views/calls/calls.h"
#include "base/intern.h"
#include "base/map.h"

/* Cells of the widest there is so far, by which columns get their widths: they
 * grow with the list and do not jump while it is scrolled. */
struct calls_widths {
	size_t from, to, from_user, to_user, call_id, nodes;
};

struct calls {
	struct calls_row *rows;
	size_t nrows, cap;
	struct map *known; /* Call-ID → row plus 1 */
	struct map *names; /* node → number plus 1 */
	struct str *nodes; /* by number; kept in the store */
	size_t nnodes, nodes_cap;
	struct intern *store;
	struct calls_widths widths;
	size_t in_state[CALLS_STATE_COUNT];
	uint64_t position;
	int64_t now;
	int err;
	struct msg msg; /* scratch */
	struct buf fields, bytes, text;
};

/* Takes the `send` REC, the next one; 0 or ERR_NOMEM, and nothing was taken. */
int calls_take(struct calls *c, const struct trace_rec *rec);

#endif
