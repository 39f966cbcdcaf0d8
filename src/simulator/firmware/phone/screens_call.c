/* The screens of calls, and notices. */
#include "firmware/phone/phone_in.h"

/* ---- a call that rings ---- */

static struct call *
ringing(struct phone *phone)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++)
		if (call_rings(&phone->calls[i]))
			return &phone->calls[i];
	return NULL;
}

/* The name, and below it the address without its scheme: where it is long, the
 * host has a row of its own. */
static void
draw_peer(struct phone *phone, const struct call *call, unsigned row)
{
	const char *uri = strchr(call->peer, ':'), *at;
	char name[CONFIG_NAME], user[PANEL_COLS + 1];
	struct text t = TEXT_IN(user);

	uri = uri != NULL ? uri + 1 : call->peer;
	at = strchr(uri, '@');
	panel_centre(&phone->panel, row, call_name(call, name, sizeof(name)));
	if (panel_width(uri) > PANEL_COLS && at != NULL) {
		text_n(&t, uri, (size_t)(at - uri));
		panel_centre(&phone->panel, ++row, user);
		uri = at;
	}
	panel_centre(&phone->panel, row + 1, uri);
}

void
screen_incoming_draw(struct phone *phone)
{
	struct call *call = ringing(phone);
	bool waiting = call_other(phone, call) != NULL;

	panel_bar(&phone->panel, 0,
	    screens_text(phone, waiting ? TEXT_WAITING : TEXT_INCOMING), "");
	draw_peer(phone, call, 2);
}

void
screen_incoming_key(struct phone *phone, enum hal_key key)
{
	struct call *call = ringing(phone);

	if (key == HAL_KEY_CALL || key == HAL_KEY_SOFT1 || key == HAL_KEY_OK) {
		phone->screens.over = false;
		call_answer(call);
	} else if (key == HAL_KEY_END || key == HAL_KEY_SOFT2)
		call_end(call);
}

/* ---- the present call ---- */

static enum text_id
state_text(const struct call *call)
{
	if (call->state == CALL_CALLING)
		return call->redirects > 0 ? TEXT_SENT_ON : TEXT_CALLING;
	if (call->state == CALL_PROCEEDING)
		return TEXT_PROCEEDING;
	if (call->state == CALL_EARLY || call->state == CALL_MORATORIUM)
		return call->outgoing ? TEXT_RINGING : TEXT_ANSWERING;
	if (call->transfer.lives)
		return TEXT_TRANSFERRING;
	return call->held ? TEXT_HELD : TEXT_TALKING;
}

static void
put_duration(const struct call *call, struct text *t)
{
	uint64_t s = (hal_now_us() - call->since_us) / S_US;

	if (call->state != CALL_CONFIRMED)
		return;
	text_pad(t, (unsigned long)(s / 60), 2);
	text_c(t, ':');
	text_pad(t, (unsigned long)(s % 60), 2);
}

/* The other call in the row above the soft keys. */
static void
draw_other(struct phone *phone, const struct call *other)
{
	char name[CONFIG_NAME], line[96];
	struct text t = TEXT_IN(line);

	text_s(&t, screens_text(phone,
		       other->held ? TEXT_OTHER_HELD : TEXT_OTHER_WAITS));
	text_s(&t, call_name(other, name, sizeof(name)));
	panel_put(&phone->panel, 6, 0, line, 0);
}

/* The digits that the other side has pressed. */
static void
draw_heard(struct phone *phone, const struct call *call)
{
	char line[48];
	struct text t = TEXT_IN(line);

	text_s(&t, screens_text(phone, TEXT_HEARD));
	text_s(&t, call->heard);
	panel_centre(&phone->panel, 4, line);
}

static enum text_id
first_soft(struct phone *phone, const struct call *call)
{
	if (call->state != CALL_CONFIRMED)
		return TEXT_NONE;
	if (call_other(phone, call) != NULL)
		return TEXT_SOFT_SWAP;
	return call->held ? TEXT_SOFT_RESUME : TEXT_SOFT_HOLD;
}

void
screen_call_draw(struct phone *phone)
{
	struct call *call = phone->active;
	const struct call *other = call_other(phone, call);
	char time[16];
	struct text t = TEXT_IN(time);

	put_duration(call, &t);
	panel_bar(
	    &phone->panel, 0, screens_text(phone, state_text(call)), time);
	draw_peer(phone, call, 1);
	if (call->held_by_peer)
		panel_centre(
		    &phone->panel, 4, screens_text(phone, TEXT_HELD_BY_PEER));
	else if (call->heard[0] != '\0')
		draw_heard(phone, call);
	panel_centre(&phone->panel, 5, call->digits);
	if (other != NULL)
		draw_other(phone, other);
	screens_soft(phone, first_soft(phone, call), TEXT_SOFT_END);
}

static void
swap(struct phone *phone, struct call *call, struct call *other)
{
	call_hold(call, true);
	call_hold(other, false);
	phone->active = other;
}

void
screen_call_key(struct phone *phone, enum hal_key key)
{
	struct call *call = phone->active, *other = call_other(phone, call);
	char digit = screens_digit(key);

	if (digit != '\0') {
		call_digit(call, digit);
	} else if (key == HAL_KEY_END || key == HAL_KEY_SOFT2) {
		call_end(call);
	} else if (key == HAL_KEY_SOFT1 && call->state == CALL_CONFIRMED) {
		if (other != NULL)
			swap(phone, call, other);
		else
			call_hold(call, !call->held);
	} else if (key == HAL_KEY_OK) {
		phone->screens.over = true;
		phone->screens.selected[SCREEN_ACTIONS] = 0;
		screens_go(phone, SCREEN_ACTIONS);
	} else if (key == HAL_KEY_CALL && call->held) {
		call_hold(call, false);
	}
}

/* ---- notices ---- */

void
screen_notice_draw(struct phone *phone)
{
	const struct screens *s = &phone->screens;

	panel_centre(&phone->panel, 2, screens_text(phone, s->notice));
	panel_centre(&phone->panel, 4, s->notice_more);
}

void
screen_notice_key(struct phone *phone, enum hal_key key)
{
	phone->screens.notice = TEXT_NONE;
	timer_stop(&phone->timers, &phone->screens.leave);
	/* A number that is begun now is not to miss its first digit. */
	if (screens_digit(key) != '\0')
		screens_key(phone, key);
}
