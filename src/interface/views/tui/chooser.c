/* Menus in boxes; see views/tui/chooser.h. */
#include "views/tui/chooser.h"

#include "base/array.h"
#include "base/mem.h"

#define GAP 2 /* cells between a label and what it means */

void
chooser_free(struct chooser *c)
{
	buf_free(&c->text);
	mem_free(c->items);
	*c = CHOOSER_INIT;
}

void
chooser_start(struct chooser *c, const char *title)
{
	buf_clear(&c->text);
	c->title = title;
	c->n = c->cursor = c->top = 0;
}

void
chooser_add(
    struct chooser *c, struct str label, struct str more, uint64_t value)
{
	struct chooser_item *item;

	if (ARRAY_ROOM(&c->items, &c->cap, c->n + 1) != 0)
		return;
	item = &c->items[c->n];
	item->label = c->text.n;
	buf_str(&c->text, label);
	item->label_end = item->more = c->text.n;
	buf_str(&c->text, more);
	item->more_end = c->text.n;
	item->value = value;
	c->n += c->text.err == 0;
}

struct str
chooser_label(const struct chooser *c, size_t i)
{
	return str_slice(
	    buf_view(&c->text), c->items[i].label, c->items[i].label_end);
}

static struct str
meaning_of(const struct chooser *c, size_t i)
{
	return str_slice(
	    buf_view(&c->text), c->items[i].more, c->items[i].more_end);
}

bool
chooser_move(struct chooser *c, enum play_request r, size_t page)
{
	size_t was = c->cursor;

	if (!request_move(r, page, c->n, &c->cursor))
		return false;
	/* From the last line to the first, and back. */
	if (r == REQ_LIST_DOWN && c->cursor == was)
		c->cursor = 0;
	else if (r == REQ_LIST_UP && was == 0 && c->n > 0)
		c->cursor = c->n - 1;
	return true;
}

struct shape {
	size_t w, h; /* of the box */
	size_t more; /* column of what a label means */
};

static struct shape
shape_of(const struct chooser *c)
{
	struct shape s = { 0 };
	size_t labels = 0, mores = 0;

	for (size_t i = 0; i < c->n; i++) {
		size_t label = utf8_width(chooser_label(c, i));
		size_t more = utf8_width(meaning_of(c, i));

		labels = label > labels ? label : labels;
		mores = more > mores ? more : mores;
	}
	s.more = 2 + labels + GAP;
	s.w = s.more + mores + 2;
	if (s.w < utf8_width(str_of(c->title)) + 6)
		s.w = utf8_width(str_of(c->title)) + 6;
	s.h = c->n + 2;
	return s;
}

/* In the middle of A, W cells by H where there is room. */
static struct grid_area
area_in_middle(const struct grid_area *a, size_t w, size_t h)
{
	w = w < a->w ? w : a->w;
	h = h < a->h ? h : a->h;
	return grid_part(a, (a->w - w) / 2, (a->h - h) / 2, w, h);
}

struct grid_area
chooser_box(const struct grid_area *a, size_t w, size_t h, const char *title)
{
	struct grid_area box = area_in_middle(a, w, h);
	size_t x = (a->w - box.w) / 2, y = (a->h - box.h) / 2;

	grid_fill(a, x - (x > 0), y, box.w + 1 + (x > 0), box.h, GLYPH_SPACE,
	    STYLE_PLAIN);
	grid_box(&box, 0, 0, box.w, box.h, STYLE_FRAME);
	if (title != NULL && box.w > 6) {
		grid_text(&box, 2, 0, STR(" "), 1, STYLE_TITLE);
		x = grid_text(
		    &box, 3, 0, str_of(title), box.w - 6, STYLE_TITLE);
		grid_text(&box, x + 3, 0, STR(" "), 1, STYLE_TITLE);
	}
	return box;
}

void
chooser_box_more(const struct grid_area *box, bool above, bool below)
{
	if (above)
		grid_put(box, box->w - 2, 0, GLYPH_TO_UP, STYLE_FRAME);
	if (below)
		grid_put(
		    box, box->w - 2, box->h - 1, GLYPH_TO_DOWN, STYLE_FRAME);
}

void
chooser_draw(struct chooser *c, const struct grid_area *a)
{
	struct shape s = shape_of(c);
	struct grid_area box = chooser_box(a, s.w, s.h, c->title), in;
	size_t lines = box.h > 2 ? box.h - 2 : 0;

	in = grid_part(&box, 1, 1, box.w > 2 ? box.w - 2 : 0, lines);
	request_show(&c->top, c->cursor, lines);
	for (size_t y = 0; y < lines && c->top + y < c->n; y++) {
		size_t i = c->top + y;

		grid_text(&in, 1, y, chooser_label(c, i),
		    in.w > 2 ? in.w - 2 : 0, STYLE_PLAIN);
		grid_text(&in, s.more - 1, y, meaning_of(c, i),
		    in.w > s.more ? in.w - s.more : 0, STYLE_DIM);
		if (i == c->cursor)
			grid_flag(&in, 0, y, in.w, 1, GRID_CHOSEN);
	}
	chooser_box_more(&box, c->top > 0, c->top + lines < c->n);
}

size_t
chooser_hit(
    const struct chooser *c, const struct grid_area *a, size_t x, size_t y)
{
	struct shape s = shape_of(c);
	struct grid_area box = area_in_middle(a, s.w, s.h);

	x += a->x;
	y += a->y;
	if (x <= box.x || x + 1 >= box.x + box.w || y <= box.y ||
	    y + 1 >= box.y + box.h)
		return SIZE_MAX;
	y = c->top + (y - box.y - 1);
	return y < c->n ? y : SIZE_MAX;
}
