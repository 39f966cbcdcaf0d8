/* The parts of a box; see jobs/box.h. */
#ifndef JOBS_BOX_IN_H
#define JOBS_BOX_IN_H

#include "jobs/box.h"

#include <limits.h>
#include <stddef.h>

#define BOX_WAYS  12
#define BOX_TREES 8

/* What a program is, outside of the box. */
struct box_tree {
	char program[PATH_MAX]; /* its path */
	/* Folders or files that come into the box, by their real paths. */
	char folders[BOX_TREES][PATH_MAX];
	size_t nfolders;
	/* Links on the way to the program: where they are, what they say. */
	struct {
		char path[PATH_MAX], to[PATH_MAX];
	} links[BOX_WAYS];
	size_t nlinks;
};

/* *PROGRAM, a word, becomes its path, and T what that needs: of a tree in which
 * one of HIDDEN is the interpreter and its libraries.  0 or errno. */
int box_tree_find(
    struct box_tree *t, const char *const *hidden, const char **program);
/* In a new namespace of mounts: makes its root, for USER and the group of that
 * number; 0: for who this process is.  0 or BOX_FAIL. */
int
box_tree_plant(const struct box_tree *t, const struct box *b, unsigned user);

/* Landlock, if there is one, and the filter for system calls, for this process
 * from now on.  0 or errno. */
int box_filter(void);

#endif
