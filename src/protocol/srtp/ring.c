/* See srtp/ring.h. */
#include "srtp/ring.h"

#include <string.h>

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
