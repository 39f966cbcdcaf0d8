/*
 * The chain of causes in words: first the question, then one numbered step for
 * each record, the newest first, since each step is the reason of the one
 * above it.  A step's rule stands below it in the words of the rules' table.
 */
#include "words/explain_text.h"

#include "base/err.h"
#include "base/utf8.h"
#include "draw/canvas.h"
#include "words/record_text_in.h"
#include "words/time_words.h"
#include "words/transport_words.h"

#include <stdio.h>

#define WIDTH_USUAL 80
/* Rules that are quoted once; more are quoted again. */
#define TOLD_MAX 64

struct explaining {
	const struct trace *t;
	struct explain_options o;
	struct buf *out;
	struct buf line; /* scratch */
	size_t record_cells, time_cells, step_cells;
	struct {
		const struct rule *rule;
		uint64_t step;
	} told[TOLD_MAX];
	size_t ntold;
};

uint64_t
explain_steps(const struct trace *t, uint64_t seq)
{
	uint64_t n = 0;

	/* A cause lies before its effect: this ends. */
	for (; seq != 0; seq = trace_cause_of(t, seq))
		n++;
	return n;
}

static size_t
digits_of(uint64_t n)
{
	size_t d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return d;
}

static void
put_style(struct explaining *e, enum canvas_style style)
{
	theme_put(e->o.theme, style, e->out);
}

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

/* "RFC 3261 17.1.1.2: Timer A …" below its step. */
static void
write_rule(struct explaining *e, uint64_t step, const struct trace_rec *rec,
    size_t indent)
{
	uint64_t before;
	const struct rule *rule = rule_find(rec->rule, rec->why);

	if (rec->why.n == 0 && rule == NULL)
		return;
	buf_clear(&e->line);
	before = rule != NULL ? told_at(e, rule, step) : 0;
	if (before != 0)
		buf_printf(&e->line, _("RFC %u %s, as in step %llu."),
		    rule->rfc, rule->section, (unsigned long long)before);
	else if (!record_rule(rec, &e->line))
		utf8_add_safe(&e->line, utf8_clip(rec->why, 60));
	buf_fill(e->out, ' ', indent);
	put_style(e, STYLE_DIM);
	record_wrap(e->out, buf_view(&e->line), indent, indent, e->o.width);
	put_style(e, STYLE_PLAIN);
	buf_putc(e->out, '\n');
}

/* By what the message goes that the question is about. */
static void
write_transport(
    struct explaining *e, const struct trace_rec *rec, size_t indent)
{
	buf_clear(&e->line);
	if (!transport_put_reason(e->t, rec, &e->line))
		return;
	buf_fill(e->out, ' ', indent);
	put_style(e, STYLE_DIM);
	record_wrap(e->out, buf_view(&e->line), indent, indent, e->o.width);
	put_style(e, STYLE_PLAIN);
	buf_putc(e->out, '\n');
}

static void
write_step(struct explaining *e, uint64_t step, const struct trace_rec *rec)
{
	size_t indent =
	    2 + e->step_cells + 2 + e->record_cells + 2 + e->time_cells + 2;
	struct buf time = BUF_INIT;

	time_put(&time, rec->t);
	buf_printf(e->out, "  %*llu. #%-*llu  %*s s  ", (int)e->step_cells,
	    (unsigned long long)step, (int)e->record_cells - 1,
	    (unsigned long long)rec->seq, (int)e->time_cells - 2,
	    buf_cstr(&time));
	buf_clear(&e->line);
	record_sentence(e->t, rec, &e->line);
	record_wrap(e->out, buf_view(&e->line), indent, indent, e->o.width);
	buf_putc(e->out, '\n');
	write_rule(e, step, rec, indent);
	if (step == 1)
		write_transport(e, rec, indent);
	if (time.err != 0)
		e->out->err = time.err;
	buf_free(&time);
}

const char *
explain_missing(const struct trace_rec *last)
{
	if (last->kind == TRACE_ACT)
		return NULL;
	return _("The trace names no cause for the last step: what led to it "
		 "was not recorded.");
}

static void
write_end(struct explaining *e, const struct trace_rec *last)
{
	const char *text = explain_missing(last);

	if (text == NULL)
		return;
	buf_puts(e->out, "  ");
	record_wrap(e->out, str_of(text), 2, 2, e->o.width);
	buf_putc(e->out, '\n');
}

static void
write_steps(struct explaining *e, uint64_t seq, uint64_t n)
{
	uint64_t most = e->o.most != 0 ? e->o.most : UINT64_MAX, step = 1;
	struct trace_rec rec = { .seq = 0 };

	for (; seq != 0; seq = rec.cause, step++) {
		trace_get(e->t, seq, &rec);
		/* Both ends of a long chain say more than its middle. */
		if (n > most && step > most - most / 2 &&
		    step <= n - most / 2) {
			if (step == most - most / 2 + 1)
				buf_puts(e->out, "  …\n");
			continue;
		}
		write_step(e, step, &rec);
	}
	write_end(e, &rec);
}

int
explain_write(const struct trace *t, uint64_t seq,
    const struct explain_options *o, struct buf *out, struct diag *d)
{
	struct buf text = BUF_INIT;
	struct explaining e = { .t = t, .out = &text, .line = BUF_INIT };
	struct trace_rec rec;
	struct buf time = BUF_INIT;
	uint64_t n;
	int err;

	if (seq == 0 || seq > trace_count(t))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the trace has no record %llu; its records are numbered "
		      "1 to %llu"),
		    (unsigned long long)seq,
		    (unsigned long long)trace_count(t));
	if (o != NULL)
		e.o = *o;
	if (e.o.width == 0)
		e.o.width = WIDTH_USUAL;
	trace_get(t, seq, &rec);
	n = explain_steps(t, seq);
	time_put(&time, rec.t);
	e.step_cells = digits_of(n);
	e.record_cells = 1 + digits_of(seq);
	e.time_cells = time.n + 2;
	record_question(t, &rec, &e.line);
	put_style(&e, STYLE_BOLD);
	record_wrap(&text, buf_view(&e.line), 0, 0, e.o.width);
	put_style(&e, STYLE_PLAIN);
	buf_puts(&text, "\n\n");
	write_steps(&e, seq, n);
	theme_put_lines(e.o.theme, buf_view(&text), out);
	err = text.err | out->err | e.line.err | time.err;
	buf_free(&text);
	buf_free(&e.line);
	buf_free(&time);
	return err != 0 ? ERR_NOMEM : 0;
}
