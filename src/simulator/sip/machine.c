/*
 * libosip2's side of a transaction: its events and states by the trace's
 * names, and its callbacks.  The callbacks do nothing but note in engine.step
 * what the machine wants; libosip2 must not be entered from within them.
 */
#include "sip/transaction_in.h"

#include "machine/tables.h"

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

osip_fsm_type_t
sip_machine_type(enum sip_machine machine)
{
	return machines[machine].type;
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
step_of(osip_transaction_t *ot)
{
	struct sip_transaction *tr = osip_transaction_get_reserved1(ot);

	return &tr->stack->config.engine->step;
}

static int
on_send(osip_transaction_t *ot, osip_message_t *sip,
    char *host, /* NOLINT(readability-non-const-parameter) */
    int port, int socket)
{
	struct sip_step *step = step_of(ot);

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
on_message(int type, osip_transaction_t *ot, osip_message_t *sip)
{
	(void)sip;
	if (type == OSIP_ICT_STATUS_TIMEOUT || type == OSIP_NICT_STATUS_TIMEOUT)
		step_of(ot)->timeout = true;
	else
		step_of(ot)->deliver = true;
}

static void
on_kill(int type, osip_transaction_t *ot)
{
	(void)type;
	step_of(ot)->killed = true;
}

/* What goes up to the transaction's user; repetitions do not. */
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
	osip_set_cb_send_message(e->osip, on_send);
	for (size_t i = 0; i < sizeof(delivered) / sizeof(delivered[0]); i++)
		osip_set_message_callback(e->osip, delivered[i], on_message);
	for (int i = 0; i < OSIP_KILL_CALLBACK_COUNT; i++)
		osip_set_kill_transaction_callback(e->osip, i, on_kill);
}
