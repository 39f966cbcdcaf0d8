/* The answers of the DNS to each node; see inspect/locate.h. */
#include "inspect/locate.h"

#include "base/addr.h"
#include "base/err.h"
#include "inspect/inspect_in.h"

struct str
locate_key(struct inspect *in, uint32_t node, struct str a, struct str b)
{
	char digits[24];

	return inspect_key(in, inspect_digits(node, digits), a, b);
}

struct str
locate_mark(struct inspect *in, enum mark mark, uint32_t node, struct str a,
    struct str b)
{
	char digits[24];

	return inspect_mark(in, mark, inspect_digits(node, digits), a, b);
}

static struct str
told_key(struct inspect *in, uint32_t node, unsigned type, struct str name)
{
	char digits[24];

	return locate_key(in, node, inspect_digits(type, digits), name);
}

struct told *
told_find_name(
    struct inspect *in, uint32_t node, unsigned type, struct str name)
{
	return kept_told(in, told_key(in, node, type, name));
}

/* The same, made where there is none; NULL without memory. */
static struct told *
told_of(struct inspect *in, uint32_t node, unsigned type, struct str name)
{
	struct str key = told_key(in, node, type, name);
	struct told *k = kept_told(in, key);

	if (k != NULL)
		return k;
	k = arena_get(in->arena, 1, sizeof(*k));
	keep_told(in, key, k);
	return k;
}

static struct str
address_key(
    struct inspect *in, uint32_t node, struct str name, const struct addr *a)
{
	return locate_mark(in, MARK_TOLD_ADDRESS, node, name,
	    (struct str){ (const char *)a->ip, a->len });
}

bool
told_has_address(
    struct inspect *in, uint32_t node, struct str name, const struct addr *addr)
{
	return inspect_number(in, address_key(in, node, name, addr)) != 0;
}

/* NAME without the labels of a service ("_sip._udp"). */
static void
cut_service(struct dns_name *name)
{
	struct dns_name whole = *name;
	unsigned labels = 0;

	for (size_t at = 0; whole.b[at] > 0 && whole.b[at + 1] == '_'; labels++)
		at += whole.b[at] + 1U;
	dns_name_cut(&whole, labels, name);
}

void
told_note_question(struct inspected_message *l, const struct dns_message *m)
{
	struct dns_name name = m->question;
	struct told *k;

	dns_name_fold(&name);
	k = told_of(l->in, l->node, m->type, dns_name_view(&name));
	if (k != NULL)
		k->asked = l->seq;
	if (m->type != DNS_TYPE_SRV && m->type != DNS_TYPE_NAPTR)
		return;
	cut_service(&name);
	inspect_put_number(l->in,
	    locate_mark(
		l->in, MARK_ASKED, l->node, dns_name_view(&name), STR_NULL),
	    l->seq);
}

/* ---- answers ---- */

static uint8_t
transport_of_service(struct str service)
{
	uint8_t by = 0;

	while (by < ADDR_KNOWN_TRANSPORTS &&
	       !str_ieq(service, str_of(addr_transports[by].naptr)))
		by++;
	return by;
}

static struct str
kept_table_keep_name(struct inspect *in, struct dns_name *name)
{
	dns_name_fold(name);
	return inspect_keep(in, dns_name_view(name));
}

/* R as a row of an answer; false: it leads nowhere. */
static bool
read_record(
    struct inspect *in, const struct dns_record *r, struct told_record *row)
{
	struct dns_naptr naptr;
	struct dns_srv srv;

	*row = (struct told_record){ 0 };
	if (dns_record_srv(r, &srv) == 0) {
		row->rank = srv.priority;
		row->port = srv.port;
		row->name = kept_table_keep_name(in, &srv.target);
		return srv.target.n > 1;
	}
	if (dns_record_naptr(r, &naptr) == 0) {
		row->rank = naptr.order;
		row->by = transport_of_service(naptr.service);
		row->name = kept_table_keep_name(in, &naptr.replacement);
		return str_iis(naptr.flags, "s") && naptr.regexp.n == 0;
	}
	return dns_record_addr(r, &row->addr) == 0;
}

/* M, a message of SERVER that has come to L, has records of K again. */
static void
kept_table_begin_answer(struct inspected_message *l, struct told *k,
    uint32_t server, const struct dns_message *m)
{
	k->came = l->seq;
	k->until = INT64_MAX;
	k->server = server;
	k->open = false;
	k->n = 0;
	if (k->cap >= dns_message_count(m))
		return;
	k->cap = dns_message_count(m);
	k->list = arena_get(l->in->arena, k->cap, sizeof(*k->list));
	if (k->list == NULL) {
		k->cap = 0;
		l->in->err = ERR_NOMEM;
	}
}

/* R, of M as above, is one of what NODE knows of NAME. */
static void
learn_record(struct inspected_message *l, uint32_t node, uint32_t server,
    const struct dns_message *m, struct str name, const struct dns_record *r)
{
	struct inspect *in = l->in;
	struct told *k = told_of(in, node, r->type, name);
	int64_t until = l->time + (int64_t)r->ttl * 1000000000;
	struct told_record row;

	if (k == NULL)
		return;
	if (k->came != l->seq)
		kept_table_begin_answer(l, k, server, m);
	k->until = until < k->until ? until : k->until;
	if (!read_record(in, r, &row) || k->n == k->cap)
		return;
	k->list[k->n++] = row;
	if (row.addr.len == 0)
		return;
	inspect_put_number(in, address_key(in, node, name, &row.addr), l->seq);
	inspect_put_number(
	    in, address_key(in, node, STR_NULL, &row.addr), l->seq);
}

/* What M says to NODE: of what was asked, whatever aliases stand before it, and
 * beside that. */
static void
learn_all(struct inspected_message *l, uint32_t node, uint32_t server,
    const struct dns_message *m, struct str question)
{
	struct told *k = told_of(l->in, node, m->type, question);
	size_t found = 0;

	if (k == NULL)
		return;
	kept_table_begin_answer(l, k, server, m);
	for (size_t i = 0; i < dns_message_count(m); i++) {
		const struct dns_record *r = &m->records[i];
		bool asked = i < m->counts[DNS_ANSWER] && r->type == m->type;
		struct dns_name name;

		if ((r->type != DNS_TYPE_A && r->type != DNS_TYPE_AAAA &&
			r->type != DNS_TYPE_SRV && r->type != DNS_TYPE_NAPTR) ||
		    dns_name_take(r->name, &name) != 0)
			continue;
		dns_name_fold(&name);
		found += asked;
		if (asked)
			learn_record(l, node, server, m, question, r);
		if (!asked || !str_eq(dns_name_view(&name), question))
			learn_record(
			    l, node, server, m, dns_name_view(&name), r);
	}
	k->open = found == 0 && m->counts[DNS_ANSWER] > 0;
}

void
told_note_answer(
    struct inspected_message *l, uint32_t server, const struct dns_message *m)
{
	struct dns_name question = m->question;

	if (m->truncated ||
	    (m->rcode != DNS_NOERROR && m->rcode != DNS_NXDOMAIN))
		return;
	dns_name_fold(&question);
	learn_all(l, l->node, server, m, dns_name_view(&question));
	learn_all(l, TRACE_NO_NODE, server, m, dns_name_view(&question));
	inspect_put_number(l->in,
	    locate_mark(l->in, MARK_SERVES, server, STR_NULL, STR_NULL),
	    l->seq);
	l->in->named = true;
}
