/*
 * Two traces compared: which rows are shown, the signs and words, side by
 * side as text, and for programs.
 */
#include "words/diff_text.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "draw/doc.h"
#include "draw/line_diff.h"
#include "draw/wrap.h"
#include "text/json.h"
#include "text/utf8.h"
#include "words/record_text.h"
#include "words/time_words.h"
#include "words/trace_words.h"

/* X(ID, UTF-8, ASCII): signs. */
#define DIFF_SIGNS(X)        \
	X(SAME, "│", "|")    \
	X(CHANGED, "~", "~") \
	X(MOVED, "↕", "%")   \
	X(MISSING, "−", "-") \
	X(EXTRA, "+", "+")   \
	X(DOWN, "↓", "v")    \
	X(UP, "↑", "^")      \
	X(TO, "→", "->")     \
	X(AGAIN, "↻", "r")   \
	X(LOST, "╳", "X")    \
	X(MORE, "⋮", ":")    \
	X(CUT, "…", "~")

/* The first are of the verdicts. */
enum diff_sign {
#define X(id, utf8, ascii) DIFF_SIGN_##id,
	DIFF_SIGNS(X)
#undef X
};

/* ---- which rows of a comparison are shown ---- */

/* Rows that are shown before and after what differs, and how many more there
 * must be to be summed up. */
#define CONTEXT  2
#define WORTH_IT 3

static bool
is_row_same(const struct diff_walk *w, size_t i)
{
	return w->al->rows[i].verdict == ALIGN_SAME;
}

/* A stretch begins at the present row: what of it is left out. */
static void
find_fold(struct diff_walk *w)
{
	size_t run = 0, before = w->at == 0 ? 0 : CONTEXT, after;

	while (w->at + run < w->al->nrows && is_row_same(w, w->at + run))
		run++;
	after = w->at + run == w->al->nrows ? 0 : CONTEXT;
	if (run < before + after + WORTH_IT)
		return;
	w->fold = w->at + before;
	w->nfold = run - before - after;
}

bool
diff_walk_next(struct diff_walk *w, size_t *row, size_t *summed)
{
	*summed = 0;
	if (w->at >= w->al->nrows)
		return false;
	if (!w->all && is_row_same(w, w->at) &&
	    (w->at == 0 || !is_row_same(w, w->at - 1)))
		find_fold(w);
	*row = w->at++;
	if (w->nfold > 0 && *row == w->fold) {
		*summed = w->nfold;
		w->at = w->fold + w->nfold;
		w->nfold = 0;
	}
	return true;
}

/* ---- the signs and words of a comparison ---- */

static const char *
diff_sign(enum diff_sign s, bool ascii)
{
	static const char *const texts[][2] = {
#define X(id, utf8, plain) { utf8, plain },
		DIFF_SIGNS(X)
#undef X
	};

	return texts[s][ascii];
}

void
diff_put_message(struct buf *b, const struct align_message *m, bool ascii)
{
	if (m->status != 0) {
		buf_printf(b, "%u%s", m->status, m->reason.n > 0 ? " " : "");
		utf8_add_clipped(b, m->reason, 40);
		if (m->cseq_method.n > 0 && !str_is(m->cseq_method, "INVITE"))
			buf_printf(b, " (%.*s)", STR_ARG(m->cseq_method));
	} else if (m->method.n > 0) {
		buf_str(b, utf8_clip(m->method, 40));
	} else {
		buf_putc(b, '?');
	}
	if (m->sdp)
		buf_puts(b, " (SDP)");
	if (m->retx > 0)
		buf_printf(
		    b, " %s%u", diff_sign(DIFF_SIGN_AGAIN, ascii), m->retx);
}

/* "alice → atl" */
static void
diff_put_nodes(struct buf *b, const struct align_message *m, bool ascii)
{
	buf_str(b, m->from_name);
	buf_printf(b, " %s ", diff_sign(DIFF_SIGN_TO, ascii));
	buf_str(b, m->to_name);
}

void
diff_put_later(struct buf *b, int64_t later)
{
	if (later == 0)
		return;
	buf_putc(b, later > 0 ? '+' : '-');
	time_put_length(b, later < 0 ? -later : later);
}

int64_t
diff_later(const struct align *al, const struct align_row *r)
{
	if (r->a == ALIGN_NONE || r->b == ALIGN_NONE)
		return 0;
	return al->b.messages[r->b].t - al->a.messages[r->a].t;
}

void
diff_put_counts(struct buf *b, const struct align *al)
{
	buf_printf(b,
	    _("Messages: %zu in A, %zu in B; the same: %zu; changed: %zu; "
	      "moved: %zu; only in A: %zu; only in B: %zu."),
	    al->a.n, al->b.n, al->counts[ALIGN_SAME], al->counts[ALIGN_CHANGED],
	    al->counts[ALIGN_MOVED], al->counts[ALIGN_MISSING],
	    al->counts[ALIGN_EXTRA]);
}

/* ---- side by side ---- */

#define WIDTH_LEAST 60
#define GUTTER      3
#define LABEL_LEAST 12
#define NODES_MOST  24

struct view {
	const struct align *al;
	const struct diff_text_options *o;
	struct doc *d;
	struct buf text;
	size_t width, left, right;
	size_t times, nodes; /* cells of the times, of "alice → atl" */
	size_t later;        /* of "+500 ms"; 0: they are not shown */
	uint8_t *seen;       /* of a moved message of B: its first row has
				been */
};

static void
put_message_and_fate(struct view *v, const struct align_message *m)
{
	diff_put_message(&v->text, m, v->o->ascii);
	if (m->fate == ALIGN_FATE_LOST)
		buf_printf(
		    &v->text, " %s", diff_sign(DIFF_SIGN_LOST, v->o->ascii));
}

/* ---- one message ---- */

/* As far as CELLS of the present line reach, from cell FROM on. */
static void
put_clipped(struct view *v, enum canvas_style style, size_t from, size_t cells)
{
	size_t used = doc_used(v->d) - from;
	size_t room = used < cells ? cells - used : 0;
	struct str text = buf_view(&v->text);

	if (utf8_width(text) > room && room > 0) {
		doc_put(v->d, style, utf8_clip(text, room - 1));
		doc_puts(v->d, style, diff_sign(DIFF_SIGN_CUT, v->o->ascii));
	} else if (room > 0) {
		doc_put(v->d, style, text);
	}
	buf_clear(&v->text);
}

static void
put_cut_message(struct view *v, const struct align_side *s, size_t i,
    size_t from, size_t cells, int64_t later, bool dim)
{
	const struct align_message *m = &s->messages[i];
	size_t n, nodes;

	time_put(&v->text, m->t);
	n = utf8_width(buf_view(&v->text));
	doc_pad(v->d, from + (v->times > n ? v->times - n : 0));
	put_clipped(v, STYLE_DIM, from, cells);
	doc_puts(v->d, STYLE_PLAIN, " ");
	if (v->later > 0 && from > 0) {
		n = doc_used(v->d);
		diff_put_later(&v->text, later);
		put_clipped(v, STYLE_TIMER, from, cells);
		doc_pad(v->d, n + v->later + 1);
	}
	diff_put_nodes(&v->text, m, v->o->ascii);
	n = doc_used(v->d);
	/* Long names leave room for what was sent. */
	nodes = v->nodes;
	if (n - from + nodes + LABEL_LEAST > cells)
		nodes = cells > n - from + LABEL_LEAST
			    ? cells - (n - from) - LABEL_LEAST
			    : 0;
	put_clipped(v, dim ? STYLE_DIM : STYLE_PLAIN, n, nodes);
	doc_pad(v->d, n + nodes + 1);
	put_message_and_fate(v, m);
	put_clipped(v,
	    dim ? STYLE_DIM
		: record_arrow_style(trace_arrow_of(STR_NULL, m->status)),
	    from, cells);
}

/* ---- what differs in it ---- */

/* VALUE, of which FROM to TO differs from the other side's; NULL: there is
 * none. */
static void
put_changed_value(struct view *v, enum diff_sign sign, struct str value,
    size_t from, size_t to)
{
	const struct doc_marked m = { .style = STYLE_PLAIN,
		.mark = STYLE_CHANGED,
		.from = from,
		.to = to,
		.indent = 10,
		.width = v->width,
		.also = WRAP_MESSAGE };

	if (value.p == NULL)
		return;
	doc_line(v->d, 0);
	doc_printf(
	    v->d, STYLE_CHANGED, "        %s ", diff_sign(sign, v->o->ascii));
	if (value.n > 0)
		doc_wrap_marked(v->d, value, &m);
}

/* Of N fields the ones that belong to the first: values of one list, each of
 * which only the same one has. */
static size_t
count_alike(const struct align_field *f, size_t n)
{
	bool in_a = f->a.p != NULL;
	size_t i = 1;

	if (in_a && f->b.p != NULL)
		return 1;
	while (i < n && str_eq(f[i].name, f->name) &&
	       (f[i].a.p != NULL) == in_a && (f[i].b.p == NULL) == in_a)
		i++;
	return i;
}

/* The first of N fields, and the ones that go on its line; how many. */
static size_t
put_differing_field(struct view *v, const struct align_field *f, size_t n)
{
	struct line_diff_row r = { .old = f->a, .now = f->b };
	size_t alike = count_alike(f, n);
	struct buf list = BUF_INIT;

	doc_line(v->d, 0);
	doc_puts(v->d, STYLE_PLAIN, "      ");
	doc_clip(v->d, STYLE_TITLE, f->name, v->width - 6);
	if (alike == 1) {
		line_diff_mark(&r);
		put_changed_value(
		    v, DIFF_SIGN_MISSING, f->a, r.old_from, r.old_to);
		put_changed_value(
		    v, DIFF_SIGN_EXTRA, f->b, r.now_from, r.now_to);
		return 1;
	}
	for (size_t i = 0; i < alike; i++) {
		buf_puts(&list, i > 0 ? _(", ") : "");
		buf_str(&list, f->a.p != NULL ? f[i].a : f[i].b);
	}
	put_changed_value(v,
	    f->a.p != NULL ? DIFF_SIGN_MISSING : DIFF_SIGN_EXTRA,
	    buf_view(&list), 0, list.n);
	buf_end(&list, &v->text.err);
	return alike;
}

static void
put_details(struct view *v, const struct align_row *r)
{
	const struct align *al = v->al;

	if (r->fate) {
		doc_line(v->d, 0);
		/* TRANSLATORS: what became of a message: it arrived, was lost
		 */
		doc_printf(v->d, STYLE_TITLE, "      %s", _("Outcome"));
		doc_printf(v->d, STYLE_CHANGED, "  %s ",
		    diff_sign(DIFF_SIGN_MISSING, v->o->ascii));
		doc_puts(v->d, STYLE_PLAIN,
		    align_fate_text(al->a.messages[r->a].fate));
		doc_printf(v->d, STYLE_CHANGED, "  %s ",
		    diff_sign(DIFF_SIGN_EXTRA, v->o->ascii));
		doc_puts(v->d, STYLE_PLAIN,
		    align_fate_text(al->b.messages[r->b].fate));
	}
	for (size_t i = 0; i < r->nfields;)
		i += put_differing_field(
		    v, &al->fields[r->field + i], r->nfields - i);
}

/* ---- side by side ---- */

static enum diff_sign
sign_of(struct view *v, const struct align_row *r)
{
	if (r->verdict != ALIGN_MOVED)
		return (enum diff_sign)r->verdict;
	if (v->seen[r->b] != 0)
		return DIFF_SIGN_UP;
	v->seen[r->b] = 1;
	return DIFF_SIGN_DOWN;
}

static void
put_other_half(struct view *v, enum diff_sign sign, size_t cells)
{
	buf_puts(&v->text, sign == DIFF_SIGN_DOWN
			       /* TRANSLATORS: a message is further down */
			       ? _("(comes later)")
			       : _("(came earlier)"));
	doc_clip(v->d, STYLE_DIM, buf_view(&v->text), cells);
	buf_clear(&v->text);
}

static void
put_both_sides(struct view *v, const struct align_row *r)
{
	bool same = r->verdict == ALIGN_SAME;
	bool moved = r->verdict == ALIGN_MOVED;
	enum diff_sign sign = sign_of(v, r);

	doc_line(v->d, r->a != ALIGN_NONE ? v->al->a.messages[r->a].seq : 0);
	if (r->place != ALIGN_IN_B)
		put_cut_message(v, &v->al->a, r->a, 0, v->left, 0, same);
	else if (moved)
		put_other_half(v, sign, v->left);
	doc_pad(v->d, v->left);
	doc_printf(v->d, same ? STYLE_FRAME : STYLE_CHANGED, " %s ",
	    diff_sign(sign, v->o->ascii));
	doc_pad(v->d, v->left + GUTTER);
	if (r->place != ALIGN_IN_A)
		put_cut_message(v, &v->al->b, r->b, v->left + GUTTER, v->right,
		    diff_later(v->al, r), same);
	else if (moved)
		put_other_half(v, sign, v->right);
	if (r->place != ALIGN_IN_B)
		put_details(v, r);
}

static void
put_diff_rows(struct view *v)
{
	struct diff_walk w = { .al = v->al, .all = v->o->all };
	size_t row, summed;

	while (v->d->err == 0 && diff_walk_next(&w, &row, &summed)) {
		if (summed == 0) {
			put_both_sides(v, &v->al->rows[row]);
			continue;
		}
		doc_line(v->d, 0);
		buf_printf(&v->text, _("%zu messages are the same"), summed);
		doc_pad(v->d, v->times + 1);
		doc_printf(v->d, STYLE_DIM, "%s %s",
		    diff_sign(DIFF_SIGN_MORE, v->o->ascii), buf_cstr(&v->text));
		buf_clear(&v->text);
	}
}

/* ---- the list ---- */

static void
put_fields_names(struct view *v, const struct align_row *r)
{
	bool first = true;

	if (r->fate) {
		buf_printf(&v->text, _(": %s"), _("Outcome"));
		first = false;
	}
	for (size_t i = 0; i < r->nfields; i++) {
		const struct align_field *f = &v->al->fields[r->field + i];

		if (i > 0 && str_eq(f->name, f[-1].name))
			continue;
		buf_puts(&v->text, first ? _(": ") : _(", "));
		buf_str(&v->text, f->name);
		first = false;
	}
}

/* "; in B after alice → atl ACK" */
static void
diff_view_put_where(struct view *v, const struct align_row *r)
{
	if (r->b == 0) {
		buf_puts(&v->text, _("; in B it is the first"));
		return;
	}
	buf_puts(&v->text, _("; in B it comes after "));
	diff_put_nodes(&v->text, &v->al->b.messages[r->b - 1], v->o->ascii);
	buf_putc(&v->text, ' ');
	diff_put_message(&v->text, &v->al->b.messages[r->b - 1], v->o->ascii);
}

static void
put_brief_rows(struct view *v)
{
	for (size_t i = 0; i < v->al->nrows && v->d->err == 0; i++) {
		const struct align_row *r = &v->al->rows[i];
		bool in_b = r->verdict == ALIGN_EXTRA;
		const struct align_side *s = in_b ? &v->al->b : &v->al->a;
		const struct align_message *m;

		progress_count(N_("writing the comparison"), i, v->al->nrows);
		if (r->verdict == ALIGN_SAME ||
		    (r->verdict == ALIGN_MOVED && r->place == ALIGN_IN_B))
			continue;
		m = &s->messages[in_b ? r->b : r->a];
		doc_line(v->d, m->seq);
		doc_printf(v->d, STYLE_CHANGED, "%s ",
		    diff_sign((enum diff_sign)r->verdict, v->o->ascii));
		time_put(&v->text, m->t);
		buf_putc(&v->text, ' ');
		if (v->o->times && diff_later(v->al, r) != 0) {
			diff_put_later(&v->text, diff_later(v->al, r));
			buf_putc(&v->text, ' ');
		}
		diff_put_nodes(&v->text, m, v->o->ascii);
		buf_putc(&v->text, ' ');
		put_message_and_fate(v, m);
		put_fields_names(v, r);
		if (r->verdict == ALIGN_MOVED)
			diff_view_put_where(v, r);
		doc_wrap(v->d, STYLE_PLAIN, buf_view(&v->text), 4, v->width);
		buf_clear(&v->text);
	}
}

/* ---- head and foot ---- */

static void
put_trace_name(struct view *v, const char *which, const struct align_side *s,
    const char *name)
{
	struct str title = title_translate(trace_head(s->trace)->title);

	doc_line(v->d, 0);
	doc_printf(v->d, STYLE_CHANGED, "%s ", which);
	if (name != NULL)
		doc_clip(v->d, STYLE_TITLE, str_of(name), v->width / 2);
	if (title.n > 0) {
		doc_puts(v->d, STYLE_PLAIN, "  ");
		doc_clip(v->d, STYLE_PLAIN, title, v->width - doc_used(v->d));
	}
}

static void
put_foot(struct view *v)
{
	const struct align *al = v->al;

	doc_line(v->d, 0);
	if (al->same) {
		doc_line(v->d, 0);
		doc_puts(
		    v->d, STYLE_SUCCESS, _("A and B have the same meaning."));
	}
	doc_line(v->d, 0);
	diff_put_counts(&v->text, al);
	doc_wrap(v->d, STYLE_PLAIN, buf_view(&v->text), 0, v->width);
	buf_clear(&v->text);
	if (al->nodes_shared > 0 || al->a.n == 0 || al->b.n == 0)
		return;
	doc_line(v->d, 0);
	doc_wrap(v->d, STYLE_WARNING,
	    str_of(_("No node of A has the same name as a node of B. If A's "
		     "alice is B's bob, add --map=alice=bob.")),
	    0, v->width);
}

/* The widest time, and the widest pair of nodes, of S. */
static void
diff_view_measure(struct view *v, const struct align_side *s)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t n = utf8_width(s->messages[i].from_name) +
			   (v->o->ascii ? 4 : 3) +
			   utf8_width(s->messages[i].to_name);

		if (n > v->nodes)
			v->nodes = n < NODES_MOST ? n : NODES_MOST;
	}
	if (s->n == 0)
		return;
	time_put(&v->text, s->messages[s->n - 1].t);
	if (v->text.n > v->times)
		v->times = v->text.n;
	buf_clear(&v->text);
}

/* The widest "+500 ms". */
static void
measure_later(struct view *v)
{
	for (size_t i = 0; v->o->times && i < v->al->nrows; i++) {
		diff_put_later(&v->text, diff_later(v->al, &v->al->rows[i]));
		if (utf8_width(buf_view(&v->text)) > v->later)
			v->later = utf8_width(buf_view(&v->text));
		buf_clear(&v->text);
	}
}

/*
 * A's message at the left, the matching one of B at the right, between them a
 * sign for what differs; below, which fields differ. Long stretches without
 * differences are summed up.
 */
int
diff_text_write(
    const struct align *al, const struct diff_text_options *o, struct buf *out)
{
	struct doc d = DOC_INIT;
	struct view v = { .al = al, .o = o, .d = &d };
	int err;

	v.width = o->width == 0 ? 80 : o->width;
	v.width = v.width < WIDTH_LEAST ? WIDTH_LEAST : v.width;
	v.left = (v.width - GUTTER) / 2;
	v.right = v.width - GUTTER - v.left;
	v.seen = mem_zalloc(al->b.n + 1, 1);
	diff_view_measure(&v, &al->a);
	diff_view_measure(&v, &al->b);
	measure_later(&v);
	put_trace_name(&v, "A", &al->a, o->name_a);
	put_trace_name(&v, "B", &al->b, o->name_b);
	doc_line(&d, 0);
	if (v.seen != NULL && o->brief)
		put_brief_rows(&v);
	else if (v.seen != NULL)
		put_diff_rows(&v);
	put_foot(&v);
	err = v.seen == NULL || d.err != 0 || v.text.err != 0 ? ERR_NOMEM : 0;
	if (err == 0)
		err = doc_write_colour(&d, o->theme, out);
	doc_free(&d);
	buf_free(&v.text);
	mem_free(v.seen);
	return err;
}

/* ---- for programs ---- */

static void
put_json_side(struct buf *b, const char *key, const struct align_side *s,
    const char *name, size_t calls)
{
	const struct trace_head *head = trace_head(s->trace);

	json_open(b, key, '{');
	if (name != NULL)
		json_put_field(b, "name", str_of(name));
	json_put_field(b, "title", title_translate(head->title));
	json_put_int(b, "seed", head->seed);
	json_put_int(b, "messages", (int64_t)s->n);
	json_put_int(b, "calls", (int64_t)s->ncalls);
	json_put_int(b, "calls_alone", (int64_t)calls);
	buf_putc(b, '}');
}

static void
put_json_message(
    struct buf *b, const char *key, const struct align_side *s, size_t i)
{
	const struct align_message *m;

	if (i == ALIGN_NONE)
		return;
	m = &s->messages[i];
	json_open(b, key, '{');
	json_put_int(b, "seq", (int64_t)m->seq);
	json_put_int(b, "t", m->t);
	json_put_field(b, "from", m->from_name);
	json_put_field(b, "to", m->to_name);
	if (m->status != 0)
		json_put_int(b, "start", m->status);
	else
		json_put_field(b, "start", m->method);
	json_put_field(b, "cseq_method", m->cseq_method);
	json_put_field(b, "call_id", s->calls[m->call]);
	if (m->retx > 0)
		json_put_int(b, "retransmission", m->retx);
	json_put_field(b, "outcome", str_of(align_fate_name(m->fate)));
	buf_putc(b, '}');
}

static void
put_json_fields(
    struct buf *b, const struct align *al, const struct align_row *r)
{
	json_open(b, "fields", '[');
	for (size_t i = 0; i < r->nfields; i++) {
		const struct align_field *f = &al->fields[r->field + i];

		json_open(b, NULL, '{');
		json_put_field(b, "name", f->name);
		if (f->a.p != NULL)
			json_put_field(b, "a", f->a);
		if (f->b.p != NULL)
			json_put_field(b, "b", f->b);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

static void
put_json_row(struct buf *b, const struct align *al, const struct align_row *r)
{
	json_put_field(b, "verdict", str_of(align_verdict_name(r->verdict)));
	if (r->verdict == ALIGN_MOVED)
		json_put_field(
		    b, "place", r->place == ALIGN_IN_A ? STR("a") : STR("b"));
	put_json_message(b, "a", &al->a, r->a);
	put_json_message(b, "b", &al->b, r->b);
	if (r->a != ALIGN_NONE && r->b != ALIGN_NONE)
		json_put_int(b, "later",
		    al->b.messages[r->b].t - al->a.messages[r->a].t);
	if (r->nfields > 0)
		put_json_fields(b, al, r);
}

/*
 * Times are whole nanoseconds, messages are named by their record, what does
 * not apply is left out.
 */
int
diff_json_write(const struct align *al, const char *name_a, const char *name_b,
    struct buf *out)
{
	buf_putc(out, '{');
	put_json_side(out, "a", &al->a, name_a, al->calls_a);
	put_json_side(out, "b", &al->b, name_b, al->calls_b);
	json_put_bool(out, "same", al->same);
	json_open(out, "counts", '{');
	for (int i = 0; i < ALIGN_VERDICT_COUNT; i++)
		json_put_int(out, align_verdict_name((enum align_verdict)i),
		    (int64_t)al->counts[i]);
	buf_puts(out, "},\n\"rows\":[");
	for (size_t i = 0; i < al->nrows; i++) {
		buf_puts(out, i > 0 ? ",\n{" : "\n{");
		put_json_row(out, al, &al->rows[i]);
		buf_putc(out, '}');
	}
	buf_puts(out, "\n]}\n");
	return out->err;
}
