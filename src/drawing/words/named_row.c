/* See words/named_row.h. */
#include "words/named_row.h"

#include "base/utf8.h"

void
named_row(const struct named_rows *r, const char *name, enum canvas_style style,
    struct buf *value)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, buf_view(value));
	doc_line(r->d, r->seq);
	doc_puts(r->d, STYLE_DIM, name);
	doc_pad(r->d, r->name - 1);
	doc_puts(r->d, STYLE_PLAIN, " ");
	doc_wrap_marked(r->d, buf_view(&safe),
	    &(struct doc_marked){
		.style = style, .indent = r->name, .width = r->width });
	buf_end(&safe, &r->d->err);
	buf_end(value, &r->d->err);
	*value = BUF_INIT;
}
