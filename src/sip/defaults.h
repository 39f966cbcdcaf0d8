/*
 * Every number the protocol leaves to be known: RFC 3261 table 4 and the
 * sections named.  T1, T2 and T4 are compiled into libosip2 with the same
 * values; a test holds the two together.
 */
#ifndef SIP_DEFAULTS_H
#define SIP_DEFAULTS_H

#include "sim/sim.h"

#define SIP_PORT         5060             /* 19.1.2 */
#define SIP_T1_NS        (500 * SIM_MS)   /* 17.1.1.1: round trip estimate */
#define SIP_T2_NS        (4 * SIM_S)      /* 17.1.2.2: longest interval */
#define SIP_T4_NS        (5 * SIM_S)      /* 17.1.2.2: life of a message */
#define SIP_64T1_NS      (64 * SIP_T1_NS) /* Timers B, F, H, J, L, M */
#define SIP_TIMER_C_NS   (181 * SIM_S)    /* 16.6 step 11: more than 3 min */
#define SIP_MAX_FORWARDS 70               /* 8.1.1.6 */
#define SIP_EXPIRES_S    3600 /* 10.2: a registration's usual life */
#define SIP_MAX_VALUES   256  /* values of one list header field */

/* 8.1.1.7: what every branch of RFC 3261 starts with. */
#define SIP_COOKIE "z9hG4bK"

#endif
