/*
 * The session of a call: re-INVITEs that hold and resume it (RFC 3261 14.1, RFC
 * 3264 8.4), and digits (RFC 4733, INFO).
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

enum sdp_direction
call_direction(const struct call *call, bool hold)
{
	(void)call;
	return hold ? SDP_SENDONLY : SDP_SENDRECV;
}

void
call_learn_media(struct call *call, const osip_message_t *m)
{
	struct sdp_peer peer;

	if (!sip_is_type(m, "application", "sdp") ||
	    !sdp_read(sip_body(m), &peer))
		return;
	call->media = peer;
	call->media_agreed = true;
	call->held_by_peer =
	    !call->held && !call->hold_wanted &&
	    (peer.direction == SDP_SENDONLY || peer.direction == SDP_INACTIVE);
}

void
call_refuse_offer(struct call *call, struct tx *tx)
{
	struct sip *sip = &call->phone->sip;
	osip_message_t *m = sip_build_response(sip, tx_message(tx), 488, NULL);

	/* RFC 3264 8: what only this session has against it. */
	if (sip_header(m, "warning") == NULL)
		sip_warn(sip, &call->own, tx_message(tx), m);
	tx_respond(tx, m);
}

/* ---- hold ---- */

static void send_reinvite(struct call *call);

static void
on_retry(void *arg)
{
	send_reinvite(arg);
}

/* 14.1: both at once: who made the Call-ID waits longer. */
static void
retry_later(struct call *call)
{
	struct phone *phone = call->phone;
	uint32_t steps = rng_below(&phone->rng, call->outgoing ? 191 : 201);
	uint32_t ms = (call->outgoing ? 2100 : 0) + 10 * steps;

	timer_in(
	    &phone->timers, &call->retry, (uint64_t)ms * MS_US, on_retry, call);
}

static void
on_reinvite_final(struct call *call, struct tx *tx, osip_message_t *m)
{
	int status = m->status_code;

	if (status < 300) {
		call_ack_2xx(call, tx_message(tx), NULL);
		auth_well(&call->auth);
		call->held = call->hold_wanted;
		call_learn_media(call, m);
		osip_dialog_update_route_set_as_uac(call->dialog, m);
	} else if (status == 491) {
		retry_later(call);
	} else if (status == 481 || status == 408) {
		/* 12.2.1.2: the other side has lost the dialog. */
		call_bye(call);
	} else {
		call->hold_wanted = call->held;
		screens_notice(call->phone, text_of_status(status), "");
	}
}

static void
on_reinvite(struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;
	struct tx *again;

	if (event == TX_ENDED) {
		if (call->reinvite == tx)
			call->reinvite = NULL;
		return;
	}
	if (event == TX_RESPONSE && m->status_code < 200)
		return;
	if (event == TX_RESPONSE && m->status_code < 300 &&
	    call->reinvite != tx) { /* a copy of the 2xx */
		call_ack_again(call, m);
		return;
	}
	call->reinvite = NULL;
	if (event == TX_TIMEOUT) {
		call_bye(call);
		return;
	}
	if (m->status_code == 401 || m->status_code == 407) {
		again = call_send_again(call, tx, m, on_reinvite);
		if (again != NULL) {
			call->reinvite = again;
			return;
		}
	}
	on_reinvite_final(call, tx, m);
	screens_changed(call->phone);
}

static void
send_reinvite(struct call *call)
{
	char *sdp = heap_get(SDP_MAX);
	struct text t = text_in(sdp, SDP_MAX);
	osip_message_t *m;

	call->own.version++;
	call->own.direction = call_direction(call, call->hold_wanted);
	sdp_offer(&call->phone->config, &call->own, &t);
	m = call_within(call, "INVITE", "application/sdp", sdp);
	heap_put(sdp);
	if (m != NULL)
		call->reinvite = call_send(call, m, on_reinvite);
}

void
call_hold(struct call *call, bool hold)
{
	/* 14.1: not while an INVITE is under way in the dialog. */
	if (call->state != CALL_CONFIRMED || call->reinvite != NULL ||
	    call->ok != NULL || call->retry.set || call->held == hold)
		return;
	call->hold_wanted = hold;
	send_reinvite(call);
}

/* ---- digits ---- */

static void
send_info(struct call *call, char digit)
{
	char body[48];
	struct text t = TEXT_IN(body);
	osip_message_t *m;

	text_s(&t, "Signal=");
	text_c(&t, digit);
	text_s(&t, "\r\nDuration=160\r\n");
	m = call_within(call, "INFO", "application/dtmf-relay", body);
	if (m != NULL)
		call_send(call, m, NULL);
}

void
call_digit(struct call *call, char digit)
{
	size_t n = strlen(call->digits);

	if (call->state != CALL_CONFIRMED)
		return;
	if (n == CALL_DIGITS)
		memmove(call->digits, call->digits + 1, n--);
	call->digits[n] = digit;
	call->digits[n + 1] = '\0';
	if (!media_digit(&call->phone->media, call, digit))
		send_info(call, digit);
	screens_changed(call->phone);
}
