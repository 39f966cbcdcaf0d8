/*
 * The files of kept sessions: one folder of the user's own, a JSON file each,
 * written beside its place and then moved there, so that a program that dies
 * in between leaves the old one.
 */
#include "session/session_priv.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".json"
#define TEMP   ".new."

static int
cannot_write(const char *path, struct diag *d)
{
	return diag_set(
	    d, ERR_IO, path, 0, _("can't be written: %s"), err_system(errno));
}

/* Makes PATH and what is missing above it, for nobody else's eyes. */
static int
make_folders(char *path)
{
	for (char *p = strchr(path + 1, '/');; p = strchr(p + 1, '/')) {
		int bad;

		if (p != NULL)
			*p = '\0';
		bad = mkdir(path, 0700) != 0 && errno != EEXIST;
		if (p == NULL)
			return bad ? ERR_IO : 0;
		*p = '/';
	}
}

int
folder_find(struct buf *path, bool create, struct diag *d)
{
	/* XDG Base Directory Specification: a relative path is no answer. */
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (state != NULL && state[0] == '/')
		buf_printf(path, "%s/rung", state);
	else if (home != NULL && home[0] == '/')
		buf_printf(path, "%s/.local/state/rung", home);
	else
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no place for sessions: neither XDG_STATE_HOME "
		      "nor HOME names a folder"));
	if (path->err != 0)
		return session_no_memory(d);
	if (create && make_folders(path->p) != 0)
		return cannot_write(path->p, d);
	return 0;
}

/* ---- writing ---- */

static int
write_all(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno != EINTR)
			return ERR_IO;
		if (n > 0)
			text = str_slice(text, (size_t)n, text.n);
	}
	return 0;
}

/* TEXT into a new file beside PATH, whose name goes to TEMP_PATH. */
static int
write_beside(const char *path, struct str text, struct buf *temp_path)
{
	const int how = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
	const char *slash = strrchr(path, '/');
	size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
	int fd, err;

	buf_printf(
	    temp_path, "%.*s%s%ld", (int)folder, path, TEMP, (long)getpid());
	if (temp_path->err != 0)
		return ERR_NOMEM;
	fd = open(temp_path->p, how, 0600);
	if (fd < 0 && errno == EEXIST && unlink(temp_path->p) == 0)
		fd = open(temp_path->p, how, 0600);
	if (fd < 0)
		return ERR_IO;
	err = write_all(fd, text);
	if (close(fd) != 0)
		err = ERR_IO;
	if (err != 0) {
		int why = errno;

		unlink(temp_path->p);
		errno = why;
	}
	return err;
}

int
folder_replace(const char *path, struct str text, struct diag *d)
{
	struct buf temp = BUF_INIT;
	int err = write_beside(path, text, &temp);

	if (err == 0 && rename(temp.p, path) != 0) {
		err = cannot_write(path, d);
		unlink(temp.p);
	} else if (err == ERR_IO) {
		cannot_write(path, d);
	}
	buf_free(&temp);
	return err == ERR_NOMEM ? session_no_memory(d) : err;
}

/* A file's name from what was opened: its last part, plain letters. */
static void
put_stem(struct buf *b, const char *name)
{
	const char *slash = strrchr(name, '/');
	struct str s = str_of(slash != NULL ? slash + 1 : name);
	ptrdiff_t dot = str_rchr(s, '.');

	s = str_slice(s, 0, dot > 0 ? (size_t)dot : 40);
	for (size_t i = 0; i < s.n && i < 40; i++)
		buf_putc(
		    b, chr_is_alnum(s.p[i]) || s.p[i] == '_' ? s.p[i] : '-');
	if (s.n == 0 || strcmp(name, "-") == 0)
		buf_puts(b, "session");
}

int
folder_add(const char *folder, const char *name, struct str text,
    struct buf *path, struct diag *d)
{
	struct buf temp = BUF_INIT, inside = BUF_INIT;
	int err;

	buf_printf(&inside, "%s/", folder);
	err = inside.err == 0 ? write_beside(buf_cstr(&inside), text, &temp)
			      : ERR_NOMEM;
	if (err == ERR_IO)
		cannot_write(folder, d);
	/* link(2) never takes another session's place. */
	for (unsigned n = 1; err == 0; n++) {
		buf_clear(path);
		buf_printf(path, "%s/", folder);
		put_stem(path, name);
		buf_printf(path, "-%u" ENDING, n);
		err = path->err;
		if (err != 0 || link(temp.p, path->p) == 0)
			break;
		if (errno != EEXIST || n >= 100000)
			err = cannot_write(path->p, d);
	}
	if (temp.n > 0)
		unlink(temp.p);
	buf_free(&temp);
	buf_free(&inside);
	return err == ERR_NOMEM ? session_no_memory(d) : err;
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

/* What a program that was killed had begun to write. */
static void
sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	uint32_t pid;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		struct str name = str_of(e->d_name);

		if (str_starts(name, TEMP) &&
		    str_u32(str_slice(name, strlen(TEMP), name.n), &pid) == 0 &&
		    pid > 0 && pid <= INT32_MAX && kill((pid_t)pid, 0) != 0 &&
		    errno == ESRCH)
			unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir != NULL)
		closedir(dir);
}

void
folder_prune(const char *folder, const char *keep)
{
	const char *slash = strrchr(keep, '/');
	struct folder_file *list;
	size_t n;

	sweep(folder);
	if (folder_list(folder, &list, &n) != 0)
		return;
	for (size_t i = SESSION_KEPT_MAX; i < n; i++) {
		struct buf path = BUF_INIT;

		buf_printf(&path, "%s/%s", folder, list[i].name);
		if (path.err == 0 &&
		    strcmp(list[i].name, slash != NULL ? slash + 1 : keep) != 0)
			unlink(path.p);
		buf_free(&path);
	}
	mem_free(list);
}

int
folder_read(const char *path, struct buf *text, struct diag *d)
{
	struct stat st;
	int err = ERR_IO;

	/* Not a pipe, on which one would wait for ever. */
	if (stat(path, &st) == 0) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		if (S_ISREG(st.st_mode))
			err = buf_read_file(text, path, SESSION_FILE_MAX);
	}
	if (err == ERR_IO)
		diag_set(
		    d, err, path, 0, _("can't be read: %s"), err_system(errno));
	else if (err == ERR_LIMIT)
		diag_set(d, err, path, 0, _("is longer than %u bytes"),
		    SESSION_FILE_MAX);
	else if (err != 0)
		session_no_memory(d);
	return err;
}
