/*
 * A table as values, from which each of its forms is written: text for a
 * terminal, comma-separated values (RFC 4180), an element of a page, Markdown.
 * Columns come first, each with its head, then cells row by row:
 *
 *	buf_puts(table_column(&t, TABLE_WORD), _("node"));
 *	buf_puts(table_column(&t, TABLE_NUMBER), _("calls"));
 *	buf_str(table_cell(&t), name);
 *	buf_u64(table_cell(&t), calls);
 *
 * Cells hold any text; each form escapes it.
 */
#ifndef DRAW_TABLE_H
#define DRAW_TABLE_H

#include "draw/doc.h"

enum table_kind {
	TABLE_TEXT,   /* untrusted: among comma-separated values in quotes */
	TABLE_WORD,   /* in quotes there only where it must be */
	TABLE_NUMBER, /* the same; ends where its column ends */
};

struct table {
	enum table_kind *kinds; /* of the columns */
	size_t ncolumns, kinds_cap;
	struct buf text; /* heads, then rows; keeps an error */
	size_t *cells;   /* where each begins in it */
	size_t ncells, cells_cap;
};

#define TABLE_INIT ((struct table){ .text = BUF_INIT })

void table_free(struct table *t);
/* Begins one more column, cell: its text is appended to the result. */
struct buf *table_column(struct table *t, enum table_kind kind);
struct buf *table_cell(struct table *t);

/* OUT keeps an error, also T's. */

/* As wide as it must be, two cells between columns; heads that are all empty
 * are left out. */
void table_put_text(const struct table *t, struct buf *out);
void table_put_csv(const struct table *t, struct buf *out);
/* An element, wide ones to be scrolled; its classes are "wide" of that around
 * it, "n" of numbers. */
void table_put_html(const struct table *t, struct buf *out);
void table_put_markdown(const struct table *t, struct buf *out);
/* Lines with styles: the first column begins at cell 2, each other one ends at
 * cell ENDS[its index].  TITLE is in the place of the first head; NULL: no
 * heads. */
void table_put_doc(const struct table *t, const char *title, const size_t *ends,
    struct doc *d);

#endif
