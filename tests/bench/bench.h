/*
 * What the benches share: the clock, medians, and a child for each measurement
 * so that its memory is its own.
 *
 * A machine that others use is noisy.  So figures are processor time, not time
 * on the wall; what is to be compared is measured in turns, and the median of
 * several pairs is given.
 */
#ifndef BENCH_H
#define BENCH_H

#include "base/mem.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* As rung does first of all. */
__attribute__((constructor)) static void
bench_use_mimalloc(void)
{
	mem_use_mimalloc();
}

/* Seconds of processor time of this process, the kernel's included. */
__attribute__((unused)) static double
bench_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
bench_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts V. */
__attribute__((unused)) static double
bench_median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), bench_compare);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* What a figure is to AIM, "at least N", "at most N" or "below N". */
static const char *
bench_verdict(double figure, const char *aim)
{
	double least, most;
	char *end;

	if (strncmp(aim, "at least ", 9) == 0) {
		least = strtod(aim + 9, &end);
		return end == aim + 9    ? ""
		       : figure >= least ? ": met"
					 : ": NOT MET";
	}
	if (strncmp(aim, "at most ", 8) == 0)
		aim += 8;
	else if (strncmp(aim, "below ", 6) == 0)
		aim += 6;
	else
		return "";
	most = strtod(aim, &end);
	return end == aim ? "" : figure <= most ? ": met" : ": NOT MET";
}

/* "name: figure unit (aim …: met)"; AIM may be NULL. */
__attribute__((unused)) static void
bench_print(const char *name, double figure, const char *unit, const char *aim)
{
	int digits = figure < 10 ? 2 : figure < 1000 ? 1 : 0;

	printf("%s: %.*f%s%s", name, digits, figure, unit[0] != '\0' ? " " : "",
	    unit);
	if (aim != NULL)
		printf(" (aim %s%s)", aim, bench_verdict(figure, aim));
	printf("\n");
	fflush(stdout);
}

typedef int bench_fn(void *arg, void *out);

/* What is measured in turns with a child that takes long. */
struct bench_turn {
	void (*run)(void *arg);
	void *arg;
	int every_ms; /* of the child, between two of these */
};

/* Until FD has something to read, the child PID waits for T now and then. */
static void
bench_take_turns(int fd, pid_t pid, const struct bench_turn *t)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	while (poll(&ready, 1, t->every_ms) == 0) {
		kill(pid, SIGSTOP);
		t->run(t->arg);
		kill(pid, SIGCONT);
	}
}

/*
 * FN(ARG, OUT) in a child: OUT, of N bytes, comes back, and in *PEAK_KIB the
 * most memory that the child had.  T is run in turns with it, while it is
 * stopped; NULL: nothing is.  False when the child failed.
 */
__attribute__((unused)) static int
bench_child_in_turns(bench_fn *fn, void *arg, void *out, size_t n,
    double *peak_kib, const struct bench_turn *t)
{
	struct rusage usage;
	int fds[2], status;
	ssize_t got;
	pid_t pid;

	fflush(stdout);
	if (pipe(fds) != 0)
		return 0;
	pid = fork();
	if (pid == 0) {
		int ok = fn(arg, out);

		_exit(ok && write(fds[1], out, n) == (ssize_t)n ? 0 : 1);
	}
	close(fds[1]);
	if (pid > 0 && t != NULL)
		bench_take_turns(fds[0], pid, t);
	got = pid > 0 ? read(fds[0], out, n) : -1;
	close(fds[0]);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return 0;
	*peak_kib = (double)usage.ru_maxrss;
	return got == (ssize_t)n && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

/* The same, nothing else beside it. */
__attribute__((unused)) static int
bench_child(bench_fn *fn, void *arg, void *out, size_t n, double *peak_kib)
{
	return bench_child_in_turns(fn, arg, out, n, peak_kib, NULL);
}

#endif
