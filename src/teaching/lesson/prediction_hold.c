/* Finds the tasks that wait for a prediction and hold a run, and from which
 * record on; see lesson/prediction_hold.h. */
#include "lesson/prediction_hold.h"

#include "base/err.h"
#include "base/str.h"

/* An answer of blanks counts for nothing. */
bool
prediction_hold_is_open(
    const struct lesson *l, const struct answers *a, size_t i)
{
	const struct answer *t = &a->tasks[i];

	return lesson_task(l, i)->ahead && !t->looked && !t->taught &&
	       t->told.n == 0 && str_trim(buf_view(&t->text)).n == 0;
}

bool
prediction_hold_is_any_open(const struct lesson *l, const struct answers *a)
{
	size_t i = 0, n = lesson_count(l);

	while (i < n && !prediction_hold_is_open(l, a, i))
		i++;
	return i < n;
}

int
prediction_hold_find(struct lesson *l, const struct trace *run,
    uint64_t from[LESSON_TASKS_MAX], struct diag *why)
{
	for (size_t i = 0; i < lesson_count(l); i++) {
		struct diag d = DIAG_INIT;

		from[i] = 0;
		if (lesson_asks_from(l, i, run, &from[i], &d) == 0)
			continue;
		from[i] = 0;
		if (d.err == ERR_NOMEM)
			return ERR_NOMEM;
		if (lesson_task(l, i)->ahead && why != NULL && why->err == 0)
			*why = d;
	}
	return 0;
}

struct prediction_hold
prediction_hold_of(const struct lesson *l, const struct answers *a,
    const uint64_t *from, uint64_t records)
{
	struct prediction_hold h = { .before = 0 };

	for (size_t i = 0; i < lesson_count(l); i++) {
		uint64_t before = from[i] > 0 ? from[i] : 1;
		unsigned number = lesson_task(l, i)->number;

		if (!prediction_hold_is_open(l, a, i))
			continue;
		if (before > records && h.others == 0) {
			h.others = number;
		} else if (before <= records &&
			   (h.own == 0 || before < h.before)) {
			h.own = number;
			h.before = before;
		}
	}
	return h;
}

bool
prediction_hold_hides(const struct prediction_hold *h, const struct lesson *l,
    size_t i, const uint64_t *from, uint64_t records)
{
	return h->own != 0 && !lesson_task(l, i)->ahead &&
	       from[i] >= h->before && from[i] <= records;
}

bool
prediction_hold_look(const struct lesson *l, struct answers *a,
    const uint64_t *from, uint64_t records, bool own)
{
	bool any = false;

	for (size_t i = 0; i < lesson_count(l); i++)
		if (prediction_hold_is_open(l, a, i) &&
		    (from[i] <= records) == own) {
			a->tasks[i].looked = true;
			any = true;
		}
	return any;
}
