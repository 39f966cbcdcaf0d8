/* Names of the DNS, for tests. */
#ifndef DNS_NAMES_H
#define DNS_NAMES_H

#include "fixtures/check.h"
#include "dns/name.h"

/* TEXT, which must be whole and right. */
static inline struct dns_name
dns_name_of(const char *text)
{
	struct dns_name name = dns_root;

	CU_ASSERT_EQUAL(dns_name_read(str_of(text), NULL, &name), 0);
	return name;
}

#endif
