/* Captures of messages by chance, for tests: few of each kind, so that much
 * seems to belong together. */
#ifndef CAPTURE_SOUP_H
#define CAPTURE_SOUP_H

#include "base/buf.h"

#define T0 INT64_C(1700000000000000000)

struct soup {
	struct buf file;
	uint64_t draw;
	int64_t t;
	bool media, points, disorder;
	struct buf last; /* the frame before */
};

/* INNER of PROTO at the time of S, seen at a POINT of the network (0: no VLAN).
 */
void soup_put_frame(struct soup *s, unsigned from, unsigned to,
    struct buf *inner, int proto, unsigned point);
/* "Port unreachable", of what went from FROM to TO. */
void soup_put_error(struct soup *s, unsigned from, unsigned to);
/* Time goes on, and something comes. */
void soup_put_step(struct soup *s);

#endif
