/*
 * The callee of an INVITE: RFC 3261 9.2, 13.3.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

#define RING_US (180ull * S_US) /* then 480 (13.3.1.1) */

/* ---- a new call ---- */

/* The status with which an INVITE can't begin a call, 0: it can. */
static int
object_to_invite(
    struct phone *phone, const osip_message_t *m, const struct call *replaced)
{
	const char *words;
	unsigned lines = 0;

	for (unsigned i = 0; i < PHONE_CALLS; i++)
		lines += &phone->calls[i] != replaced &&
			 call_lives(&phone->calls[i]);
	if (osip_list_size(&m->contacts) == 0)
		return 400;
	if (sip_body(m) != NULL && !sip_is_type(m, "application", "sdp"))
		return 415;
	if (!sip_takes_sdp(m))
		return 406;
	if (sdp_warning(NULL, sip_body(m), &words) != 0)
		return 488;
	return lines >= CALL_LINES ? 486 : 0;
}

static void
on_server(struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;

	(void)m;
	if (event == TX_ENDED && call->invite == tx)
		call->invite = NULL;
}

static void
on_nobody(void *arg)
{
	struct call *call = arg;

	tx_respond(call->invite, sip_build_response(&call->phone->sip,
				     tx_message(call->invite), 480, call->tag));
	call_over(call, TEXT_MISSED_CALL);
}

static void
on_answer_time(void *arg)
{
	call_answer(arg);
}

static char *
uri_of(const osip_from_t *from, char *name, size_t cap)
{
	char *uri = NULL, *p = from->displayname;
	struct text t = text_in(name, cap);

	osip_uri_to_str(from->url, &uri);
	for (; p != NULL && *p != '\0'; p++)
		if (*p != '"')
			text_c(&t, *p);
	return uri;
}

/* 12.1.1: the dialog is made of what both have said. */
static void
make_dialog(struct call *call, osip_message_t *response)
{
	if (osip_dialog_init_as_uas(
		&call->dialog, tx_message(call->invite), response) != 0)
		call->dialog = NULL;
}

static void
ring(struct call *call)
{
	struct phone *phone = call->phone;
	osip_message_t *m = sip_build_response(
	    &phone->sip, tx_message(call->invite), 180, call->tag);

	make_dialog(call, m);
	call_make_reliable(call, m);
	tx_respond(call->invite, m);
	call_enter(call, CALL_EARLY);
	timer_in(&phone->timers, &call->give_up, RING_US, on_nobody, call);
	if (phone->settings.answer_s >= 0)
		timer_in(&phone->timers, &call->answer,
		    (uint64_t)phone->settings.answer_s * S_US, on_answer_time,
		    call);
}

static void answer_invite(struct call *call, struct call *replaced);

/* RFC 3891 3: it is answered at once. */
static void
replace(struct call *call, struct call *replaced)
{
	osip_message_t *m = sip_build_response(
	    &call->phone->sip, tx_message(call->invite), 200, call->tag);

	make_dialog(call, m);
	osip_message_free(m);
	answer_invite(call, replaced);
}

void
call_incoming(struct phone *phone, struct tx *tx)
{
	osip_message_t *m = tx_message(tx);
	struct call *replaced = NULL, *call = NULL;
	int status = call_find_replaced(phone, m, &replaced);
	char name[CONFIG_NAME], *uri = uri_of(m->from, name, sizeof(name));

	if (status == 0)
		status = object_to_invite(phone, m, replaced);
	if (status == 0 && uri != NULL)
		call = call_create(phone, uri);

	if (call == NULL) {
		if (status == 486 || status == 0)
			history_add(&phone->missed, name, uri, NULL);
		tx_answer(tx, status != 0 ? status : 486);
		osip_free(uri);
		screens_changed(phone);
		return;
	}
	osip_free(uri);
	text_copy(call->name, sizeof(call->name), name);
	call->invite = tx;
	tx_user(tx, on_server, call);
	osip_call_id_to_str(m->call_id, &uri);
	call->call_id = heap_copy(uri);
	osip_free(uri);
	if (phone->active == NULL)
		phone->active = call;
	call_enter(call, CALL_PROCEEDING);
	if (replaced != NULL)
		replace(call, replaced);
	else
		ring(call);
}

/* ---- the answer ---- */

static void
on_ok_repeat(void *arg)
{
	struct call *call = arg;
	struct phone *phone = call->phone;

	sip_send(&phone->sip, call->ok, &call->ok_to);
	call->ok_wait_us *= 2;
	if (call->ok_wait_us > SIP_T2_US)
		call->ok_wait_us = SIP_T2_US;
	timer_in(&phone->timers, &call->repeat, call->ok_wait_us, on_ok_repeat,
	    call);
}

/* 13.3.1.4: no ACK: the session is ended. */
static void
on_no_ack(void *arg)
{
	struct call *call = arg;

	report_log("no ACK", call->peer);
	timer_stop(&call->phone->timers, &call->repeat);
	osip_message_free(call->ok);
	call->ok = NULL;
	call_bye(call);
}

void
call_accept(struct call *call, struct tx *tx, osip_message_t *ok)
{
	struct phone *phone = call->phone;
	osip_message_t *copy = NULL;

	call->ok_to = tx->peer;
	call->ok_wait_us = SIP_T1_US;
	osip_message_clone(ok, &copy);
	osip_message_force_update(copy);
	osip_message_free(call->ok);
	call->ok = copy;
	tx_respond(tx, ok);
	timer_in(&phone->timers, &call->repeat, call->ok_wait_us, on_ok_repeat,
	    call);
	timer_in(&phone->timers, &call->give_up, SIP_64T1_US, on_no_ack, call);
}

bool
call_describe(struct call *call, const osip_message_t *request,
    osip_message_t *response, bool hold)
{
	struct sdp_peer peer = call->media;
	char *sdp = heap_get(SDP_MAX);
	struct text t = text_in(sdp, SDP_MAX);
	const char *offer = sip_body(request);
	bool good = true;

	call->own.direction = call_direction(call, hold);
	if (offer == NULL)
		sdp_offer(&call->phone->config, &call->own, &t);
	else
		good = sdp_answer(
		    &call->phone->config, &call->own, offer, &peer, &t);
	if (good) {
		sip_add_body(response, "application/sdp", sdp);
		call->media = peer;
		call->we_offered = offer == NULL;
		call->offer_answered = false;
		call->media_agreed = offer != NULL;
		call->held_by_peer =
		    offer != NULL && (call->media.direction == SDP_SENDONLY ||
					 call->media.direction == SDP_INACTIVE);
	}
	heap_put(sdp);
	return good;
}

/* CALL is answered, REPLACED is of no use any more. */
static void
take_over(struct call *call, struct call *replaced)
{
	struct phone *phone = call->phone;
	char name[CONFIG_NAME];

	call_end(replaced);
	phone->active = call;
	screens_notice(
	    phone, TEXT_NOW_WITH, call_name(call, name, sizeof(name)));
}

/* Takes CALL; REPLACED, which may be NULL, gives way to it, else the other call
 * is held. */
static void
answer_invite(struct call *call, struct call *replaced)
{
	struct phone *phone = call->phone;
	struct call *other = call_other(phone, call);
	osip_message_t *ok;

	timer_stop(&phone->timers, &call->answer);
	ok = sip_build_response(
	    &phone->sip, tx_message(call->invite), 200, call->tag);
	if (!call->offer_answered &&
	    !call_describe(call, tx_message(call->invite), ok, false)) {
		osip_message_free(ok);
		tx_respond(call->invite,
		    sip_build_response(
			&phone->sip, tx_message(call->invite), 488, call->tag));
		call_over(call, TEXT_S_NO_MEDIA);
		return;
	}
	if (replaced == NULL && other != NULL && other->state == CALL_CONFIRMED)
		call_hold(other, true);
	phone->active = call;
	call_accept(call, call->invite, ok);
	call_enter(call, CALL_MORATORIUM);
	if (replaced != NULL)
		take_over(call, replaced);
	screens_changed(phone);
}

void
call_answer(struct call *call)
{
	if (call_rings(call) && !call_must_wait(call))
		answer_invite(call, NULL);
}

/* ---- CANCEL ---- */

void
call_cancelled(struct phone *phone, struct tx *invite)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++) {
		struct call *call = &phone->calls[i];

		/* 9.2: no effect once it was answered. */
		if (call->state == CALL_IDLE || call->invite != invite ||
		    !call_rings(call))
			continue;
		tx_respond(invite, sip_build_response(&phone->sip,
				       tx_message(invite), 487, call->tag));
		call_over(call, TEXT_MISSED_CALL);
		return;
	}
}
