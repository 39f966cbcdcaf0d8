/* Typing a line, and menus in boxes; see views/tui/line_edit.h. */
#include "views/tui/line_edit.h"

#include "base/array.h"
#include "base/mem.h"

/* More than any command, name or filter; a message is edited elsewhere. */
#define TEXT_MOST 4096

void
line_edit_free(struct line_edit *e)
{
	buf_free(&e->label);
	buf_free(&e->text);
	buf_free(&e->began);
	*e = LINE_EDIT_INIT;
}

void
line_edit_start(struct line_edit *e, struct str label, struct str text)
{
	buf_clear(&e->label);
	buf_clear(&e->text);
	buf_str(&e->label, label);
	buf_str(&e->text, text);
	e->at = e->text.n;
	e->complete = NULL;
	e->offering = false;
	e->fresh = false;
}

static size_t
edit_step_back(const struct line_edit *e)
{
	size_t at = e->at;

	if (at == 0)
		return 0;
	do
		at--;
	while (at > 0 && ((unsigned char)e->text.p[at] & 0xc0) == 0x80);
	return at;
}

static size_t
step_on(const struct line_edit *e)
{
	size_t used = 0;

	if (e->at >= e->text.n)
		return e->text.n;
	utf8_decode(str_slice(buf_view(&e->text), e->at, e->text.n), &used);
	return e->at + used;
}

/* Bytes FROM … TO are replaced by S. */
static void
replace_typed(struct line_edit *e, size_t from, size_t to, struct str s)
{
	LOCAL_BUF b = BUF_INIT;

	buf_str(&b, str_slice(buf_view(&e->text), 0, from));
	buf_str(&b, s);
	buf_str(&b, str_slice(buf_view(&e->text), to, e->text.n));
	if (b.err == 0 && b.n <= TEXT_MOST) {
		buf_free(&e->text);
		buf_move(&e->text, &b);
		e->at = from + s.n;
	}
}

static void
edit_insert(struct line_edit *e, uint32_t code)
{
	LOCAL_BUF b = BUF_INIT;

	if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		return;
	utf8_encode(&b, code);
	if (b.err == 0)
		replace_typed(e, e->at, e->at, buf_view(&b));
}

static void
edit_complete(struct line_edit *e)
{
	LOCAL_BUF b = BUF_INIT;

	if (!e->offering) {
		buf_clear(&e->began);
		buf_str(&e->began, buf_view(&e->text));
		e->offer = 0;
	} else {
		e->offer++;
	}
	if (!e->complete(buf_view(&e->began), e->offer, &b, e->arg) &&
	    e->offer > 0) {
		e->offer = 0;
		e->complete(buf_view(&e->began), 0, &b, e->arg);
	}
	if (b.n > 0 && b.err == 0)
		replace_typed(e, 0, e->text.n, buf_view(&b));
	e->offering = b.n > 0;
}

static void
edit_key(struct line_edit *e, struct key key)
{
	switch (key.name) {
	case KEY_IS_LEFT:
		e->at = edit_step_back(e);
		break;
	case KEY_IS_RIGHT:
		e->at = step_on(e);
		break;
	case KEY_IS_HOME:
		e->at = 0;
		break;
	case KEY_IS_END:
		e->at = e->text.n;
		break;
	case KEY_IS_BACKSPACE:
		replace_typed(e, edit_step_back(e), e->at, STR_NULL);
		break;
	case KEY_IS_DELETE: {
		size_t at = e->at;

		replace_typed(e, at, step_on(e), STR_NULL);
		break;
	}
	case KEY_IS_NONE:
		/* As in a shell: C-a, C-e, C-u, C-k. */
		if (key.ch == 1)
			e->at = 0;
		else if (key.ch == 5)
			e->at = e->text.n;
		else if (key.ch == 21)
			replace_typed(e, 0, e->at, STR_NULL);
		else if (key.ch == 11) {
			size_t at = e->at;

			replace_typed(e, at, e->text.n, STR_NULL);
		} else
			edit_insert(e, key.ch);
		break;
	default:
		break;
	}
}

void
line_edit_next_word(struct line_edit *e)
{
	size_t at = e->at < e->text.n ? e->at + 1 : 0;

	while (at < e->text.n && e->text.p[at] != ' ')
		at++;
	e->at = at;
}

enum line_result
line_edit_key(struct line_edit *e, struct key key)
{
	bool fresh = e->fresh;

	e->fresh = false;
	if (key.name == KEY_IS_TAB) {
		if (e->complete != NULL)
			edit_complete(e);
		else
			line_edit_next_word(e);
		return LINE_GOES_ON;
	}
	e->offering = false;
	if (fresh && key.name == KEY_IS_NONE && key.ch >= ' ')
		replace_typed(e, 0, e->text.n, STR_NULL);
	if (key.name == KEY_IS_ENTER)
		return LINE_DONE;
	/* Deleting an empty line leaves it, as in less. */
	if (key.name == KEY_IS_ESCAPE || key.ch == 3 || key.ch == 7 ||
	    (key.name == KEY_IS_BACKSPACE && e->text.n == 0))
		return LINE_LEFT;
	edit_key(e, key);
	return LINE_GOES_ON;
}

size_t
line_edit_draw(const struct line_edit *e, const struct grid_area *a, size_t y)
{
	size_t x = grid_text(a, 0, y, buf_view(&e->label), a->w, STYLE_KEY);
	struct str before = str_slice(buf_view(&e->text), 0, e->at);
	struct str all = buf_view(&e->text);
	size_t room = a->w > x + 1 ? a->w - x - 1 : 0, from = 0;

	/* The cursor stays in sight: the text before it is scrolled out to the
	 * left. */
	while (utf8_width(str_slice(before, from, before.n)) > room) {
		size_t used;

		utf8_decode(str_slice(before, from, before.n), &used);
		from += used;
	}
	grid_text(a, x, y, str_slice(all, from, all.n), room + 1, STYLE_PLAIN);
	x += utf8_width(str_slice(before, from, before.n));
	return x < a->w ? x : a->w - 1;
}

/* ---- menus in boxes ---- */

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
edit_meaning_of(const struct chooser *c, size_t i)
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
		size_t more = utf8_width(edit_meaning_of(c, i));

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
		grid_text(&in, s.more - 1, y, edit_meaning_of(c, i),
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
