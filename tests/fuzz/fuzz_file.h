/* What is read by its name, for fuzz targets: one folder for all inputs. */
#ifndef FUZZ_FILE_H
#define FUZZ_FILE_H

#include "base/buf.h"
#include "base/folder.h"
#include "fuzz.h"

#include <string.h>
#include <sys/stat.h>

/* The folder, in $TMPDIR or /tmp; the same each time. */
static inline const char *
fuzz_folder(void)
{
	static char path[256];
	const char *temp = getenv("TMPDIR");

	if (path[0] != '\0')
		return path;
	snprintf(path, sizeof(path), "%s/rung-fuzz-XXXXXX",
	    temp != NULL ? temp : "/tmp");
	fuzz_want(mkdtemp(path) != NULL);
	return path;
}

/* At the process' end. */
static inline void
fuzz_remove_folder(void)
{
	folder_remove(fuzz_folder());
}

/* NAME in the folder, into PATH. */
static inline void
fuzz_name(const char *name, char (*path)[512])
{
	snprintf(*path, sizeof(*path), "%s/%s", fuzz_folder(), name);
}

/* TEXT becomes the file NAME in the folder, whose path gets PATH. */
static inline void
fuzz_write(const char *name, struct str text, char (*path)[512])
{
	FILE *f;

	fuzz_name(name, path);
	f = fopen(*path, "wb");
	fuzz_want(f != NULL && fwrite(text.p, 1, text.n, f) == text.n);
	fuzz_want(fclose(f) == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	fuzz_folder();
	return atexit(fuzz_remove_folder);
}

#endif
