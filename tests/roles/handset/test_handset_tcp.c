/*
 * The handset's TCP in the network: the lab, a connection that breaks off, a
 * receiver that is gone, and a stream that is no SIP.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include "trace/board.h"

#include <inttypes.h>

/* The N-th send of NODE that begins with START and goes by TRANSPORT. */
static uint64_t
find_send(const struct trace *t, const char *node, const char *start,
    const char *transport, unsigned n)
{
	struct buf bytes = BUF_INIT, by = BUF_INIT;
	struct trace_rec rec;
	uint64_t found = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && found == 0; seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (str_is(rec.node, node) &&
		    str_starts(trace_bytes(&rec, &bytes), start) &&
		    str_iis(trace_str(&rec, "transport", &by), transport) &&
		    --n == 0)
			found = seq;
	}
	buf_free(&bytes);
	buf_free(&by);
	return found;
}

static bool
says(const struct trace *t, const char *node, const char *text)
{
	struct buf b = BUF_INIT;
	struct trace_rec rec;
	bool found = false;

	for (uint64_t seq = 1; seq <= trace_count(t) && !found; seq++) {
		if (trace_kind_of(t, seq) != TRACE_BOARD)
			continue;
		trace_get(t, seq, &rec);
		found = str_is(rec.node, node) &&
			str_find(trace_str(&rec, "text", &b), text) >= 0;
	}
	buf_free(&b);
	return found;
}

static struct trace *
run(const char *setting)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t;

	o.setting = setting;
	t = lab_trace("labs/handset-tcp", &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_TRUE(trace_complete(t));
	return t;
}

static void
by_size_and_by_choice(void)
{
	struct trace *t = run(NULL);

	CU_ASSERT_NOT_EQUAL(find_send(t, "long", "REGISTER", "udp", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "tess", "REGISTER", "tcp", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "long", "INVITE", "tcp", 1), 0);
	CU_ASSERT_EQUAL(find_send(t, "long", "INVITE", "udp", 1), 0);
	/* The Record-Route asks for it. */
	CU_ASSERT_NOT_EQUAL(find_send(t, "long", "ACK", "tcp", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "px", "INVITE", "tcp", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "tess", "SIP/2.0 180", "tcp", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "tess", "INVITE", "tcp", 1), 0);
	CU_ASSERT_NOT_EQUAL(find_send(t, "long", "SIP/2.0 200", "udp", 2), 0);
	CU_ASSERT_EQUAL(find_send(t, "tess", "SIP/2.0", "udp", 1), 0);
	CU_ASSERT_TRUE(says(t, "long", "too large for UDP"));
	trace_destroy(t);
}

static void
same_again(void)
{
	struct trace *a = run("tess.clock=20MHz");
	struct trace *b = run("tess.clock=20MHz");

	CU_ASSERT_EQUAL(trace_count(a), trace_count(b));
	for (uint64_t seq = 1; seq <= trace_count(a); seq++)
		CU_ASSERT_EQUAL(trace_time_of(a, seq), trace_time_of(b, seq));
	trace_destroy(a);
	trace_destroy(b);
}

/* ---- a script of a test's own ---- */

static char home[] = "/tmp/rung-handset-tcp-XXXXXX";

static void
put_file(const char *name, const char *text)
{
	struct buf out = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", home, name);
	buf_puts(&out, text);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&out, path), 0);
	buf_free(&out);
}

static const char raw_gv[] =
    "graph raw { graph [domain=\"example.com\", seed=3]\n"
    "mallory [role=ua]\n"
    "phone [role=handset, aor=\"sip:1000@example.com\"]\n"
    "mallory -- phone }\n";
static const char raw_lua[] =
    "lab { topology = \"raw.gv\", duration = \"60s\" }\n"
    "local m, phone = node \"mallory\", node \"phone\"\n"
    "local function say(raw)\n"
    "  m:send { to = phone, transport = \"tcp\", raw = raw }\n"
    "  sleep \"1s\"\n"
    "end\n"
    "local function options(id)\n"
    "  return \"OPTIONS sip:1000@example.com SIP/2.0\\r\\n\" ..\n"
    "    \"Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK\" .. id ..\n"
    "    \"\\r\\nFrom: <sip:m@192.0.2.1>;tag=1\\r\\n\" ..\n"
    "    \"To: <sip:1000@example.com>\\r\\nCall-ID: \" .. id ..\n"
    "    \"\\r\\nCSeq: 1 OPTIONS\\r\\nContent-Length: 0\\r\\n\\r\\n\"\n"
    "end\n"
    "script(function()\n"
    "  sleep \"1s\"\n"
    "  say(options \"a\")\n"
    "  say(options(\"b\"):sub(1, 80))\n"
    "  say(options(\"b\"):sub(81) .. options \"c\")\n"
    "  say(\"\\r\\n\\r\\n\")\n"
    "  say(\"no SIP\\r\\nl: x\\r\\n\\r\\n\")\n"
    "  say(options \"d\")\n"
    "  say((\"x\"):rep(20000))\n"
    "  say((\"y\"):rep(60000))\n"
    "  say(options \"e\")\n"
    "end)\n";

static void
make_home(void)
{
	strcpy(home + strlen(home) - 6, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
}

static struct trace *
run_home(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t;
	char path[128];

	snprintf(path, sizeof(path), "%s/lab.lua", home);
	t = lab_trace(path, &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_TRUE(trace_complete(t));
	snprintf(path, sizeof(path), "rm -rf %s", home);
	CU_ASSERT_EQUAL(system(path), 0);
	return t;
}

/* The INVITE breaks off in its middle: a reset for the board, too (18.4). */
static void
cut(void)
{
	char command[512];
	struct trace *t;

	make_home();
	snprintf(command, sizeof(command),
	    "cp labs/handset-tcp/* %s && echo 'fault { method = \"INVITE\", "
	    "src = \"long\", nth = 1, cut = 200 }' >> %s/lab.lua",
	    home, home);
	CU_ASSERT_EQUAL_FATAL(system(command), 0);
	t = run_home();
	CU_ASSERT_TRUE(says(t, "long", "connection broken"));
	CU_ASSERT_EQUAL(find_send(t, "tess", "SIP/2.0 180", "tcp", 1), 0);
	CU_ASSERT_EQUAL(find_send(t, "long", "INVITE", "udp", 1), 0);
	trace_destroy(t);
}

static void
raw(void)
{
	struct trace *t;

	make_home();
	put_file("raw.gv", raw_gv);
	put_file("lab.lua", raw_lua);
	t = run_home();
	CU_ASSERT_NOT_EQUAL(find_send(t, "phone", "SIP/2.0 200", "tcp", 3), 0);
	CU_ASSERT_TRUE(says(t, "phone", "no end of a message"));
	CU_ASSERT_FALSE(says(t, "phone", "panic"));
	CU_ASSERT_FALSE(says(t, "phone", "watchdog"));
	trace_destroy(t);
}

CHECK_MAIN("handset by TCP", { "by size and by choice", by_size_and_by_choice },
    { "cut", cut }, { "same again", same_again }, { "raw", raw })
