/* Files that are whole or not there; see base/outfile.h. */
#include "base/outfile.h"

#include "base/err.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a file that is being written is called. */
#define TEMPORARY ".rung-XXXXXX"

static int
fail(struct outfile *o)
{
	if (o->trouble == 0)
		o->trouble = errno != 0 ? errno : EIO;
	errno = o->trouble;
	return ERR_IO;
}

/* What open(2) would give a new file, without a way to ask for the mask that
 * changes nothing: it is put back at once. */
static mode_t
new_mode(void)
{
	mode_t mask = umask(077);

	umask(mask);
	return 0666 & ~mask;
}

/* A file beside O's path, with MODE. */
static int
open_beside(struct outfile *o, mode_t mode)
{
	const char *slash = strrchr(o->path, '/');
	size_t n = slash != NULL ? (size_t)(slash + 1 - o->path) : 0;
	int fd;

	o->temp = mem_alloc(n + sizeof(TEMPORARY));
	if (o->temp == NULL)
		return ERR_NOMEM;
	memcpy(o->temp, o->path, n);
	memcpy(o->temp + n, TEMPORARY, sizeof(TEMPORARY));
	fd = mkstemp(o->temp);
	if (fd < 0) {
		fail(o);
		mem_free(o->temp);
		o->temp = NULL;
		return ERR_IO;
	}
	if (fchmod(fd, mode) == 0)
		o->f = fdopen(fd, "wb");
	if (o->f != NULL)
		return 0;
	fail(o);
	close(fd);
	return ERR_IO;
}

/* Where PATH leads to, which need not exist yet. */
static char *
resolve(const char *path)
{
	char *real = realpath(path, NULL), *copy;

	copy = mem_strdup(real != NULL ? real : path);
	free(real);
	return copy;
}

static int
open_path(struct outfile *o, const char *path)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (path[0] == '\0')
		return fail(o); /* of stat: ENOENT */
	if (there && !S_ISREG(st.st_mode)) {
		o->f = fopen(path, "wb");
		return o->f != NULL ? 0 : fail(o);
	}
	/* Moving would replace what must not be written. */
	if (there && access(path, W_OK) != 0)
		return fail(o);
	o->path = resolve(path);
	if (o->path == NULL)
		return ERR_NOMEM;
	return open_beside(o, there ? st.st_mode & 07777 : new_mode());
}

int
outfile_open(struct outfile *o, const char *path)
{
	int err = 0;

	*o = OUTFILE_INIT;
	errno = 0;
	if (strcmp(path, "-") == 0)
		o->f = stdout;
	else
		err = open_path(o, path);
	if (err != 0) {
		int why = o->trouble;

		outfile_close(o, false);
		errno = why;
	}
	return err;
}

int
outfile_write(const char *p, size_t n, void *arg)
{
	struct outfile *o = arg;

	if (o->trouble != 0)
		return fail(o);
	errno = 0;
	if (n > 0 && fwrite(p, 1, n, o->f) != n)
		return fail(o);
	return 0;
}

int
outfile_close(struct outfile *o, bool whole)
{
	int why;

	errno = 0;
	if (o->f == stdout && fflush(stdout) != 0)
		fail(o);
	else if (o->f != NULL && o->f != stdout && fclose(o->f) != 0)
		fail(o);
	if (o->temp != NULL && whole && o->trouble == 0 &&
	    rename(o->temp, o->path) != 0)
		fail(o);
	if (o->temp != NULL && (!whole || o->trouble != 0))
		unlink(o->temp);
	mem_free(o->temp);
	mem_free(o->path);
	why = o->trouble;
	*o = OUTFILE_INIT;
	errno = why;
	return why == 0 ? 0 : ERR_IO;
}
