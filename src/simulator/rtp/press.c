/*
 * Digits that a user presses: as telephone events (RFC 4733), which stand
 * instead of the voice, or in band, as tones among the samples.
 */
#include "rtp/rtp_in.h"

#include "base/err.h"
#include "media/telephone_event.h"
#include "sound/dtmf.h"

#include <string.h>

#define PAUSE_MS  60 /* between two digits */
#define ENDS      3  /* 2.5.1.4: how often the end of one is told */
#define AMPLITUDE 6000

static struct rtp_leg *
find_talking(const struct rtp_session *s)
{
	for (size_t i = 0; i < s->nlegs; i++)
		if (s->legs[i]->kind == SIP_SDP_AUDIO && s->legs[i]->tick != 0)
			return s->legs[i];
	return NULL;
}

int
rtp_session_press(
    struct rtp_session *s, enum rtp_way way, struct str digits, unsigned ms)
{
	struct rtp_leg *leg = s != NULL ? find_talking(s) : NULL;
	struct rtp_press *p;
	size_t waiting;

	if (leg == NULL)
		return ERR_STATE;
	p = &leg->press;
	if (way == RTP_EVENTS ? leg->theirs[SIP_SDP_CODEC_EVENTS] < 0
			      : leg->codec->kind != SOUND_REAL)
		return ERR_NOTFOUND;
	waiting = strlen(p->digits);
	if (digits.n > RTP_DIGITS - waiting)
		return ERR_LIMIT;
	memcpy(p->digits + waiting, digits.p, digits.n);
	p->digits[waiting + digits.n] = '\0';
	for (size_t i = 0; i < digits.n; i++)
		p->ms[waiting + i] = (uint16_t)ms;
	p->way = way;
	return 0;
}

/* 3.2 */
static uint8_t
event_of(char digit)
{
	return digit >= 'A' && digit <= 'D' ? (uint8_t)(12 + digit - 'A')
					    : telephone_event_of(digit);
}

static void
next_digit(struct rtp_press *p)
{
	memmove(p->digits, p->digits + 1, strlen(p->digits));
	memmove(p->ms, p->ms + 1, sizeof(p->ms) - sizeof(p->ms[0]));
	p->done_ms = p->ends = p->told = 0;
	p->rest_ms = PAUSE_MS;
}

/* 2.5.1.2, 2.5.1.4: while the digit lasts it grows; its end is told three
 * times.  2.5.1.3: what is longer than a duration has bits for goes on as
 * another segment, from where the one before it has ended. */
static void
send_event(struct rtp_leg *leg, unsigned ms)
{
	struct rtp_press *p = &leg->press;
	uint8_t data[TELEPHONE_EVENT_BYTES];
	bool begins = p->done_ms == 0, ends, full;
	uint32_t ticks;

	if (begins)
		p->stamp = leg->out.stamp;
	p->done_ms = p->done_ms + ms < p->ms[0] ? p->done_ms + ms : p->ms[0];
	ticks = p->done_ms * (leg->codec->clock / 1000) - p->told;
	full = ticks > TELEPHONE_EVENT_MOST;
	ends = p->done_ms == p->ms[0] && !full;
	telephone_event_write(event_of(p->digits[0]), ends,
	    full ? TELEPHONE_EVENT_MOST : (uint16_t)ticks, data);
	rtp_send(leg, leg->theirs[SIP_SDP_CODEC_EVENTS], begins, p->stamp, data,
	    sizeof(data));
	if (full) {
		p->told += TELEPHONE_EVENT_MOST;
		p->stamp += TELEPHONE_EVENT_MOST;
	}
	if (ends && ++p->ends == ENDS)
		next_digit(p);
}

static void
sound_digit(struct rtp_leg *leg, unsigned ms, int16_t *mixed)
{
	struct rtp_press *p = &leg->press;

	dtmf_write(p->digits[0], AMPLITUDE,
	    (uint64_t)p->done_ms * (SOUND_RATE / 1000), mixed,
	    (size_t)ms * (SOUND_RATE / 1000));
	p->done_ms += ms;
	if (p->done_ms >= p->ms[0])
		next_digit(p);
}

bool
rtp_press_block(struct rtp_leg *leg, unsigned ms, int16_t *mixed, bool *in_band)
{
	struct rtp_press *p = &leg->press;
	bool pausing = p->rest_ms > 0;

	p->rest_ms = p->rest_ms > ms ? p->rest_ms - ms : 0;
	if (p->digits[0] == '\0' || pausing)
		return false;
	*in_band = p->way == RTP_IN_BAND;
	if (p->done_ms == 0)
		rtp_record_pressed(leg, p->digits[0]);
	if (*in_band)
		sound_digit(leg, ms, mixed);
	else
		send_event(leg, ms);
	return true;
}
