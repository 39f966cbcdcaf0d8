/*
 * Who sends to a phone, told apart (RFC 3550 8), and what RTCP says of it (6):
 * also what strangers send.
 */
#include "phones.h"

#include "media/rtp.h"

/* What a stranger sends to the port. */
static void
strangers(void)
{
	static const struct tester none;
	struct tester t = none;
	struct addr bob = stage_addr(2);
	uint8_t packet[40] = { 0x80, 0 };

	begin("", PHONE);
	tester_open(&s, &t, "stranger", 9);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	bob.port = 49170;
	for (unsigned i = 0; i < 40; i++) {
		packet[11] = (uint8_t)i;
		packet[0] = i % 5 == 0 ? 0x40 : 0x80;
		packet[1] = i % 7 == 0 ? 99 : 0;
		tester_send(&t, &bob,
		    (struct str){ (const char *)packet, i % 3 == 0 ? i : 40 });
		CU_ASSERT_TRUE(stage_run(&s, 20));
	}
	/* So many sources, and no more. */
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 8);
	STAGE_DO(&s, 100, "alice", "bye", "alice/1");
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 8);
	end();
	tester_close(&t);
}

/* N packets of PCMU from T to bob, with SSRC, the numbers from SEQ on. */
static void
send_as(
    struct tester *t, uint32_t ssrc, unsigned payload, uint16_t seq, unsigned n)
{
	struct addr bob = stage_addr(2);

	bob.port = 49170;
	for (unsigned i = 0; i < n; i++) {
		struct rtp_out out = { ssrc, seq * 160u, seq };
		uint8_t packet[RTP_HEAD + 160] = { 0 };

		rtp_write_head(
		    &out, (uint8_t)payload, false, out.stamp, packet);
		tester_send(t, &bob,
		    (struct str){ (const char *)packet, sizeof(packet) });
		CU_ASSERT_TRUE(stage_run(&s, 20));
		seq++;
	}
}

static size_t
bad(const char *what)
{
	return stage_count(&s, KIND("bad"), NODE("bob"), what);
}

/* RFC 3550 8.2: of two with one SSRC the first is kept; where its numbers go
 * on, or nothing has come for long, it has moved.  A payload type that nobody
 * knows is ignored (5.1).  Each has one record, with who and what. */
static void
collisions(void)
{
	static const struct tester none;
	struct tester t = none, other = none;
	long before;

	begin("", PHONE);
	tester_open(&s, &t, "first", 8);
	tester_open(&s, &other, "second", 9);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	send_as(&t, 77, 0, 1000, 50);
	send_as(&other, 77, 0, 30000, 40);
	CU_ASSERT_EQUAL(bad("\"at\":\"RTP 192.0.2.9:5060: SSRC 77\""), 1);
	/* What it has sent comes once more, from elsewhere. */
	send_as(&t, 77, 0, 1050, 10);
	send_as(&other, 77, 0, 1050, 10);
	/* It has another address. */
	send_as(&other, 77, 0, 1060, 10);
	send_as(&t, 77, 0, 20000, 10);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	send_as(&t, 77, 0, 1070, 10);
	send_as(&other, 77, 99, 1080, 20);
	CU_ASSERT_EQUAL(bad("PT 99"), 1);
	CU_ASSERT_EQUAL(bad("\"fault\":\"rtp-ssrc\""), 2);
	CU_ASSERT_EQUAL(bad(NULL), 3);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	/* Bob's own: he takes another, once. */
	before = figure("bob", "flow", "ssrc");
	send_as(&other, (uint32_t)before, 0, 5000, 20);
	CU_ASSERT_NOT_EQUAL(figure("bob", "flow", "ssrc"), before);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"flow\""), 2);
	before = figure("bob", "flow", "ssrc");
	send_as(&other, (uint32_t)before, 0, 6000, 20);
	CU_ASSERT_EQUAL(figure("bob", "flow", "ssrc"), before);
	STAGE_DO(&s, 100, "alice", "bye", "alice/1");
	CU_ASSERT_EQUAL(
	    media("bob", "\"ssrc\":77,\"packets\":80,\"lost\":0,"), 1);
	CU_ASSERT_EQUAL(media("bob", "\"other_payload\":20,\"same_ssrc\":71,"
				     "\"packets\":91"),
	    1);
	end();
	tester_close(&t);
	tester_close(&other);
}

/* The RTCP port is hostile territory, too. */
static void
strange_reports(void)
{
	static const struct tester none;
	struct tester t = none;
	struct addr bob = stage_addr(2);
	uint8_t packet[60] = { 0x81, 200, 0, 12 };

	begin("", PHONE);
	tester_open(&s, &t, "stranger", 9);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	bob.port = 49171;
	for (unsigned n = 0; n <= sizeof(packet); n++) {
		packet[n % 60] ^= (uint8_t)(n * 7);
		tester_send(&t, &bob, (struct str){ (const char *)packet, n });
		CU_ASSERT_TRUE(stage_run(&s, 20));
	}
	/* One record says so, not one each. */
	CU_ASSERT_EQUAL(bad(NULL), 1);
	CU_ASSERT_EQUAL(bad("\"at\":\"RTCP 192.0.2.9:5060: "), 1);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	tester_close(&t);
}

/* RFC 5761: RTCP shares the port where both say so, else it has its own. */
static void
mux(void)
{
	static const char *const attrs[] = { PHONE, PHONE " rtcp_mux=true" };

	for (unsigned both = 0; both < 4; both++) {
		begin_as(TRACE_NETWORK, attrs[both & 1], attrs[both >> 1]);
		STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 20000);
		CU_ASSERT_EQUAL(
		    stage_count(&s, "\"proto\":\"rtcp\"",
			"\"dst_addr\":\"192.0.2.2:49170\"", NULL) > 0,
		    both == 3);
		CU_ASSERT_EQUAL(
		    stage_count(&s, "\"proto\":\"rtcp\"",
			"\"dst_addr\":\"192.0.2.2:49171\"", NULL) > 0,
		    both < 3);
		CU_ASSERT(media("alice", "\"op\":\"report\"") > 0);
		CU_ASSERT_EQUAL(
		    media("bob", "\"mux\":true"), both == 3 ? 1 : 0);
		STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		end();
	}
}

/* RFC 3611: metrics and round trips go where both sides ask for them. */
static void
extended(void)
{
	struct net_link_params p = net_link_defaults;

	for (unsigned both = 0; both < 2; both++) {
		begin(PHONE " rtcp_xr=true",
		    both ? PHONE " rtcp_xr=true" : PHONE);
		p.loss = 0.2;
		net_link_set_params(
		    net_find_link(s.w->net, "alice", "hub"), &p);
		STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 60000);
		CU_ASSERT_EQUAL(media("alice", "voip-metrics") > 2, both);
		CU_ASSERT_EQUAL(media("bob", "voip-metrics") > 2, both);
		CU_ASSERT_EQUAL(media("bob", "dlrr"), 0);
		CU_ASSERT(!both || labs(figure("alice", "report", "fraction") -
					51) < 15);
		CU_ASSERT(!both || figure("alice", "report", "mos") < 3000);
		net_link_set_params(net_find_link(s.w->net, "alice", "hub"),
		    &net_link_defaults);
		/* Who is held sends nothing, and learns the round trip. */
		STAGE_DO(&s, 60000, "alice", "hold", "alice/1");
		CU_ASSERT_EQUAL(media("bob", "\"xr\":\"dlrr\"") > 1, both);
		CU_ASSERT(!both || labs(figure("bob", "report", "trip") -
					20 * SIM_MS) < SIM_MS / 2);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		end();
	}
}

/* RFC 3550 6.3.5: of whom nothing is heard for five intervals is given up; who
 * begins anew from where it was silent for a second takes its place.  Who is
 * held is heard of by RTCP. */
static void
silent(void)
{
	static const struct tester none;
	struct tester t = none;

	begin(PHONE, PHONE);
	tester_open(&s, &t, "first", 8);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	send_as(&t, 77, 0, 1000, 5);
	send_as(&t, 78, 0, 1000, 5);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 0);
	CU_ASSERT_TRUE(stage_run(&s, 1500));
	send_as(&t, 79, 0, 1000, 5);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 2);
	STAGE_DO(&s, 60000, "alice", "hold", "alice/1");
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 3);
	STAGE_DO(&s, 100, "alice", "bye", "alice/1");
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 4);
	end();
	tester_close(&t);
}

CHECK_MAIN("rtp sources", { "strangers", strangers },
    { "collisions", collisions }, { "strange reports", strange_reports },
    { "a shared port", mux }, { "extended reports", extended },
    { "silent ones", silent })
