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

/* The cells of LINE, "| a | b |". */
static size_t
cut_cells(struct str line, struct str *cells)
{
	size_t n = 0;

	line = str_trim(line);
	line = str_slice(line, 1, line.n);
	while (line.n > 0 && n < COLUMNS_MAX) {
		size_t at = 0;
		bool code = false;

		for (; at < line.n && (code || line.p[at] != '|'); at++)
			code ^= line.p[at] == '`';
		cells[n++] = str_trim(str_slice(line, 0, at));
		line = str_slice(line, at + 1, line.n);
	}
	return n;
}

/* "|---|:--|" */
static bool
is_ruler(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (str_chr(STR("|-: \r"), line.p[i]) < 0)
			return false;
	return line.n > 0;
}

static void
measure(struct table *t, struct str text)
{
	struct str cells[COLUMNS_MAX];

	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);
		size_t n = is_ruler(line) ? 0 : cut_cells(line, cells);

		t->n = n > t->n ? n : t->n;
		for (size_t i = 0; i < n; i++) {
			size_t w = markdown_inline_width(cells[i]);

			t->widths[i] = w > t->widths[i] ? w : t->widths[i];
		}
	}
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
put_row(struct doc *d, const struct table *t, struct str line, bool head)
{
	struct str cells[COLUMNS_MAX];
	struct doc parts[COLUMNS_MAX];
	size_t n = cut_cells(line, cells), most = 0;

	for (size_t i = 0; i < n; i++) {
		parts[i] = DOC_INIT;
		markdown_put_inline(&parts[i], cells[i],
		    head ? STYLE_BOLD : STYLE_PLAIN, 0, t->widths[i]);
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
markdown_put_table(struct doc *d, struct str text, size_t indent, size_t width)
{
	struct table t = { .indent = indent };
	bool head = true;

	measure(&t, text);
	squeeze(&t, width);
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		if (is_ruler(line))
			put_ruler(d, &t);
		else
			put_row(d, &t, line, head);
		head = false;
	}
}
