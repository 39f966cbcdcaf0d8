/*
 * Checkpoints every so many records, made by a fold that goes ahead of all
 * others.  When there are too many of them, or they take too much memory, every
 * other one goes and they are made twice as far apart from then on.  Folds
 * share what did not change between them, so most cost little.
 *
 * A viewer who steps back needs the records before the position, one after the
 * other: a seek leaves one more checkpoint a little before its goal.
 */
#include "trace/checkpoints.h"

#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "trace/state_at_in.h"

#define POINTS_MOST  128
#define POINTS_LEAST 8 /* kept however much memory they take */
#define BYTES_MOST   ((size_t)256 << 20)
#define FIRST_APART  512 /* records between two checkpoints at first */
#define NEAR         256 /* records from the goal back to the near one */
#define STEP         64  /* so far a fold goes on rather than be copied */

struct checkpoints {
	const struct trace *t;
	struct state_at *points[POINTS_MOST]; /* bare; the first at 0 */
	size_t npoints;
	uint64_t apart;
	struct state_at *front; /* makes the points; NULL after it failed */
	struct state_at *now;   /* given out; may be NULL */
	struct state_at *near;  /* may be NULL */
};

int
checkpoints_create(struct checkpoints **out, const struct trace *t)
{
	struct checkpoints *tr = mem_zalloc(1, sizeof(*tr));

	*out = NULL;
	if (tr == NULL)
		return ERR_NOMEM;
	tr->t = t;
	tr->apart = FIRST_APART;
	if (state_at_create(&tr->points[0]) != 0) {
		mem_free(tr);
		return ERR_NOMEM;
	}
	tr->npoints = 1;
	*out = tr;
	return 0;
}

void
checkpoints_destroy(struct checkpoints *tr)
{
	if (tr == NULL)
		return;
	for (size_t i = 0; i < tr->npoints; i++)
		state_at_destroy(tr->points[i]);
	state_at_destroy(tr->front);
	state_at_destroy(tr->now);
	state_at_destroy(tr->near);
	mem_free(tr);
}

static size_t
bytes_of(const struct state_at *f)
{
	return f != NULL ? state_at_bytes(f) : 0;
}

size_t
checkpoints_memory(const struct checkpoints *tr)
{
	/* All come from the first and share with it. */
	size_t bytes = state_at_shared_bytes(tr->points[0]);

	for (size_t i = 0; i < tr->npoints; i++)
		bytes += state_at_bytes(tr->points[i]);
	return bytes + bytes_of(tr->front) + bytes_of(tr->now) +
	       bytes_of(tr->near);
}

/* Every other checkpoint goes. */
static void
thin(struct checkpoints *tr)
{
	size_t n = 0;

	tr->apart *= 2;
	for (size_t i = 0; i < tr->npoints; i++)
		if (state_at_position(tr->points[i]) % tr->apart == 0)
			tr->points[n++] = tr->points[i];
		else
			state_at_destroy(tr->points[i]);
	tr->npoints = n;
}

static int
add_point(struct checkpoints *tr)
{
	while (
	    tr->npoints == POINTS_MOST ||
	    (tr->npoints > POINTS_LEAST && checkpoints_memory(tr) > BYTES_MOST))
		thin(tr);
	if (state_at_position(tr->front) % tr->apart != 0)
		return 0;
	if (state_at_copy(&tr->points[tr->npoints], tr->front, true) != 0)
		return ERR_NOMEM;
	tr->npoints++;
	return 0;
}

/* The front goes on to TO at most RECORDS further. */
static int
advance_front(struct checkpoints *tr, uint64_t to, uint64_t records)
{
	int err = 0;

	if (tr->front == NULL)
		err = state_at_clone(&tr->front, tr->points[tr->npoints - 1]);
	while (err == 0 && records > 0 && state_at_position(tr->front) < to) {
		uint64_t at = state_at_position(tr->front);
		uint64_t step = tr->apart - at % tr->apart;

		if (step > records)
			step = records;
		if (step > to - at)
			step = to - at;
		err = state_at_advance(tr->front, tr->t, at + step);
		records -= step;
		if (err == 0 && (at + step) % tr->apart == 0)
			err = add_point(tr);
	}
	if (err != 0) {
		state_at_destroy(tr->front);
		tr->front = NULL;
	}
	return err;
}

bool
checkpoints_prepare(struct checkpoints *tr, uint64_t records)
{
	uint64_t count = trace_count(tr->t);

	return advance_front(tr, count, records) == 0 &&
	       state_at_position(tr->front) < count;
}

/* F where it lies nearer before SEQ than BEST does. */
static const struct state_at *
nearer(const struct state_at *best, const struct state_at *f, uint64_t seq)
{
	if (f == NULL || state_at_position(f) > seq ||
	    (best != NULL && state_at_position(f) <= state_at_position(best)))
		return best;
	return f;
}

static const struct state_at *
last_point(const struct checkpoints *tr, uint64_t seq)
{
	size_t i;

	BISECT(i, 1, tr->npoints, state_at_position(tr->points[i]) <= seq);
	return tr->points[i - 1];
}

/* F goes on to SEQ and leaves the near checkpoint before it. */
static int
reach_record(struct checkpoints *tr, struct state_at *f, uint64_t seq)
{
	int err = 0;

	if (seq - state_at_position(f) > NEAR) {
		state_at_destroy(tr->near);
		tr->near = NULL;
		err = state_at_advance(f, tr->t, seq - NEAR);
		if (err == 0)
			err = state_at_clone(&tr->near, f);
	}
	return err != 0 ? err : state_at_advance(f, tr->t, seq);
}

/* What to start from on the way to SEQ. */
static const struct state_at *
start_of(const struct checkpoints *tr, uint64_t seq)
{
	const struct state_at *from = nearer(NULL, tr->now, seq);

	/* A step ahead needs no copy. */
	if (from != NULL && seq - state_at_position(from) <= STEP)
		return from;
	from = nearer(from, tr->near, seq);
	from = nearer(from, last_point(tr, seq), seq);
	return nearer(from, tr->front, seq);
}

int
checkpoints_at(struct checkpoints *tr, uint64_t seq, const struct state_at **f)
{
	const struct state_at *from;
	struct state_at *next = tr->now;
	int err;

	*f = NULL;
	if (seq > trace_count(tr->t))
		return ERR_RANGE;
	/* The checkpoints are never behind who walks. */
	err = advance_front(tr, seq, UINT64_MAX);
	if (err != 0)
		return err;
	from = start_of(tr, seq);
	if (from != tr->now) {
		err = state_at_clone(&next, from);
		state_at_destroy(tr->now);
	}
	tr->now = NULL;
	if (err == 0)
		err = reach_record(tr, next, seq);
	if (err != 0) {
		state_at_destroy(next);
		return err;
	}
	tr->now = next;
	*f = next;
	return 0;
}
