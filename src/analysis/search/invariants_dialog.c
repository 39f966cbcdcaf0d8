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

/* NODE has a timer that runs, of MACHINE ("" of a call), by one of the names in
 * NAMES, or by any (NULL). */
static bool
runs_timer(const struct check *c, struct str node, const char *machine,
    const char *names)
{
	const struct fold_timer *timer;
	size_t at = 0;

	while ((timer = fold_next_timer(c->fold, node, &at)) != NULL)
		if (str_is(timer->machine, machine) &&
		    (names == NULL || str_has_word(str_of(names), timer->name)))
			return true;
	return false;
}

static void
check_dialog(struct check *c, const struct fold_dialog *d)
{
	const struct fold_dialog *o = other_side(c, d);

	if (o != NULL && check_is_down(c, o->node))
		o = NULL;
	if (is_in(d, STATE_EARLY)) {
		/* A caller's lasts as long as more 2xx may come (RFC 3261
		 * 13.2.2.4). */
		if (o == NULL && !runs_timer(c, d->node, "ICT", NULL))
			check_found(c, INVARIANT_RINGS_ON, d->node, d->last);
		return;
	}
	if (is_in(d, STATE_MORATORIUM) && !runs_timer(c, d->node, "", "2xx"))
		check_found(c, INVARIANT_HALF_OPEN, d->node, d->last);
	if (!is_in(d, STATE_CONFIRMED))
		return;
	/* A session timer will end it (RFC 4028). */
	if (o == NULL && !runs_timer(c, d->node, "", "session session-refresh"))
		check_found(c, INVARIANT_ONE_SIDED, d->node, d->last);
	else if (o == NULL)
		return;
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
