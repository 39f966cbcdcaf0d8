/* Judges one student's work. */
#include "grade/mark.h"

#include "base/err.h"
#include "grade/other_rung.h"

#include <string.h>

/* Task I.  A check of this version may fail on the run of another; then the
 * lab as it is now decides. */
static int
judge_task(struct mark *m, const struct work *w, size_t i,
    const struct lesson_work *lw)
{
	struct lesson_answer a = {
		.text = buf_view(&w->answers.tasks[i].text),
		.hints = w->answers.tasks[i].hints,
		.wrong = w->answers.tasks[i].wrong,
		.predicted = m->predicted.made,
		.predicted_right = m->predicted.right,
	};
	struct lesson_work here = *lw;
	int err = lesson_judge(m->lesson, i, &a, lw, &m->results[i]);

	if (err == 0 && m->results[i].verdict == LESSON_FAULTY &&
	    m->here != NULL) {
		lesson_result_free(&m->results[i]);
		here.lab = m->here;
		err = lesson_judge(m->lesson, i, &a, &here, &m->results[i]);
	}
	return err == 0 ? other_rung_say(
			      m, w, lesson_task(m->lesson, i), &m->results[i])
			: err;
}

/* The student's runs are of the lab as the student has it. */
static int
judge_tasks(struct mark *m, const struct work *w)
{
	const struct trace *runs[1 + WORK_RUNS_MAX] = { m->trace };
	struct lesson_work lw = { .lab = m->trace,
		.runs = runs + 1,
		.figure = buf_view(&w->figure),
		.run = named_run,
		.arg = &m->named,
		.processes = w->processes };
	int err;

	for (size_t i = 0; i < w->nruns; i++)
		if (w->runs[i].trace != NULL)
			runs[1 + lw.nruns++] = w->runs[i].trace;
	err = quiz_text_again(buf_view(&w->answers.predictions), runs,
	    1 + lw.nruns, &m->predicted);
	for (size_t i = 0; err == 0 && i < lesson_count(m->lesson); i++) {
		err = judge_task(m, w, i, &lw);
		m->n = i + 1;
		m->points += m->results[i].points;
	}
	return err;
}

int
mark_work(struct mark *m, struct work *w, const char *student, struct diag *d)
{
	int err;

	*m = MARK_INIT;
	if (student == NULL)
		student = w->answers.student != NULL ? w->answers.student : "";
	err = lesson_load(&m->lesson, w->lab, student, d);
	if (err == 0)
		err = lesson_name_commands(m->lesson, work_copy_of(w, student));
	if (err == 0)
		err = variant_make(&m->variant, m->lesson, d);
	if (err == 0 && student[0] == '\0')
		err = rerun_try_varied(m->lesson, w->lab, d);
	if (err == 0)
		err = rerun_file(w->lab, &m->variant, &m->trace, NULL, d);
	if (err == 0)
		err = lesson_take_given(m->lesson, m->trace, d);
	if (err == 0 && work_is_of_other_rung(w))
		err = other_rung_find_lab(m, w);
	if (err == 0)
		err = work_run(w, &m->variant);
	if (err == 0) {
		m->of = lesson_points(m->lesson);
		err = judge_tasks(m, w);
	}
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

void
mark_free(struct mark *m)
{
	for (size_t i = 0; i < m->n; i++)
		lesson_result_free(&m->results[i]);
	named_runs_free(&m->named);
	variant_free(&m->variant);
	trace_destroy(m->trace);
	trace_destroy(m->here);
	lesson_destroy(m->lesson);
	*m = MARK_INIT;
}
