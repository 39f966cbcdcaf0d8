/*
 * libosip2's side of a transaction: its states by RFC 3261's names, and its
 * callbacks, which note what the machine wants.
 */
#include "firmware/phone/sip.h"

const char *
tx_machine(osip_fsm_type_t type)
{
	static const char *const names[] = {
		[ICT] = "ICT",
		[IST] = "IST",
		[NICT] = "NICT",
		[NIST] = "NIST",
	};

	return names[type];
}

const char *
tx_machine_state(state_t state)
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

	return names[state];
}

static struct sip_step *
step_of(osip_transaction_t *osip)
{
	struct tx *tx = osip_transaction_get_reserved1(osip);

	return &tx->sip->step;
}

static int
on_send(osip_transaction_t *osip, osip_message_t *m,
    char *host, /* NOLINT(readability-non-const-parameter) */
    int port, int socket)
{
	struct sip_step *step = step_of(osip);

	(void)host;
	(void)port;
	(void)socket;
	step->sends++;
	step->ack = osip->ctx_type == ICT && MSG_IS_ACK(m);
	step->request = MSG_IS_REQUEST(m);
	return 0;
}

static void
on_osip_message(int type, osip_transaction_t *osip, osip_message_t *m)
{
	(void)m;
	if (type == OSIP_ICT_STATUS_TIMEOUT || type == OSIP_NICT_STATUS_TIMEOUT)
		step_of(osip)->timeout = true;
	else
		step_of(osip)->deliver = true;
}

static void
on_kill(int type, osip_transaction_t *osip)
{
	(void)type;
	step_of(osip)->killed = true;
}

/* What goes up; copies of it do not. */
static const int delivered[] = {
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
sip_machine_callbacks(struct sip *sip)
{
	osip_set_cb_send_message(sip->osip, on_send);
	for (size_t i = 0; i < sizeof(delivered) / sizeof(delivered[0]); i++)
		osip_set_message_callback(
		    sip->osip, delivered[i], on_osip_message);
	for (int i = 0; i < OSIP_KILL_CALLBACK_COUNT; i++)
		osip_set_kill_transaction_callback(sip->osip, i, on_kill);
}
