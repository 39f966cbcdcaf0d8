/*
 * Judging the lab's tasks: one at a time, and only those of which something has
 * changed.  What counts are the branches that have come to their end, since a
 * condition may hold at the beginning of every run.  And what the tasks of a
 * student's copy hold: runs are seen up to where an open one asks what comes.
 */
#include "views/tui/play_lesson_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "lesson/prediction_hold.h"
#include "quiz/quiz.h"

#include <string.h>

/* ---- predict, then look ---- */

static bool
holds_runs(const struct play *p)
{
	return p->src->lab != NULL && p->src->lab->holds &&
	       p->src->hold != NULL && p->own.lesson->lesson != NULL;
}

unsigned
play_held_by(const struct play *p)
{
	return p->own.lesson != NULL ? p->own.lesson->held : 0;
}

static void
hold_before(struct play *p, uint64_t before)
{
	struct play_lesson *s = p->own.lesson;
	struct diag d = DIAG_INIT;

	if (before <= s->before)
		return;
	s->before = before;
	if (p->src->hold(before, &d, p->src->arg) != 0)
		play_complain(p, &d);
}

/* LAB is one of rung's, not a copy. */
static bool
is_shipped(const struct play_lab *lab)
{
	return !lab->holds && strcmp(lab->typed, lab->name) == 0;
}

void
play_hold_begin(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	const struct play_lab *lab = p->src->lab;

	if (holds_runs(p))
		hold_before(p, 1);
	else if (p->src->hold != NULL && is_shipped(lab) && s->lesson != NULL &&
		 lab->exam_seconds == 0 &&
		 prediction_hold_is_any_open(s->lesson, &s->answers))
		buf_printf(&s->tip,
		    _("To be asked first: rung copy %s mine --student=NUMBER, "
		      "then rung play mine."),
		    lab->name);
}

const char *
play_hold_tip(const struct play *p)
{
	return p->own.lesson->tip.n > 0 ? buf_cstr(&p->own.lesson->tip) : NULL;
}

/* A line of answers.txt is an answer as well. */
static struct answers
all_answers(const struct play *p)
{
	struct answers a = p->own.lesson->answers;
	const struct answers *written = p->src->lab->written;

	for (size_t i = 0; written != NULL && i < LESSON_TASKS_MAX; i++)
		a.tasks[i].taught |=
		    str_trim(buf_view(&written->tasks[i].text)).n > 0;
	return a;
}

/* False: no task can hold a run. */
static bool
find_holds(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	struct diag why = DIAG_INIT;

	if (!s->found &&
	    prediction_hold_find(s->lesson, s->lab, s->from, &why) != 0)
		why.err = ERR_NOMEM;
	s->found = true;
	if (why.err != 0)
		play_say(p, _("the tasks can't ask first: %s"),
		    why.err == ERR_NOMEM ? err_text(ERR_NOMEM) : why.text);
	return why.err == 0;
}

void
play_hold_renew(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	struct answers a;
	struct prediction_hold h;

	if (!holds_runs(p) || s->lab == NULL || s->before == UINT64_MAX)
		return;
	if (!find_holds(p)) {
		s->held = 0;
		hold_before(p, UINT64_MAX);
		return;
	}
	a = all_answers(p);
	h = prediction_hold_of(s->lesson, &a, s->from, trace_count(s->lab));
	s->held = p->src->lab->own ? h.own : h.others;
	for (size_t i = 0; i < lesson_count(s->lesson); i++)
		s->later[i] =
		    p->src->lab->own && prediction_hold_hides(&h, s->lesson, i,
					    s->from, trace_count(s->lab));
	play_lesson_remake(p);
	if (s->held == 0)
		hold_before(p, UINT64_MAX);
	else if (p->src->lab->own)
		hold_before(p, h.before);
	/* Where nothing is seen yet, the tasks say what it is about. */
	if (s->held != 0 && s->before == 1 && p->pane == PANE_MESSAGE)
		p->pane = PANE_LAB;
}

bool
play_hold_put(const struct play *p, struct buf *b)
{
	LOCAL_BUF answers = BUF_INIT, looks = BUF_INIT;

	if (play_held_by(p) == 0)
		return false;
	request_put_key(REQ_HOLD_ANSWER, p->o.ascii, &answers);
	request_put_key(REQ_HOLD_LOOK, p->o.ascii, &looks);
	/* TRANSLATORS: keys: "t answers it, L looks first" */
	buf_printf(b,
	    p->src->lab->own ? _("Task %u asks what happens now. %s answers "
				 "it, %s looks first.")
			     : _("Task %u asks about such a run. %s answers "
				 "it, %s looks first."),
	    play_held_by(p), buf_cstr(&answers), buf_cstr(&looks));
	return true;
}

bool
play_hold_say(struct play *p)
{
	LOCAL_BUF b = BUF_INIT;

	if (!play_hold_put(p, &b))
		return false;
	play_tell(p, buf_cstr(&b));
	return true;
}

/* Nothing is held; says so. */
static bool
is_free(struct play *p)
{
	if (play_held_by(p) == 0)
		play_tell(p, _("no task asks first here"));
	return play_held_by(p) == 0;
}

void
play_hold_answer(struct play *p)
{
	struct play_lesson *s = p->own.lesson;

	if (is_free(p))
		return;
	for (size_t i = 0; i < lesson_count(s->lesson); i++)
		if (lesson_task(s->lesson, i)->number == s->held)
			s->open = i;
	s->opened = true;
	p->pane = PANE_LAB;
	p->in_pane = true;
	play_lesson_remake(p);
}

static void
chosen_look(struct play *p, uint64_t yes)
{
	struct play_lesson *s = p->own.lesson;
	struct answers a = all_answers(p);

	if (yes == 0 || !prediction_hold_look(s->lesson, &a, s->from,
			    trace_count(s->lab), p->src->lab->own))
		return;
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		s->answers.tasks[i].looked = a.tasks[i].looked;
	p->kept.unsaved = true;
	play_hold_renew(p);
}

void
play_hold_look(struct play *p)
{
	if (is_free(p))
		return;
	chooser_start(&p->box.chooser, _("Looking first is noted"));
	chooser_add(&p->box.chooser, str_of(_("think first")), STR_NULL, 0);
	chooser_add(&p->box.chooser, str_of(_("look")), STR_NULL, 1);
	play_choose(p, chosen_look);
}

/* ---- to be judged ---- */

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
		/* The part behind a hold counts as well. */
		const struct trace *run = p->src->whole != NULL
					      ? p->src->whole(i, p->src->keeper)
					      : p->views[i].trace;
		uint64_t count = trace_count(run);

		if (!p->views[i].done)
			continue;
		same &=
		    n < s->nruns && s->runs[n] == run && s->counts[n] == count;
		s->runs[n] = run;
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
	play_hold_renew(p);
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
		play_hold_renew(p);
		/* A lab that has no run of its own asks nothing of it. */
		if (s->lab == NULL && !more && holds_runs(p))
			hold_before(p, UINT64_MAX);
		return more || s->lab != NULL;
	}
	look_at_runs(p);
	look_at_quiz(p);
	while (i < n && !s->stale[i])
		i++;
	return i < n && (task_work_make_run(p, i) || task_work_judge(p, i));
}
