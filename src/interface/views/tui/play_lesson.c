/*
 * The lab's pane: the handout with its tasks as a checklist, a cursor in it,
 * and below an open task its question.  The page depends on the answers and
 * what was judged, not on the position.
 */
#include "views/tui/play_lesson_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"

static bool play_lesson_do(struct play *p, enum play_request r);

/* ---- the page ---- */

const struct page_line *
play_lesson_line(const struct play *p)
{
	const struct play_lesson *s = p->own.lesson;

	/* That which is seen, also where it is to be made again. */
	return s->at.cursor < s->page.n ? &s->page.lines[s->at.cursor] : NULL;
}

void
play_lesson_remake(struct play *p)
{
	p->own.lesson->made = false;
}

/* Neither an exam tells anything nor questions without their keys. */
static bool
is_untold(const struct play_lesson *s)
{
	return s->exam.seconds > 0 || lesson_set(s->lesson)[0] != '\0';
}

static void
tasks_pane_make_page(struct play *p, size_t width)
{
	struct play_lesson *s = p->own.lesson;
	int64_t now =
	    s->exam.seconds > 0 ? p->src->lab->clock(p->src->lab->arg) : 0;
	struct page_source from = { .lesson = s->lesson,
		.answers = &s->answers,
		.results = s->results,
		.judged = s->judged,
		.lab = s->lab,
		.runs = s->runs,
		.nruns = s->nruns,
		.predicted = (unsigned)s->asked,
		.predicted_right = (unsigned)s->first_try,
		.open = s->open,
		.held = s->held,
		.script = play_held_by(p) != 0 && s->before == 1
			      ? str_of(p->src->lab->script)
			      : STR_NULL,
		.exam = s->exam.seconds > 0,
		.untold = is_untold(s),
		.closed = s->exam.seconds > 0 && exam_left(&s->exam, now) == 0,
		.width = width };

	memcpy(from.later, s->later, sizeof(from.later));
	page_make(&s->page, &from);
	if (s->page.doc.err != 0) {
		doc_clear(&s->page.doc);
		s->page.n = 0;
		doc_puts(&s->page.doc, STYLE_WARNING, _("out of memory"));
	}
}

/* Where there are no tasks, why. */
static void
make_excuse(struct play *p, size_t width)
{
	struct play_lesson *s = p->own.lesson;
	LOCAL_BUF b = BUF_INIT;

	doc_clear(&s->page.doc);
	s->page.n = 0;
	if (s->why.err != 0)
		diag_write(&s->why, &b);
	else
		buf_puts(&b, _("This lab has no tasks. A check.lua next to its "
			       "lab.lua would contain them; rung labs lists "
			       "the labs."));
	doc_line(&s->page.doc, 0);
	doc_wrap(&s->page.doc, s->why.err != 0 ? STYLE_WARNING : STYLE_DIM,
	    buf_view(&b), 0, width);
}

/* Makes the page for a pane of WIDTH cells, unless it is there already. */
static void
play_lesson_keep(struct play *p, size_t width)
{
	struct play_lesson *s = p->own.lesson;
	struct page_line before = { .task = SIZE_MAX };
	size_t from_top = s->at.cursor - s->at.top;

	if (s->made && s->at.width == width)
		return;
	if (s->at.cursor < s->page.n)
		before = s->page.lines[s->at.cursor];
	if (s->lesson != NULL)
		tasks_pane_make_page(p, width);
	else
		make_excuse(p, width);
	s->made = true;
	s->at.width = width;
	if (s->at.cursor > 0)
		s->at.cursor = page_find(&s->page, &before);
	if (s->opened)
		s->at.cursor = s->page.chosen != SIZE_MAX
				   ? s->page.chosen
				   : page_question(&s->page, s->open);
	s->opened = false;
	s->at.top = s->at.cursor > from_top ? s->at.cursor - from_top : 0;
}

/* Lines of a pane that has room for a task's words and what was said. */
#define LOW_PANE 16

/* How far down TASK, which is open, is shown from: all that there is to choose
 * from counts more than its words, as far as there is room. */
static size_t
last_top_of_question(const struct play_lesson *s, size_t task, size_t h)
{
	size_t first = page_task(&s->page, task), end = first;
	size_t question = page_question(&s->page, task);

	for (size_t i = question; i < s->page.n; i++)
		if (s->page.lines[i].task == task &&
		    s->page.lines[i].deed == PAGE_OPTION)
			end = i + 1;
	if (end <= first + h)
		return first;
	return end - h < question ? end - h : question;
}

/* How far down TASK is shown from at most.  If it has an answer, what was said
 * of the answer counts more than the task's words, but something above the
 * cursor stays. */
static size_t
last_top(const struct play_lesson *s, size_t task, size_t h)
{
	size_t question = page_question(&s->page, task);

	if (h >= LOW_PANE || is_untold(s))
		return last_top_of_question(s, task, h);
	return s->at.cursor > question + h / 3 ? s->at.cursor - h / 3
					       : question;
}

/* What belongs to a task that is open, or that the cursor has come to, is seen,
 * as far as there is room. */
static void
show_task(struct play_lesson *s, size_t h)
{
	size_t task = s->at.cursor < s->page.n
			  ? s->page.lines[s->at.cursor].task
			  : SIZE_MAX;
	size_t first, end, last;

	if (task == SIZE_MAX)
		return;
	first = page_task(&s->page, task);
	if (task != s->open && s->at.cursor != first)
		return;
	for (end = first; end < s->page.n && s->page.lines[end].task == task;)
		end++;
	if (end > s->at.top + h)
		s->at.top = end - h;
	last = task != s->open ? first
	       : s->answers.tasks[task].text.n > 0
		   ? last_top(s, task, h)
		   : last_top_of_question(s, task, h);
	if (s->at.top > last)
		s->at.top = last;
	/* An option with all its lines. */
	end = page_end_of(&s->page, s->at.cursor);
	if (end > s->at.top + h)
		s->at.top = end - h;
}

static void
lesson_extent(struct play *p, const struct grid_area *a, size_t *top,
    size_t *end, size_t *n)
{
	struct play_lesson *s = p->own.lesson;

	*top = *end = *n = 0;
	if (s->in_arrows)
		return;
	play_lesson_keep(p, a->w);
	show_task(s, a->h);
	*n = s->page.doc.nlines;
	request_show(&s->at.top, s->at.cursor, a->h);
	*top = s->at.top;
	*end = *top + a->h < *n ? *top + a->h : *n;
}

static void
draw_lesson(struct play *p, const struct grid_area *a)
{
	struct play_lesson *s = p->own.lesson;
	size_t top, end, n;

	if (s->in_arrows) {
		arrows_draw(&s->arrows, a);
		return;
	}
	lesson_extent(p, a, &top, &end, &n);
	doc_draw(&s->page.doc, a, top, 0,
	    p->in_pane && p->pane == PANE_LAB ? s->at.cursor : SIZE_MAX);
}

/* ---- made, freed, kept ---- */

static bool
lesson_leads(struct play *p)
{
	const struct page_line *line = play_lesson_line(p);

	return line != NULL && line->deed != PAGE_READ;
}

static void
load_lesson(struct play *p)
{
	struct play_lesson *s = p->own.lesson;

	s->why = DIAG_INIT;
	s->lesson = p->src->lab != NULL
			? p->src->lab->lesson(&s->why, p->src->lab->arg)
			: NULL;
	play_lesson_take_given(p);
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		play_lesson_judge(p, i);
	play_lesson_remake(p);
}

static int
open_lesson(struct play *p)
{
	struct play_lesson *s = mem_zalloc(1, sizeof(*s));

	p->own.lesson = s;
	if (s == NULL)
		return ERR_NOMEM;
	s->answers = ANSWERS_INIT;
	s->open = s->making = SIZE_MAX;
	load_lesson(p);
	if (p->src->lab == NULL)
		return 0;
	s->answers.lab = mem_strdup(p->src->lab->name);
	s->answers.student = mem_strdup(p->src->lab->student);
	play_hold_begin(p);
	return s->answers.lab != NULL && s->answers.student != NULL ? 0
								    : ERR_NOMEM;
}

static void
lesson_done(struct play *p)
{
	struct play_lesson *s = p->own.lesson;

	if (s == NULL)
		return;
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		lesson_result_free(&s->results[i]);
	answers_free(&s->answers);
	page_free(&s->page);
	buf_free(&s->tip);
	arrows_free(&s->arrows);
	mem_free(s);
}

/* A run that goes is looked at no more. */
static void
forget_run(struct play *p, const struct trace *t)
{
	struct play_lesson *s = p->own.lesson;

	for (size_t i = 0; i < s->nruns; i++)
		if (s->runs[i] == t || s->before > 0)
			s->nruns = 0;
	if (s->nruns == 0)
		play_lesson_remake(p);
}

void
play_lesson_put(struct play *p, struct buf *b)
{
	kept_lesson_put(&p->own.lesson->answers, &p->own.lesson->exam, b);
}

void
play_lesson_take_up(struct play *p, struct json_value kept)
{
	struct play_lesson *s = p->own.lesson;
	struct answers a;

	if (p->src->lab == NULL || kept.type != JSON_OBJECT)
		return;
	/* Answers are of the lab as one student has it. */
	if (kept_lesson_read(kept, &a, &s->exam) == 0 &&
	    (a.student == NULL || strcmp(a.student, p->src->lab->student) == 0))
		for (unsigned i = 0; i < LESSON_TASKS_MAX; i++) {
			answers_set(
			    &s->answers, i + 1, buf_view(&a.tasks[i].text));
			answer_take_help(&s->answers.tasks[i], &a.tasks[i]);
			play_lesson_judge(p, i);
		}
	answers_free(&a);
	play_lesson_remake(p);
}

static enum play_place
lesson_place(const struct play *p)
{
	return p->own.lesson->in_arrows ? PLACE_ARROWS : PLACE_LAB;
}

static bool
tasks_pane_has_lab(struct play *p)
{
	return p->src->lab != NULL;
}

const struct play_pane_ops play_lesson_pane = { .pane = &pane_lab,
	.there = tasks_pane_has_lab,
	.open = open_lesson,
	.done = lesson_done,
	.work = play_lesson_work,
	.anew = load_lesson,
	.forget = forget_run,
	.place = lesson_place,
	.extent = lesson_extent,
	.draw = draw_lesson,
	.request = play_lesson_do,
	.leads = lesson_leads };

/* ---- drawing a ladder by choosing arrows, over the whole screen ---- */

void
play_arrows_begin(struct play *p, size_t task)
{
	struct play_lesson *s = p->own.lesson;

	if (s->lab == NULL) {
		play_tell(p, _("the lab's run is not complete yet"));
		return;
	}
	arrows_free(&s->arrows);
	if (arrows_begin(&s->arrows, s->lab,
		buf_view(&s->answers.tasks[task].text)) != 0) {
		play_tell(p, err_text(ERR_NOMEM));
		return;
	}
	s->open = task;
	s->whole = p->pane_whole;
	p->pane_whole = s->in_arrows = true;
}

static void
end_arrows(struct play *p)
{
	struct play_lesson *s = p->own.lesson;

	s->in_arrows = false;
	p->pane_whole = s->whole;
	play_lesson_set(p, s->open, buf_view(&s->arrows.text));
	arrows_free(&s->arrows);
}

bool
play_arrows_do(struct play *p, enum play_request r)
{
	/* The requests are in the order of these. */
	unsigned key = r - REQ_ARROW_DOWN;

	if (r == REQ_ARROW_CLOSE)
		end_arrows(p);
	else if (key > ARROWS_EARLIER)
		return false;
	else if (arrows_press(&p->own.lesson->arrows, key) != 0)
		play_tell(p, err_text(ERR_NOMEM));
	return true;
}

/* ---- requests ---- */

/* To the line below, or above; from one that does something, and goes on in
 * lines below it, to the next thing there is. */
static void
move_line(struct play_lesson *s, int by)
{
	size_t at = s->at.cursor;

	if (by > 0)
		at = page_end_of(&s->page, at);
	else if (at > 0)
		at = page_start_of(&s->page, at - 1);
	if (at < s->page.n)
		s->at.cursor = at;
}

/*
 * What a request does in the pane: Up and Down choose, Enter opens and answers;
 * letters and digits are keys as elsewhere, until a line is open to be typed
 * on.
 */
static bool
play_lesson_do(struct play *p, enum play_request r)
{
	struct play_lesson *s = p->own.lesson;
	const struct page_line *line;

	if (s->in_arrows)
		return play_arrows_do(p, r);
	/* Several keys may come between two pictures. */
	play_lesson_keep(p, s->at.width);
	line = play_lesson_line(p);
	if (s->page.n > 0 && (r == REQ_TASK_DOWN || r == REQ_TASK_UP)) {
		move_line(s, r == REQ_TASK_DOWN ? 1 : -1);
		return true;
	}
	if (request_move(
		r, play_pane_page(p), s->page.doc.nlines, &s->at.cursor))
		return true;
	switch (r) {
	case REQ_TASK_NEXT:
	case REQ_TASK_BACK:
		s->at.cursor = page_next_task(
		    &s->page, s->at.cursor, r == REQ_TASK_NEXT ? 1 : -1);
		return true;
	case REQ_TASK_HINT:
		if (!play_student_ask(p))
			play_lesson_hint(p);
		return true;
	case REQ_TASK_OPEN:
		if (line != NULL)
			play_lesson_follow(p, line);
		return true;
	default:
		return false;
	}
}

/* ---- the mouse, and what Enter does ---- */

bool
play_lesson_mouse(struct play *p, size_t y)
{
	struct play_lesson *s = p->own.lesson;
	size_t line = s->at.top + y;

	if (p->pane != PANE_LAB || s->in_arrows || line >= s->page.n)
		return false;
	s->at.cursor = line;
	play_do(p, REQ_TASK_OPEN);
	return true;
}

/* A word for what Enter does on each kind of line. */
static const char *const deeds[] = {
	[PAGE_READ] = NULL,
	[PAGE_TASK] = N_("open"),
	[PAGE_OPTION] = N_("choose"),
	[PAGE_WRITE] = N_("write"),
	[PAGE_EDIT] = N_("write"),
	[PAGE_ARROWS] = N_("draw"),
	[PAGE_PREDICT] = N_("predict"),
	[PAGE_ACT] = N_("action"),
	[PAGE_FIGURE] = N_("write"),
	[PAGE_HINT] = N_("hint"),
	[PAGE_RECORD] = N_("go there"),
	[PAGE_CODE] = N_("go there"),
};

const char *
play_lesson_deed(struct play *p)
{
	const struct page_line *line = play_lesson_line(p);

	return line != NULL && play_lesson_leads(p, line) ? deeds[line->deed]
							  : NULL;
}
