/* What lessons.h declares. */
#include "lessons.h"

#include "check.h"

#include <stdlib.h>

bool
has_file(const char *lab, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", lab, name);
	return access(path, R_OK) == 0;
}

static bool
has_lesson(const char *lab)
{
	return has_file(lab, "check.lua");
}

static void
each_lesson_of(char **names, size_t n, void (*fn)(const char *lab))
{
	for (size_t i = 0; i < n; i++) {
		unsigned before = CU_get_number_of_failures();

		if (!has_lesson(names[i]))
			continue;
		fn(names[i]);
		if (CU_get_number_of_failures() != before)
			printf("  (in %s)\n", names[i]);
	}
	labs_free(names, n);
}

void
each_lesson(void (*fn)(const char *lab))
{
	char *names[LABS_MAX];

	each_lesson_of(names, labs_list(names, false), fn);
}

void
each_lesson_some(void (*fn)(const char *lab))
{
	char *names[LABS_MAX];

	each_lesson_of(names, labs_list_some(names, false), fn);
}

void
read_text(const char *lab, const char *name, struct buf *out)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", lab, name);
	CU_ASSERT_EQUAL_FATAL(buf_read_file(out, path, LESSON_FILE_MOST), 0);
}

struct lesson *
load(const char *lab)
{
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;

	if (lesson_load(&l, lab, "", &d) != 0)
		printf("  %s:%u: %s\n", d.file, d.line, d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	return l;
}
