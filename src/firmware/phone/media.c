/* Sound: from the device to RTP and back. */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/audio.h"

#define PORT_FIRST   16384
#define EVENT_BLOCKS 5 /* 100 ms of a digit, then its end three times */
#define EVENT_ENDS   3

uint16_t
media_port(unsigned id)
{
	return (uint16_t)(PORT_FIRST + 2 * (id % PHONE_CALLS));
}

void
media_start(struct media *m, struct phone *phone)
{
	m->phone = phone;
	if (!phone->config.media)
		return;
	for (unsigned i = 0; i < PHONE_CALLS; i++)
		link_bind(phone->link, (uint16_t)(PORT_FIRST + 2 * i));
}

/* ---- whose ---- */

static bool
sounds(const struct call *call)
{
	return call->media_agreed && call->media.codec >= 0 &&
	       call->media.at.ip != 0 && !call->held && !call->hold_wanted &&
	       (call->state == CALL_CONFIRMED ||
		   call->state == CALL_MORATORIUM ||
		   (call->state == CALL_EARLY && call->outgoing));
}

void
media_follow(struct media *m)
{
	struct call *call = m->phone->active;

	if (!m->phone->config.media || call == NULL || !sounds(call))
		call = NULL;
	if (call == m->call)
		return;
	m->call = call;
	m->synchronised = false;
	m->ndigits = 0;
	memset(m->full, 0, sizeof(m->full));
	if (call == NULL) {
		hal_audio_stop();
		return;
	}
	tones_play(&m->phone->tones, TONE_NONE);
	m->first = true;
	m->out.ssrc = (uint32_t)rng_next(&m->phone->rng);
	m->out.stamp = (uint32_t)rng_next(&m->phone->rng);
	m->out.sequence = (uint16_t)rng_next(&m->phone->rng);
	hal_audio_start();
}

/* ---- in ---- */

static bool
receives(const struct call *call)
{
	return call->media.direction == SDP_SENDRECV ||
	       call->media.direction == SDP_SENDONLY;
}

/* What the payload type of a packet stands for, -1: nothing that was agreed. */
static int
codec_in(const struct call *call, uint8_t payload)
{
	if (payload == call->media.payload)
		return call->media.codec;
	/* We have offered both, and said what else stands for one of them. */
	return payload == SDP_PCMU || payload == SDP_PCMA ? payload : -1;
}

void
media_receive(struct media *m, uint16_t own_port, const uint8_t *data, size_t n)
{
	struct rtp_in in;
	unsigned slot;

	if (m->call == NULL || own_port != m->call->own.port ||
	    !receives(m->call) || !rtp_read(data, n, &in) ||
	    codec_in(m->call, in.payload) < 0 || in.n != HAL_AUDIO_BLOCK)
		return;
	/* What is late is lost; what is far ahead begins anew. */
	if (!m->synchronised ||
	    (uint16_t)(in.sequence - m->next) >= MEDIA_WAITING) {
		if (m->synchronised &&
		    (uint16_t)(m->next - in.sequence) <= 2 * MEDIA_WAITING)
			return;
		memset(m->full, 0, sizeof(m->full));
		m->next = in.sequence;
		m->synchronised = true;
	}
	slot = in.sequence % MEDIA_WAITING;
	audio_decode(
	    codec_in(m->call, in.payload), in.data, in.n, m->block[slot]);
	m->full[slot] = true;
}

static void
play(struct media *m)
{
	unsigned slot = m->next % MEDIA_WAITING;

	if (!m->synchronised)
		return;
	/* A gap passes in silence. */
	if (m->full[slot] && !hal_audio_write(m->block[slot]))
		return;
	m->full[slot] = false;
	m->next++;
}

/* ---- out ---- */

static void
put_out(struct media *m, uint8_t payload, bool marker, uint32_t stamp,
    const uint8_t *data, size_t n)
{
	uint8_t packet[RTP_MAX];

	rtp_head(&m->out, payload, marker, stamp, packet);
	memcpy(packet + RTP_HEAD, data, n);
	link_send(m->phone->link, &m->call->media.at, m->call->own.port, packet,
	    RTP_HEAD + n);
}

/* RFC 4733 2.5: the same time stamp while the digit lasts. */
static void
send_event(struct media *m)
{
	unsigned i = m->digit_blocks++;
	bool end = i >= EVENT_BLOCKS;
	unsigned blocks = end ? EVENT_BLOCKS : i + 1;
	uint8_t payload[4];

	if (i == 0)
		m->digit_stamp = m->out.stamp;
	rtp_event(
	    m->digits[0], end, (uint16_t)(blocks * HAL_AUDIO_BLOCK), payload);
	put_out(m, (uint8_t)m->call->media.events, i == 0, m->digit_stamp,
	    payload, sizeof(payload));
	if (m->digit_blocks < EVENT_BLOCKS + EVENT_ENDS)
		return;
	m->digit_blocks = 0;
	memmove(m->digits, m->digits + 1, --m->ndigits);
}

static void
talk(struct media *m, const int16_t block[HAL_AUDIO_BLOCK])
{
	uint8_t coded[HAL_AUDIO_BLOCK];

	if (m->ndigits > 0) {
		send_event(m);
	} else {
		audio_encode(
		    m->call->media.codec, block, HAL_AUDIO_BLOCK, coded);
		put_out(m, (uint8_t)m->call->media.payload, m->first,
		    m->out.stamp, coded, sizeof(coded));
		m->first = false;
	}
	m->out.stamp += HAL_AUDIO_BLOCK;
}

static bool
sends(const struct call *call)
{
	return call->media.direction == SDP_SENDRECV ||
	       call->media.direction == SDP_RECVONLY;
}

void
media_run(struct media *m)
{
	int16_t block[HAL_AUDIO_BLOCK];

	while (m->call != NULL && hal_audio_read(block)) {
		if (sends(m->call))
			talk(m, block);
		play(m);
	}
}

bool
media_digit(struct media *m, const struct call *call, char digit)
{
	if (m->call != call || call->media.events < 0 || !sends(call))
		return false;
	if (m->ndigits < MEDIA_DIGITS)
		m->digits[m->ndigits++] = rtp_event_of(digit);
	return true;
}
