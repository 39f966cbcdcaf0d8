/* Buffers read from files and written to them. */
#include "base/buf.h"

#include "base/diag.h"
#include "base/err.h"
#include "base/file_ids.h"
#include "base/infile.h"
#include "base/outfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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
	FILE *f = infile_stream(path);
	int err;

	if (f == NULL)
		return ERR_IO;
	if (noted)
		file_ids_note(fileno(f));
	err = read_stream(b, f, limit);
	infile_close(f);
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
write_file(const struct buf *b, const char *path, bool own)
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
	return write_file(b, path, false);
}

int
buf_write_own_file(const struct buf *b, const char *path)
{
	return write_file(b, path, true);
}

int
diag_read_file(struct buf *b, const char *path, size_t limit, struct diag *d)
{
	int err = buf_read_file(b, path, limit);

	if (err == ERR_IO)
		diag_set(
		    d, err, path, 0, _("can't be read: %s"), err_system(errno));
	else if (err == ERR_LIMIT)
		diag_set(d, err, path, 0, _("is longer than %u bytes"),
		    (unsigned)limit);
	else if (err != 0)
		diag_set(d, err, path, 0, "%s", err_text(err));
	return err;
}
