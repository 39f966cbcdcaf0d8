/* Predictions: questions about messages, verdicts on answers, further
 * questions, and the summary of all. */
#include "engine/engine_in.h"

#include "base/err.h"
#include "draw/doc.h"
#include "quiz/quiz.h"
#include "text/json.h"

static size_t
engine_quiz_width_of(const struct engine_question *from)
{
	return from->width > 0 ? from->width : 80;
}

/* The question to *Q, to be freed in any case. */
static int
make_quiz(const struct engine *e, const struct engine_question *from,
    struct quiz *q, struct diag *d)
{
	const struct trace *t = engine_trace(e, from->branch, from->seq, d);
	int err;

	*q = (struct quiz){ .trace = NULL };
	if (t == NULL)
		return d->err;
	err = from->asks == ENGINE_NEXT
		  ? quiz_make(t, from->seq, q)
		  : quiz_make_fact(t, from->seq, from->nth, q);
	if (err == ERR_NOTFOUND)
		return diag_set(
		    d, err, NULL, 0, _("there is no such question here"));
	return err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
}

/* What WORK, which may be NULL, has of predictions. */
static int
read_score(
    const struct engine_work *work, struct quiz_score *score, struct diag *d)
{
	*score = QUIZ_SCORE_INIT;
	if (work != NULL && quiz_score_read_text(score,
				buf_view(&work->answers.predictions)) != 0)
		return diag_fail(d, ERR_NOMEM);
	return 0;
}

/* ---- asking ---- */

/* DOC as a text, and DOC is freed. */
static void
engine_quiz_put_doc(struct buf *out, const char *key, struct doc *doc)
{
	LOCAL_BUF text = BUF_INIT;

	if (doc->err != 0 || doc_write(doc, &text) != 0)
		out->err = ERR_NOMEM;
	json_put_field(out, key, buf_view(&text));
	doc_free(doc);
}

static void
engine_quiz_put_option(struct buf *out, const struct quiz *q, size_t i)
{
	LOCAL_BUF text = BUF_INIT;

	quiz_put_option(&text, q, i);
	json_put_item(out);
	json_put_str(out, buf_view(&text));
	if (text.err != 0)
		out->err = text.err;
}

static void
engine_quiz_put(const struct quiz *q, size_t width, struct buf *out)
{
	struct doc context = DOC_INIT;

	quiz_put_context(q, width, &context);
	buf_putc(out, '{');
	json_put_int(out, "at", (int64_t)q->at);
	json_put_int(out, "record", (int64_t)q->next);
	json_put_field(out, "question",
	    q->fact != NULL ? q->question
			    : str_of(_("Who sends what to whom next?")));
	engine_quiz_put_doc(out, "context", &context);
	json_open(out, "options", '[');
	for (size_t i = 0; i < q->noptions; i++)
		engine_quiz_put_option(out, q, i);
	buf_putc(out, ']');
	json_put_int(out, "tries", quiz_tries(q));
	buf_puts(out, "}");
}

int
engine_ask_quiz(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	struct quiz q;
	int err = make_quiz(e, from, &q, d);

	if (err == 0)
		engine_quiz_put(&q, engine_quiz_width_of(from), out);
	quiz_free(&q);
	return err;
}

/* ---- judging ---- */

/* What ANSWER says is done to Q as by keys: options in the order in which they
 * were tried, behind them "?" for the solution. */
static int
press_answer(const struct quiz *q, struct str answer, struct quiz_state *s,
    struct quiz_score *score, struct diag *d)
{
	struct str rest = str_trim(answer), word;
	enum quiz_result result = QUIZ_STAY;
	uint32_t n;

	*s = (struct quiz_state){ .free = false };
	quiz_start(s, false);
	do {
		word = str_cut(rest, ' ', &rest);
		if (str_u32(word, &n) != 0 || n > q->noptions)
			n = 0;
		result = quiz_press(q, s,
		    str_is(word, "?") ? (unsigned)QUIZ_SHOW : QUIZ_DIGIT + n,
		    score);
	} while (result == QUIZ_STAY && rest.n > 0);
	if (result == QUIZ_STAY)
		return 0;
	return result == QUIZ_NOMEM
		   ? diag_fail(d, ERR_NOMEM)
		   : diag_set(d, ERR_SYNTAX, NULL, 0,
			 _("an answer must be the number of an option, from 1 "
			   "to %zu"),
			 q->noptions);
}

static const char *
engine_quiz_verdict_word(const struct quiz *q, const struct quiz_pick *pick)
{
	static const char *const words[] = { [QUIZ_WRONG] = "wrong",
		[QUIZ_RIGHT] = "right",
		[QUIZ_RIGHT_LATER] = "later",
		[QUIZ_COULD] = "could" };

	return words[quiz_check(q, pick)];
}

/* Of each option its verdict, as far as it may be told. */
static void
put_verdicts(const struct quiz *q, const struct quiz_state *s, struct buf *out)
{
	bool done = s->phase == QUIZ_DONE;

	json_open(out, "verdicts", '[');
	for (size_t i = 0; i < q->noptions; i++) {
		const struct quiz_pick pick = { .option = i };
		bool told = done || (s->tried & 1u << i) != 0;

		json_put_item(out);
		json_put_str(out,
		    str_of(told ? engine_quiz_verdict_word(q, &pick) : ""));
	}
	buf_putc(out, ']');
}

static void
engine_quiz_put_score(const struct quiz_score *score, struct buf *out)
{
	json_put_int(out, "asked", (int64_t)score->n);
	json_put_int(out, "right", (int64_t)score->right);
	json_put_int(out, "first_try", (int64_t)score->first_try);
	json_put_int(out, "shown", (int64_t)score->shown);
}

/* The question that follows Q; nothing behind the last. */
static int
put_following(
    const struct quiz *q, const struct quiz_score *score, struct buf *out)
{
	struct quiz next;
	size_t nth;
	int err = quiz_make_following(q, score, &next, &nth);
	bool means = next.fact != NULL;

	if (err == 0) {
		json_open(out, "follows", '{');
		json_put_field(out, "asks",
		    str_of(
			engine_asks_word(means ? ENGINE_MEANS : ENGINE_NEXT)));
		json_put_int(out, "record", (int64_t)q->next);
		json_put_int(out, "nth", means ? (int64_t)nth : 0);
		buf_putc(out, '}');
	}
	quiz_free(&next);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int
put_judged(const struct quiz *q, const struct quiz_state *s,
    const struct quiz_score *score, size_t width, struct buf *out)
{
	const struct quiz_pick none = { .option = QUIZ_OPTIONS };
	const struct quiz_pick *last = s->tries > 0 ? &s->pick : &none;
	bool done = s->phase == QUIZ_DONE;
	struct doc why = DOC_INIT;
	int err = 0;

	json_put_field(out, "verdict",
	    str_of(s->tries > 0 ? engine_quiz_verdict_word(q, last) : "shown"));
	json_put_bool(out, "right", quiz_check(q, last) != QUIZ_WRONG);
	json_put_bool(out, "done", done);
	quiz_judge(q, last, done, width, &why);
	engine_quiz_put_doc(out, "text", &why);
	put_verdicts(q, s, out);
	if (done)
		err = put_following(q, score, out);
	json_open(out, "score", '{');
	engine_quiz_put_score(score, out);
	buf_putc(out, '}');
	return err;
}

/* The answers of WORK, with SCORE in them. */
static int
put_answers(
    struct engine_work *work, const struct quiz_score *score, struct buf *out)
{
	struct buf *predictions = &work->answers.predictions;

	buf_clear(predictions);
	if (score->n > 0)
		quiz_score_write(score, predictions);
	json_put_key(out, "answers");
	return predictions->err != 0 ? predictions->err
				     : answers_put_json(&work->answers, out);
}

int
engine_judge_quiz(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	LOCAL(quiz_score_free) struct quiz_score score;
	struct quiz_state s;
	LOCAL(quiz_free) struct quiz q = { .trace = NULL };
	int err = read_score(from->work, &score, d);

	if (err == 0)
		err = make_quiz(e, from, &q, d);
	if (err == 0)
		err = press_answer(&q, answer, &s, &score, d);
	buf_putc(out, '{');
	if (err == 0)
		err =
		    put_judged(&q, &s, &score, engine_quiz_width_of(from), out);
	if (err == 0 && from->work != NULL)
		err = put_answers(from->work, &score, out);
	buf_putc(out, '}');
	return err == ERR_NOMEM ? diag_fail(d, ERR_NOMEM) : err;
}

/* ---- how it went ---- */

int
engine_ask_score(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	const struct trace *t = engine_trace(e, from->branch, 0, d);
	LOCAL(doc_free) struct doc summary = DOC_INIT;
	struct quiz_score score;
	int err = read_score(from->work, &score, d);

	if (t == NULL)
		err = d->err;
	buf_putc(out, '{');
	if (err == 0) {
		engine_quiz_put_score(&score, out);
		quiz_score_summary(
		    t, &score, engine_quiz_width_of(from), &summary);
		json_put_key(out, "summary");
		err = doc_write_json(&summary, out);
	}
	buf_putc(out, '}');
	quiz_score_free(&score);
	return err == ERR_NOMEM ? diag_fail(d, ERR_NOMEM) : err;
}
