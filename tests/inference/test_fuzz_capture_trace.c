/*
 * Messages that nobody would send become a trace all the same: contradictory,
 * absurd, very many, changed byte by byte.  Whatever is written is a trace that
 * loads, and the fold walks it; with the sanitizers on, that is the test.
 */
#include "fixtures/stand_in_capture.h"

#include "base/err.h"
#include "base/mem.h"
#include "trace/state_at.h"

#include <stdlib.h>
#include <time.h>

#define A "192.0.2.1"
#define B "192.0.2.2"

#define HEADS(branch, to, cseq)                            \
	"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" branch \
	"\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>" to        \
	"\nCall-ID: c\nCSeq: " cseq "\n"

static void
walk(const struct trace *t)
{
	struct state_at *f = NULL;

	if (state_at_create(&f) == 0)
		CU_ASSERT_EQUAL(state_at_advance(f, t, trace_count(t)), 0);
	state_at_destroy(f);
}

/* Answers before questions, ends before beginnings. */
static void
contradictory(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t;

	say(&s, 0, B, A, "SIP/2.0 200 OK", HEADS("1", ";tag=2", "1 INVITE"));
	say(&s, 1, A, B, "ACK sip:b@x SIP/2.0", HEADS("1", ";tag=2", "1 ACK"));
	say(&s, 2, A, B, "BYE sip:b@x SIP/2.0", HEADS("2", ";tag=2", "1 BYE"));
	say(&s, 3, A, B, "INVITE sip:b@x SIP/2.0", HEADS("1", "", "1 INVITE"));
	say(&s, 3, B, A, "SIP/2.0 486 Busy", HEADS("1", ";tag=2", "1 INVITE"));
	say(&s, 3, B, A, "SIP/2.0 100 Trying", HEADS("1", "", "1 INVITE"));
	say(&s, 3, B, A, "SIP/2.0 200 OK", HEADS("1", ";tag=3", "1 INVITE"));
	say(&s, 4, A, A, "INVITE sip:b@x SIP/2.0", HEADS("1", "", "1 INVITE"));
	say(&s, 5, A, B, "CANCEL sip:b@x SIP/2.0", HEADS("9", "", "1 CANCEL"));
	say(&s, 6, A, B, "REGISTER sip:x SIP/2.0", HEADS("1", "", "1 INVITE"));
	say(&s, 90000, B, A, "SIP/2.0 180 Ringing",
	    HEADS("1", ";tag=4", "1 INVITE"));
	t = stand_in_trace(&s, NULL);
	walk(t);
	trace_destroy(t);
	stand_in_free(&s);
}

static void
absurd(void)
{
	struct stand_in s = { .n = 0 };
	struct buf b = BUF_INIT;
	struct trace *t;

	for (int i = 0; i < 200; i++)
		buf_puts(&b, "Via: SIP/2.0/UDP h;branch=z9hG4bKsame\n");
	buf_puts(&b, "Via: \nVia: ,,,\nVia: SIP/2.0/UDP\nVia: x\n");
	buf_puts(&b, "Call-ID: c\nCSeq: 4294967296 INVITE\n");
	say(&s, 0, A, B, "INVITE sip:b@x SIP/2.0", buf_cstr(&b));
	say(&s, 0, B, A, "INVITE sip:b@x SIP/2.0", buf_cstr(&b));
	say(&s, 0, B, A, "SIP/2.0 699 \xff\xfe", buf_cstr(&b));
	stand_in_bytes(&s, 0, 0, A, B, STR(""));
	stand_in_bytes(&s, 0, 0, A, B, STR("\0\0\0"));
	stand_in_bytes(&s, 0, 0, A, B, STR("SIP/2.0 200"));
	stand_in_bytes(&s, 0, 0, A, B,
	    STR("\x1b[2J</script> sip:x SIP/2.0\r\nCall-ID: \"\\\n\x9b\r\n"));
	/* Times: back, and as far apart as they can be. */
	say(&s, -5, A, B, "OPTIONS sip:x SIP/2.0", HEADS("t", "", "1 OPTIONS"));
	s.m[0].t = INT64_MIN;
	s.m[s.n - 1].t = INT64_MAX;
	s.m[s.n - 1].place = UINT32_MAX;
	/* Of no address, and of a length that there is not. */
	memset(&s.m[1].src, 0, sizeof(s.m[1].src));
	t = stand_in_trace(&s, NULL);
	walk(t);
	trace_destroy(t);
	stand_in_free(&s);
	buf_free(&b);
}

static void
nothing(void)
{
	struct stand_in s = { .n = 0 };
	struct trace *t = stand_in_trace(&s, NULL);

	CU_ASSERT_EQUAL(trace_count(t), 1);
	trace_destroy(t);
}

/* ---- very many ---- */

struct crowd {
	size_t n;
	int form;
	char text[512];
};

/* Of one Call-ID: all alike; all requests of their own; all responses to one;
 * INVITEs that fork; calls that could all be legs of each other; bindings that
 * come and go; news of one subscription; subscriptions of their own. */
static void
crowd_get(void *arg, size_t i, struct capture_message *m, struct buf *scratch)
{
	static const char *const forms[] = {
		"INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch="
		"z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\n"
		"Call-ID: c\r\nCSeq: 1 INVITE\r\nX: %zu\r\n\r\n",
		"INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch="
		"z9hG4bK%zu\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\n"
		"Call-ID: c\r\nCSeq: 1 INVITE\r\n\r\n",
		"SIP/2.0 180 R\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"
		"\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>;tag=%zu\r\n"
		"Call-ID: c\r\nCSeq: 1 INVITE\r\n\r\n",
		"INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch="
		"z9hG4bK1\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK%zu\r\nFrom: "
		"<sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 "
		"INVITE\r\n\r\n",
		"INVITE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch="
		"z9hG4bK%zu\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\n"
		"Call-ID: %zu\r\nCSeq: 1 INVITE\r\nX-Call-ID: 0\r\n\r\n",
		"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%zu"
		"\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n"
		"Contact: <sip:%zu@x>;expires=5\r\n\r\n",
		"NOTIFY sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK%zu"
		"\r\nFrom: <sip:b@x>;tag=2\r\nTo: <sip:a@x>;tag=1\r\nCall-ID: "
		"c\r\nCSeq: %zu NOTIFY\r\nEvent: presence\r\n"
		"Subscription-State: active;expires=1\r\n\r\n",
		"SUBSCRIBE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK"
		"%zu\r\nFrom: <sip:b@x>;tag=2\r\nTo: <sip:a@x>\r\nCall-ID: "
		"%zu\r\nCSeq: 1 SUBSCRIBE\r\nEvent: presence\r\n\r\n",
	};
	struct crowd *c = arg;

	(void)scratch;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(c->text, sizeof(c->text), forms[c->form], i, i);
#pragma GCC diagnostic pop
	*m = (struct capture_message){ .t = (int64_t)i * 1000000,
		.src = { 4, { 192, 0, 2, 1 }, 5060, 0 },
		.dst = { 4, { 192, 0, 2, 2 }, 5060, 0 },
		.bytes = str_of(c->text) };
	if (i % 2 == 1 && c->form >= 3) {
		m->src.ip[3] = 2;
		m->dst.ip[3] = 1;
	}
}

static int
forget(const char *line, size_t n, void *arg)
{
	(void)line;
	*(size_t *)arg += n;
	return 0;
}

static void
crowds(void)
{
	for (int form = 0; form < 8; form++) {
		struct crowd c = { .n = IS_SANITIZED ? 10000 : 100000,
			.form = form };
		struct capture_reader reader = {
			.arg = &c, .count = c.n, .get = crowd_get
		};
		struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
		struct diag d = DIAG_INIT;
		clock_t start = clock();
		size_t written = 0;

		CU_ASSERT_EQUAL(
		    capture_trace(&reader, &o, forget, &written, &d), 0);
		CU_ASSERT(written > c.n * 300);
		/* Less than a second; a walk that is not linear takes minutes.
		 */
		CU_ASSERT(clock() - start < 20 * CLOCKS_PER_SEC);
	}
}

/* ---- without memory ---- */

static void
some_messages(struct stand_in *s)
{
	say(s, 0, A, B, "INVITE sip:b@x SIP/2.0", HEADS("1", "", "1 INVITE"));
	say_again(s, 500, 0);
	say(s, 600, B, A, "SIP/2.0 180 R", HEADS("1", ";tag=2", "1 INVITE"));
	say(s, 700, B, A, "SIP/2.0 200 OK", HEADS("1", ";tag=2", "1 INVITE"));
	say(s, 800, A, B, "ACK sip:b@x SIP/2.0", HEADS("2", ";tag=2", "1 ACK"));
	say(s, 900, B, A, "BYE sip:a@x SIP/2.0",
	    "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\nTo: "
	    "<sip:a@x>;tag=1\nFrom: <sip:b@x>;tag=2\nCall-ID: c\nCSeq: 1 "
	    "BYE\n");
	say(s, 910, A, "192.0.2.3", "INVITE sip:b@x SIP/2.0",
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK5\nX-Call-ID: c\n"
	    "Call-ID: d\nCSeq: 1 INVITE\nFrom: <sip:a@x>;tag=1\n");
	stand_in_bytes(s, 920, 0, B, A,
	    STR("INFO sip:a@x SIP/2.0\r\nCall-ID: c\r\n\r\nv=0\r\n"
		"c=IN IP4 192.0.2.2\r\nm=audio 4000 RTP/AVP 0\r\n"));
	say(s, 1000, A, B, "REGISTER sip:x SIP/2.0",
	    HEADS("r", "", "7 REGISTER") "Contact: <sip:a@192.0.2.1>\n");
	say(s, 1010, B, A, "SIP/2.0 200 OK",
	    HEADS("r", "", "7 REGISTER") "Contact: <sip:a@192.0.2.1>;q=0.5;"
					 "expires=20, <sip:z@x>\n");
	say(s, 1500, A, B, "SUBSCRIBE sip:b@x SIP/2.0",
	    HEADS("s", "", "9 SUBSCRIBE") "Event: presence\n");
	say_again(s, 1300, 1);
	say(s, 1510, B, A, "NOTIFY sip:a@x SIP/2.0",
	    "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKn\nTo: "
	    "<sip:a@x>;tag=1\nFrom: <sip:b@x>;tag=2\nCall-ID: c\nCSeq: 1 "
	    "NOTIFY\nEvent: presence\nSubscription-State: "
	    "active;expires=20\n");
	say_again(s, 1310, 1);
	say(s, 1600, A, B, "REFER sip:b@x SIP/2.0",
	    HEADS("t", ";tag=2", "10 REFER") "Refer-To: <sip:z@x>\n");
	say(s, 1610, B, A, "SIP/2.0 202 A", HEADS("t", ";tag=2", "10 REFER"));
	say(s, 90000, A, B, "OPTIONS sip:x SIP/2.0",
	    HEADS("o", "", "11 OPTIONS"));
	s->streams[0] =
	    (struct capture_stream){ .src = stand_in_addr("192.0.2.2:4000"),
		    .dst = stand_in_addr("192.0.2.1:4000"),
		    .first = -1,
		    .last = INT64_MAX };
	s->nstreams = 1;
}

/* As a command does it: with clocks corrected. */
static int
load_corrected(const struct capture_reader *raw,
    struct capture_trace_options *o, struct trace **t, struct diag *d)
{
	struct clocks_options usual = { .off = false };
	struct correlation *co = NULL;
	struct capture_reader reader;
	struct clocks *c = NULL;
	int err = clocks_create(&c, raw, &usual, d);

	if (err != 0)
		return err;
	reader = clocks_reader(c);
	o->clocks = c;
	err = diag_fail(d, correlation_create(&co, &reader, o->names));
	if (err == 0)
		err = capture_load(t, co, o, "capture", d);
	correlation_destroy(co);
	clocks_destroy(c);
	return err;
}

static void
memory(void)
{
	struct stand_in s = { .n = 0 };
	struct capture_reader reader;
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	unsigned long n = 0;
	int err = ERR_NOMEM;

	some_messages(&s);
	reader = stand_in_reader(&s);
	while (err != 0 && n < 40000) {
		struct diag d = DIAG_INIT;
		struct trace *t = NULL;

		mem_fail_from(++n);
		err = load_corrected(&reader, &o, &t, &d);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT_EQUAL(err, d.err);
		CU_ASSERT_EQUAL(t == NULL, err != 0);
		trace_destroy(t);
	}
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT(n > 50);
	stand_in_free(&s);
}

/* ---- changed bytes ---- */

static uint64_t
next(uint64_t *state)
{
	/* xorshift64 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t
below(uint64_t *state, size_t n)
{
	return (size_t)(next(state) % n);
}

static const char *const pieces[] = { "\r\n", "Via: ", ";branch=", "z9hG4bK1",
	";tag=", "\"", "<", ">", ",", ";", "SIP/2.0", " 200 ", " 100 ",
	"INVITE", "ACK", "CANCEL", "BYE", "Call-ID: c\r\n",
	"CSeq: 1 INVITE\r\n", "\0", "Record-Route: <sip:x>\r\n",
	"Contact: *\r\n", "4294967295", "Expires: 0\r\n", ";expires=1",
	"Event: refer\r\n", "Event: presence\r\n", "terminated", "pending",
	"REGISTER", "SUBSCRIBE", "NOTIFY", "REFER", " 481 ", " 401 " };

static void
change(struct buf *b, uint64_t *rng)
{
	const char *piece =
	    pieces[below(rng, sizeof(pieces) / sizeof(pieces[0]))];
	size_t at = below(rng, b->n + 1), take = below(rng, 12);
	struct buf out = BUF_INIT;

	buf_add(&out, b->p, at);
	buf_puts(&out, piece);
	if (at + take < b->n)
		buf_add(&out, b->p + at + take, b->n - at - take);
	buf_free(b);
	*b = out;
}

static void
once(uint64_t *rng)
{
	struct stand_in s = { .n = 0 };
	struct capture_reader reader;
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	int err;

	some_messages(&s);
	reader = stand_in_reader(&s);
	for (size_t k = 2 + below(rng, 20); k > 0; k--) {
		size_t i = below(rng, s.n);

		switch (below(rng, 4)) {
		case 0:
			s.m[i].src.ip[3] = (uint8_t)below(rng, 4);
			break;
		case 1:
			s.m[i].src.transport = ADDR_TCP;
			s.m[i].t += (int64_t)below(rng, 9) * 500000000;
			s.m[i].place = (uint32_t)below(rng, 3);
			break;
		default:
			change(&s.bytes[i], rng);
			break;
		}
	}
	CU_ASSERT_EQUAL_FATAL(load_corrected(&reader, &o, &t, &d), 0);
	walk(t);
	trace_destroy(t);
	/* Without corrected clocks, and beside what is read. */
	o.clocks = NULL;
	t = stand_in_trace_of(&reader, &o, &err);
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
	stand_in_free(&s);
}

static void
fuzz(void)
{
	uint64_t rng = 0x9e3779b97f4a7c15u;
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	unsigned long rounds = 0;

	while ((rounds < 20000 || more != NULL) && clock() < end) {
		once(&rng);
		rounds++;
	}
	printf("  %lu rounds\n", rounds);
}

CHECK_MAIN("fuzz_capture_trace", { "contradictory", contradictory },
    { "absurd", absurd }, { "nothing", nothing }, { "crowds", crowds },
    { "memory", memory }, { "fuzz", fuzz })
