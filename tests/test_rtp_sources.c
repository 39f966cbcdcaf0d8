/*
 * Who sends to a phone, told apart (RFC 3550 8), and what RTCP says of it (6):
 * also what strangers send.
 */
#include "phones.h"

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
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
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
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 8);
	end();
	tester_close(&t);
}

/* RFC 3550 6: reports tell loss, jitter and the round trip; a BYE ends a
 * source. */
static void
control(void)
{
	struct net_link_params p = net_link_defaults;

	begin(PHONE, PHONE);
	p.loss = 0.2;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 60000));
	CU_ASSERT(media("alice", "\"op\":\"report\"") > 4);
	CU_ASSERT(media("bob", "\"op\":\"quality\"") > 4);
	CU_ASSERT(labs(figure("alice", "report", "trip") - 20 * SIM_MS) <
		  SIM_MS / 10);
	CU_ASSERT(figure("alice", "report", "lost") > 300);
	CU_ASSERT(figure("bob", "quality", "mos") > 1000);
	CU_ASSERT(figure("bob", "quality", "mos") < 3500);
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 1);
	end();
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
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	bob.port = 49171;
	for (unsigned n = 0; n <= sizeof(packet); n++) {
		packet[n % 60] ^= (uint8_t)(n * 7);
		tester_send(&t, &bob, (struct str){ (const char *)packet, n });
		CU_ASSERT_TRUE(stage_run(&s, 20));
	}
	/* One record says so, not one each. */
	CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NODE("bob"), NULL), 1);
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
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		CU_ASSERT_TRUE(stage_run(&s, 20000));
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
		CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NULL, NULL), 0);
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
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		CU_ASSERT_TRUE(stage_run(&s, 60000));
		CU_ASSERT_EQUAL(media("alice", "voip-metrics") > 2, both);
		CU_ASSERT_EQUAL(media("bob", "voip-metrics") > 2, both);
		CU_ASSERT_EQUAL(media("bob", "dlrr"), 0);
		CU_ASSERT(!both || labs(figure("alice", "report", "fraction") -
					51) < 15);
		CU_ASSERT(!both || figure("alice", "report", "mos") < 3000);
		net_link_set_params(net_find_link(s.w->net, "alice", "hub"),
		    &net_link_defaults);
		/* Who is held sends nothing, and learns the round trip. */
		stage_do(&s, "alice", "hold", "alice/1", NULL);
		CU_ASSERT_TRUE(stage_run(&s, 60000));
		CU_ASSERT_EQUAL(media("bob", "\"xr\":\"dlrr\"") > 1, both);
		CU_ASSERT(!both || labs(figure("bob", "report", "trip") -
					20 * SIM_MS) < SIM_MS / 2);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		end();
	}
}

CHECK_MAIN("rtp sources", { "strangers", strangers }, { "reports", control },
    { "strange reports", strange_reports }, { "a shared port", mux },
    { "extended reports", extended })
