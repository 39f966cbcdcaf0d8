/* Reads and writes the answers of a student. */
#include "lesson/answers.h"

#include <string.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/param.h"
#include "lesson/answer_spelling.h"
#include "lesson/lesson_in.h"
#include "text/charset.h"
#include "text/json_fields.h"
#include "text/utf8.h"

/* More are not counted. */
#define TRIES_MAX 1000
/* Cells of "1. " before the first line of an item. */
#define ITEM_INDENT 3
/* The full-width 0, before nine more. */
#define WIDE_ZERO 0xff10u

void
answers_free(struct answers *a)
{
	mem_free(a->lab);
	mem_free(a->student);
	mem_free(a->folder);
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++) {
		buf_free(&a->tasks[i].text);
		buf_free(&a->tasks[i].told);
	}
	buf_free(&a->predictions);
	*a = ANSWERS_INIT;
}

static bool
is_task(int64_t number)
{
	return number >= 1 && number <= LESSON_TASKS_MAX;
}

static int
set_word(char **word, struct str text)
{
	mem_free(*word);
	*word = mem_dup(text.p != NULL ? text.p : "", text.n);
	return *word != NULL ? 0 : ERR_NOMEM;
}

size_t
answers_count(const struct answers *a)
{
	size_t n = 0;

	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		n += a->tasks[i].text.n > 0;
	return n;
}

static int
set_answer_text(struct buf *b, struct str text)
{
	buf_clear(b);
	buf_str(b, text);
	return b->err;
}

int
answers_set(struct answers *a, unsigned number, struct str text)
{
	if (!is_task(number))
		return 0;
	return set_answer_text(&a->tasks[number - 1].text, text);
}

int
answers_tell(struct answers *a, unsigned number, const struct lesson_result *r,
    bool *new)
{
	struct answer *t = &a->tasks[number - 1];

	if (new != NULL)
		*new = false;
	if (r->verdict == LESSON_MISSING || r->verdict == LESSON_ERROR ||
	    r->verdict == LESSON_RECEIVED || t->text.n == 0 ||
	    str_eq(buf_view(&t->told), buf_view(&t->text)))
		return 0;
	if (new != NULL)
		*new = true;
	if (t->tries < TRIES_MAX)
		t->tries++;
	if (r->verdict == LESSON_BAD && r->option < LESSON_OPTIONS_MAX)
		t->wrong |= 1u << r->option;
	return set_answer_text(&t->told, buf_view(&t->text));
}

int
answer_take_help(struct answer *to, const struct answer *from)
{
	to->hints = from->hints;
	to->tries = from->tries;
	to->wrong = from->wrong;
	to->looked = from->looked;
	to->taught = from->taught;
	return set_answer_text(&to->told, buf_view(&from->told));
}

/* ---- the text ---- */

/* The digit that S begins with, as an input method may write it as well: its
 * length; 0: none. */
static size_t
answers_read_digit(struct str s, unsigned *digit)
{
	size_t used;
	uint32_t c = utf8_decode(s, &used);

	if (c >= WIDE_ZERO && c <= WIDE_ZERO + 9)
		c -= WIDE_ZERO - '0';
	*digit = (unsigned)c - '0';
	return c >= '0' && c <= '9' ? used : 0;
}

/* "Question 2: d": LINE without the word before the number. */
static struct str
without_word(struct str line)
{
	static const char *const words[] = { "question ", "task ", "answer ",
		"q", "第", "问题" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_istarts(line, words[i]))
			return str_trim(
			    str_slice(line, strlen(words[i]), line.n));
	return line;
}

/* "2 b": nothing but a letter stands behind the number, and no sign between. */
static bool
is_letter_alone(struct str line)
{
	struct str letter = str_trim(line);

	return line.n > 1 && line.p[0] == ' ' && letter.n == 1 &&
	       chr_is_alpha(letter.p[0]);
}

/* "12: …" or "12. …" or "12) …", also with the colon of Chinese texts: sets the
 * number, and the text after it; false: LINE begins no answer. */
static bool
read_task_number(struct str line, unsigned *number, struct str *rest)
{
	static const char *const signs[] = { ":", "：", ".", "．", ")", "）",
		"、" };
	size_t digits = 0, n;
	unsigned digit;

	*number = 0;
	line = without_word(line);
	while (digits < 3 && (n = answers_read_digit(line, &digit)) > 0) {
		*number = *number * 10 + digit;
		line = str_slice(line, n, line.n);
		digits++;
	}
	if (digits == 0)
		return false;
	if (str_starts(str_trim(line), "题"))
		line = str_slice(
		    line, (size_t)str_find(line, "题") + strlen("题"), line.n);
	if (is_letter_alone(line)) {
		*rest = str_trim(line);
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (str_starts(line, signs[i])) {
			*rest =
			    str_trim(str_slice(line, strlen(signs[i]), line.n));
			/* "3.02 s" alone is a line of an answer. */
			return (signs[i][0] != '.' &&
				   strcmp(signs[i], "．") != 0) ||
			       answers_read_digit(*rest, &digit) == 0 ||
			       chr_is_space(line.p[strlen(signs[i])]);
		}
	return false;
}

/* "lab: NAME" */
static bool
answers_read_word(struct str line, const char *key, struct str *value)
{
	struct str rest, name = str_cut(line, ':', &rest);
	ptrdiff_t wide = str_find(line, "：");

	if (wide > 0 && (size_t)wide < name.n) {
		name = str_slice(line, 0, (size_t)wide);
		rest = str_slice(line, (size_t)wide + sizeof("：") - 1, line.n);
	}
	if (!str_iis(str_trim(name), key))
		return false;
	*value = str_trim(rest);
	return true;
}

struct reading {
	struct answers *a;
	const char *name;
	struct diag *d;
	unsigned line;
	struct buf *now;  /* the answer that goes on; NULL: none yet */
	struct buf stray; /* the answer to a task that there is not */
	bool seen[LESSON_TASKS_MAX];
	unsigned has_keys; /* bits, by row of keys */
};

static void
set_stray(struct answers *a, unsigned number)
{
	if (!a->has_stray)
		a->stray = number;
	a->has_stray = true;
}

static int
answers_begin(struct reading *r, unsigned number, struct str text)
{
	if (is_task(number) && r->seen[number - 1])
		return diag_set(r->d, ERR_SYNTAX, r->name, r->line,
		    _("task %u is answered twice"), number);
	if (is_task(number)) {
		r->seen[number - 1] = true;
		r->now = &r->a->tasks[number - 1].text;
	} else {
		set_stray(r->a, number);
		r->now = &r->stray;
	}
	buf_str(r->now, text);
	return r->now->err;
}

/* "#142" below a task's number: the record's. */
static bool
is_record_number(struct str line)
{
	uint32_t n;

	return str_starts(line, "#") &&
	       str_u32(str_slice(line, 1, line.n), &n) == 0;
}

/* What rung writes with a record's number in front is none, where an answer
 * goes on. */
static bool
is_comment(const struct reading *r, struct str line)
{
	if (line.p[0] != '#')
		return false;
	return r->now == NULL ||
	       !(lesson_arrow_is_numbered(line) ||
		   (r->now->n == 0 && is_record_number(line)));
}

static int
read_student(struct reading *r, struct str text)
{
	LOCAL_BUF number = BUF_INIT;
	struct diag said = DIAG_INIT;
	int err = spelling_student(text, &number, &said);

	if (err == ERR_SYNTAX)
		diag_set(r->d, err, r->name, r->line, "%s", said.text);
	if (err == 0)
		err = set_word(&r->a->student, buf_view(&number));
	return err;
}

static int
read_lab(struct reading *r, struct str text)
{
	return set_word(&r->a->lab, text);
}

static int
read_folder(struct reading *r, struct str text)
{
	return set_word(&r->a->folder, text);
}

/* Lines before the first answer, as "lab: NAME". */
static const struct {
	const char *name;
	int (*read)(struct reading *r, struct str text);
} keys[] = {
	{ "lab", read_lab },
	{ "student", read_student },
	{ "folder", read_folder },
};

/* LINE, which begins no answer, is none of KEYS. */
static int
refuse_line(struct reading *r, struct str line)
{
	struct str rest, key = str_trim(str_cut(line, ':', &rest));
	LOCAL_BUF plain = BUF_INIT;

	if (str_find(line, "：") > 0)
		key = str_slice(line, 0, (size_t)str_find(line, "："));
	buf_str(&plain, utf8_clip(key, 30));
	if (key.n == line.n)
		return diag_set(r->d, ERR_SYNTAX, r->name, r->line,
		    _("an answer begins with its task's number, “1: …”"));
	diag_set(r->d, ERR_SYNTAX, r->name, r->line,
	    _("there is no “%s:”; before the answers there are lab:, student: "
	      "and folder:, and an answer begins with its task's number, "
	      "“1: …”"),
	    buf_cstr(&plain));
	return diag_meant(r->d, ERR_SYNTAX,
	    param_nearest(key, &keys[0].name, COUNT_OF(keys), sizeof(keys[0])));
}

/* LINE, which stands before the first answer. */
static int
read_key(struct reading *r, struct str line)
{
	struct str value;
	size_t i = 0;

	while (i < COUNT_OF(keys) &&
	       !answers_read_word(line, keys[i].name, &value))
		i++;
	if (i == COUNT_OF(keys))
		return refuse_line(r, line);
	if ((r->has_keys >> i & 1) != 0)
		return diag_set(r->d, ERR_SYNTAX, r->name, r->line,
		    _("“%s:” appears twice"), keys[i].name);
	r->has_keys |= 1u << i;
	return keys[i].read(r, value);
}

static int
answers_read_line(struct reading *r, struct str line)
{
	struct str trimmed = str_trim(line), rest;
	unsigned number;

	if (trimmed.n == 0 || is_comment(r, trimmed))
		return 0;
	if (line.p[0] == trimmed.p[0] &&
	    read_task_number(trimmed, &number, &rest))
		return answers_begin(r, number, rest);
	if (r->now == NULL)
		return read_key(r, trimmed);
	if (r->now->n > 0)
		buf_putc(r->now, '\n');
	buf_str(r->now, trimmed);
	return r->now->err;
}

int
answers_read(
    struct answers *a, struct str text, const char *name, struct diag *d)
{
	struct reading r = { .a = a, .name = name, .d = d };
	LOCAL_BUF plain = BUF_INIT;
	struct str rest;
	int err;

	*a = ANSWERS_INIT;
	err = charset_read_file(text, name, &plain, d);
	if (err == 0)
		err = set_word(&a->lab, STR_NULL);
	if (err == 0)
		err = set_word(&a->student, STR_NULL);
	for (rest = buf_view(&plain); err == 0 && rest.n > 0;) {
		struct str line = str_cut(rest, '\n', &rest);

		r.line++;
		err = answers_read_line(&r, line);
	}
	buf_free(&r.stray);
	return diag_fail_file(d, err, name);
}

/* ---- the form to be filled in ---- */

/* A handout's item is indented by its number, "1. ", which goes before here. */
static struct str
outdent(struct str line)
{
	for (int i = 0; i < ITEM_INDENT && line.n > 0 && line.p[0] == ' '; i++)
		line = (struct str){ line.p + 1, line.n - 1 };
	return line;
}

static void
answers_put_comment(struct buf *out, struct str text)
{
	while (text.n > 0) {
		struct str line = outdent(str_cut(text, '\n', &text));

		if (line.n == 0) {
			buf_puts(out, "#\n");
			continue;
		}
		buf_puts(out, "# ");
		buf_str(out, line);
		buf_putc(out, '\n');
	}
}

static void
put_answered_task(
    const struct lesson_task *t, const struct answer *a, struct buf *out)
{
	struct str rest = buf_view(&a->text);

	buf_putc(out, '\n');
	answers_put_comment(out, t->text);
	for (size_t i = 0; t->kind == LESSON_CHOICE && i < t->noptions; i++)
		buf_printf(out, "#  %c) %s\n", (char)('a' + (int)i),
		    t->options[i].text);
	if (!lesson_kind_is_written(t->kind)) {
		buf_printf(out, "# %s:\n", lesson_kind_text(t->kind));
		for (size_t i = 0; i < t->noptions; i++)
			buf_printf(out, "#  - %s\n", t->options[i].text);
		if (t->kind == LESSON_GOAL || t->kind == LESSON_BUILD)
			answers_put_comment(out,
			    str_of(_("Each script (*.lua) in this folder is "
				     "a run that counts.")));
		return;
	}
	buf_printf(out, "%u:", t->number);
	if (str_chr(rest, '\n') < 0) {
		buf_putc(out, ' ');
		buf_str(out, rest);
		buf_putc(out, '\n');
		return;
	}
	buf_putc(out, '\n');
	while (rest.n > 0) {
		buf_puts(out, "  ");
		buf_str(out, str_cut(rest, '\n', &rest));
		buf_putc(out, '\n');
	}
}

int
answers_write(const struct answers *a, const struct lesson *l, struct buf *out)
{
	answers_put_comment(
	    out, str_of(_("Write each answer after the number of its task; an "
			  "answer of several lines continues below.")));
	buf_printf(out, "lab: %s\n", a->lab);
	if (a->folder != NULL && a->folder[0] != '\0')
		buf_printf(out, "folder: %s\n", a->folder);
	buf_printf(out, "student: %s\n", a->student);
	answers_put_comment(out,
	    str_of(_("The letters below are this student's: another number "
		     "has another order.")));
	for (size_t i = 0; i < lesson_count(l); i++)
		put_answered_task(lesson_task(l, i), &a->tasks[i], out);
	return out->err;
}

/* ---- JSON ---- */

const struct field answer_fields[] = {
	FIELD_BESIDE_AS("task", INTEGER, "its number"),
	FIELD(struct answer, text, BUF, "the answer"),
	FIELD(struct answer, hints, NUMBER, "hints that were looked at",
	    .most = LESSON_HINTS_MAX),
	FIELD(struct answer, tries, NUMBER, "answers that got a verdict",
	    .most = TRIES_MAX),
	ANY_FIELD(struct answer, told, BUF, "the last of them"),
	ANY_FIELD(struct answer, looked, FLAG,
	    "the run was looked at before the first try"),
	ANY_FIELD(struct answer, taught, FLAG,
	    "the run was seen in a lesson before the first try"),
	FIELDS_END,
};

const struct field answers_fields[] = {
	FIELD(struct answers, lab, TEXT, "the lab's name"),
	FIELD(struct answers, student, TEXT, "whose they are"),
	FIELD_BESIDE_AS(
	    "tasks", OBJECTS, "that were answered", .of = answer_fields),
	FIELD_BESIDE_AS("predictions", OBJECTS, "of the quiz"),
	FIELDS_END,
};

static void
put_answer_json(const struct answer *t, size_t number, struct buf *out)
{
	char letters[LESSON_OPTIONS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < LESSON_OPTIONS_MAX; i++)
		if ((t->wrong >> i & 1) != 0)
			letters[n++] = (char)('a' + (int)i);
	json_put_item(out);
	buf_printf(out, "{\"task\":%zu", number);
	json_put_fields(answer_fields, t, out);
	if (n > 0)
		json_put_field(out, "wrong", (struct str){ letters, n });
	buf_putc(out, '}');
}

int
answers_put_json(const struct answers *a, struct buf *out)
{
	buf_putc(out, '{');
	json_put_fields(answers_fields, a, out);
	json_open(out, "tasks", '[');
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		if (a->tasks[i].text.n > 0 || a->tasks[i].hints > 0 ||
		    a->tasks[i].told.n > 0 || a->tasks[i].looked ||
		    a->tasks[i].taught)
			put_answer_json(&a->tasks[i], i + 1, out);
	if (a->has_stray) {
		json_put_item(out);
		buf_printf(out, "{\"task\":%u}", a->stray);
	}
	buf_putc(out, ']');
	if (a->predictions.n > 0) {
		json_put_key(out, "predictions");
		buf_str(out, buf_view(&a->predictions));
	}
	buf_putc(out, '}');
	return out->err;
}

static int
read_task(struct answers *a, struct json_value v)
{
	int64_t number = json_int_or(json_member(v, "task"), -1);
	struct str letters = STR_NULL;
	struct answer *t;
	int err;

	if (number >= 0 && !is_task(number))
		set_stray(a, number > 999 ? 999 : (unsigned)number);
	if (!is_task(number))
		return 0;
	t = &a->tasks[number - 1];
	err = json_take_fields(answer_fields, v, t);
	/* Where an older rung counted tries, the answer that is there is
	 * the last of them. */
	if (err == 0 && t->told.n == 0 && t->tries > 0)
		err = set_answer_text(&t->told, buf_view(&t->text));
	t->wrong = 0;
	json_plain(json_member(v, "wrong"), &letters);
	for (size_t i = 0; i < letters.n; i++)
		if (letters.p[i] >= 'a' &&
		    letters.p[i] < 'a' + LESSON_OPTIONS_MAX)
			t->wrong |= 1u << (letters.p[i] - 'a');
	return err;
}

int
answers_from_json(struct answers *a, struct json_value v)
{
	struct json_value list = json_member(v, "predictions"), task;
	size_t at = 0;
	int err;

	*a = ANSWERS_INIT;
	err = json_take_fields(answers_fields, v, a);
	while (err == 0 && json_item(json_member(v, "tasks"), &at, &task))
		err = read_task(a, task);
	if (err == 0 && list.type == JSON_ARRAY)
		err = set_answer_text(&a->predictions, list.raw);
	return err;
}

/* ---- what differs from student to student ---- */

/*
 * A graded set has an order of its own, from which a student's order is made:
 * so the order in check.lua says nothing.
 */
void
lesson_set_order(const char *shuffle, unsigned task, size_t n, size_t *order)
{
	lesson_option_order(str_of(shuffle), "set", task, n, order);
}

static void
answers_put_in_order(struct lesson_task *t, const size_t *order)
{
	struct lesson_option plain[LESSON_OPTIONS_MAX];

	memcpy(plain, t->options, sizeof(plain));
	for (size_t i = 0; i < t->noptions; i++)
		t->options[i] = plain[order[i]];
}

static void
shuffle_options(const struct lesson *l, struct lesson_task *t)
{
	size_t order[LESSON_OPTIONS_MAX];

	if (l->shuffle != NULL) {
		lesson_set_order(l->shuffle, t->number, t->noptions, order);
		answers_put_in_order(t, order);
	}
	lesson_option_order(
	    folder_name(l->folder), l->student, t->number, t->noptions, order);
	answers_put_in_order(t, order);
}

/*
 * Numbers that are drawn, and the order of a choice's options, follow from the
 * lab's name and the student's number alone.
 */
void
lesson_shuffle(struct lesson *l)
{
	for (size_t i = 0; i < l->ntasks; i++)
		if (l->tasks[i].shown.kind == LESSON_CHOICE)
			shuffle_options(l, &l->tasks[i].shown);
}
