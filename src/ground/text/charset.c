/*
 * UTF-16 and GB 18030 by iconv(3), which is a part of the C library; see
 * text/charset.h.
 */
#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/i18n.h"
#include "base/str.h"
#include "text/utf8.h"

/* By the mark that a text begins with; the last has none.  What may be UTF-8 is
 * that where it can be. */
static const struct {
	const char *mark, *charset;
	bool may_be_utf8;
} byte_marks[] = {
	{ "\xef\xbb\xbf", "GB18030", true },
	{ "\xff\xfe", "UTF-16LE", false },
	{ "\xfe\xff", "UTF-16BE", false },
	{ "", "GB18030", true },
};

/* UTF-16 and GB 18030 by iconv(3), which is a part of the C library. */

/* A character has one byte or more, of UTF-8 and GB 18030 four at most. */
#define CHARACTER_MOST 4

int
charset_convert(
    struct str text, const char *charset, const char *into, struct buf *out)
{
	iconv_t cd = iconv_open(into, charset);
	char *from = (char *)(uintptr_t)text.p, *to;
	size_t left = text.n, room, made;
	int err = 0;

	if (cd == (iconv_t)-1)
		return errno == ENOMEM ? ERR_NOMEM : ERR_SYNTAX;
	room = text.n * CHARACTER_MOST + 1;
	err = buf_reserve(out, room);
	if (err == 0) {
		to = out->p + out->n;
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
	size_t i = 0;
	int err;

	buf_clear(out);
	while (!str_starts(text, byte_marks[i].mark))
		i++;
	text = str_slice(text, strlen(byte_marks[i].mark), text.n);
	if (text.n == 0)
		return 0;
	if (byte_marks[i].may_be_utf8 && utf8_valid(text)) {
		buf_str(out, text);
		err = out->err;
	} else {
		err =
		    charset_convert(text, byte_marks[i].charset, "UTF-8", out);
	}
	if (err == 0 && str_chr(buf_view(out), '\0') >= 0)
		err = ERR_SYNTAX;
	if (err == 0)
		join_line_ends(out);
	return err;
}

int
charset_read_file(
    struct str text, const char *file, struct buf *out, struct diag *d)
{
	int err = charset_read(text, out);

	if (err == ERR_SYNTAX && str_starts(text, "PK\x03\x04"))
		return diag_set(d, err, file, 0,
		    _("is a workbook or another zip file: save it as CSV"));
	if (err == ERR_SYNTAX)
		return diag_set(d, err, file, 0,
		    _("this is not text in UTF-8, UTF-16 or GB 18030; save it "
		      "as UTF-8"));
	return diag_fail(d, err);
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

static unsigned
line_at(struct str text, size_t at)
{
	return (unsigned)str_count(str_slice(text, 0, at), '\n') + 1;
}

int
charset_check(struct str text, const char *file, struct diag *d)
{
	ptrdiff_t nul = str_chr(text, '\0');
	size_t good;

	if (gunzip_is(text))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is compressed, which only traces and captures may be; "
		      "unpack it with gunzip"));
	if (charset_is_utf16(text))
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("is text in UTF-16; save it as UTF-8"));
	if (nul >= 0)
		return diag_set(d, ERR_SYNTAX, file, line_at(text, (size_t)nul),
		    _("there is a NUL byte here, so this is not a text file"));
	good = utf8_good(text);
	if (good < text.n)
		return diag_set(d, ERR_SYNTAX, file, line_at(text, good),
		    _("these bytes are not UTF-8; save the file as UTF-8"));
	return 0;
}
