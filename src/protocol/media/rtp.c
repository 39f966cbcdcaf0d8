/* See media/rtp.h. */
#include "media/rtp.h"

#define VERSION  2
#define RTCP_MIN 8 /* a head and an SSRC */

static uint16_t
read16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t
read32(const uint8_t *p)
{
	return (uint32_t)read16(p) << 16 | read16(p + 2);
}

static void
write32(uint32_t v, uint8_t *p)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

bool
rtp_is_control(const uint8_t *p, size_t n)
{
	return n >= 2 && p[1] >= 192 && p[1] <= 223;
}

bool
rtp_read_head(const uint8_t *p, size_t n, struct rtp_head *head)
{
	if (n < RTP_HEAD || p[0] >> 6 != VERSION)
		return false;
	head->payload = p[1] & 0x7F;
	head->sequence = read16(p + 2);
	head->stamp = read32(p + 4);
	head->ssrc = read32(p + 8);
	head->n = RTP_HEAD + 4u * (p[0] & 0x0F);
	return head->n <= n;
}

/* 12.1: the types that there are; the length counts words, less one. */
bool
rtcp_read_head(const uint8_t *p, size_t n, struct rtcp_head *head)
{
	if (n < RTCP_MIN || p[0] >> 6 != VERSION || p[1] < 200 || p[1] > 207 ||
	    4 * ((size_t)read16(p + 2) + 1) > n)
		return false;
	head->type = p[1];
	head->ssrc = read32(p + 4);
	return true;
}

bool
rtp_read(const uint8_t *p, size_t n, struct rtp_packet *packet)
{
	size_t head, pad = 0;

	if (!rtp_read_head(p, n, &packet->head))
		return false;
	head = packet->head.n;
	/* 5.3.1: two words of 16 bits, the second counts words of 32. */
	if ((p[0] & 0x10) != 0) {
		if (n < head + 4)
			return false;
		head += 4 + 4 * (size_t)read16(p + head + 2);
	}
	if ((p[0] & 0x20) != 0)
		pad = p[n - 1];
	if (head + pad > n)
		return false;
	packet->data = p + head;
	packet->n = n - head - pad;
	return true;
}

void
rtp_write_head(struct rtp_out *out, uint8_t payload, bool marker,
    uint32_t stamp, uint8_t p[RTP_HEAD])
{
	uint16_t sequence = out->sequence++;

	p[0] = VERSION << 6;
	p[1] = (uint8_t)(payload | (marker ? 0x80 : 0));
	p[2] = (uint8_t)(sequence >> 8);
	p[3] = (uint8_t)sequence;
	write32(stamp, p + 4);
	write32(out->ssrc, p + 8);
}

/* 5.1: the count has four bits. */
size_t
rtp_write_sources(const uint32_t *ssrcs, unsigned n, uint8_t *p)
{
	p[0] = (uint8_t)((p[0] & 0xF0) | n);
	for (unsigned i = 0; i < n; i++)
		write32(ssrcs[i], p + RTP_HEAD + 4 * i);
	return RTP_HEAD + 4 * (size_t)n;
}
