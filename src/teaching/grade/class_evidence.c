/*
 * What there is to compare of a submission, written and read, and the answers
 * that fit another's number.
 */
#include "grade/class_evidence.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/json.h"

/* ---- what there is to compare ---- */

/* Of one submission; more are not compared. */
#define MARKS_MAX 20000

/* ---- in the submission's process ---- */

static void
evidence_put_values(const struct student_values *v, size_t n, struct buf *out)
{
	json_open(out, "values", '[');
	for (size_t i = 0; i < n; i++) {
		const struct student_value *own = &v->list[i];

		if (own->own.n == 0 && own->key.n == 0)
			continue;
		json_put_item(out);
		buf_printf(out, "{\"task\":%zu", i + 1);
		json_put_int(out, "other", own->other);
		json_put_field(out, "key", buf_view(&own->key));
		json_put_field(out, "own", buf_view(&own->own));
		json_put_bool(out, "token", own->token);
		json_put_field(out, "foreign", buf_view(&own->foreign));
		json_put_bool(out, "slip", own->slip);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
put_marks(const struct work *w, const struct script_marks *m, struct buf *out)
{
	json_open(out, "scripts", '[');
	for (size_t i = 0; i < w->nruns; i++) {
		json_put_item(out);
		json_put_str(out, str_of(w->runs[i].name));
	}
	buf_puts(out, "]");
	json_open(out, "marks", '[');
	for (size_t i = 0; i < m->n && i < MARKS_MAX; i++)
		buf_printf(out, "%s\"%016" PRIx64 "\",%" PRIu32 ",%" PRIu32,
		    i > 0 ? "," : "", m->list[i].hash, m->list[i].script,
		    m->list[i].line);
	buf_putc(out, ']');
}

/* The line of M and W, with their student values V and the scripts' MARKS.  0
 * or ERR_NOMEM. */
static int
class_evidence_put(const struct work *w, size_t ntasks,
    const struct student_values *v, const struct script_marks *marks,
    struct buf *out)
{
	buf_putc(out, '{');
	json_put_field(out, "values_of", str_of(w->answers.student));
	evidence_put_values(v, ntasks, out);
	put_marks(w, marks, out);
	buf_puts(out, "}\n");
	return out->err;
}

/* The scripts of W's runs, as they are in the runs' inputs, without the lines
 * of LABS. */
static int
find_marks(const struct work *w, const struct script_marks *labs,
    struct script_marks *m)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < w->nruns; i++) {
		struct json_value script;
		LOCAL_BUF text = BUF_INIT;

		if (w->runs[i].trace == NULL)
			continue;
		script =
		    json_member(trace_head(w->runs[i].trace)->inputs, "script");
		if (json_text(json_member(script, "text"), &text) == 0)
			err = script_marks_add(m, buf_view(&text), (uint32_t)i);
	}
	if (err == 0)
		script_marks_leave(m, labs);
	return err;
}

int
class_evidence_find(const struct mark *m, const struct work *w,
    const struct script_marks *labs, struct buf *out)
{
	LOCAL(script_marks_free) struct script_marks marks = SCRIPT_MARKS_INIT;
	struct student_values v;
	struct diag d = DIAG_INIT;
	int err = student_values_find(&v, m, w, &d);

	if (err == 0)
		err = find_marks(w, labs, &marks);
	if (err == 0)
		err = class_evidence_put(w, m->n, &v, &marks, out);
	student_values_free(&v);
	return err == ERR_NOMEM ? err : 0;
}

/* ---- in the process that reports ---- */

static int
take_student_value(struct class_entry *e, struct json_value v)
{
	struct class_task *t;
	int64_t number;

	if (json_int(json_member(v, "task"), &number) != 0 || number < 1 ||
	    (uint64_t)number > e->ntasks)
		return 0;
	t = &e->tasks[number - 1];
	if (t->own != NULL)
		return 0;
	(void)json_int(json_member(v, "other"), &t->other);
	t->token = json_is_true(json_member(v, "token"));
	t->slip = json_is_true(json_member(v, "slip"));
	return json_copy(json_member(v, "key"), &t->key) |
	       json_copy(json_member(v, "own"), &t->own) |
	       json_copy(json_member(v, "foreign"), &t->foreign);
}

static int
take_script_name(struct class_entry *e, struct json_value v)
{
	if (ARRAY_ROOM(&e->scripts, &e->scripts_cap, e->nscripts + 1) != 0)
		return ERR_NOMEM;
	e->scripts[e->nscripts] = NULL;
	return json_copy_safe(v, &e->scripts[e->nscripts++]);
}

/* Three values each: hash, script and line. */
static int
take_marks(struct class_entry *e, struct json_value list)
{
	struct json_value hash, script, line;
	size_t at = 0;

	while (e->marks.n < MARKS_MAX && json_item(list, &at, &hash) &&
	       json_item(list, &at, &script) && json_item(list, &at, &line)) {
		struct script_mark m;

		if (json_hash(hash, &m.hash) != 0 ||
		    str_u32(script.raw, &m.script) != 0 ||
		    str_u32(line.raw, &m.line) != 0 || m.script >= e->nscripts)
			continue;
		if (ARRAY_ROOM(&e->marks.list, &e->marks.cap, e->marks.n + 1) !=
		    0)
			return ERR_NOMEM;
		e->marks.list[e->marks.n++] = m;
	}
	return 0;
}

int
class_evidence_take(struct class_entry *e, struct json_value line)
{
	struct json_value v;
	size_t at = 0;
	int err;

	if (json_member(line, "values_of").type != JSON_STRING)
		return ERR_NOTFOUND;
	/* A second such line is ignored. */
	if (e->values_of != NULL)
		return 0;
	err = json_copy_safe(json_member(line, "values_of"), &e->values_of);
	while (err == 0 && json_item(json_member(line, "values"), &at, &v))
		err = take_student_value(e, v);
	for (at = 0; err == 0 && e->nscripts < WORK_RUNS_MAX &&
		     json_item(json_member(line, "scripts"), &at, &v);)
		err = take_script_name(e, v);
	return err == 0 ? take_marks(e, json_member(line, "marks")) : err;
}

/* ---- answers that fit another's number ---- */

/* By the bound of find_score one class of so many has a student who is named
 * and has not copied; of 500 made by script (tests/grade/test_class_copies.c)
 * none has. */
#define CLASSES 2.0
/* More entries than that are not compared. */
#define ENTRIES_MAX 20000
/* Wrong answers assumed possible beside the given ones. */
#define ANSWERS_POSSIBLE 2
#define CHANCE_LEAST     0.01
/* Options of a choice that are wrong, as a rule. */
#define LETTERS 3
/* Whom answers fit so many times less is no other that they may be from. */
#define NEARLY 20
/* So many answers of a sentence are named. */
#define NAMED_MOST 12

/* The shares of the tasks that are copied; of a lab alone nearly all. */
enum { HALF, WHOLE, SHARES };

static const double shares[SHARES] = { [HALF] = 0.5, [WHOLE] = 0.95 };

/* What an honest student does in a task, by all others of the class. */
struct honest {
	double right, chance; /* of the answer that was given */
};

/* How far the answers of one student fit another's number. */
struct fit {
	double all[SHARES], lab[SHARES];
	double best; /* of a lab alone */
	unsigned n;
};

static bool
fit_is_answered(const struct class_task *t)
{
	return t->plain[0] != '\0' && t->key != NULL && t->key[0] != '\0' &&
	       (t->verdict == LESSON_GOOD || t->verdict == LESSON_PART ||
		   t->verdict == LESSON_BAD);
}

/* A and B say the same; numbers as exactly as A is written. */
static bool
fit_is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || student_value_same(str_of(a), str_of(b));
}

/* X's answer in T fits the key of Y, which is another than X's. */
static bool
fit_has_key(const struct class_task *x, const struct class_task *y)
{
	return x->verdict != LESSON_GOOD && fit_is_same(x->plain, y->key);
}

static bool
fit_is_told(const struct class_entry *x, const struct class_entry *y, size_t t)
{
	return t < x->ntasks && t < y->ntasks &&
	       fit_is_answered(&x->tasks[t]) && y->tasks[t].key != NULL &&
	       y->tasks[t].key[0] != '\0' &&
	       !fit_is_same(x->tasks[t].key, y->tasks[t].key);
}

/* Entries FROM to TO are of one lab. */
static struct honest
find_honest(const struct class *c, size_t from, size_t to,
    const struct class_entry *x, size_t t)
{
	unsigned right = 0, wrong = 0, same = 0;
	struct honest h;

	for (size_t i = from; i < to; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!class_is_compared(e) || class_same_student(e, x) ||
		    t >= e->ntasks || !fit_is_answered(&e->tasks[t]))
			continue;
		right += e->tasks[t].verdict == LESSON_GOOD;
		wrong += e->tasks[t].verdict != LESSON_GOOD;
		same += e->tasks[t].verdict != LESSON_GOOD &&
			fit_is_same(e->tasks[t].plain, x->tasks[t].plain);
	}
	h.right = (right + 1.0) / (right + wrong + 2.0);
	h.chance = x->tasks[t].choice
		       ? 1.0 / LETTERS
		       : (same + 1.0) / (wrong + ANSWERS_POSSIBLE);
	h.chance = fmax(h.chance, CHANCE_LEAST);
	return h;
}

static void
fit_compare(const struct class_entry *x, const struct class_entry *y,
    const struct honest *h, struct fit *f)
{
	for (size_t s = 0; s < SHARES; s++)
		f->lab[s] = 0;
	for (size_t t = 0; t < x->ntasks; t++) {
		bool fit;

		if (!fit_is_told(x, y, t))
			continue;
		fit = fit_has_key(&x->tasks[t], &y->tasks[t]);
		f->n += fit;
		for (size_t s = 0; s < SHARES; s++)
			f->lab[s] += log(
			    1 - shares[s] +
			    (fit ? shares[s] / ((1 - h[t].right) * h[t].chance)
				 : 0));
	}
	for (size_t s = 0; s < SHARES; s++)
		f->all[s] += f->lab[s];
	f->best = fmax(f->best, f->lab[WHOLE]);
}

/*
 * The score of answers that fit another's number: they are wrong for the
 * student, and right for another one, more often than honest mistakes are.
 *
 * Each number has keys of its own, so where the keys of two differ an answer
 * tells its owner. Of each task in which the keys of X and Y differ: an honest
 * X is right as often as the class is (R), and a wrong answer of X is Y's key
 * as often as it is given wrongly by others (P, of a letter the share of each
 * wrong one). A student X who copies from Y does it in a share H of the tasks,
 * and is honest in the others. The score is the logarithm of how much likelier
 * the second is than the first:
 *
 *	X is right, or wrong with another answer:  log(1 - H)
 *	X has Y's key:                             log(1 - H + H / ((1 - R) P))
 *
 * over all labs together, or over one lab of L alone, each assumed in advance
 * with its weight; half of the weight is that of all labs together. By chance
 * it is above log(N) with a probability of 1/N at most (Markov), so a pair is
 * named where it is above that of the pairs of so many classes.
 */
static double
find_score(const struct fit *f, size_t nlabs)
{
	double score = f->best - log(2.0 * (double)nlabs);

	for (size_t s = 0; s < SHARES; s++)
		score = fmax(score, f->all[s] - log(2.0 * SHARES));
	return score;
}

/* ---- one student beside all others ---- */

/* Behind the last entry of the lab of entry FROM. */
static size_t
lab_end(const struct class *c, size_t from)
{
	size_t to = from;

	while (
	    to < c->n && strcmp(c->entries[to].lab, c->entries[from].lab) == 0)
		to++;
	return to;
}

/* Of each entry the first one of its student, into FIRST. */
static void
evidence_find_first(const struct class *c, size_t *first)
{
	for (size_t i = 0; i < c->n; i++) {
		size_t k = 0;

		while (!class_same_student(&c->entries[k], &c->entries[i]))
			k++;
		first[i] = k;
	}
}

/* The work of X's student, entries FROM to TO being of one lab, beside that of
 * all others there; ALL has room for one of each entry of the class, of which
 * those count that FIRST names. */
static void
compare_lab(const struct class *c, size_t from, size_t to,
    const struct class_entry *x, const size_t *first, struct fit *all)
{
	struct honest h[LESSON_TASKS_MAX] = { 0 };

	for (size_t t = 0; t < x->ntasks; t++)
		if (fit_is_answered(&x->tasks[t]))
			h[t] = find_honest(c, from, to, x, t);
	for (size_t i = from; i < to; i++) {
		const struct class_entry *y = &c->entries[i];

		if (class_is_compared(y) && !class_same_student(x, y) &&
		    y->values_of != NULL &&
		    strcmp(y->values_of, y->student) == 0)
			fit_compare(x, y, h, &all[first[i]]);
	}
}

/* "busy 2, 4; cancel 1". */
static void
put_fitting_answers(const struct class *c, const struct class_entry *x,
    const struct class_entry *y, struct buf *out)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *a = &c->entries[i];
		bool first = true;

		if (!class_is_compared(a) || !class_same_student(a, x))
			continue;
		for (size_t k = 0; k < c->n; k++) {
			const struct class_entry *b = &c->entries[k];

			if (!class_is_compared(b) ||
			    strcmp(a->lab, b->lab) != 0 ||
			    !class_same_student(b, y))
				continue;
			for (size_t t = 0; t < a->ntasks; t++) {
				if (!fit_is_told(a, b, t) ||
				    !fit_has_key(&a->tasks[t], &b->tasks[t]) ||
				    ++n > NAMED_MOST)
					continue;
				if (first && n > 1)
					buf_puts(out, "; ");
				if (first)
					buf_printf(out, "%s", a->lab);
				buf_printf(
				    out, "%s %zu", first ? "" : ",", t + 1);
				first = false;
			}
		}
	}
	if (n > NAMED_MOST)
		buf_puts(out, " …");
}

/* The entry whose number those of ALL fit best above LEAST, but EXCEPT;
 * SIZE_MAX: none. */
static size_t
evidence_find_best(const struct class *c, const struct fit *all, size_t nlabs,
    double least, size_t except)
{
	size_t best = SIZE_MAX;
	double score = least;

	for (size_t k = 0; k < c->n; k++)
		if (k != except && all[k].n > 0 &&
		    find_score(&all[k], nlabs) > score) {
			score = find_score(&all[k], nlabs);
			best = k;
		}
	return best;
}

/* Entry I, a student's first, and whom it fits best; where it fits another
 * nearly as well, it can't be told whom of both. */
static int
tell_best(struct class *c, size_t i, const struct fit *all, size_t nlabs,
    double least)
{
	size_t best = evidence_find_best(c, all, nlabs, least, SIZE_MAX), next;
	struct buf *text;

	if (best == SIZE_MAX)
		return 0;
	next = evidence_find_best(
	    c, all, nlabs, find_score(&all[best], nlabs) - log(NEARLY), best);
	text = class_add_copy(
	    c, (struct class_copy){ i, next == SIZE_MAX ? best : CLASS_SEVERAL,
		   true, BUF_INIT });
	if (text == NULL)
		return ERR_NOMEM;
	buf_printf(text, _("wrong for %s and right for %s: "),
	    c->entries[i].student, c->entries[best].student);
	put_fitting_answers(c, &c->entries[i], &c->entries[best], text);
	if (next != SIZE_MAX)
		buf_printf(
		    text, _("; or nearly so for %s"), c->entries[next].student);
	return text->err;
}

/* Entry I is a student's first. */
static int
find_fit(struct class *c, size_t i, const size_t *first, struct fit *all,
    size_t nlabs, double least)
{
	for (size_t k = 0; k < c->n; k++)
		all[k] = (struct fit){ .best = -INFINITY };
	for (size_t from = 0, to; from < c->n; from = to) {
		to = lab_end(c, from);
		for (size_t k = from; k < to; k++)
			if (first[k] == i && class_is_compared(&c->entries[k]))
				compare_lab(
				    c, from, to, &c->entries[k], first, all);
	}
	return tell_best(c, i, all, nlabs, least);
}

int
class_find_fits(struct class *c)
{
	LOCAL_MEM struct fit *all = mem_zalloc(c->n + 1, sizeof(*all));
	LOCAL_MEM size_t *first = mem_zalloc(c->n + 1, sizeof(*first));
	size_t nlabs = 0, people = 0;
	int err = all != NULL && first != NULL ? 0 : ERR_NOMEM;

	if (err == 0 && c->n <= ENTRIES_MAX)
		evidence_find_first(c, first);
	for (size_t from = 0; from < c->n; from = lab_end(c, from))
		nlabs++;
	for (size_t i = 0; err == 0 && i < c->n; i++)
		people += first[i] == i;
	for (size_t i = 0; err == 0 && i < c->n && c->n <= ENTRIES_MAX; i++)
		if (first[i] == i && c->entries[i].student[0] != '\0')
			err = find_fit(c, i, first, all, nlabs,
			    log(CLASSES * (double)people * (double)people));
	return err;
}
