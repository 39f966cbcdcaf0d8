/* Tones. */
#include "firmware/phone/tones.h"

#define ON_US   (1u * S_US)
#define OFF_US  (4u * S_US)
#define LOUD    6000
#define PERIODS 9 /* in a block */

/* sin(2π × i / 32) × 1024, its first quarter */
static const int16_t quarter[9] = { 0, 200, 392, 569, 724, 851, 946, 1004,
	1024 };

static int
sine(unsigned i)
{
	unsigned part = i / 8 % 4, at = i % 8;
	int value = part % 2 == 0 ? quarter[at] : quarter[8 - at];

	return part < 2 ? value : -value;
}

void
tones_start(struct tones *t, struct timers *timers)
{
	t->timers = timers;
	for (unsigned i = 0; i < HAL_AUDIO_BLOCK; i++)
		t->block[i] =
		    (int16_t)(sine(i * PERIODS * 32 / HAL_AUDIO_BLOCK) * LOUD /
			      1024);
}

static void
on_change(void *arg)
{
	struct tones *t = arg;

	t->sounding = !t->sounding;
	if (t->sounding)
		hal_audio_start();
	else
		hal_audio_stop();
	timer_in(
	    t->timers, &t->timer, t->sounding ? ON_US : OFF_US, on_change, t);
}

void
tones_play(struct tones *t, enum tone tone)
{
	if (t->tone == tone)
		return;
	t->tone = tone;
	if (t->sounding)
		hal_audio_stop();
	t->sounding = false;
	timer_stop(t->timers, &t->timer);
	if (tone != TONE_NONE)
		on_change(t);
}

void
tones_run(struct tones *t)
{
	int16_t heard[HAL_AUDIO_BLOCK];

	if (!t->sounding)
		return;
	/* Sound recorded meanwhile is dropped. */
	while (hal_audio_read(heard))
		continue;
	while (hal_audio_write(t->block))
		continue;
}
