/* Which labs are rung's own, by their names alone: no file is looked at. */
#include "inputs/share_labs.h"
#include "inputs/share_table.h"

#include <string.h>

bool
share_is_own(const char *name)
{
	static const char *const names[] = {
#define GROUP(title)
#define LAB(folder, title, text) folder,
		SHARE_TABLE(GROUP, LAB)
#undef GROUP
#undef LAB
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}
