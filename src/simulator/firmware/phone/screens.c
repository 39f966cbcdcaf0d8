/* Which screen is shown, and what all have in common. */
#include "firmware/phone/phone_in.h"

#define BOOT_US   (1u * S_US)
#define NOTICE_US (3u * S_US)
#define MINUTE_S  60

/* clang-format off */
const struct screen screens_table[SCREENS] = {
	[SCREEN_BOOT] = { TEXT_NONE, TEXT_NONE, TEXT_NONE,
	    screen_boot_draw, NULL },
	[SCREEN_INCOMING] = { TEXT_NONE, TEXT_SOFT_ANSWER, TEXT_SOFT_REFUSE,
	    screen_incoming_draw, screen_incoming_key },
	[SCREEN_NOTICE] = { TEXT_NONE, TEXT_NONE, TEXT_SOFT_OK,
	    screen_notice_draw, screen_notice_key },
	[SCREEN_CALL] = { TEXT_NONE, TEXT_NONE, TEXT_SOFT_END,
	    screen_call_draw, screen_call_key },
	[SCREEN_IDLE] = { TEXT_NONE, TEXT_SOFT_MENU, TEXT_SOFT_BOOK,
	    screen_idle_draw, screen_idle_key },
	[SCREEN_DIAL] = { TEXT_DIAL, TEXT_SOFT_CALL, TEXT_SOFT_DELETE,
	    screen_dial_draw, screen_dial_key },
	[SCREEN_MENU] = { TEXT_MENU, TEXT_SOFT_OK, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_BOOK] = { TEXT_BOOK, TEXT_SOFT_CALL, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_DIALLED] = { TEXT_REDIAL, TEXT_SOFT_CALL, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_MISSED] = { TEXT_MISSED, TEXT_SOFT_CALL, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_MESSAGES] = { TEXT_MESSAGES, TEXT_SOFT_SHOW, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_MESSAGE] = { TEXT_MESSAGES, TEXT_SOFT_CALL, TEXT_SOFT_BACK,
	    screen_message_draw, screen_message_key },
	[SCREEN_SETTINGS] = { TEXT_SETTINGS, TEXT_SOFT_CHANGE, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_INFO] = { TEXT_INFO, TEXT_NONE, TEXT_SOFT_BACK,
	    screen_info_draw, screen_info_key },
	[SCREEN_ACTIONS] = { TEXT_ACTIONS, TEXT_SOFT_OK, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
	[SCREEN_READY] = { TEXT_WRITE, TEXT_SOFT_OK, TEXT_SOFT_BACK,
	    screen_list_draw, screen_list_key },
};
/* clang-format on */

static enum screen_id
find_screen(struct phone *phone)
{
	const struct screens *s = &phone->screens;

	for (unsigned i = 0; i < PHONE_CALLS; i++)
		if (call_rings(&phone->calls[i]))
			return SCREEN_INCOMING;
	if (s->notice != TEXT_NONE)
		return SCREEN_NOTICE;
	if (phone->active != NULL && !s->over)
		return SCREEN_CALL;
	return s->booting ? SCREEN_BOOT : s->at;
}

void
screens_changed(struct phone *phone)
{
	struct screens *s = &phone->screens;

	/* What changed first is what it is drawn for. */
	if (!s->changed)
		s->cause = hal_cause();
	s->changed = true;
}

static void
on_leave(void *arg)
{
	struct phone *phone = arg;

	phone->screens.booting = false;
	phone->screens.notice = TEXT_NONE;
	screens_changed(phone);
}

void
screens_start(struct phone *phone)
{
	struct screens *s = &phone->screens;

	panel_start(&phone->panel);
	s->at = SCREEN_IDLE;
	s->booting = true;
	timer_in(&phone->timers, &s->leave, BOOT_US, on_leave, phone);
	screens_changed(phone);
}

void
screens_notice(struct phone *phone, enum text_id what, const char *more)
{
	struct screens *s = &phone->screens;

	s->booting = false;
	s->notice = what;
	text_copy(s->notice_more, sizeof(s->notice_more), more);
	timer_in(&phone->timers, &s->leave, NOTICE_US, on_leave, phone);
	screens_changed(phone);
}

void
screens_go(struct phone *phone, enum screen_id to)
{
	if (to == SCREEN_IDLE) {
		phone->screens.over = false;
		phone->screens.purpose = PURPOSE_CALL;
	}
	phone->screens.at = to;
	screens_changed(phone);
}

/* ---- the clock ---- */

static void
on_tick(void *arg)
{
	screens_changed(arg);
}

/* When the screen changes by itself: the minute, or a call's second. */
static void
set_tick(struct phone *phone, enum screen_id shown)
{
	uint64_t now = hal_now_us(), due;
	const struct call *call = phone->active;

	if (shown == SCREEN_CALL && call->state == CALL_CONFIRMED)
		due = now + S_US - (now - call->since_us) % S_US;
	else
		due = now - now % S_US +
		      (MINUTE_S - hal_clock_s() % MINUTE_S) * (uint64_t)S_US;
	if (due <= now)
		due += S_US;
	timer_at(&phone->timers, &phone->screens.tick, due, on_tick, phone);
}

void
screens_clock(const struct phone *phone, struct text *t)
{
	uint32_t s = hal_clock_s();

	(void)phone;
	text_pad(t, s / 3600 % 24, 2);
	text_c(t, ':');
	text_pad(t, s / 60 % 60, 2);
}

/* ---- drawing ---- */

const char *
screens_text(const struct phone *phone, enum text_id id)
{
	return text_of(phone->settings.language, id);
}

void
screens_soft(struct phone *phone, enum text_id one, enum text_id two)
{
	panel_bar(&phone->panel, PANEL_ROWS - 1, screens_text(phone, one),
	    screens_text(phone, two));
}

void
screens_draw(struct phone *phone)
{
	enum screen_id id = find_screen(phone);
	const struct screen *screen = &screens_table[id];
	char clock[8];
	struct text t = TEXT_IN(clock);

	if (!phone->screens.changed)
		return;
	phone->screens.changed = false;
	hal_set_cause(phone->screens.cause);
	panel_clear(&phone->panel);
	screens_clock(phone, &t);
	if (screen->title != TEXT_NONE)
		panel_bar(&phone->panel, 0, screens_text(phone, screen->title),
		    clock);
	if (id != SCREEN_BOOT)
		screens_soft(phone, screen->soft1, screen->soft2);
	screen->draw(phone);
	panel_show(&phone->panel);
	set_tick(phone, id);
}

/* ---- keys ---- */

char
screens_digit(enum hal_key key)
{
	if (key >= HAL_KEY_0 && key <= HAL_KEY_9)
		return (char)('0' + (key - HAL_KEY_0));
	return key == HAL_KEY_STAR ? '*' : key == HAL_KEY_HASH ? '#' : '\0';
}

void
screens_key(struct phone *phone, enum hal_key key)
{
	enum screen_id id = find_screen(phone);

	if (id == SCREEN_BOOT) {
		phone->screens.booting = false;
		id = phone->screens.at;
	}
	if (screens_table[id].key != NULL)
		screens_table[id].key(phone, key);
	screens_changed(phone);
}
