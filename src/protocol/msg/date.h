/* The value of Date: RFC 3261 20.17, as rfc1123-date of 25.1 writes it. */
#ifndef MSG_DATE_H
#define MSG_DATE_H

#include "base/buf.h"

/* "Sat, 13 Nov 2010 23:29:00 GMT" as seconds since 1970.  0 or ERR_SYNTAX: it
 * has another form, or there is no such day. */
int msg_date_read(struct str value, int64_t *seconds);
/* SECONDS are those of a year from 0 to 9999. */
void msg_date_write(int64_t seconds, struct buf *out);

#endif
