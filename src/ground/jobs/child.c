/* How a process is begun and ended; see jobs/child.h. */
#include "jobs/child.h"

#include "base/mem.h"
#include "base/str.h"
#include "jobs/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILES 3
/* A keeper that has ended nothing by then has itself been ended. */
#define KEEPER_MS 10000

static int
child_take_files(const struct child_plan *p)
{
	const int given[FILES] = { p->in, p->out, p->errors };

	for (int i = 0; i < FILES; i++) {
		int fd = given[i] == CHILD_SAME    ? i
			 : given[i] == CHILD_NULL  ? open("/dev/null", O_RDWR)
			 : given[i] == CHILD_INPUT ? STDIN_FILENO
						   : given[i];

		if (fd < 0 || (fd != i && dup2(fd, i) < 0))
			return errno;
		if (given[i] == CHILD_NULL)
			close(fd);
	}
	return 0;
}

/* A full disk ends a program; LIVE, a function of this process, says so. */
static void
child_take_signals(bool terminal, bool live)
{
	static const int usual[] = { SIGTERM, SIGPIPE, SIGXCPU };

	if (!live)
		signal(SIGXFSZ, SIG_DFL);
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		signal(usual[i], SIG_DFL);
	signal(SIGINT, terminal ? SIG_DFL : SIG_IGN);
	signal(SIGQUIT, terminal ? SIG_DFL : SIG_IGN);
	if (!terminal)
		signal(SIGHUP, SIG_IGN);
}

static void
child_limit(int what, uint64_t most)
{
	uint64_t hard = most + (what == RLIMIT_CPU && most < RLIM_INFINITY);
	struct rlimit l = { RLIM_INFINITY, RLIM_INFINITY };

	getrlimit((__rlimit_resource_t)what, &l);
	l.rlim_cur = l.rlim_cur < most ? l.rlim_cur : most;
	l.rlim_max = l.rlim_max < hard ? l.rlim_max : hard;
	setrlimit((__rlimit_resource_t)what, &l);
}

static void
child_take_limits(const struct child_plan *p)
{
	for (size_t i = 0; i < p->nlimits; i++) {
		if (p->limits[i].what == RLIMIT_AS && p->live != NULL) {
			/* The sanitizer's shadow has terabytes of addresses. */
			if (MEM_IS_SANITIZED)
				continue;
			mem_trim();
		}
		child_limit(p->limits[i].what, p->limits[i].most);
	}
	child_limit(RLIMIT_CORE, 0);
}

/* The child becomes what P says; returns with errno if it can't. */
static int
child_settle(const struct child_plan *p, pid_t parent)
{
	int err;

	if (!p->terminal)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have ended meanwhile. */
	if (getppid() != parent)
		_exit(0);
	if (p->group)
		setpgid(0, 0);
	child_take_signals(p->terminal, p->live != NULL);
	err = child_take_files(p);
	if (err == 0 && p->folder != NULL && p->folder[0] != '\0' &&
	    chdir(p->folder) != 0)
		err = errno;
	if (nice(p->nice) == -1)
		errno = 0;
	return err;
}

/* REPORT ends when the program begins, or gets errno. */
static _Noreturn void
child_run(const struct child_plan *p, pid_t parent, int report)
{
	const char *program = p->live == NULL ? p->argv[0] : NULL;
	int err = child_settle(p, parent);

	if (p->live == NULL && report != FILES)
		report = dup3(report, FILES, O_CLOEXEC);
	if (p->live == NULL || (p->alone && err == 0))
		descriptors_close(p->live == NULL ? FILES + 1 : FILES);
	if (err == 0 && p->box != NULL)
		err = box_enter(p->box, &program, report, parent);
	else if (err == 0 && p->kept)
		err = program_keeper_begin(report, parent);
	for (const char *const *v = p->vars; v != NULL && *v != NULL; v += 2)
		setenv(v[0], v[1], 1);
	if (err == 0)
		child_take_limits(p);
	if (err == 0 && p->live != NULL) {
		close(report);
		p->live(p->arg);
		_exit(0);
	}
	if (err == 0 && execvp(program, (char *const *)p->argv) != 0)
		err = errno;
	if (write(report, &err, sizeof(err)) < 0)
		err = 0;
	_exit(1);
}

int
child_begin(struct child *c, const struct child_plan *p)
{
	pid_t parent = getpid();
	int report[2], err;

	if (pipe2(report, O_CLOEXEC) != 0)
		return errno;
	*c = (struct child){ .pid = fork(),
		.group = p->group,
		.kept = p->kept || p->box != NULL };
	if (c->pid == 0)
		child_run(p, parent, report[1]);
	err = c->pid < 0 ? errno : 0;
	close(report[1]);
	while (err == 0 && read(report[0], &err, sizeof(err)) < 0 &&
	       errno == EINTR)
		continue;
	close(report[0]);
	if (c->pid > 0 && err != 0)
		child_wait(c);
	if (err != 0)
		c->pid = 0;
	c->lacks = BOX_NEED(err);
	return BOX_ERRNO(err);
}

int
child_begin_talk(struct child *c, struct child_plan p, int *fd)
{
	int ends[2], err;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return errno;
	p.in = ends[1];
	err = child_begin(c, &p);
	close(ends[1]);
	if (err == 0)
		*fd = ends[0];
	else
		close(ends[0]);
	return err;
}

/* C, which stays as it is, has ended within MS: INFO says how. */
static bool
child_look(const struct child *c, int ms, siginfo_t *info)
{
	*info = (siginfo_t){ .si_pid = 0 };
	while (waitid(P_PID, (id_t)c->pid, info, WEXITED | WNOHANG | WNOWAIT) ==
		   0 &&
	       info->si_pid == 0 && ms-- > 0)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	return info->si_pid != 0;
}

bool
child_has_ended(const struct child *c, int ms)
{
	siginfo_t info;

	return child_look(c, ms, &info);
}

int
child_exit_status(const struct child *c, int ms)
{
	siginfo_t info;

	return child_look(c, ms, &info) && info.si_code == CLD_EXITED
		   ? info.si_status
		   : -1;
}

int
child_watch(const struct child *c)
{
	return (int)syscall(SYS_pidfd_open, c->pid, 0);
}

int
child_wait(struct child *c)
{
	int status = 0;

	while (wait4(c->pid, &status, 0, &c->used) < 0 && errno == EINTR)
		continue;
	c->pid = 0;
	return status;
}

int
child_end(struct child *c, int ms)
{
	pid_t whom = c->group ? -c->pid : c->pid;

	if ((ms > 0 || c->kept) && kill(whom, SIGTERM) == 0)
		child_has_ended(c, c->kept ? KEEPER_MS : ms);
	kill(whom, SIGKILL);
	return child_wait(c);
}
