/*
 * The heads of payloads: what Wireshark and every receiver read of a packet
 * before its codec does.  Behind them octets have no meaning.
 * Each function makes a payload of the N octets at P, and returns how many of
 * them it has.
 */
#ifndef SOUND_PAYLOAD_H
#define SOUND_PAYLOAD_H

#include "sound/codec.h"

/* RFC 6716 3: one frame, or several as long as each other. */
size_t sound_payload_opus(const struct sound_part *part, uint8_t *p, size_t n);
/* RFC 6184 5.6, 5.8: a NAL unit, or a fragment of one (FU-A). */
size_t sound_payload_h264(const struct sound_part *part, uint8_t *p, size_t n);
/* RFC 7741 4.2, 4.3: the descriptor, and the frame tag where a frame begins. */
size_t sound_payload_vp8(const struct sound_part *part, uint8_t *p, size_t n);

#endif
