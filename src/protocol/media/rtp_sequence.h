/*
 * The sequence numbers of one stream that comes in: how many packets its
 * sender has sent, though the numbers begin again after 65535 (RFC 3550 A.1,
 * A.3).
 */
#ifndef MEDIA_RTP_SEQUENCE_H
#define MEDIA_RTP_SEQUENCE_H

#include <stdint.h>

struct rtp_sequence {
	uint16_t first, last; /* the last is the highest so far */
	uint32_t turns;       /* how often they began again */
};

/* A packet has come with NUMBER, the first one, or another. */
void rtp_sequence_begin(struct rtp_sequence *s, uint16_t number);
void rtp_sequence_note(struct rtp_sequence *s, uint16_t number);
/* How many packets there should be from the first to the last. */
uint64_t rtp_sequence_expected(const struct rtp_sequence *s);

#endif
