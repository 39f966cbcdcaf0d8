/*
 * A counter that a clock drives and that expires, once or again and again: what
 * the timers, the watchdog and the like are made of.  Ticks are counted from
 * one instant on and are fractions of nanoseconds, so nothing drifts; a counter
 * that expired a million times between two readings is brought up to date in
 * one step.
 */
#ifndef EMU_COUNTER_IN_H
#define EMU_COUNTER_IN_H

#include <stdbool.h>
#include <stdint.h>

#define NEVER INT64_MAX

struct counter {
	int64_t start_ns;  /* when tick 0 was */
	uint64_t num, den; /* a tick lasts NUM / DEN nanoseconds */
	uint64_t due;      /* ticks from the start to the next expiry */
	int64_t due_ns;    /* the same in time; NEVER when it is off */
};

/* P * Q / R, rounded down or up; UINT64_MAX where it is more.  R is not 0. */
uint64_t counter_muldiv(uint64_t p, uint64_t q, uint64_t r);
uint64_t counter_muldiv_up(uint64_t p, uint64_t q, uint64_t r);

/* Expires TICKS (1 at the least) from NOW on; a tick is NUM / DEN ns. */
void counter_start(
    struct counter *c, int64_t now, uint64_t ticks, uint64_t num, uint64_t den);
void counter_stop(struct counter *c);
/* Ticks until the next expiry after NOW, 1 at the least, where it goes on
 * every PERIOD ticks; 0 when it is off. */
uint64_t counter_left(const struct counter *c, int64_t now, uint64_t period);
/*
 * True when it expired by NOW.  It goes on with PERIOD ticks from that expiry,
 * and past all further ones up to NOW; with a PERIOD of 0 it stops.
 */
bool counter_pass(struct counter *c, int64_t now, uint64_t period);

#endif
