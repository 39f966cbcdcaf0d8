/*
 * IIS audio (S3C2410A manual, chapter 21): 8,000 samples a second of 16 bits on
 * one channel, whatever the prescaler says, for that is what the codec on this
 * board does.  Data go by DMA alone (dev_dma.c).
 */
#include "emu/board_in.h"

#define PAGE      0x55000000u
#define IISCON_ON 1u

bool
iis_on(const struct board *b)
{
	return (b->s.iis[0] & IISCON_ON) != 0;
}

static void
iis_write(struct board *b, uint32_t offset, uint32_t value)
{
	bool was = iis_on(b);

	if (PAGE + offset >= S3C_IISFIFO)
		return;
	b->s.iis[offset / 4] = value;
	if (was != iis_on(b))
		dma_retry(b);
}

const struct device device_iis = {
	.name = "iis",
	.base = PAGE,
	DEVICE_KEEPS(iis),
	.write = iis_write,
};
