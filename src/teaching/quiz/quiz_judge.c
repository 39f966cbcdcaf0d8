/*
 * Answers: which event one means, whether that is right, and why in words;
 * and what a reader should know before answering.
 */
#include "quiz/quiz_in.h"

#include "text/utf8.h"
#include "rules/rules.h"
#include "words/caption.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* Shorter pauses are no silence. */
#define PAUSE_NS      INT64_C(100000000)
#define CONTEXT_MOST  3
#define CONTEXT_LOOKS 4096
#define CHAIN_MOST    64

/* The event that PICK means; false where there is no such. */
bool
quiz_picked(
    const struct quiz *q, const struct quiz_pick *pick, struct quiz_event *e)
{
	if (pick->option < q->noptions) {
		*e = q->options[pick->option].event;
		return true;
	}
	if (q->fact != NULL || pick->option != QUIZ_FREE ||
	    pick->src >= q->nnodes || pick->dst >= q->nnodes ||
	    pick->message >= q->nmessages)
		return false;
	*e = q->messages[pick->message];
	e->src = q->nodes[pick->src];
	e->dst = q->nodes[pick->dst];
	return true;
}

/* Why E, which is not right, is not what happens; or NULL. */
static const struct quiz_reason *
quiz_reason_for(const struct quiz *q, const struct quiz_event *e)
{
	for (size_t i = 0; i < q->nmisconceptions; i++)
		if (quiz_same(&q->misconceptions[i].event, e))
			return quiz_reason(q->misconceptions[i].wrong);
	return quiz_reason_of(q, e);
}

enum quiz_verdict
quiz_check_event(const struct quiz *q, const struct quiz_event *e)
{
	const struct quiz_reason *r;

	if (!quiz_is_right(q, e)) {
		r = quiz_reason_for(q, e);
		return r != NULL && r->may ? QUIZ_COULD : QUIZ_WRONG;
	}
	return quiz_same(e, &q->right[0]) ? QUIZ_RIGHT : QUIZ_RIGHT_LATER;
}

enum quiz_verdict
quiz_check(const struct quiz *q, const struct quiz_pick *pick)
{
	struct quiz_event e;

	if (!quiz_picked(q, pick, &e))
		return QUIZ_WRONG;
	if (q->fact != NULL)
		return q->options[pick->option].wrong == 0 ? QUIZ_RIGHT
							   : QUIZ_WRONG;
	return quiz_check_event(q, &e);
}

void
quiz_put_wrapped(struct doc *d, enum canvas_style style, struct buf *b,
    size_t indent, size_t width)
{
	doc_wrap(d, style, buf_view(b), indent, width);
	buf_end(b, &d->err);
}

/* On a line that leads to SEQ. */
static void
put_rule_behind(
    const struct rule *rule, uint64_t seq, size_t width, struct doc *d)
{
	LOCAL_BUF place = BUF_INIT;

	rule_put_place(rule, &place);
	buf_puts(&place, _(": "));
	doc_line(d, seq);
	doc_put(d, STYLE_RULE, buf_view(&place));
	doc_wrap(d, STYLE_PLAIN, str_of(i18n_text(rule->text)), 0, width);
}

/* The message sent and its reason, in plain words, and its rule, as
 * explanations quote it.
 */
static void
put_solution(const struct quiz *q, uint64_t seq, const char *head, size_t width,
    struct doc *d)
{
	const struct rule *rule = caption_rule(q->trace, seq);
	struct buf b = BUF_INIT;
	struct trace_rec rec;
	struct str why;

	caption_write(q->trace, seq, 0, &b);
	doc_line(d, seq);
	if (head != NULL)
		doc_puts(d, STYLE_BOLD, head);
	quiz_put_wrapped(d, STYLE_PLAIN, &b, 0, width);
	if (rule != NULL) {
		put_rule_behind(rule, seq, width, d);
		return;
	}
	trace_get(q->trace, seq, &rec);
	why = trace_why(&rec);
	if (why.n == 0)
		return;
	doc_line(d, seq);
	doc_put(d, STYLE_RULE, utf8_clip(why, width));
}

/* Why PICK, which means E, does not come next, or is not right. */
static void
quiz_judge_put_reason(const struct quiz *q, const struct quiz_pick *pick,
    const struct quiz_event *e, size_t width, struct doc *d)
{
	const struct quiz_reason *r;
	struct buf b = BUF_INIT;
	const char *why;

	if (q->fact != NULL) {
		why = quiz_answer_row(q->options[pick->option].wrong)->why;
		if (why != NULL)
			doc_wrap(
			    d, STYLE_PLAIN, str_of(i18n_text(why)), 0, width);
		return;
	}
	r = quiz_reason_for(q, e);
	if (r == NULL)
		return;
	buf_puts(&b, i18n_text(r->text));
	if (r->rfc != 0)
		/* TRANSLATORS: behind a sentence */
		buf_printf(&b, _(" (RFC %u %s)"), r->rfc, r->section);
	quiz_put_wrapped(d, STYLE_PLAIN, &b, 0, width);
}

/* "Right, though atl → alice 100 Trying comes a moment earlier." */
static void
put_though(const struct quiz *q, size_t width, struct doc *d)
{
	struct buf b = BUF_INIT, e = BUF_INIT;

	quiz_put_event(&e, &q->right[0]);
	buf_printf(
	    &b, _("Right, but %s comes a moment earlier."), buf_cstr(&e));
	quiz_put_wrapped(d, STYLE_SUCCESS, &b, 0, width);
	buf_end(&e, &d->err);
}

/* Of what a message means the right answer, HEAD before it, and its rule. */
static void
quiz_judge_put_fact(
    const struct quiz *q, const char *head, size_t width, struct doc *d)
{
	const struct quiz_option *right = q->options;
	enum rule_id rule;

	while (right < q->options + q->noptions && right->wrong != 0)
		right++;
	if (right == q->options + q->noptions)
		return;
	doc_line(d, q->next);
	if (head != NULL)
		doc_puts(d, STYLE_BOLD, head);
	doc_wrap(d, STYLE_PLAIN, right->text, 0, width);
	rule = quiz_answer_row(right->answer)->rule;
	if (rule_at(rule) != NULL)
		put_rule_behind(rule_at(rule), q->next, width, d);
}

void
quiz_put_option(struct buf *b, const struct quiz *q, size_t option)
{
	if (q->fact != NULL)
		buf_str(b, q->options[option].text);
	else
		quiz_put_event(b, &q->options[option].event);
}

enum quiz_verdict
quiz_judge(const struct quiz *q, const struct quiz_pick *pick, bool whole,
    size_t width, struct doc *d)
{
	enum quiz_verdict verdict = quiz_check(q, pick);
	const char *head = NULL;
	uint64_t seq = q->next;
	struct quiz_event e;
	bool given = quiz_picked(q, pick, &e);

	if (given)
		doc_line(d, 0);
	if (given && verdict == QUIZ_WRONG) {
		doc_puts(d, STYLE_FAILURE, _("No. "));
		quiz_judge_put_reason(q, pick, &e, width, d);
		head = _("Instead: ");
	} else if (verdict == QUIZ_COULD) {
		doc_puts(d, STYLE_SUCCESS, _("Could be. "));
		quiz_judge_put_reason(q, pick, &e, width, d);
		head = _("The actual event: ");
	} else if (verdict == QUIZ_RIGHT) {
		doc_puts(d, STYLE_SUCCESS, _("Right."));
	} else if (verdict == QUIZ_RIGHT_LATER) {
		put_though(q, width, d);
		seq = quiz_find_right(q, &e)->seq;
	}
	if (whole && q->fact != NULL)
		quiz_judge_put_fact(q, head, width, d);
	else if (whole)
		put_solution(q, seq, head, width, d);
	return verdict;
}

/* "INVITE again" */
void
quiz_put_message(struct buf *b, const struct quiz_event *e)
{
	caption_put_message(b, e->method, e->status);
	if (e->again)
		/* TRANSLATORS: behind a message, "INVITE again" */
		buf_puts(b, _(" again"));
}

void
quiz_put_event(struct buf *b, const struct quiz_event *e)
{
	if (e->src.n == 0) {
		buf_puts(b, _("nothing, until a timer fires"));
		return;
	}
	utf8_add_safe(b, utf8_clip(e->src, 16));
	buf_puts(b, " → ");
	utf8_add_safe(b, utf8_clip(e->dst, 16));
	buf_putc(b, ' ');
	quiz_put_message(b, e);
}

/* ---- what has happened since ---- */

/* What the kind alone does not tell: KEY must not be SILENT. */
static bool
quiz_judge_is_told(const struct trace *t, uint64_t seq)
{
	static const struct {
		enum trace_kind kind;
		const char *key, *silent;
	} told[] = {
		{ TRACE_ACT, "verb", "start" },
		{ TRACE_ACT, "verb", "note" },
		{ TRACE_FAULT, "effect", "drop" }, /* the loss is told */
		{ TRACE_NOTE, NULL, NULL },
		{ TRACE_BAD, NULL, NULL },
	};
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	bool is = false;

	trace_get(t, seq, &rec);
	if (rec.kind == TRACE_DROP)
		return trace_int(&rec, "of", 0) > 0;
	for (size_t i = 0; i < COUNT_OF(told); i++) {
		if (rec.kind != told[i].kind)
			continue;
		is = true;
		if (told[i].key != NULL &&
		    str_is(trace_str(&rec, told[i].key, &scratch),
			told[i].silent)) {
			is = false;
			break;
		}
	}
	return is || quiz_is_transport_error(t, seq);
}

/* Act SEQ is what the message that is asked for comes of. */
static bool
sets_off(const struct quiz *q, uint64_t seq)
{
	uint64_t at = q->next;

	for (int i = 0; i < CHAIN_MOST && at > seq; i++)
		at = trace_cause_of(q->trace, at);
	return at == seq;
}

static void
put_happening(const struct quiz *q, uint64_t seq, size_t width, struct doc *d)
{
	struct buf b = BUF_INIT;
	struct trace_rec rec;

	trace_get(q->trace, seq, &rec);
	/* The person's name would be the answer. */
	if (rec.kind == TRACE_ACT && sets_off(q, seq))
		buf_puts(&b, _("A user acts now."));
	else if (rec.kind == TRACE_ACT)
		record_summary(q->trace, &rec, &b);
	else
		record_sentence(q->trace, &rec, &b);
	buf_truncate(&b, utf8_clip(buf_view(&b), 160).n);
	doc_line(d, seq);
	quiz_put_wrapped(d, STYLE_PLAIN, &b, 0, width);
}

static void
put_pause(int64_t ns, size_t width, struct doc *d)
{
	struct buf b = BUF_INIT;
	char length[TIME_ROOM];

	buf_printf(&b, _("Then nothing is sent for %s."),
	    time_length_text(ns, length));
	doc_line(d, 0);
	quiz_put_wrapped(d, STYLE_DIM, &b, 0, width);
}

void
quiz_put_context(const struct quiz *q, size_t width, struct doc *d)
{
	uint64_t list[CONTEXT_MOST], since = q->last, from;
	int64_t t = trace_time_of(q->trace, q->next), before;
	size_t n = 0;

	if (q->fact != NULL)
		return;
	from = q->next - q->last > CONTEXT_LOOKS ? q->next - CONTEXT_LOOKS
						 : q->last + 1;
	for (uint64_t seq = q->next - 1; seq >= from && seq > 0; seq--) {
		enum trace_kind kind = trace_kind_of(q->trace, seq);

		if (n < CONTEXT_MOST && quiz_judge_is_told(q->trace, seq))
			list[n++] = seq;
		if (since == q->last && (kind == TRACE_RECV || n == 1))
			since = seq;
	}
	while (n > 0)
		put_happening(q, list[--n], width, d);
	before = since > 0 ? trace_time_of(q->trace, since) : 0;
	if (t - before >= PAUSE_NS)
		put_pause(t - before, width, d);
}
