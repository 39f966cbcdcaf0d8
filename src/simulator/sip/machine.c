/*
 * libosip2's machines as rung has them: their events and states, how one
 * begins, its timers; and the steps of machines above the transactions.
 */
#include "sip/transaction_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "machine/tables.h"
#include "sip/stand_in.h"

#include <stddef.h>
#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

/*
 * libosip2's side of a transaction: its events and states by the trace's
 * names, and its callbacks.  The callbacks do nothing but note in engine.step
 * what the machine wants; libosip2 must not be entered from within them.
 */

static const struct {
	enum event_id id;
	type_t event; /* libosip2's; UNKNOWN_EVT: by machine */
} inputs[] = {
	[SIP_IN_SEND_REQUEST] = { EVENT_REQUEST_SENT, UNKNOWN_EVT },
	[SIP_IN_REQUEST] = { EVENT_REQUEST, UNKNOWN_EVT },
	[SIP_IN_ACK] = { EVENT_ACK, RCV_REQACK },
	[SIP_IN_1XX] = { EVENT_1XX, RCV_STATUS_1XX },
	[SIP_IN_2XX] = { EVENT_2XX, RCV_STATUS_2XX },
	[SIP_IN_FINAL] = { EVENT_300_699, RCV_STATUS_3456XX },
	[SIP_IN_SEND_1XX] = { EVENT_1XX_SENT, SND_STATUS_1XX },
	[SIP_IN_SEND_2XX] = { EVENT_2XX_SENT, SND_STATUS_2XX },
	[SIP_IN_SEND_FINAL] = { EVENT_300_699_SENT, SND_STATUS_3456XX },
};

struct sip_stimulus
sip_stimulus(enum sip_machine machine, enum sip_input input)
{
	type_t event = inputs[input].event;

	/* libosip2's events for requests differ by machine. */
	if (input == SIP_IN_SEND_REQUEST)
		event = machine == SIP_ICT ? SND_REQINVITE : SND_REQUEST;
	else if (input == SIP_IN_REQUEST)
		event = machine == SIP_IST ? RCV_REQINVITE : RCV_REQUEST;
	return (struct sip_stimulus){ input, event, inputs[input].id };
}

static const struct {
	const struct machine *table;
	osip_fsm_type_t type;
	state_t start; /* libosip2's, before the first step */
} machines[] = {
	[SIP_ICT] = { &machine_ict, ICT, ICT_PRE_CALLING },
	[SIP_NICT] = { &machine_nict, NICT, NICT_PRE_TRYING },
	[SIP_IST] = { &machine_ist, IST, IST_PRE_PROCEEDING },
	[SIP_NIST] = { &machine_nist, NIST, NIST_PRE_TRYING },
};

const struct machine *
sip_machine_table(enum sip_machine machine)
{
	return machines[machine].table;
}

enum state_id
sip_machine_state(const struct sip_transaction *tr)
{
	size_t n = (size_t)(tr->osip->state - machines[tr->machine].start);
	const struct machine_state *s = tr->table->states;

	if (n == 0)
		return tr->table->start;
	for (;; s++)
		if (s->id != STATE_ACCEPTED && --n == 0)
			return s->id;
}

/* ---- what libosip2 calls ---- */

static struct sip_step *
sip_machine_step_of(osip_transaction_t *ot)
{
	struct sip_transaction *tr = osip_transaction_get_reserved1(ot);

	return &tr->stack->config.engine->step;
}

static int
sip_machine_on_send(osip_transaction_t *ot, osip_message_t *sip,
    char *host, /* NOLINT(readability-non-const-parameter) */
    int port, int socket)
{
	struct sip_step *step = sip_machine_step_of(ot);

	(void)host;
	(void)port;
	(void)socket;
	if (step->nsends < SIP_STEP_SENDS)
		step->sends[step->nsends++] =
		    MSG_IS_RESPONSE(sip)                     ? SIP_SENT_RESPONSE
		    : ot->ctx_type == ICT && MSG_IS_ACK(sip) ? SIP_SENT_ACK
							     : SIP_SENT_REQUEST;
	return 0;
}

static void
sip_machine_on_message(int type, osip_transaction_t *ot, osip_message_t *sip)
{
	(void)sip;
	if (type == OSIP_ICT_STATUS_TIMEOUT || type == OSIP_NICT_STATUS_TIMEOUT)
		sip_machine_step_of(ot)->timeout = true;
	else
		sip_machine_step_of(ot)->deliver = true;
}

static void
sip_machine_on_kill(int type, osip_transaction_t *ot)
{
	(void)type;
	sip_machine_step_of(ot)->killed = true;
}

/* The messages that go up to the transaction's user; repetitions do not. */
static const osip_message_callback_type_t delivered[] = {
	OSIP_ICT_STATUS_1XX_RECEIVED,
	OSIP_ICT_STATUS_2XX_RECEIVED,
	OSIP_ICT_STATUS_3XX_RECEIVED,
	OSIP_ICT_STATUS_4XX_RECEIVED,
	OSIP_ICT_STATUS_5XX_RECEIVED,
	OSIP_ICT_STATUS_6XX_RECEIVED,
	OSIP_ICT_STATUS_TIMEOUT,
	OSIP_NICT_STATUS_1XX_RECEIVED,
	OSIP_NICT_STATUS_2XX_RECEIVED,
	OSIP_NICT_STATUS_3XX_RECEIVED,
	OSIP_NICT_STATUS_4XX_RECEIVED,
	OSIP_NICT_STATUS_5XX_RECEIVED,
	OSIP_NICT_STATUS_6XX_RECEIVED,
	OSIP_NICT_STATUS_TIMEOUT,
};

void
sip_machine_callbacks(struct sip_engine *e)
{
	osip_set_cb_send_message(e->osip, sip_machine_on_send);
	for (size_t i = 0; i < COUNT_OF(delivered); i++)
		osip_set_message_callback(
		    e->osip, delivered[i], sip_machine_on_message);
	for (int i = 0; i < OSIP_KILL_CALLBACK_COUNT; i++)
		osip_set_kill_transaction_callback(
		    e->osip, i, sip_machine_on_kill);
}

/*
 * libosip2's transactions before their first step.  osip_transaction_init
 * clears 15 KB, room for DNS records that are not used, and copies five header
 * fields for a search that is not its own here (stack.c has the tables).  So it
 * makes one transaction for each machine and transport, at time zero, and the
 * others are copies of that: all but those fields and the DNS records, with
 * their times counted from now.
 */

/* The machine's own part of a transaction. */
static const struct {
	size_t place, size; /* where its pointer is, and of the part itself */
} contexts[SIP_MACHINES] = {
	[SIP_ICT] = { offsetof(osip_transaction_t, ict_context),
	    sizeof(osip_ict_t) },
	[SIP_NICT] = { offsetof(osip_transaction_t, nict_context),
	    sizeof(osip_nict_t) },
	[SIP_IST] = { offsetof(osip_transaction_t, ist_context),
	    sizeof(osip_ist_t) },
	[SIP_NIST] = { offsetof(osip_transaction_t, nist_context),
	    sizeof(osip_nist_t) },
};

/* The part of OT that is MACHINE's alone. */
static void *
sip_machine_context(const osip_transaction_t *ot, enum sip_machine machine)
{
	void *context;

	memcpy(&context, (const char *)ot + contexts[machine].place,
	    sizeof(context));
	return context;
}

static void
set_context(osip_transaction_t *ot, enum sip_machine machine, void *context)
{
	memcpy((char *)ot + contexts[machine].place, &context, sizeof(context));
}

/* What a copy must not share with its model: where the request goes, which is
 * the stack's business. */
static void
forget_destination(osip_transaction_t *ot)
{
	if (ot->ict_context != NULL)
		osip_ict_set_destination(ot->ict_context, NULL, 0);
	if (ot->nict_context != NULL)
		osip_nict_set_destination(ot->nict_context, NULL, 0);
}

/* A libosip2 linked so that it asks its own osip_gettimeofday counts from when
 * the machine was started; its Timer E would as well. */
static bool
asks_our_clock(struct sip_engine *e, const osip_transaction_t *made_at_zero)
{
	if (made_at_zero->created_time.tv_sec == 0 &&
	    made_at_zero->created_time.tv_usec == 0)
		return true;
	sim_fail(e->sim, ERR_UNSUPPORTED, "%s",
	    _("this libosip2 has its own clock, so all timers would be wrong; "
	      "run the rung from the archive that make bundle writes"));
	return false;
}

/*
 * As libosip2 makes it, at time zero; NULL when memory is out, or the library
 * is none for a simulation.  Of the streams the library knows some by their
 * name: to it all are TCP, since none has a Timer A, E or G, and what waits for
 * copies is over at once (17.1.1.2, 17.1.2.2, 17.2.1, 17.2.2).
 */
static osip_transaction_t *
make_model(struct sip_engine *e, enum sip_machine machine, bool stream)
{
	enum addr_transport by = stream ? ADDR_TCP : ADDR_UDP;
	/* The method is the same to it; only an INVITE's is whole. */
	osip_message_t *request = sip_stand_in_request(
	    e, STR("INVITE"), str_of(addr_transports[by].name));
	osip_transaction_t *ot = NULL;

	if (request == NULL)
		return NULL;
	sip_engine_set_clock(0);
	if (osip_transaction_init(
		&ot, machines[machine].type, e->osip, request) == 0) {
		osip_remove_transaction(e->osip, ot);
		forget_destination(ot);
		if (!asks_our_clock(e, ot)) {
			osip_transaction_free2(ot);
			ot = NULL;
		}
	}
	sip_engine_set_clock(sim_now(e->sim));
	osip_message_free(request);
	return ot;
}

/* Counts the times in CONTEXT, which are since zero, from now. */
static void
start_now(char *context, enum sip_machine machine)
{
	const struct machine *table = sip_machine_table(machine);
	struct timeval now, start;

	osip_gettimeofday(&now, NULL);
	for (size_t i = 0; i < table->ntimers; i++) {
		const struct sip_timer_place *place =
		    sip_timer_place(&table->timers[i]);

		if (place == NULL)
			continue;
		memcpy(&start, context + place->start, sizeof(start));
		if (start.tv_sec < 0)
			continue;
		timeradd(&start, &now, &start);
		memcpy(context + place->start, &start, sizeof(start));
	}
}

/* All of MODEL but members owned elsewhere and the DNS records, which are not
 * read. */
static void
copy_model(osip_transaction_t *ot, const osip_transaction_t *model)
{
	size_t tail = offsetof(osip_transaction_t, naptr_record);

	memcpy(ot, model, offsetof(osip_transaction_t, record));
	memcpy(
	    (char *)ot + tail, (const char *)model + tail, sizeof(*ot) - tail);
	ot->transactionff = NULL;
	ot->topvia = NULL;
	ot->from = NULL;
	ot->to = NULL;
	ot->callid = NULL;
	ot->cseq = NULL;
}

osip_transaction_t *
sip_machine_make(struct sip_engine *e, enum sip_machine machine,
    enum addr_transport transport)
{
	bool stream = addr_transports[transport].stream;
	osip_transaction_t **model = &e->models[machine][stream];
	osip_transaction_t *ot;
	void *context;

	if (*model == NULL)
		*model = make_model(e, machine, stream);
	if (*model == NULL)
		return NULL;
	ot = osip_malloc(sizeof(*ot));
	context = osip_malloc(contexts[machine].size);
	if (ot == NULL || context == NULL) {
		osip_free(ot);
		osip_free(context);
		return NULL;
	}
	copy_model(ot, *model);
	/* Timer E counts from it. */
	osip_gettimeofday(&ot->created_time, NULL);
	memcpy(context, sip_machine_context(*model, machine),
	    contexts[machine].size);
	start_now(context, machine);
	set_context(ot, machine, context);
	return ot;
}

void
sip_machine_models_free(struct sip_engine *e)
{
	for (size_t i = 0; i < SIP_MACHINES; i++)
		for (size_t j = 0; j < 2; j++)
			if (e->models[i][j] != NULL)
				osip_transaction_free2(e->models[i][j]);
}

/*
 * The machines' timers.  libosip2 keeps for each an absolute time on its clock
 * (which is the virtual one) and never looks at it by itself here: after each
 * step the times that count in the machine's state become events of the
 * simulation, and an event that comes due is fed to the machine as TIMEOUT_x.
 *
 * RFC 3261 17.1.1.2, 17.1.2.2, 17.2.1, 17.2.2; Timers L and M RFC 6026.
 */

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

	return i < COUNT_OF(places) ? &places[i] : NULL;
}

/* ---- records ---- */

static uint64_t
sip_machine_record_timer(struct sip_transaction *tr,
    const struct machine_timer *row, const char *op, int64_t due)
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
sip_machine_fire_timer(void *arg)
{
	struct sip_timer *t = arg;
	struct sip_transaction *tr = t->tr;
	const struct machine_timer *row = &tr->table->timers[t - tr->timers];
	const struct sip_timer_place *place = sip_timer_place(row);
	struct sip_stimulus st = { .input = SIP_IN_TIMER, .id = row->event };

	t->event = 0;
	sim_set_cause(
	    sip_sim_of(tr), sip_machine_record_timer(tr, row, "fire", -1));
	if (place == NULL || tr->osip == NULL) {
		sip_step_over(tr, &st);
		return;
	}
	st.event = place->event;
	sip_step(tr, &st, NULL, NULL);
}

static void
sip_machine_set_timer(struct sip_transaction *tr,
    const struct machine_timer *row, struct sip_timer *t, int64_t due)
{
	struct sim *sim = sip_sim_of(tr);
	uint64_t old;

	sim_cancel(sim, t->event);
	t->tr = tr;
	t->due = due;
	t->set = sip_machine_record_timer(tr, row, "set", due);
	old = sim_set_cause(sim, t->set);
	t->event =
	    sim_at(sim, due, tr->stack->config.node, sip_machine_fire_timer, t);
	sim_set_cause(sim, old);
}

static void
sip_machine_stop_timer(struct sip_transaction *tr,
    const struct machine_timer *row, struct sip_timer *t)
{
	sim_cancel(sip_sim_of(tr), t->event);
	t->event = 0;
	sip_machine_record_timer(tr, row, "stop", -1);
}

/* libosip2's due time in microseconds, or -1 where the timer does not count:
 * elsewhere the library leaves it armed. */
static int64_t
sip_machine_library_due(const struct sip_transaction *tr,
    const struct machine_timer *row, const struct sip_timer_place *place)
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
		us = tr->osip != NULL ? sip_machine_library_due(tr, row, place)
				      : -1;
		if (us < 0 && t->event != 0)
			sip_machine_stop_timer(tr, row, t);
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
		sip_machine_set_timer(tr, row, t, us * SIM_US + now % SIM_US);
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
			sip_machine_set_timer(
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
