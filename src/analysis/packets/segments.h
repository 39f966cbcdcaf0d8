/*
 * TCP streams put together from their segments, in any order (RFC 9293 3.4),
 * and framed (packets/stream_framing.h), within a limit of memory.  A stream
 * may be joined in its middle, and may have gaps: then it is taken up where a
 * message begins.
 */
#ifndef PACKETS_SEGMENTS_H
#define PACKETS_SEGMENTS_H

#include "packets/capture.h"
#include "wire/decode.h"

struct segments;

/* Called about the stream between D's addresses: what R says except for when
 * and where; bytes of it are missing (CAPTURE_GAP), a message can't be shown,
 * or it is another protocol's. */
typedef void segments_remark_fn(void *arg, const struct datagram *d,
    uint32_t place, int64_t t, uint64_t packet, const struct capture_remark *r);

/* Called with a complete message: BYTES at AT in the source, or DECODE_NOWHERE.
 * D has its addresses, not its payload.  0, or an error for the caller of
 * segments_add. */
typedef int segments_fn(void *arg, const struct datagram *d, uint32_t place,
    int64_t t, uint64_t packet, struct str bytes, uint64_t at);

/* At most MOST bytes are kept until others come.  0 or ERR_NOMEM. */
int segments_create(struct segments **s, size_t most, segments_fn *fn,
    segments_remark_fn *remark, void *arg);
void segments_destroy(struct segments *s);

/* Takes segment D.  0, ERR_NOMEM, or what FN returned. */
int segments_add(struct segments *s, const struct datagram *d, uint32_t place,
    int64_t t, uint64_t packet);
/* No more will come: what waits for a gap to be filled is taken as it is. */
int segments_end(struct segments *s);

#endif
