/*
 * Escaping for XML and SVG.
 */
#include "text/xml_put.h"

#include "text/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Neither markup nor what utf8_add_safe has to look at. */
static bool
stands_for_itself(char c)
{
	return c >= ' ' && c < 0x7f && entity(c) == NULL;
}

/* SAFE has no control characters: utf8_add_safe or a similar function wrote
 * it. */
static void
put_safe(struct buf *b, struct buf *safe)
{
	for (size_t i = 0; i < safe->n; i++) {
		const char *name = entity(safe->p[i]);

		/* U+FFFE and U+FFFF are no characters of XML's. */
		if (safe->n - i >= 3 &&
		    memcmp(safe->p + i, "\xef\xbf", 2) == 0 &&
		    (unsigned char)safe->p[i + 2] >= 0xbe) {
			buf_puts(b, "\xef\xbf\xbd");
			i += 2;
		} else if (name != NULL) {
			buf_puts(b, name);
		} else {
			buf_putc(b, safe->p[i]);
		}
	}
	if (safe->err != 0)
		b->err = safe->err;
	buf_free(safe);
}

void
xml_put(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	size_t plain = 0;

	while (plain < text.n && stands_for_itself(text.p[plain]))
		plain++;
	buf_add(b, text.p, plain);
	if (plain == text.n)
		return;
	utf8_add_safe(&safe, str_slice(text, plain, text.n));
	put_safe(b, &safe);
}

void
xml_put_lines(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe_lines(&safe, text);
	put_safe(b, &safe);
}

void
xml_put_number(struct buf *b, double v)
{
	long long tenths = llround(v * 10);

	if (tenths < 0) {
		buf_putc(b, '-');
		tenths = -tenths;
	}
	buf_u64(b, (unsigned long long)tenths / 10);
	if (tenths % 10 != 0) {
		buf_putc(b, '.');
		buf_putc(b, (char)('0' + tenths % 10));
	}
}

enum conversion { TEXT, SLICE, NUMBER, SIZE, LONG_NUMBER, CONVERSIONS };

static const char *const conversions[CONVERSIONS] = {
	[TEXT] = "%s",
	[SLICE] = "%.*s",
	[NUMBER] = "%u",
	[SIZE] = "%zu",
	[LONG_NUMBER] = "%llu",
};

/* One of xml_print's conversions, at MARK; how many bytes it has.  Another one
 * is a mistake of whoever wrote the markup. */
static size_t
put_conversion(struct buf *b, const char *mark, va_list *ap)
{
	unsigned i = 0;
	struct str text;

	while (i < CONVERSIONS && !str_starts(str_of(mark), conversions[i]))
		i++;
	assert(i < CONVERSIONS);
	switch (i) {
	case NUMBER:
		buf_u64(b, va_arg(*ap, unsigned));
		break;
	case SIZE:
		buf_u64(b, va_arg(*ap, size_t));
		break;
	case LONG_NUMBER:
		buf_u64(b, va_arg(*ap, unsigned long long));
		break;
	case SLICE:
		text.n = (size_t)va_arg(*ap, int);
		text.p = va_arg(*ap, const char *);
		xml_put(b, text);
		break;
	default:
		xml_put(b, str_of(va_arg(*ap, const char *)));
	}
	return strlen(conversions[i]);
}

void
xml_print(struct buf *b, const char *markup, ...)
{
	const char *mark;
	va_list ap;

	va_start(ap, markup);
	while ((mark = strchr(markup, '%')) != NULL) {
		buf_add(b, markup, (size_t)(mark - markup));
		markup = mark + put_conversion(b, mark, &ap);
	}
	buf_puts(b, markup);
	va_end(ap);
}
