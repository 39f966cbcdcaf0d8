/*
 * The answers of a name server: rejections of unknown kinds of question, the
 * data of its zones (RFC 1034 4.3.2), other servers' answers where it resolves
 * for clients, truncation; and the faults of bad servers, by `reply` and
 * `lies`.
 */
#include "roles/dns/dns_in.h"

#include "base/err.h"
#include "roles/dns/dns.h"
#include "rules/rule_names.h"

/* AXFR and the like (RFC 1035 3.2.3): from here to before ANY. */
#define TRANSFERS 251
#define CLASS_ANY 255
#define LYING_TTL 3600
#define LIES      1024 /* bytes of all their addresses */

bool
dns_replies(const struct dns *s, const char *word)
{
	return str_has_word(
	    str_of(node_attr(s->node, "reply", "")), str_of(word));
}

/* What a server answers always, whatever is asked. */
static const struct {
	const char *word;
	enum dns_rcode rcode;
	enum rule_id why;
} always[] = {
	{ "servfail", DNS_SERVFAIL, RULE_DNS_SERVFAIL },
	{ "refused", DNS_REFUSED, RULE_DNS_REFUSED },
	{ "nxdomain", DNS_NXDOMAIN, RULE_DNS_LIE },
};

static void
clear_records(struct dns_message *a)
{
	memset(a->counts, 0, sizeof(a->counts));
}

/* Q is not looked into: A's rcode, and the rule; RULE_NONE: it is. */
static enum rule_id
dns_answer_refuse(const struct dns_question *q, struct dns_message *a)
{
	const struct dns_message *m = &q->m;

	for (size_t i = 0; i < COUNT_OF(always); i++)
		if (dns_replies(q->dns, always[i].word)) {
			a->rcode = always[i].rcode;
			return always[i].why;
		}
	if (m->opcode != 0) {
		a->rcode = DNS_NOTIMP;
		return RULE_DNS_NOTIMP;
	}
	if (m->edns && dns_replies(q->dns, "plain")) {
		a->edns = false;
		a->rcode = DNS_FORMERR;
		return RULE_DNS_NO_EDNS;
	}
	if (m->edns && m->edns_version > 0) {
		a->rcode = DNS_BADVERS;
		return RULE_DNS_BADVERS;
	}
	if (!m->has_question) {
		a->rcode = DNS_FORMERR;
		return RULE_DNS_FORMERR;
	}
	if ((m->class != DNS_CLASS_IN && m->class != CLASS_ANY) ||
	    (m->type >= TRANSFERS && m->type < DNS_TYPE_ANY)) {
		a->rcode = DNS_REFUSED;
		return RULE_DNS_REFUSED;
	}
	return RULE_NONE;
}

/* The rule by which a zone has answered so. */
static enum rule_id
dns_answer_rule_of(const struct dns_message *a)
{
	const struct dns_record *r = dns_message_section(a, DNS_AUTHORITY);

	if (a->rcode == DNS_NXDOMAIN)
		return RULE_DNS_NO_NAME;
	if (r != NULL && r->type == DNS_TYPE_NS)
		return RULE_DNS_DELEGATED;
	if (r != NULL && r->type == DNS_TYPE_SOA)
		return RULE_DNS_NO_DATA;
	return a->counts[DNS_ANSWER] > 0 &&
		       a->records[0].type == DNS_TYPE_CNAME &&
		       a->type != DNS_TYPE_CNAME
		   ? RULE_DNS_ALIAS
		   : RULE_DNS_ANSWER;
}

/* RFC 1034 4.3.1: what others have said, without their authority, for as long
 * as it is kept still; all records by the name that was asked for.  RFC 2308 6:
 * or the SOA by which there are none. */
static int
ask_others(struct dns_question *q, struct dns_message *a, enum rule_id *why)
{
	struct resolver_answer found = { 0 };
	int err = resolver_get(
	    q->dns->node, &q->m.question, q->m.type, &q->wait, &found);

	q->waits = err == ERR_STOPPED;
	*why = RULE_DNS_RECURSION;
	if (err != 0)
		return err;
	a->rcode = found.silent ? DNS_SERVFAIL : (uint16_t)found.rcode;
	for (size_t i = 0; err == 0 && i < found.n; i++) {
		struct dns_record r = found.records[i];

		r.ttl = found.left;
		if (!found.absent)
			r.name = dns_name_view(&q->m.question);
		err = dns_message_add(
		    a, found.absent ? DNS_AUTHORITY : DNS_ANSWER, &r);
	}
	return err;
}

/* ---- lies ---- */

/* The next of TEXT, "sip1.example.com=192.0.2.66 …"; false: that was the last.
 * *ERR: it is none. */
static bool
read_lie(struct str *text, struct dns_name *name, struct addr *a, int *err)
{
	struct str word, host;

	*err = 0;
	*text = str_trim(*text);
	if (text->n == 0)
		return false;
	word = str_cut(*text, ' ', text);
	host = str_cut(word, '=', &word);
	*err = dns_name_read(host, NULL, name);
	if (*err == 0)
		*err = addr_parse(word, a);
	return true;
}

/* The address TO of NAME in A: of its records, and where A was asked for it, be
 * it there or not.  DATA are its bytes; whether it was told. */
static bool
put_lie(struct dns_message *a, const struct dns_name *name, struct str data)
{
	unsigned type = data.n == 4 ? DNS_TYPE_A : DNS_TYPE_AAAA;
	size_t n = dns_message_count(a);
	struct dns_name owner;
	bool told = false;

	for (size_t i = 0; i < n; i++)
		if (a->records[i].type == type &&
		    dns_name_take(a->records[i].name, &owner) == 0 &&
		    dns_name_eq(&owner, name)) {
			a->records[i].data = data;
			told = true;
		}
	if (told || a->type != type || !dns_name_eq(&a->question, name))
		return told;
	clear_records(a);
	a->rcode = DNS_NOERROR;
	a->authoritative = true;
	return dns_message_add(a, DNS_ANSWER,
		   &(struct dns_record){ dns_name_view(&a->question), data,
		       (uint16_t)type, DNS_CLASS_IN, LYING_TTL }) == 0;
}

/* What the attribute `lies` says instead; the bytes live as long as A. */
static int
tell_lies(const struct dns *s, struct dns_message *a, enum rule_id *why)
{
	struct str rest = str_of(node_attr(s->node, "lies", ""));
	struct dns_name name;
	struct addr to;
	int err;

	if (rest.n == 0)
		return 0;
	if (buf_reserve(&a->bytes, LIES) != 0)
		return ERR_NOMEM;
	while (read_lie(&rest, &name, &to, &err)) {
		size_t at = a->bytes.n;

		if (err != 0 || at + to.len > LIES)
			continue;
		buf_add(&a->bytes, (const char *)to.ip, to.len);
		if (put_lie(a, &name,
			str_slice(buf_view(&a->bytes), at, at + to.len)))
			*why = RULE_DNS_LIE;
	}
	return 0;
}

bool
dns_is_lie(struct str word)
{
	struct dns_name name;
	struct addr a;
	int err;

	return read_lie(&word, &name, &a, &err) && err == 0;
}

int
dns_check(const struct node *n, struct diag *d)
{
	struct str rest = str_of(node_attr(n, "zone", "")), word;
	int err;

	while ((word = str_cut(rest, ' ', &rest)).n > 0) {
		const char *text = map_get(n->world->texts, word);
		LOCAL_BUF file = BUF_INIT;
		struct dns_zone *z = NULL;

		buf_str(&file, word);
		err = text != NULL ? dns_zone_read(&z, str_of(text),
					 buf_cstr(&file), NULL, d)
				   : ERR_NOTFOUND;
		dns_zone_destroy(z);
		if (err != 0)
			return err;
	}
	return 0;
}

/* ---- the whole ---- */

/* The answers of one type and name, one place further with each question: no
 * order is promised (RFC 1034 3.6). */
static void
rotate(struct dns *s, struct dns_message *a)
{
	size_t n = a->counts[DNS_ANSWER], from = 0;
	unsigned turn = s->turn++;

	while (from < n && a->records[from].type == DNS_TYPE_CNAME)
		from++;
	n -= from;
	for (size_t k = n > 1 ? turn % n : 0; k > 0; k--) {
		struct dns_record first = a->records[from];

		memmove(a->records + from, a->records + from + 1,
		    (n - 1) * sizeof(first));
		a->records[from + n - 1] = first;
	}
}

int
dns_decide(struct dns_question *q, struct dns_message *a, enum rule_id *why)
{
	struct dns *s = q->dns;
	bool recursion = node_attr_bool(s->node, "recursion", false);
	const struct dns_zone *z;
	int err = 0;

	a->id = q->m.id;
	a->response = true;
	a->opcode = q->m.opcode;
	a->recursion_desired = q->m.recursion_desired;
	a->recursion_available = recursion;
	a->edns = q->m.edns;
	a->udp_size = DNS_EDNS_SIZE;
	a->has_question = q->m.has_question;
	a->question = q->m.question;
	a->type = q->m.type;
	a->class = q->m.class;
	*why = dns_answer_refuse(q, a);
	if (*why != RULE_NONE)
		return 0;
	z = dns_zone_for(s, &q->m.question);
	if (z != NULL) {
		err = dns_zone_answer(z, a);
		*why = dns_answer_rule_of(a);
	}
	/* A client that asks for recursion gets the whole answer, no
	 * referral. */
	if ((z == NULL || *why == RULE_DNS_DELEGATED) && recursion &&
	    q->m.recursion_desired) {
		clear_records(a);
		a->authoritative = false;
		err = ask_others(q, a, why);
	} else if (z == NULL) {
		a->rcode = DNS_REFUSED;
		*why = RULE_DNS_REFUSED;
	}
	if (err == 0 && dns_replies(s, "rotated"))
		rotate(s, a);
	if (err == 0)
		err = tell_lies(s, a, why);
	return err;
}

int
dns_fit(const struct dns_question *q, struct dns_message *a, struct buf *out,
    enum rule_id *why)
{
	size_t limit = DNS_MAX;
	int err;

	if (q->stream == NULL) {
		/* RFC 6891 6.2.3, 6.2.5 */
		limit = q->m.edns && q->m.udp_size > DNS_UDP_MAX ? q->m.udp_size
								 : DNS_UDP_MAX;
		if (limit > DNS_EDNS_SIZE)
			limit = DNS_EDNS_SIZE;
		if (dns_replies(q->dns, "truncated")) {
			clear_records(a);
			a->truncated = true;
		}
	}
	err = dns_message_write(a, limit, out);
	if (err == 0 && (out->p[2] & 0x02) != 0)
		*why = RULE_DNS_TOO_LONG;
	return err;
}
