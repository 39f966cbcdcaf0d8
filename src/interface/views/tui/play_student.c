/*
 * Who it is: a lab's tasks are another student's with each number, so it is
 * asked for before the first answer, once; who only steps is not asked.  With a
 * number the lab is opened anew, at its tasks; whoever leaves the question goes
 * on without.
 */
#include "views/tui/play.h"

#include "base/i18n.h"

/* Bytes; the numbers of students are shorter. */
#define NUMBER_MOST 40

static bool
take_number(struct play *p, struct str text)
{
	text = str_trim(text);
	if (text.n == 0)
		return true;
	if (text.n > NUMBER_MOST) {
		play_tell(p, _("that is too long for a student's number"));
		return false;
	}
	if (p->src->lab->keep_student(text, &p->diag, p->src->lab->arg) != 0) {
		play_complain(p, &p->diag);
		return false;
	}
	p->again = p->quit = true;
	return true;
}

bool
play_student_ask(struct play *p)
{
	const struct play_lab *lab = p->src->lab;

	if (lab == NULL || lab->keep_student == NULL ||
	    lab->student[0] != '\0' || p->student_asked || play_is_exam(p))
		return false;
	/* Asked once, whatever comes of it. */
	p->student_asked = true;
	if (lab->keep_student(STR(""), &p->diag, lab->arg) != 0)
		return false;
	play_ask(p, _("student number: "), STR_NULL, take_number);
	buf_puts(&p->hint,
	    _("values and letters of the tasks are those of a number; Enter "
	      "keeps it, Esc goes on without one"));
	return true;
}

bool
play_student_asked(const struct play *p)
{
	return p->again || (p->over == OVER_LINE && p->typed == take_number);
}
