/* Tables of Markdown: columns as wide as they need to be, the widest ones
 * narrower until all have room, with cells of several lines. */
#include "views/lesson/markdown_in.h"

#define COLUMNS_MAX   8
#define COLUMN_LEAST  8
#define COLUMNS_APART 2

struct table {
	size_t widths[COLUMNS_MAX];
	size_t n;
	size_t indent;
};

/* The cells of ROW. */
static size_t
cut_cells(const struct markdown_block *row, struct str *cells)
{
	struct str rest = row->text;
	size_t n = 0;

	while (n < COLUMNS_MAX && markdown_cell(&rest, &cells[n]))
		n++;
	return n;
}

/* The row behind B, of the same table; false: there is none. */
static bool
next_row(struct markdown *m, struct markdown_block *b)
{
	struct markdown ahead = *m;

	if (!markdown_next(&ahead, b) || b->kind != MARKDOWN_ROW || b->apart)
		return false;
	*m = ahead;
	return true;
}

static void
measure_columns(struct table *t, struct markdown m, struct markdown_block b)
{
	struct str cells[COLUMNS_MAX];

	do {
		size_t n = cut_cells(&b, cells);

		t->n = n > t->n ? n : t->n;
		for (size_t i = 0; i < n; i++) {
			size_t w = markdown_inline_width(cells[i]);

			t->widths[i] = w > t->widths[i] ? w : t->widths[i];
		}
	} while (next_row(&m, &b));
}

static void
squeeze(struct table *t, size_t width)
{
	for (;;) {
		size_t all = t->indent, widest = 0;

		for (size_t i = 0; i < t->n; i++) {
			all += t->widths[i] + (i > 0 ? COLUMNS_APART : 0);
			if (t->widths[i] > t->widths[widest])
				widest = i;
		}
		if (all <= width || t->widths[widest] <= COLUMN_LEAST)
			return;
		t->widths[widest]--;
	}
}

static void
put_table_row(
    struct doc *d, const struct table *t, const struct markdown_block *b)
{
	struct str cells[COLUMNS_MAX];
	struct doc parts[COLUMNS_MAX];
	size_t n = cut_cells(b, cells), most = 0;

	for (size_t i = 0; i < n; i++) {
		parts[i] = DOC_INIT;
		markdown_put_inline(&parts[i], cells[i],
		    b->level == 0 ? STYLE_BOLD : STYLE_PLAIN, 0, t->widths[i]);
		most = parts[i].nlines > most ? parts[i].nlines : most;
		if (parts[i].err != 0)
			d->err = parts[i].err;
	}
	for (size_t y = 0; y < most && d->err == 0; y++) {
		size_t x = t->indent;

		doc_line(d, 0);
		for (size_t i = 0; i < n; i++) {
			if (y < parts[i].nlines)
				doc_pad(d, x);
			doc_append(d, &parts[i], y);
			x += t->widths[i] + COLUMNS_APART;
		}
	}
	for (size_t i = 0; i < n; i++)
		doc_free(&parts[i]);
}

static void
put_ruler(struct doc *d, const struct table *t)
{
	doc_line(d, 0);
	doc_pad(d, t->indent);
	for (size_t i = 0; i < t->n; i++) {
		for (size_t x = 0; x < t->widths[i]; x++)
			doc_puts(d, STYLE_FRAME, "─");
		if (i + 1 < t->n)
			doc_puts(d, STYLE_FRAME, "──");
	}
}

void
markdown_put_table(struct doc *d, struct markdown *m,
    const struct markdown_block *b, size_t indent, size_t width)
{
	struct table t = { .indent = indent };
	struct markdown_block row = *b;

	measure_columns(&t, *m, row);
	squeeze(&t, width);
	if (row.level > 0)
		put_ruler(d, &t);
	do {
		put_table_row(d, &t, &row);
		if (row.level == 0)
			put_ruler(d, &t);
	} while (next_row(m, &row));
}
