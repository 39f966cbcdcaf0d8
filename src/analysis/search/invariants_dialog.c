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

/* A node of ROLE is up, and has the address of TARGET; or any has (STR_NULL).
 */
static const struct trace_node *
find_up(const struct check *c, const char *role, struct str target, size_t *at)
{
	const struct trace_head *h = trace_head(c->t);

	while (*at < h->nnodes) {
		const struct trace_node *n = &h->nodes[(*at)++];

		if (str_has_word(n->role, str_of(role)) &&
		    !check_is_down(c, n->name) &&
		    (target.n == 0 || check_is_at(c, n->name, target)))
			return n;
	}
	return NULL;
}

bool
check_untold_is_in(const struct check *c, struct str target)
{
	const struct trace_node *n;
	size_t at = 0, call = 0;

	if (find_up(c, "script", target, &at) != NULL)
		return true;
	at = 0;
	while ((n = find_up(c, "handset", target, &at)) != NULL) {
		call = 0;
		if (fold_next_call(c->fold, n->name, &call) != NULL)
			return true;
	}
	return false;
}

static bool
is_dialog_in(const struct fold_dialog *d, enum state_id state)
{
	return str_is(d->state, state_word(state));
}

bool
check_runs_timer(const struct check *c, struct str node, const char *machine,
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

/* D is a subscription's (RFC 6665), and a timer of one runs at its node: it is
 * asked for again, or ends, when that fires. */
static bool
ends_with_subscription(const struct check *c, const struct fold_dialog *d)
{
	const struct fold_transaction *tr;
	struct trace_rec rec;
	size_t at = 0;

	trace_get(c->t, d->first, &rec);
	if (!str_starts(rec.why, "rfc6665"))
		return false;
	while ((tr = fold_next_transaction(c->fold, d->node, &at)) != NULL) {
		const struct fold_timer *timer;
		size_t i = 0;

		if (!str_is(tr->machine_name, "subscription"))
			continue;
		while ((timer = fold_next_timer(c->fold, d->node, &i)) != NULL)
			if (str_eq(timer->id, tr->id))
				return true;
	}
	return false;
}

/* A timer will end the confirmed dialog D: that of a session (RFC 4028), or of
 * a subscription. */
static bool
is_timed(const struct check *c, const struct fold_dialog *d)
{
	return check_runs_timer(c, d->node, "", "session session-refresh") ||
	       ends_with_subscription(c, d);
}

static void
check_dialog(struct check *c, const struct fold_dialog *d)
{
	const struct fold_dialog *o = other_side(c, d);

	if (o != NULL && check_is_down(c, o->node))
		o = NULL;
	if (is_dialog_in(d, STATE_EARLY)) {
		/* A caller's lasts as long as more 2xx may come (RFC 3261
		 * 13.2.2.4). */
		if (o == NULL && !check_runs_timer(c, d->node, "ICT", NULL))
			check_found(c, INVARIANT_RINGS_ON, d->node, d->last);
		return;
	}
	if (is_dialog_in(d, STATE_MORATORIUM) &&
	    !check_runs_timer(c, d->node, "", "2xx"))
		check_found(c, INVARIANT_HALF_OPEN, d->node, d->last);
	if (!is_dialog_in(d, STATE_CONFIRMED))
		return;
	if (o == NULL && !is_timed(c, d) &&
	    (d->target.n == 0 || !check_untold_is_in(c, d->target)))
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
