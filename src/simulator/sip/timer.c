/*
 * The machines' timers.  libosip2 keeps for each an absolute time on its clock
 * (which is the virtual one) and never looks at it by itself here: after each
 * step the times that count in the machine's state become events of the
 * simulation, and an event that comes due is fed to the machine as TIMEOUT_x.
 *
 * RFC 3261 17.1.1.2, 17.1.2.2, 17.2.1, 17.2.2; Timers L and M RFC 6026.
 */
#include "sip/transaction_in.h"

#include "sip/defaults.h"

#include <stddef.h>
#include <string.h>

/* ---- where libosip2 keeps them ---- */

#define AT(ctx, letter)                                \
	offsetof(struct ctx, timer_##letter##_length), \
	    offsetof(struct ctx, timer_##letter##_start)

/* By the timer's letter, which no two machines have in common. */
static const struct sip_timer_place places[] = {
	['A' - 'A'] = { TIMEOUT_A, AT(osip_ict, a) },
	['B' - 'A'] = { TIMEOUT_B, AT(osip_ict, b) },
	['D' - 'A'] = { TIMEOUT_D, AT(osip_ict, d) },
	['E' - 'A'] = { TIMEOUT_E, AT(osip_nict, e) },
	['F' - 'A'] = { TIMEOUT_F, AT(osip_nict, f) },
	['G' - 'A'] = { TIMEOUT_G, AT(osip_ist, g) },
	['H' - 'A'] = { TIMEOUT_H, AT(osip_ist, h) },
	['I' - 'A'] = { TIMEOUT_I, AT(osip_ist, i) },
	['J' - 'A'] = { TIMEOUT_J, AT(osip_nist, j) },
	['K' - 'A'] = { TIMEOUT_K, AT(osip_nict, k) },
};

const struct sip_timer_place *
sip_timer_place(const struct machine_timer *t)
{
	size_t i = (size_t)(t->name[0] - 'A');

	return i < sizeof(places) / sizeof(places[0]) ? &places[i] : NULL;
}

/* ---- records ---- */

static uint64_t
record_timer(struct sip_transaction *tr, const struct machine_timer *row,
    const char *op, int64_t due)
{
	struct sim *sim = sip_sim_of(tr);
	struct trace_writer *w = sim_trace(sim);

	if (!trace_wants(w, TRACE_TIMER))
		return sim_cause(sim);
	sim_open(sim, TRACE_TIMER, tr->stack->config.node,
	    machine_timer_rule(tr->table, str_of(row->name)));
	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "name", row->name);
	trace_put_cstr(w, "machine", tr->table->name);
	trace_put_str(w, "id", tr->id);
	if (due >= 0) {
		trace_put_int(w, "due", due);
		trace_put_int(w, "length", due - sim_now(sim));
	}
	return trace_close(w);
}

static void
fire_timer(void *arg)
{
	struct sip_timer *t = arg;
	struct sip_transaction *tr = t->tr;
	const struct machine_timer *row = &tr->table->timers[t - tr->timers];
	const struct sip_timer_place *place = sip_timer_place(row);
	struct sip_stimulus st = { .input = SIP_IN_TIMER, .id = row->event };

	t->event = 0;
	sim_set_cause(sip_sim_of(tr), record_timer(tr, row, "fire", -1));
	if (place == NULL || tr->osip == NULL) {
		sip_step_over(tr, &st);
		return;
	}
	st.event = place->event;
	sip_step(tr, &st, NULL, NULL);
}

static void
set_timer(struct sip_transaction *tr, const struct machine_timer *row,
    struct sip_timer *t, int64_t due)
{
	struct sim *sim = sip_sim_of(tr);
	uint64_t old;

	sim_cancel(sim, t->event);
	t->tr = tr;
	t->due = due;
	t->set = record_timer(tr, row, "set", due);
	old = sim_set_cause(sim, t->set);
	t->event = sim_at(sim, due, tr->stack->config.node, fire_timer, t);
	sim_set_cause(sim, old);
}

static void
stop_timer(struct sip_transaction *tr, const struct machine_timer *row,
    struct sip_timer *t)
{
	sim_cancel(sip_sim_of(tr), t->event);
	t->event = 0;
	record_timer(tr, row, "stop", -1);
}

/* libosip2's due time in microseconds, or -1 where the timer does not count:
 * elsewhere the library leaves it armed. */
static int64_t
library_due(const struct sip_transaction *tr, const struct machine_timer *row,
    const struct sip_timer_place *place)
{
	const char *ctx = sip_machine_context(tr->osip, tr->machine);
	struct timeval start;
	int length;

	if (!machine_timer_runs(row, tr->state))
		return -1;
	/* The library asks the Via of what was sent, and knows not all streams
	 * by their names. */
	if (row->reliable == MACHINE_NEVER && addr_is_stream(&tr->peer))
		return -1;
	memcpy(&length, ctx + place->length, sizeof(length));
	memcpy(&start, ctx + place->start, sizeof(start));
	if (length < 0 || start.tv_sec < 0)
		return -1;
	return (int64_t)start.tv_sec * (SIM_S / SIM_US) +
	       (int64_t)start.tv_usec;
}

void
sip_timers_sync(struct sip_transaction *tr)
{
	int64_t now = sim_now(sip_sim_of(tr));

	for (size_t i = 0; i < tr->table->ntimers; i++) {
		const struct machine_timer *row = &tr->table->timers[i];
		const struct sip_timer_place *place = sip_timer_place(row);
		struct sip_timer *t = &tr->timers[i];
		int64_t us;

		if (place == NULL)
			continue;
		us = tr->osip != NULL ? library_due(tr, row, place) : -1;
		if (us < 0 && t->event != 0)
			stop_timer(tr, row, t);
		/*
		 * One that has fired stays armed in the library.  One that
		 * runs is left alone: the library moves Timer E at each 1xx
		 * and Timer I at each ACK, where 17.1.2.2 and 17.2.1 set them
		 * when E fires and when the first ACK comes.
		 */
		if (us < 0 || t->event != 0 || us == t->seen_us)
			continue;
		t->seen_us = us;
		/* The library counts microseconds; what now has below one is
		 * kept. */
		set_timer(tr, row, t, us * SIM_US + now % SIM_US);
	}
}

void
sip_timers_accepted(struct sip_transaction *tr)
{
	int64_t now = sim_now(sip_sim_of(tr));

	sip_timers_sync(tr);
	for (size_t i = 0; i < tr->table->ntimers; i++) {
		const struct machine_timer *row = &tr->table->timers[i];

		if (machine_timer_runs(row, tr->state))
			set_timer(
			    tr, row, &tr->timers[i], now + row->ms * SIM_MS);
	}
}

void
sip_timers_cancel(struct sip_transaction *tr)
{
	for (size_t i = 0; i < SIP_TIMERS_EACH; i++) {
		sim_cancel(sip_sim_of(tr), tr->timers[i].event);
		tr->timers[i].event = 0;
	}
}
