/*
 * What differs from student to student: numbers that are drawn, and the order
 * of a choice's options.  Both follow from the lab's name and the student's
 * number alone.
 */
#include "base/folder.h"
#include "lesson/lesson_in.h"

#include <stdio.h>

uint64_t
lesson_draw(const struct lesson *l, const char *what)
{
	uint64_t h = STR_HASH_START;

	h = str_hash_add(h, folder_name(l->folder));
	h = str_hash_add(h, STR("\n"));
	h = str_hash_add(h, str_of(l->student));
	h = str_hash_add(h, STR("\n"));
	h = str_hash_add(h, str_of(what));
	return str_hash_end(h);
}

/* Every order is as likely: 8! of them are few beside 2^64. */
static void
shuffle_options(const struct lesson *l, struct lesson_task *t)
{
	char what[32];
	uint64_t drawn;

	snprintf(what, sizeof(what), "choice %u", t->number);
	drawn = lesson_draw(l, what);
	for (size_t i = t->noptions; i > 1; drawn /= i, i--) {
		struct lesson_option o = t->options[i - 1];
		size_t k = drawn % i;

		t->options[i - 1] = t->options[k];
		t->options[k] = o;
	}
}

void
lesson_shuffle(struct lesson *l)
{
	if (l->student[0] == '\0')
		return;
	for (size_t i = 0; i < l->ntasks; i++)
		if (l->tasks[i].shown.kind == LESSON_CHOICE)
			shuffle_options(l, &l->tasks[i].shown);
}
