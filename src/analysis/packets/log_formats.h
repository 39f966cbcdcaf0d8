/*
 * The lines that come before a message in the logs of SIP servers, one row for
 * each way of writing them.
 */
#ifndef PACKETS_LOG_FORMATS_H
#define PACKETS_LOG_FORMATS_H

#include "packets/log_sides.h"

enum log_way {
	LOG_UNKNOWN,  /* the messages themselves have to say it */
	LOG_IN,       /* the side that writes the log received it */
	LOG_OUT,      /* … sent it */
	LOG_BETWEEN,  /* both addresses are known */
	LOG_ONE_SIDE, /* one is, and the message has to say which side's */
};

struct log_head {
	enum log_way way;
	struct addr peer;     /* of LOG_IN, LOG_OUT, LOG_ONE_SIDE; may be none,
				 but of the last */
	struct addr src, dst; /* of LOG_BETWEEN */
	bool single; /* no peer is named, but it is one and the same for all */
	bool dump;   /* bytes of packets' heads stand before the message */
	bool sure;   /* such a line is never part of a message: it ends the one
			before */
};

/* LINE, with or without what the logger puts before it, announces a message: *H
 * says between whom. */
bool log_head_read(struct str line, struct log_head *h);

/* A line between messages: nothing but dashes, or them in "<" and ">". */
bool log_is_rule(struct str line);

#endif
