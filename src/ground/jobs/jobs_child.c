/*
 * What a job's process does: it bounds itself, works, writes what it has to say
 * into the pipe and ends.  Signals from a terminal are its parent's business,
 * and it ends with its parent.  The page, which begins no process, is made
 * without this file (assets/page/page.mk).
 */
#include "base/err.h"
#include "base/outfile.h"
#include "jobs/jobs_in.h"
#include "base/mem.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

/* Bounds that there are already stay where they are lower. */
static void
job_child_bound(int what, uint64_t soft, uint64_t hard)
{
	struct rlimit l = { RLIM_INFINITY, RLIM_INFINITY };

	getrlimit((__rlimit_resource_t)what, &l);
	l.rlim_cur = l.rlim_cur < soft ? l.rlim_cur : soft;
	l.rlim_max = l.rlim_max < hard ? l.rlim_max : hard;
	setrlimit((__rlimit_resource_t)what, &l);
}

static void
bound_all(const struct job_bounds *b)
{
	uint64_t seconds = ((uint64_t)b->cpu + 999999999) / 1000000000;

	/* The sanitizer's shadow alone takes terabytes of addresses. */
	if (b->memory > 0 && !IS_SANITIZED) {
		mem_trim();
		job_child_bound(RLIMIT_AS, b->memory, b->memory);
	}
	/* SIGXCPU first, which says why; SIGKILL a second later. */
	if (b->cpu > 0)
		job_child_bound(RLIMIT_CPU, seconds, seconds + 1);
	job_child_bound(RLIMIT_CORE, 0, 0);
}

static void
settle_child(pid_t parent)
{
	static const int ignored[] = { SIGINT, SIGHUP, SIGQUIT };
	static const int usual[] = { SIGTERM, SIGPIPE, SIGXCPU };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have ended meanwhile. */
	if (getppid() != parent)
		_exit(0);
	for (size_t i = 0; i < COUNT_OF(ignored); i++)
		signal(ignored[i], SIG_IGN);
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		signal(usual[i], SIG_DFL);
	for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
}

/* To the parent, without which there is nothing to do. */
static void
job_child_say(int fd, struct str text)
{
	if (fd_write(fd, text) != 0)
		_exit(1);
}

/* The bytes of a file that a program may write: of its complaints, too. */
#define FILE_MOST (UINT64_C(64) << 20)

/* No result may depend on a user's locale. */
static void
job_child_become(const struct job_program *p, int fd)
{
	setpgid(0, 0);
	job_child_bound(RLIMIT_FSIZE, FILE_MOST, FILE_MOST);
	signal(SIGXFSZ, SIG_DFL);
	dup2(p->in, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(p->complaints, STDERR_FILENO);
	setenv("LC_ALL", "C.UTF-8", 1);
	execvp(p->argv[0], (char *const *)p->argv);
	job_child_say(fd, str_of(err_system(errno)));
	_exit(JOB_STATUS_NOT_STARTED);
}

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

static void
job_child_live(const struct jobs *j, uint64_t job, int fd)
{
	char stack[STACK_SIZE];
	struct buf out = BUF_INIT;
	unsigned long lacked = mem_failures();
	int err;

	/* The sanitizers have handlers of their own. */
	if (!IS_SANITIZED)
		catch_crashes(stack, sizeof(stack));
	bound_all(&j->bounds);
	if (j->program != NULL)
		job_child_become(j->program, fd);
	err = j->work(j->arg, job, &out);
	if (err != 0 && err != ERR_NOMEM) {
		if (out.err == 0)
			job_child_say(fd, buf_view(&out));
		_exit(JOB_STATUS_TROUBLE);
	}
	if (err != 0 || out.err != 0 || mem_failures() > lacked)
		_exit(JOB_STATUS_NO_MEMORY);
	job_child_say(fd, buf_view(&out));
	_exit(0);
}

int
job_begin(
    const struct jobs *j, uint64_t job, pid_t *pid, int *fd, struct diag *d)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("no more processes can be begun: %s"), err_system(errno));
	*pid = fork();
	if (*pid == 0) {
		if (j->closed >= 0)
			close(j->closed);
		progress_listen(NULL, NULL);
		settle_child(parent);
		job_child_live(j, job, ends[1]);
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
