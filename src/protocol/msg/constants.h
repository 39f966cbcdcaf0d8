/*
 * The constants that RFC 3261 and others give, once for nodes, judges and
 * firmware: sizes, usual values, and times (RFC 3261, table 4), these in
 * milliseconds, and on the clocks of the simulator and of traces, which count
 * nanoseconds.  libosip2 has the machines' compiled in; a test holds the two
 * together.
 */
#ifndef MSG_CONSTANTS_H
#define MSG_CONSTANTS_H

#include <stdint.h>

/* 8.1.1.7: with it every branch of RFC 3261 begins. */
#define SIP_COOKIE "z9hG4bK"

#define SIP_UDP_SIZE     1300 /* 18.1.1: a request by UDP, MTU unknown */
#define SIP_MTU_ROOM     200  /* 18.1.1: what it leaves of the path MTU */
#define SIP_MAX_FORWARDS 70   /* 8.1.1.6 */
#define SIP_MAX_BREADTH  60   /* RFC 5393 5.3.3 */
#define SIP_EXPIRES_S    3600 /* 10.2: a registration's usual life */

#define SIP_T1_MS     500              /* 17.1.1.1: round trip estimate */
#define SIP_T2_MS     4000             /* 17.1.2.2: longest interval */
#define SIP_T4_MS     5000             /* 17.1.2.2: life of a message */
#define SIP_64T1_MS   (64 * SIP_T1_MS) /* Timers B, F, H, J, L, M, N */
#define SIP_D_MS      32000            /* 17.1.1.2: at least 32 s */
#define SIP_TRYING_MS 200              /* 17.2.1: then a 100 goes out */
#define SIP_AGAIN_MS  60000            /* 13.3.1.1: a 1xx comes again */

#define SIP_AGAIN_RELIABLE_MS 150000 /* RFC 3262 3 */

/* RFC 1035 4.2.1: at least 2 to 5 s. */
#define TIME_DNS_RETRY_MS 2000
/* RFC 8305 3: how long a host waits for IPv6 that knows of IPv4. */
#define TIME_RESOLUTION_DELAY_MS 50
/* 5: until another connection is tried beside one that is not made. */
#define TIME_ATTEMPT_DELAY_MS 250

/* RFC 8489 6.2.1: the first wait, how often a request is sent, and how many
 * times the first wait the last one is. */
#define TIME_STUN_RTO_MS 500
#define TIME_STUN_RC     7
#define TIME_STUN_RM     16

/* Timers of ISUP (ITU-T Q.764 annex A): their lower bounds; of T1 and its like
 * the first wait, of T5 and its like the time until maintenance is alarmed. */
#define TIME_ISUP_T1_MS  15000
#define TIME_ISUP_T5_MS  300000
#define TIME_ISUP_T6_MS  60000
#define TIME_ISUP_T7_MS  20000
#define TIME_ISUP_T8_MS  10000
#define TIME_ISUP_T9_MS  90000
#define TIME_ISUP_T10_MS 5000
#define TIME_ISUP_T11_MS 15000

#define SIP_MS_NS           INT64_C(1000000)
#define SIP_T1_NS           (SIP_T1_MS * SIP_MS_NS)
#define SIP_T2_NS           (SIP_T2_MS * SIP_MS_NS)
#define SIP_T4_NS           (SIP_T4_MS * SIP_MS_NS)
#define SIP_64T1_NS         (SIP_64T1_MS * SIP_MS_NS)
#define SIP_TRYING_NS       (SIP_TRYING_MS * SIP_MS_NS)
#define SIP_1XX_AGAIN_NS    (SIP_AGAIN_MS * SIP_MS_NS)
#define SIP_1XX_RELIABLE_NS (SIP_AGAIN_RELIABLE_MS * SIP_MS_NS)

#endif
