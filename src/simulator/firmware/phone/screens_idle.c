/* The screens of a phone without a call. */
#include "firmware/phone/phone_in.h"

/* ---- boot ---- */

void
screen_boot_draw(struct phone *phone)
{
	struct panel *p = &phone->panel;

	panel_centre(p, 2, screens_text(phone, TEXT_PHONE));
	panel_centre(p, 3, screens_text(phone, TEXT_VERSION));
	panel_centre(p, 5,
	    screens_text(
		phone, hal_was_reset() ? TEXT_WAS_RESET : TEXT_STARTING));
}

/* ---- idle ---- */

static enum text_id
registration_text(const struct phone *phone)
{
	static const enum text_id ids[] = {
		[UNREGISTERED] = TEXT_UNREGISTERED,
		[REGISTERING] = TEXT_REGISTERING,
		[REGISTERED] = TEXT_REGISTERED,
		[UNREGISTERING] = TEXT_REGISTERING,
		[REGISTRATION_FAILED] = TEXT_REGISTER_FAILED,
	};

	return ids[phone->registration.state];
}

/* The first row: how well the network is heard, whether it knows us. */
static void
draw_state(struct phone *phone)
{
	static const char *const bars[] = { "    ", "▂   ", "▂▄  ", "▂▄▆ ",
		"▂▄▆█" };

	panel_bar(&phone->panel, 0, bars[link_bars(phone->link)],
	    screens_text(phone, registration_text(phone)));
}

/* The day since 1970-01-01, by the Gregorian calendar's cycle of 400 years,
 * counted from 1 March. */
static void
put_date(struct text *t, uint32_t day)
{
	uint32_t z = day + 719468, era = z / 146097, of_era = z % 146097;
	uint32_t year_of_era =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	uint32_t of_year =
	    of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	uint32_t month = (5 * of_year + 2) / 153;
	uint32_t year = year_of_era + era * 400 + (month >= 10);

	text_u(t, year);
	text_c(t, '-');
	text_pad(t, month < 10 ? month + 3 : month - 9, 2);
	text_c(t, '-');
	text_pad(t, of_year - (153 * month + 2) / 5 + 1, 2);
}

static void
draw_count(struct phone *phone, unsigned row, unsigned n, enum text_id what)
{
	char line[64];
	struct text t = TEXT_IN(line);

	if (n == 0)
		return;
	text_s(&t, screens_text(phone, what));
	text_u(&t, n);
	panel_centre(&phone->panel, row, line);
}

void
screen_idle_draw(struct phone *phone)
{
	const struct config *c = &phone->config;
	uint32_t day = hal_clock_s() / 86400;
	char line[48], clock[8];
	struct text t = TEXT_IN(line), now = TEXT_IN(clock);

	draw_state(phone);
	put_date(&t, day);
	text_c(&t, ' ');
	/* 1970-01-01 was a Thursday. */
	text_s(&t,
	    screens_text(phone, (enum text_id)(TEXT_SUNDAY + (day + 4) % 7)));
	panel_centre(&phone->panel, 1, line);
	screens_clock(phone, &now);
	panel_big(&phone->panel, 2, clock);
	panel_centre(
	    &phone->panel, 4, c->display[0] != '\0' ? c->display : c->user);
	draw_count(phone, 5, phone->missed.fresh, TEXT_MISSED_COUNT);
	draw_count(phone, 6, phone->messages.fresh, TEXT_MESSAGE_COUNT);
}

/* Keys that lead somewhere from here. */
static const struct {
	enum hal_key key;
	enum screen_id to;
} ways[] = {
	{ HAL_KEY_SOFT1, SCREEN_MENU },
	{ HAL_KEY_OK, SCREEN_MENU },
	{ HAL_KEY_SOFT2, SCREEN_BOOK },
	{ HAL_KEY_DOWN, SCREEN_BOOK },
	{ HAL_KEY_CALL, SCREEN_DIALLED },
	{ HAL_KEY_UP, SCREEN_MISSED },
};

void
screen_idle_key(struct phone *phone, enum hal_key key)
{
	char digit = screens_digit(key);

	if (digit != '\0' && digit != '#') {
		phone->screens.number[0] = digit;
		phone->screens.number[1] = '\0';
		screens_go(phone, SCREEN_DIAL);
		return;
	}
	if (key == HAL_KEY_CLEAR)
		phone->missed.fresh = 0;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (ways[i].key == key) {
			phone->screens.selected[ways[i].to] = 0;
			screens_go(phone, ways[i].to);
		}
}

/* ---- dialling ---- */

/* A number is a user of our own domain. */
static void
put_uri(const struct phone *phone, struct text *t)
{
	text_s(t, "sip:");
	/* '#' is not a character of a user (RFC 3261 25.1). */
	text_s(t, phone->screens.number);
	text_c(t, '@');
	text_s(t, phone->config.domain);
}

void
screen_dial_draw(struct phone *phone)
{
	enum screens_purpose purpose = phone->screens.purpose;
	const char *number = phone->screens.number, *name;
	size_t n = strlen(number);
	char uri[CONFIG_URI];
	struct text t = TEXT_IN(uri);

	if (n > PANEL_COLS)
		number += n - PANEL_COLS;
	panel_centre(&phone->panel, 3, number);
	put_uri(phone, &t);
	name = book_name(&phone->config, uri);
	if (name != NULL)
		panel_centre(&phone->panel, 5, name);
	if (purpose == PURPOSE_CALL)
		return;
	panel_bar(&phone->panel, 0,
	    screens_text(
		phone, purpose == PURPOSE_WRITE ? TEXT_WRITE : TEXT_TRANSFER),
	    "");
	screens_soft(phone, TEXT_SOFT_OK, TEXT_SOFT_DELETE);
}

static void
dial_number(struct phone *phone)
{
	char uri[CONFIG_URI];
	struct text t = TEXT_IN(uri);

	if (phone->screens.number[0] == '\0')
		return;
	put_uri(phone, &t);
	phone->screens.number[0] = '\0';
	screens_chosen(phone, uri);
}

static void
type_digit(struct phone *phone, char digit)
{
	char *number = phone->screens.number;
	size_t n = strlen(number);

	if (n + 1 < SCREENS_NUMBER) {
		number[n] = digit;
		number[n + 1] = '\0';
	}
}

static void
delete_digit(struct phone *phone)
{
	char *number = phone->screens.number;
	size_t n = strlen(number);

	if (n > 0)
		number[n - 1] = '\0';
	if (n <= 1)
		screens_go(phone, SCREEN_IDLE);
}

void
screen_dial_key(struct phone *phone, enum hal_key key)
{
	char digit = screens_digit(key);

	switch (key) {
	case HAL_KEY_HASH:
	case HAL_KEY_CALL:
	case HAL_KEY_SOFT1:
	case HAL_KEY_OK:
		dial_number(phone);
		break;
	case HAL_KEY_DOWN:
		phone->screens.selected[SCREEN_BOOK] = 0;
		screens_go(phone, SCREEN_BOOK);
		break;
	case HAL_KEY_SOFT2:
	case HAL_KEY_CLEAR:
		delete_digit(phone);
		break;
	case HAL_KEY_END:
		phone->screens.number[0] = '\0';
		screens_go(phone, SCREEN_IDLE);
		break;
	default:
		if (digit != '\0')
			type_digit(phone, digit);
	}
}

/* ---- about ---- */

void
screen_info_draw(struct phone *phone)
{
	const struct config *c = &phone->config;
	char line[32];
	struct text t = TEXT_IN(line);

	panel_wrap(&phone->panel, 1, 2, c->aor, 0);
	text_ip(&t, c->own.ip);
	panel_put(&phone->panel, 3, 0, line, 0);
	t = TEXT_IN(line);
	text_s(&t, "UDP ");
	text_u(&t, c->own.port);
	panel_put(&phone->panel, 4, 0, line, 0);
	panel_put(&phone->panel, 5, 0, screens_text(phone, TEXT_VERSION), 0);
}

void
screen_info_key(struct phone *phone, enum hal_key key)
{
	screens_go(phone, key == HAL_KEY_END ? SCREEN_IDLE : SCREEN_SETTINGS);
}
