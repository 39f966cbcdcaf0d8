/*
 * The keys: at the bottom, as a page, and as a menu for those who use arrows,
 * Enter and Esc alone.  All from the one list of requests.
 */
#include "views/tui/play_panes.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "views/menu/tour.h"

#define FIND_MOST 40 /* bytes, typed to find a key */

/* The word for R here; NULL where there is none, or R is not to be had. */
static const char *
brief_of(struct play *p, enum play_request r)
{
	if (play_exam_withholds(p, r) ||
	    (r == REQ_TASK_HINT && !play_lesson_has_hint(p)))
		return NULL;
	/* In the lecture hall it is wanted at hand. */
	if (r == REQ_COMING && (p->hiding || !p->o.present))
		return p->hiding ? N_("show rest") : NULL;
	return r == REQ_TASK_OPEN ? play_lesson_deed(p)
				  : play_requests[r].brief;
}

/* "→ next": the cells it takes. */
static size_t
key_cells(struct play *p, enum play_request r)
{
	LOCAL_BUF key = BUF_INIT;

	request_put_key(r, p->o.ascii, &key);
	return utf8_width(buf_view(&key)) + 1 +
	       utf8_width(str_of(i18n_text(brief_of(p, r))));
}

static void
play_help_put_key(struct play *p, const struct grid_area *a, size_t x, size_t y,
    enum play_request r)
{
	LOCAL_BUF key = BUF_INIT;

	request_put_key(r, p->o.ascii, &key);
	x += grid_text(a, x, y, buf_view(&key), a->w, STYLE_KEY) + 1;
	grid_text(
	    a, x, y, str_of(i18n_text(brief_of(p, r))), a->w, STYLE_PLAIN);
}

/* The keys needed most come first where not all have room. */
static const enum play_request first_shown[] = { REQ_HELP, REQ_QUIT, REQ_NEXT,
	REQ_BACK, REQ_PREDICT, REQ_COMING, REQ_PANE_NEXT, REQ_PLAY, REQ_ACT,
	REQ_FIND };

static bool
is_worth_a_word(struct play *p, enum play_request r, enum play_place where)
{
	enum play_place place = play_requests[r].place;
	bool everywhere =
	    where == PLACE_LADDER || where == PLACE_PANE || where == PLACE_LAB;

	return brief_of(p, r) != NULL &&
	       (place == where || r == REQ_HELP ||
		   (everywhere && place == PLACE_EVERYWHERE)) &&
	       (r != REQ_PANE_OPEN || play_pane_leads(p));
}

/* R has its place if ROOM has; how much that leaves. */
static size_t
play_help_give_room(
    struct play *p, enum play_request r, size_t room, bool *shown)
{
	size_t cells = key_cells(p, r) + 2;

	if (shown[r] || cells > room)
		return room;
	shown[r] = true;
	return room - cells;
}

/* Chooses the keys with room in ROOM cells: the place's own and the way to all
 * the rest, then those needed most, then the others. */
static void
choose_keys(struct play *p, size_t room, enum play_place where, bool *shown)
{
	room = play_help_give_room(p, REQ_HELP, room, shown);
	for (unsigned r = 0; r < REQ_COUNT; r++)
		if (play_requests[r].place == where &&
		    is_worth_a_word(p, r, where))
			room = play_help_give_room(p, r, room, shown);
	for (size_t i = 0; i < COUNT_OF(first_shown); i++)
		if (is_worth_a_word(p, first_shown[i], where))
			room =
			    play_help_give_room(p, first_shown[i], room, shown);
	for (unsigned r = 0; r < REQ_COUNT; r++)
		if (is_worth_a_word(p, r, where))
			room = play_help_give_room(p, r, room, shown);
}

void
play_put_keys(struct play *p, const struct grid_area *a, size_t y)
{
	enum play_place where = play_where(p);
	bool shown[REQ_COUNT] = { false };
	size_t x = 1;

	/* Two cells behind the last are not missed. */
	choose_keys(p, a->w + 2 > x ? a->w + 2 - x : 0, where, shown);
	for (int here = 1; here >= 0; here--)
		for (unsigned r = 0; r < REQ_COUNT; r++) {
			bool mine = play_requests[r].place == where;

			if (!shown[r] || mine != (here == 1) || r == REQ_HELP)
				continue;
			play_help_put_key(p, a, x, y, r);
			x += key_cells(p, r) + 2;
		}
	if (shown[REQ_HELP])
		play_help_put_key(p, a, x, y, REQ_HELP);
}

/* "→ l    the next message" */
static void
write_row(enum play_request r, bool ascii, struct doc *d)
{
	struct str rest = str_of(play_requests[r].keys), word;
	LOCAL_BUF keys = BUF_INIT;

	while (rest.n > 0) {
		word = str_cut(rest, ' ', &rest);
		if (keys.n > 0)
			buf_putc(&keys, ' ');
		key_put(key_of_name(word), ascii, &keys);
	}
	doc_line(d, 0);
	doc_puts(d, STYLE_PLAIN, "  ");
	doc_put(d, STYLE_KEY, buf_view(&keys));
	doc_pad(d, 18);
	doc_puts(d, STYLE_PLAIN, i18n_text(play_requests[r].text));
}

/* Each word that was typed is in R's row, its title or its command. */
static bool
is_sought(enum play_request r, struct str find, bool ascii)
{
	const struct play_request_row *row = &play_requests[r];
	struct str word, keys;
	LOCAL_BUF all = BUF_INIT;

	buf_printf(&all, "%s\n%s\n%s\n%s",
	    i18n_text(play_place_title(row->place)), i18n_text(row->text),
	    row->command, row->keys);
	/* As they are drawn. */
	for (keys = str_of(row->keys); keys.n > 0;) {
		buf_putc(&all, ' ');
		key_put(key_of_name(str_cut(keys, ' ', &keys)), ascii, &all);
	}
	while (find.n > 0) {
		word = str_cut(find, ' ', &find);
		if (word.n > 0 && str_ifind(buf_view(&all), word) < 0)
			return false;
	}
	return true;
}

static void
play_help_write_place(
    enum play_place place, struct str find, bool ascii, struct doc *d)
{
	bool any = false;

	for (unsigned r = 0; r < REQ_COUNT; r++) {
		if (play_requests[r].place != place ||
		    !is_sought(r, find, ascii))
			continue;
		if (!any) {
			doc_line(d, 0);
			doc_puts(
			    d, STYLE_TITLE, i18n_text(play_place_title(place)));
		}
		any = true;
		write_row(r, ascii, d);
	}
	if (any)
		doc_line(d, 0);
}

/* Those of WHERE first. */
static void
write_places(enum play_place where, struct str find, bool ascii, struct doc *d)
{
	play_help_write_place(where, find, ascii, d);
	if (where != PLACE_EVERYWHERE)
		play_help_write_place(PLACE_EVERYWHERE, find, ascii, d);
	for (unsigned place = PLACE_LADDER; place < PLACE_LINE; place++)
		if (place != where)
			play_help_write_place(place, find, ascii, d);
}

void
play_write_keys(bool ascii, struct doc *d)
{
	write_places(PLACE_EVERYWHERE, STR_NULL, ascii, d);
}

static void
write_keys(struct play *p)
{
	enum play_place where = p->box.keys.place;
	struct doc *d = &p->box.text.doc;

	doc_clear(d);
	write_places(where, buf_view(&p->box.keys.find), p->o.ascii, d);
	if (d->nlines == 0) {
		doc_line(d, 0);
		doc_puts(d, STYLE_DIM, _("nothing contains all of that"));
	}
	play_show(p, _("Keys"));
	p->box.keys.shown = true;
}

void
play_help(struct play *p)
{
	p->box.keys.place = play_where(p);
	buf_clear(&p->box.keys.find);
	write_keys(p);
}

bool
play_help_key(struct play *p, struct key key)
{
	struct buf *find = &p->box.keys.find;
	bool typed = key.name == KEY_IS_NONE;

	if (p->box.over != OVER_DOC || !p->box.keys.shown)
		return false;
	/* "?" closes the page; a space moves it unless words are typed. */
	key = typed ? key_plain(key) : key;
	if (typed && key.ch >= ' ' && (key.ch < 0x7f || key.ch >= 0xa0) &&
	    key.ch != '?' && (key.ch != ' ' || find->n > 0)) {
		if (find->n < FIND_MOST)
			utf8_encode(find, key.ch);
	} else if (key.name == KEY_IS_BACKSPACE && find->n > 0) {
		/* Back over what continues a character. */
		do
			buf_truncate(find, find->n - 1);
		while (find->n > 0 && (find->p[find->n] & 0xc0) == 0x80);
	} else if (key.name == KEY_IS_ESCAPE && find->n > 0) {
		buf_clear(find);
	} else {
		return false;
	}
	write_keys(p);
	return true;
}

static void
menu_chosen(struct play *p, uint64_t r)
{
	play_do(p, (enum play_request)r);
}

/* What people look for, most wanted first. */
static const enum play_request wanted[] = { REQ_PLAY, REQ_ACT, REQ_PREDICT,
	REQ_FIND, REQ_FILTER, REQ_CALLS, REQ_BRANCHES, REQ_BESIDE, REQ_MARK,
	REQ_COMPARE, REQ_MODE, REQ_BRACKETS, REQ_FOLD, REQ_GOTO, REQ_FIRST,
	REQ_LAST, REQ_EXPORT, REQ_SCREEN, REQ_PRESENT, REQ_COMING, REQ_THEME,
	REQ_HELP, REQ_QUIT };

enum play_request
play_menu_key(const struct play *p, struct key key)
{
	enum play_request r;

	if (p->box.over != OVER_CHOOSER || p->box.chosen != menu_chosen ||
	    request_of_key(PLACE_LIST, key) != REQ_NONE)
		return REQ_NONE;
	r = request_of_key(PLACE_LADDER, key);
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		if (wanted[i] == r)
			return r;
	return REQ_NONE;
}

void
play_menu(struct play *p)
{
	LOCAL_BUF key = BUF_INIT;

	chooser_start(&p->box.chooser, _("Menu"));
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		buf_clear(&key);
		request_put_key(wanted[i], p->o.ascii, &key);
		chooser_add(&p->box.chooser,
		    str_of(i18n_text(play_requests[wanted[i]].text)),
		    buf_view(&key), wanted[i]);
	}
	play_choose(p, menu_chosen);
}

void
play_tour_draw(struct play *p, const struct grid_area *a)
{
	static const enum play_request shown[] = { REQ_NEXT, REQ_BACK,
		REQ_ROW_UP, REQ_ROW_DOWN, REQ_PANE_NEXT, REQ_PANE_OPEN,
		REQ_HELP, REQ_QUIT };
	LOCAL_BUF names = BUF_INIT;
	const char *words[8];

	for (size_t i = 0; i < 8; i++) {
		request_put_key(shown[i], p->o.ascii, &names);
		/* "↑↓" is one. */
		if (shown[i] != REQ_ROW_UP)
			buf_add(&names, "", 1);
	}
	if (names.err == 0 && play_list_words(&names, words, 8) == 7)
		tour_draw(&(struct tour_keys){ .next = words[0],
			      .back = words[1],
			      .choose = words[2],
			      .pane = words[3],
			      .cause = words[4],
			      .help = words[5],
			      .quit = words[6] },
		    a);
}
