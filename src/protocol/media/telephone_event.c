/* See media/telephone_event.h. */
#include "media/telephone_event.h"

#include <string.h>

#define BLOCKS 5  /* that a digit lasts: 100 ms of 20 ms each */
#define ENDS   3  /* 2.5.1.4: how often its end is told */
#define VOLUME 10 /* -10 dBm0 */

void
telephone_event_write(uint8_t event, bool end, uint16_t duration,
    uint8_t payload[TELEPHONE_EVENT_BYTES])
{
	payload[0] = event;
	payload[1] = (uint8_t)((end ? 0x80 : 0) | VOLUME);
	payload[2] = (uint8_t)(duration >> 8);
	payload[3] = (uint8_t)duration;
}

uint8_t
telephone_event_of(char digit)
{
	return digit == '*' ? 10 : digit == '#' ? 11 : (uint8_t)(digit - '0');
}

/* 2.5.2.3: without a gap between them two reports are of one event. */
bool
telephone_event_begins(
    struct telephone_event_heard *h, uint8_t event, uint32_t stamp)
{
	uint32_t after = stamp - h->stamp;
	bool same = h->any && h->event == event, begins;

	begins = !h->any ||
		 (after != 0 && !(same && after == 0u - TELEPHONE_EVENT_MOST) &&
		     !(same && after == TELEPHONE_EVENT_MOST));
	/* Packets behind the segment that has begun change nothing. */
	if (begins || after == TELEPHONE_EVENT_MOST)
		*h = (struct telephone_event_heard){ true, event, stamp };
	return begins;
}

void
telephone_events_add(struct telephone_events *e, char digit)
{
	if (e->ndigits < TELEPHONE_EVENT_DIGITS)
		e->digits[e->ndigits++] = telephone_event_of(digit);
}

/* 2.2.1: the same time stamp while the digit lasts; 2.5.1.2: the marker is in
 * its first packet, its end in the last ones. */
bool
telephone_events_next(struct telephone_events *e, uint32_t stamp,
    unsigned block, struct telephone_event_packet *p)
{
	unsigned i = e->sent, blocks = i < BLOCKS ? i + 1 : BLOCKS;

	if (e->ndigits == 0)
		return false;
	if (i == 0)
		e->stamp = stamp;
	p->stamp = e->stamp;
	p->marker = i == 0;
	telephone_event_write(
	    e->digits[0], i >= BLOCKS, (uint16_t)(blocks * block), p->payload);
	if (++e->sent == BLOCKS + ENDS) {
		e->sent = 0;
		memmove(e->digits, e->digits + 1, --e->ndigits);
	}
	return true;
}
