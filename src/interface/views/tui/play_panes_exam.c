/*
 * An exam on the screen: its beginning, its time, its end; and the student's
 * number.
 */
#include "views/tui/play_panes.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "views/tui/play_lesson_in.h"

void
play_lesson_put_made(struct play *p, struct buf *b)
{
	const struct play_lesson *s = p->own.lesson;

	if (s->making != SIZE_MAX)
		buf_printf(b,
		    _("the run for task %u: %llu records so far; Esc stops it"),
		    lesson_task(s->lesson, s->making)->number,
		    (unsigned long long)s->made_records);
}

bool
play_lesson_stop(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	size_t i = s->making;

	if (i == SIZE_MAX)
		return false;
	p->src->lab->named_leave(p->src->lab->arg);
	s->making = SIZE_MAX;
	lesson_result_free(&s->results[i]);
	s->judged[i] = s->stale[i] = false;
	play_lesson_remake(p);
	play_tell(
	    p, _("stopped: the answer is not judged; press Enter on it to "
		 "start again"));
	return true;
}

/* ---- an exam ---- */

/* The last minutes are shown as such. */
#define EXAM_LATE_S 300

static int64_t
clock_of(const struct play *p)
{
	return p->src->lab->clock(p->src->lab->arg);
}

bool
play_is_exam(const struct play *p)
{
	return p->own.lesson->exam.seconds > 0;
}

bool
play_exam_goes_on(const struct play *p)
{
	return play_is_exam(p) && p->own.lesson->exam.ended == 0;
}

bool
play_exam_is_over(const struct play *p)
{
	return play_is_exam(p) &&
	       exam_left(&p->own.lesson->exam, clock_of(p)) == 0;
}

/*
 * The tasks are to be done in a given time, without hints, reasons and
 * explanations. The exam goes on by the machine's clock, also while rung is
 * left; when the time is over, answers stay as they are.
 */
void
play_exam_begin(struct play *p)
{
	struct exam *e = &p->own.lesson->exam;

	if (p->src->lab == NULL)
		return;
	if (e->seconds == 0 && p->src->lab->exam_seconds > 0) {
		*e = (struct exam){ .seconds = p->src->lab->exam_seconds,
			.begun = clock_of(p) };
		p->kept.unsaved = true;
	}
	if (e->seconds > 0) {
		play_set_brackets(p, 0);
		p->pane = PANE_LAB;
		p->in_pane = true;
		p->in_calls = false;
	}
}

void
play_exam_work(struct play *p)
{
	struct exam *e = &p->own.lesson->exam;

	if (!play_exam_goes_on(p) || exam_left(e, clock_of(p)) > 0)
		return;
	e->ended = e->begun + e->seconds;
	if (p->own.lesson->in_arrows)
		play_arrows_do(p, REQ_ARROW_CLOSE);
	play_tell(p, _("the exam is over: answers can't be changed"));
	play_lesson_remake(p);
	p->kept.unsaved = true;
}

bool
play_exam_withholds(const struct play *p, enum play_request r)
{
	static const enum play_request barred[] = { REQ_WHY, REQ_PREDICT,
		REQ_RECORD, REQ_TASK_HINT, REQ_BRACKETS };

	if (!play_is_exam(p))
		return false;
	for (size_t i = 0; i < COUNT_OF(barred); i++)
		if (barred[i] == r)
			return true;
	return false;
}

bool
play_exam_bars(struct play *p, enum play_request r)
{
	bool barred = play_exam_withholds(p, r);

	if (barred)
		play_tell(p, _("not during an exam"));
	return barred;
}

size_t
play_exam_draw(struct play *p, const struct grid_area *a, size_t y)
{
	LOCAL_BUF b = BUF_INIT;
	int64_t left;
	size_t cells;

	if (!play_is_exam(p))
		return 0;
	left = exam_left(&p->own.lesson->exam, clock_of(p));
	if (left > 0)
		/* TRANSLATORS: minutes and seconds that are left */
		buf_printf(&b, _(" exam %lld:%02lld "), (long long)left / 60,
		    (long long)left % 60);
	else
		buf_puts(&b, _(" exam over "));
	cells = utf8_width(buf_view(&b));
	cells = cells < a->w ? cells : a->w;
	grid_text(a, a->w - cells, y, buf_view(&b), cells,
	    left > EXAM_LATE_S ? STYLE_HERE : STYLE_WARNING);
	return cells;
}

/* ---- the student's number ---- */

/* Bytes; the numbers of students are shorter. */
#define NUMBER_MOST 40

static bool
task_work_take_number(struct play *p, struct str text)
{
	text = str_trim(text);
	if (text.n == 0)
		return true;
	if (text.n > NUMBER_MOST) {
		play_tell(p, _("a student's number can't be that long"));
		return false;
	}
	if (p->src->lab->keep_student(text, &p->diag, p->src->lab->arg) != 0) {
		play_complain(p, &p->diag);
		return false;
	}
	p->own.lesson->again = p->quit = true;
	return true;
}

/*
 * A lab's tasks differ with each number, so it is asked for before the first
 * answer, once; a user who only steps is not asked. With a number the lab is
 * opened again, at its tasks; a user who leaves the question goes on without.
 */
bool
play_student_ask(struct play *p)
{
	const struct play_lab *lab = p->src->lab;

	if (lab == NULL || lab->keep_student == NULL ||
	    lab->student[0] != '\0' || p->own.lesson->student_asked ||
	    play_is_exam(p))
		return false;
	/* Asked once, whatever comes of it. */
	p->own.lesson->student_asked = true;
	if (lab->keep_student(STR(""), &p->diag, lab->arg) != 0)
		return false;
	play_ask(p, _("student number: "), STR_NULL, task_work_take_number);
	buf_puts(&p->box.hint,
	    _("values and letters of the tasks depend on the number; Enter "
	      "saves it, Esc continues without one"));
	return true;
}

bool
play_student_asked(const struct play *p)
{
	return p->own.lesson->again ||
	       (p->box.over == OVER_LINE &&
		   p->box.typed == task_work_take_number);
}
