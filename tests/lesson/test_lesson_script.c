/*
 * Scripts of lessons: those that say something else than a lesson, checks that
 * fail by themselves, what is asked of runs and figures, hints, and what
 * happens without memory.
 */
#include "fixtures/check.h"
#include "fixtures/lesson_rows.h"
#include "trace/record_name.h"

/* ---- checks that fail ---- */

static void
failing_checks(void)
{
	static const struct row rows[] = {
		{ "task { number = function(t) error \"oh\" end }", "1",
		    LESSON_ERROR, 0, "oh", CALL },
		{ "task { number = function(t) while true do end end }", "1",
		    LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) local s = \"x\" while true do "
		  "s = s .. s end end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "local function f(t) return 1 + f(t) end task { number = f }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) while true do t:count "
		  "\"kind=send\" end end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) return t.colour end }", "1",
		    LESSON_ERROR, 0, "a trace has no “colour”", CALL },
		{ "task { number = function(t) return t:count(\"colour=1\") "
		  "end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) return t:get \"?@\" end }", "1",
		    LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) return t.count(t.first) end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) return "
		  "t:first(\"kind=act\"):header(nil) end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) return getmetatable(t).x end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
		{ "task { number = function(t) return node \"alice\" end }",
		    "1", LESSON_ERROR, 0, NULL, CALL },
	};

	EACH(rows);
}

/* A check that keeps a trace, or a record, finds it gone at the next answer. */
static void
kept_objects(void)
{
	static const char *const scripts[] = {
		"local k task { number = function(t) k = k or t return "
		"k:count \"kind=send\" end }",
		"local k task { number = function(t) k = k or t:first "
		"\"kind=send\" return k.seq end }",
		"local k task { number = function(t) k = k or t:first "
		"\"kind=send\" return k:header \"CSeq\" and 9 end }",
	};

	for (size_t i = 0; i < 3; i++) {
		struct lesson *l = load(scripts[i]);
		struct lesson_answer answer = { .text = STR("1") };
		struct lesson_work work = { .lab = traces[CALL] };
		struct lesson_result r;

		CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
		CU_ASSERT_EQUAL(r.verdict, LESSON_BAD);
		lesson_result_free(&r);
		work.lab = traces[TWO];
		CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
		CU_ASSERT_EQUAL(r.verdict, LESSON_ERROR);
		CU_ASSERT_PTR_NOT_NULL(
		    strstr(buf_cstr(&r.why), "this trace is gone"));
		lesson_result_free(&r);
		lesson_destroy(l);
	}
}

/* ---- scripts ---- */

static void
scripts(void)
{
	static const struct {
		const char *script, *says;
	} rows[] = {
		{ "task { number = 1, tolerence = 2 }",
		    "did you mean “tolerance”?" },
		{ "task { numbr = 1 }", "did you mean “number”?" },
		{ "task { outcome = \"closed-prot\" }",
		    "there is no outcome “closed-prot”; did you mean "
		    "“closed-port”?" },
		{ "task { outcome = { \"lost\", \"bussy\" } }",
		    "did you mean “busy”?" },
		{ "task { outcome = \"xyzzy\" }",
		    "there is no outcome “xyzzy”" },
		{ "task { outcome = \"lost\", text = \"busy\" }",
		    "a task is of one kind: outcome or text" },
		{ "task { number = 1, others = { { ask = \"?\", outcome = "
		  "\"bussy\" } } }",
		    "did you mean “busy”?" },
		{ "task { number = 1, zzzzzzzz = 2 }",
		    "task has no field “zzzzzzzz”" },
		{ "task { number = 1, 5 }", "task has no field “?”" },
		{ "task { }", "a task needs a kind" },
		{ "task { points = 1 }", "a task needs a kind" },
		{ "task { number = 1, time = 2 }", "a task is of one kind" },
		{ "task \"x\"", "needs its fields in braces" },
		{ "task()", "needs its fields in braces" },
		{ "task { number = 1, points = 0 }", "points is a number" },
		{ "task { number = 1, points = 1.5 }", "points is a number" },
		{ "task { number = 1, points = \"many\" }",
		    "points is a number" },
		{ "task { number = 1, rule = \"nothing\" }",
		    "there is no rule “nothing”" },
		{ "task { number = 1, hint = { \"a\", \"b\", \"c\", \"d\", "
		  "\"e\" } }",
		    "hint is a text" },
		{ "task { number = 1, hint = { 5 } }", "hint is a text" },
		{ "task { choice = \"x\" }", "choice needs a list" },
		{ "task { choice = { } }", "choice needs a list" },
		{ "task { choice = { { \"a\", right = true } } }",
		    "a choice needs two entries" },
		{ "task { choice = { \"a\", \"b\" } }",
		    "a choice needs two entries" },
		{ "task { choice = { { \"a\", right = true }, { \"b\", right "
		  "= true } } }",
		    "a choice must have one entry with right = true" },
		{ "task { choice = { { \"a\", right = true }, { why = \"b\" } "
		  "} }",
		    "entry 2 of choice needs a text" },
		{ "task { choice = { \"1\", \"2\", \"3\", \"4\", \"5\", "
		  "\"6\", \"7\", \"8\", \"9\" } }",
		    "choice has more than 8" },
		{ "task { predict = 0 }", "predict is a number" },
		{ "task { predict = 1000 }", "predict is a number" },
		{ "task { ahead = 0 }", "ahead is a number" },
		{ "task { ahead = 1000 }", "ahead is a number" },
		{ "task { ahead = 2, predict = 2 }",
		    "of one kind: ahead or predict" },
		{ "task { ahead = 2, number = 2 }",
		    "of one kind: number or ahead" },
		{ "for i = 1, 13 do task { number = i } end",
		    "a lesson has 12 tasks at most" },
		{ "lesson { minutes = 0 }", "minutes is a number" },
		{ "lesson { level = 4 }", "level is a number" },
		{ "lesson { levl = 1 }", "did you mean “level”?" },
		{ "lesson { level = 1 } lesson { level = 1 }",
		    "may appear only once" },
		{ "for i = 1, 17 do vary { \"a.b=1,2\" } end",
		    "vary has 16 entries" },
		{ "vary \"a\"", NULL },
		{ "\nvary { \"a.b=900ms..2s:100ms\" }",
		    "vary: --set a.b=900ms..2s:100ms" },
		{ "vary { \"a.b\" }", "use NAME=VALUES" },
		{ "vary { \"a.b=1,1\" }", "appears twice" },
		{ "vary { \"seed=1ms..3ms:1ms\" }", "is not a seed" },
		{ "vary { {} }", NULL },
		{ "nonsense(", NULL },
		{ "node \"alice\"", NULL },
		{ "while true do end", NULL },
		{ "\x1bLua", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lesson *l = NULL;
		struct diag d;
		int err = load_script(rows[i].script, &l, &d);

		if (err == 0 || (rows[i].says != NULL &&
				    strstr(d.text, rows[i].says) == NULL))
			printf(
			    "BAD  %s: %d, %s\n", rows[i].script, err, d.text);
		CU_ASSERT(err != 0);
		CU_ASSERT_PTR_NULL(l);
		CU_ASSERT(rows[i].says == NULL ||
			  strstr(d.text, rows[i].says) != NULL);
	}
}

static void
nothing_to_load(void)
{
	struct lesson *l = NULL;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(lesson_load(&l, "/nowhere", "", &d), ERR_NOTFOUND);
	CU_ASSERT_PTR_NULL(l);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "the lab has no tasks"));
	put_file("README.md", "# A\n\n## Tasks\n\n1. \xff\n");
	CU_ASSERT(load_script("task { number = 1 }", &l, &d) != 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "not UTF-8"));
	put_file("README.md",
	    "# A lab\n\n1. no task\n\n## Tasks\n\n1. One\n   two\n\n"
	    "       rung run x\n2. Two\n\n## Try\n\n3. none\n");
	l = load("task { number = 1, ask = \"x\" } task { number = 2 } task { "
		 "number = 3, ask = \"third\" }");
	CU_ASSERT(str_starts(lesson_task(l, 0)->text, "One"));
	CU_ASSERT(str_is(lesson_task(l, 1)->text, "Two"));
	CU_ASSERT(str_is(lesson_task(l, 2)->text, "third"));
	lesson_destroy(l);
}

/* ---- runs ---- */

#define GOAL                                                                \
	"task { goal = { { \"busy\", function(t) return t:first "           \
	"\"status=486\" end, why = \"he was free\" }, "                     \
	"{ \"no BYE\", function(t) return t:count \"method=BYE\" == 0 end " \
	"} }, points = 4 }"

static struct lesson_result
judge_runs(const char *script, const struct trace *const *runs, size_t n,
    const char *figure)
{
	struct lesson *l = load(script);
	struct lesson_answer answer = { .text = STR_NULL };
	struct lesson_work work = { .lab = traces[CALL],
		.runs = runs,
		.nruns = n,
		.figure = str_of(figure) };
	struct lesson_result r;

	CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
	lesson_destroy(l);
	return r;
}

static struct trace *
make_run(const char *setting)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t;

	o.setting = setting;
	t = lab_trace(lab_names[CALL], &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

static void
goal_is(const struct trace *const *runs, size_t n, enum lesson_verdict verdict,
    size_t run)
{
	struct lesson_result r = judge_runs(GOAL, runs, n, "");

	CU_ASSERT_EQUAL(r.verdict, verdict);
	CU_ASSERT_EQUAL(r.points, verdict == LESSON_GOOD ? 400 : 0);
	CU_ASSERT_EQUAL(r.run, run);
	lesson_result_free(&r);
}

/* The best run counts; the lab as it was is nobody's work. */
static void
goals(void)
{
	struct trace *busy = make_run("bob.busy=true");
	struct trace *late = make_run("bob.answer=4s");
	const struct trace *all[] = { traces[CALL], late, busy };
	struct lesson_result r;
	struct lesson *l;
	struct diag d;

	goal_is(all, 0, LESSON_MISSING, SIZE_MAX);
	goal_is(all, 1, LESSON_MISSING, SIZE_MAX);
	goal_is(all, 2, LESSON_BAD, SIZE_MAX);
	goal_is(all, 3, LESSON_GOOD, 2);
	goal_is(all + 2, 1, LESSON_GOOD, 0);
	r = judge_runs(GOAL, all + 1, 1, "");
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&r.why), "✗ busy"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&r.why), "he was free"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&r.believed), "busy");
	lesson_result_free(&r);
	CU_ASSERT_NOT_EQUAL(
	    load_script("task { build = { { \"x\" } } }", &l, &d), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "a condition is"));
	/* The record of a trace that is not the one asked about. */
	r = judge_runs("local k task { goal = { { \"a\", function(t) k = k or "
		       "t:first \"kind=send\" return true, k end }, { \"b\", "
		       "function(t) return true, t:last \"kind=send\" end } } "
		       "}",
	    all + 1, 2, "");
	CU_ASSERT_EQUAL(r.verdict, LESSON_GOOD);
	CU_ASSERT_EQUAL(r.run, 0);
	lesson_result_free(&r);
	trace_destroy(busy);
	trace_destroy(late);
}

#define FIGURE                                                      \
	"task { figure = { { \"the INVITE\", \"method=INVITE\" }, " \
	"{ \"the BYE\", \"method=BYE\" } } }"

static void
figures(void)
{
	char good[600], part[400], other[400], copied[600], changed[600];
	uint64_t invite = 0, bye = 0;
	unsigned long long hash =
	    (unsigned long long)trace_hash_by(traces[CALL], STR("1"));
	const struct {
		const char *svg;
		enum lesson_verdict verdict;
		unsigned points;
	} rows[] = {
		{ "", LESSON_MISSING, 0 },
		{ "<svg>", LESSON_BAD, 0 },
		{ "<metadata>rung 1; trace: 12", LESSON_BAD, 0 },
		{ "<metadata>rung 1; trace: zzzzzzzzzzzzzzzzz", LESSON_BAD, 0 },
		{ other, LESSON_BAD, 0 },
		{ part, LESSON_PART, 50 },
		{ good, LESSON_GOOD, 100 },
		{ copied, LESSON_GOOD, 100 },
		{ changed, LESSON_BAD, 0 },
	};

	CU_ASSERT_EQUAL(trace_record_name_find(
			    traces[CALL], STR("INVITE@alice"), &invite, NULL),
	    0);
	CU_ASSERT_EQUAL(
	    trace_record_name_find(traces[CALL], STR("BYE@bob"), &bye, NULL),
	    0);
	snprintf(other, sizeof(other),
	    "<metadata>rung 1; trace: %016llx</metadata>", hash + 1);
	snprintf(part, sizeof(part),
	    "<metadata>rung 1; trace: %016llx</metadata><title>#%llu, 1 s",
	    hash, (unsigned long long)invite);
	snprintf(good, sizeof(good), "%s<title>#%llu, 8 s", part,
	    (unsigned long long)bye);
	/* Of a copy under another name; of another run. */
	snprintf(copied, sizeof(copied),
	    "%s<title>#%llu, 1.000 s, a<title>#%llu, 8.030 s, b", other,
	    (unsigned long long)invite, (unsigned long long)bye);
	snprintf(changed, sizeof(changed),
	    "%s<title>#%llu, 1.000 s, a<title>#%llu, 8.031 s, b", other,
	    (unsigned long long)invite, (unsigned long long)bye);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lesson_result r =
		    judge_runs(FIGURE, NULL, 0, rows[i].svg);

		CU_ASSERT_EQUAL(r.verdict, rows[i].verdict);
		CU_ASSERT_EQUAL(r.points, rows[i].points);
		lesson_result_free(&r);
	}
}

static void
predictions(void)
{
	static const struct {
		unsigned predicted, right, points;
		enum lesson_verdict verdict;
	} rows[] = {
		{ 0, 0, 0, LESSON_MISSING },
		/* Open until so many were made. */
		{ 3, 0, 0, LESSON_MISSING },
		{ 4, 0, 0, LESSON_BAD },
		{ 3, 3, 150, LESSON_PART },
		{ 9, 4, 200, LESSON_GOOD },
		{ 9, 9, 200, LESSON_GOOD },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		/* The one is how the other has been called. */
		struct lesson *l =
		    load(i % 2 ? "task { predict = 4, points = 2 }"
			       : "task { ahead = 4, points = 2 }");
		struct lesson_work work = { .lab = traces[CALL] };
		struct lesson_answer answer = {
			.predicted = rows[i].predicted,
			.predicted_right = rows[i].right,
		};
		struct lesson_result r;

		CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
		CU_ASSERT_EQUAL(r.verdict, rows[i].verdict);
		CU_ASSERT_EQUAL(r.points, rows[i].points);
		lesson_result_free(&r);
		lesson_destroy(l);
	}
}

/* Each hint that was looked at costs a quarter. */
static void
hints(void)
{
	static const unsigned points[] = { 400, 300, 200, 100, 0, 0 };
	struct lesson *l = load("task { number = 7, points = 4 }");
	struct lesson_work work = { .lab = traces[CALL] };

	for (unsigned i = 0; i < 6; i++) {
		struct lesson_answer answer = { .text = STR("7"), .hints = i };
		struct lesson_result r;

		CU_ASSERT_EQUAL(lesson_judge(l, 0, &answer, &work, &r), 0);
		CU_ASSERT_EQUAL(r.points, points[i]);
		CU_ASSERT_EQUAL(r.verdict, LESSON_GOOD);
		lesson_result_free(&r);
	}
	lesson_destroy(l);
}

/* A node's addresses by name. */
static void
faces(void)
{
	static const struct row rows[] = {
		{ "task { text = function(t) local s = \"\" for _, f in "
		  "ipairs(t:node(\"gate\").faces) do s = s .. f.name .. f.addr "
		  "end return s end }",
		    "inside10.0.0.1outside192.0.2.7", RIGHT, NULL, CALL },
		{ "task { text = function(t) return t:node(\"gate\").addr "
		  "end }",
		    "10.0.0.1 192.0.2.7", RIGHT, NULL, CALL },
		{ "task { number = function(t) return "
		  "#t:node(\"alice\").faces end }",
		    "0", RIGHT, NULL, CALL },
	};
	struct trace *call = traces[CALL];

	traces[CALL] = lab_trace("topologies/two-faces.gv", &LAB_OPTIONS);
	CU_ASSERT_PTR_NOT_NULL_FATAL(traces[CALL]);
	EACH(rows);
	trace_destroy(traces[CALL]);
	traces[CALL] = call;
}

/* Why a call ended, of anybody, a caller or a Call-ID. */
static void
outcomes(void)
{
	static const struct row rows[] = {
		{ "task { text = function(t) return (t:outcome()) end }",
		    "lost-behind", RIGHT, NULL, CALL },
		{ "task { outcome = \"lost-behind\" }", "lost-behind", RIGHT,
		    NULL, CALL },
		{ "task { outcome = \"lost-behind\" }", "closed-port", WRONG,
		    NULL, CALL },
		{ "task { outcome = { \"lost\", \"lost-behind\" } }",
		    "lost-behind", RIGHT, NULL, CALL },
		{ "task { outcome = function(t) return (t:outcome()) end }",
		    "closed-port", WRONG, NULL, CALL },
		{ "task { text = function(t) return (t:outcome \"alice\") "
		  "end }",
		    "Lost-behind", RIGHT, NULL, CALL },
		{ "task { text = function(t) return (t:outcome(t:get("
		  "\"REGISTER@bob\").call_id)) end }",
		    "done", RIGHT, NULL, CALL },
		{ "task { number = function(t) local _, r = t:outcome() "
		  "return r.seq end }",
		    "81", RIGHT, NULL, CALL },
		{ "task { text = function(t) return tostring(t:outcome "
		  "\"carol\") end }",
		    "nil", RIGHT, NULL, CALL },
	};
	struct trace *call = traces[CALL];

	traces[CALL] = lab_trace("labs/no-answer", &LAB_OPTIONS);
	CU_ASSERT_PTR_NOT_NULL_FATAL(traces[CALL]);
	EACH(rows);
	trace_destroy(traces[CALL]);
	traces[CALL] = call;
}

/* ---- without memory ---- */

#define ALL_KINDS                                                              \
	"lesson { minutes = 5, level = 1 } vary { \"bob.answer=1s,2s\" } "     \
	"task { number = function(t) return #t:all \"kind=send\" end, "        \
	"wrong = { { 5, why = \"no\" } }, records = function(t) return "       \
	"t:all \"kind=send\" end } "                                           \
	"task { text = function(t) return t:first(\"kind=send\"):header "      \
	"\"Call-ID\" .. t:outcome() .. #t:attempts() .. t:node(\"bob\").addr " \
	".. "                                                                  \
	"#t:node(\"bob\").faces end } "                                        \
	"task { draw = \"kind=send\" } "                                       \
	"task { find = { node = \"bob\", record = function(t) return "         \
	"t:get \"ACK@alice\" end } } "                                         \
	"task { choice = { { \"a\", right = true }, { \"b\", why = \"c\" "     \
	"} } }"

static const char *const all_answers[] = { "5", "x",
	"alice -> bob INVITE\nbob -> alice ACK", "node=bob record=1", "b" };

/* Everything once; what it came to, 0 or the error. */
static int
judge_all(unsigned *points)
{
	struct lesson_work work = { .lab = traces[CALL] };
	struct lesson *l = NULL;
	struct diag d = DIAG_INIT;
	int err = lesson_load(&l, lesson_folder, "", &d);

	*points = 0;
	for (size_t i = 0; err == 0 && i < 5; i++) {
		struct lesson_answer a = { .text = str_of(all_answers[i]) };
		struct lesson_result r;
		struct buf key = BUF_INIT;

		err = lesson_judge(l, i, &a, &work, &r);
		if (err == 0 && r.verdict == LESSON_ERROR)
			err = ERR_NOMEM;
		*points += r.points;
		lesson_result_free(&r);
		if (err == 0)
			err = lesson_key(l, i, traces[CALL], &key, NULL, &d);
		buf_free(&key);
	}
	lesson_destroy(l);
	return err;
}

/* Each allocation fails in turn: it is said, and nothing is lost. */
static void
no_memory(void)
{
	unsigned long n, most, step;
	unsigned whole, points;

	put_file("check.lua", ALL_KINDS);
	mem_fail_only(0);
	/* What sandboxes begin with is made the first time. */
	CU_ASSERT_EQUAL_FATAL(judge_all(&whole), 0);
	(void)mem_count();
	CU_ASSERT_EQUAL_FATAL(judge_all(&whole), 0);
	CU_ASSERT(whole > 0);
	most = mem_count();
	step = IS_SANITIZED ? 7 : 1;
	for (n = 1; n <= most; n += step) {
		int err;

		mem_fail_only(n);
		err = judge_all(&points);
		if (err == 0 && mem_failures() == 0)
			CU_ASSERT_EQUAL(points, whole);
		mem_fail_from(n);
		err = judge_all(&points);
		CU_ASSERT(err != 0 || mem_failures() > 0);
		mem_fail_from(0);
	}
	printf("  %lu allocations\n", most);
	CU_ASSERT(most > 100);
	CU_ASSERT_EQUAL(judge_all(&points), 0);
	CU_ASSERT_EQUAL(points, whole);
}

CHECK_MAIN("lesson_script", { "begins", begins },
    { "failing checks", failing_checks }, { "kept objects", kept_objects },
    { "scripts", scripts }, { "nothing to load", nothing_to_load },
    { "goals", goals }, { "figures", figures }, { "predictions", predictions },
    { "hints", hints }, { "faces", faces }, { "outcomes", outcomes },
    { "no memory", no_memory }, { "ends", ends })
