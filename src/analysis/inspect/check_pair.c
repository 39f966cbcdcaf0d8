/*
 * Boxes that are two user agents back to back: what they carry from one call
 * into the other (RFC 7332).  Which request was made of which is told by the
 * causes (story/passage.h).
 */
#include "inspect/checks.h"

/* The request that a box has made L's request of, outside of dialogs: for
 * others RFC 7332 5 leaves it free.  NULL: it made it of none. */
static const struct msg *
find_original_request(struct look *l)
{
	const struct msg *from;

	if (!l->msg->request || l->made.to == 0 || !l->made.same ||
	    l->to_tag.n > 0 || l->msg->method == MSG_CANCEL)
		return NULL;
	from = look_made_of(l);
	return from != NULL && from->request ? from : NULL;
}

/* That it was made of the other may be a guess. */
static enum verdict
verdict_of_pair(const struct look *l, bool good)
{
	return l->made.proved ? verdict_of(good) : SEEN;
}

enum verdict
check_pair_hops(struct look *l)
{
	const struct msg *from = find_original_request(l);
	uint32_t came, hops;
	bool had;

	if (from == NULL)
		return SILENT;
	had = str_u32(msg_value(from, MSG_H_MAX_FORWARDS), &came) == 0;
	if (str_u32(msg_value(l->msg, MSG_H_MAX_FORWARDS), &hops) != 0) {
		look_say(l, _("Max-Forwards is missing"));
		return verdict_of_pair(l, false);
	}
	if (!had)
		return verdict_of_pair(l, true);
	look_measured(l, _("Max-Forwards came as %d and goes on as %u"),
	    (int)came, (unsigned)hops);
	/* A capture need not show every hop. */
	return verdict_of_pair(
	    l, came > 0 && (l->in->whole ? hops == came - 1 : hops < came));
}

enum verdict
check_pair_breadth(struct look *l)
{
	const struct msg *from = find_original_request(l);
	uint32_t came, breadth;

	if (from == NULL ||
	    str_u32(msg_value(from, MSG_H_MAX_BREADTH), &came) != 0)
		return SILENT;
	if (str_u32(msg_value(l->msg, MSG_H_MAX_BREADTH), &breadth) != 0) {
		look_say(l, _("Max-Breadth is missing"));
		return verdict_of_pair(l, false);
	}
	look_measured(l, _("Max-Breadth came as %u and goes on as %u"),
	    (unsigned)came, (unsigned)breadth);
	return verdict_of_pair(l, breadth <= came);
}
