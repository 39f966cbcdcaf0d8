/*
 * Answering the lab's tasks: what a line of the page does.
 */
#include "views/tui/play_lesson_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "lesson/answer_spelling.h"
#include "trace/record_name.h"

#include <stdlib.h>
#include <string.h>

/* Whether answers can be given; if not, says why. */
static bool
play_lesson_may(struct play *p)
{
	if (!play_exam_is_over(p))
		return true;
	play_tell(p, _("the exam is over: answers can't be changed"));
	return false;
}

void
play_lesson_set(struct play *p, size_t i, struct str text)
{
	if (!play_lesson_may(p))
		return;
	if (answers_set(
		&p->own.lesson->answers, (unsigned)i + 1, str_trim(text)) != 0)
		play_tell(p, err_text(ERR_NOMEM));
	play_lesson_judge(p, i);
	play_lesson_remake(p);
	play_hold_renew(p);
	p->kept.unsaved = true;
}

/* ---- words ---- */

/* PATH is the answer to task I, by its path from the root: it is looked for
 * again from elsewhere. */
static void
set_figure(struct play *p, size_t i, const char *path)
{
	char *whole = realpath(path, NULL);

	play_lesson_set(p, i, str_of(whole != NULL ? whole : path));
	free(whole);
}

/* The first task of KIND; SIZE_MAX: the lab has none. */
static size_t
find_task_of(const struct play *p, enum lesson_kind kind)
{
	struct lesson *l = p->own.lesson->lesson;

	for (size_t i = 0; l != NULL && i < lesson_count(l); i++)
		if (lesson_task(l, i)->kind == kind)
			return i;
	return SIZE_MAX;
}

bool
play_lesson_asks_student(struct play *p, enum lesson_kind kind)
{
	return find_task_of(p, kind) != SIZE_MAX && play_student_ask(p);
}

void
play_lesson_figure(struct play *p, const char *path)
{
	size_t i = find_task_of(p, LESSON_FIGURE);

	if (i != SIZE_MAX)
		set_figure(p, i, path);
}

/* TEXT, which was typed for a choice, as its letter; false: it is none. */
static bool
put_letter(const struct lesson_task *t, struct str text, struct buf *letter)
{
	LOCAL_BUF plain = BUF_INIT;
	size_t option = SIZE_MAX;

	if (spelling_plain(text, &plain) == 0)
		option = spelling_option(buf_view(&plain), t->noptions);
	if (option != SIZE_MAX)
		buf_putc(letter, (char)('a' + (int)option));
	return option != SIZE_MAX;
}

/* The typed text is the answer to the open task. */
static bool
typed_answer(struct play *p, struct str text)
{
	size_t i = p->own.lesson->open;
	const struct lesson_task *t;
	LOCAL_BUF answer = BUF_INIT;

	if (i == SIZE_MAX)
		return true;
	t = lesson_task(p->own.lesson->lesson, i);
	if (t->kind == LESSON_CHOICE && str_trim(text).n > 0 &&
	    !put_letter(t, text, &answer)) {
		play_say(p, _("the answer must be a letter from a to %c"),
		    (char)('a' + (int)t->noptions - 1));
		return false;
	}
	if (t->kind != LESSON_CHOICE)
		lesson_find_tidy(t, str_trim(text), &answer);
	if (t->kind == LESSON_FIGURE)
		set_figure(p, i, buf_cstr(&answer));
	else
		play_lesson_set(p, i, buf_view(&answer));
	return true;
}

/* What an answer looks like; of a find also where one is. */
static void
put_help(struct play *p, const struct lesson_task *t)
{
	if (t->kind == LESSON_FIGURE)
		buf_puts(&p->box.hint, _("the file that rung export made, such "
					 "as figure.svg"));
	else
		page_put_example(t, &p->box.hint);
	if (t->asks_record && play_view(p)->seq > 0)
		buf_printf(&p->box.hint, _("; you are at record %llu"),
		    (unsigned long long)play_view(p)->seq);
	if (t->asks_node + t->asks_rule + t->asks_record > 1)
		buf_puts(&p->box.hint, _("; Tab continues"));
	buf_puts(&p->box.hint, _(" · Enter answers, Esc leaves"));
}

/* What there is to begin with: of a find the words that are asked for. */
static void
task_answer_put_form(
    const struct lesson_task *t, struct str answer, struct buf *b)
{
	buf_str(b, answer);
	if (answer.n > 0 || t->kind != LESSON_FIND)
		return;
	buf_puts(b, t->asks_node ? "node= " : "");
	buf_puts(b, t->asks_rule ? "rule= " : "");
	buf_puts(b, t->asks_record ? "record=" : "");
}

static void
ask_answer(struct play *p, size_t i, struct str answer)
{
	const struct lesson_task *t = lesson_task(p->own.lesson->lesson, i);
	LOCAL_BUF label = BUF_INIT, text = BUF_INIT;

	buf_printf(&label, "%u: ", t->number);
	task_answer_put_form(t, answer, &text);
	play_ask(p, buf_cstr(&label), buf_view(&text), typed_answer);
	if (answer.n == 0)
		line_edit_next_word(&p->box.line);
	put_help(p, t);
}

/* ---- several lines ---- */

/* Remarks are no part of it. */
static void
take_edited(struct play *p)
{
	struct str rest = buf_view(&p->edit), line;
	LOCAL_BUF b = BUF_INIT;

	while (rest.n > 0) {
		line = str_trim(str_cut(rest, '\n', &rest));
		if (line.n == 0 || line.p[0] == '#')
			continue;
		buf_str(&b, line);
		buf_putc(&b, '\n');
	}
	if (b.err != 0)
		play_tell(p, err_text(b.err));
	else
		typed_answer(p, buf_view(&b));
}

static void
edit_answer(struct play *p, size_t i)
{
	struct str text = buf_view(&p->own.lesson->answers.tasks[i].text);

	buf_clear(&p->edit);
	buf_puts(&p->edit, _("# one arrow per line: alice -> atl INVITE\n"));
	buf_str(&p->edit, text);
	if (text.n > 0)
		buf_putc(&p->edit, '\n');
	p->edited = take_edited;
	p->wish = WISH_EDIT;
}

/* ---- hints ---- */

static void
chosen_hint(struct play *p, uint64_t task)
{
	struct play_lesson *s = p->own.lesson;

	if (task == 0 || task > LESSON_TASKS_MAX || !play_lesson_may(p))
		return;
	s->answers.tasks[task - 1].hints++;
	s->opened = true;
	play_lesson_judge(p, task - 1);
	play_lesson_remake(p);
	p->kept.unsaved = true;
}

/* Why there is no hint for task I now; NULL: there is one. */
static const char *
why_no_hint(const struct play_lesson *s, size_t i)
{
	size_t n = lesson_task(s->lesson, i)->nhints;

	if (s->judged[i] && s->results[i].verdict == LESSON_GOOD)
		return _("the answer is already right");
	if (s->answers.tasks[i].hints < n)
		return NULL;
	return n == 0 ? _("this task has no hint")
		      : _("there are no more hints");
}

bool
play_lesson_has_hint(const struct play *p)
{
	const struct page_line *line = play_lesson_line(p);

	return line != NULL && line->task != SIZE_MAX &&
	       why_no_hint(p->own.lesson, line->task) == NULL;
}

void
play_lesson_hint(struct play *p)
{
	struct play_lesson *s = p->own.lesson;
	const struct page_line *line = play_lesson_line(p);
	size_t i = line != NULL ? line->task : SIZE_MAX;
	const char *why;

	if (i == SIZE_MAX) {
		play_tell(p, _("choose a task first"));
		return;
	}
	why = why_no_hint(s, i);
	s->open = i;
	play_lesson_remake(p);
	if (why != NULL) {
		play_tell(p, why);
		return;
	}
	chooser_start(
	    &p->box.chooser, _("A hint costs a quarter of the points"));
	chooser_add(&p->box.chooser, str_of(_("think again")), STR_NULL, 0);
	chooser_add(&p->box.chooser, str_of(_("look at it")), STR_NULL, i + 1);
	play_choose(p, chosen_hint);
}

/* ---- where it leads ---- */

/* The branch that shows record SEQ of T: T itself, else one in which that
 * record is the same; SIZE_MAX. */
static size_t
find_branch_of_trace(struct play *p, const struct trace *t, uint64_t seq)
{
	size_t like = SIZE_MAX;

	for (size_t k = 0; k < p->nviews; k++) {
		/* The one that is shown before all others. */
		size_t i = (p->now + k) % p->nviews;
		const struct trace *v = p->views[i].trace;

		if (v == t)
			return i;
		if (like == SIZE_MAX && seq <= trace_count(v) &&
		    seq <= trace_count(t) &&
		    str_eq(trace_line(v, seq), trace_line(t, seq)))
			like = i;
	}
	return like;
}

static void
go_to_record(struct play *p, const struct page_line *l)
{
	const struct play_lesson *s = p->own.lesson;
	const struct lesson_result *r = &s->results[l->task];
	const struct trace *t = r->run == SIZE_MAX  ? s->lab
				: r->run < s->nruns ? s->runs[r->run]
						    : NULL;
	uint64_t seq = l->which < r->nrecords ? r->records[l->which] : 0;
	size_t branch = t != NULL ? find_branch_of_trace(p, t, seq) : SIZE_MAX;

	if (seq == 0 || branch == SIZE_MAX) {
		play_tell(p, _("no branch here contains that record"));
		return;
	}
	if (branch != p->now)
		play_go_branch(p, branch, play_view(p)->seq);
	play_jump_from_pane(p, seq);
}

/* "rung show LAB FILTER", "rung explain LAB RECORD": the text behind the lab
 * into *REST; false: LINE is for the shell alone. */
static bool
read_command(
    const struct play *p, struct str line, struct str *rest, bool *show)
{
	struct str rung = str_cut(line, ' ', rest);
	struct str command = str_cut(str_trim(*rest), ' ', rest);
	struct str lab = str_trim(*rest);
	const char *typed = p->src->lab->typed;
	bool ours = str_starts(lab, typed);

	(void)rung;
	*rest = ours ? str_slice(lab, strlen(typed), lab.n) : STR_NULL;
	ours = ours && str_starts(*rest, " ");
	*rest = str_trim(*rest);
	/* The lab is this student's anyway. */
	if (str_starts(*rest, "--student="))
		(void)str_cut(*rest, ' ', rest);
	*rest = str_trim(*rest);
	*show = str_is(command, "show");
	return ours && rest->n > 0 && rest->p[0] != '-' &&
	       (*show || str_is(command, "explain"));
}

bool
play_lesson_leads(struct play *p, const struct page_line *l)
{
	struct str rest;
	bool show;

	return l->deed != PAGE_CODE ||
	       read_command(p,
		   page_code(&p->own.lesson->page, p->own.lesson->at.cursor),
		   &rest, &show);
}

/* TEXT as the shell would hand it over: a backslash keeps it from a quote. */
static void
set_filter(struct play *p, struct str text)
{
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\\' || i + 1 == text.n ||
		    chr_is_alnum(text.p[i + 1]))
			buf_putc(&b, text.p[i]);
	play_set_filter(p, buf_view(&b));
}

/* The filter is set, the record gone to. */
static void
task_answer_follow_command(struct play *p, struct str line)
{
	struct trace_record_name at;
	struct str rest, word;
	uint64_t seq = 0;
	bool show;

	if (!read_command(p, line, &rest, &show)) {
		play_tell(p, _("type this command in the shell"));
		return;
	}
	word = str_cut(rest, ' ', &line);
	if (trace_record_name_read(&at, word, NULL) == 0 &&
	    str_chr(word, '=') < 0) {
		if (trace_record_name_find(
			play_view(p)->trace, word, &seq, &p->diag) == 0)
			play_jump_from_pane(p, seq);
		else
			play_complain(p, &p->diag);
	} else if (show) {
		set_filter(p, rest);
	}
}

/* What D does counts for the student. */
static bool
deed_counts(enum page_deed d)
{
	return d != PAGE_READ && d != PAGE_TASK && d != PAGE_RECORD &&
	       d != PAGE_CODE;
}

void
play_lesson_follow(struct play *p, const struct page_line *l)
{
	struct play_lesson *s = p->own.lesson;
	const char letter = (char)('a' + (int)l->which);

	if (deed_counts(l->deed) && play_student_ask(p))
		return;
	switch (l->deed) {
	case PAGE_TASK:
		s->opened = s->open != l->task;
		s->open = s->opened ? l->task : SIZE_MAX;
		play_lesson_remake(p);
		break;
	case PAGE_OPTION:
		play_lesson_set(p, l->task, (struct str){ &letter, 1 });
		break;
	case PAGE_WRITE:
	case PAGE_FIGURE:
		if (play_lesson_may(p))
			ask_answer(p, l->task,
			    buf_view(&s->answers.tasks[l->task].text));
		break;
	case PAGE_EDIT:
		if (play_lesson_may(p))
			edit_answer(p, l->task);
		break;
	case PAGE_ARROWS:
		if (play_lesson_may(p))
			play_arrows_begin(p, l->task);
		break;
	case PAGE_PREDICT:
		play_do(p, REQ_PREDICT);
		break;
	case PAGE_ACT:
		p->in_pane = false;
		play_do(p, REQ_ACT);
		break;
	case PAGE_HINT:
		play_lesson_hint(p);
		break;
	case PAGE_RECORD:
		go_to_record(p, l);
		break;
	case PAGE_CODE:
		task_answer_follow_command(
		    p, page_code(&s->page, s->at.cursor));
		break;
	case PAGE_READ:
		break;
	}
}
