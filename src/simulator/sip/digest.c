/*
 * Digest access authentication (sip/digest.h): RFC 7616 3.3 and 3.4, RFC 8760,
 * RFC 2617 3.2 and RFC 2069 2.1; the grammar is that of RFC 3261 25.1, read
 * with patience: parameters in any order, in quotes or not, unknown ones
 * ignored.
 */
#include "sip/digest.h"

#include "base/err.h"
#include "msg/chars.h"

#include <nettle/hmac.h>
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
digest_hash_end(struct hasher *h, char hex[DIGEST_HEX])
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
	digest_hash_end(h, hex);
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
	digest_hash_end(h, hex);
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
		digest_hash_end(h, entity);
	}
	hash_begin(h, c->algorithm);
	hash_add(h, method);
	hash_colon(h);
	hash_unq(h, c->uri);
	if (c->qop == DIGEST_QOP_AUTH_INT) {
		hash_colon(h);
		hash_add(h, str_of(entity));
	}
	digest_hash_end(h, hex);
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
	digest_hash_end(&h, hex);
	return 0;
}

/* ---- quoted strings ---- */

void
digest_unescape(struct str inside, struct buf *out)
{
	for (size_t i = 0; i < inside.n; i++) {
		if (inside.p[i] == '\\' && i + 1 < inside.n)
			i++;
		buf_putc(out, inside.p[i]);
	}
}

void
digest_escape(struct str text, struct buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"' || text.p[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, text.p[i]);
	}
}

/* ---- reading ---- */

#define PARAMS(X)                 \
	X(USERNAME, "username")   \
	X(REALM, "realm")         \
	X(NONCE, "nonce")         \
	X(URI, "uri")             \
	X(RESPONSE, "response")   \
	X(OPAQUE, "opaque")       \
	X(CNONCE, "cnonce")       \
	X(ALGORITHM, "algorithm") \
	X(QOP, "qop")             \
	X(NC, "nc")               \
	X(STALE, "stale")         \
	X(DOMAIN, "domain")       \
	X(CK, "ck")               \
	X(IK, "ik")               \
	X(AUTS, "auts")

enum param {
#define X(id, name) PARAM_##id,
	PARAMS(X)
#undef X
	    PARAM_COUNT
};

static enum param
find_digest_param(struct str name)
{
	static const char *const names[] = {
#define X(id, word) [PARAM_##id] = word,
		PARAMS(X)
#undef X
	};
	int i = 0;

	while (i < PARAM_COUNT && !str_iis(name, names[i]))
		i++;
	return (enum param)i;
}

/* The index behind the value at AT, which is quoted or runs to white space or a
 * comma; 0 where there is none.  *VALUE is what it holds. */
static size_t
digest_read_value(struct str s, size_t at, struct str *value)
{
	size_t begin = at;

	if (at < s.n && s.p[at] == '"') {
		at = chars_skip_quoted(s, at);
		/* Inside the quotes, so that p is there also of "". */
		*value = str_slice(s, begin + 1, at > 0 ? at - 1 : 0);
		return at;
	}
	/* A backslash would be none any more once it is in quotes. */
	while (at < s.n && s.p[at] != ',' && s.p[at] != '"' &&
	       s.p[at] != '\\' && !chars_are(s.p[at], CHARS_SPACE))
		at++;
	*value = str_slice(s, begin, at);
	return at > begin ? at : 0;
}

/* "name=value, name=value" from AT on into GOT.  0 or ERR_SYNTAX, with the part
 * before the mistake read. */
static int
digest_read_params(struct str s, size_t at, struct str got[PARAM_COUNT])
{
	for (;;) {
		struct str name, value;
		enum param p;
		size_t begin;

		at = chars_skip_space(s, at);
		if (at == s.n)
			return 0;
		if (s.p[at] == ',') { /* RFC 7230 7: an empty element */
			at++;
			continue;
		}
		begin = at;
		at = chars_skip_token(s, at);
		name = str_slice(s, begin, at);
		at = chars_skip_space(s, at);
		if (name.n == 0 || at == s.n || s.p[at] != '=')
			return ERR_SYNTAX;
		at = digest_read_value(s, chars_skip_space(s, at + 1), &value);
		if (at == 0)
			return ERR_SYNTAX;
		at = chars_skip_space(s, at);
		if (at < s.n && s.p[at] != ',')
			return ERR_SYNTAX;
		p = find_digest_param(name);
		/* RFC 7235 2.1: each may stand but once. */
		if (p != PARAM_COUNT && got[p].p != NULL)
			return ERR_SYNTAX;
		if (p != PARAM_COUNT)
			got[p] = value;
	}
}

/* The scheme, then its parameters. */
static int
read_digest(struct str value, struct str got[PARAM_COUNT])
{
	size_t begin = chars_skip_space(value, 0);
	size_t end = chars_skip_token(value, begin);

	if (end == begin)
		return ERR_SYNTAX;
	if (!str_iis(str_slice(value, begin, end), "Digest"))
		return ERR_UNSUPPORTED;
	if (end < value.n && !chars_are(value.p[end], CHARS_SPACE))
		return ERR_SYNTAX;
	return digest_read_params(value, end, got);
}

/* The qop-options: a list in quotes; unknown ones are ignored (3.3). */
static void
digest_read_options(struct str list, struct digest_challenge *c)
{
	while (list.n > 0) {
		struct str word = str_trim(str_cut(list, ',', &list));

		c->qop_auth |= str_iis(word, "auth");
		c->qop_auth_int |= str_iis(word, "auth-int");
	}
}

int
digest_challenge_read(struct str value, struct digest_challenge *c)
{
	struct str got[PARAM_COUNT] = { STR_NULL };
	int err = read_digest(value, got);

	memset(c, 0, sizeof(*c));
	c->realm = got[PARAM_REALM];
	c->nonce = got[PARAM_NONCE];
	c->opaque = got[PARAM_OPAQUE];
	c->domain = got[PARAM_DOMAIN];
	c->ck = got[PARAM_CK];
	c->ik = got[PARAM_IK];
	c->has_algorithm = got[PARAM_ALGORITHM].p != NULL;
	c->algorithm = digest_algorithm_find(got[PARAM_ALGORITHM]);
	c->stale = str_iis(got[PARAM_STALE], "true");
	digest_read_options(got[PARAM_QOP], c);
	if (err != 0)
		return err;
	if (c->realm.p == NULL || c->nonce.p == NULL)
		return ERR_SYNTAX;
	if (c->algorithm == DIGEST_UNKNOWN)
		return ERR_UNSUPPORTED;
	/* An offer of nothing that is known; a session form needs qop. */
	if (!c->qop_auth && !c->qop_auth_int &&
	    (got[PARAM_QOP].p != NULL ||
		digest_algorithm_session(c->algorithm)))
		return ERR_UNSUPPORTED;
	return 0;
}

static bool
is_lhex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_digit(s.p[i]) && (s.p[i] < 'a' || s.p[i] > 'f'))
			return false;
	return true;
}

/* 25.1: nc-value is 8LHEX. */
static int
read_nc(struct str s, uint32_t *nc)
{
	uint64_t n;
	int err = is_lhex(s) ? str_hex(s, 8, &n) : ERR_SYNTAX;

	*nc = err == 0 ? (uint32_t)n : 0;
	return err;
}

/* qop, and what must stand with it (RFC 2617 3.2.2). */
static int
read_protection(const struct str got[PARAM_COUNT], struct digest_credentials *c)
{
	struct str qop = got[PARAM_QOP];

	if (qop.p == NULL)
		return digest_algorithm_session(c->algorithm) ? ERR_SYNTAX : 0;
	if (str_iis(qop, digest_qop_name(DIGEST_QOP_AUTH)))
		c->qop = DIGEST_QOP_AUTH;
	else if (str_iis(qop, digest_qop_name(DIGEST_QOP_AUTH_INT)))
		c->qop = DIGEST_QOP_AUTH_INT;
	else
		return ERR_UNSUPPORTED;
	return c->cnonce.p == NULL ? ERR_SYNTAX
				   : read_nc(got[PARAM_NC], &c->nc);
}

int
digest_credentials_read(struct str value, struct digest_credentials *c)
{
	struct str got[PARAM_COUNT] = { STR_NULL };
	int err = read_digest(value, got);

	memset(c, 0, sizeof(*c));
	c->username = got[PARAM_USERNAME];
	c->realm = got[PARAM_REALM];
	c->nonce = got[PARAM_NONCE];
	c->uri = got[PARAM_URI];
	c->response = got[PARAM_RESPONSE];
	c->opaque = got[PARAM_OPAQUE];
	c->cnonce = got[PARAM_CNONCE];
	c->auts = got[PARAM_AUTS];
	c->has_algorithm = got[PARAM_ALGORITHM].p != NULL;
	c->algorithm = digest_algorithm_find(got[PARAM_ALGORITHM]);
	if (err != 0)
		return err;
	if (c->username.p == NULL || c->realm.p == NULL || c->nonce.p == NULL ||
	    c->uri.p == NULL || c->response.p == NULL || !is_lhex(c->response))
		return ERR_SYNTAX;
	if (c->algorithm == DIGEST_UNKNOWN)
		return ERR_UNSUPPORTED;
	return read_protection(got, c);
}

/* ---- writing ---- */

/* With a comma before it, except for the first. */
static void
put_param_name(struct buf *out, const char *name)
{
	buf_puts(out, out->n > 0 && out->p[out->n - 1] != ' ' ? ", " : "");
	buf_puts(out, name);
	buf_putc(out, '=');
}

/* RFC 7616 3.3, 3.4: these only in quotes … */
static void
digest_put_quoted(struct buf *out, const char *name, struct str inside)
{
	if (inside.p == NULL)
		return;
	put_param_name(out, name);
	buf_putc(out, '"');
	buf_str(out, inside);
	buf_putc(out, '"');
}

/* … and algorithm, stale, nc and the qop of credentials never. */
static void
digest_put_word(struct buf *out, const char *name, const char *word)
{
	put_param_name(out, name);
	buf_puts(out, word);
}

void
digest_challenge_write(const struct digest_challenge *c, struct buf *out)
{
	buf_puts(out, "Digest ");
	digest_put_quoted(out, "realm", c->realm);
	digest_put_quoted(out, "domain", c->domain);
	if (c->qop_auth && c->qop_auth_int)
		digest_put_quoted(out, "qop", STR("auth,auth-int"));
	else if (c->qop_auth || c->qop_auth_int)
		digest_put_quoted(out, "qop",
		    str_of(digest_qop_name(
			c->qop_auth ? DIGEST_QOP_AUTH : DIGEST_QOP_AUTH_INT)));
	digest_put_quoted(out, "nonce", c->nonce);
	digest_put_quoted(out, "opaque", c->opaque);
	if (c->stale)
		digest_put_word(out, "stale", "true");
	if (c->has_algorithm)
		digest_put_word(
		    out, "algorithm", digest_algorithm_name(c->algorithm));
	digest_put_quoted(out, "ck", c->ck);
	digest_put_quoted(out, "ik", c->ik);
}

void
digest_credentials_write(const struct digest_credentials *c, struct buf *out)
{
	char nc[9];

	buf_puts(out, "Digest ");
	digest_put_quoted(out, "username", c->username);
	digest_put_quoted(out, "realm", c->realm);
	digest_put_quoted(out, "nonce", c->nonce);
	digest_put_quoted(out, "uri", c->uri);
	if (c->has_algorithm)
		digest_put_word(
		    out, "algorithm", digest_algorithm_name(c->algorithm));
	if (c->qop != DIGEST_QOP_NONE) {
		digest_put_word(out, "qop", digest_qop_name(c->qop));
		snprintf(nc, sizeof(nc), "%08x", (unsigned)c->nc);
		digest_put_word(out, "nc", nc);
		digest_put_quoted(out, "cnonce", c->cnonce);
	}
	digest_put_quoted(out, "response", c->response);
	digest_put_quoted(out, "opaque", c->opaque);
	digest_put_quoted(out, "auts", c->auts);
}

void
hmac_sha1(struct str key, struct str text, char mac[HMAC_SHA1_BYTES])
{
	struct hmac_sha1_ctx ctx;

	hmac_sha1_set_key(&ctx, key.n, (const uint8_t *)key.p);
	hmac_sha1_update(&ctx, text.n, (const uint8_t *)text.p);
	hmac_sha1_digest(&ctx, HMAC_SHA1_BYTES, (uint8_t *)mac);
}
