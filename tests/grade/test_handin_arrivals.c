/*
 * Hand-ins of runs to which something came from outside: they are made again to
 * the same bytes, and judged, from the file alone; a report says what came; a
 * list that is damaged, or names what is not there, costs that run or the file,
 * with a sentence, and nothing else.
 */
#include "base/folder.h"
#include "fixtures/check.h"
#include "grade/handin.h"
#include "grade/report.h"
#include "fixtures/sessions.h"

#include <sys/stat.h>

#define DATE "2026-11-21T00:00:00Z"

/* A lab in which nothing happens by itself but a call. */
static const struct {
	const char *name, *text;
} lab_files[] = {
	{ "net.gv", "graph { alice [role=ua]; bob [role=ua, answer=\"1s\"]; "
		    "alice -- bob }\n" },
	{ "lab.lua",
	    "lab { title = \"A call\", topology = \"net.gv\" }\n"
	    "script(function()\n"
	    "\tlocal c = node \"alice\":invite \"bob\"\n"
	    "\twait(c, \"confirmed\")\n\tsleep \"5s\"\n\tc:bye()\nend)\n" },
	{ "README.md",
	    "# A call\n\n## Tasks\n\n1. Somebody outside is answered.\n"
	    "2. Over a connection, too.\n" },
	{ "check.lua",
	    "lesson { minutes = 5, level = 1 }\n"
	    "task { goal = { { \"bob answers\", function(t)\n"
	    "\treturn t:count \"kind=send src=bob status=200 "
	    "cseq=OPTIONS\" > 0 end } } }\n"
	    "task { goal = { { \"over TCP\", function(t)\n"
	    "\tlocal r = t:first \"kind=send src=bob status=200 call=t\"\n"
	    "\treturn r ~= nil, r end } } }\n" },
};

#define FILES (sizeof(lab_files) / sizeof(lab_files[0]))

static char home[] = "/tmp/rung-test-XXXXXX";
static char lab[64];

static void
make_lab(void)
{
	char path[128];

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
	snprintf(lab, sizeof(lab), "%s/call", home);
	CU_ASSERT_EQUAL_FATAL(mkdir(lab, 0700), 0);
	for (size_t i = 0; i < FILES; i++) {
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s", lab, lab_files[i].name);
		f = fopen(path, "w");
		CU_ASSERT_PTR_NOT_NULL_FATAL(f);
		fputs(lab_files[i].text, f);
		CU_ASSERT_EQUAL_FATAL(fclose(f), 0);
	}
}

/* ---- a student's session ---- */

#define OPTIONS(via, n)                                             \
	"OPTIONS sip:bob@192.0.2.2 SIP/2.0\r\n"                     \
	"Via: SIP/2.0/" via " 203.0.113.7;branch=z9hG4bK" n "\r\n"  \
	"From: <sip:x@y>;tag=1\r\nTo: <sip:bob@192.0.2.2>\r\n"      \
	"Call-ID: " n "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n" \
	"Content-Length: 0\r\n\r\n"

static void
come(struct session *s, size_t branch, enum arrival_what what,
    enum addr_transport by, struct str bytes)
{
	struct arrival a = {
		.what = what, .node = "bob", .face = "", .bytes = bytes
	};
	struct diag d = DIAG_INIT;

	addr_parse(STR("203.0.113.7:5060"), &a.from);
	a.from.transport = by;
	CU_ASSERT_EQUAL(session_arrive(s, branch, &a, &d), 0);
	if (d.err != 0)
		printf("  %s\n", d.text);
}

static void
go_on(struct session *s, size_t branch, int64_t ms)
{
	const struct run_goal to = { .until_ns = ms * SIM_MS,
		.until_seq = UINT64_MAX };
	enum run_state state = RUN_GOES_ON;
	struct diag d = DIAG_INIT;

	while (state == RUN_GOES_ON)
		CU_ASSERT_EQUAL(
		    session_advance_to(s, branch, &to, &state, &d), 0);
	CU_ASSERT_EQUAL(d.err, 0);
}

/* By UDP, text and bytes that are none; by TCP, in two pieces, closed and
 * broken off; an act behind all that, and a branch with the same arrivals. */
static struct session *
play(void)
{
	static const char tcp[] = OPTIONS("TCP", "t");
	struct session_options o = { .open = true };
	struct diag d = DIAG_INIT;
	struct session *s;
	size_t branch;

	CU_ASSERT_EQUAL_FATAL(session_open(&s, lab, &o, &d), 0);
	come(s, 0, ARRIVAL_BYTES, ADDR_UDP, STR(OPTIONS("UDP", "u")));
	go_on(s, 0, 500);
	come(s, 0, ARRIVAL_BYTES, ADDR_UDP, (struct str){ "\0\xff\x01", 3 });
	come(s, 0, ARRIVAL_BYTES, ADDR_TCP, (struct str){ tcp, 30 });
	go_on(s, 0, 600);
	come(s, 0, ARRIVAL_BYTES, ADDR_TCP,
	    (struct str){ tcp + 30, sizeof(tcp) - 31 });
	go_on(s, 0, 1500);
	come(s, 0, ARRIVAL_CLOSE, ADDR_TCP, STR_NULL);
	go_on(s, 0, 2500);
	come(s, 0, ARRIVAL_BYTES, ADDR_TCP, STR("x"));
	come(s, 0, ARRIVAL_RESET, ADDR_TCP, STR_NULL);
	go_on(s, 0, 3000);
	session_stop(s, 0);
	run_out(s, 0, &d);
	CU_ASSERT_EQUAL(do_crash(s, 0, 40, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL_FATAL(branch, 1);
	run_out(s, 1, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	return s;
}

static void
take_work(struct work *w, const struct session *s)
{
	struct diag d = DIAG_INIT;

	*w = WORK_INIT;
	CU_ASSERT_EQUAL_FATAL(work_find_lab(w, NULL, lab, &d), 0);
	for (size_t i = 0; i < session_branches(s); i++)
		CU_ASSERT_EQUAL_FATAL(
		    work_add_inputs(
			w, mem_strdup(session_name(s, i)), session_trace(s, i)),
		    0);
}

/* What S's work is as a file. */
static void
make_handin(const struct session *s, struct buf *handin, struct buf *report)
{
	struct work w;
	struct mark m = MARK_INIT;
	struct paper p = PAPER_INIT;
	struct diag d = DIAG_INIT;

	take_work(&w, s);
	CU_ASSERT_EQUAL_FATAL(mark_work(&m, &w, "1", &d), 0);
	CU_ASSERT_EQUAL_FATAL(w.nruns, session_branches(s));
	for (size_t i = 0; i < w.nruns; i++) {
		CU_ASSERT_PTR_NOT_NULL_FATAL(w.runs[i].trace);
		CU_ASSERT_EQUAL(trace_hash(w.runs[i].trace),
		    trace_hash(session_trace(s, i)));
	}
	CU_ASSERT_EQUAL(m.points, m.of);
	CU_ASSERT_EQUAL_FATAL(handin_write(&w, &m, "1", DATE, handin, &d), 0);
	CU_ASSERT_EQUAL(report_make(&p, &w, &m, "1", DATE, &d), 0);
	buf_str(report, buf_view(&p.text));
	paper_free(&p);
	mark_free(&m);
	work_free(&w);
}

/* TEXT, judged: the hundredths of points that it gets, or -1 where it can't be
 * read, and WHY. *OTHERS of its runs come out otherwise than they were handed
 * in. */
static int
judge_compare_runs(struct str text, unsigned *others, struct buf *why)
{
	struct work w;
	struct mark m = MARK_INIT;
	struct diag d = DIAG_INIT;
	int points = -1;

	*others = 0;
	buf_clear(why);
	if (handin_read_text(&w, text, "x.rung", lab, &d) == 0) {
		CU_ASSERT_EQUAL_FATAL(mark_work(&m, &w, NULL, &d), 0);
		points = (int)m.points;
	} else {
		buf_puts(why, d.text);
	}
	for (size_t i = 0; points >= 0 && i < w.nruns; i++)
		*others += w.runs[i].trace == NULL ||
			   trace_hash(w.runs[i].trace) != w.runs[i].hash;
	mark_free(&m);
	work_free(&w);
	return points;
}

/* ---- cases ---- */

static void
is_judged(void)
{
	LOCAL_BUF handin = BUF_INIT, report = BUF_INIT, why = BUF_INIT;
	struct session *s = play();
	unsigned others;

	make_handin(s, &handin, &report);
	CU_ASSERT_EQUAL(
	    judge_compare_runs(buf_view(&handin), &others, &why), 200);
	CU_ASSERT_EQUAL(others, 0);
	CU_ASSERT_EQUAL(why.n, 0);
	CU_ASSERT(str_find(buf_view(&report), "203.0.113.7:5060") >= 0);
	session_destroy(s);
}

/* The first TO of HANDIN is WITH; where FROM is no more than a beginning, what
 * follows up to the end of an array goes, too. */
static void
replace(struct str handin, const char *from, const char *with, struct buf *out)
{
	ptrdiff_t at = str_find(handin, from);
	size_t end = (size_t)at + strlen(from);

	CU_ASSERT_FATAL(at >= 0);
	if (handin.p[end - 1] == '[')
		end +=
		    (size_t)str_find(str_slice(handin, end, handin.n), "]") + 1;
	buf_clear(out);
	buf_str(out, str_slice(handin, 0, (size_t)at));
	buf_puts(out, with);
	buf_str(out, str_slice(handin, end, handin.n));
}

/* Somebody has changed the first run's list. */
static void
changed_lists(void)
{
	static const struct {
		const char *from, *with;
		int points; /* -1: the file can't be read */
		unsigned others;
		const char *why;
	} rows[] = {
		{ ",\"arrivals\":[", "", 100, 1, "" },
		{ "\"to\":\"bob\"", "\"to\":\"bib\"", 100, 1, "" },
		{ "\"to\":\"bob\"", "\"to\":7", -1, 0,
		    "expected something like" },
		{ "\"from\":\"203.0.113.7:5060\"", "\"from\":\"x\"", -1, 0,
		    "is not an address with a port" },
		{ "\"from\":\"203.0.113.7:5060\"",
		    "\"from\":\"192.0.2.1:5060\"", 100, 1, "" },
		{ "\"base64\":\"", "\"base64\":\"!", -1, 0,
		    "expected something like" },
		{ "{\"kind\":\"end\"", "{\"kind\":\"and\"", -1, 0,
		    "expected something like" },
		{ "\"arrivals\":[", "\"arrivals\":[]", -1, 0,
		    "the arrivals are incomplete" },
		{ "\"arrivals\":[", "\"arrivals\":3", -1, 0, "expected form" },
		{ "\"reason\":\"stopped\"", "\"reason\":\"over\"", -1, 0,
		    "is not an end" },
		{ "\"outside\":true", "\"outside\":false", 100, 1, "" },
	};
	struct buf handin = BUF_INIT, report = BUF_INIT, why = BUF_INIT;
	LOCAL_BUF text = BUF_INIT;
	struct session *s = play();
	unsigned others;

	make_handin(s, &handin, &report);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int points;

		replace(buf_view(&handin), rows[i].from, rows[i].with, &text);
		points = judge_compare_runs(buf_view(&text), &others, &why);
		if (points != rows[i].points || others != rows[i].others ||
		    str_find(buf_view(&why), rows[i].why) < 0)
			printf("  %s: %d, %u, %s\n", rows[i].with, points,
			    others, buf_cstr(&why));
		CU_ASSERT_EQUAL(points, rows[i].points);
		CU_ASSERT_EQUAL(others, rows[i].others);
		CU_ASSERT(str_find(buf_view(&why), rows[i].why) >= 0);
	}
	buf_free(&why);
	buf_free(&handin);
	buf_free(&report);
	session_destroy(s);
}

/* What nobody would read is not written; a report tells some of what came. */
static void
too_much(void)
{
	static char bytes[60000];
	struct session_options o = { .open = true };
	LOCAL_BUF handin = BUF_INIT;
	struct mark m = MARK_INIT;
	struct paper p = PAPER_INIT;
	struct diag d = DIAG_INIT;
	struct session *s;
	struct work w;

	memset(bytes, 0xfe, sizeof(bytes));
	CU_ASSERT_EQUAL_FATAL(session_open(&s, lab, &o, &d), 0);
	for (unsigned i = 0; i < 220; i++)
		come(s, 0, ARRIVAL_BYTES, ADDR_UDP,
		    (struct str){ bytes, sizeof(bytes) });
	go_on(s, 0, 100);
	session_stop(s, 0);
	run_out(s, 0, &d);
	take_work(&w, s);
	CU_ASSERT_EQUAL_FATAL(mark_work(&m, &w, "1", &d), 0);
	CU_ASSERT_EQUAL(
	    handin_write(&w, &m, "1", DATE, &handin, &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "16 MiB"));
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(report_make(&p, &w, &m, "1", DATE, &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "16 MiB"));
	CU_ASSERT(str_find(buf_view(&p.text), "\n- 200 more\n") >= 0);
	paper_free(&p);
	mark_free(&m);
	work_free(&w);
	session_destroy(s);
}

CHECK_MAIN("handin_arrivals", { "begins", make_lab },
    { "is judged", is_judged }, { "changed lists", changed_lists },
    { "too much", too_much })
