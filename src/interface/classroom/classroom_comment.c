/* Comments on marks: a student's question, the teacher's note
 * (grade/comment.h). */
#include "classroom/classroom_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "grade/comment.h"
#include "text/utf8.h"

#include <string.h>

static struct str
text_or_none(const char *text)
{
	return str_trim(str_of(text != NULL ? text : ""));
}

/* The request's comment on LAB of NUMBER, as a file. */
static int
put_file(const struct asked *a, bool note, const char *number, struct buf *text,
    struct diag *d)
{
	const struct comment c = { .note = note,
		.task = note ? 0 : (unsigned)a->r->nth + 1,
		.lab = text_or_none(a->r->lab),
		.student = str_of(number),
		.date = text_or_none(a->r->date),
		.text = text_or_none(a->r->text) };

	if (a->c->handins.folder == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("this class keeps no files; start it with rung serve -o "
		      "FOLDER"));
	return classroom_check_lab(a->r->lab, d) != 0
		   ? d->err
		   : comment_put(&c, text, d);
}

/* The question as the teacher's list has it, "3: Why?", cut between two
 * characters. */
static void
show_question(struct asked *a)
{
	LOCAL_BUF all = BUF_INIT;
	size_t n;

	buf_printf(&all, "%lld: ", (long long)a->r->nth + 1);
	utf8_add_safe(&all, text_or_none(a->r->text));
	n = all.n < QUESTION_SHOWN ? all.n : QUESTION_SHOWN;
	while (n > 0 && n < all.n && ((unsigned char)all.p[n] & 0xc0) == 0x80)
		n--;
	if (all.err == 0)
		memcpy(a->m->question, all.p, n);
	a->m->question[all.err == 0 ? n : 0] = '\0';
	classroom_changed_who(a->c);
}

int
classroom_question_mark(struct asked *a, struct buf *out, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT, name = BUF_INIT;
	int err;

	if (a->who->now_ms < a->c->rests_until_ms) {
		a->end = CLASSROOM_LATER;
		return 0;
	}
	err = classroom_take_number(a, a->m, a->r->number, d);
	if (err == 0 && a->m->number[0] == '\0')
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("the mark needs a student; enter your number first"));
	if (err == 0)
		err = put_file(a, false, a->m->number, &text, d);
	if (err != 0)
		return err;
	a->wrote = true;
	err = handins_keep(&a->c->handins,
	    &(struct handin){ .text = buf_view(&text),
		.lab = a->r->lab,
		.number = a->m->number,
		.browser = a->m->browser,
		.address = a->m->address,
		.ending = "question",
		.sure = a->m->sure,
		.first = classroom_first_with_number(a->c, a->m) },
	    &name, d);
	if (err == 0) {
		show_question(a);
		json_put_field(out, "file", buf_view(&name));
	}
	return err != 0 ? err : name.err;
}

int
classroom_note(struct asked *a, struct buf *out, struct diag *d)
{
	const char *number = a->r->number != NULL ? a->r->number : "";
	LOCAL_BUF text = BUF_INIT, name = BUF_INIT;
	int err = put_file(a, true, number, &text, d);

	if (err == 0)
		err = handins_keep_note(&a->c->handins, a->r->lab, number,
		    buf_view(&text), &name, d);
	if (err == 0)
		json_put_field(out, "file", buf_view(&name));
	return err != 0 ? err : name.err;
}
