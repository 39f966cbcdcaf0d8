/*
 * What a run's process does: it bounds itself, runs, writes its result into the
 * pipe and ends.  Signals from a terminal are its parent's business, and it
 * ends with its parent.
 */
#include "sweep/child.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "sweep/work.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#define IS_SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

static void
bound(int what, uint64_t soft, uint64_t hard)
{
	struct rlimit l = { .rlim_cur = soft, .rlim_max = hard };

	setrlimit((__rlimit_resource_t)what, &l);
}

/* Addresses that an emulated board reserves, whatever it uses of them. */
#define BOARD_ROOM ((uint64_t)5 << 28)

static void
bound_all(const struct experiment *e)
{
	const struct sweep_bounds *b = &e->bounds;
	uint64_t memory = b->memory + e->boards * BOARD_ROOM;
	uint64_t seconds = ((uint64_t)b->cpu + 999999999) / 1000000000;

	/* The sanitizer's shadow alone takes terabytes of addresses. */
	if (b->memory > 0 && !IS_SANITIZED)
		bound(RLIMIT_AS, memory, memory);
	/* SIGXCPU first, which says why; SIGKILL a second later. */
	if (b->cpu > 0)
		bound(RLIMIT_CPU, seconds, seconds + 1);
	bound(RLIMIT_CORE, 0, 0);
}

static void
settle(pid_t parent)
{
	static const int ignored[] = { SIGINT, SIGHUP, SIGQUIT };
	static const int usual[] = { SIGTERM, SIGPIPE };
	int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have ended meanwhile. */
	if (getppid() != parent)
		_exit(0);
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		signal(usual[i], SIG_DFL);
	for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
}

static void
write_line(int fd, struct str line)
{
	while (line.n > 0) {
		ssize_t n = write(fd, line.p, line.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			_exit(1);
		line = str_slice(line, (size_t)n, line.n);
	}
}

static void
live(const struct child_task *task, int fd)
{
	struct sweep_result r;
	struct buf line = BUF_INIT, trace = BUF_INIT;

	memset(&r, 0, sizeof(r));
	bound_all(task->e);
	if (task->keep)
		buf_printf(&trace, "%s/traces/%zu-%llu.jsonl", task->folder,
		    task->point, (unsigned long long)task->seed);
	sweep_run_once(task->e, task->point, task->seed,
	    task->keep ? buf_cstr(&trace) : NULL, &r);
	sweep_result_write(&r, task->e->id, &line);
	if (line.n > SWEEP_LINE_MAX) {
		sweep_result_clear(&r);
		r.end = SWEEP_ERROR;
		buf_puts(&r.what, _("it made too many calls"));
		buf_clear(&line);
		sweep_result_write(&r, task->e->id, &line);
	}
	if (line.err != 0 || (mem_failures() > 0 && r.end != SWEEP_MEMORY))
		_exit(CHILD_NO_MEMORY);
	write_line(fd, buf_view(&line));
	_exit(0);
}

int
child_begin(const struct child_task *task, pid_t *pid, int *fd, struct diag *d)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("no more processes can be begun: %s"), err_system(errno));
	*pid = fork();
	if (*pid == 0) {
		close(task->results);
		progress_listen(NULL, NULL);
		settle(parent);
		live(task, ends[1]);
	}
	close(ends[1]);
	if (*pid < 0) {
		close(ends[0]);
		return diag_set(d, ERR_IO, NULL, 0,
		    _("no more processes can be begun: %s"), err_system(errno));
	}
	*fd = ends[0];
	return 0;
}
