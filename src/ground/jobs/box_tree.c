/* What a program in a box sees of the files: system folders, its interpreter's
 * own tree, wherever that is, and its own. */
#include "base/folder.h"
#include "base/str.h"
#include "jobs/box_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The files of this machine, while the box is made. */
#define OUTSIDE "/outside"
/* The root's own memory, and that of /tmp. */
#define ROOT_SIZE "mode=755,size=32m"
#define TMP_SIZE  "mode=1777,size=32m,nr_inodes=4096"
#define NO_SIZE   "mode=755,size=4k"
/* Who the program is, to itself, and where it may write. */
#define USER_NAME "student"
#define USER_HOME "/tmp"

/* Of mount_setattr(2), Linux 5.12. */
#define SYS_SETATTR 442
#define READ_ONLY   UINT64_C(1)
#define NO_SETUID   UINT64_C(2)
#define BELOW       0x8000 /* AT_RECURSIVE */

/* Of Linux, of NixOS and Guix; of /etc what an interpreter needs. */
static const char *const system_folders[] = { "/usr", "/bin", "/sbin", "/lib",
	"/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store",
	"/run/current-system", "/etc/ld.so.cache", "/etc/alternatives",
	"/etc/localtime", "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
	"/dev/urandom" };

static const char *const system_links[][2] = {
	{ "/proc/self/fd", "/dev/fd" },
	{ "/proc/self/fd/0", "/dev/stdin" },
	{ "/proc/self/fd/1", "/dev/stdout" },
	{ "/proc/self/fd/2", "/dev/stderr" },
	{ "/tmp", "/dev/shm" },
};

/* OUT becomes A, B and C; false: that is too long. */
static bool
box_join(char out[PATH_MAX], const char *a, const char *b, const char *c)
{
	return snprintf(out, PATH_MAX, "%s%s%s", a, b, c) < PATH_MAX;
}

/* PATH's folder, "" for the root. */
static void
box_cut_name(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash != NULL)
		*slash = '\0';
}

/* ---- what the program is ---- */

/* PROGRAM becomes the path of WORD in PATH. */
static int
box_look_up(const char *word, char program[PATH_MAX])
{
	struct str rest = str_of(getenv("PATH")), folder;
	struct stat st;

	while (rest.n > 0) {
		folder = str_cut(rest, ':', &rest);
		if (!str_starts(folder, "/") ||
		    snprintf(program, PATH_MAX, "%.*s/%s", STR_ARG(folder),
			word) >= PATH_MAX)
			continue;
		if (stat(program, &st) == 0 && S_ISREG(st.st_mode) &&
		    access(program, X_OK) == 0)
			return 0;
	}
	return ENOENT;
}

/* PATH is FOLDER, or lies below it. */
static bool
box_is_in(const char *folder, const char *path)
{
	size_t n = strlen(folder);

	return strncmp(folder, path, n) == 0 &&
	       (path[n] == '\0' || path[n] == '/');
}

/* FOLDER holds more than an interpreter: whose home, or whose work. */
static bool
box_is_anybodys(const char *folder)
{
	const char *home = getenv("HOME");
	char below[PATH_MAX], of[PATH_MAX];

	if (folder[0] == '\0')
		return true;
	for (int i = 0; i < 2; i++) {
		if (i == 0 ? getcwd(of, sizeof(of)) == NULL
			   : home == NULL || realpath(home, of) == NULL)
			continue;
		if (box_is_in(folder, of))
			return true;
		if (i == 1 && box_join(below, of, "/.local", "") &&
		    strcmp(folder, below) == 0)
			return true;
	}
	return false;
}

/* One of HIDDEN is in FOLDER. */
static bool
box_holds(const char *folder, const char *const *hidden)
{
	for (; hidden != NULL && *hidden != NULL; hidden++)
		if (box_is_in(folder, *hidden))
			return true;
	return false;
}

/* The parts of an interpreter in a tree that holds more. */
static void
box_take_parts(struct box_tree *t, const char *tree)
{
	static const char *const parts[] = { "/lib", "/lib64", "/pyvenv.cfg" };

	for (size_t i = 0; i < COUNT_OF(parts) && t->nfolders < BOX_TREES; i++)
		t->nfolders +=
		    box_join(t->folders[t->nfolders], tree, parts[i], "");
}

/* The tree that FILE, an interpreter or a link to it, is in: PREFIX of
 * PREFIX/bin/FILE, if that has libraries; else FILE alone.  VENV: only where
 * that is a virtual environment of Python's. */
static void
box_take_tree(
    struct box_tree *t, const char *const *hidden, const char *file, bool venv)
{
	char *to = t->folders[t->nfolders], sign[PATH_MAX];
	bool bin, shims, tree, whole;
	char prefix[PATH_MAX];

	box_join(to, file, "", "");
	box_cut_name(to);
	bin = str_ends(str_of(to), "/bin");
	shims = str_ends(str_of(to), "/shims");
	box_cut_name(to);
	tree = box_join(sign, to, venv ? "/pyvenv.cfg" : "/lib", "") &&
	       (bin || shims) && (shims || access(sign, F_OK) == 0);
	whole = tree && !box_is_anybodys(to) && !box_holds(to, hidden);
	if (venv && (!tree || shims))
		return;
	box_join(prefix, to, "", "");
	if (!whole)
		box_join(to, file, "", "");
	t->nfolders++;
	if (tree && bin && !whole)
		box_take_parts(t, prefix);
}

static bool
box_add_link(struct box_tree *t, const char *path, const char *to)
{
	if (t->nlinks == BOX_WAYS)
		return false;
	box_join(t->links[t->nlinks].path, path, "", "");
	box_join(t->links[t->nlinks++].to, to, "", "");
	return true;
}

int
box_tree_find(
    struct box_tree *t, const char *const *hidden, const char **program)
{
	char hop[PATH_MAX], folder[PATH_MAX], to[PATH_MAX], next[PATH_MAX];
	const char *word = *program;
	bool more = true;
	ssize_t n;
	int err = 0;

	t->nfolders = t->nlinks = 0;
	*program = t->program;
	if (strchr(word, '/') == NULL)
		err = box_look_up(word, t->program);
	else if (!box_join(t->program, word[0] == '/' ? "" : BOX_FOLDER "/",
		     word, ""))
		err = ENAMETOOLONG;
	if (err != 0 || t->program[0] == '\0' ||
	    str_starts(str_of(t->program), BOX_FOLDER "/"))
		return err;
	box_join(hop, t->program, "", "");
	for (bool first = true; more; first = false) {
		char *name = strrchr(hop, '/');

		*name++ = '\0';
		if (realpath(hop[0] != '\0' ? hop : "/", folder) == NULL)
			return errno;
		if (hop[0] != '\0' && strcmp(hop, folder) != 0)
			more = box_add_link(t, hop, folder);
		if (!box_join(next, strcmp(folder, "/") == 0 ? "" : folder, "/",
			name))
			return ENAMETOOLONG;
		if (first)
			box_take_tree(t, hidden, next, true);
		n = readlink(next, to, sizeof(to) - 1);
		if (n < 0)
			break;
		to[n] = '\0';
		more = more && box_add_link(t, next, to);
		if (!box_join(hop, to[0] == '/' ? "" : folder,
			to[0] == '/' ? "" : "/", to))
			return ENAMETOOLONG;
	}
	if (!more)
		return ELOOP;
	box_take_tree(t, hidden, next, false);
	return 0;
}

/* ---- the root ---- */

static int
box_set_mount(const char *path, uint64_t flags, unsigned how)
{
	const uint64_t attributes[4] = { flags, 0, 0, 0 };

	return syscall(SYS_SETATTR, AT_FDCWD, path, how, attributes,
		   sizeof(attributes)) != 0
		   ? errno
		   : 0;
}

static int
box_link(const char *path, const char *to)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return 0;
	return folder_make_above(path, 0755) != 0 || symlink(to, path) != 0
		   ? errno
		   : 0;
}

/* PATH, as it is outside, comes into the box, unless it is there. */
static int
box_bring(const char *path)
{
	char outside[PATH_MAX], to[PATH_MAX];
	struct stat st, here;
	ssize_t n;
	int fd = -1;

	if (!box_join(outside, OUTSIDE, path, ""))
		return ENAMETOOLONG;
	if (lstat(path, &here) == 0 || lstat(outside, &st) != 0)
		return 0;
	if (S_ISLNK(st.st_mode)) {
		n = readlink(outside, to, sizeof(to) - 1);
		to[n > 0 ? n : 0] = '\0';
		return box_link(path, to);
	}
	if (folder_make_above(path, 0755) != 0 ||
	    (S_ISDIR(st.st_mode)
		    ? mkdir(path, 0755) != 0
		    : (fd = open(path, O_CREAT | O_RDONLY | O_CLOEXEC, 0644)) <
			  0))
		return errno;
	if (fd >= 0)
		close(fd);
	if (mount(outside, path, NULL, MS_BIND | MS_REC, NULL) != 0)
		return errno;
	return box_set_mount(path, READ_ONLY | NO_SETUID, BELOW);
}

static int
box_mount(const char *path, unsigned long flags, const char *options)
{
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		return errno;
	flags |= MS_NOSUID | MS_NODEV;
	return mount("box", path, "tmpfs", flags, options) != 0 ? errno : 0;
}

/* All is below OUTSIDE; the root is empty. */
static int
box_make_root(void)
{
	static const char place[] = "/tmp";

	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return errno;
	if (mount("box", place, "tmpfs", MS_NOSUID, ROOT_SIZE) != 0 ||
	    chdir(place) != 0 || mkdir(&OUTSIDE[1], 0700) != 0 ||
	    syscall(SYS_pivot_root, ".", &OUTSIDE[1]) != 0 || chdir("/") != 0)
		return errno;
	return 0;
}

static int
box_bring_all(const struct box_tree *t)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < COUNT_OF(system_folders); i++)
		err = box_bring(system_folders[i]);
	for (size_t i = 0; err == 0 && i < t->nfolders; i++)
		err = box_bring(t->folders[i]);
	for (size_t i = 0; err == 0 && i < t->nlinks; i++)
		err = box_link(t->links[i].path, t->links[i].to);
	for (size_t i = 0; err == 0 && i < COUNT_OF(system_links); i++)
		err = box_link(system_links[i][1], system_links[i][0]);
	return err;
}

/* Where a kernel or a container rejects a /proc of one's own, it is empty.  Of
 * the first process, a copy of rung's, nothing is seen. */
static int
box_make_proc(void)
{
	if (mkdir("/proc", 0555) != 0)
		return errno;
	return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		   "hidepid=2,subset=pid") == 0
		   ? box_mount("/proc/1", MS_RDONLY, NO_SIZE)
		   : 0;
}

/* An interpreter that is in FOLDER came without the rest of it. */
static bool
box_has_parts_of(const struct box_tree *t, const char *folder)
{
	for (size_t i = 0; i < t->nfolders; i++)
		if (box_is_in(folder, t->folders[i]))
			return true;
	return false;
}

static int
box_hide(const struct box_tree *t, const char *const *hidden)
{
	struct stat st;
	int err = 0;

	for (; err == 0 && hidden != NULL && *hidden != NULL; hidden++) {
		if (stat(*hidden, &st) != 0 || box_has_parts_of(t, *hidden))
			continue;
		if (S_ISDIR(st.st_mode))
			err = box_mount(*hidden, MS_RDONLY, NO_SIZE);
		else if (mount("/dev/null", *hidden, NULL, MS_BIND, NULL) != 0)
			err = errno;
	}
	return err;
}

static int
box_put_file(const char *path, const char *text)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
	ssize_t n = fd >= 0 ? write(fd, text, strlen(text)) : -1;
	int err = n < 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	return err;
}

/* USER of GROUP is the one user that there is. */
static int
box_name_user(unsigned user, unsigned group)
{
	char users[128], groups[64];
	int err;

	snprintf(users, sizeof(users), "%s:x:%u:%u::%s:/bin/sh\n", USER_NAME,
	    user, group, USER_HOME);
	snprintf(groups, sizeof(groups), "%s:x:%u:\n", USER_NAME, group);
	if (folder_make_above("/etc/passwd", 0755) != 0)
		return errno;
	err = box_put_file("/etc/passwd", users);
	return err == 0 ? box_put_file("/etc/group", groups) : err;
}

/* Words that programs look for in the environment. */
static void
box_take_words(const struct box_tree *t)
{
	char path[PATH_MAX], all[PATH_MAX];

	box_join(path, t->program, "", "");
	box_cut_name(path);
	clearenv();
	if (box_join(all, path, ":/usr/local/bin:/usr/bin:/bin", ""))
		setenv("PATH", all, 1);
	setenv("HOME", USER_HOME, 1);
	setenv("USER", USER_NAME, 1);
	setenv("LOGNAME", USER_NAME, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
}

int
box_tree_plant(const struct box_tree *t, const struct box *b, unsigned user)
{
	int err = box_make_root();

	/* An interpreter may lie below it. */
	if (err == 0)
		err = box_mount("/tmp", 0, TMP_SIZE);
	if (err == 0)
		err = box_bring_all(t);
	if (err == 0)
		err = box_make_proc();
	if (err == 0)
		err = box_name_user(
		    user != 0 ? user : getuid(), user != 0 ? user : getgid());
	if (err == 0)
		err = box_hide(t, b->hidden);
	if (err == 0 &&
	    (umount2(OUTSIDE, MNT_DETACH) != 0 || rmdir(OUTSIDE) != 0 ||
		mkdir(BOX_FOLDER, 0755) != 0))
		err = errno;
	if (err != 0)
		return BOX_FAIL(BOX_ROOT, err);
	if (b->lay_out != NULL)
		err = b->lay_out(b->arg, BOX_FOLDER);
	if (err == 0 && chdir(BOX_FOLDER) != 0)
		err = errno;
	if (err != 0)
		return BOX_FAIL(BOX_FILES, err);
	box_take_words(t);
	err = box_set_mount("/", READ_ONLY | NO_SETUID, 0);
	return err != 0 ? BOX_FAIL(BOX_ROOT, err) : 0;
}
