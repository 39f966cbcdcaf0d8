/*
 * Two messages compared, and where two runs part.  Side by side each line takes
 * as many rows as its longer side does; one above the other, a line that has
 * changed stands twice, first "−" as it was, then "+" as it is.
 */
#include "words/compare_doc.h"

#include "base/err.h"
#include "trace/align.h"
#include "words/changed_message.h"
#include "draw/line_diff.h"
#include "words/message_doc.h"
#include "words/record_text.h"
#include "draw/wrap.h"

#define FOLD   4
#define GUTTER 2
#define MIDDLE 3 /* " │ " */

/* One side of a row, as far as it has been put. */
struct side {
	struct str text;
	size_t from, to; /* what differs */
	size_t at;
	enum canvas_style style;
	const char *sign;
};

/* The next of S in CELLS of the present line. */
static void
put_side_part(struct doc *d, struct side *s, size_t cells)
{
	struct doc_marked m = {
		.style = s->style,
		.mark = STYLE_CHANGED,
		.from = s->from,
		.to = s->to,
	};
	struct str rest = str_slice(s->text, s->at, s->text.n);
	size_t n, indent = s->at > 0 ? FOLD : 0;

	if (s->at == 0 && s->sign != NULL)
		doc_printf(d, STYLE_CHANGED, "%s ", s->sign);
	else if (rest.n > 0)
		doc_puts(d, STYLE_PLAIN, "  ");
	if (rest.n == 0)
		return;
	doc_printf(d, STYLE_PLAIN, "%*s", (int)indent, "");
	n = wrap_fits(rest, cells - GUTTER - indent, WRAP_MESSAGE, NULL);
	doc_put_marked(d, s->text, s->at, s->at + n, &m);
	rest = wrap_rest(str_slice(rest, n, rest.n));
	s->at = s->text.n - rest.n;
}

static void
put_two_sides(
    struct doc *d, uint64_t seq, struct side *a, struct side *b, size_t width)
{
	size_t left = (width - MIDDLE) / 2, right = width - MIDDLE - left;

	do {
		doc_line(d, seq);
		put_side_part(d, a, left);
		doc_pad(d, left);
		doc_puts(d, STYLE_FRAME, b->at < b->text.n ? " │ " : " │");
		put_side_part(d, b, right);
	} while (d->err == 0 && (a->at < a->text.n || b->at < b->text.n));
}

static void
put_alone(struct doc *d, uint64_t seq, struct side *a, size_t width)
{
	do {
		doc_line(d, seq);
		put_side_part(d, a, width);
	} while (d->err == 0 && a->at < a->text.n);
}

static void
put_compared_row(struct doc *d, const struct line_diff_row *r, uint64_t seq1,
    uint64_t seq2, size_t width)
{
	bool differ = r->change != LINE_SAME;
	bool both = r->change == LINE_SAME || r->change == LINE_CHANGED;
	const char *here = r->change == LINE_CHANGED ? "~" : NULL;
	struct side a = { .text = r->old,
		.sign = r->change == LINE_REMOVED ? "−" : here };
	struct side b = { .text = r->now,
		.sign = r->change == LINE_ADDED ? "+" : here };

	a.to = r->change == LINE_REMOVED ? r->old.n : r->old_to;
	a.from = r->old_from;
	b.to = r->change == LINE_ADDED ? r->now.n : r->now_to;
	b.from = r->now_from;
	if (width >= COMPARE_WIDE) {
		a.style = b.style = differ ? STYLE_PLAIN : STYLE_DIM;
		put_two_sides(
		    d, r->change == LINE_ADDED ? seq2 : seq1, &a, &b, width);
		return;
	}
	if (!both || r->change == LINE_CHANGED) {
		a.sign = "−";
		b.sign = "+";
	}
	if (r->change != LINE_ADDED)
		put_alone(d, seq1, &a, width);
	if (r->change == LINE_ADDED || r->change == LINE_CHANGED)
		put_alone(d, seq2, &b, width);
}

/* The lines of one heading below each other, SIGN before the first. */
static void
put_signed_heading(
    struct doc *d, const struct doc *h, const char *sign, uint64_t seq)
{
	for (size_t i = 0; i < h->nlines; i++) {
		doc_line(d, seq);
		doc_printf(d, STYLE_CHANGED, "%s ", i == 0 ? sign : " ");
		doc_append(d, h, i);
	}
}

/* The messages are compared as they travelled. */
static void
make_heading(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct buf scratch = BUF_INIT;
	struct changed_message a;

	message_heading(t, seq, width, d);
	if (changed_message_read(t, seq, &a, &scratch) && a.known) {
		doc_line(d, seq);
		doc_wrap(d, STYLE_CHANGED, str_of(changed_message_text(&a)), 0,
		    width);
	}
	buf_end(&scratch, &d->err);
}

/* Both headings: beside each other, or each with the sign of its lines. */
static void
put_headings(const struct trace *t1, uint64_t seq1, const struct trace *t2,
    uint64_t seq2, size_t width, struct doc *d)
{
	LOCAL(doc_free) struct doc a = DOC_INIT, b = DOC_INIT;
	bool wide = width >= COMPARE_WIDE;
	size_t left = wide ? (width - MIDDLE) / 2 : width;

	make_heading(t1, seq1, left - GUTTER, &a);
	make_heading(t2, seq2, left - GUTTER, &b);
	if (!wide) {
		put_signed_heading(d, &a, "−", seq1);
		put_signed_heading(d, &b, "+", seq2);
	}
	for (size_t i = 0; wide && (i < a.nlines || i < b.nlines); i++) {
		doc_line(d, i < a.nlines ? seq1 : seq2);
		doc_pad(d, GUTTER);
		doc_append(d, &a, i);
		doc_pad(d, left);
		doc_puts(d, STYLE_FRAME, i < b.nlines ? " │   " : " │");
		doc_append(d, &b, i);
	}
	if (a.err != 0 || b.err != 0)
		d->err = ERR_NOMEM;
}

static void
put_likeness(struct doc *d, const struct line_diff *diff, size_t width)
{
	doc_line(d, 0);
	doc_line(d, 0);
	if (diff->nchanged == 0)
		doc_wrap(d, STYLE_SUCCESS,
		    str_of(_("Both messages are the same.")), 0, width);
	else
		doc_printf(d, STYLE_CHANGED,
		    _("Lines that differ: %zu of %zu."), diff->nchanged,
		    diff->n);
	doc_line(d, 0);
}

static bool
comparison_bytes_of(
    const struct trace *t, uint64_t seq, struct buf *memory, struct str *bytes)
{
	struct trace_rec rec, send;
	struct buf way = BUF_INIT;
	struct changed_message changed;

	if (seq == 0 || seq > trace_count(t))
		return false;
	trace_get(t, seq, &rec);
	if (!record_message(t, &rec, &send))
		return false;
	*bytes = message_bytes(t, &rec, memory);
	/* What travelled, where a fault changed it. */
	if (rec.kind == TRACE_SEND &&
	    changed_message_read(t, seq, &changed, &way) && changed.known) {
		buf_clear(memory);
		buf_str(memory, changed.bytes);
		*bytes = buf_view(memory);
	}
	buf_end(&way, &memory->err);
	return true;
}

static void
put_messages(struct doc *d, struct str a, uint64_t seq1, struct str b,
    uint64_t seq2, size_t width)
{
	LOCAL(line_diff_free) struct line_diff diff = LINE_DIFF_INIT;

	if (!hex_is_text(a) || !hex_is_text(b)) {
		doc_line(d, 0);
		doc_line(d, 0);
		doc_wrap(d, STYLE_PLAIN,
		    str_of(
			str_eq(a, b)
			    ? _("Both messages are the same.")
			    : _("The messages differ, and they are not text.")),
		    0, width);
		return;
	}
	if (line_diff(&diff, a, b) != 0) {
		d->err = ERR_NOMEM;
	} else {
		put_likeness(d, &diff, width);
		for (size_t i = 0; i < diff.n && d->err == 0; i++)
			put_compared_row(d, &diff.rows[i], seq1, seq2, width);
	}
}

void
compare_doc(const struct trace *t1, uint64_t seq1, const struct trace *t2,
    uint64_t seq2, size_t width, struct doc *d)
{
	struct buf m1 = BUF_INIT, m2 = BUF_INIT;
	struct str a, b;

	if (width < 24)
		width = 24;
	if (!comparison_bytes_of(t1, seq1, &m1, &a) ||
	    !comparison_bytes_of(t2, seq2, &m2, &b)) {
		doc_line(d, 0);
		doc_wrap(d, STYLE_DIM,
		    str_of(_("Only two messages can be compared.")), 0, width);
	} else {
		put_headings(t1, seq1, t2, seq2, width, d);
		put_messages(d, a, seq1, b, seq2, width);
	}
	buf_end(&m1, &d->err);
	buf_end(&m2, &d->err);
}

void
difference_put_sentence(struct buf *b, const struct trace *t1,
    const char *name1, const struct trace *t2, const char *name2)
{
	uint64_t seq1, seq2, first;

	if (!trace_first_difference(t1, t2, &seq1, &seq2)) {
		buf_printf(b, _("“%s” and “%s” are the same."), name1, name2);
		return;
	}
	first = seq1 != 0 ? seq1 : seq2;
	if (first == 1)
		buf_printf(b,
		    _("“%s” and “%s” differ from the first record on."), name1,
		    name2);
	else
		buf_printf(b,
		    _("“%s” and “%s” are the same up to record %llu."), name1,
		    name2, (unsigned long long)first - 1);
}
