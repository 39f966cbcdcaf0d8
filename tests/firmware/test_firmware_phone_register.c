/* The firmware's phone and its registrar: RFC 3261 10, 22. */
#include "fixtures/firmware_peer.h"

#define REGISTERS PEER_CONFIG "register=yes expires=600 "
#define CHALLENGE                                                  \
	"WWW-Authenticate: Digest realm=\"atlanta.example.com\", " \
	"nonce=\"84a4cc6f3082121f32b42a2187831a9e\", qop=\"auth\"\r\n"

static const char *
granted(void)
{
	return "Contact: <sip:alice@192.0.2.9>;expires=7, "
	       "<sip:alice@192.0.2.4:5060>;expires=600\r\n";
}

static void
registers(void)
{
	const char *r, *again, *auth;

	world_open(REGISTERS);
	world_run(0);
	r = peer_gets("REGISTER");
	HOLDS(r, "REGISTER sip:atlanta.example.com SIP/2.0");
	SAME(peer_header(r, "To"), "<sip:alice@atlanta.example.com>");
	SAME(peer_header(r, "Expires"), "600");
	SAME(peer_header(r, "Contact"), "<sip:alice@192.0.2.4:5060>");
	CU_ASSERT(world_reported("registration registering register"));
	CU_ASSERT(world.hold == 1);
	peer_answer(r, "401 Unauthorized", "r", CHALLENGE, NULL);
	again = peer_gets("REGISTER");
	SAME(peer_header(again, "CSeq"), "2 REGISTER");
	SAME(peer_header(again, "Call-ID"), peer_header(r, "Call-ID"));
	auth = peer_header(again, "Authorization");
	SAME(peer_param(auth, "uri"), "sip:atlanta.example.com");
	CU_ASSERT(world_reported("registration registering 401"));
	peer_answer(again, "200 OK", "r", granted(), NULL);
	CU_ASSERT(world_reported("registration registered 2xx"));
	WAITED(6000, "Registered");
	/* Timer K is over; what waits for the refresh holds nothing. */
	CU_ASSERT(world.hold == 0);
	/* The refresh, at nine tenths, with the nonce that is known. */
	world_run(533000);
	CU_ASSERT(world_take("REGISTER") == NULL);
	world_run(1100);
	again = peer_gets("REGISTER");
	CU_ASSERT(world.hold == 0);
	SAME(peer_header(again, "CSeq"), "3 REGISTER");
	HOLDS(peer_header(again, "Authorization"), "nc=00000002");
	world_close();
}

/* Timer E doubles to T2, Timer F; then it tries again, later and later. */
static void
no_registrar(void)
{
	char times[512];
	uint64_t first;

	world_open(REGISTERS);
	world_run(32100);
	SAME(world_times("REGISTER", times, sizeof(times)),
	    "0 500 1500 3500 7500 11500 15500 19500 23500 27500 31500");
	CU_ASSERT(world_reported("registration failed timeout"));
	SHOWS("Register failed");
	CU_ASSERT(world.hold == 0);
	world.seen = world.nsent;
	first = world.now_us;
	world_run(60000);
	CU_ASSERT(world_take("REGISTER") != NULL);
	first = world.sent[world.seen - 1].t_us - first;
	/* RFC 5626 4.5: twice 30 s, of which a half at least. */
	CU_ASSERT(first >= 29800000 && first <= 60000000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

static void
too_brief(void)
{
	world_open(REGISTERS);
	world_run(0);
	peer_answer(world_take("REGISTER"), "423 Interval Too Brief", "r",
	    "Min-Expires: 1800\r\n", NULL);
	SAME(peer_header(world_take("REGISTER"), "Expires"), "1800");
	world_close();
}

static void
refused(void)
{
	const char *r;

	world_open(REGISTERS);
	world_run(0);
	peer_answer(
	    world_take("REGISTER"), "401 Unauthorized", "r", CHALLENGE, NULL);
	r = world_take("REGISTER");
	peer_answer(r, "401 Unauthorized", "r", CHALLENGE, NULL);
	CU_ASSERT(world_take("REGISTER") == NULL);
	CU_ASSERT(world_reported("registration failed 300-699"));
	world_close();
}

/* A nonce that has become stale is replaced without asking anybody. */
static void
stale(void)
{
	const char *r;

	world_open(REGISTERS);
	world_run(0);
	peer_answer(
	    world_take("REGISTER"), "401 Unauthorized", "r", CHALLENGE, NULL);
	peer_answer(world_take("REGISTER"), "200 OK", "r", granted(), NULL);
	world_run(540200);
	r = world_take("REGISTER");
	peer_answer(r, "401 Unauthorized", "r",
	    "WWW-Authenticate: Digest realm=\"atlanta.example.com\", "
	    "nonce=\"fresh\", stale=TRUE, qop=\"auth\"\r\n",
	    NULL);
	r = world_take("REGISTER");
	HOLDS(peer_header(r, "Authorization"), "nonce=\"fresh\"");
	HOLDS(peer_header(r, "Authorization"), "nc=00000001");
	world_close();
}

/* Settings: off removes the binding, on makes it again. */
static void
by_settings(void)
{
	const char *r;

	world_open(REGISTERS);
	world_run(0);
	peer_answer(world_take("REGISTER"), "200 OK", "r", granted(), NULL);
	PRESSED("{soft1}5", "Register: on");
	world_press("3");
	r = world_take("REGISTER");
	SAME(peer_header(r, "Expires"), "0");
	peer_answer(r, "200 OK", "r", NULL, NULL);
	CU_ASSERT(world_reported("registration unregistered 2xx"));
	SHOWS("Register: off");
	world_run(700000);
	CU_ASSERT(world_take("REGISTER") == NULL);
	world_press("3");
	SAME(peer_header(world_take("REGISTER"), "Expires"), "600");
	world_close();
}

/* 7.3.3; a long offer. */
static void
forms(void)
{
	const char *m;

	world_open(REGISTERS "compact=yes codecs=\"PCMU opus/48000/2 G729\" ");
	world_run(0);
	m = world_take("REGISTER");
	HOLDS(m, "\r\nv: SIP/2.0/UDP 192.0.2.4:5060");
	HOLDS(m, "\r\nf: <sip:alice@");
	HOLDS(m, "\r\nm: <sip:alice@");
	HOLDS(m, "\r\nl: 0\r\n\r\n");
	CU_ASSERT(strstr(m, "Via:") == NULL && strstr(m, "CSeq:") != NULL);
	world_press("{soft2}{ok}");
	m = world_take("INVITE");
	HOLDS(m, "\r\nc: application/sdp\r\n");
	HOLDS(m, "m=audio 16386 RTP/AVP 0 96 18 101\r\n");
	HOLDS(m, "a=rtpmap:96 opus/48000/2\r\n");
	HOLDS(m, "a=rtpmap:18 G729/8000\r\n");
	world_close();
}

CHECK_MAIN("firmware: phone registers", { "registers", registers },
    { "no registrar", no_registrar }, { "too brief", too_brief },
    { "refused", refused }, { "stale", stale }, { "by settings", by_settings },
    { "forms", forms })
