/*
 * Media of calls in a run: what is agreed flows (RFC 3264, 3550, 3551), as long
 * as it is agreed, and is heard as the network lets it.
 */
#include "phones.h"

#include "sound/samples.h"
#include "sound/wav.h"

/* A link that loses, doubles and delays: what is missing is what it has lost,
 * and what comes too late is counted by the buffer. */
static void
bad_link(void)
{
	struct net_link_params p = net_link_defaults;

	begin(PHONE " buffer=20ms", PHONE " buffer=200ms");
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	p.loss = 0.1;
	p.jitter_ns = 100 * SIM_MS;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	CU_ASSERT_TRUE(stage_run(&s, 20000));
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	STAGE_DO(&s, 2000, "bob", "bye", "bob/1");
	CU_ASSERT(figure("bob", "heard", "lost") > 60);
	CU_ASSERT(figure("bob", "heard", "lost") < 150);
	CU_ASSERT(figure("bob", "heard", "jitter") > 10 * SIM_MS);
	CU_ASSERT(figure("alice", "heard", "late") > 200);
	CU_ASSERT_EQUAL(figure("bob", "heard", "late"), 0);
	end();
}

/* What is on its way as a hold begins is not lost. */
static void
hold_from_afar(void)
{
	struct net_link_params p = net_link_defaults;

	begin(PHONE, PHONE);
	p.delay_ns = 60 * SIM_MS;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 2000);
	STAGE_DO(&s, 1000, "alice", "hold", "alice/1", "how", "inactive");
	STAGE_DO(&s, 2000, "alice", "resume", "alice/1");
	STAGE_DO(&s, 500, "alice", "bye", "alice/1");
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "late"), 0);
	end();
}

/* Codecs without samples here have packets of their true size and time. */
static void
codecs(void)
{
	static const struct {
		const char *codecs;
		long octets;
	} rows[] = { { "G729", 20 }, { "G722", 160 }, { "PCMA", 160 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char attrs[80];

		snprintf(
		    attrs, sizeof(attrs), PHONE " codecs=%s", rows[i].codecs);
		begin(attrs, attrs);
		call();
		CU_ASSERT_EQUAL(figure("bob", "stop", "octets"),
		    figure("bob", "stop", "packets") * rows[i].octets);
		CU_ASSERT(media("bob", rows[i].codecs) > 0);
		end();
	}
}

#define DIGITS PHONE " codecs=PCMU,telephone-event,CN"

/* RFC 4733: each digit arrives once, whatever is lost of it. */
static void
digits(void)
{
	struct net_link_params p = net_link_defaults;

	begin(DIGITS " dtmf=events", DIGITS);
	p.loss = 0.3;
	p.duplicate = 0.1;
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	STAGE_DO(&s, 10000, "alice", "dtmf", "alice/1", "digits",
	    "0123456789*#ABCD", "duration", "100ms");
	CU_ASSERT_EQUAL(media("alice", "\"op\":\"press\""), 16);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"digit\""), 16);
	CU_ASSERT_EQUAL(media("bob", "\"digit\":\"D\""), 1);
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	/* Whose digits go in band listens for them, and hears a pause where
	 * packets are missing. */
	begin(PHONE " dtmf=in-band", PHONE " dtmf=in-band");
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	STAGE_DO(&s, 3000, "alice", "dtmf", "alice/1", "digits",
	    "0123456789*#ABCD", "duration", "60ms");
	CU_ASSERT_EQUAL(media("bob", "\"way\":\"in-band\""), 16);
	p.loss = 0.3;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	STAGE_DO(&s, 3000, "alice", "dtmf", "alice/1", "digits",
	    "0123456789*#ABCD", "duration", "60ms");
	CU_ASSERT(media("bob", "\"way\":\"in-band\"") < 16 + 15);
	p = net_link_defaults;
	net_link_set_params(net_find_link(s.w->net, "alice", "hub"), &p);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	/* Who has not agreed on them, or sends no sound, is told. */
	begin(PHONE " dtmf=events", PHONE);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "alice", "dtmf", "alice/1", "digits", "1", NULL), 0);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
	begin("dtmf=in-band", PHONE);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 1000);
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "alice", "dtmf", "alice/1", "digits", "1", NULL), 0);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	end();
}

static void
set_jitter(const char *node, int64_t jitter_ns)
{
	struct net_link_params p = net_link_defaults;

	p.jitter_ns = jitter_ns;
	net_link_set_params(net_find_link(s.w->net, node, "hub"), &p);
}

/* Nobody marks where talk spurts begin: what waits for late packets loses
 * few, what does not loses them all along. */
static void
adaptive(void)
{
	long fixed;

	begin(PHONE, PHONE " buffer=20ms");
	set_jitter("alice", 100 * SIM_MS);
	call();
	fixed = figure("bob", "heard", "late");
	end();
	begin(PHONE, PHONE " buffer=20ms adaptive=true");
	set_jitter("alice", 100 * SIM_MS);
	call();
	CU_ASSERT(fixed > 100);
	CU_ASSERT(figure("bob", "heard", "late") < fixed / 4);
	CU_ASSERT(figure("bob", "heard", "buffer") > 30 * SIM_MS);
	CU_ASSERT(figure("bob", "heard", "buffer") <= 300 * SIM_MS);
	end();
}

/* The level of the room is told again when it is another: a file with a second
 * of a tone, one of soft noise, one of softer noise, and its pause. */
static void
comfort_changes(void)
{
	static int16_t samples[3 * SOUND_RATE];
	LOCAL_BUF wav = BUF_INIT, text = BUF_INIT;
	long packets;

	for (size_t i = 0; i < 3 * SOUND_RATE; i++)
		samples[i] = (int16_t)((i & 4 ? 1 : -1) *
				       (i < SOUND_RATE          ? 8000
					   : i < 2 * SOUND_RATE ? 40
								: 10));
	wav_write_head(&wav, 1, 3 * SOUND_RATE);
	wav_write_samples(&wav, samples, NULL, 3 * SOUND_RATE);
	json_put_base64(&text, buf_view(&wav));
	begin(DIGITS " sound=room.wav", DIGITS " sound=silence");
	map_put(
	    s.w->texts, STR("room.wav"), (char *)(uintptr_t)buf_cstr(&text));
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 20130);
	STAGE_DO(&s, 1000, "alice", "bye", "alice/1");
	packets = figure("alice", "stop", "packets");
	CU_ASSERT(labs(packets - 5 * (50 + 3)) <= 2);
	CU_ASSERT_EQUAL(figure("bob", "stop", "packets"), 1);
	CU_ASSERT_EQUAL(figure("bob", "heard", "packets"), packets);
	CU_ASSERT_EQUAL(figure("bob", "heard", "lost"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "late"), 0);
	CU_ASSERT_EQUAL(figure("bob", "heard", "jitter"), 0);
	end();
}

/* A source that begins with silence is of the codec that it speaks by. */
static void
silent_at_first(void)
{
	begin(DIGITS " sound=silence", DIGITS);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 3000);
	CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), 1);
	CU_ASSERT_EQUAL(media("bob", "\"codec\":\"CN\""), 1);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "set", NULL, "sound", "speech", NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "mute", "alice/1", NULL), 0);
	STAGE_DO(&s, 3000, "alice", "unmute", "alice/1");
	/* Not before the answer, and not after the end. */
	stage_do(&s, "bob", "set", NULL, "answer", "5s", NULL);
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 300);
	CU_ASSERT(stage_do(&s, "alice", "mute", "alice/2", NULL) != 0);
	stage_do(&s, "alice", "cancel", "alice/2", NULL);
	STAGE_DO(&s, 1000, "alice", "bye", "alice/1");
	CU_ASSERT(stage_do(&s, "alice", "mute", "alice/1", NULL) != 0);
	CU_ASSERT(figure("bob", "heard", "mos") > 4000);
	end();
}

static void
no_memory(void)
{
	for (unsigned long n = 1; n < 400; n += 7) {
		begin(PHONE, PHONE);
		mem_fail_only(n);
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		stage_run(&s, 500);
		mem_fail_only(0);
		mem_forgive();
		stage_close(&s);
	}
}

/* Alice mixes two calls, and mutes herself. */
static void
mixed_no_memory(void)
{
	for (unsigned long n = 500; n < 1400; n += 31) {
		begin(PHONE, PHONE);
		stage_node(
		    &s, "carol", "ua", "", 3, "aor=sip:carol@192.0.2.3 " PHONE);
		mem_fail_only(n);
		stage_call(&s, "alice", "sip:bob@192.0.2.2");
		STAGE_CALL(&s, "alice", "sip:carol@192.0.2.3", 400);
		STAGE_DO(
		    &s, 200, "alice", "join", "alice/1", "other", "alice/2");
		STAGE_DO(&s, 200, "alice", "mute", "alice/1");
		STAGE_DO(&s, 100, "alice", "bye", "alice/1");
		mem_fail_only(0);
		mem_forgive();
		stage_close(&s);
	}
}

/* A codec with another clock is another source's (RFC 3550 5.2), one with the
 * same goes on with its numbers; each is measured for itself. */
static void
codec_changes(void)
{
	static const struct {
		const char *codecs;
		bool clock, rated; /* another one; its sound has a value */
	} rows[] = { { "PCMA", true, true }, { "PCMU", false, true },
		{ "opus", true, false }, { "G729", true, true },
		{ "G722", false, true } };
	size_t n = sizeof(rows) / sizeof(rows[0]);
	long ssrc, next;

	begin_as(TRACE_NETWORK, PHONE " codecs=opus sound=silence",
	    PHONE " codecs=opus sound=silence");
	STAGE_CALL(&s, "alice", "sip:bob@192.0.2.2", 2000);
	for (size_t i = 0; i < n; i++) {
		ssrc = figure("alice", "flow", "ssrc");
		stage_do(
		    &s, "alice", "set", NULL, "codecs", rows[i].codecs, NULL);
		stage_do(
		    &s, "bob", "set", NULL, "codecs", rows[i].codecs, NULL);
		STAGE_DO(&s, 3000, "alice", "reinvite", "alice/1");
		next = figure("alice", "flow", "ssrc");
		CU_ASSERT_EQUAL(ssrc != next, rows[i].clock);
		/* The one that has said BYE is over. */
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"hear\""), i + 2);
		CU_ASSERT_EQUAL(media("bob", "\"op\":\"heard\""), i + 1);
	}
	STAGE_DO(&s, 1000, "alice", "bye", "alice/1");
	CU_ASSERT_EQUAL(stage_count(&s, KIND("media"), "\"late\":0,", NULL),
	    stage_count(&s, KIND("media"), "\"late\":", NULL));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("media"), "\"lost\":0,", NULL),
	    stage_count(&s, KIND("media"), "\"lost\":", NULL));
	for (size_t i = 0; i < n; i++) {
		char codec[30];

		snprintf(
		    codec, sizeof(codec), "\"codec\":\"%s\"", rows[i].codecs);
		CU_ASSERT_EQUAL(
		    stage_count(&s, "\"op\":\"heard\"", codec, "\"mos\":") > 0,
		    rows[i].rated);
	}
	/* The silence of PCMA. */
	CU_ASSERT(stage_count(&s, "\"proto\":\"rtp\"", "1dXV1dXV", NULL) > 100);
	end();
}

CHECK_MAIN("rtp", { "a bad link", bad_link },
    { "hold from afar", hold_from_afar }, { "codecs", codecs },
    { "codec changes", codec_changes }, { "digits", digits },
    { "an adaptive buffer", adaptive }, { "no memory", no_memory },
    { "silence first", silent_at_first },
    { "no memory to mix with", mixed_no_memory },
    { "comfort noise changes", comfort_changes })
