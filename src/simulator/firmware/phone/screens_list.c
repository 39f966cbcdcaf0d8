/* Screens that are lists: menus, names, calls, messages, settings. */
#include "firmware/phone/phone_in.h"

/* A row is free below the title, so that the selection does not touch it. */
#define FIRST_ROW 2
#define ROWS      (PANEL_ROWS - 1 - FIRST_ROW)

struct list {
	enum screen_id parent;
	unsigned (*count)(const struct phone *phone);
	void (*label)(const struct phone *phone, unsigned i, struct text *t);
	void (*choose)(struct phone *phone, unsigned i);
	struct history *(*history)(struct phone *phone); /* NULL: none */
	bool numbered;                                   /* a digit chooses */
};

/* ---- the menu ---- */

static const enum screen_id menu[] = { SCREEN_BOOK, SCREEN_DIALLED,
	SCREEN_MISSED, SCREEN_MESSAGES, SCREEN_SETTINGS, SCREEN_READY };

static unsigned
menu_count(const struct phone *phone)
{
	(void)phone;
	return sizeof(menu) / sizeof(menu[0]);
}

static void
menu_label(const struct phone *phone, unsigned i, struct text *t)
{
	text_u(t, i + 1);
	text_c(t, ' ');
	text_s(t, screens_text(phone, screens_table[menu[i]].title));
}

static void
menu_choose(struct phone *phone, unsigned i)
{
	phone->screens.selected[menu[i]] = 0;
	screens_go(phone, menu[i]);
}

/* ---- the phone book ---- */

static unsigned
book_count(const struct phone *phone)
{
	return phone->config.nbook;
}

static void
book_label(const struct phone *phone, unsigned i, struct text *t)
{
	text_s(t, phone->config.book[i].name);
}

static void
book_choose(struct phone *phone, unsigned i)
{
	screens_chosen(phone, phone->config.book[i].uri);
}

/* ---- calls and messages ---- */

static void
entry_label(
    const struct phone *phone, const struct history_entry *e, struct text *t)
{
	const char *name = book_name(&phone->config, e->uri);
	char plain[CONFIG_NAME];

	if (name == NULL && e->name[0] != '\0')
		name = e->name;
	if (name == NULL) {
		book_short(e->uri, plain, sizeof(plain));
		name = plain;
	}
	text_s(t, name);
}

#define HISTORY_LIST(list, then)                                   \
	static unsigned list##_count(const struct phone *phone)    \
	{                                                          \
		return phone->list.n;                              \
	}                                                          \
	static void list##_label(                                  \
	    const struct phone *phone, unsigned i, struct text *t) \
	{                                                          \
		entry_label(phone, &phone->list.entries[i], t);    \
	}                                                          \
	static void list##_choose(struct phone *phone, unsigned i) \
	{                                                          \
		then;                                              \
	}                                                          \
	static struct history *list##_history(struct phone *phone) \
	{                                                          \
		return &phone->list;                               \
	}

static void
redial(struct phone *phone, const struct history *h, unsigned i)
{
	char uri[CONFIG_URI];

	/* The call puts itself into the list. */
	text_copy(uri, sizeof(uri), h->entries[i].uri);
	screens_chosen(phone, uri);
}

static void
show_message(struct phone *phone, unsigned i)
{
	phone->screens.selected[SCREEN_MESSAGE] = i;
	phone->screens.scroll = 0;
	screens_go(phone, SCREEN_MESSAGE);
}

HISTORY_LIST(dialled, redial(phone, &phone->dialled, i))
HISTORY_LIST(missed, redial(phone, &phone->missed, i))
HISTORY_LIST(messages, show_message(phone, i))

/* ---- settings ---- */

enum { SET_LANGUAGE, SET_ANSWER, SET_REGISTER, SET_INFO, SETTINGS };

static unsigned
settings_count(const struct phone *phone)
{
	(void)phone;
	return SETTINGS;
}

static void
put_answer(const struct phone *phone, struct text *t)
{
	int s = phone->settings.answer_s;

	if (s < 0) {
		text_s(t, screens_text(phone, TEXT_ANSWER_NEVER));
		return;
	}
	text_s(t, screens_text(phone, TEXT_ANSWER_AFTER));
	text_u(t, (unsigned)s);
	text_s(t, screens_text(phone, TEXT_SECONDS));
}

static void
settings_label(const struct phone *phone, unsigned i, struct text *t)
{
	static const enum text_id names[SETTINGS] = { TEXT_LANGUAGE,
		TEXT_ANSWER_MODE, TEXT_REGISTER, TEXT_INFO };

	text_s(t, screens_text(phone, names[i]));
	if (i != SET_INFO)
		text_s(t, ": ");
	if (i == SET_LANGUAGE)
		text_s(t, screens_text(phone, TEXT_LANGUAGE_NAME));
	else if (i == SET_ANSWER)
		put_answer(phone, t);
	else if (i == SET_REGISTER)
		text_s(t, screens_text(phone,
			      phone->settings.registers ? TEXT_ON : TEXT_OFF));
}

static void
settings_choose(struct phone *phone, unsigned i)
{
	struct settings *s = &phone->settings;

	if (i == SET_LANGUAGE) {
		s->language =
		    s->language == LANGUAGE_EN ? LANGUAGE_ZH : LANGUAGE_EN;
	} else if (i == SET_ANSWER) {
		settings_next_answer(s);
	} else if (i == SET_REGISTER) {
		s->registers = !s->registers;
		registration_want(&phone->registration, s->registers);
	} else {
		screens_go(phone, SCREEN_INFO);
	}
}

/* ---- the lists ---- */

#define LIST(parent, name, history, numbered)                               \
	{                                                                   \
		parent, name##_count, name##_label, name##_choose, history, \
		    numbered                                                \
	}

static const struct list lists[SCREENS] = {
	[SCREEN_MENU] = LIST(SCREEN_IDLE, menu, NULL, true),
	[SCREEN_BOOK] = LIST(SCREEN_IDLE, book, NULL, true),
	[SCREEN_DIALLED] = LIST(SCREEN_IDLE, dialled, dialled_history, true),
	[SCREEN_MISSED] = LIST(SCREEN_IDLE, missed, missed_history, true),
	[SCREEN_MESSAGES] = LIST(SCREEN_IDLE, messages, messages_history, true),
	[SCREEN_SETTINGS] = LIST(SCREEN_MENU, settings, NULL, true),
	[SCREEN_ACTIONS] = LIST(SCREEN_IDLE, actions, NULL, true),
	[SCREEN_READY] = LIST(SCREEN_IDLE, ready, NULL, true),
};

static void
draw_item(struct phone *phone, const struct list *list, unsigned i,
    unsigned row, bool selected)
{
	char line[96];
	struct text t = TEXT_IN(line);

	list->label(phone, i, &t);
	if (selected)
		panel_bar(&phone->panel, row, line, "");
	else
		panel_put(&phone->panel, row, 0, line, 0);
}

void
screen_list_draw(struct phone *phone)
{
	enum screen_id at = phone->screens.at;
	const struct list *list = &lists[at];
	unsigned n = list->count(phone), selected = phone->screens.selected[at];
	unsigned first = selected >= ROWS ? selected - ROWS + 1 : 0;

	if (list->history != NULL && at != SCREEN_MESSAGES)
		list->history(phone)->fresh = 0;
	if (n == 0) {
		panel_centre(&phone->panel, 3, screens_text(phone, TEXT_EMPTY));
		screens_soft(phone, TEXT_NONE, TEXT_SOFT_BACK);
	}
	for (unsigned i = first; i < n && i < first + ROWS; i++)
		draw_item(phone, list, i, FIRST_ROW + i - first, i == selected);
}

static void
move(struct phone *phone, unsigned n, int by)
{
	unsigned *at = &phone->screens.selected[phone->screens.at];

	if (n > 0)
		*at = (*at + n + (unsigned)by) % n;
}

static void
clear_list(struct phone *phone, const struct list *list)
{
	if (list->history == NULL)
		return;
	history_clear(list->history(phone));
	phone->screens.selected[phone->screens.at] = 0;
}

void
screen_list_key(struct phone *phone, enum hal_key key)
{
	enum screen_id at = phone->screens.at;
	const struct list *list = &lists[at];
	unsigned n = list->count(phone), selected = phone->screens.selected[at];
	char digit = screens_digit(key);

	if (digit >= '1' && digit <= '9' && list->numbered) {
		if ((unsigned)(digit - '1') < n) {
			phone->screens.selected[at] = (unsigned)(digit - '1');
			list->choose(phone, (unsigned)(digit - '1'));
		}
		return;
	}
	switch (key) {
	case HAL_KEY_UP:
		move(phone, n, -1);
		break;
	case HAL_KEY_DOWN:
		move(phone, n, 1);
		break;
	case HAL_KEY_OK:
	case HAL_KEY_SOFT1:
	case HAL_KEY_CALL:
		if (selected < n)
			list->choose(phone, selected);
		break;
	case HAL_KEY_CLEAR:
		clear_list(phone, list);
		break;
	case HAL_KEY_SOFT2:
		screens_go(phone, list->parent);
		break;
	case HAL_KEY_END:
		screens_go(phone, SCREEN_IDLE);
		break;
	default:
		break;
	}
}

/* ---- one message ---- */

void
screen_message_draw(struct phone *phone)
{
	unsigned i = phone->screens.selected[SCREEN_MESSAGE], lines;
	const struct history_entry *e = &phone->messages.entries[i];
	char line[96];
	struct text t = TEXT_IN(line);

	if (i >= phone->messages.n)
		return;
	phone->messages.fresh = 0;
	text_s(&t, screens_text(phone, TEXT_FROM));
	entry_label(phone, e, &t);
	panel_put(&phone->panel, 1, 0, line, 0);
	lines = panel_wrap(
	    &phone->panel, 2, PANEL_ROWS - 2, e->text, phone->screens.scroll);
	if (phone->screens.scroll >= lines)
		phone->screens.scroll = lines > 0 ? lines - 1 : 0;
}

void
screen_message_key(struct phone *phone, enum hal_key key)
{
	unsigned i = phone->screens.selected[SCREEN_MESSAGE];

	if (key == HAL_KEY_DOWN)
		phone->screens.scroll++;
	else if (key == HAL_KEY_UP && phone->screens.scroll > 0)
		phone->screens.scroll--;
	else if (key == HAL_KEY_SOFT1 || key == HAL_KEY_CALL)
		redial(phone, &phone->messages, i);
	else if (key == HAL_KEY_SOFT2 || key == HAL_KEY_OK)
		screens_go(phone, SCREEN_MESSAGES);
	else if (key == HAL_KEY_END)
		screens_go(phone, SCREEN_IDLE);
}
