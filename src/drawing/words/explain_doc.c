/*
 * The chain of causes.  Whole, each step is a sentence with its rule below it,
 * in the words of the rules' table; a rule that comes again names the step that
 * quotes it.  In brief each step is a line of a table.
 */
#include "words/explain_doc.h"

#include "base/err.h"
#include "text/utf8.h"
#include "rules/rules.h"
#include "words/record_doc.h"
#include "words/record_text.h"
#include "words/time_words.h"
#include "words/state_doc.h"

#define WIDTH_USUAL 80
/* Rules that are quoted once; more are quoted again. */
#define TOLD_MAX 64
/* In brief: of a longer chain the nearest and the last steps are shown, and so
 * many effects, looked for among so many records behind a record. */
#define NEAREST 60
#define LAST    10
#define EFFECTS 40
#define WINDOW  10000
/* In brief: cells from which on each step names its kind, its node; the widths
 * of these. */
#define KINDS      48
#define KIND       7
#define NODES      72
#define NODE       8
#define WHERE_MOST 16

/* In full: before a step's number, where the sentence still has room. */
#define MARGIN   2
#define SENTENCE 16

struct explaining {
	const struct trace *t;
	struct doc *d;
	struct buf line; /* scratch */
	size_t width, record_cells, time_cells, step_cells;
	struct {
		const struct rule *rule;
		uint64_t step;
	} told[TOLD_MAX];
	size_t ntold;
	struct buf own; /* what a message was quoted for; scratch */
};

static void
empty_line(struct explaining *e)
{
	if (e->line.err != 0)
		e->d->err = ERR_NOMEM;
	buf_clear(&e->line);
}

/* The scratch as lines that lead to SEQ; it is empty again. */
static void
put_scratch_line(
    struct explaining *e, uint64_t seq, enum canvas_style style, size_t indent)
{
	doc_line(e->d, seq);
	doc_pad(e->d, indent);
	doc_wrap(e->d, style, buf_view(&e->line), indent, e->width);
	empty_line(e);
}

/* ---- whole ---- */

/* The step at which RULE was quoted already; 0: not yet. */
static uint64_t
told_at(struct explaining *e, const struct rule *rule, uint64_t step)
{
	for (size_t i = 0; i < e->ntold; i++)
		if (e->told[i].rule == rule)
			return e->told[i].step;
	if (e->ntold < TOLD_MAX) {
		e->told[e->ntold].rule = rule;
		e->told[e->ntold++].step = step;
	}
	return 0;
}

/* TEXT, if any, below its step. */
static void
causes_put_below(struct explaining *e, const struct buf *text, uint64_t seq,
    enum canvas_style style, size_t indent)
{
	buf_str(&e->line, buf_view(text));
	if (e->line.n > 0)
		put_scratch_line(e, seq, style, indent);
}

/* What the message that is sent says itself of why; a message that was
 * forwarded says the same on each hop, and is quoted on the last. */
static void
put_own_reason(
    struct explaining *e, const struct buf *own, uint64_t seq, size_t indent)
{
	if (own->n == 0 || str_eq(buf_view(own), buf_view(&e->own)))
		return;
	buf_clear(&e->own);
	buf_str(&e->own, buf_view(own));
	causes_put_below(e, own, seq, STYLE_PLAIN, indent);
}

/* "RFC 3261 17.1.1.2: Timer A …" below its step. */
static void
put_step_rule(struct explaining *e, uint64_t step, const struct trace_rec *rec,
    const struct record_told *told, size_t indent)
{
	uint64_t before;
	const struct rule *rule = trace_rule_row(rec);

	if (trace_why(rec).n == 0 && rule == NULL)
		return;
	before = rule != NULL ? told_at(e, rule, step) : 0;
	if (before != 0) {
		rule_put_section(rule, &e->line);
		buf_printf(&e->line, _(", as in step %llu."),
		    (unsigned long long)before);
	} else {
		buf_str(&e->line, buf_view(&told->rule));
	}
	put_scratch_line(e, rec->seq, STYLE_DIM, indent);
}

static void
causes_put_step(
    struct explaining *e, uint64_t step, const struct trace_rec *rec)
{
	size_t cells =
	    e->step_cells + 2 + e->record_cells + 2 + e->time_cells + 2;
	size_t margin = e->width < MARGIN + cells + SENTENCE ? 0 : MARGIN;
	size_t indent = margin + cells;
	struct record_told told;

	record_tell(e->t, rec, true, &told);
	time_put(&e->line, rec->t);
	doc_line(e->d, rec->seq);
	doc_printf(e->d, STYLE_PLAIN, "%*s%*llu. #%-*llu  %*s s  ", (int)margin,
	    "", (int)e->step_cells, (unsigned long long)step,
	    (int)e->record_cells - 1, (unsigned long long)rec->seq,
	    (int)e->time_cells - 2, buf_cstr(&e->line));
	empty_line(e);
	doc_wrap(e->d, STYLE_PLAIN, buf_view(&told.text), indent, e->width);
	put_own_reason(e, &told.own_reason, rec->seq, indent);
	causes_put_below(e, &told.made_of, rec->seq, STYLE_PLAIN, indent);
	put_step_rule(e, step, rec, &told, indent);
	/* By what the message goes that the question is about. */
	if (step == 1)
		causes_put_below(
		    e, &told.transport, rec->seq, STYLE_DIM, indent);
	record_told_free(&told, &e->d->err);
}

/* ---- in brief ---- */

/* The part at the right: the rule, or the line of the script that acts. */
static enum canvas_style
causes_put_origin(const struct trace_rec *rec, struct buf *out)
{
	struct buf where = BUF_INIT;

	if (rec->kind == TRACE_ACT) {
		buf_str(out,
		    utf8_clip(trace_str(rec, "where", &where), WHERE_MOST));
		buf_end(&where, &out->err);
		return STYLE_DIM;
	}
	record_rule_place(rec, out);
	return STYLE_RULE;
}

/* Number, node and kind, each where there is room for it.  Returns the cells
 * they take. */
static size_t
causes_put_columns(struct explaining *e, const struct trace_rec *rec)
{
	size_t x = e->record_cells + 1;

	doc_printf(e->d, STYLE_DIM, "%*llu ", (int)e->record_cells,
	    (unsigned long long)rec->seq);
	if (e->width >= NODES) {
		doc_clip(e->d, STYLE_PLAIN, rec->node, NODE);
		x += NODE + 1;
		doc_pad(e->d, x);
	}
	if (e->width >= KINDS) {
		doc_printf(e->d, record_kind_style(rec->kind), "%-*s ", KIND,
		    trace_kind_name(rec->kind));
		x += KIND + 1;
	}
	return x;
}

static void
put_brief_step(struct explaining *e, const struct trace_rec *rec)
{
	struct buf origin = BUF_INIT;
	enum canvas_style style = causes_put_origin(rec, &origin);
	size_t right = origin.n > 0 ? utf8_width(buf_view(&origin)) + 2 : 0;
	size_t used;

	doc_line(e->d, rec->seq);
	used = causes_put_columns(e, rec) + right;
	record_step(e->t, rec, &e->line);
	doc_clip(e->d,
	    e->width >= KINDS ? STYLE_PLAIN : record_kind_style(rec->kind),
	    buf_view(&e->line), e->width > used + 8 ? e->width - used : 8);
	empty_line(e);
	if (origin.n > 0)
		doc_right(e->d, style, buf_view(&origin), e->width);
	buf_end(&origin, &e->d->err);
}

static void
put_left_out(struct explaining *e, uint64_t n)
{
	/* TRANSLATORS: steps of a chain that are not shown */
	buf_printf(&e->line, _("… %llu more …"), (unsigned long long)n);
	put_scratch_line(e, 0, STYLE_DIM, 2);
}

/* The records up to LAST of which SEQ is the cause: the first EFFECTS into
 * LIST; how many there are. */
static uint64_t
find_effects(const struct trace *t, uint64_t seq, uint64_t last, uint64_t *list)
{
	uint64_t found = 0;

	for (uint64_t i = seq + 1; i <= last; i++) {
		if (trace_cause_of(t, i) != seq)
			continue;
		if (found < EFFECTS)
			list[found] = i;
		found++;
	}
	return found;
}

static void
put_effects(struct explaining *e, uint64_t seq)
{
	uint64_t last = trace_count(e->t), list[EFFECTS], found, shown;
	bool whole = last - seq <= WINDOW;
	struct trace_rec rec;

	found = find_effects(e->t, seq, whole ? last : seq + WINDOW, list);
	shown = found < EFFECTS ? found : EFFECTS;
	doc_line(e->d, 0);
	buf_puts(&e->line, _("Effects"));
	put_scratch_line(e, 0, STYLE_TITLE, 0);
	for (uint64_t i = 0; i < shown && e->d->err == 0; i++) {
		e->record_cells = str_digits(list[shown - 1]);
		trace_get(e->t, list[i], &rec);
		put_brief_step(e, &rec);
	}
	if (found > shown)
		put_left_out(e, found - shown);
	if (found > 0)
		return;
	buf_puts(&e->line,
	    whole ? _("It had no direct effect.")
		  : _("It had no direct effect in the next 10,000 records."));
	put_scratch_line(e, 0, STYLE_DIM, 0);
}

/* Why the record's call ended, each proof a line, and what to do next. */
static void
put_call_end(struct explaining *e, const struct outcome *o)
{
	struct trace_rec rec;

	outcome_put_sentence(o, &e->line);
	put_scratch_line(e, o->nproof > 0 ? o->proof[0] : o->first,
	    outcome_level(o) == OUTCOME_TROUBLE ? STYLE_FAILURE : STYLE_PLAIN,
	    0);
	for (size_t i = 0; i < o->nproof; i++) {
		e->record_cells = str_digits(o->proof[o->nproof - 1]);
		trace_get(e->t, o->proof[i], &rec);
		put_brief_step(e, &rec);
	}
	outcome_put_advice(o, &e->line);
	if (e->line.n > 0)
		put_scratch_line(e, 0, STYLE_DIM, 0);
	doc_line(e->d, 0);
}

static void
put_call_end_at(struct explaining *e, const struct outcomes *ends, uint64_t seq)
{
	LOCAL_BUF id = BUF_INIT;
	const struct outcome *o = NULL;

	if (ends != NULL && state_find_call(e->t, seq, &id))
		o = outcomes_then(ends, buf_view(&id), seq);
	if (o != NULL)
		put_call_end(e, o);
}

/* ---- both ---- */

/* Record SEQ's node got a packet not long before it. */
static bool
has_heard(const struct trace *t, uint64_t seq)
{
	uint64_t last = seq > WINDOW ? seq - WINDOW : 1;

	for (uint64_t i = seq; i-- > last;)
		if (trace_kind_of(t, i) == TRACE_RECV &&
		    trace_node_of(t, i) == trace_node_of(t, seq))
			return true;
	return false;
}

void
explain_put_end(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	if (rec->node.n == 0 || !trace_is_of_capture(t))
		buf_puts(out,
		    _("The trace names no cause for the last step: what led to "
		      "it was not recorded."));
	else if (has_heard(t, rec->seq))
		buf_printf(out,
		    _("No packet shows why %.*s did the last step: a person or "
		      "a timer caused it, or a packet that was not captured. "
		      "To see such packets, capture at %.*s."),
		    STR_ARG(rec->node), STR_ARG(rec->node));
	else
		buf_printf(out,
		    _("The capture has no packet that %.*s received before the "
		      "last step. To see such packets, capture at %.*s."),
		    STR_ARG(rec->node), STR_ARG(rec->node));
}

static void
put_chain(struct explaining *e, uint64_t seq, uint64_t n, bool brief)
{
	struct trace_rec rec = { .seq = 0 };
	uint64_t step = 1;

	for (; seq != 0 && e->d->err == 0;
	     seq = trace_cause_of(e->t, seq), step++) {
		/* Both ends of a long chain say more than its middle. */
		if (brief && n > NEAREST + LAST && step > NEAREST &&
		    step <= n - LAST) {
			if (step == NEAREST + 1)
				put_left_out(e, n - NEAREST - LAST);
			continue;
		}
		trace_get(e->t, seq, &rec);
		if (brief)
			put_brief_step(e, &rec);
		else
			causes_put_step(e, step, &rec);
	}
	if (rec.kind != TRACE_ACT && e->d->err == 0) {
		explain_put_end(e->t, &rec, &e->line);
		put_scratch_line(e, 0, STYLE_DIM, 2);
	}
}

static uint64_t
count_steps(const struct trace *t, uint64_t seq)
{
	uint64_t n = 0;

	/* A cause lies before its effect: this ends. */
	for (; seq != 0; seq = trace_cause_of(t, seq))
		n++;
	return n;
}

/* What its call lacks as the trace ends, behind all that has led to SEQ. */
static void
put_unended_line(struct explaining *e, uint64_t seq)
{
	enum unended how = unended_find_call(e->t, seq);

	if (how == UNENDED_NOT)
		return;
	doc_line(e->d, seq);
	buf_puts(&e->line, unended_text(how));
	put_scratch_line(e, trace_count(e->t), STYLE_PLAIN, 0);
}

static void
causes_explain(struct explaining *e, uint64_t seq, bool brief, bool past)
{
	uint64_t n = count_steps(e->t, seq);
	struct trace_rec rec, send;
	struct record_told told;

	trace_get(e->t, seq, &rec);
	time_put(&e->line, rec.t);
	e->step_cells = str_digits(n);
	e->record_cells = str_digits(seq) + (brief ? 0 : 1);
	e->time_cells = e->line.n + 2;
	empty_line(e);
	record_question(e->t, &rec, &e->line);
	put_scratch_line(e, seq, STYLE_TITLE, 0);
	doc_line(e->d, seq);
	put_chain(e, seq, n, brief);
	if (!brief) {
		put_unended_line(e, seq);
		return;
	}
	doc_line(e->d, seq);
	record_doc_says(e->t, &rec, e->width, e->d);
	if (record_message(e->t, &rec, &send)) {
		record_tell(e->t, &send, true, &told);
		put_own_reason(e, &told.own_reason, send.seq, 0);
		causes_put_below(e, &told.made_of, send.seq, STYLE_PLAIN, 0);
		record_told_free(&told, &e->d->err);
	}
	/* Nothing comes after an end. */
	if (rec.kind != TRACE_END && !past)
		put_effects(e, seq);
}

void
explain_doc(const struct trace *t, uint64_t seq,
    const struct explain_options *o, struct doc *d)
{
	struct explaining e = { .t = t,
		.d = d,
		.line = BUF_INIT,
		.own = BUF_INIT,
		.width = o != NULL && o->width != 0 ? o->width : WIDTH_USUAL };

	if (seq == 0 || seq > trace_count(t)) {
		buf_puts(&e.line, _("Nothing has happened yet."));
		put_scratch_line(&e, 0, STYLE_DIM, 0);
	} else {
		if (o != NULL && o->brief)
			put_call_end_at(&e, o->ends, seq);
		causes_explain(
		    &e, seq, o != NULL && o->brief, o != NULL && o->past);
	}
	buf_end(&e.own, &d->err);
	buf_free(&e.line);
}
