/* Escaping for Markdown. */
#include "draw/markdown_put.h"

#include "base/utf8.h"
#include "draw/markdown.h"

#include <string.h>

/* TEXT on one line, safe, into SAFE. */
static struct str
make_line(struct buf *safe, struct str text)
{
	utf8_add_safe_lines(safe, str_trim(text));
	for (size_t i = 0; i < safe->n; i++)
		if (safe->p[i] == '\n')
			safe->p[i] = ' ';
	return buf_view(safe);
}

void
markdown_put_text(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	struct str line = make_line(&safe, text);

	for (size_t i = 0; i < line.n; i++) {
		if (memchr("\\`*_[]<>&#~|$!", line.p[i], 14) != NULL)
			buf_putc(b, '\\');
		buf_putc(b, line.p[i]);
	}
	buf_end(&safe, &b->err);
}

/* The longest row of backticks in S. */
static size_t
longest_ticks(struct str s)
{
	size_t most = 0, row;

	for (size_t i = 0; i < s.n; i += row + 1) {
		row = markdown_ticks(str_slice(s, i, s.n));
		most = row > most ? row : most;
	}
	return most;
}

void
markdown_put_code(struct buf *b, struct str text)
{
	struct buf safe = BUF_INIT;
	struct str line = make_line(&safe, text);
	size_t ticks = longest_ticks(line) + 1;
	bool apart = ticks > 1;

	buf_fill(b, '`', ticks);
	buf_puts(b, apart ? " " : "");
	buf_str(b, line);
	buf_puts(b, apart ? " " : "");
	buf_fill(b, '`', ticks);
	buf_end(&safe, &b->err);
}

void
markdown_put_fence(struct buf *b, const char *language, struct str text)
{
	struct buf safe = BUF_INIT;
	size_t ticks;

	utf8_add_safe_lines(&safe, text);
	ticks = longest_ticks(buf_view(&safe)) + 1;
	ticks = ticks < 3 ? 3 : ticks;
	buf_fill(b, '`', ticks);
	buf_printf(b, "%s\n", language);
	buf_str(b, buf_view(&safe));
	if (safe.n > 0 && safe.p[safe.n - 1] != '\n')
		buf_putc(b, '\n');
	buf_fill(b, '`', ticks);
	buf_putc(b, '\n');
	buf_end(&safe, &b->err);
}
