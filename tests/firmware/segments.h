/* Segments of TCP for tests of the firmware's: put together by hand, taken
 * apart. */
#ifndef FIRMWARE_SEGMENTS_H
#define FIRMWARE_SEGMENTS_H

#include "firmware/net/tcp.h"
#include "wire.h"

#define FIN 1u
#define SYN 2u
#define RST 4u
#define PSH 8u
#define ACK 16u

static size_t seen; /* of `sent`, by `take` */

/* ---- what comes up ---- */

static struct {
	unsigned accepted, connected, ended;
	enum net_tcp_end why;
	struct net_tcp *c;
	uint8_t bytes[65536];
	size_t n;
	bool abort; /* when bytes come */
} up;

static inline void
on_connected(struct net_tcp *c, void *arg)
{
	CU_ASSERT(arg == &up && c == up.c);
	up.connected++;
}

static inline void
on_received(struct net_tcp *c, const uint8_t *bytes, size_t n, void *arg)
{
	CU_ASSERT(arg == &up && c == up.c && n > 0);
	CU_ASSERT_FATAL(up.n + n <= sizeof(up.bytes));
	memcpy(up.bytes + up.n, bytes, n);
	up.n += n;
	if (up.abort)
		net_tcp_abort(c);
}

static inline void
on_ended(struct net_tcp *c, enum net_tcp_end why, void *arg)
{
	CU_ASSERT(arg == &up && c == up.c);
	up.ended++;
	up.why = why;
	up.c = NULL;
}

static const struct net_tcp_ops ops = { on_connected, on_received, on_ended };

static inline void
on_accepted(struct net_tcp *c, void *arg)
{
	CU_ASSERT(arg == &up);
	up.accepted++;
	up.c = c;
}

/* ---- segments ---- */

struct segment {
	uint32_t seq, ack;
	unsigned flags, window, mss;
	const uint8_t *bytes;
	size_t n;
};

/* A frame of N bytes of TCP at F + 34. */
static inline void
give_tcp(uint8_t *f, size_t n)
{
	memcpy(f, own_mac, 6);
	memcpy(f + 6, gw_mac, 6);
	set16(f + 12, 0x0800);
	memset(f + 14, 0, 20);
	f[14] = 0x45;
	set16(f + 16, (uint32_t)(20 + n));
	f[22] = 64;
	f[23] = 6;
	set32(f + 26, FAR);
	set32(f + 30, OWN);
	set16(f + 24, sum_of(0, f + 14, 20));
	give_frame(f, 34 + n);
}

static uint16_t far_port, own_port;

static inline size_t
put_segment(uint8_t *t, const struct segment *s)
{
	size_t header = s->mss != 0 ? 24 : 20, n = header + s->n;

	memset(t, 0, header);
	set16(t, far_port);
	set16(t + 2, own_port);
	set32(t + 4, s->seq);
	set32(t + 8, s->ack);
	t[12] = (uint8_t)(header / 4 << 4);
	t[13] = (uint8_t)s->flags;
	set16(t + 14, s->window);
	if (s->mss != 0)
		set32(t + 20, 2u << 24 | 4u << 16 | s->mss);
	if (s->n > 0)
		memcpy(t + header, s->bytes, s->n);
	set16(t + 16, sum_of(pseudo(6, FAR, OWN, n), t, n));
	return n;
}

static inline void
give(struct segment s)
{
	uint8_t f[HAL_FRAME_MAX + 100];

	if (s.window == 0)
		s.window = 8000;
	give_tcp(f, put_segment(f + 34, &s));
}

/* The next segment that was sent; false: none. */
static inline bool
take(struct segment *s)
{
	const uint8_t *f, *t;
	size_t header, n;

	while (seen < nsent && at16(sent[seen].bytes + 12) != 0x0800)
		seen++;
	if (seen == nsent)
		return false;
	CU_ASSERT_FATAL(seen < SENT_MAX);
	f = sent[seen].bytes;
	n = sent[seen++].n - 34;
	t = f + 34;
	header = (size_t)(t[12] >> 4) * 4;
	CU_ASSERT(f[23] == 6 && at32(f + 30) == FAR && at32(f + 26) == OWN);
	CU_ASSERT(sum_of(pseudo(6, OWN, FAR, n), t, n) == 0);
	CU_ASSERT_FATAL(header >= 20 && header <= n);
	own_port = (uint16_t)at16(t);
	*s = (struct segment){ at32(t + 4), at32(t + 8), t[13], at16(t + 14),
		header == 24 ? at16(t + 22) : 0, t + header, n - header };
	return true;
}

#define NOTHING()                        \
	do {                             \
		struct segment none;     \
                                         \
		CU_ASSERT(!take(&none)); \
	} while (0)

static inline struct segment
taken(unsigned flags)
{
	struct segment s = { 0 };

	CU_ASSERT_FATAL(take(&s));
	if (s.flags != flags)
		printf("  flags %u instead of %u\n", s.flags, flags);
	CU_ASSERT(s.flags == flags);
	return s;
}

static inline void
meet_gateway(void)
{
	uint8_t f[42] = { 0 };

	memcpy(f, own_mac, 6);
	memcpy(f + 6, gw_mac, 6);
	memcpy(f + 12, "\x08\x06\0\1\x08\0\6\4\0\2", 10);
	memcpy(f + 22, gw_mac, 6);
	set32(f + 28, GW);
	memcpy(f + 32, own_mac, 6);
	set32(f + 38, OWN);
	net_poll(f, sizeof(f));
}

static inline void
begin(void)
{
	now = 5;
	nsent = seen = 0;
	cause_now = 0;
	memset(&up, 0, sizeof(up));
	net_init(own_mac, OWN, GW);
	net_tcp_start(0x123456789abcdefu);
	net_tcp_listen(PORT, &ops, &up, on_accepted);
	far_port = 40000;
	own_port = PORT;
}

static uint32_t mine, yours; /* next numbers: the test's, the phone's */

/* The test connects. */
static inline void
accepted(void)
{
	struct segment s;

	begin();
	meet_gateway();
	give((struct segment){ .seq = 1000, .flags = SYN, .mss = 1000 });
	s = taken(SYN | ACK);
	CU_ASSERT(s.ack == 1001 && s.mss == 1460 && s.n == 0);
	CU_ASSERT(up.accepted == 0);
	mine = 1001;
	yours = s.seq + 1;
	give((struct segment){ .seq = mine, .ack = yours, .flags = ACK });
	CU_ASSERT_FATAL(up.accepted == 1 && up.c != NULL);
	CU_ASSERT(net_tcp_address(up.c) == FAR && net_tcp_port(up.c) == 40000);
	NOTHING();
	CU_ASSERT(net_due_us() == UINT64_MAX);
}

/* Bytes of the test's, one after the other. */
static inline const uint8_t *
pattern(size_t n)
{
	static uint8_t bytes[65536];

	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)(i * 31 + i / 251);
	return bytes;
}

#endif
