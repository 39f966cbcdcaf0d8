/*
 * libosip2's headers in the order that they want: sizes of time first.  On the
 * board they are those of Debian's armel packages, whose time_t has 32 bits.
 */
#ifndef FIRMWARE_PHONE_OSIP_H
#define FIRMWARE_PHONE_OSIP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/time.h>
#include <time.h>

#include <osip2/osip.h>
#include <osip2/osip_dialog.h>

#ifdef __arm__
_Static_assert(sizeof(struct timeval) == 8, "-D_USE_LONG_TIME_T is missing");
_Static_assert(sizeof(state_t) == 4, "-fno-short-enums is missing");
#endif

/* For libosip2's parameters that lack const, though it only reads the names. */
#define OSIP_NAME(literal) ((char *)(uintptr_t)(literal))

#endif
