/* Which runs of an experiment have their results, and how they ended. */
#ifndef SWEEP_RUNS_H
#define SWEEP_RUNS_H

#include "sweep/result.h"

/* Failed runs whose reasons are kept: the first ones. */
#define SWEEP_REASONS 10

struct sweep_reason {
	uint64_t run;
	char *what; /* owned; may be empty */
};

struct sweep_runs {
	const struct experiment *e; /* borrowed */
	uint8_t *state;             /* by run: 0, or its enum sweep_end + 1 */
	uint32_t *digest;           /* of its line */
	uint64_t done, failed;
	uint64_t differing; /* second results that differ from the first */
	struct sweep_reason reasons[SWEEP_REASONS]; /* by run */
	size_t nreasons;
};

int sweep_runs_create(struct sweep_runs *r, const struct experiment *e);
void sweep_runs_free(struct sweep_runs *r);
/* Notes RESULT, of a run of the experiment, and LINE, which it was read from.
 * True for the first result of that run that came to its end (SWEEP_OK). */
bool sweep_runs_take(
    struct sweep_runs *r, const struct sweep_result *result, struct str line);

static inline bool
sweep_runs_has(const struct sweep_runs *r, uint64_t run)
{
	return r->state[run] != 0;
}

/* Why run RUN failed, a sentence; NULL: it is not known. */
const char *sweep_runs_reason(const struct sweep_runs *r, uint64_t run);

/* How run RUN, which has a result, ended. */
static inline enum sweep_end
sweep_runs_end(const struct sweep_runs *r, uint64_t run)
{
	return (enum sweep_end)(r->state[run] - 1);
}

/* Those that failed, the first of them named; and all that is to be said of R.
 */
void sweep_put_failures(const struct sweep_runs *r, struct buf *out);
void sweep_put_counts(const struct sweep_runs *r, struct buf *out);

#endif
