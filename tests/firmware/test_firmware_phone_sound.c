/* The firmware's phone with media=yes: RTP, digits as events, tones. */
#include "fixtures/firmware_peer.h"

#include "firmware/phone/sdp.h"

#define RTP_PORT 16386

static unsigned
at32(const uint8_t *p)
{
	return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 |
	       (unsigned)p[2] << 8 | p[3];
}

/* The I-th packet of RTP since the last world_forget, NULL: none. */
static const struct world_sent *
packet(unsigned i)
{
	for (size_t at = 0; at < world.nsent; at++)
		if (world.sent[at].from_port == RTP_PORT && i-- == 0)
			return &world.sent[at];
	return NULL;
}

static unsigned
packets(void)
{
	unsigned n = 0;

	while (packet(n) != NULL)
		n++;
	return n;
}

/* bob calls and is answered. */
static void
talk_by(const char *sdp)
{
	const char *ok;

	world_open(PEER_CONFIG "media=yes ");
	world_run(1500);
	peer_invite(1, NULL, sdp);
	world_press("{call}");
	ok = world_take("SIP/2.0 200");
	peer_send(&(struct peer_request){ "ACK", "ack", "in1@192.0.2.3",
	    "bobtag", peer_param(peer_header(ok, "To"), "tag"), 1, NULL, NULL,
	    NULL, NULL });
	world_forget();
}

static void
talk(void)
{
	talk_by(PEER_SDP);
}

static void
flows(void)
{
	const struct world_sent *a, *b;

	talk();
	world_run(1000);
	CU_ASSERT(packets() == 50);
	a = packet(10);
	b = packet(11);
	CU_ASSERT_FATAL(a != NULL && b != NULL);
	CU_ASSERT(a->ip == WORLD_PEER && a->port == 4000 && a->n == 172);
	CU_ASSERT(b->t_us - a->t_us == 20000);
	CU_ASSERT((a->bytes[1] & 0x7F) == RTP_PCMU);
	CU_ASSERT(at32((const uint8_t *)b->bytes + 4) -
		      at32((const uint8_t *)a->bytes + 4) ==
		  160);
	CU_ASSERT((uint8_t)(b->bytes[3] - a->bytes[3]) == 1);
	/* 8000 and -8000 by µ-law. */
	CU_ASSERT((uint8_t)a->bytes[12] == 0xA0);
	CU_ASSERT((uint8_t)a->bytes[12 + 8] == 0x20);
	world_close();
}

static void
plays(void)
{
	uint8_t p[172] = { 0x80, 0 };
	unsigned before;

	talk();
	world_run(100);
	before = world.blocks_out;
	memset(p + 12, 0x00, 160); /* µ-law's least */
	for (unsigned i = 0; i < 10; i++) {
		p[3] = (uint8_t)(200 + i);
		world_datagram(WORLD_PEER, 4000, RTP_PORT, p, sizeof(p));
		world_run(20);
	}
	CU_ASSERT(world.blocks_out - before >= 9);
	CU_ASSERT(world.last_out[80] == -32124);
	/* What is no packet, or for another codec, is passed over. */
	before = world.blocks_out;
	world_datagram(WORLD_PEER, 4000, RTP_PORT, p, 5);
	p[1] = 3;
	world_datagram(WORLD_PEER, 4000, RTP_PORT, p, sizeof(p));
	world_run(100);
	CU_ASSERT(world.blocks_out == before);
	world_close();
}

/* RFC 3264 6.1: a number of its own stands for PCMU. */
static void
numbers(void)
{
	uint8_t p[172] = { 0x80, 97 };
	unsigned before;

	talk_by("v=0\r\no=bob 1 1 IN IP4 192.0.2.3\r\ns=-\r\n"
		"c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=audio 4000 RTP/AVP 97\r\n"
		"a=rtpmap:97 PCMU/8000\r\n");
	world_run(100);
	CU_ASSERT_FATAL(packet(0) != NULL);
	CU_ASSERT((packet(0)->bytes[1] & 0x7F) == 97);
	CU_ASSERT((uint8_t)packet(0)->bytes[12] == 0xA0);
	before = world.blocks_out;
	for (unsigned i = 0; i < 10; i++) {
		p[3] = (uint8_t)(200 + i);
		world_datagram(WORLD_PEER, 4000, RTP_PORT, p, sizeof(p));
		world_run(20);
	}
	CU_ASSERT(world.blocks_out - before >= 9);
	CU_ASSERT(world.last_out[80] == -32124);
	world_close();
}

/* RFC 4733 2.5: one time stamp, a duration that grows, its end three times. */
static void
events(void)
{
	unsigned seen = 0, ends = 0, stamp = 0;

	talk();
	world_press("5");
	world_run(300);
	CU_ASSERT(world_take("INFO") == NULL);
	for (unsigned i = 0; packet(i) != NULL; i++) {
		const uint8_t *p = (const uint8_t *)packet(i)->bytes;

		if ((p[1] & 0x7F) != 101)
			continue;
		CU_ASSERT((p[1] & 0x80) == (seen == 0 ? 0x80 : 0));
		CU_ASSERT(p[12] == 5);
		CU_ASSERT(seen == 0 || at32(p + 4) == stamp);
		stamp = at32(p + 4);
		ends += p[13] >> 7;
		seen++;
	}
	CU_ASSERT(seen == 8 && ends == 3);
	world_close();
}

static void
held(void)
{
	talk();
	world_press("{soft1}");
	world_forget();
	world_run(500);
	CU_ASSERT(packets() == 0);
	CU_ASSERT(!world.audio_on);
	world_close();
}

/* One second of five. */
static void
tone(void)
{
	unsigned first;

	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	CU_ASSERT(world.audio_on);
	world_run(1500);
	first = world.blocks_out;
	CU_ASSERT(first >= 49 && first <= 52);
	CU_ASSERT(!world.audio_on);
	world_run(3400);
	CU_ASSERT(world.blocks_out == first);
	world_run(1500);
	CU_ASSERT(world.blocks_out >= 2 * first - 2);
	world_press("{end}");
	CU_ASSERT(!world.audio_on);
	world_close();
}

/* A phone that nobody uses wakes once a minute. */
static void
sleeps(void)
{
	unsigned before;

	peer_begin(61000);
	before = world.turns;
	world_run(600000);
	CU_ASSERT(world.turns - before <= 11);
	CU_ASSERT(world.due_us % 60000000 == 0);
	SHOWS("0 9 : 5 2");
	world_close();
}

CHECK_MAIN("firmware: phone sound", { "flows", flows }, { "plays", plays },
    { "numbers", numbers }, { "events", events }, { "held", held },
    { "tone", tone }, { "sleeps", sleeps })
