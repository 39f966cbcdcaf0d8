/* A list in order of time: a phone has some twenty timers. */
#include "firmware/phone/timers.h"

#include "firmware/hal.h"

#include <stddef.h>

void
timer_stop(struct timers *ts, struct timer *t)
{
	struct timer **p = &ts->first;

	if (!t->set)
		return;
	while (*p != t)
		p = &(*p)->next;
	*p = t->next;
	t->set = false;
}

void
timer_at(
    struct timers *ts, struct timer *t, uint64_t due_us, timer_fn fn, void *arg)
{
	struct timer **p = &ts->first;

	timer_stop(ts, t);
	while (*p != NULL && (*p)->due_us <= due_us)
		p = &(*p)->next;
	*t = (struct timer){ *p, true, due_us, hal_cause(), fn, arg };
	*p = t;
}

void
timer_in(struct timers *ts, struct timer *t, uint64_t delay_us, timer_fn fn,
    void *arg)
{
	timer_at(ts, t, hal_now_us() + delay_us, fn, arg);
}

void
timers_run(struct timers *ts)
{
	uint64_t now = hal_now_us();

	while (ts->first != NULL && ts->first->due_us <= now) {
		struct timer *t = ts->first;

		ts->first = t->next;
		t->set = false;
		hal_set_cause(t->cause);
		t->fn(t->arg);
	}
}

uint64_t
timers_next(const struct timers *ts)
{
	return ts->first != NULL ? ts->first->due_us : TIMERS_NEVER;
}
