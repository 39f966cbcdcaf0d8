/*
 * Captures: a file of many calls by UDP, seven messages each, read into the
 * index; each of its messages parsed then; its calls listed; and the same file
 * in sngrep and tshark, where they are installed.
 *
 *	build/bench/capture [CALLS]        (30000)
 */
#include "bench.h"
#include "fixtures/capture_many.h"

#include "inference/calls.h"
#include "msg/message.h"

#include <fcntl.h>

static struct msg msg;

struct figures {
	double index, parse, list, peak;
	size_t messages;
};

/* An empty child: what memory a process has in any case. */
static int
nothing(void *arg, void *out)
{
	(void)arg;
	(void)out;
	return 1;
}

static int
read_capture(void *arg, void *out)
{
	struct figures *f = out;
	struct capture *c;
	double t = bench_now();

	if (capture_open(&c, arg, NULL, NULL) != 0)
		return 0;
	f->index = bench_now() - t;
	f->messages = capture_count(c);
	capture_close(c);
	return 1;
}

static int
parse_capture(void *arg, void *out)
{
	struct figures *f = out;
	struct capture *c;
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT;
	double t = bench_now();

	f->messages = 0;
	if (capture_open(&c, arg, NULL, NULL) != 0)
		return 0;
	for (size_t i = 0; i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		f->messages += msg_read(&msg, m.bytes, NULL) == MSG_FAULT_NONE;
	}
	f->parse = bench_now() - t;
	capture_close(c);
	return 1;
}

static int
count_call(const struct capture_call *c, void *arg)
{
	(void)c;
	++*(size_t *)arg;
	return 0;
}

static int
list_calls(void *arg, void *out)
{
	struct figures *f = out;
	struct address_names *names;
	struct capture_reader reader;
	struct capture *c;
	size_t calls = 0;
	double t = bench_now();

	if (capture_open(&c, arg, NULL, NULL) != 0 ||
	    address_names_create(&names) != 0)
		return 0;
	reader = capture_reader_of(c);
	if (capture_calls(&reader, names, count_call, &calls, NULL) != 0)
		return 0;
	f->list = bench_now() - t;
	f->messages = capture_count(c);
	address_names_destroy(names);
	capture_close(c);
	return calls > 0;
}

/* Runs ARGV without output; its processor time, 0 where it can't be run. */
static double
run(const char *const *argv, double *peak_kib)
{
	struct rusage u;
	int status, null = open("/dev/null", O_RDWR);
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(null);
	if (pid < 0 || wait4(pid, &status, 0, &u) != pid ||
	    !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return 0;
	*peak_kib = (double)u.ru_maxrss;
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void
compare(const char *path, unsigned calls, const struct figures *own)
{
	char limit[16];
	const char *sngrep[] = { "sngrep", "-N", "-q", "-l", limit, "-I", path,
		NULL };
	const char *tshark[] = { "tshark", "-n", "-q", "-r", path, "-z",
		"io,stat,0,sip", NULL };
	double n = (double)calls * MADE_MESSAGES, t, peak;

	snprintf(limit, sizeof(limit), "%u", calls * 2);
	t = run(sngrep, &peak);
	if (t > 0) {
		bench_print("sngrep", n / t, "messages/s", NULL);
		bench_print("sngrep, memory", peak * 1024 / calls,
		    "bytes a call", NULL);
		bench_print("indexing beside sngrep", t / own->index,
		    "times as fast", "at least 15");
		bench_print("parsing too beside sngrep", t / own->parse,
		    "times as fast", "at least 4");
		bench_print("memory beside sngrep", own->peak / peak, "of it",
		    "at most 0.1");
	}
	t = run(tshark, &peak);
	if (t > 0) {
		bench_print("tshark", n / t, "messages/s", NULL);
		bench_print("indexing beside tshark", t / own->index,
		    "times as fast", NULL);
	}
}

static double
best(bench_fn *fn, const char *path, struct figures *f, double *peak)
{
	double v[3];

	for (int i = 0; i < 3; i++) {
		if (!bench_child(
			fn, (void *)(uintptr_t)path, f, sizeof(*f), peak))
			return 0;
		v[i] = fn == read_capture    ? f->index
		       : fn == parse_capture ? f->parse
					     : f->list;
	}
	return bench_median(v, 3);
}

int
main(int argc, char **argv)
{
	unsigned calls =
	    argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 30000;
	char path[] = "/tmp/rung-bench-XXXXXX";
	struct figures f = { 0 };
	int fd = mkstemp(path), status = 1;
	double base, peak;

	if (fd < 0)
		return 1;
	close(fd);
	if (!made_many(path, calls) ||
	    !bench_child(nothing, NULL, &f, sizeof(f), &base))
		goto out;
	f.index = best(read_capture, path, &f, &peak);
	f.peak = peak - base;
	bench_print(
	    "indexing", (double)f.messages / f.index, "messages/s", NULL);
	bench_print(
	    "memory", f.peak * 1024 / calls, "bytes a call", "at most 750");
	f.parse = best(parse_capture, path, &f, &peak);
	bench_print("indexing and parsing", (double)f.messages / f.parse,
	    "messages/s", NULL);
	if (f.messages != (size_t)calls * MADE_MESSAGES)
		printf("only %zu messages\n", f.messages);
	f.list = best(list_calls, path, &f, &peak);
	bench_print("listing the calls", (double)f.messages / f.list,
	    "messages/s", NULL);
	bench_print("listing beside indexing and parsing", f.list / f.parse,
	    "times", "at most 4");
	bench_print("listing, memory",
	    (peak - base) * 1024 / (double)f.messages, "bytes a message",
	    "at most 500");
	compare(path, calls, &f);
	status = 0;
out:
	unlink(path);
	return status;
}
