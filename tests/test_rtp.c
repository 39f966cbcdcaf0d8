/*
 * Media of calls in a run: what is agreed flows (RFC 3264, 3550, 3551), as long
 * as it is agreed, and is heard as the network lets it.
 */
#include "stage.h"

#include "net/tcp.h"
#include "sip/hmac.h"
#include "sound/sine.h"
#include "sound/wav.h"
#include "stun/stun.h"

static struct stage s;

#define PHONE "answer=100ms media=true"

static void
begin_as(enum trace_detail detail, const char *alice, const char *bob)
{
	char attrs[200];

	CU_ASSERT_EQUAL_FATAL(stage_try_as(&s, detail), 0);
	snprintf(attrs, sizeof(attrs), "aor=sip:alice@192.0.2.1 %s", alice);
	stage_node(&s, "alice", "ua", "", 1, attrs);
	snprintf(attrs, sizeof(attrs), "aor=sip:bob@192.0.2.2 %s", bob);
	stage_node(&s, "bob", "ua", "", 2, attrs);
}

static void
begin(const char *alice, const char *bob)
{
	begin_as(TRACE_PROTOCOL, alice, bob);
}

static void
end(void)
{
	CU_ASSERT_TRUE(stage_run(&s, 120000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
}

static size_t
media(const char *node, const char *what)
{
	char key[40];

	snprintf(key, sizeof(key), "\"node\":\"%s\"", node);
	return stage_count(&s, KIND("media"), key, what);
}

/* Of the last `heard` or `stop` of NODE the value of KEY. */
static long
figure(const char *node, const char *op, const char *key)
{
	char line[60], field[40];
	const char *at = buf_cstr(&s.trace), *last = NULL, *value;

	snprintf(
	    line, sizeof(line), "\"node\":\"%s\",\"kind\":\"media\"", node);
	snprintf(field, sizeof(field), "\"%s\":", key);
	while ((at = strstr(at, line)) != NULL) {
		const char *name = strstr(at, "\"op\":\"");

		at++;
		if (name != NULL && strncmp(name + 6, op, strlen(op)) == 0 &&
		    name[6 + strlen(op)] == '"')
			last = name;
	}
	value = last != NULL ? strstr(last, field) : NULL;
	return value != NULL ? atol(value + strlen(field)) : -1;
}

/* Ten seconds of a call. */
static void
call(void)
{
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 10130));
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
}

/* 50 packets a second of 160 octets; none after the BYE. */
static void
flows(void)
{
	begin(PHONE, PHONE);
	call();
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"agree\""), 1);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"flow\""), 1);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	CU_ASSERT(labs(figure("alice", "stop", "packets") - 500) <= 2);
	CU_ASSERT_EQUAL(figure("alice", "stop", "octets"),
	    figure("alice", "stop", "packets") * 160);
	CU_ASSERT(labs(figure("bob", "heard", "packets") - 500) <= 3);
	CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "jitter"), 0);
	CU_ASSERT_EQUAL(stage_count(&s, "\"proto\":\"rtp\"", NULL, NULL), 0);
	end();
}

/* Who has no media sends and hears nothing; without any there are no records,
 * nor draws. */
static void
silent_phones(void)
{
	begin("", PHONE);
	call();
	CU_ASSERT_EQUAL(media("alice", NULL), 0);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"flow\""), 1);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 0);
	end();
	begin("", "answer=100ms");
	call();
	CU_ASSERT_EQUAL(stage_count(&s, KIND("media"), NULL, NULL), 0);
	end();
}

/* A link that loses, doubles and delays: what is missing is what it has lost,
 * and what comes too late is counted by the buffer. */
static void
bad_link(void)
{
	struct net_link_params p = net_link_defaults;

	begin(PHONE " buffer=20ms", PHONE " buffer=200ms");
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	p.loss = 0.1;
	p.jitter_ns = 100 * SIM_MS;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	CU_ASSERT_TRUE(stage_run(&s, 20000));
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	CU_ASSERT(figure("bob", "heard", "lost") > 60);
	CU_ASSERT(figure("bob", "heard", "lost") < 150);
	CU_ASSERT(figure("bob", "heard", "jitter") > 10 * SIM_MS);
	CU_ASSERT(figure("alice", "heard", "late") > 200);
	CU_ASSERT_EQUAL(figure("bob", "heard", "late"), 0);
	end();
}

/* RFC 3264 8.4: who is held sends nothing until he is let go. */
static void
hold(void)
{
	begin(PHONE, PHONE);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	stage_do(&s, "alice", "hold", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"stop\""), 1);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"stop\""), 0);
	CU_ASSERT_EQUAL(media("bob", "\"direction\":\"recvonly\""), 1);
	stage_do(&s, "alice", "resume", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"flow\""), 2);
	stage_do(&s, "alice", "hold", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "alice", "resume", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	/* One source, with one numbering, through the pauses, of which the time
	 * stamps tell how long they were. */
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"hear\""), 1);
	CU_ASSERT_EQUAL(figure("alice", "heard", "lost"), 0);
	CU_ASSERT(figure("alice", "heard", "jitter") < SIM_MS);
	CU_ASSERT_EQUAL(figure("alice", "heard", "late"), 0);
	end();
}

/* What is on its way as a hold begins is not lost. */
static void
hold_from_afar(void)
{
	struct net_link_params p = net_link_defaults;

	begin(PHONE, PHONE);
	p.delay_ns = 60 * SIM_MS;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	stage_do(&s, "alice", "hold", "alice/1", "how", "inactive", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "alice", "resume", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 500));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "late"), 0);
	end();
}

/* RFC 3264 8.4: what is held by an address that is none ends where it has gone,
 * and each end counts what has flowed since its beginning. */
static void
hold_by_address(void)
{
	begin(PHONE, PHONE);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	stage_do(&s, "alice", "hold", "alice/1", "how", "zero", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	CU_ASSERT(labs(figure("bob", "stop", "packets") - 245) <= 2);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"stop\""), 1);
	stage_do(&s, "alice", "resume", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"flow\""), 2);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("media"), "\"op\":\"stop\"",
			    "\"peer\":\"192.0.2.1:49170\""),
	    2);
	CU_ASSERT(labs(figure("bob", "stop", "packets") - 99) <= 2);
	end();
}

/* RFC 3264 5.1, RFC 3960: what comes before the call is answered is heard. */
static void
early(void)
{
	begin(PHONE, "answer=2s progress=183 media=true");
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1500));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"hear\""), 1);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	CU_ASSERT(figure("alice", "heard", "packets") > 200);
	end();
}

/* One that crashes says nothing more; the other one goes on. */
static void
crash(void)
{
	begin(PHONE, PHONE);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "crash", NULL, NULL), 0);
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"stop\""), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "restart", NULL, NULL), 0);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
}

/* Codecs without samples here have packets of their true size and time. */
static void
codecs(void)
{
	static const struct {
		const char *codecs;
		long octets;
	} rows[] = { { "G729", 20 }, { "G722", 160 }, { "PCMA", 160 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char attrs[80];

		snprintf(
		    attrs, sizeof(attrs), PHONE " codecs=%s", rows[i].codecs);
		begin(attrs, attrs);
		call();
		CU_ASSERT_EQUAL(figure("bob", "stop", "octets"),
		    figure("bob", "stop", "packets") * rows[i].octets);
		CU_ASSERT(media("bob", rows[i].codecs) > 0);
		end();
	}
}

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
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		CU_ASSERT_TRUE(stage_run(&s, 5000));
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
		CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NULL, NULL), 0);
		stage_do(&s, "alice", "hold", "alice/1", NULL);
		CU_ASSERT_TRUE(stage_run(&s, 5000));
		/* Nothing begins anew. */
		CU_ASSERT_EQUAL(
		    media("alice", "\"op\":\"choose\""), rows[i].chosen);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		end();
	}
}

/* Nothing comes back any more. */
static void
ice_unreachable(void)
{
	begin(PHONE " ice=full", PHONE " ice=full");
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 131));
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
	struct buf out = BUF_INIT;
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
	buf_free(&out);
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
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 120));
	said("a=ice-pwd:", pwd);
	check_bob(&t, STUN_ICE_CONTROLLED, 0, "wrong");
	CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NODE("bob"), NULL), 1);
	CU_ASSERT_EQUAL(stage_count(&s, "ice-role", NULL, NULL), 0);
	check_bob(&t, STUN_ICE_CONTROLLED, 0, pwd);
	CU_ASSERT_EQUAL(stage_count(&s, "ice-role", NULL, NULL), 0);
	check_bob(&t, STUN_ICE_CONTROLLING, 0, pwd);
	CU_ASSERT_EQUAL(stage_count(&s, "ice-role", NULL, NULL), 1);
	check_bob(&t, STUN_ICE_CONTROLLING, '\xFF', pwd);
	CU_ASSERT_EQUAL(stage_count(&s, "ice-role", NULL, NULL), 1);
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
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		CU_ASSERT_TRUE(stage_run(&s, 10130));
		snprintf(part, sizeof(part), "\"setup\":\"%s\"", rows[i].part);
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), pipes);
		CU_ASSERT_EQUAL(media("alice", part), 1 + pipes);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
		stage_do(&s, "alice", "hold", "alice/1", NULL);
		CU_ASSERT_TRUE(stage_run(&s, 10000));
		stage_do(&s, "bob", "hold", "bob/1", NULL);
		CU_ASSERT_TRUE(stage_run(&s, 3000));
		CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), pipes);
		CU_ASSERT(media("bob", "\"op\":\"report\"") > 1);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		CU_ASSERT_TRUE(stage_run(&s, 1000));
		CU_ASSERT(labs(figure("bob", "heard", "packets") - 1000) < 15);
		CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
		CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NULL, NULL), 0);
		CU_ASSERT_EQUAL(
		    stage_count(&s, "\"proto\":\"rtp\"", NULL, NULL), 0);
		end();
	}
}

/* Who knows UDP alone refuses; who offers UDP gets it. */
static void
tcp_refused(void)
{
	begin(TCP, PHONE);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(stage_count(&s, "\"status\":488", NULL, NULL), 1);
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
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	net_tcp_forget(world_find(s.w, "bob")->host);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT(media("alice", "\"op\":\"disconnect\"") >= 1);
	CU_ASSERT(media("alice", "\"reason\":\"reset\"") >= 1);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"stop\""), 1);
	stage_do(&s, "alice", "reinvite", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"connect\""), 4);
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"flow\""), 2);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	/* One that crashes and comes back. */
	begin(TCP, TCP);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 5000));
	stage_do(&s, "bob", "crash", NULL, NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	stage_do(&s, "bob", "restart", NULL, NULL);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	CU_ASSERT(media("alice", "\"reason\":\"reset\"") >= 1);
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
	bool gone = false, away = false;
	struct net_conn *c, *other;

	begin("answer=never media_transport=tcp", TCP " media_setup=passive");
	stage_node(&s, "eve", "ua", "", 9, "aor=sip:eve@192.0.2.9");
	stage_call(&s, "bob", "sip:alice@192.0.2.1");
	CU_ASSERT_TRUE(stage_run(&s, 5));
	bob.port = 49170;
	CU_ASSERT_EQUAL_FATAL(net_tcp_connect(world_find(s.w, "eve")->host,
				  &bob, &ops, &gone, &c),
	    0);
	CU_ASSERT_EQUAL_FATAL(net_tcp_connect(world_find(s.w, "eve")->host,
				  &bob, &ops, &away, &other),
	    0);
	for (size_t i = 0; i < sizeof(said); i++) {
		net_tcp_send(c, (struct str){ (const char *)said + i, 1 }, NULL,
		    RULE_NONE);
		CU_ASSERT_TRUE(stage_run(&s, 1));
	}
	CU_ASSERT_TRUE(stage_run(&s, 100));
	/* One at a time. */
	CU_ASSERT(away && !gone);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"connect\""), 1);
	net_tcp_close(c);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	stage_do(&s, "bob", "cancel", "bob/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"disconnect\""), 1);
	end();
}

/* Frames of true size, 15 a second, each with one timestamp and a marker. */
static void
video(void)
{
	const char *attrs = PHONE " streams=audio,video codecs=PCMU,H264,VP8";

	begin(attrs, attrs);
	call();
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"flow\""), 2);
	CU_ASSERT(media("alice", "\"type\":\"video\"") >= 4);
	CU_ASSERT(figure("bob", "stop", "octets") > 10 * 300000 / 8 * 8 / 10);
	CU_ASSERT(figure("bob", "stop", "octets") < 10 * 300000 / 8 * 12 / 10);
	CU_ASSERT_EQUAL(figure("alice", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("alice", "heard", "late"), 0);
	end();
}

#define DIGITS PHONE " codecs=PCMU,telephone-event,CN"

/* RFC 4733: each digit arrives once, whatever is lost of it. */
static void
digits(void)
{
	struct net_link_params p = net_link_defaults;

	begin(DIGITS " dtmf=events", DIGITS);
	p.loss = 0.3;
	p.duplicate = 0.1;
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "dtmf", "alice/1", "digits",
			    "0123456789*#ABCD", "duration", "100ms", NULL),
	    0);
	CU_ASSERT_TRUE(stage_run(&s, 10000));
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"press\""), 16);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"digit\""), 16);
	CU_ASSERT_EQUAL(media("bob", "\"digit\":\"D\""), 1);
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	/* Whose digits go in band listens for them, and hears a pause where
	 * packets are missing. */
	begin(PHONE " dtmf=in-band", PHONE " dtmf=in-band");
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	stage_do(&s, "alice", "dtmf", "alice/1", "digits", "0123456789*#ABCD",
	    "duration", "60ms", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	CU_ASSERT_EQUAL(media("bob", "\"way\":\"in-band\""), 16);
	p.loss = 0.3;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "alice", "dtmf", "alice/1", "digits", "0123456789*#ABCD",
	    "duration", "60ms", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	CU_ASSERT(media("bob", "\"way\":\"in-band\"") < 16 + 15);
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	/* Who has not agreed on them, or sends no sound, is told. */
	begin(PHONE " dtmf=events", PHONE);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "alice", "dtmf", "alice/1", "digits", "1", NULL), 0);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	begin("dtmf=in-band", PHONE);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "alice", "dtmf", "alice/1", "digits", "1", NULL), 0);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
}

/* RFC 3389: where both take comfort noise nothing is sent while nobody speaks,
 * and that is no loss. */
static void
comfort(void)
{
	long all;

	begin(PHONE, PHONE);
	call();
	all = figure("bob", "heard", "packets");
	end();
	begin(DIGITS, DIGITS);
	call();
	CU_ASSERT(figure("bob", "heard", "packets") < all * 9 / 10);
	CU_ASSERT(figure("bob", "heard", "packets") > all / 4);
	CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "jitter"), 0);
	end();
}

static void
set_jitter(const char *node, int64_t jitter_ns)
{
	struct net_link_params p = net_link_defaults;

	p.jitter_ns = jitter_ns;
	net_link_set_params(net_find_link(s.w->net, node, "hub"), &p);
}

/* RFC 3550 6.2.1: what straggles in behind the BYE of its source, on RTCP's own
 * port, is no second source. */
static void
stragglers(void)
{
	begin(PHONE, PHONE);
	set_jitter("alice", 200 * SIM_MS);
	for (int i = 0; i < 6; i++) {
		char id[20];

		snprintf(id, sizeof(id), "alice/%d", i + 1);
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		CU_ASSERT_TRUE(stage_run(&s, 4000));
		CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", id, NULL), 0);
		CU_ASSERT_TRUE(stage_run(&s, 4000));
	}
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"flow\""), 6);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 6);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), 6);
	end();
}

/* Nobody marks where talk spurts begin: what waits for late packets loses
 * few, what does not loses them all along. */
static void
adaptive(void)
{
	long fixed;

	begin(PHONE, PHONE " buffer=20ms");
	set_jitter("alice", 100 * SIM_MS);
	call();
	fixed = figure("bob", "heard", "late");
	end();
	begin(PHONE, PHONE " buffer=20ms adaptive=true");
	set_jitter("alice", 100 * SIM_MS);
	call();
	CU_ASSERT(fixed > 100);
	CU_ASSERT(figure("bob", "heard", "late") < fixed / 4);
	CU_ASSERT(figure("bob", "heard", "buffer") > 30 * SIM_MS);
	CU_ASSERT(figure("bob", "heard", "buffer") <= 300 * SIM_MS);
	end();
}

/* The level of the room is told again when it is another: a file with a second
 * of a tone, one of soft noise, one of softer noise, and its pause. */
static void
comfort_changes(void)
{
	static int16_t samples[3 * SOUND_RATE];
	struct buf wav = BUF_INIT, text = BUF_INIT;
	long packets;

	for (size_t i = 0; i < 3 * SOUND_RATE; i++)
		samples[i] = (int16_t)((i & 4 ? 1 : -1) *
				       (i < SOUND_RATE          ? 8000
					   : i < 2 * SOUND_RATE ? 40
								: 10));
	wav_write_head(&wav, 1, 3 * SOUND_RATE);
	wav_write_samples(&wav, samples, NULL, 3 * SOUND_RATE);
	json_put_base64(&text, buf_view(&wav));
	begin(DIGITS " sound=room.wav", DIGITS " sound=silence");
	map_put(
	    s.w->texts, STR("room.wav"), (char *)(uintptr_t)buf_cstr(&text));
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 20130));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	packets = figure("alice", "stop", "packets");
	CU_ASSERT(labs(packets - 5 * (50 + 3)) <= 2);
	CU_ASSERT_EQUAL(figure("bob", "stop", "packets"), 1);
	CU_ASSERT_EQUAL(figure("bob", "heard", "packets"), packets);
	CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "late"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "jitter"), 0);
	end();
	buf_free(&wav);
	buf_free(&text);
}

/* A source that begins with silence is of the codec that it speaks by. */
static void
silent_at_first(void)
{
	begin(DIGITS " sound=silence", DIGITS);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	CU_ASSERT_EQUAL(media("bob", "\"codec\":\"CN\""), 1);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "set", NULL, "sound", "speech", NULL), 0);
	stage_do(&s, "alice", "mute", "alice/1", NULL);
	stage_do(&s, "alice", "unmute", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 3000));
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT(figure("bob", "heard", "mos") > 4000);
	end();
}

static void
no_memory(void)
{
	for (unsigned long n = 1; n < 400; n += 7) {
		begin(PHONE, PHONE);
		mem_fail_only(n);
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		stage_run(&s, 500);
		mem_fail_only(0);
		mem_forgive();
		stage_close(&s);
	}
}

/* Alice mixes two calls, and mutes herself. */
static void
mixed_no_memory(void)
{
	for (unsigned long n = 500; n < 1400; n += 31) {
		begin(PHONE, PHONE);
		stage_node(
		    &s, "carol", "ua", "", 3, "aor=sip:carol@192.0.2.3 " PHONE);
		mem_fail_only(n);
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		stage_call(&s, "alice", "sip:carol@192.0.2.3");
		stage_run(&s, 400);
		stage_do(
		    &s, "alice", "join", "alice/1", "other", "alice/2", NULL);
		stage_run(&s, 200);
		stage_do(&s, "alice", "mute", "alice/1", NULL);
		stage_run(&s, 200);
		stage_do(&s, "alice", "bye", "alice/1", NULL);
		stage_run(&s, 100);
		mem_fail_only(0);
		mem_forgive();
		stage_close(&s);
	}
}

CHECK_MAIN("rtp", { "flows", flows }, { "silent phones", silent_phones },
    { "a bad link", bad_link }, { "hold", hold },
    { "hold by an address", hold_by_address },
    { "hold from afar", hold_from_afar }, { "early media", early },
    { "crash", crash }, { "codecs", codecs }, { "strangers", strangers },
    { "reports", control }, { "video", video }, { "digits", digits },
    { "comfort noise", comfort }, { "strange reports", strange_reports },
    { "stragglers", stragglers }, { "an adaptive buffer", adaptive },
    { "no memory", no_memory }, { "silence first", silent_at_first },
    { "no memory to mix with", mixed_no_memory }, { "a shared port", mux },
    { "extended reports", extended },
    { "comfort noise changes", comfort_changes }, { "ICE", ice },
    { "ICE, no way", ice_unreachable }, { "ICE, who asks", ice_asked },
    { "over TCP", over_tcp }, { "TCP refused", tcp_refused },
    { "a connection lost", tcp_lost }, { "strangers over TCP", tcp_strangers })
