/*
 * The state at a position, from trace/fold.h.  Of each node first what people
 * know by name (calls, dialogs), then the machinery: transactions, each with
 * its timers below it.  A timer's bar shows how much of its time is left.
 */
#include "words/state_text.h"

#include "base/err.h"
#include "base/utf8.h"
#include "draw/canvas.h"
#include "draw/doc.h"
#include "trace/select.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/timer_words.h"
#include "words/time_words.h"
#include "words/node_words.h"

#include <string.h>

/* Cells: of a timer's bar; where the columns begin. */
#define BAR         12
#define FIRST       14
#define WIDTH_USUAL 80
/* A transaction's method is looked for among so many records. */
#define NEAR 8

struct stating {
	const struct trace *t;
	const struct fold *f;
	struct state_options o;
	struct buf *out;
	struct canvas c;
	struct buf text;
	int64_t now;
	bool any; /* something lives at the present node */
	int err;
};

static void
start(struct stating *s, const char *what)
{
	canvas_start(&s->c, s->o.width != 0 ? s->o.width : WIDTH_USUAL);
	s->c.ascii = s->o.ascii;
	canvas_text(&s->c, 2, str_of(what), FIRST - 2, STYLE_DIM);
}

static void
end(struct stating *s)
{
	int err = canvas_end(&s->c, s->o.theme, s->out);

	if (s->err == 0)
		s->err = err;
	s->any = true;
}

static size_t
put(struct stating *s, size_t x, struct str text, size_t cells,
    enum canvas_style style)
{
	size_t taken = canvas_text(&s->c, x, text, SIZE_MAX, style);

	return x + (taken < cells ? cells : taken) + 2;
}

static size_t
put_since(struct stating *s, size_t x, int64_t since, uint64_t seq)
{
	buf_clear(&s->text);
	state_put_since(&s->text, since);
	buf_puts(&s->text, record_inferred(s->t, seq));
	return put(s, x, buf_view(&s->text), 0, STYLE_DIM) - 1;
}

/* The method of a transaction, where its first record does not say: that of
 * the request that it sent, or that made it. */
static struct str
method_of(struct stating *s, const struct fold_transaction *e)
{
	uint64_t last = e->first + NEAR;
	struct trace_rec rec, send;
	struct trace_send what;

	if (e->method.n > 0 || e->first == 0)
		return e->method;
	trace_get(s->t, e->first, &rec);
	if (rec.cause != 0) {
		trace_get(s->t, rec.cause, &rec);
		if (rec.kind == TRACE_RECV &&
		    record_message(s->t, &rec, &send) &&
		    trace_get_send(&send, &what, &s->text) == 0 &&
		    what.method.n > 0)
			return what.method;
	}
	if (last > fold_position(s->f))
		last = fold_position(s->f);
	for (uint64_t seq = e->first + 1; seq <= last; seq++) {
		trace_get(s->t, seq, &rec);
		if (rec.kind == TRACE_SEND && rec.cause == e->first &&
		    trace_get_send(&rec, &what, &s->text) == 0)
			return what.cseq_method;
	}
	return STR_NULL;
}

/* Below its owner; one whose owner is not shown names it. */
static void
write_timer(struct stating *s, const struct fold_timer *e, bool owner)
{
	int64_t left = e->due >= 0 ? e->due - s->now : -1;
	size_t x = FIRST, full = 0, last;

	start(s, "");
	buf_clear(&s->text);
	timer_put_short(&s->text, e->name);
	x = put(s, x, buf_view(&s->text), 13, STYLE_TIMER);
	buf_clear(&s->text);
	if (left >= 0)
		time_put_length(&s->text, left);
	else
		state_put_left(&s->text, e->due, s->now);
	if (s->text.n > 0)
		x = put(s, x, buf_view(&s->text), 10, STYLE_BOLD);
	last = owner ? utf8_width(e->id) : 0;
	/* A name that would be clipped takes the place of the bar. */
	if (left >= 0 && e->length > 0 && x + BAR + 2 + last <= s->c.width) {
		full = left >= e->length
			   ? BAR
			   : (size_t)((double)left / (double)e->length * BAR +
				      0.5);
		canvas_fill(&s->c, x, x + full, GLYPH_BLOCK, STYLE_TIMER);
		canvas_fill(&s->c, x + full, x + BAR, GLYPH_SHADE, STYLE_DIM);
		x += BAR + 2;
	}
	if (owner)
		put(s, x, e->id, 0, STYLE_DIM);
	end(s);
}

/* Below TR, or the call ID, its timers. */
static void
write_timers(struct stating *s, struct str node,
    const struct fold_transaction *tr, struct str id)
{
	const struct fold_timer *e;
	size_t at = 0;

	while ((e = fold_next_timer(s->f, node, &at)) != NULL)
		if (state_owns_timer(tr, id, e))
			write_timer(s, e, false);
}

static void
write_transactions(struct stating *s, struct str node)
{
	const struct fold_transaction *e;
	size_t at = 0;

	while ((e = fold_next_transaction(s->f, node, &at)) != NULL) {
		const struct machine *m = e->machine;
		size_t x = FIRST;

		/* A subscription or registration is no transaction, and no
		 * part of the dialog above it; its state stands where those of
		 * transactions do. */
		if (m != NULL && !machine_transacts(m)) {
			start(s, i18n_text(m->title));
			x = put(s, x, STR_NULL, 13, STYLE_PLAIN);
		} else {
			start(s, _("transaction"));
			x = put(s, x, method_of(s, e), 8, STYLE_REQUEST) - 1;
			x = put(s, x, e->machine_name, 4, STYLE_PLAIN);
		}
		x = put(s, x, e->state, 10, STYLE_BOLD);
		x = put_since(s, x, e->since, e->last);
		put(s, x, e->id, 0, STYLE_DIM);
		end(s);
		write_timers(s, node, e, e->id);
	}
}

/* Those of something that is not shown itself, as an address-of-record. */
static void
write_other_timers(struct stating *s, struct str node)
{
	const struct fold_timer *e;
	size_t at = 0;

	while ((e = fold_next_timer(s->f, node, &at)) != NULL) {
		const struct fold_transaction *tr;
		size_t k = 0;
		bool owned = fold_find_call(s->f, node, e->id) != NULL;

		while (!owned &&
		       (tr = fold_next_transaction(s->f, node, &k)) != NULL)
			owned = fold_owns_timer(tr, e);
		if (!owned)
			write_timer(s, e, true);
	}
}

/* One more line of a dialog: what it is called, and VALUE. */
static void
write_part(struct stating *s, const char *what, struct str value)
{
	size_t x = FIRST;

	if (value.n == 0)
		return;
	start(s, "");
	x = put(s, x, str_of(what), 13, STYLE_DIM);
	put(s, x, value, 0, STYLE_PLAIN);
	end(s);
}

static void
write_dialogs(struct stating *s, struct str node)
{
	const struct fold_dialog *e;
	size_t at = 0;

	while ((e = fold_next_dialog(s->f, node, &at)) != NULL) {
		struct str rest = e->routes;
		size_t x = FIRST;

		start(s, _("dialog"));
		x = put(s, x, e->local_tag.n > 0 ? e->local_tag : e->id, 13,
		    STYLE_PLAIN);
		x = put(s, x, e->state, 10, STYLE_BOLD);
		x = put_since(s, x, e->since, e->last);
		if (e->remote_tag.n > 0) {
			buf_clear(&s->text);
			struct buf tag = BUF_INIT;

			utf8_add_safe(&tag, e->remote_tag);
			/* TRANSLATORS: a tag of the other side */
			buf_printf(
			    &s->text, _("remote tag %s"), buf_cstr(&tag));
			buf_free(&tag);
			put(s, x, buf_view(&s->text), 0, STYLE_DIM);
		}
		end(s);
		write_part(s, "Call-ID", e->call_id);
		write_part(s, _("remote target"), e->target);
		while (rest.n > 0) {
			struct str route = str_cut(rest, '\n', &rest);

			write_part(s, _("route"), route);
		}
	}
}

static void
write_calls(struct stating *s, struct str node)
{
	const struct fold_call *e;
	size_t at = 0;

	while ((e = fold_next_call(s->f, node, &at)) != NULL) {
		size_t x = FIRST;

		start(s, _("call"));
		x = put(s, x, e->id, 13, STYLE_PLAIN);
		x = put(s, x, e->state, 10, STYLE_BOLD);
		x = put_since(s, x, e->since, e->last);
		put(s, x, state_without_scheme(e->peer), 0, STYLE_PLAIN);
		end(s);
		write_timers(s, node, NULL, e->id);
	}
}

static void
write_bindings(struct stating *s, struct str node)
{
	const struct fold_binding *e;
	size_t at = 0;

	while ((e = fold_next_binding(s->f, node, &at)) != NULL) {
		size_t x = FIRST;

		start(s, _("binding"));
		x = put(s, x, e->aor, 0, STYLE_BOLD);
		buf_clear(&s->text);
		state_put_binding(&s->text, e, s->now);
		buf_puts(&s->text, record_inferred(s->t, e->last));
		/* Both URIs on one line only where they fit it. */
		if (x + utf8_width(e->contact) + 2 +
			utf8_width(buf_view(&s->text)) >
		    s->c.width) {
			end(s);
			start(s, "");
			x = FIRST;
		}
		x = put(s, x, e->contact, 0, STYLE_PLAIN);
		/* A long Contact does not hide how long it lasts. */
		if (x + utf8_width(buf_view(&s->text)) > s->c.width) {
			end(s);
			start(s, "");
			x = FIRST;
		}
		put(s, x, buf_view(&s->text), 0, STYLE_DIM);
		end(s);
	}
}

static void
write_node(struct stating *s, const struct trace_node *n)
{
	struct str label = node_caption(n->name, n->label);
	size_t before = s->out->n, x;

	canvas_start(&s->c, s->o.width != 0 ? s->o.width : WIDTH_USUAL);
	s->c.ascii = s->o.ascii;
	x = put(s, 0, n->name, 0, STYLE_BOLD);
	if (label.n > 0)
		x = put(s, x, label, 0, STYLE_DIM);
	put(s, x, n->role, 0, STYLE_DIM);
	end(s);
	s->any = false;
	write_calls(s, n->name);
	write_dialogs(s, n->name);
	write_transactions(s, n->name);
	write_other_timers(s, n->name);
	write_bindings(s, n->name);
	/* A node at which nothing lives is not worth a line. */
	if (!s->any && s->o.node == NULL)
		buf_truncate(s->out, before);
	else if (!s->any)
		buf_printf(s->out, "  %s\n", _("Nothing lives here now."));
}

static void
write_all(struct stating *s, uint64_t seq)
{
	const struct trace_head *head = trace_head(s->t);
	struct fold_counts n = fold_counts(s->f, STR_NULL);
	struct buf time = BUF_INIT;
	struct doc first = DOC_INIT;
	size_t before;

	time_put(&time, s->now);
	buf_clear(&s->text);
	buf_printf(&s->text,
	    _("At %s s, after record %llu. Messages sent: %llu; lost: %llu; "
	      "timers fired: %llu."),
	    buf_cstr(&time), (unsigned long long)seq,
	    (unsigned long long)n.sends, (unsigned long long)n.drops,
	    (unsigned long long)n.timers_fired);
	doc_wrap(&first, STYLE_PLAIN, buf_view(&s->text), 0,
	    s->o.width != 0 ? s->o.width : WIDTH_USUAL);
	if (doc_write(&first, s->out) != 0)
		s->err = ERR_NOMEM;
	doc_free(&first);
	buf_putc(s->out, '\n');
	before = s->out->n;
	for (size_t i = 0; i < head->nnodes; i++)
		if (s->o.node == NULL || str_is(head->nodes[i].name, s->o.node))
			write_node(s, &head->nodes[i]);
	if (s->out->n == before)
		buf_printf(s->out, "%s\n", _("Nothing lives now."));
	if (time.err != 0)
		s->err = ERR_NOMEM;
	buf_free(&time);
}

int
state_write(const struct trace *t, uint64_t seq, int64_t t_ns,
    const struct state_options *o, struct buf *out, struct diag *d)
{
	struct stating s = {
		.t = t, .out = out, .c = CANVAS_INIT, .text = BUF_INIT
	};
	struct fold *f = NULL;

	if (o != NULL)
		s.o = *o;
	if (s.o.node != NULL &&
	    (s.err = trace_check_node(t, str_of(s.o.node), d)) != 0)
		return s.err;
	s.err = fold_create(&f);
	if (s.err == 0)
		s.err = fold_advance(f, t, seq);
	if (s.err == 0) {
		s.f = f;
		s.now = t_ns >= 0 ? t_ns : seq > 0 ? trace_time_of(t, seq) : 0;
		write_all(&s, seq);
	}
	if (s.err == 0 && (out->err != 0 || s.text.err != 0))
		s.err = ERR_NOMEM;
	fold_destroy(f);
	canvas_free(&s.c);
	buf_free(&s.text);
	return s.err;
}
