/*
 * What people say to the nodes of a live run, as far as its trace keeps it:
 * packets of RTP up to a bound, silence in their place after it.
 */
#ifndef LIVE_KEPT_SOUND_H
#define LIVE_KEPT_SOUND_H

#include "base/diag.h"
#include "base/str.h"
#include "inputs/arrivals.h"

struct kept_sound {
	uint64_t bytes, most; /* kept, and the bound */
	struct diag muted;    /* the bound was met: says so */
	bool told;
	char silenced[ARRIVAL_BYTES_MAX];
};

/* B, a datagram, as it is to be kept: itself, or, of RTP above the bound, the
 * same packet with silence, valid until the next call. */
struct str kept_sound_take(struct kept_sound *k, struct str b);
/* Once, when the bound was met: the sentence.  Else NULL. */
const struct diag *kept_sound_tell(struct kept_sound *k);

#endif
