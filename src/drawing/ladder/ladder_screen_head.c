/*
 * The parts above the rows: domains, names, how many columns are hidden at
 * either side.
 */
#include "base/i18n.h"
#include "base/num.h"
#include "ladder/ladder_screen_in.h"
#include "words/time_words.h"

/* Cells between the names of two domains. */
#define TITLE_SPACE 2
/* Names of nodes take no more lines. */
#define NAME_LINES_SCREEN 3
#define NAME_LINES_PAPER  4

/* Labels stand below the names: on paper beside the first lifelines. */
size_t
ladder_head_lines(const struct ladder_screen *s)
{
	return (s->nframes > 0) + s->name_lines + s->names;
}

/* Those of which columns are seen, as far as they are. */
static void
clip_frames(struct ladder_screen *s)
{
	s->nframes = 0;
	for (size_t i = 0; i < s->l->nframes; i++) {
		const struct layout_frame *d = &s->l->frames[i];

		if (d->last < s->first || d->first >= s->end)
			continue;
		s->frames[s->nframes++] = (struct layout_frame){ d->name,
			num_larger(d->first, s->first),
			d->last < s->end ? d->last : s->end - 1 };
	}
}

/* Where all names of domains are wider than ROOM, the longest are cut. */
static void
cut_titles(struct ladder_screen *s, size_t room)
{
	size_t n = s->nframes, spaces = n > 1 ? (n - 1) * TITLE_SPACE : 0;

	for (size_t i = 0; i < n; i++)
		s->title_cells[i] = utf8_width(s->frames[i].name);
	room = room > spaces ? room - spaces : 0;
	if (ladder_text_sum(s->title_cells, n) > room)
		ladder_text_shrink(s->title_cells, n, room, 1);
}

/* Each domain's name stands above the middle of its columns, or as near to that
 * as the names next to it let it. */
static void
place_titles(struct ladder_screen *s, size_t from, size_t to)
{
	size_t end = from;

	cut_titles(s, to > from ? to - from : 0);
	for (size_t i = 0; i < s->nframes; i++) {
		const struct layout_frame *d = &s->frames[i];
		size_t cells = s->title_cells[i];
		size_t middle = (s->x[d->first] + s->x[d->last] + 1) / 2;

		s->title[i] = num_larger(
		    middle > cells / 2 ? middle - cells / 2 : 0, end);
		end = s->title[i] + cells + TITLE_SPACE;
	}
	end = to;
	for (size_t i = s->nframes; i-- > 0;) {
		size_t cells = s->title_cells[i];

		if (s->title[i] + cells > end)
			s->title[i] = end > cells ? end - cells : 0;
		end = s->title[i] > TITLE_SPACE ? s->title[i] - TITLE_SPACE : 0;
	}
}

/* On how many lines names wider than their columns take turns.  Where some are
 * hidden they count as well, so that the head is always as high. */
static size_t
count_name_lines(const struct ladder_screen *s)
{
	const struct layout_column *columns = s->l->columns;
	size_t most = s->paper ? NAME_LINES_PAPER : NAME_LINES_SCREEN;
	size_t lines = 1, widest = 0;

	if (s->end - s->first < s->l->ncolumns) {
		for (size_t i = 0; i < s->l->ncolumns; i++)
			widest =
			    num_larger(widest, utf8_width(columns[i].name));
		return widest > ladder_least_inner(s) ? 2 : 1;
	}
	for (size_t i = 0; i + 1 < s->end; i++) {
		size_t cells = utf8_width(columns[i].name);
		size_t step = s->x[i + 1] - s->x[i];

		if (cells > NAME_MOST)
			cells = NAME_MOST;
		while (lines < most && cells + 1 > lines * step)
			lines++;
	}
	return lines;
}

/* " 3 ›" */
static void
put_hidden_right(const struct ladder_screen *s, struct buf *b)
{
	size_t right = s->l->ncolumns - s->end;

	if (right > 0)
		buf_printf(b, " %zu ›", right);
}

static size_t
count_hidden_cells(const struct ladder_screen *s)
{
	LOCAL_BUF b = BUF_INIT;

	put_hidden_right(s, &b);
	return b.n > 0 ? utf8_width(buf_view(&b)) + 1 : 0;
}

/* Cells that the scale of true time takes at the left, and one after it. */
static size_t
count_scale_cells(const struct ladder_screen *s)
{
	char length[TIME_ROOM];

	if (s->mode != LADDER_TIME)
		return 0;
	time_length_text(ladder_screen_line_ns(s), length);
	return utf8_width(str_of(length)) + 2;
}

void
ladder_place_names(struct ladder_screen *s)
{
	clip_frames(s);
	place_titles(s, count_scale_cells(s), s->width - !s->paper);
	if (!s->paper)
		s->names_end = s->width - count_hidden_cells(s);
	s->name_lines = count_name_lines(s);
}

/* Where TEXT stands at column I: N cells from AT on, around the lifeline, half
 * way to the next ones on the same of LINES, and before END. */
static void
center_at_column(const struct ladder_screen *s, size_t i, struct str text,
    size_t lines, size_t end, size_t *at, size_t *n)
{
	size_t x = s->x[i], cells = utf8_width(text);
	size_t from = i >= s->first + lines ? (s->x[i - lines] + x) / 2 + 1 : 0;
	size_t to = i + lines < s->end ? (x + s->x[i + lines]) / 2 : end;

	*n = to <= from ? 0 : num_smaller(cells, to - from);
	*at = num_larger(x > *n / 2 ? x - *n / 2 : 0, from);
	if (*at + *n > to)
		*at = to > *n ? to - *n : 0;
}

/* Where column I's name is in the head: N cells from AT on. */
static void
screen_head_find_name(const struct ladder_screen *s, size_t i, size_t *line,
    size_t *at, size_t *n)
{
	*line = (s->nframes > 0) + (i - s->first) % s->name_lines;
	center_at_column(
	    s, i, s->l->columns[i].name, s->name_lines, s->names_end, at, n);
}

/* A name on a line above has its lifeline on those below. */
static void
draw_names(const struct ladder_screen *s, const struct grid_area *a)
{
	size_t end = (s->nframes > 0) + s->name_lines, line, at, cells;

	for (size_t i = s->first; i < s->end; i++) {
		screen_head_find_name(s, i, &line, &at, &cells);
		while (++line < end)
			grid_put(a, s->x[i], line, GLYPH_LIFE, STYLE_DIM);
	}
	for (size_t i = s->first; i < s->end; i++) {
		screen_head_find_name(s, i, &line, &at, &cells);
		grid_text(
		    a, at, line, s->l->columns[i].name, cells, STYLE_BOLD);
	}
}

/* "── atlanta.example.com ──" above the columns of a domain. */
static void
draw_frame(const struct ladder_screen *s, size_t i, const struct grid_area *a)
{
	const struct layout_frame *d = &s->frames[i];
	const size_t *x = s->x;
	size_t left = x[d->first], right = x[d->last] + 1;
	size_t at = s->title[i], cells = s->title_cells[i], before = 0;
	size_t from = 0, to = s->names_end, next;

	/* Half way to the domains next to it, and clear of their names. */
	if (d->first > s->first)
		from = (x[d->first - 1] + x[d->first]) / 2 + 1;
	if (d->last + 1 < s->end)
		to = (x[d->last] + x[d->last + 1]) / 2;
	if (i > 0)
		before = s->title[i - 1] + s->title_cells[i - 1] + 1;
	from = num_larger(from, before);
	if (i + 1 < s->nframes) {
		next = s->title[i + 1];
		to = to < next ? to : next - 1;
	}
	left = left > from + 3 ? left - 3 : from;
	right = right + 3 < to ? right + 3 : to;
	if (left + 2 <= at && at + cells + 2 <= right) {
		grid_fill(a, left, 0, right - left, 1, GLYPH_LINE, STYLE_DIM);
		grid_put(a, at - 1, 0, GLYPH_SPACE, STYLE_PLAIN);
		grid_put(a, at + cells, 0, GLYPH_SPACE, STYLE_PLAIN);
	}
	grid_text(a, at, 0, d->name, cells, STYLE_DIM);
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
	size_t y = ladder_head_lines(s) - 1, at, cells;

	for (size_t i = s->first; i < s->end; i++) {
		struct str label = s->l->columns[i].label;

		/* In ASCII nothing can be said of some. */
		if (label.n == 0 || (a->g->ascii && !is_ascii(label))) {
			grid_put(a, s->x[i], y, GLYPH_LIFE, STYLE_DIM);
			continue;
		}
		center_at_column(s, i, label, 1, a->w, &at, &cells);
		grid_text(a, at, y, label, cells, STYLE_DIM);
	}
}

static void
draw_hidden(const struct ladder_screen *s, const struct grid_area *a, size_t y)
{
	LOCAL_BUF b = BUF_INIT;
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
}

/* Cells left of the text on the first line: a domain, or a name. */
static size_t
count_cells_before_head(const struct ladder_screen *s)
{
	size_t room = s->edge_left - 1, line, at, cells;

	screen_head_find_name(s, s->first, &line, &at, &cells);
	if (s->nframes > 0)
		at = s->title[0];
	if ((line == 0 || s->nframes > 0) && at < room + 2)
		room = at > 2 ? at - 2 : 0;
	return room;
}

/* "5 ms/line" above the time column, or as much of it as has room. */
static void
draw_scale(const struct ladder_screen *s, const struct grid_area *a)
{
	size_t room = count_cells_before_head(s), cells;
	LOCAL_BUF b = BUF_INIT;
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
}

static void
draw_chosen(
    const struct ladder_screen *s, const struct grid_area *a, size_t column)
{
	size_t line, at, cells;

	if (column < s->first || column >= s->end)
		return;
	screen_head_find_name(s, column, &line, &at, &cells);
	/* A cell at both sides: a name of one letter is to be seen as well. */
	grid_flag(
	    a, at > 0 ? at - 1 : 0, line, cells + 1 + (at > 0), 1, GRID_CHOSEN);
}

void
ladder_draw_head(struct ladder_screen *s, const struct ladder_screen_now *now,
    const struct grid_area *a)
{
	for (size_t i = 0; i < s->nframes; i++)
		draw_frame(s, i, a);
	draw_names(s, a);
	draw_hidden(s, a, ladder_head_lines(s) - s->names - 1);
	if (s->names)
		draw_labels(s, a);
	if (s->mode == LADDER_TIME)
		draw_scale(s, a);
	draw_chosen(s, a, now->column);
}
