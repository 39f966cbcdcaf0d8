/*
 * What a zone says to a question (RFC 1034 4.3.2, steps 3 to 6; wildcards by
 * RFC 4592, negative answers by RFC 2308).
 */
#include "dns/zone_in.h"

#include "base/err.h"

/* So many additional records come along at most: they are a courtesy. */
#define ADDITIONAL_MAX 100

struct answering {
	const struct dns_zone *z;
	struct dns_message *m;
	struct dns_name name; /* that is asked for now */
	struct str as;        /* the same where it stays */
	int err;
};

/* N records, as OWNER's where that is not their own. */
static void
add_records(struct answering *a, enum dns_section section,
    const struct dns_record *r, size_t n, struct str owner)
{
	for (size_t i = 0; i < n && a->err == 0; i++) {
		struct dns_record one = r[i];

		if (!str_ieq(owner, one.name))
			one.name = owner;
		a->err = dns_message_add(a->m, section, &one);
	}
}

/* RFC 2308 3: the SOA, whose TTL is for how long nothing is known. */
static void
add_soa(struct answering *a)
{
	const struct dns_record *r;
	struct dns_record one;
	struct dns_soa soa;

	if (dns_zone_get(a->z, &a->z->apex, DNS_TYPE_SOA, &r) == 0)
		return;
	one = *r;
	if (dns_record_soa(&one, &soa) == 0 && soa.minimum < one.ttl)
		one.ttl = soa.minimum;
	add_records(a, DNS_AUTHORITY, &one, 1, one.name);
}

/* Step 3b: the highest name on the way to the one asked for that is delegated,
 * below the apex; NULL: none. */
static const struct dns_zone_name *
find_cut(const struct answering *a)
{
	unsigned labels = dns_name_labels(&a->name);
	unsigned apex = dns_name_labels(&a->z->apex);
	const struct dns_record *r;

	for (unsigned n = apex + 1; n <= labels; n++) {
		const struct dns_zone_name *at;
		struct dns_name above;

		dns_name_cut(&a->name, labels - n, &above);
		at = dns_zone_find(a->z, &above);
		if (at == NULL)
			return NULL;
		if (dns_zone_of_type(at, DNS_TYPE_NS, &r) > 0)
			return at;
	}
	return NULL;
}

/* Step 3c: what "*" below the closest name that there is stands for (RFC 4592
 * 3.3.1); NULL: nothing. */
static const struct dns_zone_name *
find_wildcard(const struct answering *a)
{
	unsigned labels = dns_name_labels(&a->name);
	struct dns_name above, star;

	for (unsigned n = 1; n <= labels; n++) {
		dns_name_cut(&a->name, n, &above);
		if (dns_zone_find(a->z, &above) == NULL)
			continue;
		return dns_name_join("*", &above, &star) == 0
			   ? dns_zone_find(a->z, &star)
			   : NULL;
	}
	return NULL;
}

/* The chain has been at this name before. */
static bool
leads_back(const struct answering *a)
{
	const struct dns_record *r = dns_message_section(a->m, DNS_ANSWER);

	for (size_t i = 0; i < a->m->counts[DNS_ANSWER]; i++)
		if (str_ieq(r[i].name, a->as))
			return true;
	return false;
}

/* What is asked for has a CNAME alone: the question goes on with its target;
 * false: it ends here. */
static bool
follow_cname(struct answering *a, const struct dns_zone_name *at)
{
	const struct dns_record *r;

	if (a->m->type == DNS_TYPE_CNAME || a->m->type == DNS_TYPE_ANY ||
	    dns_zone_of_type(at, DNS_TYPE_CNAME, &r) == 0)
		return false;
	add_records(a, DNS_ANSWER, r, 1, a->as);
	a->as = r->data;
	return a->err == 0 && dns_name_take(r->data, &a->name) == 0;
}

static void
refer(struct answering *a, const struct dns_zone_name *cut)
{
	const struct dns_record *r;
	size_t n = dns_zone_of_type(cut, DNS_TYPE_NS, &r);

	a->m->authoritative = a->m->counts[DNS_ANSWER] > 0;
	add_records(a, DNS_AUTHORITY, r, n, r->name);
}

/* The chain from the name that is asked for to its end. */
static void
answer(struct answering *a)
{
	const struct dns_zone_name *at, *cut;
	const struct dns_record *r;
	size_t n;

	for (unsigned i = 0; i <= DNS_CHAIN_MAX && a->err == 0; i++) {
		if (!dns_name_is_below(&a->name, &a->z->apex) || leads_back(a))
			return;
		cut = find_cut(a);
		if (cut != NULL) {
			refer(a, cut);
			return;
		}
		at = dns_zone_find(a->z, &a->name);
		if (at == NULL)
			at = find_wildcard(a);
		if (at == NULL) {
			/* RFC 2308 2.1: of the chain's last name. */
			a->m->rcode = DNS_NXDOMAIN;
			add_soa(a);
			return;
		}
		if (follow_cname(a, at))
			continue;
		n = dns_zone_of_type(at, a->m->type, &r);
		add_records(a, DNS_ANSWER, r, n, a->as);
		if (n == 0)
			add_soa(a);
		return;
	}
}

/* What R's data name, and of which types records of that help: as a list that
 * ends with 0. */
static const unsigned *
named_by(const struct dns_record *r, struct dns_name *target)
{
	static const unsigned none[] = { 0 };
	static const unsigned addresses[] = { DNS_TYPE_A, DNS_TYPE_AAAA, 0 };
	static const unsigned services[] = { DNS_TYPE_SRV, 0 };
	struct dns_srv srv;
	struct dns_naptr naptr;

	if (dns_record_srv(r, &srv) == 0) {
		*target = srv.target;
		return addresses;
	}
	if (dns_record_naptr(r, &naptr) == 0) {
		*target = naptr.replacement;
		if (str_iis(naptr.flags, "s"))
			return services;
		return str_iis(naptr.flags, "a") ? addresses : none;
	}
	if (r->type == DNS_TYPE_NS && dns_record_target(r, target) == 0)
		return addresses;
	if (r->type == DNS_TYPE_MX && r->data.n > 2 &&
	    dns_name_take(str_slice(r->data, 2, r->data.n), target) == 0)
		return addresses;
	return none;
}

/* M has records of NAME and TYPE already. */
static bool
is_there(const struct dns_message *m, struct str name, unsigned type)
{
	for (size_t i = 0; i < dns_message_count(m); i++)
		if (m->records[i].type == type &&
		    str_ieq(m->records[i].name, name))
			return true;
	return false;
}

/* Step 6; what comes along may name more: NAPTR an SRV, that an address. */
static void
add_additional(struct answering *a)
{
	for (size_t i = 0; i < dns_message_count(a->m) && a->err == 0 &&
			   a->m->counts[DNS_ADDITIONAL] < ADDITIONAL_MAX;
	     i++) {
		struct dns_name target;
		const unsigned *type = named_by(&a->m->records[i], &target);

		for (; *type != 0 && a->err == 0; type++) {
			const struct dns_record *r;
			size_t n = dns_zone_get(a->z, &target, *type, &r);

			if (n > 0 && !is_there(a->m, r->name, *type))
				add_records(a, DNS_ADDITIONAL, r, n, r->name);
		}
	}
}

int
dns_zone_answer(const struct dns_zone *z, struct dns_message *m)
{
	struct answering a = { .z = z,
		.m = m,
		.name = m->question,
		.as = dns_name_view(&m->question) };

	m->authoritative = true;
	answer(&a);
	if (a.err == 0)
		add_additional(&a);
	return a.err;
}
