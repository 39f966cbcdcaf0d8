/* A program that is written to while it runs; see live/feed.h. */
#include "live/feed.h"

#include "base/err.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void
become_program(const char *const *argv, int in)
{
	int none = open("/dev/null", O_RDWR);

	setpgid(0, 0);
	dup2(in, STDIN_FILENO);
	dup2(none, STDOUT_FILENO);
	dup2(none, STDERR_FILENO);
	closefrom(STDERR_FILENO + 1);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

int
feed_begin(struct feed *f, const char *const *argv)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return ERR_IO;
	f->pid = fork();
	if (f->pid == 0)
		become_program(argv, ends[1]);
	close(ends[1]);
	if (f->pid < 0) {
		f->pid = 0;
		close(ends[0]);
		return ERR_IO;
	}
	f->fd = ends[0];
	return 0;
}

/* What waits goes, as much as is taken at once.  False: nothing is taken any
 * more. */
static bool
flush_feed(struct feed *f)
{
	ssize_t n = 0;

	if (f->waiting.n > 0)
		n = send(f->fd, f->waiting.p, f->waiting.n,
		    MSG_DONTWAIT | MSG_NOSIGNAL);
	if (n > 0) {
		f->waiting.n -= (size_t)n;
		memmove(f->waiting.p, f->waiting.p + n, f->waiting.n);
	}
	return n >= 0 || errno == EAGAIN || errno == EINTR;
}

bool
feed_put(struct feed *f, struct str bytes)
{
	if (f->pid == 0)
		return false;
	if (f->waiting.n + bytes.n <= FEED_WAITING)
		buf_str(&f->waiting, bytes);
	if (f->waiting.err == 0 && flush_feed(f))
		return true;
	feed_end(f);
	return false;
}

void
feed_end(struct feed *f)
{
	if (f->pid != 0) {
		close(f->fd);
		/* It has nothing to save, and might ignore a softer signal. */
		kill(-f->pid, SIGKILL);
		kill(f->pid, SIGKILL);
		while (waitpid(f->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	buf_free(&f->waiting);
	f->pid = 0;
	f->fd = -1;
}
