/* Sentences about what a user did wrong. */
#include "base/diag.h"

#include "base/err.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* A text that snprintf had to cut: no half character at its end, but "…". */
static void
mark_cut(char *text, size_t size)
{
	static const char mark[] = "…";
	size_t n = size - sizeof(mark);

	/* At most three bytes of a character stand before its cut. */
	for (int i = 0; i < 3 && ((unsigned char)text[n] & 0xc0) == 0x80; i++)
		n--;
	memcpy(text + n, mark, sizeof(mark));
}

int
diag_set(struct diag *d, int err, const char *file, unsigned line,
    const char *fmt, ...)
{
	va_list ap;

	if (d == NULL || d->err != 0)
		return err;
	d->err = err;
	d->line = line;
	if (file == NULL)
		file = "";
	if (snprintf(d->file, sizeof(d->file), "%s", file) >=
	    (int)sizeof(d->file))
		mark_cut(d->file, sizeof(d->file));
	va_start(ap, fmt);
	if (vsnprintf(d->text, sizeof(d->text), fmt, ap) >=
	    (int)sizeof(d->text))
		mark_cut(d->text, sizeof(d->text));
	va_end(ap);
	return err;
}

void
diag_write(const struct diag *d, struct buf *out)
{
	if (d->file[0] != '\0') {
		utf8_add_safe(out, str_of(d->file));
		if (d->line != 0)
			buf_printf(out, ":%u", d->line);
		buf_puts(out, ": ");
	}
	if (d->text[0] != '\0')
		utf8_add_safe(out, str_of(d->text));
	else
		buf_puts(out, err_text(d->err));
}
