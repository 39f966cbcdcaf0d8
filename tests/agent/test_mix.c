/*
 * Mixed sound: in a conference, and where a phone mixes two calls, each hears
 * all others and not himself, by the frequencies that they send; who is muted
 * or has hung up is heard no more; who speaks stands in the packets (RFC 3550
 * 5.1, 7.1).
 */
#include "listen/listen.h"
#include "media/rtp.h"
#include "sound/samples.h"
#include "sound/source.h"

#include "fixtures/labs.h"
#include "fixtures/sound_check.h"

#define PEOPLE 3
static const char *const people[PEOPLE] = { "alice", "bob", "carol" };

#define PHONES                                                        \
	"graph g { graph [duration=\"30s\"]\n"                        \
	"node [media=true, sound=tone]\n"                             \
	"alice [role=ua, addr=\"192.0.2.1\", codecs=PCMU]\n"          \
	"bob [role=ua, addr=\"192.0.2.2\", answer=\"100ms\"]\n"       \
	"carol [role=ua, addr=\"192.0.2.3\", answer=\"100ms\", %s]\n" \
	"%s lan -- { alice bob carol %s } [delay=\"10ms\"] }\n"

#define FOCUS                                                     \
	"conf [role=conference, rooms=room, addr=\"192.0.2.9\", " \
	"codecs=\"PCMU PCMA G729\"]\n"

/* Everybody calls the conference; Bob is muted from 5 s to 7 s, and Carol
 * leaves at 9 s. */
static const char conference[] =
    "lab { title = 't', topology = 'net.gv', duration = '12s' }\n"
    "local conf = node 'conf'\n"
    "script(function()\n"
    "  local a = node 'alice':invite 'sip:room@192.0.2.9'\n"
    "  node 'bob':invite 'sip:room@192.0.2.9'\n"
    "  local c = node 'carol':invite 'sip:room@192.0.2.9'\n"
    "  sleep '5s' conf:mute 'sip:bob@192.0.2.2'\n"
    "  sleep '2s' conf:unmute 'sip:bob@192.0.2.2'\n"
    "  sleep '2s' c:bye()\n"
    "end)\n";

/* Bob calls both, and mixes. */
static const char three_way[] =
    "lab { title = 't', topology = 'net.gv', duration = '12s' }\n"
    "script(function()\n"
    "  node 'bob':set { codecs = 'PCMU G729' }\n"
    "  local a = node 'bob':invite 'sip:alice@192.0.2.1'\n"
    "  node 'alice':set { answer = '100ms' }\n"
    "  wait(a, 'confirmed')\n"
    "  a:hold() sleep '1s'\n"
    "  local c = node 'bob':invite 'sip:carol@192.0.2.3'\n"
    "  wait(c, 'confirmed') sleep '1s'\n"
    "  c:join(a)\n"
    "  sleep '7s' c:bye()\n"
    "end)\n";

static const char *net_text;

static int
supply(const struct inputs *in, enum inputs_named what, const char *name,
    struct buf *out, struct diag *d)
{
	(void)in;
	(void)what;
	(void)name;
	(void)d;
	buf_puts(out, net_text);
	return out->err;
}

static struct trace *
run(const char *carol, const char *focus, const char *script)
{
	struct inputs in = { .supply = supply, .detail = TRACE_NETWORK };
	struct buf net = BUF_INIT, text = BUF_INIT, out = BUF_INIT;
	struct trace *t = NULL;
	struct diag d = DIAG_INIT;

	buf_printf(&net, PHONES, carol, focus, focus[0] != '\0' ? "conf" : "");
	net_text = buf_cstr(&net);
	buf_puts(&text, script);
	CU_ASSERT_EQUAL_FATAL(inputs_take_text(&in, "t.lua", &text, &d), 0);
	if (lab_run_inputs(&in, 0, &out, &d) != 0)
		fprintf(stderr, "%s\n", d.text);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "call", &d), 0);
	inputs_free(&in);
	buf_free(&net);
	buf_free(&text);
	buf_free(&out);
	return t;
}

/* Whose tones NODE hears in the second from T_MS on: a bit for each. */
static unsigned
heard(const struct trace *t, const char *node, int64_t t_ms)
{
	struct listen_who who = { str_of(node), NULL, 0 };
	int64_t from = t_ms * INT64_C(1000000);
	int16_t samples[SOUND_RATE];
	struct listen *l;
	unsigned all = 0;

	CU_ASSERT_EQUAL_FATAL(
	    listen_create(&l, from, from + INT64_C(1000000000)), 0);
	CU_ASSERT_EQUAL(listen_trace(l, t, &who), 0);
	listen_read(l, LISTEN_HEARD, 0, samples, SOUND_RATE);
	for (unsigned i = 0; i < PEOPLE; i++) {
		unsigned hz = sound_tone_hz(i);

		all |= (share_of(samples, SOUND_RATE, hz) > 0.2) << i;
	}
	listen_destroy(l);
	return all;
}

enum { ALICE = 1, BOB = 2, CAROL = 4 };

static void
check_heard(const struct trace *t, int64_t t_ms, const unsigned want[PEOPLE])
{
	for (unsigned i = 0; i < PEOPLE; i++)
		CU_ASSERT_EQUAL(heard(t, people[i], t_ms), want[i]);
}

/* The packets that NODE has sent, and of them those with N contributing
 * sources. */
static size_t
count_contributors(const struct trace *t, const char *node, unsigned n)
{
	struct buf scratch = BUF_INIT;
	struct str bytes;
	struct trace_send send;
	struct trace_rec rec;
	size_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		trace_get_send(&rec, &send, &scratch);
		if (!str_is(rec.node, node) || !str_is(send.proto, "rtp"))
			continue;
		bytes = trace_bytes(&rec, &scratch);
		found +=
		    bytes.n > RTP_HEAD && ((unsigned)bytes.p[0] & 0x0F) == n;
	}
	buf_free(&scratch);
	return found;
}

static void
conferences(void)
{
	static const char *const codecs[] = { "codecs=PCMU", "codecs=PCMA" };

	for (size_t i = 0; i < 2; i++) {
		struct trace *t = run(codecs[i], FOCUS, conference);

		check_heard(t, 3000,
		    (const unsigned[]){
			BOB | CAROL, ALICE | CAROL, ALICE | BOB });
		check_heard(
		    t, 5500, (const unsigned[]){ CAROL, ALICE | CAROL, ALICE });
		check_heard(t, 7500,
		    (const unsigned[]){
			BOB | CAROL, ALICE | CAROL, ALICE | BOB });
		check_heard(t, 9500, (const unsigned[]){ BOB, ALICE, 0 });
		/* Two each, while three talk. */
		CU_ASSERT(count_contributors(t, "conf", 2) > 900);
		CU_ASSERT_EQUAL(count_contributors(t, "conf", 3), 0);
		CU_ASSERT_EQUAL(count_contributors(t, "alice", 1), 0);
		trace_destroy(t);
	}
}

/* The records of NODE that say what its user says, of those with MIXED. */
static size_t
count_says(const struct trace *t, const char *node, bool mixed)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	size_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_MEDIA)
			continue;
		trace_get(t, seq, &rec);
		found +=
		    str_is(rec.node, node) &&
		    str_is(trace_str(&rec, "op", &scratch), "say") &&
		    json_is_true(json_member(rec.object, "mixed")) == mixed;
	}
	buf_free(&scratch);
	return found;
}

static void
three_ways(void)
{
	struct trace *t = run("codecs=PCMU", "", three_way);

	/* Bob begins to mix; at last he is alone with Alice. */
	CU_ASSERT_EQUAL(count_says(t, "bob", true), 2);
	CU_ASSERT_EQUAL(count_says(t, "bob", false), 1);
	check_heard(t, 4000,
	    (const unsigned[]){ BOB | CAROL, ALICE | CAROL, ALICE | BOB });
	check_heard(t, 10500, (const unsigned[]){ BOB, ALICE, 0 });
	/* 7.2: the mixer speaks itself. */
	CU_ASSERT(count_contributors(t, "bob", 2) > 600);
	trace_destroy(t);
}

/* What can't be mixed flows as ever, and nobody hears it. */
static void
opaque(void)
{
	struct trace *t = run("codecs=G729", FOCUS, conference);

	CU_ASSERT_EQUAL(heard(t, "alice", 3000), BOB);
	CU_ASSERT_EQUAL(heard(t, "bob", 3000), ALICE);
	trace_destroy(t);
	/* Nor does Alice hear anybody but Bob. */
	t = run("codecs=G729", "", three_way);
	CU_ASSERT_EQUAL(heard(t, "alice", 5000), BOB);
	CU_ASSERT_EQUAL(count_says(t, "bob", true), 0);
	trace_destroy(t);
}

/* 7.2: a mixer passes on the names of those whom it mixes. */
static void
names(void)
{
	struct trace *t = run("codecs=PCMU", FOCUS, conference);
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	size_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct str bytes;

		trace_get(t, seq, &rec);
		if (rec.kind != TRACE_SEND || !str_is(rec.node, "conf"))
			continue;
		bytes = trace_bytes(&rec, &scratch);
		found += str_find(bytes, "conf@192.0.2.9") > 0 &&
			 str_find(bytes, "@192.0.2.1") > 0;
	}
	CU_ASSERT(found > 1);
	buf_free(&scratch);
	trace_destroy(t);
}

/* Alice has PCMU alone, Carol PCMA alone; what lies between makes the one of
 * the other. */
static void
boxes(void)
{
	static const char script[] =
	    "lab { title = 't', topology = 'net.gv', duration = '9s' }\n"
	    "script(function()\n"
	    "  node 'alice':set { outbound = 'conf' }\n"
	    "  local c = node 'alice':invite 'sip:carol@192.0.2.3'\n"
	    "  wait(c, 'confirmed') sleep '4s' c:hold()\n"
	    "  sleep '1s' c:resume() sleep '2s' c:bye()\n"
	    "end)\n";
	struct trace *t =
	    run("codecs=PCMA", "conf [role=sbc, transcode=true]\n", script);

	CU_ASSERT_EQUAL(heard(t, "alice", 2000), CAROL);
	CU_ASSERT_EQUAL(heard(t, "carol", 2000), ALICE);
	CU_ASSERT_EQUAL(heard(t, "alice", 6000), CAROL);
	CU_ASSERT_EQUAL(heard(t, "carol", 6000), ALICE);
	trace_destroy(t);
}

/* Of what NODE hears in the second from T_MS on the part that is HZ. */
static double
hears_hz(const struct trace *t, const char *node, int64_t t_ms, double hz)
{
	struct listen_who who = { str_of(node), NULL, 0 };
	int64_t from = t_ms * INT64_C(1000000);
	int16_t samples[SOUND_RATE];
	struct listen *l;

	CU_ASSERT_EQUAL_FATAL(
	    listen_create(&l, from, from + INT64_C(1000000000)), 0);
	CU_ASSERT_EQUAL(listen_trace(l, t, &who), 0);
	listen_read(l, LISTEN_HEARD, 0, samples, SOUND_RATE);
	listen_destroy(l);
	if (sound_level(samples, SOUND_RATE) > SOUND_SILENT_LEVEL)
		return 0;
	return share_of(samples, SOUND_RATE, hz);
}

/* Carol says a ring-back tone until she answers; Alice, muted, says nothing,
 * and plays a melody to who is on hold. */
static void
other_sounds(void)
{
	static const char script[] =
	    "lab { title = 't', topology = 'net.gv', duration = '25s' }\n"
	    "script(function()\n"
	    "  node 'carol':set { answer = '3s' }\n"
	    "  local c = node 'alice':invite 'sip:carol@192.0.2.3'\n"
	    "  wait(c, 'confirmed') sleep '2s' c:mute()\n"
	    "  sleep '3s' c:unmute() sleep '2s' c:hold()\n"
	    "  sleep '4s' c:resume() sleep '2s' c:bye()\n"
	    "end)\n";
	struct trace *t = run("progress=183, early_sound=\"ring-back\"",
	    "alice [hold_music=true]\n", script);
	unsigned hz = sound_tone_hz(0);

	CU_ASSERT(hears_hz(t, "alice", 80, 425) > 0.9);
	CU_ASSERT(hears_hz(t, "alice", 1500, 425) < 0.1);
	CU_ASSERT(hears_hz(t, "carol", 3500, hz) > 0.9);
	CU_ASSERT(hears_hz(t, "carol", 6000, hz) < 0.1);
	CU_ASSERT(hears_hz(t, "carol", 8300, hz) > 0.9);
	/* C sharp, D, E. */
	CU_ASSERT(hears_hz(t, "carol", 10400, 554) > 0.1);
	CU_ASSERT(hears_hz(t, "carol", 10400, 659) > 0.05);
	CU_ASSERT(hears_hz(t, "carol", 14500, hz) > 0.9);
	trace_destroy(t);
}

CHECK_MAIN("mix", { "conferences", conferences },
    { "three-way calls", three_ways }, { "a codec without samples", opaque },
    { "names", names }, { "a box that transcodes", boxes },
    { "a melody, a ring-back tone, nothing", other_sounds })
