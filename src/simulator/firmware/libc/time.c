/*
 * Time for libosip2: its timers ask gettimeofday or clock_gettime and compare
 * what they say, so both go by the time since power on, and the same code takes
 * the same time in every run.  32 bits of seconds, see glibc.h.
 */
#include "firmware/libc/glibc.h"

#include "firmware/hal.h"

#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

#ifdef __arm__
_Static_assert(sizeof(time_t) == 4, "compile with -D_USE_LONG_TIME_T");
_Static_assert(sizeof(struct timeval) == 8, "armel's timeval");
#endif

#define MILLION 1000000u

/* newlib has it where there are POSIX timers alone */
int clock_gettime(clockid_t clock, struct timespec *ts);

int
gettimeofday(struct timeval *restrict tv, void *restrict tz)
{
	uint64_t now = hal_now_us();

	(void)tz;
	tv->tv_sec = (time_t)(now / MILLION);
	tv->tv_usec = (suseconds_t)(now % MILLION);
	return 0;
}

int
clock_gettime(clockid_t clock, struct timespec *ts)
{
	uint64_t now = hal_now_us();

	(void)clock;
	ts->tv_sec = (time_t)(now / MILLION);
	ts->tv_nsec = (long)(now % MILLION) * 1000;
	return 0;
}

/* Seconds since 1970, for what a person reads. */
time_t
time(time_t *at)
{
	time_t now = (time_t)hal_clock_s();

	if (at != NULL)
		*at = now;
	return now;
}

/* libosip2's traces begin with the time of day; the board knows no zones.  The
 * date by counting from March, so that a leap day is a year's last. */
struct tm *
localtime_r(const time_t *restrict at, struct tm *restrict tm)
{
	uint32_t days = (uint32_t)*at / 86400, rest = (uint32_t)*at % 86400;
	uint32_t z = days + 719468, era = z / 146097, in_era = z % 146097;
	uint32_t year =
	    (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	uint32_t in_year = in_era - (365 * year + year / 4 - year / 100);
	uint32_t month = (5 * in_year + 2) / 153; /* 0 is March */

	*tm = (struct tm){ 0 };
	tm->tm_sec = (int)(rest % 60);
	tm->tm_min = (int)(rest / 60 % 60);
	tm->tm_hour = (int)(rest / 3600);
	tm->tm_mday = (int)(in_year - (153 * month + 2) / 5 + 1);
	tm->tm_mon = (int)((month + 2) % 12);
	tm->tm_year = (int)(year + era * 400 + (month >= 10)) - 1900;
	tm->tm_wday = (int)((days + 4) % 7);
	return tm;
}

/* osip_usleep is a select without files. */
int
select(int n, fd_set *restrict r, fd_set *restrict w, fd_set *restrict x,
    struct timeval *restrict timeout)
{
	(void)n;
	(void)r;
	(void)w;
	(void)x;
	if (timeout != NULL) {
		uint64_t until = hal_now_us() +
				 (uint64_t)timeout->tv_sec * MILLION +
				 (uint64_t)timeout->tv_usec;

		while (hal_now_us() < until)
			hal_wait(until);
	}
	return 0;
}
