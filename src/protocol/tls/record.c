/* Records of TLS (RFC 5246 6.2, RFC 8446 5); see tls/record.h. */
#include "tls/record.h"

#include "base/octets.h"
#include "tls/handshake.h"

const struct tls_version_row tls_versions[TLS_VERSION_COUNT] = {
#define X(id, word, number, nonce, inner) { word, number, nonce, inner },
	TLS_VERSIONS(X)
#undef X
};

const char *
tls_alert_name(unsigned number)
{
	switch (number) {
#define X(id, n, name) \
	case n:        \
		return name;
		TLS_ALERTS(X)
#undef X
	default:
		return NULL;
	}
}

/* ---- the model of a cipher ---- */

/* splitmix64 */
static uint64_t
draw_word(uint64_t *s)
{
	uint64_t z = *s += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

void
tls_mix(char *p, size_t n, uint64_t seed)
{
	for (size_t at = 0; at < n; at += 8) {
		uint64_t key = htole64(draw_word(&seed)), word = 0;
		size_t len = n - at < 8 ? n - at : 8;

		memcpy(&word, p + at, len);
		word ^= key;
		memcpy(p + at, &word, len);
	}
}

void
tls_put_opaque(struct buf *out, uint64_t seed, size_t n)
{
	if (buf_reserve(out, n) != 0)
		return;
	memset(out->p + out->n, 0, n);
	tls_mix(out->p + out->n, n, seed);
	out->n += n;
	out->p[out->n] = '\0';
}

/* What only who has KEY can put behind the N octets at P. */
static void
make_tag(const char *p, size_t n, uint64_t key, char tag[TLS_TAG])
{
	uint64_t h = key ^ n;

	for (size_t at = 0; at < n; at += 8) {
		uint64_t word = 0;

		memcpy(&word, p + at, n - at < 8 ? n - at : 8);
		h = (h ^ le64toh(word)) * 0xd6e8feb86659fd93u;
		h ^= h >> 29;
	}
	memset(tag, 0, TLS_TAG);
	tls_mix(tag, TLS_TAG, h);
}

static uint64_t
key_of_record(const struct tls_keys *k)
{
	uint64_t s = k->key ^ k->seq * 0xff51afd7ed558ccdu;

	return draw_word(&s);
}

/* ---- writing ---- */

static void
put_record_head(struct buf *out, uint8_t type, size_t n)
{
	const char head[TLS_HEAD] = { (char)type, 3, 3, (char)(n >> 8),
		(char)(n & 0xff) };

	buf_add(out, head, sizeof(head));
}

static void
put_protected(struct buf *out, const struct tls_version_row *v,
    struct tls_keys *k, uint8_t type, struct str data)
{
	uint64_t key = key_of_record(k), nonce = htobe64(k->seq);
	size_t n = data.n + v->inner, at;
	char tag[TLS_TAG];

	put_record_head(
	    out, v->inner ? TLS_DATA : type, v->nonce + n + TLS_TAG);
	buf_add(out, (const char *)&nonce, v->nonce);
	at = out->n;
	buf_str(out, data);
	if (v->inner)
		buf_putc(out, (char)type);
	if (out->err != 0)
		return;
	tls_mix(out->p + at, n, key);
	make_tag(out->p + at, n, ~key, tag);
	buf_add(out, tag, TLS_TAG);
	k->seq++;
}

void
tls_put_record(struct buf *out, enum tls_version version, struct tls_keys *k,
    enum tls_type type, struct str data)
{
	size_t at = 0;

	do {
		struct str piece = str_slice(data, at, at + TLS_MOST);

		if (k != NULL && k->on) {
			put_protected(out, &tls_versions[version], k,
			    (uint8_t)type, piece);
		} else {
			put_record_head(out, (uint8_t)type, piece.n);
			buf_str(out, piece);
		}
		at += TLS_MOST;
	} while (at < data.n);
}

enum tls_cut
tls_cut_record(struct str in, struct tls_record *r, enum tls_alert *alert)
{
	const unsigned char *p = (const unsigned char *)in.p;
	size_t n;

	*alert = TLS_ALERT_DECODE_ERROR;
	if (in.n > 0 && (p[0] < TLS_CHANGE_CIPHER_SPEC || p[0] > TLS_DATA)) {
		*alert = TLS_ALERT_UNEXPECTED_MESSAGE;
		return TLS_CUT_BAD;
	}
	if (in.n > 1 && p[1] != 3)
		return TLS_CUT_BAD;
	if (in.n < TLS_HEAD)
		return TLS_CUT_MORE;
	n = get16(p + 3);
	if (n > TLS_BODY_MOST) {
		*alert = TLS_ALERT_RECORD_OVERFLOW;
		return TLS_CUT_BAD;
	}
	if (in.n < TLS_HEAD + n)
		return TLS_CUT_MORE;
	r->type = p[0];
	r->n = TLS_HEAD + n;
	r->body = str_slice(in, TLS_HEAD, r->n);
	return TLS_CUT_RECORD;
}

/* Opens R, appending the plain octets to OUT, and their type; TLS_ALERT_NONE,
 * or the alert for its fault. */
enum tls_alert
tls_open_record(const struct tls_record *r, enum tls_version version,
    struct tls_keys *k, struct buf *out, uint8_t *type)
{
	const struct tls_version_row *v = &tls_versions[version];
	char tag[TLS_TAG];
	size_t n, at = out->n;
	uint64_t key;

	*type = r->type;
	if (k == NULL || !k->on) {
		buf_str(out, r->body);
		return r->body.n <= TLS_MOST ? TLS_ALERT_NONE
					     : TLS_ALERT_RECORD_OVERFLOW;
	}
	/* RFC 8446 5.2: nothing else is to be seen from outside. */
	if (v->inner && r->type != TLS_DATA)
		return TLS_ALERT_UNEXPECTED_MESSAGE;
	if (r->body.n < (size_t)v->nonce + v->inner + TLS_TAG)
		return TLS_ALERT_BAD_RECORD_MAC;
	n = r->body.n - v->nonce - TLS_TAG;
	if (n - v->inner > TLS_MOST)
		return TLS_ALERT_RECORD_OVERFLOW;
	key = key_of_record(k);
	make_tag(r->body.p + v->nonce, n, ~key, tag);
	if (memcmp(tag, r->body.p + v->nonce + n, TLS_TAG) != 0)
		return TLS_ALERT_BAD_RECORD_MAC;
	buf_add(out, r->body.p + v->nonce, n);
	if (out->err != 0)
		return TLS_ALERT_INTERNAL_ERROR;
	tls_mix(out->p + at, n, key);
	if (v->inner) {
		*type = (uint8_t)out->p[out->n - 1];
		buf_truncate(out, out->n - 1);
	}
	k->seq++;
	return TLS_ALERT_NONE;
}
