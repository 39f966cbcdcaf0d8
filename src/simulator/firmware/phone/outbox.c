/* Text messages out: RFC 3428 4; RFC 3261 22.2. */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

static void on_message_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg);

static bool
send_message(struct phone *phone, osip_message_t *m)
{
	struct outbox *box = &phone->outbox;
	struct where to;

	if (!sip_next_hop(&phone->sip, m, &to)) {
		osip_message_free(m);
		screens_notice(phone, TEXT_UNKNOWN_HOST, "");
		return false;
	}
	auth_add(&box->auth, &phone->sip, m);
	box->tx =
	    tx_request(&phone->sip, m, &to, false, on_message_response, phone);
	return box->tx != NULL;
}

/* Once more, with a password; false: that is of no use. */
static bool
send_message_again(
    struct phone *phone, struct tx *tx, const osip_message_t *response)
{
	struct outbox *box = &phone->outbox;
	osip_message_t *m;

	if (tx_message(tx) == NULL ||
	    !auth_learn(&box->auth, &phone->config, response))
		return false;
	m = sip_build_again(&phone->sip, tx_message(tx), ++box->cseq);
	tx_user(tx, NULL, NULL);
	return m != NULL && send_message(phone, m);
}

static void
on_message_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct phone *phone = arg;
	struct outbox *box = &phone->outbox;
	int status = event == TX_RESPONSE ? m->status_code : 408;

	if (box->tx != tx || event == TX_ENDED || status < 200)
		return;
	box->tx = NULL;
	if ((status == 401 || status == 407) &&
	    send_message_again(phone, tx, m))
		return;
	if (status < 300) {
		auth_well(&box->auth);
		screens_notice(phone, TEXT_SENT, "");
	} else {
		screens_notice(phone, TEXT_NOT_SENT,
		    screens_text(phone, text_of_status(status)));
	}
}

void
outbox_send(struct phone *phone, const char *uri, const char *text)
{
	struct outbox *box = &phone->outbox;
	char tag[20];
	struct text t = TEXT_IN(tag);
	struct sip_request r = {
		.method = "MESSAGE",
		.uri = uri,
		.type = "text/plain;charset=UTF-8",
		.body = text,
	};
	char *from, *to, *call_id;
	osip_message_t *m;

	if (box->tx != NULL) {
		screens_notice(phone, TEXT_S_PENDING, "");
		return;
	}
	rng_word(&phone->rng, &t);
	r.from = from = sip_own_address(phone->sip.config, tag);
	r.to = to = sip_in_brackets(uri);
	r.call_id = call_id = sip_new_call_id(&phone->sip);
	r.cseq = box->cseq = 1;
	box->auth = (struct auth){ 0 };
	m = sip_build(&phone->sip, &r);
	heap_put(from);
	heap_put(to);
	heap_put(call_id);
	if (m == NULL) {
		screens_notice(phone, TEXT_NOT_SENT, "");
		return;
	}
	sip_preload(&phone->sip, m);
	report_log("message to", uri);
	send_message(phone, m);
}
