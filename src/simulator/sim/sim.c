/*
 * Running events.  The invariant: while an event runs, `now` is its time and
 * `cause` its record (or a later record that the event itself wrote).
 */
#include "sim/sim.h"

#include "base/err.h"
#include "base/mem.h"
#include "sim/event_queue.h"

#include <stdio.h>
#include <string.h>

/* The nodes of the last events of a loop at one instant. */
#define LOOP_NAMES 6

struct sim {
	struct queue *queue;
	struct trace_writer *writer;
	uint64_t seed;
	int64_t now;
	uint64_t cause;
	size_t held;
	size_t memory;       /* bytes taken */
	uint64_t at_instant; /* events run at `now` */
	uint64_t work;       /* of events since sim_run, beyond one each */
	struct sim_limits limits;
	const char *loop[LOOP_NAMES];
	size_t nloop;
	bool stopped;
	struct diag error;
};

int
sim_create(struct sim **sp, uint64_t seed, struct trace_writer *w)
{
	const struct sim_limits none = { { 0 } };
	struct sim *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	if (s == NULL)
		return ERR_NOMEM;
	s->seed = seed;
	s->writer = w;
	/* A loop without time is an error in any run; a run sets the other
	 * limits. */
	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++)
		s->limits.most[i] = UINT64_MAX;
	s->limits.most[SIM_LIMIT_INSTANT] =
	    sim_limits_resolve(&none).most[SIM_LIMIT_INSTANT];
	if (queue_create(&s->queue) != 0) {
		mem_free(s);
		*sp = NULL;
		return ERR_NOMEM;
	}
	return 0;
}

void
sim_destroy(struct sim *s)
{
	if (s == NULL)
		return;
	queue_destroy(s->queue);
	mem_free(s);
}

int64_t
sim_now(const struct sim *s)
{
	return s->now;
}

uint64_t
sim_seed(const struct sim *s)
{
	return s->seed;
}

struct trace_writer *
sim_trace(const struct sim *s)
{
	return s->writer;
}

sim_event
sim_at(struct sim *s, int64_t t_ns, const char *who, sim_fn *fn, void *arg)
{
	struct queue_event e = { t_ns > s->now ? t_ns : s->now, fn, arg, who,
		s->cause };
	sim_event name = queue_push(s->queue, &e);

	if (name == 0)
		sim_fail(s, ERR_NOMEM, "%s", _("out of memory"));
	return name;
}

sim_event
sim_after(
    struct sim *s, int64_t delay_ns, const char *who, sim_fn *fn, void *arg)
{
	int64_t t =
	    delay_ns < INT64_MAX - s->now ? s->now + delay_ns : INT64_MAX;

	return sim_at(s, t, who, fn, arg);
}

void
sim_prefetch(
    struct sim *s, sim_fn *fn, void (*prefetch)(const void *arg, unsigned step))
{
	queue_prefetch(s->queue, fn, prefetch);
}

void
sim_cancel(struct sim *s, sim_event e)
{
	queue_cancel(s->queue, e);
}

size_t
sim_pending(const struct sim *s)
{
	return queue_live(s->queue);
}

int64_t
sim_next(const struct sim *s)
{
	int64_t t;

	return queue_peek(s->queue, &t) ? t : INT64_MAX;
}

uint64_t
sim_cause(const struct sim *s)
{
	return s->cause;
}

uint64_t
sim_set_cause(struct sim *s, uint64_t seq)
{
	uint64_t old = s->cause;

	s->cause = seq;
	return old;
}

void
sim_open(
    struct sim *s, enum trace_kind kind, const char *node, enum rule_id why)
{
	trace_open(s->writer, kind, s->now, node, s->cause, why);
}

void
sim_hold(struct sim *s)
{
	s->held++;
}

void
sim_release(struct sim *s)
{
	s->held--;
}

size_t
sim_held(const struct sim *s)
{
	return s->held;
}

void
sim_take_memory(struct sim *s, size_t bytes)
{
	s->memory += bytes;
}

void
sim_give_back_memory(struct sim *s, size_t bytes)
{
	s->memory -= bytes;
}

size_t
sim_memory(const struct sim *s)
{
	return s->memory;
}

void
sim_stop(struct sim *s)
{
	s->stopped = true;
}

void
sim_fail(struct sim *s, int err, const char *fmt, ...)
{
	char text[sizeof(s->error.text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	diag_set(&s->error, err, NULL, 0, "%s", text);
}

const struct diag *
sim_error(const struct sim *s)
{
	return &s->error;
}

/* Remembers who ran, near the limit of events at one instant. */
static void
note_loop(struct sim *s, const char *who)
{
	for (size_t i = 0; i < s->nloop; i++)
		if (strcmp(s->loop[i], who) == 0)
			return;
	if (s->nloop < LOOP_NAMES)
		s->loop[s->nloop++] = who;
}

/* The run has more of WHICH than it may; MORE as for sim_limit_tell. */
static void
fail_limit(struct sim *s, enum sim_limit which, const char *more)
{
	struct diag d = DIAG_INIT;

	sim_limit_tell(which, s->limits.most[which], more, &d);
	sim_fail(s, d.err, "%s", d.text);
}

static void
fail_loop(struct sim *s)
{
	char names[256] = "", more[320];
	size_t n = 0;

	for (size_t i = 0; i < s->nloop && n < sizeof(names) - 1; i++)
		n += (size_t)snprintf(names + n, sizeof(names) - n, "%s%s",
		    i > 0 ? ", " : "", _(s->loop[i]));
	snprintf(more, sizeof(more), _(", at %.3f s, alternately by %s"),
	    (double)s->now / 1e9, names);
	fail_limit(s, SIM_LIMIT_INSTANT, more);
}

/* A new instant, of which no event has run. */
static void
go_to(struct sim *s, int64_t t_ns)
{
	s->now = t_ns;
	s->at_instant = 0;
	s->nloop = 0;
}

/* Runs one event. */
static void
run_event(struct sim *s, const struct queue_event *e)
{
	if (e->t > s->now)
		go_to(s, e->t);
	if (++s->at_instant > s->limits.most[SIM_LIMIT_INSTANT] / 2)
		note_loop(s, e->who);
	if (s->at_instant > s->limits.most[SIM_LIMIT_INSTANT]) {
		fail_loop(s);
		return;
	}
	s->cause = e->cause;
	e->fn(e->arg);
}

static void
sim_check_limits(struct sim *s)
{
	const uint64_t *most = s->limits.most;

	if (trace_count_made(s->writer) > most[SIM_LIMIT_RECORDS])
		fail_limit(s, SIM_LIMIT_RECORDS, "");
	else if (trace_bytes_made(s->writer) > most[SIM_LIMIT_BYTES])
		fail_limit(s, SIM_LIMIT_BYTES, "");
	else if (s->held > most[SIM_LIMIT_ALIVE])
		fail_limit(s, SIM_LIMIT_ALIVE, "");
	else if (s->memory > most[SIM_LIMIT_MEMORY])
		fail_limit(s, SIM_LIMIT_MEMORY, "");
}

static bool
sim_failed(struct sim *s)
{
	int err = trace_writer_error(s->writer);

	if (s->error.err == 0 && err != 0)
		sim_fail(
		    s, err, _("the trace can't be written: %s"), err_text(err));
	if (s->error.err == 0)
		sim_check_limits(s);
	return s->error.err != 0;
}

void
sim_set_limits(struct sim *s, const struct sim_limits *l)
{
	s->limits = sim_limits_resolve(l);
}

uint64_t
sim_limit(const struct sim *s, enum sim_limit which)
{
	return s->limits.most[which];
}

void
sim_wait(struct sim *s, int64_t t_ns)
{
	if (t_ns > s->now && t_ns <= sim_next(s))
		go_to(s, t_ns);
}

void
sim_add_work(struct sim *s, uint64_t n)
{
	s->work += n;
}

enum sim_result
sim_run(struct sim *s, const struct sim_goal *goal)
{
	struct queue_event e;
	uint64_t events = 0;
	int64_t t;

	s->work = 0;
	for (;;) {
		if (sim_failed(s))
			return SIM_ERROR;
		if (s->stopped)
			return SIM_STOPPED;
		if (goal->until_seq != 0 &&
		    trace_last(s->writer) >= goal->until_seq)
			return SIM_RECORD;
		if (goal->max_events != 0 &&
		    events + s->work >= goal->max_events)
			return SIM_EVENTS;
		if (s->held == 0 && !goal->past_idle)
			return SIM_IDLE;
		if (!queue_peek(s->queue, &t))
			return SIM_IDLE;
		if (t > goal->until_ns) {
			if (goal->until_ns > s->now)
				s->now = goal->until_ns;
			return SIM_TIME;
		}
		queue_pop(s->queue, &e);
		run_event(s, &e);
		events++;
	}
}
