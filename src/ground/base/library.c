/* Libraries opened while the program runs; see base/library.h. */
#include "base/library.h"

#include "base/err.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

/* Debian's packages of the libraries, where rung was built on one. */
static const struct {
	const char *file, *package;
} library_packages[] = {
#include "library_packages.inc"
	{ NULL, NULL },
};

static const char *
library_find_package(const char *file)
{
	size_t i = 0;

	while (library_packages[i].file != NULL &&
	       strcmp(library_packages[i].file, file) != 0)
		i++;
	return library_packages[i].package;
}

static int
library_say_missing(const char *file, struct diag *d)
{
	const char *package = library_find_package(file);

	if (package == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("a required library can't be loaded: %s"), dlerror());
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("a required library can't be loaded: %s (package %s)"), dlerror(),
	    package);
}

int
library_load(const char *file, const char *const *names, size_t n,
    void *pointers, struct diag *d)
{
	void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL)
		return library_say_missing(file, d);
	for (size_t i = 0; i < n; i++) {
		void *function = dlsym(library, names[i]);

		if (function == NULL)
			return library_say_missing(file, d);
		memcpy((char *)pointers + i * sizeof(function), &function,
		    sizeof(function));
	}
	return 0;
}

/* This program's own, which the linker puts there. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

/* F begins as this program does: ELF of its word size, byte order, machine. */
static bool
library_is_alike(FILE *f)
{
	const ElfW(Ehdr) *own = &__ehdr_start;
	ElfW(Ehdr) h;

	return fread(&h, sizeof(h), 1, f) == 1 && h.e_type == ET_DYN &&
	       memcmp(h.e_ident, own->e_ident, EI_VERSION) == 0 &&
	       h.e_machine == own->e_machine;
}

bool
library_is_there(const char *file)
{
	/* Folders that the dynamic linker looks in, except for its cache's. */
	union {
		Dl_serinfo head;
		char room[16384];
	} way = { .head = { .dls_size = sizeof(way) } };
	void *self = dlopen(NULL, RTLD_LAZY);
	struct diag none = DIAG_INIT;
	FILE *f = NULL;
	bool is = false;

	if (dlinfo(self, RTLD_DI_SERINFOSIZE, &way.head) != 0 ||
	    way.head.dls_size > sizeof(way) ||
	    dlinfo(self, RTLD_DI_SERINFO, &way.head) != 0)
		way.head.dls_cnt = 0;
	for (unsigned i = 0; f == NULL && i < way.head.dls_cnt; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s",
		    way.head.dls_serpath[i].dls_name, file);
		f = fopen(path, "re");
	}
	if (f != NULL) {
		is = library_is_alike(f);
		fclose(f);
	}
	return is || library_load(file, NULL, 0, NULL, &none) == 0;
}
