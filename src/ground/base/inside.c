/* Files that stay in their folder. */
#include "base/inside.h"

#include "base/err.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
inside_name(const char *name)
{
	struct str rest = str_of(name), part;

	if (name[0] == '/')
		return false;
	while (rest.n > 0) {
		part = str_cut(rest, '/', &rest);
		if (str_is(part, ".."))
			return false;
	}
	return true;
}

/* Does the file at PATH, links followed, lie below FOLDER? */
static bool
lies_below(const char *path, const char *folder)
{
	char file[PATH_MAX], top[PATH_MAX];
	size_t n;

	if (realpath(path, file) == NULL || realpath(folder, top) == NULL)
		return false;
	n = strlen(top);
	if (n > 0 && top[n - 1] == '/')
		n--; /* the root */
	return strncmp(file, top, n) == 0 && file[n] == '/';
}

int
inside_path(const char *folder, const char *name, struct buf *path)
{
	buf_clear(path);
	buf_printf(path, "%s/%s", folder, name);
	if (path->err != 0)
		return path->err;
	if (!inside_name(name))
		return ERR_RANGE;
	if (access(buf_cstr(path), R_OK) != 0)
		return ERR_NOTFOUND;
	return lies_below(buf_cstr(path), folder) ? 0 : ERR_RANGE;
}
