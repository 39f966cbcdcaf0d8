/*
 * What the phone tells an observer, who can't see it from outside: the lines
 * of firmware/README.md, "What it reports".  And the console's.
 */
#ifndef FIRMWARE_PHONE_REPORT_H
#define FIRMWARE_PHONE_REPORT_H

#include "firmware/hal.h"
#include "firmware/phone/osip.h"

struct tx;

void report_call(
    unsigned id, const char *state, const char *peer, const char *call_id);
void report_registration(const char *state, const char *event);
/* A request of N bytes is too large for UDP and goes to TO by TCP. */
void report_size(
    const osip_message_t *request, size_t n, uint32_t ip, uint16_t port);
void report_fsm(const struct tx *tx, const char *from, const char *event);
/* MS: how long it runs; 0 where it fires or stops. */
void report_timer(
    const struct tx *tx, const char *name, const char *what, uint32_t ms);
/* A line to the console: WHAT, and behind a space MORE where it is not NULL. */
void report_log(const char *what, const char *more);

#endif
