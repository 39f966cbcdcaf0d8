/*
 * Messages out of the logs of SIP servers, each in the form in which they write
 * it (the messages are our own).
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#include "msg/message.h"

#define INVITE_LINE "INVITE sip:bob@198.51.100.2 SIP/2.0"
#define HEAD(eol, in)                                                         \
	in "Via: SIP/2.0/UDP 198.51.100.1:5070;branch=z9hG4bK1" eol in        \
	   "From: <sip:alice@a.example>;tag=1" eol in                         \
	   "To: <sip:bob@b.example>" eol in "Call-ID: log-1@a.example" eol in \
	   "CSeq: 1 INVITE" eol
#define SDP(eol, in)                                                      \
	in "v=0" eol in "o=- 1 1 IN IP4 198.51.100.1" eol in "s=-" eol in \
	   "c=IN IP4 198.51.100.1" eol in "t=0 0" eol in                  \
	   "m=audio 4000 RTP/AVP 0" eol
/* Its bytes with CRLF: 5 + 29 + 5 + 23 + 7 + 24 */
#define SDP_SIZE "93"
#define INVITE(eol, in)                            \
	in INVITE_LINE eol HEAD(eol, in) in        \
	    "Content-Type: application/sdp" eol in \
	    "Content-Length: " SDP_SIZE eol in eol \
	    SDP(eol, in)
#define OK(eol, in) \
	in "SIP/2.0 200 OK" eol HEAD(eol, in) in "Content-Length: 0" eol eol

static const char wire[] = INVITE("\r\n", "");

static struct msg msg;

static struct capture *
open_text(const char *text)
{
	LOCAL_BUF b = BUF_INIT;
	struct capture *c;

	buf_puts(&b, text);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	return c;
}

struct want {
	const char *start, *src, *dst;
	double t; /* seconds of the day */
	bool tcp;
};

static void
look(const struct capture *c, const struct want *want, size_t n)
{
	LOCAL_BUF scratch = BUF_INIT, b = BUF_INIT;
	struct capture_message m;
	double t;

	CU_ASSERT_EQUAL(capture_count(c), n);
	for (size_t i = 0; i < n && i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		CU_ASSERT_EQUAL(msg_read(&msg, m.bytes, NULL), MSG_FAULT_NONE);
		CU_ASSERT(str_is(msg.start_line, want[i].start));
		if (msg.request)
			CU_ASSERT(str_is(m.bytes, wire));
		CU_ASSERT_EQUAL(m.src.transport == ADDR_TCP, want[i].tcp);
		buf_clear(&b);
		addr_write(&m.src, &b);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), want[i].src);
		if (strcmp(buf_cstr(&b), want[i].src) != 0)
			printf("  src %s\n", buf_cstr(&b));
		buf_clear(&b);
		addr_write(&m.dst, &b);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), want[i].dst);
		if (strcmp(buf_cstr(&b), want[i].dst) != 0)
			printf("  dst %s\n", buf_cstr(&b));
		t = (double)(m.t % (86400 * INT64_C(1000000000))) / 1e9;
		CU_ASSERT_DOUBLE_EQUAL(t, want[i].t, 1e-6);
	}
}

/* What TEXT says went from PEER to OWN and back. */
static void
check(const char *text, const char *own, const char *peer, double t0, double t1,
    bool tcp)
{
	struct capture *c = open_text(text);
	struct want want[] = {
		{ INVITE_LINE, peer, own, t0, tcp },
		{ "SIP/2.0 200 OK", own, peer, t1, tcp },
	};

	look(c, want, 2);
	capture_close(c);
}

#define T0   45296.5             /* 12:34:56.5 */
#define T1   45297.25            /* 12:34:57.25 */
#define OWN  "198.51.100.2:5060" /* as the INVITE calls it */
#define PEER "198.51.100.1:5070"

static void
pjsip(void)
{
	check(
	    "[2026-01-31 12:34:56.500] VERBOSE[12] res_pjsip_logger.c: "
	    "<--- Received SIP request (400 bytes) from "
	    "UDP:198.51.100.1:5070 --->\n" INVITE("\r\n",
		"") "\n"
		    "[2026-01-31 12:34:56.900] VERBOSE[12] pbx.c: Executing\n"
		    "[2026-01-31 12:34:57.250] VERBOSE[12] res_pjsip_logger.c: "
		    "<--- Transmitting SIP response (300 bytes) to "
		    "UDP:198.51.100.1:5070 --->\n" OK("\r\n", "") "\n\n",
	    OWN, PEER, T0, T1, false);
}

/* From a console: no CR, no times. */
static void
chan_sip(void)
{
	check("pbx*CLI> sip set debug on\nSIP Debugging enabled\n\n"
	      "<--- SIP read from UDP:198.51.100.1:5070 --->\n" INVITE("\n",
		  "") "<------------->\n--- (7 headers 6 lines) ---\n"
		      "Sending to 198.51.100.1:5070 (NAT)\n\n"
		      "<--- Transmitting (NAT) to 198.51.100.1:5070 --->\n" OK(
			  "\n", "") "\n<------------>\n",
	    OWN, PEER, 0, 0, false);
	check("[Jan 31 12:34:56] \n"
	      "[Jan 31 12:34:56] <--- SIP read from UDP:198.51.100.1:5070 "
	      "--->\n" INVITE("\n",
		  "[Jan 31 12:34:56] ") "[Jan 31 12:34:56] <------------->\n"
					"[Jan 31 12:34:57] Reliably "
					"Transmitting (no NAT) to "
					"198.51.100.1:5070:\n" OK("\n",
					    "[Jan 31 12:34:57] ") "[Jan 31 "
								  "12:34:57] "
								  "\n[Jan 31 "
								  "12:34:57] "
								  "---\n",
	    OWN, PEER, 45296, 45297, false);
}

static void
sofia(void)
{
#define RULE "   ------------------------------------------------------------\n"
	check("recv 400 bytes from udp/[198.51.100.1]:5070 at "
	      "12:34:56.500000:\n" RULE INVITE("\n", "   ") RULE
	    "2026-01-31 12:34:56.51 [NOTICE] switch_channel.c:1104 New\n"
	    "send 300 bytes to udp/[198.51.100.1]:5070 at "
	    "12:34:57.250000:\n" RULE OK("\n", "   ") RULE,
	    OWN, PEER, T0, T1, false);
	check("\x1b[35mrecv 400 bytes from tcp/[2001:db8::1]:5070 at "
	      "12:34:56.500000:\x1b[0m\n" INVITE(
		  "\n", "   ") "\nsend 300 bytes to tcp/[2001:db8::1]:5070 at "
			       "12:34:57.250000:\n" OK("\n", "   ") "\n",
	    OWN, "[2001:db8::1]:5070", T0, T1, true);
}

static void
sngrep(void)
{
	check("2026/01/31 12:34:56.500000 198.51.100.1:5070 -> "
	      "198.51.100.2:5060\n" INVITE(
		  "\r\n", "") "\n\n"
			      "2026/01/31 12:34:57.250000 198.51.100.2:5060 -> "
			      "198.51.100.1:5070\n" OK("\r\n", "") "\n\n",
	    OWN, PEER, T0, T1, false);
}

/* The side that wrote it is known from its own Via. */
static void
sipp(void)
{
#define DASHES "-----------------------------------------------"
	struct want want[] = {
		{ INVITE_LINE, PEER, "198.51.100.2:5060", T0, false },
		{ "SIP/2.0 200 OK", "198.51.100.2:5060", PEER, T1, false },
	};
	struct capture *c = open_text(
	    DASHES " 2026-01-31 12:34:56.500000\n"
		   "UDP message sent (400 bytes):\n\n" INVITE(
		       "\r\n", "") "\n" DASHES " 2026-01-31 12:34:57.250000\n"
				   "UDP message received [300] bytes :\n\n" OK(
				       "\r\n", "") "\n");

	look(c, want, 2);
	capture_close(c);
}

#define ESCAPED(e) INVITE(e, "")

/* In the syslog, each message in one line; or by xlog to stderr. */
static void
kamailio(void)
{
	check(
	    "Jan 31 12:34:56.500 host /usr/sbin/kamailio[77]: INFO: <script>: "
	    "198.51.100.1:5070 -> 198.51.100.2:5060: " ESCAPED(
		"#015#012") "\n"
			    "Jan 31 12:34:57 host /usr/sbin/kamailio[77]: "
			    "ERROR: tm: nothing\n"
			    "Jan 31 12:34:57.250 host /usr/sbin/kamailio[77]: "
			    "INFO: <script>: "
			    "198.51.100.2:5060 -> 198.51.100.1:5070: " OK(
				"#015#012", "") "\n",
	    OWN, PEER, T0, T1, false);
	check("12:34:56.5 opensips[77]: received from udp:198.51.100.1:5070 on "
	      "udp:198.51.100.2:5060\n" INVITE("\r\n",
		  "") "12:34:57.25 opensips[77]: src=udp:198.51.100.2:5060 "
		      "dst=udp:198.51.100.1:5070 " OK("\r\n", ""),
	    OWN, PEER, T0, T1, false);
}

/* After midnight times without dates go on. */
static void
midnight(void)
{
	struct capture *c =
	    open_text("recv 400 bytes from udp/[198.51.100.1]:5070 at "
		      "23:59:59.900000:\n" INVITE("\n",
			  "   ") "\nsend 300 bytes to udp/[198.51.100.1]:5070 "
				 "at 00:00:00.100000:\n" OK("\n", "   "));
	struct capture_message m, n;
	LOCAL_BUF scratch = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(capture_count(c), 2);
	capture_get(c, 0, &m, &scratch);
	capture_get(c, 1, &n, &scratch);
	CU_ASSERT_EQUAL(n.t - m.t, 200000000);
	CU_ASSERT_EQUAL(m.packet, 2);
	capture_close(c);
}

/* What is no log, or has no message in it. */
static void
others(void)
{
	static const char *const texts[] = { "", "hello\n",
		"-- got INVITE sip:a SIP/2.0\n-- and nothing else\n",
		"A,B,C\n1,2,3\n", "\x7f\x45LF\x01\x02", "SIP/2.0 200 OK" };
	LOCAL_BUF b = BUF_INIT;
	struct diag d;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		buf_clear(&b);
		buf_puts(&b, texts[i]);
		CU_ASSERT_PTR_NULL(made_open_most(&b, 0, &d));
		CU_ASSERT_EQUAL(d.err, ERR_SYNTAX);
	}
}

CHECK_MAIN("capture_log", { "pjsip", pjsip }, { "chan_sip", chan_sip },
    { "sofia", sofia }, { "sngrep", sngrep }, { "sipp", sipp },
    { "kamailio", kamailio }, { "midnight", midnight }, { "others", others })
