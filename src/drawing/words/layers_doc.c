/* The packets of a message with their headings; see words/layers_doc.h. */
#include "words/layers_doc_in.h"

#include "base/addr.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "words/message_doc.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* "packet 1 of 2 · alice → r1 · 0.500 s · 742 bytes": number I of OF. */
static void
put_packet_heading(const struct layers_packet *p, size_t i, size_t of,
    uint64_t seq, size_t width, struct doc *d)
{
	char when[TIME_ROOM];
	struct buf b = BUF_INIT;

	if (i > 0)
		doc_line(d, 0);
	doc_line(d, 0);
	doc_line(d, seq);
	/* TRANSLATORS: "packet 1 of 2" */
	buf_printf(&b, _("packet %zu of %zu"), i + 1, of);
	doc_put(d, STYLE_BOLD, buf_view(&b));
	buf_clear(&b);
	buf_puts(&b, " · ");
	utf8_add_safe(&b, p->from);
	buf_puts(&b, " → ");
	utf8_add_safe(&b, p->to);
	buf_printf(&b, " · %s s · ", time_text(p->t_ns, when));
	message_put_bytes(&b, p->frame.n);
	doc_wrap(d, STYLE_PLAIN, buf_view(&b), 4, width);
	if (p->lost) {
		doc_puts(d, STYLE_DIM, " · ");
		doc_puts(d, STYLE_LOST, _("lost"));
	}
	buf_end(&b, &d->err);
}

void
layers_doc(const struct trace *t, const struct trace_rec *send,
    const struct layers_packet *packets, size_t n, size_t left_out,
    size_t width, struct doc *d)
{
	struct buf message = BUF_INIT, fields = BUF_INIT;
	struct layers_message m = { .seq = send->seq,
		.bytes = message_bytes(t, send, &message) };
	const struct addr_transport_row *row;
	struct trace_send what = { .fwd = 0 };

	if (trace_get_send(send, &what, &fields) == 0)
		m.proto = what.proto;
	row = addr_transport_known(what.transport);
	m.framed = row != NULL && row->framing == ADDR_WEBSOCKET;
	message_heading(t, send->seq, width, d);
	if (n == 0) {
		doc_line(d, send->seq);
		doc_wrap(
		    d, STYLE_DIM, str_of(_("No packet of it left.")), 0, width);
	}
	for (size_t i = 0; i < n && d->err == 0; i++) {
		put_packet_heading(
		    &packets[i], i, n + left_out, send->seq, width, d);
		layers_put_packet(&m, &packets[i], width, d);
	}
	buf_end(&message, &d->err);
	buf_end(&fields, &d->err);
}
