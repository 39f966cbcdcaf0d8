/*
 * The hashes of digest authentication: RFC 7616 3.4.1 to 3.4.3, RFC 8760 2.1
 * and 2.2, RFC 2617 3.2.2.1 to 3.2.2.3.
 */
#include "sip/digest.h"

#include "base/err.h"

#include <nettle/md5.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha2.h>

#include <stdio.h>

/* The hash of a row of DIGEST_ALGORITHMS. */
#define HASH_MD5             nettle_md5
#define HASH_MD5_SESS        nettle_md5
#define HASH_SHA256          nettle_sha256
#define HASH_SHA256_SESS     nettle_sha256
#define HASH_SHA512_256      nettle_sha512_256
#define HASH_SHA512_256_SESS nettle_sha512_256
#define HASH_AKAV1_MD5       nettle_md5

static const struct {
	const char *name;
	bool session;
	const struct nettle_hash *hash;
} algorithms[] = {
#define X(id, word, sess) { word, sess, &HASH_##id },
	DIGEST_ALGORITHMS(X)
#undef X
};

static const char *const qop_names[] = {
	[DIGEST_QOP_NONE] = "",
	[DIGEST_QOP_AUTH] = "auth",
	[DIGEST_QOP_AUTH_INT] = "auth-int",
};

enum digest_algorithm
digest_algorithm_find(struct str name)
{
	/* RFC 7616 3.3: if this is not present, it is MD5. */
	if (name.n == 0)
		return DIGEST_MD5;
	for (int i = 0; i < DIGEST_UNKNOWN; i++)
		if (str_iis(name, algorithms[i].name))
			return (enum digest_algorithm)i;
	return DIGEST_UNKNOWN;
}

const char *
digest_algorithm_name(enum digest_algorithm a)
{
	return a < DIGEST_UNKNOWN ? algorithms[a].name : "";
}

bool
digest_algorithm_session(enum digest_algorithm a)
{
	return a < DIGEST_UNKNOWN && algorithms[a].session;
}

const char *
digest_qop_name(enum digest_qop qop)
{
	return qop_names[qop];
}

struct hasher {
	const struct nettle_hash *hash;
	union {
		struct md5_ctx md5;
		struct sha256_ctx sha256;
		struct sha512_ctx sha512;
	} ctx;
};

static void
hash_begin(struct hasher *h, enum digest_algorithm a)
{
	h->hash = algorithms[a].hash;
	h->hash->init(&h->ctx);
}

static void
hash_add(struct hasher *h, struct str s)
{
	if (s.n > 0)
		h->hash->update(&h->ctx, s.n, (const uint8_t *)s.p);
}

/* A quoted string's inside without its escapes. */
static void
hash_unq(struct hasher *h, struct str s)
{
	size_t begin = 0;

	for (size_t i = 0; i + 1 < s.n; i++) {
		if (s.p[i] != '\\')
			continue;
		hash_add(h, str_slice(s, begin, i));
		begin = ++i;
	}
	hash_add(h, str_slice(s, begin, s.n));
}

static void
hash_colon(struct hasher *h)
{
	hash_add(h, STR(":"));
}

/* RFC 8760 2.2: small letters; as many as the hash has octets, twice. */
static void
hash_end(struct hasher *h, char hex[DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t raw[SHA256_DIGEST_SIZE];

	h->hash->digest(&h->ctx, h->hash->digest_size, raw);
	for (size_t i = 0; i < h->hash->digest_size; i++) {
		*hex++ = digits[raw[i] >> 4];
		*hex++ = digits[raw[i] & 15];
	}
	*hex = '\0';
}

/* RFC 7616 3.4.2: H(A1) */
static void
hash_password(struct hasher *h, const struct digest_credentials *c,
    struct str password, char hex[DIGEST_HEX])
{
	hash_begin(h, c->algorithm);
	hash_unq(h, c->username);
	hash_colon(h);
	hash_unq(h, c->realm);
	hash_colon(h);
	hash_add(h, password);
	hash_end(h, hex);
}

/* HEX is that of the password; a session's is made with its nonces. */
static void
hash_session(
    struct hasher *h, const struct digest_credentials *c, char hex[DIGEST_HEX])
{
	if (!algorithms[c->algorithm].session)
		return;
	hash_begin(h, c->algorithm);
	hash_add(h, str_of(hex));
	hash_colon(h);
	hash_unq(h, c->nonce);
	hash_colon(h);
	hash_unq(h, c->cnonce);
	hash_end(h, hex);
}

/* RFC 7616 3.4.3: H(A2); of no body the hash of nothing (RFC 8760 2.6). */
static void
hash_a2(struct hasher *h, const struct digest_credentials *c, struct str method,
    struct str body, char hex[DIGEST_HEX])
{
	char entity[DIGEST_HEX];

	if (c->qop == DIGEST_QOP_AUTH_INT) {
		hash_begin(h, c->algorithm);
		hash_add(h, body);
		hash_end(h, entity);
	}
	hash_begin(h, c->algorithm);
	hash_add(h, method);
	hash_colon(h);
	hash_unq(h, c->uri);
	if (c->qop == DIGEST_QOP_AUTH_INT) {
		hash_colon(h);
		hash_add(h, str_of(entity));
	}
	hash_end(h, hex);
}

void
digest_password(const struct digest_credentials *c, struct str password,
    char hex[DIGEST_HEX])
{
	struct hasher h;

	hash_password(&h, c, password, hex);
}

int
digest_response(const struct digest_credentials *c, struct str password,
    struct str method, struct str body, char hex[DIGEST_HEX])
{
	char a1[DIGEST_HEX];

	if (c->algorithm >= DIGEST_UNKNOWN)
		return ERR_UNSUPPORTED;
	digest_password(c, password, a1);
	return digest_response_of(c, str_of(a1), method, body, hex);
}

int
digest_response_of(const struct digest_credentials *c, struct str known,
    struct str method, struct str body, char hex[DIGEST_HEX])
{
	char a1[DIGEST_HEX], a2[DIGEST_HEX], nc[9];
	struct hasher h;

	if (c->algorithm >= DIGEST_UNKNOWN)
		return ERR_UNSUPPORTED;
	snprintf(a1, sizeof(a1), "%.*s", STR_ARG(known));
	hash_session(&h, c, a1);
	hash_a2(&h, c, method, body, a2);
	hash_begin(&h, c->algorithm);
	hash_add(&h, str_of(a1));
	hash_colon(&h);
	hash_unq(&h, c->nonce);
	hash_colon(&h);
	if (c->qop != DIGEST_QOP_NONE) {
		snprintf(nc, sizeof(nc), "%08x", (unsigned)c->nc);
		hash_add(&h, str_of(nc));
		hash_colon(&h);
		hash_unq(&h, c->cnonce);
		hash_colon(&h);
		hash_add(&h, str_of(digest_qop_name(c->qop)));
		hash_colon(&h);
	}
	hash_add(&h, str_of(a2));
	hash_end(&h, hex);
	return 0;
}
