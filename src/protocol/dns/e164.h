/*
 * ENUM (RFC 6116): telephone numbers as names below e164.arpa, and the URIs
 * that their NAPTR records make of them (RFC 3402's substitution, RFC
 * 6116 3.2, 3.4).
 */
#ifndef DNS_E164_H
#define DNS_E164_H

#include "dns/dns_message.h"

/* NUMBER, "+442079460148" with "-", ".", "(" and ")" anywhere, below ZONE
 * (NULL: e164.arpa).  0, or ERR_SYNTAX: no global number of 1 to 15 digits. */
int dns_e164_name(
    struct str number, const struct dns_name *zone, struct dns_name *name);
/* RECORD's regexp ("!^.*$!sip:info@example.com!"), applied to NUMBER, "+" and
 * its digits (RFC 6116 3.1): the URI, appended to OUT.  0; ERR_NOTFOUND: it
 * does not match; ERR_SYNTAX: no such number, or no substitution; ERR_NOMEM. */
int dns_e164_uri(
    const struct dns_naptr *record, struct str number, struct buf *out);
/* RFC 6116 3.4.3: RECORD's service is "E2U+sip" (or has sip among several), its
 * flag "u". */
bool dns_e164_is_sip(const struct dns_naptr *record);

#endif
