/* Numbers and orders that differ from student to student. */
#include "lesson/lesson.h"

#include <stdio.h>

#include "base/folder.h"
#include "lesson/lesson_in.h"

static uint64_t
draw_bits(struct str lab, const char *student, const char *what)
{
	uint64_t h = STR_HASH_START;

	h = str_hash_add(h, lab);
	h = str_hash_add(h, STR("\n"));
	h = str_hash_add(h, str_of(student));
	h = str_hash_add(h, STR("\n"));
	h = str_hash_add(h, str_of(what));
	return str_hash_end(h);
}

uint64_t
lesson_draw(const struct lesson *l, const char *what)
{
	return draw_bits(folder_name(l->folder), l->student, what);
}

/* Every order is as likely: 8! of them are few beside 2^64. */
void
lesson_option_order(
    struct str lab, const char *student, unsigned task, size_t n, size_t *order)
{
	char what[32];
	uint64_t drawn;

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	if (student[0] == '\0')
		return;
	snprintf(what, sizeof(what), "choice %u", task);
	drawn = draw_bits(lab, student, what);
	for (size_t i = n; i > 1; drawn /= i, i--) {
		size_t last = order[i - 1], k = drawn % i;

		order[i - 1] = order[k];
		order[k] = last;
	}
}
