/* What was drawn on a grid, as lines of a text. */
#include "draw/doc_grid.h"

static bool
is_blank(const struct grid_cell *c)
{
	return c->n == 0 && !c->tail;
}

static size_t
line_end(const struct grid *g, size_t y)
{
	const struct grid_cell *row = &g->cells[y * g->width];
	size_t end = g->width;

	while (end > 0 && is_blank(&row[end - 1]))
		end--;
	return end;
}

static enum canvas_style
style_of(const struct grid_cell *c)
{
	return (c->flags & GRID_FUTURE) != 0 ? STYLE_DIM
					     : (enum canvas_style)c->style;
}

/* The cells of one style from *X on, in one piece. */
static void
put_styled_cells(struct doc *d, const struct grid_cell *row, size_t *x,
    size_t end, struct buf *text)
{
	enum canvas_style style = style_of(&row[*x]);

	buf_clear(text);
	for (; *x < end && (row[*x].tail || style_of(&row[*x]) == style); ++*x)
		if (row[*x].n > 0)
			buf_add(text, row[*x].text, row[*x].n);
		else if (!row[*x].tail)
			buf_putc(text, ' ');
	doc_put(d, style, buf_view(text));
}

void
doc_put_grid(struct doc *d, const struct grid *g)
{
	struct buf text = BUF_INIT;
	size_t lines = g->cells != NULL && g->width > 0 ? g->height : 0;

	while (lines > 0 && line_end(g, lines - 1) == 0)
		lines--;
	for (size_t y = 0; y < lines; y++) {
		size_t x = 0, end = line_end(g, y);

		doc_line(d, 0);
		while (x < end)
			put_styled_cells(
			    d, &g->cells[y * g->width], &x, end, &text);
	}
	if (d->err == 0)
		d->err = g->err != 0 ? g->err : text.err;
	buf_free(&text);
}
