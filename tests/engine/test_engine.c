/*
 * The engine by its own functions alone: all labs and topologies from texts in
 * memory give the bytes of rung run, every pane has something to show at any
 * position, also as JSON, the ladder is well-formed SVG, every record is
 * explained; acts make branches; questions are answered; and two engines do not
 * disturb each other.
 */
#include "engine_lab.h"

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/doc_check.h"
#include "fixtures/labs.h"
#include "text/json.h"
#include "views/panes/panes.h"

#include <expat.h>

#define TWO "labs/two-proxies"

/* ---- all of them ---- */

static void
is_well_formed(struct str svg)
{
	XML_Parser x = XML_ParserCreate(NULL);

	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	CU_ASSERT_EQUAL(XML_Parse(x, svg.p, (int)svg.n, 1), XML_STATUS_OK);
	CU_ASSERT_TRUE(str_find(svg, "<svg") >= 0);
	XML_ParserFree(x);
}

/* Every pane at SEQ; those that are about the trace have lines. */
static void
shows_panes(struct engine *e, uint64_t seq)
{
	const struct engine_view v = { .seq = seq, .width = 78, .height = 30 };
	const struct pane *pane;

	for (size_t i = 0; (pane = pane_at(i)) != NULL; i++) {
		struct diag d = DIAG_INIT;
		struct doc doc = DOC_INIT;
		struct engine_branch b;

		engine_branch(e, 0, &b);
		CU_ASSERT_EQUAL(engine_doc(e, &v, pane->word, &doc, &d), 0);
		if (pane != &pane_handset && pane != &pane_lab &&
		    pane != &pane_quiz)
			CU_ASSERT_TRUE(doc.nlines > 0);
		if (pane == &pane_handset)
			CU_ASSERT_TRUE(
			    doc.nlines > 0 || !handset_view_has(b.trace));
		for (size_t k = 0; k < doc.nlines; k++)
			CU_ASSERT_TRUE(doc.lines[k].seq <= b.records);
		CU_ASSERT_TRUE(doc_json_is_same(&doc));
		doc_free(&doc);
	}
}

/* SVG has one element with the id that V tells, in member KEY with BEFORE in
 * front of it. */
static void
has_element(struct str svg, const char *before, struct str id)
{
	struct buf mark = BUF_INIT;
	ptrdiff_t at;

	buf_printf(&mark, " id=\"%s%.*s\"", before, STR_ARG(id));
	at = str_find(svg, buf_cstr(&mark));
	CU_ASSERT_TRUE(
	    at >= 0 && str_find(str_slice(svg, (size_t)at + 1, svg.n),
			   buf_cstr(&mark)) < 0);
	buf_free(&mark);
}

/* Every leg of a message's way is a link of the picture, in order of time. */
static void
flies_along_links(struct str svg, struct json_value flight)
{
	struct json_value legs = json_member(flight, "legs"), leg;
	struct buf name = BUF_INIT;
	int64_t last = 0, from = 0, link = 0;
	size_t at = 0;

	while (json_item(legs, &at, &leg)) {
		CU_ASSERT_EQUAL(json_int(json_member(leg, "link"), &link), 0);
		buf_clear(&name);
		buf_i64(&name, link);
		has_element(svg, "k-l", buf_view(&name));
		CU_ASSERT_EQUAL(json_int(json_member(leg, "from"), &from), 0);
		CU_ASSERT_TRUE(from >= last);
		last = from;
	}
	buf_free(&name);
}

/* Figures at SEQ: whole, without a style of their own, and what is lit or flies
 * is there. */
static size_t
draws_figures(struct engine *e, const struct engine_view *v, const char *pane)
{
	struct buf out = BUF_INIT, svg = BUF_INIT, id = BUF_INIT;
	struct json_value j, list, item;
	struct diag d = DIAG_INIT;
	struct str text;
	size_t at = 0, drawn;

	buf_putc(&out, '{');
	CU_ASSERT_EQUAL(engine_figure(e, v, pane, &out, &d), 0);
	buf_putc(&out, '}');
	text = buf_view(&out);
	CU_ASSERT_EQUAL_FATAL(json_read(&text, &j), 0);
	CU_ASSERT_EQUAL(json_text(json_member(j, "svg"), &svg), 0);
	if (svg.n > 0)
		is_well_formed(buf_view(&svg));
	CU_ASSERT_TRUE(str_find(buf_view(&svg), "style") < 0);
	list = json_member(j, "lit");
	while (json_item(list, &at, &item)) {
		buf_clear(&id);
		CU_ASSERT_EQUAL(json_text(json_member(item, "id"), &id), 0);
		has_element(buf_view(&svg), "", buf_view(&id));
	}
	list = json_member(j, "flights");
	at = 0;
	while (json_item(list, &at, &item))
		flies_along_links(buf_view(&svg), item);
	buf_free(&out);
	buf_free(&id);
	drawn = svg.n;
	buf_free(&svg);
	return drawn;
}

/* A network of what a picture has room for has one, at any record, and each
 * node that has machines a diagram. */
static void
shows_figures(struct engine *e, uint64_t seq)
{
	struct engine_view v = { .seq = seq, .width = 44, .height = 20 };
	const struct trace_head *head;
	struct engine_branch b;
	size_t n;

	engine_branch(e, 0, &b);
	head = trace_head(b.trace);
	n = draws_figures(e, &v, "network");
	if (n == 0)
		printf("  no picture of %zu nodes\n", head->nnodes);
	CU_ASSERT_TRUE(n > 0 || head->nnodes > 24);
	for (size_t i = 0; i < head->nnodes && i < 12; i++) {
		struct buf name = BUF_INIT;

		buf_str(&name, head->nodes[i].name);
		v.node = buf_cstr(&name);
		n = draws_figures(e, &v, "machines");
		buf_free(&name);
	}
}

static void
explains(struct engine *e, uint64_t seq)
{
	struct diag d = DIAG_INIT;
	struct doc doc = DOC_INIT;

	CU_ASSERT_EQUAL(engine_explain(e, 0, seq, 80, &doc, &d), 0);
	CU_ASSERT_TRUE(doc.nlines > 0 && doc.text.n > 0);
	CU_ASSERT_TRUE(doc_json_is_same(&doc));
	doc_free(&doc);
}

/* What there is from record SINCE on is the end of ALL. */
static void
tells_records_since(const struct engine *e, uint64_t since, struct str all)
{
	struct diag d = DIAG_INIT;
	struct buf some = BUF_INIT;

	CU_ASSERT_EQUAL(engine_records(e, 0, since, &some, &d), 0);
	CU_ASSERT_TRUE(
	    some.n <= all.n &&
	    str_eq(str_slice(all, all.n - some.n, all.n), buf_view(&some)));
	buf_free(&some);
}

static void
looks_at(struct engine *e, uint64_t n)
{
	struct diag d = DIAG_INIT;
	struct buf svg = BUF_INIT;
	int err;

	shows_panes(e, 0);
	shows_panes(e, 1);
	shows_panes(e, n / 3);
	shows_panes(e, n);
	for (uint64_t seq = 1; seq <= n; seq += 1 + n / 12)
		shows_figures(e, seq);
	for (uint64_t seq = 1; seq <= n; seq += 1 + n / 150)
		explains(e, seq);
	err = engine_svg(e, 0, NULL, NULL, &svg, &d);
	CU_ASSERT_EQUAL(err, 0);
	is_well_formed(buf_view(&svg));
	buf_free(&svg);
}

static void
is_as_run(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct buf run = BUF_INIT, all = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct engine_branch b = { .records = 0 };
	struct engine_lab lab;
	struct engine *e;

	if (lab_is_slow(file) && IS_SANITIZED)
		return;
	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, file));
	e = engine_lab_run(&lab);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	CU_ASSERT_EQUAL(lab_run_or_recorded(file, &o, &run, &d), 0);
	CU_ASSERT_EQUAL(engine_records(e, 0, 0, &all, &d), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&run), buf_view(&all)));
	CU_ASSERT_TRUE(engine_branch(e, 0, &b));
	CU_ASSERT_FALSE(engine_branch(e, 1, &b));
	tells_records_since(e, b.records / 2, buf_view(&all));
	tells_records_since(e, b.records, buf_view(&all));
	looks_at(e, b.records);
	engine_close(e);
	engine_lab_free(&lab);
	buf_free(&run);
	buf_free(&all);
}

static void
all_labs_are_as_run(void)
{
	labs_each_nth(is_as_run, true, LABS_SOME);
}

/* ---- acting ---- */

static struct engine_lab two;

static struct engine *
open_two(void)
{
	struct engine *e;

	CU_ASSERT_TRUE_FATAL(engine_lab_read(&two, TWO));
	e = engine_lab_run(&two);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	return e;
}

static void
close_two(struct engine *e)
{
	engine_close(e);
	engine_lab_free(&two);
}

static uint64_t
find(const struct engine *e, size_t branch, const char *words)
{
	struct diag d = DIAG_INIT;
	uint64_t seq;

	CU_ASSERT_EQUAL(engine_find(e, branch, words, 0, 0, &seq, &d), 0);
	return seq;
}

static void
act_makes_a_branch(void)
{
	struct engine *e = open_two();
	const struct act drop = { .on = "message", .verb = "drop" };
	struct diag d = DIAG_INIT;
	struct engine_progress p;
	struct engine_branch b = { .name = NULL };
	struct act_verb verbs[8];
	uint64_t seq = find(e, 0, "200/INVITE@bob"), next;

	CU_ASSERT_TRUE(engine_verbs(e, 0, seq, "message", verbs, 8, &d) > 0);
	CU_ASSERT_EQUAL_FATAL(engine_act(e, 0, seq, &drop, &d), 0);
	CU_ASSERT_EQUAL_FATAL(engine_advance(e, ENGINE_ACT, 0, &p, &d), 0);
	CU_ASSERT_TRUE(p.done && p.branch == 1 && p.percent == 100);
	CU_ASSERT_EQUAL(engine_advance(e, 1, 0, &p, &d), 0);
	CU_ASSERT_TRUE(p.done && engine_branch(e, 1, &b));
	CU_ASSERT_TRUE(b.has_parent && b.parent == 0 && b.after == seq);
	CU_ASSERT_EQUAL(engine_find(e, 1, "kind=drop", 0, 1, &next, &d), 0);
	CU_ASSERT_TRUE(next > seq);
	CU_ASSERT_EQUAL(
	    engine_find(e, 1, "kind=drop", UINT64_MAX, -1, &seq, &d), 0);
	CU_ASSERT_TRUE(seq >= next);
	CU_ASSERT_EQUAL(engine_find(e, 0, "kind=drop", 0, 1, &next, &d), 0);
	CU_ASSERT_EQUAL(next, 0);
	CU_ASSERT_EQUAL(engine_rename(e, 1, "lost", &d), 0);
	CU_ASSERT_TRUE(engine_branch(e, 1, &b));
	CU_ASSERT_STRING_EQUAL(b.name, "lost");
	CU_ASSERT_EQUAL(engine_rename(e, 1, NULL, &d), 0);
	CU_ASSERT_FALSE(engine_branch(e, 1, &b));
	CU_ASSERT_NOT_EQUAL(engine_rename(e, 0, NULL, &d), 0);
	close_two(e);
}

static void
what_is_not_there_is_said(void)
{
	struct engine *e = open_two();
	const struct engine_inputs none = { .ntexts = 0 };
	const struct engine_view late = { .seq = 100000 };
	const struct engine_question far = { .asks = ENGINE_TASK, .nth = 99 };
	const struct act_arg arg = { "by", "much" };
	struct doc doc = DOC_INIT;
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct engine_progress p;
	struct engine *other;

	CU_ASSERT_NOT_EQUAL(
	    engine_doc(e, &(struct engine_view){ .seq = 1 }, "x", &doc, &d), 0);
	CU_ASSERT_EQUAL(d.err, ERR_NOTFOUND);
	CU_ASSERT_EQUAL(engine_doc(e, &late, "why", &doc, &d), ERR_NOTFOUND);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(engine_doc(e, &late, "why", &doc, &d), ERR_RANGE);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(engine_records(e, 3, 0, &out, &d), ERR_RANGE);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(engine_advance(e, 3, 1, &p, &d), ERR_RANGE);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(engine_question(e, &far, &out, &d), ERR_NOTFOUND);
	d = DIAG_INIT;
	CU_ASSERT_NOT_EQUAL(engine_open(&other, &none, &d), 0);
	CU_ASSERT_PTR_NULL(other);
	CU_ASSERT_TRUE(d.text[0] != '\0');
	d = DIAG_INIT;
	CU_ASSERT_NOT_EQUAL(
	    engine_check(e, 0, "message", "delay", &arg, &d), 0);
	CU_ASSERT_TRUE(d.text[0] != '\0');
	doc_free(&doc);
	buf_free(&out);
	close_two(e);
}

/* ---- asking ---- */

static size_t
count_options(struct str json)
{
	struct json_value v;
	size_t at = 0, n = 0;

	CU_ASSERT_EQUAL_FATAL(json_read(&json, &v), 0);
	v = json_member(v, "options");
	CU_ASSERT_EQUAL_FATAL(v.type, JSON_ARRAY);
	for (struct json_value one; json_item(v, &at, &one);)
		n++;
	return n;
}

/* How many of the options of Q are right. */
static size_t
count_right(struct engine *e, const struct engine_question *q)
{
	struct diag d = DIAG_INIT;
	struct buf out = BUF_INIT;
	size_t n, right = 0;

	CU_ASSERT_EQUAL_FATAL(engine_question(e, q, &out, &d), 0);
	n = count_options(buf_view(&out));
	CU_ASSERT_TRUE(n > 1);
	for (size_t i = 1; i <= n; i++) {
		struct json_value v;
		struct str rest;
		char answer[8];

		snprintf(answer, sizeof(answer), "%zu", i);
		buf_clear(&out);
		CU_ASSERT_EQUAL_FATAL(
		    engine_verdict(e, q, str_of(answer), &out, &d), 0);
		rest = buf_view(&out);
		CU_ASSERT_EQUAL_FATAL(json_read(&rest, &v), 0);
		right += json_is_true(json_member(v, "right"));
		if (q->asks != ENGINE_TASK)
			CU_ASSERT_TRUE(json_member(v, "text").raw.n > 2);
	}
	CU_ASSERT_NOT_EQUAL(engine_verdict(e, q, STR("99"), &out, &d),
	    q->asks == ENGINE_TASK ? 1 : 0);
	buf_free(&out);
	return right;
}

static void
questions_have_a_right_answer(void)
{
	struct engine *e = open_two();
	struct engine_question next = { .asks = ENGINE_NEXT, .seq = 0 };
	struct engine_question means = { .asks = ENGINE_MEANS,
		.seq = find(e, 0, "INVITE@alice") };

	CU_ASSERT_TRUE(count_right(e, &next) >= 1);
	next.seq = find(e, 0, "180@bob");
	CU_ASSERT_TRUE(count_right(e, &next) >= 1);
	CU_ASSERT_EQUAL(count_right(e, &means), 1);
	close_two(e);
}

/* The first choice among the tasks of two-proxies. */
static void
tasks_are_judged(void)
{
	struct engine *e = open_two();
	struct engine_question q = { .asks = ENGINE_TASK };
	struct diag d = DIAG_INIT;
	struct buf out = BUF_INIT;
	bool chosen = false;

	for (; !chosen && engine_question(e, &q, &out, &d) == 0; q.nth++) {
		chosen = str_find(buf_view(&out), "\"form\":\"choice\"") >= 0;
		if (chosen)
			CU_ASSERT_EQUAL(count_right(e, &q), 1);
		buf_clear(&out);
	}
	CU_ASSERT_TRUE(chosen);
	buf_free(&out);
	close_two(e);
}

/* ---- two at once ---- */

static void
two_engines_do_not_disturb_each_other(void)
{
	static const char *const files[] = { TWO, "labs/lost-messages" };
	struct engine_lab labs[2];
	struct engine *e[2];
	struct engine_progress p[2] = { 0 };
	struct diag d = DIAG_INIT;

	for (size_t i = 0; i < 2; i++) {
		struct engine_inputs in;

		CU_ASSERT_TRUE_FATAL(engine_lab_read(&labs[i], files[i]));
		in = (struct engine_inputs){ .texts = labs[i].list,
			.ntexts = labs[i].n };
		CU_ASSERT_EQUAL_FATAL(engine_open(&e[i], &in, &d), 0);
	}
	while (!p[0].done || !p[1].done)
		for (size_t i = 0; i < 2; i++) {
			const struct engine_view v = { .seq = 1 };
			struct doc doc = DOC_INIT;

			engine_advance(e[i], 0, 1, &p[i], &d);
			CU_ASSERT_EQUAL(
			    engine_doc(e[i], &v, "machines", &doc, &d), 0);
			doc_free(&doc);
		}
	for (size_t i = 0; i < 2; i++) {
		const struct lab_options o = LAB_OPTIONS;
		struct buf run = BUF_INIT, all = BUF_INIT;

		CU_ASSERT_EQUAL(lab_run_or_recorded(files[i], &o, &run, &d), 0);
		CU_ASSERT_EQUAL(engine_records(e[i], 0, 0, &all, &d), 0);
		CU_ASSERT_TRUE(str_eq(buf_view(&run), buf_view(&all)));
		buf_free(&run);
		buf_free(&all);
	}
	for (size_t i = 0; i < 2; i++) {
		engine_close(e[i]);
		engine_lab_free(&labs[i]);
	}
}

/* ---- without memory ---- */

/* What each of some calls gave. */
#define GIVEN 24

struct given {
	struct {
		int err;
		uint64_t hash;
	} list[GIVEN];
	size_t n;
};

static void
take(struct given *g, int err, struct str text)
{
	CU_ASSERT_TRUE_FATAL(g->n < GIVEN);
	g->list[g->n].err = err;
	g->list[g->n++].hash = str_hash(text);
}

static void
take_doc(struct given *g, struct engine *e, const char *pane)
{
	const struct engine_view v = { .seq = 1 };
	struct diag d = DIAG_INIT;
	struct doc doc = DOC_INIT;
	int err = engine_doc(e, &v, pane, &doc, &d);

	take(g, err, buf_view(&doc.text));
	doc_free(&doc);
}

/* OUT, which is freed. */
static void
take_text(struct given *g, int err, struct buf *out)
{
	take(g, err, buf_view(out));
	buf_free(out);
}

/* The handout, a task, and the hand-in. */
static void
take_work(struct engine *e, struct given *g)
{
	struct engine_work work = { .answers = ANSWERS_INIT };
	struct engine_question q = { .asks = ENGINE_LESSON, .work = &work };
	struct diag d = DIAG_INIT;
	struct buf out = BUF_INIT;

	take_text(g, engine_question(e, &q, &out, &d), &out);
	q.asks = ENGINE_TASK;
	take_text(g, engine_verdict(e, &q, STR("a"), &out, &d), &out);
	answers_free(&work.answers);
	take_text(g, engine_handin(e, &work, "", &out, &d), &out);
	answers_free(&work.answers);
}

static void
look(struct engine *e, struct given *g)
{
	const struct engine_question next = { .asks = ENGINE_NEXT };
	const struct engine_question task = { .asks = ENGINE_TASK };
	struct buf out = BUF_INIT;
	struct doc doc = DOC_INIT;
	struct diag d = DIAG_INIT;
	uint64_t seq;
	int err;

	take_text(g, engine_records(e, 0, 0, &out, &d), &out);
	for (size_t i = 0; pane_at(i) != NULL; i++)
		take_doc(g, e, pane_at(i)->word);
	take_text(g, engine_svg(e, 0, NULL, NULL, &out, &d), &out);
	take_text(g, engine_question(e, &next, &out, &d), &out);
	take_text(g, engine_verdict(e, &next, STR("1"), &out, &d), &out);
	take_text(g, engine_question(e, &task, &out, &d), &out);
	err = engine_find(e, 0, "kind=send", 0, 1, &seq, &d);
	take(g, err, seq == 0 ? STR("none") : STR("some"));
	err = engine_explain(e, 0, 1, 80, &doc, &d);
	take(g, err, buf_view(&doc.text));
	doc_free(&doc);
	take_work(e, g);
}

/* False where the engine did not open, or the run failed and that was said. */
static bool
open_and_look(const struct engine_lab *lab, struct given *g)
{
	const struct engine_inputs in = {
		.texts = lab->list, .ntexts = lab->n, .student = "2023001"
	};
	struct diag d = DIAG_INIT;
	struct engine_progress p;
	struct engine *e;
	bool opened;

	g->n = 0;
	opened = engine_open(&e, &in, &d) == 0 &&
		 engine_advance(e, 0, 2, &p, &d) == 0 && d.err == 0;
	CU_ASSERT_TRUE(opened || d.text[0] != '\0');
	if (opened)
		look(e, g);
	engine_close(e);
	return opened;
}

/* What was said to have gone well has what it has with memory. */
static void
is_as_with_memory(const struct engine_lab *lab, const struct given *with)
{
	struct given g;

	if (!open_and_look(lab, &g))
		return;
	CU_ASSERT_EQUAL_FATAL(g.n, with->n);
	for (size_t i = 0; i < g.n; i++)
		CU_ASSERT_TRUE(
		    g.list[i].err != 0 || g.list[i].hash == with->list[i].hash);
}

/* PANE at SEQ has TEXT, in lines so long that they do not break it. */
static bool
pane_says(struct engine *e, const char *pane, uint64_t seq, bool past,
    const char *text)
{
	const struct engine_view v = { .seq = seq, .width = 250, .past = past };
	struct diag d = DIAG_INIT;
	struct doc doc = DOC_INIT;
	bool says;

	CU_ASSERT_EQUAL(engine_doc(e, &v, pane, &doc, &d), 0);
	says = str_find(buf_view(&doc.text), text) >= 0;
	doc_free(&doc);
	return says;
}

/* Why a call ended: the pane and the list say it from the last message on,
 * unless what is to come is hidden. */
static void
calls_have_outcomes(void)
{
	static const struct {
		const char *pane, *text;
	} says[] = {
		{ "why", "408 for alice: the INVITE from bil" },
		{ "calls", "408 lost" },
	};
	struct engine_lab lab;
	struct engine *e;
	struct diag d = DIAG_INIT;
	uint64_t last = 0;

	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, "labs/no-answer"));
	e = engine_lab_run(&lab);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e);
	CU_ASSERT_EQUAL(engine_find(e, 0, "method=ACK kind=send src=alice", 0,
			    1, &last, &d),
	    0);
	CU_ASSERT_TRUE_FATAL(last > 0);
	for (size_t i = 0; i < COUNT_OF(says); i++) {
		const char *pane = says[i].pane, *text = says[i].text;

		CU_ASSERT_TRUE(pane_says(e, pane, last, false, text));
		CU_ASSERT_FALSE(pane_says(e, pane, last, true, text));
		CU_ASSERT_FALSE(pane_says(e, pane, last - 1, false, text));
	}
	engine_close(e);
	engine_lab_free(&lab);
}

static void
every_allocation_may_fail(void)
{
	struct engine_lab lab;
	struct given with;
	unsigned long all;

	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, "labs/direct-call"));
	CU_ASSERT_TRUE(open_and_look(&lab, &with));
	for (size_t i = 0; i < with.n; i++)
		CU_ASSERT_EQUAL(with.list[i].err, 0);
	mem_count();
	open_and_look(&lab, &with);
	all = mem_count();
	CU_ASSERT_TRUE(all > 100);
	for (unsigned long n = 1; n <= all; n += 1 + n / 60) {
		mem_fail_only(n);
		is_as_with_memory(&lab, &with);
		mem_fail_from(n);
		is_as_with_memory(&lab, &with);
		mem_fail_from(0);
	}
	engine_lab_free(&lab);
}

CHECK_MAIN("engine", { "all labs are as run", all_labs_are_as_run },
    { "an act makes a branch", act_makes_a_branch },
    { "what is not there is said", what_is_not_there_is_said },
    { "questions have a right answer", questions_have_a_right_answer },
    { "tasks are judged", tasks_are_judged },
    { "two engines do not disturb each other",
	two_engines_do_not_disturb_each_other },
    { "calls have outcomes", calls_have_outcomes },
    { "every allocation may fail", every_allocation_may_fail })
