/* The questions asked of a run, in their order; and the findings of inspect. */
#include "base/err.h"
#include "inspect/inspect.h"
#include "search/invariants_in.h"

static void
check_clauses(struct check *c)
{
	const struct inspect_source from = { .name = STR("") };
	struct inspect *in = NULL;
	int err = inspect_create(&in, 0);

	if (err == 0)
		err = inspect_take(in, c->t, &from);
	if (err == 0)
		err = inspect_finish(in);
	for (size_t i = 0; err == 0 && i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];
		const struct inspect_clause *k = inspect_clause_at(f->clause);

		if (k->severity == INSPECT_ERROR && f->meant == 0 &&
		    k->area != INSPECT_AREA_MEDIA)
			check_found(c, INVARIANT_CLAUSE, f->name, f->seq);
	}
	inspect_destroy(in);
	if (err != 0)
		c->err = ERR_NOMEM;
}

int
invariants_check(const struct trace *t, const struct state_at *state,
    const struct traffic *now, const struct traffic *usual,
    struct findings *out)
{
	struct check c = {
		.t = t, .state = state, .usual = usual, .now = now, .out = out
	};

	c.busy = check_is_busy(&c);
	check_transactions(&c);
	check_messages(&c);
	if (!c.busy) {
		check_dialogs(&c);
		check_bindings(&c);
	}
	check_sessions(&c);
	if (!c.busy) {
		check_networks(&c);
		check_h323(&c);
		check_programs(&c);
	}
	check_faces(&c);
	check_unfit(&c);
	if (check_is_undisturbed(&c))
		check_clauses(&c);
	return c.err;
}
