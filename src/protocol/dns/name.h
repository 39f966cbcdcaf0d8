/*
 * Domain names (RFC 1035 2.3, 3.1) as DNS messages have them, uncompressed:
 * labels of 1 to 63 bytes, each behind its length, the root's of length 0 last;
 * 255 bytes at most.  Letters are alike in either size (RFC 4343), and stay as
 * they were written.
 *
 * As text (RFC 1035 5.1) labels have dots between them; a dot, a backslash, or
 * another character with a meaning in zone files is written "\." in a label, a
 * byte that is not printable ASCII, or a blank, "\DDD".
 */
#ifndef DNS_NAME_H
#define DNS_NAME_H

#include "base/buf.h"

#define DNS_NAME_MAX  255
#define DNS_LABEL_MAX 63

struct dns_name {
	uint8_t n; /* bytes of B, with the root's; at least 1 */
	uint8_t b[DNS_NAME_MAX];
};

/* The root, and a view of a name's bytes. */
extern const struct dns_name dns_root;
static inline struct str
dns_name_view(const struct dns_name *name)
{
	return (struct str){ (const char *)name->b, name->n };
}

/* TEXT, which ends with a dot or is relative to ORIGIN (NULL: the root), "@" is
 * ORIGIN.  0, or ERR_SYNTAX: an empty or too long label, too long a name, a bad
 * escape. */
int dns_name_read(
    struct str text, const struct dns_name *origin, struct dns_name *name);
/* BYTES, which hold a whole name and nothing else, uncompressed; 0 or
 * ERR_SYNTAX. */
int dns_name_take(struct str bytes, struct dns_name *name);
/* As text without the last dot; the root is ".". */
void dns_name_write(const struct dns_name *name, struct buf *out);
bool dns_name_eq(const struct dns_name *a, const struct dns_name *b);
/* NAME is ZONE or stands below it. */
bool
dns_name_is_below(const struct dns_name *name, const struct dns_name *zone);
/* How many labels it has, without the root. */
unsigned dns_name_labels(const struct dns_name *name);
/* NAME without its first LABELS labels; the root where it has no more. */
void dns_name_cut(
    const struct dns_name *name, unsigned labels, struct dns_name *rest);
/* FIRST, text of labels ("_sip._udp"), before NAME; 0 or ERR_SYNTAX. */
int dns_name_join(
    const char *first, const struct dns_name *name, struct dns_name *whole);
/* The byte that is in TEXT at *AT, which is moved after it, with its
 * escape ("\.", "\046"); -1: a bad escape. */
int dns_unescape(struct str text, size_t *at);
/* Letters small: what names are looked up by. */
void dns_name_fold(struct dns_name *name);
/* RFC 1035 3.5, RFC 3596 2.5: A as a name below in-addr.arpa or ip6.arpa. */
struct addr;
void dns_name_of_addr(const struct addr *a, struct dns_name *name);

#endif
