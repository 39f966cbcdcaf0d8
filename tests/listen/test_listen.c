/*
 * What is heard and said as samples: the frequency that a phone sends comes
 * out, to the sample; what is lost is concealed and nothing else changes;
 * digits survive; packets may be anything.
 */
#include "listen/listen.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "sound/samples.h"
#include "sound/source.h"
#include "sound/wav.h"

#include "fixtures/labs.h"
#include "fixtures/sound_check.h"

#define MS 1000000
/* Of ten seconds of speech with jitter, a tenth of it lost, a pause, and a
 * network that becomes slower. */
#define HEARD_HASH 0x4bb6164cdce6f843u

struct heard {
	struct trace *t;
	struct listen *l;
	int64_t from_ns;
	size_t n;
	int16_t *left, *right; /* heard, said */
};

/* A call of five seconds: alice calls bob. */
static struct trace *
run_call(const char *phones, const char *link)
{
	struct inputs in = { .detail = TRACE_NETWORK };
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct trace *t = NULL;
	struct diag d = DIAG_INIT;

	buf_printf(&text,
	    "graph g { graph [duration=\"30s\"]\n"
	    "node [media=true, %s]\n"
	    "alice [role=ua, codecs=\"PCMU G729\"] bob [role=ua, "
	    "answer=\"100ms\"]\nalice -- bob [%s] }\n",
	    phones, link);
	CU_ASSERT_EQUAL(inputs_take_text(&in, "call.gv", &text, &d), 0);
	CU_ASSERT_EQUAL_FATAL(lab_run_inputs(&in, 0, &out, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "call", &d), 0);
	inputs_free(&in);
	return t;
}

static int16_t *
read_side(const struct heard *h, enum listen_side side)
{
	int16_t *samples = calloc(h->n + 1, sizeof(*samples));

	listen_read(h->l, side, 0, samples, h->n);
	return samples;
}

/* What bob hears and what alice says. */
static void
listen_in(
    struct heard *h, const char *phones, const char *link, int64_t from_ns)
{
	const char *alice = "alice";
	struct listen_who who = { STR("bob"), &alice, 1 };
	struct diag d = DIAG_INIT;

	h->t = run_call(phones, link);
	CU_ASSERT_EQUAL(listen_check(h->t, &who, &d), 0);
	CU_ASSERT_EQUAL_FATAL(
	    listen_create(&h->l, from_ns,
		from_ns >= 0 ? from_ns + 4000 * (int64_t)MS : INT64_MAX),
	    0);
	CU_ASSERT_EQUAL(listen_trace(h->l, h->t, &who), 0);
	h->n = listen_length(h->l, &h->from_ns);
	h->left = read_side(h, LISTEN_HEARD);
	h->right = read_side(h, LISTEN_SAID);
}

static void
close_ears(struct heard *h)
{
	free(h->left);
	free(h->right);
	listen_destroy(h->l);
	trace_destroy(h->t);
}

/* Ten milliseconds on the way and 60 in the buffer are 560 samples. */
static void
perfect_link(void)
{
	unsigned hz = sound_tone_hz(0);
	struct heard h;

	listen_in(&h, "sound=tone, buffer=\"60ms\"", "delay=\"10ms\"", -1);
	CU_ASSERT(h.n > 39000 && h.n < 42000);
	CU_ASSERT_FATAL(h.n > 30000);
	for (size_t i = 0; i < 560; i++)
		CU_ASSERT_EQUAL_FATAL(h.left[i], 0);
	CU_ASSERT_EQUAL(
	    memcmp(h.left + 560, h.right, (h.n - 560) * sizeof(*h.left)), 0);
	CU_ASSERT(share_of(h.left + 8000, 8000, hz) > 0.99);
	CU_ASSERT(share_of(h.left + 8000, 8000, hz + 40) < 0.01);
	close_ears(&h);
}

/* The packets of RTP that T's links have lost, and when they were sent. */
static size_t
list_losses(const struct trace *t, int64_t *sent, size_t most)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;
	size_t n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_DROP)
			continue;
		trace_get(t, seq, &rec);
		trace_get(t, (uint64_t)trace_int(&rec, "of", 1), &rec);
		trace_get_send(&rec, &send, &scratch);
		if (n < most && str_is(send.proto, "rtp") &&
		    str_is(rec.node, "alice"))
			sent[n++] = rec.t;
	}
	return n;
}

static bool
is_among(const int64_t *list, size_t n, int64_t t)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == t)
			return true;
	return false;
}

/* Block by block: what differs was lost, and what was lost differs. */
static void
lossy_link(void)
{
	struct heard h;
	int64_t lost[200];
	size_t n, blocks = 0, wrong = 0, begin = 0;

	listen_in(&h, "sound=speech, buffer=\"60ms\"",
	    "delay=\"10ms\", loss=\"10%\"", 2000 * (int64_t)MS);
	CU_ASSERT_EQUAL_FATAL(h.n, 32000);
	CU_ASSERT_EQUAL(h.from_ns, 2000 * (int64_t)MS);
	n = list_losses(h.t, lost, 200);
	CU_ASSERT(n > 10 && n < 50);
	while (begin < h.n && h.right[begin] == 0)
		begin++;
	/* Blocks begin at whole hundredths of a second. */
	begin -= begin % 80;
	for (size_t at = begin; at + 720 <= h.n; at += 160) {
		bool same = memcmp(h.left + at + 560, h.right + at, 320) == 0;
		bool gone = is_among(lost, n, h.from_ns + (int64_t)at * 125000);

		blocks++;
		wrong += same == gone;
	}
	CU_ASSERT(blocks > 150);
	CU_ASSERT_EQUAL(wrong, 0);
	close_ears(&h);
}

/* A trace that is taken in steps, as it grows, sounds as it does at its end. */
static void
growing(void)
{
	const char *alice = "alice";
	struct listen_who who = { STR("bob"), &alice, 1 };
	struct listening *g;
	LOCAL_BUF out = BUF_INIT;
	struct heard h;
	size_t wrong = 0, n;

	listen_in(&h, "sound=speech, buffer=\"60ms\"",
	    "delay=\"10ms\", loss=\"10%\", jitter=\"30ms\"", 0);
	CU_ASSERT_EQUAL_FATAL(listening_open(&g, &who, 0), 0);
	for (int64_t t = 0; t < 6000 * (int64_t)MS; t += 13 * (int64_t)MS)
		CU_ASSERT_EQUAL(listening_go_on(g, h.t, t, &out), 0);
	n = out.n / 4 < h.n ? out.n / 4 : h.n;
	CU_ASSERT_EQUAL_FATAL(n, 32000);
	for (size_t i = 0; i < n; i++) {
		const unsigned char *p = (unsigned char *)out.p + 4 * i;

		wrong += (int16_t)(p[0] | p[1] << 8) != h.left[i] ||
			 (int16_t)(p[2] | p[3] << 8) != h.right[i];
	}
	CU_ASSERT_EQUAL(wrong, 0);
	listening_close(g);
	close_ears(&h);
}

static void
opaque(void)
{
	struct heard h;

	listen_in(&h, "codecs=G729", "delay=\"10ms\"", -1);
	CU_ASSERT_EQUAL(h.n, 0);
	CU_ASSERT_STRING_EQUAL(listen_opaque(h.l, LISTEN_HEARD), "G729");
	CU_ASSERT_FALSE(listen_has_sound(h.l, LISTEN_HEARD));
	CU_ASSERT(listen_packets(h.l, LISTEN_HEARD) > 200);
	close_ears(&h);
}

/* ---- packets by hand ---- */

struct stream {
	struct listen *l;
	struct listen_source *src;
	struct rtp_out out;
	int64_t t;
};

static void
open_stream(struct stream *s, enum listen_side side)
{
	struct listen_facts facts = { .side = side, .buffer_ns = 40 * MS };

	memset(s, 0, sizeof(*s));
	CU_ASSERT_EQUAL_FATAL(listen_create(&s->l, -1, INT64_MAX), 0);
	s->src = listen_begin(s->l, &facts);
	s->out = (struct rtp_out){ 1, 0xFFFFFF00u, 0xFFFE };
}

/* Sent, and lost where it does not COME; 20 ms pass. */
static void
send_payload(
    struct stream *s, uint8_t type, const uint8_t *p, size_t n, bool comes)
{
	uint8_t packet[RTP_HEAD + 2000];

	rtp_write_head(&s->out, type, false, s->out.stamp, packet);
	memcpy(packet + RTP_HEAD, p, n);
	if (comes)
		listen_take(s->l, s->src, s->t,
		    (struct str){ (char *)packet, RTP_HEAD + n });
	s->out.stamp += 160;
	s->t += 20 * MS;
}

static void
send_digit(struct stream *s, char digit, unsigned ms)
{
	int16_t samples[160];
	uint8_t coded[160];

	for (unsigned at = 0; at < ms; at += 20) {
		dtmf_write(digit, DTMF_AMPLITUDE, at * 8, samples, 160);
		g711_encode(RTP_PCMA, samples, 160, coded);
		send_payload(s, RTP_PCMA, coded, 160, true);
	}
}

/* In band, over the turn of numbers and timestamps. */
static void
digits(void)
{
	struct dtmf_detector found = { .n = 0 };
	char text[16] = "";
	int16_t samples[9600];
	struct stream s;
	int64_t from;

	open_stream(&s, LISTEN_HEARD);
	for (const char *p = "5 0#A "; *p != '\0'; p++)
		send_digit(&s, *p, 100);
	CU_ASSERT_EQUAL(listen_end(s.l, s.t), 0);
	CU_ASSERT_EQUAL(listen_length(s.l, &from), 6 * 800);
	CU_ASSERT_EQUAL(from, 40 * MS);
	listen_read(s.l, LISTEN_HEARD, 0, samples, 9600);
	dtmf_detect(&found, samples, 9600, text, sizeof(text) - 1);
	CU_ASSERT_STRING_EQUAL(text, "50#A");
	listen_destroy(s.l);
}

/* The same samples from every compiler. */
static void
same_bytes(void)
{
	static int16_t heard[120000];
	static const uint8_t level = 60;
	struct sound_source speech;
	int16_t samples[160];
	uint8_t coded[160];
	struct stream s;
	int64_t from;
	size_t n;

	open_stream(&s, LISTEN_HEARD);
	sound_source_speech(&speech, 30);
	for (unsigned i = 0; i < 500; i++) {
		sound_source_read(&speech, samples, 160);
		g711_encode(RTP_PCMU, samples, 160, coded);
		s.t += i % 7 * 3 * MS;
		send_payload(&s, RTP_PCMU, coded, 160, i % 10 != 3);
		s.t -= i % 7 * 3 * MS;
		if (i == 400)
			s.t += 70 * MS;
		if (i != 250)
			continue;
		send_payload(&s, RTP_COMFORT, &level, 1, true);
		s.t += 980 * MS;
		s.out.stamp += 49 * 160;
	}
	CU_ASSERT_EQUAL(listen_end(s.l, s.t), 0);
	n = listen_length(s.l, &from);
	CU_ASSERT(n > 11 * 8000 && n < 11 * 8000 + 800);
	listen_read(s.l, LISTEN_HEARD, 0, heard, n);
	CU_ASSERT_EQUAL(
	    str_hash((struct str){ (char *)heard, n * 2 }), HEARD_HASH);
	listen_destroy(s.l);
}

/* RFC 3389: noise from one packet to the next; RFC 4733: events are silent, and
 * nothing is missed where they are. */
static void
comfort_and_events(void)
{
	static const uint8_t loud[160] = { 0 }, level = 40, event[4] = { 5 };
	int16_t samples[4800];
	struct stream s;
	int64_t from;
	size_t n = 0;

	open_stream(&s, LISTEN_HEARD);
	send_payload(&s, RTP_PCMU, loud, 160, true);
	send_payload(&s, RTP_COMFORT, &level, 1, true);
	s.t += 380 * MS;
	s.out.stamp += 19 * 160;
	for (unsigned i = 0; i < 3; i++)
		send_payload(&s, 101, event, 4, true);
	send_payload(&s, RTP_PCMU, loud, 160, true);
	CU_ASSERT_EQUAL(listen_end(s.l, s.t), 0);
	CU_ASSERT_EQUAL(listen_length(s.l, &from), 160 + 20 * 160 + 480 + 160);
	listen_read(s.l, LISTEN_HEARD, 0, samples, 4000);
	for (size_t i = 160; i < 160 + 20 * 160 + 480; i++)
		n += samples[i] != 0 && abs(samples[i]) < 2000;
	CU_ASSERT(n > 3000);
	CU_ASSERT_EQUAL(samples[3999], samples[0]);
	listen_destroy(s.l);
}

/* What is longer than the buffer's ring fades where it begins, and not again
 * where the ring does. */
static void
long_gap(void)
{
	static const uint8_t loud[160] = { 0 };
	int16_t samples[110 * 160];
	struct stream s;
	int64_t from;

	open_stream(&s, LISTEN_HEARD);
	for (unsigned i = 0; i < 110; i++)
		send_payload(&s, RTP_PCMU, loud, 160, i < 5 || i >= 105);
	CU_ASSERT_EQUAL(listen_end(s.l, s.t), 0);
	CU_ASSERT_EQUAL(listen_length(s.l, &from), 110 * 160);
	listen_read(s.l, LISTEN_HEARD, 0, samples, 110 * 160);
	for (size_t i = 0; i < 110 * 160; i++)
		CU_ASSERT_EQUAL_FATAL(
		    samples[i] != 0, i < 5 * 160 + 480 || i >= 105 * 160);
	listen_destroy(s.l);
}

static void
anything(void)
{
	uint64_t draws = 7;
	uint8_t bytes[300];
	struct stream s;
	int64_t from;

	for (unsigned side = 0; side < LISTEN_SIDES; side++) {
		open_stream(&s, (enum listen_side)side);
		for (unsigned i = 0; i < 3000; i++) {
			size_t n = sound_draw_between(&draws, 0, 300);

			for (size_t j = 0; j < n; j++)
				bytes[j] = (uint8_t)sound_draw(&draws);
			if (n > 1 && i % 3 > 0) {
				bytes[0] = 0x80;
				bytes[1] = (uint8_t[]){ 0, 13, 8 }[i % 3];
			}
			listen_take(
			    s.l, s.src, s.t, (struct str){ (char *)bytes, n });
			s.t += sound_draw_between(&draws, 0, 100 * MS);
		}
		CU_ASSERT_EQUAL(listen_end(s.l, s.t), 0);
		CU_ASSERT(listen_length(s.l, &from) > 1000);
		listen_destroy(s.l);
	}
}

/* An hour and no more; sources as many as there is room for. */
static void
limits(void)
{
	static const uint8_t block[160];
	struct listen_facts facts = { .side = LISTEN_SAID };
	struct stream s;

	open_stream(&s, LISTEN_SAID);
	send_payload(&s, RTP_PCMU, block, 160, true);
	s.t = (int64_t)LISTEN_MINUTES * 60 * 1000 * MS;
	send_payload(&s, RTP_PCMU, block, 160, true);
	CU_ASSERT_EQUAL(listen_end(s.l, s.t), ERR_LIMIT);
	listen_destroy(s.l);
	open_stream(&s, LISTEN_SAID);
	for (unsigned i = 1; i < LISTEN_SOURCES; i++)
		CU_ASSERT_PTR_NOT_NULL(listen_begin(s.l, &facts));
	CU_ASSERT_PTR_NULL(listen_begin(s.l, &facts));
	CU_ASSERT_TRUE(listen_is_crowded(s.l));
	listen_destroy(s.l);
}

static void
no_memory(void)
{
	struct stream s;

	mem_fail_only(1);
	CU_ASSERT_EQUAL(listen_create(&s.l, -1, INT64_MAX), ERR_NOMEM);
	for (unsigned long n = 1; n < 4; n++) {
		mem_fail_only(0);
		mem_forgive();
		open_stream(&s, LISTEN_SAID);
		mem_fail_only(n);
		send_digit(&s, '1', 20000);
		CU_ASSERT_EQUAL(listen_end(s.l, s.t), ERR_NOMEM);
		mem_fail_only(0);
		mem_forgive();
		listen_destroy(s.l);
	}
}

CHECK_MAIN("listen", { "a perfect link", perfect_link },
    { "a lossy link", lossy_link }, { "a trace that grows", growing },
    { "opaque", opaque }, { "digits", digits },
    { "the same bytes", same_bytes },
    { "comfort and events", comfort_and_events }, { "a long gap", long_gap },
    { "anything", anything }, { "limits", limits }, { "no memory", no_memory })
