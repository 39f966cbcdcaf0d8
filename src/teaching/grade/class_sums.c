/* What each student of a class has reached in all of its labs. */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/class.h"

#include <stdlib.h>
#include <string.h>

static int
by_number(const void *a, const void *b)
{
	const struct class_sum *x = a, *y = b;

	return strcmp(x->who->student, y->who->student);
}

static int
add_entry(struct class_sums *s, const struct class_entry *e)
{
	size_t i = 0;

	while (i < s->n && strcmp(s->list[i].who->student, e->student) != 0)
		i++;
	if (i == s->n) {
		if (ARRAY_ROOM(&s->list, &s->cap, s->n + 1) != 0)
			return ERR_NOMEM;
		s->list[s->n++] = (struct class_sum){ .who = e };
	}
	s->list[i].points += e->points;
	return 0;
}

/* The entries are sorted by their labs: E is the first of its own. */
static int
add_entry_lab(struct class_sums *s, const struct class_entry *e)
{
	if (s->nlabs > 0 && strcmp(s->labs[s->nlabs - 1], e->lab) == 0)
		return 0;
	if (ARRAY_ROOM(&s->labs, &s->labs_cap, s->nlabs + 1) != 0 ||
	    ARRAY_ROOM(&s->worth, &s->worth_cap, s->nlabs + 1) != 0)
		return ERR_NOMEM;
	s->worth[s->nlabs] = e->of;
	s->labs[s->nlabs++] = e->lab;
	s->of += e->of;
	return 0;
}

int
class_sum_up(const struct class *c, struct class_sums *s)
{
	int err = 0;

	*s = (struct class_sums){ .list = NULL };
	for (size_t i = 0; err == 0 && i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!e->counts || e->failed[0] != '\0' || e->student[0] == '\0')
			continue;
		err = add_entry_lab(s, e);
		if (err == 0)
			err = add_entry(s, e);
	}
	if (s->n > 0)
		qsort(s->list, s->n, sizeof(*s->list), by_number);
	return err;
}

void
class_sums_free(struct class_sums *s)
{
	mem_free(s->list);
	mem_free(s->labs);
	mem_free(s->worth);
	*s = (struct class_sums){ .list = NULL };
}
