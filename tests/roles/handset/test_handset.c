/*
 * Handsets in a network: the causes of what a student is to see in their labs
 * (the rest: handset.case); two that talk to each other; the same bytes again,
 * in slices, from the trace alone and after an act; firmware that is none, and
 * firmware that fails.
 */
#include "fixtures/check.h"
#include "fixtures/emu_board.h"
#include "fixtures/labs.h"

#include "trace/board.h"

#include <inttypes.h>
#include <sys/stat.h>

/* ---- looking at a trace ---- */

/* How many records of KIND come from NODE (NULL: any) and have KEY = VALUE. */
static unsigned
count(const struct trace *t, enum trace_kind kind, const char *node,
    const char *key, const char *value)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	unsigned n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != kind)
			continue;
		trace_get(t, seq, &rec);
		n += (node == NULL || str_is(rec.node, node)) &&
		     str_is(trace_str(&rec, key, &scratch), value);
	}
	buf_free(&scratch);
	return n;
}

/* The N-th board record of NODE that is WHAT and holds TEXT; 0: none. */
static uint64_t
find_board(const struct trace *t, const char *node, const char *what,
    const char *text, unsigned n)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct trace_rec rec;
	uint64_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && found == 0; seq++) {
		if (trace_kind_of(t, seq) != TRACE_BOARD)
			continue;
		trace_get(t, seq, &rec);
		if (str_is(rec.node, node) &&
		    str_is(trace_str(&rec, "what", &a), what) &&
		    str_find(trace_str(&rec, "text", &b), text) >= 0 &&
		    --n == 0)
			found = seq;
	}
	buf_free(&a);
	buf_free(&b);
	return found;
}

/* The N-th send from SRC that begins with START; 0: none. */
static uint64_t
find_send(const struct trace *t, const char *src, const char *start, unsigned n)
{
	struct buf bytes = BUF_INIT;
	struct trace_rec rec;
	uint64_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && found == 0; seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (str_is(rec.node, src) &&
		    str_starts(trace_bytes(&rec, &bytes), start) && --n == 0)
			found = seq;
	}
	buf_free(&bytes);
	return found;
}

/* What was computed for the record SEQ, the cause of it, or of the stream that
 * begins with it; 0: nothing. */
static int64_t
computed(const struct trace *t, uint64_t seq, const char *key)
{
	uint64_t cause = seq != 0 ? trace_cause_of(t, seq) : 0;
	struct trace_rec rec;

	if (cause != 0 && trace_kind_of(t, cause) == TRACE_MEDIA)
		cause = trace_cause_of(t, cause);
	if (cause == 0 || trace_board_what(t, cause) != TRACE_BOARD_CYCLES)
		return 0;
	trace_get(t, cause, &rec);
	return trace_int(&rec, key, 0);
}

static struct trace *
run(const char *file, const char *setting)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t;

	o.setting = setting;
	t = lab_trace(file, &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_TRUE(trace_complete(t));
	return t;
}

static unsigned
confirmed(const struct trace *t, const char *node)
{
	return count(t, TRACE_CALL, node, "state", "confirmed");
}

/* ---- the labs ---- */

/* Every message that it sends has what was computed for it as its cause. */
static void
has_computed(const struct trace *t, const char *node)
{
	struct trace_rec rec;
	unsigned n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (!str_is(rec.node, node))
			continue;
		n++;
		CU_ASSERT_TRUE(computed(t, seq, "count") > 0);
		CU_ASSERT_TRUE(computed(t, seq, "ns") > 0);
	}
	CU_ASSERT_TRUE(n > 0);
}

static void
calls(void)
{
	struct trace *t = run("labs/handset-call", NULL);
	uint64_t ringing = find_send(t, "phone", "SIP/2.0 180", 1);
	uint64_t cause;

	CU_ASSERT_EQUAL(count(t, TRACE_FSM, "phone", "to", "registered"), 1);
	CU_ASSERT_EQUAL(confirmed(t, "phone"), 2);
	CU_ASSERT_EQUAL(confirmed(t, "bob"), 2);
	CU_ASSERT_EQUAL(
	    count(t, TRACE_CALL, "phone", "state", "terminated"), 2);
	CU_ASSERT_NOT_EQUAL(find_board(t, "phone", "lcd", "Registered", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_board(t, "phone", "lcd", "It rings", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_board(t, "phone", "lcd", "Talking", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_board(t, "phone", "lcd", "Incoming", 1), 0);
	CU_ASSERT_EQUAL(count(t, TRACE_BOARD, "phone", "what", "key"), 7);
	has_computed(t, "phone");
	/* The 180 goes back to the INVITE that came, in a millisecond or two.
	 */
	CU_ASSERT_NOT_EQUAL_FATAL(ringing, 0);
	cause = ringing;
	while (cause != 0 && trace_kind_of(t, cause) != TRACE_RECV)
		cause = trace_cause_of(t, cause);
	CU_ASSERT_NOT_EQUAL_FATAL(cause, 0);
	CU_ASSERT_EQUAL(trace_node_of(t, cause), trace_node_of(t, ringing));
	CU_ASSERT_EQUAL(trace_time_of(t, ringing) - trace_time_of(t, cause),
	    computed(t, ringing, "ns"));
	CU_ASSERT_TRUE(computed(t, ringing, "count") > 100000);
	trace_destroy(t);
}

static void
long_and_short(void)
{
	struct trace *t = run("labs/handset-long-invite", NULL);
	uint64_t of_long = find_send(t, "short", "SIP/2.0 180", 1);
	uint64_t of_short = find_send(t, "long", "SIP/2.0 180", 1);

	CU_ASSERT_EQUAL(confirmed(t, "long"), 2);
	CU_ASSERT_EQUAL(confirmed(t, "short"), 2);
	/* To read the long one takes a fifth more at least. */
	CU_ASSERT_TRUE(computed(t, of_long, "count") * 5 >
		       computed(t, of_short, "count") * 6);
	trace_destroy(t);
}

static void
malformed(void)
{
	struct trace *t = run("labs/handset-malformed", NULL);
	struct lab_options o = LAB_OPTIONS;
	uint64_t third = find_send(t, "mallory", "OPTIONS", 3);
	char act[64];

	CU_ASSERT_NOT_EQUAL_FATAL(third, 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "phone", "SIP/2.0 481", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_board(t, "phone", "watchdog", "", 1), 0);
	CU_ASSERT_NOT_EQUAL(
	    find_board(t, "phone", "uart", "not understood", 2), 0);
	trace_destroy(t);
	/* Without the third message nothing of it happens. */
	snprintf(act, sizeof(act), "%" PRIu64 ":message.drop", third);
	o.act = act;
	t = lab_trace("labs/handset-malformed", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(find_send(t, "phone", "SIP/2.0 481", 1), 0);
	CU_ASSERT_EQUAL(find_board(t, "phone", "watchdog", "", 1), 0);
	CU_ASSERT_NOT_EQUAL(
	    count(t, TRACE_CALL, "bob", "state", "terminated"), 0);
	trace_destroy(t);
}

/* ---- files of a test's own ---- */

static char home[] = "/tmp/rung-handset-XXXXXX";

static void
put_file(const char *name, const char *bytes, size_t n)
{
	struct buf out = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", home, name);
	buf_add(&out, bytes, n);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&out, path), 0);
	buf_free(&out);
}

static const char *
path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", home, name);
	return path;
}

static void
make_home(void)
{
	strcpy(home + strlen(home) - 6, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
}

static void
remove_home(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", home);
	CU_ASSERT_EQUAL(system(command), 0);
}

/* ---- the same bytes ---- */

static const char talk_gv[] =
    "graph talk { graph [domain=\"example.com\", seed=3]\n"
    "edge [delay=\"5ms\"]\n"
    "a [role=handset, aor=\"sip:1000@example.com\", register=true,\n"
    "outbound=px, media=true]\n"
    "b [role=handset, aor=\"sip:1001@example.com\", register=true,\n"
    "outbound=px, media=true, answer=\"0s\", clock=\"150MHz\"]\n"
    "px [role=\"proxy registrar location\"]\n"
    "lan\n a -- lan -- b\n lan -- px }\n";
static const char talk_lua[] =
    "lab { topology = \"talk.gv\", duration = \"8s\" }\n"
    "local a = node \"a\"\n"
    "script(function()\n"
    "  a:wait_screen(\"Registered\", \"5s\")\n"
    "  a:dial \"1001\"\n"
    "  a:wait_screen(\"Talking\", \"10s\")\n"
    "  sleep \"2s\"\n"
    "  a:hangup()\n"
    "end)\n";

static void
make_talk(void)
{
	make_home();
	put_file("talk.gv", talk_gv, sizeof(talk_gv) - 1);
	put_file("talk.lua", talk_lua, sizeof(talk_lua) - 1);
}

static void
talk(void)
{
	struct trace *t;

	make_talk();
	t = run(path_of("talk.lua"), NULL);
	CU_ASSERT_EQUAL(confirmed(t, "a"), 1);
	CU_ASSERT_EQUAL(confirmed(t, "b"), 1);
	CU_ASSERT_EQUAL(count(t, TRACE_CALL, "b", "state", "terminated"), 1);
	/* 50 packets a second, for two seconds, each way */
	CU_ASSERT_TRUE(count(t, TRACE_SEND, "a", "proto", "rtp") >= 98);
	CU_ASSERT_TRUE(count(t, TRACE_SEND, "a", "proto", "rtp") <= 106);
	CU_ASSERT_TRUE(count(t, TRACE_SEND, "b", "proto", "rtp") >= 98);
	CU_ASSERT_TRUE(count(t, TRACE_SEND, "b", "proto", "rtp") <= 106);
	CU_ASSERT_TRUE(count(t, TRACE_RECV, "b", "proto", "rtp") == 0);
	has_computed(t, "a");
	has_computed(t, "b");
	trace_destroy(t);
	remove_home();
}

static void
in_slices(void)
{
	static const uint64_t slices[] = { 1, 7, 1000 };
	struct lab_options o = LAB_OPTIONS;
	struct buf first = BUF_INIT, again = BUF_INIT;
	struct diag d = DIAG_INIT;

	make_talk();
	CU_ASSERT_EQUAL(lab_run(path_of("talk.lua"), &o, &first, &d), 0);
	for (size_t i = 0; i < 3; i++) {
		o.slice = slices[i];
		CU_ASSERT_EQUAL(
		    lab_run(path_of("talk.lua"), &o, &again, &d), 0);
		CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&again)));
	}
	put_file("talk.jsonl", first.p, first.n);
	o.slice = 0;
	CU_ASSERT_EQUAL(lab_run(path_of("talk.jsonl"), &o, &again, &d), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&again)));
	buf_free(&first);
	buf_free(&again);
	remove_home();
}

/* A key pressed by a person in the middle: what was before it stays, and the
 * run with the act is itself the same again, in slices too. */
static void
after_an_act(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct buf plain = BUF_INIT, first = BUF_INIT, again = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t;
	uint64_t ringing;
	char act[64];

	make_talk();
	t = run(path_of("talk.lua"), NULL);
	ringing = find_send(t, "b", "SIP/2.0 180", 1);
	trace_destroy(t);
	CU_ASSERT_NOT_EQUAL_FATAL(ringing, 0);
	snprintf(act, sizeof(act), "%" PRIu64 ":a.press:keys={end}", ringing);
	CU_ASSERT_EQUAL(lab_run(path_of("talk.lua"), &o, &plain, &d), 0);
	o.act = act;
	CU_ASSERT_EQUAL(lab_run(path_of("talk.lua"), &o, &first, &d), 0);
	CU_ASSERT_FALSE(str_eq(buf_view(&plain), buf_view(&first)));
	o.slice = 3;
	CU_ASSERT_EQUAL(lab_run(path_of("talk.lua"), &o, &again, &d), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&again)));
	o.slice = 0;
	t = lab_trace(path_of("talk.lua"), &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(find_send(t, "b", "SIP/2.0 180", 1), ringing);
	CU_ASSERT_EQUAL(count(t, TRACE_ACT, NULL, "by", "person"), 1);
	trace_destroy(t);
	buf_free(&plain);
	buf_free(&first);
	buf_free(&again);
	remove_home();
}

/* ---- firmware ---- */

static const char own_lua[] =
    "lab { topology = \"own.gv\", duration = \"6s\" }\n"
    "local bob, carol, phone = node \"bob\", node \"carol\", node \"phone\"\n"
    "script(function()\n"
    "  sleep \"1s\"\n"
    "  bob:send { method = \"MESSAGE\", uri = \"sip:x@192.0.2.9\",\n"
    "    to = phone, body = \"there?\" }\n"
    "  local call = bob:invite(carol)\n"
    "  if wait(call, \"confirmed\", \"3s\") then call:bye() end\n"
    "  sleep \"1s\"\n"
    "  phone:restart()\n"
    "end)\n";

/* A lab whose phone runs FIRMWARE; SETTINGS are more of the phone's. */
static void
make_own_with(const char *firmware, const char *settings)
{
	char gv[400];

	snprintf(gv, sizeof(gv),
	    "graph own { graph [seed=3]\n"
	    "phone [role=handset, firmware=\"%s\", ram=\"1MB\"%s]\n"
	    "bob [role=ua]\n carol [role=ua, answer=\"0s\"]\n"
	    "phone -- bob -- carol [delay=\"5ms\"] }\n",
	    firmware, settings);
	put_file("own.gv", gv, strlen(gv));
	put_file("own.lua", own_lua, sizeof(own_lua) - 1);
}

static void
make_own(const char *firmware)
{
	make_own_with(firmware, "");
}

/* Its program writes where there is nothing, after a while. */
static void
put_faulty(void)
{
	static const uint32_t code[] = {
		0xe3a01801, /* mov  r1, #0x10000 */
		0xe2511001, /* subs r1, r1, #1 */
		0x1afffffd, /* bne  … */
		0xe3a00201, /* mov  r0, #0x10000000 */
		0xe5801000, /* str  r1, [r0] */
		0xeafffffe, /* b    . */
	};
	static const struct emu_symbol symbols[] = {
		{ "spin", EMU_CODE, 12, 2 },
		{ "go_wrong", EMU_CODE + 12, 12, 2 },
	};
	struct emu_program p = { EMU_PROGRAM(code), .symbols = symbols,
		.nsymbols = 2 };
	struct buf elf = emu_elf(&p);

	put_file("faulty.elf", elf.p, elf.n);
	buf_free(&elf);
}

static void
faulty(void)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct trace_rec rec;
	struct trace *t;
	uint64_t fault, again;

	make_home();
	put_faulty();
	make_own("faulty.elf");
	t = run(path_of("own.lua"), NULL);
	fault = find_board(t, "phone", "fault", "", 1);
	again = find_board(t, "phone", "fault", "", 2);
	CU_ASSERT_NOT_EQUAL_FATAL(fault, 0);
	trace_get(t, fault, &rec);
	CU_ASSERT_TRUE(str_is(trace_str(&rec, "fault", &a), "write"));
	CU_ASSERT_EQUAL(trace_int(&rec, "address", 0), 0x10000000);
	CU_ASSERT_TRUE(str_starts(trace_str(&rec, "at", &b), "go_wrong"));
	/* 2 × 65536 instructions and a few, 1.5 cycles each */
	CU_ASSERT_TRUE(rec.t > 900 * SIM_US && rec.t < 1100 * SIM_US);
	/* It is down: nobody is there for the message, and it is repeated. */
	CU_ASSERT_TRUE(count(t, TRACE_DROP, NULL, "reason", "host-down") > 0);
	/* The others go on. */
	CU_ASSERT_EQUAL(confirmed(t, "bob"), 1);
	CU_ASSERT_EQUAL(confirmed(t, "carol"), 1);
	/* Switched on again it fails again. */
	CU_ASSERT_TRUE_FATAL(again > fault);
	CU_ASSERT_TRUE(trace_time_of(t, again) > 2 * SIM_S);
	CU_ASSERT_EQUAL(find_board(t, "phone", "fault", "", 3), 0);
	trace_destroy(t);
	buf_free(&a);
	buf_free(&b);
	remove_home();
}

static const char stuck_lua[] =
    "lab { topology = \"own.gv\", duration = \"15s\" }\n"
    "script(function() sleep \"14s\" end)\n";

/* The fault that firmware of these WORDS ends with, and when; -1: none. */
static int64_t
stuck_by(const struct emu_program *p, const char *fault)
{
	struct buf elf = emu_elf(p);
	struct buf b = BUF_INIT;
	struct trace_rec rec;
	struct trace *t;
	uint64_t seq;
	int64_t at = -1;

	/* A slow processor goes round less often in ten seconds. */
	make_own_with("stuck.elf", ", clock=\"12MHz\"");
	put_file("own.lua", stuck_lua, sizeof(stuck_lua) - 1);
	put_file("stuck.elf", elf.p, elf.n);
	t = run(path_of("own.lua"), NULL);
	seq = find_board(t, "phone", "fault", "", 1);
	if (seq != 0) {
		trace_get(t, seq, &rec);
		CU_ASSERT_TRUE(str_is(trace_str(&rec, "fault", &b), fault));
		at = rec.t;
	}
	trace_destroy(t);
	buf_free(&elf);
	buf_free(&b);
	return at;
}

/* Firmware that goes round for ever, and firmware that nothing can wake. */
static void
stuck(void)
{
	static const uint32_t round_and_round[] = { 0xeafffffe /* b . */ };
	static const uint32_t asleep[] = {
		0xe3a00313, /* mov r0, #0x4c000000 */
		0xe3a01004, /* mov r1, #4 */
		0xe580100c, /* str r1, [r0, #12]: CLKCON, idle */
		0xeafffffe, /* b   . */
	};
	struct emu_program spin = { EMU_PROGRAM(round_and_round) };
	struct emu_program sleep = { EMU_PROGRAM(asleep) };
	int64_t at;

	make_home();
	at = stuck_by(&spin, "spin");
	CU_ASSERT_TRUE(at >= 10 * SIM_S && at < 11 * SIM_S);
	at = stuck_by(&sleep, "sleep");
	CU_ASSERT_TRUE(at >= 0 && at < SIM_MS);
	remove_home();
}

/* The sentence that a run with FIRMWARE ends with. */
static bool
refused(const char *firmware, const char *want)
{
	struct lab_options o = LAB_OPTIONS;
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	bool good;

	make_own(firmware);
	good = lab_run(path_of("own.lua"), &o, &out, &d) != 0 &&
	       strstr(d.text, want) != NULL;
	if (!good)
		printf("  %s: %s\n", firmware, d.text);
	buf_free(&out);
	return good;
}

static void
no_firmware(void)
{
	struct buf elf;
	static const uint32_t code[] = { 0xeafffffe };
	struct emu_program p = { EMU_PROGRAM(code) };

	make_home();
	put_file("text.elf", "no ELF at all", 13);
	put_file("empty.elf", "", 0);
	elf = emu_elf(&p);
	put_file("short.elf", elf.p, 40);
	elf.p[18] = 62;
	put_file("x86.elf", elf.p, elf.n);
	elf.p[18] = 40;
	elf.p[4] = 2;
	put_file("wide.elf", elf.p, elf.n);
	buf_free(&elf);
	CU_ASSERT_EQUAL(mkdir(path_of("folder"), 0777), 0);
	CU_ASSERT_TRUE(refused("text.elf", "the firmware is not an ELF file"));
	CU_ASSERT_TRUE(refused("empty.elf", "is empty"));
	CU_ASSERT_TRUE(refused("short.elf", "truncated"));
	CU_ASSERT_TRUE(refused("x86.elf", "another machine"));
	CU_ASSERT_TRUE(refused("wide.elf", "64-bit"));
	CU_ASSERT_TRUE(refused("gone.elf", "No such file"));
	CU_ASSERT_TRUE(refused("folder", "folder"));
	CU_ASSERT_TRUE(refused("../x.elf", "must be next to the topology"));
	CU_ASSERT_TRUE(refused("/etc/passwd", "must be next to the topology"));
	remove_home();
}

/* A trace keeps what its firmware was, not the file. */
static void
other_firmware(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct buf first = BUF_INIT, again = BUF_INIT;
	struct diag d = DIAG_INIT;
	static const uint32_t code[] = { 0xeafffffe };
	struct emu_program p = { EMU_PROGRAM(code) };
	struct buf elf = emu_elf(&p);

	make_home();
	put_faulty();
	make_own("faulty.elf");
	CU_ASSERT_EQUAL(lab_run(path_of("own.lua"), &o, &first, &d), 0);
	put_file("own.jsonl", first.p, first.n);
	CU_ASSERT_EQUAL(lab_run(path_of("own.jsonl"), &o, &again, &d), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&first), buf_view(&again)));
	put_file("faulty.elf", elf.p, elf.n);
	CU_ASSERT_NOT_EQUAL(lab_run(path_of("own.jsonl"), &o, &again, &d), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "differs from the one"));
	buf_free(&elf);
	buf_free(&first);
	buf_free(&again);
	remove_home();
}

CHECK_MAIN("handset", { "calls", calls }, { "long and short", long_and_short },
    { "malformed", malformed }, { "two talk", talk },
    { "in slices", in_slices }, { "after an act", after_an_act },
    { "faulty firmware", faulty }, { "stuck firmware", stuck },
    { "no firmware", no_firmware }, { "other firmware", other_firmware })
