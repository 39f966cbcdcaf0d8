/*
 * The firmware's network, frame by frame: what it sends is captured and taken
 * apart here, what it gets is put together here.  The last tests are frames
 * that nobody should send.
 */
#include "frames.h"

/* ---- tests ---- */

static void
arp_asks(void)
{
	begin();
	CU_ASSERT_EQUAL(net_due_us(), UINT64_MAX);
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "old", 3));
	CU_ASSERT_EQUAL(nsent, 1);
	check_arp(0, everybody, 1, GW);
	cause_now = 11;
	/* the newest waits; nobody is asked twice within a second */
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "new", 3));
	CU_ASSERT_EQUAL(nsent, 1);
	CU_ASSERT_EQUAL(net_due_us(), 5 + S);
	pass(S - 1);
	CU_ASSERT_EQUAL(nsent, 1);
	pass(1);
	CU_ASSERT_EQUAL(nsent, 2);
	check_arp(1, everybody, 1, GW);
	/* somebody else's answer is none */
	give(arp(own_mac, 2, other_mac, FAR, OWN));
	CU_ASSERT_EQUAL(nsent, 2);
	cause_now = 12;
	give(arp(own_mac, 2, gw_mac, GW, OWN));
	CU_ASSERT_EQUAL(nsent, 3);
	/* it is still for what it was for */
	CU_ASSERT_EQUAL(sent[2].cause, 11);
	CU_ASSERT_EQUAL(cause_now, 12);
	check_ip(2, 17, 0, false, 11);
	CU_ASSERT(memcmp(sent[2].bytes + 42, "new", 3) == 0);
	CU_ASSERT_EQUAL(net_due_us(), UINT64_MAX);
	/* known, and asked for again after a minute */
	pass(60 * S - 1);
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "3", 1));
	CU_ASSERT_EQUAL(nsent, 4);
	check_ip(3, 17, 0, false, 9);
	pass(1);
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "4", 1));
	CU_ASSERT_EQUAL(nsent, 5);
	check_arp(4, everybody, 1, GW);
}

static void
arp_gives_up(void)
{
	begin();
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "x", 1));
	for (int i = 0; i < 10; i++)
		pass(S);
	CU_ASSERT_EQUAL(nsent, 4);
	CU_ASSERT_EQUAL(net_counts()->arp_failed, 1);
	CU_ASSERT_EQUAL(net_due_us(), UINT64_MAX);
	/* what waited is gone; the next begins anew */
	give(arp(own_mac, 2, gw_mac, GW, OWN));
	CU_ASSERT_EQUAL(nsent, 4);
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "y", 1));
	CU_ASSERT_EQUAL(nsent, 5);
	check_ip(4, 17, 0, false, 9);
}

static void
arp_answers(void)
{
	struct frame f = arp(everybody, 1, gw_mac, GW, OWN);

	begin();
	give(f);
	CU_ASSERT_EQUAL(nsent, 1);
	check_arp(0, gw_mac, 2, GW);
	CU_ASSERT(memcmp(sent[0].bytes + 32, gw_mac, 6) == 0);
	/* who asks us is known from then on */
	CU_ASSERT(net_udp_send(FAR, PORT, PORT, "x", 1));
	check_ip(1, 17, 0, false, 9);
	/* for others, in our name, short, of another kind: no answer */
	give(arp(everybody, 1, other_mac, FAR, GW));
	give(arp(everybody, 1, other_mac, OWN, OWN));
	f.n--;
	give(f);
	f.n++;
	f.b[15] = 6;
	give(f);
	CU_ASSERT_EQUAL(nsent, 2);
	CU_ASSERT_EQUAL(net_counts()->bad, 3);
	CU_ASSERT_EQUAL(net_counts()->not_ours, 1);
}

static void
udp_in(void)
{
	struct frame u = udp(PORT, text(101), 101), f;

	begin();
	give(ip(17, 1, 0, false, u.b, u.n));
	CU_ASSERT_EQUAL(up.datagrams, 1);
	CU_ASSERT_EQUAL(up.last.src, FAR);
	CU_ASSERT_EQUAL(up.last.dst, OWN);
	CU_ASSERT_EQUAL(up.last.src_port, 5070);
	CU_ASSERT_EQUAL(up.last.dst_port, PORT);
	CU_ASSERT_EQUAL(up.last.n, 101);
	CU_ASSERT(memcmp(up.bytes, text(101), 101) == 0);
	/* padding of a short frame is no part of it */
	u = udp(PORT, text(1), 1);
	f = ip(17, 1, 0, false, u.b, u.n);
	add(&f, text(17), 17);
	give(f);
	CU_ASSERT_EQUAL(up.datagrams, 2);
	CU_ASSERT_EQUAL(up.last.n, 1);
	/* without a checksum; with options */
	set16(u.b + 6, 0);
	f = ip(17, 1, 0, false, u.b, u.n);
	give(f);
	memmove(f.b + 38, f.b + 34, f.n - 34);
	memset(f.b + 34, 1, 4);
	f.n += 4;
	f.b[14] = 0x46;
	set16(f.b + 16, (uint32_t)(f.n - 14));
	resum(&f);
	give(f);
	CU_ASSERT_EQUAL(up.datagrams, 4);
	CU_ASSERT_EQUAL(net_counts()->bad, 0);
	CU_ASSERT_EQUAL(nsent, 0);
}

/* One thing wrong in each: none is taken. */
static void
udp_refused(void)
{
	static const struct {
		uint16_t at;
		uint8_t value;
		bool resum;
	} wrong[] = {
		{ 5, 0x02, false },  /* another station */
		{ 12, 0x86, false }, /* another type */
		{ 14, 0x55, true },  /* version 5 */
		{ 14, 0x44, true },  /* a header of 16 bytes */
		{ 14, 0x4F, true },  /* a header beyond the packet */
		{ 16, 0x01, true },  /* longer than the frame */
		{ 17, 0x13, true },  /* shorter than its header */
		{ 25, 0x00, false }, /* its checksum */
		{ 26, 0xE0, true },  /* from a group */
		{ 26, 0x7F, true },  /* from a loop */
		{ 26, 0x00, true },  /* from nowhere */
		{ 33, 0x02, true },  /* to another */
		{ 38, 0x01, true },  /* a UDP length beyond the packet */
		{ 39, 0x07, true },  /* and below its header */
		{ 43, 0x55, true },  /* a payload that the checksum denies */
	};
	struct frame u = udp(PORT, text(9), 9), f;

	begin();
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		f = ip(17, 1, 0, false, u.b, u.n);
		f.b[wrong[i].at] = wrong[i].value;
		if (wrong[i].resum)
			resum(&f);
		give(f);
		CU_ASSERT_EQUAL(up.datagrams, 0);
	}
	CU_ASSERT_EQUAL(nsent, 0);
	CU_ASSERT_EQUAL(net_counts()->not_ours, 3);
	CU_ASSERT_EQUAL(net_counts()->bad, sizeof(wrong) / sizeof(*wrong) - 3);
	/* a packet for one in a frame for all (RFC 1122 3.3.6) */
	f = ip(17, 1, 0, false, u.b, u.n);
	memcpy(f.b, everybody, 6);
	give(f);
	CU_ASSERT_EQUAL(up.datagrams, 0);
	/* our own address as the sender's */
	f = ip(17, 1, 0, false, u.b, u.n);
	memcpy(f.b + 26, f.b + 30, 4);
	resum(&f);
	give(f);
	CU_ASSERT_EQUAL(up.datagrams, 0);
}

/* From the loopback comes nothing (RFC 1122 3.2.1.3), unless we are there. */
static void
udp_on_loopback(void)
{
	static const struct {
		uint32_t own, src;
		unsigned taken;
	} ways[] = {
		{ OWN, FAR, 1 },
		{ OWN, LOOP_FAR, 0 },
		{ LOOP, LOOP_FAR, 1 },
		{ LOOP, FAR, 1 },
		{ LOOP, LOOP, 0 },
		{ LOOP, 0xE0000001, 0 },
	};
	struct frame u = udp(PORT, text(9), 9), f;

	set16(u.b + 6, 0); /* the sum of other addresses */
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		begin();
		net_init(own_mac, ways[i].own, GW);
		CU_ASSERT(net_udp_bind(PORT, on_datagram, NULL, &up));
		f = ip(17, 1, 0, false, u.b, u.n);
		set32(f.b + 26, ways[i].src);
		set32(f.b + 30, ways[i].own);
		resum(&f);
		give(f);
		CU_ASSERT_EQUAL(up.datagrams, ways[i].taken);
		CU_ASSERT_EQUAL(net_counts()->bad, 1 - ways[i].taken);
	}
}

static void
udp_out(void)
{
	begin();
	know_gateway();
	CU_ASSERT(net_udp_send(FAR, 5070, PORT, text(1472), 1472));
	CU_ASSERT_EQUAL(nsent, 1);
	check_ip(0, 17, 0, false, 1480);
	CU_ASSERT_EQUAL(at16(sent[0].bytes + 34), PORT);
	CU_ASSERT_EQUAL(at16(sent[0].bytes + 36), 5070);
	CU_ASSERT_EQUAL(
	    sum_of(pseudo(17, OWN, FAR, 1480), sent[0].bytes + 34, 1480), 0);
	CU_ASSERT(memcmp(sent[0].bytes + 42, text(1472), 1472) == 0);
	/* nothing is something too */
	CU_ASSERT(net_udp_send(FAR, 5070, PORT, NULL, 0));
	check_ip(1, 17, 0, false, 8);
	CU_ASSERT_FALSE(net_udp_send(
	    FAR, 5070, PORT, text(NET_DATAGRAM_MAX), NET_DATAGRAM_MAX + 1));
	controller_ready = false;
	CU_ASSERT_FALSE(net_udp_send(FAR, 5070, PORT, "x", 1));
	CU_ASSERT_EQUAL(nsent, 2);
}

static void
fragments_out(void)
{
	uint8_t whole[NET_DATAGRAM_MAX + 8];
	size_t n = 0;

	begin();
	know_gateway();
	CU_ASSERT(net_udp_send(FAR, 5070, PORT, text(3000), 3000));
	CU_ASSERT_EQUAL(nsent, 3);
	check_ip(0, 17, 0, true, 1480);
	check_ip(1, 17, 1480, true, 1480);
	check_ip(2, 17, 2960, false, 48);
	for (int i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(
		    at16(sent[i].bytes + 18), at16(sent[0].bytes + 18));
		memcpy(whole + n, sent[i].bytes + 34, sent[i].n - 34);
		n += sent[i].n - 34;
	}
	CU_ASSERT_EQUAL(n, 3008);
	CU_ASSERT_EQUAL(sum_of(pseudo(17, OWN, FAR, n), whole, n), 0);
	CU_ASSERT(memcmp(whole + 8, text(3000), 3000) == 0);
	/* the next has another identification; the largest goes */
	CU_ASSERT(net_udp_send(
	    FAR, 5070, PORT, text(NET_DATAGRAM_MAX), NET_DATAGRAM_MAX));
	CU_ASSERT_EQUAL(nsent, 3 + 12);
	CU_ASSERT_NOT_EQUAL(at16(sent[3].bytes + 18), at16(sent[0].bytes + 18));
}

static void
piece(const struct frame *u, uint32_t id, size_t from, size_t to)
{
	give(ip(17, id, (uint32_t)from, to < u->n, u->b + from, to - from));
}

static void
fragments_in(void)
{
	struct frame u = udp(PORT, text(2392), 2392);

	begin();
	/* in any order, twice, overlapping */
	piece(&u, 1, 2000, 2400);
	piece(&u, 1, 0, 1000);
	CU_ASSERT_EQUAL(net_due_us(), 5 + 60 * S);
	piece(&u, 1, 0, 1000);
	CU_ASSERT_EQUAL(up.datagrams, 0);
	piece(&u, 1, 800, 2200);
	CU_ASSERT_EQUAL(up.datagrams, 1);
	CU_ASSERT_EQUAL(up.last.n, 2392);
	CU_ASSERT(memcmp(up.bytes, text(2392), 2392) == 0);
	CU_ASSERT_EQUAL(net_due_us(), UINT64_MAX);
	/* two at a time; the third drives out the oldest */
	piece(&u, 2, 0, 1000);
	pass(1);
	piece(&u, 3, 0, 1000);
	piece(&u, 2, 1000, 2400);
	CU_ASSERT_EQUAL(up.datagrams, 2);
	piece(&u, 4, 0, 1000);
	pass(1);
	piece(&u, 5, 0, 1000);
	CU_ASSERT_EQUAL(net_counts()->reassembly_failed, 1);
	piece(&u, 4, 1000, 2400);
	piece(&u, 5, 1000, 2400);
	CU_ASSERT_EQUAL(up.datagrams, 4);
	CU_ASSERT_EQUAL(net_counts()->reassembled, 4);
	/* the largest */
	u = udp(PORT, text(NET_DATAGRAM_MAX), NET_DATAGRAM_MAX);
	for (size_t at = 0; at < u.n; at += 1480)
		piece(&u, 6, at, at + 1480 < u.n ? at + 1480 : u.n);
	CU_ASSERT_EQUAL(up.datagrams, 5);
	CU_ASSERT_EQUAL(up.last.n, NET_DATAGRAM_MAX);
}

static void
fragments_late(void)
{
	struct frame u = udp(PORT, text(1992), 1992);
	const uint8_t *icmp = sent[0].bytes + 34;

	begin();
	know_gateway();
	piece(&u, 1, 0, 1000);
	pass(59 * S);
	/* the time runs from the first one on */
	piece(&u, 1, 1000, 1008);
	pass(1 * S);
	CU_ASSERT_EQUAL(net_counts()->reassembly_failed, 1);
	piece(&u, 1, 1000, 2000);
	CU_ASSERT_EQUAL(up.datagrams, 0);
	/* the sender is told */
	begin();
	know_gateway();
	pass(30 * S);
	piece(&u, 2, 0, 1000);
	give(arp(everybody, 1, gw_mac, GW, OWN));
	pass(30 * S);
	give(arp(everybody, 1, gw_mac, GW, OWN));
	nsent = 0;
	pass(30 * S);
	CU_ASSERT_EQUAL(nsent, 1);
	check_ip(0, 1, 0, false, 8 + 20 + 8);
	CU_ASSERT(icmp[0] == 11 && icmp[1] == 1);
	CU_ASSERT(memcmp(icmp + 28, u.b, 8) == 0);
	/* without the first fragment nobody is */
	nsent = 0;
	piece(&u, 3, 1000, 2000);
	pass(60 * S);
	CU_ASSERT_EQUAL(net_counts()->reassembly_failed, 2);
	CU_ASSERT_EQUAL(nsent, 0);
}

static void
fragments_refused(void)
{
	struct frame u = udp(PORT, text(1992), 1992);

	begin();
	/* odd length in the middle; nothing at all */
	give(ip(17, 1, 0, true, u.b, 999));
	give(ip(17, 1, 0, true, u.b, 0));
	CU_ASSERT_EQUAL(net_counts()->bad, 2);
	CU_ASSERT_EQUAL(net_due_us(), UINT64_MAX);
	/* beyond what is kept, and beyond what there can be */
	give(ip(17, 2, 16384, false, u.b, 16));
	give(ip(17, 3, 65528, false, u.b, 1480));
	CU_ASSERT_EQUAL(net_counts()->reassembly_failed, 2);
	/* two ends; something behind the end; an end before what came */
	give(ip(17, 4, 1000, false, u.b, 1000));
	give(ip(17, 4, 1000, false, u.b, 992));
	give(ip(17, 5, 1000, false, u.b, 1000));
	give(ip(17, 5, 2000, true, u.b, 8));
	give(ip(17, 6, 1000, true, u.b, 1000));
	give(ip(17, 6, 1000, false, u.b, 8));
	CU_ASSERT_EQUAL(net_counts()->reassembly_failed, 5);
	CU_ASSERT_EQUAL(up.datagrams, 0);
}

static struct frame
icmp_message(uint32_t type, uint32_t code, const void *rest, size_t n)
{
	struct frame f = { .n = 0 };

	add16(&f, type << 8 | code);
	add16(&f, 0);
	add(&f, rest, n);
	set16(f.b + 2, sum_of(0, f.b, f.n));
	return f;
}

static void
echo(void)
{
	struct frame e = icmp_message(8, 0, text(101), 101);

	begin();
	know_gateway();
	give(ip(1, 1, 0, false, e.b, e.n));
	CU_ASSERT_EQUAL(nsent, 1);
	check_ip(0, 1, 0, false, 105);
	CU_ASSERT_EQUAL(sent[0].bytes[34], 0);
	CU_ASSERT_EQUAL(sum_of(0, sent[0].bytes + 34, 105), 0);
	CU_ASSERT(memcmp(sent[0].bytes + 38, text(101), 101) == 0);
	/* in pieces, as it came */
	e = icmp_message(8, 0, text(1992), 1992);
	give(ip(1, 2, 0, true, e.b, 1000));
	give(ip(1, 2, 1000, false, e.b + 1000, e.n - 1000));
	CU_ASSERT_EQUAL(nsent, 3);
	/* a wrong checksum, too short, a reply: nothing */
	e.b[9] ^= 1;
	give(ip(1, 3, 0, false, e.b, 200));
	give(ip(1, 3, 0, false, e.b, 7));
	e = icmp_message(0, 0, text(101), 101);
	give(ip(1, 3, 0, false, e.b, e.n));
	CU_ASSERT_EQUAL(nsent, 3);
	CU_ASSERT_EQUAL(net_counts()->bad, 2);
}

static void
no_port(void)
{
	struct frame u = udp(9, text(20), 20), f;
	const uint8_t *icmp = sent[0].bytes + 34;

	begin();
	know_gateway();
	f = ip(17, 1, 0, false, u.b, u.n);
	give(f);
	CU_ASSERT_EQUAL(nsent, 1);
	CU_ASSERT_EQUAL(net_counts()->no_port, 1);
	check_ip(0, 1, 0, false, 8 + 20 + 8);
	CU_ASSERT(icmp[0] == 3 && icmp[1] == 3);
	CU_ASSERT_EQUAL(sum_of(0, icmp, 36), 0);
	CU_ASSERT(memcmp(icmp + 8, f.b + 14, 28) == 0);
	/* not to what was for everybody, not to port 0 bound by nobody */
	memset(f.b + 30, 0xFF, 4);
	set16(f.b + 40, 0);
	resum(&f);
	give(f);
	CU_ASSERT_EQUAL(nsent, 1);
	CU_ASSERT_EQUAL(net_counts()->no_port, 2);
}

/* What an error quotes of a datagram of ours. */
static struct frame
quote(uint32_t src, uint32_t src_port, uint32_t protocol)
{
	struct frame f = { .n = 0 };

	add32(&f, 0);
	add(&f, (uint8_t[]){ 0x45, 0, 0, 100, 0, 1, 0, 0, 60 }, 9);
	add(&f, (uint8_t[]){ (uint8_t)protocol, 0, 0 }, 3);
	add32(&f, src);
	add32(&f, FAR);
	add16(&f, src_port);
	add16(&f, 5070);
	add32(&f, 0);
	return f;
}

static void
unreachable(void)
{
	struct frame q = quote(OWN, PORT, 17), e;

	begin();
	for (uint32_t code = 0; code < 5; code++) {
		e = icmp_message(3, code, q.b, q.n);
		give(ip(1, 1, 0, false, e.b, e.n));
	}
	/* 4, "fragmentation needed", is no failure (RFC 3261 18.4) */
	CU_ASSERT_EQUAL(up.unreachable, 4);
	CU_ASSERT_EQUAL(up.dst, FAR);
	CU_ASSERT_EQUAL(up.dst_port, 5070);
	/* time exceeded is none either; nor what is not about ours */
	e = icmp_message(11, 0, q.b, q.n);
	give(ip(1, 1, 0, false, e.b, e.n));
	e = icmp_message(3, 3, q.b, q.n - 1);
	give(ip(1, 1, 0, false, e.b, e.n));
	q = quote(GW, PORT, 17);
	e = icmp_message(3, 3, q.b, q.n);
	give(ip(1, 1, 0, false, e.b, e.n));
	q = quote(OWN, PORT + 1, 17);
	e = icmp_message(3, 3, q.b, q.n);
	give(ip(1, 1, 0, false, e.b, e.n));
	q = quote(OWN, PORT, 6);
	e = icmp_message(3, 3, q.b, q.n);
	give(ip(1, 1, 0, false, e.b, e.n));
	CU_ASSERT_EQUAL(up.unreachable, 4);
}

static void
bindings(void)
{
	struct frame u = udp(PORT, text(1), 1);

	begin();
	CU_ASSERT_FALSE(net_udp_bind(0, on_datagram, NULL, &up));
	for (uint16_t i = 1; i < NET_BINDINGS; i++)
		CU_ASSERT(net_udp_bind(i, on_datagram, NULL, &up));
	CU_ASSERT_FALSE(net_udp_bind(100, on_datagram, NULL, &up));
	CU_ASSERT(net_udp_bind(PORT, on_datagram, NULL, &up));
	give(ip(17, 1, 0, false, u.b, u.n));
	CU_ASSERT_EQUAL(up.datagrams, 1);
}

/* ---- frames that nobody should send ---- */

static uint64_t
random_word(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* A good frame of some kind. */
static struct frame
some_frame(uint64_t *x)
{
	uint64_t r = random_word(x);
	struct frame u = udp(PORT, text(300), r % 300);
	struct frame q = quote(OWN, PORT, 17);

	switch (r >> 32 & 7) {
	case 0:
		return arp(everybody, 1 + (r & 1), gw_mac, GW, OWN);
	case 1:
		u = icmp_message(8, 0, text(200), r % 200);
		return ip(1, 1, 0, false, u.b, u.n);
	case 2:
		u = icmp_message(3, r % 5, q.b, q.n);
		return ip(1, 1, 0, false, u.b, u.n);
	case 3:
		return ip(17, r >> 8 & 3, (r >> 16 & 0x1FFF) % 200 * 8,
		    (r >> 40 & 3) != 0, u.b, u.n / 8 * 8);
	case 4:
		u = udp(PORT, text(300), 300);
		return ip(17, r >> 8 & 3, 0, true, u.b, 160);
	case 5:
		u = udp(PORT, text(300), 300);
		return ip(17, r >> 8 & 3, 160, false, u.b + 160, u.n - 160);
	default:
		return ip(17, 1, 0, false, u.b, u.n);
	}
}

static void
hostile(void)
{
	uint64_t x = 0x9E3779B97F4A7C15;

	begin();
	for (int i = 0; i < 60000; i++) {
		struct frame f = some_frame(&x);

		for (uint64_t n = random_word(&x) % 4; n > 0; n--)
			f.b[random_word(&x) % f.n] = (uint8_t)random_word(&x);
		if (random_word(&x) % 8 == 0)
			f.n = 1 + random_word(&x) % f.n;
		/* most shall come past the header's checksum */
		if (f.n >= 34 && random_word(&x) % 8 != 0 &&
		    14 + (f.b[14] & 15u) * 4u <= f.n)
			resum(&f);
		give(f);
		if (i % 64 == 0)
			pass(random_word(&x) % (3 * S));
		CU_ASSERT(net_due_us() > now);
	}
	/* and afterwards it works as before */
	CU_ASSERT(up.datagrams > 1000);
	CU_ASSERT(net_counts()->reassembled > 10);
	CU_ASSERT(net_counts()->bad > 1000);
	up.datagrams = 0;
	{
		struct frame u = udp(PORT, text(9), 9);

		give(ip(17, 1, 0, false, u.b, u.n));
	}
	CU_ASSERT_EQUAL(up.datagrams, 1);
}

CHECK_MAIN("firmware_net", { "ARP asks", arp_asks },
    { "ARP gives up", arp_gives_up }, { "ARP answers", arp_answers },
    { "UDP in", udp_in }, { "UDP refused", udp_refused },
    { "UDP on the loopback", udp_on_loopback }, { "UDP out", udp_out },
    { "fragments out", fragments_out }, { "fragments in", fragments_in },
    { "fragments too late", fragments_late },
    { "fragments refused", fragments_refused }, { "echo", echo },
    { "no port", no_port }, { "unreachable", unreachable },
    { "bindings", bindings }, { "hostile frames", hostile })
