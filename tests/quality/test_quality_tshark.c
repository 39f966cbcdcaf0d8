/*
 * What tshark says of streams and of RTCP that src/protocol/quality counts and
 * writes: one capture, one run.
 */
#include "fixtures/check.h"

#include "fixtures/capture_made.h"
#include "media/rtp.h"
#include "quality/rtcp.h"

#include <math.h>
#include <string.h>

#define MS       INT64_C(1000000)
#define PACKETS  20
#define SSRC     0x52000000u
#define N(a)     (sizeof(a) / sizeof((a)[0]))
#define EVENT_PT 101

/* What is done to packet I of 20, each 20 ms after the one before. */
struct kind {
	const char *name;
	unsigned lost, twice, swapped; /* bits of I */
	unsigned marked, comfort, event;
	unsigned silent;   /* before these 1.8 s pass, on both clocks */
	unsigned noise_us; /* arrivals differ by so much at most */
	uint16_t first;
};

static const struct kind kinds[] = {
	{ .name = "as sent" },
	{ .name = "jitter", .noise_us = 9000, .first = 65530 },
	{ .name = "two missing", .lost = 0x48 },
	{ .name = "a duplicate", .twice = 0x20 },
	{ .name = "one missing, one twice", .lost = 0x40, .twice = 0x400 },
	{ .name = "two swapped", .swapped = 0x100 },
	{ .name = "silence, marker", .silent = 0x400, .marked = 0x400 },
	{ .name = "silence, no marker", .silent = 0x400 },
	{ .name = "silence after noise",
	    .silent = 0x800,
	    .comfort = 0x400,
	    .noise_us = 3000 },
	{ .name = "noise, silence, marker",
	    .silent = 0x800,
	    .marked = 0x800,
	    .comfort = 0x400,
	    .noise_us = 3000 },
	{ .name = "an event", .event = 0x7e0, .noise_us = 2000 },
	{ .name = "all of it",
	    .lost = 0x8004,
	    .twice = 0x40,
	    .marked = 0x401,
	    .silent = 0x400,
	    .noise_us = 15000,
	    .first = 65525 },
};

struct stream {
	struct rtp_stats stats;
	int64_t start_ns;
	uint32_t ssrc;
	uint64_t draw;
	char said[300]; /* what tshark says of the report */
};

static void
put_udp(struct buf *b, int64_t at_ns, int from, int to, struct str payload)
{
	struct buf frame = made_udp(from, to, payload);

	frame = made_ip4(1, 2, 17, 1, 0, &frame);
	frame = made_ether(0x800, &frame);
	made_packet(b, at_ns, &frame);
}

/* To the capture, and to our statistics. */
static void
send_packet(struct stream *s, struct buf *b, struct rtp_arrived p)
{
	static const uint8_t payloads[] = { [RTP_CONTENT_MEDIA] = RTP_PCMU,
		[RTP_CONTENT_COMFORT] = RTP_COMFORT,
		[RTP_CONTENT_EVENT] = EVENT_PT };
	struct rtp_out out = { .ssrc = s->ssrc, .sequence = p.seq };
	uint8_t bytes[RTP_HEAD + 160] = { 0 };

	p.clock = 8000;
	p.octets = p.content == RTP_CONTENT_MEDIA     ? 160
		   : p.content == RTP_CONTENT_COMFORT ? 1
						      : 4;
	rtp_write_head(&out, payloads[p.content], p.marker, p.ts, bytes);
	put_udp(b, p.at_ns, 4000, 5004,
	    (struct str){ (const char *)bytes, RTP_HEAD + p.octets });
	rtp_stats_take_packet(&s->stats, &p);
}

static int64_t
draw_ns(struct stream *s, unsigned most_us)
{
	s->draw = s->draw * UINT64_C(6364136223846793005) + 1;
	return most_us > 0 ? (int64_t)(s->draw >> 40) % most_us * 1000 : 0;
}

static void
send_kind(struct stream *s, const struct kind *k, struct buf *b)
{
	struct rtp_arrived held = { .clock = 0 };
	int64_t sent = s->start_ns;
	uint32_t ts = 4294960000u, event = 0;
	bool holds = false;

	for (unsigned i = 0; i < PACKETS; i++, sent += 20 * MS, ts += 160) {
		struct rtp_arrived p = { .seq = (uint16_t)(k->first + i) };

		if (k->silent >> i & 1) {
			sent += 1800 * MS;
			ts += 1800 * 8;
		}
		if ((k->event >> i & 1) == 0 || event == 0)
			event = ts;
		p.content = k->event >> i & 1     ? RTP_CONTENT_EVENT
			    : k->comfort >> i & 1 ? RTP_CONTENT_COMFORT
						  : RTP_CONTENT_MEDIA;
		p.ts = k->event >> i & 1 ? event : ts;
		p.marker = k->marked >> i & 1;
		p.at_ns = sent + draw_ns(s, k->noise_us);
		if (k->swapped >> i & 1) {
			held = p;
			holds = true;
			continue;
		}
		if (k->lost >> i & 1)
			continue;
		send_packet(s, b, p);
		if (holds || k->twice >> i & 1) {
			int64_t at = p.at_ns + MS;

			p = holds ? held : p;
			p.at_ns = at;
			send_packet(s, b, p);
			holds = false;
		}
	}
}

/* So that tshark knows what payload type 101 is. */
static void
put_offer(struct buf *b)
{
	static const char body[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\n"
				   "c=IN IP4 192.0.2.2\r\nt=0 0\r\n"
				   "m=audio 5004 RTP/AVP 0 13 101\r\n"
				   "a=rtpmap:101 telephone-event/8000\r\n";
	LOCAL_BUF m = BUF_INIT;

	buf_printf(&m,
	    "INVITE sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP "
	    "192.0.2.2;branch=z9hG4bK1\r\nFrom: <sip:a@192.0.2.2>;tag=1\r\n"
	    "To: <sip:bob@192.0.2.2>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
	    "Contact: <sip:a@192.0.2.2>\r\nMax-Forwards: 70\r\n"
	    "Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n%s",
	    sizeof(body) - 1, body);
	put_udp(b, 0, 5060, 5060, buf_view(&m));
}

/* The report about stream I, and its sender's, in compounds on the next port.
 */
static void
put_reports(struct stream *s, unsigned i, struct buf *b)
{
	struct rtcp_sender sender = { .ntp = rtp_ntp(1000 * MS),
		.ts = 1000 * i,
		.packets = i,
		.octets = 160 * i };
	struct rtcp_voip voip = { .ssrc = s->ssrc,
		.loss_rate = 12,
		.gap_density = (uint8_t)i,
		.burst_ms = 120,
		.gap_ms = 520,
		.gmin = 16,
		.r = 88,
		.mos_cq = 42,
		.nominal_ms = 60,
		.absolute_ms = 1281 };
	LOCAL_BUF out = BUF_INIT;
	struct rtcp_block block;

	rtp_stats_take_sr(&s->stats, sender.ntp, s->start_ns);
	rtp_stats_report(&s->stats, s->ssrc, s->start_ns + 2500 * MS, &block);
	rtcp_put_report(&out, 0xb0b, i % 2 ? &sender : NULL, &block, 1);
	rtcp_put_cname(&out, 0xb0b, STR("bob@192.0.2.2"));
	rtcp_put_voip(&out, 0xb0b, &voip);
	rtcp_put_fir(&out, 0xb0b, s->ssrc, (uint8_t)i);
	rtcp_put_bye(&out, 0xb0b, STR("hung up"));
	put_udp(b, s->start_ns + 2500 * MS, 4001, 5005, buf_view(&out));
	buf_clear(&out);
	/* What tshark is to say of it. */
	buf_printf(&out,
	    "%s,202,207,206,203|0x%08x,0x00000b0b,0x%08x,0x00000b0b|%u,12|%d|"
	    "%u|%u|%u|%u|bob@192.0.2.2,hung up|%u|120|88|60|1281|4|%u|",
	    i % 2 ? "200" : "201", s->ssrc, s->ssrc, block.fraction, block.lost,
	    block.highest, block.jitter, block.lsr, block.dlsr, i, i);
	snprintf(s->said, sizeof(s->said), "%s", buf_cstr(&out));
}

static void
near(const char *name, const char *what, double ours, double theirs)
{
	bool good = fabs(ours / 1e6 - theirs) < 0.00101;

	CU_ASSERT(good);
	if (!good)
		printf("%s: %s %.4f, tshark %.3f\n", name, what, ours / 1e6,
		    theirs);
}

/* LINE, what tshark says of S: behind the source come the names of payloads,
 * with blanks in them.  Its versions after 4.0 leave packets out that were
 * overtaken: of these the counts alone are compared. */
static void
compare_stream(const char *line, const struct stream *s, const struct kind *k)
{
	const char *name = k->name;
	const char *at = strchr(line, '(');
	const struct rtp_stats *own = &s->stats;
	double delta[3], jitter[3];
	unsigned long packets;
	long lost;

	while (at > line && (at[-1] == ' ' || at[-1] == '-' ||
				(at[-1] >= '0' && at[-1] <= '9')))
		at--;
	CU_ASSERT_EQUAL_FATAL(
	    sscanf(at, "%lu %ld (%*[^)]) %lf %lf %lf %lf %lf %lf", &packets,
		&lost, &delta[0], &delta[1], &delta[2], &jitter[0], &jitter[1],
		&jitter[2]),
	    8);
	CU_ASSERT_EQUAL(packets, own->packets);
	CU_ASSERT_EQUAL(lost, rtp_stats_lost(own));
	if (k->swapped != 0)
		return;
	near(name, "least delta", own->delta.min, delta[0]);
	near(name, "mean delta", own->delta.mean, delta[1]);
	near(name, "most delta", own->delta.max, delta[2]);
	near(name, "least jitter", own->jitter.min, jitter[0]);
	near(name, "mean jitter", own->jitter.mean, jitter[1]);
	near(name, "most jitter", own->jitter.max, jitter[2]);
}

/* A report's fields, or a stream's row. */
static void
take_line(const char *line, const struct stream *streams, unsigned seen[2])
{
	const char *ssrc = strstr(line, "0x52");
	unsigned long i = ssrc != NULL ? strtoul(ssrc, NULL, 16) - SSRC : 0;

	if (ssrc == NULL || i >= N(kinds))
		return;
	if (strncmp(line, "20", 2) != 0) {
		seen[0]++;
		compare_stream(line, &streams[i], &kinds[i]);
		return;
	}
	seen[1]++;
	CU_ASSERT_EQUAL(
	    strncmp(line, streams[i].said, strlen(streams[i].said)), 0);
	CU_ASSERT_PTR_NULL(strstr(line, "alformed"));
	if (strncmp(line, streams[i].said, strlen(streams[i].said)) != 0)
		printf("%s\n  instead of\n%s\n", line, streams[i].said);
}

static const char reader[] =
    "tshark -n -r %s -d udp.port==5004,rtp -d udp.port==5005,rtcp -Y rtcp "
    "-z rtp,streams -T fields -E separator='|' -E occurrence=a -e rtcp.pt "
    "-e rtcp.ssrc.identifier -e rtcp.ssrc.fraction -e rtcp.ssrc.cum_nr "
    "-e rtcp.ssrc.ext_high -e rtcp.ssrc.jitter -e rtcp.ssrc.lsr "
    "-e rtcp.ssrc.dlsr -e rtcp.sdes.text -e rtcp.xr.voipmetrics.gapdensity "
    "-e rtcp.xr.voipmetrics.burstduration -e rtcp.xr.voipmetrics.rfactor "
    "-e rtcp.xr.voipmetrics.jbnominal -e rtcp.xr.voipmetrics.jbabsmax "
    "-e rtcp.psfb.fmt -e rtcp.psfb.fir.fci.csn -e _ws.expert.message "
    "2> /dev/null";

static void
tshark_agrees(void)
{
	struct stream streams[N(kinds)];
	char path[64], command[1000], line[1000];
	unsigned seen[2] = { 0 };
	LOCAL_BUF b = BUF_INIT;
	FILE *f;

	if (system("command -v tshark > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	made_file(&b, 1);
	put_offer(&b);
	for (unsigned i = 0; i < N(kinds); i++) {
		streams[i] = (struct stream){ .ssrc = SSRC + i,
			.start_ns = (1 + 10 * i) * 1000 * MS,
			.draw = i };
		rtp_stats_begin(&streams[i].stats, 0);
		send_kind(&streams[i], &kinds[i], &b);
		put_reports(&streams[i], i, &b);
	}
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	snprintf(command, sizeof(command), reader, path);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (fgets(line, sizeof(line), f) != NULL)
		take_line(line, streams, seen);
	pclose(f);
	unlink(path);
	CU_ASSERT(seen[0] == N(kinds) && seen[1] == N(kinds));
}

CHECK_MAIN("quality, by tshark", { "tshark agrees", tshark_agrees })
