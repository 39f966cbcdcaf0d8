/* Tables in each of their forms. */
#include "draw/table.h"

#include "base/array.h"
#include "text/csv.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "text/xml.h"
#include "text/markdown.h"

#define GAP 2

void
table_free(struct table *t)
{
	mem_free(t->kinds);
	mem_free(t->cells);
	buf_free(&t->text);
	*t = TABLE_INIT;
}

struct buf *
table_cell(struct table *t)
{
	if (ARRAY_ROOM(&t->cells, &t->cells_cap, t->ncells + 1) != 0)
		t->text.err = ERR_NOMEM;
	else
		t->cells[t->ncells++] = t->text.n;
	return &t->text;
}

struct buf *
table_column(struct table *t, enum table_kind kind)
{
	if (ARRAY_ROOM(&t->kinds, &t->kinds_cap, t->ncolumns + 1) != 0)
		t->text.err = ERR_NOMEM;
	else
		t->kinds[t->ncolumns++] = kind;
	return table_cell(t);
}

/* The Ith of all cells: those of the heads first. */
static struct str
find_cell_text(const struct table *t, size_t i)
{
	return str_slice(buf_view(&t->text), t->cells[i],
	    i + 1 < t->ncells ? t->cells[i + 1] : t->text.n);
}

/* Appends each cell by PUT, which is told its place. */
typedef void put_fn(const struct table *t, size_t row, size_t column,
    struct str cell, void *arg);

static void
put_cells(const struct table *t, put_fn *put, void *arg, struct buf *out)
{
	if (t->text.err != 0)
		out->err = t->text.err;
	for (size_t i = 0; out->err == 0 && i < t->ncells; i++)
		put(t, i / t->ncolumns, i % t->ncolumns, find_cell_text(t, i),
		    arg);
}

static bool
table_is_last(const struct table *t, size_t column)
{
	return column + 1 == t->ncolumns;
}

/* ---- text ---- */

struct columns {
	size_t *widths;
	bool heads;
	struct buf *out;
};

static void
put_text_cell(const struct table *t, size_t row, size_t column, struct str cell,
    void *arg)
{
	const struct columns *c = arg;
	size_t pad = c->widths[column] - utf8_width(cell);

	if (row == 0 && !c->heads)
		return;
	buf_fill(c->out, ' ', column > 0 ? GAP : 0);
	if (t->kinds[column] == TABLE_NUMBER)
		buf_fill(c->out, ' ', pad);
	utf8_add_safe(c->out, cell);
	if (table_is_last(t, column))
		buf_putc(c->out, '\n');
	else if (t->kinds[column] != TABLE_NUMBER)
		buf_fill(c->out, ' ', pad);
}

void
table_put_text(const struct table *t, struct buf *out)
{
	struct columns c = { mem_zalloc(t->ncolumns + 1, sizeof(*c.widths)),
		false, out };

	if (c.widths == NULL)
		out->err = ERR_NOMEM;
	/* Of a table that lacks memory columns may be missing. */
	for (size_t i = 0;
	     c.widths != NULL && t->text.err == 0 && i < t->ncells; i++) {
		size_t *width = &c.widths[i % t->ncolumns];
		size_t n = utf8_width(find_cell_text(t, i));

		*width = n > *width ? n : *width;
		c.heads |= i < t->ncolumns && n > 0;
	}
	if (c.widths != NULL)
		put_cells(t, put_text_cell, &c, out);
	mem_free(c.widths);
}

/* ---- for programs ---- */

static void
table_put_csv_cell(const struct table *t, size_t row, size_t column,
    struct str cell, void *out)
{
	(void)row;
	if (column > 0)
		buf_putc(out, ',');
	if (t->kinds[column] == TABLE_TEXT)
		csv_put(out, cell);
	else
		csv_put_bare(out, cell);
	if (table_is_last(t, column))
		csv_put_end(out);
}

void
table_put_csv(const struct table *t, struct buf *out)
{
	put_cells(t, table_put_csv_cell, out, out);
}

/* ---- pages ---- */

static void
table_put_html_cell(const struct table *t, size_t row, size_t column,
    struct str cell, void *out)
{
	const char *tag = row == 0 ? "th" : "td";

	if (column == 0)
		buf_puts(out, "<tr>");
	xml_print(out,
	    t->kinds[column] == TABLE_NUMBER ? "<%s class=\"n\">%.*s</%s>"
					     : "<%s>%.*s</%s>",
	    tag, STR_ARG(cell), tag);
	if (table_is_last(t, column))
		buf_puts(out, row == 0 ? "</tr></thead><tbody>\n" : "</tr>\n");
}

void
table_put_html(const struct table *t, struct buf *out)
{
	buf_puts(out, "<div class=\"wide\"><table><thead>");
	put_cells(t, table_put_html_cell, out, out);
	buf_puts(out, "</tbody></table></div>\n");
}

static void
put_markdown_cell(const struct table *t, size_t row, size_t column,
    struct str cell, void *out)
{
	buf_puts(out, "| ");
	markdown_put_text(out, cell);
	buf_puts(out, cell.n > 0 ? " " : "");
	if (!table_is_last(t, column))
		return;
	buf_puts(out, "|\n");
	for (size_t i = 0; row == 0 && i < t->ncolumns; i++)
		buf_puts(out, i + 1 < t->ncolumns ? "|---" : "|---|\n");
}

void
table_put_markdown(const struct table *t, struct buf *out)
{
	put_cells(t, put_markdown_cell, out, out);
}

/* ---- lines with styles ---- */

void
table_put_doc(
    const struct table *t, const char *title, const size_t *ends, struct doc *d)
{
	if (t->text.err != 0) {
		d->err = t->text.err;
		return;
	}
	for (size_t i = title != NULL ? 0 : t->ncolumns; i < t->ncells; i++) {
		size_t column = i % t->ncolumns;
		bool head = i < t->ncolumns;
		struct str cell = i == 0 ? str_of(title) : find_cell_text(t, i);

		if (column == 0) {
			doc_line(d, 0);
			doc_puts(d, STYLE_PLAIN, head ? "" : "  ");
			doc_put(d, head ? STYLE_TITLE : STYLE_PLAIN, cell);
		} else if (cell.n > 0) {
			doc_right(d, head ? STYLE_DIM : STYLE_PLAIN, cell,
			    ends[column]);
		}
	}
}
