/*
 * What comes within the dialog of a call: RFC 3261 12.2.2, 13.2.2.4,
 * 14.2, 15.1.2.
 */
#include "firmware/phone/phone_in.h"

/* ---- whose it is ---- */

static bool
in_dialog(const struct call *call, const osip_message_t *m)
{
	const osip_dialog_t *d = call->dialog;
	char *id = NULL;
	bool same;

	if (call->state == CALL_IDLE || d == NULL ||
	    !text_equal(d->local_tag, sip_tag(m->to)) ||
	    !text_equal(d->remote_tag, sip_tag(m->from)))
		return false;
	osip_call_id_to_str(m->call_id, &id);
	same = text_equal(d->call_id, id);
	osip_free(id);
	return same;
}

static struct call *
find_call(struct phone *phone, const osip_message_t *m)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++)
		if (in_dialog(&phone->calls[i], m))
			return &phone->calls[i];
	return NULL;
}

/* ---- ACK ---- */

void
call_acked(struct phone *phone, const osip_message_t *ack)
{
	struct call *call = find_call(phone, ack);

	if (call == NULL || call->ok == NULL ||
	    !text_equal(call->ok->cseq->number, ack->cseq->number))
		return;
	timer_stop(&phone->timers, &call->repeat);
	timer_stop(&phone->timers, &call->give_up);
	osip_message_free(call->ok);
	call->ok = NULL;
	if (call->we_offered && !call->offer_answered) {
		call_learn_media(call, ack);
		call->offer_answered = true;
	}
	if (call->dialog != NULL)
		osip_dialog_set_state(call->dialog, DIALOG_CONFIRMED);
	if (call->state == CALL_MORATORIUM)
		call_enter(call, CALL_CONFIRMED);
	if (call->hang_up)
		call_bye(call);
	screens_changed(phone);
}

/* ---- within the dialog ---- */

/* 14.2. */
static void
reinvited(struct call *call, struct tx *tx)
{
	struct phone *phone = call->phone;
	osip_message_t *m = tx_message(tx), *ok;
	int status = call->reinvite != NULL ? 491 : call->ok != NULL ? 500 : 0;

	if (status == 0 && !sip_takes_sdp(m))
		status = 406;
	if (status == 0 && call->state != CALL_CONFIRMED)
		status = call->state == CALL_TERMINATING ? 481 : 491;
	if (status != 0) {
		ok = sip_build_response(&phone->sip, m, status, NULL);
		if (status == 500)
			sip_add(ok, "Retry-After", "5");
		tx_respond(tx, ok);
		return;
	}
	ok = sip_build_response(&phone->sip, m, 200, NULL);
	call->own.version++;
	if (!call_describe(call, m, ok, call->held)) {
		osip_message_free(ok);
		call_refuse_offer(call, tx);
		return;
	}
	/* 12.2.2: the target may have changed. */
	osip_dialog_update_route_set_as_uas(call->dialog, m);
	call_accept(call, tx, ok);
	screens_changed(phone);
}

/* 15.1.2: and an INVITE that still waits gets 487. */
static void
take_bye(struct call *call, struct tx *tx)
{
	bool rings = call_rings(call);

	tx_answer(tx, 200);
	if (rings)
		tx_respond(call->invite,
		    sip_build_response(&call->phone->sip,
			tx_message(call->invite), 487, call->tag));
	call_over(call, rings ? TEXT_MISSED_CALL : TEXT_ENDED);
}

/* Their handlers; other methods are none of a call's. */
static const struct {
	const char *method;
	void (*fn)(struct call *call, struct tx *tx);
} methods[] = {
	{ "BYE", take_bye },
	{ "INVITE", reinvited },
	{ "INFO", call_info },
	{ "UPDATE", call_updated },
	{ "PRACK", call_pracked },
	{ "REFER", call_referred },
	{ "NOTIFY", call_notified },
};

bool
call_request(struct phone *phone, struct tx *tx)
{
	osip_message_t *m = tx_message(tx);
	struct call *call = find_call(phone, m);
	unsigned long cseq;

	if (call == NULL || !text_read_u(m->cseq->number, &cseq))
		return false;
	/* 12.2.2: out of order. */
	if ((long)cseq < call->dialog->remote_cseq) {
		tx_answer(tx, 500);
		return true;
	}
	call->dialog->remote_cseq = (int)cseq;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i].method, m->sip_method) == 0) {
			methods[i].fn(call, tx);
			return true;
		}
	return false;
}
