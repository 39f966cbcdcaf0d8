/* Comments on the marks of a class: students' questions and teachers' notes. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/class.h"
#include "grade/comment.h"
#include "grade/handin.h"
#include "text/json_fields.h"

#define COMMENT_QUESTION "question"
#define COMMENT_NOTE     "note"

const struct field class_comment_fields[] = {
	FIELD(struct class_comment, comment, LINE,
	    "`question` of the student, or `note` of the teacher"),
	FIELD(struct class_comment, lab, LINE, "the lab's name"),
	FIELD(struct class_comment, student, LINE, "the student's number"),
	FIELD(struct class_comment, task, NUMBER,
	    "the task's number; 0: the lab as a whole"),
	FIELD(struct class_comment, date, LINE, "when it was written"),
	FIELD(struct class_comment, text, LINE, "the comment"),
	FIELD(struct class_comment, file, LINE, "the file that it is in"),
	FIELDS_END,
};

/* TEXT in one line. */
static void
put_text_line(struct buf *out, const char *key, struct str text)
{
	LOCAL_BUF line = BUF_INIT;

	while (text.n > 0) {
		struct str part = str_trim(str_cut(text, '\n', &text));

		buf_puts(&line, line.n > 0 && part.n > 0 ? " " : "");
		buf_str(&line, part);
	}
	json_put_field(out, key, buf_view(&line));
	if (line.err != 0)
		out->err = line.err;
}

int
class_put_comment(const char *name, struct str text, bool notes,
    struct buf *out, struct diag *d)
{
	struct comment c;
	int err = comment_read(&c, text, d);

	/* A student's file must not be taken for the teacher's. */
	if (err == 0 && c.note && !notes)
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("a note counts only in the class's folder %s"),
		    CLASS_NOTES);
	/* What rung serve has put out does not count (classroom/handins.h). */
	if (err != 0 || handin_name_is_out(name))
		return err;
	buf_putc(out, '{');
	json_put_field(
	    out, "comment", str_of(c.note ? COMMENT_NOTE : COMMENT_QUESTION));
	json_put_field(out, "lab", c.lab);
	json_put_field(out, "student", c.student);
	json_put_int(out, "task", c.task);
	json_put_field(out, "date", c.date);
	put_text_line(out, "text", c.text);
	json_put_field(out, "file", str_of(name));
	buf_puts(out, "}\n");
	return out->err;
}

int
class_take_comment(struct class *c, struct json_value v)
{
	struct class_comment *m;

	if (json_member(v, "comment").type != JSON_STRING)
		return ERR_NOTFOUND;
	if (ARRAY_ROOM(&c->comments, &c->comments_cap, c->ncomments + 1) != 0)
		return ERR_NOMEM;
	m = &c->comments[c->ncomments++];
	*m = (struct class_comment){ .task = 0 };
	return json_take_fields(class_comment_fields, v, m);
}

static int
by_lab(const void *a, const void *b)
{
	const struct class_comment *x = a, *y = b;
	int r = strcmp(x->lab, y->lab);

	if (r == 0)
		r = strcmp(x->student, y->student);
	if (r == 0)
		r = strcmp(x->date, y->date);
	return r != 0 ? r : strcmp(x->file, y->file);
}

void
class_sort_comments(struct class *c)
{
	if (c->ncomments > 0)
		qsort(c->comments, c->ncomments, sizeof(*c->comments), by_lab);
	for (size_t i = 0; i < c->ncomments; i++)
		c->comments[i].row =
		    roster_find(&c->roster, c->comments[i].student);
}

void
class_free_comments(struct class *c)
{
	for (size_t i = 0; i < c->ncomments; i++)
		json_free_fields(class_comment_fields, &c->comments[i]);
	mem_free(c->comments);
}

static bool
is_about(const struct class_comment *m, const struct class_entry *e)
{
	return strcmp(m->lab, e->lab) == 0 &&
	       (m->row != NULL && e->row != NULL
		       ? m->row == e->row
		       : strcmp(m->student, e->student) == 0);
}

const struct class_comment *
class_next_comment(
    const struct class *c, const struct class_entry *e, size_t *at)
{
	while (*at < c->ncomments) {
		const struct class_comment *m = &c->comments[(*at)++];

		if (is_about(m, e))
			return m;
	}
	return NULL;
}

/* The mark that M is about: " (0/1)". */
static void
say_mark(const struct class *c, const struct class_comment *m, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!e->counts || e->failed[0] != '\0' || !is_about(m, e) ||
		    m->task < 1 || (size_t)m->task > e->ntasks)
			continue;
		buf_puts(out, " (");
		buf_hundredths(out, e->tasks[m->task - 1].points);
		buf_putc(out, '/');
		buf_hundredths(out, e->tasks[m->task - 1].of);
		buf_putc(out, ')');
		return;
	}
}

void
class_say_comment(
    const struct class *c, const struct class_comment *m, struct buf *out)
{
	bool note = strcmp(m->comment, COMMENT_NOTE) == 0;

	if (m->task == 0)
		buf_puts(out,
		    note ? _("note on the lab") : _("question on the lab"));
	else
		buf_printf(out,
		    note ? _("note on task %lld") : _("question on task %lld"),
		    (long long)m->task);
	say_mark(c, m, out);
	buf_printf(out, _(": %s"), m->text);
}
