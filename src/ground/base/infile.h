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

struct file_id {
	uint64_t device, inode;
};

/*
 * The files that were read, by device and inode, whatever their names: no
 * output may replace one of them. Each is in the list once. Zeroed: none.
 */
struct file_ids {
	struct file_id *list; /* sorted */
	size_t n, cap;
};

/* Adds PATH, "-" being standard input; paths that are missing or no regular
 * files are left out.  0 or ERR_NOMEM. */
int file_ids_add(struct file_ids *ids, const char *path);

void file_ids_free(struct file_ids *ids);

/*
 * Each file that is opened for reading from now on is added to IDS (NULL, the
 * initial state: to none), which the caller keeps until the next call.  When
 * memory runs out, mem_failures counts it, and no output is written any more
 * (base/outfile.h).
 */
void file_ids_watch(struct file_ids *ids);
/* FD was opened to be read. */
void file_ids_note(int fd);
/* PATH, and all below it, is read here or in a process of its own. */
void file_ids_note_all(const char *path);
/* PATH, "-" being standard output, leads to what was noted. */
bool file_ids_noted(const char *path);

#endif
