/* Reports and log lines. */
#include "firmware/phone/report.h"

#include "firmware/phone/sip.h"

#define LINE_MAX 320

/* Bytes that are no printable ASCII or UTF-8 would end or garble the line. */
static void
put_printable(struct text *t, const char *s)
{
	text_c(t, ' ');
	for (; s != NULL && *s != '\0'; s++)
		text_c(t, (unsigned char)*s <= ' ' || *s == 0x7F ? '_' : *s);
}

void
report_call(
    unsigned id, const char *state, const char *peer, const char *call_id)
{
	char line[LINE_MAX];
	struct text t = TEXT_IN(line);

	text_s(&t, "call ");
	text_u(&t, id);
	put_printable(&t, state);
	put_printable(&t, peer);
	put_printable(&t, call_id);
	hal_report(line);
	hal_log(line);
}

void
report_registration(const char *state, const char *event)
{
	char line[LINE_MAX];
	struct text t = TEXT_IN(line);

	text_s(&t, "registration");
	put_printable(&t, state);
	text_c(&t, ' ');
	text_s(&t, event);
	hal_report(line);
	hal_log(line);
}

void
report_size(const osip_message_t *request, size_t n, uint32_t ip, uint16_t port)
{
	char line[LINE_MAX], *uri = NULL;
	struct text t = TEXT_IN(line);

	if (osip_uri_to_str(request->req_uri, &uri) != 0)
		return;
	text_s(&t, "size ");
	text_u(&t, n);
	text_c(&t, ' ');
	text_u(&t, SIP_UDP_SIZE);
	text_c(&t, ' ');
	text_ip(&t, ip);
	text_c(&t, ':');
	text_u(&t, port);
	put_printable(&t, uri);
	osip_free(uri);
	hal_report(line);
	hal_log("too large for UDP");
}

void
report_fsm(const struct tx *tx, const char *from, const char *event)
{
	char line[LINE_MAX];
	struct text t = TEXT_IN(line);

	text_s(&t, "fsm");
	put_printable(&t, tx_machine(tx->type));
	put_printable(&t, tx->branch);
	put_printable(&t, from);
	put_printable(&t, tx->state);
	text_c(&t, ' ');
	text_s(&t, event); /* may be several words: the last of the line */
	hal_report(line);
}

void
report_timer(
    const struct tx *tx, const char *name, const char *what, uint32_t ms)
{
	char line[LINE_MAX];
	struct text t = TEXT_IN(line);

	text_s(&t, "timer");
	put_printable(&t, name);
	put_printable(&t, what);
	text_c(&t, ' ');
	text_u(&t, ms);
	put_printable(&t, tx_machine(tx->type));
	put_printable(&t, tx->branch);
	hal_report(line);
}

void
report_log(const char *what, const char *more)
{
	char line[LINE_MAX];
	struct text t = TEXT_IN(line);

	text_s(&t, what);
	if (more != NULL)
		put_printable(&t, more);
	hal_log(line);
}
