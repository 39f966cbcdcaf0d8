#include "base/library.h"

#include "base/err.h"

#include <dlfcn.h>
#include <string.h>

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
