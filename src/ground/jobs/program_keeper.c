/* The keeper of a program: it ends what the program has started. */
#include "jobs/box.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* From SIGTERM to the end of all. */
#define GRACE_NS 100000000
/* A program that forks faster than it is ended is left to the system. */
#define ROUNDS 10000

/* Sends SIGKILL to each child that this process has; false: none is known. */
static bool
keeper_kill_all(void)
{
	char path[64], text[4096], *at = text, *end;
	bool any = false;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : 0;
	text[n > 0 ? n : 0] = '\0';
	for (long child; (child = strtol(at, &end, 10)) > 0; at = end)
		/* The last number may be cut. */
		if (*end == ' ')
			any |= kill((pid_t)child, SIGKILL) == 0;
	if (fd >= 0)
		close(fd);
	return any;
}

/* STATUS is that of PID, which has ended; -1: it has not. */
static _Noreturn void
keeper_end(pid_t pid, int status)
{
	for (int i = 0; i < ROUNDS; i++) {
		bool any = status < 0 && kill(pid, SIGKILL) == 0;
		int s = 0;
		pid_t ended;

		any |= keeper_kill_all();
		ended = waitpid(-1, &s, any ? 0 : WNOHANG);
		if (ended <= 0)
			break;
		if (ended == pid)
			status = s;
	}
	_exit(status < 0          ? 128 + SIGKILL
	      : WIFEXITED(status) ? WEXITSTATUS(status)
				  : 128 + WTERMSIG(status));
}

static _Noreturn void
keeper_wait(pid_t pid, const sigset_t *signals)
{
	const struct timespec grace = { .tv_nsec = GRACE_NS };
	bool late = false;
	int status;

	for (;;) {
		pid_t ended;
		int sig = late ? sigtimedwait(signals, NULL, &grace)
			       : sigwaitinfo(signals, NULL);

		if (late && sig < 0 && errno == EAGAIN)
			keeper_end(pid, -1);
		late |= sig == SIGTERM;
		while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
			if (ended == pid)
				keeper_end(pid, status);
	}
}

int
program_keeper_begin(int report, pid_t parent)
{
	sigset_t signals, before;
	pid_t pid;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, &before);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	pid = fork();
	if (pid < 0)
		return errno;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		sigprocmask(SIG_SETMASK, &before, NULL);
		return 0;
	}
	for (int fd = 0; fd < 3; fd++)
		close(fd);
	close(report);
	keeper_wait(pid, &signals);
}
