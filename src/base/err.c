/* The sentences of the error codes. */
#include "base/err.h"

#include <stddef.h>

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
