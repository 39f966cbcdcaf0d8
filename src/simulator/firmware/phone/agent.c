/*
 * What a user agent server does with a request before it belongs to a call:
 * RFC 3261 8.2, 9.2, 11, 12.2.2; MESSAGE, RFC 3428.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

/* ---- methods ---- */

static void
on_invite(struct phone *phone, struct tx *tx)
{
	call_incoming(phone, tx);
}

/* RFC 3264 9: with port 0, since it is not an offer. */
static void
describe_phone(struct phone *phone, struct tx *tx)
{
	char *sdp = heap_get(SDP_MAX), tag[20];
	struct text body = text_in(sdp, SDP_MAX), t = TEXT_IN(tag);
	struct sdp_own own = { .direction = SDP_SENDRECV };
	osip_message_t *response;

	rng_word(&phone->rng, &t);
	own.id = own.version = (uint32_t)(rng_next(&phone->rng) >> 33);
	sdp_offer(&phone->config, &own, &body);
	response = sip_build_response(&phone->sip, tx_message(tx), 200, tag);
	if (sip_takes_sdp(tx_message(tx)))
		sip_add_body(response, "application/sdp", sdp);
	heap_put(sdp);
	tx_respond(tx, response);
}

/* 11.2: as an INVITE would be answered. */
static void
on_options(struct phone *phone, struct tx *tx)
{
	bool full = call_other(phone, NULL) != NULL &&
		    call_other(phone, call_other(phone, NULL)) != NULL;

	if (full)
		tx_answer(tx, 486);
	else
		describe_phone(phone, tx);
}

/* RFC 3428 7. */
static void
take_message(struct phone *phone, struct tx *tx)
{
	osip_message_t *m = tx_message(tx);
	const char *text = sip_body(m);
	const char *name = m->from->displayname;
	char *uri = NULL;

	if (m->content_type != NULL && !sip_is_type(m, "text", "plain")) {
		tx_answer(tx, 415);
		return;
	}
	if (name != NULL && name[0] == '"')
		name = NULL; /* the short form of the URI is as good */
	osip_uri_to_str(m->from->url, &uri);
	history_add(&phone->messages, name, uri != NULL ? uri : "",
	    text != NULL ? text : "");
	report_log("message from", uri);
	osip_free(uri);
	tx_answer(tx, 200);
	screens_changed(phone);
}

/* The methods known, and the ones known only within a dialog (481).  A REFER
 * outside of one would let any sender have the phone call any number; the
 * events of REFERs within are the only ones, and there is no other subscription
 * to them. */
static const struct {
	const char *method;
	void (*fn)(struct phone *phone, struct tx *tx);
	int status;  /* where FN is NULL */
	bool inside; /* never outside of its dialog */
} methods[] = {
	{ "INVITE", on_invite, 0, true },
	{ "OPTIONS", on_options, 0, false },
	{ "MESSAGE", take_message, 0, false },
	{ "BYE", NULL, 481, true },
	{ "INFO", NULL, 481, true },
	{ "PRACK", NULL, 481, true },
	{ "UPDATE", NULL, 481, true },
	{ "NOTIFY", NULL, 481, true },
	{ "REFER", NULL, 603, true },
	{ "SUBSCRIBE", NULL, 489, false },
	{ "REGISTER", NULL, 405, false },
	{ "PUBLISH", NULL, 405, false },
};

static void
serve(struct phone *phone, struct tx *tx)
{
	osip_message_t *m = tx_message(tx);

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (strcmp(methods[i].method, m->sip_method) != 0)
			continue;
		/* 12.2.2: a dialog that is not here.  What needs none is
		 * served all the same. */
		if (methods[i].inside && sip_tag(m->to) != NULL)
			tx_answer(tx, 481);
		else if (methods[i].fn != NULL)
			methods[i].fn(phone, tx);
		else
			tx_answer(tx, methods[i].status);
		return;
	}
	tx_answer(tx, 501);
}

/* ---- before that ---- */

/* 8.2.2.3: options required and unknown go back. */
static void
find_unknown(const char *word, size_t n, void *arg)
{
	static const char *const known[] = { "100rel", "replaces" };
	struct text *unknown = arg;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i]) == n &&
		    osip_strncasecmp(known[i], word, n) == 0)
			return;
	if (unknown->n > 0)
		text_s(unknown, ", ");
	text_n(unknown, word, n);
}

static bool
refuse_required(struct sip *sip, struct tx *tx)
{
	osip_message_t *m = tx_message(tx), *response;
	char tag[20], list[256];
	struct text t = TEXT_IN(tag), unknown = TEXT_IN(list);

	sip_each_word(m, "require", find_unknown, &unknown);
	if (unknown.n == 0)
		return false;
	rng_word(sip->rng, &t);
	response = sip_build_response(sip, m, 420, tag);
	sip_add(response, "Unsupported", list);
	tx_respond(tx, response);
	return true;
}

/* The status that a request's line deserves by itself, 0: none. */
static int
judge_request(const struct phone *phone, const osip_message_t *m)
{
	const osip_uri_t *uri = m->req_uri;

	if (!text_same(m->sip_version, "SIP/2.0")) /* 7.1: in any case */
		return 505;
	if (!text_same(uri->scheme, "sip") && !text_same(uri->scheme, "sips"))
		return 416; /* 8.2.2.1 */
	if (uri->username != NULL &&
	    strcmp(uri->username, phone->config.user) != 0)
		return 404;
	/* 8.2.2.2: a merged request is not looked for, a loop is: our own
	 * From with our own tag would have found its dialog. */
	return 0;
}

static void
on_cancel(struct phone *phone, struct tx *tx)
{
	struct tx *invite = tx_find_cancelled(&phone->sip, tx_message(tx));

	tx_answer(tx, invite != NULL ? 200 : 481);
	if (invite != NULL)
		call_cancelled(phone, invite);
}

static void
on_request(struct tx *tx, void *arg)
{
	struct phone *phone = arg;
	osip_message_t *m = tx_message(tx);
	int status;

	if (m == NULL)
		return;
	report_log(m->sip_method, NULL);
	status = judge_request(phone, m);
	/* RFC 3891 3. */
	if (status == 0 && !MSG_IS_INVITE(m) &&
	    sip_headers(m, "replaces", NULL) > 0)
		status = 400;
	if (status != 0) {
		tx_answer(tx, status);
	} else if (MSG_IS_CANCEL(m)) {
		on_cancel(phone, tx);
	} else if (refuse_required(&phone->sip, tx)) {
		return;
	} else if (sip_tag(m->to) == NULL || !call_request(phone, tx)) {
		serve(phone, tx);
	}
}

static void
on_ack(const osip_message_t *ack, void *arg)
{
	call_acked(arg, ack);
}

const struct sip_ops agent_ops = { on_request, on_ack };
