/*
 * A zone: the records of a domain for which a server has authority (RFC 1034
 * 4.2), read from a master file (RFC 1035 5.1, $TTL of RFC 2308 4, $ORIGIN) or
 * put together, and what it answers (RFC 1034 4.3.2, wildcards by RFC 4592).
 */
#ifndef DNS_ZONE_H
#define DNS_ZONE_H

#include "base/diag.h"
#include "dns/dns_message.h"

struct dns_zone;

/* 0 or ERR_NOMEM. */
int dns_zone_create(struct dns_zone **z, const struct dns_name *apex);
void dns_zone_destroy(struct dns_zone *z); /* NULL is fine */
/* TEXT of a master file; FILE is its name in sentences.  The zone is that of
 * its SOA; APEX where $ORIGIN is not said, NULL: it must be.  0, ERR_SYNTAX
 * with a sentence in D (no SOA, two of them, a record outside the zone, a CNAME
 * beside other data, bad data, $INCLUDE, which is not followed …), or
 * ERR_NOMEM. */
int dns_zone_read(struct dns_zone **z, struct str text, const char *file,
    const struct dns_name *apex, struct diag *d);
const struct dns_name *dns_zone_apex(const struct dns_zone *z);
/* One record more; copied.  A record that is there already is not added twice.
 * 0, ERR_SYNTAX (outside the zone, CNAME beside other data) or ERR_NOMEM. */
int dns_zone_add(struct dns_zone *z, const struct dns_name *name, unsigned type,
    uint32_t ttl, struct str data);
/* All that NAME has of TYPE (DNS_TYPE_ANY: of any type) are gone; how many. */
size_t
dns_zone_remove(struct dns_zone *z, const struct dns_name *name, unsigned type);
/* All that NAME has of TYPE, in the order in which they were added
 * (DNS_TYPE_ANY: of any type): how many, and *R the first; 0: none. */
size_t dns_zone_get(const struct dns_zone *z, const struct dns_name *name,
    unsigned type, const struct dns_record **r);
/*
 * What the zone says to m->question and m->type, into M, which is otherwise
 * empty: rcode, authoritative, answers with chains of CNAME within the zone,
 * additional addresses of what SRV, NS and MX name (and SRV of what NAPTR
 * names) as far as the zone has them; NXDOMAIN and no data with the SOA, whose
 * TTL is the smaller of its own and its minimum (RFC 2308 3); a referral with
 * its NS and their addresses, not authoritative, where the name is delegated. M
 * borrows from Z.  A ring of CNAMEs ends where it began, a chain after
 * DNS_CHAIN_MAX.  0 or ERR_NOMEM.
 */
#define DNS_CHAIN_MAX 16
int dns_zone_answer(const struct dns_zone *z, struct dns_message *m);

#endif
