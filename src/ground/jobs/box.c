/*
 * How a box is made (jobs/box.h): namespaces(7) with a root folder of their
 * own, then no rights, bounds, Landlock where the kernel has it, and a filter
 * for system calls.  root needs no namespace of users, and becomes a user of
 * its own.
 */
#include "jobs/box.h"

#include "base/i18n.h"
#include "jobs/box_in.h"
#include "jobs/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of a box: processes and threads, bytes of a file. */
#define PROCESSES 64
#define FILE_MOST (UINT64_C(16) << 20)
/* root becomes this user, plus its process's number. */
#define USER_FIRST 1800000000u
#define NOBODY     65534

#define SPACES                                                      \
	(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | \
	    CLONE_NEWUTS | CLONE_NEWCGROUP)

const char *
box_need_text(enum box_need what)
{
	static const char *const texts[] = {
#define X(id, text) text,
		"", BOX_NEEDS(X)
#undef X
	};

	return i18n_text(texts[what]);
}

/* ---- users ---- */

static int
box_become(unsigned user)
{
	if (syscall(SYS_setgroups, 0, NULL) != 0 ||
	    setresgid(user, user, user) != 0 ||
	    setresuid(user, user, user) != 0)
		return errno;
	return 0;
}

static int
box_write_proc(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), err = 0;

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		err = errno;
	if (fd >= 0)
		close(fd);
	return err;
}

/* User 1000 of the namespace is who has made it. */
static int
box_map(unsigned user, unsigned group)
{
	char users[64], groups[64];
	int err;

	snprintf(users, sizeof(users), "1000 %u 1", user);
	snprintf(groups, sizeof(groups), "1000 %u 1", group);
	err = box_write_proc("/proc/self/setgroups", "deny");
	if (err == 0 || err == ENOENT)
		err = box_write_proc("/proc/self/gid_map", groups);
	return err == 0 ? box_write_proc("/proc/self/uid_map", users) : err;
}

/* All users of the machine are this process's: it is in no container that has
 * but some. */
static bool
box_has_all_users(void)
{
	unsigned from = 1, to = 1, n = 0;
	FILE *f = fopen("/proc/self/uid_map", "re");
	bool all = f != NULL && fscanf(f, "%u %u %u", &from, &to, &n) == 3 &&
		   from == 0 && to == 0 && n == UINT_MAX;

	if (f != NULL)
		fclose(f);
	return all;
}

/* root, with the rights that a container leaves it, becomes the user 65534; a
 * root that is alone in its container is a user without rights outside of that.
 */
static int
box_leave_root(void)
{
	int err = box_become(NOBODY);

	prctl(PR_SET_DUMPABLE, 1);
	return box_has_all_users() ? err : 0;
}

/* New namespaces; for root (*USER: whom its program becomes) without one of
 * users, if that may be. */
static int
box_part(unsigned *user)
{
	bool root = geteuid() == 0;
	unsigned owner, group;
	int err = 0;

	*user = USER_FIRST + (unsigned)getpid();
	if (root && box_has_all_users() && unshare(SPACES) == 0)
		return 0;
	*user = 0;
	if (root)
		err = box_leave_root();
	if (err != 0)
		return BOX_FAIL(BOX_USER, err);
	owner = geteuid();
	group = getegid();
	if (unshare(CLONE_NEWUSER | SPACES) != 0)
		return BOX_FAIL(BOX_SPACES, errno);
	err = box_map(owner, group);
	return err != 0 ? BOX_FAIL(BOX_USER, err) : 0;
}

/* No capability is left, nor can one be got. */
static int
box_renounce(unsigned user)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[2] = { { 0 } };
	int err = user != 0 ? box_become(user) : 0;

	if (err == 0 && (syscall(SYS_capset, &head, none) != 0 ||
			    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0))
		err = errno;
	/* No process reads the memory of this one, which is a copy. */
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	return err;
}

/* ---- processes ---- */

/* The first process of the namespace: with it ends all that is in it. */
static _Noreturn void
box_reap(pid_t program)
{
	int status = 0;
	pid_t ended;

	descriptors_close(0);
	do
		ended = waitpid(-1, &status, 0);
	while (ended != program && (ended > 0 || errno == EINTR));
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void
box_limit(void)
{
	const struct rlimit processes = { PROCESSES, PROCESSES },
			    file = { FILE_MOST, FILE_MOST };

	setrlimit(RLIMIT_NPROC, &processes);
	setrlimit(RLIMIT_FSIZE, &file);
}

int
box_enter(const struct box *b, const char **program, int report, pid_t parent)
{
	struct box_tree tree;
	unsigned user;
	pid_t pid;
	int err = box_part(&user);

	if (err != 0)
		return err;
	err = program_keeper_begin(report, parent);
	if (err != 0)
		return BOX_FAIL(BOX_PROGRAM, err);
	err = box_tree_find(&tree, b->hidden, program);
	if (err != 0)
		return err;
	umask(022);
	err = box_tree_plant(&tree, b, user);
	if (err != 0)
		return err;
	err = box_renounce(user);
	if (err != 0)
		return BOX_FAIL(BOX_USER, err);
	pid = fork();
	if (pid < 0)
		return BOX_FAIL(BOX_PROGRAM, errno);
	if (pid > 0)
		box_reap(pid);
	setsid();
	box_limit();
	err = box_filter();
	return err != 0 ? BOX_FAIL(BOX_CALLS, err) : 0;
}
