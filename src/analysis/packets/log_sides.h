/*
 * The parts of a log's lines beside the messages: times and addresses.
 */
#ifndef PACKETS_LOG_SIDES_H
#define PACKETS_LOG_SIDES_H

#include "base/addr.h"

/* The clock of a log whose lines may have dates, or only times. */
struct log_clock {
	int64_t t;    /* ns since 1970, or since the first day began */
	int64_t day;  /* of the last time without a date, in ns */
	int64_t last; /* that time */
	bool known;
};

/* The first time in LINE, with the date before it where there is one, becomes
 * the clock's; a line without one changes nothing.  Zones are not looked at. */
void log_time(struct log_clock *c, struct str line);

/* What a log's NAME of a transport is here: each of those over connections is
 * TCP, since the log has the text that went through it. */
uint8_t log_transport(struct str name);
/* "UDP:192.0.2.1:5060", "udp/[192.0.2.1]:5060", "192.0.2.1:5060", and with IPv6
 * addresses in brackets or without; the whole of WORD. */
bool log_addr(struct str word, struct addr *a);

/* Up to N addresses with ports out of LINE, in their order; how many. */
size_t log_addrs(struct str line, struct addr *a, size_t n);

#endif
