/* For tests of lessons: the labs that have one, and their files. */
#ifndef LESSONS_H
#define LESSONS_H

#include "grade/mark.h"
#include "labs.h"

#define LESSON_FILE_MOST (1u << 20)

static bool
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

__attribute__((unused)) static void
each_lesson(void (*fn)(const char *lab))
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, false);

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

__attribute__((unused)) static void
read_text(const char *lab, const char *name, struct buf *out)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", lab, name);
	CU_ASSERT_EQUAL_FATAL(buf_read_file(out, path, LESSON_FILE_MOST), 0);
}

__attribute__((unused)) static struct lesson *
load(const char *lab)
{
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;

	if (lesson_load(&l, lab, "", &d) != 0)
		printf("  %s:%u: %s\n", d.file, d.line, d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	return l;
}

#endif
