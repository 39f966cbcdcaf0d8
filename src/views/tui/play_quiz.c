/*
 * Predicting: a question before each message, in a pane of its own beside the
 * ladder as far as it has come.
 */
#include "views/tui/play.h"

#include "base/err.h"
#include "base/i18n.h"

static void
summarize(struct play *p)
{
	struct doc *d = &p->over_text.doc;

	p->predicting = false;
	if (p->score.n == 0)
		return;
	doc_clear(d);
	quiz_score_summary(play_view(p)->trace, &p->score,
	    p->width > 70 ? 64 : p->width - 6, d);
	play_show(p, _("How it went"));
}

/* The question about what comes after the position. */
static void
ask(struct play *p)
{
	struct play_view *v = play_view(p);
	int err;

	quiz_free(&p->quiz);
	err = quiz_make(v->trace, v->seq, &p->quiz);
	if (err == ERR_NOTFOUND) {
		summarize(p);
		return;
	}
	if (err != 0) {
		p->predicting = false;
		play_say(p, "%s", err_text(err));
		return;
	}
	play_seek(p, p->quiz.at);
	quiz_start(&p->quiz_state, p->o.present);
}

void
play_predict(struct play *p, int by)
{
	(void)by;
	p->predicting = true;
	p->playing = p->in_pane = p->pane_whole = false;
	p->beside = SIZE_MAX;
	ask(p);
}

static void
press(struct play *p, unsigned key)
{
	enum quiz_result result =
	    quiz_press(&p->quiz, &p->quiz_state, key, &p->score);

	if (result == QUIZ_NOMEM)
		play_say(p, "%s", err_text(ERR_NOMEM));
	if (result != QUIZ_STEP)
		return;
	play_seek(p, p->quiz.next);
	ask(p);
}

bool
play_quiz_do(struct play *p, enum play_request r)
{
	static const struct {
		enum play_request request;
		enum quiz_key key;
	} rows[] = {
		{ REQ_QUIZ_DOWN, QUIZ_DOWN },
		{ REQ_QUIZ_UP, QUIZ_UP },
		{ REQ_QUIZ_ANSWER, QUIZ_ENTER },
		{ REQ_QUIZ_BACK, QUIZ_BACK },
		{ REQ_QUIZ_MODE, QUIZ_MODE },
		{ REQ_QUIZ_SHOW, QUIZ_SHOW },
	};

	if (r == REQ_QUIZ_CLOSE) {
		summarize(p);
		return true;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].request == r) {
			press(p, rows[i].key);
			return true;
		}
	return false;
}

void
play_quiz_key(struct play *p, struct key key)
{
	key = key_plain(key);
	if (key.name == KEY_IS_NONE && key.ch >= '1' && key.ch <= '9')
		press(p, QUIZ_DIGIT + (key.ch - '0'));
}

void
play_quiz_draw(struct play *p, const struct grid_area *a)
{
	struct buf choose = BUF_INIT, enter = BUF_INIT, mode = BUF_INIT,
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
	quiz_draw(&p->quiz, &p->quiz_state, &p->score, &keys, a);
	buf_free(&choose);
	buf_free(&enter);
	buf_free(&mode);
	buf_free(&show);
}
