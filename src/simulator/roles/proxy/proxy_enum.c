/*
 * Targets that a proxy asks others for: of telephone numbers the DNS, at the
 * entry of an IMS network the HSS; and between sip and sips.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "dns/e164.h"
#include "dns/order.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "roles/hss/cx.h"
#include "rules/rule_names.h"
#include "text/json.h"

#include <string.h>

/* ---- Telephone numbers as targets: RFC 3966, RFC 6116 ---- */

/* Records of one number that are looked at. */
#define NUMBERS 16

/* Non-terminal records that lead on from one number, at most. */
#define STEPS 5

/* The number of URI, "tel:+44-20-7946-0148;…", or of a user of P's own domain
 * who is one, "sip:+442079460148@example.com;user=phone" (RFC 3261 19.1.6);
 * empty: it has none. */
static struct str
enum_number_of(const struct proxy *p, struct str uri)
{
	struct str rest, number = STR_NULL, user;
	struct msg_uri u;

	if (str_istarts(uri, "tel:"))
		number = str_cut(str_slice(uri, 4, uri.n), ';', &rest);
	else if (msg_uri_read(uri, &u) == 0 && u.sip &&
		 msg_param(u.params, "user", &user) && str_iis(user, "phone") &&
		 node_is_own(p->node, uri))
		number = str_cut(u.user, ';', &rest);
	return number.n > 0 && number.p[0] == '+' ? number : STR_NULL;
}

bool
proxy_is_number(const struct proxy *p, struct str uri)
{
	return node_attr(p->node, "enum", "")[0] != '\0' &&
	       enum_number_of(p, uri).n > 0;
}

/* What was asked, found and passed over. */
static void
record_number(struct proxy_context *c, enum location_status status,
    const struct location_contacts *found, const struct buf *passed)
{
	struct trace_writer *w =
	    node_record(c->proxy->node, TRACE_LOOKUP, RULE_ENUM_LOOKUP);
	LOCAL_BUF list = BUF_INIT;

	trace_put_cstr(w, "op", "enum");
	trace_put_str(w, "aor", proxy_context_request(c)->uri);
	trace_put_cstr(w, "status",
	    status == LOCATION_OK       ? "ok"
	    : status == LOCATION_SILENT ? "silent"
					: "none");
	if (found->n > 0)
		json_add_item(&list, "%s", found->list[0].uri);
	trace_put_list(w, "targets", &list);
	trace_put_list(w, "passed", passed);
	node_record_cause(c->proxy->node);
}

/* A, sorted: *N of R. */
static void
sort_records(
    const struct resolver_answer *a, struct dns_naptr r[NUMBERS], size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < a->n && *n < NUMBERS; i++)
		*n += dns_record_naptr(&a->records[i], &r[*n]) == 0;
	dns_order_naptr(r, *n);
}

/* RFC 6116 3.2: the first record, in order, that makes a SIP URI of NUMBER. */
static void
choose_record(const struct dns_naptr *r, size_t n, struct str number,
    struct location_contacts *found, struct buf *passed)
{
	LOCAL_BUF uri = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		buf_clear(&uri);
		if (!dns_e164_is_sip(&r[i]))
			json_add_item(
			    passed, "%.*s not-spoken", STR_ARG(r[i].service));
		else if (found->n > 0 || dns_e164_uri(&r[i], number, &uri) != 0)
			json_add_item(
			    passed, "%.*s later", STR_ARG(r[i].service));
		else
			location_contacts_add(
			    found, buf_view(&uri), LOCATION_FOREVER_S, 1000);
	}
}

/* RFC 3402 3, RFC 6116 3.4.2: where the first valid record is not terminal, the
 * name under which to go on. */
static const struct dns_name *
leads_on(const struct resolver_answer *a, struct dns_naptr r[NUMBERS])
{
	size_t n;

	sort_records(a, r, &n);
	for (size_t i = 0; i < n; i++) {
		if (dns_e164_is_sip(&r[i]))
			return NULL;
		if (r[i].flags.n == 0 && r[i].regexp.n == 0 &&
		    dns_name_labels(&r[i].replacement) > 0)
			return &r[i].replacement;
	}
	return NULL;
}

/* C's number is known, or unknown for good. */
static void
tell_number(struct proxy_context *c, const struct resolver_answer *a)
{
	struct location_contacts found = { NULL, 0 };
	enum location_status status = LOCATION_UNKNOWN;
	struct dns_naptr r[NUMBERS];
	LOCAL_BUF passed = BUF_INIT;
	struct str uri = proxy_context_request(c)->uri;
	size_t n = 0;

	sort_records(a, r, &n);
	choose_record(r, n, enum_number_of(c->proxy, uri), &found, &passed);
	if (a->silent)
		status = LOCATION_SILENT;
	else if (found.n > 0)
		status = LOCATION_OK;
	record_number(c, status, &found, &passed);
	node_fail_nomem(c->proxy->node, passed.err);
	/* The owner of a number may be a user of the domain as well. */
	if (status == LOCATION_OK || str_istarts(uri, "tel:"))
		proxy_take_targets(status, &found, c);
	else
		proxy_ask_location(c);
	location_contacts_free(&found);
}

/* 0 with A, ERR_STOPPED, or another error, with which there is no answer. */
static int
enum_find_number(struct proxy_context *c, struct resolver_answer *a)
{
	struct node *n = c->proxy->node;
	struct dns_naptr r[NUMBERS];
	const struct dns_name *next = NULL;
	struct dns_name zone, name;
	int err = dns_name_read(str_of(node_attr(n, "enum", "")), NULL, &zone);

	if (err == 0)
		err = dns_e164_name(
		    enum_number_of(c->proxy, proxy_context_request(c)->uri),
		    &zone, &name);
	for (unsigned i = 0; err == 0 && resolver_has_servers(n) && i < STEPS;
	     i++) {
		err = resolver_get(n, &name, DNS_TYPE_NAPTR, &c->number, a);
		next = err == 0 ? leads_on(a, r) : NULL;
		if (next == NULL)
			break;
		name = *next;
	}
	node_fail_nomem(n, err);
	return err;
}

static void
on_number(void *arg)
{
	struct proxy_context *c = arg;
	struct resolver_answer a = { 0 };
	int err = enum_find_number(c, &a);

	if (err != ERR_STOPPED)
		tell_number(c, &a);
}

/* What the DNS names for a number is asked of the resolver, and answers as a
 * location service would. */
void
proxy_ask_number(struct proxy_context *c)
{
	resolver_begin(c->proxy->node, &c->number, on_number, c);
	on_number(c);
}

/* ---- The entry of an IMS network, its I-CSCF (hss=NODE) ---- */

/* The S-CSCF chosen where the server names none: the first one of the attribute
 * `serving` (TS 29.228 6.7). */
static void
write_choice(const struct proxy *p, struct buf *out)
{
	struct str rest = str_of(node_attr(p->node, "serving", ""));
	const struct node *n =
	    map_get(p->node->world->nodes, str_cut(rest, ' ', &rest));

	if (n != NULL)
		node_write_uri(&n->faces[0], ADDR_DEFAULT, out);
}

/* A REGISTER has the S-CSCF in its Request-URI, all else gets a Route (TS
 * 24.229 5.3.1.2, 5.3.2.1). */
static void
forward_to(struct proxy_context *c, struct str server)
{
	const struct msg *m = proxy_context_request(c);
	LOCAL_BUF route = BUF_INIT;
	bool registers = m->method == MSG_REGISTER;

	buf_printf(&route, "<%.*s;lr>", STR_ARG(server));
	c->responsible = true;
	if (route.err != 0)
		node_fail_memory(c->proxy->node);
	else if (proxy_context_add(c, registers ? server : m->uri,
		     registers ? STR_NULL : buf_view(&route), 1000,
		     "subscriber", RULE_CX_FORWARD))
		proxy_context_go(c);
	else
		proxy_context_answer(c, 480, RULE_CX_NO_SERVER);
}

static void
on_home_answer(const struct diameter *answer, void *arg)
{
	struct proxy_context *c = arg;
	bool registers = proxy_context_request(c)->method == MSG_REGISTER;
	struct cx_outcome o =
	    cx_judge(registers ? DIAMETER_UA : DIAMETER_LI, answer);
	struct str server = STR_NULL;
	LOCAL_BUF choice = BUF_INIT;

	c->asking = false;
	if (o.status == 0)
		server = diameter_find(answer->avps, DIAMETER_AVP_SERVER_NAME);
	if (o.status == 0 && server.n == 0) {
		write_choice(c->proxy, &choice);
		server = buf_view(&choice);
	}
	if (o.status != 0)
		proxy_context_answer(c, o.status, o.why);
	else if (server.n == 0)
		proxy_context_answer(c, 600, RULE_CX_NO_SERVER);
	else if (!c->final)
		forward_to(c, server);
	proxy_context_release(c);
}

/* Whom C's request is for: a REGISTER by To, all else by its Request-URI. */
static int
enum_write_question(struct proxy_context *c, struct buf *impu, struct buf *q)
{
	const struct msg *m = proxy_context_request(c);
	struct str visited = msg_value(m, MSG_H_P_VISITED_NETWORK_ID);
	LOCAL_BUF impi = BUF_INIT;
	int err;

	if (m->method == MSG_REGISTER) {
		err = cx_identities(m, &impi, impu);
		cx_begin(c->proxy->home, DIAMETER_UA, buf_view(&impi),
		    buf_view(impu), q);
		/* RFC 7315 4.3: a token or a quoted text. */
		if (visited.n > 1 && visited.p[0] == '"')
			visited = str_slice(visited, 1, visited.n - 1);
		diameter_put(q, DIAMETER_AVP_VISITED_NETWORK,
		    visited.n > 0 ? visited : str_of(c->proxy->node->domain));
		diameter_put_value(q, cx_ends(m) ? DIAMETER_VALUE_AUTHORIZE_END
						 : DIAMETER_VALUE_AUTHORIZE);
	} else {
		err = msg_uri_aor(m->uri, impu);
		cx_begin(
		    c->proxy->home, DIAMETER_LI, STR_NULL, buf_view(impu), q);
	}
	return err;
}

/*
 * An I-CSCF asks the home subscriber server which S-CSCF has the user, by UAR
 * for a REGISTER, by LIR for all else, and forwards by the answer.  It keeps
 * nothing: for the next request it asks again.  TS 24.229 5.3, TS 29.228 6.1.
 */
void
proxy_ask_home(struct proxy_context *c)
{
	LOCAL_BUF impu = BUF_INIT, q = BUF_INIT;
	int err = enum_write_question(c, &impu, &q);

	if (err == 0)
		err = cx_ask(
		    c->proxy->home, buf_view(&impu), &q, on_home_answer, c);
	if (err != 0) {
		c->asking = false;
		node_fail_nomem(c->proxy->node, err);
		proxy_context_answer(
		    c, err == ERR_NOMEM ? 500 : 400, RULE_BAD_REQUEST);
		proxy_context_release(c);
	}
}

/* ---- Between sip and sips: RFC 5630 5.3 ---- */

/* The two warnings. */
enum { NOT_ALLOWED = 380, REQUIRED = 381 };

/* A request for sips never goes on as sip; one for sip goes to a sips Contact
 * as sip, but by TLS. */
bool
proxy_sips_fits(
    struct proxy_context *c, const struct msg_uri *u, struct str uri)
{
	struct node *n = c->proxy->node;

	if (!u->sip)
		return false;
	if (c->sips && !node_uri_is_sips(u)) {
		c->warning = NOT_ALLOWED;
		node_note_bad(n, RULE_SIPS_KEPT, TRACE_REFUSAL_NO_SIPS, uri);
		return false;
	}
	if (!node_speaks(n, u)) {
		c->warning = REQUIRED;
		node_note_bad(n, RULE_SIPS_KEPT, TRACE_REFUSAL_TLS, uri);
		return false;
	}
	return true;
}

int
proxy_sips_plain(struct proxy_target *t)
{
	struct str rest = str_of(t->uri + strlen("sips"));
	char *plain = mem_alloc(strlen("sip") + rest.n + 1);

	if (plain == NULL)
		return ERR_NOMEM;
	memcpy(plain, "sip", strlen("sip"));
	memcpy(plain + strlen("sip"), rest.p, rest.n + 1);
	t->secure = t->uri;
	t->uri = plain;
	return 0;
}

void
proxy_context_answer_480(struct proxy_context *c, enum rule_id why)
{
	LOCAL_BUF value = BUF_INIT;
	struct sip_header warning = { .name = "Warning" };
	struct sip_response_spec spec = { .status = 480, .headers = &warning };

	if (c->warning != 0) {
		why = RULE_SIPS_WARNING;
		node_write_warning(c->proxy->node, c->warning,
		    c->warning == NOT_ALLOWED ? "SIPS Not Allowed"
					      : "SIPS Required",
		    &value);
		spec.nheaders = 1;
	}
	warning.value = buf_view(&value);
	if (value.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, why);
}
