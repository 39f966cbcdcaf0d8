/* Buffers read from files and written to them. */
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/infile.h"
#include "base/outfile.h"

static bool
is_standard(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* The program that opened it knows its kind. */
static bool
may_wait(const char *path)
{
	return str_starts(str_of(path), "/dev/") ||
	       str_starts(str_of(path), "/proc/");
}

/* FD of PATH, opened without waiting for who writes it, waits from now on;
 * false: it is not a file. */
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
open_regular(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), saved;

	if (fd < 0 || accept_descriptor(fd, path))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

/* NULL: errno says why.  Closed by close_stream, which leaves standard input
 * open and errno as it was. */
static FILE *
open_stream(const char *path)
{
	FILE *f = stdin;
	int fd;

	if (is_standard(path))
		return f;
	fd = open_regular(path);
	if (fd < 0)
		return NULL;
	f = fdopen(fd, "rb");
	if (f == NULL)
		close(fd);
	return f;
}

static void
close_stream(FILE *f)
{
	int saved = errno;

	if (f != stdin)
		fclose(f);
	errno = saved;
}

void
buf_unmark(struct buf *b)
{
	struct str text = str_unmarked(buf_view(b));

	if (text.n == b->n)
		return;
	memmove(b->p, text.p, text.n);
	buf_truncate(b, text.n);
}

static int
read_stream(struct buf *b, FILE *f, size_t limit)
{
	for (;;) {
		size_t got;

		if (b->n > limit)
			return ERR_LIMIT;
		if (buf_reserve(b, 65536) != 0)
			return ERR_NOMEM;
		got = fread(b->p + b->n, 1, 65536, f);
		b->n += got;
		b->p[b->n] = '\0';
		if (got == 0)
			return ferror(f) ? ERR_IO : 0;
	}
}

static int
read_file(struct buf *b, const char *path, size_t limit, bool noted)
{
	FILE *f = open_stream(path);
	int err;

	if (f == NULL)
		return ERR_IO;
	if (noted)
		file_ids_note(fileno(f));
	err = read_stream(b, f, limit);
	close_stream(f);
	if (err == 0)
		buf_unmark(b);
	return err;
}

int
buf_read_file(struct buf *b, const char *path, size_t limit)
{
	return read_file(b, path, limit, true);
}

int
buf_look_into_file(struct buf *b, const char *path, size_t limit)
{
	return read_file(b, path, limit, false);
}

static int
write_to_path(const struct buf *b, const char *path, bool own)
{
	struct outfile o;
	int err;

	/* Half a text is not written. */
	if (b->err != 0) {
		errno = ENOMEM;
		return b->err;
	}
	err = own ? outfile_open_own(&o, path) : outfile_open(&o, path);
	if (err != 0)
		return err;
	err = outfile_write(b->p, b->n, &o);
	return outfile_close(&o, err == 0);
}

int
buf_write_file(const struct buf *b, const char *path)
{
	return write_to_path(b, path, false);
}

int
buf_write_own_file(const struct buf *b, const char *path)
{
	return write_to_path(b, path, true);
}
