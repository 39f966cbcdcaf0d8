/* Finds and prints what a record leaves broken; see search/left_open.h. */
#include "search/left_open.h"

#include <string.h>

#include "base/err.h"
#include "search/holes.h"
#include "search/search_report.h"
#include "words/record_doc.h"
#include "words/time_words.h"

#define WIDTH_USUAL 80
/* A user waits for it. */
#define RECORDS_MOST 50000
/* Of what has struck: more are counted. */
#define STRUCK_MOST 12

struct left_open {
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
is_fault(const struct left_open *l, const struct input_act *a,
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
find_faults(struct left_open *l)
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
put_text(struct left_open *l, const char *text, enum canvas_style style,
    size_t indent)
{
	doc_line(l->d, 0);
	doc_pad(l->d, indent);
	doc_wrap(l->d, style, str_of(text), indent, l->width);
}

/* F, and into which hole it fell. */
static int
put_finding(struct left_open *l, const struct finding *f)
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
put_struck(struct left_open *l, const struct trace_rec *rec)
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
put_all_struck(struct left_open *l)
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
put_left_open(struct left_open *l, const struct findings *f, uint64_t seq)
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
	struct left_open l = {
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
		err = put_left_open(&l, &j.findings, seq);
	judged_free(&j);
	inputs_free(&l.in);
	return err != 0 ? err : d->err;
}
