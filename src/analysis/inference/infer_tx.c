/*
 * The transactions of a capture: RFC 3261 17 with RFC 6026, step by step
 * through the tables of machine/machine.h, with the timers that go with their
 * states.
 */
#include "inference/infer_usage.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"

struct tx_key {
	uint32_t node, tx, client;
};

struct infer_tx *
infer_find_tx(const struct infer *f, uint32_t node, uint32_t tx, bool client)
{
	struct tx_key k = { node, tx, client };

	if (tx == 0)
		return NULL;
	return map_get(f->txs, BYTES_OF(k));
}

/* ---- records ---- */

/* The branch, without what via_number put after it. */
static struct str
id_of(const struct infer *f, const struct infer_tx *tx)
{
	struct str rest;

	return str_cut(numbers_text(f->co->texts, tx->via), ' ', &rest);
}

static uint64_t
write_tx_timer(struct infer *f, const struct infer_tx *tx,
    const struct machine_timer *timer, const char *op, int64_t t,
    uint64_t cause, int64_t length)
{
	const struct infer_timer it = { tx->node, tx->m, timer->name,
		id_of(f, tx), machine_timer_rule(tx->m, str_of(timer->name)) };

	return infer_write_timer(f, &it, op, t, cause, length);
}

static uint64_t
write_step(struct infer *f, const struct infer_tx *tx,
    const struct machine_edge *e, enum event_id event, int64_t t,
    uint64_t cause)
{
	struct trace_writer *w = f->w;

	trace_open(
	    w, TRACE_FSM, t, f->co->nodes[tx->node].name, cause, e->rule);
	trace_put_cstr(w, "machine", tx->m->name);
	trace_put_str(w, "id", id_of(f, tx));
	trace_put_cstr(w, "from", state_word(e->from));
	trace_put_cstr(w, "to", state_word(e->to));
	trace_put_cstr(w, "event", event_word(event));
	trace_put_bool(w, "inferred", true);
	return trace_close(w);
}

/* ---- timers ---- */

static bool
runs(const struct machine_timer *timer, const struct infer_tx *tx,
    enum state_id state)
{
	return machine_timer_runs(timer, state) &&
	       !(tx->stream && timer->reliable == MACHINE_NEVER);
}

static bool
is_repeating(const struct machine_timer *timer)
{
	return timer->most_ms != 0;
}

/* From one state to the next: what runs no more, what begins. */
static void
change_timers(struct infer *f, struct infer_tx *tx, enum state_id from,
    enum event_id event, int64_t t)
{
	for (size_t i = 0; i < tx->m->ntimers; i++) {
		const struct machine_timer *timer = &tx->m->timers[i];
		bool was = runs(timer, tx, from);
		bool is = runs(timer, tx, tx->state);
		bool none = tx->stream && timer->reliable == MACHINE_ZERO;
		int64_t length = none ? 0 : timer->ms * SIP_MS_NS;

		if (was && !is && tx->state != STATE_TERMINATED &&
		    timer->event != event)
			write_tx_timer(f, tx, timer, "stop", t, tx->fsm, -1);
		if (was || !is)
			continue;
		tx->set[!is_repeating(timer)] =
		    write_tx_timer(f, tx, timer, "set", t, tx->fsm, length);
		if (is_repeating(timer))
			tx->interval = length;
		else
			tx->due = t + length;
	}
}

/* The timer that ends TX's state, or the one that repeats in it. */
static const struct machine_timer *
tx_usage_timer_of(const struct infer_tx *tx, bool repeating)
{
	for (size_t i = 0; i < tx->m->ntimers; i++)
		if (is_repeating(&tx->m->timers[i]) == repeating &&
		    runs(&tx->m->timers[i], tx, tx->state))
			return &tx->m->timers[i];
	return NULL;
}

enum rule_id
infer_repeat_rule(const struct infer_tx *tx)
{
	return machine_timer_rule(
	    tx->m, str_of(tx_usage_timer_of(tx, true)->name));
}

/* ---- steps ---- */

/* What a response is called where it is an event. */
static enum event_id
response_event(unsigned status, bool sent)
{
	static const enum event_id events[3][2] = {
		{ EVENT_1XX, EVENT_1XX_SENT }, { EVENT_2XX, EVENT_2XX_SENT },
		{ EVENT_300_699, EVENT_300_699_SENT }
	};

	return events[status < 200 ? 0 : status < 300 ? 1 : 2][sent];
}

uint64_t
infer_step(struct infer *f, struct infer_tx *tx, int64_t t, uint64_t cause,
    enum event_id event, unsigned status, bool sent)
{
	const struct machine_edge *e =
	    infer_edge(tx->m, tx->state, event, status, sent);
	enum state_id from = tx->state;

	if (e == NULL)
		return 0;
	if (event == EVENT_NONE)
		event = response_event(status, sent);
	tx->fsm = write_step(f, tx, e, event, t, cause);
	if (tx->born == 0)
		tx->born = tx->fsm;
	tx->state = e->to;
	change_timers(f, tx, from, event, t);
	return tx->fsm;
}

static int
add_tx(struct infer *f, struct infer_tx *tx, bool client)
{
	struct tx_key k = { tx->node, tx->tx, client };

	return map_put(f->txs, BYTES_OF(k), tx);
}

struct infer_tx *
infer_new_tx(
    struct infer *f, uint32_t i, bool client, int64_t t, uint64_t cause)
{
	const struct correlation_message *m = &f->co->m[i];
	bool invite = m->method == MSG_INVITE;
	struct infer_tx *tx;

	if (m->tx == 0 || f->err != 0)
		return NULL;
	tx = mem_zalloc(1, sizeof(*tx));
	if (tx == NULL) {
		f->err = ERR_NOMEM;
		return NULL;
	}
	tx->m = machine_find(client ? (invite ? STR("ICT") : STR("NICT"))
				    : (invite ? STR("IST") : STR("NIST")));
	tx->state = tx->m->start;
	tx->node = client ? m->src : m->dst;
	tx->tx = m->tx;
	tx->via = m->via[0];
	tx->stream = addr_transports[m->transport].stream;
	tx->sent = t;
	tx->invite = invite && client && m->to_tag == 0 ? m->call : 0;
	f->err = add_tx(f, tx, client);
	if (f->err != 0) {
		mem_free(tx);
		return NULL;
	}
	infer_step(f, tx, t, cause, client ? EVENT_REQUEST_SENT : EVENT_REQUEST,
	    0, false);
	return tx;
}

uint64_t
infer_repeat(struct infer *f, struct infer_tx *tx, int64_t t)
{
	const struct machine_timer *timer = tx_usage_timer_of(tx, true);
	uint64_t fired;

	if (timer == NULL)
		return 0;
	/* 17.1.2.2: in Proceeding it is T2 at once. */
	if (timer->also == tx->state &&
	    t - tx->sent > SIP_T2_NS - SIP_T2_NS / 5)
		tx->interval = SIP_T2_NS;
	if (!infer_gap_fits(
		t - tx->sent, &tx->interval, timer->most_ms * SIP_MS_NS))
		return 0;
	fired = write_tx_timer(f, tx, timer, "fire", t, tx->set[0], -1);
	fired = infer_step(f, tx, t, fired, timer->event, 0, false);
	tx->set[0] =
	    write_tx_timer(f, tx, timer, "set", t, tx->fsm, tx->interval);
	return fired;
}

/* ---- ends ---- */

/* Its last message is gone: the timer that ends its state fires. */
static void
end_state(struct infer *f, int64_t due, void *of)
{
	struct infer_tx *tx = of;
	const struct machine_timer *timer = tx_usage_timer_of(tx, false);
	enum rule_id rule;
	uint64_t fired;

	if (timer == NULL || tx->due != due)
		return;
	/* A message has come since, or is known to come. */
	if (tx->wait != f->passing || f->co->tx_last[tx->tx] != tx->last)
		return;
	f->co->m[tx->last].over = true;
	rule = machine_timer_rule(tx->m, str_of(timer->name));
	fired = write_tx_timer(f, tx, timer, "fire", due, tx->set[1], -1);
	fired = infer_step(f, tx, due, fired, timer->event, 0, false);
	if (rule == RULE_ICT_TIMER_B && tx->invite != 0)
		infer_call_timeout(f, tx->node, tx->invite, due, fired);
	if (tx->bye != NULL && machine_ends_in(tx->m, tx->state))
		infer_bye_over(f, tx, due, fired);
	if (rule == RULE_NICT_TIMER_F && tx->usage != NULL &&
	    tx->usage->state == tx->usage_state)
		infer_usage_step(f, tx->usage, due, fired, EVENT_TIMEOUT, 0);
}

void
infer_maybe_last(struct infer *f, struct infer_tx *tx, uint32_t i, int64_t t)
{
	tx->wait = 0;
	if (i < f->co->tx_last[tx->tx] || tx_usage_timer_of(tx, false) == NULL)
		return;
	if (tx->due < t)
		tx->due = t;
	tx->last = i;
	tx->wait = infer_wait(f, tx->due, end_state, tx);
}
