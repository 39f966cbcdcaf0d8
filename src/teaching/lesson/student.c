/*
 * What differs from student to student: numbers that are drawn, and the order
 * of a choice's options.  Both follow from the lab's name and the student's
 * number alone.  In a graded set the options have an order of the set's before,
 * so that the one of check.lua says nothing.
 */
#include "base/folder.h"
#include "lesson/lesson_in.h"

#include <stdio.h>
#include <string.h>

static uint64_t
draw(struct str lab, const char *student, const char *what)
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
	return draw(folder_name(l->folder), l->student, what);
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
	drawn = draw(lab, student, what);
	for (size_t i = n; i > 1; drawn /= i, i--) {
		size_t last = order[i - 1], k = drawn % i;

		order[i - 1] = order[k];
		order[k] = last;
	}
}

void
lesson_set_order(const char *shuffle, unsigned task, size_t n, size_t *order)
{
	lesson_option_order(str_of(shuffle), "set", task, n, order);
}

static void
put_in_order(struct lesson_task *t, const size_t *order)
{
	struct lesson_option plain[LESSON_OPTIONS_MAX];

	memcpy(plain, t->options, sizeof(plain));
	for (size_t i = 0; i < t->noptions; i++)
		t->options[i] = plain[order[i]];
}

static void
shuffle_options(const struct lesson *l, struct lesson_task *t)
{
	size_t order[LESSON_OPTIONS_MAX];

	if (l->shuffle != NULL) {
		lesson_set_order(l->shuffle, t->number, t->noptions, order);
		put_in_order(t, order);
	}
	lesson_option_order(
	    folder_name(l->folder), l->student, t->number, t->noptions, order);
	put_in_order(t, order);
}

void
lesson_shuffle(struct lesson *l)
{
	for (size_t i = 0; i < l->ntasks; i++)
		if (l->tasks[i].shown.kind == LESSON_CHOICE)
			shuffle_options(l, &l->tasks[i].shown);
}
