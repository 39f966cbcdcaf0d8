/*
 * What stands above the rows: domains, names, how many columns are hidden at
 * either side, and in true time how long a line lasts.
 */
#include "base/i18n.h"
#include "ladder/ladder_screen_in.h"
#include "words/time_words.h"

#include <string.h>

size_t
ladder_head_lines(const struct ladder_screen *s)
{
	return ladder_text_head_lines(&s->head) + s->names;
}

static bool
is_ascii(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return false;
	return true;
}

/* Below the names, as much as has room between two lifelines. */
static void
draw_labels(const struct ladder_screen *s, const struct grid_area *a)
{
	size_t y = ladder_head_lines(s) - 1;

	for (size_t i = s->first; i < s->end; i++) {
		struct str name = s->l->columns[i].label;
		size_t x = s->x[i], cells = utf8_width(name);
		size_t left = i > s->first ? (s->x[i - 1] + x) / 2 + 1 : 0;
		size_t right = i + 1 < s->end ? (x + s->x[i + 1]) / 2 : a->w;

		/* In ASCII nothing can be said of some. */
		if (cells == 0 || (a->g->ascii && !is_ascii(name))) {
			grid_put(a, x, y, GLYPH_LIFE, STYLE_DIM);
			continue;
		}
		if (cells > right - left)
			cells = right - left;
		x = x > left + cells / 2 ? x - cells / 2 : left;
		if (x + cells > right)
			x = right - cells;
		grid_text(a, x, y, name, cells, STYLE_DIM);
	}
}

/* " 3 ›" */
static void
put_hidden_right(const struct ladder_screen *s, struct buf *b)
{
	size_t right = s->l->ncolumns - s->end;

	if (right > 0)
		buf_printf(b, " %zu ›", right);
}

size_t
ladder_hidden_cells(const struct ladder_screen *s)
{
	struct buf b = BUF_INIT;
	size_t cells;

	put_hidden_right(s, &b);
	cells = b.n > 0 ? utf8_width(buf_view(&b)) + 1 : 0;
	buf_free(&b);
	return cells;
}

static void
draw_hidden(const struct ladder_screen *s, const struct grid_area *a, size_t y)
{
	struct buf b = BUF_INIT;
	size_t cells;

	if (s->first > 0) {
		buf_printf(&b, "‹ %zu ", s->first);
		grid_text(a, 1, y, buf_view(&b), b.n, STYLE_KEY);
	}
	buf_clear(&b);
	put_hidden_right(s, &b);
	cells = utf8_width(buf_view(&b));
	if (cells > 0 && cells + 1 < a->w)
		grid_text(
		    a, a->w - cells - 1, y, buf_view(&b), cells, STYLE_KEY);
	buf_free(&b);
}

size_t
ladder_scale_cells(const struct ladder_screen *s)
{
	char length[TIME_ROOM];

	if (s->mode != LADDER_TIME)
		return 0;
	time_length_text(ladder_screen_line_ns(s), length);
	return utf8_width(str_of(length)) + 2;
}

/* Cells left of what stands on the first line: a domain, or a name. */
static size_t
cells_before_head(const struct ladder_screen *s)
{
	size_t room = s->edge_left - 1, line, at, cells;

	ladder_text_name_at(&s->head, 0, &line, &at, &cells);
	if (s->part.nframes > 0)
		at = s->head.title[0];
	if ((line == 0 || s->part.nframes > 0) && at < room + 2)
		room = at > 2 ? at - 2 : 0;
	return room;
}

/* "5 ms/line" above the time column, or as much of it as has room. */
static void
draw_scale(const struct ladder_screen *s, const struct grid_area *a)
{
	size_t room = cells_before_head(s), cells;
	struct buf b = BUF_INIT;
	char length[TIME_ROOM];

	time_length_text(ladder_screen_line_ns(s), length);
	/* TRANSLATORS: how long one line of the ladder lasts; %s is a time. */
	buf_printf(&b, _("%s/line"), length);
	if (utf8_width(buf_view(&b)) > room) {
		buf_clear(&b);
		buf_puts(&b, length);
	}
	cells = grid_text(a, 1, 0, buf_view(&b),
	    utf8_width(str_of(length)) > room ? SIZE_MAX : room, STYLE_DIM);
	grid_put(a, 1 + cells, 0, GLYPH_SPACE, STYLE_PLAIN);
	buf_free(&b);
}

static void
draw_chosen(
    const struct ladder_screen *s, const struct grid_area *a, size_t column)
{
	size_t line, at, cells;

	if (column < s->first || column >= s->end)
		return;
	ladder_text_name_at(&s->head, column - s->first, &line, &at, &cells);
	/* A cell at both sides: a name of one letter is to be seen, too. */
	grid_flag(
	    a, at > 0 ? at - 1 : 0, line, cells + 1 + (at > 0), 1, GRID_CHOSEN);
}

void
ladder_draw_head(struct ladder_screen *s, const struct ladder_screen_now *now,
    const struct grid_area *a)
{
	size_t lines = ladder_text_head_lines(&s->head);

	for (size_t i = 0; i < lines; i++) {
		struct grid_area line = grid_part(a, 0, i, a->w, 1);

		ladder_text_draw_head(&s->head, i, &line);
	}
	draw_hidden(s, a, lines - 1);
	if (s->names)
		draw_labels(s, a);
	if (s->mode == LADDER_TIME)
		draw_scale(s, a);
	draw_chosen(s, a, now->column);
}
