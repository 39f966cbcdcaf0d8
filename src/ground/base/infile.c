/*
 * Files by device and inode; see base/infile.h.  The watching list is a
 * global, since all reading is the process's, and lies deep below the code
 * that writes.
 */
#include "base/infile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/bisect.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"

static struct file_ids *watching;

/* False: what ST is of, which could be asked for with ERR, is not a regular
 * file. */
static bool
take_id(int err, const struct stat *st, struct file_id *id)
{
	if (err != 0 || !S_ISREG(st->st_mode))
		return false;
	id->device = (uint64_t)st->st_dev;
	id->inode = (uint64_t)st->st_ino;
	return true;
}

static bool
read_id(const char *path, struct file_id *id)
{
	struct stat st;
	int err =
	    strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st);

	return take_id(err, &st, id);
}

static bool
stands_before(const struct file_id *a, struct file_id b)
{
	return a->device != b.device ? a->device < b.device
				     : a->inode < b.inode;
}

/* Where ID is in IDS, or would be. */
static size_t
find_file_id(const struct file_ids *ids, struct file_id id)
{
	size_t at;

	BISECT(at, 0, ids->n, stands_before(&ids->list[at], id));
	return at;
}

static bool
infile_has_id(const struct file_ids *ids, struct file_id id)
{
	size_t at = find_file_id(ids, id);

	return at < ids->n && !stands_before(&id, ids->list[at]);
}

static int
add_id(struct file_ids *ids, struct file_id id)
{
	size_t at = find_file_id(ids, id);

	if (infile_has_id(ids, id))
		return 0;
	if (ARRAY_ROOM(&ids->list, &ids->cap, ids->n + 1) != 0)
		return ERR_NOMEM;
	memmove(&ids->list[at + 1], &ids->list[at],
	    (ids->n - at) * sizeof(*ids->list));
	ids->list[at] = id;
	ids->n++;
	return 0;
}

int
file_ids_add(struct file_ids *ids, const char *path)
{
	struct file_id id;

	return read_id(path, &id) ? add_id(ids, id) : 0;
}

/* PATH, or all that lies below it where it is a folder, links not followed.  0
 * or ERR_NOMEM. */
static int
add_ids_below(struct file_ids *ids, const char *path)
{
	struct folder_names f = FOLDER_NAMES_INIT;
	struct stat st;
	int err = 0;

	if (lstat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return file_ids_add(ids, path);
	err = folder_names_read(&f, path);
	for (size_t i = 0; err == 0 && i < f.n; i++) {
		LOCAL_BUF item = BUF_INIT;

		buf_printf(&item, "%s/%s", path, f.names[i]);
		err = item.err != 0 ? ERR_NOMEM
				    : add_ids_below(ids, buf_cstr(&item));
	}
	folder_names_free(&f);
	/* No program can read in such a folder. */
	return err == ERR_IO ? 0 : err;
}

/* PATH leads to one of them; "-" does not. */
static bool
has_id_of(const struct file_ids *ids, const char *path)
{
	struct file_id id;

	return strcmp(path, "-") != 0 && read_id(path, &id) &&
	       infile_has_id(ids, id);
}

void
file_ids_free(struct file_ids *ids)
{
	mem_free(ids->list);
	*ids = (struct file_ids){ NULL, 0, 0 };
}

/* ---- what the process reads ---- */

void
file_ids_watch(struct file_ids *ids)
{
	watching = ids;
}

void
file_ids_note(int fd)
{
	struct stat st;
	struct file_id id;

	if (watching != NULL && take_id(fstat(fd, &st), &st, &id))
		(void)add_id(watching, id);
}

void
file_ids_note_all(const char *path)
{
	if (watching != NULL)
		(void)add_ids_below(watching, path);
}

bool
file_ids_noted(const char *path)
{
	struct stat st;
	struct file_id id;

	if (watching == NULL)
		return false;
	if (strcmp(path, "-") != 0)
		return has_id_of(watching, path);
	return take_id(fstat(STDOUT_FILENO, &st), &st, &id) &&
	       infile_has_id(watching, id);
}

/* ---- buffers read from files and written to them ---- */

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
	else
		diag_fail_file(d, err, path);
	return err;
}
