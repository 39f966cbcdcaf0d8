/*
 * Keys in the lab's pane: what a request does there, and arrows that are chosen
 * for a ladder.  Up and Down choose, Enter opens and answers; letters and
 * digits are keys as elsewhere, until a line is open to be typed on.
 */
#include "views/tui/play_lesson_in.h"

#include "base/err.h"
#include "base/i18n.h"

/* ---- drawing a ladder by choosing arrows, over the whole screen ---- */

void
play_arrows_begin(struct play *p, size_t task)
{
	struct play_lesson *s = p->lesson;

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
	struct play_lesson *s = p->lesson;

	s->in_arrows = false;
	p->pane_whole = s->whole;
	play_lesson_set(p, s->open, buf_view(&s->arrows.text));
	arrows_free(&s->arrows);
}

bool
play_arrows_do(struct play *p, enum play_request r)
{
	/* The requests stand in the order of these. */
	unsigned key = r - REQ_ARROW_DOWN;

	if (r == REQ_ARROW_CLOSE)
		end_arrows(p);
	else if (key > ARROWS_EARLIER)
		return false;
	else if (arrows_press(&p->lesson->arrows, key) != 0)
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

bool
play_lesson_do(struct play *p, enum play_request r)
{
	struct play_lesson *s = p->lesson;
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
	struct play_lesson *s = p->lesson;
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
	[PAGE_ACT] = N_("act"),
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
