/*
 * What a job's process does: it works, writes what it has to say into the pipe
 * and ends; or it becomes a program.  The page, which begins no process, is
 * made without this file (assets/page/page.mk).
 */
#include "base/err.h"
#include "base/outfile.h"
#include "jobs/jobs_in.h"
#include "base/mem.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* To the parent, without which there is nothing to do. */
static void
job_child_say(int fd, struct str text)
{
	if (fd_write(fd, text) != 0)
		_exit(1);
}

/* The bytes of a file that a program may write: of its complaints as well. */
#define FILE_MOST (UINT64_C(64) << 20)

/* Of the handler of a crash. */
#define STACK_SIZE 65536
/* The most that libraries ask for at once: the arena of a thread. */
#define MEMORY_ASKED (UINT64_C(128) << 20)

/* Libraries end their process where there is no memory. */
static void
tell_crash(int sig)
{
	if (mem_room_least() < MEMORY_ASKED)
		_exit(JOB_STATUS_NO_MEMORY);
	signal(sig, SIG_DFL);
	raise(sig);
}

/* On a STACK of its own, since another may have no room to grow. */
static void
catch_crashes(void *stack, size_t size)
{
	static const int crashes[] = { SIGABRT, SIGBUS, SIGSEGV, SIGTRAP };
	const stack_t own = { .ss_sp = stack, .ss_size = size };
	const struct sigaction act = { .sa_handler = tell_crash,
		.sa_flags = SA_ONSTACK | SA_NODEFER };

	sigaltstack(&own, NULL);
	for (size_t i = 0; i < COUNT_OF(crashes); i++)
		sigaction(crashes[i], &act, NULL);
}

struct job_life {
	const struct jobs *j;
	uint64_t job;
	int fd;
	/* Of the handler; it lies in the parent's frame, whose pages the child
	 * has before it is bounded. */
	char stack[STACK_SIZE];
};

static void
job_child_live(void *arg)
{
	struct job_life *l = arg;
	struct buf out = BUF_INIT;
	unsigned long lacked = mem_failures();
	int err;

	if (l->j->closed >= 0)
		close(l->j->closed);
	progress_listen(NULL, NULL);
	/* The sanitizers have handlers of their own. */
	if (!MEM_IS_SANITIZED)
		catch_crashes(l->stack, sizeof(l->stack));
	err = l->j->work(l->j->arg, l->job, &out);
	if (err != 0 && err != ERR_NOMEM) {
		if (out.err == 0)
			job_child_say(l->fd, buf_view(&out));
		_exit(JOB_STATUS_TROUBLE);
	}
	if (err != 0 || out.err != 0 || mem_failures() > lacked)
		_exit(JOB_STATUS_NO_MEMORY);
	job_child_say(l->fd, buf_view(&out));
}

int
job_begin(const struct jobs *j, uint64_t job, struct child *c, int *fd)
{
	const struct job_bounds *b = &j->bounds;
	struct job_life life = { .j = j, .job = job };
	const struct child_limit limits[] = {
		{ RLIMIT_AS, b->memory > 0 ? b->memory : RLIM_INFINITY },
		{ RLIMIT_CPU, b->cpu > 0
				  ? ((uint64_t)b->cpu + 999999999) / 1000000000
				  : RLIM_INFINITY },
		{ RLIMIT_FSIZE,
		    j->program != NULL ? FILE_MOST : RLIM_INFINITY },
	};
	struct child_plan plan = { .live = job_child_live,
		.arg = &life,
		.in = CHILD_NULL,
		.out = CHILD_NULL,
		.errors = CHILD_NULL };
	int ends[2], err;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return errno;
	life.fd = ends[1];
	if (j->program != NULL) {
		plan = *j->program;
		plan.out = ends[1];
	}
	plan.limits = limits;
	plan.nlimits = COUNT_OF(limits);
	err = child_begin(c, &plan);
	close(ends[1]);
	if (err != 0)
		close(ends[0]);
	*fd = ends[0];
	return err;
}
