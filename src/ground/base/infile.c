/* Opens what is read. */
#include "base/infile.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_standard(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* Whoever opened it knows what it is. */
static bool
may_wait(const char *path)
{
	return str_starts(str_of(path), "/dev/") ||
	       str_starts(str_of(path), "/proc/");
}

/* FD of PATH, opened without waiting for who writes it, waits from now on;
 * false: it is no file. */
static bool
accept_descriptor(int fd, const char *path)
{
	struct stat st;
	int flags = fcntl(fd, F_GETFL);

	if (fstat(fd, &st) != 0 || flags < 0)
		return false;
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode) && !may_wait(path)) {
		errno = INFILE_NO_FILE;
		return false;
	}
	return fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0;
}

/* Of no standard input. */
static int
open_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), saved;

	if (fd < 0 || accept_descriptor(fd, path))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

FILE *
infile_stream(const char *path)
{
	FILE *f = stdin;
	int fd;

	if (is_standard(path))
		return f;
	fd = open_file(path);
	if (fd < 0)
		return NULL;
	f = fdopen(fd, "rb");
	if (f == NULL)
		close(fd);
	return f;
}

void
infile_close(FILE *f)
{
	int saved = errno;

	if (f != stdin)
		fclose(f);
	errno = saved;
}
