/*
 * What a message says of how long its session lasts: Session-Expires and
 * Min-SE, RFC 4028 4 and 5.
 */
#ifndef SIP_SESSION_INTERVAL_H
#define SIP_SESSION_INTERVAL_H

#include "msg/message.h"

#include <stdint.h>

/* 4: no session interval, and no least one, is shorter. */
#define SIP_SESSION_MIN_S 90

/* Who refreshes: the sender of the request, or of its response. */
enum sip_refresher {
	SIP_REFRESHER_NONE, /* it is not said */
	SIP_REFRESHER_UAC,
	SIP_REFRESHER_UAS,
};

struct sip_session_interval {
	uint32_t seconds;
	enum sip_refresher refresher; /* 4: any other value counts as none */
	struct str digits;            /* the seconds, a slice of the message */
};

/* The Session-Expires of M.  0, ERR_NOTFOUND (it has none), ERR_SYNTAX (it is
 * no number below 2^32). */
int sip_session_read(const struct msg *m, struct sip_session_interval *s);
/* The Min-SE of M, 0 where there is none that can be read. */
uint32_t sip_session_min(const struct msg *m);
/* M's sender supports session timers: the option tag `timer`. */
bool sip_session_supported(const struct msg *m);
/* "uac", "uas". */
const char *sip_refresher_name(enum sip_refresher r);
enum sip_refresher sip_refresher_find(struct str name);

#endif
