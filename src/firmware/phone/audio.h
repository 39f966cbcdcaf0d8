/* G.711 (ITU-T G.711): a sample of 16 bits in eight, by µ-law or A-law. */
#ifndef FIRMWARE_PHONE_AUDIO_H
#define FIRMWARE_PHONE_AUDIO_H

#include <stddef.h>
#include <stdint.h>

/* CODEC is SDP_PCMU or SDP_PCMA, N samples. */
void audio_encode(int codec, const int16_t *samples, size_t n, uint8_t *coded);
void audio_decode(int codec, const uint8_t *coded, size_t n, int16_t *samples);

#endif
