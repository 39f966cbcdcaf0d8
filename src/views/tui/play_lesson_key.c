/*
 * Keys in the lab's pane: what a request does there, arrows that are chosen
 * for a ladder, and what is typed, which begins the answer of the task that
 * the cursor is in.
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
	p->pane_whole = p->in_arrows = true;
}

static void
end_arrows(struct play *p)
{
	struct play_lesson *s = p->lesson;

	p->in_arrows = false;
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

bool
play_lesson_do(struct play *p, enum play_request r)
{
	struct play_lesson *s = p->lesson;
	const struct page_line *line;

	if (p->in_arrows)
		return play_arrows_do(p, r);
	/* Several keys may come between two pictures. */
	play_lesson_keep(p, s->at.width);
	line = play_lesson_line(p);
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

/* ---- what is typed ---- */

/* The task that the cursor is in; NULL. */
static const struct lesson_task *
task_here(struct play *p, const struct page_line **line)
{
	*line = play_lesson_line(p);
	return *line != NULL && (*line)->task != SIZE_MAX
		   ? lesson_task(p->lesson->lesson, (*line)->task)
		   : NULL;
}

static bool
is_letter(uint32_t ch)
{
	return ch >= 0x80 || (ch < 0x80 && chr_is_alnum((char)ch));
}

/* What the pane needs where nothing is asked for yet. */
static bool
is_needed(struct key key)
{
	enum play_request r = request_of_key(PLACE_LAB, key);

	return r == REQ_ZOOM || r == REQ_QUIT ||
	       (r != REQ_NONE && play_requests[r].place == PLACE_LAB);
}

/* The option of T that a letter stands for; H, which is a hint's, for none. */
static size_t
option_of(const struct lesson_task *t, uint32_t ch)
{
	size_t i = ch < 0x80 && ch != 'H' ? (size_t)(chr_lower((char)ch) - 'a')
					  : SIZE_MAX;

	return i < t->noptions ? i : SIZE_MAX;
}

bool
play_lesson_takes(struct play *p, struct key key)
{
	const struct page_line *line;
	const struct lesson_task *t;

	key = key_plain(key);
	if (play_where(p) != PLACE_LAB || key.name != KEY_IS_NONE ||
	    (t = task_here(p, &line)) == NULL)
		return false;
	switch (t->kind) {
	case LESSON_CHOICE:
		return option_of(t, key.ch) != SIZE_MAX;
	case LESSON_NUMBER:
	case LESSON_TIME:
		return key.ch == '.' || key.ch == '-' ||
		       (key.ch < 0x80 && chr_is_digit((char)key.ch));
	case LESSON_TEXT:
	case LESSON_RUN:
	case LESSON_FIND:
		return is_letter(key.ch) &&
		       (line->deed == PAGE_WRITE || !is_needed(key));
	default:
		return false;
	}
}

void
play_lesson_put_typed(struct play *p, struct buf *b)
{
	const struct page_line *line;
	const struct lesson_task *t;

	if (play_where(p) != PLACE_LAB || (t = task_here(p, &line)) == NULL)
		return;
	if (t->kind == LESSON_CHOICE && line->task == p->lesson->open)
		buf_printf(b, "a-%c", (int)('a' + t->noptions - 1));
	else if (t->kind == LESSON_NUMBER || t->kind == LESSON_TIME)
		buf_puts(b, "0-9");
	else if (play_lesson_takes(p, KEY_CHAR('0')))
		buf_puts(b, "a-z");
}

/* A letter opens a choice, and is the answer of one that is open. */
static void
type_letter(struct play *p, const struct page_line *line, size_t option)
{
	struct page_line chosen = {
		.deed = PAGE_OPTION, .task = line->task, .which = option
	};

	if (line->task != p->lesson->open)
		chosen.deed = PAGE_TASK;
	play_lesson_follow(p, &chosen);
}

bool
play_lesson_key(struct play *p, struct key key)
{
	const struct page_line *line;
	const struct lesson_task *t;

	if (play_where(p) != PLACE_LAB)
		return false;
	play_lesson_keep(p, p->lesson->at.width);
	if (!play_lesson_takes(p, key))
		return false;
	t = task_here(p, &line);
	if (t->kind == LESSON_CHOICE)
		type_letter(p, line, option_of(t, key_plain(key).ch));
	else
		play_lesson_type(p, line->task, key);
	p->unsaved = true;
	return true;
}

bool
play_lesson_mouse(struct play *p, size_t y)
{
	struct play_lesson *s = p->lesson;
	size_t line = s->at.top + y;

	if (p->pane != PANE_LAB || p->in_arrows || line >= s->page.n)
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
	[PAGE_PICK] = NULL,
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
