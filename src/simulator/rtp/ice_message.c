/*
 * The messages of ICE (RFC 8445 7): checks, with the names of both sides,
 * signed by a password of the one who is asked (RFC 8489 14.5).
 */
#include "rtp/ice.h"

#include "sip/digest.h"

#include <string.h>

/* RFC 8489 14.5: the length counts it, what stands before it is covered. */
void
rtp_ice_sign(struct buf *out, const char *key)
{
	char mac[HMAC_SHA1_BYTES] = { 0 };
	struct str covered;

	stun_put(out, STUN_MESSAGE_INTEGRITY, (struct str){ mac, sizeof(mac) });
	if (out->err != 0)
		return;
	covered = str_slice(buf_view(out), 0, out->n - sizeof(mac) - 4);
	hmac_sha1(str_of(key), covered, mac);
	memcpy(out->p + out->n - sizeof(mac), mac, sizeof(mac));
}

bool
rtp_ice_is_signed(const struct stun *m, const char *key)
{
	struct buf covered = BUF_INIT;
	char mac[HMAC_SHA1_BYTES];
	struct str said;
	bool good = stun_integrity(m, &covered, &said) && covered.err == 0;

	if (good) {
		hmac_sha1(str_of(key), buf_view(&covered), mac);
		good = str_eq(said, (struct str){ mac, sizeof(mac) });
	}
	buf_free(&covered);
	return good;
}

static void
put_u64(struct buf *out, enum stun_type type, uint64_t v)
{
	char b[8];

	for (unsigned i = 0; i < sizeof(b); i++)
		b[i] = (char)(v >> (56 - 8 * i) & 0xFF);
	stun_put(out, type, (struct str){ b, sizeof(b) });
}

void
rtp_ice_write_check(
    const struct rtp_ice *ice, const struct rtp_ice_pair *p, struct buf *out)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, "%s:%s", ice->theirs.ufrag, ice->own.ufrag);
	stun_begin(out, STUN_BINDING, STUN_REQUEST, p->id);
	stun_put(out, STUN_USERNAME, buf_view(&name));
	stun_put_u32(out, STUN_PRIORITY,
	    sip_sdp_candidate_priority(SIP_SDP_CANDIDATE_PRFLX));
	put_u64(out,
	    ice->controlling ? STUN_ICE_CONTROLLING : STUN_ICE_CONTROLLED,
	    ice->tie);
	if (p->nominates)
		stun_put(out, STUN_USE_CANDIDATE, STR_NULL);
	rtp_ice_sign(out, ice->theirs.pwd);
	stun_put_fingerprint(out);
	buf_end(&name, &out->err);
}

static uint64_t
get_number(struct str v)
{
	uint64_t n = 0;

	for (size_t i = 0; i < v.n && i < 8; i++)
		n = n << 8 | (uint8_t)v.p[i];
	return n;
}

void
rtp_ice_read(const struct stun *m, struct rtp_ice_asked *q)
{
	struct stun_attr a;

	*q = (struct rtp_ice_asked){ .username = STR_NULL };
	for (size_t at = 0; stun_next(m, &at, &a);) {
		if (a.type == STUN_USERNAME)
			q->username = a.value;
		if (a.type == STUN_PRIORITY)
			q->priority = (uint32_t)get_number(a.value);
		q->nominates |= a.type == STUN_USE_CANDIDATE;
		q->controlling |= a.type == STUN_ICE_CONTROLLING;
		q->controlled |= a.type == STUN_ICE_CONTROLLED;
		if (a.type == STUN_ICE_CONTROLLING ||
		    a.type == STUN_ICE_CONTROLLED)
			q->tie = get_number(a.value);
	}
}

/* 7.3: "our:theirs" is its name, and ours the password. */
bool
rtp_ice_is_ours(const struct rtp_ice *ice, const struct stun *m,
    const struct rtp_ice_asked *q)
{
	struct str rest;

	return str_is(str_cut(q->username, ':', &rest), ice->own.ufrag) &&
	       rtp_ice_is_signed(m, ice->own.pwd);
}
