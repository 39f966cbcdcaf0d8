/*
 * The lines of a message.  They are in the page unchanged, each an element of
 * its own; a line's explanation is in the page's data, once for all lines
 * with the same one: [purpose, RFC, section, meaning here, outdated form,
 * fault], the texts by number.
 */
#include "draw/doc.h"
#include "msg/annotate.h"
#include "text/xml.h"
#include "views/html/html_in.h"

#define HEX_WIDTH 80

static void
page_notes_put_hex(struct html *h, struct str bytes)
{
	LOCAL(doc_free) struct doc d = DOC_INIT;
	LOCAL_BUF text = BUF_INIT;

	hex_doc(bytes, 0, HEX_WIDTH, &d);
	if (doc_write(&d, &text) != 0)
		h->out->err = d.err | text.err;
	buf_puts(h->out, "<span>");
	xml_put_lines(h->out, str_trim(buf_view(&text)));
	buf_puts(h->out, "</span>\n");
}

static void
page_notes_put_message_line(struct html *h, struct str text)
{
	if (!hex_is_text(text)) {
		page_notes_put_hex(h, text);
		return;
	}
	while (text.n > 0 &&
	       (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
		text.n--;
	buf_puts(h->out, "<span>");
	xml_put_lines(h->out, text);
	buf_puts(h->out, "</span>\n");
}

static void
page_notes_put_octets(struct html *h, struct str octets)
{
	buf_puts(h->out, "<span>");
	hex_line(octets, h->out);
	buf_puts(h->out, "</span>\n");
}

/* The place of a line's explanation. */
static size_t
explanation(struct html *h, const struct msg_note *n)
{
	LOCAL_BUF b = BUF_INIT;
	size_t what, says, history, problem;

	/* One after the other: their places depend on the order. */
	what = html_text(h, str_of(n->what));
	says = html_text(h, str_trim(buf_view(&n->says)));
	history = html_text(h, str_trim(buf_view(&n->history)));
	problem = html_text(h, str_trim(buf_view(&n->problem)));
	buf_printf(&b, "[%zu,%u,\"%s\",%zu,%zu,%zu]", what, n->rfc,
	    n->section != NULL ? n->section : "", says, history, problem);
	if ((b.err | n->says.err | n->history.err | n->problem.err) != 0)
		h->out->err = b.err | n->says.err;
	return html_table_add(h, &h->notes, buf_view(&b));
}

void
html_notes(struct html *h, struct str bytes)
{
	struct msg_notes notes;
	int err = msg_annotate(bytes, &notes);
	bool body = false;

	if (err != 0)
		h->out->err = err;
	for (size_t i = 0; err == 0 && i < notes.n; i++) {
		const struct msg_note *n = &notes.lines[i];

		if (!body && n->kind >= MSG_NOTE_LINE) {
			body = true;
			buf_putc(h->out, '\n');
		}
		if (n->kind == MSG_NOTE_OCTETS)
			page_notes_put_octets(h, n->text);
		else
			page_notes_put_message_line(h, n->text);
		buf_printf(
		    &h->messages, "%s%zu", i > 0 ? "," : "", explanation(h, n));
	}
	if (err == 0 && notes.n == 0)
		page_notes_put_message_line(h, bytes);
	msg_notes_free(&notes);
}
