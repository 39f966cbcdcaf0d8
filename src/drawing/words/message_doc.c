/*
 * A message for a pane: a heading, what it was compared with, and then its
 * lines, raw or explained.  With a comparison each line has two cells before
 * it: "+" came, "−" went, "~" has changed.
 */
#include "words/message_doc.h"

#include "base/err.h"
#include "words/changed_message.h"
#include "words/annotate_doc_in.h"
#include "words/decoded_doc.h"
#include "draw/line_diff.h"
#include "follower/b2bua_changes.h"
#include "words/record_text.h"
#include "draw/wrap.h"
#include "words/time_words.h"

#define WIDTH_USUAL 80
#define GUTTER      2 /* cells before each line where there is a comparison */
#define FOLD        4 /* of continuation lines */

struct showing {
	const struct trace *t;
	struct trace_rec rec, send; /* asked for; its message's */
	struct trace_send what;
	struct str bytes;
	struct changed_message
	    changed; /* .fault 0: nothing changed it on its way */
	struct buf fields, memory, way; /* behind WHAT, BYTES, CHANGED */
	struct message_options o;
	struct doc *d;
	struct line_diff diff;
	bool compared;
	size_t row; /* of the diff: the next to be shown */
};

struct str
message_bytes(
    const struct trace *t, const struct trace_rec *rec, struct buf *scratch)
{
	struct trace_rec send;
	struct str bytes = STR_NULL;

	if (rec->kind == TRACE_RECV)
		bytes = trace_bytes(rec, scratch);
	if (bytes.n > 0 || !record_message(t, rec, &send))
		return bytes;
	/* A recv that was rejected has the bytes that came. */
	if (rec->kind == TRACE_DROP) {
		int64_t of = trace_int(rec, "of", 0);

		if (of > 0 && (uint64_t)of < rec->seq &&
		    trace_kind_of(t, (uint64_t)of) == TRACE_RECV) {
			struct trace_rec recv;

			trace_get(t, (uint64_t)of, &recv);
			return message_bytes(t, &recv, scratch);
		}
	}
	return trace_bytes(&send, scratch);
}

void
message_put_bytes(struct buf *b, uint64_t n)
{
	char count[32];

	buf_printf(
	    b, n == 1 ? _("%s byte") : _("%s bytes"), str_grouped(n, count));
}

/* A part of the heading, on the present line or the next. */
static void
message_doc_put_part(struct doc *d, struct buf *b, enum canvas_style style,
    uint64_t seq, size_t width)
{
	size_t used = doc_width(d, d->nlines - 1);

	if (b->err != 0)
		d->err = b->err;
	if (used > 0 && used + 3 + utf8_width(buf_view(b)) > width) {
		doc_line(d, seq);
		if (d->err != 0)
			return;
	} else if (used > 0) {
		doc_puts(d, STYLE_DIM, " · ");
	}
	doc_wrap_marked(d, buf_view(b),
	    &(struct doc_marked){ .style = style, .width = width });
	buf_clear(b);
}

static void
put_way(struct showing *s, struct buf *b)
{
	const struct trace_send *w = &s->what;

	buf_printf(b, "%.*s → ", STR_ARG(w->src));
	buf_str(b, w->dst.n > 0 ? w->dst : STR("?"));
	message_doc_put_part(s->d, b, STYLE_PLAIN, s->rec.seq, s->o.width);
	if (trace_class_of(w->proto) != TRACE_CLASS_SIP && w->method.n > 0) {
		buf_str(b, w->proto);
		message_doc_put_part(
		    s->d, b, STYLE_PLAIN, s->rec.seq, s->o.width);
	}
	for (size_t i = 0; i < w->transport.n && i < 8; i++) {
		char c = w->transport.p[i];

		buf_putc(b, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
	}
	if (w->transport.n > 0)
		buf_putc(b, ' ');
	buf_str(b, w->src_addr);
	if (w->dst_addr.n > 0) {
		buf_puts(b, " → ");
		buf_str(b, w->dst_addr);
	}
	if (b->n > 0)
		message_doc_put_part(
		    s->d, b, STYLE_PLAIN, s->rec.seq, s->o.width);
}

/* What became of it, where the record says so. */
static void
put_message_fate(struct showing *s, struct buf *b)
{
	LOCAL_BUF word = BUF_INIT;
	enum trace_drop why;

	if (s->rec.kind == TRACE_RECV) {
		char length[TIME_ROOM];

		/* TRANSLATORS: "arrived after 10 ms" */
		buf_printf(b, _("arrived after %s"),
		    time_length_text(s->rec.t - s->send.t, length));
		message_doc_put_part(
		    s->d, b, STYLE_PLAIN, s->rec.seq, s->o.width);
	} else if (s->rec.kind == TRACE_DROP) {
		why = trace_drop_find(trace_str(&s->rec, "reason", &word));
		if (why != TRACE_DROP_COUNT)
			buf_puts(b, trace_drop_text(why));
		else
			buf_str(b, trace_str(&s->rec, "reason", &word));
		message_doc_put_part(
		    s->d, b, STYLE_LOST, s->rec.seq, s->o.width);
	}
}

static void
put_message_heading(struct showing *s)
{
	LOCAL_BUF b = BUF_INIT;
	uint64_t size = s->bytes.n;

	if (size == 0 && trace_int(&s->send, "size", 0) > 0)
		size = (uint64_t)trace_int(&s->send, "size", 0);
	doc_line(s->d, s->rec.seq);
	if (s->d->err != 0)
		return;
	record_message_name(s->t, &s->send, &b);
	message_doc_put_part(s->d, &b,
	    record_arrow_style(trace_arrow_of(s->what.proto, s->what.status)),
	    s->rec.seq, s->o.width);
	put_way(s, &b);
	message_put_bytes(&b, size);
	message_doc_put_part(s->d, &b, STYLE_PLAIN, s->rec.seq, s->o.width);
	put_message_fate(s, &b);
	/* TRANSLATORS: behind a message in a heading */
	buf_printf(&b, _("record %llu"), (unsigned long long)s->rec.seq);
	message_doc_put_part(s->d, &b, STYLE_DIM, s->rec.seq, s->o.width);
}

/* The message that S's is compared with. */
struct before {
	uint64_t seq;
	const char *same, *other; /* "the same bytes as …", "changed since …" */
	bool ends;                /* SAME and OTHER want both ends */
};

/* The message that a box has made this one of; 0: none. */
static uint64_t
find_copied(const struct showing *s)
{
	struct b2bua_passage p;
	int err = b2bua_passage_find(&p, s->t, s->send.seq);

	if (err == ERR_NOMEM)
		s->d->err = err;
	return err == 0 && p.same ? p.recv : 0;
}

static struct before
choose_before(const struct showing *s)
{
	LOCAL_BUF b = BUF_INIT;
	struct before c = { 0, NULL, NULL, true };
	bool own = s->rec.kind == TRACE_RECV && trace_bytes(&s->rec, &b).n > 0;

	c.same = _("nothing has changed since %s → %s (record %llu)");
	c.other = _("changed since %s → %s (record %llu)");
	if (s->o.previous != 0 && s->o.previous <= trace_count(s->t)) {
		c.seq = s->o.previous;
	} else if (own) {
		c = (struct before){ s->send.seq,
			_("the same bytes as record %llu"),
			_("changed on the way, since record %llu"), false };
	} else if (s->what.retx != 0) {
		c = (struct before){ s->what.retx,
			_("retransmitted, the same bytes as record %llu"),
			_("retransmitted, but changed since record %llu"),
			false };
	} else {
		c.seq = s->what.fwd != 0 ? s->what.fwd : find_copied(s);
	}
	return c;
}

/* "changed since alice → atl (record 14)". */
static void
say_before(
    struct showing *s, const struct before *c, const struct trace_rec *send)
{
	const char *format = s->diff.nchanged > 0 ? c->other : c->same;
	struct buf fields = BUF_INIT, src = BUF_INIT, dst = BUF_INIT;
	struct buf text = BUF_INIT;
	struct trace_send what;

	if (trace_get_send(send, &what, &fields) == 0) {
		utf8_add_safe(&src, utf8_clip(what.src, 30));
		utf8_add_safe(&dst, utf8_clip(what.dst, 30));
	}
	if (c->ends)
		buf_printf(&text, format, buf_cstr(&src), buf_cstr(&dst),
		    (unsigned long long)c->seq);
	else
		buf_printf(&text, format, (unsigned long long)c->seq);
	doc_line(s->d, c->seq);
	doc_wrap(s->d, s->diff.nchanged > 0 ? STYLE_CHANGED : STYLE_DIM,
	    buf_view(&text), 0, s->o.width);
	buf_end(&fields, &s->d->err);
	buf_end(&src, &s->d->err);
	buf_end(&dst, &s->d->err);
	buf_end(&text, &s->d->err);
}

static void show_lines(struct showing *s);

/* Shows the message beside the one before it, whose bytes must live so long. */
static void
show_compared(struct showing *s)
{
	struct before c = choose_before(s);
	struct buf memory = BUF_INIT;
	struct trace_rec rec, send;
	struct str old = STR_NULL;

	if (c.seq != 0) {
		trace_get(s->t, c.seq, &rec);
		if (record_message(s->t, &rec, &send))
			old = message_bytes(s->t, &rec, &memory);
	}
	if (old.n > 0 && hex_is_text(old) && hex_is_text(s->bytes)) {
		if (line_diff(&s->diff, old, s->bytes) != 0)
			s->d->err = ERR_NOMEM;
		say_before(s, &c, &send);
		s->compared = s->diff.nchanged > 0;
	}
	show_lines(s);
	line_diff_free(&s->diff);
	buf_end(&memory, &s->d->err);
}

/* ---- what a fault changed on the way ---- */

/* "edited on its way by a person · 290 bytes instead · record 51" */
static void
say_change(struct showing *s)
{
	const struct changed_message *a = &s->changed;
	LOCAL_BUF b = BUF_INIT;
	char count[32];

	doc_line(s->d, a->fault);
	if (s->d->err != 0)
		return;
	buf_puts(&b, changed_message_text(a));
	message_doc_put_part(s->d, &b, STYLE_CHANGED, a->fault, s->o.width);
	if (a->known) {
		/* TRANSLATORS: of a message that was changed on its way */
		buf_printf(&b,
		    a->bytes.n == 1 ? _("%s byte instead")
				    : _("%s bytes instead"),
		    str_grouped(a->bytes.n, count));
		message_doc_put_part(
		    s->d, &b, STYLE_CHANGED, a->fault, s->o.width);
	}
	buf_printf(&b, _("record %llu"), (unsigned long long)a->fault);
	message_doc_put_part(s->d, &b, STYLE_DIM, a->fault, s->o.width);
}

/* Tells which of the two is shown, FORMAT with the sender. */
static void
say_shown(struct showing *s, const char *format)
{
	struct buf src = BUF_INIT, text = BUF_INIT;

	utf8_add_safe(&src, utf8_clip(s->what.src, 30));
	buf_printf(&text, format, src.n > 0 ? buf_cstr(&src) : "?");
	doc_line(s->d, s->changed.fault);
	doc_wrap(s->d, STYLE_DIM, buf_view(&text), 0, s->o.width);
	buf_end(&src, &s->d->err);
	buf_end(&text, &s->d->err);
}

/* What travelled, beside what was sent; where it can't be compared, one below
 * the other. */
static void
show_change(struct showing *s)
{
	struct buf memory = BUF_INIT;
	struct str sent = trace_bytes(&s->send, &memory);

	say_change(s);
	if (s->changed.known && s->changed.bytes.n == 0) {
		say_shown(s, _("Nothing is left of what %s sent:"));
		s->bytes = sent;
		show_lines(s);
	} else if (!s->changed.known) {
		say_shown(s, _("The trace does not contain the bytes on the "
			       "wire; this is what %s sent."));
		show_lines(s);
	} else if (hex_is_text(sent) && hex_is_text(s->changed.bytes)) {
		s->bytes = s->changed.bytes;
		if (line_diff(&s->diff, sent, s->bytes) != 0)
			s->d->err = ERR_NOMEM;
		s->compared = s->diff.nchanged > 0;
		say_shown(
		    s, s->compared
			   ? _("These are the bytes on the wire; the marked "
			       "parts differ from what %s sent.")
			   : _("Yet the bytes on the wire are what %s sent."));
		show_lines(s);
	} else {
		s->bytes = sent;
		say_shown(
		    s, _("First what %s sent, then the bytes on the wire:"));
		show_lines(s);
		s->bytes = s->changed.bytes;
		show_lines(s);
	}
	line_diff_free(&s->diff);
	buf_end(&memory, &s->d->err);
}

/* ---- its lines ---- */

/* A line, with a sign before it where there is a comparison. */
static void
message_doc_put_line(struct showing *s, const char *sign, struct str line,
    size_t from, size_t to, enum canvas_style style)
{
	struct doc_marked m = { .style = style,
		.mark = STYLE_CHANGED,
		.from = from,
		.to = to,
		.indent = FOLD + (s->compared ? GUTTER : 0),
		.width = s->o.width,
		.also = WRAP_MESSAGE };

	doc_line(s->d, s->rec.seq);
	if (s->compared && (line.n > 0 || sign[0] != ' ')) {
		doc_puts(s->d, STYLE_CHANGED, sign);
		doc_puts(s->d, STYLE_PLAIN, line.n > 0 ? " " : "");
	}
	doc_wrap_marked(s->d, line, &m);
}

/* "was 70" behind what has changed, or below it. */
static void
put_was(struct showing *s, struct str was)
{
	struct buf b = BUF_INIT, safe = BUF_INIT;
	size_t used;

	if (was.n == 0 || s->d->nlines == 0)
		return;
	utf8_add_safe(&safe, was);
	/* TRANSLATORS: what stood in a message's line before: "was 70" */
	buf_printf(&b, _("was %s"), buf_cstr(&safe));
	used = doc_width(s->d, s->d->nlines - 1);
	if (used + 2 + utf8_width(buf_view(&b)) > s->o.width) {
		doc_line(s->d, s->rec.seq);
		doc_pad(s->d, GUTTER + FOLD);
	} else {
		doc_puts(s->d, STYLE_PLAIN, "  ");
	}
	doc_wrap_marked(s->d, buf_view(&b),
	    &(struct doc_marked){ .style = STYLE_DIM,
		.indent = GUTTER + FOLD,
		.width = s->o.width,
		.also = WRAP_MESSAGE });
	buf_end(&b, &s->d->err);
	buf_end(&safe, &s->d->err);
}

static void
put_line_change(
    struct showing *s, const struct line_diff_row *r, enum canvas_style style)
{
	switch (r->change) {
	case LINE_SAME:
		message_doc_put_line(s, " ", r->now, 0, 0, style);
		break;
	case LINE_ADDED:
		message_doc_put_line(s, "+", r->now, 0, r->now.n, style);
		break;
	case LINE_REMOVED:
		message_doc_put_line(s, "−", r->old, 0, 0, STYLE_DIM);
		break;
	case LINE_CHANGED:
		message_doc_put_line(
		    s, "~", r->now, r->now_from, r->now_to, style);
		put_was(s, str_slice(r->old, r->old_from, r->old_to));
		break;
	}
}

/* A line for the explained message (LINE.p NULL: it has ended), behind the
 * lines before it. */
static void
put_explained(struct doc *d, struct str line, void *arg)
{
	struct showing *s = arg;
	size_t at = s->row;

	(void)d;
	while (line.p != NULL && at < s->diff.n &&
	       !(s->diff.rows[at].now.p != NULL &&
		   str_eq(s->diff.rows[at].now, line)))
		at++;
	if (line.p == NULL || at < s->diff.n)
		for (; s->row < at || (line.p == NULL && s->row < s->diff.n);
		     s->row++)
			if (s->diff.rows[s->row].change == LINE_REMOVED)
				put_line_change(
				    s, &s->diff.rows[s->row], STYLE_DIM);
	if (line.p == NULL)
		return;
	if (s->row < s->diff.n && s->row == at)
		put_line_change(s, &s->diff.rows[s->row++], STYLE_BOLD);
	else
		message_doc_put_line(s, " ", line, 0, 0, STYLE_BOLD);
}

static void
show_explained(struct showing *s)
{
	struct annotate_options o = { .width = s->o.width,
		.seq = s->rec.seq,
		.line = put_explained,
		.arg = s };
	struct msg_notes notes;

	if (msg_annotate(s->bytes, &notes) != 0)
		s->d->err = ERR_NOMEM;
	else
		annotate_doc(&notes, &o, s->d);
	msg_notes_free(&notes);
}

/* A message of another protocol, of which more is known than its bytes. */
static bool
show_decoded(struct showing *s)
{
	uint64_t seq = s->rec.seq;

	return decoded_doc(s->what.proto, s->bytes, seq, s->o.width, s->d) ||
	       json_doc(s->bytes, seq, s->o.width, s->d);
}

/* The bytes unchanged: a head as lines, binary bodies as numbers. */
static void
show_raw(struct showing *s)
{
	struct buf text = BUF_INIT;
	struct str rest = hex_as_text(s->bytes, &text), body = STR_NULL;
	ptrdiff_t end = str_find(rest, "\r\n\r\n");
	bool first = true;

	if (!hex_is_text(rest) && end > 0 &&
	    hex_is_text(str_slice(rest, 0, (size_t)end))) {
		body = str_slice(rest, (size_t)end + 4, rest.n);
		rest = str_slice(rest, 0, (size_t)end + 4);
	} else if (!hex_is_text(rest)) {
		body = rest;
		rest = STR_NULL;
	}
	for (; rest.n > 0 && s->d->err == 0; first = false) {
		struct str line = str_cut_line(rest, &rest);

		message_doc_put_line(
		    s, " ", line, 0, 0, first ? STYLE_BOLD : STYLE_PLAIN);
	}
	hex_doc(body, s->rec.seq, s->o.width, s->d);
	buf_end(&text, &s->d->err);
}

static void
show_lines(struct showing *s)
{
	bool sip = trace_class_of(s->what.proto) == TRACE_CLASS_SIP;

	doc_line(s->d, s->rec.seq);
	if (s->bytes.n == 0) {
		doc_line(s->d, s->rec.seq);
		doc_wrap(s->d, STYLE_DIM,
		    str_of(_("The trace does not contain the text of this "
			     "message.")),
		    0, s->o.width);
	} else if (sip && s->o.annotated) {
		show_explained(s);
	} else if (!sip && s->o.annotated && show_decoded(s)) {
		return;
	} else if (s->compared) {
		for (size_t i = 0; i < s->diff.n && s->d->err == 0; i++)
			put_line_change(s, &s->diff.rows[i],
			    i == 0 ? STYLE_BOLD : STYLE_PLAIN);
	} else {
		show_raw(s);
	}
}

static bool
message_doc_start(struct showing *s, const struct trace *t, uint64_t seq,
    size_t width, struct doc *d)
{
	*s = (struct showing){ .t = t, .d = d, .diff = LINE_DIFF_INIT };
	s->o.width = width != 0 ? width : WIDTH_USUAL;
	if (seq == 0 || seq > trace_count(t))
		return false;
	trace_get(t, seq, &s->rec);
	if (!record_message(t, &s->rec, &s->send))
		return false;
	if (trace_get_send(&s->send, &s->what, &s->fields) != 0)
		d->err = ERR_NOMEM;
	s->bytes = message_bytes(t, &s->rec, &s->memory);
	changed_message_read(t, s->send.seq, &s->changed, &s->way);
	return true;
}

static void
finish(struct showing *s)
{
	buf_end(&s->fields, &s->d->err);
	buf_end(&s->memory, &s->d->err);
	buf_end(&s->way, &s->d->err);
}

void
message_heading(
    const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct showing s;

	if (message_doc_start(&s, t, seq, width, d))
		put_message_heading(&s);
	finish(&s);
}

void
message_doc(const struct trace *t, uint64_t seq,
    const struct message_options *o, struct doc *d)
{
	struct showing s;
	size_t width = o != NULL ? o->width : 0;

	if (!message_doc_start(&s, t, seq, width, d)) {
		doc_line(d, 0);
		doc_wrap(d, STYLE_DIM,
		    str_of(_("There is no message in this record.")), 0,
		    s.o.width);
		finish(&s);
		return;
	}
	if (o != NULL) {
		s.o = *o;
		s.o.width = width != 0 ? width : WIDTH_USUAL;
	}
	put_message_heading(&s);
	if (s.changed.fault != 0)
		show_change(&s);
	else if (s.o.compare_hop)
		show_compared(&s);
	else
		show_lines(&s);
	finish(&s);
}
