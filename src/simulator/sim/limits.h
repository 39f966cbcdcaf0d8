/*
 * What a run may grow to before it is stopped with a sentence: bounds for
 * scripts and topologies that have no end, far beyond what a lesson needs.
 */
#ifndef SIM_LIMITS_H
#define SIM_LIMITS_H

#include "base/diag.h"

/* X(ID, name, how many, "the run has more than %s …").  NULL: reported
 * elsewhere, of instructions by the sandbox (script/sandbox.c), of boards by a
 * record (roles/handset/handset_clock.c). */
#define SIM_LIMITS(X)                                                          \
	X(RECORDS, "records", 10000000,                                        \
	    N_("the run made more than %s "                                    \
	       "records"))                                                     \
	X(BYTES, "bytes", (uint64_t)512 << 20,                                 \
	    N_("the run made more than %s "                                    \
	       "bytes of trace"))                                              \
	X(ALIVE, "alive", 50000,                                               \
	    N_("more than %s calls, transactions and packets existed at the "  \
	       "same time"))                                                   \
	X(INSTANT, "instant", 100000,                                          \
	    N_("a loop without progress in time: more than %s events at one "  \
	       "instant"))                                                     \
	X(MEMORY, "memory", (uint64_t)512 << 20,                               \
	    N_("the run's calls, messages and packets use more than %s bytes " \
	       "of memory"))                                                   \
	X(INSTRUCTIONS, "instructions", 25000000, NULL)                        \
	X(BOARD, "board", 20000000000, NULL)

enum sim_limit {
#define X(id, name, most, text) SIM_LIMIT_##id,
	SIM_LIMITS(X)
#undef X
	    SIM_LIMIT_COUNT
};

/* How many of each; 0 where the table's number holds. */
struct sim_limits {
	uint64_t most[SIM_LIMIT_COUNT];
};

const char *sim_limit_name(enum sim_limit which);
/* L with the table's numbers in place of the zeros. */
struct sim_limits sim_limits_resolve(const struct sim_limits *l);
/* "records=1000000" into L.  0, or D's error: ERR_SYNTAX, ERR_NOTFOUND. */
int sim_limit_read(struct sim_limits *l, const char *text, struct diag *d);

/* Says in D that there was more of WHICH than MOST; ERR_LIMIT.  MORE goes
 * after it: ", in turns by …", or "". */
int sim_limit_tell(
    enum sim_limit which, uint64_t most, const char *more, struct diag *d);

#endif
