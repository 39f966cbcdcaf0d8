/*
 * Where packets go: to the address that ICE finds (RFC 8445), and through
 * connections (RFC 4145, 4571).
 */
#include "phones.h"

#include "net/tcp.h"
#include "sip/digest.h"
#include "stun/stun.h"

/* ---- ICE ---- */

/* RFC 8445: both full, one lite, both lite, and who does not know it. */
static void
ice(void)
{
	static const struct {
		const char *alice, *bob;
		unsigned checks[2], chosen;
	} rows[] = {
		{ PHONE " ice=full", PHONE " ice=full", { 2, 1 }, 1 },
		{ PHONE " ice=full", PHONE " ice=lite", { 2, 0 }, 1 },
		{ PHONE " ice=lite", PHONE " ice=full", { 0, 2 }, 1 },
		{ PHONE " ice=lite", PHONE " ice=lite", { 0, 0 }, 1 },
		{ PHONE " ice=full", PHONE, { 0, 0 }, 0 },
		{ PHONE, PHONE " ice=full", { 0, 0 }, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin(rows[i].alice, rows[i].bob);
		STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 5000);
		CU_ASSERT_EQUAL(media("alice", "\"result\":\"succeeded\""),
		    rows[i].checks[0]);
		CU_ASSERT_EQUAL(media("bob", "\"result\":\"succeeded\""),
		    rows[i].checks[1]);
		CU_ASSERT_EQUAL(
		    media("alice", "\"op\":\"choose\""), rows[i].chosen);
		CU_ASSERT_EQUAL(
		    media("bob", "\"op\":\"choose\""), rows[i].chosen);
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"hear\""), 1);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
		STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
		STAGE_DO(&s, 5000, "alice", "hold", "alice/1");
		/* Nothing begins anew. */
		CU_ASSERT_EQUAL(
		    media("alice", "\"op\":\"choose\""), rows[i].chosen);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		end();
	}
}

/* ALICE calls, is elsewhere, and says so, also while she holds: all goes on. */
static void
moved(const char *alice, const char *bob, bool holds)
{
	begin(alice, bob);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 2000);
	if (holds)
		stage_do(&s, "alice", "hold", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "alice", "set", NULL, "addr", "192.0.2.77", NULL);
	STAGE_DO(&s, 2000, "alice", holds ? "resume" : "reinvite", "alice/1");
	STAGE_DO(&s, 2000, "bob", "reinvite", "bob/1");
	CU_ASSERT(stage_count(&s, "\"op\":\"flow\"", NODE("bob"),
		      "\"peer\":\"192.0.2.77:") == 1);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"hear\""), 2);
	STAGE_DO(&s, 1000, "alice", "bye", "alice/1");
	CU_ASSERT(figure("alice", "heard", "packets") > 180);
	CU_ASSERT_EQUAL(figure("alice", "heard", "lost"), 0);
	CU_ASSERT(figure("alice", "stop", "packets") > 180);
}

/* RFC 8445 9, RFC 8839 4.4.1.1.1, 4.4.2.1: it begins anew, with other names on
 * both sides; whoever offers next keeps them, and nobody changes roles. */
static void
ice_anew(void)
{
	static const char *const rows[][2] = {
		{ PHONE " ice=full", PHONE " ice=full" },
		{ PHONE " ice=full", PHONE " ice=lite" },
		{ PHONE " ice=lite", PHONE " ice=full" },
		{ PHONE " ice=lite", PHONE " ice=lite" },
	};

	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		moved(rows[i / 2][0], rows[i / 2][1], i % 2);
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"choose\""), 2);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"choose\""), 2);
		STAGE_HAS(&s, 0, "ice-role", NULL, NULL);
		end();
	}
}

/* Nothing comes back any more. */
static void
ice_unreachable(void)
{
	begin(PHONE " ice=full", PHONE " ice=full");
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 131);
	net_link_set_up(net_find_link(s.w->net, "alice", "hub"), false);
	CU_ASSERT_TRUE(stage_run(&s, 38000));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"unreachable\""), 0);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"unreachable\""), 1);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"flow\""), 0);
	net_link_set_up(net_find_link(s.w->net, "alice", "hub"), true);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
}

/* The value of the last a=NAME in the trace. */
static void
said(const char *name, char value[40])
{
	const char *at = buf_cstr(&s.trace), *last = NULL;

	while ((at = strstr(at, name)) != NULL)
		last = at += strlen(name);
	CU_ASSERT_PTR_NOT_NULL_FATAL(last);
	snprintf(value, 40, "%.*s", (int)strcspn(last, "\\"), last);
}

/* A check with ROLE and a tie-breaker all of BYTE, signed with PWD. */
static void
check_bob(struct tester *t, enum stun_type role, char byte, const char *pwd)
{
	char ufrag[40], name[50], mac[HMAC_SHA1_BYTES] = { 0 };
	struct str all = { mac, sizeof(mac) };
	struct addr bob = stage_addr(2);
	LOCAL_BUF out = BUF_INIT;
	char tie[8];

	said("a=ice-ufrag:", ufrag);
	snprintf(name, sizeof(name), "%s:me", ufrag);
	memset(tie, byte, sizeof(tie));
	stun_begin(&out, STUN_BINDING, STUN_REQUEST, "abcdefghijkl");
	stun_put(&out, STUN_USERNAME, str_of(name));
	stun_put(&out, role, (struct str){ tie, sizeof(tie) });
	stun_put(&out, STUN_MESSAGE_INTEGRITY, all);
	hmac_sha1(str_of(pwd), str_slice(buf_view(&out), 0, out.n - 24), mac);
	memcpy(out.p + out.n - sizeof(mac), mac, sizeof(mac));
	bob.port = 49170;
	tester_send(t, &bob, buf_view(&out));
	CU_ASSERT_TRUE(stage_run(&s, 100));
}

/* RFC 8445 7.3: who has not the password gets 401; 7.3.1.1: of two who want to
 * be controlling, or controlled, one changes its mind. */
static void
ice_asked(void)
{
	static const struct tester none;
	struct tester t = none;
	struct addr bob = stage_addr(2);
	char pwd[40];

	begin(PHONE " ice=full", PHONE " ice=full");
	tester_open(&s, &t, "stranger", 9);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 120);
	said("a=ice-pwd:", pwd);
	check_bob(&t, STUN_ICE_CONTROLLED, 0, "wrong");
	STAGE_HAS(&s, 1, KIND("bad"), NODE("bob"), NULL);
	STAGE_HAS(&s, 0, "ice-role", NULL, NULL);
	check_bob(&t, STUN_ICE_CONTROLLED, 0, pwd);
	STAGE_HAS(&s, 0, "ice-role", NULL, NULL);
	check_bob(&t, STUN_ICE_CONTROLLING, 0, pwd);
	STAGE_HAS(&s, 1, "ice-role", NULL, NULL);
	check_bob(&t, STUN_ICE_CONTROLLING, '\xFF', pwd);
	STAGE_HAS(&s, 1, "ice-role", NULL, NULL);
	bob.port = 49170;
	for (unsigned n = 20; n < 60; n++) {
		char packet[60] = { 0, 1, 0, 40, 0x21, 0x12, (char)0xA4, 0x42 };

		packet[n] = (char)(n * 37);
		tester_send(&t, &bob, (struct str){ packet, n });
		CU_ASSERT_TRUE(stage_run(&s, 10));
	}
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	tester_close(&t);
}

/* ---- RTP over TCP ---- */

#define TCP PHONE " media_transport=tcp"

/* RFC 4145 4.1, RFC 4571: who is to open the connection does, all goes through
 * it, hold keeps it, a BYE closes it. */
static void
over_tcp(void)
{
	static const struct {
		const char *alice, *bob, *part; /* alice's, at last */
	} rows[] = {
		{ TCP, TCP, "passive" },
		{ TCP, TCP " media_setup=passive", "active" },
		{ TCP " media_setup=active", TCP, "active" },
		{ TCP " media_setup=passive rtcp_mux=true",
		    TCP " rtcp_mux=true", "passive" },
	};
	char part[40];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t pipes = strstr(rows[i].alice, "mux") != NULL ? 1 : 2;

		begin(rows[i].alice, rows[i].bob);
		STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 10130);
		snprintf(part, sizeof(part), "\"setup\":\"%s\"", rows[i].part);
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), pipes);
		CU_ASSERT_EQUAL(media("alice", part), 1 + pipes);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
		STAGE_DO(&s, 10000, "alice", "hold", "alice/1");
		STAGE_DO(&s, 3000, "bob", "hold", "bob/1");
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), pipes);
		CU_ASSERT(media("bob", "\"op\":\"report\"") > 1);
		STAGE_DO(&s, 1000, "alice", "bye", "alice/1");
		/* Whoever closes them. */
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"disconnect\""), pipes);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"disconnect\""), pipes);
		CU_ASSERT(labs(figure("bob", "heard", "packets") - 1000) < 15);
		CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
		STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
		STAGE_HAS(&s, 0, "\"proto\":\"rtp\"", NULL, NULL);
		end();
	}
}

/* RFC 4145 5: who is elsewhere wants new ones; whoever opens them. */
static void
tcp_moved(void)
{
	static const char *const rows[] = { TCP, TCP " media_setup=active",
		TCP " media_setup=passive" };

	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		moved(rows[i / 2], TCP, i % 2);
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), 4);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"connect\""), 4);
		end();
	}
}

/* Two phones of bob's are heard before one answers, and that one on, by the
 * connection that it has. */
static void
tcp_forked(void)
{
	CU_ASSERT_EQUAL_FATAL(stage_try(&s), 0);
	stage_node(&s, "px", "proxy registrar location", "b.example", 1, "");
	stage_node(&s, "desk", "ua", "", 2,
	    "aor=sip:bob@b.example outbound=px answer=never "
	    "progress=183 media=true media_transport=tcp");
	stage_node(&s, "mobile", "ua", "", 3,
	    "aor=sip:bob@b.example outbound=px answer=2s "
	    "progress=183 media=true media_transport=tcp");
	stage_node(&s, "alice", "ua", "", 4,
	    "aor=sip:alice@192.0.2.4 outbound=px media=true "
	    "media_transport=tcp");
	stage_do(&s, "desk", "register", NULL, NULL);
	STAGE_DO(&s, 1000, "mobile", "register", NULL);
	STAGE_CALL(&s, "alice", "sip:bob@b.example", 1000);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"hear\""), 2);
	CU_ASSERT_TRUE(stage_run(&s, 6000));
	STAGE_DO(&s, 1000, "alice", "bye", "alice/1");
	CU_ASSERT(figure("mobile", "heard", "packets") > 240);
	CU_ASSERT(figure("mobile", "stop", "packets") > 340);
	CU_ASSERT_EQUAL(media("mobile", "\"op\":\"connect\""), 2);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), 4);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"disconnect\""), 4);
	end();
}

/* Who knows UDP alone refuses; who offers UDP gets it. */
static void
tcp_refused(void)
{
	begin(TCP, PHONE);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	STAGE_HAS(&s, 1, "\"status\":488", NULL, NULL);
	end();
	begin(PHONE, TCP);
	call();
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"connect\""), 0);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	end();
}

/* A peer that has lost the connection: RST, and a new one by the next offer. */
static void
tcp_lost(void)
{
	begin(TCP, TCP);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 5000);
	net_tcp_forget(world_find(s.w, "bob")->host);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT(media("alice", "\"op\":\"disconnect\"") >= 1);
	CU_ASSERT(media("alice", "\"reason\":\"reset\"") >= 1);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"stop\""), 1);
	STAGE_DO(&s, 3000, "alice", "reinvite", "alice/1");
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), 4);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"flow\""), 2);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	/* One that crashes and comes back. */
	begin(TCP, TCP);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 5000);
	STAGE_DO(&s, 100, "bob", "crash", NULL);
	STAGE_DO(&s, 2000, "bob", "restart", NULL);
	CU_ASSERT(media("alice", "\"reason\":\"reset\"") >= 1);
	/* An offer alone agrees upon nothing. */
	stage_do(&s, "alice", "reinvite", "alice/1", NULL);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"agree\""), 1);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
}

static void
closed(struct net_conn *c, enum net_close why, void *arg)
{
	(void)c;
	(void)why;
	*(bool *)arg = true;
}

/* What a stranger says to a port where RTP is waited for: lengths of nothing,
 * of what is none, and of more than ever comes. */
static void
tcp_strangers(void)
{
	static const uint8_t said[] = { 0, 0, 0, 1, 0x80, 0, 12, 0x40, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0,
		0, 9, 0xFF, 0xFF, 0x80 };
	static const struct net_tcp_ops ops = { .closed = closed };
	struct addr bob = stage_addr(2);
	bool gone = false, away[5] = { false };
	struct net_conn *c, *other;

	begin("answer=never media_transport=tcp", TCP " media_setup=passive");
	stage_node(&s, "eve", "ua", "", 9, "aor=sip:eve@192.0.2.9");
	STAGE_CALL(&s, "bob", "sip:alice@192.0.2.1", 5);
	bob.port = 49170;
	CU_ASSERT_EQUAL_FATAL(net_tcp_connect(world_find(s.w, "eve")->host,
				  &bob, &ops, &gone, &c),
	    0);
	for (unsigned i = 0; i < 5; i++)
		CU_ASSERT_EQUAL_FATAL(
		    net_tcp_connect(world_find(s.w, "eve")->host, &bob, &ops,
			&away[i], &other),
		    0);
	for (size_t i = 0; i < sizeof(said); i++) {
		net_tcp_send(c, (struct str){ (const char *)said + i, 1 }, NULL,
		    RULE_NONE);
		CU_ASSERT_TRUE(stage_run(&s, 1));
	}
	CU_ASSERT_TRUE(stage_run(&s, 100));
	/* As many as phones may be heard before one answers. */
	CU_ASSERT(!gone && !away[0] && !away[3] && away[4]);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"connect\""), 5);
	net_tcp_close(c);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	STAGE_DO(&s, 1000, "bob", "cancel", "bob/1");
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"disconnect\""), 5);
	end();
}

CHECK_MAIN("rtp ways", { "ICE", ice }, { "ICE, no way", ice_unreachable },
    { "ICE, who asks", ice_asked }, { "ICE, moved", ice_anew },
    { "over TCP", over_tcp }, { "TCP, moved", tcp_moved },
    { "TCP forked", tcp_forked }, { "TCP refused", tcp_refused },
    { "a connection lost", tcp_lost }, { "strangers over TCP", tcp_strangers })
