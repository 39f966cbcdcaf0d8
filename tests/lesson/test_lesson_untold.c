/*
 * Whoever answers wrongly is told what is wrong, and never what is right: in
 * every lab and task that people write answers to, in both languages, wrong
 * answers of many kinds are judged, and whatever a student sees of the verdict
 * (rung check, the pane, the line of JSON) is searched for the right one.
 */
#include "fixtures/check.h"
#include "cli/check.h"
#include "grade/mark.h"
#include "grade/variant.h"
#include "fixtures/lessons.h"
#include "told_words.h"
#include "views/lesson/lesson_page.h"

#include <math.h>
#include <stdlib.h>

/* Students beside the one without a number. */
#define STUDENTS (IS_SANITIZED ? 0 : 1)
/* Each so many labs are tried. */
#define NTH (IS_SANITIZED ? 5 : 1)
/* No line is wrapped. */
#define WIDTH 4000
/* More of the right option's own words in hundredths tell it. */
#define WORDS_TOLD 60

static const char *const languages[] = { "en", "zh" };

/* A task with its key, and what the student is told at the moment. */
struct case_of {
	const char *lab, *language;
	struct mark m;
	struct work w;
	size_t i;
	const struct lesson_task *t;
	struct buf key;
	double tolerance;
	struct str answer;
	/* What check and pane say where nothing is told but a verdict of so
	 * many points, with ANSWER_HERE as the answer. */
	struct buf bare[2];
	enum lesson_verdict bare_verdict;
	unsigned bare_points;
	/* Records of the verdict on what is right. */
	uint64_t right[LESSON_RECORDS_MAX];
	size_t nright;
	unsigned wrong; /* answers that were judged */
};

/* Over all labs. */
static unsigned judged, tasks;

static void
complain(const struct case_of *c, const char *what, struct str told)
{
	printf("BAD  %s %u (%s, “%s”), %.*s: %s, “%s”:\n%.*s\n", c->lab,
	    c->t->number, c->language, lesson_student(c->m.lesson),
	    STR_ARG(c->answer), what, buf_cstr(&c->key), STR_ARG(told));
	CU_FAIL("the key is told");
}

/* ---- what is told ---- */

static void
put_check(const struct case_of *c, struct buf *out)
{
	struct doc doc = DOC_INIT;

	cli_put_mark(&c->w, &c->m, WIDTH, &doc);
	CU_ASSERT_EQUAL(doc_write(&doc, out), 0);
	doc_free(&doc);
}

static void
put_pane(const struct case_of *c, struct buf *out)
{
	bool all[LESSON_TASKS_MAX];
	struct page page = PAGE_INIT;
	struct page_source s = { .lesson = c->m.lesson,
		.answers = &c->w.answers,
		.results = c->m.results,
		.judged = all,
		.lab = c->m.trace,
		.open = c->i,
		.width = WIDTH };

	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		all[i] = true;
	page_make(&page, &s);
	CU_ASSERT_EQUAL(doc_write(&page.doc, out), 0);
	page_free(&page);
}

/* "why", "rule" of the task in the mark's line. */
static void
put_json(const struct case_of *c, struct buf *out)
{
	struct buf line = BUF_INIT, text = BUF_INIT;
	struct json_value v, task;
	struct str rest;
	size_t at = 0;

	CU_ASSERT_EQUAL(mark_put_json(&c->m, &c->w, "f", &line), 0);
	rest = buf_view(&line);
	CU_ASSERT_EQUAL(json_read(&rest, &v), 0);
	for (size_t i = 0; i <= c->i; i++)
		CU_ASSERT_FATAL(json_item(json_member(v, "tasks"), &at, &task));
	CU_ASSERT_EQUAL(json_text(json_member(task, "why"), &text), 0);
	buf_printf(out, "%s\n", buf_cstr(&text));
	v = json_member(task, "rule");
	buf_clear(&text);
	if (v.type == JSON_STRING && json_text(v, &text) == 0)
		buf_printf(out, "%s\n", buf_cstr(&text));
	v = json_member(task, "records");
	buf_printf(out, "%.*s\n", STR_ARG(v.raw));
	buf_free(&line);
	buf_free(&text);
}

static void
put_shown(struct case_of *c, const struct lesson_result *r, bool pane,
    struct buf *out)
{
	c->m.results[c->i] = *r;
	(pane ? put_pane : put_check)(c, out);
	c->m.results[c->i] = LESSON_RESULT_INIT;
}

static void
set_answer(struct case_of *c, struct str text)
{
	struct buf *answer = &c->w.answers.tasks[c->i].text;

	buf_clear(answer);
	buf_str(answer, text);
}

/* What stands there for the answer, and for what it is read as. */
#define ANSWER_HERE   "xyzzy"
#define BELIEVED_HERE "zyxxy"

/* What stands there with R's verdict, and is the same for each answer but for
 * the answer itself. */
static void
find_bare(struct case_of *c, const struct lesson_result *r)
{
	struct lesson_result bare = *r;

	if (c->bare[0].n > 0 && r->verdict == c->bare_verdict &&
	    r->points == c->bare_points)
		return;
	c->bare_verdict = r->verdict;
	c->bare_points = r->points;
	bare.why = BUF_INIT;
	bare.rule = RULE_NONE;
	bare.nrecords = 0;
	bare.believed = BUF_INIT;
	buf_puts(&bare.believed, r->believed.n > 0 ? BELIEVED_HERE : "");
	set_answer(c, STR(ANSWER_HERE));
	for (int pane = 0; pane < 2; pane++) {
		buf_clear(&c->bare[pane]);
		put_shown(c, &bare, pane, &c->bare[pane]);
		/* An example of how times are written is no time. */
		buf_printf(&c->bare[pane], "%s\n",
		    _("answer with a time such as 2.5 s or 20 ms"));
	}
	buf_free(&bare.believed);
}

static void
forget_bare(struct case_of *c)
{
	for (int pane = 0; pane < 2; pane++)
		buf_free(&c->bare[pane]);
}

/* Adds TEXT with WHAT wherever PLACE stands in it. */
static void
put_filled(struct buf *out, struct str text, const char *place, struct str what)
{
	ptrdiff_t at;

	while ((at = str_find(text, place)) >= 0) {
		buf_str(out, str_slice(text, 0, (size_t)at));
		buf_str(out, what);
		text = str_slice(text, (size_t)at + strlen(place), text.n);
	}
	buf_str(out, text);
}

/* The bare text with C's answer, of which R is the verdict, in its places. */
static void
put_bare(const struct case_of *c, const struct lesson_result *r, int pane,
    struct buf *out)
{
	struct buf with = BUF_INIT;

	buf_clear(out);
	put_filled(&with, buf_view(&c->bare[pane]), ANSWER_HERE, c->answer);
	put_filled(out, buf_view(&with), BELIEVED_HERE, buf_view(&r->believed));
	buf_free(&with);
}

/* All that the verdict R on C's answer tells: what would not stand there, were
 * it told nothing but that it is wrong. */
static void
put_told(struct case_of *c, const struct lesson_result *r, struct buf *out)
{
	struct buf before = BUF_INIT, after = BUF_INIT;

	find_bare(c, r);
	set_answer(c, c->answer);
	for (int pane = 0; pane < 2; pane++) {
		buf_clear(&after);
		put_bare(c, r, pane, &before);
		put_shown(c, r, pane, &after);
		told_add_new_lines(out, buf_view(&before), buf_view(&after));
	}
	c->m.results[c->i] = *r;
	put_json(c, &after);
	told_add_new_lines(out, buf_view(&before), buf_view(&after));
	c->m.results[c->i] = LESSON_RESULT_INIT;
	buf_free(&before);
	buf_free(&after);
}

/* ---- is it told? ---- */

/* What the student has named as the record may be looked at. */
static bool
tells_parts(const struct case_of *c, struct str told)
{
	struct str key = buf_view(&c->key), word, line, rest;
	bool found = false;

	while (!found && key.n > 0) {
		(void)str_cut(str_cut(key, ' ', &key), '=', &word);
		for (rest = told; !found && rest.n > 0;) {
			line = str_cut(rest, '\n', &rest);
			found = !str_starts(line, "→") &&
				!told_has_word(c->answer, word) &&
				told_has_word(line, word);
		}
	}
	return found;
}

/* An arrow that the student has not drawn is named. */
static bool
tells_arrow(const struct case_of *c, struct str told)
{
	struct str key = buf_view(&c->key);
	bool found = false;

	while (!found && key.n > 0) {
		struct str line = str_cut(key, '\n', &key), to, from;
		struct buf arrow = BUF_INIT;

		from = str_cut(line, ' ', &to);
		(void)str_cut(to, ' ', &to);
		buf_printf(&arrow, "%.*s → %.*s", STR_ARG(from), STR_ARG(to));
		/* What the task itself tells is no secret. */
		found = str_ifind(c->answer, line) < 0 &&
			str_ifind(c->t->text, line) < 0 &&
			str_ifind(told, buf_view(&arrow)) >= 0;
		buf_free(&arrow);
	}
	return found;
}

/* ---- choices ---- */

/* How much of the right option's own words, those that neither the task nor a
 * wrong option has, stands in TOLD, in hundredths. */
static unsigned
right_words_told(const struct case_of *c, struct str told)
{
	const struct lesson_task *t = c->t;
	struct buf others = BUF_INIT;
	struct str right = STR_NULL;
	unsigned n = 0, found = 0;

	buf_str(&others, t->text);
	for (size_t i = 0; i < t->noptions; i++)
		if (t->options[i].right)
			right = str_of(t->options[i].text);
		else
			buf_printf(&others, " %s", t->options[i].text);
	for (size_t i = 0; i < right.n; i++) {
		size_t len = 0;
		struct str word;

		if ((unsigned char)right.p[i] >= 0xe4 && i + 6 <= right.n &&
		    (unsigned char)right.p[i + 3] >= 0xe4)
			len = 6; /* two characters of Chinese */
		while (len == 0 && i + len < right.n &&
		       chr_is_alnum(right.p[i + len]))
			len++;
		for (; len < 6 && i + len < right.n &&
		       chr_is_alnum(right.p[i + len]);)
			len++;
		word = str_slice(right, i, i + len);
		if (len >= 4 && str_ifind(buf_view(&others), word) < 0) {
			n++;
			found += str_ifind(told, word) >= 0;
		}
		if (len > 0)
			i += len == 6 && (unsigned char)right.p[i] >= 0xe4
				 ? 2
				 : len - 1;
	}
	buf_free(&others);
	return n >= 2 ? 100 * found / n : 0;
}

static bool
shows_right_record(const struct case_of *c, const struct lesson_result *r)
{
	for (size_t i = 0; i < r->nrecords; i++)
		for (size_t k = 0; k < c->nright; k++)
			if (r->records[i] == c->right[k])
				return true;
	return false;
}

static void
choice_is_untold(
    const struct case_of *c, const struct lesson_result *r, struct str told)
{
	const struct lesson_task *t = c->t;

	for (size_t i = 0; i < t->noptions; i++)
		if (t->options[i].right &&
		    str_ifind(told, str_of(t->options[i].text)) >= 0)
			complain(c, "the right option is quoted", told);
	if (shows_right_record(c, r))
		complain(c, "the record of the right one", told);
	if (r->rule != RULE_NONE && r->rule == t->rule)
		complain(c, "the rule of the right one", told);
	if (right_words_told(c, told) >= WORDS_TOLD)
		complain(c, "the right option in other words", told);
}

static void
is_untold(struct case_of *c, const struct lesson_result *r, struct str told)
{
	struct str key = buf_view(&c->key), number = key;
	bool time = c->t->kind == LESSON_TIME, found = false;
	double value = 0;

	switch (c->t->kind) {
	case LESSON_NUMBER:
	case LESSON_TIME:
		number = str_cut(key, ' ', &key);
		value = strtod(number.p, NULL);
		found = told_has_number(told, value, c->tolerance, time) ||
			(!time && told_has_numeral(told, value));
		break;
	case LESSON_TEXT:
		found =
		    !told_has_word(c->answer, key) && told_has_word(told, key);
		break;
	case LESSON_FIND:
		found = tells_parts(c, told);
		break;
	case LESSON_DRAW:
		found = tells_arrow(c, told);
		break;
	default:
		choice_is_untold(c, r, told);
		return;
	}
	if (found)
		complain(c, "the key is told", told);
	/* What is wrong has records and a rule only of its own. */
	if (c->t->kind != LESSON_FIND && c->t->kind != LESSON_DRAW &&
	    r->rule != RULE_NONE && r->rule == c->t->rule)
		complain(c, "the rule of what is right", told);
	if (c->t->kind != LESSON_FIND && c->t->kind != LESSON_DRAW &&
	    shows_right_record(c, r))
		complain(c, "the record of what is right", told);
}

/* ---- wrong answers ---- */

static void
judge_text_of(struct case_of *c, struct str text, struct lesson_result *r)
{
	struct lesson_work lw = { .lab = c->m.trace };
	struct lesson_answer a = { .text = text };

	CU_ASSERT_EQUAL(lesson_judge(c->m.lesson, c->i, &a, &lw, r), 0);
	if (r->verdict == LESSON_ERROR)
		printf("BAD  %s %zu (%s): %s\n", c->lab, c->i + 1, c->language,
		    buf_cstr(&r->why));
	CU_ASSERT_NOT_EQUAL(r->verdict, LESSON_ERROR);
}

/* TEXT, where it is wrong, is told nothing. */
static void
try_answer(struct case_of *c, struct str text)
{
	struct lesson_result r;
	struct buf told = BUF_INIT;

	if (str_trim(text).n == 0)
		return;
	judge_text_of(c, text, &r);
	if (r.verdict == LESSON_BAD || r.verdict == LESSON_PART) {
		c->answer = text;
		put_told(c, &r, &told);
		is_untold(c, &r, buf_view(&told));
		c->wrong++;
	}
	lesson_result_free(&r);
	buf_free(&told);
}

static void
try_mistakes(struct case_of *c)
{
	struct diag d = DIAG_INIT;
	struct buf text = BUF_INIT;

	for (size_t k = 0;; k++) {
		buf_clear(&text);
		CU_ASSERT_EQUAL(
		    lesson_mistake(c->m.lesson, c->i, k, c->m.trace, &text, &d),
		    0);
		if (text.n == 0)
			break;
		try_answer(c, buf_view(&text));
	}
	buf_free(&text);
}

static void
try_near(struct case_of *c)
{
	static const double factors[] = { -1, 0, 0.5, 2, 10, 1000 };
	double key = strtod(buf_cstr(&c->key), NULL);
	char text[60];

	for (size_t k = 0; k < 6; k++) {
		snprintf(text, sizeof(text), "%.9g", key * factors[k]);
		try_answer(c, str_of(text));
	}
	for (int by = -1; by <= 1; by += 2) {
		snprintf(text, sizeof(text), "%.9g", key + by);
		try_answer(c, str_of(text));
	}
}

/* The key with each of its parts left out, and with another instead. */
static void
try_parts(struct case_of *c)
{
	struct buf text = BUF_INIT;

	for (unsigned mask = 0; mask < 64; mask++) {
		struct str key = buf_view(&c->key), word, name;
		unsigned bits = mask;

		buf_clear(&text);
		for (; key.n > 0; bits >>= 2) {
			word = str_cut(key, ' ', &key);
			name = str_cut(word, '=', &word);
			if ((bits & 3) == 1)
				buf_printf(&text, "%.*s=%.*s ", STR_ARG(name),
				    STR_ARG(word));
			else if ((bits & 3) == 2)
				buf_printf(&text, "%.*s=%s ", STR_ARG(name),
				    str_is(name, "record") ? "1" : "nobody");
		}
		try_answer(c, buf_view(&text));
	}
	buf_free(&text);
}

/* The ladder with one line left out, between other nodes, or at its end. */
static void
try_ladders(struct case_of *c)
{
	size_t lines = str_count(buf_view(&c->key), '\n') + 1;
	struct buf text = BUF_INIT;

	for (size_t k = 0; k < 3 * lines; k++) {
		struct str key = buf_view(&c->key), line, moved = STR_NULL;

		buf_clear(&text);
		for (size_t i = 0; key.n > 0; i++) {
			line = str_cut(key, '\n', &key);
			if (i == k / 3 && k % 3 == 1) {
				struct str what = line;

				for (int w = 0; w < 3; w++)
					(void)str_cut(what, ' ', &what);
				buf_printf(&text, "nobody -> nowhere %.*s\n",
				    STR_ARG(what));
			} else if (i == k / 3 && k % 3 == 2) {
				moved = line;
			} else if (i != k / 3) {
				buf_printf(&text, "%.*s\n", STR_ARG(line));
			}
		}
		if (moved.n > 0)
			buf_printf(&text, "%.*s\n", STR_ARG(moved));
		try_answer(c, buf_view(&text));
	}
	buf_free(&text);
}

static void
try_options(struct case_of *c)
{
	for (size_t k = 0; k < c->t->noptions; k++) {
		char letter[] = { (char)('a' + (int)k), '\0' };

		try_answer(c, str_of(letter));
	}
}

static void
try_task(struct case_of *c)
{
	static const char *const senseless[] = { "-98765", "98765 s", "z",
		"no such word", "nobody -> nobody NOTHING",
		"node=nobody rule=none record=0", "?" };

	for (size_t k = 0; k < sizeof(senseless) / sizeof(senseless[0]); k++)
		try_answer(c, str_of(senseless[k]));
	try_mistakes(c);
	if (c->t->kind == LESSON_NUMBER || c->t->kind == LESSON_TIME)
		try_near(c);
	if (c->t->kind == LESSON_FIND)
		try_parts(c);
	if (c->t->kind == LESSON_DRAW)
		try_ladders(c);
	if (c->t->kind == LESSON_CHOICE)
		try_options(c);
}

/* ---- each task of each lab ---- */

static bool
is_tried(enum lesson_kind kind)
{
	return lesson_kind_is_written(kind) && kind != LESSON_RUN;
}

static void
find_key(struct case_of *c)
{
	struct diag d = DIAG_INIT;
	struct lesson_result r;

	buf_clear(&c->key);
	CU_ASSERT_EQUAL(lesson_key(c->m.lesson, c->i, c->m.trace, &c->key,
			    &c->tolerance, &d),
	    0);
	judge_text_of(c, buf_view(&c->key), &r);
	CU_ASSERT_EQUAL(r.verdict, LESSON_GOOD);
	c->nright = r.nrecords;
	memcpy(c->right, r.records, sizeof(r.records));
	lesson_result_free(&r);
}

/* A hint, which leads there, does not say that there is none to be found. */
static void
try_hints(struct case_of *c)
{
	c->answer = STR_NULL;
	if (c->t->kind != LESSON_NUMBER || strtod(buf_cstr(&c->key), NULL) != 0)
		return;
	for (size_t i = 0; i < c->t->nhints; i++)
		if (told_has_nothing(str_of(c->t->hints[i])))
			complain(
			    c, "a hint has the key", str_of(c->t->hints[i]));
}

static void
try_lesson(struct case_of *c)
{
	c->m.n = lesson_count(c->m.lesson);
	c->m.of = lesson_points(c->m.lesson);
	c->w.name = mem_strdup(c->lab);
	for (c->i = 0; c->i < c->m.n; c->i++)
		c->m.results[c->i] = LESSON_RESULT_INIT;
	for (c->i = 0; c->i < c->m.n; c->i++) {
		c->t = lesson_task(c->m.lesson, c->i);
		if (!is_tried(c->t->kind))
			continue;
		find_key(c);
		try_hints(c);
		forget_bare(c);
		c->wrong = 0;
		try_task(c);
		CU_ASSERT(c->wrong > 0);
		buf_clear(&c->w.answers.tasks[c->i].text);
		judged += c->wrong;
		tasks++;
	}
	work_free(&c->w);
	buf_free(&c->key);
	forget_bare(c);
}

/* A lab as it stands in one language, as a student has it in the other; where
 * there is no student, and with STUDENTS=all, both in both. */
static bool
has_turn(const char *lab, size_t students, size_t n, size_t k)
{
	return students == 0 || getenv("STUDENTS") != NULL ||
	       (strlen(lab) + n + k) % 2 == 0;
}

/* Labs whose runs take long are tried as they are for everybody. */
static void
try_lab(const char *lab)
{
	struct case_of c = { .lab = lab, .key = BUF_INIT, .w = WORK_INIT };
	size_t students = lab_is_slow(lab) ? 0 : STUDENTS;

	for (size_t n = 0; n <= students; n++) {
		char student[40] = "";
		struct variant v = VARIANT_INIT;
		struct diag d = DIAG_INIT;

		if (n > 0)
			snprintf(student, sizeof(student), "2023%03zu", n);
		for (size_t k = 0; k < 2; k++) {
			if (!has_turn(lab, students, n, k))
				continue;
			c.language = languages[k];
			CU_ASSERT_EQUAL(i18n_choose(c.language), 0);
			CU_ASSERT_EQUAL_FATAL(
			    lesson_load(&c.m.lesson, lab, student, &d), 0);
			if (n == 0 && c.m.trace == NULL)
				c.m.trace = lab_trace(lab, &LAB_OPTIONS);
			else if (c.m.trace == NULL &&
				 variant_make(&v, c.m.lesson, &d) == 0)
				CU_ASSERT_EQUAL(
				    rerun_file(lab, &v, &c.m.trace, NULL, &d),
				    0);
			CU_ASSERT_PTR_NOT_NULL_FATAL(c.m.trace);
			CU_ASSERT_EQUAL(
			    lesson_take_given(c.m.lesson, c.m.trace, &d), 0);
			try_lesson(&c);
			lesson_destroy(c.m.lesson);
		}
		variant_free(&v);
		trace_destroy(c.m.trace);
		c.m.trace = NULL;
	}
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

static void
try_nth(const char *lab)
{
	static unsigned n;

	if (n++ % NTH == 0)
		try_lab(lab);
}

static void
all_labs(void)
{
	each_lesson_some(try_nth);
	printf("  %u wrong answers to %u tasks\n", judged, tasks);
	CU_ASSERT(tasks > 200 / NTH);
}

CHECK_MAIN("lesson_untold", { "labs", all_labs })
