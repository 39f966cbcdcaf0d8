/*
 * What the stacks of a simulation's nodes share: the recent messages, and
 * libosip2 with its memory.
 */
#ifndef SIP_ENGINE_H
#define SIP_ENGINE_H

#include "msg/message.h"
#include "sip/bytes.h"

struct sip_engine;

/* Borrows SIM. 0 or ERR_NOMEM. */
int sip_engine_create(struct sip_engine **e, struct sim *sim);
void sip_engine_destroy(struct sip_engine *e);

/* The library's version, "5.3.0"; static. */
const char *sip_engine_version(void);

/*
 * Before every call into libosip2: reserves its memory.  0 or ERR_NOMEM (the
 * run then stops).
 */
int sip_engine_enter(struct sip_engine *e);

/* M reads B, without walking through it again where this was done lately.
 * MSG_FAULT_NONE, or why B is not a message (msg_read). */
enum msg_fault
sip_read(struct sip_engine *e, struct sip_bytes *b, struct msg *m);

#endif
