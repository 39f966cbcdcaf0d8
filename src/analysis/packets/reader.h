/*
 * Messages that are read one by one to become a trace: those of a capture, of a
 * capture whose clocks were set right (inference/clocks.h), or of a test.
 */
#ifndef PACKETS_READER_H
#define PACKETS_READER_H

#include "packets/capture.h"

/* The maker of the reader owns all that it points to, as long as it is used. */
struct capture_reader {
	void *arg; /* of the functions */
	size_t count;
	/* As capture_get. */
	void (*get)(void *arg, size_t i, struct capture_message *m,
	    struct buf *scratch);
	/* As `get`, without its bytes; NULL: there is no shorter way. */
	void (*look)(void *arg, size_t i, struct capture_message *m);
	size_t nstreams;
	const struct capture_stream *(*stream)(void *arg, size_t i);
	/* As capture_packets and capture_packet_get; NULL: none. */
	const struct capture_packet *packets;
	struct str (*packet)(const struct capture *c,
	    const struct capture_packet *p, struct buf *scratch);
	const struct capture *packets_of;
	size_t nremarks;
	const struct capture_remark *remarks;
};

/* Borrows C. */
struct capture_reader capture_reader_of(struct capture *c);

/* Message I except for its bytes; its hash is that of all of them. */
void capture_reader_look(const struct capture_reader *r, size_t i,
    struct capture_message *m, struct buf *scratch);

static inline void
capture_reader_get(const struct capture_reader *r, size_t i,
    struct capture_message *m, struct buf *scratch)
{
	r->get(r->arg, i, m, scratch);
}

#endif
