/*
 * Digest access authentication: RFC 7616 and RFC 8760 (MD5, SHA-256,
 * SHA-512/256 and their -sess forms, qop auth and auth-int), RFC 2617 and the
 * RFC 2069 form without qop; AKAv1 (RFC 3310).  Pure functions: challenges and
 * credentials read and written, responses computed with nettle's hashes.  The
 * server is node/node_auth.h, the client agent/agent_auth.c.
 */
#ifndef SIP_DIGEST_H
#define SIP_DIGEST_H

#include "base/buf.h"
#include "base/str.h"

/* X(ID, name, session form), the strongest last. */
#define DIGEST_ALGORITHMS(X)                         \
	X(MD5, "MD5", false)                         \
	X(MD5_SESS, "MD5-sess", true)                \
	X(SHA256, "SHA-256", false)                  \
	X(SHA256_SESS, "SHA-256-sess", true)         \
	X(SHA512_256, "SHA-512-256", false)          \
	X(SHA512_256_SESS, "SHA-512-256-sess", true) \
	X(AKAV1_MD5, "AKAv1-MD5", false) /* RFC 3310: the password is RES */

enum digest_algorithm {
#define X(id, name, sess) DIGEST_##id,
	DIGEST_ALGORITHMS(X)
#undef X
	    DIGEST_UNKNOWN
};

/* Room for a response in hex, with its NUL. */
#define DIGEST_HEX 65

enum digest_qop {
	DIGEST_QOP_NONE, /* RFC 2069 */
	DIGEST_QOP_AUTH,
	DIGEST_QOP_AUTH_INT,
};

/* NAME in any case of its letters; empty is MD5 (RFC 7616 3.3). */
enum digest_algorithm digest_algorithm_find(struct str name);
const char *digest_algorithm_name(enum digest_algorithm a);
bool digest_algorithm_session(enum digest_algorithm a); /* a -sess form */
const char *digest_qop_name(enum digest_qop qop);       /* "": none */

/* Appends to OUT the inside of a quoted string without its escapes; and text
 * with the escapes that it needs there. */
void digest_unescape(struct str inside, struct buf *out);
void digest_escape(struct str text, struct buf *out);

/* A WWW-Authenticate or Proxy-Authenticate value.  Slices of what was read, of
 * quoted strings the inside with its escapes; p is NULL where one is missing
 * (an opaque that is there and empty goes back as well). */
struct digest_challenge {
	struct str realm, nonce, opaque, domain;
	struct str ck, ik; /* keys for who stands between (TS 33.203) */
	enum digest_algorithm algorithm;
	bool has_algorithm;
	bool stale;
	bool qop_auth, qop_auth_int; /* offered; neither: RFC 2069 */
};
/* 0; ERR_UNSUPPORTED: another scheme than Digest, or an algorithm or qop that
 * is not known, or a session form without qop (RFC 3261 22.4 item 8);
 * ERR_SYNTAX: no realm or nonce, or broken.  C then has what could be read. */
int digest_challenge_read(struct str value, struct digest_challenge *c);
void digest_challenge_write(const struct digest_challenge *c, struct buf *out);

/* An Authorization or Proxy-Authorization value. */
struct digest_credentials {
	struct str username, realm, nonce, uri, response, opaque, cnonce;
	struct str auts; /* RFC 3310 3.4 */
	enum digest_algorithm algorithm;
	bool has_algorithm;
	enum digest_qop qop;
	uint32_t nc; /* 0 without qop */
};
/* As above; ERR_SYNTAX also where a parameter that must be is missing, nc is
 * not eight hex digits in small letters (8LHEX), or the response no hex.  An
 * empty response is that of a client that was not challenged yet (RFC 8760
 * 2.7). */
int digest_credentials_read(struct str value, struct digest_credentials *c);
void
digest_credentials_write(const struct digest_credentials *c, struct buf *out);

/* RFC 7616 3.4.1.  C gives all but the response; METHOD as on the start line;
 * BODY matters for auth-int.  Quoted values are unescaped first (3.3, unq).  0,
 * ERR_UNSUPPORTED (unknown algorithm). */
int digest_response(const struct digest_credentials *c, struct str password,
    struct str method, struct str body, char hex[DIGEST_HEX]);

/* The stored form of a password, H(username ":" realm ":" password), in the
 * algorithm of C, which must be known; a response made with that (KNOWN), as
 * above. */
void digest_password(const struct digest_credentials *c, struct str password,
    char hex[DIGEST_HEX]);
int digest_response_of(const struct digest_credentials *c, struct str known,
    struct str method, struct str body, char hex[DIGEST_HEX]);

/* HMAC-SHA1 (RFC 2104): what a flow token is signed with (RFC 5626 5.2), and
 * the MESSAGE-INTEGRITY of STUN (RFC 8489 14.5). */
#define HMAC_SHA1_BYTES 20

void hmac_sha1(struct str key, struct str text, char mac[HMAC_SHA1_BYTES]);

#endif
