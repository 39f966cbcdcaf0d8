/*
 * Transferring a call: RFC 3515, RFC 5589.  A REFER within its dialog asks the
 * other side to call a third party, attended with Replaces in the Refer-To (RFC
 * 3891), so that it takes the place of a call of ours.  NOTIFYs report the
 * outcome; after a success the phone hangs up, else the call goes on.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/report.h"

#define EXPIRES_MAX_S 3600

/* ---- the outcome ---- */

static void
end_transfer(struct call *call)
{
	timer_stop(&call->phone->timers, &call->transfer.timer);
	call->transfer.lives = false;
	screens_changed(call->phone);
}

static void
fail_transfer(struct call *call, int status)
{
	struct phone *phone = call->phone;

	end_transfer(call);
	screens_notice(phone, TEXT_NOT_TRANSFERRED,
	    screens_text(phone, text_of_status(status)));
}

static void
on_transfer_silence(void *arg)
{
	fail_transfer(arg, 408);
}

/* The other of two that are joined hangs up as well. */
static void
expect_end(struct call *call)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++) {
		struct call *other = &call->phone->calls[i];

		if (call->transfer.joined != 0 &&
		    other->id == call->transfer.joined)
			other->quiet = true;
	}
}

/* The last NOTIFY said STATUS. */
static void
finish_transfer(struct call *call, int status)
{
	char name[CONFIG_NAME];

	if (status < 200 || status >= 300) {
		fail_transfer(call, status < 200 ? 408 : status);
		return;
	}
	end_transfer(call);
	expect_end(call);
	screens_notice(
	    call->phone, TEXT_TRANSFERRED, call_name(call, name, sizeof(name)));
	call_end(call);
}

/* ---- REFER ---- */

static void
on_refer(struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;
	struct tx *again;

	if (event == TX_ENDED || !call->transfer.lives ||
	    (event == TX_RESPONSE && m->status_code < 200))
		return;
	if (event == TX_TIMEOUT) {
		fail_transfer(call, 408);
		return;
	}
	if (m->status_code == 401 || m->status_code == 407) {
		again = call_send_again(call, tx, m, on_refer);
		if (again != NULL) {
			call->transfer.cseq =
			    (unsigned)call->dialog->local_cseq;
			return;
		}
	}
	if (m->status_code >= 300) {
		fail_transfer(call, m->status_code);
		return;
	}
	auth_well(&call->auth);
	/* RFC 6665 4.1.2: so long until the first NOTIFY. */
	if (!call->transfer.timer.set)
		timer_in(&call->phone->timers, &call->transfer.timer,
		    SIP_64T1_US, on_transfer_silence, call);
}

/* RFC 3261 25.1: characters that are not unreserved are escaped. */
static void
put_escaped(struct text *t, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || strchr("-_.!~*'()", c) != NULL) {
			text_c(t, *s);
			continue;
		}
		text_c(t, '%');
		text_c(t, hex[c >> 4]);
		text_c(t, hex[c & 15]);
	}
}

/* RFC 3891 4: as the other side of REPLACED's dialog has the tags. */
static void
put_replaces(struct text *t, const struct call *replaced)
{
	const osip_dialog_t *d = replaced->dialog;

	text_s(t, "?Replaces=");
	put_escaped(t, d->call_id);
	text_s(t, "%3Bto-tag%3D");
	put_escaped(t, d->remote_tag != NULL ? d->remote_tag : "0");
	text_s(t, "%3Bfrom-tag%3D");
	put_escaped(t, d->local_tag);
}

static osip_message_t *
build_refer(struct call *call, const char *uri, const struct call *replaced)
{
	osip_message_t *m = call_within(call, "REFER", NULL, NULL);
	char to[1024], by[CONFIG_URI + 2];
	struct text refer = TEXT_IN(to), own = TEXT_IN(by);

	if (m == NULL)
		return NULL;
	text_c(&refer, '<');
	text_s(&refer, uri);
	if (replaced != NULL)
		put_replaces(&refer, replaced);
	text_c(&refer, '>');
	text_c(&own, '<');
	text_s(&own, call->phone->config.aor);
	text_c(&own, '>');
	if (refer.cut) {
		osip_message_free(m);
		return NULL;
	}
	sip_add(m, "Refer-To", to);
	sip_add(m, "Referred-By", by);
	return m;
}

bool
call_may_transfer(const struct call *call)
{
	return call != NULL && call->state == CALL_CONFIRMED &&
	       !call->hang_up && !call->transfer.lives;
}

static void
send_refer(struct call *call, const char *uri, const struct call *replaced)
{
	osip_message_t *m = build_refer(call, uri, replaced);

	call->transfer.lives = true;
	call->transfer.joined = replaced != NULL ? replaced->id : 0;
	call->transfer.cseq = (unsigned)call->dialog->local_cseq;
	report_log("transfer to", uri);
	if (m == NULL || call_send(call, m, on_refer) == NULL)
		fail_transfer(call, 503);
	screens_changed(call->phone);
}

void
call_transfer(struct call *call, const char *uri)
{
	if (call_may_transfer(call))
		send_refer(call, uri, NULL);
}

void
call_join(struct call *call, struct call *other)
{
	osip_uri_t *uri = NULL;
	char *text = NULL;

	if (!call_may_transfer(other) || !call_may_transfer(call) ||
	    call->dialog->remote_contact_uri == NULL ||
	    osip_uri_clone(call->dialog->remote_contact_uri->url, &uri) != 0)
		return;
	/* A header of its own would come before Replaces. */
	osip_uri_param_freelist(&uri->url_headers);
	if (osip_uri_to_str(uri, &text) == 0)
		send_refer(other, text, call);
	osip_free(text);
	osip_uri_free(uri);
}

/* ---- NOTIFY ---- */

/* The event of M is refer, of this REFER where it says of which (RFC 3515
 * 2.4.6). */
static int
judge_event(const struct call *call, const osip_message_t *m)
{
	const char *event = sip_header_short(m, "event", "o");
	unsigned long id;
	const char *param;

	if (event == NULL)
		return 400;
	if (osip_strncasecmp(event, "refer", 5) != 0 ||
	    strchr("; \t", event[5]) == NULL)
		return 489;
	if (!call->transfer.lives)
		return 481;
	param = strstr(event, "id=");
	if (param != NULL &&
	    (!text_read_u(param + 3, &id) || id != call->transfer.cseq))
		return 481;
	return 0;
}

static int
judge_notify(const struct call *call, const osip_message_t *m, int *status)
{
	const char *body = sip_body(m);
	unsigned long number;
	int refused = judge_event(call, m);

	if (refused != 0)
		return refused;
	if (sip_header(m, "subscription-state") == NULL)
		return 400;
	if (!sip_is_type(m, "message", "sipfrag"))
		return 415;
	if (body == NULL || osip_strncasecmp(body, "SIP/2.0 ", 8) != 0 ||
	    !text_read_u(body + 8, &number) || number < 100 || number > 699)
		return 400;
	*status = (int)number;
	return 0;
}

/* RFC 6665 4.1.3: as long as it says, and for its last NOTIFY. */
static void
wait_on(struct call *call, const char *state)
{
	const char *param = strstr(state, "expires=");
	unsigned long s = EXPIRES_MAX_S;

	if (param == NULL || !text_read_u(param + 8, &s) || s > EXPIRES_MAX_S)
		s = EXPIRES_MAX_S;
	timer_in(&call->phone->timers, &call->transfer.timer,
	    (uint64_t)s * S_US + SIP_64T1_US, on_transfer_silence, call);
}

void
call_notified(struct call *call, struct tx *tx)
{
	osip_message_t *m = tx_message(tx), *response;
	char state[64];
	int status = 0, refused = judge_notify(call, m, &status);

	response = sip_build_response(
	    &call->phone->sip, m, refused != 0 ? refused : 200, NULL);
	if (refused == 0)
		text_copy(
		    state, sizeof(state), sip_header(m, "subscription-state"));
	tx_respond(tx, response);
	if (refused != 0)
		return;
	osip_dialog_update_route_set_as_uas(call->dialog, m);
	if (osip_strncasecmp(state, "terminated", 10) == 0)
		finish_transfer(call, status);
	else
		wait_on(call, state);
}
