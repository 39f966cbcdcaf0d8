/*
 * Messages out: printed by libosip2, made compact where the phone is told to,
 * sent from the phone's own port (RFC 3261 18.1.1, 18.2.2, 7.3.3).
 */
#include "firmware/phone/sip.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

static const struct {
	const char *name;
	char compact;
} forms[] = {
	{ "Via", 'v' },
	{ "From", 'f' },
	{ "To", 't' },
	{ "Call-ID", 'i' },
	{ "Contact", 'm' },
	{ "Content-Type", 'c' },
	{ "Content-Length", 'l' },
	{ "Content-Encoding", 'e' },
	{ "Subject", 's' },
	{ "Supported", 'k' },
	{ "Refer-To", 'r' },
	{ "Event", 'o' },
	{ "Allow-Events", 'u' },
};

/* The compact form of the name LINE begins with, 0 where it has none; *LENGTH
 * is the name's. */
static char
compact_form(const char *line, size_t length)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strlen(forms[i].name) == length &&
		    osip_strncasecmp(forms[i].name, line, length) == 0)
			return forms[i].compact;
	return '\0';
}

size_t
sip_compact(const char *in, size_t n, char *out)
{
	size_t at = 0, to = 0;
	bool first = true;

	while (at < n && in[at] != '\r') {
		const char *lf = memchr(in + at, '\n', n - at);
		size_t line = lf != NULL ? (size_t)(lf - in) + 1 - at : n - at;
		const char *colon = memchr(in + at, ':', line);
		size_t name = colon != NULL ? (size_t)(colon - in) - at : 0;
		char form = first ? '\0' : compact_form(in + at, name);

		if (form != '\0') {
			out[to++] = form;
			at += name;
			line -= name;
		}
		memcpy(out + to, in + at, line);
		to += line;
		at += line;
		first = false;
	}
	memcpy(out + to, in + at, n - at);
	return to + n - at;
}

/* By the connection that is there.  Of a response whose connection is gone,
 * by one to where its Via's sender listens (18.2.2). */
static bool
send_stream(struct sip *sip, const osip_message_t *m, const struct where *to,
    const char *text, size_t n)
{
	struct where at = *to;

	if (MSG_IS_RESPONSE(m) && !sip_stream_is_open(sip, to))
		sip_response_to(m, &at);
	return n <= SIP_STREAM_MAX && sip_stream_send(sip, &at, text, n);
}

static bool
send_text(struct sip *sip, const osip_message_t *m, const struct where *to,
    const char *text, size_t n)
{
	if (to->tcp)
		return send_stream(sip, m, to, text, n);
	if (n > SIP_DATAGRAM)
		return false;
	link_send(sip->link, to, sip->config->own.port, text, n);
	return true;
}

void
sip_send(struct sip *sip, osip_message_t *m, const struct where *to)
{
	char *text = NULL, *compact = NULL;
	size_t n = 0;

	if (m == NULL || osip_message_to_str(m, &text, &n) != 0)
		return;
	if (sip->config->compact) {
		compact = heap_get(n);
		n = sip_compact(text, n, compact);
	}
	if (!send_text(sip, m, to, compact != NULL ? compact : text, n))
		report_log("too long to be sent", m->sip_method);
	heap_put(compact);
	osip_free(text);
}

void
sip_response_to(const osip_message_t *m, struct where *to)
{
	osip_via_t *via = osip_list_get(&m->vias, 0);
	osip_generic_param_t *received = NULL, *rport = NULL, *maddr = NULL;
	unsigned long port = 5060;

	osip_via_param_get_byname(via, OSIP_NAME("received"), &received);
	osip_via_param_get_byname(via, OSIP_NAME("rport"), &rport);
	osip_via_param_get_byname(via, OSIP_NAME("maddr"), &maddr);
	/* RFC 3581 4: rport wins over the sent-by's port; by TCP the source
	 * port is not listened on. */
	if (to->tcp || rport == NULL || !text_read_u(rport->gvalue, &port))
		if (!text_read_u(via->port, &port))
			port = 5060;
	if (port > 0 && port <= 65535)
		to->port = (uint16_t)port;
	if (!to->tcp && maddr != NULL && maddr->gvalue != NULL &&
	    text_read_ip(maddr->gvalue, &to->ip, NULL))
		return;
	if (received != NULL && received->gvalue != NULL &&
	    text_read_ip(received->gvalue, &to->ip, NULL))
		return;
	/* Else to where it came from: TO as it is. */
}
