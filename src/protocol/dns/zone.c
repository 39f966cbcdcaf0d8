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

struct dns_zone_name *
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
keep_name(struct dns_zone *z, const struct dns_name *name)
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
		at->over = keep_name(z, &rest);
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
put_record(struct dns_zone_name *at, unsigned type, uint32_t ttl,
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
	at = keep_name(z, name);
	copy = mem_dup(data.p, data.n);
	if (at != NULL && copy != NULL &&
	    put_record(at, type, ttl, copy, data.n) == 0)
		return 0;
	mem_free(copy);
	drop_empty(z, at);
	return ERR_NOMEM;
}

size_t
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
