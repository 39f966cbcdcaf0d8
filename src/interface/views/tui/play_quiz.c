/*
 * Predicting: a question before each message, in a pane of its own beside the
 * ladder as far as it has come.
 */
#include "views/tui/play_panes.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "quiz/quiz.h"

struct play_quiz {
	struct quiz asked;
	/* Of a question about a message: which one, and the number of it. */
	uint64_t about;
	size_t nth;
	struct quiz_state state;
	struct quiz_score score;
};

struct quiz_score *
play_quiz_score(struct play *p)
{
	return &p->own.quiz->score;
}

static void
summarize(struct play *p)
{
	struct doc *d = &p->box.text.doc;

	p->predicting = false;
	if (p->own.quiz->score.n == 0)
		return;
	doc_clear(d);
	quiz_score_summary(play_view(p)->trace, &p->own.quiz->score,
	    p->drawn.width > 70 ? 64 : p->drawn.width - 6, d);
	play_show(p, _("Results"));
}

/* The question that was made, as ERR says, is asked; there is none behind the
 * last. */
static void
quiz_pane_begin_question(struct play *p, int err)
{
	if (err == ERR_NOTFOUND) {
		summarize(p);
		return;
	}
	if (err != 0) {
		p->predicting = false;
		play_tell(p, err_text(err));
		return;
	}
	play_seek(p, p->own.quiz->asked.at);
	quiz_start(&p->own.quiz->state, p->o.present);
}

/* The question about the message after the position. */
static void
ask_question(struct play *p)
{
	struct play_view *v = play_view(p);

	quiz_free(&p->own.quiz->asked);
	quiz_pane_begin_question(
	    p, quiz_make(v->trace, v->seq, &p->own.quiz->asked));
}

/* The one behind that which is done with. */
static void
ask_following(struct play *p)
{
	struct play_quiz *z = p->own.quiz;
	struct quiz following;
	int err =
	    quiz_make_following(&z->asked, &z->score, &following, &z->nth);

	z->about = z->asked.next;
	quiz_free(&z->asked);
	z->asked = following;
	play_seek(p, z->about);
	quiz_pane_begin_question(p, err);
}

void
play_predict(struct play *p)
{
	if (play_lesson_asks_student(p, LESSON_PREDICT))
		return;
	p->predicting = true;
	p->playing = p->in_pane = p->pane_whole = false;
	p->beside = SIZE_MAX;
	ask_question(p);
}

/* Makes the present question's translated words again. */
static void
quiz_anew(struct play *p)
{
	struct play_quiz *z = p->own.quiz;

	if (!p->predicting || z->asked.fact == NULL)
		return;
	quiz_free(&z->asked);
	if (quiz_make_fact(play_view(p)->trace, z->about, z->nth, &z->asked) !=
	    0)
		p->predicting = false;
}

static void
press_quiz_key(struct play *p, unsigned key)
{
	enum quiz_result result = quiz_press(
	    &p->own.quiz->asked, &p->own.quiz->state, key, &p->own.quiz->score);

	if (result == QUIZ_NOMEM)
		play_tell(p, err_text(ERR_NOMEM));
	if (result == QUIZ_STEP)
		ask_following(p);
}

static bool
quiz_do(struct play *p, enum play_request r)
{
	/* From REQ_QUIZ_DOWN on. */
	static const enum quiz_key keys[] = { QUIZ_DOWN, QUIZ_UP, QUIZ_ENTER,
		QUIZ_BACK, QUIZ_MODE, QUIZ_SHOW };

	if (r == REQ_QUIZ_CLOSE)
		summarize(p);
	else if (r >= REQ_QUIZ_DOWN && r <= REQ_QUIZ_SHOW)
		press_quiz_key(p, keys[r - REQ_QUIZ_DOWN]);
	else
		return false;
	return true;
}

void
play_quiz_key(struct play *p, struct key key)
{
	key = key_plain(key);
	if (key.name == KEY_IS_NONE && key.ch >= '1' && key.ch <= '9')
		press_quiz_key(p, QUIZ_DIGIT + (key.ch - '0'));
}

static void
quiz_pane_draw(struct play *p, const struct grid_area *a)
{
	LOCAL_BUF choose = BUF_INIT, enter = BUF_INIT, mode = BUF_INIT,
		  show = BUF_INIT;
	struct quiz_keys keys;

	key_put(KEY_OF(UP), p->o.ascii, &choose);
	if (p->o.ascii)
		buf_putc(&choose, ' ');
	key_put(KEY_OF(DOWN), p->o.ascii, &choose);
	request_put_key(REQ_QUIZ_ANSWER, p->o.ascii, &enter);
	request_put_key(REQ_QUIZ_MODE, p->o.ascii, &mode);
	request_put_key(REQ_QUIZ_SHOW, p->o.ascii, &show);
	keys = (struct quiz_keys){ buf_cstr(&choose), buf_cstr(&enter),
		buf_cstr(&mode), buf_cstr(&show) };
	quiz_draw(&p->own.quiz->asked, &p->own.quiz->state, &p->own.quiz->score,
	    &keys, a);
}

static void
forget_quiz(struct play *p, const struct trace *t)
{
	if (p->own.quiz->asked.trace == t) {
		quiz_free(&p->own.quiz->asked);
		p->predicting = false;
	}
}

static int
open_quiz(struct play *p)
{
	p->own.quiz = mem_zalloc(1, sizeof(*p->own.quiz));
	return p->own.quiz != NULL ? 0 : ERR_NOMEM;
}

static void
quiz_done(struct play *p)
{
	if (p->own.quiz == NULL)
		return;
	quiz_free(&p->own.quiz->asked);
	quiz_score_free(&p->own.quiz->score);
	mem_free(p->own.quiz);
}

const struct play_pane_ops play_quiz_pane = { .pane = &pane_quiz,
	.open = open_quiz,
	.done = quiz_done,
	.anew = quiz_anew,
	.forget = forget_quiz,
	.draw = quiz_pane_draw,
	.request = quiz_do };
