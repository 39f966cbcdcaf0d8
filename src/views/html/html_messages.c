/*
 * Every message, for who has no script or reads on paper; the script takes the
 * lines for its pane from here.
 */
#include "base/i18n.h"
#include "views/html/html_in.h"
#include "words/altered.h"
#include "words/caption.h"
#include "words/message_doc.h"
#include "words/time_words.h"

/* "3 · 0.505 s · Alice → atl · INVITE" */
static void
put_summary(struct html *h, const struct layout_row *r, size_t nth)
{
	const struct layout_column *columns = h->l->columns;
	struct buf time = BUF_INIT;

	time_put(&time, r->t);
	buf_printf(h->out, "<summary><b class=\"n\">%zu</b> <b>", nth);
	html_put_text(h->out, r->named.n > 0 ? r->named : r->label);
	buf_puts(h->out, "</b> ");
	html_put_text(h->out, columns[r->from].name);
	buf_puts(h->out, " → ");
	html_put_text(h->out, columns[r->to].name);
	buf_printf(h->out, " <small>%s s · ", buf_cstr(&time));
	buf_printf(h->out, _("record %llu"), (unsigned long long)r->seq);
	if (r->lost) {
		buf_puts(h->out, " · ");
		html_put_text(h->out, r->lost_text);
	}
	buf_puts(h->out, "</small></summary>\n");
	if (time.err != 0)
		h->out->err = time.err;
	buf_free(&time);
}

static void
put_paragraph(struct html *h, const char *class, struct str text)
{
	buf_printf(h->out, "<p class=\"%s\">", class);
	html_put_text(h->out, text);
	buf_puts(h->out, "</p>\n");
}

static void
put_text(struct html *h, const struct layout_row *r, struct str bytes)
{
	struct trace_send what;
	struct trace_rec rec;
	struct buf scratch = BUF_INIT;

	trace_get(h->t, r->seq, &rec);
	if (trace_get_send(&rec, &what, &scratch) == 0 && what.proto.n > 0 &&
	    !str_is(what.proto, "sip")) {
		buf_puts(h->out, "<span>");
		html_put_lines(h->out, bytes);
		buf_puts(h->out, "</span>");
	} else {
		html_notes(h, bytes);
	}
	if (scratch.err != 0)
		h->out->err = scratch.err;
	buf_free(&scratch);
}

/* What travelled instead, where a fault changed it on its way. */
static void
put_altered(struct html *h, const struct layout_row *r)
{
	struct altered a = { 0 };
	struct buf scratch = BUF_INIT;

	if (r->altered && message_altered(h->t, r->seq, &a, &scratch)) {
		put_paragraph(h, "altered", str_of(altered_text(&a)));
		if (a.known) {
			buf_puts(h->out, "<pre>");
			html_put_lines(h->out, a.bytes);
			buf_puts(h->out, "</pre>\n");
		}
	}
	if (scratch.err != 0)
		h->out->err = scratch.err;
	buf_free(&scratch);
}

/* One that repeats another has the same bytes: it says so. */
static void
put_again(struct html *h, const struct layout_row *r)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, _("sent again, the same bytes as record %llu"),
	    (unsigned long long)h->l->rows[r->first].seq);
	put_paragraph(h, "again", buf_view(&b));
	if (b.err != 0)
		h->out->err = b.err;
	buf_free(&b);
}

static void
put_bytes(struct html *h, const struct layout_row *r)
{
	struct trace_rec rec;
	struct buf scratch = BUF_INIT;
	struct str bytes;

	trace_get(h->t, r->seq, &rec);
	bytes = message_bytes(h->t, &rec, &scratch);
	if (bytes.n == 0) {
		put_paragraph(h, "again",
		    str_of(_("The trace does not have the text of this "
			     "message.")));
	} else {
		buf_puts(h->out, "<pre>");
		put_text(h, r, bytes);
		buf_puts(h->out, "</pre>\n");
	}
	if (scratch.err != 0)
		h->out->err = scratch.err;
	buf_free(&scratch);
}

static void
put_message(struct html *h, const struct layout_row *r, size_t nth)
{
	struct buf caption = BUF_INIT;

	buf_printf(h->out, "<details open=\"open\" id=\"p-text%llu\">",
	    (unsigned long long)r->seq);
	put_summary(h, r, nth);
	caption_write(h->t, r->seq, 160, &caption);
	put_paragraph(h, "caption", buf_view(&caption));
	buf_printf(&h->messages, "%s[%llu,%llu,[", nth > 1 ? ",\n" : "",
	    (unsigned long long)r->seq,
	    r->first != LAYOUT_NONE
		? (unsigned long long)h->l->rows[r->first].seq
		: 0);
	if (r->first != LAYOUT_NONE)
		put_again(h, r);
	else
		put_bytes(h, r);
	put_altered(h, r);
	buf_puts(&h->messages, "]]");
	buf_puts(h->out, "</details>\n");
	if (caption.err != 0)
		h->out->err = caption.err;
	buf_free(&caption);
}

void
html_messages(struct html *h)
{
	size_t n = 0;

	buf_puts(h->out, "<section id=\"p-messages\" "
			 "aria-labelledby=\"p-messages-h\">\n"
			 "<h2 id=\"p-messages-h\">");
	html_put_text(h->out, str_of(_("Messages")));
	buf_puts(h->out, "</h2>\n");
	for (size_t i = 0;
	     i < h->l->nrows && h->out->err == 0 && h->out->n < HTML_BYTES; i++)
		if (h->l->rows[i].item == LAYOUT_MESSAGE)
			put_message(h, &h->l->rows[i], ++n);
	buf_puts(h->out, "</section>\n");
}
