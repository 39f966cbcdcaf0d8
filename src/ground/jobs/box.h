/*
 * A box for a program that may be hostile.  It sees the system's folders, its
 * interpreter and its own files, all read only, and an empty /tmp; it has no
 * network, sees no other process, and has no rights.
 */
#ifndef JOBS_BOX_H
#define JOBS_BOX_H

#include <stdbool.h>
#include <sys/types.h>

/* X(ID, text): what a machine must have for a box. */
#define BOX_NEEDS(X)                                                          \
	X(SPACES, N_("namespaces for users, processes, mounts and networks")) \
	X(USER, N_("a user without rights in a namespace"))                   \
	X(ROOT, N_("a root folder of the program's own"))                     \
	X(FILES, N_("the program's files in a folder in memory"))             \
	X(PROGRAM, N_("a process in a namespace"))                            \
	X(CALLS, N_("a filter for system calls (seccomp)"))

enum box_need {
	BOX_NOTHING,
#define X(id, text) BOX_##id,
	BOX_NEEDS(X)
#undef X
};

/* A box's folder of the program's own files, where it runs. */
#define BOX_FOLDER "/work"

struct box {
	/* Writes the program's files into FOLDER.  0 or errno.  NULL: none. */
	int (*lay_out)(void *arg, const char *folder);
	void *arg;
	/* Folders and files that look empty, by their real paths; NULL ends
	 * them. */
	const char *const *hidden;
};

/* What the machine lacks, in words. */
const char *box_need_text(enum box_need what);

/* Of child_begin: an error together with what it is about. */
#define BOX_FAIL(what, err) ((err) | (int)(what) << 16)
#define BOX_NEED(result)    ((enum box_need)((result) >> 16))
#define BOX_ERRNO(result)   ((result)&0xffff)

/*
 * Moves to a process in a box, in which *PROGRAM, a word of a command, becomes
 * the path of what it names.  Descriptor REPORT and the first three files are
 * that process's; the caller's process, a child of PARENT, keeps it
 * (program_keeper_begin).  0, or
 * BOX_FAIL in whichever process failed.
 */
int
box_enter(const struct box *b, const char **program, int report, pid_t parent);

/*
 * Forks, in a child of PARENT.  0 in the new process, which goes on; the
 * process that called waits for its end, or for SIGTERM, then ends all that is
 * left of it and of what it has started, and itself with the same status.  Else
 * errno.
 */
int program_keeper_begin(int report, pid_t parent);

#endif
