/*
 * Unpacks zip files by libzip, which is loaded when it is needed.  What comes
 * out are plain files below one new folder: no links, no way up, no more than
 * so many bytes.
 */
#include "base/charset.h"
#include "base/err.h"
#include "base/file_ids.h"
#include "base/inside.h"
#include "base/library.h"
#include "grade/class.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#define FILES_MAX 500
#define BYTES_MAX (32u << 20)
#define PIECE     65536

#define ZIP_FUNCTIONS(X)       \
	X(zip_open)            \
	X(zip_discard)         \
	X(zip_get_num_entries) \
	X(zip_stat_index)      \
	X(zip_fopen_index)     \
	X(zip_fread)           \
	X(zip_fclose)

static struct {
#define X(name) LIBRARY_POINTER(name)
	ZIP_FUNCTIONS(X)
#undef X
} zip;

static const struct library_function functions[] = {
#define X(name) LIBRARY_FUNCTION(zip, name)
	ZIP_FUNCTIONS(X)
#undef X
};

/* The folders above PATH's last part, below FROM bytes of it. */
static int
make_folders(struct buf *path, size_t from)
{
	for (size_t i = from; i < path->n; i++) {
		int failed;

		if (path->p[i] != '/')
			continue;
		path->p[i] = '\0';
		failed = mkdir(path->p, 0700) != 0 && errno != EEXIST;
		path->p[i] = '/';
		if (failed)
			return ERR_IO;
	}
	return 0;
}

static int
write_file(zip_file_t *f, const char *path, uint64_t *left)
{
	char piece[PIECE];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	zip_int64_t n;
	int err = fd >= 0 ? 0 : ERR_IO;

	while (err == 0 && (n = zip.zip_fread(f, piece, sizeof(piece))) != 0) {
		if (n < 0)
			err = ERR_SYNTAX;
		else if ((uint64_t)n > *left)
			err = ERR_LIMIT;
		else if (write(fd, piece, (size_t)n) != (ssize_t)n)
			err = ERR_IO;
		else
			*left -= (uint64_t)n;
	}
	if (fd >= 0)
		close(fd);
	return err;
}

static int
unpack_entry(zip_t *z, zip_uint64_t i, const char *to, uint64_t *left)
{
	struct buf name = BUF_INIT, path = BUF_INIT;
	zip_file_t *f;
	zip_stat_t st;
	int err = 0;

	if (zip.zip_stat_index(z, i, ZIP_FL_ENC_RAW, &st) != 0 ||
	    (st.valid & ZIP_STAT_NAME) == 0)
		return ERR_SYNTAX;
	err = charset_read(str_of(st.name), &name);
	/* Windows writes its own strokes. */
	for (size_t k = 0; k < name.n; k++)
		if (name.p[k] == '\\')
			name.p[k] = '/';
	if (err == 0 && (name.n == 0 || !inside_name(buf_cstr(&name))))
		err = ERR_RANGE;
	if (err == 0 && name.p[name.n - 1] != '/') {
		buf_printf(&path, "%s/%s", to, buf_cstr(&name));
		err = path.err != 0 ? ERR_NOMEM
				    : make_folders(&path, strlen(to) + 1);
		f = err == 0 ? zip.zip_fopen_index(z, i, 0) : NULL;
		if (err == 0)
			err = f != NULL ? write_file(f, buf_cstr(&path), left)
					: ERR_SYNTAX;
		if (f != NULL)
			zip.zip_fclose(f);
	}
	buf_free(&name);
	buf_free(&path);
	return err;
}

static int
say_trouble(int err, struct diag *d)
{
	if (err == ERR_LIMIT)
		return diag_set(d, err, NULL, 0,
		    _("the zip file holds more than %d files or %u bytes"),
		    FILES_MAX, BYTES_MAX);
	if (err == ERR_RANGE)
		return diag_set(d, err, NULL, 0,
		    _("the zip file has names that lead out of it"));
	if (err == ERR_NOMEM)
		return err;
	return diag_set(
	    d, err, NULL, 0, _("the zip file is damaged or can't be unpacked"));
}

int
class_unzip(const char *path, const char *to, struct diag *d)
{
	uint64_t left = BYTES_MAX;
	zip_int64_t n;
	zip_t *z;
	int failed = 0;
	int err = library_load(RUNG_LIBZIP, functions,
	    sizeof(functions) / sizeof(functions[0]), d);

	if (err != 0)
		return err;
	file_ids_note_all(path);
	z = zip.zip_open(path, ZIP_RDONLY, &failed);
	if (z == NULL)
		return say_trouble(ERR_SYNTAX, d);
	n = zip.zip_get_num_entries(z, 0);
	err = n > FILES_MAX ? ERR_LIMIT : mkdir(to, 0700) != 0 ? ERR_IO : 0;
	for (zip_int64_t i = 0; err == 0 && i < n; i++)
		err = unpack_entry(z, (zip_uint64_t)i, to, &left);
	zip.zip_discard(z);
	return err == 0 ? 0 : say_trouble(err, d);
}
