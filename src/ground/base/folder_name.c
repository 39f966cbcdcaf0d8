/* The name of a folder, of its path alone. */
#include "base/folder.h"

struct str
folder_name(const char *path)
{
	struct str s = str_of(path);

	while (s.n > 1 && str_ends(s, "/"))
		s.n--;
	return str_slice(s, (size_t)(str_rchr(s, '/') + 1), s.n);
}
