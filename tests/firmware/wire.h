/*
 * For tests of the firmware's network: its hardware, which keeps what is sent,
 * and the octets of frames.
 */
#ifndef FIRMWARE_WIRE_H
#define FIRMWARE_WIRE_H

#include "fixtures/check.h"

#include "firmware/hal.h"
#include "firmware/net/net.h"

#include <stdlib.h>
#include <string.h>

#define OWN      0xC0000201u /* 192.0.2.1 */
#define GW       0xC00002FEu /* 192.0.2.254 */
#define FAR      0xC6336401u /* 198.51.100.1 */
#define LOOP     0x7F400001u /* 127.64.0.1 */
#define LOOP_FAR 0x7F400002u
#define PORT     5060u
#define S        1000000u

static const uint8_t own_mac[6] = { 0x02, 0, 0, 0, 0, 0x01 };
static const uint8_t gw_mac[6] = { 0x02, 0, 0, 0, 0, 0xFE };
static const uint8_t other_mac[6] = { 0x02, 0, 0, 0, 0, 0x77 };
static const uint8_t everybody[6] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };

/* ---- the hardware ---- */

#define SENT_MAX 256
static struct {
	uint8_t bytes[HAL_FRAME_MAX];
	size_t n;
	uint32_t cause;
} sent[SENT_MAX];
static size_t nsent; /* all, also beyond SENT_MAX */
static uint64_t now;
static bool controller_ready = true;
static uint32_t cause_now;

uint32_t
hal_cause(void)
{
	return cause_now;
}

void
hal_set_cause(uint32_t cause)
{
	cause_now = cause;
}

uint64_t
hal_now_us(void)
{
	return now;
}

bool
hal_frame_send(const uint8_t *frame, size_t n)
{
	if (!controller_ready)
		return false;
	CU_ASSERT(n >= 14 && n <= HAL_FRAME_MAX);
	if (nsent < SENT_MAX) {
		memcpy(sent[nsent].bytes, frame, n);
		sent[nsent].n = n;
		sent[nsent].cause = cause_now;
	}
	nsent++;
	return true;
}

/* ---- octets ---- */

static inline uint32_t
at16(const uint8_t *p)
{
	return (uint32_t)(p[0] << 8 | p[1]);
}

static inline uint32_t
at32(const uint8_t *p)
{
	return at16(p) << 16 | at16(p + 2);
}

/* RFC 1071 the slow way: the sum modulo 65,535. */
static inline uint32_t
sum_of(uint64_t start, const uint8_t *b, size_t n)
{
	uint64_t sum = start;

	for (size_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint64_t)b[i] << 8 : b[i];
	return sum == 0 ? 0xFFFF : 0xFFFF - (uint32_t)((sum - 1) % 0xFFFF + 1);
}

static inline void
set16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline void
set32(uint8_t *p, uint32_t v)
{
	set16(p, v >> 16);
	set16(p + 2, v & 0xFFFF);
}

static inline uint64_t
pseudo(uint32_t protocol, uint32_t src, uint32_t dst, size_t n)
{
	return (uint64_t)(src >> 16) + (src & 0xFFFF) + (dst >> 16) +
	       (dst & 0xFFFF) + protocol + n;
}

/* N bytes come, of their exact size, so that a sanitizer sees a byte too far.
 */
static inline void
give_frame(const uint8_t *bytes, size_t n)
{
	uint8_t *exact = malloc(n);

	if (exact == NULL)
		abort();
	memcpy(exact, bytes, n);
	net_poll(exact, n);
	free(exact);
}

static inline void
pass(uint64_t us)
{
	now += us;
	net_poll(NULL, 0);
}

#endif
