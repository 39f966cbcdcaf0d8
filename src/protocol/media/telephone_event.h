/*
 * Digits as telephone events in RTP (RFC 4733): an event as bytes, and the
 * packets in which a sender's digits go out, one for each block of sound that
 * they stand for.
 */
#ifndef MEDIA_TELEPHONE_EVENT_H
#define MEDIA_TELEPHONE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#define TELEPHONE_EVENT_BYTES  4
#define TELEPHONE_EVENT_DIGITS 8 /* that wait, at most */

/* 2.3: DURATION is in samples. */
void telephone_event_write(uint8_t event, bool end, uint16_t duration,
    uint8_t payload[TELEPHONE_EVENT_BYTES]);
/* 3.2: the event of 0 to 9, * and #. */
uint8_t telephone_event_of(char digit);
/* Of the 16 digits that of EVENT; 0: it is another. */
static inline char
telephone_event_digit(uint8_t event)
{
	return event < 16 ? "0123456789*#ABCD"[event] : '\0';
}

/* 2.3, 2.5.1.3: a longer event is told in segments, each of them as long. */
#define TELEPHONE_EVENT_MOST 0xFFFF

/* The last event that has come.  All zero at first. */
struct telephone_event_heard {
	bool any;
	uint8_t event;
	uint32_t stamp; /* of its last segment */
};
/* 2.5.2: a report of EVENT at time STAMP is the first one of an event, neither
 * the same again nor the next segment of it. */
bool telephone_event_begins(
    struct telephone_event_heard *h, uint8_t event, uint32_t stamp);

/* The sender's side.  All zero at first. */
struct telephone_events {
	uint8_t digits[TELEPHONE_EVENT_DIGITS]; /* as events, the next first */
	unsigned ndigits;
	unsigned sent;  /* packets of the first */
	uint32_t stamp; /* of all of these */
};

struct telephone_event_packet {
	uint32_t stamp;
	bool marker;
	uint8_t payload[TELEPHONE_EVENT_BYTES];
};

/* Appends DIGIT to the queue; where it is full nothing happens. */
void telephone_events_add(struct telephone_events *e, char digit);
/* The packet that goes at time STAMP in place of BLOCK samples of sound; false:
 * no digit is to be sent. */
bool telephone_events_next(struct telephone_events *e, uint32_t stamp,
    unsigned block, struct telephone_event_packet *p);

#endif
