/*
 * Why a call ended, as telephone networks say it (ITU-T Q.850), and what a
 * gateway makes of that in SIP, both ways (RFC 3398 7.2.4.1, 8.2.6.1).
 */
#ifndef ISUP_Q850_H
#define ISUP_Q850_H

#include "base/buf.h"
#include "isup/isup_tables.h"

#define Q850_MOST 127 /* a cause has seven bits */

/* The cause's words in the user's language; of one that has no row those of
 * its class, which are the upper three of its seven bits. */
const char *q850_words(unsigned cause);
/* The location of a cause, a number of four bits, or no location. */
#define Q850_NO_LOCATION 16
/* The location that RFC 8606 calls NAME, or Q850_NO_LOCATION. */
unsigned q850_location_named(struct str name);

/* The status that a gateway answers a REL with before the call is answered; 0:
 * none.  NUMBER: the REL has the new number with it (cause 22). */
unsigned q850_status(unsigned cause, unsigned location, bool number);
/* The cause of the REL for a final response; 0: none.  BEARER: its Warning says
 * that a bearer is not there (of 488 and 606). */
unsigned q850_cause(unsigned status, bool bearer);
/* Where that REL says it comes from (8.2.6.1). */
unsigned q850_location(unsigned status);

/* What RFC 8606 calls LOCATION, or NULL. */
const char *q850_location_name(unsigned location);

/* What a cause is, who says it and what a gateway makes of it, with the
 * clauses, a sentence and '\n' each, in the user's language, appended.  NUMBER:
 * as in q850_status. */
void q850_say(unsigned cause, unsigned location, bool number, struct buf *out);

/* The contents of cause indicators (Q.763 3.12). */
struct q850_indicators {
	uint8_t coding; /* 0: ITU-T */
	uint8_t location;
	uint8_t cause;
	struct str diagnostics;
};
/* False: VALUE is too short. */
bool q850_read(struct str value, struct q850_indicators *c);
void q850_write(const struct q850_indicators *c, struct buf *out);

#endif
