/* Dates and times of day as RFC 3339 writes them. */
#include "base/dates.h"

#include "base/err.h"

#define SECOND_NS 1000000000

int64_t
date_days(int year, int month, int day)
{
	int64_t y = year - (month <= 2), era = y / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	/* A year begins in March, an era of 400 years with 0000-03-01. */
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

int64_t
date_next_month(int year, int month)
{
	return month < 12 ? date_days(year, month + 1, 1)
			  : date_days(year + 1, 1, 1);
}

int
date_number(struct str s, size_t from, size_t n)
{
	int v = 0;

	for (size_t i = from; i < from + n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

bool
date_has_form(struct str s, const char *form)
{
	for (size_t i = 0; i < s.n; i++)
		if (form[i] == '0' ? !chr_is_digit(s.p[i])
				   : form[i] != 'a' && s.p[i] != form[i])
			return false;
	return true;
}

void
date_of_days(int64_t days, int *year, int *month, int *day)
{
	/* No later than the year is. */
	*year = (int)(1970 + (days < 0 ? days / 365 - 1 : days / 366));
	*month = 1;
	while (date_days(*year + 1, 1, 1) <= days)
		++*year;
	while (date_next_month(*year, *month) <= days)
		++*month;
	*day = (int)(days - date_days(*year, *month, 1)) + 1;
}

static int
read_utc(struct str s, int64_t *ns)
{
	int year, month, day, h = 0, m = 0, sec = 0;

	if ((s.n != 10 && s.n != 19 && s.n != 20) ||
	    !date_has_form(s, "0000-00-00T00:00:00Z"))
		return ERR_SYNTAX;
	year = date_number(s, 0, 4);
	month = date_number(s, 5, 2);
	day = date_number(s, 8, 2);
	if (s.n > 10) {
		h = date_number(s, 11, 2);
		m = date_number(s, 14, 2);
		sec = date_number(s, 17, 2);
	}
	if (year < 1970 || year > 2261 || month < 1 || month > 12 || day < 1 ||
	    date_days(year, month, day) >= date_next_month(year, month) ||
	    h > 23 || m > 59 || sec > 59)
		return ERR_RANGE;
	*ns = ((date_days(year, month, day) * 24 + h) * 60 + m) * 60 + sec;
	*ns *= SECOND_NS;
	return 0;
}

int
date_days_there(struct str s)
{
	int year, month, days;

	if (s.n < 10 || !date_has_form(str_slice(s, 0, 10), "0000-00-00"))
		return 0;
	year = date_number(s, 0, 4);
	month = date_number(s, 5, 2);
	if (month < 1 || month > 12)
		return 0;
	days = (int)(date_next_month(year, month) - date_days(year, month, 1));
	return date_number(s, 8, 2) > days ? days : 0;
}

int64_t
date_zone(struct str s)
{
	struct str zone = str_slice(s, 19, s.n);
	int minutes;

	if (s.n != 25)
		return 0;
	minutes = date_number(zone, 1, 2) * 60 + date_number(zone, 4, 2);
	return (zone.p[0] == '-' ? -1 : 1) * minutes * 60;
}

int
date_read(struct str s, int64_t *ns)
{
	struct str zone = str_slice(s, 19, s.n);
	int err;

	if (s.n != 25)
		return read_utc(s, ns);
	if (!date_has_form(zone, zone.p[0] == '-' ? "-00:00" : "+00:00"))
		return ERR_SYNTAX;
	if (date_number(zone, 1, 2) > 23 || date_number(zone, 4, 2) > 59)
		return ERR_RANGE;
	err = read_utc(str_slice(s, 0, 19), ns);
	if (err == 0)
		*ns -= date_zone(s) * (int64_t)SECOND_NS;
	return err == 0 && *ns < 0 ? ERR_RANGE : err;
}

void
date_write(struct buf *b, int64_t ns)
{
	int64_t s = ns / SECOND_NS % 86400;
	int year, month, day;

	date_of_days(ns / SECOND_NS / 86400, &year, &month, &day);
	buf_printf(b, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}
