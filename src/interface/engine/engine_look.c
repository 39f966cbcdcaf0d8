/* Looking at a branch: its records, panes, the ladder, explanations, finding.
 */
#include "engine/engine_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "text/json.h"
#include "trace/record_name.h"
#include "views/panes/panes.h"
#include "words/explain_doc.h"
#include "words/record_filter.h"
#include "words/record_text.h"

#include <string.h>

#define WIDTH  80
#define HEIGHT 24

int
engine_records(const struct engine *e, size_t branch, uint64_t since,
    struct buf *out, struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, since, d);

	if (t == NULL)
		return d->err;
	for (uint64_t seq = since == 0 ? 0 : since + 1; seq <= trace_count(t);
	     seq++) {
		buf_str(out, trace_line(t, seq));
		buf_putc(out, '\n');
	}
	return out->err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
}

/* ---- panes ---- */

/* The cache of T, or NULL without memory. */
static struct engine_cache *
find_cache(struct engine *e, const struct trace *t)
{
	struct engine_cache *c;

	for (size_t i = 0; i < e->ncaches; i++)
		if (e->caches[i].t == t)
			return &e->caches[i];
	if (ARRAY_RESIZE(&e->caches, e->ncaches + 1) != 0)
		return NULL;
	c = &e->caches[e->ncaches];
	*c = (struct engine_cache){ .t = t };
	if (checkpoints_create(&c->checkpoints, t) != 0)
		return NULL;
	if (calls_create(&c->calls) != 0 ||
	    outcomes_create(&c->ends, t, NULL) != 0) {
		calls_destroy(c->calls);
		checkpoints_destroy(c->checkpoints);
		return NULL;
	}
	e->ncaches++;
	return c;
}

/* The `send` that record SEQ is about, else the last one before it; 0: none. */
static uint64_t
engine_view_message_at(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec, send;

	if (seq == 0)
		return 0;
	trace_get(t, seq, &rec);
	if (record_message(t, &rec, &send))
		return send.seq;
	while (seq > 0 && trace_kind_of(t, seq) != TRACE_SEND)
		seq--;
	return seq;
}

int
engine_things(struct engine *e, size_t branch, uint64_t after, acted_fn *fn,
    void *arg, uint64_t *message, struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, after, d);
	struct engine_cache *c = t != NULL ? find_cache(e, t) : NULL;
	struct trace_rec rec = { .seq = 0 };
	const struct state_at *state = NULL;

	*message = 0;
	if (t == NULL)
		return d->err;
	if (c == NULL || checkpoints_at(c->checkpoints, after, &state) != 0)
		return diag_fail(d, ERR_NOMEM);
	if (after > 0)
		trace_get(t, after, &rec);
	*message = engine_view_message_at(t, after);
	return acted_each(t, state, rec.node, fn, arg) == 0
		   ? 0
		   : diag_fail(d, ERR_NOMEM);
}

/* A pane's question and page, made for it and freed with it. */
struct beside {
	struct quiz quiz;
	struct diag why;
	bool asked;
	struct page_source page;
	struct lesson_result results[LESSON_TASKS_MAX];
	bool judged[LESSON_TASKS_MAX];
	struct answers answers;
};

static int
engine_view_take_page(
    struct engine *e, struct beside *b, struct pane_moment *m, struct diag *d)
{
	struct lesson *l;
	int err = engine_lesson(e, &l, d);

	b->answers = ANSWERS_INIT;
	if (err != 0 || l == NULL)
		return err;
	b->page = (struct page_source){ .lesson = l,
		.answers = &b->answers,
		.results = b->results,
		.judged = b->judged,
		.lab = session_trace(e->s, 0),
		.open = SIZE_MAX };
	m->page = &b->page;
	return 0;
}

/* What a fault costs at M's moment, all of it; or why that can't be told, in
 * WHY.  0 or ERR_NOMEM. */
static int
take_faults(struct engine_cache *c, struct pane_moment *m, struct diag *why)
{
	bool more = true;
	int err = c->preview == NULL
		      ? fault_preview_create(&c->preview, c->t, why)
		      : 0;

	m->untold = why->text;
	/* That it can't be told is an answer. */
	if (err != 0)
		return err == ERR_NOMEM ? err : 0;
	err = fault_preview_look_at_record(c->preview, m->seq);
	while (err == 0 && more)
		err = fault_preview_go_on(c->preview, &more);
	m->preview = c->preview;
	return err;
}

bool
engine_fault(struct engine *e, size_t branch, uint64_t seq, size_t i,
    struct engine_fault *f, size_t *head, struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, seq, d);
	struct engine_cache *c = t != NULL ? find_cache(e, t) : NULL;
	struct pane_moment m = { .seq = seq };
	struct diag why = DIAG_INIT;
	const struct found_fault *found;

	*head = FAULT_PREVIEW_HEAD;
	if (t == NULL)
		return false;
	if (c == NULL || (i == 0 && take_faults(c, &m, &why) != 0)) {
		diag_fail(d, ERR_NOMEM);
		return false;
	}
	if (c->preview == NULL || i >= fault_preview_count(c->preview))
		return false;
	found = fault_preview_fault_at(c->preview, i);
	*f = (struct engine_fault){ .after = found->after,
		.verb = fault_rows[found->kind].act,
		.on = BUF_INIT,
		.by = BUF_INIT };
	fault_put_on(found, trace_head(t), &f->on);
	if (f->on.n == 0)
		buf_puts(&f->on, "message");
	if (found->by_ns > 0)
		fault_put_by(found, &f->by);
	return true;
}

/* What PANE needs beside the trace. */
static int
take_beside(struct engine *e, const struct pane *pane, struct beside *b,
    struct pane_moment *m, struct diag *d)
{
	struct engine_cache *c = find_cache(e, m->t);
	int err = c != NULL ? 0 : ERR_NOMEM;

	if (err == 0 && pane->needs_state)
		err = checkpoints_at(c->checkpoints, m->seq, &m->state);
	if (err == 0 && pane == &pane_calls) {
		while (calls_extend(c->calls, m->t, UINT64_MAX))
			;
		err = calls_error(c->calls);
		m->calls = c->calls;
	}
	if (err == 0 && !m->past &&
	    (pane == &pane_calls || pane == &pane_why)) {
		while (outcomes_extend(c->ends, UINT64_MAX))
			;
		err = outcomes_error(c->ends);
		m->ends = c->ends;
	}
	if (err == 0 && pane == &pane_quiz) {
		err = quiz_make(m->t, m->seq, &b->quiz);
		b->asked = true;
		m->quiz = err == 0 ? &b->quiz : NULL;
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	if (err == 0 && pane == &pane_faults)
		err = take_faults(c, m, &b->why);
	if (err == 0 && pane == &pane_lab)
		err = engine_view_take_page(e, b, m, d);
	return diag_fail(d, err);
}

static struct pane_moment
moment_of(const struct engine_view *v, const struct trace *t)
{
	struct pane_moment m = { .t = t,
		.seq = v->seq,
		.t_ns = v->seq > 0 ? trace_time_of(t, v->seq) : 0,
		.message = engine_view_message_at(t, v->seq),
		.machine = v->has_machine ? v->machine : SIZE_MAX,
		.raw = v->raw,
		.past = v->past };
	struct trace_rec rec;

	if (v->t_ns > m.t_ns)
		m.t_ns = v->t_ns;
	if (v->seq > 0) {
		trace_get(t, v->seq, &rec);
		m.node = rec.node;
	}
	if (v->node != NULL)
		m.node = str_of(v->node);
	if (m.node.n == 0 && trace_head(t)->nnodes > 0)
		m.node = trace_head(t)->nodes[0].name;
	return m;
}

#define PANES_MOST 32 /* words that are compared with a wrong one */

static const struct pane *
find_pane(const char *word, struct diag *d)
{
	const struct pane *pane;
	const char *words[PANES_MOST];
	size_t n = 0;

	for (size_t i = 0; (pane = pane_at(i)) != NULL; i++)
		if (strcmp(pane->word, word) == 0)
			return pane;
	while (n < PANES_MOST && (pane = pane_at(n)) != NULL)
		words[n++] = pane->word;
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    word[0] == '\0' ? _("pane is missing") : _("there is no pane “%s”"),
	    word);
	diag_one_of(d, ERR_NOTFOUND, str_of(word), words, n, sizeof(words[0]));
	return NULL;
}

/* Where a look at PANE goes: lines, or JSON. */
struct looking {
	struct doc *doc;
	struct buf *out;
	bool drawn; /* there is a picture in OUT */
};

static int
engine_view_look_at(struct engine *e, const struct engine_view *v,
    const char *word, struct looking *look, struct diag *d)
{
	const struct trace *t = engine_trace(e, v->branch, v->seq, d);
	const struct pane *pane = t != NULL ? find_pane(word, d) : NULL;
	size_t width = v->width > 0 ? v->width : WIDTH;
	size_t height = v->height > 0 ? v->height : HEIGHT;
	struct beside b = { .why = DIAG_INIT };
	unsigned long lacked = mem_failures();
	struct pane_moment m;
	int err;

	if (pane == NULL)
		return d->err;
	if (v->node != NULL && trace_check_node(t, str_of(v->node), d) != 0)
		return d->err;
	m = moment_of(v, t);
	err = take_beside(e, pane, &b, &m, d);
	if (err == 0 && look->out == NULL)
		pane_write(pane, &m, width, height, look->doc);
	else if (err == 0 && pane->figure != NULL)
		look->drawn = pane->figure(&m, width, height, look->out);
	if (b.asked)
		quiz_free(&b.quiz);
	if (err == 0 && mem_failures() != lacked)
		err = diag_fail(d, ERR_NOMEM);
	return err;
}

int
engine_doc(struct engine *e, const struct engine_view *v, const char *word,
    struct doc *doc, struct diag *d)
{
	struct looking look = { .doc = doc };
	int err = engine_view_look_at(e, v, word, &look, d);

	return err == 0 && doc->err != 0 ? diag_fail(d, ERR_NOMEM) : err;
}

int
engine_figure(struct engine *e, const struct engine_view *v, const char *word,
    struct buf *out, struct diag *d)
{
	struct looking look = { .out = out };
	int err = engine_view_look_at(e, v, word, &look, d);

	if (err == 0 && !look.drawn)
		json_put_field(out, "svg", STR_NULL);
	return err == 0 && out->err != 0 ? diag_fail(d, ERR_NOMEM) : err;
}

int
engine_explain(const struct engine *e, size_t branch, uint64_t seq,
    size_t width, struct doc *doc, struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, seq, d);
	unsigned long lacked = mem_failures();

	if (t == NULL)
		return d->err;
	explain_doc(t, seq, &(struct explain_options){ .width = width }, doc);
	if (left_open_explain(t, seq, width, doc) != 0)
		return diag_fail(d, ERR_NOMEM);
	return doc->err == 0 && mem_failures() == lacked
		   ? 0
		   : diag_fail(d, ERR_NOMEM);
}

/* ---- the ladder ---- */

int
engine_svg(const struct engine *e, size_t branch,
    const struct layout_options *o, const struct ladder_file_options *f,
    struct buf *out, struct diag *d)
{
	static const struct ladder_file_options plain;
	const struct trace *t = engine_trace(e, branch, 0, d);
	unsigned long lacked = mem_failures();
	struct layout *l = NULL;
	int err;

	if (t == NULL)
		return d->err;
	err = layout_create(&l, t, o, d);
	if (err == 0)
		err = ladder_svg_write(t, l, f != NULL ? f : &plain, out, d);
	layout_destroy(l);
	/* A figure may lack what there was no memory for. */
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	return diag_fail(d, err);
}

/* ---- finding ---- */

int
engine_find(const struct engine *e, size_t branch, const char *words,
    uint64_t from, int by, uint64_t *seq, struct diag *d)
{
	const struct trace *t = engine_trace(e, branch, 0, d);
	struct related_calls *related = NULL;
	LOCAL_BUF scratch = BUF_INIT;
	struct record_filter f;
	struct trace_rec rec;
	int err;

	*seq = 0;
	if (t == NULL)
		return d->err;
	if (by == 0)
		return trace_record_name_find(t, str_of(words), seq, d);
	err = record_filter_parse(&f, words, t, d);
	if (err != 0)
		return err;
	if (record_filter_serve(&f, t, &related) != 0)
		return diag_fail(d, ERR_NOMEM);
	/* Backwards from 0 there is nothing; a number behind the end begins
	 * there. */
	if (by < 0 && from > trace_count(t))
		from = trace_count(t) + 1;
	for (uint64_t at = by > 0 ? from + 1 : from - (from > 0);
	     at > 0 && at <= trace_count(t) && *seq == 0;
	     at = by > 0 ? at + 1 : at - 1) {
		if (!record_filter_may(&f, t, at))
			continue;
		trace_get(t, at, &rec);
		if (record_filter_match(&f, t, &rec, &scratch))
			*seq = at;
	}
	err = scratch.err;
	related_calls_destroy(related);
	return err == 0 ? 0 : diag_fail(d, ERR_NOMEM);
}

/* Questions about a branch, and the tasks of its lab; what answers are worth.
 */

/* ---- tasks ---- */

static int
engine_view_find_task(
    struct engine *e, size_t i, struct lesson **l, struct diag *d)
{
	int err = engine_lesson(e, l, d);

	if (err == 0 && (*l == NULL || i >= lesson_count(*l)))
		err = diag_set(
		    d, ERR_NOTFOUND, NULL, 0, _("there is no such task"));
	return err == 0 ? engine_take_given(e, *l, d) : err;
}

static int
ask_task(struct engine *e, const struct engine_question *from, struct buf *out,
    struct diag *d)
{
	struct lesson *l;
	int err = engine_view_find_task(e, from->nth, &l, d);

	if (err == 0)
		engine_put_task(lesson_task(l, from->nth), out);
	return err;
}

static int
ask_lesson(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	struct lesson *l;
	int err = engine_view_find_task(e, from->nth, &l, d);

	return err == 0 ? engine_put_lesson(e, l, out, d) : err;
}

static int
ask_hold(struct engine *e, const struct engine_question *from, struct buf *out,
    struct diag *d)
{
	struct lesson *l;
	int err = engine_view_find_task(e, 0, &l, d);

	return err == 0 ? engine_put_hold(e, l, from->work, out, d) : err;
}

static int
engine_view_judge_task(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	struct lesson *l;
	int err = engine_view_find_task(e, from->nth, &l, d);

	return err == 0
		   ? engine_judge(e, l, from->nth, answer, from->work, out, d)
		   : err;
}

static int
judge_nothing(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	(void)e;
	(void)from;
	(void)answer;
	(void)out;
	return diag_set(
	    d, ERR_NOTFOUND, NULL, 0, _("there is no such question here"));
}

/* ---- all of them ---- */

static const struct {
	const char *word;
	int (*ask)(struct engine *e, const struct engine_question *from,
	    struct buf *out, struct diag *d);
	int (*judge)(struct engine *e, const struct engine_question *from,
	    struct str answer, struct buf *out, struct diag *d);
} kinds[] = {
	[ENGINE_NEXT] = { "next", engine_ask_quiz, engine_judge_quiz },
	[ENGINE_MEANS] = { "means", engine_ask_quiz, engine_judge_quiz },
	[ENGINE_TASK] = { "task", ask_task, engine_view_judge_task },
	[ENGINE_LESSON] = { "lesson", ask_lesson, engine_view_judge_task },
	[ENGINE_SCORE] = { "score", engine_ask_score, judge_nothing },
	[ENGINE_HOLD] = { "hold", ask_hold, judge_nothing },
};

const char *
engine_asks_word(unsigned asks)
{
	return asks < COUNT_OF(kinds) ? kinds[asks].word : NULL;
}

/* What was said to be done lacks nothing. */
static int
check_memory(
    int err, unsigned long lacked, const struct buf *out, struct diag *d)
{
	return err == 0 && (out->err != 0 || mem_failures() != lacked)
		   ? diag_fail(d, ERR_NOMEM)
		   : err;
}

int
engine_question(struct engine *e, const struct engine_question *from,
    struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();

	return check_memory(
	    kinds[from->asks].ask(e, from, out, d), lacked, out, d);
}

int
engine_verdict(struct engine *e, const struct engine_question *from,
    struct str answer, struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();

	return check_memory(
	    kinds[from->asks].judge(e, from, answer, out, d), lacked, out, d);
}
