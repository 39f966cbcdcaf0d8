/* Tables of fields, read. */
#include "text/csv.h"

/* One field, with doubled quotes undone; what stands behind it is a separator,
 * a line's end or the end. */
static int
read_field(struct csv_rows *c, struct buf *out)
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
		struct buf spare = BUF_INIT;

		*err = read_field(
		    c, c->n < CSV_FIELDS_MAX ? &c->fields[c->n] : &spare);
		buf_free(&spare);
		if (c->n < CSV_FIELDS_MAX)
			c->n++;
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
