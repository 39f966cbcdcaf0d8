/* Days of the Gregorian calendar, always in UTC. */
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include "base/buf.h"

/* Days from 1970-01-01 to that day; MONTH and DAY from 1. */
int64_t date_days(int year, int month, int day);

/* "2020-01-01", "2020-01-01T09:30:00Z", "2020-01-01T17:30:00+08:00", from 1970
 * to 2261, as ns since 1970. 0, ERR_SYNTAX or ERR_RANGE. */
int date_read(struct str s, int64_t *ns);
/* The same way back, with the time of day, without fractions of a second. */
void date_write(struct buf *b, int64_t ns);

#endif
