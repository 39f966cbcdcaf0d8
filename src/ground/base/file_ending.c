/* The ending of a file's name. */
#include "base/file_ending.h"

struct str
file_ending(struct str file)
{
	size_t begin = (size_t)(str_rchr(file, '/') + 1);
	struct str name = str_slice(file, begin, file.n), ending;
	ptrdiff_t dot = str_rchr(name, '.');
	size_t letters = 0;

	/* What begins with its only dot is a hidden file's whole name. */
	if (dot <= 0)
		return STR_NULL;
	ending = str_slice(name, (size_t)dot + 1, name.n);
	for (size_t i = 0; i < ending.n; i++) {
		if (!chr_is_alnum(ending.p[i]))
			return STR_NULL;
		letters += chr_is_alpha(ending.p[i]);
	}
	return letters > 0 ? ending : STR_NULL;
}

struct str
file_ending_packed(struct str file)
{
	return file_ending(
	    str_slice(file, 0, file.n - 3 * str_ends(file, ".gz")));
}
