/*
 * What is right in a task is all that is right, and no more: answers that hold
 * by the RFC although they are not the first to come to mind, and sentences
 * that not just any lab refutes.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"

/* ---- answers ---- */

static const struct {
	const char *lab;
	unsigned task;
	const char *answer;
	bool right;
} answers[] = {
	/* Whatever has her name in it, be it a branch. */
	{ "labs/asserted-identity", 4, "Contact", true },
	{ "labs/asserted-identity", 4, "Proxy-Authorization", true },
	{ "labs/asserted-identity", 4, "Via", true },
	{ "labs/asserted-identity", 4, "From", false },
	{ "labs/asserted-identity", 4, "Call-ID", false },
	{ "labs/asserted-identity", 4, "P-Asserted-Identity", false },
	/* RFC 3261 6: the ACK for a 2xx is a separate transaction; it has no
	 * machine. */
	{ "labs/rfc3665-3.1", 1, "2", true },
	{ "labs/rfc3665-3.1", 1, "3", true },
	{ "labs/rfc3665-3.1", 1, "1", false },
	{ "labs/rfc3665-3.1", 1, "4", false },
	/* The version is the second number of o=, behind the user's name. */
	{ "labs/rfc5407-3.3.1", 1, "1", true },
	{ "labs/rfc5407-3.3.1", 1, "4", false },
};

static bool
is_right(struct lesson *l, size_t task, const char *answer,
    const struct lesson_work *work)
{
	struct lesson_answer a = { .text = str_of(answer) };
	struct lesson_result r;
	bool right;

	CU_ASSERT_EQUAL(lesson_judge(l, task, &a, work, &r), 0);
	CU_ASSERT(r.verdict != LESSON_ERROR);
	right = r.verdict == LESSON_GOOD;
	lesson_result_free(&r);
	return right;
}

static void
answers_are_judged(void)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct trace *lab = lab_trace(answers[i].lab, &LAB_OPTIONS);
		struct lesson_work work = { .lab = lab };
		struct lesson *l = fixture_lesson(answers[i].lab);
		bool right =
		    is_right(l, answers[i].task - 1, answers[i].answer, &work);

		if (right != answers[i].right)
			printf("BAD  %s %u: “%s” is %s\n", answers[i].lab,
			    answers[i].task, answers[i].answer,
			    right ? "right" : "wrong");
		CU_ASSERT_EQUAL(right, answers[i].right);
		lesson_destroy(l);
		trace_destroy(lab);
	}
}

/* ---- sentences to be refuted ---- */

struct sentence {
	struct lesson *lesson;
	const char *lab;
	size_t task, refuted; /* by so many labs */
};
#define SENTENCES_MAX 64

/* ARG is the trace of whatever lab is named. */
static const struct trace *
take_run(struct str command, struct diag *d, void *arg)
{
	(void)command;
	(void)d;
	return arg;
}

/* The tasks that ask for a lab whose run refutes a sentence. */
static size_t
find_sentences(char **labs, size_t nlabs, struct sentence *out)
{
	size_t n = 0;

	for (size_t i = 0; i < nlabs; i++) {
		struct lesson *l = fixture_lesson(labs[i]);
		size_t before = n;

		for (size_t k = 0; k < lesson_count(l); k++) {
			if (lesson_task(l, k)->kind != LESSON_RUN)
				continue;
			CU_ASSERT_FATAL(n < SENTENCES_MAX);
			out[n++] = (struct sentence){ l, labs[i], k, 0 };
		}
		if (n == before)
			lesson_destroy(l);
	}
	return n;
}

static void
free_sentences(struct sentence *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || s[i + 1].lesson != s[i].lesson)
			lesson_destroy(s[i].lesson);
}

/* Who names any lab has refuted nothing: half of them refute a sentence at
 * most. Some sentences take a lab with other settings. */
static void
not_by_any_lab(void)
{
	struct sentence s[SENTENCES_MAX];
	char *labs[LABS_MAX];
	size_t nlabs = labs_list(labs, false), of = 0;
	size_t n = find_sentences(labs, nlabs, s);

	CU_ASSERT(n > 20);
	for (size_t i = 0; i < nlabs; i++) {
		struct trace *t;
		struct lesson_work work = { .run = take_run };

		if (lab_is_slow(labs[i]))
			continue;
		t = lab_trace(labs[i], &LAB_OPTIONS);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		work.lab = t;
		work.arg = t;
		for (size_t k = 0; k < n; k++)
			s[k].refuted +=
			    is_right(s[k].lesson, s[k].task, "x", &work);
		trace_destroy(t);
		of++;
	}
	for (size_t i = 0; i < n; i++) {
		if (s[i].refuted * 2 > of)
			printf("BAD  %s %zu: refuted by %zu of %zu labs\n",
			    s[i].lab, s[i].task + 1, s[i].refuted, of);
		CU_ASSERT(s[i].refuted * 2 <= of);
	}
	free_sentences(s, n);
	labs_free(labs, nlabs);
}

CHECK_MAIN("lesson_keys", { "answers", answers_are_judged },
    { "sentences", not_by_any_lab })
