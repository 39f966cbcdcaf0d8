/*
 * Predictions as a file keeps them, judged again by another run of the lab: the
 * same verdicts in any language, whatever the file says of results.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "quiz/quiz.h"

static struct trace *call, *two;

static void
begins(void)
{
	call = lab_trace("labs/direct-call", &LAB_OPTIONS);
	two = lab_trace("labs/two-proxies", &LAB_OPTIONS);
	CU_ASSERT_PTR_NOT_NULL_FATAL(call);
	CU_ASSERT_PTR_NOT_NULL_FATAL(two);
}

/* ---- one answer ---- */

static struct json_value
parse(struct str text)
{
	struct json_value v = { .type = JSON_NONE };

	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	return v;
}

/* Every option of A is worth in B, the same question in another language, what
 * it is worth in A. */
static void
same_worth(const struct quiz *a, const struct quiz *b)
{
	for (size_t i = 0; i < a->noptions; i++) {
		struct quiz_pick pick = { .option = i };
		struct buf said = BUF_INIT;

		quiz_put_said(&said, a, &pick);
		CU_ASSERT_EQUAL(quiz_check_said(b, parse(buf_view(&said))),
		    quiz_check(a, &pick));
		buf_free(&said);
	}
}

static void
any_language(void)
{
	struct quiz a, b;
	unsigned facts = 0;

	for (uint64_t seq = 0; quiz_make(two, seq, &a) == 0;) {
		CU_ASSERT_EQUAL(quiz_make(two, seq, &b), 0);
		same_worth(&a, &b);
		seq = a.next;
		quiz_free(&a);
		quiz_free(&b);
		while (quiz_make_fact(two, seq, 0, &a) == 0 && facts++ < 20) {
			CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
			CU_ASSERT_EQUAL(quiz_make_fact(two, seq, 0, &b), 0);
			same_worth(&a, &b);
			CU_ASSERT_EQUAL(i18n_choose("en"), 0);
			quiz_free(&a);
			quiz_free(&b);
			break;
		}
		quiz_free(&a);
	}
	quiz_free(&a);
	CU_ASSERT(facts > 3);
}

/* ---- a file of them ---- */

/* All questions of T, every third answered wrong at first. */
static void
answer_all(const struct trace *t, struct quiz_score *score, unsigned *right)
{
	struct quiz_state s = { .free = false };
	struct quiz q;

	*right = 0;
	for (uint64_t seq = 0; quiz_make(t, seq, &q) == 0;) {
		struct quiz_pick pick = { .option = 0 };
		bool wanted = score->n % 3 != 2;

		while (pick.option + 1 < q.noptions &&
		       (quiz_check(&q, &pick) != QUIZ_WRONG) != wanted)
			pick.option++;
		*right += quiz_check(&q, &pick) != QUIZ_WRONG;
		quiz_start(&s, false);
		s.cursor = pick.option;
		for (int i = 0; i < 3 && s.phase != QUIZ_DONE; i++)
			quiz_press(&q, &s, QUIZ_ENTER, score);
		seq = q.next;
		quiz_free(&q);
	}
	quiz_free(&q);
}

/* TEXT as if a file had it, by RUNS. */
static struct quiz_count
count(struct str text, const struct trace *const *runs, size_t n)
{
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct quiz_count c = { .made = 99 };

	CU_ASSERT_EQUAL(quiz_score_read(&score, parse(text)), 0);
	CU_ASSERT_EQUAL(quiz_score_again(&score, runs, n, &c), 0);
	quiz_score_free(&score);
	return c;
}

static void
a_file(void)
{
	const struct trace *runs[] = { two, call }, *other[] = { call };
	struct quiz_score score = QUIZ_SCORE_INIT;
	LOCAL_BUF text = BUF_INIT;
	struct quiz_count c;
	unsigned right;

	answer_all(call, &score, &right);
	CU_ASSERT(right > 2 && right < score.n);
	CU_ASSERT_EQUAL(right, score.first_try);
	/* What the file says of results counts for nothing. */
	for (size_t i = 0; i < score.n; i++)
		score.list[i].right = true;
	quiz_score_write(&score, &text);
	c = count(buf_view(&text), other, 1);
	CU_ASSERT_EQUAL(c.made, score.n);
	CU_ASSERT_EQUAL(c.right, right);
	CU_ASSERT_EQUAL(c.unknown, 0);
	/* By the run that has the records. */
	c = count(buf_view(&text), runs, 2);
	CU_ASSERT_EQUAL(c.right, right);
	c = count(buf_view(&text), runs, 1);
	CU_ASSERT(c.right < right);
	quiz_score_free(&score);
}

#define REC "\"tries\":1,\"right\":true,\"record\":\"0000000000000001\","
#define HIS \
	"\"first\":{\"src\":\"alice\",\"dst\":\"bob\",\"method\":\"INVITE\"}"

static const struct {
	const char *text; /* SEQ: the first message */
	unsigned made, right, unknown;
} rows[] = {
	{ "[{\"seq\":%u," REC HIS "}]", 1, 1, 0 },
	{ "[{\"seq\":%u," REC HIS "},{\"seq\":1," REC HIS
	  "},{\"seq\":%u," REC HIS "}]",
	    2, 1, 0 },
	{ "[{\"seq\":%u,\"tries\":1,\"right\":true,\"shown\":false}]", 1, 0,
	    1 },
	{ "[{\"seq\":%u,\"tries\":0,\"shown\":true}]", 1, 0, 0 },
	{ "[{\"seq\":%u," REC "\"first\":7}]", 1, 0, 0 },
	{ "[{\"seq\":%u," REC "\"first\":{}}]", 1, 0, 0 },
	{ "[{\"seq\":%u," REC "\"first\":\"SAME\"}]", 1, 0, 0 },
	{ "[{\"seq\":%u," REC
	  "\"first\":{\"src\":\"alice\",\"dst\":\"bob\",\"status\":-1}}]",
	    1, 0, 0 },
	{ "[{\"seq\":%u,\"fact\":\"cseq\"," REC "\"first\":\"SAME\"}]", 1, 0,
	    0 },
	{ "[{\"seq\":99999999," REC HIS "}]", 1, 0, 0 },
	{ "[{\"seq\":%u,\"tries\":1,\"record\":\"zz\"," HIS "}]", 1, 0, 1 },
	{ "[]", 0, 0, 0 },
};

static void
forged_files(void)
{
	const struct trace *runs[] = { call };
	struct quiz q;

	CU_ASSERT_EQUAL(quiz_make(call, 0, &q), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str rest = str_of(rows[i].text);
		struct buf text = BUF_INIT;
		struct quiz_count c;
		ptrdiff_t at;

		while ((at = str_find(rest, "%u")) >= 0) {
			buf_str(&text, str_slice(rest, 0, (size_t)at));
			buf_u64(&text, q.next);
			rest = str_slice(rest, (size_t)at + 2, rest.n);
		}
		buf_str(&text, rest);
		c = count(buf_view(&text), runs, 1);
		if (c.made != rows[i].made || c.right != rows[i].right ||
		    c.unknown != rows[i].unknown)
			printf("BAD  %s: %u, %u, %u\n", buf_cstr(&text), c.made,
			    c.right, c.unknown);
		CU_ASSERT_EQUAL(c.made, rows[i].made);
		CU_ASSERT_EQUAL(c.right, rows[i].right);
		CU_ASSERT_EQUAL(c.unknown, rows[i].unknown);
		buf_free(&text);
	}
	quiz_free(&q);
}

static void
ends(void)
{
	trace_destroy(call);
	trace_destroy(two);
}

CHECK_MAIN("quiz_again", { "begins", begins }, { "any language", any_language },
    { "a file", a_file }, { "forged files", forged_files }, { "ends", ends })
