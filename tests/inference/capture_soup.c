/* What capture_soup.h declares. */
#include "capture_soup.h"

#include "fixtures/capture_made.h"

static unsigned
soup_pick(struct soup *s, unsigned n)
{
	s->draw ^= s->draw << 13;
	s->draw ^= s->draw >> 7;
	s->draw ^= s->draw << 17;
	return (unsigned)(s->draw >> 20) % n;
}

static const char *const soup_methods[] = { "INVITE", "INVITE", "INVITE", "ACK",
	"BYE", "CANCEL", "REGISTER", "SUBSCRIBE", "NOTIFY", "OPTIONS",
	"REFER" };
static const unsigned soup_statuses[] = { 100, 180, 200, 200, 302, 401, 423,
	487, 503 };

/* Few of everything, so that much seems to belong together. */
static void
soup_put_text(struct soup *s, struct buf *b)
{
	const char *method = soup_methods[soup_pick(s, 11)];
	unsigned vias = 1 + soup_pick(s, 2), call = soup_pick(s, 4),
		 sdp = soup_pick(s, 4);

	if (soup_pick(s, 2) == 0)
		buf_printf(b, "%s sip:bob@192.0.2.%u SIP/2.0\r\n", method,
		    soup_pick(s, 4) + 1);
	else
		buf_printf(
		    b, "SIP/2.0 %u Said\r\n", soup_statuses[soup_pick(s, 9)]);
	for (unsigned i = 0; i < vias; i++)
		buf_printf(b,
		    "Via: SIP/2.0/UDP 192.0.2.%u;branch=z9hG4bK%u\r\n",
		    soup_pick(s, 4) + 1, soup_pick(s, 5));
	buf_printf(b,
	    "From: <sip:alice@192.0.2.1>;tag=a%u\r\n"
	    "To: <sip:bob@192.0.2.2>",
	    soup_pick(s, 2));
	if (soup_pick(s, 2) == 0)
		buf_printf(b, ";tag=b%u", soup_pick(s, 2));
	buf_printf(b, "\r\nCall-ID: call-%u\r\nCSeq: %u %s\r\n", call,
	    soup_pick(s, 2) + 1, method);
	if (soup_pick(s, 8) == 0)
		buf_printf(b, "X-Call-ID: call-%u\r\n", soup_pick(s, 6));
	if (soup_pick(s, 3) == 0)
		buf_printf(b, "Contact: <sip:c%u@192.0.2.1>;expires=%u\r\n",
		    soup_pick(s, 3), soup_pick(s, 90));
	buf_puts(b, "Event: presence\r\nSubscription-State: active\r\n");
	if (sdp > 0 || !s->media) {
		buf_puts(b, "Content-Length: 0\r\n\r\n");
		return;
	}
	buf_printf(b,
	    "Content-Type: application/sdp\r\n\r\n"
	    "v=0\r\no=- %u 1 IN IP4 192.0.2.1\r\ns=-\r\n"
	    "c=IN IP4 192.0.2.%u\r\nt=0 0\r\nm=audio %u RTP/AVP 0\r\n",
	    call + 1000, soup_pick(s, 4) + 1, 4000 + soup_pick(s, 3) * 2);
}

void
soup_put_frame(struct soup *s, unsigned from, unsigned to, struct buf *inner,
    int proto, unsigned point)
{
	struct buf ip = made_ip4((int)from, (int)to, proto, 1, 0, inner);
	struct buf tagged = BUF_INIT, ether;
	int64_t t = T0 + s->t;

	if (point == 0) {
		ether = made_ether(0x0800, &ip);
	} else {
		made_be(&tagged, point, 2);
		made_be(&tagged, 0x0800, 2);
		buf_str(&tagged, buf_view(&ip));
		buf_free(&ip);
		ether = made_ether(0x8100, &tagged);
		t += 250000000;
	}
	if (s->disorder && soup_pick(s, 6) == 0)
		t -= soup_pick(s, 700) * INT64_C(1000000);
	buf_clear(&s->last);
	buf_str(&s->last, buf_view(&ether));
	made_packet(&s->file, t, &ether);
}

/* What RTP comes 20 ms apart. */
static void
soup_put_media(struct soup *s)
{
	unsigned from = soup_pick(s, 4) + 1, to = soup_pick(s, 4) + 1,
		 port = 4000 + soup_pick(s, 4) * 2,
		 seq = soup_pick(s, 3) * 1000;

	for (unsigned i = 0; i < 6; i++) {
		struct buf rtp = BUF_INIT, udp;

		made_be(&rtp, 0x8000, 2);
		made_be(&rtp, seq + i, 2);
		made_be(&rtp, i * 160, 4);
		made_be(&rtp, from * 16 + to, 4);
		buf_fill(&rtp, 'x', 20);
		udp = made_udp((int)port, (int)port, buf_view(&rtp));
		buf_free(&rtp);
		soup_put_frame(s, from, to, &udp, 17, 0);
		s->t += 20000000;
	}
}

/* "Nobody listens there", of what went from FROM to TO. */
void
soup_put_error(struct soup *s, unsigned from, unsigned to)
{
	struct buf udp = made_udp(5060, 5060, STR("")), icmp = BUF_INIT;
	struct buf ip = made_ip4((int)from, (int)to, 17, 1, 0, &udp);

	made_be(&icmp, 0x0303, 2);
	made_be(&icmp, 0, 6);
	buf_str(&icmp, buf_view(&ip));
	buf_free(&ip);
	soup_put_frame(s, to, from, &icmp, 1, 0);
}

void
soup_put_step(struct soup *s)
{
	static const int64_t ms[] = { 0, 0, 1, 1, 5, 15, 100, 300, 500, 500,
		1000, 4000, 6000, 33000, 70000 };
	unsigned from = soup_pick(s, 4) + 1,
		 to = soup_pick(s, 30) == 0 ? from : soup_pick(s, 4) + 1;
	struct buf text = BUF_INIT, udp, again = BUF_INIT;

	s->t += ms[soup_pick(s, 15)] * 1000000;
	if (soup_pick(s, 3) == 0 && s->last.n > 0) {
		buf_str(&again, buf_view(&s->last));
		made_packet(&s->file, T0 + s->t, &again);
		return;
	}
	if (s->media && soup_pick(s, 6) == 0) {
		soup_put_media(s);
		return;
	}
	if (s->media && soup_pick(s, 9) == 0) {
		soup_put_error(s, from, to);
		return;
	}
	soup_put_text(s, &text);
	udp = made_udp(5060, from == to ? 5062 : 5060, buf_view(&text));
	buf_free(&text);
	soup_put_frame(s, from, to, &udp, 17, s->points ? soup_pick(s, 2) : 0);
}
