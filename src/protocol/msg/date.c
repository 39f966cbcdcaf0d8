/* See msg/date.h. */
#include "msg/date.h"

#include "base/dates.h"
#include "base/err.h"

#define DAY_S 86400

static const char days[] = "ThuFriSatSunMonTueWed"; /* of 1 January 1970 on */
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* The month, from 1, of which NAME is the short name; or 0. */
static int
find_month(struct str name)
{
	for (int m = 12; m > 0; m--)
		if (str_eq(name, (struct str){ months + m * 3 - 3, 3 }))
			return m;
	return 0;
}

int
msg_date_read(struct str value, int64_t *seconds)
{
	static const char form[] = "aaa, 00 aaa 0000 00:00:00 GMT";
	int year, m, day, h, min, s;

	if (value.n != sizeof(form) - 1 || !date_has_form(value, form))
		return ERR_SYNTAX;
	day = date_number(value, 5, 2);
	m = find_month(str_slice(value, 8, 11));
	year = date_number(value, 12, 4);
	h = date_number(value, 17, 2);
	min = date_number(value, 20, 2);
	s = date_number(value, 23, 2);
	/* Days are counted from 1 March of the year 0. */
	if (m == 0 || (year == 0 && m < 3) || h > 23 || min > 59 || s > 60 ||
	    day < 1 || date_days(year, m, day) >= date_next_month(year, m))
		return ERR_SYNTAX;
	*seconds = date_days(year, m, day) * DAY_S + h * 3600 + min * 60 + s;
	return 0;
}

void
msg_date_write(int64_t seconds, struct buf *out)
{
	int64_t s = (seconds % DAY_S + DAY_S) % DAY_S;
	int64_t n = (seconds - s) / DAY_S;
	int year, m, day;

	date_of_days(n, &year, &m, &day);
	buf_printf(out, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
	    days + (n % 7 + 7) % 7 * 3, day, months + m * 3 - 3, year,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}
