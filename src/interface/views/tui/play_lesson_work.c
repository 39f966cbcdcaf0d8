/*
 * Judging the lab's tasks: one at a time, and only those of which something has
 * changed.  What counts are the branches that have come to their end, since a
 * condition may hold at the beginning of every run.
 */
#include "views/tui/play_lesson_in.h"

#include "base/err.h"
#include "quiz/quiz.h"

void
play_lesson_judge(struct play *p, size_t i)
{
	p->own.lesson->stale[i] = true;
}

/* All tasks of a kind that TEST names. */
static void
task_work_judge_kinds(struct play *p, bool (*test)(enum lesson_kind))
{
	struct play_lesson *s = p->own.lesson;

	for (size_t i = 0; i < lesson_count(s->lesson); i++)
		if (test(lesson_task(s->lesson, i)->kind))
			play_lesson_judge(p, i);
}

static bool
is_of_runs(enum lesson_kind kind)
{
	return kind == LESSON_GOAL || kind == LESSON_BUILD ||
	       kind == LESSON_FIGURE || kind == LESSON_AGENT;
}

static bool
is_of_quiz(enum lesson_kind kind)
{
	return kind == LESSON_PREDICT;
}

/* ---- what has changed ---- */

static void
look_at_runs(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	bool same = true;
	size_t n = 0;

	for (size_t i = 0; i < p->nviews && n < LESSON_RUNS_MAX; i++) {
		const struct play_view *v = &p->views[i];
		uint64_t count = trace_count(v->trace);

		if (!v->done)
			continue;
		same &= n < s->nruns && s->runs[n] == v->trace &&
			s->counts[n] == count;
		s->runs[n] = v->trace;
		s->counts[n++] = count;
	}
	if (same && n == s->nruns)
		return;
	s->nruns = n;
	task_work_judge_kinds(p, is_of_runs);
}

static void
look_at_quiz(struct play *p)
{
	const struct quiz_score *score = play_quiz_score(p);
	struct play_lesson *s = p->own.lesson;

	if (s->asked == score->n && s->first_try == score->first_try)
		return;
	s->asked = score->n;
	s->first_try = score->first_try;
	task_work_judge_kinds(p, is_of_quiz);
}

/* ---- judging ---- */

/* The figure of a task of that kind, which names a file. */
static void
read_figure(struct play *p, size_t i, struct buf *figure)
{
	struct buf *name = &p->own.lesson->answers.tasks[i].text;

	if (lesson_task(p->own.lesson->lesson, i)->kind == LESSON_FIGURE &&
	    name->n > 0 &&
	    buf_read_file(figure, buf_cstr(name), LESSON_FIGURE_MAX) != 0)
		buf_clear(figure);
}

/* The pane shows what task I was judged: a try more; an exam shows nothing. */
static void
tell_result(struct play *p, size_t i)
{
	struct play_lesson *s = p->own.lesson;
	bool new = false;

	if (s->exam.seconds > 0)
		return;
	if (answers_tell(&s->answers, (unsigned)i + 1, &s->results[i], &new) !=
	    0)
		play_tell(p, err_text(ERR_NOMEM));
	p->kept.unsaved |= new;
}

/* False: there is no memory for it, and it is tried again later. */
static bool
task_work_judge(struct play *p, size_t i)
{
	struct play_lesson *s = p->own.lesson;
	LOCAL_BUF figure = BUF_INIT;
	struct lesson_answer a = { .text = buf_view(&s->answers.tasks[i].text),
		.hints = s->answers.tasks[i].hints,
		.wrong = s->answers.tasks[i].wrong,
		.predicted = (unsigned)s->asked,
		.predicted_right = (unsigned)s->first_try };
	struct lesson_work w = {
		.lab = s->lab, .runs = s->runs, .nruns = s->nruns
	};

	read_figure(p, i, &figure);
	w.figure = buf_view(&figure);
	w.run = p->src->lab->named;
	w.arg = p->src->lab->arg;
	lesson_result_free(&s->results[i]);
	s->judged[i] = lesson_judge(s->lesson, i, &a, &w, &s->results[i]) == 0;
	if (!s->judged[i]) {
		lesson_result_free(&s->results[i]);
		play_tell(p, err_text(ERR_NOMEM));
	}
	if (s->judged[i])
		tell_result(p, i);
	s->stale[i] = !s->judged[i];
	play_lesson_remake(p);
	return s->judged[i];
}

/* ---- runs that answers name ---- */

/* The run that is the answer to task I is made, unless it is there; true: there
 * is more to do. */
static bool
task_work_make_run(struct play *p, size_t i)
{
	struct play_lesson *s = p->own.lesson;
	const struct play_lab *lab = p->src->lab;
	struct str answer = str_trim(buf_view(&s->answers.tasks[i].text));
	bool more = lesson_task(s->lesson, i)->kind == LESSON_RUN &&
		    answer.n > 0 &&
		    lab->named_more(answer, &s->made_records, lab->arg);

	s->making = more ? i : SIZE_MAX;
	return more;
}

void
play_lesson_take_given(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	struct diag d = DIAG_INIT;

	if (s->lab == NULL || s->lesson == NULL || !lesson_gives(s->lesson))
		return;
	/* Where it can't be told the judge of the task says why. */
	(void)lesson_take_given(s->lesson, s->lab, &d);
	play_lesson_remake(p);
}

bool
play_lesson_work(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	size_t n = s->lesson != NULL ? lesson_count(s->lesson) : 0, i = 0;
	bool more = false;

	if (n == 0)
		return false;
	if (s->lab == NULL) {
		s->lab = p->src->lab->run(&more, p->src->lab->arg);
		play_lesson_take_given(p);
		return more || s->lab != NULL;
	}
	look_at_runs(p);
	look_at_quiz(p);
	while (i < n && !s->stale[i])
		i++;
	return i < n && (task_work_make_run(p, i) || task_work_judge(p, i));
}
