/*
 * Folders: listing and removing what lies in them, files that stay within,
 * names and endings, and folders for a while, with locks.
 */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

/* ---- the name of a folder, of its path alone ---- */

struct str
folder_name(const char *path)
{
	struct str s = str_of(path);

	while (s.n > 1 && str_ends(s, "/"))
		s.n--;
	return str_slice(s, (size_t)(str_rchr(s, '/') + 1), s.n);
}

/* ---- lists and removes what lies in a folder ---- */

static int
no_dot(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static int
all_but_itself(const struct dirent *e)
{
	return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

/* alphasort goes by the locale. */
static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
folder_read_names(struct folder_names *f, const char *path,
    int (*wanted)(const struct dirent *))
{
	struct dirent **list = NULL;
	int n = scandir(path, &list, wanted, by_bytes), err = 0;

	*f = FOLDER_NAMES_INIT;
	if (n < 0)
		return errno == ENOMEM ? ERR_NOMEM : ERR_IO;
	f->names = mem_zalloc((size_t)n + 1, sizeof(*f->names));
	if (f->names == NULL)
		err = ERR_NOMEM;
	for (int i = 0; i < n; i++) {
		if (err == 0) {
			f->names[f->n] = mem_strdup(list[i]->d_name);
			if (f->names[f->n++] == NULL)
				err = ERR_NOMEM;
		}
		free(list[i]);
	}
	free(list);
	return err;
}

int
folder_names_read(struct folder_names *f, const char *path)
{
	return folder_read_names(f, path, no_dot);
}

void
folder_names_free(struct folder_names *f)
{
	for (size_t i = 0; i < f->n; i++)
		mem_free(f->names[i]);
	mem_free(f->names);
	*f = FOLDER_NAMES_INIT;
}

int
folder_look_for(const char *folder, const char *name, bool *has)
{
	LOCAL_BUF path = BUF_INIT;
	struct stat st;

	buf_printf(&path, "%s/%s", folder, name);
	*has = path.err == 0 && lstat(buf_cstr(&path), &st) == 0;
	if (path.err != 0 || *has || errno == ENOENT || errno == ENOTDIR)
		return path.err;
	return ERR_IO;
}

bool
folder_has(const char *folder, const char *name)
{
	bool has;

	return folder_look_for(folder, name, &has) == 0 && has;
}

char *
folder_by_name(const char *path)
{
	char real[PATH_MAX];
	struct str name = folder_name(path);
	bool own =
	    realpath(path, real) == NULL || str_eq(folder_name(real), name);

	return mem_strdup(own ? path : real);
}

bool
folder_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

int
folder_make_above(const char *path, unsigned mode)
{
	struct str last = folder_name(path);
	LOCAL_MEM char *above = mem_dup(path, (size_t)(last.p - path));
	int err = above != NULL ? 0 : ERR_NOMEM;

	for (char *p = above; err == 0 && p[0] != '\0'; p++) {
		if (p[0] != '/' || p == above)
			continue;
		*p = '\0';
		if (mkdir(above, mode) != 0 && errno != EEXIST)
			err = ERR_IO;
		*p = '/';
	}
	return err;
}

void
folder_remove(const char *path)
{
	struct folder_names f;
	struct stat st;

	if (lstat(path, &st) == 0 && !S_ISDIR(st.st_mode)) {
		unlink(path);
		return;
	}
	if (folder_read_names(&f, path, all_but_itself) == 0)
		for (size_t i = 0; i < f.n; i++) {
			LOCAL_BUF item = BUF_INIT;

			buf_printf(&item, "%s/%s", path, f.names[i]);
			if (item.err == 0)
				folder_remove(buf_cstr(&item));
		}
	folder_names_free(&f);
	rmdir(path);
}

/* ---- the ending of a file's name ---- */

struct str
file_ending(struct str file)
{
	size_t begin = (size_t)(str_rchr(file, '/') + 1);
	struct str name = str_slice(file, begin, file.n), ending;
	ptrdiff_t dot = str_rchr(name, '.');
	size_t letters = 0;

	/* What begins with its only dot is a hidden file's whole name. */
	if (dot <= 0)
		return STR_NULL;
	ending = str_slice(name, (size_t)dot + 1, name.n);
	for (size_t i = 0; i < ending.n; i++) {
		if (!chr_is_alnum(ending.p[i]))
			return STR_NULL;
		letters += chr_is_alpha(ending.p[i]);
	}
	return letters > 0 ? ending : STR_NULL;
}

struct str
file_ending_packed(struct str file)
{
	return file_ending(
	    str_slice(file, 0, file.n - 3 * str_ends(file, ".gz")));
}

/* ---- files that stay in their folder ---- */

bool
inside_name(const char *name)
{
	struct str rest = str_of(name), part;

	if (name[0] == '/')
		return false;
	while (rest.n > 0) {
		part = str_cut(rest, '/', &rest);
		if (str_is(part, ".."))
			return false;
	}
	return true;
}

/* Does the file at PATH, links followed, lie below FOLDER? */
static bool
lies_below(const char *path, const char *folder)
{
	char file[PATH_MAX], top[PATH_MAX];
	size_t n;

	if (realpath(path, file) == NULL || realpath(folder, top) == NULL)
		return false;
	n = strlen(top);
	if (n > 0 && top[n - 1] == '/')
		n--; /* the root */
	return strncmp(file, top, n) == 0 && file[n] == '/';
}

int
inside_path(const char *folder, const char *name, struct buf *path)
{
	buf_clear(path);
	buf_printf(path, "%s/%s", folder, name);
	if (path->err != 0)
		return path->err;
	if (!inside_name(name))
		return ERR_RANGE;
	if (access(buf_cstr(path), R_OK) != 0)
		return ERR_NOTFOUND;
	return lies_below(buf_cstr(path), folder) ? 0 : ERR_RANGE;
}

/* ---- folders for a while, with locks ---- */

/* What mkdtemp(3) puts in its place. */
#define ENDING "XXXXXX"
/* Of folders that another program has taken for left behind while they had no
 * lock yet. */
#define TRIES 20

const char *
temp_folder_place(void)
{
	const char *dir = getenv("TMPDIR");

	return dir != NULL && dir[0] != '\0' ? dir : "/tmp";
}

/* A lock on the folder PATH, which is this user's; -1: there is no such folder,
 * or it is held. */
static int
lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -1;
	/* Its former holder may have removed it meanwhile. */
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 &&
	    st.st_nlink > 0)
		return fd;
	close(fd);
	return -1;
}

/* PATH is removed unless a process holds its lock. */
static void
clear_folder(const char *path)
{
	int lock = lock_folder(path);

	if (lock < 0)
		return;
	folder_remove(path);
	close(lock);
}

/* All called NAME-XXXXXX in DIR. */
static void
clear_left(const char *dir, const char *name)
{
	size_t n = strlen(name);
	struct folder_names f;

	if (folder_names_read(&f, dir) == 0)
		for (size_t i = 0; i < f.n; i++) {
			const char *at = f.names[i];
			LOCAL_BUF path = BUF_INIT;

			if (strncmp(at, name, n) != 0 || at[n] != '-' ||
			    strlen(at + n + 1) != strlen(ENDING))
				continue;
			buf_printf(&path, "%s/%s", dir, at);
			if (path.err == 0)
				clear_folder(buf_cstr(&path));
		}
	folder_names_free(&f);
}

int
temp_folder_make(struct temp_folder *t, const char *name, struct diag *d)
{
	const char *dir = temp_folder_place();

	*t = TEMP_FOLDER_INIT;
	clear_left(dir, name);
	for (int i = 0; i < TRIES && t->lock < 0; i++) {
		buf_clear(&t->path);
		buf_printf(&t->path, "%s/%s-" ENDING, dir, name);
		if (t->path.err != 0)
			return diag_fail(d, ERR_NOMEM);
		if (mkdtemp(t->path.p) == NULL)
			return diag_set(d, ERR_IO, buf_cstr(&t->path), 0, "%s",
			    err_system(errno));
		t->lock = lock_folder(buf_cstr(&t->path));
	}
	return t->lock >= 0 ? 0
			    : diag_set(d, ERR_IO, buf_cstr(&t->path), 0,
				  _("can't be locked"));
}

void
temp_folder_remove(struct temp_folder *t)
{
	if (t->lock >= 0) {
		folder_remove(buf_cstr(&t->path));
		close(t->lock);
	}
	buf_free(&t->path);
	*t = TEMP_FOLDER_INIT;
}
