/*
 * The firmware's TCP: a peer of segments by hand, one that loses what it likes,
 * and segments that nobody should send.
 */
#include "fixtures/check.h"

#include "firmware/hal.h"
#include "firmware/net/net.h"
#include "firmware/net/tcp.h"

#include <stdlib.h>
#include <string.h>

#define OWN  0xC0000201u /* 192.0.2.1 */
#define GW   0xC00002FEu
#define FAR  0xC6336401u /* 198.51.100.1 */
#define PORT 5060u
#define S    1000000u

#define FIN 1u
#define SYN 2u
#define RST 4u
#define PSH 8u
#define ACK 16u

static const uint8_t own_mac[6] = { 0x02, 0, 0, 0, 0, 0x01 };
static const uint8_t gw_mac[6] = { 0x02, 0, 0, 0, 0, 0xFE };

/* ---- the hardware ---- */

#define SENT_MAX 256
static struct {
	uint8_t bytes[HAL_FRAME_MAX];
	size_t n;
	uint32_t cause;
} sent[SENT_MAX];
static size_t nsent, seen; /* seen: by `take` */
static uint64_t now;
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
	CU_ASSERT_FATAL(nsent < SENT_MAX && n <= HAL_FRAME_MAX);
	memcpy(sent[nsent].bytes, frame, n);
	sent[nsent].cause = cause_now;
	sent[nsent++].n = n;
	return true;
}

/* ---- what comes up ---- */

static struct {
	unsigned accepted, connected, ended;
	enum net_tcp_end why;
	struct net_tcp *c;
	uint8_t bytes[65536];
	size_t n;
	bool abort; /* when bytes come */
} up;

static void
on_connected(struct net_tcp *c, void *arg)
{
	CU_ASSERT(arg == &up && c == up.c);
	up.connected++;
}

static void
on_received(struct net_tcp *c, const uint8_t *bytes, size_t n, void *arg)
{
	CU_ASSERT(arg == &up && c == up.c && n > 0);
	CU_ASSERT_FATAL(up.n + n <= sizeof(up.bytes));
	memcpy(up.bytes + up.n, bytes, n);
	up.n += n;
	if (up.abort)
		net_tcp_abort(c);
}

static void
on_ended(struct net_tcp *c, enum net_tcp_end why, void *arg)
{
	CU_ASSERT(arg == &up && c == up.c);
	up.ended++;
	up.why = why;
	up.c = NULL;
}

static const struct net_tcp_ops ops = { on_connected, on_received, on_ended };

static void
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

static uint32_t
at16(const uint8_t *p)
{
	return (uint32_t)(p[0] << 8 | p[1]);
}

static uint32_t
at32(const uint8_t *p)
{
	return at16(p) << 16 | at16(p + 2);
}

static void
set16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void
set32(uint8_t *p, uint32_t v)
{
	set16(p, v >> 16);
	set16(p + 2, v & 0xFFFF);
}

/* RFC 1071 the slow way. */
static uint32_t
sum_of(uint64_t sum, const uint8_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint64_t)b[i] << 8 : b[i];
	return sum == 0 ? 0xFFFF : 0xFFFF - (uint32_t)((sum - 1) % 0xFFFF + 1);
}

static uint64_t
pseudo(uint32_t src, uint32_t dst, size_t n)
{
	return (uint64_t)(src >> 16) + (src & 0xFFFF) + (dst >> 16) +
	       (dst & 0xFFFF) + 6 + n;
}

/* A frame of N bytes of TCP at F + 34; its exact size, for the sanitizer. */
static void
give_tcp(uint8_t *f, size_t n)
{
	uint8_t *exact;

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
	exact = malloc(34 + n);
	if (exact == NULL)
		abort();
	memcpy(exact, f, 34 + n);
	net_poll(exact, 34 + n);
	free(exact);
}

static uint16_t far_port, own_port;

static size_t
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
	set16(t + 16, sum_of(pseudo(FAR, OWN, n), t, n));
	return n;
}

static void
give(struct segment s)
{
	uint8_t f[HAL_FRAME_MAX + 100];

	if (s.window == 0)
		s.window = 8000;
	give_tcp(f, put_segment(f + 34, &s));
}

/* The next segment that was sent; false: none. */
static bool
take(struct segment *s)
{
	const uint8_t *f, *t;
	size_t header, n;

	while (seen < nsent && at16(sent[seen].bytes + 12) != 0x0800)
		seen++;
	if (seen == nsent)
		return false;
	f = sent[seen].bytes;
	n = sent[seen++].n - 34;
	t = f + 34;
	header = (size_t)(t[12] >> 4) * 4;
	CU_ASSERT(f[23] == 6 && at32(f + 30) == FAR && at32(f + 26) == OWN);
	CU_ASSERT(sum_of(pseudo(OWN, FAR, n), t, n) == 0);
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

static struct segment
taken(unsigned flags)
{
	struct segment s = { 0 };

	CU_ASSERT_FATAL(take(&s));
	if (s.flags != flags)
		printf("  flags %u instead of %u\n", s.flags, flags);
	CU_ASSERT(s.flags == flags);
	return s;
}

static void
pass(uint64_t us)
{
	now += us;
	net_poll(NULL, 0);
}

static void
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

static void
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
static void
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
static const uint8_t *
pattern(size_t n)
{
	static uint8_t bytes[65536];

	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)(i * 31 + i / 251);
	return bytes;
}

/* ---- tests ---- */

static void
connects(void)
{
	struct segment s;

	begin();
	far_port = 5060;
	cause_now = 7;
	up.c = net_tcp_connect(FAR, 5060, &ops, &up);
	CU_ASSERT_FATAL(up.c != NULL);
	CU_ASSERT(net_tcp_send(up.c, "hello", 5));
	cause_now = 8;
	NOTHING(); /* ARP asks first */
	meet_gateway();
	CU_ASSERT(sent[nsent - 1].cause == 7);
	s = taken(SYN);
	CU_ASSERT(s.mss == 1460 && s.ack == 0 && own_port >= 49152);
	yours = s.seq + 1;
	pass(1000000);
	s = taken(SYN);
	CU_ASSERT(s.seq + 1 == yours);
	/* An answer to another number, and a forged RST. */
	give(
	    (struct segment){ .seq = 5, .ack = yours + 1, .flags = SYN | ACK });
	s = taken(RST);
	CU_ASSERT(s.seq == yours + 1);
	give(
	    (struct segment){ .seq = 5, .ack = yours + 1, .flags = RST | ACK });
	give((struct segment){ .seq = 5, .flags = RST });
	CU_ASSERT(up.ended == 0);
	give((struct segment){ .seq = 5, .ack = yours, .flags = SYN | ACK });
	s = taken(ACK);
	CU_ASSERT(s.seq == yours && s.ack == 6);
	CU_ASSERT(up.connected == 1);
	s = taken(ACK | PSH);
	CU_ASSERT(s.n == 5 && memcmp(s.bytes, "hello", 5) == 0);
	CU_ASSERT(s.seq == yours);
	give((struct segment){ .seq = 6, .ack = yours + 5, .flags = ACK });
	CU_ASSERT(net_due_us() > now + 30 * S);
	net_tcp_abort(up.c);
	taken(RST | ACK);
}

static void
refused(void)
{
	struct segment s;

	begin();
	meet_gateway();
	far_port = 5060;
	up.c = net_tcp_connect(FAR, 5060, &ops, &up);
	s = taken(SYN);
	give(
	    (struct segment){ .seq = 0, .ack = s.seq + 1, .flags = RST | ACK });
	CU_ASSERT(up.ended == 1 && up.why == NET_TCP_RESET);
	/* Nobody is there: 1, 2, 4, 8 s. */
	up.c = net_tcp_connect(FAR, 5060, &ops, &up);
	for (int i = 0; i < 25; i++)
		pass(S);
	CU_ASSERT(up.ended == 2 && up.why == NET_TCP_TIMEOUT);
	for (int i = 0; i < 5; i++)
		taken(SYN);
	NOTHING();
	/* Nobody listens here. */
	far_port = 1234;
	own_port = 80;
	give((struct segment){ .seq = 9, .flags = SYN });
	s = taken(RST | ACK);
	CU_ASSERT(s.seq == 0 && s.ack == 10);
	give((struct segment){ .seq = 9, .ack = 77, .flags = ACK });
	s = taken(RST);
	CU_ASSERT(s.seq == 77);
	give((struct segment){ .seq = 9, .ack = 77, .flags = RST });
	NOTHING();
}

static void
receives(void)
{
	struct segment s;

	accepted();
	give((struct segment){ .seq = mine,
	    .ack = yours,
	    .flags = ACK | PSH,
	    .bytes = pattern(1000),
	    .n = 1000 });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 1000 && s.window == 5840);
	/* Too early: asked for again. */
	give((struct segment){ .seq = mine + 2000,
	    .ack = yours,
	    .flags = ACK,
	    .bytes = pattern(3000) + 2000,
	    .n = 1000 });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 1000 && up.n == 1000);
	/* Half of it is known. */
	give((struct segment){ .seq = mine + 500,
	    .ack = yours,
	    .flags = ACK,
	    .bytes = pattern(1500) + 500,
	    .n = 1000 });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 1500 && up.n == 1500);
	/* All of it. */
	give((struct segment){ .seq = mine,
	    .ack = yours,
	    .flags = ACK,
	    .bytes = pattern(1000),
	    .n = 1000 });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 1500 && up.n == 1500);
	CU_ASSERT(memcmp(up.bytes, pattern(1500), 1500) == 0);
	/* Beyond the window. */
	give((struct segment){ .seq = mine + 9000,
	    .ack = yours,
	    .flags = ACK,
	    .bytes = pattern(9),
	    .n = 9 });
	taken(ACK);
	CU_ASSERT(up.n == 1500);
}

/* Four segments at once, no more than the window, and again what is lost. */
static void
sends(void)
{
	struct segment s;

	accepted();
	CU_ASSERT(!net_tcp_send(up.c, pattern(9000), 9000));
	CU_ASSERT(net_tcp_send(up.c, pattern(8000), 8000));
	CU_ASSERT(!net_tcp_send(up.c, pattern(200), 200));
	for (uint32_t i = 0; i < 4; i++) {
		s = taken(ACK);
		CU_ASSERT(s.seq == yours + 1000 * i && s.n == 1000);
	}
	NOTHING();
	give((struct segment){
	    .seq = mine, .ack = yours + 2000, .flags = ACK, .window = 2500 });
	s = taken(ACK);
	CU_ASSERT(s.seq == yours + 4000 && s.n == 500);
	NOTHING();
	/* Nothing comes: one again, then at once what follows it. */
	pass(S);
	s = taken(ACK | PSH);
	CU_ASSERT(s.seq == yours + 2000 && s.n == 1000);
	pass(S);
	NOTHING();
	pass(S);
	s = taken(ACK | PSH);
	CU_ASSERT(s.seq == yours + 2000);
	give((struct segment){
	    .seq = mine, .ack = yours + 3000, .flags = ACK, .window = 8000 });
	s = taken(ACK | PSH);
	CU_ASSERT(s.seq == yours + 3000 && s.n == 1000);
	s = taken(ACK);
	CU_ASSERT(s.seq == yours + 4500);
	give(
	    (struct segment){ .seq = mine, .ack = yours + 7000, .flags = ACK });
	give(
	    (struct segment){ .seq = mine, .ack = yours + 8000, .flags = ACK });
	while (take(&s))
		continue;
	CU_ASSERT(net_due_us() > now + 30 * S);
	/* What was never sent is not acknowledged. */
	give(
	    (struct segment){ .seq = mine, .ack = yours + 9000, .flags = ACK });
	s = taken(ACK);
	CU_ASSERT(s.seq == yours + 8000);
	/* Given up after 20 s. */
	CU_ASSERT(net_tcp_send(up.c, "x", 1));
	for (int i = 0; i < 40; i++)
		pass(S);
	CU_ASSERT(up.ended == 1 && up.why == NET_TCP_TIMEOUT);
}

/* RFC 9293 3.8.6.1. */
static void
closed_window(void)
{
	struct segment s;
	uint8_t f[HAL_FRAME_MAX];

	accepted();
	CU_ASSERT(net_tcp_send(up.c, "abc", 3));
	taken(ACK | PSH);
	for (int i = 0; i < 60; i++) {
		s = (struct segment){ .seq = mine, .ack = yours, .flags = ACK };
		give_tcp(f, put_segment(f + 34, &s)); /* window 0 */
		pass(S);
	}
	CU_ASSERT(up.ended == 0 && nsent > 5);
	while (take(&s))
		CU_ASSERT(s.n == 1 && s.bytes[0] == 'a');
	meet_gateway(); /* after a minute it asks again */
	give((struct segment){ .seq = mine, .ack = yours + 1, .flags = ACK });
	s = taken(ACK | PSH);
	CU_ASSERT(s.n == 2 && s.bytes[0] == 'b');
	give((struct segment){ .seq = mine, .ack = yours + 3, .flags = ACK });
	pass(40 * S);
	CU_ASSERT(up.ended == 0);
}

/* Who closes first, and who second. */
static void
closes(void)
{
	struct segment s;

	accepted();
	CU_ASSERT(net_tcp_send(up.c, "bye", 3));
	net_tcp_close(up.c);
	s = taken(ACK | PSH);
	s = taken(ACK | FIN);
	CU_ASSERT(s.seq == yours + 3 && s.n == 0);
	pass(S); /* both are lost */
	s = taken(ACK | PSH);
	give((struct segment){ .seq = mine, .ack = yours + 3, .flags = ACK });
	s = taken(ACK | FIN);
	CU_ASSERT(s.seq == yours + 3);
	give((struct segment){ .seq = mine, .ack = yours + 4, .flags = ACK });
	/* What comes now is nobody's. */
	give((struct segment){ .seq = mine,
	    .ack = yours + 4,
	    .flags = ACK,
	    .bytes = pattern(3),
	    .n = 3 });
	taken(ACK);
	give((struct segment){
	    .seq = mine + 3, .ack = yours + 4, .flags = ACK | FIN });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 4);
	/* Its FIN again: TIME-WAIT answers, and ends. */
	give((struct segment){
	    .seq = mine + 3, .ack = yours + 4, .flags = ACK | FIN });
	taken(ACK);
	CU_ASSERT(up.n == 0 && up.ended == 0);
	pass(21 * S);
	give((struct segment){
	    .seq = mine + 4, .ack = yours + 4, .flags = ACK });
	taken(RST);

	accepted();
	give((struct segment){ .seq = mine,
	    .ack = yours,
	    .flags = ACK | FIN,
	    .bytes = pattern(3),
	    .n = 3 });
	CU_ASSERT(up.ended == 1 && up.why == NET_TCP_CLOSED && up.n == 3);
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 4);
	taken(ACK | FIN);
	give((struct segment){
	    .seq = mine + 4, .ack = yours + 1, .flags = ACK });
	NOTHING();
	give((struct segment){
	    .seq = mine + 4, .ack = yours + 1, .flags = ACK });
	taken(RST);
	/* Both at once. */
	accepted();
	net_tcp_close(up.c);
	taken(ACK | FIN);
	give((struct segment){ .seq = mine, .ack = yours, .flags = ACK | FIN });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine + 1);
	give((struct segment){
	    .seq = mine + 1, .ack = yours + 1, .flags = ACK });
	pass(21 * S);
	CU_ASSERT(net_due_us() > now + 30 * S);
}

/* RFC 5961: only the exact number ends it. */
static void
forged(void)
{
	struct segment s;

	accepted();
	give((struct segment){ .seq = mine + 1, .flags = RST });
	s = taken(ACK);
	CU_ASSERT(s.ack == mine && s.seq == yours);
	give((struct segment){ .seq = mine - 1, .flags = RST });
	NOTHING();
	give((struct segment){ .seq = mine, .flags = SYN });
	taken(ACK);
	give((struct segment){ .seq = mine,
	    .flags = PSH,
	    .bytes = pattern(3),
	    .n = 3 }); /* without ACK */
	CU_ASSERT(up.ended == 0 && up.n == 0);
	give((struct segment){ .seq = mine, .flags = RST });
	CU_ASSERT(up.ended == 1 && up.why == NET_TCP_RESET);
	NOTHING();
	/* Its user lets go while bytes come. */
	accepted();
	up.abort = true;
	give((struct segment){ .seq = mine,
	    .ack = yours,
	    .flags = ACK | FIN,
	    .bytes = pattern(3),
	    .n = 3 });
	CU_ASSERT(up.n == 3 && up.ended == 0);
	taken(RST | ACK);
	NOTHING();
}

/* More than there is room for; what only waits gives way. */
static void
room(void)
{
	begin();
	meet_gateway();
	for (unsigned i = 0; i < NET_TCP_CONNECTIONS; i++) {
		far_port = (uint16_t)(2000 + i);
		own_port = PORT;
		give((struct segment){ .seq = 1, .flags = SYN });
		taken(SYN | ACK);
	}
	far_port = 3000;
	own_port = PORT;
	give((struct segment){ .seq = 1, .flags = SYN });
	taken(RST | ACK);
	CU_ASSERT(net_tcp_connect(FAR, 1, &ops, &up) == NULL);
	/* Nobody goes on with them. */
	for (int i = 0; i < 40; i++)
		pass(S);
	CU_ASSERT(up.accepted == 0 && up.ended == 0);
	CU_ASSERT((up.c = net_tcp_connect(FAR, 1, &ops, &up)) != NULL);
	net_tcp_close(up.c); /* before it is connected */
	CU_ASSERT(net_due_us() > now + 30 * S);
}

/* ---- a line that loses an eighth ---- */

static uint64_t seed = 1;

static uint32_t
below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * n >> 32);
}

#define MUCH 40000u

/* Both send MUCH bytes, the test by go-back-N. */
static void
lossy(void)
{
	uint32_t got = 0, given = 0, acked = 0, asked = 0;
	static uint8_t back[MUCH];
	struct segment s;

	accepted();
	for (int turn = 0; turn < 100000 && (got < MUCH || acked < MUCH);
	     turn++) {
		while (asked < MUCH) {
			size_t n = 1 + below(700);

			n = n > MUCH - asked ? MUCH - asked : n;
			if (!net_tcp_send(up.c, pattern(MUCH) + asked, n))
				break;
			asked += (uint32_t)n;
		}
		given = acked;
		for (unsigned i = 0; i < 3 && given < MUCH; i++) {
			size_t n = 1 + below(1400);

			n = n > MUCH - given ? MUCH - given : n;
			if (below(8) != 0)
				give((struct segment){ .seq = mine + given,
				    .ack = yours + got,
				    .flags = ACK,
				    .bytes = pattern(MUCH) + given,
				    .n = n });
			given += (uint32_t)n;
		}
		while (take(&s)) {
			if (below(8) == 0)
				continue;
			if ((int32_t)(s.ack - mine - acked) > 0)
				acked = s.ack - mine;
			if (s.seq == yours + got && s.n > 0) {
				memcpy(back + got, s.bytes, s.n);
				got += (uint32_t)s.n;
			}
		}
		nsent = seen = 0;
		if (below(8) != 0)
			give((struct segment){ .seq = mine + acked,
			    .ack = yours + got,
			    .flags = ACK });
		pass(S / 2);
	}
	CU_ASSERT(got == MUCH && acked == MUCH && up.n == MUCH);
	CU_ASSERT(memcmp(back, pattern(MUCH), MUCH) == 0);
	CU_ASSERT(memcmp(up.bytes, pattern(MUCH), MUCH) == 0);
	CU_ASSERT(up.ended == 0);
}

/* ---- what nobody should send ---- */

static void
broken(void)
{
	uint8_t f[HAL_FRAME_MAX + 100];
	struct segment s = { .seq = 1, .flags = SYN, .mss = 1000 };
	size_t n;

	begin();
	meet_gateway();
	n = put_segment(f + 34, &s);
	f[34 + 4] ^= 1; /* the sum is wrong */
	give_tcp(f, n);
	for (size_t cut = 0; cut < n; cut++) {
		put_segment(f + 34, &s);
		give_tcp(f, cut);
	}
	NOTHING();
	CU_ASSERT(net_counts()->bad > 20);
	/* Before it is wanted there is none. */
	net_init(own_mac, OWN, GW);
	meet_gateway();
	give(s);
	NOTHING();
	begin();
	meet_gateway();
	/* Options that lead nowhere; an MSS of nothing. */
	for (unsigned i = 0; i < 256; i++) {
		far_port = (uint16_t)(100 + i);
		own_port = PORT;
		put_segment(f + 34, &s);
		f[34 + 20] = (uint8_t)(i / 16);
		f[34 + 21] = (uint8_t)i;
		f[34 + 22] = 0;
		f[34 + 23] = (uint8_t)(i * 7);
		set16(f + 34 + 16, 0);
		set16(f + 34 + 16, sum_of(pseudo(FAR, OWN, n), f + 34, n));
		give_tcp(f, n);
	}
}

/* Anything, with numbers near those that count. */
static void
anything(void)
{
	uint8_t f[HAL_FRAME_MAX + 100];

	for (unsigned round = 0; round < 300; round++) {
		accepted();
		for (unsigned i = 0; i < 40; i++) {
			struct segment s = {
				.seq = mine + below(12) - 4,
				.ack = yours + below(12) - 4,
				.flags = below(64),
				.window = below(3) * 1000,
				.mss = below(4) == 0 ? below(65536) : 0,
				.bytes = pattern(1400),
				.n = below(2) == 0 ? below(1400) : below(4),
			};
			size_t n;

			nsent = seen = 0;
			own_port = PORT;
			if (up.c != NULL && below(3) == 0)
				net_tcp_send(up.c, pattern(9), below(9));
			if (up.c != NULL && below(20) == 0) {
				net_tcp_close(up.c);
				up.c = NULL;
			}
			up.n = 0;
			n = put_segment(f + 34, &s);
			if (below(10) == 0)
				f[34 + 12] = (uint8_t)below(256);
			set16(f + 34 + 16, 0);
			set16(f + 34 + 16,
			    sum_of(pseudo(FAR, OWN, n), f + 34, n));
			give_tcp(f, n);
			pass(below(3) * S);
		}
	}
	CU_PASS("it lives");
}

CHECK_MAIN("firmware: TCP", { "connects", connects }, { "refused", refused },
    { "receives", receives }, { "sends", sends },
    { "closed window", closed_window }, { "closes", closes },
    { "forged", forged }, { "room", room }, { "lossy", lossy },
    { "broken", broken }, { "anything", anything })
