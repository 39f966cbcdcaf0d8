/*
 * Quoting for Graphviz.
 */
#include "draw/dot_put.h"

#include "text/utf8.h"

void
dot_quote(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, text);
	buf_putc(b, '"');
	for (size_t i = 0; i < safe.n; i++) {
		switch (safe.p[i]) {
		case '"':
			buf_puts(b, "\\\"");
			break;
		case '\\':
			buf_puts(b, "\\\\");
			break;
		case '&':
			/* Graphviz reads entities in labels. */
			buf_puts(b, "&amp;");
			break;
		default:
			buf_putc(b, safe.p[i]);
		}
	}
	buf_putc(b, '"');
	buf_end(&safe, &b->err);
}
