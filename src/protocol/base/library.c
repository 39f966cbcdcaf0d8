#include "base/library.h"

#include "base/err.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int
say_missing(struct diag *d)
{
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("a library that this needs can't be loaded: %s"), dlerror());
}

int
library_load(const char *file, const struct library_function *functions,
    size_t n, struct diag *d)
{
	void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL)
		return say_missing(d);
	for (size_t i = 0; i < n; i++) {
		void *function = dlsym(library, functions[i].name);

		if (function == NULL)
			return say_missing(d);
		memcpy(functions[i].pointer, &function, sizeof(function));
	}
	return 0;
}

/* This program's own, which the linker puts there. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

/* The file at PATH begins as this program does: ELF, the same word size, byte
 * order and machine. */
static bool
is_alike(const char *path)
{
	ElfW(Ehdr) head;
	FILE *f = fopen(path, "re");
	bool is =
	    f != NULL && fread(&head, sizeof(head), 1, f) == 1 &&
	    memcmp(head.e_ident, __ehdr_start.e_ident, EI_VERSION + 1) == 0 &&
	    head.e_type == ET_DYN && head.e_machine == __ehdr_start.e_machine;

	if (f != NULL)
		fclose(f);
	return is;
}

/* Folders that the dynamic linker looks in, but for those of its cache. */
static bool
is_on_the_way(const char *file)
{
	union {
		Dl_serinfo head;
		char room[16384];
	} way;
	void *self = dlopen(NULL, RTLD_LAZY);
	char path[4096];

	if (dlinfo(self, RTLD_DI_SERINFOSIZE, &way.head) != 0 ||
	    way.head.dls_size > sizeof(way) ||
	    dlinfo(self, RTLD_DI_SERINFO, &way.head) != 0)
		return false;
	for (unsigned i = 0; i < way.head.dls_cnt; i++) {
		snprintf(path, sizeof(path), "%s/%s",
		    way.head.dls_serpath[i].dls_name, file);
		if (access(path, F_OK) == 0)
			return is_alike(path);
	}
	return false;
}

bool
library_is_there(const char *file)
{
	struct diag none = DIAG_INIT;

	return is_on_the_way(file) || library_load(file, NULL, 0, &none) == 0;
}
