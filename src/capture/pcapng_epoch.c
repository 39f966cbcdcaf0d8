/* A day and a time of day, RFC 3339 without fractions and always UTC. */
#include "base/err.h"
#include "capture/pcapng_write.h"

/* The NTH group of two or four digits of TEMPLATE in S. */
static int
number(struct str s, size_t from, size_t n)
{
	int v = 0;

	for (size_t i = from; i < from + n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* Digits where the form has a '0', else its very characters. */
static bool
has_form(struct str s, const char *form)
{
	for (size_t i = 0; i < s.n; i++)
		if (form[i] == '0' ? !chr_is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	return true;
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

int
pcapng_epoch(struct str s, int64_t *ns)
{
	int year, month, day, h = 0, m = 0, sec = 0;
	int64_t days = 0;

	if ((s.n != 10 && s.n != 19 && s.n != 20) ||
	    !has_form(s, "0000-00-00T00:00:00Z"))
		return ERR_SYNTAX;
	year = number(s, 0, 4);
	month = number(s, 5, 2);
	day = number(s, 8, 2);
	if (s.n > 10) {
		h = number(s, 11, 2);
		m = number(s, 14, 2);
		sec = number(s, 17, 2);
	}
	if (year < 1970 || year > 2261 || month < 1 || month > 12 || day < 1 ||
	    day > days_of(year, month) || h > 23 || m > 59 || sec > 59)
		return ERR_RANGE;
	for (int y = 1970; y < year; y++)
		days += is_leap(y) ? 366 : 365;
	for (int i = 1; i < month; i++)
		days += days_of(year, i);
	days += day - 1;
	*ns = ((days * 24 + h) * 60 + m) * 60 + sec;
	*ns *= 1000000000;
	return 0;
}
