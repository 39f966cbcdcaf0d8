/* GB 18030 by iconv(3), which is a part of the C library. */
#include "base/charset.h"

#include "base/err.h"
#include "base/gzip.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* A character of GB 18030 has one byte or more, of UTF-8 four at most. */
#define UTF8_MOST 4

static int
convert(struct str text, struct buf *out)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	char *from = (char *)(uintptr_t)text.p, *to;
	size_t left = text.n, room, made;
	int err = 0;

	if (cd == (iconv_t)-1)
		return errno == ENOMEM ? ERR_NOMEM : ERR_SYNTAX;
	room = text.n * UTF8_MOST + 1;
	err = buf_reserve(out, room);
	if (err == 0) {
		to = out->p;
		made = room;
		if (iconv(cd, &from, &left, &to, &made) == (size_t)-1)
			err = ERR_SYNTAX;
		else
			out->n = (size_t)(to - out->p);
		out->p[out->n] = '\0';
	}
	iconv_close(cd);
	return err;
}

/* CR LF and CR alone become LF. */
static void
join_line_ends(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (b->p[i] == '\r' && i + 1 < b->n && b->p[i + 1] == '\n')
			continue;
		b->p[n++] = b->p[i] == '\r' ? '\n' : b->p[i];
	}
	buf_truncate(b, n);
}

int
charset_read(struct str text, struct buf *out)
{
	int err;

	buf_clear(out);
	if (text.n > 0 && memchr(text.p, '\0', text.n) != NULL)
		return ERR_SYNTAX;
	if (str_starts(text, "\xef\xbb\xbf"))
		text = str_slice(text, 3, text.n);
	if (text.n == 0)
		return 0;
	if (utf8_valid(text)) {
		buf_str(out, text);
		err = out->err;
	} else {
		err = convert(text, out);
	}
	if (err == 0)
		join_line_ends(out);
	return err;
}

/* Of text without a byte order mark so much is looked at. */
#define LOOK 64

bool
charset_is_utf16(struct str text)
{
	struct str head = str_slice(text, 0, LOOK);
	size_t zeros[2] = { 0, 0 };

	if (str_starts(text, "\xff\xfe") || str_starts(text, "\xfe\xff"))
		return true;
	for (size_t i = 0; i < head.n; i++)
		zeros[i % 2] += head.p[i] == '\0';
	return head.n >= 4 &&
	       ((zeros[0] == 0 && zeros[1] == head.n / 2) ||
		   (zeros[1] == 0 && zeros[0] == head.n - head.n / 2));
}

int
charset_check(struct str text, const char *file, struct diag *d)
{
	ptrdiff_t nul = str_chr(text, '\0');

	if (gunzip_is(text))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is compressed, as only traces and captures may be: "
		      "gunzip it first"));
	if (charset_is_utf16(text))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is a text in UTF-16: save it as UTF-8"));
	if (nul < 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, file,
	    (unsigned)str_count(str_slice(text, 0, (size_t)nul), '\n') + 1,
	    _("there is a NUL byte here: this is no text"));
}
