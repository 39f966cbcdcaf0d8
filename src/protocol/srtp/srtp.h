/*
 * SRTP and SRTCP (RFC 3711): RTP and RTCP packets made secret and sealed, and
 * opened again, in place; AES in counter mode and HMAC-SHA1 (4.1.1, 4.2.1) by
 * nettle.  Keys are derived once (4.3; key derivation rate 0), there is no MKI.
 */
#ifndef SRTP_SRTP_H
#define SRTP_SRTP_H

#include "base/str.h"
#include "srtp/window.h"

#include <nettle/aes.h>
#include <nettle/hmac.h>
#include <stdbool.h>

#define SRTP_KEY     16 /* octets of a master key (RFC 4568 6.2) */
#define SRTP_SALT    14
#define SRTP_TRAILER 14 /* by which a packet gets longer at most */
#define SRTP_STREAMS 8  /* SSRCs that one key can have */

/* X(NAME, the name that RFC 4568 6.2 has, octets of an RTP packet's tag): those
 * of RTCP packets are always of 80 bits. */
#define SRTP_SUITES(X)                              \
	X(AES_CM_80, "AES_CM_128_HMAC_SHA1_80", 10) \
	X(AES_CM_32, "AES_CM_128_HMAC_SHA1_32", 4)

enum srtp_suite {
#define X(name, words, tag) SRTP_##name,
	SRTP_SUITES(X)
#undef X
};

/* X(NAME, word): what becomes of a packet. */
#define SRTP_VERDICTS(X)                                                      \
	X(OK, "ok")                                                           \
	X(TOO_SHORT, "too_short")   /* for a head and the fields behind it */ \
	X(BAD_HEAD, "bad_head")     /* neither RTP nor RTCP */                \
	X(TOO_MANY, "too_many")     /* SSRCs with this key */                 \
	X(EXPIRED, "expired")       /* so many packets a key may have */      \
	X(REPLAY, "replay")         /* the packet was there before */         \
	X(REPLAY_OLD, "replay_old") /* older than the window */               \
	X(AUTH_FAIL, "auth_fail")   /* changed, or of another key */          \
	X(NO_KEY, "no_key")         /* none is agreed yet */

enum srtp_verdict {
#define X(name, word) SRTP_##name,
	SRTP_VERDICTS(X)
#undef X
	    SRTP_VERDICT_COUNT
};
const char *srtp_verdict_word(enum srtp_verdict verdict);

/* What both sides of one direction know of each other. */
struct srtp_master {
	enum srtp_suite suite;
	uint8_t key[SRTP_KEY], salt[SRTP_SALT];
	/* Packets that it may be used for, RTP and RTCP each (RFC 4568 6.1);
	 * 0: as many as there can be. */
	uint64_t lifetime;
};

/* 4.3: of the session, for RTP or for RTCP. */
struct srtp_keys {
	struct aes128_ctx cipher;
	struct hmac_sha1_ctx mac;
	uint8_t salt[SRTP_SALT];
};

struct srtp_stream {
	uint32_t ssrc;
	struct srtp_window rtp, rtcp;
};

/* One direction: either seals or opens.  Which SSRCs there are is known by
 * their packets (RFC 4568 6.4.1). */
struct srtp {
	uint64_t lifetime;
	struct srtp_keys rtp, rtcp;
	size_t tag; /* octets of an RTP packet's */
	struct srtp_stream streams[SRTP_STREAMS];
	unsigned nstreams;
};

const char *srtp_suite_name(enum srtp_suite suite);
bool srtp_suite_find(struct str name, enum srtp_suite *suite);
void srtp_begin(struct srtp *s, const struct srtp_master *master);

/* The N octets at P, with room for SRTP_TRAILER more, sealed.  A packet with an
 * index that was used is refused: two packets would have one key stream (9.1).
 */
enum srtp_verdict srtp_seal(struct srtp *s, uint8_t *p, size_t *n);
enum srtp_verdict srtp_seal_rtcp(struct srtp *s, uint8_t *p, size_t *n);
/* The packet without its trailer; unless all is well, nothing has changed. */
enum srtp_verdict srtp_open(struct srtp *s, uint8_t *p, size_t *n);
enum srtp_verdict srtp_open_rtcp(struct srtp *s, uint8_t *p, size_t *n);

#endif
