/* Comments on marks as files; see grade/comment.h. */
#include "grade/comment.h"

#include "base/err.h"
#include "base/i18n.h"
#include "lesson/lesson.h"
#include "text/utf8.h"

static const char *const comment_heads[] = { "rung-question", "rung-note" };

/* No control characters, which would be a terminal's; of a text with LINES
 * except line ends and tabs. */
static bool
comment_is_plain(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool line = c == '\n' || c == '\r' || c == '\t';

		if ((c < ' ' && !(lines && line)) || c == 0x7f)
			return false;
	}
	return utf8_valid(s);
}

static int
comment_check(const struct comment *c, struct diag *d)
{
	const struct str words[] = { c->lab, c->student, c->date };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (words[i].n > COMMENT_NAME_MAX ||
		    !comment_is_plain(words[i], false))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("a comment's lab, student and date have at most "
			      "%d bytes each, without control characters"),
			    COMMENT_NAME_MAX);
	if (c->lab.n == 0 || c->student.n == 0 || c->text.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a comment has a lab, a student and a text"));
	if (c->task > LESSON_TASKS_MAX)
		return diag_set(
		    d, ERR_RANGE, NULL, 0, _("no lab has so many tasks"));
	if (c->text.n > COMMENT_TEXT_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a comment has at most %d bytes"), COMMENT_TEXT_MAX);
	return comment_is_plain(c->text, true)
		   ? 0
		   : diag_set(d, ERR_SYNTAX, NULL, 0,
			 _("a comment is UTF-8 without control characters"));
}

static int
comment_take_line(struct comment *c, struct str line, struct diag *d)
{
	struct str value, key = str_trim(str_cut(line, ':', &value));
	uint32_t task = 0;

	value = str_trim(value);
	if (str_is(key, "lab"))
		c->lab = value;
	else if (str_is(key, "student"))
		c->student = value;
	else if (str_is(key, "date"))
		c->date = value;
	else if (str_is(key, "task") && str_u32(value, &task) == 0)
		c->task = task;
	else
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a comment begins with lines such as lab: direct-call, "
		      "student: 2023001 and task: 3, and an empty line"));
	return 0;
}

int
comment_read(struct comment *c, struct str text, struct diag *d)
{
	struct str rest,
	    line = str_trim(str_cut_line(str_unmarked(text), &rest));
	int err = 0;

	*c = (struct comment){ .note = str_is(line, comment_heads[1]) };
	if (!c->note && !str_is(line, comment_heads[0]))
		return ERR_NOTFOUND;
	if (text.n > COMMENT_FILE_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a comment has at most %d bytes"), COMMENT_TEXT_MAX);
	while (err == 0 && rest.n > 0) {
		line = str_trim(str_cut_line(rest, &rest));
		if (line.n == 0)
			break;
		err = comment_take_line(c, line, d);
	}
	c->text = str_trim(rest);
	return err == 0 ? comment_check(c, d) : err;
}

int
comment_put(const struct comment *c, struct buf *out, struct diag *d)
{
	int err = comment_check(c, d);

	if (err != 0)
		return err;
	buf_printf(out, "%s\nlab: %.*s\nstudent: %.*s\n",
	    comment_heads[c->note], STR_ARG(c->lab), STR_ARG(c->student));
	if (c->task > 0)
		buf_printf(out, "task: %u\n", c->task);
	if (c->date.n > 0)
		buf_printf(out, "date: %.*s\n", STR_ARG(c->date));
	buf_printf(out, "\n%.*s\n", STR_ARG(c->text));
	return out->err;
}
