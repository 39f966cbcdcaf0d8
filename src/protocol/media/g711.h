/* G.711 (ITU-T G.711): a sample of 16 bits in eight, by µ-law or A-law. */
#ifndef MEDIA_G711_H
#define MEDIA_G711_H

#include <stddef.h>
#include <stdint.h>

/* CODEC is RTP_PCMU or RTP_PCMA (media/rtp.h), N samples. */
void g711_encode(int codec, const int16_t *samples, size_t n, uint8_t *coded);
void g711_decode(int codec, const uint8_t *coded, size_t n, int16_t *samples);

#endif
