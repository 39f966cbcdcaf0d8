/* Finds the student values of a lab, and answers that can't come from the run;
 * see grade/student_values.h. */
#include "grade/student_values.h"

#include "base/param.h"
#include "lesson/answer_spelling.h"
#include "lesson/answers.h"

#include <math.h>
#include <string.h>

/* Shorter words stand anywhere. */
#define WORD_LEAST 6
#define DIGITS_MAX 24

void
student_values_free(struct student_values *v)
{
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++) {
		buf_free(&v->list[i].key);
		buf_free(&v->list[i].own);
		buf_free(&v->list[i].foreign);
	}
	memset(v, 0, sizeof(*v));
}

/* ---- numbers as digits ---- */

struct digits {
	char text[DIGITS_MAX]; /* without zeros in front and behind */
	size_t n;
	int last; /* the power of ten of the last of them */
};

/* "-12.50": 125, and -1; false where it is none. */
static bool
student_value_read_digits(struct str number, struct digits *d)
{
	bool point = false;

	*d = (struct digits){ .n = 0 };
	for (size_t i = str_starts(number, "-"); i < number.n; i++) {
		char c = number.p[i];

		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (!chr_is_digit(c) || d->n == DIGITS_MAX)
			return false;
		d->last -= point;
		if (c != '0' || d->n > 0)
			d->text[d->n++] = c;
	}
	while (d->n > 0 && d->text[d->n - 1] == '0') {
		d->n--;
		d->last++;
	}
	return number.n > 0;
}

unsigned
student_value_digits(struct str number)
{
	struct digits d;

	return student_value_read_digits(number, &d) ? (unsigned)d.n : 0;
}

static bool
student_value_read_number(struct str text, double *value)
{
	bool negative = str_starts(text, "-");

	if (param_decimal(str_slice(text, negative, text.n), value) != 0)
		return false;
	*value = negative ? -*value : *value;
	return true;
}

/* Half of what the last digit of NUMBER counts. */
static double
find_half(struct str number)
{
	struct digits d;

	return student_value_read_digits(number, &d)
		   ? 0.5 * pow(10, d.last) * 1.000001
		   : 0;
}

bool
student_value_same(struct str given, struct str right)
{
	double a, b;

	return student_value_read_number(given, &a) &&
	       student_value_read_number(right, &b) &&
	       fabs(a - b) <= find_half(given);
}

/* A without its digit I is B. */
static bool
student_value_is_without(
    const struct digits *a, size_t i, const struct digits *b)
{
	return memcmp(a->text, b->text, i) == 0 &&
	       memcmp(a->text + i + 1, b->text + i, b->n - i) == 0;
}

static bool
has_one_more(const struct digits *a, const struct digits *b)
{
	for (size_t i = 0; a->n == b->n + 1 && i < a->n; i++)
		if (student_value_is_without(a, i, b))
			return true;
	return false;
}

static bool
has_one_other(const struct digits *a, const struct digits *b)
{
	size_t first = 0, others = 0;

	if (a->n != b->n)
		return false;
	for (size_t i = a->n; i-- > 0;)
		if (a->text[i] != b->text[i]) {
			first = i;
			others++;
		}
	return others <= 1 || (others == 2 && first + 1 < a->n &&
				  a->text[first] == b->text[first + 1] &&
				  a->text[first + 1] == b->text[first]);
}

/* Both with zeros behind as far as the other has digits: 2.5 and 2.53. */
static void
align_digits(struct digits *a, int last)
{
	while (a->last > last && a->n < DIGITS_MAX) {
		a->text[a->n++] = '0';
		a->last--;
	}
}

/* GIVEN may be RIGHT with one slip: a digit another, one too many or too few,
 * two beside each other exchanged, or the point elsewhere. */
static bool
student_value_slip(struct str given, struct str right)
{
	struct digits a, b;

	if (!student_value_read_digits(given, &a) ||
	    !student_value_read_digits(right, &b))
		return false;
	if (has_one_other(&a, &b) || has_one_more(&a, &b) ||
	    has_one_more(&b, &a))
		return true;
	align_digits(&a, b.last);
	align_digits(&b, a.last);
	return has_one_other(&a, &b);
}

/* ---- values of a run ---- */

/* A number, and how exactly it was given. */
struct sought {
	double value, half;
	bool time;
};

static bool
student_value_is_near(const struct sought *s, double value)
{
	return fabs(fabs(s->value) - value) <= s->half;
}

/* N of a record or message: as it is, or as ns or ms. */
static bool
student_value_is_sought(const struct sought *s, double n)
{
	return student_value_is_near(s, n) ||
	       (s->time && (student_value_is_near(s, n / 1e9) ||
			       student_value_is_near(s, n / 1e3)));
}

static bool
line_has_number(struct str line, const struct sought *s)
{
	for (size_t i = 0; i < line.n;) {
		size_t from = i;
		double value;

		while (i < line.n && (chr_is_digit(line.p[i]) ||
					 (i > from && line.p[i] == '.')))
			i++;
		if (i > from &&
		    student_value_read_number(
			str_slice(line, from, i), &value) &&
		    student_value_is_sought(s, value))
			return true;
		i += i == from;
	}
	return false;
}

/* The time since the beginning of the run, or between two records. */
static bool
has_span(const struct trace *t, const struct sought *s)
{
	uint64_t n = trace_count(t), j = 1;
	double from = fabs(s->value) - s->half, to = fabs(s->value) + s->half;

	for (uint64_t i = 1; i <= n; i++) {
		double at = (double)trace_time_of(t, i) / 1e9;

		if (student_value_is_near(s, at))
			return true;
		while (j < i && at - (double)trace_time_of(t, j) / 1e9 > to)
			j++;
		if (j < i && at - (double)trace_time_of(t, j) / 1e9 >= from)
			return true;
	}
	return false;
}

static bool
trace_has_number(const struct trace *t, const struct sought *s)
{
	if (s->time && has_span(t, s))
		return true;
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (line_has_number(trace_line(t, seq), s))
			return true;
	return false;
}

static bool
trace_has_text(const struct trace *t, struct str text)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (str_ifind(trace_line(t, seq), text) >= 0)
			return true;
	return false;
}

/* The words in front of values that each run draws again. */
static const char *const token_marks[] = {
	"tag=", "branch=", "Call-ID: ", "SIP-ETag: ", "SIP-If-Match: "
};

/* WORD is in T as a tag, branch, Call-ID or entity tag. */
static bool
student_value_is_token(const struct trace *t, struct str word)
{
	bool is = false;

	for (size_t i = 0; !is && i < COUNT_OF(token_marks); i++) {
		LOCAL_BUF b = BUF_INIT;

		buf_puts(&b, token_marks[i]);
		buf_str(&b, word);
		is = b.err == 0 && trace_has_text(t, buf_view(&b));
	}
	return is && word.n >= WORD_LEAST;
}

/* ---- one task ---- */

/* What tasks are looked at with. */
struct finding {
	const struct mark *m;
	const struct work *w;
	struct trace *plain; /* the lab's without a number, once it is needed */
};

static int
need_plain(struct finding *f, struct diag *d)
{
	if (f->plain != NULL)
		return 0;
	return rerun_file(f->w->lab, NULL, &f->plain, NULL, d);
}

static void
student_value_put_small(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		buf_putc(out, chr_lower(text.p[i]));
}

/* The key's value, as an answer is read. */
static int
student_value_find(
    const struct finding *f, size_t i, struct student_value *v, struct diag *d)
{
	const struct lesson_task *t = lesson_task(f->m->lesson, i);
	struct lesson_work lab = { .lab = f->m->trace };
	struct lesson_answer answer = { .hints = 0 };
	LOCAL(lesson_result_free) struct lesson_result r = LESSON_RESULT_INIT;
	LOCAL_BUF key = BUF_INIT;
	int err = lesson_key(f->m->lesson, i, f->m->trace, &key, NULL, d);

	v->token = t->kind == LESSON_TEXT;
	answer.text = str_trim(buf_view(&key));
	if (err == 0 && v->token &&
	    student_value_is_token(f->m->trace, answer.text))
		student_value_put_small(&v->own, answer.text);
	if (err == 0 && !v->token)
		err = lesson_judge(f->m->lesson, i, &answer, &lab, &r);
	if (err == 0 && !v->token)
		buf_str(&v->own, buf_view(&r.value));
	return err != 0 ? err : v->own.err;
}

static int
find_foreign_number(
    struct finding *f, size_t i, struct student_value *v, struct diag *d)
{
	struct str given = buf_view(&f->m->results[i].value);
	struct sought s = { .half = find_half(given),
		.time = lesson_task(f->m->lesson, i)->kind == LESSON_TIME };
	int err;

	if (!student_value_read_number(given, &s.value) ||
	    trace_has_number(f->m->trace, &s))
		return 0;
	err = need_plain(f, d);
	if (err != 0 || trace_has_number(f->plain, &s))
		return err;
	v->slip = student_value_slip(given, buf_view(&v->own));
	buf_str(&v->foreign, given);
	return v->foreign.err;
}

static bool
is_word_sign(char c)
{
	return chr_is_alnum(c) || strchr("-.!%*_+`'~@", c) != NULL;
}

/* The next word of *REST; empty at the end. */
static struct str
next_text_word(struct str *rest)
{
	size_t from = 0, to;

	while (from < rest->n && !is_word_sign(rest->p[from]))
		from++;
	for (to = from; to < rest->n && is_word_sign(rest->p[to]);)
		to++;
	if (from < to) {
		struct str word = str_slice(*rest, from, to);

		*rest = str_slice(*rest, to, rest->n);
		return word;
	}
	return STR_NULL;
}

static int
find_foreign_words(
    struct finding *f, struct str text, struct student_value *v, struct diag *d)
{
	LOCAL_BUF plain = BUF_INIT;
	int err = spelling_plain(text, &plain);
	struct str rest = buf_view(&plain), word;

	while (err == 0 && (word = next_text_word(&rest)).n > 0) {
		if (word.n < WORD_LEAST || trace_has_text(f->m->trace, word))
			continue;
		err = need_plain(f, d);
		if (err != 0 || trace_has_text(f->plain, word))
			continue;
		if (v->foreign.n > 0)
			buf_putc(&v->foreign, ' ');
		student_value_put_small(&v->foreign, word);
		err = v->foreign.err;
	}
	return err;
}

/* Where another rung has made the work, what the student saw is not sure. */
static bool
may_be_foreign(const struct finding *f, size_t i)
{
	enum lesson_verdict v = f->m->results[i].verdict;

	return !f->m->uncertain && (v == LESSON_BAD || v == LESSON_PART);
}

static int
find_key(const struct finding *f, size_t i, struct buf *plain, struct diag *d)
{
	const struct lesson_task *t = lesson_task(f->m->lesson, i);
	LOCAL_BUF key = BUF_INIT;
	int err = lesson_key(f->m->lesson, i, f->m->trace, &key, NULL, d);

	/* Of a choice the letter. */
	if (err == 0 && t->kind == LESSON_CHOICE && key.n > 0)
		buf_truncate(&key, 1);
	if (err == 0)
		err = answer_put_plain(t, buf_view(&key), plain);
	return err;
}

static int
find_value(struct finding *f, size_t i, struct student_value *v, struct diag *d)
{
	const struct lesson_task *t = lesson_task(f->m->lesson, i);
	int err = 0;

	v->other = t->other;
	if (lesson_kind_is_written(t->kind) && t->kind != LESSON_RUN)
		err = find_key(f, i, &v->key, d);
	if (err != 0)
		return err;
	if (!t->by_run || (t->kind != LESSON_NUMBER && t->kind != LESSON_TIME &&
			      t->kind != LESSON_TEXT))
		return 0;
	err = student_value_find(f, i, v, d);
	if (err != 0 || v->own.n == 0 || !may_be_foreign(f, i))
		return err;
	return v->token ? find_foreign_words(
			      f, buf_view(&f->w->answers.tasks[i].text), v, d)
			: find_foreign_number(f, i, v, d);
}

int
student_values_find(struct student_values *v, const struct mark *m,
    const struct work *w, struct diag *d)
{
	struct finding f = { .m = m, .w = w };
	int err = 0;

	memset(v, 0, sizeof(*v));
	for (size_t i = 0; err == 0 && i < m->n; i++)
		if (m->results[i].verdict != LESSON_ERROR)
			err = find_value(&f, i, &v->list[i], d);
	trace_destroy(f.plain);
	return diag_fail(d, err);
}
