/*
 * Sound of the active call: blocks of 20 ms from and to the audio device, RTP
 * from and to the other side.  Without `media` on the command line a call has
 * its sound agreed, and none is sent.
 */
#ifndef FIRMWARE_PHONE_MEDIA_H
#define FIRMWARE_PHONE_MEDIA_H

#include "firmware/hal.h"
#include "firmware/phone/config.h"
#include "media/fixed_jitter_buffer.h"
#include "media/rtp.h"
#include "media/telephone_event.h"

struct phone;
struct call;

struct media {
	struct phone *phone;
	struct call *call; /* whose sound runs; NULL: none */
	struct rtp_out out;
	bool first;           /* the next packet begins a talk spurt */
	struct jitter jitter; /* of the received sound, … */
	int16_t block[JITTER_SLOTS][HAL_AUDIO_BLOCK]; /* … its blocks */
	struct telephone_events digits;               /* to be sent */
};

/* The port for RTP of the call with number ID. */
uint16_t media_port(unsigned id);
void media_start(struct media *m, struct phone *phone);
/* Brings the sound in line with the calls: starts, stops, changes sides. */
void media_follow(struct media *m);
/* A datagram to the port OWN_PORT. */
void media_receive(
    struct media *m, uint16_t own_port, const uint8_t *data, size_t n);
/* Takes from the audio device what it has, gives it what it takes. */
void media_run(struct media *m);
/* Sends DIGIT as an event; false where CALL's media do not flow. */
bool media_digit(struct media *m, const struct call *call, char digit);

#endif
