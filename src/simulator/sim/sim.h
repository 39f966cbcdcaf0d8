/*
 * The discrete-event simulator: a virtual clock, events in order of (time,
 * sequence), and the cause that every record made by an event carries.
 *
 * Time is nanoseconds from 0.  No machine's clock is read here.  When memory
 * runs out, or the trace can't be written, the run stops with that error; the
 * functions below that schedule therefore have nothing a caller must check.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include "base/diag.h"
#include "sim/limits.h"
#include "trace/writer.h"

#define SIM_US INT64_C(1000)
#define SIM_MS INT64_C(1000000)
#define SIM_S  INT64_C(1000000000)

struct sim;

/* Names one scheduled event; 0 names none. */
typedef uint64_t sim_event;
typedef void sim_fn(void *arg);

/* Borrows W. */
int sim_create(struct sim **s, uint64_t seed, struct trace_writer *w);
void sim_destroy(struct sim *s);

int64_t sim_now(const struct sim *s);
uint64_t sim_seed(const struct sim *s);
struct trace_writer *sim_trace(const struct sim *s);

/*
 * Runs FN(ARG) at time T_NS (now, where T_NS lies in the past) with the cause
 * that is in force now.  WHO names the owner when a loop must be named; it is
 * borrowed until the event has run.  0 when memory ran out (the run stops).
 */
sim_event
sim_at(struct sim *s, int64_t t_ns, const char *who, sim_fn *fn, void *arg);
sim_event sim_after(
    struct sim *s, int64_t delay_ns, const char *who, sim_fn *fn, void *arg);
/* What FN's ARG needs at its turn is fetched into the cache beforehand, by
 * PREFETCH (sim/event_queue.h), which changes nothing. */
void sim_prefetch(struct sim *s, sim_fn *fn,
    void (*prefetch)(const void *arg, unsigned step));
/* The event will not run; harmless when it has, or for 0. */
void sim_cancel(struct sim *s, sim_event e);
size_t sim_pending(const struct sim *s);
/* When the next event is due, INT64_MAX where there is none: until then only
 * the event that runs now can change anything. */
int64_t sim_next(const struct sim *s);

/* The record that causes what happens now; sim_set_cause returns the old. */
uint64_t sim_cause(const struct sim *s);
uint64_t sim_set_cause(struct sim *s, uint64_t seq);

/* trace_open at the present time with the present cause. */
void sim_open(
    struct sim *s, enum trace_kind kind, const char *node, enum rule_id why);

/*
 * Something lives that a run without a duration waits for: a call, a
 * transaction, a script, a packet in flight.  Each hold has its release.
 */
void sim_hold(struct sim *s);
void sim_release(struct sim *s);
size_t sim_held(const struct sim *s);

/*
 * Memory that lasts beyond the event in which it was taken: messages,
 * transactions, packets, what a script waits for.  The limit `memory` is for
 * the script's own and for this together.  All bytes taken are given back,
 * except for what lives as long as the run (faults, attributes).  The simulator
 * looks at its own part, script/memory.c at the sum. */
void sim_take_memory(struct sim *s, size_t bytes);
void sim_give_back_memory(struct sim *s, size_t bytes);
size_t sim_memory(const struct sim *s);
/* What one scheduled event takes. */
#define SIM_EVENT_BYTES 128

enum sim_result {
	SIM_IDLE,    /* nothing is held, or no event is left */
	SIM_TIME,    /* the next event lies after `until_ns` */
	SIM_RECORD,  /* record `until_seq` has been written */
	SIM_EVENTS,  /* `max_events` have run */
	SIM_STOPPED, /* sim_stop */
	SIM_ERROR,   /* sim_error says what */
};

struct sim_goal {
	int64_t until_ns;    /* INT64_MAX: no limit */
	uint64_t until_seq;  /* 0: no limit; checked after each event */
	uint64_t max_events; /* 0: no limit; 1: a single event; some 10 us each,
			      * sim_add_work */
	bool past_idle;      /* go on though nothing is held */
};

/* Runs events until a goal is reached; resumable. */
enum sim_result sim_run(struct sim *s, const struct sim_goal *goal);
/* The clock goes on to T_NS, if nothing is due before. */
void sim_wait(struct sim *s, int64_t t_ns);
/* The event that runs takes as long as N events more, which count towards
 * `max_events`. */
void sim_add_work(struct sim *s, uint64_t n);
void sim_stop(struct sim *s);

/* Bounds of what the run may grow to.  Until this is called there is only the
 * table's for one instant. */
void sim_set_limits(struct sim *s, const struct sim_limits *l);
uint64_t sim_limit(const struct sim *s, enum sim_limit which);

/* Remembers the first error of a run and stops it (SIM_ERROR). */
void sim_fail(struct sim *s, int err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
const struct diag *sim_error(const struct sim *s);

#endif
