/*
 * The quiz: through all messages of all labs perfect answers are right, known
 * mistakes are wrong, and what is asked depends on nothing but the message.
 */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "quiz/quiz.h"

static void
each(void (*fn)(const struct trace *t), enum trace_detail detail)
{
	char *names[LABS_MAX];
	size_t n = labs_list_some(names, true);

	for (size_t i = 0; i < n; i++) {
		struct lab_options o = { .detail = detail };
		struct trace *t = lab_trace(names[i], &o);
		unsigned before = CU_get_number_of_failures();

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		fn(t);
		if (CU_get_number_of_failures() != before)
			printf("  (in %s)\n", names[i]);
		trace_destroy(t);
	}
	labs_free(names, n);
}

/* The option that is right; there is one. */
static struct quiz_pick
perfect(const struct quiz *q)
{
	struct quiz_pick pick = { .option = QUIZ_OPTIONS };

	for (size_t i = 0; i < q->noptions; i++)
		if (q->options[i].wrong == 0) {
			CU_ASSERT_EQUAL(pick.option, QUIZ_OPTIONS);
			pick.option = i;
		}
	return pick;
}

/* So many records before a message, packets of media most of them, what came
 * before is not looked for any more. */
#define FAR 8192

static size_t stat_could, stat_questions, stat_options[QUIZ_OPTIONS + 1],
    stat_right[20];

/* ---- every message of every lab ---- */

static void
judge_options(const struct quiz *q)
{
	struct doc d = DOC_INIT;

	for (size_t i = 0; i < q->noptions; i++) {
		struct quiz_pick pick = { .option = i };
		bool wrong = q->options[i].wrong != 0;
		enum quiz_verdict verdict;

		doc_clear(&d);
		verdict = quiz_judge(q, &pick, true, 60, &d);
		CU_ASSERT_EQUAL(
		    verdict == QUIZ_WRONG || verdict == QUIZ_COULD, wrong);
		stat_could += verdict == QUIZ_COULD;
		CU_ASSERT(d.nlines >= 3);
		CU_ASSERT_EQUAL(d.err, 0);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(!str_eq(q->options[i].event.src,
				      q->options[k].event.src) ||
				  !str_eq(q->options[i].event.dst,
				      q->options[k].event.dst) ||
				  !str_eq(q->options[i].event.method,
				      q->options[k].event.method) ||
				  q->options[i].event.status !=
				      q->options[k].event.status);
	}
	doc_free(&d);
}

static size_t
find_node(const struct quiz *q, struct str name)
{
	for (size_t i = 0; i < q->nnodes; i++)
		if (str_eq(q->nodes[i], name))
			return i;
	return SIZE_MAX - 1;
}

/* The pick that says E by the three lists. */
static struct quiz_pick
freely(const struct quiz *q, const struct quiz_event *e)
{
	struct quiz_pick pick = { .option = QUIZ_FREE,
		.src = find_node(q, e->src),
		.message = SIZE_MAX - 1,
		.dst = find_node(q, e->dst) };

	for (size_t i = 0; i < q->nmessages; i++)
		if (q->messages[i].status == e->status &&
		    str_eq(q->messages[i].method, e->method))
			pick.message = i;
	return pick;
}

static void
judge_freely(const struct quiz *q)
{
	struct quiz_pick pick;

	for (size_t i = 0; i < q->nright; i++) {
		pick = freely(q, &q->right[i]);
		CU_ASSERT_EQUAL(quiz_check(q, &pick),
		    i == 0 ? QUIZ_RIGHT : QUIZ_RIGHT_LATER);
	}
	for (size_t i = 0; i < q->nmisconceptions; i++) {
		enum quiz_verdict verdict;

		pick = freely(q, &q->misconceptions[i].event);
		verdict = quiz_check(q, &pick);
		CU_ASSERT(verdict == QUIZ_WRONG || verdict == QUIZ_COULD);
	}
}

static void
all_right(const struct trace *t)
{
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct quiz_state s = { .free = false };
	struct quiz q;
	uint64_t seq = 0;
	size_t sends = 0;

	for (uint64_t i = 1; i <= trace_count(t); i++)
		sends += quiz_is_asked(t, i);
	while (quiz_make(t, seq, &q) == 0) {
		CU_ASSERT(q.next > seq && q.at < q.next && q.at >= q.last);
		CU_ASSERT(q.last == seq || (q.last == 0 && q.next - seq > FAR));
		if (q.noptions < 4)
			printf("  few: %zu before %llu\n", q.noptions,
			    (unsigned long long)q.next);
		CU_ASSERT(q.noptions >= 4);
		stat_questions++;
		stat_options[q.noptions]++;
		stat_right[q.nright]++;
		judge_options(&q);
		judge_freely(&q);
		quiz_start(&s, false);
		s.cursor = perfect(&q).option;
		CU_ASSERT_EQUAL(
		    quiz_press(&q, &s, QUIZ_ENTER, &score), QUIZ_STAY);
		CU_ASSERT_EQUAL(s.phase, QUIZ_DONE);
		CU_ASSERT_EQUAL(
		    quiz_press(&q, &s, QUIZ_ENTER, &score), QUIZ_STEP);
		seq = q.next;
		quiz_free(&q);
	}
	CU_ASSERT_EQUAL(score.n, sends);
	CU_ASSERT_EQUAL(score.right, sends);
	CU_ASSERT_EQUAL(score.first_try, sends);
	quiz_score_free(&score);
	quiz_free(&q);
}

static void
perfect_answers(void)
{
	each(all_right, TRACE_PROTOCOL);
	CU_ASSERT(stat_could > 0);
	if (getenv("SHOW") != NULL) {
		printf("  %zu questions; options:", stat_questions);
		for (size_t i = 0; i <= QUIZ_OPTIONS; i++)
			printf(" %zu", stat_options[i]);
		printf("; right:");
		for (size_t i = 0; i < 20; i++)
			printf(" %zu", stat_right[i]);
		printf("\n");
	}
}

/* Traces that hold less, or more. */
static void
other_details(void)
{
	each(all_right, TRACE_MESSAGES);
	each(all_right, TRACE_NETWORK);
}

static bool
same_options(const struct quiz *a, const struct quiz *b)
{
	bool same = a->noptions == b->noptions && a->next == b->next;

	for (size_t i = 0; same && i < a->noptions; i++)
		same = a->options[i].wrong == b->options[i].wrong &&
		       str_eq(a->options[i].event.src, b->options[i].event.src);
	return same;
}

/* From wherever it is asked, a message has one question. */
static void
position_does_not_matter(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/lost-messages", &o);
	struct quiz a, b;

	for (uint64_t seq = 0; quiz_make(t, seq, &a) == 0; seq = a.next) {
		for (uint64_t from = seq; from < a.next; from++) {
			CU_ASSERT_EQUAL(quiz_make(t, from, &b), 0);
			CU_ASSERT(same_options(&a, &b));
			CU_ASSERT_EQUAL(a.at, b.at);
			quiz_free(&b);
		}
		b.next = a.next;
		quiz_free(&a);
		a.next = b.next;
	}
	CU_ASSERT_EQUAL(quiz_make(t, trace_count(t), &b), ERR_NOTFOUND);
	quiz_free(&b);
	CU_ASSERT_EQUAL(quiz_make(t, UINT64_MAX - 1, &b), ERR_NOTFOUND);
	quiz_free(&a);
	quiz_free(&b);
	trace_destroy(t);
}

/* ---- as a student reads it ---- */

static void
put_question(const struct quiz *q, struct buf *out)
{
	struct doc d = DOC_INIT;

	buf_printf(out, "-- before %llu, at %llu\n",
	    (unsigned long long)q->next, (unsigned long long)q->at);
	quiz_put_context(q, 76, &d);
	doc_write(&d, out);
	for (size_t i = 0; i < q->nright; i++) {
		buf_puts(out, i == 0 ? "  next:  " : "  or:    ");
		quiz_put_event(out, &q->right[i]);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < q->noptions; i++) {
		struct quiz_pick pick = { .option = i };

		buf_printf(out, " %zu %s", i + 1,
		    q->options[i].wrong == 0 ? "* " : "  ");
		quiz_put_event(out, &q->options[i].event);
		buf_putc(out, '\n');
		doc_clear(&d);
		quiz_judge(q, &pick, q->options[i].wrong == 0, 68, &d);
		for (size_t k = 0; k < d.nlines; k++) {
			buf_puts(out, "        ");
			for (size_t p = d.lines[k].first; p < d.lines[k].end;
			     p++)
				buf_str(
				    out, str_slice(buf_view(&d.text),
					     d.pieces[p].from, d.pieces[p].to));
			buf_putc(out, '\n');
		}
	}
	doc_free(&d);
}

static void
put_questions(const char *file, size_t most, struct buf *out)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct quiz q;
	uint64_t seq = 0;

	buf_printf(out, "==== %s\n", file);
	while (most-- > 0 && quiz_make(t, seq, &q) == 0) {
		put_question(&q, out);
		seq = q.next;
		quiz_free(&q);
	}
	if (most > 0)
		quiz_free(&q);
	trace_destroy(t);
}

static void
questions(void)
{
	LOCAL_BUF out = BUF_INIT;

	put_questions("labs/lost-messages", 16, &out);
	put_questions("labs/rfc3665-3.6", 6, &out);
	CU_ASSERT(golden_same("quiz-questions.txt", buf_view(&out)));
	if (getenv("LAB") != NULL) {
		buf_clear(&out);
		put_questions(getenv("LAB"), SIZE_MAX, &out);
		printf("%s", buf_cstr(&out));
	}
}

/* ---- on the screen ---- */

static const struct quiz_keys keys = { "↑↓", "Enter", "Tab", "s" };
static const struct quiz_keys ascii_keys = { "Up Down", "Enter", "Tab", "s" };

static void
draw(const char *what, const struct quiz *q, struct quiz_state *s,
    const struct quiz_score *score, size_t w, size_t h, bool ascii,
    struct buf *out)
{
	struct grid g;
	struct grid_area a;

	CU_ASSERT_EQUAL_FATAL(grid_init(&g, w, h, ascii), 0);
	a = grid_all(&g);
	quiz_draw(q, s, score, ascii ? &ascii_keys : &keys, &a);
	buf_printf(out, "==== %zux%zu, %s\n", w, h, what);
	CU_ASSERT_EQUAL(grid_write(&g, out), 0);
	grid_free(&g);
}

static const struct {
	size_t w, h;
} sizes[] = { { 56, 20 }, { 40, 12 }, { 80, 8 } };

/* A wrong answer, another one, then the right one of the question before
 * NEXT, in all sizes. */
static void
draw_course(const struct trace *t, uint64_t next, struct buf *out)
{
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct quiz_given before[2] = { { .seq = 1, .tries = 1, .right = true },
		{ .seq = 2, .tries = 2 } };
	struct quiz q;

	CU_ASSERT_EQUAL(quiz_score_add(&score, &before[0]), 0);
	CU_ASSERT_EQUAL(quiz_score_add(&score, &before[1]), 0);
	CU_ASSERT_EQUAL_FATAL(quiz_make(t, next - 1, &q), 0);
	CU_ASSERT_EQUAL(q.next, next);
	for (size_t i = 0; i < 3; i++) {
		size_t w = sizes[i].w, h = sizes[i].h;
		struct quiz_state s = { .free = false };
		size_t right = perfect(&q).option;

		quiz_start(&s, true);
		draw("hidden", &q, &s, &score, w, h, false, out);
		quiz_press(&q, &s, QUIZ_ENTER, NULL);
		draw("asked", &q, &s, &score, w, h, false, out);
		s.cursor = right == 0 ? 1 : 0;
		quiz_press(&q, &s, QUIZ_ENTER, NULL);
		CU_ASSERT_EQUAL(s.phase, QUIZ_AGAIN);
		draw("wrong once", &q, &s, &score, w, h, false, out);
		quiz_press(&q, &s, QUIZ_DIGIT + 1 + (unsigned)right, NULL);
		CU_ASSERT_EQUAL(s.phase, QUIZ_DONE);
		draw("right", &q, &s, &score, w, h, false, out);
		draw("right, ASCII", &q, &s, &score, w, h, true, out);
	}
	quiz_free(&q);
	quiz_score_free(&score);
}

static void
screens(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/lost-messages", &o);
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	draw_course(t, 71, &out);
	CU_ASSERT(golden_same("quiz-screen.txt", buf_view(&out)));
	trace_destroy(t);
}

static void
free_choice(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/two-proxies", &o);
	struct quiz_state s = { .free = false };
	LOCAL_BUF out = BUF_INIT;
	struct quiz q;

	CU_ASSERT_EQUAL_FATAL(quiz_make(t, 51, &q), 0);
	quiz_start(&s, false);
	CU_ASSERT_EQUAL(quiz_press(&q, &s, QUIZ_MODE, NULL), QUIZ_STAY);
	CU_ASSERT_EQUAL(quiz_press(&q, &s, QUIZ_BACK, NULL), QUIZ_IGNORED);
	CU_ASSERT_EQUAL(quiz_press(&q, &s, QUIZ_DIGIT + 1, NULL), QUIZ_IGNORED);
	quiz_press(&q, &s, QUIZ_DOWN, NULL);
	for (size_t i = 0; i < 3; i++)
		draw(
		    "lists", &q, &s, NULL, sizes[i].w, sizes[i].h, false, &out);
	quiz_press(&q, &s, QUIZ_ENTER, NULL);
	for (int i = 0; i < 8; i++)
		quiz_press(&q, &s, QUIZ_DOWN, NULL);
	for (size_t i = 0; i < 3; i++)
		draw("the message", &q, &s, NULL, sizes[i].w, sizes[i].h, false,
		    &out);
	quiz_press(&q, &s, QUIZ_ENTER, NULL);
	quiz_press(&q, &s, QUIZ_UP, NULL);
	quiz_press(&q, &s, QUIZ_ENTER, NULL);
	CU_ASSERT_EQUAL(s.phase, QUIZ_AGAIN);
	for (size_t i = 0; i < 3; i++)
		draw("wrong once", &q, &s, NULL, sizes[i].w, sizes[i].h, false,
		    &out);
	quiz_press(&q, &s, QUIZ_SHOW, NULL);
	CU_ASSERT_EQUAL(s.phase, QUIZ_DONE);
	draw("shown", &q, &s, NULL, 56, 20, false, &out);
	CU_ASSERT(golden_same("quiz-lists.txt", buf_view(&out)));
	quiz_free(&q);
	trace_destroy(t);
}

/* ---- the score ---- */

static void
scores(void)
{
	struct trace *t = sample_lost_invite();
	struct quiz_score score = QUIZ_SCORE_INIT, back = QUIZ_SCORE_INIT;
	struct quiz_state s = { .free = false };
	LOCAL_BUF out = BUF_INIT, again = BUF_INIT;
	struct doc d = DOC_INIT;
	struct json_value v;
	struct str text;
	struct quiz q;
	unsigned i = 0;

	for (uint64_t seq = 0; quiz_make(t, seq, &q) == 0; i++) {
		size_t right = perfect(&q).option;

		quiz_start(&s, i % 5 == 4);
		if (i % 4 == 3) {
			quiz_press(&q, &s, QUIZ_SHOW, &score);
		} else {
			quiz_press(&q, &s, QUIZ_ENTER, NULL);
			s.cursor = i % 3 == 0 ? right : (right + 1) % 3;
			if (s.phase != QUIZ_DONE)
				quiz_press(&q, &s, QUIZ_ENTER, &score);
			if (s.phase != QUIZ_DONE)
				quiz_press(&q, &s, QUIZ_ENTER, &score);
		}
		seq = q.next;
		quiz_free(&q);
	}
	quiz_free(&q);
	quiz_score_write(&score, &out);
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	CU_ASSERT_EQUAL(quiz_score_read(&back, v), 0);
	CU_ASSERT_EQUAL(back.n, score.n);
	CU_ASSERT_EQUAL(back.right, score.right);
	CU_ASSERT_EQUAL(back.first_try, score.first_try);
	CU_ASSERT_EQUAL(back.shown, score.shown);
	quiz_score_write(&back, &again);
	CU_ASSERT(str_eq(buf_view(&out), buf_view(&again)));
	quiz_score_summary(t, &score, 60, &d);
	buf_clear(&out);
	CU_ASSERT_EQUAL(doc_write(&d, &out), 0);
	CU_ASSERT(golden_same("quiz-summary.txt", buf_view(&out)));
	quiz_score_free(&score);
	doc_clear(&d);
	quiz_score_summary(t, &score, 60, &d);
	CU_ASSERT(d.nlines > 0);
	doc_free(&d);
	quiz_score_free(&back);
	trace_destroy(t);
}

/* A saved session is outside bytes. */
static void
bad_scores(void)
{
	static const char *const texts[] = { "{}", "7", "[]", "[[[]]]",
		"[{\"seq\":0,\"tries\":1}]",
		"[{\"seq\":-1,\"tries\":1},{\"seq\":2}]",
		"[{\"seq\":9999999,\"tries\":1,\"right\":true,"
		"\"chosen\":\"\\u0000\\u202e\"},null,{\"seq\":5,\"tries\":1,"
		"\"right\":1,\"chosen\":\"" };
	struct trace *t = sample_lost_invite();
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct doc d = DOC_INIT;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct buf b = BUF_INIT;
		struct json_value v = { .type = JSON_NONE };
		struct str text;

		buf_puts(&b, texts[i]);
		if (i == 6) {
			buf_fill(&b, 'x', 5000);
			buf_puts(&b, "\"}]");
		}
		text = buf_view(&b);
		CU_ASSERT_EQUAL(json_read(&text, &v), 0);
		CU_ASSERT_EQUAL(quiz_score_read(&score, v), 0);
		CU_ASSERT_EQUAL(score.n, i == 6 ? 2 : 0);
		doc_clear(&d);
		quiz_score_summary(t, &score, 40, &d);
		CU_ASSERT_EQUAL(d.err, 0);
		buf_free(&b);
	}
	quiz_score_free(&score);
	doc_free(&d);
	trace_destroy(t);
}

/* ---- hostile traces, and no memory ---- */

static struct trace *
hostile_trace(void)
{
	static const char *const names[] = { "a", "b", "\x1b[31m", "",
		"a-name-that-goes-on-and-on-and-on-and-on", "\xe7\x88\xb1",
		"[a]" };
	struct sample s;

	sample_begin(&s, "hostile");
	sample_node(&s, "a", "ua", "x", "");
	sample_node(&s, "b", "proxy redirect ua", "x", "");
	for (int i = 0; i < 300; i++) {
		struct buf src = BUF_INIT, dst = BUF_INIT;
		uint64_t cause =
		    s.seq == 0 ? 0 : s.seq - (unsigned)i % 7 % s.seq;
		static const char *const starts[] = { "'INVITE'", "100", "180",
			"200", "'ACK'", "302", "407", "486", "'BYE'", "0", "''",
			"-7", "'CANCEL'", "487", "99999999999", "[1]" };

		json_put_str(&src, str_of(names[i % 7]));
		json_put_str(&dst, str_of(names[i * 5 % 7]));
		s.t += i % 11 == 0 ? 600 * MS : i % 3;
		if (i % 6 == 5)
			sample_rec(&s, "timer", "a", cause, NULL,
			    ",'op':'fire','name':'A'");
		else if (i % 13 == 0)
			sample_rec(&s, "act", "a", 0, NULL, ",'verb':'x'");
		else if (i % 17 == 0)
			sample_rec(
			    &s, "drop", NULL, cause, NULL, ",'of':%d", i - 3);
		else
			sample_rec(&s, "send", NULL, cause, NULL,
			    ",'src':%s,'dst':%s,'start':%s,'proto':'%s',"
			    "'cseq':'1 INVITE','call_id':'c%d','retx':%d,"
			    "'fwd':%d,'transport':'%s'",
			    buf_cstr(&src), buf_cstr(&dst), starts[i % 16],
			    i % 19 == 0  ? "rtp"
			    : i % 8 == 0 ? ""
					 : "sip",
			    i % 3, i % 5 == 0 ? i - 4 : 0,
			    i % 4 == 0 ? i + 9 : 0, i % 9 == 0 ? "tcp" : "");
		buf_free(&src);
		buf_free(&dst);
	}
	return sample_end(&s);
}

static void
press_all(const struct quiz *q, struct quiz_state *s, struct quiz_score *score)
{
	static const struct {
		size_t w, h;
	} some[] = { { 56, 20 }, { 20, 3 }, { 40, 12 }, { 80, 8 }, { 1, 1 },
		{ 200, 60 }, { 44, 16 }, { 21, 4 } };

	for (unsigned i = 0; i < 40; i++) {
		struct grid g;
		struct grid_area a;

		if (grid_init(&g, some[i % 8].w, some[i % 8].h, i % 2) != 0)
			continue;
		a = grid_all(&g);
		quiz_draw(q, s, score, &keys, &a);
		grid_free(&g);
		quiz_press(q, s, (q->next + i * 7) % (QUIZ_DIGIT + 8), score);
	}
}

static void
hostile(void)
{
	struct trace *t = hostile_trace();
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct quiz_state s = { .free = false };
	struct doc d = DOC_INIT;
	struct quiz q;
	uint64_t seq = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	while (quiz_make(t, seq, &q) == 0) {
		CU_ASSERT(q.next > seq && q.at < q.next);
		CU_ASSERT(q.noptions >= 1 && q.noptions <= QUIZ_OPTIONS);
		judge_freely(&q);
		CU_ASSERT(perfect(&q).option < q.noptions);
		for (size_t i = 0; i < q.noptions; i++)
			quiz_judge(&q, &(struct quiz_pick){ .option = i }, true,
			    30, &d);
		quiz_put_context(&q, 30, &d);
		quiz_start(&s, seq % 2 == 0);
		s.cursor = 77;
		s.part = 1;
		s.chosen[1] = 999;
		press_all(&q, &s, &score);
		seq = q.next;
		quiz_free(&q);
		doc_clear(&d);
	}
	quiz_free(&q);
	quiz_score_summary(t, &score, 50, &d);
	quiz_score_free(&score);
	doc_free(&d);
	trace_destroy(t);
}

static int
everything(const struct trace *t)
{
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct quiz_state s = { .free = false };
	struct doc d = DOC_INIT;
	LOCAL_BUF out = BUF_INIT;
	struct quiz q;
	int err = quiz_make(t, 14, &q);

	if (err == 0) {
		quiz_judge(
		    &q, &(struct quiz_pick){ .option = 0 }, true, 40, &d);
		quiz_judge(
		    &q, &(struct quiz_pick){ .option = 1 }, true, 40, &d);
		quiz_put_context(&q, 40, &d);
		quiz_start(&s, false);
		press_all(&q, &s, &score);
		if (quiz_press(&q, &s, QUIZ_SHOW, &score) == QUIZ_NOMEM)
			err = ERR_NOMEM;
		quiz_score_summary(t, &score, 40, &d);
		quiz_score_write(&score, &out);
	}
	err = err != 0 ? err : d.err != 0 ? d.err : out.err;
	quiz_free(&q);
	quiz_score_free(&score);
	doc_free(&d);
	return err;
}

static void
out_of_memory(void)
{
	struct trace *t = sample_lost_invite();
	int err = ERR_NOMEM;
	unsigned long n;

	for (n = 1; err != 0 && n < 20000; n++) {
		mem_fail_from(n);
		err = everything(t);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
	}
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT(n > 50);
	trace_destroy(t);
}

CHECK_MAIN("quiz", { "perfect_answers", perfect_answers },
    { "other_details", other_details },
    { "position_does_not_matter", position_does_not_matter },
    { "questions", questions }, { "screens", screens },
    { "free_choice", free_choice }, { "scores", scores },
    { "bad_scores", bad_scores }, { "hostile", hostile },
    { "out_of_memory", out_of_memory })
