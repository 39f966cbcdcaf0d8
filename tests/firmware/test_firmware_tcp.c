/*
 * The firmware's TCP: a peer of segments by hand, one that loses what it likes,
 * and segments that nobody should send.
 */
#include "segments.h"

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
		set16(f + 34 + 16, sum_of(pseudo(6, FAR, OWN, n), f + 34, n));
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
			    sum_of(pseudo(6, FAR, OWN, n), f + 34, n));
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
