/*
 * A capture of many calls by UDP, seven messages each, for tests and measuring.
 */
#ifndef CAPTURE_MANY_H
#define CAPTURE_MANY_H

#include "capture_made.h"

#define MADE_MESSAGES 7

static void
made_call_head(struct buf *b, unsigned call, const char *start, int cseq,
    const char *method, bool from_alice)
{
	buf_printf(b,
	    "%s\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.%u:5060;branch=z9hG4bK%x%d%s;rport\r\n"
	    "Max-Forwards: 70\r\n"
	    "From: \"Alice\" <sip:alice%u@atlanta.example.com>;tag=a%xf\r\n"
	    "To: \"Bob\" <sip:bob%u@biloxi.example.com>;tag=b%xc\r\n"
	    "Call-ID: %08x-7c2e-4f1b-9d3a@192.0.2.%u\r\n"
	    "CSeq: %d %s\r\n"
	    "Contact: <sip:%s@192.0.2.%u:5060>\r\n"
	    "User-Agent: phone/1.0\r\n",
	    start, call % 200 + 1, call * 2654435761u, cseq, method, call % 500,
	    call, call % 500, call, call * 2654435761u, call % 200 + 1, cseq,
	    method, from_alice ? "alice" : "bob",
	    from_alice ? call % 200 + 1 : 250);
}

/* Each side of a call wants its media at a port of its own. */
static void
made_call_tail(struct buf *b, unsigned call, bool sdp, bool from_alice)
{
	char body[256];
	int n = snprintf(body, sizeof(body),
	    "v=0\r\no=- 2890844526 2890844526 IN IP4 192.0.2.%u\r\ns=-\r\n"
	    "c=IN IP4 10.%u.%u.%u\r\nt=0 0\r\nm=audio %u RTP/AVP 0 8\r\n"
	    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n",
	    call % 200 + 1, from_alice ? 1u : 2u, call >> 8 & 255, call & 255,
	    10000 + (call >> 3) % 25000 * 2);

	if (sdp)
		buf_printf(b,
		    "Content-Type: application/sdp\r\n"
		    "Content-Length: %d\r\n\r\n%s",
		    n, body);
	else
		buf_puts(b, "Content-Length: 0\r\n\r\n");
}

static const struct made_step {
	const char *start;
	int cseq;
	const char *method;
	bool from_alice, sdp;
	int after_ms;
} made_steps[MADE_MESSAGES] = {
	{ "INVITE sip:bob@biloxi.example.com SIP/2.0", 1, "INVITE", true, true,
	    0 },
	{ "SIP/2.0 100 Trying", 1, "INVITE", false, false, 1 },
	{ "SIP/2.0 180 Ringing", 1, "INVITE", false, false, 30 },
	{ "SIP/2.0 200 OK", 1, "INVITE", false, true, 2000 },
	{ "ACK sip:bob@192.0.2.250:5060 SIP/2.0", 1, "ACK", true, false, 2020 },
	{ "BYE sip:bob@192.0.2.250:5060 SIP/2.0", 2, "BYE", true, false, 9000 },
	{ "SIP/2.0 200 OK", 2, "BYE", false, false, 9010 },
};

static void
made_call_step(
    struct buf *b, unsigned call, const struct made_step *s, int64_t t)
{
	struct buf text = BUF_INIT, udp, ip, ether;
	int alice = (int)(call % 200) + 1;

	made_call_head(
	    &text, call, s->start, s->cseq, s->method, s->from_alice);
	made_call_tail(&text, call, s->sdp, s->from_alice);
	udp = made_udp(5060, 5060, buf_view(&text));
	ip = made_ip4(s->from_alice ? alice : 250, s->from_alice ? 250 : alice,
	    17, (int)(call & 0xffff), 0, &udp);
	ether = made_ether(0x0800, &ip);
	made_packet(b, t, &ether);
	buf_free(&text);
}

/* Into the file PATH; one call a millisecond begins, and the messages stand in
 * the order of time. */
__attribute__((unused)) static bool
made_many(const char *path, unsigned calls)
{
	struct buf b = BUF_INIT;
	FILE *f = fopen(path, "wb");
	bool good = f != NULL;

	made_file(&b, 1);
	for (unsigned ms = 0; good && ms < calls + 9011; ms++) {
		for (int i = 0; i < MADE_MESSAGES; i++) {
			unsigned after = (unsigned)made_steps[i].after_ms;

			if (ms >= after && ms - after < calls)
				made_call_step(&b, ms - after, &made_steps[i],
				    1700000000000000000 +
					(int64_t)ms * 1000000);
		}
		if (b.n > 1 << 20 || ms + 1 == calls + 9011) {
			good = fwrite(b.p, 1, b.n, f) == b.n;
			buf_clear(&b);
		}
	}
	buf_free(&b);
	return f != NULL && fclose(f) == 0 && good;
}

#endif
