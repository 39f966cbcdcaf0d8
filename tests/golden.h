/*
 * Expected texts in tests/golden: golden_same compares, or writes the file
 * anew with GOLDEN set (make golden) or RUNG_GOLDEN=write.
 */
#ifndef GOLDEN_H
#define GOLDEN_H

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

__attribute__((unused)) static bool
golden_same(const char *name, struct str text)
{
	struct buf want = BUF_INIT;
	char path[256];
	bool same;

	snprintf(path, sizeof(path), "tests/golden/%s", name);
	if (getenv("GOLDEN") != NULL || getenv("RUNG_GOLDEN") != NULL) {
		struct buf now = BUF_INIT;

		buf_str(&now, text);
		same = buf_write_file(&now, path) == 0;
		buf_free(&now);
		return same;
	}
	same = buf_read_file(&want, path, 1 << 20) == 0 &&
	       str_eq(buf_view(&want), text);
	if (!same)
		printf("%s differs; it is now:\n%.*s", path, STR_ARG(text));
	buf_free(&want);
	return same;
}

#endif
