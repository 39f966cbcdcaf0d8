/*
 * What the data of a record consist of (RFC 1035 3.3, 3596, 2782, 3403), a row
 * for each type: messages, zone files and lines for people are read and written
 * by it.
 */
#ifndef DNS_DATA_IN_H
#define DNS_DATA_IN_H

#include "base/octets.h"
#include "dns/dns_message.h"

/* Parts of data, each a letter of its type's form. */
enum dns_part {
	DNS_IP4 = '4',
	DNS_IP6 = '6',
	DNS_16 = 'h',
	DNS_32 = 'w',
	DNS_NAME = 'n',   /* compressed where it is written */
	DNS_TARGET = 'N', /* not compressed (RFC 2782, RFC 3403 4.1) */
	DNS_STRING = 's', /* of at most 255 bytes, behind its length */
	DNS_STRINGS = 'S' /* one or more of these, to the end */
};

/* The form of TYPE's data in CLASS; NULL: bytes of which nothing is known. */
const char *dns_form(unsigned type, unsigned class);
/* How many bytes the part P has at the beginning of DATA, uncompressed; 0: it
 * isn't there. */
size_t dns_part_size(enum dns_part p, struct str data);
/* DATA are uncompressed what FORM says, and nothing else. */
bool dns_data_fit(const char *form, struct str data);

#endif
