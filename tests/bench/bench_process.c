/*
 * A node's program in Python: the messages a second of time on the wall that it
 * gets and sends, each request asked about and answered, with all records.
 */
#include "bench.h"

#include "live/process.h"
#include "runs/drive.h"
#include "words/record_filter.h"

static double
wall_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
measure(void *arg, void *out)
{
	struct trace *t = NULL;
	struct drive_options o = { .trace = NULL };
	struct drive *drive = NULL;
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct record_filter f = RECORD_FILTER_ALL;
	double at = wall_now(), *rate = out;
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	size_t n = 0;

	if (inputs_read(&in, arg, &d) != 0)
		return 0;
	in.processes = &process_of_machine;
	in.detail = TRACE_PROTOCOL;
	if (trace_begin(&t, "t") != 0)
		return 0;
	o.trace = t;
	if (drive_begin(&drive, &in, &o, &d) != 0 ||
	    drive_through(drive, NULL, NULL, &d) != 0)
		return 0;
	drive_end(drive);
	at = wall_now() - at;
	if (record_filter_parse(
		&f, "kind=send node=server status=200", NULL, &d) != 0)
		return 0;
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		n += record_filter_match(&f, t, &rec, &scratch);
	}
	trace_destroy(t);
	inputs_free(&in);
	*rate = 2 * (double)n / at;
	return n > 0;
}

int
main(void)
{
	static char path[] = "tests/bench/process/process.gv";
	double rates[3], kib;

	for (size_t i = 0; i < 3; i++)
		if (!bench_child(
			measure, path, &rates[i], sizeof(rates[i]), &kib)) {
			fprintf(stderr, "a measurement failed\n");
			return 1;
		}
	bench_print("a program in Python", bench_median(rates, 3),
	    "messages a second", "at least 5000");
	return 0;
}
