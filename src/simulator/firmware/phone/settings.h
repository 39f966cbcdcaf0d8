/*
 * What can be changed with the keys.  It starts as the command line says and
 * lasts until the phone is switched off.
 */
#ifndef FIRMWARE_PHONE_SETTINGS_H
#define FIRMWARE_PHONE_SETTINGS_H

#include "firmware/phone/config.h"

struct settings {
	enum language language;
	int answer_s; /* -1: by hand */
	bool registers;
};

void settings_start(struct settings *s, const struct config *c);
/* The next of the times after which a call is answered: by hand, 0, 2, 5 s. */
void settings_next_answer(struct settings *s);

#endif
