/*
 * What a record leaves broken, what would come of a fault at it, and what a
 * fault costs along the ladder.
 */
#include "search/left_open.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "search/holes.h"
#include "search/search_report.h"
#include "words/record_doc.h"
#include "words/time_words.h"

#define WIDTH_USUAL 80
/* A user waits for it. */
#define RECORDS_MOST 50000
/* Of what has struck: more are counted. */
#define STRUCK_MOST 12

struct leaving {
	const struct trace *t;
	struct doc *d;
	size_t width;
	struct inputs in;
	struct found_fault faults[ATTEMPT_FAULTS];
	size_t nfaults;
};

/* ---- the faults that the run was made with ---- */

/* How many there are on which such a fault may be. */
static size_t
count_places(const struct trace_head *head, enum fault_kind kind)
{
	switch (fault_rows[kind].on) {
	case FAULT_ON_NODE:
		return head->nnodes;
	case FAULT_ON_LINK:
		return head->nlinks;
	default:
		return 1;
	}
}

/* A is the act by which a fault of KIND begins: F is that one. */
static bool
is_fault(const struct leaving *l, const struct input_act *a,
    enum fault_kind kind, struct found_fault *f)
{
	const struct trace_head *head = trace_head(l->t);
	LOCAL_BUF on = BUF_INIT;
	bool is = false;

	if (fault_rows[kind].act == NULL ||
	    strcmp(a->verb, fault_rows[kind].act) != 0)
		return false;
	*f = (struct found_fault){ .kind = kind, .after = a->after };
	for (size_t i = 0; !is && i < count_places(head, kind); i++) {
		f->on = (uint32_t)i;
		buf_clear(&on);
		fault_put_on(f, head, &on);
		is = str_eq(
		    on.n > 0 ? buf_view(&on) : STR("message"), str_of(a->on));
	}
	return is;
}

static void
find_faults(struct leaving *l)
{
	for (size_t i = 0; i < l->in.nacts; i++)
		for (unsigned k = 0;
		     k < FAULT_KIND_COUNT && l->nfaults < ATTEMPT_FAULTS; k++)
			if (is_fault(l, &l->in.acts[i], (enum fault_kind)k,
				&l->faults[l->nfaults])) {
				l->nfaults++;
				break;
			}
}

/* ---- text ---- */

static void
put_text(
    struct leaving *l, const char *text, enum canvas_style style, size_t indent)
{
	doc_line(l->d, 0);
	doc_pad(l->d, indent);
	doc_wrap(l->d, style, str_of(text), indent, l->width);
}

/* F, and into which hole it fell. */
static int
put_finding(struct leaving *l, const struct finding *f)
{
	const struct invariant_row *row = &invariant_rows[f->what];
	struct verdict v = {
		.invariant = f->what, .node = f->node, .record = f->record
	};
	struct hole_facts facts;
	struct buf text = BUF_INIT;
	enum hole hole = HOLE_NONE;
	int err = hole_facts_find(&facts, l->t, l->faults, l->nfaults, &v);

	if (err == 0)
		hole = hole_find(&facts);
	if (f->node != TRACE_NO_NODE)
		buf_printf(&text, "%.*s: ", STR_ARG(trace_name(l->t, f->node)));
	/* TRANSLATORS: what holds no more, and RFC and section */
	buf_printf(&text, _("%s (RFC %u %s)."), i18n_text(row->text), row->rfc,
	    row->section);
	put_text(l, buf_cstr(&text), STYLE_PLAIN, 2);
	if (hole != HOLE_NONE) {
		buf_clear(&text);
		buf_printf(&text, "%s %s", i18n_text(hole_rows[hole].what),
		    i18n_text(hole_rows[hole].why));
		put_text(l, buf_cstr(&text), STYLE_DIM, 2);
	}
	buf_end(&text, &err);
	return err;
}

/* Record SEQ tells of an act on the run, or of a lost message. */
static bool
has_struck(const struct trace *t, uint64_t seq, struct trace_rec *rec,
    struct buf *scratch)
{
	enum trace_kind kind = trace_kind_of(t, seq);
	struct str verb;

	if (kind != TRACE_ACT && kind != TRACE_DROP)
		return false;
	trace_get(t, seq, rec);
	if (kind == TRACE_DROP)
		return trace_send_of(t, rec) != 0;
	verb = trace_str(rec, "verb", scratch);
	for (unsigned k = 0; k < FAULT_KIND_COUNT; k++)
		if ((fault_rows[k].act != NULL &&
			str_is(verb, fault_rows[k].act)) ||
		    (fault_rows[k].end != NULL &&
			str_is(verb, fault_rows[k].end)))
			return true;
	return false;
}

static void
put_struck(struct leaving *l, const struct trace_rec *rec)
{
	struct buf head = BUF_INIT;
	struct record_told told;
	size_t indent;

	record_tell(l->t, rec, true, &told);
	buf_printf(&head, "  #%llu  ", (unsigned long long)rec->seq);
	time_put(&head, rec->t);
	buf_puts(&head, " s  ");
	indent = head.n;
	doc_line(l->d, rec->seq);
	doc_printf(l->d, STYLE_PLAIN, "%s", buf_cstr(&head));
	doc_wrap(l->d, STYLE_PLAIN, buf_view(&told.text), indent, l->width);
	record_told_free(&told, &l->d->err);
	buf_end(&head, &l->d->err);
}

static void
put_all_struck(struct leaving *l)
{
	LOCAL_BUF scratch = BUF_INIT, more = BUF_INIT;
	struct trace_rec rec;
	unsigned long long n = 0;

	for (uint64_t seq = 1; seq <= trace_count(l->t); seq++) {
		if (!has_struck(l->t, seq, &rec, &scratch))
			continue;
		if (n++ == 0)
			put_text(
			    l, _("Faults that have struck it"), STYLE_TITLE, 0);
		if (n <= STRUCK_MOST)
			put_struck(l, &rec);
	}
	if (n > STRUCK_MOST) {
		buf_printf(&more, _("… %llu more …"), n - STRUCK_MOST);
		put_text(l, buf_cstr(&more), STYLE_DIM, 2);
	}
	buf_end(&more, &l->d->err);
}

static int
put_left(struct leaving *l, const struct findings *f, uint64_t seq)
{
	size_t n = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < f->n; i++) {
		if (f->list[i].record != seq)
			continue;
		if (n++ == 0) {
			doc_line(l->d, 0);
			put_text(l, _("State left at the end of the run"),
			    STYLE_TITLE, 0);
		}
		err = put_finding(l, &f->list[i]);
	}
	if (err == 0 && n > 0) {
		doc_line(l->d, 0);
		put_all_struck(l);
	}
	return err;
}

int
left_open_explain(
    const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct leaving l = {
		.t = t, .d = d, .width = width > 0 ? width : WIDTH_USUAL
	};
	struct judged j = { .t = NULL };
	struct diag none = DIAG_INIT;
	int err;

	if (!trace_complete(t) || trace_count(t) > RECORDS_MOST ||
	    trace_head(t)->inputs.type == JSON_NONE)
		return 0;
	err = inputs_from_head(&l.in, t, "", &none);
	/* What they are can't be read: nothing is known of faults. */
	if (err == 0)
		find_faults(&l);
	if (err != ERR_NOMEM)
		err = judged_make(&j, t, NULL);
	if (err == 0)
		err = put_left(&l, &j.findings, seq);
	judged_free(&j);
	inputs_free(&l.in);
	return err != 0 ? err : d->err;
}

/* ---- what would come of a fault at a record ---- */

/* Faults that one act is. */
#define KINDS                                                       \
	(1u << FAULT_DROP | 1u << FAULT_DOUBLE | 1u << FAULT_LATE | \
	    1u << FAULT_OVERTAKEN | 1u << FAULT_CRASH)

#define BEFALL_RECORDS_MOST 20000
/* Delays that are no further apart may be one: right before and behind a
 * timer, or that of one node and of the next. */
#define NEAR_NS INT64_C(50000000)

struct befall {
	const struct trace *t;
	struct inputs in;
	struct search s;
	uint64_t seq; /* whose faults they are, once it is LOOKED at */
	bool looked;
	/* Those of the record are S's cases; NEXT is to be run. */
	size_t next;
};

/* B's inputs are those of its trace.  0, or D's sentence where the run can't be
 * made once more, record for record. */
static int
take_inputs(struct befall *b, struct diag *d)
{
	char most[32];
	int err;

	if (!trace_complete(b->t))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("The run has not ended yet; then this pane shows what a "
		      "fault causes."));
	/* A user waits for it. */
	if (trace_count(b->t) > BEFALL_RECORDS_MOST)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("This pane shows what a fault causes for runs of up to "
		      "%s records; rung search also takes longer runs."),
		    str_grouped(BEFALL_RECORDS_MOST, most));
	err = inputs_from_head(&b->in, b->t, "", d);
	return err != 0 || b->in.detail == TRACE_PROTOCOL
		   ? err
		   : diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			 _("What a fault causes is known only for runs with "
			   "the detail protocol."));
}

int
befall_create(struct befall **out, const struct trace *t, struct diag *d)
{
	static const struct search_options options = {
		.wish = { .kinds = KINDS }, .faults = 1
	};
	struct befall *b = mem_zalloc(1, sizeof(*b));
	int err = ERR_NOMEM;

	*out = NULL;
	if (b != NULL) {
		b->t = t;
		err = take_inputs(b, d);
	}
	if (err == 0)
		err = search_begin(&b->s, &b->in, &options, d);
	if (err == 0 && !trace_same_records(b->s.base.trace, t))
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("The same run comes out differently: nothing is known "
		      "about its faults."));
	if (err != 0) {
		befall_destroy(b);
		return err == ERR_NOMEM ? err : d->err;
	}
	*out = b;
	return 0;
}

void
befall_destroy(struct befall *b)
{
	if (b == NULL)
		return;
	search_free(&b->s);
	inputs_free(&b->in);
	mem_free(b);
}

int
befall_look_at_record(struct befall *b, uint64_t seq)
{
	int err;

	if (b->looked && b->seq == seq)
		return 0;
	b->seq = seq;
	b->next = 0;
	err = search_take(&b->s, seq);
	b->looked = err == 0;
	return err;
}

int
befall_go_on(struct befall *b, bool *more)
{
	struct search_case *c;
	int err = 0;

	if (b->next < b->s.ncases) {
		c = &b->s.cases[b->next];
		if (!c->done)
			err = search_judge_case(&b->s, b->next, &c->v);
		c->done = err == 0;
		b->next += err == 0;
	}
	*more = err == 0 && b->next < b->s.ncases;
	return err;
}

/* ---- which are one ---- */

/* X and Y have the same end. */
static bool
end_alike(
    const struct befall *b, const struct verdict *x, const struct verdict *y)
{
	LOCAL_BUF how = BUF_INIT, other = BUF_INIT;

	search_put_how(&b->s, x, &how);
	search_put_how(&b->s, y, &other);
	return x->outcome == y->outcome &&
	       str_eq(buf_view(&how), buf_view(&other));
}

/* Case I is told with the one before it. */
static bool
goes_on(const struct befall *b, size_t i)
{
	const struct search_case *x = &b->s.cases[i - 1], *y = x + 1;

	return x->done && y->done && x->fault.kind == y->fault.kind &&
	       x->fault.on == y->fault.on &&
	       y->fault.by_ns - x->fault.by_ns <= NEAR_NS &&
	       end_alike(b, &x->v, &y->v);
}

/* The index behind the cases shown together with case I. */
static size_t
find_told_end(const struct befall *b, size_t i)
{
	do
		i++;
	while (i < b->s.ncases && goes_on(b, i));
	return i;
}

size_t
befall_count(const struct befall *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->s.ncases; i = find_told_end(b, i))
		n++;
	return n;
}

const struct found_fault *
befall_fault_at(const struct befall *b, size_t i)
{
	size_t at = 0;

	while (i-- > 0)
		at = find_told_end(b, at);
	return &b->s.cases[at].fault;
}

size_t
befall_find_fault(const struct befall *b, const struct found_fault *f)
{
	size_t n = 0;

	for (size_t i = find_told_end(b, 0);
	     i < b->s.ncases && &b->s.cases[i].fault <= f;
	     i = find_told_end(b, i))
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
put_what(const struct befall *b, const struct found_fault *f, int64_t until_ns,
    struct buf *out)
{
	static const char *const texts[FAULT_KIND_COUNT] = {
		[FAULT_DROP] = N_("lost"),
		[FAULT_DOUBLE] = N_("arrives twice"),
		[FAULT_LATE] = N_("late by"),
		[FAULT_OVERTAKEN] = N_("overtaken, late by"),
		[FAULT_CRASH] = N_("crashes"),
	};
	struct buf on = BUF_INIT;

	fault_put_on(f, trace_head(b->s.base.trace), &on);
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
put_cases(const struct befall *b, size_t at, size_t end, struct doc *doc)
{
	const struct search_case *c = &b->s.cases[at];
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = at; i < end; i++)
		if (b->s.cases[i].v.later_ns > c->v.later_ns)
			c = &b->s.cases[i];
	doc_line(doc, 0);
	put_what(
	    b, &b->s.cases[at].fault, b->s.cases[end - 1].fault.by_ns, &text);
	doc_put(doc, STYLE_PLAIN, buf_view(&text));
	doc_pad(doc, 28);
	buf_clear(&text);
	if (!c->done) {
		doc_puts(doc, STYLE_DIM, "…");
		return;
	}
	buf_puts(&text, outcome_text(c->v.outcome));
	search_put_cost(&b->s, &c->v, &text);
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
put_meanings(const struct befall *b, size_t width, struct doc *doc)
{
	bool told[INVARIANT_COUNT] = { false }, hole[HOLE_COUNT] = { false };
	bool any = false;

	for (size_t i = 0; i < b->s.ncases; i++) {
		const struct verdict *v = &b->s.cases[i].v;
		const struct invariant_row *row = &invariant_rows[v->invariant];
		const struct hole_row *why = &hole_rows[v->hole];

		if (!b->s.cases[i].done || v->outcome != OUTCOME_BROKEN ||
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
befall_put_lines(
    const struct befall *now, const char *why, size_t width, struct doc *doc)
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

/* ---- the ladder of the run without faults by what a fault costs there ---- */

/* What a case costs that ended as V says; NULL: it was not run. */
static enum layout_cost
cost_of(const struct verdict *v)
{
	static const enum layout_cost costs[SEARCH_OUTCOME_COUNT] = {
		[OUTCOME_SAME] = LAYOUT_COST_NOTHING,
		[OUTCOME_ABSORBED] = LAYOUT_COST_NOTHING,
		[OUTCOME_MENDED] = LAYOUT_COST_TIME,
		[OUTCOME_GIVEN_UP] = LAYOUT_COST_GOAL,
		[OUTCOME_BROKEN] = LAYOUT_COST_RULE,
		[OUTCOME_FAILED] = LAYOUT_COST_UNTRIED,
		[OUTCOME_IMPOSSIBLE] = LAYOUT_COST_UNTRIED,
	};

	if (v == NULL)
		return LAYOUT_COST_UNTRIED;
	return costs[v->outcome] == LAYOUT_COST_NOTHING && v->later_ns > 0
		   ? LAYOUT_COST_TIME
		   : costs[v->outcome];
}

/* What the loss of the message that record SEND sends costs. */
static enum layout_cost
cost_of_loss(uint64_t send, struct buf *words, size_t *gist, void *arg)
{
	const struct verdict *v = search_tell_loss(arg, send);

	if (v != NULL)
		*gist = search_put_cost(arg, v, words);
	/* It tells nothing of what the loss costs. */
	if (v != NULL && cost_of(v) == LAYOUT_COST_UNTRIED)
		buf_printf(words, " %s", outcome_text(v->outcome));
	return cost_of(v);
}

/* … and a crash in the next piece of a lifeline. */
static bool
cost_of_crash(
    size_t *at, struct str *node, struct layout_piece *piece, void *arg)
{
	const struct search *s = arg;
	const struct verdict *v;
	uint32_t on;

	if (!search_tell_crash(s, at, &on, &v, &piece->t, &piece->t_end))
		return false;
	*node = trace_name(s->base.trace, on);
	piece->cost = cost_of(v);
	if (piece->cost == LAYOUT_COST_UNTRIED)
		piece->cost = LAYOUT_COST_UNKNOWN;
	return true;
}

void
search_take_costs(struct search *s, struct layout_options *o)
{
	o->cost = cost_of_loss;
	o->piece = cost_of_crash;
	o->cost_arg = s;
	o->notes = false;
}
