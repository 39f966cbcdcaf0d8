/*
 * The tables of the four transaction machines (machine/transactions.c) as
 * transactions run them: their inputs, and their timers as events of the
 * simulation.
 */
#include "sip/transaction_in.h"

#include "machine/tables.h"

static const struct machine *const machines[] = {
	[SIP_ICT] = &machine_ict,
	[SIP_NICT] = &machine_nict,
	[SIP_IST] = &machine_ist,
	[SIP_NIST] = &machine_nist,
};

const struct machine *
sip_machine_table(enum sip_machine machine)
{
	return machines[machine];
}

/* What an input is called in the trace, and, where a machine without an INVITE
 * has one step for all final responses, in its table. */
static const struct {
	enum event_id id, of_others;
} inputs[] = {
	[SIP_IN_SEND_REQUEST] = { EVENT_REQUEST_SENT, EVENT_REQUEST_SENT },
	[SIP_IN_REQUEST] = { EVENT_REQUEST, EVENT_REQUEST },
	[SIP_IN_ACK] = { EVENT_ACK, EVENT_ACK },
	[SIP_IN_1XX] = { EVENT_1XX, EVENT_1XX },
	[SIP_IN_2XX] = { EVENT_2XX, EVENT_200_699 },
	[SIP_IN_FINAL] = { EVENT_300_699, EVENT_200_699 },
	[SIP_IN_SEND_1XX] = { EVENT_1XX_SENT, EVENT_1XX_SENT },
	[SIP_IN_SEND_2XX] = { EVENT_2XX_SENT, EVENT_200_699_SENT },
	[SIP_IN_SEND_FINAL] = { EVENT_300_699_SENT, EVENT_200_699_SENT },
};

struct sip_stimulus
sip_stimulus(enum sip_machine machine, enum sip_input input)
{
	bool invite = machine == SIP_ICT || machine == SIP_IST;

	return (struct sip_stimulus){ inputs[input].id,
		invite ? inputs[input].id : inputs[input].of_others };
}

/* Timers: RFC 3261 17.1.1.2, 17.1.2.2, 17.2.1, 17.2.2; L and M: RFC 6026. */

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
	struct sip_stimulus st = { row->event, row->event };

	t->event = 0;
	sim_set_cause(sip_sim_of(tr), record_timer(tr, row, "fire", -1));
	sip_step(tr, &st, NULL);
}

static void
set_timer(struct sip_transaction *tr, const struct machine_timer *row,
    struct sip_timer *t)
{
	struct sim *sim = sip_sim_of(tr);
	int64_t due = sim_now(sim) + t->ms * SIM_MS;
	uint64_t old = sim_set_cause(sim, record_timer(tr, row, "set", due));

	t->tr = tr;
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

/* Over a stream there is nothing to repeat, whatever the Via says. */
static bool
is_counted(const struct sip_transaction *tr, const struct machine_timer *row)
{
	return machine_timer_runs(row, tr->state) &&
	       (row->reliable != MACHINE_NEVER ||
		   (!tr->stream && !addr_is_stream(&tr->peer)));
}

static int32_t
first_length(const struct sip_transaction *tr, const struct machine_timer *row)
{
	return row->reliable == MACHINE_ZERO && tr->stream ? 0 : row->ms;
}

/* 17.1.2.2: in the second of its states a timer is as long as it can be. */
static int32_t
next_length(const struct sip_transaction *tr, const struct machine_timer *row,
    int32_t length)
{
	bool doubles = row->also != tr->state && 2 * length < row->most_ms;

	return doubles ? 2 * length : row->most_ms;
}

void
sip_timers_follow(
    struct sip_transaction *tr, enum state_id from, enum event_id event)
{
	for (size_t i = 0; i < tr->table->ntimers; i++) {
		const struct machine_timer *row = &tr->table->timers[i];
		struct sip_timer *t = &tr->timers[i];
		bool fired = row->event == event;

		if (!is_counted(tr, row)) {
			if (t->event != 0)
				stop_timer(tr, row, t);
		} else if (fired || !machine_timer_runs(row, from)) {
			t->ms = fired ? next_length(tr, row, t->ms)
				      : first_length(tr, row);
			set_timer(tr, row, t);
		}
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
