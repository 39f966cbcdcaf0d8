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
#define SIP_TRYING_NS    (200 * SIM_MS)   /* 17.2.1: then a 100 goes out */
#define SIP_TIMER_C_NS   (181 * SIM_S)    /* 16.6 step 11: more than 3 min */
#define SIP_MAX_FORWARDS 70               /* 8.1.1.6 */
#define SIP_MAX_BREADTH  60               /* RFC 5393 5.3.3 */
#define SIP_EXPIRES_S    3600 /* 10.2: a registration's usual life */
#define SIP_LIST_LINES   70   /* of a list, those that get a line each */
#define SIP_UDP_SIZE     1300 /* 18.1.1: a request by UDP, MTU unknown */
#define SIP_MTU_ROOM     200  /* 18.1.1: what it leaves of the path MTU */
#define SIP_ANSWERED     64   /* 8.2.7: refused INVITEs that are remembered */
#define SIP_LARGE_MAX    64   /* requests kept for want of a transaction */
/* RFC 3515 2.4.4: how long news of a transfer are promised: as long as a proxy
 * lets a phone ring. */
#define SIP_REFER_EXPIRES_S 180
/* 18: connections outlive the longest transaction (Timer C). */
#define SIP_IDLE_NS (5 * 60 * SIM_S)
#define SIP_MAX_URI 1024 /* 21.4.12: bytes of a Request-URI, else 414 */

/* 8.1.1.7: what every branch of RFC 3261 starts with. */
#define SIP_COOKIE "z9hG4bK"

#endif
