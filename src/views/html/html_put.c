/* Text for a page; see views/html/html_put.h. */
#include "views/html/html_put.h"

#include "base/utf8.h"

typedef void put_fn(struct buf *b, uint32_t c, struct str bytes);

/* XML 1.0 2.2 has no place for these two, which are UTF-8 all the same. */
static bool
is_no_character(uint32_t c)
{
	return c == 0xfffe || c == 0xffff;
}

static void
put_markup(struct buf *b, uint32_t c, struct str bytes)
{
	switch (c) {
	case '&':
		buf_puts(b, "&amp;");
		break;
	case '<':
		buf_puts(b, "&lt;");
		break;
	case '>':
		buf_puts(b, "&gt;");
		break;
	case '"':
		buf_puts(b, "&quot;");
		break;
	case '\'':
		buf_puts(b, "&#39;");
		break;
	default:
		if (is_no_character(c))
			utf8_encode(b, UTF8_BAD);
		else
			buf_str(b, bytes);
	}
}

static void
put_script(struct buf *b, uint32_t c, struct str bytes)
{
	switch (c) {
	case '"':
		buf_puts(b, "\\\"");
		break;
	case '\\':
		buf_puts(b, "\\\\");
		break;
	case '\n':
		buf_puts(b, "\\n");
		break;
	case '&':
	case '<':
	case '>':
		buf_printf(b, "\\u%04x", (unsigned)c);
		break;
	default:
		if (is_no_character(c))
			utf8_encode(b, UTF8_BAD);
		else
			buf_str(b, bytes);
	}
}

/* Each character of what is safe already. */
static void
put_all(struct buf *b, const struct buf *safe, put_fn *put)
{
	struct str rest = buf_view(safe);

	while (rest.n > 0 && b->err == 0) {
		size_t used;
		uint32_t c = utf8_decode(rest, &used);

		put(b, c, str_slice(rest, 0, used));
		rest = str_slice(rest, used, rest.n);
	}
	if (safe->err != 0)
		b->err = safe->err;
}

void
html_put_text(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, text);
	put_all(b, &safe, put_markup);
	buf_free(&safe);
}

void
html_put_lines(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	put_all(b, &safe, put_markup);
	buf_free(&safe);
}

void
html_put_json(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	buf_putc(b, '"');
	put_all(b, &safe, put_script);
	buf_putc(b, '"');
	buf_free(&safe);
}
