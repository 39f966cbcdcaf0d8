/* The names and records of a zone: see dns/zone.h. */
#include "dns/zone_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "dns/data_in.h"

int
dns_zone_create(struct dns_zone **z, const struct dns_name *apex)
{
	struct dns_zone *zone = mem_zalloc(1, sizeof(*zone));

	*z = zone;
	if (zone == NULL)
		return ERR_NOMEM;
	zone->apex = *apex;
	if (map_create(&zone->names) == 0)
		return 0;
	dns_zone_destroy(zone);
	*z = NULL;
	return ERR_NOMEM;
}

static void
free_name(struct dns_zone_name *at)
{
	for (size_t i = 0; i < at->n; i++)
		mem_free((char *)at->records[i].data.p);
	mem_free(at->records);
	mem_free(at);
}

void
dns_zone_destroy(struct dns_zone *z)
{
	size_t at = 0;
	struct str key;
	void *name;

	if (z == NULL)
		return;
	while (z->names != NULL && map_next(z->names, &at, &key, &name))
		free_name(name);
	map_destroy(z->names);
	mem_free(z);
}

const struct dns_name *
dns_zone_apex(const struct dns_zone *z)
{
	return &z->apex;
}

/* NAME in Z, NULL: there is none such. */
static struct dns_zone_name *
dns_zone_find(const struct dns_zone *z, const struct dns_name *name)
{
	struct dns_name key = *name;

	dns_name_fold(&key);
	return map_get(z->names, dns_name_view(&key));
}

/* Names that have nothing, nor anything below them, are gone. */
static void
drop_empty(struct dns_zone *z, struct dns_zone_name *at)
{
	while (at != NULL && at->n == 0 && at->below == 0) {
		struct dns_zone_name *over = at->over;
		struct dns_name key = at->name;

		dns_name_fold(&key);
		map_remove(z->names, dns_name_view(&key));
		if (over != NULL)
			over->below--;
		free_name(at);
		at = over;
	}
}

/* NAME, which is the apex or below it, with all names between; NULL: no memory.
 */
static struct dns_zone_name *
zone_keep_name(struct dns_zone *z, const struct dns_name *name)
{
	struct dns_zone_name *at = dns_zone_find(z, name);
	struct dns_name key = *name, rest;

	if (at != NULL)
		return at;
	at = mem_zalloc(1, sizeof(*at));
	if (at == NULL)
		return NULL;
	at->name = *name;
	if (!dns_name_eq(name, &z->apex)) {
		dns_name_cut(name, 1, &rest);
		at->over = zone_keep_name(z, &rest);
		if (at->over == NULL)
			goto out;
	}
	dns_name_fold(&key);
	if (map_put(z->names, dns_name_view(&key), at) != 0)
		goto out;
	if (at->over != NULL)
		at->over->below++;
	return at;
out:
	drop_empty(z, at->over);
	mem_free(at);
	return NULL;
}

/* RFC 1034 3.6.2: a CNAME stands alone. */
static bool
fits_beside(const struct dns_zone_name *at, unsigned type, struct str data)
{
	if (at == NULL || at->n == 0)
		return true;
	if (at->records[0].type != DNS_TYPE_CNAME)
		return type != DNS_TYPE_CNAME;
	return type == DNS_TYPE_CNAME && str_eq(at->records[0].data, data);
}

/* The record, behind the last of its type. */
static int
zone_put_record(struct dns_zone_name *at, unsigned type, uint32_t ttl,
    const char *data, size_t ndata)
{
	size_t i = at->n;
	struct dns_record *r;

	if (ARRAY_RESIZE(&at->records, at->n + 1) != 0)
		return ERR_NOMEM;
	for (size_t k = 0; k < at->n; k++)
		if (at->records[k].type == type)
			i = k + 1;
	r = at->records + i;
	memmove(r + 1, r, (at->n - i) * sizeof(*r));
	*r = (struct dns_record){ dns_name_view(&at->name), { data, ndata },
		(uint16_t)type, DNS_CLASS_IN, ttl };
	at->n++;
	/* RFC 2181 5.2: those of a set have one TTL; the smallest counts. */
	for (size_t k = i; k-- > 0 && at->records[k].type == type;)
		if (at->records[k].ttl < r->ttl)
			r->ttl = at->records[k].ttl;
	for (size_t k = i; k-- > 0 && at->records[k].type == type;)
		at->records[k].ttl = r->ttl;
	return 0;
}

int
dns_zone_add(struct dns_zone *z, const struct dns_name *name, unsigned type,
    uint32_t ttl, struct str data)
{
	const char *form = dns_form(type, DNS_CLASS_IN);
	struct dns_zone_name *at = dns_zone_find(z, name);
	char *copy;

	if (!dns_name_is_below(name, &z->apex) || type == 0 ||
	    type > UINT16_MAX || data.n > UINT16_MAX ||
	    (form != NULL && !dns_data_fit(form, data)) ||
	    !fits_beside(at, type, data))
		return ERR_SYNTAX;
	for (size_t i = 0; at != NULL && i < at->n; i++)
		if (at->records[i].type == type &&
		    str_eq(at->records[i].data, data))
			return 0;
	at = zone_keep_name(z, name);
	copy = mem_dup(data.p, data.n);
	if (at != NULL && copy != NULL &&
	    zone_put_record(at, type, ttl, copy, data.n) == 0)
		return 0;
	mem_free(copy);
	drop_empty(z, at);
	return ERR_NOMEM;
}

/* The records of TYPE that it has: *R the first; how many. */
static size_t
dns_zone_of_type(
    const struct dns_zone_name *at, unsigned type, const struct dns_record **r)
{
	size_t n = 0, from = 0;

	*r = at->records;
	if (type == DNS_TYPE_ANY || at->n == 0)
		return at->n;
	while (from < at->n && at->records[from].type != type)
		from++;
	while (from + n < at->n && at->records[from + n].type == type)
		n++;
	*r = at->records + from;
	return n;
}

size_t
dns_zone_get(const struct dns_zone *z, const struct dns_name *name,
    unsigned type, const struct dns_record **r)
{
	const struct dns_zone_name *at = dns_zone_find(z, name);

	*r = NULL;
	return at != NULL ? dns_zone_of_type(at, type, r) : 0;
}

size_t
dns_zone_remove(struct dns_zone *z, const struct dns_name *name, unsigned type)
{
	struct dns_zone_name *at = dns_zone_find(z, name);
	const struct dns_record *found;
	size_t from, n = at != NULL ? dns_zone_of_type(at, type, &found) : 0;

	if (n == 0)
		return 0;
	from = (size_t)(found - at->records);
	for (size_t i = from; i < from + n; i++)
		mem_free((char *)at->records[i].data.p);
	memmove(at->records + from, at->records + from + n,
	    (at->n - from - n) * sizeof(*at->records));
	at->n -= n;
	drop_empty(z, at);
	return n;
}

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
zone_add_soa(struct answering *a)
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
zone_find_cut(const struct answering *a)
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
zone_leads_back(const struct answering *a)
{
	const struct dns_record *r = dns_message_section(a->m, DNS_ANSWER);

	for (size_t i = 0; i < a->m->counts[DNS_ANSWER]; i++)
		if (str_ieq(r[i].name, a->as))
			return true;
	return false;
}

/* The name asked for has a CNAME alone: the question goes on with its target;
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
zone_refer(struct answering *a, const struct dns_zone_name *cut)
{
	const struct dns_record *r;
	size_t n = dns_zone_of_type(cut, DNS_TYPE_NS, &r);

	a->m->authoritative = a->m->counts[DNS_ANSWER] > 0;
	add_records(a, DNS_AUTHORITY, r, n, r->name);
}

/* The chain from the name that is asked for to its end. */
static void
zone_answer(struct answering *a)
{
	const struct dns_zone_name *at, *cut;
	const struct dns_record *r;
	size_t n;

	for (unsigned i = 0; i <= DNS_CHAIN_MAX && a->err == 0; i++) {
		if (!dns_name_is_below(&a->name, &a->z->apex) ||
		    zone_leads_back(a))
			return;
		cut = zone_find_cut(a);
		if (cut != NULL) {
			zone_refer(a, cut);
			return;
		}
		at = dns_zone_find(a->z, &a->name);
		if (at == NULL)
			at = find_wildcard(a);
		if (at == NULL) {
			/* RFC 2308 2.1: of the chain's last name. */
			a->m->rcode = DNS_NXDOMAIN;
			zone_add_soa(a);
			return;
		}
		if (follow_cname(a, at))
			continue;
		n = dns_zone_of_type(at, a->m->type, &r);
		add_records(a, DNS_ANSWER, r, n, a->as);
		if (n == 0)
			zone_add_soa(a);
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
zone_is_there(const struct dns_message *m, struct str name, unsigned type)
{
	for (size_t i = 0; i < dns_message_count(m); i++)
		if (m->records[i].type == type &&
		    str_ieq(m->records[i].name, name))
			return true;
	return false;
}

/* Step 6; an additional record may name more: NAPTR an SRV, that an address. */
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

			if (n > 0 && !zone_is_there(a->m, r->name, *type))
				add_records(a, DNS_ADDITIONAL, r, n, r->name);
		}
	}
}

/*
 * RFC 1034 4.3.2, steps 3 to 6; wildcards by RFC 4592, negative answers by RFC
 * 2308.
 */
int
dns_zone_answer(const struct dns_zone *z, struct dns_message *m)
{
	struct answering a = { .z = z,
		.m = m,
		.name = m->question,
		.as = dns_name_view(&m->question) };

	m->authoritative = true;
	zone_answer(&a);
	if (a.err == 0)
		add_additional(&a);
	return a.err;
}
