/* Days are counted from the first of March, so that the day that a leap year
 * has more comes last.  See msg/date.h. */
#include "msg/date.h"

#include "base/err.h"

#define DAY_S 86400

static const char days[] = "ThuFriSatSunMonTueWed"; /* of 1 January 1970 on */
static const char months[] = "MarAprMayJunJulAugSepOctNovDecJanFeb";

/* The days from 1 March of the year 0 to the first of month M of YEAR. */
static int64_t
days_before(int64_t year, int m)
{
	return year * 365 + year / 4 - year / 100 + year / 400 +
	       (m * 153 + 2) / 5;
}

/* The same to 1 January 1970, which is of the year that began in March. */
static int64_t
days_to_1970(void)
{
	return days_before(1969, 10);
}

/* The month of which NAME is the short name, from March; or -1. */
static int
find_month(struct str name)
{
	for (int m = 0; m < 12; m++)
		if (str_eq(name, (struct str){ months + (size_t)m * 3, 3 }))
			return m;
	return -1;
}

/* The N digits of S from AT, which are there. */
static int
read_digits(struct str s, size_t at, size_t n)
{
	int v = 0;

	for (size_t i = at; i < at + n; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* A 0 of FORM stands for a digit, an a for anything. */
static bool
has_form(struct str s, const char *form)
{
	for (size_t i = 0; i < s.n; i++)
		if (form[i] == '0'   ? !chr_is_digit(s.p[i])
		    : form[i] == 'a' ? false
				     : s.p[i] != form[i])
			return false;
	return true;
}

int
msg_date_read(struct str value, int64_t *seconds)
{
	static const char form[] = "aaa, 00 aaa 0000 00:00:00 GMT";
	int64_t first, next, year;
	int m, day, h, min, s;

	if (value.n != sizeof(form) - 1 || !has_form(value, form))
		return ERR_SYNTAX;
	m = find_month(str_slice(value, 8, 11));
	day = read_digits(value, 5, 2);
	h = read_digits(value, 17, 2);
	min = read_digits(value, 20, 2);
	s = read_digits(value, 23, 2);
	/* January and February are the last months of the year before. */
	year = read_digits(value, 12, 4) - (m >= 10);
	if (m < 0 || year < 0 || h > 23 || min > 59 || s > 60)
		return ERR_SYNTAX;
	first = days_before(year, m);
	next = m == 11 ? days_before(year + 1, 0) : days_before(year, m + 1);
	if (day < 1 || day > next - first)
		return ERR_SYNTAX;
	*seconds = (first + day - 1 - days_to_1970()) * DAY_S + h * 3600 +
		   min * 60 + s;
	return 0;
}

void
msg_date_write(int64_t seconds, struct buf *out)
{
	int64_t s = seconds % DAY_S, n = seconds / DAY_S, all, year, weekday;
	int m = 11;

	if (s < 0) {
		s += DAY_S;
		n--;
	}
	weekday = (n % 7 + 7) % 7;
	all = n + days_to_1970();
	year = all / 365;
	while (days_before(year, 0) > all)
		year--;
	while (days_before(year, m) > all)
		m--;
	buf_printf(out, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
	    days + weekday * 3, (int)(all - days_before(year, m)) + 1,
	    months + (size_t)m * 3, (int)(year + (m >= 10)), (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60));
}
