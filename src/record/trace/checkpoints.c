/*
 * Checkpoints every so many records, made by a state that goes ahead of all
 * others.  When there are too many of them, or they take too much memory, every
 * other one goes and they are made twice as far apart from then on.  States
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
#define STEP         64  /* so far a state goes on rather than be copied */

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
	struct checkpoints *cp = mem_zalloc(1, sizeof(*cp));

	*out = NULL;
	if (cp == NULL)
		return ERR_NOMEM;
	cp->t = t;
	cp->apart = FIRST_APART;
	if (state_at_create(&cp->points[0]) != 0) {
		mem_free(cp);
		return ERR_NOMEM;
	}
	cp->npoints = 1;
	*out = cp;
	return 0;
}

void
checkpoints_destroy(struct checkpoints *cp)
{
	if (cp == NULL)
		return;
	for (size_t i = 0; i < cp->npoints; i++)
		state_at_destroy(cp->points[i]);
	state_at_destroy(cp->front);
	state_at_destroy(cp->now);
	state_at_destroy(cp->near);
	mem_free(cp);
}

static size_t
bytes_of(const struct state_at *f)
{
	return f != NULL ? state_at_bytes(f) : 0;
}

size_t
checkpoints_memory(const struct checkpoints *cp)
{
	/* All come from the first and share with it. */
	size_t bytes = state_at_shared_bytes(cp->points[0]);

	for (size_t i = 0; i < cp->npoints; i++)
		bytes += state_at_bytes(cp->points[i]);
	return bytes + bytes_of(cp->front) + bytes_of(cp->now) +
	       bytes_of(cp->near);
}

/* Every other checkpoint goes. */
static void
thin(struct checkpoints *cp)
{
	size_t n = 0;

	cp->apart *= 2;
	for (size_t i = 0; i < cp->npoints; i++)
		if (state_at_position(cp->points[i]) % cp->apart == 0)
			cp->points[n++] = cp->points[i];
		else
			state_at_destroy(cp->points[i]);
	cp->npoints = n;
}

static int
add_point(struct checkpoints *cp)
{
	while (
	    cp->npoints == POINTS_MOST ||
	    (cp->npoints > POINTS_LEAST && checkpoints_memory(cp) > BYTES_MOST))
		thin(cp);
	if (state_at_position(cp->front) % cp->apart != 0)
		return 0;
	if (state_at_copy(&cp->points[cp->npoints], cp->front, true) != 0)
		return ERR_NOMEM;
	cp->npoints++;
	return 0;
}

/* The front goes on to TO at most RECORDS further. */
static int
advance_front(struct checkpoints *cp, uint64_t to, uint64_t records)
{
	int err = 0;

	if (cp->front == NULL)
		err = state_at_clone(&cp->front, cp->points[cp->npoints - 1]);
	while (err == 0 && records > 0 && state_at_position(cp->front) < to) {
		uint64_t at = state_at_position(cp->front);
		uint64_t step = cp->apart - at % cp->apart;

		if (step > records)
			step = records;
		if (step > to - at)
			step = to - at;
		err = state_at_advance(cp->front, cp->t, at + step);
		records -= step;
		if (err == 0 && (at + step) % cp->apart == 0)
			err = add_point(cp);
	}
	if (err != 0) {
		state_at_destroy(cp->front);
		cp->front = NULL;
	}
	return err;
}

bool
checkpoints_prepare(struct checkpoints *cp, uint64_t records)
{
	uint64_t count = trace_count(cp->t);

	return advance_front(cp, count, records) == 0 &&
	       state_at_position(cp->front) < count;
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
last_point(const struct checkpoints *cp, uint64_t seq)
{
	size_t i;

	BISECT(i, 1, cp->npoints, state_at_position(cp->points[i]) <= seq);
	return cp->points[i - 1];
}

/* F goes on to SEQ and leaves the near checkpoint before it. */
static int
reach_record(struct checkpoints *cp, struct state_at *f, uint64_t seq)
{
	int err = 0;

	if (seq - state_at_position(f) > NEAR) {
		state_at_destroy(cp->near);
		cp->near = NULL;
		err = state_at_advance(f, cp->t, seq - NEAR);
		if (err == 0)
			err = state_at_clone(&cp->near, f);
	}
	return err != 0 ? err : state_at_advance(f, cp->t, seq);
}

/* What to start from on the way to SEQ. */
static const struct state_at *
start_of(const struct checkpoints *cp, uint64_t seq)
{
	const struct state_at *from = nearer(NULL, cp->now, seq);

	/* A step ahead needs no copy. */
	if (from != NULL && seq - state_at_position(from) <= STEP)
		return from;
	from = nearer(from, cp->near, seq);
	from = nearer(from, last_point(cp, seq), seq);
	return nearer(from, cp->front, seq);
}

int
checkpoints_at(struct checkpoints *cp, uint64_t seq, const struct state_at **f)
{
	const struct state_at *from;
	struct state_at *next = cp->now;
	int err;

	*f = NULL;
	if (seq > trace_count(cp->t))
		return ERR_RANGE;
	/* The checkpoints are never behind who walks. */
	err = advance_front(cp, seq, UINT64_MAX);
	if (err != 0)
		return err;
	from = start_of(cp, seq);
	if (from != cp->now) {
		err = state_at_clone(&next, from);
		state_at_destroy(cp->now);
	}
	cp->now = NULL;
	if (err == 0)
		err = reach_record(cp, next, seq);
	if (err != 0) {
		state_at_destroy(next);
		return err;
	}
	cp->now = next;
	*f = next;
	return 0;
}
