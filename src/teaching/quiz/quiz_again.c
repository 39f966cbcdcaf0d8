/*
 * Answers as they are kept to be judged again, by another run of the same: what
 * was said, in no language, and of which record.
 */
#include "quiz/quiz_in.h"

#include "base/err.h"

#include <string.h>

/* What stands for option O, an answer to what a message means. */
static struct str
answer_word(const struct quiz_option *o)
{
	return str_of(quiz_answer_row(o->answer)->word);
}

void
quiz_put_said(struct buf *b, const struct quiz *q, const struct quiz_pick *pick)
{
	struct quiz_event e;

	if (!quiz_picked(q, pick, &e))
		return;
	if (q->fact != NULL) {
		json_put_str(b, answer_word(&q->options[pick->option]));
		return;
	}
	buf_puts(b, "{\"src\":");
	json_put_str(b, e.src);
	json_put_field(b, "dst", e.dst);
	if (e.status != 0)
		json_put_int(b, "status", e.status);
	else
		json_put_field(b, "method", e.method);
	buf_putc(b, '}');
}

static enum quiz_verdict
check_fact(const struct quiz *q, struct json_value said)
{
	struct str word;

	if (json_plain(said, &word) != 0)
		return QUIZ_WRONG;
	for (size_t i = 0; i < q->noptions; i++)
		if (str_eq(word, answer_word(&q->options[i])))
			return q->options[i].wrong == 0 ? QUIZ_RIGHT
							: QUIZ_WRONG;
	return QUIZ_WRONG;
}

enum quiz_verdict
quiz_check_said(const struct quiz *q, struct json_value said)
{
	enum quiz_verdict v = QUIZ_WRONG;
	struct quiz_event e = { .again = false };
	struct buf memory = BUF_INIT;
	int64_t status = 0;

	if (q->fact != NULL)
		return check_fact(q, said);
	if (buf_reserve(&memory, said.raw.n) == 0) {
		e.src = json_text_in(json_member(said, "src"), &memory);
		e.dst = json_text_in(json_member(said, "dst"), &memory);
		if (json_int(json_member(said, "status"), &status) != 0)
			e.method =
			    json_text_in(json_member(said, "method"), &memory);
		else if (status > 0 && status < 1000)
			e.status = (unsigned)status;
		v = quiz_check_event(q, &e);
	}
	buf_free(&memory);
	return v;
}

/* The question about record G->seq of T that G has answered; 0, or what
 * quiz_make says. */
static int
ask_again(const struct trace *t, const struct quiz_given *g, struct quiz *q)
{
	int err;

	if (g->fact[0] == '\0') {
		err = quiz_make(t, g->seq - 1, q);
		return err == 0 && q->next != g->seq ? ERR_NOTFOUND : err;
	}
	for (size_t nth = 0;; nth++) {
		err = quiz_make_fact(t, g->seq, nth, q);
		if (err != 0 || strcmp(quiz_fact_word(q->fact), g->fact) == 0)
			return err;
		quiz_free(q);
	}
}

/* The run that has the record G is about; else the first. */
static const struct trace *
find_run(const struct quiz_given *g, const struct trace *const *runs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g->seq <= trace_count(runs[i]) &&
		    str_hash(trace_line(runs[i], g->seq)) == g->record)
			return runs[i];
	return runs[0];
}

/* Whether the first answer of G is right; 0 or ERR_NOMEM. */
static int
judge_again(const struct quiz_given *g, const struct trace *t, bool *right)
{
	struct str rest = str_of(g->first);
	struct json_value said;
	struct quiz q;
	int err;

	*right = false;
	if (g->seq > trace_count(t) || trace_kind_of(t, g->seq) != TRACE_SEND ||
	    json_read(&rest, &said) != 0)
		return 0;
	err = ask_again(t, g, &q);
	if (err == 0)
		*right = quiz_check_said(&q, said) != QUIZ_WRONG;
	quiz_free(&q);
	return err == ERR_NOMEM ? err : 0;
}

/* One of those before the Ith is of the same question. */
static bool
is_repeated(const struct quiz_score *s, size_t i)
{
	const struct quiz_given *g = &s->list[i];

	for (size_t k = 0; k < i; k++)
		if (s->list[k].seq == g->seq &&
		    s->list[k].record == g->record &&
		    strcmp(s->list[k].fact, g->fact) == 0)
			return true;
	return false;
}

int
quiz_score_again(const struct quiz_score *s, const struct trace *const *runs,
    size_t n, struct quiz_count *c)
{
	int err = 0;

	*c = (struct quiz_count){ .made = 0 };
	for (size_t i = 0; err == 0 && i < s->n; i++) {
		const struct quiz_given *g = &s->list[i];
		bool right = false;

		if (is_repeated(s, i))
			continue;
		c->made++;
		if (g->first[0] == '\0')
			c->unknown += g->tries > 0;
		else
			err = judge_again(g, find_run(g, runs, n), &right);
		c->right += right;
	}
	return err;
}

int
quiz_text_again(struct str text, const struct trace *const *runs, size_t n,
    struct quiz_count *c)
{
	struct quiz_score score = QUIZ_SCORE_INIT;
	int err = quiz_score_read_text(&score, text);

	*c = (struct quiz_count){ .made = 0 };
	if (err == 0)
		err = quiz_score_again(&score, runs, n, c);
	quiz_score_free(&score);
	return err;
}
