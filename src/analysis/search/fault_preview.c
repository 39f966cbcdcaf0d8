/* Runs the faults at one record and tells their effects; see
 * search/fault_preview.h. */
#include "search/fault_preview.h"

#include "base/err.h"
#include "base/mem.h"
#include "search/holes.h"
#include "search/search_report.h"

/* Faults that one act is. */
#define KINDS                                                       \
	(1u << FAULT_DROP | 1u << FAULT_DOUBLE | 1u << FAULT_LATE | \
	    1u << FAULT_OVERTAKEN | 1u << FAULT_CRASH)

#define FAULT_PREVIEW_RECORDS_MOST 20000
/* Delays that are no further apart may be one: right before and behind a
 * timer, or that of one node and of the next. */
#define NEAR_NS INT64_C(50000000)

struct fault_preview {
	const struct trace *t;
	struct inputs in;
	struct search s;
	uint64_t seq; /* whose faults they are, once it is LOOKED at */
	bool looked;
	/* Those of the record are S's cases; NEXT is to be run. */
	size_t next;
};

/* P's inputs are those of its trace.  0, or D's sentence where the run can't be
 * made once more, record for record. */
static int
take_inputs(struct fault_preview *p, struct diag *d)
{
	char most[32];
	int err;

	if (!trace_complete(p->t))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("The run has not ended yet; then this pane shows what a "
		      "fault causes."));
	/* A user waits for it. */
	if (trace_count(p->t) > FAULT_PREVIEW_RECORDS_MOST)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("This pane shows what a fault causes for runs of up to "
		      "%s records; rung search also takes longer runs."),
		    str_grouped(FAULT_PREVIEW_RECORDS_MOST, most));
	err = inputs_from_head(&p->in, p->t, "", d);
	return err != 0 || p->in.detail == TRACE_PROTOCOL
		   ? err
		   : diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			 _("What a fault causes is known only for runs with "
			   "the detail protocol."));
}

int
fault_preview_create(
    struct fault_preview **out, const struct trace *t, struct diag *d)
{
	static const struct search_options options = {
		.wish = { .kinds = KINDS }, .faults = 1
	};
	struct fault_preview *p = mem_zalloc(1, sizeof(*p));
	int err = ERR_NOMEM;

	*out = NULL;
	if (p != NULL) {
		p->t = t;
		err = take_inputs(p, d);
	}
	if (err == 0)
		err = search_begin(&p->s, &p->in, &options, d);
	if (err == 0 && !trace_same_records(p->s.base.trace, t))
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("The same run comes out differently: nothing is known "
		      "about its faults."));
	if (err != 0) {
		fault_preview_destroy(p);
		return err == ERR_NOMEM ? err : d->err;
	}
	*out = p;
	return 0;
}

void
fault_preview_destroy(struct fault_preview *p)
{
	if (p == NULL)
		return;
	search_free(&p->s);
	inputs_free(&p->in);
	mem_free(p);
}

int
fault_preview_look_at_record(struct fault_preview *p, uint64_t seq)
{
	int err;

	if (p->looked && p->seq == seq)
		return 0;
	p->seq = seq;
	p->next = 0;
	err = search_take(&p->s, seq);
	p->looked = err == 0;
	return err;
}

int
fault_preview_go_on(struct fault_preview *p, bool *more)
{
	struct search_case *c;
	int err = 0;

	if (p->next < p->s.ncases) {
		c = &p->s.cases[p->next];
		if (!c->done)
			err = search_judge_case(&p->s, p->next, &c->v);
		c->done = err == 0;
		p->next += err == 0;
	}
	*more = err == 0 && p->next < p->s.ncases;
	return err;
}

/* ---- which are one ---- */

/* X and Y have the same end. */
static bool
end_alike(const struct fault_preview *p, const struct verdict *x,
    const struct verdict *y)
{
	LOCAL_BUF how = BUF_INIT, other = BUF_INIT;

	search_put_how(&p->s, x, &how);
	search_put_how(&p->s, y, &other);
	return x->outcome == y->outcome &&
	       str_eq(buf_view(&how), buf_view(&other));
}

/* Case I is told with the one before it. */
static bool
goes_on(const struct fault_preview *p, size_t i)
{
	const struct search_case *x = &p->s.cases[i - 1], *y = x + 1;

	return x->done && y->done && x->fault.kind == y->fault.kind &&
	       x->fault.on == y->fault.on &&
	       y->fault.by_ns - x->fault.by_ns <= NEAR_NS &&
	       end_alike(p, &x->v, &y->v);
}

/* The index behind the cases shown together with case I. */
static size_t
find_told_end(const struct fault_preview *p, size_t i)
{
	do
		i++;
	while (i < p->s.ncases && goes_on(p, i));
	return i;
}

size_t
fault_preview_count(const struct fault_preview *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->s.ncases; i = find_told_end(p, i))
		n++;
	return n;
}

const struct found_fault *
fault_preview_fault_at(const struct fault_preview *p, size_t i)
{
	size_t at = 0;

	while (i-- > 0)
		at = find_told_end(p, at);
	return &p->s.cases[at].fault;
}

size_t
fault_preview_find_fault(
    const struct fault_preview *p, const struct found_fault *f)
{
	size_t n = 0;

	for (size_t i = find_told_end(p, 0);
	     i < p->s.ncases && &p->s.cases[i].fault <= f;
	     i = find_told_end(p, i))
		n++;
	return n;
}

/* ---- in words ---- */

static void
put_seconds(int64_t ns, struct buf *out)
{
	buf_printf(out, "%lld.%03lld", (long long)(ns / 1000000000),
	    (long long)(ns / 1000000 % 1000));
}

/* F, or all with the delays from its own to UNTIL_NS. */
static void
put_what(const struct fault_preview *p, const struct found_fault *f,
    int64_t until_ns, struct buf *out)
{
	static const char *const texts[FAULT_KIND_COUNT] = {
		[FAULT_DROP] = N_("lost"),
		[FAULT_DOUBLE] = N_("arrives twice"),
		[FAULT_LATE] = N_("late by"),
		[FAULT_OVERTAKEN] = N_("overtaken, late by"),
		[FAULT_CRASH] = N_("crashes"),
	};
	struct buf on = BUF_INIT;

	fault_put_on(f, trace_head(p->s.base.trace), &on);
	if (on.n > 0)
		buf_printf(out, "%.*s ", STR_ARG(buf_view(&on)));
	buf_puts(out, i18n_text(texts[f->kind]));
	if (f->by_ns > 0) {
		buf_putc(out, ' ');
		put_seconds(f->by_ns, out);
		buf_puts(out, until_ns > f->by_ns ? "–" : "");
		if (until_ns > f->by_ns)
			put_seconds(until_ns, out);
		buf_puts(out, " s");
	}
	buf_end(&on, &out->err);
}

static enum canvas_style
style_of(const struct search_case *c)
{
	static const enum canvas_style styles[SEARCH_OUTCOME_COUNT] = {
		[OUTCOME_SAME] = STYLE_DIM,
		[OUTCOME_ABSORBED] = STYLE_DIM,
		[OUTCOME_MENDED] = STYLE_SUCCESS,
		[OUTCOME_GIVEN_UP] = STYLE_PROVISIONAL,
		[OUTCOME_BROKEN] = STYLE_LOST,
		[OUTCOME_FAILED] = STYLE_WARNING,
		[OUTCOME_IMPOSSIBLE] = STYLE_DIM,
	};

	return styles[c->v.outcome];
}

/* Cases AT to before END as one, that which costs most time. */
static void
put_cases(const struct fault_preview *p, size_t at, size_t end, struct doc *doc)
{
	const struct search_case *c = &p->s.cases[at];
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = at; i < end; i++)
		if (p->s.cases[i].v.later_ns > c->v.later_ns)
			c = &p->s.cases[i];
	doc_line(doc, 0);
	put_what(
	    p, &p->s.cases[at].fault, p->s.cases[end - 1].fault.by_ns, &text);
	doc_put(doc, STYLE_PLAIN, buf_view(&text));
	doc_pad(doc, 28);
	buf_clear(&text);
	if (!c->done) {
		doc_puts(doc, STYLE_DIM, "…");
		return;
	}
	buf_puts(&text, outcome_text(c->v.outcome));
	search_put_cost(&p->s, &c->v, &text);
	doc_put(doc, style_of(c), buf_view(&text));
	buf_end(&text, &doc->err);
}

/* "one-sided: a side stays in a dialog … (RFC 3261 15)" */
static void
put_sentence(const char *word, const char *text, unsigned rfc,
    const char *section, size_t width, struct doc *doc)
{
	LOCAL_BUF b = BUF_INIT;

	buf_printf(
	    &b, _("%s: %s (RFC %u %s)"), word, i18n_text(text), rfc, section);
	doc_line(doc, 0);
	doc_wrap(doc, STYLE_DIM, buf_view(&b), 4, width);
	buf_end(&b, &doc->err);
}

/* What the words of broken cases mean, each once. */
static void
put_meanings(const struct fault_preview *p, size_t width, struct doc *doc)
{
	bool told[INVARIANT_COUNT] = { false }, hole[HOLE_COUNT] = { false };
	bool any = false;

	for (size_t i = 0; i < p->s.ncases; i++) {
		const struct verdict *v = &p->s.cases[i].v;
		const struct invariant_row *row = &invariant_rows[v->invariant];
		const struct hole_row *why = &hole_rows[v->hole];

		if (!p->s.cases[i].done || v->outcome != OUTCOME_BROKEN ||
		    v->goal != 0)
			continue;
		if (!any)
			doc_line(doc, 0);
		any = true;
		if (!told[v->invariant])
			put_sentence(row->word, row->text, row->rfc,
			    row->section, width, doc);
		told[v->invariant] = true;
		if (v->hole != HOLE_NONE && !hole[v->hole])
			put_sentence(why->word, why->what, why->rfc,
			    why->section, width, doc);
		hole[v->hole] = true;
	}
}

void
fault_preview_put_lines(const struct fault_preview *now, const char *why,
    size_t width, struct doc *doc)
{
	doc_line(doc, 0);
	if (now == NULL) {
		doc_wrap(
		    doc, STYLE_DIM, str_of(why != NULL ? why : ""), 0, width);
		return;
	}
	doc_puts(doc, STYLE_BOLD,
	    now->s.ncases > 0
		? _("Effects of a fault here")
		: _("Nothing is sent here, and no state changes."));
	doc_line(doc, 0);
	if (now->s.ncases > 0)
		doc_puts(
		    doc, STYLE_DIM, _("Enter: a branch in which it happens"));
	for (size_t i = 0, end; i < now->s.ncases; i = end) {
		end = find_told_end(now, i);
		put_cases(now, i, end, doc);
	}
	put_meanings(now, width, doc);
}
