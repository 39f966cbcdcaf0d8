/* Files by device and inode; see base/file_ids.h. */
#include "base/file_ids.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* False: PATH is no regular file. */
static bool
read_id(const char *path, struct file_id *id)
{
	struct stat st;
	int err =
	    strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st);

	if (err != 0 || !S_ISREG(st.st_mode))
		return false;
	id->device = (uint64_t)st.st_dev;
	id->inode = (uint64_t)st.st_ino;
	return true;
}

static int
append_id(struct file_ids *ids, struct file_id id)
{
	if (ARRAY_RESIZE(&ids->list, ids->n + 1) != 0)
		return ERR_NOMEM;
	ids->list[ids->n++] = id;
	return 0;
}

int
file_ids_add(struct file_ids *ids, const char *path)
{
	struct file_id id;

	return read_id(path, &id) ? append_id(ids, id) : 0;
}

int
file_ids_move(struct file_ids *ids, struct file_ids *from)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < from->n; i++)
		err = append_id(ids, from->list[i]);
	file_ids_free(from);
	return err;
}

bool
file_ids_has(const struct file_ids *ids, const char *path)
{
	struct file_id id;

	if (strcmp(path, "-") == 0 || !read_id(path, &id))
		return false;
	for (size_t i = 0; i < ids->n; i++)
		if (ids->list[i].device == id.device &&
		    ids->list[i].inode == id.inode)
			return true;
	return false;
}

void
file_ids_free(struct file_ids *ids)
{
	mem_free(ids->list);
	*ids = (struct file_ids){ NULL, 0 };
}
