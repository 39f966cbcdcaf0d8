/* A message's bytes, shared by counting references. */
#ifndef SIP_BYTES_H
#define SIP_BYTES_H

#include "base/ref.h"
#include "msg/splice.h"
#include "sim/sim.h"

struct sip_bytes {
	struct sim *sim; /* the run whose memory they count in; may be NULL */
	unsigned char
	    recent; /* its index among the recent messages, if it is there */
	size_t n;
	char p[]; /* n bytes and a NUL */
};

/* A copy of S with one reference, or NULL.  It counts as memory of SIM, which
 * may be NULL: then of no run. */
struct sip_bytes *sip_bytes_new(struct sim *sim, struct str s);

/* NULL stays NULL. */
static inline struct sip_bytes *
sip_bytes_ref(struct sip_bytes *b)
{
	return ref_keep(b);
}

static inline void
sip_bytes_unref(struct sip_bytes *b)
{
	ref_drop(b);
}

/* The message that S makes, with one reference in *OUT.  0, or S's error
 * (msg/splice.h), or ERR_NOMEM. */
int sip_bytes_changed(
    struct sim *sim, const struct msg_splice *s, struct sip_bytes **out);
/* The same; frees S. */
int
sip_bytes_splice(struct sim *sim, struct msg_splice *s, struct sip_bytes **out);

static inline struct str
sip_bytes_view(const struct sip_bytes *b)
{
	return (struct str){ b->p, b->n };
}

#endif
