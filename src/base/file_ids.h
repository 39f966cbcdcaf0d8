/*
 * Which files were read, by device and inode, whatever their names: what is
 * written must not take the place of one of them.
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
	struct file_id *list;
	size_t n;
};

/* PATH, "-" being standard input, is one of them from now on; what is no
 * regular file, or not there, is left out.  0 or ERR_NOMEM. */
int file_ids_add(struct file_ids *ids, const char *path);
/* All of FROM, which is empty afterwards.  0 or ERR_NOMEM. */
int file_ids_move(struct file_ids *ids, struct file_ids *from);
/* PATH leads to one of them. */
bool file_ids_has(const struct file_ids *ids, const char *path);
void file_ids_free(struct file_ids *ids);

#endif
