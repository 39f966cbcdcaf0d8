/*
 * Files that are read as a whole: scripts, topologies, answers, rosters.  A
 * pipe or a device in such a file's place would be waited for for ever, or
 * never end: they are read where the shell has opened them, as standard input
 * ("-") or below /dev or /proc, and nowhere else.
 */
#ifndef BASE_INFILE_H
#define BASE_INFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What errno is for a pipe or a device. */
#define INFILE_NO_FILE ENOTBLK

/*
 * Which files were read, by device and inode, whatever their names: what
 * is written must not take the place of one of them. Each is in the list
 * once.
 */

struct file_id {
	uint64_t device, inode;
};

/* Zeroed: none. */
struct file_ids {
	struct file_id *list; /* sorted */
	size_t n, cap;
};

/* PATH, "-" being standard input, is one of them from now on; what is no
 * regular file, or not there, is left out.  0 or ERR_NOMEM. */
int file_ids_add(struct file_ids *ids, const char *path);

void file_ids_free(struct file_ids *ids);

/*
 * Whoever opens a file to read it notes it: it is one of IDS from then on
 * (NULL: of none, as it is in the beginning), which the caller keeps until he
 * calls this again.  Where there is no memory for that, mem_failures says so,
 * and nothing is written any more (base/outfile.h).
 */
void file_ids_watch(struct file_ids *ids);
/* FD was opened to be read. */
void file_ids_note(int fd);
/* PATH, and all below it, is read here or in a process of its own. */
void file_ids_note_all(const char *path);
/* PATH, "-" being standard output, leads to what was noted. */
bool file_ids_noted(const char *path);

#endif
