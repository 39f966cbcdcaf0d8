/*
 * IIS audio (S3C2410A manual, chapter 21): 8,000 samples a second of 16 bits on
 * one channel, whatever the prescaler says, for that is what the codec on this
 * board does.  Data go by DMA alone.
 *
 * DMA (chapter 8), as far as audio needs it: channels that the
 * IIS controller paces, one to its FIFO and one from it.  Each halfword is a
 * sample, so a transfer takes as long as its samples last; when it is through,
 * what was played goes out, or what was heard is in memory, and the interrupt
 * asks.  Copies from memory to memory, and other devices' requests, never get
 * anywhere.
 */
#include "emu/board_in.h"

#define PAGE      0x4b000000u
#define IIS_PAGE  0x55000000u
#define IISCON_ON 1u

#define DCON_INT       (1u << 29)
#define DCON_HARDWARE  (1u << 23)
#define DCON_NO_RELOAD (1u << 22)
#define TRIGGER_STOP   4u
#define TRIGGER_ON     2u
#define STAT_BUSY      (1u << 20)
#define UNITS          0xfffffu
#define AUDIO_PIECE    4096u

#define R(which) (S3C_DMA_##which / 4)

static bool
iis_on(const struct board *b)
{
	return (b->s.iis[0] & IISCON_ON) != 0;
}

/* The user of channel I. */
enum request { NOBODY, PLAY, RECORD };

static enum request
dma_request_of(const struct board *b, unsigned i)
{
	uint32_t dcon = b->s.dma.reg[i][R(DCON)];
	unsigned source = dcon >> 24 & 7;

	if ((dcon & DCON_HARDWARE) == 0)
		return NOBODY;
	if (i == S3C_DMA_IIS_OUT)
		return source == 0 ? PLAY : source == 1 ? RECORD : NOBODY;
	return i == S3C_DMA_IIS_IN && source == 2 ? RECORD : NOBODY;
}

static uint32_t
unit_size(const struct board *b, unsigned i)
{
	uint32_t size = b->s.dma.reg[i][R(DCON)] >> 20 & 3;

	return size == 0 ? 1 : size == 1 ? 2 : 4;
}

static void
start_transfer(struct board *b, unsigned i)
{
	struct dma *d = &b->s.dma;
	const uint32_t *r = d->reg[i];

	counter_stop(&d->run[i]);
	d->units[i] = 0;
	if ((r[R(DMASKTRIG)] & TRIGGER_ON) == 0 ||
	    dma_request_of(b, i) == NOBODY || (r[R(DCON)] & UNITS) == 0 ||
	    !iis_on(b))
		return;
	d->units[i] = r[R(DCON)] & UNITS;
	d->src[i] = r[R(DISRC)];
	d->dst[i] = r[R(DIDST)];
	/* A tick is half a sample: a byte. */
	counter_start(&d->run[i], board_now(b),
	    (uint64_t)d->units[i] * unit_size(b, i), 1000000000, 2 * AUDIO_HZ);
}

/* The audio device was switched on or off. */
static void
retry_transfers(struct board *b)
{
	for (unsigned i = 0; i < DMAS; i++)
		start_transfer(b, i);
	board_kick(b);
}

/* What lies at AT goes out, in pieces. */
static void
dma_play(struct board *b, uint32_t at, uint32_t n)
{
	uint32_t room = board_room(b, at);

	if (n > room)
		n = room;
	while (n > 0) {
		uint32_t piece = n < AUDIO_PIECE ? n : AUDIO_PIECE;

		board_say(
		    b, BOARD_OUT_AUDIO, 0, board_bytes(b, at, piece), piece);
		at += piece;
		n -= piece;
	}
}

/* What the microphone has picked up until END_NS; without one, silence. */
static void
dma_record(struct board *b, uint32_t at, uint32_t n, int64_t end_ns)
{
	const struct board_config *c = &b->config;
	uint64_t sample = (uint64_t)end_ns / (1000000000 / AUDIO_HZ);
	uint32_t room = board_room(b, at);
	uint8_t piece[AUDIO_PIECE] = { 0 };

	if (n > room)
		n = room;
	sample -= sample < n / 2 ? sample : n / 2;
	while (n > 0) {
		uint32_t some = n < AUDIO_PIECE ? n : AUDIO_PIECE;

		for (uint32_t i = 0; c->nsound > 0 && i + 1 < some; i += 2) {
			uint16_t s = (uint16_t)c->sound[sample++ % c->nsound];

			piece[i] = (uint8_t)s;
			piece[i + 1] = (uint8_t)(s >> 8);
		}
		board_store(b, at, piece, some);
		at += some;
		n -= some;
	}
}

static void
dma_end_transfer(struct board *b, unsigned i)
{
	struct dma *d = &b->s.dma;
	uint32_t n = d->units[i] * unit_size(b, i);
	int64_t due = d->run[i].due_ns;

	if (dma_request_of(b, i) == PLAY)
		dma_play(b, d->src[i], n);
	else
		dma_record(b, d->dst[i], n, due);
	if ((d->reg[i][R(DCON)] & DCON_INT) != 0)
		intc_raise(b, S3C_INT_DMA0 + i);
	if ((d->reg[i][R(DCON)] & DCON_NO_RELOAD) != 0)
		d->reg[i][R(DMASKTRIG)] &= ~TRIGGER_ON;
	start_transfer(b, i);
	/* The next follows without a gap. */
	if (d->units[i] != 0)
		counter_start(&d->run[i], due,
		    (uint64_t)d->units[i] * unit_size(b, i), 1000000000,
		    2 * AUDIO_HZ);
}

/* The units that are not through yet. */
static uint32_t
units_left(const struct board *b, unsigned i)
{
	uint64_t left = counter_left(&b->s.dma.run[i], board_now(b), 0);

	return (uint32_t)((left + unit_size(b, i) - 1) / unit_size(b, i));
}

/* Where the transfer is, from AT on, unless CONTROL says "fixed". */
static uint32_t
dma_place(const struct board *b, unsigned i, uint32_t at, uint32_t control)
{
	if ((control & 1) != 0)
		return at;
	return at + (b->s.dma.units[i] - units_left(b, i)) * unit_size(b, i);
}

static uint32_t
dma_read(struct board *b, uint32_t offset)
{
	const struct dma *d = &b->s.dma;
	unsigned i = offset / 0x40;
	const uint32_t *r;

	if (i >= DMAS || offset % 0x40 / 4 > R(DMASKTRIG))
		return 0;
	r = d->reg[i];
	switch (offset % 0x40) {
	case S3C_DMA_DSTAT:
		return d->units[i] != 0 ? STAT_BUSY | units_left(b, i) : 0;
	case S3C_DMA_DCSRC:
		return dma_place(b, i, d->src[i], r[R(DISRCC)]);
	case S3C_DMA_DCDST:
		return dma_place(b, i, d->dst[i], r[R(DIDSTC)]);
	default:
		return r[offset % 0x40 / 4];
	}
}

static void
dma_write(struct board *b, uint32_t offset, uint32_t value)
{
	unsigned i = offset / 0x40;
	uint32_t *r;

	if (i >= DMAS || offset % 0x40 / 4 > R(DMASKTRIG))
		return;
	r = b->s.dma.reg[i];
	if (offset % 0x40 != S3C_DMA_DMASKTRIG) {
		/* Of a transfer under way nothing changes. */
		if (offset % 0x40 == S3C_DMA_DCON && b->s.dma.units[i] != 0)
			value =
			    (value & ~(3u << 20 | 7u << 24 | DCON_HARDWARE)) |
			    (r[R(DCON)] &
				(3u << 20 | 7u << 24 | DCON_HARDWARE));
		r[offset % 0x40 / 4] = value;
		return;
	}
	r[R(DMASKTRIG)] = (value & TRIGGER_STOP) != 0 ? 0 : value & TRIGGER_ON;
	if (r[R(DMASKTRIG)] == 0 || b->s.dma.units[i] == 0)
		start_transfer(b, i);
	board_kick(b);
}

static void
dma_reset(struct board *b)
{
	for (unsigned i = 0; i < DMAS; i++)
		counter_stop(&b->s.dma.run[i]);
}

static int64_t
dma_due(const struct board *b)
{
	int64_t due = NEVER;

	for (unsigned i = 0; i < DMAS; i++)
		if (b->s.dma.run[i].due_ns < due)
			due = b->s.dma.run[i].due_ns;
	return due;
}

static void
dma_pass(struct board *b, int64_t now)
{
	for (unsigned i = 0; i < DMAS; i++)
		if (b->s.dma.run[i].due_ns <= now)
			dma_end_transfer(b, i);
}

const struct device device_dma = {
	.base = PAGE,
	.read = dma_read,
	.write = dma_write,
	.reset = dma_reset,
	.due = dma_due,
	.pass = dma_pass,
};

static void
iis_write(struct board *b, uint32_t offset, uint32_t value)
{
	bool was = iis_on(b);

	if (IIS_PAGE + offset >= S3C_IISFIFO)
		return;
	b->s.iis[offset / 4] = value;
	if (was != iis_on(b))
		retry_transfers(b);
}

const struct device device_iis = {
	.base = IIS_PAGE,
	DEVICE_KEEPS(iis),
	.write = iis_write,
};
