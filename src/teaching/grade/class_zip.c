/*
 * Unpacks zip files by minizip, which is loaded when it is needed.  The result
 * is plain files below one new folder: no links, no way up, no more than is
 * left of a budget.
 */
#include "text/charset.h"
#include "base/err.h"
#include "base/outfile.h"
#include "base/infile.h"
#include "base/folder.h"
#include "base/library.h"
#include "grade/class.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unzip.h>

/* Of a name in a zip file, in bytes. */
#define NAME_MOST 1000
#define PIECE     65536
/* APPNOTE.TXT 4.4.4, bit 0: a password is needed. */
#define FLAG_ENCRYPTED 1u

#define ZIP_FUNCTIONS(X)           \
	X(unzOpen64)               \
	X(unzClose)                \
	X(unzGoToFirstFile)        \
	X(unzGoToNextFile)         \
	X(unzGetCurrentFileInfo64) \
	X(unzOpenCurrentFile)      \
	X(unzReadCurrentFile)      \
	X(unzCloseCurrentFile)

static struct {
	ZIP_FUNCTIONS(LIBRARY_POINTER)
} zip;

/* The file to unpack, its target, and its limits. */
struct unzipping {
	unzFile from;
	const char *to;
	struct unzip_budget *left;
	int trouble; /* errno of what this machine could not do, or 0 */
};

/* A file or folder could not be made or written: by the names in the zip file,
 * or by the machine. */
static int
say_errno(struct unzipping *u)
{
	if (errno == EEXIST || errno == ENOTDIR || errno == EISDIR)
		return ERR_SYNTAX;
	if (errno == ENAMETOOLONG)
		return ERR_RANGE;
	u->trouble = errno != 0 ? errno : EIO;
	return ERR_IO;
}

/* One more file or folder. */
static int
count_one(struct unzipping *u)
{
	if (u->left->files == 0)
		return ERR_LIMIT;
	u->left->files--;
	return 0;
}

static int
unzip_make_folder(struct unzipping *u, const char *path)
{
	if (mkdir(path, 0700) == 0)
		return count_one(u);
	return errno == EEXIST ? 0 : say_errno(u);
}

/* The folders above PATH's last part, below FROM bytes of it. */
static int
make_folders(struct unzipping *u, struct buf *path, size_t from)
{
	int err = 0;

	for (size_t i = from; err == 0 && i < path->n; i++) {
		if (path->p[i] != '/')
			continue;
		path->p[i] = '\0';
		err = unzip_make_folder(u, path->p);
		path->p[i] = '/';
	}
	return err;
}

static int
write_piece(struct unzipping *u, int fd, struct str piece)
{
	errno = fd_write(fd, piece);
	return errno == 0 ? 0 : say_errno(u);
}

static int
copy_bytes(struct unzipping *u, int fd)
{
	char piece[PIECE];
	int n, err = 0;

	while (err == 0 &&
	       (n = zip.unzReadCurrentFile(u->from, piece, PIECE)) != 0) {
		if (n < 0)
			err = ERR_SYNTAX;
		else if ((uint64_t)n > u->left->bytes)
			err = ERR_LIMIT;
		else
			err = write_piece(
			    u, fd, (struct str){ piece, (size_t)n });
		if (err == 0)
			u->left->bytes -= (uint64_t)n;
	}
	return err;
}

/* The file that U stands at, as the new one at PATH. */
static int
unzip_write_file(struct unzipping *u, const char *path)
{
	int err = count_one(u), fd;

	if (err != 0)
		return err;
	if (zip.unzOpenCurrentFile(u->from) != UNZ_OK)
		return ERR_SYNTAX;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	err = fd >= 0 ? copy_bytes(u, fd) : say_errno(u);
	/* Some file systems say only then that they are full. */
	if (fd >= 0 && close(fd) != 0 && err == 0)
		err = say_errno(u);
	/* That is where the sum of its bytes is compared. */
	if (zip.unzCloseCurrentFile(u->from) != UNZ_OK && err == 0)
		err = ERR_SYNTAX;
	return err;
}

/* The name of the file that U stands at, as a path below its folder. */
static int
unzip_read_name(struct unzipping *u, struct buf *name)
{
	char raw[NAME_MOST + 1];
	unz_file_info64 info;
	int err;

	if (zip.unzGetCurrentFileInfo64(
		u->from, &info, raw, sizeof(raw), NULL, 0, NULL, 0) != UNZ_OK)
		return ERR_SYNTAX;
	if (info.size_filename > NAME_MOST)
		return ERR_RANGE;
	if ((info.flag & FLAG_ENCRYPTED) != 0 ||
	    memchr(raw, '\0', info.size_filename) != NULL)
		return ERR_SYNTAX;
	err = charset_read((struct str){ raw, info.size_filename }, name);
	/* Windows writes its own strokes. */
	for (size_t k = 0; k < name->n; k++)
		if (name->p[k] == '\\')
			name->p[k] = '/';
	if (err == 0 && (name->n == 0 || !inside_name(buf_cstr(name))))
		err = ERR_RANGE;
	return err;
}

static int
unpack_entry(struct unzipping *u)
{
	LOCAL_BUF name = BUF_INIT, path = BUF_INIT;
	int err = unzip_read_name(u, &name);

	if (err == 0 && name.p[name.n - 1] != '/') {
		buf_printf(&path, "%s/%s", u->to, buf_cstr(&name));
		err = path.err != 0 ? ERR_NOMEM
				    : make_folders(u, &path, strlen(u->to) + 1);
		if (err == 0)
			err = unzip_write_file(u, buf_cstr(&path));
	}
	return err;
}

static int
unpack_all(struct unzipping *u)
{
	int at = zip.unzGoToFirstFile(u->from);
	int err = unzip_make_folder(u, u->to);

	/* A folder without files costs time as well. */
	for (unsigned n = 0; err == 0 && at == UNZ_OK; n++) {
		err = n < UNZIP_ENTRIES_MAX ? unpack_entry(u) : ERR_LIMIT;
		at = zip.unzGoToNextFile(u->from);
	}
	if (err == 0 && at != UNZ_END_OF_LIST_OF_FILE)
		err = ERR_SYNTAX;
	return err;
}

static int
unzip_say_trouble(const struct unzipping *u, int err, struct diag *d)
{
	if (err == ERR_LIMIT)
		return diag_set(d, err, NULL, 0,
		    _("the zip file contains more than %d files and folders, "
		      "or more than %u bytes"),
		    UNZIP_FILES_MAX, UNZIP_BYTES_MAX);
	if (err == ERR_RANGE)
		return diag_set(d, err, NULL, 0,
		    _("the zip file contains names that are too long or lead "
		      "out of its folder"));
	if (err == ERR_NOMEM)
		return err;
	if (err == ERR_IO)
		return diag_set(d, err, u->to, 0, _("can't be written: %s"),
		    err_system(u->trouble));
	return diag_set(
	    d, err, NULL, 0, _("the zip file is damaged or can't be unpacked"));
}

int
class_unzip(
    const char *path, const char *to, struct unzip_budget *left, struct diag *d)
{
	struct unzipping u = { .to = to, .left = left };
	int err = LIBRARY_LOAD(RUNG_LIBMINIZIP, ZIP_FUNCTIONS, zip, d);

	if (err != 0)
		return err;
	file_ids_note_all(path);
	u.from = zip.unzOpen64(path);
	if (u.from == NULL)
		return unzip_say_trouble(&u, ERR_SYNTAX, d);
	err = unpack_all(&u);
	zip.unzClose(u.from);
	return err == 0 ? 0 : unzip_say_trouble(&u, err, d);
}
