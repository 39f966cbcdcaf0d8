/*
 * What the panel shows and what the keys do: a table of screens.  A call that
 * rings comes before a notice, that before the present call, that before where
 * the user is in the menus.
 */
#ifndef FIRMWARE_PHONE_SCREENS_H
#define FIRMWARE_PHONE_SCREENS_H

#include "firmware/hal.h"
#include "firmware/phone/panel.h"
#include "firmware/phone/texts.h"
#include "firmware/phone/timers.h"

#define SCREENS_NUMBER 32

struct phone;
struct call;
struct text;

enum screen_id {
	SCREEN_BOOT,
	SCREEN_INCOMING,
	SCREEN_NOTICE,
	SCREEN_CALL,
	SCREEN_IDLE,
	SCREEN_DIAL,
	SCREEN_MENU,
	SCREEN_BOOK,
	SCREEN_DIALLED,
	SCREEN_MISSED,
	SCREEN_MESSAGES,
	SCREEN_MESSAGE,
	SCREEN_SETTINGS,
	SCREEN_INFO,
	SCREEN_ACTIONS,
	SCREEN_READY,
	SCREENS
};

/* What a number or a name is chosen for. */
enum screens_purpose { PURPOSE_CALL, PURPOSE_TRANSFER, PURPOSE_WRITE };

struct screens {
	bool changed;   /* to be drawn again … */
	uint32_t cause; /* … because of this */
	bool booting;
	enum screen_id at; /* where the user is */
	bool over;         /* the screen of the call */
	enum screens_purpose purpose;
	enum text_id ready; /* the text that is to be sent */
	unsigned selected[SCREENS];
	unsigned scroll;             /* of a text */
	char number[SCREENS_NUMBER]; /* being dialled */
	enum text_id notice;         /* TEXT_NONE: none */
	char notice_more[48];
	struct timer tick, leave; /* clock; boot screen and notice */
};

/* Shows the boot screen. */
void screens_start(struct phone *phone);
/* Something that may be shown has changed. */
void screens_changed(struct phone *phone);
/* Says WHAT, and whom it is about, for three seconds. */
void screens_notice(struct phone *phone, enum text_id what, const char *more);
void screens_key(struct phone *phone, enum hal_key key);
/* Draws, where something has changed. */
void screens_draw(struct phone *phone);

/* ---- between the files of the screens ---- */

struct screen {
	enum text_id title; /* TEXT_NONE: the screen draws its first row */
	enum text_id soft1, soft2;
	/* Rows 1 to 6, and the first where there is no title. */
	void (*draw)(struct phone *phone);
	void (*key)(struct phone *phone, enum hal_key key);
};
extern const struct screen screens_table[SCREENS];

/* Goes to screen TO; with SCREEN_IDLE, back to the call where there is one. */
void screens_go(struct phone *phone, enum screen_id to);
/* Called when no call is left: leaves what belongs to a call. */
void screens_alone(struct phone *phone);
/* The user has chosen URI, for the present `purpose`. */
void screens_chosen(struct phone *phone, const char *uri);
/* A text in the present language. */
const char *screens_text(const struct phone *phone, enum text_id id);
void screens_soft(struct phone *phone, enum text_id one, enum text_id two);
/* '0' to '9', '*', '#'; 0 for the other keys. */
char screens_digit(enum hal_key key);
void screens_clock(const struct phone *phone, struct text *t);

/* ---- the lists of screens_actions.c ---- */
unsigned actions_count(const struct phone *phone);
void actions_label(const struct phone *phone, unsigned i, struct text *t);
void actions_choose(struct phone *phone, unsigned i);
unsigned ready_count(const struct phone *phone);
void ready_label(const struct phone *phone, unsigned i, struct text *t);
void ready_choose(struct phone *phone, unsigned i);

void screen_boot_draw(struct phone *phone);
void screen_idle_draw(struct phone *phone);
void screen_idle_key(struct phone *phone, enum hal_key key);
void screen_dial_draw(struct phone *phone);
void screen_dial_key(struct phone *phone, enum hal_key key);
void screen_info_draw(struct phone *phone);
void screen_info_key(struct phone *phone, enum hal_key key);
void screen_list_draw(struct phone *phone);
void screen_list_key(struct phone *phone, enum hal_key key);
void screen_message_draw(struct phone *phone);
void screen_message_key(struct phone *phone, enum hal_key key);
void screen_call_draw(struct phone *phone);
void screen_call_key(struct phone *phone, enum hal_key key);
void screen_incoming_draw(struct phone *phone);
void screen_incoming_key(struct phone *phone, enum hal_key key);
void screen_notice_draw(struct phone *phone);
void screen_notice_key(struct phone *phone, enum hal_key key);

#endif
