/* Dialogs, from either side. */
#include "search/invariants_in.h"

/* The dialog D as its other side has it, at another node. */
static const struct fold_dialog *
other_side(const struct check *c, const struct fold_dialog *d)
{
	const struct fold_dialog *o;
	size_t at = 0;

	while ((o = fold_next_dialog(c->fold, STR_NULL, &at)) != NULL)
		if (str_eq(o->call_id, d->call_id) &&
		    str_eq(o->local_tag, d->remote_tag) &&
		    str_eq(o->remote_tag, d->local_tag))
			return o;
	return NULL;
}

static bool
is_in(const struct fold_dialog *d, enum state_id state)
{
	return str_is(d->state, state_word(state));
}

static void
check_dialog(struct check *c, const struct fold_dialog *d)
{
	const struct fold_dialog *o = other_side(c, d);

	if (o != NULL && check_is_down(c, o->node))
		o = NULL;
	if (is_in(d, STATE_EARLY)) {
		if (o == NULL)
			check_found(c, INVARIANT_RINGS_ON, d->node, d->last);
		return;
	}
	if (is_in(d, STATE_MORATORIUM))
		check_found(c, INVARIANT_HALF_OPEN, d->node, d->last);
	if (!is_in(d, STATE_CONFIRMED))
		return;
	if (o == NULL)
		check_found(c, INVARIANT_ONE_SIDED, d->node, d->last);
	else if (d->target.n > 0 && !check_is_at(c, o->node, d->target))
		check_found(c, INVARIANT_WRONG_TARGET, d->node, d->last);
}

void
check_dialogs(struct check *c)
{
	const struct fold_dialog *d;
	size_t at = 0;

	while ((d = fold_next_dialog(c->fold, STR_NULL, &at)) != NULL)
		if (!check_is_down(c, d->node))
			check_dialog(c, d);
}
