/*
 * The keys by which what comes to a stream may be sealed: the one that was
 * agreed last, and some before it.  RFC 4568 7.1.4: while an answer is on its
 * way there are packets of the key before it; 7.3: of a forked offer each
 * answer has a key of its own, and no packet says which it is.  Its tag does.
 */
#ifndef SRTP_RING_H
#define SRTP_RING_H

#include "srtp/srtp.h"

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
