/*
 * Messages of SCTP put together from the pieces that its DATA chunks carry (RFC
 * 9260 6.9), in any order, within a limit of memory.  A repeated message is
 * given once.  An association may be joined in its middle.
 */
#ifndef PACKETS_ASSOCIATIONS_H
#define PACKETS_ASSOCIATIONS_H

#include "packets/segments.h"

struct associations;

/* FN gets each complete message; REMARK incomplete ones (CAPTURE_PIECE).  At
 * most MOST bytes are kept until the rest comes.  0 or ERR_NOMEM. */
int associations_create(struct associations **a, size_t most, segments_fn *fn,
    segments_remark_fn *remark, void *arg);
void associations_destroy(struct associations *a);

/* Takes the chunks of D.  0, ERR_NOMEM, or what FN returned. */
int associations_add(struct associations *a, const struct datagram *d,
    uint32_t place, int64_t t, uint64_t packet);
/* The input is over: incomplete messages are given up. */
void associations_end(struct associations *a);

#endif
