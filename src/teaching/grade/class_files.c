/*
 * A class's marks as CSV, JSON and plain text, and what each student has
 * reached in all labs.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "draw/table.h"
#include "grade/class.h"
#include "text/json_fields.h"

static int
by_number(const void *a, const void *b)
{
	const struct class_sum *x = a, *y = b;

	return strcmp(x->who->student, y->who->student);
}

static int
add_entry(struct class_sums *s, const struct class_entry *e)
{
	size_t i = 0;

	while (i < s->n && strcmp(s->list[i].who->student, e->student) != 0)
		i++;
	if (i == s->n) {
		if (ARRAY_ROOM(&s->list, &s->cap, s->n + 1) != 0)
			return ERR_NOMEM;
		s->list[s->n++] = (struct class_sum){ .who = e };
	}
	s->list[i].points += e->points;
	return 0;
}

/* The entries are sorted by their labs: E is the first of its own. */
static int
add_entry_lab(struct class_sums *s, const struct class_entry *e)
{
	if (s->nlabs > 0 && strcmp(s->labs[s->nlabs - 1], e->lab) == 0)
		return 0;
	if (ARRAY_ROOM(&s->labs, &s->labs_cap, s->nlabs + 1) != 0 ||
	    ARRAY_ROOM(&s->worth, &s->worth_cap, s->nlabs + 1) != 0)
		return ERR_NOMEM;
	s->worth[s->nlabs] = e->of;
	s->labs[s->nlabs++] = e->lab;
	s->of += e->of;
	return 0;
}

int
class_sum_up(const struct class *c, struct class_sums *s)
{
	int err = 0;

	*s = (struct class_sums){ .list = NULL };
	for (size_t i = 0; err == 0 && i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!e->counts || e->contested || e->failed[0] != '\0' ||
		    e->student[0] == '\0')
			continue;
		err = add_entry_lab(s, e);
		if (err == 0)
			err = add_entry(s, e);
	}
	if (s->n > 0)
		qsort(s->list, s->n, sizeof(*s->list), by_number);
	return err;
}

void
class_sums_free(struct class_sums *s)
{
	mem_free(s->list);
	mem_free(s->labs);
	mem_free(s->worth);
	*s = (struct class_sums){ .list = NULL };
}

/* ---- a class's marks as CSV, JSON and plain text ---- */

/* The most tasks that a lab of the class has. */
static size_t
most_tasks(const struct class *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].ntasks > n)
			n = c->entries[i].ntasks;
	return n;
}

/* ---- CSV ---- */

/* Why it has failed, else its remarks, and its comments, on one line. */
static void
put_csv_remarks(
    const struct class *c, const struct class_entry *e, struct buf *out)
{
	const struct class_comment *m;
	struct str rest = str_of(e->failed);
	size_t at = 0, begin = out->n;

	if (rest.n == 0)
		rest = buf_view(&e->remarks);
	while (rest.n > 0) {
		buf_str(out, str_cut(rest, '\n', &rest));
		buf_puts(out, rest.n > 0 ? _("; ") : "");
	}
	while ((m = class_next_comment(c, e, &at)) != NULL) {
		buf_puts(out, out->n > begin ? _("; ") : "");
		class_say_comment(c, m, out);
	}
}

#define CSV_TEXTS 7

/* The cells in front of the tasks'. */
static void
put_csv_owner(struct table *t, const struct str texts[CSV_TEXTS],
    unsigned points, unsigned of)
{
	for (size_t i = 0; i < CSV_TEXTS; i++)
		buf_str(table_cell(t), texts[i]);
	buf_hundredths(table_cell(t), points);
	buf_hundredths(table_cell(t), of);
}

static void
put_csv_entry(const struct class *c, const struct class_entry *e, size_t tasks,
    struct table *t)
{
	const struct str texts[CSV_TEXTS] = { str_of(e->student), e->name,
		e->group, str_of(e->lab), str_of(e->file), str_of(e->date),
		e->late ? str_of(_("late")) : STR_NULL };

	put_csv_owner(t, texts, e->points, e->of);
	for (size_t i = 0; i < tasks; i++) {
		struct buf *cell = table_cell(t);

		if (i < e->ntasks)
			buf_hundredths(cell, e->tasks[i].points);
	}
	put_csv_remarks(c, e, table_cell(t));
}

/* The work that counts of ROW's student (NULL: of STUDENT's), in LAB (NULL:
 * any); NULL where there is none. */
static const struct class_entry *
find_work(const struct class *c, const struct roster_row *row,
    const char *student, const char *lab)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (e->counts &&
		    (row != NULL ? e->row == row
				 : strcmp(e->student, student) == 0) &&
		    (lab == NULL || strcmp(e->lab, lab) == 0))
			return e;
	}
	return NULL;
}

static bool
has_work(const struct class *c, const struct roster_row *row, const char *lab)
{
	return find_work(c, row, NULL, lab) != NULL;
}

/* A row of no points for who is on the roster and has nothing of LAB, which is
 * worth OF. */
static void
put_csv_missing(const struct class *c, const char *lab, unsigned of,
    size_t tasks, struct table *t)
{
	for (size_t i = 0; i < c->roster.n; i++) {
		const struct roster_row *row = &c->roster.rows[i];
		const struct str texts[CSV_TEXTS] = { str_of(row->id),
			str_of(row->name), str_of(row->group), str_of(lab) };

		if (has_work(c, row, lab[0] != '\0' ? lab : NULL))
			continue;
		put_csv_owner(t, texts, 0, of);
		for (size_t k = 0; k < tasks; k++)
			table_cell(t);
		buf_puts(table_cell(t), has_work(c, row, NULL)
					    ? _("nothing of this lab")
					    : _("nothing handed in"));
	}
}

/* For each lab that a student has handed in; for the others not. */
static int
put_csv_absent(const struct class *c, size_t tasks, struct table *t)
{
	LOCAL(class_sums_free) struct class_sums s;
	int err = class_sum_up(c, &s);

	for (size_t i = 0; err == 0 && i < s.nlabs; i++)
		put_csv_missing(c, s.labs[i], s.worth[i], tasks, t);
	if (err == 0 && s.nlabs == 0)
		put_csv_missing(c, "", 0, tasks, t);
	return err;
}

int
class_put_csv(const struct class *c, struct buf *out)
{
	static const char *const heads[] = { N_("student"), N_("name"),
		N_("class"), N_("lab"), N_("file"), N_("date"), N_("late"),
		N_("points"), N_("of") };
	LOCAL(table_free) struct table t = TABLE_INIT;
	size_t tasks = most_tasks(c);
	int err;

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		buf_puts(
		    table_column(&t, i < CSV_TEXTS ? TABLE_TEXT : TABLE_NUMBER),
		    i18n_text(heads[i]));
	for (size_t i = 0; i < tasks; i++)
		buf_u64(table_column(&t, TABLE_NUMBER), i + 1);
	buf_puts(table_column(&t, TABLE_TEXT), _("remarks"));
	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].counts)
			put_csv_entry(c, &c->entries[i], tasks, &t);
	err = put_csv_absent(c, tasks, &t);
	/* Spreadsheets know UTF-8 by its mark. */
	buf_puts(out, "\xef\xbb\xbf");
	table_put_csv(&t, out);
	return err != 0 ? err : out->err;
}

/* ---- CSV for Moodle's gradebook ---- */

/* Hundredths of 100, the most of a grade item that an import makes; "-" is no
 * grade: of work that could not be judged, or is not yet anybody's. */
static void
put_moodle_grade(const struct class_entry *e, struct buf *out)
{
	bool judged =
	    e == NULL || (e->of > 0 && !e->contested && e->failed[0] == '\0');

	for (size_t i = 0; judged && e != NULL && i < e->ntasks; i++)
		judged = e->tasks[i].verdict != LESSON_RECEIVED;
	if (!judged)
		buf_putc(out, '-');
	else
		buf_hundredths(out,
		    e == NULL
			? 0
			: (unsigned)(((uint64_t)e->points * 10000 + e->of / 2) /
				     e->of));
}

static void
put_moodle_row(const struct class *c, const struct class_sums *s,
    const struct roster_row *row, const char *student, bool mails,
    struct table *t)
{
	buf_puts(table_cell(t), student);
	if (mails)
		buf_puts(table_cell(t), row->mail);
	for (size_t i = 0; i < s->nlabs; i++)
		put_moodle_grade(
		    find_work(c, row, student, s->labs[i]), table_cell(t));
}

/* One student whom the course does not have ends Moodle's import: where there
 * is a roster, those on it alone. */
int
class_put_moodle(const struct class *c, struct buf *out)
{
	LOCAL(table_free) struct table t = TABLE_INIT;
	LOCAL(class_sums_free) struct class_sums s;
	bool mails = false;
	int err = class_sum_up(c, &s);

	for (size_t i = 0; i < c->roster.n; i++)
		mails |= c->roster.rows[i].mail[0] != '\0';
	/* The words of Moodle's own export. */
	buf_puts(table_column(&t, TABLE_TEXT), "ID number");
	if (mails)
		buf_puts(table_column(&t, TABLE_TEXT), "Email address");
	for (size_t i = 0; err == 0 && i < s.nlabs; i++)
		buf_puts(table_column(&t, TABLE_NUMBER), s.labs[i]);
	for (size_t i = 0; err == 0 && i < c->roster.n; i++)
		put_moodle_row(
		    c, &s, &c->roster.rows[i], c->roster.rows[i].id, mails, &t);
	for (size_t i = 0; err == 0 && c->roster.n == 0 && i < s.n; i++)
		put_moodle_row(c, &s, NULL, s.list[i].who->student, false, &t);
	table_put_csv(&t, out);
	return err != 0 ? err : out->err;
}

/* ---- JSON ---- */

static const char *
class_file_verdict_word(unsigned i)
{
	return i < LESSON_VERDICT_COUNT
		   ? lesson_verdict_name((enum lesson_verdict)i)
		   : NULL;
}

const struct field class_task_fields[] = {
	FIELD_BESIDE_AS("task", INTEGER, "its number"),
	FIELD(struct class_task, verdict, WORD, "what the answer is worth",
	    .word = class_file_verdict_word),
	FIELD(struct class_task, points, HUNDREDTHS, "that it got"),
	FIELD(struct class_task, of, HUNDREDTHS, "that it could get"),
	FIELD(struct class_task, hints, NUMBER, "hints that were looked at"),
	FIELD(struct class_task, tries, NUMBER,
	    "answers that got a verdict in `play` or `check`; 0 is not known"),
	FIELD(struct class_task, answer, TEXT, "as it was given"),
	FIELD(struct class_task, believed, TEXT,
	    "the wrong idea that an answer suggests"),
	FIELD(struct class_task, why, TEXT, "why it is wrong"),
	ANY_FIELD(struct class_task, rule, LINE,
	    "the rule that the right answer follows, or that the mistake "
	    "breaks"),
	FIELD_BESIDE_AS("records", NUMBERS, "that show it"),
	FIELDS_END,
};

const struct field class_entry_fields[] = {
	FIELD(struct class_entry, file, LINE, "what was handed in"),
	FIELD(struct class_entry, student, LINE, "the student's number"),
	FIELD(struct class_entry, name, STR, "as the roster has it"),
	FIELD_AS("class", struct class_entry, group, STR, "the same"),
	FIELD(struct class_entry, lab, LINE, "the lab's name"),
	FIELD(struct class_entry, date, LINE, "when it was handed in"),
	ANY_FIELD(struct class_entry, exam_limit_s, NUMBER,
	    "of an exam: how long it might take"),
	ANY_FIELD(struct class_entry, exam_begun, LINE, "when it was begun"),
	ANY_FIELD(struct class_entry, exam_ended, LINE, "and ended"),
	TOLD_FIELD(
	    struct class_entry, late, FLAG, "it came after the deadline"),
	TOLD_FIELD(struct class_entry, counts, FLAG,
	    "of the student's work in this lab it is what counts"),
	FIELD(struct class_entry, points, HUNDREDTHS, "of all tasks together"),
	FIELD(struct class_entry, of, HUNDREDTHS, "that it could get"),
	FIELD(struct class_entry, failed, LINE, "why it could not be judged"),
	TOLD_FIELD(struct class_entry, remarks, BUF, "sentences, a line each"),
	FIELD_BESIDE_AS(
	    "tasks", OBJECTS, "one by one", .of = class_task_fields),
	FIELDS_END,
};

static void
put_json_entry(const void *of, size_t i, struct buf *out)
{
	const struct class_entry *e = &((const struct class *)of)->entries[i];

	buf_putc(out, '{');
	json_put_fields(class_entry_fields, e, out);
	json_open(out, "tasks", '[');
	for (size_t t = 0; t < e->ntasks; t++) {
		json_put_item(out);
		buf_printf(out, "{\"task\":%zu", t + 1);
		json_put_fields(class_task_fields, &e->tasks[t], out);
		buf_printf(out, ",\"records\":%s}",
		    e->tasks[t].records.n > 0 ? buf_cstr(&e->tasks[t].records)
					      : "[]");
	}
	buf_puts(out, "]}");
}

/* A student's points in all labs. */
struct sum {
	struct str student;
	unsigned points, of;
};

const struct field class_sum_fields[] = {
	FIELD(struct sum, student, STR, "the student's number"),
	FIELD(struct sum, points, HUNDREDTHS, "in all labs together"),
	FIELD(struct sum, of, HUNDREDTHS, "that could be got"),
	FIELDS_END,
};

static void
put_json_sum(const void *of, size_t i, struct buf *out)
{
	const struct class_sums *s = of;
	struct sum sum = { str_of(s->list[i].who->student),
		(unsigned)s->list[i].points, (unsigned)s->of };

	json_put_object(class_sum_fields, &sum, out);
}

/* Two students of whom there is a copy. */
struct pair {
	struct str a, b;
	bool taken;
};

const struct field class_pair_fields[] = {
	FIELD(struct pair, a, STR, "the number of a student"),
	ANY_FIELD(
	    struct pair, b, STR, "and of another; missing: one of several"),
	FIELD(struct pair, taken, FLAG, "A has it from B, by each copy"),
	FIELD_BESIDE_AS("copies", STRINGS, "what is a copy, a sentence each"),
	FIELDS_END,
};

static void
put_json_pair(const void *of, size_t i, struct buf *out)
{
	const struct class *c = of;
	const struct class_pair *p = &c->pairs[i];
	const struct class_copy *copy;
	struct pair pair = { .a = str_of(c->entries[p->a].student),
		.taken = p->taken };
	size_t at = 0;

	if (p->b != CLASS_SEVERAL)
		pair.b = str_of(c->entries[p->b].student);
	buf_putc(out, '{');
	json_put_fields(class_pair_fields, &pair, out);
	json_open(out, "copies", '[');
	while ((copy = class_next_copy(c, p, &at)) != NULL) {
		json_put_item(out);
		json_put_str(out, buf_view(&copy->text));
	}
	buf_puts(out, "]}");
}

const struct field class_fields[] = {
	FIELD_BESIDE_AS("version", INTEGER,
	    "of this format, 2; version 1 has no such key, and the verdicts "
	    "FAULTY for ERROR and TAKEN for RECEIVED"),
	FIELD_BESIDE_AS(
	    "entries", OBJECTS, "what was handed in", .of = class_entry_fields),
	FIELD_BESIDE_AS(
	    "sums", OBJECTS, "of each student", .of = class_sum_fields),
	FIELD_BESIDE_AS("copies", OBJECTS, "of whom there is a copy",
	    .of = class_pair_fields),
	FIELD_BESIDE_AS("comments", OBJECTS, "questions and notes",
	    .of = class_comment_fields),
	FIELD(struct class, remarks, BUF, "sentences, a line each"),
	FIELDS_END,
};

static void
put_json_comment(const void *of, size_t i, struct buf *out)
{
	json_put_object(class_comment_fields,
	    &((const struct class *)of)->comments[i], out);
}

int
class_put_json(const struct class *c, struct buf *out)
{
	LOCAL(class_sums_free) struct class_sums s;
	int err = class_sum_up(c, &s);

	buf_printf(out, "{\"version\":%d", CLASS_VERSION);
	json_put_objects(out, "entries", c->n, put_json_entry, c);
	json_put_objects(out, "sums", s.n, put_json_sum, &s);
	json_put_objects(out, "copies", c->npairs, put_json_pair, c);
	json_put_objects(out, "comments", c->ncomments, put_json_comment, c);
	json_put_fields(class_fields, c, out);
	buf_puts(out, "}\n");
	return err != 0 ? err : out->err;
}

/* ---- text ---- */

/* REMARKS, each on a line of its own below the student's. */
static void
put_indented(struct str remarks, struct buf *out)
{
	while (remarks.n > 0) {
		struct str line = str_cut(remarks, '\n', &remarks);

		buf_printf(out, "    %.*s\n", STR_ARG(line));
	}
}

static void
put_text_entry(const struct class_entry *e, struct buf *out)
{
	struct str name = e->name, remarks = buf_view(&e->remarks);

	buf_printf(out,
	    "%s%s%.*s, %s: ", e->student[0] != '\0' ? e->student : e->file,
	    name.n > 0 ? " " : "", STR_ARG(name),
	    e->lab[0] != '\0' ? e->lab : "?");
	if (e->failed[0] != '\0') {
		buf_printf(out, "%s, ", lesson_verdict_name(LESSON_ERROR));
		if (e->student[0] != '\0')
			buf_printf(out, "%s: ", e->file);
		buf_printf(out, "%s\n", e->failed);
		put_indented(remarks, out);
		return;
	}
	buf_hundredths(out, e->points);
	buf_putc(out, '/');
	buf_hundredths(out, e->of);
	for (size_t t = 0; t < e->ntasks; t++)
		buf_printf(
		    out, " %s", lesson_verdict_name(e->tasks[t].verdict));
	if (e->late)
		buf_printf(out, " (%s)", _("late"));
	buf_putc(out, '\n');
	put_indented(remarks, out);
}

/* Where there is more than one lab. */
static int
put_text_sums(const struct class *c, struct buf *out)
{
	LOCAL(class_sums_free) struct class_sums s;
	int err = class_sum_up(c, &s);

	for (size_t i = 0; s.nlabs > 1 && i < s.n; i++) {
		struct str name = s.list[i].who->name;

		buf_printf(out, "%s%s%.*s, %s: ", s.list[i].who->student,
		    name.n > 0 ? " " : "", STR_ARG(name), _("all labs"));
		buf_hundredths(out, (unsigned)s.list[i].points);
		buf_putc(out, '/');
		buf_hundredths(out, (unsigned)s.of);
		buf_putc(out, '\n');
	}
	return err;
}

static void
put_text_pair(
    const struct class *c, const struct class_pair *p, struct buf *out)
{
	const struct class_copy *copy;
	size_t at = 0;

	if (p->b == CLASS_SEVERAL)
		buf_printf(out,
		    _("evidence of a copy, please check: %s from one of "
		      "several\n"),
		    c->entries[p->a].student);
	else
		buf_printf(out,
		    p->taken
			? _("evidence of a copy, please check: %s from %s\n")
			: _("evidence of a copy, please check: %s and %s\n"),
		    c->entries[p->a].student, c->entries[p->b].student);
	while ((copy = class_next_copy(c, p, &at)) != NULL)
		put_indented(buf_view(&copy->text), out);
}

/* "2023001 Ann, direct-call, question on task 3 (0/1): …" */
static void
put_text_comment(
    const struct class *c, const struct class_comment *m, struct buf *out)
{
	buf_printf(out, "%s%s%s, %s, ", m->student, m->row != NULL ? " " : "",
	    m->row != NULL ? m->row->name : "", m->lab);
	class_say_comment(c, m, out);
	buf_printf(out, " [%s]\n", m->file);
}

int
class_put_text(const struct class *c, struct buf *out)
{
	int err;

	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].counts)
			put_text_entry(&c->entries[i], out);
	err = put_text_sums(c, out);
	for (size_t i = 0; i < c->npairs; i++)
		put_text_pair(c, &c->pairs[i], out);
	for (size_t i = 0; i < c->ncomments; i++)
		put_text_comment(c, &c->comments[i], out);
	buf_str(out, buf_view(&c->remarks));
	return err != 0 ? err : out->err;
}
