/*
 * An exam: the tasks in a given time, without hints, reasons and explanations.
 * It goes on by the machine's clock, also while rung is left; when the time is
 * over, answers stay as they are.
 */
#include "views/tui/play_lesson_in.h"

#include "base/i18n.h"
#include "text/utf8.h"

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
	return p->lesson->exam.seconds > 0;
}

bool
play_exam_goes_on(const struct play *p)
{
	return play_is_exam(p) && p->lesson->exam.ended == 0;
}

bool
play_exam_is_over(const struct play *p)
{
	return play_is_exam(p) && exam_left(&p->lesson->exam, clock_of(p)) == 0;
}

void
play_exam_begin(struct play *p)
{
	struct exam *e = &p->lesson->exam;

	if (p->src->lab == NULL)
		return;
	if (e->seconds == 0 && p->src->lab->exam_seconds > 0) {
		*e = (struct exam){ .seconds = p->src->lab->exam_seconds,
			.begun = clock_of(p) };
		p->unsaved = true;
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
	struct exam *e = &p->lesson->exam;

	if (!play_exam_goes_on(p) || exam_left(e, clock_of(p)) > 0)
		return;
	e->ended = e->begun + e->seconds;
	if (p->lesson->in_arrows)
		play_arrows_do(p, REQ_ARROW_CLOSE);
	play_tell(p, _("the exam is over: answers stay as they are"));
	play_lesson_remake(p);
	p->unsaved = true;
}

bool
play_exam_withholds(const struct play *p, enum play_request r)
{
	static const enum play_request barred[] = { REQ_WHY, REQ_PREDICT,
		REQ_RECORD, REQ_TASK_HINT, REQ_BRACKETS };

	if (!play_is_exam(p))
		return false;
	for (size_t i = 0; i < sizeof(barred) / sizeof(barred[0]); i++)
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
	struct buf b = BUF_INIT;
	int64_t left;
	size_t cells;

	if (!play_is_exam(p))
		return 0;
	left = exam_left(&p->lesson->exam, clock_of(p));
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
	buf_free(&b);
	return cells;
}
