/*
 * Requests within a dialog: RFC 3261 12.2.1, 13.2.2.4, 15, 22.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

/* ---- building and sending ---- */

osip_message_t *
call_within(
    struct call *call, const char *method, const char *type, const char *body)
{
	if (call->dialog == NULL)
		return NULL;
	return dialog_next(&call->phone->sip, call->dialog, method, type, body);
}

struct tx *
call_send(struct call *call, osip_message_t *request, tx_fn fn)
{
	return dialog_send(&call->phone->sip, &call->auth, request, fn, call);
}

struct tx *
call_send_again(
    struct call *call, struct tx *tx, const osip_message_t *response, tx_fn fn)
{
	return dialog_send_again(&call->phone->sip, call->dialog, &call->auth,
	    tx, response, fn, call);
}

/* ---- ACK ---- */

/* 22.1: the ACK carries what the INVITE carried, there is no asking for it. */
static void
copy_credentials(const osip_message_t *from, osip_message_t *to)
{
	for (int i = 0; i < osip_list_size(&from->authorizations); i++) {
		osip_authorization_t *a = NULL;

		osip_authorization_clone(
		    osip_list_get(&from->authorizations, i), &a);
		osip_list_add(&to->authorizations, a, -1);
	}
	for (int i = 0; i < osip_list_size(&from->proxy_authorizations); i++) {
		osip_proxy_authorization_t *a = NULL;

		osip_proxy_authorization_clone(
		    osip_list_get(&from->proxy_authorizations, i), &a);
		osip_list_add(&to->proxy_authorizations, a, -1);
	}
}

void
call_ack_2xx(struct call *call, const osip_message_t *request, const char *body)
{
	unsigned cseq = request != NULL
			    ? (unsigned)osip_atoi(request->cseq->number)
			    : call->cseq;
	osip_message_t *ack = dialog_build(&call->phone->sip, call->dialog,
	    "ACK", cseq, "application/sdp", body);

	if (ack == NULL)
		return;
	if (request != NULL)
		copy_credentials(request, ack);
	osip_message_free(call->ack);
	call->ack = ack;
	if (sip_next_hop(&call->phone->sip, ack, &call->ack_to)) {
		sip_fit(&call->phone->sip, ack, &call->ack_to);
		call_ack_again(call, ack);
	}
}

void
call_ack_again(struct call *call, const osip_message_t *ok)
{
	if (call->ack != NULL &&
	    text_equal(call->ack->cseq->number, ok->cseq->number))
		sip_send(&call->phone->sip, call->ack, &call->ack_to);
}

/* ---- BYE ---- */

static void
on_bye_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;

	if (event == TX_RESPONSE && m->status_code < 200)
		return;
	if (event == TX_RESPONSE &&
	    (m->status_code == 401 || m->status_code == 407)) {
		struct tx *again =
		    call_send_again(call, tx, m, on_bye_response);

		if (again != NULL) {
			call->bye = again;
			return;
		}
	}
	if (call->bye == tx)
		call->bye = NULL;
	tx_user(tx, NULL, NULL);
	/* 15.1.1: whatever the answer, it is over. */
	call_over(call, TEXT_ENDED);
}

void
call_bye(struct call *call)
{
	osip_message_t *bye = call_within(call, "BYE", NULL, NULL);

	timer_stop(&call->phone->timers, &call->retry);
	call_enter(call, CALL_TERMINATING);
	call->bye = bye != NULL ? call_send(call, bye, on_bye_response) : NULL;
	if (call->bye == NULL)
		call_over(call, TEXT_ENDED);
}
