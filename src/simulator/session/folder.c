/*
 * The files of kept sessions: one folder of the user's own, a JSON file each,
 * replaced as a whole (base/outfile.h), so that a program that dies in between
 * leaves the old one.
 */
#include "session/session_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".json"

static int
cannot_write(const char *path, struct diag *d)
{
	return diag_set(
	    d, ERR_IO, path, 0, _("can't be written: %s"), err_system(errno));
}

/* Makes PATH and the missing folders above it, readable by the user alone. */
static int
session_folder_make(const char *path, struct diag *d)
{
	int err = folder_make_above(path, 0700);

	if (err == ERR_NOMEM)
		return diag_fail(d, ERR_NOMEM);
	return err == 0 && (mkdir(path, 0700) == 0 || errno == EEXIST)
		   ? 0
		   : cannot_write(path, d);
}

int
folder_find(struct buf *path, bool create, struct diag *d)
{
	/* XDG Base Directory Specification: a relative path is not an answer.
	 */
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (state != NULL && state[0] == '/')
		buf_printf(path, "%s/rung", state);
	else if (home != NULL && home[0] == '/')
		buf_printf(path, "%s/.local/state/rung", home);
	else
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no folder for sessions: neither XDG_STATE_HOME "
		      "nor HOME is set"));
	if (path->err != 0)
		return diag_fail(d, ERR_NOMEM);
	return create ? session_folder_make(path->p, d) : 0;
}

bool
folder_find_file(const char *name, bool create, struct buf *path)
{
	struct diag d = DIAG_INIT;

	if (folder_find(path, create, &d) != 0)
		return false;
	buf_printf(path, "/%s", name);
	return path->err == 0;
}

/* ---- writing ---- */

/* An empty file, readable by the user alone, where there is none yet; HOW are
 * more flags of open(2). */
static bool
make_file(const char *path, int how)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | how, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int
folder_replace(const char *path, const struct buf *text, struct diag *d)
{
	/* What replaces a file has its permissions. */
	int err = make_file(path, 0) ? buf_write_own_file(text, path) : ERR_IO;

	if (err == ERR_NOMEM)
		return diag_fail(d, ERR_NOMEM);
	return err == 0 ? 0 : cannot_write(path, d);
}

/* A file's name from what was opened: its last part, plain letters. */
static void
put_stem(struct buf *b, const char *name)
{
	const char *slash = strrchr(name, '/');
	struct str s = str_of(strcmp(name, "-") == 0 ? "session"
			      : slash != NULL        ? slash + 1
						     : name);
	ptrdiff_t dot = str_rchr(s, '.');

	s = str_slice(s, 0, dot > 0 ? (size_t)dot : 40);
	for (size_t i = 0; i < s.n && i < 40; i++)
		buf_putc(
		    b, chr_is_alnum(s.p[i]) || s.p[i] == '_' ? s.p[i] : '-');
	if (s.n == 0)
		buf_puts(b, "session");
}

int
folder_add(const char *folder, const char *name, const struct buf *text,
    struct buf *path, struct diag *d)
{
	bool made = false;
	int err;

	/* O_EXCL never takes another session's place. */
	for (unsigned n = 1; !made; n++) {
		buf_clear(path);
		buf_printf(path, "%s/", folder);
		put_stem(path, name);
		buf_printf(path, "-%u" ENDING, n);
		if (path->err != 0)
			return diag_fail(d, ERR_NOMEM);
		made = make_file(path->p, O_EXCL);
		if (!made && (errno != EEXIST || n >= 100000))
			return cannot_write(path->p, d);
	}
	err = folder_replace(path->p, text, d);
	if (err != 0)
		unlink(path->p);
	return err;
}

/* ---- listing ---- */

static int
newer_first(const void *a, const void *b)
{
	const struct folder_file *x = a, *y = b;

	if (x->when.tv_sec != y->when.tv_sec)
		return x->when.tv_sec < y->when.tv_sec ? 1 : -1;
	if (x->when.tv_nsec != y->when.tv_nsec)
		return x->when.tv_nsec < y->when.tv_nsec ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* A regular file that is named as a session. */
static bool
is_session(int folder, const char *name, struct timespec *when)
{
	struct stat st;

	if (name[0] == '.' || strlen(name) >= 256 ||
	    !str_ends(str_of(name), ENDING) ||
	    fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISREG(st.st_mode))
		return false;
	*when = st.st_mtim;
	return true;
}

int
folder_list(const char *folder, struct folder_file **list, size_t *n)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	struct folder_file f;
	int err = 0;

	*list = NULL;
	*n = 0;
	while (dir != NULL && err == 0 && (e = readdir(dir)) != NULL) {
		if (!is_session(dirfd(dir), e->d_name, &f.when))
			continue;
		snprintf(f.name, sizeof(f.name), "%s", e->d_name);
		err = ARRAY_RESIZE(list, *n + 1);
		if (err == 0)
			(*list)[(*n)++] = f;
	}
	if (dir != NULL)
		closedir(dir);
	if (err == 0 && *n > 0)
		qsort(*list, *n, sizeof(**list), newer_first);
	if (err == 0)
		return 0;
	mem_free(*list);
	*list = NULL;
	*n = 0;
	return err;
}

/* The state that is kept in PATH has a true member "pinned". */
static bool
is_pinned(const char *path)
{
	LOCAL_BUF text = BUF_INIT;
	struct json_value v;

	return folder_read(path, &text, NULL) == 0 &&
	       session_read_object(buf_view(&text), &v) == 0 &&
	       json_is_true(json_member(json_member(v, "state"), "pinned"));
}

void
folder_prune(const char *folder, const char *keep)
{
	const char *slash = strrchr(keep, '/');
	LOCAL_MEM struct folder_file *list = NULL;
	size_t n;

	if (folder_list(folder, &list, &n) != 0)
		return;
	for (size_t i = SESSION_KEPT_MAX; i < n; i++) {
		LOCAL_BUF path = BUF_INIT;

		buf_printf(&path, "%s/%s", folder, list[i].name);
		if (path.err == 0 &&
		    strcmp(list[i].name, slash != NULL ? slash + 1 : keep) !=
			0 &&
		    !is_pinned(path.p))
			unlink(path.p);
	}
}

int
folder_read(const char *path, struct buf *text, struct diag *d)
{
	struct stat st;

	/* Not a pipe, on which one would wait for ever. */
	if (stat(path, &st) == 0) {
		if (S_ISREG(st.st_mode))
			return diag_read_file(text, path, SESSION_FILE_MAX, d);
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	}
	return diag_set(
	    d, ERR_IO, path, 0, _("can't be read: %s"), err_system(errno));
}
