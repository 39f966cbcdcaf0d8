/*
 * Cameras of GB/T 28181 that keep themselves alive with one platform: what a
 * keep-alive costs where there are 500, and where there are 5,000; and their
 * hour.
 */
#include "bench_fleet.h"

#define FEW   ((size_t)500)
#define MANY  ((size_t)5000)
#define ROUND 3

static void
fail(void)
{
	fprintf(stderr, "bench_cameras: the cameras do not go on\n");
	exit(1);
}

/* Processor microseconds of one of MINUTES keep-alives of CAMERAS, of which
 * *HOUR, where it is not NULL, is all that of an hour. */
static double
keep_alive(size_t cameras, unsigned minutes, double *hour)
{
	struct bench_fleet f;
	double begun = bench_now(), t;

	if (!fleet_open(&f, cameras))
		fail();
	t = bench_now();
	if (!fleet_run(&f, FLEET_BEGUN + minutes * FLEET_EVERY))
		fail();
	t = bench_now() - t;
	if (hour != NULL && !fleet_run(&f, 60 * FLEET_EVERY))
		fail();
	if (hour != NULL)
		*hour = bench_now() - begun;
	fleet_close(&f);
	return t * 1e6 / (double)(cameras * minutes);
}

int
main(void)
{
	double few[ROUND], share[ROUND], hour;

	for (unsigned i = 0; i < ROUND; i++) {
		few[i] = keep_alive(FEW, 20, NULL);
		share[i] = keep_alive(MANY, 2, i == 0 ? &hour : NULL) / few[i];
	}
	bench_print("a keep-alive of one of 500 cameras",
	    bench_median(few, ROUND), "us", "");
	bench_print("… of one of 5,000, beside that",
	    bench_median(share, ROUND), "times", "at most 1.1");
	bench_print("an hour of 5,000 cameras", hour, "s", "");
	return 0;
}
