/*
 * Which files were read, by device and inode, whatever their names: what is
 * written must not take the place of one of them.  Each is in the list once.
 */
#ifndef BASE_FILE_IDS_H
#define BASE_FILE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
/* PATH, or all that lies below it where it is a folder, links not followed.  0
 * or ERR_NOMEM. */
int file_ids_add_all(struct file_ids *ids, const char *path);
/* PATH leads to one of them; "-" does not. */
bool file_ids_has(const struct file_ids *ids, const char *path);
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
