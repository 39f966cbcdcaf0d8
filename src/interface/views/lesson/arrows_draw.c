/* Choosing arrows, drawn: the arrows so far above the three lists. */
#include "views/lesson/arrows.h"

#include "base/i18n.h"
#include "words/caption.h"

/* Lines of a list at most, with its title. */
#define LIST_LINES 12

static const char *const titles[] = { N_("Sender"), N_("Message"),
	N_("Receiver") };

/* The first of N lines shown in H so that AT is among them. */
static size_t
top_of(size_t at, size_t n, size_t h)
{
	size_t top = at > h / 2 ? at - h / 2 : 0;

	return top + h <= n ? top : n > h ? n - h : 0;
}

static void
put_entry(
    const struct arrows *r, enum arrows_part part, size_t i, struct buf *b)
{
	buf_clear(b);
	if (part == ARROWS_WHAT)
		caption_put_message(
		    b, str_of(r->messages[i].method), r->messages[i].status);
	else
		buf_str(b, r->nodes[i]);
}

static void
draw_choices(
    const struct arrows *r, enum arrows_part part, const struct grid_area *a)
{
	size_t n = part == ARROWS_WHAT ? r->nmessages : r->nnodes;
	size_t h = a->h > 1 ? a->h - 1 : 0;
	size_t top = top_of(r->chosen[part], n, h);
	struct buf b = BUF_INIT;

	grid_text(a, 0, 0, str_of(i18n_text(titles[part])), a->w,
	    part == r->part ? STYLE_TITLE : STYLE_DIM);
	if (part == r->part)
		grid_flag(a, 0, 0, utf8_width(str_of(i18n_text(titles[part]))),
		    1, GRID_CHOSEN);
	for (size_t y = 0; y < h && top + y < n; y++) {
		bool chosen = top + y == r->chosen[part];

		put_entry(r, part, top + y, &b);
		if (chosen)
			grid_put(a, 0, y + 1, GLYPH_HERE, STYLE_KEY);
		grid_text(a, 2, y + 1, buf_view(&b), a->w > 3 ? a->w - 3 : 0,
		    chosen ? STYLE_BOLD : STYLE_PLAIN);
		if (chosen && part == r->part)
			grid_flag(a, 2, y + 1, utf8_width(buf_view(&b)), 1,
			    GRID_CHOSEN);
	}
	if (h > 0 && top > 0)
		grid_put(a, a->w - 2, 1, GLYPH_TO_UP, STYLE_FRAME);
	if (h > 0 && top + h < n)
		grid_put(a, a->w - 2, h, GLYPH_TO_DOWN, STYLE_FRAME);
	buf_free(&b);
}

/* "alice -> atl INVITE" with an arrow for its sign. */
static void
draw_one_arrow(const struct grid_area *a, size_t y, struct str line)
{
	ptrdiff_t sign = str_find(line, "->");
	size_t x = 2, at = sign >= 0 ? (size_t)sign : line.n;

	x += grid_text(a, x, y, str_slice(line, 0, at), a->w - x, STYLE_PLAIN);
	if (sign < 0 || x + 2 >= a->w)
		return;
	grid_put(a, x, y, GLYPH_LINE, STYLE_REQUEST);
	grid_put(a, x + 1, y, GLYPH_TO_RIGHT, STYLE_REQUEST);
	x += 2;
	grid_text(
	    a, x, y, str_slice(line, at + 2, line.n), a->w - x, STYLE_PLAIN);
}

/* The arrows, and between them the mark, where the next one comes. */
static void
draw_arrows(const struct arrows *r, const struct grid_area *a)
{
	size_t n = arrows_count(r) + 1, top = top_of(r->mark, n, a->h), i = 0;
	struct str rest = buf_view(&r->text);

	for (size_t y = 0; y < n; y++) {
		bool mark = y == r->mark;
		struct str line = mark ? STR_NULL : str_cut(rest, '\n', &rest);

		if (y < top || i >= a->h)
			continue;
		if (mark) {
			grid_put(a, 0, i, GLYPH_HERE, STYLE_KEY);
			grid_text(a, 2, i,
			    str_of(_("the next arrow comes here")),
			    a->w > 2 ? a->w - 2 : 0, STYLE_DIM);
		} else {
			draw_one_arrow(a, i, line);
		}
		i++;
	}
}

void
arrows_draw(const struct arrows *r, const struct grid_area *a)
{
	size_t lists = a->h / 2 < LIST_LINES ? a->h / 2 : LIST_LINES;
	size_t above = a->h - lists, third = a->w / 3;
	struct grid_area part = grid_part(a, 0, 0, a->w, above - (above > 1));

	if (a->h < 2 || a->w < 12)
		return;
	draw_arrows(r, &part);
	grid_fill(a, 0, above - 1, a->w, 1, GLYPH_LINE, STYLE_FRAME);
	for (unsigned i = 0; i < ARROWS_PARTS; i++) {
		part = grid_part(a, i * third, above, third, lists);
		draw_choices(r, i, &part);
	}
}
