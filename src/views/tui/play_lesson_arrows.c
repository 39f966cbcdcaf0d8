/* Drawing a ladder for a task by choosing arrows, in the pane over the whole
 * screen. */
#include "views/tui/play_lesson.h"

#include "base/err.h"
#include "base/i18n.h"

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
