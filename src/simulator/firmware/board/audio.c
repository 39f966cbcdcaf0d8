/*
 * Audio: the IIS controller (chapter 21) fed and emptied by DMA (chapter 8),
 * blocks of 20 ms.
 *
 * Each direction has two buffers.  While DMA is at one, the other's address
 * waits in its initial registers, to be taken when the first is done (auto
 * reload); the interrupt in between fills or empties the one that is done and
 * makes it the next.  What plays when nothing is queued is silence.
 */
#include "firmware/board/board.h"

#include <string.h>

#define BLOCK HAL_AUDIO_BLOCK
#define QUEUE 2u
/* The codec's clock is 256 times the rate; of PCLK ÷ 1 to 32 the nearest. */
#define CODEC_HZ (8000u * 256u)

/* IISCON: both DMA requests, prescaler on, interface on. */
#define IISCON_ON (1u << 5 | 1u << 4 | 1u << 1 | 1u)
/* IISMOD: master, both directions, 16 bits, 256 fs, 32 bit clocks. */
#define IISMOD_BOTH (3u << 6 | 1u << 3 | 0u << 2 | 1u)
/* IISFCON: both FIFOs on, by DMA. */
#define IISFCON_DMA (0xFu << 12)
/* DCON: handshake, interrupt at the end, one unit a request, by hardware, auto
 * reload, halfwords. */
#define DCON_COMMON    (1u << 31 | 1u << 29 | 1u << 23 | 1u << 20 | BLOCK)
#define DCON_SOURCE(n) ((uint32_t)(n) << 24)
#define SSDO           0u /* HWSRCSEL of DMA 2 */
#define SSDI           2u /* of DMA 1 */
#define FIXED_APB      3u
#define TRIGGER_ON     2u
#define TRIGGER_STOP   4u

#define OUT(r) REG(S3C_DMA(S3C_DMA_IIS_OUT) + (r))
#define IN(r)  REG(S3C_DMA(S3C_DMA_IIS_IN) + (r))

/* A queue of blocks between the interrupt and the phone. */
struct blocks {
	int16_t samples[QUEUE][BLOCK];
	volatile unsigned put, taken;
};

static int16_t playing[2][BLOCK], recording[2][BLOCK];
static struct blocks to_play, recorded;
static unsigned play_done, record_done; /* which of two */
static bool on;

static bool
put_block(struct blocks *q, const int16_t *block)
{
	if (q->put - q->taken == QUEUE)
		return false;
	memcpy(q->samples[q->put % QUEUE], block, sizeof(q->samples[0]));
	q->put++;
	return true;
}

static bool
take_block(struct blocks *q, int16_t *block)
{
	if (q->put == q->taken)
		return false;
	memcpy(block, q->samples[q->taken % QUEUE], sizeof(q->samples[0]));
	q->taken++;
	return true;
}

static void
on_played(void)
{
	int16_t *buffer = playing[play_done];

	play_done ^= 1;
	if (!take_block(&to_play, buffer))
		memset(buffer, 0, sizeof(playing[0]));
	OUT(S3C_DMA_DISRC) = (uint32_t)(uintptr_t)buffer;
}

/* Where the phone takes none, the oldest is lost. */
static void
on_recorded(void)
{
	int16_t *buffer = recording[record_done];

	record_done ^= 1;
	if (recorded.put - recorded.taken == QUEUE)
		recorded.taken++;
	(void)put_block(&recorded, buffer);
	IN(S3C_DMA_DIDST) = (uint32_t)(uintptr_t)buffer;
}

static void
start_playing(void)
{
	memset(playing, 0, sizeof(playing));
	play_done = 0;
	irq_attach(S3C_INT_DMA0 + S3C_DMA_IIS_OUT, on_played);
	OUT(S3C_DMA_DISRC) = (uint32_t)(uintptr_t)playing[0];
	OUT(S3C_DMA_DISRCC) = 0;
	OUT(S3C_DMA_DIDST) = S3C_IISFIFO;
	OUT(S3C_DMA_DIDSTC) = FIXED_APB;
	OUT(S3C_DMA_DCON) = DCON_COMMON | DCON_SOURCE(SSDO);
	OUT(S3C_DMA_DMASKTRIG) = TRIGGER_ON;
	OUT(S3C_DMA_DISRC) = (uint32_t)(uintptr_t)playing[1];
}

static void
start_recording(void)
{
	record_done = 0;
	irq_attach(S3C_INT_DMA0 + S3C_DMA_IIS_IN, on_recorded);
	IN(S3C_DMA_DISRC) = S3C_IISFIFO;
	IN(S3C_DMA_DISRCC) = FIXED_APB;
	IN(S3C_DMA_DIDST) = (uint32_t)(uintptr_t)recording[0];
	IN(S3C_DMA_DIDSTC) = 0;
	IN(S3C_DMA_DCON) = DCON_COMMON | DCON_SOURCE(SSDI);
	IN(S3C_DMA_DMASKTRIG) = TRIGGER_ON;
	IN(S3C_DMA_DIDST) = (uint32_t)(uintptr_t)recording[1];
}

void
hal_audio_start(void)
{
	uint32_t by = (clock_pclk_hz() + CODEC_HZ / 2) / CODEC_HZ;
	uint32_t prescaler = by == 0 ? 0 : (by < 32 ? by : 32) - 1;

	if (on)
		return;
	to_play.put = to_play.taken = recorded.put = recorded.taken = 0;
	REG(S3C_IISPSR) = prescaler << 5 | prescaler;
	REG(S3C_IISMOD) = IISMOD_BOTH;
	REG(S3C_IISFCON) = IISFCON_DMA;
	/* first, for a channel takes its first address when it is asked */
	REG(S3C_IISCON) = IISCON_ON;
	start_playing();
	start_recording();
	on = true;
}

void
hal_audio_stop(void)
{
	if (!on)
		return;
	REG(S3C_IISCON) = 0;
	OUT(S3C_DMA_DMASKTRIG) = TRIGGER_STOP;
	IN(S3C_DMA_DMASKTRIG) = TRIGGER_STOP;
	irq_mask(S3C_INT_DMA0 + S3C_DMA_IIS_OUT);
	irq_mask(S3C_INT_DMA0 + S3C_DMA_IIS_IN);
	recorded.put = recorded.taken = 0;
	on = false;
}

bool
audio_waiting(void)
{
	return recorded.put != recorded.taken;
}

/* The interrupt may drop the oldest block while it is being taken. */
bool
hal_audio_read(int16_t block[HAL_AUDIO_BLOCK])
{
	uint32_t saved = irq_save();
	bool there = take_block(&recorded, block);

	irq_restore(saved);
	return there;
}

bool
hal_audio_write(const int16_t block[HAL_AUDIO_BLOCK])
{
	return on && put_block(&to_play, block);
}
