/* Counters: exact arithmetic in 128 bits. */
#include "emu/counter_in.h"

__extension__ typedef unsigned __int128 u128;

uint64_t
counter_muldiv(uint64_t p, uint64_t q, uint64_t r)
{
	u128 x = (u128)p * q / r;

	return x > UINT64_MAX ? UINT64_MAX : (uint64_t)x;
}

uint64_t
counter_muldiv_up(uint64_t p, uint64_t q, uint64_t r)
{
	u128 x = ((u128)p * q + (r - 1)) / r;

	return x > UINT64_MAX ? UINT64_MAX : (uint64_t)x;
}

/* When DUE ticks have passed. */
static void
set_due(struct counter *c, uint64_t due)
{
	uint64_t ns = counter_muldiv_up(due, c->num, c->den);

	c->due = due;
	c->due_ns = ns >= (uint64_t)(NEVER - c->start_ns)
			? NEVER
			: c->start_ns + (int64_t)ns;
}

void
counter_start(
    struct counter *c, int64_t now, uint64_t ticks, uint64_t num, uint64_t den)
{
	c->start_ns = now;
	c->num = num;
	c->den = den;
	set_due(c, ticks);
}

void
counter_stop(struct counter *c)
{
	c->due_ns = NEVER;
}

static uint64_t
ticks_at(const struct counter *c, int64_t now)
{
	if (now <= c->start_ns)
		return 0;
	return counter_muldiv((uint64_t)(now - c->start_ns), c->den, c->num);
}

/* The first expiry after NOW. */
static uint64_t
next_due(const struct counter *c, int64_t now, uint64_t period)
{
	uint64_t t = ticks_at(c, now);

	if (t < c->due || period == 0)
		return c->due;
	return c->due + ((t - c->due) / period + 1) * period;
}

uint64_t
counter_left(const struct counter *c, int64_t now, uint64_t period)
{
	if (c->due_ns == NEVER)
		return 0;
	if (period == 0 && c->due_ns <= now)
		return 1;
	return next_due(c, now, period) - ticks_at(c, now);
}

bool
counter_pass(struct counter *c, int64_t now, uint64_t period)
{
	if (c->due_ns > now)
		return false;
	if (period == 0)
		counter_stop(c);
	else
		set_due(c, next_due(c, now, period));
	return true;
}
