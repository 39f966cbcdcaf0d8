/* RTP packets. */
#include "firmware/phone/rtp.h"

void
rtp_head(struct rtp_out *out, uint8_t payload, bool marker, uint32_t stamp,
    uint8_t p[RTP_HEAD])
{
	uint16_t s = out->sequence++;

	p[0] = 0x80; /* version 2 */
	p[1] = (uint8_t)(payload | (marker ? 0x80 : 0));
	p[2] = (uint8_t)(s >> 8);
	p[3] = (uint8_t)s;
	for (unsigned i = 0; i < 4; i++) {
		p[4 + i] = (uint8_t)(stamp >> (24 - 8 * i));
		p[8 + i] = (uint8_t)(out->ssrc >> (24 - 8 * i));
	}
}

void
rtp_event(uint8_t event, bool end, uint16_t duration, uint8_t payload[4])
{
	payload[0] = event;
	payload[1] = (uint8_t)((end ? 0x80 : 0) | 10); /* -10 dBm0 */
	payload[2] = (uint8_t)(duration >> 8);
	payload[3] = (uint8_t)duration;
}

uint8_t
rtp_event_of(char digit)
{
	return digit == '*' ? 10 : digit == '#' ? 11 : (uint8_t)(digit - '0');
}

bool
rtp_read(const uint8_t *p, size_t n, struct rtp_in *in)
{
	size_t head = RTP_HEAD, pad = 0;

	if (n < RTP_HEAD || p[0] >> 6 != 2)
		return false;
	head += 4u * (p[0] & 0x0F);
	if (p[0] & 0x10) { /* an extension: two words of 16 bits, then words */
		if (n < head + 4)
			return false;
		head += 4 + 4 * ((size_t)p[head + 2] << 8 | p[head + 3]);
	}
	if (p[0] & 0x20)
		pad = p[n - 1];
	if (head + pad > n)
		return false;
	in->payload = p[1] & 0x7F;
	in->sequence = (uint16_t)(p[2] << 8 | p[3]);
	in->stamp = (uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 |
		    (uint32_t)p[6] << 8 | p[7];
	in->data = p + head;
	in->n = n - head - pad;
	return true;
}
