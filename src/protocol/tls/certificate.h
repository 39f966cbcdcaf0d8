/*
 * Certificates (RFC 5280) as far as SIP asks for them: subjects, issuer,
 * validity; written and read as DER, with the sizes of real ones.  Signatures
 * are modelled: each is computed from the signed octets and the issuer's name.
 */
#ifndef TLS_CERTIFICATE_H
#define TLS_CERTIFICATE_H

#include "base/buf.h"
#include "tls/record.h"

struct tls_certificate {
	struct str subject, issuer; /* their common names */
	struct str names; /* "DNS:a.example URI:sip:a.example IP:192.0.2.1":
			     its subjectAltName (RFC 5280 4.2.1.6) */
	int64_t from_s, until_s; /* since 1970, UTC */
	bool rsa;                /* its key; else one of P-256 */
	bool ca;
};

/* Octets of a signature by such a key, as they are measured. */
unsigned tls_signature_size(bool rsa);

/* C as DER, signed by its issuer. */
void tls_certificate_write(const struct tls_certificate *c, struct buf *out);

/* What DER says; its names as text are in NAMES, the others in DER.  0,
 * ERR_SYNTAX, ERR_NOMEM. */
int tls_certificate_read(
    struct str der, struct tls_certificate *c, struct buf *names);

/* X(ID, word, alert): what a check finds.  A new one has its sentence in
 * words/record_messages.c; it is a word of the attribute certificate_fault
 * where a node shall have it, and is in docs/TLS.md and docs/TRACE.md.
 */
#define TLS_VERDICTS(X)                                 \
	X(GOOD, "good", NONE)                           \
	X(MISSING, "missing", CERTIFICATE_REQUIRED)     \
	X(GARBLED, "garbled", BAD_CERTIFICATE)          \
	X(SELF_SIGNED, "self-signed", UNKNOWN_CA)       \
	X(UNKNOWN_ISSUER, "unknown-issuer", UNKNOWN_CA) \
	X(EARLY, "not-yet-valid", BAD_CERTIFICATE)      \
	X(EXPIRED, "expired", CERTIFICATE_EXPIRED)      \
	X(NO_IDENTITY, "no-identity", BAD_CERTIFICATE)  \
	X(WRONG_NAME, "wrong-name", BAD_CERTIFICATE)

enum tls_verdict {
#define X(id, word, alert) TLS_VERDICT_##id,
	TLS_VERDICTS(X)
#undef X
	    TLS_VERDICT_COUNT
};

const char *tls_verdict_word(enum tls_verdict v);
enum tls_alert tls_verdict_alert(enum tls_verdict v);

/* RFC 5922 7.1, 7.2: NAMES, of a certificate whose subject is SUBJECT, belong
 * to a server that may speak for HOST, a domain; or for an address (RFC 5280
 * 4.2.1.6), which RFC 5922 knows nothing of. */
enum tls_verdict
tls_speaks_for(struct str names, struct str subject, struct str host);

/* What a check holds a certificate against. */
struct tls_trust {
	struct str anchors; /* names of issuers, with commas between */
	int64_t now_s;
	struct str host; /* empty: any host */
};
/* RFC 5280 6.1 and RFC 5922 7.3 or 7.4 of the certificate DER. */
enum tls_verdict tls_check(struct str der, const struct tls_trust *trust);

/* ---- DER (ITU-T X.690) as far as certificates need it ---- */

enum {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_OID = 0x06,
	DER_UTF8 = 0x0c,
	DER_UTC_TIME = 0x17,
	DER_TIME = 0x18,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80, /* [n]; with 0x20 it holds others */
};

/* Takes the first element of *IN off; false: there is none, or it is no DER:
 * X.690 leaves one way to write each value (10, 11).  What a constructed one
 * holds is not looked at. */
bool der_next(struct str *in, uint8_t *tag, struct str *content);

#endif
