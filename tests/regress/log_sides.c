/*
 * Logs in which every node called itself: those whose lines name no address
 * (Cisco), a name, or an address in a form of their own (Linphone, tcpdump -A),
 * and lines of JSON, which were taken for a trace.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#include "trace/reader.h"

#include <string.h>

#define A "192.0.2.1"
#define B "192.0.2.2"
#define G "192.0.2.9"

#define HEADS(via, branch, id)                                         \
	"Via: SIP/2.0/UDP " via ";branch=z9hG4bK" branch "\n"          \
	"From: <sip:a@a.example>;tag=a\nTo: <sip:b@b.example>;tag=b\n" \
	"Call-ID: " id "\nCSeq: 1 INVITE\nContent-Length: 0\n\n"
#define INVITE(to, via, branch, id) \
	"INVITE sip:b@" to " SIP/2.0\n" HEADS(via, branch, id)
#define RINGING(via, branch, id) "SIP/2.0 180 Ringing\n" HEADS(via, branch, id)

/* TEXT has these messages, "source>destination transport ms start line" a line
 * each. */
static void
expect(const char *text, const char *messages)
{
	LOCAL_BUF b = BUF_INIT, got = BUF_INIT, scratch = BUF_INIT;
	struct capture_message m;
	struct capture *c;
	struct str rest;
	int64_t first = 0;

	buf_puts(&b, text);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	for (size_t i = 0; i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		first = i == 0 ? m.t : first;
		addr_write(&m.src, &got);
		buf_putc(&got, '>');
		addr_write(&m.dst, &got);
		buf_printf(&got, " %s %lld ",
		    addr_transports[m.src.transport].word,
		    (long long)((m.t - first) / 1000000));
		buf_str(&got, str_trim(str_cut(m.bytes, '\n', &rest)));
		buf_putc(&got, '\n');
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), messages);
	if (strcmp(buf_cstr(&got), messages) != 0)
		printf(
		    "  found:\n%s  instead of:\n%s", buf_cstr(&got), messages);
	capture_close(c);
}

/* Bytes of IP's and UDP's heads stand before the message, letters among them.
 */
static void
tcpdump(void)
{
	expect("12:00:00.000000 IP " A ".5070 > " B ".sip: SIP: INVITE\n"
	       "E..l.1@.@..C........d.....XINVITE sip:b@" B " SIP/2.0\n" HEADS(
		   A, "1", "c1") "12:00:00.250000 IP " B ".sip > " A
				 ".5070: SIP: SIP/2.0 180 Ringing\n"
				 "E..l.1@.@..C............" RINGING(A, "1",
				     "c1") "12:00:01.000000 IP " A ".40000 > " B
					   ".5060: Flags [P.], seq 1:9, ack "
					   "1, win 502, length 9: SIP: OWN\n"
					   "E..l.1@........x.OWN "
					   "sip:b@" B
					   " SIP/2.0\n" HEADS(A, "2", "c2"),
	    A ":5070>" B ":5060 udp 0 INVITE sip:b@" B " SIP/2.0\n" B ":5060>" A
	      ":5070 udp 250 SIP/2.0 180 Ringing\n" A ":40000>" B
	      ":5060 tcp 1000 OWN sip:b@" B " SIP/2.0\n");
	/* Without -n: names of hosts, so that the messages have to tell. */
	expect("12:00:00.000000 IP a.example.5060 > b.example.sip: SIP: x\n"
	       "E..l.1@.@..C........d.....XINVITE sip:b@" B
	       " SIP/2.0\n" HEADS(A, "1", "c1"),
	    A ":5060>" B ":5060 udp 0 INVITE sip:b@" B " SIP/2.0\n");
}

/* Each message has its own peer: where it comes from, where it goes, and of a
 * response where its request went. */
static void
cisco(void)
{
#define TOLD(t) "\n*Jun 10 12:00:00." t ": //1/8A/SIP/Msg/ccsipDisplayMsg:\n"
	expect("Router# debug ccsip messages\n" TOLD(
		   "000") "Received: \n" INVITE(G, A, "1", "c1")
		   TOLD("010") "Sent: \n" INVITE(B, G, "2", "c2")
		       TOLD("020") "Received: \n" RINGING(G, "2", "c2")
			   TOLD("030") "Sent: \n" RINGING(A, "1", "c1"),
	    A ":5060>" G ":5060 udp 0 INVITE sip:b@" G " SIP/2.0\n" G ":5060>" B
	      ":5060 udp 10 INVITE sip:b@" B " SIP/2.0\n" B ":5060>" G
	      ":5060 udp 20 SIP/2.0 180 Ringing\n" G ":5060>" A
	      ":5060 udp 30 SIP/2.0 180 Ringing\n");
	/* Its call manager. */
	expect("12:00:00.000 |SIPTcp: Incoming SIP TCP message from " A
	       " on port 5062 index 12 with 300 bytes:\n[1,NET]\n" INVITE(G,
		   A ":5062", "1",
		   "c1") "12:00:00.010 |SIPTcp: Outgoing SIP TCP message to " A
			 " on port 5062 index 12\n[2,NET]\n" RINGING(
			     A ":5062", "1", "c1"),
	    A ":5062>" G ":5060 tcp 0 INVITE sip:b@" G " SIP/2.0\n" G ":5060>" A
	      ":5062 tcp 10 SIP/2.0 180 Ringing\n");
}

static void
linphone(void)
{
#define CHANNEL(t) "2024-03-01 12:00:00:" t " [0x7f] channel [0x55d0]: "
	expect(
	    CHANNEL("100") "message sent to [UDP://" B
			   ":5060], size: [300] bytes\n" INVITE(B, A, "1", "c1")
			       CHANNEL("350") "received [200] new "
					      "bytes from [UDP://" B
					      ":5060]:\n" RINGING(A, "1", "c1"),
	    A ":5060>" B ":5060 udp 0 INVITE sip:b@" B " SIP/2.0\n" B ":5060>" A
	      ":5060 udp 250 SIP/2.0 180 Ringing\n");
	/* A name is no address, but the same peer each time. */
	expect(
	    CHANNEL(
		"100") "message sent to [TLS://sip.example.org:5061], "
		       "size: [300] bytes\n" INVITE(
			   "sip.example.org", A, "1", "c1")
			   CHANNEL(
			       "200") "received [200] new bytes from "
				      "[TLS://sip.example.org:5061]:\n" RINGING(
					  A, "1", "c1"),
	    A ":5060>0.0.0.0 tcp 0 INVITE sip:b@sip.example.org SIP/2.0\n"
	      "0.0.0.0>" A ":5060 tcp 100 SIP/2.0 180 Ringing\n");
}

/* Who calls the members what is not agreed upon. */
static void
json_lines(void)
{
#define J(to, via)                                                     \
	"\"INVITE sip:b@" to " SIP/2.0\\r\\nVia: SIP\\/2.0\\/UDP " via \
	";branch=z9hG4bK1\\r\\nFrom: \\u003csip:a@a\\u003e;tag=1"      \
	"\\r\\nTo: <sip:b@b>\\r\\nCall-ID: c\\r\\nCSeq: 1 INVITE"      \
	"\\r\\nContent-Length: 0\\r\\n\\r\\n\""
#define WANT "192.0.2.1:5062>192.0.2.2:5060 udp 0 INVITE sip:b@" B " SIP/2.0\n"
	static const char *const lines[] = {
		"{\"time\":\"2024-03-01T12:00:00Z\",\"src\":\"" A
		":5062\",\"dst\":\"" B ":5060\",\"msg\":" J(B, A) "}",
		"{\"ts\":1709294400.25,\"src_ip\":\"" A
		"\",\"src_port\":5062,\"dst_ip\":\"" B
		"\",\"dst_port\":\"5060\",\"payload\":" J(B, A) "}",
		"{\"t\":1709294400250,\"raw\":" J(
		    B, A) ",\"source\":{\"ip\":\"" A
			  "\",\"port\":5062},\"destination\":{\"port\":5060,"
			  "\"addr\":\"" B "\"}}",
		"{\"level\":\"debug\",\"sip\":" J(B, A ":5062") "}",
	};
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		buf_clear(&b);
		buf_printf(
		    &b, "{\"msg\":\"started\"}\n%s\n{\"n\":[1]}\n", lines[i]);
		expect(buf_cstr(&b), WANT);
		CU_ASSERT_FALSE(trace_is_head(buf_view(&b)));
	}
	buf_free(&b);
	CU_ASSERT(trace_is_head(STR("{\"kind\":\"trace\",\"version\":1}\n")));
	CU_ASSERT(trace_is_head(STR("{ \"version\": 1, \"kind\" : \"trace\"")));
	CU_ASSERT(trace_is_head(STR("{\"seq\":1,\"t\":0,\"kind\":\"act\"}")));
	CU_ASSERT_FALSE(trace_is_head(STR("{\"kind\":\"log\"}\n")));
	CU_ASSERT_FALSE(trace_is_head(STR("{\"a\":1}\n{\"kind\":\"trace\"}")));
}

CHECK_MAIN("log_sides", { "tcpdump -A", tcpdump }, { "Cisco", cisco },
    { "Linphone", linphone }, { "lines of JSON", json_lines })
