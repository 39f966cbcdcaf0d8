/* The sentences of the error codes. */
#include "base/err.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/infile.h"
#include "base/param.h"

static const char *const texts[] = {
#define X(id, text) [ERR_##id] = text,
	ERR_TABLE(X)
#undef X
};

const char *
err_text(int code)
{
	if (code < 0 || code >= ERR_COUNT)
		return _("unknown error");
	return _(texts[code]);
}

const char *
err_system(int number)
{
	static const struct {
		int number;
		const char *text;
	} known[] = {
		{ EACCES, N_("Permission denied") },
		{ EEXIST, N_("File exists") },
		{ EFBIG, N_("File too large") },
		{ EIO, N_("Input/output error") },
		{ EISDIR, N_("Is a directory") },
		{ ELOOP, N_("Too many levels of symbolic links") },
		{ EMFILE, N_("Too many open files") },
		{ ENAMETOOLONG, N_("File name too long") },
		{ ENOENT, N_("No such file or directory") },
		{ ENOSPC, N_("No space left on device") },
		{ ENOTDIR, N_("Not a directory") },
		{ INFILE_NO_FILE, N_("A pipe or a device, not a file") },
		{ EPERM, N_("Operation not permitted") },
		{ EROFS, N_("Read-only file system") },
	};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (known[i].number == number)
			return i18n_text(known[i].text);
	return strerror(number);
}
