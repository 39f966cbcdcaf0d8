/* Bytes as numbers; see draw/hex_doc.h. */
#include "draw/hex_doc.h"

#include "text/charset.h"
#include "base/err.h"

/* Cells of a line of 16 bytes: "0000  " "xx " * 16 " " and 16 signs. */
#define WIDE (6 + 16 * 3 + 1 + 16)
/* Bytes of a line of few. */
#define LINE_MOST 64

static void
put_hex_row(struct doc *d, struct str row, size_t at, size_t n)
{
	doc_printf(d, STYLE_DIM, "%04zx  ", at);
	for (size_t i = 0; i < n; i++)
		if (i < row.n)
			doc_printf(d, STYLE_PLAIN, "%02x ",
			    (unsigned)(unsigned char)row.p[i]);
		else
			doc_puts(d, STYLE_PLAIN, "   ");
	doc_puts(d, STYLE_PLAIN, " ");
	for (size_t i = 0; i < row.n; i++) {
		bool seen = row.p[i] > 0x20 && row.p[i] < 0x7f;

		doc_put(d, seen ? STYLE_PLAIN : STYLE_DIM,
		    seen ? str_slice(row, i, i + 1) : STR("."));
	}
}

void
hex_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	size_t n = width >= WIDE ? 16 : 8;

	for (size_t at = 0; at < bytes.n && d->err == 0; at += n) {
		doc_line(d, seq);
		put_hex_row(d, str_slice(bytes, at, at + n), at, n);
	}
}

void
hex_line(struct str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.n && i < LINE_MOST; i++) {
		if (i > 0)
			buf_putc(out, ' ');
		buf_hex(out, (unsigned char)bytes.p[i], 2);
	}
	if (bytes.n > LINE_MOST)
		buf_puts(out, " …");
}

bool
hex_is_text(struct str bytes)
{
	size_t controls = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c == 0)
			return false;
		if (c < 0x20 && !chr_is_space((char)c))
			controls++;
	}
	return controls <= bytes.n / 16 && utf8_valid(bytes);
}

struct str
hex_as_text(struct str bytes, struct buf *scratch)
{
	ptrdiff_t end = str_find(bytes, "\r\n\r\n");
	struct str head, body;
	int err;

	buf_clear(scratch);
	if (end < 0 || hex_is_text(bytes))
		return bytes;
	head = str_slice(bytes, 0, (size_t)end + 4);
	body = str_slice(bytes, head.n, bytes.n);
	if (!hex_is_text(head))
		return bytes;
	buf_str(scratch, head);
	err = charset_convert(body, "GB18030", "UTF-8", scratch);
	if (err == ERR_NOMEM)
		scratch->err = err;
	return err == 0 && hex_is_text(buf_view(scratch)) ? buf_view(scratch)
							  : bytes;
}
