/*
 * A menu: the items left in it, the chosen one and its place, and how it is
 * drawn.
 *
 *	 Labs                                             type to find
 *	──────────────────────────────────────────────────────────────
 *	 First steps
 *	 ▶ Call without servers      the smallest call: six messages …
 *	   Registration              a binding comes, is refreshed, g…
 *	───────────────────────────────────────────────────── 29 more ▼
 *	 the smallest call: six messages, two phones
 *	 rung play direct-call
 *	 ↑ ↓ move  Enter → choose  Tab next group  Esc leave  ? help
 */
#include "views/menu/menu.h"

#include "base/i18n.h"

/* How a screen of some height is divided: head, list of ROWS from line FIRST
 * on, foot; a low screen does without. */
struct menu_parts {
	size_t first, rows;
	bool head, foot;
	bool keys; /* in the last line */
};

/* A menu of no more items offers no filter. */
#define MENU_FEW 5

static struct menu_parts
menu_parts(size_t height)
{
	struct menu_parts p = { 0, height, height >= 6, height >= 10,
		height >= 8 };

	if (p.head) {
		p.first = 2;
		p.rows -= 2;
	}
	if (p.foot)
		p.rows -= 3;
	p.rows -= p.keys;
	return p;
}

void
menu_init(struct menu *m, const char *heading, const struct menu_item *items,
    size_t n)
{
	*m = (struct menu){ .heading = heading, .items = items, .n = n };
	m->chosen = n > 0 ? 0 : MENU_NONE;
}

static bool
item_has(const struct menu_item *item, struct str word)
{
	const char *const texts[] = { item->title, item->text, item->also,
		item->group };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (str_ifind(str_of(texts[i]), word) >= 0)
			return true;
	return false;
}

bool
menu_has(const struct menu *m, size_t i)
{
	struct str rest = { m->filter, m->nfilter };

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n > 0 && !item_has(&m->items[i], word))
			return false;
	}
	return true;
}

/* ---- moving ---- */

/* The next item that is left after I, or before it; I where there is none. */
static size_t
menu_next(const struct menu *m, size_t i, int direction)
{
	for (size_t k = i; direction > 0 ? k + 1 < m->n : k > 0;) {
		k = direction > 0 ? k + 1 : k - 1;
		if (menu_has(m, k))
			return k;
	}
	return i;
}

void
menu_move(struct menu *m, int steps)
{
	int direction = steps > 0 ? 1 : -1;

	for (; steps != 0 && m->chosen != MENU_NONE; steps -= direction) {
		size_t to = menu_next(m, m->chosen, direction);

		if (to == m->chosen)
			return;
		m->chosen = to;
	}
}

void
menu_page(struct menu *m, int direction, size_t height)
{
	struct menu_parts parts = menu_parts(height);
	int most = parts.rows > 2 ? (int)parts.rows - 2 : 1;

	menu_move(m, direction > 0 ? most : -most);
}

void
menu_first(struct menu *m)
{
	m->chosen = MENU_NONE;
	for (size_t i = 0; i < m->n && m->chosen == MENU_NONE; i++)
		if (menu_has(m, i))
			m->chosen = i;
}

void
menu_last(struct menu *m)
{
	menu_first(m);
	if (m->chosen != MENU_NONE && m->chosen + 1 < m->n)
		m->chosen = menu_has(m, m->n - 1) ? m->n - 1
						  : menu_next(m, m->n - 1, -1);
}

/* Items A and B stand below the same heading. */
static bool
menu_same_group(const struct menu *m, size_t a, size_t b)
{
	return str_eq(str_of(m->items[a].group), str_of(m->items[b].group));
}

static void
to_group_start(struct menu *m)
{
	for (;;) {
		size_t to = menu_next(m, m->chosen, -1);

		if (to == m->chosen || !menu_same_group(m, to, m->chosen))
			return;
		m->chosen = to;
	}
}

void
menu_group(struct menu *m, int direction)
{
	size_t from = m->chosen, to = from;

	if (from == MENU_NONE)
		return;
	if (direction < 0) {
		to_group_start(m);
		if (m->chosen == from) {
			m->chosen = menu_next(m, from, -1);
			to_group_start(m);
		}
		return;
	}
	while (menu_same_group(m, to, from)) {
		size_t after = menu_next(m, to, 1);

		if (after == to)
			return;
		to = after;
	}
	m->chosen = to;
}

/* ---- filtering ---- */

/* After a change of the filter: what was chosen, or the first that is left. */
static void
choose_again(struct menu *m)
{
	if (m->chosen == MENU_NONE || !menu_has(m, m->chosen))
		menu_first(m);
}

bool
menu_type(struct menu *m, uint32_t code_point)
{
	LOCAL_BUF bytes = BUF_INIT;
	bool fits;

	/* What an input method makes of ASCII. */
	if (code_point >= 0xff01 && code_point <= 0xff5e)
		code_point -= 0xfee0;
	if (code_point == 0x3000)
		code_point = ' ';
	if (code_point < ' ' || (code_point >= 0x7f && code_point < 0xa0))
		return false;
	utf8_encode(&bytes, code_point);
	fits = bytes.err == 0 && m->nfilter + bytes.n <= sizeof(m->filter);
	if (fits) {
		memcpy(m->filter + m->nfilter, bytes.p, bytes.n);
		m->nfilter += bytes.n;
		choose_again(m);
	}
	return fits;
}

bool
menu_erase(struct menu *m)
{
	if (m->nfilter == 0)
		return false;
	/* Back over what continues a character. */
	do
		m->nfilter--;
	while (m->nfilter > 0 && (m->filter[m->nfilter] & 0xc0) == 0x80);
	choose_again(m);
	return true;
}

void
menu_clear(struct menu *m)
{
	m->nfilter = 0;
	choose_again(m);
}

static const struct menu_item known_languages[] = {
	{ .title = "English", .text = "all texts in English", .also = "en" },
	{ .title = "中文",
	    .text = "所有文字用中文；协议术语保留英文",
	    .also = "zh_CN" },
};

static const struct menu_item *
known_language(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(known_languages); i++)
		if (str_is(str_of(name), known_languages[i].also))
			return &known_languages[i];
	return NULL;
}

const char *
menu_language_title(const char *name)
{
	const struct menu_item *known = known_language(name);

	return known != NULL ? known->title : name;
}

size_t
menu_languages(struct menu_item *items, size_t most)
{
	const char *const *names = i18n_languages();
	size_t n = 0;

	for (; n < most && names[n] != NULL; n++) {
		const struct menu_item *known = known_language(names[n]);

		items[n] =
		    (struct menu_item){ .title = names[n], .also = names[n] };
		if (known != NULL)
			items[n] = *known;
	}
	return n;
}

/*
 * The keys of a menu: the most useful ones in its bottom line, all of them as
 * a page in the place of the list.  A short menu has no groups and nothing to
 * find.
 */
static const struct {
	const char *key, *ascii;
	const char *brief; /* for the bottom line; NULL: not there */
	const char *text;
	bool in_long;   /* only where there is much to choose from */
	bool languages; /* only where another language can be had */
} keys[] = {
	{ "↑ ↓", "up down", N_("move"), N_("the previous item, the next one"),
	    false, false },
	{ "Enter →", "Enter", N_("choose"), N_("choose the marked item"), false,
	    false },
	{ "Tab", "Tab", N_("next group"),
	    N_("the next group; S-Tab: the previous one"), true, false },
	{ "PgUp PgDn", "PgUp PgDn", NULL, N_("one screen back, forward"), true,
	    false },
	{ "Home End", "Home End", NULL, N_("the first, the last"), true,
	    false },
	{ N_("letters"), N_("letters"), NULL,
	    N_("keep matching items; Backspace removes a letter"), true,
	    false },
	{ "Esc", "Esc", N_("leave"),
	    N_("all items again; or, if all are there, leave"), false, false },
	{ "q Ctrl-C", "q Ctrl-C", NULL, N_("leave"), false, false },
	/* In the words of those who look for it. */
	{ "F4", "F4", "English/中文", N_("another language, which is saved"),
	    false, true },
	{ "?", "?", N_("help"), N_("these keys; any key closes them"), false,
	    false },
};

static struct str
key_name(const struct grid_area *a, size_t i)
{
	return str_of(i18n_text(a->g->ascii ? keys[i].ascii : keys[i].key));
}

static bool
menu_view_counts(const struct menu *m, size_t i)
{
	return (!keys[i].in_long || m->n > MENU_FEW) &&
	       (!keys[i].languages || m->languages);
}

/* "Esc leave": its cells; written at X if WRITE. */
static size_t
put_brief(const struct grid_area *a, size_t x, size_t i, bool write)
{
	struct str key = key_name(a, i);
	struct str what = str_of(i18n_text(keys[i].brief));

	if (write) {
		grid_text(a, x, 0, key, a->w, STYLE_KEY);
		grid_text(
		    a, x + utf8_width(key) + 1, 0, what, a->w, STYLE_PLAIN);
	}
	return utf8_width(key) + 1 + utf8_width(what);
}

static void
menu_put_keys(const struct menu *m, const struct grid_area *a)
{
	/* The way to all the others is always there: the last one. */
	size_t x = 1, help = put_brief(a, 0, COUNT_OF(keys) - 1, false);

	for (size_t i = 0; i + 1 < COUNT_OF(keys); i++) {
		size_t cells;

		if (keys[i].brief == NULL || !menu_view_counts(m, i))
			continue;
		cells = put_brief(a, 0, i, false);
		if (x + cells + 2 + help > a->w)
			continue;
		put_brief(a, x, i, true);
		x += cells + 2;
	}
	put_brief(a, x, COUNT_OF(keys) - 1, true);
}

static void
menu_put_help(const struct menu *m, const struct grid_area *a)
{
	size_t column = 0, y = 0;

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (utf8_width(key_name(a, i)) > column)
			column = utf8_width(key_name(a, i));
	for (size_t i = 0; i < COUNT_OF(keys) && y < a->h; i++) {
		if (!menu_view_counts(m, i))
			continue;
		grid_text(a, 1, y, key_name(a, i), column, STYLE_KEY);
		grid_text(a, column + 3, y++, str_of(i18n_text(keys[i].text)),
		    a->w, STYLE_PLAIN);
	}
}

#define INDENT 3

/* ---- lines of the list ---- */

/* A walk over the lines: before each group but the first an empty one and its
 * heading, then its items. */
struct walk {
	const struct menu *m;
	size_t item; /* MENU_NONE before the first */
	size_t line; /* of the item */
	size_t head; /* of its group's heading, if that stands right above it;
		      * else the item's own line */
};

static bool
walk_next(struct walk *w)
{
	const struct menu *m = w->m;
	size_t before = w->item;
	size_t i = before == MENU_NONE ? 0 : before + 1;

	while (i < m->n && !menu_has(m, i))
		i++;
	if (i >= m->n)
		return false;
	w->line = before == MENU_NONE ? 0 : w->line + 1;
	w->head = w->line;
	if (before == MENU_NONE || !menu_same_group(m, before, i)) {
		if (before != MENU_NONE)
			w->head = ++w->line;
		if (m->items[i].group != NULL)
			w->line++;
	}
	w->item = i;
	return true;
}

static size_t
line_count(const struct menu *m)
{
	struct walk w = { .m = m, .item = MENU_NONE };
	size_t lines = 0;

	while (walk_next(&w))
		lines = w.line + 1;
	return lines;
}

void
menu_fit(struct menu *m, size_t height)
{
	struct walk w = { .m = m, .item = MENU_NONE };
	size_t rows = menu_parts(height).rows, lines = line_count(m);

	while (walk_next(&w) && w.item != m->chosen)
		;
	if (m->chosen != MENU_NONE && rows > 0) {
		if (w.head < m->top)
			m->top = w.head;
		if (w.line >= m->top + rows)
			m->top = w.line + 1 - rows;
	}
	if (m->top + rows > lines)
		m->top = lines > rows ? lines - rows : 0;
}

size_t
menu_at(const struct menu *m, size_t y, size_t height)
{
	struct menu_parts p = menu_parts(height);
	struct walk w = { .m = m, .item = MENU_NONE };

	if (y < p.first || y - p.first >= p.rows)
		return MENU_NONE;
	while (walk_next(&w))
		if (w.line == m->top + y - p.first)
			return w.item;
	return MENU_NONE;
}

/* ---- drawing ---- */

/* Cells of the widest title and the widest text among items FROM to before
 * END, titles over MOST left out. */
static void
widest(const struct menu *m, size_t from, size_t end, size_t most,
    size_t *title, size_t *text)
{
	*title = *text = 0;
	for (size_t i = from; i < end; i++) {
		size_t a = utf8_width(str_of(m->items[i].title));
		size_t b = utf8_width(str_of(m->items[i].text));

		if (a > *title && a <= most)
			*title = a;
		if (b > *text)
			*text = b;
	}
}

/*
 * Where the text of item I stands on a screen of WIDTH: one column for all
 * titles of usual length, and for a group with longer ones a column of its own
 * as far as its texts leave room.
 */
static size_t
text_column(const struct menu *m, size_t i, size_t width)
{
	size_t usual = width * 3 / 8 > 28 ? width * 3 / 8 : 28;
	size_t from = i, end = i + 1, title, own, text;

	if (width < 50)
		return width;
	while (from > 0 && menu_same_group(m, from - 1, i))
		from--;
	while (end < m->n && menu_same_group(m, end, i))
		end++;
	widest(m, 0, m->n, usual, &title, &text);
	widest(m, from, end, width, &own, &text);
	if (own > title && width > title + text + INDENT + 3)
		title = own < width - text - INDENT - 3
			    ? own
			    : width - text - INDENT - 3;
	return INDENT + title + 2;
}

/* The first word of the filter, where it is in the title. */
static void
mark_found(const struct menu *m, const struct grid_area *row, struct str title)
{
	struct str rest = { m->filter, m->nfilter };
	struct str word = STR_NULL;
	ptrdiff_t at;

	while (rest.n > 0 && word.n == 0)
		word = str_cut(rest, ' ', &rest);
	at = word.n > 0 ? str_ifind(title, word) : -1;
	if (at >= 0)
		grid_flag(row, utf8_width(str_slice(title, 0, (size_t)at)), 0,
		    utf8_width(word), 1, GRID_FOUND);
}

static void
menu_view_draw_item(
    const struct menu *m, const struct grid_area *row, size_t i, size_t column)
{
	const struct menu_item *item = &m->items[i];
	struct grid_area title = grid_part(
	    row, INDENT, 0, column > INDENT + 2 ? column - INDENT - 2 : 0, 1);

	grid_text(&title, 0, 0, str_of(item->title), title.w, STYLE_PLAIN);
	mark_found(m, &title, str_of(item->title));
	if (column + 1 < row->w)
		grid_text(row, column, 0, str_of(item->text),
		    row->w - column - 1, STYLE_DIM);
	if (i != m->chosen)
		return;
	grid_put(row, 1, 0, GLYPH_HERE, STYLE_HERE);
	grid_flag(row, 0, 0, row->w, 1, GRID_CHOSEN);
}

static void
menu_view_draw_list(const struct menu *m, const struct grid_area *a)
{
	struct walk w = { .m = m, .item = MENU_NONE };
	size_t column = 0, before = MENU_NONE;

	while (walk_next(&w) && w.head < m->top + a->h) {
		struct grid_area row;

		if (w.head != w.line && w.head >= m->top)
			grid_text(a, 1, w.head - m->top,
			    str_of(m->items[w.item].group), a->w - 1,
			    STYLE_TITLE);
		if (w.line < m->top || w.line >= m->top + a->h)
			continue;
		if (before == MENU_NONE || !menu_same_group(m, before, w.item))
			column = text_column(m, w.item, a->w);
		before = w.item;
		row = grid_part(a, 0, w.line - m->top, a->w, 1);
		menu_view_draw_item(m, &row, w.item, column);
	}
	if (w.item == MENU_NONE && m->nfilter > 0)
		grid_text(a, INDENT, 0,
		    str_of(_("nothing contains all of that")), a->w, STYLE_DIM);
}

/* TEXT so that it ends one cell before the right edge. */
static void
put_right(const struct grid_area *a, size_t y, struct str text,
    enum canvas_style style)
{
	size_t cells = utf8_width(text);

	if (cells + 2 < a->w)
		grid_text(a, a->w - cells - 1, y, text, cells, style);
}

static void
menu_view_draw_head(const struct menu *m, const struct grid_area *a)
{
	LOCAL_BUF find = BUF_INIT;
	size_t taken =
	    grid_text(a, 1, 0, str_of(m->heading), a->w - 1, STYLE_TITLE);
	struct grid_area rest = grid_part(a, taken + 2, 0, a->w, 1);

	grid_fill(a, 0, 1, a->w, 1, GLYPH_LINE, STYLE_FRAME);
	if (m->nfilter == 0) {
		if (m->n > MENU_FEW)
			put_right(
			    &rest, 0, str_of(_("type to find")), STYLE_DIM);
		return;
	}
	buf_puts(&find, _("find: "));
	buf_add(&find, m->filter, m->nfilter);
	buf_putc(&find, '_');
	put_right(&rest, 0, buf_view(&find), STYLE_KEY);
}

/* The number of items outside of the visible part, in line Y. */
static void
menu_view_draw_more(
    const struct grid_area *a, size_t y, size_t lines, enum canvas_glyph glyph)
{
	LOCAL_BUF text = BUF_INIT;
	size_t cells;

	if (lines == 0)
		return;
	buf_putc(&text, ' ');
	buf_printf(&text, _("%zu more"), lines);
	buf_putc(&text, ' ');
	cells = utf8_width(buf_view(&text));
	if (text.err == 0 && cells + 4 < a->w) {
		grid_text(
		    a, a->w - cells - 3, y, buf_view(&text), cells, STYLE_DIM);
		grid_put(a, a->w - 3, y, glyph, STYLE_DIM);
		grid_put(a, a->w - 2, y, GLYPH_SPACE, STYLE_DIM);
	}
}

static void
menu_view_draw_foot(const struct menu *m, const struct grid_area *a)
{
	const struct menu_item *item;

	grid_fill(a, 0, 0, a->w, 1, GLYPH_LINE, STYLE_FRAME);
	if (m->chosen >= m->n)
		return;
	item = &m->items[m->chosen];
	grid_text(a, 1, 1,
	    str_of(item->text != NULL && item->text[0] != '\0' ? item->text
							       : item->title),
	    a->w - 2, STYLE_PLAIN);
	grid_text(a, 1, 2, str_of(item->hint), a->w - 2, STYLE_OTHER);
}

/* Items above or below the visible part. */
static size_t
items_outside(const struct menu *m, size_t rows, bool below)
{
	struct walk w = { .m = m, .item = MENU_NONE };
	size_t n = 0;

	while (walk_next(&w))
		n += below ? w.line >= m->top + rows : w.line < m->top;
	return n;
}

void
menu_draw(const struct menu *m, const struct grid_area *a)
{
	struct menu_parts p = menu_parts(a->h);
	struct grid_area list = grid_part(a, 0, p.first, a->w, p.rows);
	struct grid_area foot = grid_part(a, 0, p.first + p.rows, a->w, 3);

	if (a->w < INDENT + 2)
		return;
	if (p.head) {
		menu_view_draw_head(m, a);
		menu_view_draw_more(
		    a, 1, items_outside(m, p.rows, false), GLYPH_TO_UP);
	}
	if (p.keys) {
		struct grid_area last = grid_part(a, 0, a->h - 1, a->w, 1);

		menu_put_keys(m, &last);
	}
	if (m->help) {
		menu_put_help(m, &list);
		return;
	}
	menu_view_draw_list(m, &list);
	if (p.foot) {
		menu_view_draw_foot(m, &foot);
		menu_view_draw_more(
		    &foot, 0, items_outside(m, p.rows, true), GLYPH_TO_DOWN);
	}
}
