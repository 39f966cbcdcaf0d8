/*
 * Messages built with libosip2's setters (RFC 3261 8.1.1, 8.2.6, 9.1).
 */
#include "firmware/phone/sip.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/sdp.h"

#define PRODUCT "Handset/1.0"

/* ---- fields ---- */

void
sip_add(osip_message_t *m, const char *name, const char *value)
{
	osip_message_set_header(m, name, value);
}

void
sip_add_body(osip_message_t *m, const char *type, const char *body)
{
	size_t n = body != NULL ? strlen(body) : 0;

	if (n == 0)
		return;
	osip_message_set_content_type(m, type);
	osip_message_set_body(m, body, n);
}

/* "<sip:user@ip:port;transport=tcp>" */
static void
put_contact(const struct sip *sip, struct text *t)
{
	text_s(t, "<sip:");
	text_s(t, sip->config->user);
	text_c(t, '@');
	text_ip(t, sip->config->own.ip);
	text_c(t, ':');
	text_u(t, sip->config->own.port);
	if (sip->config->tcp)
		text_s(t, ";transport=tcp");
	text_c(t, '>');
}

static void
add_contact(const struct sip *sip, osip_message_t *m)
{
	char contact[CONFIG_URI];
	struct text t = TEXT_IN(contact);

	put_contact(sip, &t);
	osip_message_set_contact(m, contact);
}

/* 8.1.1.7; RFC 3581 3: rport.  sip_fit has the last word on the transport. */
static void
add_via(struct sip *sip, osip_message_t *m)
{
	char via[128];
	struct text t = TEXT_IN(via);

	text_s(&t, "SIP/2.0/UDP ");
	text_ip(&t, sip->config->own.ip);
	text_c(&t, ':');
	text_u(&t, sip->config->own.port);
	text_s(&t, ";rport;branch=" SIP_COOKIE);
	rng_word(sip->rng, &t);
	osip_message_set_via(m, via);
}

static void
set_cseq(osip_message_t *m, unsigned number, const char *method)
{
	char cseq[48];
	struct text t = TEXT_IN(cseq);

	text_u(&t, number);
	text_c(&t, ' ');
	text_s(&t, method);
	if (m->cseq != NULL)
		osip_cseq_free(m->cseq);
	m->cseq = NULL;
	osip_message_set_cseq(m, cseq);
}

/* ---- requests ---- */

osip_message_t *
sip_build(struct sip *sip, const struct sip_request *r)
{
	osip_message_t *m = NULL;
	osip_uri_t *uri = NULL;

	osip_message_init(&m);
	osip_uri_init(&uri);
	osip_message_set_version(m, osip_strdup("SIP/2.0"));
	osip_message_set_method(m, osip_strdup(r->method));
	osip_message_set_uri(m, uri);
	if (osip_uri_parse(uri, r->uri) != 0 ||
	    osip_message_set_from(m, r->from) != 0 ||
	    osip_message_set_to(m, r->to) != 0) {
		osip_message_free(m);
		return NULL;
	}
	add_via(sip, m);
	osip_message_set_call_id(m, r->call_id);
	set_cseq(m, r->cseq, r->method);
	sip_add(m, "Max-Forwards", "70");
	sip_add(m, "User-Agent", PRODUCT);
	if (r->contact)
		add_contact(sip, m);
	if (strcmp(r->method, "INVITE") == 0) {
		sip_add(m, "Allow", SIP_ALLOW);
		sip_add(m, "Supported", SIP_SUPPORTED);
	}
	sip_add_body(m, r->type, r->body);
	return m;
}

osip_message_t *
sip_build_again(struct sip *sip, const osip_message_t *request, unsigned cseq)
{
	osip_message_t *m = NULL;
	osip_via_t *via;

	if (osip_message_clone(request, &m) != 0)
		return NULL;
	/* A clone would be printed as its original was. */
	osip_message_force_update(m);
	via = osip_list_get(&m->vias, 0);
	osip_list_remove(&m->vias, 0);
	osip_via_free(via);
	add_via(sip, m);
	set_cseq(m, cseq, request->sip_method);
	while (osip_list_size(&m->authorizations) > 0) {
		osip_authorization_free(osip_list_get(&m->authorizations, 0));
		osip_list_remove(&m->authorizations, 0);
	}
	while (osip_list_size(&m->proxy_authorizations) > 0) {
		osip_proxy_authorization_free(
		    osip_list_get(&m->proxy_authorizations, 0));
		osip_list_remove(&m->proxy_authorizations, 0);
	}
	return m;
}

static void
copy_via(const osip_message_t *from, osip_message_t *to, bool all)
{
	for (int i = 0; i < osip_list_size(&from->vias) && (all || i == 0);
	     i++) {
		osip_via_t *via = NULL;

		osip_via_clone(osip_list_get(&from->vias, i), &via);
		osip_list_add(&to->vias, via, -1);
	}
}

osip_message_t *
sip_build_cancel(const osip_message_t *invite)
{
	osip_message_t *m = NULL;
	osip_uri_t *uri = NULL;

	osip_message_init(&m);
	osip_uri_clone(invite->req_uri, &uri);
	osip_message_set_version(m, osip_strdup("SIP/2.0"));
	osip_message_set_method(m, osip_strdup("CANCEL"));
	osip_message_set_uri(m, uri);
	copy_via(invite, m, false);
	osip_from_clone(invite->from, &m->from);
	osip_to_clone(invite->to, &m->to);
	osip_call_id_clone(invite->call_id, &m->call_id);
	set_cseq(m, (unsigned)osip_atoi(invite->cseq->number), "CANCEL");
	sip_add(m, "Max-Forwards", "70");
	for (int i = 0; i < osip_list_size(&invite->routes); i++) {
		osip_route_t *route = NULL;

		osip_route_clone(osip_list_get(&invite->routes, i), &route);
		osip_list_add(&m->routes, route, -1);
	}
	return m;
}

/* ---- responses ---- */

static void
copy_record_routes(const osip_message_t *from, osip_message_t *to)
{
	for (int i = 0; i < osip_list_size(&from->record_routes); i++) {
		osip_record_route_t *rr = NULL;

		osip_record_route_clone(
		    osip_list_get(&from->record_routes, i), &rr);
		osip_list_add(&to->record_routes, rr, -1);
	}
}

/* What may be asked of us, in a 2xx of INVITE and OPTIONS (13.3.1.4, 11.2). */
static void
add_abilities(osip_message_t *m)
{
	sip_add(m, "Allow", SIP_ALLOW);
	sip_add(m, "Supported", SIP_SUPPORTED);
}

/* 11.2 */
static void
add_options(osip_message_t *m)
{
	sip_add(
	    m, "Accept", "application/sdp, text/plain, application/dtmf-relay");
	sip_add(m, "Accept-Encoding", "identity");
	sip_add(m, "Accept-Language", "en");
}

/* 21.4.13: the types of the bodies that requests like M have. */
static const char *
body_types(const osip_message_t *m)
{
	static const struct {
		const char *method, *types;
	} rows[] = { { "MESSAGE", "text/plain" },
		{ "INFO", "application/dtmf-relay, application/dtmf" },
		{ "NOTIFY", "message/sipfrag" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_same(m->sip_method, rows[i].method))
			return rows[i].types;
	return "application/sdp";
}

void
sip_warn(struct sip *sip, const struct sdp_own *own,
    const osip_message_t *request, osip_message_t *m)
{
	char value[120];
	struct text t = TEXT_IN(value);
	const char *words;
	unsigned code = sdp_warning(own, sip_body(request), &words);

	if (code == 0)
		return;
	text_u(&t, code);
	text_c(&t, ' ');
	text_ip(&t, sip->config->own.ip);
	text_c(&t, ':');
	text_u(&t, sip->config->own.port);
	text_s(&t, " \"");
	text_s(&t, words);
	text_c(&t, '"');
	sip_add(m, "Warning", value);
}

/* What a status asks for beside the copied fields: 12.1.1, 8.2.1, 20.5; a
 * target of UPDATE and REFER (RFC 3311 5.2, RFC 3515 2.2). */
static void
add_by_status(struct sip *sip, const osip_message_t *request, int status,
    osip_message_t *m)
{
	bool invite = MSG_IS_INVITE(request);

	if (invite && status > 100 && status < 300) {
		copy_record_routes(request, m);
		add_contact(sip, m);
	}
	if ((MSG_IS_UPDATE(request) || MSG_IS_REFER(request)) &&
	    status >= 200 && status < 300)
		add_contact(sip, m);
	if (status == 405 || status == 501)
		sip_add(m, "Allow", SIP_ALLOW);
	if (status >= 200 && status < 300 &&
	    (invite || MSG_IS_OPTIONS(request)))
		add_abilities(m);
	if (status == 489) /* RFC 6665 8.3.2; it takes a REFER to begin it */
		sip_add(m, "Allow-Events", "refer");
	if (status == 415)
		sip_add(m, "Accept", body_types(request));
	if (status == 200 && MSG_IS_OPTIONS(request))
		add_options(m);
	if (status == 488)
		sip_warn(sip, NULL, request, m);
}

osip_message_t *
sip_build_response(
    struct sip *sip, const osip_message_t *request, int status, const char *tag)
{
	const char *reason = osip_message_get_reason(status);
	osip_message_t *m = NULL;

	osip_message_init(&m);
	osip_message_set_version(m, osip_strdup("SIP/2.0"));
	osip_message_set_status_code(m, status);
	osip_message_set_reason_phrase(
	    m, osip_strdup(reason != NULL ? reason : "Unknown"));
	copy_via(request, m, true);
	osip_from_clone(request->from, &m->from);
	osip_to_clone(request->to, &m->to);
	osip_call_id_clone(request->call_id, &m->call_id);
	osip_cseq_clone(request->cseq, &m->cseq);
	if (tag != NULL && status > 100 && sip_tag(m->to) == NULL)
		osip_to_set_tag(m->to, osip_strdup(tag));
	add_by_status(sip, request, status, m);
	return m;
}

/* ---- reading ---- */

void
sip_each_word(const osip_message_t *m, const char *name,
    void (*fn)(const char *word, size_t n, void *arg), void *arg)
{
	const char *value;
	int pos = 0;

	while ((value = sip_header_next(m, name, &pos)) != NULL) {
		for (value += strspn(value, " \t,"); *value != '\0';
		     value += strspn(value, " \t,")) {
			size_t n = strcspn(value, " \t,");

			fn(value, n, arg);
			value += n;
		}
	}
}

struct wanted_word {
	const char *word;
	bool found;
};

static void
compare_word(const char *word, size_t n, void *arg)
{
	struct wanted_word *w = arg;

	if (strlen(w->word) == n && osip_strncasecmp(w->word, word, n) == 0)
		w->found = true;
}

bool
sip_requires(const osip_message_t *m, const char *tag)
{
	struct wanted_word w = { tag, false };

	sip_each_word(m, "require", compare_word, &w);
	return w.found;
}

const char *
sip_header_next(const osip_message_t *m, const char *name, int *pos)
{
	osip_header_t *h = NULL;

	/* The library counts headers of all names. */
	*pos = osip_message_header_get_byname(m, name, *pos, &h);
	if (*pos < 0 || h == NULL)
		return NULL;
	(*pos)++;
	return h->hvalue;
}

const char *
sip_header(const osip_message_t *m, const char *name)
{
	int pos = 0;

	return sip_header_next(m, name, &pos);
}

const char *
sip_header_short(const osip_message_t *m, const char *name, const char *compact)
{
	const char *value = sip_header(m, name);

	return value != NULL ? value : sip_header(m, compact);
}

static unsigned
count_headers(const osip_message_t *m, const char *name)
{
	osip_header_t *h = NULL;
	unsigned n = 0;
	int pos = 0;

	if (name == NULL)
		return 0;
	while ((pos = osip_message_header_get_byname(m, name, pos, &h)) >= 0) {
		pos++;
		n++;
	}
	return n;
}

unsigned
sip_headers(const osip_message_t *m, const char *name, const char *compact)
{
	return count_headers(m, name) + count_headers(m, compact);
}

unsigned long
sip_number(const osip_message_t *m, const char *name, unsigned long fallback)
{
	unsigned long value;

	return text_read_u(sip_header(m, name), &value) ? value : fallback;
}

const char *
sip_tag(const osip_from_t *from_or_to)
{
	osip_generic_param_t *tag = NULL;

	osip_generic_param_get_byname(
	    (osip_list_t *)(uintptr_t)&from_or_to->gen_params, OSIP_NAME("tag"),
	    &tag);
	return tag != NULL ? tag->gvalue : NULL;
}

const char *
sip_body(const osip_message_t *m)
{
	osip_body_t *body = osip_list_get(&m->bodies, 0);

	return body != NULL ? body->body : NULL;
}

/* 20.1: the default is application/sdp; an empty Accept takes nothing. */
bool
sip_takes_sdp(const osip_message_t *m)
{
	int n = osip_list_size(&m->accepts);

	for (int i = 0; i < n; i++) {
		const osip_accept_t *a = osip_list_get(&m->accepts, i);
		bool any = text_same(a->subtype, "*");

		if (text_same(a->type, "*") ||
		    (text_same(a->type, "application") &&
			(any || text_same(a->subtype, "sdp"))))
			return true;
	}
	return n == 0;
}

bool
sip_is_type(const osip_message_t *m, const char *type, const char *sub)
{
	return m->content_type != NULL &&
	       text_same(m->content_type->type, type) &&
	       text_same(m->content_type->subtype, sub);
}
