/*
 * What a capture lacks, and what could not be read in it: bytes of TCP that
 * were not captured, datagrams without all of their fragments, messages that
 * are too long or compressed; the ICMP errors that answer datagrams; and the
 * messages of other protocols, in the order of their packets.
 */
#ifndef PACKETS_REMARKS_H
#define PACKETS_REMARKS_H

#include "base/arena.h"
#include "packets/capture.h"

struct remarks {
	struct capture_remark *all;
	size_t n, cap;
	size_t others, bytes; /* of them: messages of other protocols */
	struct arena *texts;
	uint64_t count[CAPTURE_REMARK_COUNT];
	uint64_t first[CAPTURE_REMARK_COUNT]; /* packet of the first one */
	struct diag said;                     /* what remarks_text gave last */
};

/* Notes R; of very many only the first are kept, but all are counted. */
void remarks_add(struct remarks *rs, const struct capture_remark *r);

#endif
