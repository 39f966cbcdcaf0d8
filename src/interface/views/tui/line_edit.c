/* Typing a line; see views/tui/line_edit.h. */
#include "views/tui/line_edit.h"

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
step_back(const struct line_edit *e)
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
	struct buf b = BUF_INIT;

	buf_str(&b, str_slice(buf_view(&e->text), 0, from));
	buf_str(&b, s);
	buf_str(&b, str_slice(buf_view(&e->text), to, e->text.n));
	if (b.err == 0 && b.n <= TEXT_MOST) {
		buf_free(&e->text);
		e->text = b;
		e->at = from + s.n;
	} else {
		buf_free(&b);
	}
}

static void
insert(struct line_edit *e, uint32_t code)
{
	struct buf b = BUF_INIT;

	if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		return;
	utf8_encode(&b, code);
	if (b.err == 0)
		replace_typed(e, e->at, e->at, buf_view(&b));
	buf_free(&b);
}

static void
complete(struct line_edit *e)
{
	struct buf b = BUF_INIT;

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
	buf_free(&b);
}

static void
edit_key(struct line_edit *e, struct key key)
{
	switch (key.name) {
	case KEY_IS_LEFT:
		e->at = step_back(e);
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
		replace_typed(e, step_back(e), e->at, STR_NULL);
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
			insert(e, key.ch);
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
			complete(e);
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

	/* The cursor stays in sight: what is before it goes out to the left. */
	while (utf8_width(str_slice(before, from, before.n)) > room) {
		size_t used;

		utf8_decode(str_slice(before, from, before.n), &used);
		from += used;
	}
	grid_text(a, x, y, str_slice(all, from, all.n), room + 1, STYLE_PLAIN);
	x += utf8_width(str_slice(before, from, before.n));
	return x < a->w ? x : a->w - 1;
}
