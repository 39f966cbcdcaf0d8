/*
 * What nodes take where the RFCs leave the choice, with the sections; what they
 * fix is in msg/constants.h. */
#ifndef SIP_DEFAULTS_H
#define SIP_DEFAULTS_H

#include "msg/constants.h"
#include "sim/sim.h"

#define SIP_TIMER_C_NS (181 * SIM_S) /* 16.6 step 11: more than 3 min */
#define SIP_LIST_LINES 70            /* items of a list with a line each */
#define SIP_ANSWERED   64 /* 8.2.7: rejected INVITEs that are remembered */
#define SIP_LARGE_MAX  64 /* requests kept for want of a transaction */
/* RFC 3515 2.4.4: how long a REFER's subscription lasts: as long as a proxy
 * lets a phone ring. */
#define SIP_REFER_EXPIRES_S 180
/* 18: connections outlive the longest transaction (Timer C). */
#define SIP_IDLE_NS (5 * 60 * SIM_S)
/* RFC 6665 6.3: subscriptions that a notifier keeps, at most. */
#define SIP_SUBSCRIPTIONS_MAX 1024
#define SIP_FORKS_MAX         64 /* answers of other branches that make dialogs */
/* RFC 5626 4.5: base-time (all flows have failed) and max-time. */
#define SIP_RECOVERY_BASE_NS (30 * SIM_S)
#define SIP_RECOVERY_MOST_NS (1800 * SIM_S)
/* … base-time where another flow still stands; and 4.4.1: for a pong. */
#define SIP_RECOVERY_CALM_NS (90 * SIM_S)
#define SIP_PONG_NS          (10 * SIM_S)
#define SIP_BUSY_S           30   /* Retry-After of a 503 for want of room */
#define SIP_MAX_URI          1024 /* 21.4.12: bytes of a Request-URI, else 414 */

#endif
