/*
 * What the data of a record consist of (RFC 1035 3.3, 3596, 2782, 3403), a row
 * for each type: messages, zone files and lines for people are read and written
 * by it.
 */
#ifndef DNS_DATA_IN_H
#define DNS_DATA_IN_H

#include "dns/message.h"

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

/* Numbers in network byte order (RFC 1035 2.3.2). */
static inline uint16_t
dns_get16(const char *p)
{
	return (uint16_t)((uint8_t)p[0] << 8 | (uint8_t)p[1]);
}

static inline uint32_t
dns_get32(const char *p)
{
	return (uint32_t)dns_get16(p) << 16 | dns_get16(p + 2);
}

static inline void
dns_put16(struct buf *out, unsigned v)
{
	buf_add(out, (const char[]){ (char)(v >> 8), (char)v }, 2);
}

static inline void
dns_put32(struct buf *out, uint32_t v)
{
	dns_put16(out, v >> 16);
	dns_put16(out, v & 0xffff);
}

#endif
