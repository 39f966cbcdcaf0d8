#include "text/diag_text.h"

#include "text/utf8.h"

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
