/*
 * What keys do to a question: a row for each phase.  A wrong answer may be
 * mended once; then, or when the solution is asked for, the question is done
 * and its outcome goes into the score.
 */
#include "quiz/quiz_in.h"

#include <string.h>

#define TRIES_MOST 2

void
quiz_start(struct quiz_state *s, bool hidden)
{
	*s = (struct quiz_state){ .phase = hidden ? QUIZ_HIDDEN : QUIZ_ASKING,
		.free = s->free };
}

unsigned
quiz_tries(const struct quiz *q)
{
	return q->noptions < 3 ? 1 : TRIES_MOST;
}

/* The end of it: for the score, in words of at most its size. */
static enum quiz_result
finish_question(
    const struct quiz *q, struct quiz_state *s, struct quiz_score *score)
{
	struct quiz_given g = {
		.seq = q->next, .tries = s->tries, .shown = s->shown
	};
	struct buf b = BUF_INIT;
	struct quiz_event e;
	struct str text;
	int err = 0;

	strncpy(g.fact, quiz_fact_word(q->fact), sizeof(g.fact) - 1);
	s->phase = QUIZ_DONE;
	s->top = 0;
	if (score == NULL)
		return QUIZ_STAY;
	if (s->tries > 0 && quiz_picked(q, &s->pick, &e)) {
		g.right = quiz_check(q, &s->pick) != QUIZ_WRONG;
		if (q->fact != NULL)
			quiz_put_option(&b, q, s->pick.option);
		else
			quiz_put_event(&b, &e);
		text = utf8_clip(buf_view(&b), sizeof(g.chosen) / 2);
		if (text.n < sizeof(g.chosen) && text.n > 0)
			memcpy(g.chosen, text.p, text.n);
		buf_clear(&b);
		quiz_put_said(&b, q, &s->first);
		g.record = str_hash(trace_line(q->trace, q->next));
		if (b.n < sizeof(g.first))
			memcpy(g.first, buf_cstr(&b), b.n);
		err = b.err;
		buf_free(&b);
	}
	if (err == 0)
		err = quiz_score_add(score, &g);
	return err == 0 ? QUIZ_STAY : QUIZ_NOMEM;
}

static enum quiz_result
give_answer(
    const struct quiz *q, struct quiz_state *s, struct quiz_score *score)
{
	bool last;

	s->pick =
	    (struct quiz_pick){ quiz_is_free(q, s) ? QUIZ_FREE : s->cursor,
		    s->chosen[0], s->chosen[1], s->chosen[2] };
	if (s->tries++ == 0)
		s->first = s->pick;
	last = s->tries >= quiz_tries(q);
	if (last || quiz_check(q, &s->pick) != QUIZ_WRONG)
		return finish_question(q, s, score);
	s->phase = QUIZ_AGAIN;
	if (quiz_is_free(q, s)) {
		s->part = 0;
	} else {
		s->tried |= 1u << s->cursor;
		s->cursor = (s->cursor + 1) % q->noptions;
	}
	return QUIZ_STAY;
}

/* To the next one, round at the end; what was tried is passed over. */
static void
move_cursor(const struct quiz *q, struct quiz_state *s, bool down)
{
	size_t *at = quiz_is_free(q, s) ? &s->chosen[s->part] : &s->cursor;
	size_t n =
	    quiz_is_free(q, s) ? quiz_list_size(q, s->part) : q->noptions;

	for (size_t i = 0; i < n; i++) {
		*at = (*at + (down ? 1 : n - 1)) % n;
		if (quiz_is_free(q, s) || (s->tried & 1u << *at) == 0)
			return;
	}
}

static enum quiz_result
press_asking(const struct quiz *q, struct quiz_state *s, unsigned key,
    struct quiz_score *score)
{
	switch (key) {
	case QUIZ_UP:
	case QUIZ_DOWN:
		move_cursor(q, s, key == QUIZ_DOWN);
		return QUIZ_STAY;
	case QUIZ_ENTER:
		if (quiz_is_free(q, s) && s->part < 2) {
			s->part++;
			return QUIZ_STAY;
		}
		return give_answer(q, s, score);
	case QUIZ_BACK:
		if (!quiz_is_free(q, s) || s->part == 0)
			return QUIZ_IGNORED;
		s->part--;
		return QUIZ_STAY;
	case QUIZ_MODE:
		if (q->fact != NULL)
			return QUIZ_IGNORED;
		s->free = !s->free;
		s->part = 0;
		return QUIZ_STAY;
	case QUIZ_SHOW:
		s->shown = true;
		return finish_question(q, s, score);
	default:
		key -= QUIZ_DIGIT;
		if (quiz_is_free(q, s) || key == 0 || key > q->noptions ||
		    (s->tried & 1u << (key - 1)) != 0)
			return QUIZ_IGNORED;
		s->cursor = key - 1;
		return give_answer(q, s, score);
	}
}

static enum quiz_result
press_hidden(const struct quiz *q, struct quiz_state *s, unsigned key,
    struct quiz_score *score)
{
	if (key == QUIZ_SHOW)
		return press_asking(q, s, key, score);
	if (key != QUIZ_ENTER)
		return QUIZ_IGNORED;
	s->phase = QUIZ_ASKING;
	return QUIZ_STAY;
}

static enum quiz_result
press_done(struct quiz_state *s, unsigned key)
{
	if (key == QUIZ_ENTER)
		return QUIZ_STEP;
	if (key == QUIZ_UP)
		s->top -= s->top > 0;
	else if (key == QUIZ_DOWN)
		s->top++;
	else
		return QUIZ_IGNORED;
	return QUIZ_STAY;
}

void
quiz_put_in_bounds(const struct quiz *q, struct quiz_state *s)
{
	if (s->cursor >= q->noptions)
		s->cursor = 0;
	if (s->part > 2)
		s->part = 0;
	for (unsigned i = 0; i < 3; i++)
		if (s->chosen[i] >= quiz_list_size(q, i))
			s->chosen[i] = 0;
}

enum quiz_result
quiz_press(const struct quiz *q, struct quiz_state *s, unsigned key,
    struct quiz_score *score)
{
	struct quiz_state before = *s;
	enum quiz_result result;

	if (s->phase == QUIZ_DONE)
		return press_done(s, key);
	quiz_put_in_bounds(q, s);
	result = s->phase == QUIZ_HIDDEN ? press_hidden(q, s, key, score)
					 : press_asking(q, s, key, score);
	if (result == QUIZ_NOMEM)
		*s = before;
	return result;
}
