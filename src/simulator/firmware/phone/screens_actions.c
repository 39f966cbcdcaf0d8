/*
 * What can be done in a call beside talking: a list over its screen, and the
 * texts that are ready to be sent.
 */
#include "firmware/phone/phone_in.h"

#define ACTIONS 4

/* ---- what can be done ---- */

static bool
may_call(struct phone *phone)
{
	return phone->active->state == CALL_CONFIRMED && call_may_dial(phone);
}

static bool
may_transfer(struct phone *phone)
{
	return call_may_transfer(phone->active);
}

static bool
may_join(struct phone *phone)
{
	return may_transfer(phone) &&
	       call_may_transfer(call_other(phone, phone->active));
}

static bool
may_write(struct phone *phone)
{
	(void)phone;
	return true;
}

static void
ask_number(struct phone *phone, enum screens_purpose purpose)
{
	phone->screens.purpose = purpose;
	phone->screens.number[0] = '\0';
	screens_go(phone, SCREEN_DIAL);
}

static void
new_call(struct phone *phone)
{
	ask_number(phone, PURPOSE_CALL);
}

static void
transfer(struct phone *phone)
{
	ask_number(phone, PURPOSE_TRANSFER);
}

static void
join(struct phone *phone)
{
	screens_go(phone, SCREEN_IDLE);
	call_join(phone->active, call_other(phone, phone->active));
}

static void
write_text(struct phone *phone)
{
	phone->screens.selected[SCREEN_READY] = 0;
	screens_go(phone, SCREEN_READY);
}

static const struct {
	enum text_id name;
	bool (*may)(struct phone *phone);
	void (*fn)(struct phone *phone);
} actions[ACTIONS] = {
	{ TEXT_JOIN, may_join, join },
	{ TEXT_NEW_CALL, may_call, new_call },
	{ TEXT_TRANSFER, may_transfer, transfer },
	{ TEXT_WRITE, may_write, write_text },
};

/* The number in ACTIONS of the I-th that can be done now; ACTIONS: there are
 * not so many. */
static unsigned
find_action(const struct phone *phone, unsigned i)
{
	struct phone *p = (struct phone *)(uintptr_t)phone;
	unsigned at = 0;

	while (at < ACTIONS &&
	       (phone->active == NULL || !actions[at].may(p) || i-- > 0))
		at++;
	return at;
}

unsigned
actions_count(const struct phone *phone)
{
	unsigned n = 0;

	while (n < ACTIONS && find_action(phone, n) < ACTIONS)
		n++;
	return n;
}

void
actions_label(const struct phone *phone, unsigned i, struct text *t)
{
	unsigned at = find_action(phone, i);

	text_u(t, i + 1);
	text_c(t, ' ');
	if (at < ACTIONS)
		text_s(t, screens_text(phone, actions[at].name));
}

void
actions_choose(struct phone *phone, unsigned i)
{
	unsigned at = find_action(phone, i);

	if (at < ACTIONS)
		actions[at].fn(phone);
}

/* ---- texts that are ready ---- */

static const enum text_id ready[] = { TEXT_READY_LATER, TEXT_READY_CALL,
	TEXT_READY_WAY, TEXT_READY_YES, TEXT_READY_NO };

unsigned
ready_count(const struct phone *phone)
{
	(void)phone;
	return sizeof(ready) / sizeof(ready[0]);
}

void
ready_label(const struct phone *phone, unsigned i, struct text *t)
{
	text_s(t, screens_text(phone, ready[i]));
}

/* In a call it is for the other side. */
void
ready_choose(struct phone *phone, unsigned i)
{
	char uri[CONFIG_URI];

	phone->screens.ready = ready[i];
	if (phone->active == NULL) {
		ask_number(phone, PURPOSE_WRITE);
		return;
	}
	text_copy(uri, sizeof(uri), phone->active->peer);
	phone->screens.purpose = PURPOSE_WRITE;
	screens_chosen(phone, uri);
}

/* ---- whom it is for ---- */

void
screens_alone(struct phone *phone)
{
	struct screens *s = &phone->screens;

	s->over = false;
	if (s->at == SCREEN_ACTIONS)
		s->at = SCREEN_IDLE;
	if (s->purpose == PURPOSE_TRANSFER)
		s->purpose = PURPOSE_CALL;
}

void
screens_chosen(struct phone *phone, const char *uri)
{
	enum screens_purpose purpose = phone->screens.purpose;
	struct call *active = phone->active;

	screens_go(phone, SCREEN_IDLE);
	if (purpose == PURPOSE_WRITE) {
		outbox_send(
		    phone, uri, screens_text(phone, phone->screens.ready));
	} else if (purpose == PURPOSE_TRANSFER && active != NULL) {
		call_transfer(active, uri);
	} else {
		if (active != NULL)
			call_hold(active, true);
		call_dial(phone, uri);
	}
}
