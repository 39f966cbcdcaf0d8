/*
 * Who hears whom at a moment, told from records alone (follower/hearing.h), and
 * which offer and answer it comes from (follower/exchange.h).
 */
#include "fixtures/stage.h"

#include "follower/hearing.h"

static struct stage s;
static struct trace *t;
static struct state_at *f;
static struct hearings h;

#define PHONE "answer=100ms media=true"

static void
begin(const char *alice, const char *bob)
{
	char attrs[200];

	stage_open(&s);
	snprintf(attrs, sizeof(attrs), "aor=sip:alice@192.0.2.1 %s", alice);
	stage_node(&s, "alice", "ua", "", 1, attrs);
	snprintf(attrs, sizeof(attrs), "aor=sip:bob@192.0.2.2 %s", bob);
	stage_node(&s, "bob", "ua", "", 2, attrs);
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
}

/* The stage's trace has no header of its own. */
static void
read_trace(void)
{
	struct buf copy = BUF_INIT;
	struct diag d = DIAG_INIT;

	STAGE_HAS(&s, 0, KIND("trace"), NULL, NULL);
	buf_puts(&copy,
	    "{\"kind\":\"trace\",\"version\":1,\"nodes\":["
	    "{\"name\":\"alice\",\"role\":\"ua\",\"addr\":\"192.0.2.1\"},"
	    "{\"name\":\"bob\",\"role\":\"ua\",\"addr\":\"192.0.2.2\"}],"
	    "\"inputs\":{}}\n");
	buf_str(&copy, buf_view(&s.trace));
	CU_ASSERT_EQUAL_FATAL(trace_read_buf(&t, &copy, "t.jsonl", &d), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_create(&f), 0);
}

static void
end(void)
{
	hearings_free(&h);
	state_at_destroy(f);
	trace_destroy(t);
	stage_close(&s);
}

/* The row of LISTENER after MS; NULL: none. */
static const struct hearing *
row_at(int64_t ms, const char *listener)
{
	uint64_t seq = trace_at_time(t, ms * 1000000);

	CU_ASSERT_EQUAL_FATAL(state_at_advance(f, t, seq), 0);
	CU_ASSERT_EQUAL_FATAL(hearings_read(&h, t, f, str_of(listener), 10), 0);
	CU_ASSERT_EQUAL(h.more, 0);
	return h.n == 1 ? &h.list[0] : NULL;
}

static bool
is(int64_t ms, const char *listener, enum hearing_state state)
{
	const struct hearing *r = row_at(ms, listener);

	return r != NULL && r->state == state;
}

/* Whose description keeps what from being heard. */
static void
hold(void)
{
	const struct hearing *r;

	begin(PHONE, PHONE);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	STAGE_DO(&s, 3000, "alice", "hold", "alice/1");
	read_trace();
	CU_ASSERT(is(4000, "alice", HEARING_HOLDS));
	CU_ASSERT_EQUAL(h.list[0].exchange.here.direction, MSG_SDP_SENDONLY);
	r = row_at(4000, "bob");
	CU_ASSERT(r != NULL && r->state == HEARING_HEARS);
	end();
}

static void
one_side(void)
{
	begin(PHONE, "answer=100ms");
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	read_trace();
	CU_ASSERT(is(1000, "alice", HEARING_MUTE));
	CU_ASSERT_EQUAL(h.list[0].flow, 0);
	end();
}

/* Who says nothing is heard all the same; who is down is not. */
static void
silence_and_crash(void)
{
	begin(PHONE " sound=silence", PHONE);
	CU_ASSERT_TRUE(stage_run(&s, 2000));
	STAGE_DO(&s, 20000, "alice", "crash", NULL);
	read_trace();
	CU_ASSERT(is(1500, "bob", HEARING_SILENCE));
	CU_ASSERT(is(20000, "bob", HEARING_GONE));
	end();
}

/* Rows without room are counted. */
static void
no_room(void)
{
	begin(PHONE, PHONE);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	read_trace();
	CU_ASSERT_EQUAL(state_at_advance(f, t, trace_count(t)), 0);
	CU_ASSERT_EQUAL(hearings_read(&h, t, f, STR_NULL, 1), 0);
	CU_ASSERT_EQUAL(h.n, 1);
	CU_ASSERT_EQUAL(h.more, 1);
	end();
}

/* As if somebody had changed a key on its way: bob has another one than alice
 * seals by, and hears nothing. */
static void
change_key(void)
{
	static const char hears[] = "\"node\":\"bob\",\"kind\":\"media\"";
	static const char opens[] = "\"opens\":\"inline:";
	char *at = s.trace.p;

	while ((at = strstr(at, hears)) != NULL) {
		char *end = strchr(at, '\n'), *op = strstr(at, "\"op\":\"hear");
		char *key = strstr(at, opens);

		if (op != NULL && op < end)
			memcpy(op + 6, "none", 4);
		if (key != NULL && key < end)
			key[sizeof(opens)] ^= 1;
		at = end;
	}
}

static void
another_key(void)
{
	begin(PHONE " srtp=offer", PHONE " srtp=offer");
	CU_ASSERT_TRUE(stage_run(&s, 7000));
	change_key();
	read_trace();
	CU_ASSERT(is(6500, "bob", HEARING_KEY));
	CU_ASSERT(is(6500, "alice", HEARING_HEARS));
	end();
}

static void
no_memory(void)
{
	begin(PHONE, PHONE);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	read_trace();
	CU_ASSERT_EQUAL(state_at_advance(f, t, trace_count(t)), 0);
	for (unsigned long n = 1; n < 12; n++) {
		int err;

		hearings_free(&h);
		mem_fail_only(n);
		err = hearings_read(&h, t, f, STR_NULL, 10);
		mem_fail_only(0);
		mem_forgive();
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT(err != 0 || h.n == 2);
	}
	end();
}

CHECK_MAIN("hearing", { "hold", hold }, { "one side", one_side },
    { "silence and a crash", silence_and_crash },
    { "another key", another_key }, { "no room", no_room },
    { "no memory", no_memory })
