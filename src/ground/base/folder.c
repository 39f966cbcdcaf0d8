/* Lists and removes what lies in a folder. */
#include "base/folder.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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
read_names(struct folder_names *f, const char *path,
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
	return read_names(f, path, no_dot);
}

void
folder_names_free(struct folder_names *f)
{
	for (size_t i = 0; i < f->n; i++)
		mem_free(f->names[i]);
	mem_free(f->names);
	*f = FOLDER_NAMES_INIT;
}

bool
folder_has(const char *folder, const char *name)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool has;

	buf_printf(&path, "%s/%s", folder, name);
	has = path.err == 0 && lstat(buf_cstr(&path), &st) == 0;
	buf_free(&path);
	return has;
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
	char x[PATH_MAX], y[PATH_MAX];

	return realpath(a, x) != NULL && realpath(b, y) != NULL &&
	       strcmp(x, y) == 0;
}

int
folder_make_above(const char *path, unsigned mode)
{
	struct str last = folder_name(path);
	char *above = mem_dup(path, (size_t)(last.p - path));
	int err = above != NULL ? 0 : ERR_NOMEM;

	for (char *p = above; err == 0 && p[0] != '\0'; p++) {
		if (p[0] != '/' || p == above)
			continue;
		*p = '\0';
		if (mkdir(above, mode) != 0 && errno != EEXIST)
			err = ERR_IO;
		*p = '/';
	}
	mem_free(above);
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
	if (read_names(&f, path, all_but_itself) == 0)
		for (size_t i = 0; i < f.n; i++) {
			struct buf item = BUF_INIT;

			buf_printf(&item, "%s/%s", path, f.names[i]);
			if (item.err == 0)
				folder_remove(buf_cstr(&item));
			buf_free(&item);
		}
	folder_names_free(&f);
	rmdir(path);
}
