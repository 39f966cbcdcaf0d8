/*
 * A transaction's life.  An input is fed to libosip2's machine, whose callbacks
 * only note what it wants (sip.step): the library must not be entered again
 * from within them.  When it has returned, the step is reported, timers are
 * brought in line with the machine's, messages are sent, and then whom the
 * transaction works for is told, who may do anything.
 *
 * RFC 3261 17.  RFC 6026: a 2xx ends libosip2's machine but not the
 * transaction, which stays in `accepted` for 64*T1.
 */
#include "firmware/phone/sip.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

#define FOREVER UINT64_MAX

/* ---- end ---- */

static void
unlink_tx(struct tx *tx)
{
	struct tx **p = &tx->sip->first;

	while (*p != tx)
		p = &(*p)->next;
	*p = tx->next;
}

static void
leave_tx(struct tx *tx)
{
	if (--tx->busy > 0 || !tx->dead)
		return;
	if (tx->osip != NULL)
		osip_transaction_free2(tx->osip);
	heap_put(tx->branch);
	heap_put(tx->key);
	heap_put(tx);
}

/* Out of the list; the memory is freed when no callback of it runs. */
static void
end_tx(struct tx *tx)
{
	if (tx->dead)
		return;
	tx->dead = true;
	tx_timers_stop(tx);
	unlink_tx(tx);
	if (tx->fn != NULL)
		tx->fn(tx, TX_ENDED, NULL, tx->arg);
	tx->fn = NULL;
}

void
sip_stop(struct sip *sip)
{
	while (sip->first != NULL) {
		struct tx *tx = sip->first;

		tx->busy++;
		tx->fn = NULL;
		end_tx(tx);
		leave_tx(tx);
	}
	sip_stream_stop(sip);
	osip_release(sip->osip);
}

void
sip_forget(struct sip *sip, const void *arg)
{
	for (struct tx *tx = sip->first; tx != NULL; tx = tx->next)
		if (tx->arg == arg)
			tx->fn = NULL;
}

/* ---- beginning ---- */

/* M stays the caller's until the first step; NULL: libosip2 rejects it. */
static struct tx *
create_tx(struct sip *sip, osip_fsm_type_t type, osip_message_t *m,
    const struct where *peer)
{
	osip_via_t *via = osip_list_get(&m->vias, 0);
	osip_generic_param_t *branch = NULL;
	struct tx *tx = heap_get(sizeof(*tx));

	tx->sip = sip;
	tx->type = type;
	tx->state = "none";
	tx->peer = *peer;
	for (unsigned i = 0; i < SIP_TIMERS; i++)
		tx->timers[i].seen_us = FOREVER;
	if (osip_transaction_init(&tx->osip, type, sip->osip, m) != 0) {
		heap_put(tx);
		return NULL;
	}
	osip_via_param_get_byname(via, OSIP_NAME("branch"), &branch);
	tx->branch = heap_copy(
	    branch != NULL && branch->gvalue != NULL ? branch->gvalue : "-");
	tx->key = sip_key(m, NULL, type == IST || type == NIST);
	/* Its lists are searched from end to end, and end with its machines:
	 * ours keep a transaction that is accepted. */
	osip_remove_transaction(sip->osip, tx->osip);
	osip_transaction_set_reserved1(tx->osip, tx);
	tx->next = sip->first;
	sip->first = tx;
	return tx;
}

struct tx *
tx_request(struct sip *sip, osip_message_t *request, const struct where *to,
    bool refresh, tx_fn fn, void *arg)
{
	bool invite = MSG_IS_INVITE(request);
	struct where by = *to;
	bool large = sip_fit(sip, request, &by);
	struct tx *tx = create_tx(sip, invite ? ICT : NICT, request, &by);

	if (tx == NULL) {
		osip_message_free(request);
		return NULL;
	}
	tx->large = large;
	tx->refresh = refresh;
	tx->fn = fn;
	tx->arg = arg;
	tx_step(
	    tx, "request sent", invite ? SND_REQINVITE : SND_REQUEST, request);
	return tx;
}

struct tx *
tx_serve(struct sip *sip, osip_message_t *request, const struct where *from)
{
	bool invite = MSG_IS_INVITE(request);
	struct tx *tx = create_tx(sip, invite ? IST : NIST, request, from);

	if (tx == NULL) {
		osip_message_free(request);
		return NULL;
	}
	/* 18.2.2: a connection is answered by itself. */
	if (!from->tcp)
		sip_response_to(request, &tx->peer);
	tx_step(tx, "request", invite ? RCV_REQINVITE : RCV_REQUEST, request);
	return tx;
}

/* ---- a step ---- */

/* RFC 6026 7.1, 7.2. */
static bool
accepts(const struct tx *tx, type_t type)
{
	return (tx->type == ICT && type == RCV_STATUS_2XX) ||
	       (tx->type == IST && type == SND_STATUS_2XX);
}

static void
tell(struct tx *tx, enum tx_event event, osip_message_t *m)
{
	if (tx->fn != NULL)
		tx->fn(tx, event, m, tx->arg);
}

static void
execute(struct tx *tx, type_t type, osip_message_t *m, struct sip_step *done)
{
	osip_event_t *event = osip_malloc(sizeof(*event));

	event->type = type;
	event->transactionid = tx->osip->transactionid;
	event->sip = m;
	memset(&tx->sip->step, 0, sizeof(tx->sip->step));
	/* Frees the event; keeps or frees the message. */
	osip_transaction_execute(tx->osip, event);
	*done = tx->sip->step; /* NOLINT(clang-analyzer-unix.Malloc) */
}

/* 17.1.1.3: the ACK of 300 to 699 is libosip2's own, which leaves out the
 * field that 8.1.1 wants of every request.  It is kept for copies of the
 * response. */
static void
complete_ack(osip_message_t *ack)
{
	if (ack != NULL && sip_header(ack, "max-forwards") == NULL)
		sip_add(ack, "Max-Forwards", "70");
}

static void
send_wanted(struct tx *tx, const struct sip_step *done)
{
	osip_message_t *m = done->ack       ? tx->osip->ack
			    : done->request ? tx->osip->orig_request
					    : tx->osip->last_response;

	if (done->ack)
		complete_ack(m);
	for (unsigned i = 0; i < done->sends; i++)
		sip_send(tx->sip, m, &tx->peer);
}

/* What comes a second time and is only absorbed, yet is a step (RFC 3261's
 * figures, RFC 6026). */
static bool
absorbs(const struct tx *tx, type_t type)
{
	switch (type) {
	case RCV_STATUS_2XX:
	case RCV_STATUS_3456XX:
		return tx->osip_state == NICT_COMPLETED;
	case RCV_REQACK:
		return tx->osip_state == IST_CONFIRMED;
	case RCV_REQUEST:
		return tx->osip_state == NIST_TRYING;
	default:
		return false;
	}
}

static void
carry_out(struct tx *tx, type_t type, const struct sip_step *done)
{
	bool accepted = done->killed && accepts(tx, type);

	if (accepted)
		tx_timers_accepted(tx);
	else if (!done->killed)
		tx_timers_sync(tx);
	send_wanted(tx, done);
	if (done->timeout || (type == TIMEOUT_H && done->killed))
		tell(tx, TX_TIMEOUT, NULL);
	else if (done->deliver)
		tell(tx, TX_RESPONSE, tx->osip->last_response);
	if (accepted && !tx->dead) {
		osip_transaction_free2(tx->osip);
		tx->osip = NULL;
	} else if (done->killed) {
		end_tx(tx);
	}
}

static void
step_machine(struct tx *tx, const char *event, type_t type, osip_message_t *m)
{
	const char *from = tx->state;
	struct sip_step done;

	execute(tx, type, m, &done);
	tx->osip_state = tx->osip->state;
	tx->state = !done.killed        ? tx_machine_state(tx->osip_state)
		    : accepts(tx, type) ? "accepted"
					: "terminated";
	if (from != tx->state || done.sends > 0 || done.deliver ||
	    absorbs(tx, type))
		report_fsm(tx, from, event);
	carry_out(tx, type, &done);
}

/* An input in `accepted`; M is not the machine's, there is none. */
static void
step_accepted(struct tx *tx, const char *event, type_t type, osip_message_t *m)
{
	if (type == RCV_STATUS_2XX || type == RCV_REQINVITE)
		report_fsm(tx, tx->state, event);
	if (type == RCV_STATUS_2XX)
		tell(tx, TX_RESPONSE, m);
	if (m != NULL)
		osip_message_free(m);
}

void
tx_step(struct tx *tx, const char *event, type_t type, osip_message_t *m)
{
	tx->busy++;
	if (tx->osip != NULL)
		step_machine(tx, event, type, m);
	else
		step_accepted(tx, event, type, m);
	leave_tx(tx);
}

void
tx_over(struct tx *tx, const char *event)
{
	const char *from = tx->state;

	tx->busy++;
	tx->state = "terminated";
	report_fsm(tx, from, event);
	end_tx(tx);
	leave_tx(tx);
}

/* ---- inputs ---- */

void
tx_receive(struct tx *tx, osip_message_t *m)
{
	if (MSG_IS_ACK(m))
		tx_step(tx, "ACK", RCV_REQACK, m);
	else if (MSG_IS_REQUEST(m))
		tx_step(tx, "request",
		    tx->type == IST ? RCV_REQINVITE : RCV_REQUEST, m);
	else if (m->status_code < 200)
		tx_step(tx, "1xx", RCV_STATUS_1XX, m);
	else if (m->status_code < 300)
		tx_step(tx, "2xx", RCV_STATUS_2XX, m);
	else
		tx_step(tx, "300-699", RCV_STATUS_3456XX, m);
}

void
tx_respond(struct tx *tx, osip_message_t *response)
{
	int status = response->status_code;
	bool open = tx->osip != NULL && (tx->osip->state == IST_PROCEEDING ||
					    tx->osip->state == NIST_TRYING ||
					    tx->osip->state == NIST_PROCEEDING);

	if (!open || tx->dead)
		osip_message_free(response);
	else if (status < 200)
		tx_step(tx, "1xx sent", SND_STATUS_1XX, response);
	else if (status < 300)
		tx_step(tx, "2xx sent", SND_STATUS_2XX, response);
	else
		tx_step(tx, "300-699 sent", SND_STATUS_3456XX, response);
}

void
tx_answer(struct tx *tx, int status)
{
	osip_message_t *request = tx_message(tx);
	char tag[20];
	struct text t = TEXT_IN(tag);

	if (request == NULL)
		return;
	rng_word(tx->sip->rng, &t);
	tx_respond(tx, sip_build_response(tx->sip, request, status, tag));
}

/* ---- questions ---- */

osip_message_t *
tx_message(const struct tx *tx)
{
	return tx->osip != NULL ? tx->osip->orig_request : NULL;
}

void
tx_user(struct tx *tx, tx_fn fn, void *arg)
{
	tx->fn = fn;
	tx->arg = arg;
}

unsigned
sip_alive(const struct sip *sip)
{
	unsigned n = 0;

	for (const struct tx *tx = sip->first; tx != NULL; tx = tx->next)
		n += !tx->refresh;
	return n;
}
