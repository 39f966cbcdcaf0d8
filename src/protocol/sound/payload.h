/*
 * The heads of payloads: what Wireshark and every receiver read of a packet
 * before its codec does.  Behind them octets have no meaning.
 */
#ifndef SOUND_PAYLOAD_H
#define SOUND_PAYLOAD_H

#include "sound/codec.h"

/* RFC 6716 3: one frame, or several as long as each other. */
void sound_payload_opus(const struct sound_part *part, uint8_t *p, size_t n);
/* RFC 6184 5.6, 5.8: a NAL unit, or a fragment of one (FU-A). */
void sound_payload_h264(const struct sound_part *part, uint8_t *p, size_t n);
/* RFC 7741 4.2, 4.3: the descriptor, and the frame tag where a frame begins. */
void sound_payload_vp8(const struct sound_part *part, uint8_t *p, size_t n);

#endif
