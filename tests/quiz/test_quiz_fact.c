/*
 * What the quiz asks about a message itself.  What is right there is computed
 * from messages; here it is computed again, for all labs, from what the state
 * machines, dialogs, calls and timers of the run have recorded.
 */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "facts_again.h"
#include "msg/header_names.h"
#include "rules/rules.h"
#include "words/caption.h"

/* ---- through all labs ---- */

_Static_assert(QUIZ_ANSWER_COUNT <= 64, "a bit each");

#define WORDS 32
static struct {
	const char *word;
	size_t asked, computed, answers;
	uint64_t seen; /* answers that were right somewhere, a bit each */
} stats[WORDS];

static size_t
stat_of(const char *word)
{
	size_t i = 0;

	while (i < WORDS - 1 && stats[i].word != NULL &&
	       strcmp(stats[i].word, word) != 0)
		i++;
	stats[i].word = word;
	return i;
}

static const struct quiz_option *
right_of(const struct quiz *q)
{
	const struct quiz_option *right = NULL;

	for (size_t i = 0; i < q->noptions; i++)
		if (q->options[i].wrong == 0) {
			CU_ASSERT_PTR_NULL(right);
			right = &q->options[i];
		}
	CU_ASSERT_PTR_NOT_NULL_FATAL(right);
	return right;
}

/* Every option, as a reader meets it. */
static void
judge_all(const struct quiz *q)
{
	struct doc d = DOC_INIT;

	CU_ASSERT(q->noptions >= 2 && q->noptions <= QUIZ_OPTIONS);
	CU_ASSERT(q->question.n > 0 && str_chr(q->question, '{') < 0);
	for (size_t i = 0; i < q->noptions; i++) {
		struct quiz_pick pick = { .option = i };
		bool wrong = q->options[i].wrong != 0;

		doc_clear(&d);
		CU_ASSERT_EQUAL(quiz_judge(q, &pick, true, 60, &d),
		    wrong ? QUIZ_WRONG : QUIZ_RIGHT);
		CU_ASSERT(d.nlines >= 2 && d.err == 0);
		CU_ASSERT(q->options[i].text.n > 0 &&
			  str_chr(q->options[i].text, '{') < 0);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(
			    !str_eq(q->options[i].text, q->options[k].text));
	}
	doc_free(&d);
}

static void
say(const struct quiz *q, const char *what)
{
	printf("  #%llu %s: %.*s %s\n", (unsigned long long)q->next,
	    quiz_fact_word(q->fact), STR_ARG(q->question), what);
}

/* Numbers are in the message itself. */
static void
check_numbers(const struct quiz *q, struct fact_scene *f)
{
	unsigned long number = strtoul(right_of(q)->text.p, NULL, 10);
	struct str rack;

	if (strcmp(quiz_fact_word(q->fact), "cseq") == 0) {
		CU_ASSERT_EQUAL(number, f->now.cseq);
		for (size_t i = 0; i < q->noptions; i++)
			if (q->options[i].wrong != 0)
				CU_ASSERT_NOT_EQUAL(number,
				    strtoul(q->options[i].text.p, NULL, 10));
	}
	if (strcmp(quiz_fact_word(q->fact), "rack") != 0)
		return;
	fact_begin(f);
	while (fact_next(f, f->now.send.call_id, 1))
		if (fact_is(&f->other, MSG_PRACK)) {
			rack = msg_value(&f->other.msg, MSG_H_RACK);
			CU_ASSERT(str_eq(rack, right_of(q)->text));
			stats[stat_of("rack")].computed++;
			return;
		}
}

/* A handset's board keeps its dialogs to itself, and so does a program. */
static bool
keeps_dialogs(const struct trace *t, struct str name)
{
	const struct trace_node *n = trace_find_node(t, name);

	return n != NULL && (str_find(n->role, "handset") >= 0 ||
				str_find(n->role, "script") >= 0);
}

/* A message that a script has written breaks rules on purpose: what is right
 * of it need not be what the machines do with it. */
static bool
is_written(const struct trace *t, uint64_t seq)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	bool written;

	do
		seq = trace_cause_of(t, seq);
	while (seq != 0 && trace_kind_of(t, seq) != TRACE_ACT &&
	       trace_kind_of(t, seq) != TRACE_RECV);
	if (seq == 0 || trace_kind_of(t, seq) != TRACE_ACT)
		return false;
	trace_get(t, seq, &rec);
	written = str_is(trace_str(&rec, "verb", &scratch), "send");
	buf_free(&scratch);
	return written;
}

static void
compute_again(const struct trace *t, const struct quiz *q)
{
	static struct fact_scene f;
	const char *word = quiz_fact_word(q->fact);
	enum quiz_answer right = right_of(q)->answer, again;
	size_t n = stat_of(word);

	stats[n].asked++;
	CU_ASSERT_EQUAL_FATAL(fact_read(&f, t, q->next), 0);
	check_numbers(q, &f);
	for (size_t i = 0; facts_again[i].word != NULL; i++) {
		if (strcmp(facts_again[i].word, word) != 0 ||
		    is_written(t, q->next) ||
		    keeps_dialogs(t, f.now.send.src) ||
		    keeps_dialogs(t, f.now.send.dst))
			continue;
		again = facts_again[i].again(t, &f);
		stats[n].computed += again != QUIZ_ANSWER_NONE;
		if (again == QUIZ_ANSWER_NONE || again == right)
			continue;
		CU_FAIL("another answer is right by the records");
		printf("  %d, not %d ", (int)again, (int)right);
		say(q, "");
	}
	stats[n].seen |= 1ull << right;
	fact_free(&f);
}

static void
check_trace(struct trace *t)
{
	struct quiz q;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		for (size_t nth = 0;; nth++) {
			int err = quiz_make_fact(t, seq, nth, &q);

			if (err != 0) {
				CU_ASSERT_EQUAL(err, ERR_NOTFOUND);
				quiz_free(&q);
				break;
			}
			CU_ASSERT(q.next == seq && q.at <= seq);
			judge_all(&q);
			compute_again(t, &q);
			quiz_free(&q);
		}
	trace_destroy(t);
}

static void
all_facts(const char *file)
{
	struct lab_options o = LAB_OPTIONS;

	check_trace(lab_trace(file, &o));
}

/* What no lab has: reliable responses, PRACKs with answers, an UPDATE before
 * the call is answered, a call that ends before its transfer does. */
static const char more[] =
    "lab { title = 'x', topology = 'transfer.gv', duration = '60s' }\n"
    "local alice, bob, carol = node 'alice', node 'bob', node 'carol'\n"
    "bob:on('invite', function(call)\n"
    "  call:ring(183, { reliable = true })\n"
    "  sleep '300ms'\n"
    "  call:update()\n"
    "  if wait(call, 'confirmed') then\n"
    "    sleep '1s'\n"
    "    call:dtmf '1'\n"
    "    call:transfer(carol)\n"
    "    sleep '500ms'\n"
    "    call:bye()\n"
    "  end\n"
    "end)\n"
    "carol:on('invite', function(call) call:ring(183) end)\n"
    "script(function()\n"
    "  carol:set { answer = '5s' }\n"
    "  alice:invite(bob, { reliable = 'supported' })\n"
    "  sleep '10s'\n"
    "  alice:invite(bob, { sdp = false, reliable = 'required' })\n"
    "  sleep '10s'\n"
    "  bob:message(alice, 'Are you there?')\n"
    "  local call = alice:invite(carol)\n"
    "  wait(call, 'confirmed')\n"
    "  carol:crash()\n"
    "  sleep '1s'\n"
    "  carol:restart()\n"
    "  call:dtmf '1'\n"
    "end)\n";

static void
another_run(void)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inputs in;

	CU_ASSERT_EQUAL_FATAL(inputs_read(&in, "labs/transfer", &d), 0);
	mem_free(in.script);
	in.script = mem_strdup(more);
	in.detail = TRACE_PROTOCOL;
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &out, &d), 0);
	CU_ASSERT_EQUAL(trace_load_buf(&t, &out, "more", &d), 0);
	inputs_free(&in);
	buf_free(&out);
	check_trace(t);
}

/* Each answer of these is right somewhere. */
static const struct {
	const char *word;
	enum quiz_answer answer;
} met[] = {
	{ "cseq", QUIZ_CSEQ_NEXT },
	{ "cseq", QUIZ_CSEQ_ACK },
	{ "cseq", QUIZ_CSEQ_SAME },
	{ "branch", QUIZ_BRANCH_NEW },
	{ "branch", QUIZ_BRANCH_OLD },
	{ "rack", QUIZ_RACK_BOTH },
	{ "repeats", QUIZ_REPEATS_SENDER },
	{ "repeats", QUIZ_REPEATS_NOBODY },
	{ "carries", QUIZ_CARRIES_OFFER },
	{ "carries", QUIZ_CARRIES_ANSWER },
	{ "carries", QUIZ_CARRIES_PREVIEW },
	{ "carries", QUIZ_CARRIES_NEITHER },
	{ "may", QUIZ_MAY_YES },
	{ "may", QUIZ_MAY_REPLY },
	{ "may", QUIZ_MAY_WAIT },
	{ "refused", QUIZ_REFUSED_STAYS },
	{ "instead", QUIZ_INSTEAD_EARLY },
	{ "due", QUIZ_DUE_NOTIFY },
	{ "due", QUIZ_DUE_FINAL },
	{ "makes", QUIZ_MAKES_NOTIFY },
	{ "answers", QUIZ_ANSWERS_OK },
	{ "begins", QUIZ_BEGINS_YES },
	{ "begins", QUIZ_BEGINS_EARLY },
	{ "begins", QUIZ_BEGINS_NO },
	{ "begins", QUIZ_BEGINS_NO_OTHER },
	{ "replaced", QUIZ_REPLACED_BYE },
	{ "ends", QUIZ_ENDS_USAGE },
	{ "bye", QUIZ_BYE_ALL },
	{ "bye", QUIZ_BYE_SESSION },
};

static void
keys_are_right(void)
{
	labs_each(all_facts, true);
	another_run();
	for (size_t i = 0; i < sizeof(met) / sizeof(met[0]); i++) {
		uint64_t seen = stats[stat_of(met[i].word)].seen;

		CU_ASSERT((seen & 1ull << met[i].answer) != 0);
		if ((seen & 1ull << met[i].answer) == 0)
			printf("  never right: %s %d\n", met[i].word,
			    (int)met[i].answer);
	}
	for (size_t i = 0; i < WORDS && stats[i].word != NULL; i++) {
		if (getenv("SHOW") != NULL)
			printf("  %-10s asked %zu, computed again %zu\n",
			    stats[i].word, stats[i].asked, stats[i].computed);
		CU_ASSERT(stats[i].asked > 0);
		if (strcmp(stats[i].word, "cseq") != 0)
			CU_ASSERT(stats[i].computed > 0);
	}
}

/* ---- on the screen, and in the score ---- */

static const struct quiz_keys keys = { "↑↓", "Enter", "Tab", "s" };

static void
draw(const struct quiz *q, struct quiz_state *s, size_t w, size_t h,
    struct buf *out)
{
	struct grid g;
	struct grid_area a;

	CU_ASSERT_EQUAL_FATAL(grid_init(&g, w, h, false), 0);
	a = grid_all(&g);
	quiz_draw(q, s, NULL, &keys, &a);
	buf_printf(out, "==== %zux%zu\n", w, h);
	CU_ASSERT_EQUAL(grid_write(&g, out), 0);
	grid_free(&g);
}

static size_t
place_of_right(const struct quiz *q)
{
	return (size_t)(right_of(q) - q->options);
}

/* A wrong answer, then the right one, of each first question of a lab. */
static void
screens(void)
{
	static const struct {
		size_t w, h;
	} sizes[] = { { 56, 20 }, { 40, 12 }, { 80, 8 } };
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/transfer", &o);
	struct buf out = BUF_INIT;
	struct quiz q;
	size_t n = 0;

	for (uint64_t seq = 72; seq <= trace_count(t) && n < 3; seq++) {
		struct quiz_state s = { .free = true };
		size_t i = n;

		if (quiz_make_fact(t, seq, 0, &q) != 0) {
			quiz_free(&q);
			continue;
		}
		n++;
		quiz_start(&s, false);
		draw(&q, &s, sizes[i].w, sizes[i].h, &out);
		CU_ASSERT_EQUAL(
		    quiz_press(&q, &s, QUIZ_MODE, NULL), QUIZ_IGNORED);
		s.cursor = place_of_right(&q) == 0;
		quiz_press(&q, &s, QUIZ_ENTER, NULL);
		CU_ASSERT_EQUAL(s.phase, QUIZ_AGAIN);
		draw(&q, &s, sizes[i].w, sizes[i].h, &out);
		quiz_press(&q, &s,
		    QUIZ_DIGIT + 1 + (unsigned)place_of_right(&q), NULL);
		CU_ASSERT_EQUAL(s.phase, QUIZ_DONE);
		draw(&q, &s, sizes[i].w, sizes[i].h, &out);
		quiz_free(&q);
	}
	CU_ASSERT_EQUAL(n, 3);
	CU_ASSERT(golden_same("quiz-facts.txt", buf_view(&out)));
	buf_free(&out);
	trace_destroy(t);
}

/* What was understood is not asked again; what is saved comes back. */
static void
scores(void)
{
	struct quiz_score score = QUIZ_SCORE_INIT, back = QUIZ_SCORE_INIT;
	struct quiz_given g = { .seq = 7,
		.fact = "may",
		.tries = 1,
		.right = true,
		.chosen = "yes" };
	struct buf out = BUF_INIT;
	struct doc d = DOC_INIT;
	struct json_value v;
	struct str text;
	struct trace *t = sample_lost_invite();

	CU_ASSERT_EQUAL(quiz_score_add(&score, &g), 0);
	CU_ASSERT_FALSE(quiz_score_knows(&score, "may"));
	g.fact[0] = '\0';
	CU_ASSERT_EQUAL(quiz_score_add(&score, &g), 0);
	CU_ASSERT_EQUAL(score.n, 2);
	g = (struct quiz_given){
		.seq = 9, .fact = "may", .tries = 1, .right = true
	};
	CU_ASSERT_EQUAL(quiz_score_add(&score, &g), 0);
	CU_ASSERT_TRUE(quiz_score_knows(&score, "may"));
	CU_ASSERT_FALSE(quiz_score_knows(&score, "due"));
	g = (struct quiz_given){ .seq = 11, .fact = "due", .tries = 2 };
	CU_ASSERT_EQUAL(quiz_score_add(&score, &g), 0);
	quiz_score_write(&score, &out);
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	CU_ASSERT_EQUAL(quiz_score_read(&back, v), 0);
	CU_ASSERT_EQUAL(back.n, 4);
	CU_ASSERT_TRUE(quiz_score_knows(&back, "may"));
	CU_ASSERT_PTR_NOT_NULL(quiz_score_find(&back, 11, "due"));
	quiz_score_summary(t, &back, 60, &d);
	CU_ASSERT(d.nlines > 4 && d.err == 0);
	doc_free(&d);
	buf_free(&out);
	quiz_score_free(&score);
	quiz_score_free(&back);
	trace_destroy(t);
}

/* ---- hostile messages, and no memory ---- */

/* Other letters and digits here and there in the messages of a run. */
static void
mangle(struct buf *b, uint64_t *state)
{
	static const char letters[] = "01289aeiNOTIFY;=<>,:";
	bool within = false;

	for (size_t i = 8; i + 1 < b->n; i++) {
		*state = *state * 6364136223846793005u + 1442695040888963407u;
		if (b->p[i] == '\n')
			within = false;
		if (memcmp(b->p + i - 8, "\"text\":\"", 8) == 0)
			within = true;
		if (within && chr_is_alnum(b->p[i]) && b->p[i - 1] != '\\' &&
		    (*state >> 33) % 60 == 0)
			b->p[i] =
			    letters[(*state >> 40) % (sizeof(letters) - 1)];
	}
}

static void
hostile(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	uint64_t state = 7;
	size_t n = 0;

	for (int i = 0; i < 40; i++) {
		struct trace *t = NULL;
		struct quiz q;

		CU_ASSERT_EQUAL_FATAL(
		    lab_run_or_recorded("labs/transfer", &o, &out, &d), 0);
		mangle(&out, &state);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "x", &d), 0);
		for (uint64_t seq = 0; seq <= trace_count(t) + 1; seq++)
			for (size_t nth = 0; nth < 20; nth++) {
				if (quiz_make_fact(t, seq, nth, &q) == 0) {
					judge_all(&q);
					n++;
				} else {
					nth = 20;
				}
				quiz_free(&q);
			}
		trace_destroy(t);
	}
	CU_ASSERT(n > 0);
	buf_free(&out);
}

static void
out_of_memory(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/transfer", &o);
	uint64_t seq = 170;
	struct quiz q;
	int err = ERR_NOTFOUND;
	unsigned long n;

	/* A BYE looks at most. */
	for (; err != 0 && seq < trace_count(t); seq++) {
		err = quiz_make_fact(t, seq, 1, &q);
		quiz_free(&q);
	}
	CU_ASSERT_EQUAL(err, 0);
	err = ERR_NOMEM;
	for (n = 1; err != 0 && n < 2000; n++) {
		mem_fail_from(n);
		err = quiz_make_fact(t, seq - 1, 1, &q);
		mem_fail_from(0);
		quiz_free(&q);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
	}
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT(n > 5);
	trace_destroy(t);
}

CHECK_MAIN("quiz_fact", { "keys_are_right", keys_are_right },
    { "screens", screens }, { "scores", scores }, { "hostile", hostile },
    { "out_of_memory", out_of_memory })
