/*
 * Tables of fields (RFC 4180), written and read; written fields are shown and
 * never computed.
 */
#include "text/csv.h"

#include "text/utf8.h"

/* Digits, with a sign, a point. */
static bool
csv_is_number(struct str s)
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

	/* A dash alone says that there is nothing. */
	if (csv_is_number(s) || str_is(s, "-"))
		return false;
	do {
		c = utf8_decode(s, &used);
		/* A tab or a line's end at the beginning takes what follows for
		 * the content of a cell. */
		if (s.n > 0 && (c < ' ' || c == 0x7f))
			return true;
		s = str_slice(s, used, s.n);
	} while (used > 0 && (c == ' ' || c == 0xa0 || c == 0x3000));
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (used > 0 && c == signs[i])
			return true;
	return false;
}

static void
csv_put_cell(struct buf *b, struct str text, bool quoted)
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
	csv_put_cell(b, text, true);
}

void
csv_put_bare(struct buf *b, struct str text)
{
	csv_put_cell(b, text, false);
}

void
csv_put_end(struct buf *b)
{
	buf_puts(b, "\r\n");
}

/* ---- tables of fields, read ---- */

/* One field, with doubled quotes undone; after it stands a separator, a line's
 * end or the end. */
static int
csv_read_field(struct csv_rows *c, struct buf *out)
{
	struct str *s = &c->rest;
	bool quoted = s->n > 0 && s->p[0] == '"';
	unsigned begun = c->line;
	size_t i = quoted;

	c->open = quoted ? begun : 0;
	buf_clear(out);
	for (; i < s->n; i++) {
		char ch = s->p[i];

		if (quoted && ch == '"') {
			if (i + 1 >= s->n || s->p[i + 1] != '"') {
				c->open = 0;
				i++;
				break;
			}
			i++;
		} else if (!quoted && (ch == c->separator || ch == '\n')) {
			break;
		}
		c->line += ch == '\n';
		buf_putc(out, s->p[i]);
	}
	/* Behind a closing quote nothing counts. */
	while (i < s->n && s->p[i] != c->separator && s->p[i] != '\n')
		i++;
	*s = str_slice(*s, i, s->n);
	return out->err;
}

bool
csv_read_row(struct csv_rows *c, int *err)
{
	*err = 0;
	c->n = 0;
	if (c->rest.n == 0)
		return false;
	c->line++;
	for (;;) {
		LOCAL_BUF spare = BUF_INIT;

		*err = csv_read_field(
		    c, c->n < CSV_FIELDS_MAX ? &c->fields[c->n] : &spare);
		if (c->n < CSV_FIELDS_MAX)
			c->ends[c->n++] = c->rest.p;
		if (*err != 0 || c->rest.n == 0)
			return *err == 0;
		if (c->rest.p[0] == '\n')
			break;
		c->rest = str_slice(c->rest, 1, c->rest.n);
	}
	c->rest = str_slice(c->rest, 1, c->rest.n);
	return true;
}

void
csv_begin(struct csv_rows *c, struct str text)
{
	struct str rest, line = str_cut(text, '\n', &rest);

	c->rest = text;
	c->separator = ',';
	for (const char *s = ";\t"; *s != '\0'; s++)
		if (str_count(line, *s) > str_count(line, c->separator))
			c->separator = *s;
}

void
csv_end(struct csv_rows *c)
{
	for (size_t i = 0; i < CSV_FIELDS_MAX; i++)
		buf_free(&c->fields[i]);
}
