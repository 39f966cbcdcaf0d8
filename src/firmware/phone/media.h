/*
 * Sound of the active call: blocks of 20 ms from and to the audio device, RTP
 * from and to the other side.  Without `media` on the command line a call has
 * its sound agreed, and none is sent.
 */
#ifndef FIRMWARE_PHONE_MEDIA_H
#define FIRMWARE_PHONE_MEDIA_H

#include "firmware/hal.h"
#include "firmware/phone/config.h"
#include "firmware/phone/rtp.h"

struct phone;
struct call;

#define MEDIA_WAITING 4 /* blocks that wait to be played: 80 ms of jitter */
#define MEDIA_DIGITS  8

struct media {
	struct phone *phone;
	struct call *call; /* whose sound runs; NULL: nobody's */
	struct rtp_out out;
	bool first; /* the next packet begins a talk spurt */
	/* received, by sequence number modulo MEDIA_WAITING */
	int16_t block[MEDIA_WAITING][HAL_AUDIO_BLOCK];
	bool full[MEDIA_WAITING];
	uint16_t next;                /* to be played */
	bool synchronised;            /* NEXT is known */
	uint8_t digits[MEDIA_DIGITS]; /* events to be sent */
	unsigned ndigits, digit_blocks;
	uint32_t digit_stamp;
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
