/*
 * A board for tests of the firmware's phone: hal.h over a virtual time, a
 * network of one gateway behind which everybody is, and a record of all that
 * the phone does.
 */
#ifndef FIRMWARE_HAL_TEST_H
#define FIRMWARE_HAL_TEST_H

#include "firmware/hal.h"

#include <stdio.h>

#define WORLD_PHONE 0xC0000204u /* 192.0.2.4 */
#define WORLD_PEER  0xC0000203u /* 192.0.2.3 */
#define WORLD_OTHER 0xC0000205u
#define WORLD_SENT  512
#define WORLD_LINES 4096
#define WORLD_CLOCK 1795167660u /* 2026-11-20 09:41:00 */

struct world_sent {
	uint64_t t_us;
	uint32_t ip; /* of whom it went to */
	uint16_t port, from_port;
	uint32_t cause;
	char *bytes; /* with a NUL behind */
	size_t n;
};

struct world_segment {
	uint16_t from_port, port;
	uint32_t seq, ack, window;
	unsigned flags;
	const void *bytes;
	size_t n; /* at most 1460 */
};

struct world {
	uint64_t now_us;
	const char *config;
	struct phone *phone;
	uint64_t due_us; /* the phone's next */
	struct world_sent sent[WORLD_SENT];
	size_t nsent, seen; /* seen: by world_take */
	char *reports[WORLD_LINES];
	size_t nreports;
	char *logs[WORLD_LINES];
	size_t nlogs;
	unsigned hold;
	/* A segment of TCP that the phone sends to IP. */
	void (*segment)(uint32_t ip, const uint8_t *tcp, size_t n);
	uint32_t cause, causes; /* causes: frames and keys so far */
	size_t heap_most;       /* bytes in use, at the end of a turn */
	unsigned turns;         /* of phone_step */
	bool audio_on;
	uint64_t block_us; /* when the next block was recorded */
	bool block_there;
	unsigned blocks_out; /* blocks played */
	int16_t last_out[HAL_AUDIO_BLOCK];
	bool was_reset, deaf; /* deaf: frames of the phone are lost */
};
extern struct world world;

/* Switches the phone on at time 0. */
void world_open(const char *config);
/* Switches it off and forgets all. */
void world_close(void);
/* Forgets what the phone sent, reported and logged so far. */
void world_forget(void);
/* Lets MS pass. */
void world_run(uint64_t ms);
/* A datagram for the phone's PORT from IP and FROM_PORT, at once. */
void world_datagram(uint32_t ip, uint16_t from_port, uint16_t port,
    const void *bytes, size_t n);
/* A segment of TCP comes for the phone. */
void world_segment(uint32_t ip, const struct world_segment *s);
/* The same from 192.0.2.3:5060 to the phone's SIP port; then it has its turn.
 */
void world_sip(const char *text);
void world_sip_from(uint32_t ip, const char *text);
/* Presses "1001#", {call}, {soft1} … one after the other, 100 ms apart. */
void world_press(const char *keys);
/* The next message that the phone sent (since the last call) and that begins
 * with START; those before it are passed over.  NULL: none. */
const char *world_take(const char *start);
/* How many messages beginning with START were sent at all. */
unsigned world_count(const char *start);
/* Times of these in ms, "0 500 1500", in BUF. */
const char *world_times(const char *start, char *buf, size_t cap);
/* A report (a log line) that is TEXT or, with a '*' at its end, begins so. */
bool world_reported(const char *text);
bool world_logged(const char *text);
/* The panel as text: eight lines, dark ones between '[' and ']', others between
 * '|'.  Static. */
const char *world_screen(void);
/* Whether a line of the panel holds TEXT. */
bool world_shows(const char *text);
/* Writes the panel as a PBM picture. */
void world_picture(const char *path);

#endif
