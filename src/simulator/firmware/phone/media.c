/* Sound: from the device to RTP and back. */
#include "firmware/phone/phone_in.h"

#include "media/g711.h"

#define PORT_FIRST 16384

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
	m->jitter = (struct jitter){ 0 };
	m->digits = (struct telephone_events){ 0 };
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
	return payload == RTP_PCMU || payload == RTP_PCMA ? payload : -1;
}

void
media_receive(struct media *m, uint16_t own_port, const uint8_t *data, size_t n)
{
	struct rtp_packet in;
	int codec, slot;

	if (m->call == NULL || own_port != m->call->own.port ||
	    !receives(m->call) || !rtp_read(data, n, &in))
		return;
	codec = codec_in(m->call, in.head.payload);
	if (codec < 0 || in.n != HAL_AUDIO_BLOCK)
		return;
	slot = jitter_take(&m->jitter, in.head.sequence);
	if (slot >= 0)
		g711_decode(codec, in.data, in.n, m->block[slot]);
}

static void
play(struct media *m)
{
	int slot = jitter_due(&m->jitter);

	/* A gap passes in silence. */
	if (slot < 0 || hal_audio_write(m->block[slot]))
		jitter_advance(&m->jitter);
}

/* ---- out ---- */

static void
put_out(struct media *m, uint8_t payload, bool marker, uint32_t stamp,
    const uint8_t *data, size_t n)
{
	uint8_t packet[RTP_HEAD + HAL_AUDIO_BLOCK];

	rtp_write_head(&m->out, payload, marker, stamp, packet);
	memcpy(packet + RTP_HEAD, data, n);
	link_send(m->phone->link, &m->call->media.at, m->call->own.port, packet,
	    RTP_HEAD + n);
}

static void
talk(struct media *m, const int16_t block[HAL_AUDIO_BLOCK])
{
	uint8_t coded[HAL_AUDIO_BLOCK];
	struct telephone_event_packet event;

	if (telephone_events_next(
		&m->digits, m->out.stamp, HAL_AUDIO_BLOCK, &event)) {
		put_out(m, (uint8_t)m->call->media.events, event.marker,
		    event.stamp, event.payload, sizeof(event.payload));
	} else {
		g711_encode(
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
	telephone_events_add(&m->digits, digit);
	return true;
}
