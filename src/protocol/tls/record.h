/*
 * Records of TLS (RFC 5246 6.2, RFC 8446 5): five octets of head, then as many
 * as that says.  Protected records are as long as with AES-GCM, and only the
 * other side can read it; but the cipher is a model of one that keeps no secret
 * from a reader of its source.  So sizes are those of real TLS and contents are
 * opaque, and a record that was changed on its way is found out.
 */
#ifndef TLS_RECORD_H
#define TLS_RECORD_H

#include "base/buf.h"

#define TLS_HEAD 5     /* octets before a record's body */
#define TLS_MOST 16384 /* of data in one (RFC 8446 5.1) */
#define TLS_TAG  16    /* of AES-GCM */
/* Of a body: RFC 5246 6.2.3 has more than RFC 8446 5.2. */
#define TLS_BODY_MOST (TLS_MOST + 2048)

/* X(ID, word, number in messages, octets of a nonce before the data, octets of
 * the type behind them) */
#define TLS_VERSIONS(X)            \
	X(12, "1.2", 0x0303, 8, 0) \
	X(13, "1.3", 0x0304, 0, 1)

enum tls_version {
#define X(id, word, number, nonce, inner) TLS_##id,
	TLS_VERSIONS(X)
#undef X
	    TLS_VERSION_COUNT
};

struct tls_version_row {
	const char *word;
	uint16_t number;
	uint8_t nonce, inner;
};
extern const struct tls_version_row tls_versions[TLS_VERSION_COUNT];

enum tls_type {
	TLS_CHANGE_CIPHER_SPEC = 20,
	TLS_ALERT = 21,
	TLS_HANDSHAKE = 22,
	TLS_DATA = 23,
};

/* RFC 8446 6: X(ID, number, name) */
#define TLS_ALERTS(X)                                     \
	X(CLOSE_NOTIFY, 0, "close_notify")                \
	X(UNEXPECTED_MESSAGE, 10, "unexpected_message")   \
	X(BAD_RECORD_MAC, 20, "bad_record_mac")           \
	X(RECORD_OVERFLOW, 22, "record_overflow")         \
	X(HANDSHAKE_FAILURE, 40, "handshake_failure")     \
	X(BAD_CERTIFICATE, 42, "bad_certificate")         \
	X(CERTIFICATE_EXPIRED, 45, "certificate_expired") \
	X(CERTIFICATE_UNKNOWN, 46, "certificate_unknown") \
	X(ILLEGAL_PARAMETER, 47, "illegal_parameter")     \
	X(UNKNOWN_CA, 48, "unknown_ca")                   \
	X(DECODE_ERROR, 50, "decode_error")               \
	X(DECRYPT_ERROR, 51, "decrypt_error")             \
	X(PROTOCOL_VERSION, 70, "protocol_version")       \
	X(INTERNAL_ERROR, 80, "internal_error")           \
	X(UNRECOGNIZED_NAME, 112, "unrecognized_name")    \
	X(CERTIFICATE_REQUIRED, 116, "certificate_required")

enum tls_alert {
#define X(id, number, name) TLS_ALERT_##id = number,
	TLS_ALERTS(X)
#undef X
	    TLS_ALERT_NONE = 256
};

/* NULL: none that is known. */
const char *tls_alert_name(unsigned number);

/* What one direction protects by. */
struct tls_keys {
	uint64_t key, seq;
	bool on;
};

/* DATA in as many records of TYPE as it needs; K may be NULL: unprotected. */
void tls_put_record(struct buf *out, enum tls_version version,
    struct tls_keys *k, enum tls_type type, struct str data);

struct tls_record {
	uint8_t type;
	struct str body;
	size_t n; /* with its head */
};

enum tls_cut {
	TLS_CUT_MORE, /* more octets are needed */
	TLS_CUT_RECORD,
	TLS_CUT_BAD, /* no head of a record (*ALERT is the alert to send) */
};
/* The first record of IN. */
enum tls_cut
tls_cut_record(struct str in, struct tls_record *r, enum tls_alert *alert);

/* N octets that depend on SEED alone and mean nothing. */
void tls_put_opaque(struct buf *out, uint64_t seed, size_t n);
/* The same mixed into the N octets at P; a second time undoes it. */
void tls_mix(char *p, size_t n, uint64_t seed);

/* Opens R, appending the plain octets to OUT, and their type; TLS_ALERT_NONE,
 * or the alert for its fault. */
enum tls_alert
tls_open_record(const struct tls_record *r, enum tls_version version,
    struct tls_keys *k, struct buf *out, uint8_t *type);

#endif
