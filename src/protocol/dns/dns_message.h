/*
 * DNS messages (RFC 1035 4) with EDNS(0) (RFC 6891), read from untrusted bytes,
 * and written.
 *
 * A record's name and data stand uncompressed in bytes that the message owns
 * (RFC 1035 4.1.4, RFC 3597 4); what a type's data say is asked of the
 * functions below.  Written, names of owners are compressed, and those in the
 * data of NS, CNAME, PTR and SOA; targets of SRV (RFC 2782) and replacements of
 * NAPTR (RFC 3403 4.1) are not, but are read where others have compressed them.
 */
#ifndef DNS_DNS_MESSAGE_H
#define DNS_DNS_MESSAGE_H

#include "base/addr.h"
#include "dns/name.h"

#define DNS_PORT      53
#define DNS_HEADER    12
#define DNS_UDP_MAX   512   /* without EDNS: RFC 1035 4.2.1 */
#define DNS_EDNS_SIZE 1232  /* what rung's hosts say they take: see facts */
#define DNS_MAX       65535 /* by TCP: 4.2.2 */
#define DNS_TTL_MAX   0x7fffffff /* RFC 2181 8: above it counts as 0 */

/* X(ID, word, number): the types that rung reads and writes by name; others are
 * carried as bytes, and shown as "TYPE65" (RFC 3597 5).  A new one has a row
 * here and the form of its data in `forms` (dns/dns_message_data.c): with that
 * it is read and written in messages and master files, cached, and shown. */
#define DNS_TYPES(X)          \
	X(A, "A", 1)          \
	X(NS, "NS", 2)        \
	X(CNAME, "CNAME", 5)  \
	X(SOA, "SOA", 6)      \
	X(PTR, "PTR", 12)     \
	X(MX, "MX", 15)       \
	X(TXT, "TXT", 16)     \
	X(AAAA, "AAAA", 28)   \
	X(SRV, "SRV", 33)     \
	X(NAPTR, "NAPTR", 35) \
	X(OPT, "OPT", 41)     \
	X(ANY, "ANY", 255)

enum dns_type {
#define X(id, word, number) DNS_TYPE_##id = number,
	DNS_TYPES(X)
#undef X
};

/* "SRV", or "TYPE65", appended to OUT; and the number that WORD means, 0: none.
 */
void dns_type_write(unsigned type, struct buf *out);
unsigned dns_type_find(struct str word);

#define DNS_CLASS_IN 1

/* X(ID, number, word): RFC 1035 4.1.1, RFC 6891 9 */
#define DNS_RCODES(X)              \
	X(NOERROR, 0, "NOERROR")   \
	X(FORMERR, 1, "FORMERR")   \
	X(SERVFAIL, 2, "SERVFAIL") \
	X(NXDOMAIN, 3, "NXDOMAIN") \
	X(NOTIMP, 4, "NOTIMP")     \
	X(REFUSED, 5, "REFUSED")   \
	X(BADVERS, 16, "BADVERS")

enum dns_rcode {
#define X(id, number, word) DNS_##id = number,
	DNS_RCODES(X)
#undef X
};

/* "NXDOMAIN", or "RCODE11", appended to OUT. */
void dns_rcode_write(unsigned rcode, struct buf *out);

struct dns_record {
	struct str name; /* as in struct dns_name */
	struct str data; /* uncompressed; of A 4 bytes, of AAAA 16 */
	uint16_t type, class;
	uint32_t ttl; /* seconds; as it stood, above DNS_TTL_MAX too */
};

enum dns_section { DNS_ANSWER, DNS_AUTHORITY, DNS_ADDITIONAL, DNS_SECTIONS };

struct dns_message {
	uint16_t id;
	uint8_t opcode;           /* 0: a query */
	uint16_t rcode;           /* with EDNS's upper bits */
	bool response;            /* QR */
	bool authoritative;       /* AA */
	bool truncated;           /* TC */
	bool recursion_desired;   /* RD */
	bool recursion_available; /* RA */
	bool edns;                /* it has an OPT, which is no record here */
	uint8_t edns_version;
	uint16_t udp_size; /* what its OPT says; 0 without */
	bool has_question;
	struct dns_name question;
	uint16_t type, class;       /* of the question */
	struct dns_record *records; /* in order of the sections */
	size_t counts[DNS_SECTIONS];
	size_t cap;
	struct buf bytes; /* owned; names and data are in here, or in what
			     who added them keeps */
};

#define DNS_MESSAGE_INIT ((struct dns_message){ .class = DNS_CLASS_IN })

/* X(ID, word, sentence): faults of a DNS message. */
#define DNS_FAULTS(X)                                                     \
	X(NONE, "none", "")                                               \
	X(SHORT, "short", N_("it ends before all the data it announces")) \
	X(LABEL, "label", N_("a label has an invalid length"))            \
	X(POINTER, "pointer",                                             \
	    N_("the pointer in a name does not point backwards"))         \
	X(NAME, "name", N_("a name is longer than 255 bytes"))            \
	X(DATA, "data",                                                   \
	    N_("a record's data do not have the form of its type"))       \
	X(QUESTIONS, "questions", N_("it has more than one question"))    \
	X(OPT, "opt", N_("its OPT record is malformed"))                  \
	X(REST, "rest", N_("it has bytes after its last record"))

enum dns_fault {
#define X(id, word, text) DNS_FAULT_##id,
	DNS_FAULTS(X)
#undef X
	    DNS_FAULT_COUNT
};

const char *dns_fault_name(enum dns_fault fault);
const char *dns_fault_text(enum dns_fault fault); /* in the user's language */

/* 0; ERR_SYNTAX with FAULT, where M has the header as far as it is there (a
 * server answers FORMERR with its id); ERR_NOMEM.  M is DNS_MESSAGE_INIT
 * before, and is freed by dns_message_free in any case. */
int dns_message_read(
    struct str bytes, struct dns_message *m, enum dns_fault *fault);
void dns_message_free(struct dns_message *m);
/* Over TCP two bytes with its length stand before a message (4.2.2).  BYTES
 * behind theirs, appended to OUT; how many bytes of IN the first message has
 * with its length, 0: it is not all there yet. */
void dns_message_frame(struct str bytes, struct buf *out);
size_t dns_message_framed(struct str in);
/* BYTES without the length, where that is what they begin with: the rest must
 * be a message. */
struct str dns_message_unframe(struct str bytes);

/* One record more, at the end of SECTION, whose turn has come: none of a later
 * section is there.  NAME and DATA are borrowed until M is written or freed.
 * 0 or ERR_NOMEM. */
int dns_message_add(struct dns_message *m, enum dns_section section,
    const struct dns_record *r);
/* The records of SECTION: the first, and their number in m->counts. */
size_t dns_message_count(const struct dns_message *m); /* of all sections */
const struct dns_record *
dns_message_section(const struct dns_message *m, enum dns_section section);

/* Appends M to OUT in at most LIMIT bytes (DNS_UDP_MAX to DNS_MAX): additional
 * records that do not fit are left out, whole sets of one name and type at a
 * time (RFC 2181 9); where more is missing TC is set, and all records are.  0
 * or ERR_NOMEM. */
int
dns_message_write(const struct dns_message *m, size_t limit, struct buf *out);

/* ---- what data say; ERR_SYNTAX where they are not of that type ---- */

struct dns_srv {
	uint16_t priority, weight, port;
	struct dns_name target; /* the root: the service is not there */
};
struct dns_naptr {
	uint16_t order, preference;
	struct str flags, service, regexp; /* in the record's data */
	struct dns_name replacement;
};
struct dns_soa {
	struct dns_name server, mailbox;
	uint32_t serial, refresh, retry, expire, minimum;
};

/* Of A and AAAA; its port is 0. */
int dns_record_addr(const struct dns_record *r, struct addr *a);
/* Of NS, CNAME and PTR. */
int dns_record_target(const struct dns_record *r, struct dns_name *target);
int dns_record_srv(const struct dns_record *r, struct dns_srv *srv);
int dns_record_naptr(const struct dns_record *r, struct dns_naptr *naptr);
int dns_record_soa(const struct dns_record *r, struct dns_soa *soa);

/* Their opposites, appended to OUT as data of a record. */
void dns_put_addr(const struct addr *a, struct buf *out);
void dns_put_target(const struct dns_name *target, struct buf *out);
void dns_put_srv(const struct dns_srv *srv, struct buf *out);
void dns_put_naptr(const struct dns_naptr *naptr, struct buf *out);
void dns_put_soa(const struct dns_soa *soa, struct buf *out);

/* R as a line of a zone file has it, without its name and TTL:
 * "SRV 10 60 5060 sip1.example.com." */
void dns_record_write(const struct dns_record *r, struct buf *out);

#endif
