/*
 * A student's work in the engine: the lab has the values of a number, branches
 * and changed texts meet tasks, runs are kept as links, and what is handed in
 * is worth for grade/mark.h what the engine has said.
 */
#include "engine_lab.h"

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "grade/handin.h"
#include "text/json.h"

#include <string.h>

#define LAB  "labs/direct-call"
#define DATE "2026-11-24T08:00:00Z"
/* Task 6: Alice hears 486. */
#define BUSY                                                        \
	"lab { title = \"Busy\", topology = \"direct-call.gv\" }\n" \
	"local alice, bob = node \"alice\", node \"bob\"\n"         \
	"bob:set { busy = true }\n"                                 \
	"script(function() sleep \"1s\" alice:invite(bob) end)\n"
#define GOAL 5

/* LAB of STUDENT, run to its end; with SCRIPT in the place of its own. */
static struct engine *
open_lab(const char *student, const char *script)
{
	struct engine_inputs in = { .student = student };
	struct engine_text texts[ENGINE_TEXTS + 1];
	struct engine_progress p;
	struct engine_lab lab;
	struct diag d = DIAG_INIT;
	struct engine *e;

	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, LAB));
	texts[0] = (struct engine_text){ "mine/direct-call/lab.lua",
		str_of(script != NULL ? script : "") };
	memcpy(texts + 1, lab.list, lab.n * sizeof(texts[0]));
	in.texts = script != NULL ? texts : texts + 1;
	in.ntexts = lab.n + (script != NULL);
	in.lab = script != NULL ? LAB "/lab.lua" : NULL;
	CU_ASSERT_EQUAL_FATAL(engine_open(&e, &in, &d), 0);
	CU_ASSERT_EQUAL(engine_advance(e, 0, 0, &p, &d), 0);
	engine_lab_free(&lab);
	return e;
}

/* Points of ANSWER to task NTH; -1: it is refused. */
static int64_t
points_of(
    struct engine *e, size_t nth, const char *answer, struct engine_work *work)
{
	const struct engine_question q = {
		.asks = ENGINE_TASK, .nth = nth, .work = work
	};
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str text;
	int64_t points = -1;

	if (engine_verdict(e, &q, str_of(answer), &out, &d) == 0) {
		text = buf_view(&out);
		CU_ASSERT_EQUAL(json_read(&text, &v), 0);
		points = json_int_or(json_member(v, "points"), -1);
	}
	return points;
}

/* What E hands in of WORK, as grade judges it: points. */
static unsigned
handed_in(struct engine *e, struct engine_work *work, size_t *nruns)
{
	LOCAL_BUF file = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	unsigned points;

	CU_ASSERT_EQUAL(engine_handin(e, work, DATE, &file, &d), 0);
	CU_ASSERT_EQUAL(
	    handin_read_text(&w, buf_view(&file), "file", NULL, &d), 0);
	CU_ASSERT_FALSE(w.edited);
	CU_ASSERT_STRING_EQUAL(work_student(&w), "2023001");
	CU_ASSERT_STRING_EQUAL(w.name, "direct-call");
	CU_ASSERT_EQUAL(mark_work(&m, &w, NULL, &d), 0);
	CU_ASSERT_EQUAL(trace_hash(m.trace), w.lab_hash);
	*nruns = w.nruns;
	points = m.points;
	mark_free(&m);
	work_free(&w);
	return points;
}

static void
a_branch_meets_a_task(void)
{
	const struct act_arg busy = { "busy", "true" };
	const struct act set = {
		.on = "bob", .verb = "set", .args = &busy, .nargs = 1
	};
	struct engine_work work = { .answers = ANSWERS_INIT };
	struct engine *e = open_lab("2023001", NULL);
	struct engine_progress p;
	struct diag d = DIAG_INIT;
	int64_t points;
	size_t nruns;

	CU_ASSERT_EQUAL(points_of(e, GOAL, "", &work), 0);
	CU_ASSERT_EQUAL(engine_act(e, 0, 9, &set, &d), 0);
	CU_ASSERT_EQUAL(engine_advance(e, ENGINE_ACT, 0, &p, &d), 0);
	CU_ASSERT_EQUAL(engine_advance(e, p.branch, 0, &p, &d), 0);
	work.answers.tasks[1].hints = 1;
	points = points_of(e, GOAL, "", &work);
	CU_ASSERT_EQUAL(points, 200);
	/* The values are this number's. */
	CU_ASSERT_EQUAL(points_of(e, 1, "5vp8dq6w", &work), 75);
	CU_ASSERT_EQUAL(points_of(e, 2, "3.52 s", &work), 100);
	CU_ASSERT_EQUAL(handed_in(e, &work, &nruns), 375);
	CU_ASSERT_EQUAL(nruns, 2);
	answers_free(&work.answers);
	engine_close(e);
}

/* A changed script is a run of the student's beside the lab's own, also as a
 * link in another visit. */
static void
changed_texts_meet_a_task(void)
{
	struct engine_work work = { .answers = ANSWERS_INIT };
	struct engine *e = open_lab("2023001", BUSY);
	LOCAL_BUF link = BUF_INIT;
	struct diag d = DIAG_INIT;
	const char *links[1];
	size_t nruns;

	CU_ASSERT_EQUAL(points_of(e, GOAL, "", &work), 200);
	CU_ASSERT_EQUAL(points_of(e, 2, "3.52 s", &work), 100);
	CU_ASSERT_EQUAL(handed_in(e, &work, &nruns), 300);
	CU_ASSERT_EQUAL(nruns, 1);
	CU_ASSERT_EQUAL_FATAL(engine_link(e, 0, "", &link, &d), 0);
	engine_close(e);

	e = open_lab("2023001", NULL);
	CU_ASSERT_EQUAL(points_of(e, GOAL, "", &work), 0);
	links[0] = buf_cstr(&link);
	work.links = links;
	work.nlinks = 1;
	CU_ASSERT_EQUAL(points_of(e, GOAL, "", &work), 200);
	CU_ASSERT_EQUAL(handed_in(e, &work, &nruns), 300);
	CU_ASSERT_EQUAL(nruns, 2);
	/* One that is no run is none. */
	links[0] = "#1.AAAA";
	CU_ASSERT_EQUAL(points_of(e, GOAL, "", &work), 0);
	answers_free(&work.answers);
	engine_close(e);
}

/* A task asks for a lab that refutes a sentence: its texts come with the
 * answer. */
static void
an_answer_names_a_lab(void)
{
	struct engine_work work = { .answers = ANSWERS_INIT };
	struct engine_lab lab, named;
	struct engine *e;

	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, "labs/handout-dialogs"));
	CU_ASSERT_TRUE_FATAL(engine_lab_read(&named, "labs/forking"));
	e = engine_lab_run(&lab);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	CU_ASSERT_EQUAL(points_of(e, 1, "forking", &work), 0);
	work.texts = named.list;
	work.ntexts = named.n;
	CU_ASSERT_TRUE(points_of(e, 1, "rung run forking", &work) > 0);
	CU_ASSERT_EQUAL(points_of(e, 1, "forking --set x.y=z", &work), 0);
	CU_ASSERT_EQUAL(points_of(e, 1, "nowhere --seed=x", &work), 0);
	answers_free(&work.answers);
	engine_close(e);
	engine_lab_free(&lab);
	engine_lab_free(&named);
}

static void
nobody_hands_in(void)
{
	struct engine_work work = { .answers = ANSWERS_INIT };
	struct engine *e = open_lab("", NULL);
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(engine_handin(e, &work, DATE, &out, &d), ERR_SYNTAX);
	buf_clear(&out);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    engine_question(e,
		&(struct engine_question){ .asks = ENGINE_LESSON }, &out, &d),
	    0);
	CU_ASSERT_TRUE(str_find(buf_view(&out), "<h1>") > 0);
	engine_close(e);
}

/* The last record that BRANCH 0 of E shows, and its lines with the head. */
static uint64_t
last_seen(struct engine *e)
{
	struct engine_branch b;
	LOCAL_BUF lines = BUF_INIT;
	struct diag d = DIAG_INIT;
	uint64_t n = 0;

	CU_ASSERT_TRUE_FATAL(engine_branch(e, 0, &b));
	CU_ASSERT_EQUAL(b.records, trace_count(b.trace));
	CU_ASSERT_EQUAL(engine_records(e, 0, 0, &lines, &d), 0);
	for (size_t i = 0; i < lines.n; i++)
		n += lines.p[i] == '\n';
	CU_ASSERT_EQUAL(n, b.records + 1);
	return b.records;
}

/* What comes may be hidden, and is not judged by that. */
static void
a_hold_hides_what_comes(void)
{
	const struct engine_question q = { .asks = ENGINE_HOLD };
	struct engine_work work = { .answers = ANSWERS_INIT };
	struct engine *e = open_lab("2023001", NULL);
	uint64_t all = last_seen(e), seq;
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str text;

	CU_ASSERT_EQUAL_FATAL(engine_question(e, &q, &out, &d), 0);
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	CU_ASSERT_TRUE(json_is_true(json_member(v, "own")));
	CU_ASSERT_TRUE(json_int_or(json_member(v, "task"), 0) > 0);
	for (uint64_t before = 1; before <= all + 2; before += 20) {
		CU_ASSERT_EQUAL(engine_hold(e, before, &d), 0);
		CU_ASSERT_EQUAL(last_seen(e), before > all ? all : before - 1);
		CU_ASSERT_EQUAL(points_of(e, 2, "3.52 s", &work), 100);
	}
	CU_ASSERT_EQUAL(engine_hold(e, 9, &d), 0);
	CU_ASSERT_EQUAL(engine_find(e, 0, "method=BYE", 0, 1, &seq, &d), 0);
	CU_ASSERT_EQUAL(seq, 0);
	CU_ASSERT_EQUAL(engine_hold(e, 0, &d), 0);
	CU_ASSERT_EQUAL(last_seen(e), all);
	answers_free(&work.answers);
	engine_close(e);
}

CHECK_MAIN("engine_work", { "a branch meets a task", a_branch_meets_a_task },
    { "changed texts meet a task", changed_texts_meet_a_task },
    { "an answer names a lab", an_answer_names_a_lab },
    { "nobody hands in", nobody_hands_in },
    { "a hold hides what comes", a_hold_hides_what_comes })
