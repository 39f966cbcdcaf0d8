/* What grid_styles.h declares. */
#include "grid_styles.h"

#include "check.h"

#include <stdlib.h>

static char
grid_style_letter(const struct grid_cell *cell)
{
	/* In the order of CANVAS_STYLES. */
	static const char letters[] = ".dbqpsvfaoxthlmkieynwrcg";
	char c = cell->style < STYLE_COUNT ? letters[cell->style] : '?';

	_Static_assert(
	    sizeof(letters) == STYLE_COUNT + 1, "a letter for each style");
	if (cell->flags == 0)
		return c;
	return c == '.' ? '#' : (char)toupper((unsigned char)c);
}

int
grid_write_styles(const struct grid *g, struct buf *out)
{
	for (size_t y = 0; y < g->height; y++) {
		struct grid line = *g;
		size_t from;

		line.cells = &g->cells[y * g->width];
		line.height = 1;
		grid_write(&line, out);
		from = out->n;
		for (size_t x = 0; x < g->width; x++)
			buf_putc(out, grid_style_letter(&line.cells[x]));
		while (out->n > from && out->p[out->n - 1] == '.')
			buf_truncate(out, out->n - 1);
		buf_putc(out, '\n');
	}
	return out->err;
}
