/* Files that are whole or not there; see base/outfile.h. */
#include "base/outfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/gzip.h"
#include "base/i18n.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/outfile_in.h"

/* ---- what a signal would leave behind ---- */

/* The program writes one file at a time; tests some. */
#define LEFT_MOST 4
/* Folders in a folder that is made. */
#define DEPTH_MOST 8

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE,
	SIGXCPU };

static const char *volatile left[LEFT_MOST];

static unsigned count;

static bool ours[COUNT_OF(signals)];

void
outfile_left_hold(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

void
outfile_left_release(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

/* NAME in the folder IN: a file, or a folder with all files in it. readdir(3)
 * would take memory. */
static void
outfile_left_clear(int in, const char *name, unsigned depth)
{
	alignas(struct dirent64) char room[2048];
	const struct dirent64 *e;
	int fd;
	long n;

	if (unlinkat(in, name, 0) == 0 || depth == 0)
		return;
	fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	while ((n = getdents64(fd, room, sizeof(room))) > 0)
		for (long at = 0; at < n; at += e->d_reclen) {
			e = (const void *)(room + at);
			if (strcmp(e->d_name, ".") != 0 &&
			    strcmp(e->d_name, "..") != 0)
				outfile_left_clear(fd, e->d_name, depth - 1);
		}
	close(fd);
	unlinkat(in, name, AT_REMOVEDIR);
}

/* Only what signal-safety(7) lists, and getdents64(2). */
void
outfile_left_remove(void)
{
	for (size_t i = 0; i < LEFT_MOST; i++)
		if (left[i] != NULL)
			outfile_left_clear(AT_FDCWD, left[i], DEPTH_MOST);
}

static void
outfile_on_signal(int sig)
{
	outfile_left_remove();
	/* SA_RESETHAND: now it ends the program, as it would have. */
	raise(sig);
}

/* Ignored signals (nohup) stay ignored, and handled ones are left to their
 * handler. */
static void
outfile_catch_signals(void)
{
	struct sigaction act = { .sa_handler = outfile_on_signal }, old;

	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaddset(&act.sa_mask, signals[i]);
	act.sa_flags = (int)SA_RESETHAND;
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		ours[i] = sigaction(signals[i], NULL, &old) == 0 &&
			  (old.sa_flags & SA_SIGINFO) == 0 &&
			  old.sa_handler == SIG_DFL &&
			  sigaction(signals[i], &act, NULL) == 0;
}

static void
outfile_leave_signals(void)
{
	struct sigaction usual = { .sa_handler = SIG_DFL }, now;

	sigemptyset(&usual.sa_mask);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		if (ours[i] && sigaction(signals[i], NULL, &now) == 0 &&
		    now.sa_handler == outfile_on_signal)
			sigaction(signals[i], &usual, NULL);
}

/* While they wait: PATH (borrowed until it is dropped) is removed by such a
 * signal, unless another handler has it or it is ignored.  Of more than a few
 * files only the first are. */
static void
outfile_left_add(const char *path)
{
	for (size_t i = 0; i < LEFT_MOST; i++) {
		if (left[i] != NULL)
			continue;
		left[i] = path;
		if (count++ == 0)
			outfile_catch_signals();
		return;
	}
}

static void
outfile_left_drop(const char *path)
{
	for (size_t i = 0; path != NULL && i < LEFT_MOST; i++) {
		if (left[i] != path)
			continue;
		left[i] = NULL;
		if (--count == 0)
			outfile_leave_signals();
	}
}

int
outfile_left_make(const char *folder)
{
	sigset_t before;
	int trouble;

	outfile_left_hold(&before);
	trouble = mkdir(folder, 0777) == 0 ? 0 : errno;
	if (trouble == 0)
		outfile_left_add(folder);
	outfile_left_release(&before);
	return trouble;
}

void
outfile_left_keep(const char *folder)
{
	sigset_t before;

	outfile_left_hold(&before);
	outfile_left_drop(folder);
	outfile_left_release(&before);
}

/* ---- files that are whole or not there ---- */

/* What a file that is being written is called where it must have a name. */
#define TEMPORARY ".rung-XXXXXX"
/* Bytes gathered for one write to the kernel. */
#define ROOM ((size_t)64 << 10)
/* As long as the kernel follows. */
#define LINKS_MOST 40

/* Of the whole process: tests ask for it. */
static bool always_named;

void
outfile_always_named(bool named)
{
	always_named = named;
}

static int
outfile_fail(struct outfile *o)
{
	if (o->trouble == 0)
		o->trouble = errno != 0 ? errno : EIO;
	errno = o->trouble;
	return ERR_IO;
}

/* PATH is a file that was read, which O is not to replace. */
static int
refuse_read(struct outfile *o, const char *path)
{
	if (o->own || o->trouble != 0 || !file_ids_noted(path))
		return 0;
	o->read = true;
	errno = EEXIST;
	outfile_fail(o);
	return ERR_EXISTS;
}

int
outfile_tell_read(const char *file, struct diag *d)
{
	if (strcmp(file, "-") == 0)
		file = _("standard output");
	return diag_set(d, ERR_EXISTS, file, 0,
	    _("is read by this command, and writing would destroy it; name "
	      "another file with -o"));
}

const char *
outfile_why(int trouble)
{
	return trouble == ENOENT ? _("its folder does not exist")
				 : err_system(trouble);
}

int
outfile_check(const char *file, struct diag *d)
{
	return file != NULL && file_ids_noted(file) ? outfile_tell_read(file, d)
						    : 0;
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

/* PATH's folder with its slash, and NAME there; NULL: no memory. */
static char *
outfile_beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash != NULL ? (size_t)(slash + 1 - path) : 0;
	size_t more = strlen(name) + 1;
	char *to = mem_alloc(n + more);

	if (to == NULL)
		return NULL;
	memcpy(to, path, n);
	memcpy(to + n, name, more);
	return to;
}

/* ---- without a name ---- */

/* What linkat(2) takes for the file open as FD. */
static void
name_descriptor(int fd, char (*to)[32])
{
	snprintf(*to, sizeof(*to), "/proc/self/fd/%d", fd);
}

/* A file that can be given a name later; -1: there is none here. */
static int
open_nameless(const char *folder)
{
	char self[32];
	int fd;

	if (always_named)
		return -1;
	fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	name_descriptor(fd, &self);
	if (access(self, F_OK) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
link_to(int fd, const char *path)
{
	char self[32];

	name_descriptor(fd, &self);
	return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

/* linkat(2) replaces no file: where there is one already, a name next to it, to
 * be moved from there. */
static int
give_name(struct outfile *o, int fd)
{
	int err = link_to(fd, o->path);

	for (unsigned i = 0; err != 0 && errno == EEXIST && i < 1000; i++) {
		char name[40];

		snprintf(name, sizeof(name), ".rung-%ld-%u", (long)getpid(), i);
		mem_free(o->temp);
		o->temp = outfile_beside(o->path, name);
		if (o->temp == NULL) {
			errno = ENOMEM;
			return outfile_fail(o);
		}
		err = link_to(fd, o->temp);
	}
	if (err == 0)
		return 0;
	outfile_fail(o);
	/* Not ours to remove. */
	mem_free(o->temp);
	o->temp = NULL;
	return ERR_IO;
}

/* ---- with a name ---- */

static int
open_named(struct outfile *o)
{
	sigset_t before;
	int fd;

	o->temp = outfile_beside(o->path, TEMPORARY);
	if (o->temp == NULL) {
		errno = ENOMEM;
		return -1;
	}
	outfile_left_hold(&before);
	fd = mkostemp(o->temp, O_CLOEXEC);
	if (fd >= 0)
		outfile_left_add(o->temp);
	outfile_left_release(&before);
	if (fd >= 0)
		return fd;
	outfile_fail(o);
	mem_free(o->temp);
	o->temp = NULL;
	return -1;
}

static int
outfile_give_room(struct outfile *o)
{
	o->room = mem_alloc(ROOM);
	if (o->room == NULL)
		return ERR_NOMEM;
	setvbuf(o->f, NULL, _IONBF, 0);
	return 0;
}

/* A file for O's path, with MODE. */
static int
open_aside(struct outfile *o, mode_t mode)
{
	char *folder = outfile_beside(o->path, ".");
	int fd;

	if (folder == NULL)
		return ERR_NOMEM;
	fd = o->lasts ? outfile_open_part(o) : -1;
	if (fd < 0)
		fd = open_nameless(folder);
	mem_free(folder);
	if (fd < 0)
		fd = open_named(o);
	if (fd < 0)
		return o->trouble != 0 ? ERR_IO : ERR_NOMEM;
	if (fchmod(fd, mode) == 0)
		o->f = fdopen(fd, "wb");
	if (o->f != NULL)
		return outfile_give_room(o);
	outfile_fail(o);
	close(fd);
	return ERR_IO;
}

/* ---- places ---- */

/* What the symbolic link PATH says, from where PATH is seen; NULL: it is none,
 * or there is no memory (*ERR). */
static char *
outfile_follow(const char *path, int *err)
{
	char to[PATH_MAX];
	ssize_t n = readlink(path, to, sizeof(to) - 1);
	char *next;

	*err = 0;
	if (n <= 0)
		return NULL;
	to[n] = '\0';
	next = to[0] == '/' ? mem_strdup(to) : outfile_beside(path, to);
	if (next == NULL)
		*err = ERR_NOMEM;
	return next;
}

/* Where PATH leads to, which need not exist yet; NULL: no memory. */
static char *
outfile_resolve(const char *path)
{
	char *at = mem_strdup(path), *next;
	int err = at != NULL ? 0 : ERR_NOMEM;

	for (int i = 0; err == 0 && i < LINKS_MOST; i++) {
		next = outfile_follow(at, &err);
		if (next == NULL)
			break;
		mem_free(at);
		at = next;
	}
	if (err == 0)
		return at;
	mem_free(at);
	return NULL;
}

static int
outfile_open_path(struct outfile *o, const char *path)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	/* ENOENT is a place, if its folder is there. */
	if (path[0] == '\0' || (!there && errno != ENOENT))
		return outfile_fail(o);
	if (there && !S_ISREG(st.st_mode)) {
		o->f = fopen(path, "wbe");
		if (o->f == NULL)
			return outfile_fail(o);
		/* A program may be reading from a pipe, or a terminal. */
		return S_ISCHR(st.st_mode) && !isatty(fileno(o->f))
			   ? outfile_give_room(o)
			   : 0;
	}
	/* Moving would replace what must not be written. */
	if (there && access(path, W_OK) != 0)
		return outfile_fail(o);
	o->path = outfile_resolve(path);
	if (o->path == NULL)
		return ERR_NOMEM;
	return open_aside(o, there ? st.st_mode & 07777 : new_mode());
}

static int
open_any(struct outfile *o, const char *path, bool own, bool lasts)
{
	int err;

	*o = OUTFILE_INIT;
	o->own = own;
	o->lasts = lasts;
	errno = 0;
	err = refuse_read(o, path);
	if (err == 0 && strcmp(path, "-") == 0)
		o->f = stdout;
	else if (err == 0)
		err = outfile_open_path(o, path);
	if (err != 0) {
		int why = o->trouble;

		outfile_close(o, false);
		errno = why;
	}
	return err;
}

int
outfile_open(struct outfile *o, const char *path)
{
	return open_any(o, path, false, false);
}

int
outfile_open_own(struct outfile *o, const char *path)
{
	return open_any(o, path, true, false);
}

static int
outfile_put_out(struct outfile *o, const char *p, size_t n)
{
	errno = 0;
	if (n > 0 && fwrite(p, 1, n, o->f) != n)
		return outfile_fail(o);
	return 0;
}

/* What was gathered. */
static int
flush_room(struct outfile *o)
{
	size_t n = o->used;

	o->used = 0;
	return o->trouble != 0 ? outfile_fail(o)
			       : outfile_put_out(o, o->room, n);
}

/* A sink; ARG is the struct outfile. */
static int
write_through(const char *p, size_t n, void *arg)
{
	struct outfile *o = arg;
	int err = 0;

	if (o->trouble != 0)
		return outfile_fail(o);
	if (o->room == NULL)
		return outfile_put_out(o, p, n);
	if (n > ROOM - o->used)
		err = flush_room(o);
	if (err != 0 || n > ROOM)
		return err != 0 ? err : outfile_put_out(o, p, n);
	if (n > 0)
		memcpy(o->room + o->used, p, n);
	o->used += n;
	return 0;
}

static int
open_packed(struct outfile *o, const char *path, bool lasts)
{
	int err = open_any(o, path, false, lasts);

	if (err != 0 || !gzip_is_named(path))
		return err;
	/* At this address: O is not to be moved any more. */
	err = gzip_create(&o->gzip, write_through, o);
	if (err != 0)
		outfile_close(o, false);
	return err;
}

int
outfile_open_packed(struct outfile *o, const char *path)
{
	return open_packed(o, path, false);
}

int
outfile_open_lasting(struct outfile *o, const char *path)
{
	return open_packed(o, path, true);
}

int
outfile_flush(struct outfile *o)
{
	int err = o->lasts && o->gzip != NULL ? gzip_flush(o->gzip) : 0;

	return err == 0 && o->lasts && o->room != NULL && o->used > 0
		   ? flush_room(o)
		   : err;
}

int
outfile_write(const char *p, size_t n, void *arg)
{
	struct outfile *o = arg;

	return o->gzip != NULL ? gzip_write(o->gzip, p, n)
			       : write_through(p, n, o);
}

/* Closed, since some file systems say only then that a disk is full; what has
 * no name is held by another descriptor until it has one. */
static void
end_writing(struct outfile *o, bool whole)
{
	bool nameless = o->path != NULL && o->temp == NULL;
	int fd = -1;

	if (whole && o->room != NULL)
		flush_room(o);
	if (whole && nameless && (fd = dup(fileno(o->f))) < 0)
		outfile_fail(o);
	if (fclose(o->f) != 0)
		outfile_fail(o);
	if (fd >= 0 && o->trouble == 0)
		give_name(o, fd);
	if (fd >= 0)
		close(fd);
}

/* What has a name has its place, or is gone. */
static void
settle_file(struct outfile *o, bool whole)
{
	if (o->temp == NULL)
		return;
	if (whole && o->trouble == 0 && rename(o->temp, o->path) != 0)
		outfile_fail(o);
	if (!whole || o->trouble != 0)
		unlink(o->temp);
	outfile_left_drop(o->temp);
}

int
outfile_close(struct outfile *o, bool whole)
{
	sigset_t before;
	bool held = o->path != NULL, read;
	int why;

	if (whole && o->f != NULL && o->trouble == 0 && mem_failures() != 0)
		o->trouble = ENOMEM;
	if (whole && o->path != NULL)
		refuse_read(o, o->path);
	if (whole && o->gzip != NULL)
		gzip_end(o->gzip);
	gzip_destroy(o->gzip);
	errno = 0;
	/* Not while a pipe is waited for, which may be for ever. */
	if (held)
		outfile_left_hold(&before);
	if (o->f == stdout && fflush(stdout) != 0)
		outfile_fail(o);
	else if (o->f != NULL && o->f != stdout)
		end_writing(o, whole);
	settle_file(o, whole);
	if (held)
		outfile_left_release(&before);
	mem_free(o->room);
	mem_free(o->temp);
	mem_free(o->kept);
	mem_free(o->path);
	why = o->trouble;
	read = o->read;
	*o = OUTFILE_INIT;
	errno = why;
	if (read)
		return ERR_EXISTS;
	return why == 0 ? 0 : why == ENOMEM ? ERR_NOMEM : ERR_IO;
}

/* ---- writes that are whole ---- */

int
fd_write(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0)
			text = str_slice(text, (size_t)n, text.n);
	}
	return 0;
}
