/* The input of a program while it runs; see live/program_input.h. */
#include "live/program_input.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int
program_input_begin(struct program_input *f, const char *const *argv)
{
	return child_begin_talk(&f->child,
	    (struct child_plan){ .argv = argv,
		.out = CHILD_NULL,
		.errors = CHILD_NULL,
		.group = true },
	    &f->fd);
}

/* What waits goes, as much as is taken at once.  False: nothing is taken any
 * more. */
static bool
write_waiting(struct program_input *f)
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
program_input_put(struct program_input *f, struct str bytes)
{
	if (f->child.pid == 0)
		return false;
	if (f->waiting.n + bytes.n <= PROGRAM_INPUT_WAITING)
		buf_str(&f->waiting, bytes);
	if (f->waiting.err == 0 && write_waiting(f))
		return true;
	program_input_end(f);
	return false;
}

void
program_input_end(struct program_input *f)
{
	if (f->child.pid != 0) {
		close(f->fd);
		/* It has nothing to save. */
		child_end(&f->child, 0);
	}
	buf_free(&f->waiting);
	f->fd = -1;
}
