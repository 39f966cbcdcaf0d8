/*
 * IIS audio (S3C2410A manual, chapter 21): 8,000 samples a second of 16 bits on
 * one channel, whatever the prescaler says, for that is what the codec on this
 * board does.  Data go by DMA alone (dev_dma.c).
 */
#include "emu/board_in.h"

#include <string.h>

#define PAGE      0x55000000u
#define IISCON_ON 1u

bool
iis_on(const struct board *b)
{
	return (b->s.iis.reg[0] & IISCON_ON) != 0;
}

static uint32_t
iis_read(struct board *b, uint32_t offset)
{
	return PAGE + offset < S3C_IISFIFO ? b->s.iis.reg[offset / 4] : 0;
}

static void
iis_write(struct board *b, uint32_t offset, uint32_t value)
{
	bool was = iis_on(b);

	if (PAGE + offset >= S3C_IISFIFO)
		return;
	b->s.iis.reg[offset / 4] = value;
	if (was != iis_on(b))
		dma_retry(b);
}

void
board_audio_in(struct board *b, const int16_t *samples, size_t n)
{
	struct iis *q = &b->s.iis;

	for (size_t i = 0; i < n && q->n < IIS_QUEUE; i++)
		q->heard[(q->first + q->n++) % IIS_QUEUE] = samples[i];
}

void
iis_take(struct board *b, uint8_t *to, uint32_t nbytes)
{
	struct iis *q = &b->s.iis;

	memset(to, 0, nbytes);
	for (uint32_t i = 0; i + 1 < nbytes && q->n > 0; i += 2) {
		uint16_t x = (uint16_t)q->heard[q->first];

		to[i] = (uint8_t)x;
		to[i + 1] = (uint8_t)(x >> 8);
		q->first = (q->first + 1) % IIS_QUEUE;
		q->n--;
	}
}

const struct device device_iis = {
	.name = "iis",
	.base = PAGE,
	.read = iis_read,
	.write = iis_write,
};
