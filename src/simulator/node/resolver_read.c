/*
 * What name servers say: whether it is an answer at all to what was asked (RFC
 * 5452 9.1), and what it means (RFC 1034 5.3.3): data, aliases, that there are
 * none, or that others know more.
 */
#include "node/resolver_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "rules/rule_names.h"

/* What one answer is about, while it is read. */
struct reading {
	struct resolver_name *e;
	const struct dns_message *m;
	struct dns_name owner; /* the name behind all aliases */
	uint32_t ttl;          /* the least on the way there */
	unsigned aliases;
};

/* ---- what does not count ---- */

/* AT is the answer received, in a few words. */
static void
refuse_answer(struct resolver *r, enum trace_refusal why, const char *at,
    const struct addr *src)
{
	LOCAL_BUF b = BUF_INIT;

	buf_puts(&b, at);
	buf_puts(&b, " from ");
	addr_write(src, &b);
	node_note_bad(r->node, RULE_DNS_NOT_ASKED, why, buf_view(&b));
}

/* RFC 5452 9.1: M has the id and the question of E's query. */
static bool
resolver_read_is_asked(
    const struct resolver_name *e, const struct dns_message *m)
{
	const struct resolver_query *q = e->query;

	return q->id == m->id && m->opcode == 0 && m->type == e->type &&
	       m->class == DNS_CLASS_IN && dns_name_eq(&m->question, &q->asked);
}

/* The name whose query M answers, which came from SRC; NULL: no query was sent
 * with that question, or there. */
static struct resolver_name *
resolver_read_find_asked(
    struct resolver *r, const struct dns_message *m, const struct addr *src)
{
	list_each (struct resolver_name, e, &r->names, link) {
		const struct resolver_query *q = e->query;

		if (q != NULL && q->conn == NULL &&
		    resolver_read_is_asked(e, m) &&
		    addr_eq(&q->zone.servers[q->at], src))
			return e;
	}
	return NULL;
}

/* ---- names and times ---- */

static bool
resolver_read_owner_of(const struct dns_record *r, struct dns_name *name)
{
	return dns_name_take(r->name, name) == 0;
}

static bool
owns(const struct dns_record *r, const struct dns_name *name)
{
	struct dns_name owner;

	return resolver_read_owner_of(r, &owner) && dns_name_eq(&owner, name);
}

/* RFC 2181 8: one with the highest bit set is 0. */
static uint32_t
ttl_of(const struct dns_record *r)
{
	return r->ttl <= DNS_TTL_MAX ? r->ttl : 0;
}

/* The record of SECTION that NAME has of TYPE, from *AT on; NULL: no more. */
static const struct dns_record *
next_record(const struct dns_message *m, enum dns_section section,
    const struct dns_name *name, unsigned type, size_t *at)
{
	const struct dns_record *first = dns_message_section(m, section);

	while (*at < m->counts[section]) {
		const struct dns_record *r = &first[(*at)++];

		if (r->type == type && r->class == DNS_CLASS_IN &&
		    owns(r, name))
			return r;
	}
	return NULL;
}

/* RFC 1034 3.6.2: from alias to alias, as far as M tells. */
static bool
follow_aliases(struct reading *g)
{
	const struct dns_record *r;
	size_t at = 0;

	while (g->aliases <= RESOLVER_STEPS &&
	       (r = next_record(g->m, DNS_ANSWER, &g->owner, DNS_TYPE_CNAME,
		    &at)) != NULL) {
		if (dns_record_target(r, &g->owner) != 0)
			return false;
		g->ttl = num_smaller(g->ttl, ttl_of(r));
		g->aliases++;
		at = 0;
	}
	return g->aliases <= RESOLVER_STEPS;
}

/* ---- records that exist ---- */

/* All that NAME has of TYPE in SECTION, the caller frees; *TTL becomes the
 * least. */
static const struct dns_record **
resolver_read_collect(const struct dns_message *m, enum dns_section section,
    const struct dns_name *name, unsigned type, size_t *n, uint32_t *ttl)
{
	const struct dns_record **all =
	    mem_zalloc(m->counts[section] + 1, sizeof(*all));
	const struct dns_record *r;
	size_t at = 0;

	*n = 0;
	while (all != NULL &&
	       (r = next_record(m, section, name, type, &at)) != NULL) {
		all[(*n)++] = r;
		*ttl = num_smaller(*ttl, ttl_of(r));
	}
	return all;
}

/* Additional records of a name and type that nothing is known of are cached
 * as well. */
static void
keep_additional(struct resolver *r, const struct dns_message *m,
    const struct dns_name *name, unsigned type)
{
	struct resolver_name *e = resolver_entry(r, name, type);
	uint32_t ttl = DNS_TTL_MAX;
	LOCAL_MEM const struct dns_record **all = NULL;
	size_t n;

	if (e == NULL) {
		node_fail_memory(r->node);
		return;
	}
	if (e->query != NULL || resolver_knows(e))
		return;
	all = resolver_read_collect(m, DNS_ADDITIONAL, name, type, &n, &ttl);
	if (all == NULL)
		node_fail_memory(r->node);
	else if (n > 0)
		resolver_keep(e, EVENT_ADDITIONAL, all, n, DNS_NOERROR, ttl,
		    RULE_DNS_ADDITIONAL);
}

/* The name that R, of an answer, mentions, and of which more may come along. */
static bool
mentions(const struct dns_record *r, struct dns_name *name)
{
	struct dns_srv srv;
	struct dns_naptr naptr;

	switch (r->type) {
	case DNS_TYPE_SRV:
		if (dns_record_srv(r, &srv) != 0)
			return false;
		*name = srv.target;
		return true;
	case DNS_TYPE_NAPTR:
		if (dns_record_naptr(r, &naptr) != 0)
			return false;
		*name = naptr.replacement;
		return true;
	default:
		return false;
	}
}

static bool
is_mentioned(const struct dns_message *m, const struct dns_name *owner)
{
	struct dns_name name;

	for (size_t i = 0; i < m->counts[DNS_ANSWER]; i++)
		if (mentions(&m->records[i], &name) &&
		    dns_name_eq(&name, owner))
			return true;
	/* What an SRV record names, which is next to a NAPTR answer. */
	for (size_t i = 0; i < m->counts[DNS_ADDITIONAL]; i++)
		if (mentions(
			dns_message_section(m, DNS_ADDITIONAL) + i, &name) &&
		    dns_name_eq(&name, owner))
			return true;
	return false;
}

/* RFC 2181 5.4.1: a server of one zone is not believed about others; a name
 * server with bailiwick=false believes it all. */
static void
take_additional(struct resolver_name *e, const struct dns_message *m)
{
	struct resolver *r = e->of;
	bool checks = node_attr_bool(r->node, "bailiwick", true);
	const struct dns_record *more = dns_message_section(m, DNS_ADDITIONAL);

	for (size_t i = 0; i < m->counts[DNS_ADDITIONAL]; i++) {
		struct dns_name owner;

		if (more[i].class != DNS_CLASS_IN ||
		    !resolver_read_owner_of(&more[i], &owner))
			continue;
		if (!checks ||
		    (is_mentioned(m, &owner) &&
			dns_name_is_below(&owner, &e->query->zone.apex)))
			keep_additional(r, m, &owner, more[i].type);
	}
}

/* ---- records that do not exist ---- */

/* The SOA by which there is nothing, and how long that is kept (RFC 2308 5);
 * NULL: there is none, and 0. */
static const struct dns_record *
find_soa(const struct dns_message *m, uint32_t *ttl)
{
	const struct dns_record *first = dns_message_section(m, DNS_AUTHORITY);
	struct dns_soa soa;

	*ttl = 0;
	for (size_t i = 0; i < m->counts[DNS_AUTHORITY]; i++) {
		if (dns_record_soa(&first[i], &soa) != 0)
			continue;
		if (soa.minimum <= DNS_TTL_MAX)
			*ttl = num_smaller(ttl_of(&first[i]), soa.minimum);
		return &first[i];
	}
	return NULL;
}

static void
take_nothing(struct reading *g)
{
	uint32_t ttl;
	const struct dns_record *soa = find_soa(g->m, &ttl);

	/* RFC 2308 2.1: behind aliases it is the last one's. */
	if (g->m->rcode == DNS_NXDOMAIN && dns_name_eq(&g->owner, &g->e->name))
		resolver_deny(g->e);
	resolver_keep(g->e, EVENT_NO_DATA, &soa, soa != NULL,
	    g->m->rcode == DNS_NXDOMAIN ? DNS_NXDOMAIN : DNS_NOERROR,
	    num_smaller(g->ttl, ttl), RULE_DNS_NEGATIVE);
}

/* ---- others know more ---- */

/* The addresses of NAME, one of a zone's servers, as M has them beside. */
static void
add_glue(const struct resolver_name *e, const struct dns_message *m,
    const struct dns_name *name, struct resolver_zone *zone)
{
	const struct dns_record *more = dns_message_section(m, DNS_ADDITIONAL);
	uint8_t family = node_addr(e->of->node)->len;

	for (size_t i = 0; i < m->counts[DNS_ADDITIONAL]; i++) {
		struct addr a;

		if (zone->n == RESOLVER_SERVERS || !owns(&more[i], name) ||
		    dns_record_addr(&more[i], &a) != 0 || a.len != family)
			continue;
		a.port = DNS_PORT;
		zone->servers[zone->n++] = a;
	}
}

/* M names the servers of a zone that is nearer to the asked name than the zone
 * of the answering server. */
static bool
read_referral(const struct reading *g, struct resolver_zone *zone)
{
	const struct resolver_query *q = g->e->query;
	const struct dns_record *first =
	    dns_message_section(g->m, DNS_AUTHORITY);
	struct dns_name owner, server;

	zone->n = 0;
	for (size_t i = 0; i < g->m->counts[DNS_AUTHORITY]; i++) {
		if (first[i].type != DNS_TYPE_NS ||
		    !resolver_read_owner_of(&first[i], &owner))
			continue;
		if (!dns_name_is_below(&q->asked, &owner) ||
		    !dns_name_is_below(&owner, &q->zone.apex) ||
		    dns_name_eq(&owner, &q->zone.apex))
			continue;
		zone->apex = owner;
		if (dns_record_target(&first[i], &server) == 0)
			add_glue(g->e, g->m, &server, zone);
	}
	return zone->n > 0;
}

/* ---- the answer ---- */

/* The chain of CNAMEs of the asked name comes to NAME again, without an end. */
static void
refuse_ring(const struct resolver_name *e, const struct dns_name *name)
{
	LOCAL_BUF b = BUF_INIT;

	dns_name_write(name, &b);
	node_note_bad(
	    e->of->node, RULE_DNS_RING, TRACE_REFUSAL_DNS_RING, buf_view(&b));
}

static void
stop_ring(struct reading *g)
{
	refuse_ring(g->e, &g->owner);
	resolver_give_up(g->e);
}

/* An alias leads to a name of which M says no more: that is asked for. */
static void
ask_for_alias(struct reading *g)
{
	struct resolver_query *q = g->e->query;
	struct resolver_zone zone;

	q->steps += g->aliases;
	q->ttl = num_smaller(q->ttl, g->ttl);
	resolver_find_servers(g->e->of, &g->owner, &zone);
	if (q->steps > RESOLVER_STEPS)
		stop_ring(g);
	else if (zone.n == 0)
		resolver_give_up(g->e);
	else
		resolver_ask_others(g->e, EVENT_REFERRAL, &zone, &g->owner);
}

static void
take_answer_records(
    struct reading *g, const struct dns_record *const *all, size_t n)
{
	take_additional(g->e, g->m);
	resolver_keep(
	    g->e, EVENT_ANSWER, all, n, DNS_NOERROR, g->ttl, RULE_DNS_CACHE);
}

static void
take_other(struct reading *g)
{
	struct resolver_zone zone;

	if (g->m->rcode == DNS_NXDOMAIN) {
		take_nothing(g);
	} else if (g->aliases > 0) {
		ask_for_alias(g);
	} else if (!g->m->authoritative && read_referral(g, &zone)) {
		if (++g->e->query->steps > RESOLVER_STEPS)
			stop_ring(g);
		else
			resolver_ask_others(
			    g->e, EVENT_REFERRAL, &zone, &g->owner);
	} else {
		take_nothing(g);
	}
}

static void
resolver_read_take_answer(struct resolver_name *e, const struct dns_message *m)
{
	struct reading g = {
		.e = e, .m = m, .owner = e->query->asked, .ttl = e->query->ttl
	};
	LOCAL_MEM const struct dns_record **all = NULL;
	size_t n;

	if (!follow_aliases(&g)) {
		refuse_ring(e, &g.owner);
		resolver_ask_next(e, EVENT_NEXT_SERVER, RULE_DNS_NEXT_SERVER);
		return;
	}
	all =
	    resolver_read_collect(m, DNS_ANSWER, &g.owner, e->type, &n, &g.ttl);
	if (all == NULL)
		node_fail_memory(e->of->node);
	else if (n > 0)
		take_answer_records(&g, all, n);
	else
		take_other(&g);
}

static void
resolver_read_judge_answer(struct resolver_name *e, const struct dns_message *m)
{
	bool odd = m->rcode == DNS_FORMERR || m->rcode == DNS_NOTIMP ||
		   m->rcode == DNS_BADVERS;

	if (odd && !e->query->plain)
		resolver_ask_plain(e);
	else if (m->rcode != DNS_NOERROR && m->rcode != DNS_NXDOMAIN)
		resolver_ask_next(e, EVENT_NEXT_SERVER, RULE_DNS_NEXT_SERVER);
	else if (m->truncated && e->query->conn == NULL)
		resolver_ask_by_tcp(e);
	else
		resolver_read_take_answer(e, m);
}

void
resolver_take(struct resolver *r, struct resolver_name *e,
    const struct addr *src, struct str bytes)
{
	LOCAL(dns_message_free) struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault = DNS_FAULT_NONE;
	int err = dns_message_read(bytes, &m, &fault);

	if (err == ERR_NOMEM)
		node_fail_memory(r->node);
	else if (err != 0 || !m.response)
		refuse_answer(r, TRACE_REFUSAL_DNS_BYTES,
		    err != 0 ? dns_fault_name(fault) : "question", src);
	else if (e == NULL ? (e = resolver_read_find_asked(r, &m, src)) == NULL
			   : !resolver_read_is_asked(e, &m))
		refuse_answer(r, TRACE_REFUSAL_DNS_UNASKED, "answer", src);
	else
		resolver_read_judge_answer(e, &m);
}
