/* The items left in a menu, the chosen one, and its place; see
 * views/menu/menu.h. */
#include "views/menu/menu.h"

#include "base/i18n.h"
#include "views/menu/menu_in.h"

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

bool
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
	struct buf bytes = BUF_INIT;
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
	buf_free(&bytes);
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
