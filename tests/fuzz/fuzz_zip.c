/*
 * A zip file: unpacked within its budget and nowhere but in its folder, or
 * refused with a sentence.
 */
#include "fuzz.h"
#include "fuzz_file.h"

#include "base/err.h"
#include "grade/class.h"

#include <ftw.h>

#define BYTES_MOST 100000
#define FILES_MOST 100

static struct unzip_budget found;

static int
count(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)path;
	(void)where;
	fuzz_want(type == FTW_F || type == FTW_D);
	found.files++;
	found.bytes += type == FTW_F ? (uint64_t)st->st_size : 0;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct unzip_budget left = { BYTES_MOST, FILES_MOST };
	struct folder_names names;
	struct diag d = DIAG_INIT;
	char file[512], to[512];
	int err;

	fuzz_write("f.zip", (struct str){ (const char *)bytes, n }, &file);
	fuzz_name("to", &to);
	err = class_unzip(file, to, &left, &d);
	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	/* A hostile file is no fault of this machine. */
	fuzz_want(err != ERR_IO && err != ERR_UNSUPPORTED);
	fuzz_want(folder_names_read(&names, fuzz_folder()) == 0);
	fuzz_want(names.n <= 2);
	folder_names_free(&names);
	found = (struct unzip_budget){ 0, 0 };
	nftw(to, count, 16, FTW_PHYS);
	/* The folder itself is one more. */
	fuzz_want(found.bytes <= BYTES_MOST && found.files <= FILES_MOST + 1);
	folder_remove(to);
	return 0;
}
