/* A zone as its files know it: a tree of names (RFC 1034 3.1). */
#ifndef DNS_ZONE_IN_H
#define DNS_ZONE_IN_H

#include "base/map.h"
#include "dns/zone.h"

/* A name that has records, or stands above one that has (RFC 4592 2.2.2). */
struct dns_zone_name {
	struct dns_name name;       /* as it was first written */
	struct dns_zone_name *over; /* the name above; NULL: the apex */
	size_t below;               /* how many stand just below it */
	struct dns_record *records; /* of one type together; data are owned */
	size_t n;
};

struct dns_zone {
	struct dns_name apex;
	struct map *names; /* struct dns_zone_name, by folded name */
};

#endif
