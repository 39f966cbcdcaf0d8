/*
 * Every message, for who has no script or reads on paper; the script takes the
 * lines for its pane from here.
 */
#include "base/i18n.h"
#include "text/xml.h"
#include "views/html/html_in.h"
#include "words/changed_message.h"
#include "words/caption.h"
#include "words/message_doc.h"
#include "words/time_words.h"

/* "3 · 0.505 s · Alice → atl · INVITE" */
static void
put_message_summary(struct html *h, const struct layout_row *r, size_t nth)
{
	const struct layout_column *columns = h->l->columns;
	struct buf time = BUF_INIT;

	struct str what = r->named.n > 0 ? r->named : r->label;

	time_put(&time, r->t);
	buf_printf(h->out, "<summary><b class=\"n\">%zu</b>", nth);
	xml_print(h->out, " <b>%.*s</b> %.*s → %.*s <small>%s s · ",
	    STR_ARG(what), STR_ARG(columns[r->from].name),
	    STR_ARG(columns[r->to].name), buf_cstr(&time));
	buf_printf(h->out, _("record %llu"), (unsigned long long)r->seq);
	if (r->lost)
		xml_print(h->out, " · %.*s", STR_ARG(r->loss.text));
	buf_puts(h->out, "</small></summary>\n");
	buf_end(&time, &h->out->err);
}

static void
put_own_text(struct html *h, const struct layout_row *r, struct str bytes)
{
	struct trace_send what;
	struct trace_rec rec;
	struct buf scratch = BUF_INIT;

	trace_get(h->t, r->seq, &rec);
	if (trace_get_send(&rec, &what, &scratch) == 0 &&
	    trace_class_of(what.proto) != TRACE_CLASS_SIP) {
		buf_puts(h->out, "<span>");
		xml_put_lines(h->out, bytes);
		buf_puts(h->out, "</span>");
	} else {
		html_notes(h, bytes);
	}
	buf_end(&scratch, &h->out->err);
}

/* What travelled instead, where a fault changed it on its way. */
static void
page_messages_put_altered(struct html *h, const struct layout_row *r)
{
	struct changed_message a = { 0 };
	struct buf scratch = BUF_INIT;

	if (r->changed && changed_message_read(h->t, r->seq, &a, &scratch)) {
		xml_print(h->out, "<p class=\"altered\">%s</p>\n",
		    changed_message_text(&a));
		if (a.known) {
			buf_puts(h->out, "<pre>");
			xml_put_lines(h->out, a.bytes);
			buf_puts(h->out, "</pre>\n");
		}
	}
	buf_end(&scratch, &h->out->err);
}

/* One that repeats another has the same bytes: it says so. */
static void
put_again(struct html *h, const struct layout_row *r)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, _("retransmitted, the same bytes as record %llu"),
	    (unsigned long long)h->l->rows[r->repeat.first].seq);
	xml_print(h->out, "<p class=\"again\">%s</p>\n", buf_cstr(&b));
	buf_end(&b, &h->out->err);
}

static void
page_messages_put_bytes(struct html *h, const struct layout_row *r)
{
	struct trace_rec rec;
	struct buf scratch = BUF_INIT;
	struct str bytes;

	trace_get(h->t, r->seq, &rec);
	bytes = message_bytes(h->t, &rec, &scratch);
	if (bytes.n == 0) {
		xml_print(h->out, "<p class=\"again\">%s</p>\n",
		    _("The trace does not contain the text of this message."));
	} else {
		buf_puts(h->out, "<pre>");
		put_own_text(h, r, bytes);
		buf_puts(h->out, "</pre>\n");
	}
	buf_end(&scratch, &h->out->err);
}

static void
put_row_message(struct html *h, const struct layout_row *r, size_t nth)
{
	struct buf caption = BUF_INIT;

	buf_printf(h->out, "<details open=\"open\" id=\"p-text%llu\">",
	    (unsigned long long)r->seq);
	put_message_summary(h, r, nth);
	caption_write(h->t, r->seq, 160, &caption);
	xml_print(h->out, "<p class=\"caption\">%.*s</p>\n",
	    STR_ARG(buf_view(&caption)));
	buf_printf(&h->messages, "%s[%llu,%llu,[", nth > 1 ? ",\n" : "",
	    (unsigned long long)r->seq,
	    r->repeat.first != LAYOUT_NONE
		? (unsigned long long)h->l->rows[r->repeat.first].seq
		: 0);
	if (r->repeat.first != LAYOUT_NONE)
		put_again(h, r);
	else
		page_messages_put_bytes(h, r);
	page_messages_put_altered(h, r);
	buf_puts(&h->messages, "]]");
	buf_puts(h->out, "</details>\n");
	buf_end(&caption, &h->out->err);
}

void
html_messages(struct html *h)
{
	size_t n = 0;

	xml_print(h->out,
	    "<section id=\"p-messages\" aria-labelledby=\"p-messages-h\">\n"
	    "<h2 id=\"p-messages-h\">%s</h2>\n",
	    _("Messages"));
	for (size_t i = 0;
	     i < h->l->nrows && h->out->err == 0 && h->out->n < HTML_BYTES; i++)
		if (h->l->rows[i].item == LAYOUT_MESSAGE)
			put_row_message(h, &h->l->rows[i], ++n);
	buf_puts(h->out, "</section>\n");
}
