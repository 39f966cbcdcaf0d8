/*
 * STUN messages (RFC 8489 5, 14) as bytes: a head of 20, then attributes, each
 * with its type, its length and the padding to a multiple of four.  Those of
 * NAT behaviour discovery (RFC 5780 7) are among them.  Pure functions: nothing
 * here knows a network.
 *
 * On a port of SIP they are told from SIP by their first two bits, which are 0,
 * and the magic cookie (RFC 8489 5, RFC 5626 8).
 */
#ifndef STUN_STUN_H
#define STUN_STUN_H

#include "base/addr.h"

#define STUN_MAGIC   0x2112A442u
#define STUN_HEAD    20
#define STUN_ID      12 /* bytes of a transaction id */
#define STUN_BINDING 0x001

/* X(NAME, bits in the type, words): what a message is (5). */
#define STUN_CLASSES(X)                       \
	X(REQUEST, 0x000, "request")          \
	X(INDICATION, 0x010, "indication")    \
	X(SUCCESS, 0x100, "success response") \
	X(ERROR, 0x110, "error response")

enum stun_class {
#define X(name, bits, words) STUN_##name = bits,
	STUN_CLASSES(X)
#undef X
};

/* X(NAME, type, the name that RFCs have, how its value is read): those with a
 * type below 0x8000 must be understood (14).  A new one has a row here, and is
 * read and shown by that. */
#define STUN_ATTRS(X)                                                          \
	X(MAPPED_ADDRESS, 0x0001, "MAPPED-ADDRESS", ADDRESS)                   \
	X(CHANGE_REQUEST, 0x0003, "CHANGE-REQUEST", CHANGE)                    \
	X(USERNAME, 0x0006, "USERNAME", TEXT)                                  \
	X(MESSAGE_INTEGRITY, 0x0008, "MESSAGE-INTEGRITY", BYTES)               \
	X(ERROR_CODE, 0x0009, "ERROR-CODE", CODE)                              \
	X(UNKNOWN_ATTRIBUTES, 0x000A, "UNKNOWN-ATTRIBUTES", TYPES)             \
	X(REALM, 0x0014, "REALM", TEXT)                                        \
	X(NONCE, 0x0015, "NONCE", TEXT)                                        \
	X(MESSAGE_INTEGRITY_SHA256, 0x001C, "MESSAGE-INTEGRITY-SHA256", BYTES) \
	X(PASSWORD_ALGORITHM, 0x001D, "PASSWORD-ALGORITHM", BYTES)             \
	X(USERHASH, 0x001E, "USERHASH", BYTES)                                 \
	X(XOR_MAPPED_ADDRESS, 0x0020, "XOR-MAPPED-ADDRESS", XOR_ADDRESS)       \
	X(PRIORITY, 0x0024, "PRIORITY", BYTES)                                 \
	X(USE_CANDIDATE, 0x0025, "USE-CANDIDATE", BYTES)                       \
	X(PADDING, 0x0026, "PADDING", SIZE)                                    \
	X(RESPONSE_PORT, 0x0027, "RESPONSE-PORT", PORT)                        \
	X(SOFTWARE, 0x8022, "SOFTWARE", TEXT)                                  \
	X(CACHE_TIMEOUT, 0x8027, "CACHE-TIMEOUT", NUMBER)                      \
	X(FINGERPRINT, 0x8028, "FINGERPRINT", BYTES)                           \
	X(ICE_CONTROLLED, 0x8029, "ICE-CONTROLLED", BYTES)                     \
	X(ICE_CONTROLLING, 0x802A, "ICE-CONTROLLING", BYTES)                   \
	X(RESPONSE_ORIGIN, 0x802B, "RESPONSE-ORIGIN", ADDRESS)                 \
	X(OTHER_ADDRESS, 0x802C, "OTHER-ADDRESS", ADDRESS)

enum stun_type {
#define X(name, type, words, form) STUN_##name = type,
	STUN_ATTRS(X)
#undef X
};

/* CHANGE-REQUEST (RFC 5780 7.2). */
#define STUN_CHANGE_IP   0x4u
#define STUN_CHANGE_PORT 0x2u

/* X(NAME, words): faults of a message. */
#define STUN_FAULTS(X)                                              \
	X(NONE, "")                                                 \
	X(SHORT, "shorter than its head")                           \
	X(BITS, "its first two bits are not 0")                     \
	X(MAGIC, "no magic cookie")                                 \
	X(LENGTH, "its length is not that of its bytes")            \
	X(ATTRIBUTE, "an attribute is longer than what is left")    \
	X(VALUE, "the value of an attribute does not fit its type") \
	X(FINGERPRINT, "its fingerprint is wrong")                  \
	X(BEHIND, "something stands behind its fingerprint")

enum stun_fault {
#define X(name, words) STUN_FAULT_##name,
	STUN_FAULTS(X)
#undef X
};
const char *stun_fault_words(enum stun_fault fault);

struct stun {
	unsigned method; /* STUN_BINDING, or another */
	enum stun_class class;
	struct str bytes; /* all of it */
	struct str id;    /* its transaction's */
	struct str attrs;
	/* What it says, or nothing (len 0, 0, STR_NULL). */
	struct addr mapped; /* XOR-MAPPED-ADDRESS, else MAPPED-ADDRESS */
	struct addr origin, other;
	unsigned code; /* ERROR-CODE, 300 to 699 */
	struct str reason;
	unsigned change; /* bits of CHANGE-REQUEST */
	uint16_t response_port;
	bool fingerprint;
	uint16_t unknown; /* the first type that must be understood and is not
			     known; 0: none */
};

struct stun_attr {
	unsigned type;
	struct str value;
};

/* BYTES begin like a STUN message: two bits and the magic cookie. */
bool stun_is(struct str bytes);
/* Reads BYTES, which M goes on to point into. */
enum stun_fault stun_read(struct str bytes, struct stun *m);
/* The next attribute of M, from *AT, 0 at first. */
bool stun_next(const struct stun *m, size_t *at, struct stun_attr *a);
/* The name of an attribute's type, or NULL. */
const char *stun_attr_name(unsigned type);
/* "Binding request", or "0x003 request", appended to OUT; an attribute's name,
 * or "0x0024". */
void stun_write_name(unsigned method, enum stun_class class, struct buf *out);
void stun_write_attr_name(unsigned type, struct buf *out);
/* Writes A, an attribute of M, in words; untranslated, to be made safe by the
 * code that shows it. */
void stun_attr_write(
    const struct stun *m, const struct stun_attr *a, struct buf *out);

/* What a MESSAGE-INTEGRITY of M covers, appended to OUT, its length as if the
 * attribute were the last (14.5); *MAC is its value.  False: it has none. */
bool stun_integrity(const struct stun *m, struct buf *out, struct str *mac);

/* ---- writing: into an empty buffer ---- */

/* ID: STUN_ID bytes. */
void stun_begin(
    struct buf *out, unsigned method, enum stun_class class, const char *id);
/* The length in the head goes along. */
void stun_put(struct buf *out, enum stun_type type, struct str value);
void stun_put_u32(struct buf *out, enum stun_type type, uint32_t value);
/* As XOR-MAPPED-ADDRESS has it, or as the others. */
void stun_put_addr(struct buf *out, enum stun_type type, const struct addr *a);
void stun_put_error(struct buf *out, unsigned code, const char *reason);
/* Nothing may stand after it (14.7). */
void stun_put_fingerprint(struct buf *out);

#endif
