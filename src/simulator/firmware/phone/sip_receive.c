/*
 * Messages in (RFC 3261 18.1.2, 18.2.1): parsed by libosip2, given to their
 * transaction, or to the layer above where they begin one.
 *
 * There is no gate before the parser, as most small phones have none: what
 * breaks libosip2 breaks the phone, and the watchdog starts it again.
 */
#include "firmware/phone/sip.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

#include <stdarg.h>

static void
silence(const char *file, int line, osip_trace_level_t level,
    const char *format, va_list ap)
{
	(void)file;
	(void)line;
	(void)level;
	(void)format;
	(void)ap;
}

void
sip_start(struct sip *sip)
{
	osip_trace_initialize_func(TRACE_LEVEL0, silence);
	if (osip_init(&sip->osip) != 0)
		hal_panic("libosip2 does not start");
	sip_machine_callbacks(sip);
	sip_stream_start(sip);
}

/* ---- matching ---- */

/*
 * What a transaction is found by.  A client's: branch and CSeq's method
 * (17.1.3).  A server's: branch, sent-by and method, an ACK counting as its
 * INVITE (17.2.3); without the cookie of RFC 3261 what RFC 2543 had: Call-ID,
 * CSeq's number, From's tag, and the topmost Via's host.  METHOD: of whose
 * request, NULL for M's own.
 */
char *
sip_key(const osip_message_t *m, const char *method, bool server)
{
	osip_via_t *via = osip_list_get(&m->vias, 0);
	osip_generic_param_t *branch = NULL;
	char key[512];
	struct text t = TEXT_IN(key);
	bool cookie;

	osip_via_param_get_byname(via, OSIP_NAME("branch"), &branch);
	cookie = branch != NULL && branch->gvalue != NULL &&
		 osip_strncasecmp(branch->gvalue, SIP_COOKIE, 7) == 0;
	if (method == NULL)
		method = m->cseq->method;
	if (strcmp(method, "ACK") == 0)
		method = "INVITE";
	text_s(&t, server ? "s " : "c ");
	text_s(&t, method);
	text_c(&t, ' ');
	if (server) {
		text_s(&t, via->host);
		text_c(&t, ':');
		text_s(&t, via->port);
		text_c(&t, ' ');
	}
	if (cookie) {
		text_s(&t, branch->gvalue);
	} else {
		text_s(&t, m->cseq->number);
		text_c(&t, ' ');
		text_s(&t, sip_tag(m->from));
		text_c(&t, ' ');
		text_s(&t, m->call_id->number);
		text_c(&t, '@');
		text_s(&t, m->call_id->host);
	}
	return heap_copy(key);
}

static struct tx *
find_tx(struct sip *sip, char *key)
{
	struct tx *tx = sip->first;

	while (tx != NULL && strcmp(tx->key, key) != 0)
		tx = tx->next;
	heap_put(key);
	return tx;
}

/* 9.2: as if the CANCEL were the INVITE. */
struct tx *
tx_find_cancelled(struct sip *sip, const osip_message_t *cancel)
{
	return find_tx(sip, sip_key(cancel, "INVITE", true));
}

/* ---- a message ---- */

/* 8.1.1: what no message can be without; libosip2 lets some of it through. */
static bool
whole(const osip_message_t *m)
{
	osip_via_t *via = osip_list_get(&m->vias, 0);
	unsigned long number;

	if (via == NULL || via->host == NULL || m->from == NULL ||
	    m->to == NULL || m->call_id == NULL || m->call_id->number == NULL ||
	    m->cseq == NULL || m->cseq->method == NULL ||
	    !text_read_u(m->cseq->number, &number) || m->from->url == NULL ||
	    m->to->url == NULL)
		return false;
	return MSG_IS_RESPONSE(m) ||
	       (m->sip_method != NULL && m->req_uri != NULL &&
		   strcmp(m->sip_method, m->cseq->method) == 0);
}

/* 18.1.2: a response whose topmost Via is not ours is none of ours. */
static bool
ours(const struct sip *sip, const osip_message_t *m)
{
	osip_via_t *via = osip_list_get(&m->vias, 0);
	uint32_t ip;

	return text_read_ip(via->host, &ip, NULL) && ip == sip->config->own.ip;
}

static void
take_response(struct sip *sip, osip_message_t *m)
{
	struct tx *tx =
	    ours(sip, m) ? find_tx(sip, sip_key(m, NULL, false)) : NULL;

	if (tx != NULL) {
		tx_receive(tx, m);
		return;
	}
	report_log("response to nothing", m->cseq->method);
	osip_message_free(m);
}

static void
take_request(struct sip *sip, osip_message_t *m, const struct where *from)
{
	struct tx *tx = find_tx(sip, sip_key(m, NULL, true));

	if (tx != NULL && (!MSG_IS_ACK(m) || tx->osip != NULL)) {
		tx_receive(tx, m);
	} else if (MSG_IS_ACK(m)) {
		sip->ops->ack(m, sip->arg);
		osip_message_free(m);
	} else {
		tx = tx_serve(sip, m, from);
		if (tx != NULL)
			sip->ops->request(tx, sip->arg);
		else
			report_log("no transaction for it", NULL);
	}
}

/* 7.1, 25.1: "sip/2.0" is the same.  libosip2 knows a response by its capitals
 * alone; a request's version is compared by whom it is for. */
static void
capitalise_version(char *text)
{
	if (osip_strncasecmp(text, "SIP/", 4) == 0)
		memcpy(text, "SIP/", 4);
}

void
sip_receive(
    struct sip *sip, const struct where *from, const uint8_t *data, size_t n)
{
	osip_message_t *m = NULL;
	char *text, ip[16];
	struct text t = TEXT_IN(ip);
	bool good;

	/* RFC 5626 3.5.1: what keeps a NAT's binding alive is not a message. */
	if (n <= 4)
		return;
	text = heap_get(n + 1);
	memcpy(text, data, n);
	capitalise_version(text);
	good = osip_message_init(&m) == 0 &&
	       osip_message_parse(m, text, n) == 0 && whole(m);
	heap_put(text);
	if (!good) {
		report_log("not understood", NULL);
		osip_message_free(m);
		return;
	}
	if (MSG_IS_RESPONSE(m)) {
		take_response(sip, m);
		return;
	}
	text_ip(&t, from->ip);
	osip_message_fix_last_via_header(m, ip, from->port);
	take_request(sip, m, from);
}
