/*
 * The sounds that the phone makes itself: it rings, it says that the other
 * side rings.  450 Hz by 1 s and 4 s, as exchanges in China sound; a block of
 * 20 ms has nine whole periods, so that one block, computed once, is all.
 */
#ifndef FIRMWARE_PHONE_TONES_H
#define FIRMWARE_PHONE_TONES_H

#include "firmware/hal.h"
#include "firmware/phone/timers.h"

enum tone { TONE_NONE, TONE_RING, TONE_RINGBACK };

struct tones {
	struct timers *timers;
	enum tone tone;
	bool sounding; /* else it pauses */
	struct timer timer;
	int16_t block[HAL_AUDIO_BLOCK];
};

void tones_start(struct tones *t, struct timers *timers);
/* Changes to TONE, which may be the one that plays. */
void tones_play(struct tones *t, enum tone tone);
/* Gives the audio device as many blocks as it takes. */
void tones_run(struct tones *t);

#endif
