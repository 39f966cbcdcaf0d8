/* Text for a page; see draw/html_put.h. */
#include "draw/html_put.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "text/xml.h"

/* XML 1.0 2.2 has no place for these two, which are UTF-8 all the same. */
static bool
is_no_character(uint32_t c)
{
	return c == 0xfffe || c == 0xffff;
}

static void
html_put_script(struct buf *b, uint32_t c, struct str bytes)
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

void
html_put_json(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	struct str rest;

	utf8_add_safe_lines(&safe, text);
	rest = buf_view(&safe);
	buf_putc(b, '"');
	while (rest.n > 0 && b->err == 0) {
		size_t used;
		uint32_t c = utf8_decode(rest, &used);

		html_put_script(b, c, str_slice(rest, 0, used));
		rest = str_slice(rest, used, rest.n);
	}
	buf_putc(b, '"');
	buf_end(&safe, &b->err);
}

/* The element of a page's head that allows only the page's own contents: no
 * script but the one whose hash SCRIPT is ("sha256-…"; NULL: none), no sound
 * and pictures but the kinds in DATA, no requests, forms or other base.
 */
static void
html_put_policy(struct buf *b, const char *script, const char *data)
{
	buf_puts(b, "<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"default-src 'none'; ");
	if (script != NULL)
		buf_printf(b, "script-src '%s'; ", script);
	buf_puts(b, data);
	buf_puts(b, "style-src 'unsafe-inline'; base-uri 'none'; "
		    "form-action 'none'\" />");
}

static void
html_put_page_head(struct buf *b, struct str title, const char *script,
    struct str more, struct str style, const char *data)
{
	struct buf language = BUF_INIT;

	/* RFC 5646: the catalogue's "zh_CN" is a page's "zh-CN". */
	for (const char *p = i18n_language(); *p != '\0'; p++)
		buf_putc(&language, *p == '_' ? '-' : *p);
	xml_print(b,
	    "<!DOCTYPE html>\n"
	    "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\" "
	    "xml:lang=\"%s\">\n<head>\n<meta charset=\"utf-8\" />\n",
	    buf_cstr(&language), buf_cstr(&language));
	html_put_policy(b, script, data);
	buf_puts(b, "\n<meta name=\"viewport\" "
		    "content=\"width=device-width, initial-scale=1\" />\n");
	buf_str(b, more);
	xml_print(b, "<title>%.*s</title>\n<style>", STR_ARG(title));
	buf_str(b, style);
	buf_puts(b, "</style>\n</head>\n<body>\n");
	buf_end(&language, &b->err);
}

void
html_put_head(struct buf *b, struct str title, const char *script,
    struct str more, struct str style)
{
	html_put_page_head(b, title, script, more, style, "");
}

void
html_put_head_with(struct buf *b, struct str title, const char *script,
    struct str more, struct str style, const char *data)
{
	html_put_page_head(b, title, script, more, style, data);
}
