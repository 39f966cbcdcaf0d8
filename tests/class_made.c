/* Makes classes. */
#include "class_made.h"
#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "grade/handin.h"

#include <string.h>
#include <sys/stat.h>

unsigned
made_draw(struct made_draw *r, unsigned n)
{
	r->state = r->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(r->state >> 33) % n;
}

/* ---- a student's lab ---- */

void
made_lab_open(struct made_lab *l, const char *lab, const char *student)
{
	struct diag d = DIAG_INIT;

	*l = (struct made_lab){ .path = lab };
	snprintf(l->student, sizeof(l->student), "%s", student);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&l->lesson, lab, student, &d), 0);
	CU_ASSERT_EQUAL_FATAL(variant_make(&l->variant, l->lesson, &d), 0);
	CU_ASSERT_EQUAL_FATAL(rerun_file(lab, &l->variant, &l->trace, &d), 0);
}

void
made_lab_close(struct made_lab *l)
{
	trace_destroy(l->trace);
	variant_free(&l->variant);
	lesson_destroy(l->lesson);
}

bool
made_is_asked(const struct made_lab *l, size_t i)
{
	switch (lesson_task(l->lesson, i)->kind) {
	case LESSON_NUMBER:
	case LESSON_TIME:
	case LESSON_TEXT:
	case LESSON_CHOICE:
	case LESSON_FIND:
	case LESSON_DRAW:
		return true;
	default:
		return false;
	}
}

void
made_put_right(const struct made_lab *l, size_t i, struct buf *out)
{
	struct diag d = DIAG_INIT;
	size_t from = out->n;

	CU_ASSERT_EQUAL_FATAL(
	    lesson_key(l->lesson, i, l->trace, out, NULL, &d), 0);
	/* Of a choice the letter. */
	if (lesson_task(l->lesson, i)->kind == LESSON_CHOICE)
		buf_truncate(out, from + 1);
}

/* ---- spellings ---- */

/* X(kind, how the right answer VALUE is written) */
static const struct {
	enum lesson_kind kind;
	const char *form; /* "%s": the answer as the key has it */
} spellings[] = {
	{ LESSON_CHOICE, "%s" },
	{ LESSON_CHOICE, "%s)" },
	{ LESSON_CHOICE, "(%s)" },
	{ LESSON_CHOICE, "（%s）" },
	{ LESSON_CHOICE, "%s." },
	{ LESSON_CHOICE, "option %s" },
	{ LESSON_TIME, "%s" },
	{ LESSON_TIME, "  %s  " },
	{ LESSON_TIME, "%sec" },
	{ LESSON_TIME, "%seconds" },
	{ LESSON_TIME, "%s later" },
	{ LESSON_NUMBER, "%s" },
	{ LESSON_NUMBER, " %s" },
	{ LESSON_TEXT, "%s" },
	{ LESSON_TEXT, "\"%s\"" },
	{ LESSON_TEXT, "<%s>" },
	{ LESSON_TEXT, " %s " },
	{ LESSON_TEXT, "“%s”" },
	{ LESSON_TEXT, "%s." },
	{ LESSON_FIND, "%s" },
	{ LESSON_DRAW, "%s" },
};
#define SPELLINGS (sizeof(spellings) / sizeof(spellings[0]))

static void
put_form(const char *form, struct str value, struct buf *out)
{
	const char *at = strstr(form, "%s");

	buf_str(out, (struct str){ form, (size_t)(at - form) });
	buf_str(out, value);
	buf_puts(out, at + 2);
}

void
made_put_spelled(
    const struct made_lab *l, size_t i, struct made_draw *r, struct buf *out)
{
	enum lesson_kind kind = lesson_task(l->lesson, i)->kind;
	struct buf right = BUF_INIT;
	size_t k;

	do
		k = made_draw(r, SPELLINGS);
	while (spellings[k].kind != kind);
	made_put_right(l, i, &right);
	put_form(spellings[k].form, buf_view(&right), out);
	buf_free(&right);
}

/* ---- honest mistakes ---- */

static int64_t
draw_time(const struct made_lab *l, struct made_draw *r)
{
	return trace_time_of(
	    l->trace, 1 + made_draw(r, (unsigned)trace_count(l->trace)));
}

static double
draw_span(const struct made_lab *l, struct made_draw *r)
{
	int64_t a = draw_time(l, r), b = draw_time(l, r);

	return (double)(a > b ? a - b : b - a) / 1e9;
}

/* The right value of a number or a time. */
static double
right_value(const struct made_lab *l, size_t i)
{
	struct buf key = BUF_INIT;
	double value;

	made_put_right(l, i, &key);
	value = strtod(buf_cstr(&key), NULL);
	buf_free(&key);
	return value;
}

/* The right value with another digit, a digit left out, or two exchanged. */
static void
put_slip(
    const struct made_lab *l, size_t i, struct made_draw *r, struct buf *out)
{
	struct buf key = BUF_INIT;
	size_t n, at;

	made_put_right(l, i, &key);
	n = strspn(buf_cstr(&key), "0123456789.-");
	at = n > 0 ? made_draw(r, (unsigned)n) : 0;
	if (n == 0)
		buf_puts(out, "0");
	else if (key.p[at] == '.' || made_draw(r, 3) == 0)
		buf_printf(out, "%.*s%s", (int)at, key.p, key.p + at + 1);
	else if (at + 1 < n && made_draw(r, 2) == 0)
		buf_printf(out, "%.*s%c%c%s", (int)at, key.p, key.p[at + 1],
		    key.p[at], key.p + at + 2);
	else
		buf_printf(out, "%.*s%u%s", (int)at, key.p, made_draw(r, 10),
		    key.p + at + 1);
	buf_free(&key);
}

static void
put_number_mistake(const struct made_lab *l, size_t i, struct str plain,
    struct made_draw *r, struct buf *out)
{
	static const double round[] = { 0.5, 1, 2, 4, 8, 16, 32, 0.2, 5, 180,
		200, 0, 3600, 5060, 64, 0.02, 7, 3 };
	bool time = lesson_task(l->lesson, i)->kind == LESSON_TIME;
	unsigned which = made_draw(r, 16);

	if (which == 0 && plain.n > 0) {
		buf_str(out, plain);
	} else if (which < 3) {
		put_slip(l, i, r, out);
	} else if (which < 6) {
		buf_printf(out, "%.6g", round[made_draw(r, 18)]);
	} else if (!time && which < 12) {
		buf_printf(out, "%.10g",
		    right_value(l, i) + 1 + made_draw(r, 3) -
			4 * (made_draw(r, 2) == 0));
	} else if (which < 9) {
		buf_printf(out, "%.9g", (double)draw_time(l, r) / 1e9);
	} else if (which < 14) {
		buf_printf(out, "%.9g", draw_span(l, r));
	} else {
		/* Something is added once too often. */
		buf_printf(out, "%.9g", right_value(l, i) + draw_span(l, r));
	}
	if (time && out->n > 0 && chr_is_digit(out->p[out->n - 1]))
		buf_puts(out, " s");
}

/* Another tag, branch or Call-ID of the own run. */
static void
put_other_token(const struct made_lab *l, struct made_draw *r, struct buf *out)
{
	static const char *const marks[] = { "tag=", "branch=", "Call-ID: " };
	uint64_t n = trace_count(l->trace), from = made_draw(r, (unsigned)n);
	const char *mark = marks[made_draw(r, 3)];

	for (uint64_t k = 0; k < n; k++) {
		struct str line = trace_line(l->trace, 1 + (from + k) % n);
		ptrdiff_t at = str_find(line, mark);
		size_t to;

		if (at < 0)
			continue;
		line = str_slice(line, (size_t)at + strlen(mark), line.n);
		for (to = 0; to < line.n && (chr_is_alnum(line.p[to]) ||
						strchr("-.@*", line.p[to]));)
			to++;
		buf_str(out, str_slice(line, 0, to));
		return;
	}
	buf_puts(out, "none");
}

static void
put_text_mistake(const struct made_lab *l, size_t i, struct str plain,
    struct made_draw *r, struct buf *out)
{
	static const char *const words[] = { "To", "From", "Via", "Contact",
		"I don't know", "the same as before", "Call-ID", "tag", "alice",
		"bob@example.com", "z9hG4bK" };
	unsigned which = made_draw(r, 8);

	if (which == 0 && plain.n > 0) {
		buf_str(out, plain);
	} else if (which < 2) {
		made_put_right(l, i, out);
		/* A letter is read wrongly. */
		if (out->n > 0)
			out->p[made_draw(r, (unsigned)out->n)] =
			    "lo0iz2s5"[made_draw(r, 8)];
	} else if (which < 4) {
		buf_puts(out, words[made_draw(r, 11)]);
	} else {
		put_other_token(l, r, out);
	}
}

/* A wrong option: one mistake is that of most. */
static void
put_choice_mistake(
    const struct made_lab *l, size_t i, struct made_draw *r, struct buf *out)
{
	const struct lesson_task *t = lesson_task(l->lesson, i);
	size_t o, usual = 0;

	for (size_t k = 0; k < t->noptions; k++)
		if (!t->options[k].right &&
		    (t->options[usual].right ||
			t->options[k].entry < t->options[usual].entry))
			usual = k;
	do
		o = made_draw(r, 2) == 0 ? usual
					 : made_draw(r, (unsigned)t->noptions);
	while (t->options[o].right);
	buf_putc(out, (char)('a' + (int)o));
}

void
made_put_mistake(const struct made_lab *l, size_t i, struct str plain,
    struct made_draw *r, struct buf *out)
{
	uint64_t n = trace_count(l->trace);

	switch (lesson_task(l->lesson, i)->kind) {
	case LESSON_NUMBER:
	case LESSON_TIME:
		put_number_mistake(l, i, plain, r, out);
		break;
	case LESSON_TEXT:
		put_text_mistake(l, i, plain, r, out);
		break;
	case LESSON_CHOICE:
		put_choice_mistake(l, i, r, out);
		break;
	case LESSON_FIND:
		buf_printf(out, "node=%s record=%u",
		    made_draw(r, 2) == 0 ? "alice" : "bob",
		    1 + made_draw(r, (unsigned)n));
		break;
	default:
		buf_puts(out, "alice -> bob INVITE\nbob -> alice 200");
	}
}

/* ---- guessing ---- */

void
made_put_guess(const struct made_lab *l, size_t i, enum made_guess how,
    struct made_draw *r, struct buf *out)
{
	const struct lesson_task *t = lesson_task(l->lesson, i);
	size_t best = 0;

	if (t->kind != LESSON_CHOICE)
		return;
	for (size_t k = 1; k < t->noptions; k++) {
		size_t n = strlen(t->options[k].text);
		size_t m = strlen(t->options[best].text);

		if ((how == GUESS_LONGEST && n > m) ||
		    (how == GUESS_SHORTEST && n < m))
			best = k;
	}
	if (how == GUESS_CHANCE)
		best = made_draw(r, (unsigned)t->noptions);
	/* The letter that is said to be right most often. */
	if (how == GUESS_LETTER)
		best = t->noptions > 2 ? 2 : 1;
	buf_putc(out, (char)('a' + (int)best));
}

/* ---- files ---- */

void
made_id(unsigned i, char id[32])
{
	snprintf(id, 32, "%u", 20230001 + i);
}

static void
set_answer(struct answers *a, size_t i, struct buf *text)
{
	CU_ASSERT_EQUAL_FATAL(
	    answers_set(a, (unsigned)i + 1, buf_view(text)), 0);
	buf_free(text);
}

static void
answer_task(const struct made_lab *l, enum made_kind kind, size_t i,
    struct made_draw *r, struct buf *out)
{
	switch (kind) {
	case MADE_USUAL:
		if (made_draw(r, 4) == 0)
			made_put_mistake(l, i, STR_NULL, r, out);
		else
			made_put_spelled(l, i, r, out);
		break;
	case MADE_LONGEST:
	case MADE_SHORTEST:
	case MADE_LETTER:
	case MADE_CHANCE:
		made_put_guess(l, i,
		    (enum made_guess)(GUESS_LONGEST + (kind - MADE_LONGEST)), r,
		    out);
		break;
	case MADE_COPY:
		made_put_right(l, i, out);
		break;
	default:
		made_put_spelled(l, i, r, out);
	}
}

/* The answers of who has lab L and is of KIND; where PART is 1 those of odd
 * tasks alone, where it is 2 the others. */
static void
answer_lab(struct answers *a, const struct made_lab *l, enum made_kind kind,
    unsigned part, struct made_draw *r)
{
	for (size_t i = 0; i < lesson_count(l->lesson); i++) {
		struct buf text = BUF_INIT;

		if (!made_is_asked(l, i) || (part != 0 && i % 2 + 1 != part))
			continue;
		answer_task(l, kind, i, r, &text);
		set_answer(a, i, &text);
	}
}

/* As a folder with answers.txt. */
static void
write_folder(const char *folder, const char *name, const struct answers *a)
{
	struct buf path = BUF_INIT, text = BUF_INIT;

	buf_printf(&path, "%s/%s", folder, name);
	CU_ASSERT_EQUAL_FATAL(mkdir(buf_cstr(&path), 0700), 0);
	buf_puts(&path, "/" ANSWERS_FILE);
	buf_printf(&text, "lab: %s\n", a->lab);
	if (a->student[0] != '\0')
		buf_printf(&text, "student: %s\n", a->student);
	for (unsigned i = 0; i < LESSON_TASKS_MAX; i++) {
		struct str rest = buf_view(&a->tasks[i].text);

		if (rest.n == 0)
			continue;
		buf_printf(&text, "%u:\n", i + 1);
		while (rest.n > 0) {
			struct str line = str_cut(rest, '\n', &rest);

			buf_printf(&text, "  %.*s\n", STR_ARG(line));
		}
	}
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&text, buf_cstr(&path)), 0);
	buf_free(&text);
	buf_free(&path);
}

/* What student I hands in of LAB, in a folder of the number and the lab. */
static void
write_work(const struct made_class *c, unsigned i, const char *lab,
    const char *folder, struct made_draw *r)
{
	const struct made_student *s = &c->list[i];
	bool copies = s->kind == MADE_COPY || s->kind == MADE_COPY_HALF;
	struct answers a = { .lab = mem_strdup(strrchr(lab, '/') + 1) };
	char id[32], of[32], name[128];
	struct made_lab own, other;

	made_id(i, id);
	made_id(s->of, of);
	a.student = mem_strdup(s->kind == MADE_NAMELESS ? "" : id);
	made_lab_open(&own, lab, a.student);
	if (copies) {
		made_lab_open(&other, lab, of);
		answer_lab(
		    &a, &other, MADE_COPY, s->kind == MADE_COPY ? 0 : 1, r);
		if (s->kind == MADE_COPY_HALF)
			answer_lab(&a, &own, MADE_HONEST, 2, r);
		made_lab_close(&other);
	} else {
		answer_lab(&a, &own, s->kind, 0, r);
	}
	snprintf(name, sizeof(name), "%s_%s", id, a.lab);
	write_folder(folder, name, &a);
	made_lab_close(&own);
	answers_free(&a);
}

/* Nonsense of student I with the number of another inside. */
static void
write_sabotage(
    const struct made_class *c, unsigned i, const char *lab, const char *folder)
{
	struct answers a = { .lab = mem_strdup(strrchr(lab, '/') + 1) };
	char id[32], of[32], name[128];

	made_id(i, id);
	made_id(c->list[i].of, of);
	a.student = mem_strdup(of);
	for (unsigned t = 1; t <= 2; t++)
		CU_ASSERT_EQUAL_FATAL(answers_set(&a, t, STR("nonsense")), 0);
	/* By its name it comes last. */
	snprintf(name, sizeof(name), "z_%s_%s", id, a.lab);
	write_folder(folder, name, &a);
	answers_free(&a);
}

void
made_class_write(const struct made_class *c, const char *folder)
{
	struct made_draw r = { c->seed };

	for (size_t l = 0; l < c->nlabs; l++)
		for (unsigned i = 0; i < c->n; i++) {
			write_work(c, i, c->labs[l], folder, &r);
			if (c->list[i].kind == MADE_SABOTEUR)
				write_sabotage(c, i, c->labs[l], folder);
		}
}
