/*
 * What a user agent server does with a request before it belongs to a call:
 * RFC 3261 8.2, 9.2, 11, 12.2.2; MESSAGE, RFC 3428.
 */
#include "firmware/phone/priv.h"

#include "firmware/phone/report.h"

/* ---- methods ---- */

static void
on_invite(struct phone *phone, struct tx *tx)
{
	call_incoming(phone, tx);
}

/* 11.2: as an INVITE would be answered. */
static void
on_options(struct phone *phone, struct tx *tx)
{
	bool full = call_other(phone, NULL) != NULL &&
		    call_other(phone, call_other(phone, NULL)) != NULL;

	tx_answer(tx, full ? 486 : 200);
}

/* RFC 3428 7. */
static void
on_message(struct phone *phone, struct tx *tx)
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

/* What we know of, and what only within a dialog (481). */
static const struct {
	const char *method;
	void (*fn)(struct phone *phone, struct tx *tx);
	int status; /* where FN is NULL */
} methods[] = {
	{ "INVITE", on_invite, 0 },
	{ "OPTIONS", on_options, 0 },
	{ "MESSAGE", on_message, 0 },
	{ "BYE", NULL, 481 },
	{ "INFO", NULL, 481 },
	{ "REGISTER", NULL, 405 },
	{ "SUBSCRIBE", NULL, 405 },
	{ "NOTIFY", NULL, 405 },
	{ "PUBLISH", NULL, 405 },
	{ "REFER", NULL, 405 },
	{ "UPDATE", NULL, 405 },
	{ "PRACK", NULL, 405 },
};

static void
serve(struct phone *phone, struct tx *tx)
{
	osip_message_t *m = tx_message(tx);

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (strcmp(methods[i].method, m->sip_method) != 0)
			continue;
		if (methods[i].fn != NULL)
			methods[i].fn(phone, tx);
		else
			tx_answer(tx, methods[i].status);
		return;
	}
	tx_answer(tx, 501);
}

/* ---- before that ---- */

/* 8.2.2.3: what is required and not known, here anything, goes back. */
static bool
refuse_required(struct sip *sip, struct tx *tx)
{
	osip_message_t *m = tx_message(tx), *response;
	const char *value = sip_header(m, "require");
	char tag[20];
	struct text t = TEXT_IN(tag);
	int pos = 0;

	if (value == NULL)
		return false;
	rng_word(sip->rng, &t);
	response = sip_build_response(sip, m, 420, tag);
	while ((value = sip_header_next(m, "require", &pos)) != NULL)
		sip_add(response, "Unsupported", value);
	tx_respond(tx, response);
	return true;
}

/* The status that a request's line deserves by itself, 0: none. */
static int
judge(const struct phone *phone, const osip_message_t *m)
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
	status = judge(phone, m);
	if (status != 0) {
		tx_answer(tx, status);
	} else if (MSG_IS_CANCEL(m)) {
		on_cancel(phone, tx);
	} else if (refuse_required(&phone->sip, tx)) {
		return;
	} else if (sip_tag(m->to) == NULL) {
		serve(phone, tx);
	} else if (!call_request(phone, tx)) {
		/* 12.2.2: a dialog that is not here.  What needs none is
		 * served all the same. */
		if (MSG_IS_INVITE(m) || MSG_IS_BYE(m))
			tx_answer(tx, 481);
		else
			serve(phone, tx);
	}
}

static void
on_ack(const osip_message_t *ack, void *arg)
{
	call_acked(arg, ack);
}

const struct sip_ops agent_ops = { on_request, on_ack };
