/*
 * Being transferred: RFC 3515 2.4.  A REFER within a call makes the phone call
 * the target, and notify the sender: at once that the call is under way, and in
 * the end of its final status.  The call in which it came goes on until one of
 * the two hangs up; the subscription outlives it (RFC 5057 4.1) and has its
 * dialog then.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

#define EXPIRES_S "60"
#define EXPIRE_US (60ull * S_US)

static void
leave_referral(struct referral *r)
{
	struct phone *phone = r->phone;

	timer_stop(&phone->timers, &r->expire);
	sip_forget(&phone->sip, r);
	if (r->made != NULL)
		r->made->referral = NULL;
	if (r->call == NULL)
		osip_dialog_free(r->dialog);
	memset(r, 0, sizeof(*r));
}

/* ---- NOTIFY ---- */

static void tell_outcome(struct referral *r);

static osip_dialog_t *
dialog_of(const struct referral *r)
{
	return r->call != NULL ? r->call->dialog : r->dialog;
}

static struct auth *
auth_of(struct referral *r)
{
	return r->call != NULL ? &r->call->auth : &r->auth;
}

static void
on_notify(struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct referral *r = arg;

	if (r->notify != tx || event == TX_ENDED ||
	    (event == TX_RESPONSE && m->status_code < 200))
		return;
	if (event == TX_RESPONSE &&
	    (m->status_code == 401 || m->status_code == 407)) {
		r->notify = dialog_send_again(&r->phone->sip, dialog_of(r),
		    auth_of(r), tx, m, on_notify, r);
		if (r->notify != NULL)
			return;
	}
	r->notify = NULL;
	/* RFC 6665 4.2.2: the subscriber is gone; or all has been reported. */
	if (event == TX_TIMEOUT || m->status_code >= 300 || r->told)
		leave_referral(r);
	else if (r->outcome != 0)
		tell_outcome(r);
}

/* RFC 3515 2.4.4: STATUS as a message's first line. */
static void
send_notify(struct referral *r, int status, const char *state)
{
	const char *reason = osip_message_get_reason(status);
	char body[96], event[24];
	struct text t = TEXT_IN(body), e = TEXT_IN(event);
	osip_message_t *m;

	text_s(&t, "SIP/2.0 ");
	text_u(&t, (unsigned)status);
	text_c(&t, ' ');
	text_s(&t, reason != NULL ? reason : "Unknown");
	text_s(&t, "\r\n");
	text_s(&e, "refer");
	if (r->named) { /* 2.4.6: from the second one on */
		text_s(&e, ";id=");
		text_u(&e, r->id);
	}
	m = dialog_next(
	    &r->phone->sip, dialog_of(r), "NOTIFY", "message/sipfrag", body);
	r->notify = NULL;
	if (m != NULL) {
		sip_add(m, "Event", event);
		sip_add(m, "Subscription-State", state);
		r->notify =
		    dialog_send(&r->phone->sip, auth_of(r), m, on_notify, r);
	}
	if (r->notify == NULL)
		leave_referral(r);
}

static void
tell_outcome(struct referral *r)
{
	r->told = true;
	timer_stop(&r->phone->timers, &r->expire);
	send_notify(r, r->outcome, "terminated;reason=noresource");
}

static void
on_expire(void *arg)
{
	struct referral *r = arg;

	if (r->made != NULL)
		r->made->referral = NULL;
	r->made = NULL;
	r->told = true;
	send_notify(r, 100, "terminated;reason=timeout");
}

void
referral_outcome(struct call *made, int status)
{
	struct referral *r = made->referral;

	if (r == NULL)
		return;
	made->referral = NULL;
	r->made = NULL;
	r->outcome = status;
	/* One after the other, so that none overtakes. */
	if (r->notify == NULL)
		tell_outcome(r);
}

void
referral_keep(struct call *call)
{
	for (unsigned i = 0; i < PHONE_REFERRALS; i++) {
		struct referral *r = &call->phone->referrals[i];

		if (r->phone == NULL || r->call != call)
			continue;
		r->auth = call->auth;
		r->dialog = call->dialog;
		r->call = NULL;
		call->dialog = NULL;
		if (r->dialog == NULL)
			leave_referral(r);
	}
}

void
referral_stop(struct phone *phone)
{
	for (unsigned i = 0; i < PHONE_REFERRALS; i++)
		if (phone->referrals[i].phone != NULL)
			leave_referral(&phone->referrals[i]);
}

/* ---- REFER ---- */

/* A slot, where CALL has none that lives; NULL: no. */
static struct referral *
find_referral(struct call *call)
{
	struct referral *free = NULL;

	for (unsigned i = 0; i < PHONE_REFERRALS; i++) {
		struct referral *r = &call->phone->referrals[i];

		if (r->phone == NULL)
			free = r;
		else if (r->call == call)
			return NULL;
	}
	return free;
}

/* What would end a line, or is not text at all. */
static bool
is_one_line(const char *s)
{
	for (; s != NULL && *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7F)
			return false;
	return true;
}

/* RFC 3515 2.1: one address.  A URI with a comma is in brackets. */
static bool
is_single(const char *value)
{
	bool quoted = false, inside = false;

	for (; *value != '\0'; value++) {
		if (*value == '\\' && quoted && value[1] != '\0')
			value++;
		else if (*value == '"')
			quoted = !quoted;
		else if (!quoted && (*value == '<' || *value == '>'))
			inside = *value == '<';
		else if (*value == ',' && !quoted && !inside)
			return false;
	}
	return true;
}

static void
remove_param(osip_list_t *params, osip_uri_param_t *param)
{
	for (int i = osip_list_size(params); param != NULL && i-- > 0;)
		if (osip_list_get(params, i) == param) {
			osip_list_remove(params, i);
			osip_uri_param_free(param);
			return;
		}
}

/* Of URI's headers only a Replaces is taken (RFC 3261 19.1.5); the rest of it
 * is the target.  False: it can't be. */
static bool
read_target(osip_uri_t *uri, struct call_wish *wish)
{
	osip_uri_param_t *method = NULL, *replaces = NULL;

	if (!text_same(uri->scheme, "sip"))
		return false;
	osip_uri_uparam_get_byname(uri, OSIP_NAME("method"), &method);
	if (method != NULL && !text_equal(method->gvalue, "INVITE"))
		return false;
	osip_uri_param_get_byname(
	    &uri->url_headers, OSIP_NAME("Replaces"), &replaces);
	if (replaces != NULL) {
		if (!is_one_line(replaces->gvalue))
			return false;
		wish->replaces = heap_copy(replaces->gvalue);
	}
	osip_uri_param_freelist(&uri->url_headers);
	remove_param(&uri->url_params, method);
	return osip_uri_to_str(uri, &wish->uri) == 0 && is_one_line(wish->uri);
}

/* The status of the rejection, 0: it is done.  R is NULL where no subscription
 * can be made.  WISH's contents afterwards are the caller's to free. */
static int
judge_refer(struct call *call, const struct referral *r,
    const osip_message_t *m, struct call_wish *wish)
{
	const char *refer = sip_header_short(m, "refer-to", "r");
	osip_from_t *to = NULL;
	bool good;

	if (call->state == CALL_TERMINATING || call->hang_up)
		return 481;
	if (refer == NULL || sip_headers(m, "refer-to", "r") != 1 ||
	    !is_single(refer))
		return 400; /* RFC 3515 2.4.2 */
	if (call->state != CALL_CONFIRMED || r == NULL)
		return 491;
	if (osip_from_init(&to) != 0 || osip_from_parse(to, refer) != 0 ||
	    to->url == NULL || to->url->scheme == NULL) {
		osip_from_free(to);
		return 400;
	}
	good = read_target(to->url, wish);
	osip_from_free(to);
	if (!good || !call_may_dial(call->phone))
		return 603;
	return 0;
}

/* The subscription begins (RFC 3515 2.4.5), and the call. */
static void
accept_refer(struct call *call, struct referral *r, struct tx *tx,
    const struct call_wish *wish)
{
	struct phone *phone = call->phone;
	struct call *made;

	*r = (struct referral){ .phone = phone, .call = call };
	r->id = (unsigned)osip_atoi(tx_message(tx)->cseq->number);
	r->named = call->refers++ > 0;
	tx_answer(tx, 202);
	report_log("sent on to", wish->uri);
	timer_in(&phone->timers, &r->expire, EXPIRE_US, on_expire, r);
	send_notify(r, 100, "active;expires=" EXPIRES_S);
	made = call_dial_wish(phone, wish);
	if (r->phone == NULL)
		return; /* there is no one to notify */
	if (made != NULL) {
		made->referral = r;
		r->made = made;
		return;
	}
	/* RFC 3261 8.1.3.1: as if it had come. */
	r->outcome = 503;
	if (r->notify == NULL)
		tell_outcome(r);
}

void
call_referred(struct call *call, struct tx *tx)
{
	osip_message_t *m = tx_message(tx);
	const char *by = sip_header_short(m, "referred-by", "b");
	struct call_wish wish = { 0 };
	struct referral *r = find_referral(call);
	int status = judge_refer(call, r, m, &wish);

	if (by != NULL && is_one_line(by))
		wish.by = heap_copy(by);
	if (status != 0)
		tx_answer(tx, status);
	else
		accept_refer(call, r, tx, &wish);
	osip_free(wish.uri);
	heap_put(wish.replaces);
	heap_put(wish.by);
}
