/*
 * The caller's side of an INVITE: RFC 3261 9.1, 13.2, 8.1.3.4, 22.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

#define REDIRECTS 1 /* followed without asking */

static void on_invite_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg);

/* ---- the INVITE ---- */

/* RFC 3515 2.4.5, RFC 3891 4: who can't replace a call is not to take it for a
 * new one. */
static void
add_wish(const struct call *call, osip_message_t *m)
{
	if (call->replaces != NULL) {
		sip_add(m, "Replaces", call->replaces);
		sip_add(m, "Require", "replaces");
	}
	if (call->by != NULL)
		sip_add(m, "Referred-By", call->by);
}

static bool
send_invite(struct call *call)
{
	struct phone *phone = call->phone;
	char *sdp = heap_get(SDP_MAX);
	struct text t = text_in(sdp, SDP_MAX);
	struct sip_request r = {
		.method = "INVITE",
		.uri = call->target,
		.from = call->from,
		.to = call->to,
		.call_id = call->call_id,
		.cseq = ++call->cseq,
		.contact = true,
		.type = "application/sdp",
		.body = sdp,
	};
	osip_message_t *m;
	struct where to;

	sdp_offer(&phone->config, &call->own, &t);
	m = sip_build(&phone->sip, &r);
	heap_put(sdp);
	if (m == NULL)
		return false;
	add_wish(call, m);
	sip_preload(&phone->sip, m);
	if (!sip_next_hop(&phone->sip, m, &to)) {
		osip_message_free(m);
		return false;
	}
	auth_add(&call->auth, &phone->sip, m);
	call_branches_free(call);
	if (call->invite != NULL)
		tx_user(call->invite, NULL, NULL);
	call->invite =
	    tx_request(&phone->sip, m, &to, false, on_invite_response, call);
	return call->invite != NULL;
}

bool
call_may_dial(struct phone *phone)
{
	unsigned lines = 0, busy = 0;

	for (unsigned i = 0; i < PHONE_CALLS; i++) {
		lines += call_lives(&phone->calls[i]);
		busy += phone->calls[i].state != CALL_IDLE;
	}
	return lines < CALL_LINES && busy < PHONE_CALLS;
}

struct call *
call_dial(struct phone *phone, const char *uri)
{
	struct call_wish wish = { .uri = heap_copy(uri) };
	struct call *call = call_dial_wish(phone, &wish);

	heap_put(wish.uri);
	return call;
}

struct call *
call_dial_wish(struct phone *phone, const struct call_wish *wish)
{
	const char *uri = wish->uri;
	struct call *call =
	    call_may_dial(phone) ? call_create(phone, uri) : NULL;

	if (call == NULL) {
		screens_notice(phone, TEXT_NO_LINE, "");
		return NULL;
	}
	call->outgoing = true;
	call->target = heap_copy(uri);
	call->to = sip_in_brackets(uri);
	if (wish->replaces != NULL)
		call->replaces = heap_copy(wish->replaces);
	if (wish->by != NULL)
		call->by = heap_copy(wish->by);
	call->from = sip_own_address(&phone->config, call->tag);
	call->call_id = sip_new_call_id(&phone->sip);
	history_add(&phone->dialled, NULL, uri, NULL);
	phone->dialled.fresh = 0;
	phone->active = call;
	call_enter(call, CALL_CALLING);
	if (!send_invite(call)) {
		call_over(call, TEXT_UNKNOWN_HOST);
		return NULL;
	}
	return call;
}

/* ---- giving up ---- */

static void
on_cancel_late(void *arg)
{
	call_over(arg, TEXT_CANCELLED);
}

/* 9.1: what gets no final response within 64*T1 counts as cancelled. */
void
call_cancel(struct call *call)
{
	struct phone *phone = call->phone;

	if (call->state != CALL_PROCEEDING && call->state != CALL_EARLY)
		return;
	call_enter(call, CALL_TERMINATING);
	tx_request(&phone->sip, sip_build_cancel(tx_message(call->invite)),
	    &call->invite->peer, false, NULL, NULL);
	timer_in(
	    &phone->timers, &call->give_up, SIP_64T1_US, on_cancel_late, call);
}

/* ---- responses ---- */

/* 13.2.2.4: a 2xx computes the route set again; the numbers of the requests
 * within the early dialog go on. */
void
call_make_dialog(struct call *call, osip_message_t *m)
{
	const osip_dialog_t *old = call->dialog;
	osip_dialog_t *d = NULL;
	int cseq = call_branch_cseq(call, sip_tag(m->to));

	if (sip_tag(m->to) == NULL && m->status_code < 200)
		return;
	if (osip_dialog_init_as_uac(&d, m) != 0)
		return;
	if (cseq > d->local_cseq)
		d->local_cseq = cseq;
	if (old != NULL && text_equal(old->remote_tag, d->remote_tag)) {
		d->remote_cseq = old->remote_cseq;
		if (old->local_cseq > d->local_cseq)
			d->local_cseq = old->local_cseq;
	}
	osip_dialog_free(call->dialog);
	call->dialog = d;
}

static void
on_provisional(struct call *call, osip_message_t *m)
{
	bool ringing = m->status_code > 100;

	if (ringing && !call_take_reliable(call, m))
		return;
	if (call->state == CALL_TERMINATING)
		return;
	if (ringing && call->dialog == NULL)
		call_make_dialog(call, m);
	if (ringing && sip_body(m) != NULL)
		call_learn_media(call, m);
	if (ringing || call->state == CALL_CALLING)
		call_enter(call, ringing ? CALL_EARLY : CALL_PROCEEDING);
	if (call->hang_up)
		call_cancel(call);
}

/* 13.2.2.4: another branch answered as well: thanks, and good-bye. */
static void
decline_branch(struct call *call, osip_message_t *m)
{
	osip_dialog_t *kept = call->dialog;
	osip_message_t *ack = call->ack;
	struct where ack_to = call->ack_to;
	osip_message_t *bye;

	call->dialog = NULL;
	call->ack = NULL;
	call_make_dialog(call, m);
	if (call->dialog != NULL) {
		call_ack_2xx(call, NULL, NULL);
		bye = call_within(call, "BYE", NULL, NULL);
		if (bye != NULL)
			call_send(call, bye, NULL);
		osip_dialog_free(call->dialog);
		osip_message_free(call->ack);
	}
	call->dialog = kept;
	call->ack = ack;
	call->ack_to = ack_to;
}

static void
take_2xx(struct call *call, osip_message_t *m)
{
	const char *tag = sip_tag(m->to);

	if (call->ack != NULL) {
		if (call->dialog != NULL &&
		    !text_equal(call->dialog->remote_tag, tag))
			decline_branch(call, m);
		else
			call_ack_again(call, m);
		return;
	}
	auth_well(&call->auth);
	call_make_dialog(call, m);
	if (call->dialog == NULL) {
		call_over(call, TEXT_S_SERVER);
		return;
	}
	osip_dialog_set_state(call->dialog, DIALOG_CONFIRMED);
	timer_stop(&call->phone->timers, &call->give_up);
	call_learn_media(call, m);
	call_ack_2xx(call, tx_message(call->invite), NULL);
	if (call->state == CALL_TERMINATING || call->hang_up) {
		call_bye(call);
		return;
	}
	call_enter(call, CALL_CONFIRMED);
	if (!call->media_agreed)
		screens_notice(call->phone, TEXT_NO_SOUND_AGREED, "");
}

/* The call begins again: challenged, or sent elsewhere. */
static bool
call_again(struct call *call)
{
	call->state = CALL_IDLE;
	call_enter(call, CALL_CALLING);
	return send_invite(call);
}

/* 8.1.3.4: the same call, sent to the first contact that we understand. */
static bool
follow(struct call *call, osip_message_t *m)
{
	osip_contact_t *contact = osip_list_get(&m->contacts, 0);
	char *uri = NULL;

	if (contact == NULL || contact->url == NULL ||
	    !text_same(contact->url->scheme, "sip") ||
	    osip_uri_to_str(contact->url, &uri) != 0)
		return false;
	report_log("sent on to", uri);
	heap_put(call->target);
	call->target = heap_copy(uri);
	text_copy(call->peer, sizeof(call->peer), uri);
	osip_free(uri);
	call->name[0] = '\0';
	osip_dialog_free(call->dialog);
	call->dialog = NULL;
	if (call->redirects++ >= REDIRECTS)
		return false;
	return call_again(call);
}

static void
on_failure(struct call *call, osip_message_t *m)
{
	int status = m->status_code;
	bool wanted = call->state != CALL_TERMINATING && !call->hang_up;

	if ((status == 401 || status == 407) && wanted &&
	    auth_learn(&call->auth, &call->phone->config, m)) {
		if (call_again(call))
			return;
	}
	if (status >= 300 && status < 400 && wanted && follow(call, m))
		return;
	report_log("refused", m->reason_phrase);
	referral_outcome(call, status);
	call_over(
	    call, status == 487 ? TEXT_CANCELLED : text_of_status(status));
}

/* 8.1.3.1: as if a 408 had come. */
static void
take_silence(struct call *call)
{
	referral_outcome(call, 408);
	call_over(call, TEXT_S_TIMEOUT);
}

static void
on_invite_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;

	if (event == TX_ENDED && call->invite == tx)
		call->invite = NULL;
	else if (event == TX_TIMEOUT)
		take_silence(call);
	else if (event == TX_RESPONSE && m->status_code < 200)
		on_provisional(call, m);
	else if (event == TX_RESPONSE && m->status_code < 300)
		take_2xx(call, m);
	else if (event == TX_RESPONSE)
		on_failure(call, m);
}
