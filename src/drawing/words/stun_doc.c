/* STUN as names and values; see words/stun_doc.h. */
#include "words/stun_doc.h"

#include "base/utf8.h"
#include "stun/stun.h"

#define NAME 22 /* cells of a name */

static void
put_row(struct doc *d, const char *name, struct str value, uint64_t seq,
    size_t width)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, value);
	doc_line(d, seq);
	doc_puts(d, STYLE_DIM, name);
	doc_pad(d, NAME - 1);
	doc_puts(d, STYLE_PLAIN, " ");
	doc_wrap_marked(d, buf_view(&safe),
	    &(struct doc_marked){ .indent = NAME, .width = width });
	buf_end(&safe, &d->err);
}

static void
put_attr(struct doc *d, const struct stun *m, const struct stun_attr *a,
    uint64_t seq, size_t width)
{
	struct buf name = BUF_INIT, value = BUF_INIT;

	if (stun_attr_name(a->type) != NULL)
		buf_puts(&name, stun_attr_name(a->type));
	else
		buf_printf(&name, "0x%04x", a->type);
	stun_attr_write(m, a, &value);
	put_row(d, buf_cstr(&name), buf_view(&value), seq, width);
	buf_end(&name, &d->err);
	buf_end(&value, &d->err);
}

bool
stun_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	struct buf text = BUF_INIT;
	struct stun_attr a;
	struct stun m;
	size_t at = 0;

	if (stun_read(bytes, &m) != STUN_FAULT_NONE)
		return false;
	if (m.method == STUN_BINDING)
		buf_printf(&text, "Binding %s", stun_class_words(m.class));
	else
		buf_printf(
		    &text, "0x%03x %s", m.method, stun_class_words(m.class));
	put_row(d, "STUN", buf_view(&text), seq, width);
	buf_clear(&text);
	for (size_t i = 0; i < m.id.n; i++)
		buf_hex(&text, (unsigned char)m.id.p[i], 2);
	put_row(d, "transaction", buf_view(&text), seq, width);
	while (d->err == 0 && stun_next(&m, &at, &a))
		put_attr(d, &m, &a, seq, width);
	buf_end(&text, &d->err);
	return true;
}
