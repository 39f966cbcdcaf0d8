/*
 * The phone: all that it is, in one structure, and its turns, for tests too.
 */
#ifndef FIRMWARE_PHONE_PHONE_IN_H
#define FIRMWARE_PHONE_PHONE_IN_H

#include "firmware/phone/call.h"
#include "firmware/phone/media.h"
#include "firmware/phone/outbox.h"
#include "firmware/phone/panel.h"
#include "firmware/phone/phonebook.h"
#include "firmware/phone/registration.h"
#include "firmware/phone/screens.h"
#include "firmware/phone/settings.h"
#include "firmware/phone/sip.h"
#include "firmware/phone/tones.h"

#define PHONE_CALLS     4 /* two for the user, two that are still ending */
#define PHONE_REFERRALS 2

struct phone {
	struct config config;
	struct settings settings;
	struct rng rng;
	struct timers timers;
	struct link *link;
	struct sip sip;
	struct registration registration;
	struct call calls[PHONE_CALLS];
	struct referral referrals[PHONE_REFERRALS];
	struct call *active; /* the user's present call, NULL: none */
	unsigned ncalls;     /* so far */
	struct history dialled, missed, messages;
	struct outbox outbox;
	struct media media;
	struct tones tones;
	struct panel panel;
	struct screens screens;
	unsigned held; /* what hal_hold was told last */
};

/* Reads the command line, shows the boot screen, registers.  Ends by hal_panic
 * where there is no memory. */
struct phone *phone_create(void);
void phone_destroy(struct phone *phone);
/* Does all there is to do now: frames, keys, timers, sound, screen.  When the
 * next thing is due, by hal_now_us. */
uint64_t phone_step(struct phone *phone);
/* ---- agent.c: requests and responses outside of calls ---- */

extern const struct sip_ops agent_ops;

#endif
