/*
 * Which packets of a stream there were, by their index (RFC 3711 3.3.1, 3.3.2):
 * the highest, and those of a window up to it.  The index of an RTP packet has
 * 48 bits: how often its sequence number has begun again (ROC), and that
 * number.
 */
#ifndef SRTP_WINDOW_H
#define SRTP_WINDOW_H

#include <stdint.h>

#define SRTP_WINDOW 128 /* packets; 3.3.2: at least 64 */

enum srtp_place {
	SRTP_NEW,
	SRTP_SEEN,
	SRTP_BEHIND, /* older than the window: taken for one that was seen */
};

/* All zero at first: there was none. */
struct srtp_window {
	uint64_t highest; /* of the packets that there were */
	uint64_t packets;
	uint64_t
	    seen[SRTP_WINDOW / 64]; /* bit I: the one I below the highest */
};

/* The index that a packet with this sequence number is likely to have. */
uint64_t srtp_window_guess(const struct srtp_window *w, uint16_t sequence);
enum srtp_place srtp_window_place(const struct srtp_window *w, uint64_t index);
/* The packet with this index, a new one, is good. */
void srtp_window_note(struct srtp_window *w, uint64_t index);

#endif
