/*
 * Which header fields a proxy may add, change or take out on a message's way:
 * the column `proxy` of RFC 3261 tables 2 and 3, and of later RFCs' tables.
 * Fields without a row there have none here.
 */
#ifndef MSG_PROXY_HEADER_RULES_H
#define MSG_PROXY_HEADER_RULES_H

#include "msg/message.h"

enum {
	MSG_PROXY_ADDS = 1,    /* "a" */
	MSG_PROXY_CHANGES = 2, /* "m" */
	MSG_PROXY_DROPS = 4,   /* "d" */
};

/*
 * What a proxy may do of its own accord to fields called NAME of M, a request
 * or a response: bits.  16.6 step 5: of a field that no table knows it may add
 * one.  The fields that 16.6 and 16.7 tell it to write (Via, Route,
 * Record-Route, Max-Forwards) it writes itself: 0.
 */
unsigned msg_proxy_may(const struct msg *m, struct str name);

#endif
