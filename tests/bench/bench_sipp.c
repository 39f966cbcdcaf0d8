/*
 * Direct calls beside SIPp: INVITE, 180, 200, ACK, BYE and 200 by UDP between
 * two phones, both ends measured.  SIPp's are two processes on the loopback
 * with its built-in scenarios, rung's two nodes with a link in one process,
 * once with a trace of messages in a file and once without a trace.  In turns;
 * where sipp is not installed, rung is measured alone.
 *
 *	bench_sipp [CALLS]	(20000)
 */
#include "bench_world.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

#define PAIRS 3

/* So many of SIPp's calls live at once, so that none is lost in a socket's
 * buffer and its answer sent again. */
#define AT_ONCE "60"
#define BUFFER  "200000"
/* A second; more than it can make. */
#define RATE    "20000"
#define SECONDS "20"

/* ---- SIPp ---- */

/* A free port of UDP on the loopback for each of N; false when there is
 * none. */
static bool
free_ports(char (*ports)[8], size_t n)
{
	int fds[8];
	size_t made = 0;

	while (made < n) {
		struct sockaddr_in a = { .sin_family = AF_INET,
			.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
		socklen_t size = sizeof(a);
		int fd = socket(AF_INET, SOCK_DGRAM, 0);

		if (fd < 0)
			break;
		fds[made] = fd;
		if (bind(fd, (struct sockaddr *)&a, size) == 0 &&
		    getsockname(fd, (struct sockaddr *)&a, &size) == 0)
			snprintf(ports[made++], 8, "%u", ntohs(a.sin_port));
		else {
			close(fd);
			break;
		}
	}
	for (size_t i = 0; i < made; i++)
		close(fds[i]);
	return made == n;
}

/* Starts ARGV without input or output; it ends at the latest with SECONDS of
 * its own. */
static pid_t
start(const char *const *argv)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		alarm((unsigned)atoi(SECONDS) + 10);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	return pid;
}

/* Waits for PID; its processor time goes to *CPU.  False unless it ended
 * well. */
static bool
finish(pid_t pid, double *cpu)
{
	struct rusage u;
	int status;

	if (wait4(pid, &status, 0, &u) != pid)
		return false;
	*cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Seconds of processor time for CALLS calls, both ends; 0 when it failed. */
static double
run_sipp(size_t calls)
{
	enum { SIP_UAS, SIP_UAC, RTP_UAS, RTP_UAC, PORTS };
	char port[PORTS][8], count[24], to[32];
	const char *uas[] = { "sipp", "-sn", "uas", "-i", "127.0.0.1", "-p",
		port[SIP_UAS], "-mp", port[RTP_UAS], "-nostdin", "-timeout",
		SECONDS, "-buff_size", BUFFER, NULL };
	const char *uac[] = { "sipp", "-sn", "uac", to, "-i", "127.0.0.1", "-p",
		port[SIP_UAC], "-mp", port[RTP_UAC], "-nostdin", "-timeout",
		SECONDS, "-buff_size", BUFFER, "-r", RATE, "-l", AT_ONCE, "-d",
		"0", "-m", count, NULL };
	double caller, called = 0;
	pid_t server, client;
	bool ok;

	if (!free_ports(port, PORTS))
		return 0;
	snprintf(count, sizeof(count), "%zu", calls);
	snprintf(to, sizeof(to), "127.0.0.1:%s", port[SIP_UAS]);
	server = start(uas);
	if (server < 0)
		return 0;
	usleep(300000);
	client = start(uac);
	ok = client > 0 && finish(client, &caller);
	kill(server, SIGKILL);
	finish(server, &called);
	return ok ? caller + called : 0;
}

/* ---- rung ---- */

struct job {
	size_t calls;
	const char *path; /* of the trace; NULL: there is none */
};

static int
run_job(void *arg, void *out)
{
	const struct job *j = arg;
	struct bench_world b = {
		.direct = true,
		.calls = j->calls,
		.every_ns = 10 * SIM_MS,
		.hangup_ns = 0,
		.detail = TRACE_MESSAGES,
		.path = j->path,
		.untold = j->path == NULL,
	};
	double *cpu = out, start = bench_now();
	int ok = bench_world_open(&b) && bench_world_run(&b, INT64_MAX);

	if (ok)
		bench_world_close(&b);
	*cpu = bench_now() - start;
	return ok;
}

static double
run_rung(size_t calls, const char *path)
{
	struct job j = { calls, path };
	double cpu, kib;

	if (!bench_child(run_job, &j, &cpu, sizeof(cpu), &kib)) {
		fprintf(stderr, "the run failed\n");
		exit(1);
	}
	return cpu;
}

int
main(int argc, char **argv)
{
	size_t calls = argc > 1 ? (size_t)atol(argv[1]) : 20000;
	char path[] = "/tmp/bench_sipp_XXXXXX";
	double sipp[PAIRS], traced[PAIRS], bare[PAIRS];
	double traced_share[PAIRS], bare_share[PAIRS];
	int fd = mkstemp(path);
	bool beside = system("command -v sipp >/dev/null 2>&1") == 0;

	if (fd < 0)
		return 1;
	close(fd);
	if (!beside)
		printf("sipp (package sip-tester) is not installed: no "
		       "comparison\n");
	for (size_t i = 0; i < PAIRS; i++) {
		double t = beside ? run_sipp(calls) : 0;

		if (beside && t <= 0) {
			printf("sipp failed: no comparison\n");
			beside = false;
		}
		traced[i] = (double)calls / run_rung(calls, path);
		bare[i] = (double)calls / run_rung(calls, NULL);
		sipp[i] = (double)calls / t;
		traced_share[i] = traced[i] / sipp[i];
		bare_share[i] = bare[i] / sipp[i];
	}
	unlink(path);
	if (beside)
		bench_print("sipp", bench_median(sipp, PAIRS),
		    "calls a core-second", NULL);
	bench_print("direct calls, trace of messages in a file",
	    bench_median(traced, PAIRS), "calls a core-second", NULL);
	bench_print("direct calls without a trace", bench_median(bare, PAIRS),
	    "calls a core-second", NULL);
	if (beside) {
		bench_print("with its trace beside sipp",
		    bench_median(traced_share, PAIRS), "times", "at least 1");
		bench_print("without a trace beside sipp",
		    bench_median(bare_share, PAIRS), "times", "at least 1.2");
	}
	return 0;
}
