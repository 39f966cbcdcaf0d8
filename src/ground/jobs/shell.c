/* Quoting for POSIX shells (XCU 2.2, 2.6.3). */
#include "jobs/shell.h"

#include "text/utf8.h"

#include <string.h>

/* Nothing in S, which is safe, is a shell's; no letter of other alphabets is.
 */
static bool
needs_no_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_alnum(s.p[i]) && (unsigned char)s.p[i] < 0x80 &&
		    memchr("._-=%:,/@+", s.p[i], 10) == NULL)
			return false;
	return s.n > 0;
}

/* It is shown as it is; *ERR keeps that there was no memory to tell. */
static bool
is_safe(struct str s, int *err)
{
	struct buf safe = BUF_INIT;
	bool same;

	utf8_add_safe(&safe, s);
	same = str_eq(buf_view(&safe), s);
	buf_end(&safe, err);
	return same;
}

/* Bytes as a format of printf within single quotes. */
static void
put_format(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '%')
			buf_puts(b, "%%");
		else if (c < ' ' || c > '~' || c == '\'' || c == '\\')
			buf_printf(b, "\\%03o", c);
		else
			buf_putc(b, s.p[i]);
	}
}

void
shell_put_word(struct buf *b, const char *text)
{
	struct str s = str_of(text);

	if (!is_safe(s, &b->err)) {
		/* "--": a word that begins with a stroke is no option. */
		buf_puts(b, "\"$(printf -- '");
		put_format(b, s);
		buf_puts(b, "')\"");
		return;
	}
	if (needs_no_quotes(s)) {
		buf_str(b, s);
		return;
	}
	buf_putc(b, '\'');
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\'')
			buf_puts(b, "'\\''");
		else
			buf_putc(b, s.p[i]);
	buf_putc(b, '\'');
}

bool
shell_has_word(const char *text)
{
	return !str_ends(str_of(text), "\n");
}
