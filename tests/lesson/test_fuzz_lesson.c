/*
 * Readers of what students and teachers write, on texts changed by a fixed
 * stream of numbers: answers, handouts, texts of any charset, answers of every
 * kind that a check judges.  Each text is an allocation of its own, so that the
 * sanitizers see one byte too many.
 */
#include "text/charset.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "fixtures/check.h"
#include "lesson/answers.h"
#include "lesson/handout.h"
#include "fixtures/lesson_rows.h"

#include <time.h>

#define ROUNDS (IS_SANITIZED ? 20000 : 4000)

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint32_t
draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32) % below;
}

static const char *const seeds[] = {
	"lab: direct-call\nstudent: 1\n1: b\n2: 3.02 s\n3:\n  alice -> bob "
	"INVITE\n  bob → alice 180\n4：node=bob rule=3261-17.1 record=#5\n",
	"# A lab\n\n**Time:** 5 minutes\n\n## Tasks\n\n1. One\n\n       rung "
	"x\n2. Two\n   goes on\n\n## Try\n",
	"# \xe5\xae\x9e\xe9\xaa\x8c\n## \xe4\xbb\xbb\xe5\x8a\xa1\n1. "
	"\xe4\xb8\x80\n2. \xe4\xba\x8c\n",
	"1: \xbc\xd7\xd2\xd2\r\n2\xa3\xba\x95\x32\x82\x36\r\n",
	"\xef\xbb\xbf"
	"1: 2.5 \xe7\xa7\x92\r2: (b)\n",
};
#define SEEDS (sizeof(seeds) / sizeof(seeds[0]))

static const char *const pieces[] = { "1:", "12:", "13:", "0:", "\n", "\r",
	"\r\n", "#", "## Tasks\n", "## 任务\n", "1. ", "->", "→", "=>", ">",
	"：", "、", "node=", "record=", "rule=", "record=#", "\xff", "\x81",
	"\xef\xbb\xbf", " ", "(", "（", "-", ".", "999999999999", "ms", "秒",
	"lab:", "student:", "\t", "`", "\"", "INVITE@alice", "@", "#1" };
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

/* A text of its own allocation, without anything behind it. */
static struct str
make_text(struct buf *b)
{
	const char *seed = seeds[draw(SEEDS)];
	size_t n = strlen(seed), at = draw((uint32_t)n);
	char *own;

	buf_clear(b);
	buf_add(b, seed, at);
	for (uint32_t i = draw(6); i > 0; i--)
		buf_puts(b, pieces[draw(PIECES)]);
	at += draw(8);
	if (at < n)
		buf_add(b, seed + at, n - at);
	for (uint32_t i = draw(4); i > 0 && b->n > 0; i--)
		b->p[draw((uint32_t)b->n)] = (char)draw(256);
	own = mem_dup(b->p, b->n);
	CU_ASSERT_PTR_NOT_NULL_FATAL(own);
	/* Not even a NUL. */
	own = mem_realloc(own, b->n > 0 ? b->n : 1);
	return (struct str){ own, b->n };
}

static void
try_answers(struct str text)
{
	struct diag d = DIAG_INIT;
	struct answers a;
	int err = answers_read(&a, text, "x", &d);

	CU_ASSERT(err == 0 || (err == ERR_SYNTAX && d.text[0] != '\0'));
	for (size_t i = 0; err == 0 && i < LESSON_TASKS_MAX; i++)
		CU_ASSERT(utf8_valid(buf_view(&a.tasks[i].text)));
	answers_free(&a);
}

static void
try_handout(struct str text)
{
	struct handout h = HANDOUT_INIT;
	LOCAL_BUF out = BUF_INIT;

	buf_str(&h.text, text);
	handout_find_tasks(&h);
	CU_ASSERT(h.ntasks <= HANDOUT_TASKS_MAX);
	for (size_t i = 0; i < h.ntasks; i++) {
		CU_ASSERT(h.tasks[i].p >= h.text.p &&
			  h.tasks[i].p + h.tasks[i].n <= h.text.p + h.text.n);
		CU_ASSERT_EQUAL(handout_put_text(h.tasks[i], &out), 0);
		CU_ASSERT_EQUAL(handout_ask_first(&h, i), 0);
	}
	handout_free(&h);
}

static void
try_charset(struct str text)
{
	LOCAL_BUF out = BUF_INIT, twice = BUF_INIT;
	int err = charset_read(text, &out);

	CU_ASSERT(err == 0 || err == ERR_SYNTAX);
	if (err == 0) {
		CU_ASSERT(utf8_valid(buf_view(&out)));
		CU_ASSERT(str_chr(buf_view(&out), '\r') < 0);
		/* Plain text stays as it is, but for a mark behind a mark. */
		if (!str_starts(buf_view(&out), "\xef\xbb\xbf")) {
			CU_ASSERT_EQUAL(
			    charset_read(buf_view(&out), &twice), 0);
			CU_ASSERT(str_eq(buf_view(&out), buf_view(&twice)));
		}
	}
}

#define KINDS                                                               \
	"task { number = 7, wrong = { { 6, why = \"x\" } } } "              \
	"task { time = 2.5 } task { text = \"b\" } "                        \
	"task { choice = { { \"a\", right = true }, { \"b\" } } } "         \
	"task { draw = \"proto=sip\" } "                                    \
	"task { find = { node = \"bob\", rule = \"ict-timer-a\", record = " \
	"function(t) return t:get(5) end } }"

static void
try_judge(struct lesson *l, struct str text)
{
	struct lesson_work work = { .lab = traces[CALL] };
	struct lesson_answer answer = { .text = text };

	for (size_t i = 0; i < lesson_count(l); i++) {
		struct lesson_result r;

		CU_ASSERT_EQUAL(lesson_judge(l, i, &answer, &work, &r), 0);
		CU_ASSERT(r.verdict != LESSON_ERROR);
		CU_ASSERT(r.points <= lesson_task(l, i)->points);
		lesson_result_free(&r);
	}
}

static void
fuzz(void)
{
	LOCAL_BUF b = BUF_INIT;
	const char *seconds = getenv("RUNG_FUZZ_SECONDS");
	clock_t end =
	    clock() + (seconds != NULL ? atol(seconds) : 0) * CLOCKS_PER_SEC;
	unsigned long rounds = 0;
	struct lesson *l = load(KINDS);

	for (; rounds < ROUNDS || clock() < end; rounds++) {
		struct str text = make_text(&b);

		try_answers(text);
		try_handout(text);
		try_charset(text);
		/* A lesson judges so much and then no more. */
		if (rounds % 8 == 0 && rounds < ROUNDS)
			try_judge(l, text);
		mem_free((char *)(uintptr_t)text.p);
	}
	printf("  %lu texts\n", rounds);
	lesson_destroy(l);
}

CHECK_MAIN(
    "fuzz_lesson", { "begins", begins }, { "fuzz", fuzz }, { "ends", ends })
