/*
 * SRTP and SRTCP (RFC 3711): RTP and RTCP packets made secret and encrypted,
 * and opened again, in place; AES in counter mode and HMAC-SHA1 (4.1.1, 4.2.1)
 * by nettle.  Keys are derived once (4.3; key derivation rate 0), there is no
 * MKI.
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
#define SRTP_VERDICTS(X)                                                     \
	X(OK, "ok")                                                          \
	X(TOO_SHORT, "too_short")   /* for a head and the fields after it */ \
	X(BAD_HEAD, "bad_head")     /* neither RTP nor RTCP */               \
	X(TOO_MANY, "too_many")     /* SSRCs with this key */                \
	X(EXPIRED, "expired")       /* so many packets a key may have */     \
	X(REPLAY, "replay")         /* the packet was there before */        \
	X(REPLAY_OLD, "replay_old") /* older than the window */              \
	X(AUTH_FAIL, "auth_fail")   /* changed, or of another key */         \
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

/* The N octets at P, with room for SRTP_TRAILER more, encrypted.  A packet with
 * an index that was used is rejected: two packets would have one key stream
 * (9.1).
 */
enum srtp_verdict srtp_seal(struct srtp *s, uint8_t *p, size_t *n);
enum srtp_verdict srtp_seal_rtcp(struct srtp *s, uint8_t *p, size_t *n);
/* The packet without its trailer; unless all is well, nothing has changed. */
enum srtp_verdict srtp_open(struct srtp *s, uint8_t *p, size_t *n);
enum srtp_verdict srtp_open_rtcp(struct srtp *s, uint8_t *p, size_t *n);

/*
 * The keys by which a stream's packets may be encrypted: the one that was
 * agreed last, and some before it.  RFC 4568 7.1.4: while an answer is on its
 * way there are packets of the key before it; 7.3: of a forked offer each
 * answer has a key of its own, and no packet says which it is.  Its tag does.
 */
#define SRTP_RING 4

/* All zero at first: no key. */
struct srtp_ring {
	unsigned n;
	struct srtp_ring_key {
		struct srtp_master master;
		struct srtp srtp;
	} keys[SRTP_RING]; /* the last one first */
};

bool srtp_master_eq(const struct srtp_master *a, const struct srtp_master *b);
/* MASTER is agreed now; false where it was before.  A key that comes again
 * knows its packets still (RFC 3711 9.1). */
bool srtp_ring_take(struct srtp_ring *r, const struct srtp_master *master);
/* As srtp_open and srtp_open_rtcp (CONTROL), by whichever key fits. */
enum srtp_verdict
srtp_ring_open(struct srtp_ring *r, uint8_t *p, size_t *n, bool control);

#endif
