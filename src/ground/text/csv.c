/* Fields that are shown and never computed. */
#include "text/csv.h"

#include "text/utf8.h"

/* Digits, with a sign, a point. */
static bool
is_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		digits += chr_is_digit(s.p[i]);
		if (!chr_is_digit(s.p[i]) && s.p[i] != '.' &&
		    (i > 0 || s.p[i] != '-'))
			return false;
	}
	return digits > 0;
}

/* A spreadsheet may compute S.  Some pass white space, and some take the
 * full-width signs of East Asian keyboards for the others. */
static bool
is_formula(struct str s)
{
	static const uint32_t signs[] = { '=', '+', '-', '@', 0xff1d, 0xff0b,
		0xff0d, 0xff20, 0x2212, 0xfe62, 0xfe63, 0xfe66, 0xfe6b };
	uint32_t c;
	size_t used;

	if (is_number(s))
		return false;
	do {
		c = utf8_decode(s, &used);
		/* A tab or a line's end at the beginning takes what follows for
		 * the content of a cell. */
		if (s.n > 0 && (c < ' ' || c == 0x7f))
			return true;
		s = str_slice(s, used, s.n);
	} while (used > 0 && (c == ' ' || c == 0xa0 || c == 0x3000));
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (used > 0 && c == signs[i])
			return true;
	return false;
}

static void
put_csv_cell(struct buf *b, struct str text, bool quoted)
{
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, text);
	for (size_t i = 0; i < safe.n; i++)
		quoted |=
		    safe.p[i] == ',' || safe.p[i] == '"' || safe.p[i] == ';';
	if (quoted)
		buf_putc(b, '"');
	if (is_formula(text))
		buf_putc(b, '\'');
	for (size_t i = 0; i < safe.n; i++) {
		if (safe.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, safe.p[i]);
	}
	if (quoted)
		buf_putc(b, '"');
	buf_end(&safe, &b->err);
}

void
csv_put(struct buf *b, struct str text)
{
	put_csv_cell(b, text, true);
}

void
csv_put_bare(struct buf *b, struct str text)
{
	put_csv_cell(b, text, false);
}
