/*
 * Frames to the firmware's network: ARP, fragments, ICMP, UDP.  Two bytes give
 * the length of each.  Nothing is read outside of a frame, and what is sent
 * fits one.
 */
#include "fuzz.h"

#include "firmware/hal.h"
#include "firmware/net/net.h"

#include <string.h>

#define OWN 0xC0000201u /* 192.0.2.1 */
#define GW  0xC00002FEu /* 192.0.2.254 */

static uint64_t now_us;

uint32_t
hal_cause(void)
{
	return 0;
}

void
hal_set_cause(uint32_t cause)
{
	(void)cause;
}

uint64_t
hal_now_us(void)
{
	return now_us;
}

bool
hal_frame_send(const uint8_t *frame, size_t n)
{
	fuzz_want(frame != NULL && n >= 14 && n <= HAL_FRAME_MAX);
	return true;
}

static void
take_datagram(const struct net_datagram *d, void *arg)
{
	uint8_t sum = 0;

	fuzz_want(d->n <= NET_DATAGRAM_MAX);
	for (size_t i = 0; i < d->n; i++)
		sum = (uint8_t)(sum + d->bytes[i]);
	*(uint8_t *)arg = sum;
	net_udp_send(d->src, d->src_port, d->dst_port, d->bytes, d->n);
}

static void
take_unreachable(uint32_t dst, uint16_t dst_port, void *arg)
{
	(void)dst;
	(void)dst_port;
	(void)arg;
}

/* The frame is an allocation of its own, so that one byte too many shows. */
static void
give_frame(const uint8_t *bytes, size_t n)
{
	uint8_t *frame = malloc(n > 0 ? n : 1);

	fuzz_want(frame != NULL);
	memcpy(frame, bytes, n);
	net_poll(frame, n);
	free(frame);
	now_us += 1000;
	net_poll(NULL, 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };
	uint8_t sum = 0;

	now_us = 0;
	net_init(mac, OWN, GW);
	net_udp_bind(5060, take_datagram, take_unreachable, &sum);
	for (size_t at = 0; at + 2 <= n;) {
		size_t len = (size_t)(bytes[at] << 8 | bytes[at + 1]);

		at += 2;
		len = len < n - at ? len : n - at;
		len = len < HAL_FRAME_MAX ? len : HAL_FRAME_MAX;
		if (len > 0)
			give_frame(bytes + at, len);
		at += len;
	}
	now_us += 60000000;
	net_poll(NULL, 0);
	return 0;
}
