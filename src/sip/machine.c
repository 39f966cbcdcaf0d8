/*
 * libosip2's side of a transaction: its events and states by the trace's
 * names, and its callbacks.  The callbacks do nothing but note in engine.step
 * what the machine wants; libosip2 must not be entered from within them.
 */
#include "sip/transaction_priv.h"

#include "machine/machine.h"

struct input_row {
	const char *name;     /* in the trace */
	type_t event;         /* libosip2's; UNKNOWN_EVT: by machine */
	enum rule_id rule[4]; /* by machine */
};

/* clang-format off */
static const struct input_row inputs[] = {
	/*                         ICT, NICT, IST, NIST */
	[SIP_IN_SEND_REQUEST] = { "request sent", UNKNOWN_EVT,
	    { RULE_ICT_SEND, RULE_NICT_SEND, RULE_NONE, RULE_NONE } },
	[SIP_IN_REQUEST] = { "request", UNKNOWN_EVT,
	    { RULE_NONE, RULE_NONE, RULE_IST_REQUEST, RULE_NIST_REQUEST } },
	[SIP_IN_ACK] = { "ACK", RCV_REQACK,
	    { RULE_NONE, RULE_NONE, RULE_IST_ACK, RULE_NONE } },
	[SIP_IN_1XX] = { "1xx", RCV_STATUS_1XX,
	    { RULE_ICT_1XX, RULE_NICT_1XX, RULE_NONE, RULE_NONE } },
	[SIP_IN_2XX] = { "2xx", RCV_STATUS_2XX,
	    { RULE_ICT_2XX, RULE_NICT_FINAL, RULE_NONE, RULE_NONE } },
	[SIP_IN_FINAL] = { "300-699", RCV_STATUS_3456XX,
	    { RULE_ICT_FINAL, RULE_NICT_FINAL, RULE_NONE, RULE_NONE } },
	[SIP_IN_SEND_1XX] = { "1xx sent", SND_STATUS_1XX,
	    { RULE_NONE, RULE_NONE, RULE_IST_1XX, RULE_NIST_1XX } },
	[SIP_IN_SEND_2XX] = { "2xx sent", SND_STATUS_2XX,
	    { RULE_NONE, RULE_NONE, RULE_IST_2XX, RULE_NIST_FINAL } },
	[SIP_IN_SEND_FINAL] = { "300-699 sent", SND_STATUS_3456XX,
	    { RULE_NONE, RULE_NONE, RULE_IST_FINAL, RULE_NIST_FINAL } },
};
/* clang-format on */

struct sip_stimulus
sip_stimulus(enum sip_machine machine, enum sip_input input)
{
	const struct input_row *row = &inputs[input];
	type_t event = row->event;

	/* libosip2's events for requests differ by machine. */
	if (input == SIP_IN_SEND_REQUEST)
		event = machine == SIP_ICT ? SND_REQINVITE : SND_REQUEST;
	else if (input == SIP_IN_REQUEST)
		event = machine == SIP_IST ? RCV_REQINVITE : RCV_REQUEST;
	return (
	    struct sip_stimulus){ input, event, row->name, row->rule[machine] };
}

struct sip_stimulus
sip_stimulus_timer(const struct sip_timer_row *row, char name[16])
{
	snprintf(name, 16, "Timer %s", row->name);
	return (
	    struct sip_stimulus){ SIP_IN_TIMER, row->event, name, row->fire };
}

const char *
sip_machine_name(enum sip_machine machine)
{
	static const char *const names[] = {
		[SIP_ICT] = "ICT",
		[SIP_NICT] = "NICT",
		[SIP_IST] = "IST",
		[SIP_NIST] = "NIST",
	};

	return names[machine];
}

osip_fsm_type_t
sip_machine_type(enum sip_machine machine)
{
	static const osip_fsm_type_t types[] = {
		[SIP_ICT] = ICT,
		[SIP_NICT] = NICT,
		[SIP_IST] = IST,
		[SIP_NIST] = NIST,
	};

	return types[machine];
}

const char *
sip_machine_state(state_t s)
{
	static const char *const names[] = {
		[ICT_PRE_CALLING] = "none",
		[ICT_CALLING] = "calling",
		[ICT_PROCEEDING] = "proceeding",
		[ICT_COMPLETED] = "completed",
		[ICT_TERMINATED] = "terminated",
		[IST_PRE_PROCEEDING] = "none",
		[IST_PROCEEDING] = "proceeding",
		[IST_COMPLETED] = "completed",
		[IST_CONFIRMED] = "confirmed",
		[IST_TERMINATED] = "terminated",
		[NICT_PRE_TRYING] = "none",
		[NICT_TRYING] = "trying",
		[NICT_PROCEEDING] = "proceeding",
		[NICT_COMPLETED] = "completed",
		[NICT_TERMINATED] = "terminated",
		[NIST_PRE_TRYING] = "none",
		[NIST_TRYING] = "trying",
		[NIST_PROCEEDING] = "proceeding",
		[NIST_COMPLETED] = "completed",
		[NIST_TERMINATED] = "terminated",
	};

	return names[s];
}

bool
sip_machine_loops(enum sip_machine machine, const char *from, const char *event)
{
	const struct machine *m =
	    machine_find(str_of(sip_machine_name(machine)));

	return m != NULL && machine_step(m, str_of(from), str_of(event),
				str_of(from)) != NULL;
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
