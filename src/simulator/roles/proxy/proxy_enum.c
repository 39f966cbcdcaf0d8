/*
 * Telephone numbers as targets (RFC 3966, RFC 6116): what the DNS names for one
 * is asked of the resolver, and answers as a location service would.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "dns/e164.h"
#include "dns/order.h"
#include "rules/rule_names.h"
#include "text/json.h"

/* Records of one number that are looked at. */
#define NUMBERS 16

/* Non-terminal records that lead on from one number, at most. */
#define STEPS 5

/* The number of URI, "tel:+44-20-7946-0148;…", or of a user of P's own domain
 * who is one, "sip:+442079460148@example.com;user=phone" (RFC 3261 19.1.6);
 * empty: it has none. */
static struct str
number_of(const struct proxy *p, struct str uri)
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
	       number_of(p, uri).n > 0;
}

/* What was asked, found and passed over. */
static void
record_number(struct proxy_context *c, enum location_status status,
    const struct location_contacts *found, const struct buf *passed)
{
	struct trace_writer *w =
	    node_record(c->proxy->node, TRACE_LOOKUP, RULE_ENUM_LOOKUP);
	struct buf list = BUF_INIT;

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
	buf_free(&list);
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
	struct buf uri = BUF_INIT;

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
	buf_free(&uri);
}

/* RFC 3402 3, RFC 6116 3.4.2: where the first record of those that count is
 * none of the end, but says under which name to go on: that one. */
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

/* C's number is known, or nobody knows it. */
static void
tell_number(struct proxy_context *c, const struct resolver_answer *a)
{
	struct location_contacts found = { NULL, 0 };
	enum location_status status = LOCATION_UNKNOWN;
	struct dns_naptr r[NUMBERS];
	struct buf passed = BUF_INIT;
	struct str uri = proxy_context_request(c)->uri;
	size_t n = 0;

	sort_records(a, r, &n);
	choose_record(r, n, number_of(c->proxy, uri), &found, &passed);
	if (a->silent)
		status = LOCATION_SILENT;
	else if (found.n > 0)
		status = LOCATION_OK;
	record_number(c, status, &found, &passed);
	if (passed.err != 0)
		node_fail_memory(c->proxy->node);
	buf_free(&passed);
	/* Who has a number may be a user of the domain, too. */
	if (status == LOCATION_OK || str_istarts(uri, "tel:"))
		proxy_take_targets(status, &found, c);
	else
		proxy_ask_location(c);
	location_contacts_free(&found);
}

/* 0 with A, ERR_STOPPED, or another error, with which there is no answer. */
static int
find_number(struct proxy_context *c, struct resolver_answer *a)
{
	struct node *n = c->proxy->node;
	struct dns_naptr r[NUMBERS];
	const struct dns_name *next = NULL;
	struct dns_name zone, name;
	int err = dns_name_read(str_of(node_attr(n, "enum", "")), NULL, &zone);

	if (err == 0)
		err = dns_e164_name(
		    number_of(c->proxy, proxy_context_request(c)->uri), &zone,
		    &name);
	for (unsigned i = 0; err == 0 && resolver_has_servers(n) && i < STEPS;
	     i++) {
		err = resolver_get(n, &name, DNS_TYPE_NAPTR, &c->number, a);
		next = err == 0 ? leads_on(a, r) : NULL;
		if (next == NULL)
			break;
		name = *next;
	}
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	return err;
}

static void
on_number(void *arg)
{
	struct proxy_context *c = arg;
	struct resolver_answer a = { 0 };
	int err = find_number(c, &a);

	if (err != ERR_STOPPED)
		tell_number(c, &a);
}

void
proxy_ask_number(struct proxy_context *c)
{
	resolver_begin(c->proxy->node, &c->number, on_number, c);
	on_number(c);
}
