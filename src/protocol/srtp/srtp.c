/* See srtp/srtp.h. */
#include "srtp/srtp.h"

#include "base/octets.h"
#include "media/rtp.h"

#include <nettle/ctr.h>
#include <nettle/memops.h>
#include <string.h>

#define RTCP_PLAIN 8 /* 3.4: octets in front of the encrypted ones */
#define RTCP_TAG   10
#define WORD       4           /* octets */
#define SECRET     0x80000000u /* the E flag, before the index of 31 bits */

/* 9.2: so many packets a stream has with one key. */
#define RTP_MOST  ((uint64_t)1 << 48)
#define RTCP_MOST ((uint64_t)1 << 31)

const char *
srtp_verdict_word(enum srtp_verdict verdict)
{
	static const char *const words[] = {
#define X(name, word) word,
		SRTP_VERDICTS(X)
#undef X
	};

	return words[verdict];
}

static const struct suite_row {
	const char *name;
	size_t tag;
} suites[] = {
#define X(name, words, tag) { words, tag },
	SRTP_SUITES(X)
#undef X
};

const char *
srtp_suite_name(enum srtp_suite suite)
{
	return suites[suite].name;
}

bool
srtp_suite_find(struct str name, enum srtp_suite *suite)
{
	for (size_t i = 0; i < COUNT_OF(suites); i++)
		if (str_iis(name, suites[i].name)) {
			*suite = (enum srtp_suite)i;
			return true;
		}
	return false;
}

/* ---- keys ---- */

/* 4.3.1, and what a key is derived for: RTCP's labels are three more. */
enum label {
	LABEL_CIPHER,
	LABEL_MAC,
	LABEL_SALT,
	LABEL_RTCP,
};

/* 4.3.1, 4.3.3: N octets of the key stream that the master has for LABEL. */
static void
derive(const struct srtp_master *m, unsigned label, uint8_t *out, size_t n)
{
	uint8_t counter[AES_BLOCK_SIZE] = { 0 };
	struct aes128_ctx cipher;

	memcpy(counter, m->salt, SRTP_SALT);
	/* In front of the index, which has 48 bits and is 0. */
	counter[SRTP_SALT - 7] ^= (uint8_t)label;
	aes128_set_encrypt_key(&cipher, m->key);
	memset(out, 0, n);
	ctr_crypt(&cipher, (nettle_cipher_func *)aes128_encrypt, AES_BLOCK_SIZE,
	    counter, n, out, out);
}

static void
derive_all(const struct srtp_master *m, unsigned first, struct srtp_keys *keys)
{
	uint8_t key[SHA1_DIGEST_SIZE];

	derive(m, first + LABEL_CIPHER, key, AES128_KEY_SIZE);
	aes128_set_encrypt_key(&keys->cipher, key);
	derive(m, first + LABEL_MAC, key, SHA1_DIGEST_SIZE);
	hmac_sha1_set_key(&keys->mac, SHA1_DIGEST_SIZE, key);
	derive(m, first + LABEL_SALT, keys->salt, SRTP_SALT);
}

void
srtp_begin(struct srtp *s, const struct srtp_master *master)
{
	*s = (struct srtp){ 0 };
	s->lifetime = master->lifetime > 0 ? master->lifetime : RTP_MOST;
	s->tag = suites[master->suite].tag;
	derive_all(master, 0, &s->rtp);
	derive_all(master, LABEL_RTCP, &s->rtcp);
}

/* ---- a packet ---- */

struct packet {
	bool rtcp;
	size_t n;     /* without the trailer */
	size_t plain; /* octets in front of the encrypted ones */
	size_t trailer, tag;
	uint32_t ssrc;
	struct srtp_keys *keys;
	struct srtp_stream *stream;
	struct srtp_window *window;
	uint64_t index;
	uint32_t word; /* what the tag covers behind the packet: ROC (4.2), or
			  the E flag and the index (3.4) */
};

/* 4.1.1 */
static void
crypt_packet(const struct packet *k, uint8_t *p)
{
	uint8_t counter[AES_BLOCK_SIZE] = { 0 };

	memcpy(counter, k->keys->salt, SRTP_SALT);
	for (unsigned i = 0; i < 4; i++)
		counter[4 + i] ^= (uint8_t)(k->ssrc >> (24 - 8 * i));
	for (unsigned i = 0; i < 6; i++)
		counter[8 + i] ^= (uint8_t)(k->index >> (40 - 8 * i));
	ctr_crypt(&k->keys->cipher, (nettle_cipher_func *)aes128_encrypt,
	    AES_BLOCK_SIZE, counter, k->n - k->plain, p + k->plain,
	    p + k->plain);
}

static void
srtp_make_tag(const struct packet *k, const uint8_t *p, uint8_t *tag)
{
	uint32_t word = htobe32(k->word);

	hmac_sha1_update(&k->keys->mac, k->n, p);
	hmac_sha1_update(&k->keys->mac, WORD, (const uint8_t *)&word);
	hmac_sha1_digest(&k->keys->mac, k->tag, tag);
}

/* Where the stream of SSRC is, or will be once a packet of it is good. */
static struct srtp_stream *
srtp_stream_of(struct srtp *s, uint32_t ssrc)
{
	unsigned i = 0;

	while (i < s->nstreams && s->streams[i].ssrc != ssrc)
		i++;
	return i < SRTP_STREAMS ? &s->streams[i] : NULL;
}

static void
note_packet(struct srtp *s, const struct packet *k)
{
	if (k->stream == &s->streams[s->nstreams]) {
		k->stream->ssrc = k->ssrc;
		s->nstreams++;
	}
	srtp_window_note(k->window, k->index);
}

/* 3.3 step 5, and before a packet is encrypted: whether K may be. */
static enum srtp_verdict
srtp_judge(const struct srtp *s, const struct packet *k)
{
	static const enum srtp_verdict verdicts[] = {
		[SRTP_NEW] = SRTP_OK,
		[SRTP_SEEN] = SRTP_REPLAY,
		[SRTP_BEHIND] = SRTP_REPLAY_OLD,
	};

	if (k->index >= (k->rtcp ? RTCP_MOST : RTP_MOST) ||
	    k->window->packets >= s->lifetime)
		return SRTP_EXPIRED;
	return verdicts[srtp_window_place(k->window, k->index)];
}

/* 3.1: the octets behind the head, the list of CSRCs and the extension are
 * encrypted. */
static bool
read_rtp(const uint8_t *p, struct packet *k, uint16_t *sequence)
{
	struct rtp_head head;

	if (!rtp_read_head(p, k->n, &head))
		return false;
	k->plain = head.n;
	if ((p[0] & 0x10) != 0) {
		if (k->n < head.n + 4)
			return false;
		k->plain += 4 + 4 * (size_t)get16(p + head.n + 2);
	}
	k->ssrc = head.ssrc;
	*sequence = head.sequence;
	return k->plain <= k->n;
}

static bool
read_rtcp(const uint8_t *p, struct packet *k)
{
	struct rtcp_head head;

	if (!rtcp_read_head(p, k->n, &head))
		return false;
	k->plain = RTCP_PLAIN;
	k->ssrc = head.ssrc;
	return true;
}

/* Of K its n is known, and whether it is RTCP: all but RTCP's index. */
static enum srtp_verdict
srtp_read_packet(struct srtp *s, const uint8_t *p, struct packet *k)
{
	uint16_t sequence = 0;

	if (k->n < (k->rtcp ? RTCP_PLAIN : RTP_HEAD))
		return SRTP_TOO_SHORT;
	if (!(k->rtcp ? read_rtcp(p, k) : read_rtp(p, k, &sequence)))
		return SRTP_BAD_HEAD;
	k->stream = srtp_stream_of(s, k->ssrc);
	if (k->stream == NULL)
		return SRTP_TOO_MANY;
	k->keys = k->rtcp ? &s->rtcp : &s->rtp;
	k->window = k->rtcp ? &k->stream->rtcp : &k->stream->rtp;
	k->index = srtp_window_guess(k->window, sequence);
	k->word = (uint32_t)(k->index >> 16);
	return SRTP_OK;
}

static struct packet
srtp_begin_packet(const struct srtp *s, bool rtcp)
{
	struct packet k = { .rtcp = rtcp };

	k.tag = rtcp ? RTCP_TAG : s->tag;
	k.trailer = (rtcp ? WORD : 0) + k.tag;
	return k;
}

/* 3.4: RTCP's first packet has index 0. */
static enum srtp_verdict
seal(struct srtp *s, bool rtcp, uint8_t *p, size_t *n)
{
	struct packet k = srtp_begin_packet(s, rtcp);
	enum srtp_verdict verdict;
	uint32_t word;

	k.n = *n;
	verdict = srtp_read_packet(s, p, &k);
	if (verdict == SRTP_OK && rtcp) {
		k.index = k.window->packets > 0 ? k.window->highest + 1 : 0;
		k.word = SECRET | (uint32_t)k.index;
	}
	if (verdict == SRTP_OK)
		verdict = srtp_judge(s, &k);
	if (verdict != SRTP_OK)
		return verdict;
	crypt_packet(&k, p);
	*n += k.trailer;
	srtp_make_tag(&k, p, p + *n - k.tag);
	word = htobe32(k.word);
	if (rtcp)
		memcpy(p + k.n, &word, WORD);
	note_packet(s, &k);
	return SRTP_OK;
}

/* 3.3: was it there before, is its tag right, and only then the rest. */
static enum srtp_verdict
srtp_open_packet(struct srtp *s, bool rtcp, uint8_t *p, size_t *n)
{
	struct packet k = srtp_begin_packet(s, rtcp);
	uint8_t tag[RTCP_TAG];
	enum srtp_verdict verdict;

	if (*n < k.trailer)
		return SRTP_TOO_SHORT;
	k.n = *n - k.trailer;
	verdict = srtp_read_packet(s, p, &k);
	if (verdict == SRTP_OK && rtcp) {
		k.word = get32(p + k.n);
		k.index = k.word & ~SECRET;
	}
	if (verdict == SRTP_OK)
		verdict = srtp_judge(s, &k);
	if (verdict != SRTP_OK)
		return verdict;
	srtp_make_tag(&k, p, tag);
	if (!memeql_sec(tag, p + *n - k.tag, k.tag))
		return SRTP_AUTH_FAIL;
	if (!rtcp || (k.word & SECRET) != 0)
		crypt_packet(&k, p);
	*n = k.n;
	note_packet(s, &k);
	return SRTP_OK;
}

enum srtp_verdict
srtp_seal(struct srtp *s, uint8_t *p, size_t *n)
{
	return seal(s, false, p, n);
}

enum srtp_verdict
srtp_seal_rtcp(struct srtp *s, uint8_t *p, size_t *n)
{
	return seal(s, true, p, n);
}

enum srtp_verdict
srtp_open(struct srtp *s, uint8_t *p, size_t *n)
{
	return srtp_open_packet(s, false, p, n);
}

enum srtp_verdict
srtp_open_rtcp(struct srtp *s, uint8_t *p, size_t *n)
{
	return srtp_open_packet(s, true, p, n);
}

bool
srtp_master_eq(const struct srtp_master *a, const struct srtp_master *b)
{
	return a->suite == b->suite && a->lifetime == b->lifetime &&
	       memcmp(a->key, b->key, sizeof(a->key)) == 0 &&
	       memcmp(a->salt, b->salt, sizeof(a->salt)) == 0;
}

bool
srtp_ring_take(struct srtp_ring *r, const struct srtp_master *master)
{
	struct srtp_ring_key key = { .master = *master };
	unsigned at = 0;

	while (at < r->n && !srtp_master_eq(&r->keys[at].master, master))
		at++;
	if (at == 0 && r->n > 0)
		return false;
	if (at < r->n)
		key = r->keys[at];
	else
		srtp_begin(&key.srtp, master);
	if (at == r->n && r->n < SRTP_RING)
		r->n++;
	if (at == SRTP_RING)
		at--;
	memmove(r->keys + 1, r->keys, at * sizeof(r->keys[0]));
	r->keys[0] = key;
	return true;
}

enum srtp_verdict
srtp_ring_open(struct srtp_ring *r, uint8_t *p, size_t *n, bool control)
{
	enum srtp_verdict last = SRTP_NO_KEY;

	for (unsigned i = 0; i < r->n; i++) {
		struct srtp *by = &r->keys[i].srtp;

		last = control ? srtp_open_rtcp(by, p, n) : srtp_open(by, p, n);
		if (last != SRTP_AUTH_FAIL && last != SRTP_TOO_MANY)
			break;
	}
	return last;
}
