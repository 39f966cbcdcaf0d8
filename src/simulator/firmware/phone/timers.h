/*
 * Software timers.  Each keeps what the work at hand was for when it was set
 * (hal_cause) and puts it back when it fires.
 */
#ifndef FIRMWARE_PHONE_TIMERS_H
#define FIRMWARE_PHONE_TIMERS_H

#include <stdbool.h>
#include <stdint.h>

#define TIMERS_NEVER UINT64_MAX
#define MS_US        1000u
#define S_US         1000000u

typedef void (*timer_fn)(void *arg);

struct timer {
	struct timer *next; /* in order of due; equal ones first in first out */
	bool set;
	uint64_t due_us;
	uint32_t cause;
	timer_fn fn;
	void *arg;
};

struct timers {
	struct timer *first;
};

/* Sets T, again where it runs already, for DUE_US on hal_now_us's clock. */
void timer_at(struct timers *ts, struct timer *t, uint64_t due_us, timer_fn fn,
    void *arg);
/* The same, DELAY_US from now. */
void timer_in(struct timers *ts, struct timer *t, uint64_t delay_us,
    timer_fn fn, void *arg);
/* T may be one that does not run. */
void timer_stop(struct timers *ts, struct timer *t);
/* Calls the timers that are due. */
void timers_run(struct timers *ts);
/* When the next is due, or TIMERS_NEVER. */
uint64_t timers_next(const struct timers *ts);

#endif
