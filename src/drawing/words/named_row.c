/* See words/named_row.h. */
#include "words/named_row.h"

#include "text/utf8.h"

#define LEAST  16 /* cells that a value has at the least (draw/doc.h) */
#define INDENT 4

void
named_row(const struct named_rows *r, const char *name, enum canvas_style style,
    struct buf *value)
{
	bool narrow = r->width < r->name + LEAST;
	size_t indent = narrow ? INDENT : r->name;
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, buf_view(value));
	doc_line(r->d, r->seq);
	if (narrow)
		doc_clip(r->d, STYLE_DIM, str_of(name), r->width);
	else
		doc_puts(r->d, STYLE_DIM, name);
	/* The value stands below its name. */
	if (narrow && name[0] != '\0')
		doc_line(r->d, r->seq);
	doc_pad(r->d, indent - 1);
	doc_puts(r->d, STYLE_PLAIN, " ");
	doc_wrap_marked(r->d, buf_view(&safe),
	    &(struct doc_marked){
		.style = style, .indent = indent, .width = r->width });
	buf_end(&safe, &r->d->err);
	buf_end(value, &r->d->err);
	*value = BUF_INIT;
}
