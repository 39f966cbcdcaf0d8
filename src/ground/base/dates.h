/* Days of the Gregorian calendar, always in UTC. */
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include "base/buf.h"

/* Days from 1970-01-01 to that day; MONTH and DAY from 1. */
int64_t date_days(int year, int month, int day);
/* The same to the first of the month after MONTH. */
int64_t date_next_month(int year, int month);
/* The day so many DAYS after 1970-01-01; of the year 0 or later. */
void date_of_days(int64_t days, int *year, int *month, int *day);

/* S has FORM, as long as S or longer: a digit where that has a 0, anything
 * where it has an a, else its very characters. */
bool date_has_form(struct str s, const char *form);
/* The number that the N digits of S from FROM on are. */
int date_number(struct str s, size_t from, size_t n);

/* "2020-01-01", "2020-01-01T09:30:00Z", "2020-01-01T17:30:00+08:00", from 1970
 * to 2261, as ns since 1970. 0, ERR_SYNTAX or ERR_RANGE. */
int date_read(struct str s, int64_t *ns);
/* Of S, which date_read rejects: how many days its month has, where its day is
 * behind the last of them; else 0. */
int date_days_there(struct str s);
/* By how many seconds the zone of S, a date that date_read has read, is ahead
 * of UTC: 28800 of the third of these. */
int64_t date_zone(struct str s);
/* The same way back, with the time of day, without fractions of a second. */
void date_write(struct buf *b, int64_t ns);

#endif
