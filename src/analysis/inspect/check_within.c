/*
 * Requests that their method binds to a dialog, or to an INVITE of it: that
 * they name it.  RFC 3261 12.2.1.1, 13.2.2.4.
 */
#include "inspect/checks.h"

static struct str
untagged_key(struct look *l)
{
	return inspect_key(
	    l->in, "untagged", msg_value(l->msg, MSG_H_CALL_ID), l->from_tag);
}

void
follow_untagged(struct look *l)
{
	if (!l->msg->request && l->msg->status / 100 == 2 &&
	    l->msg->method == MSG_INVITE && l->to_tag.n == 0)
		inspect_put_number(l->in, untagged_key(l), l->seq);
}

/* The tag in From is of a dialog that L's node has, or has had; that in To is
 * not.  A capture may lack another one, of a fork. */
static bool
names_another(const struct look *l)
{
	return l->to_tag.n > 0 && l->dialog == NULL &&
	       inspect_has_side(l, l->from_tag);
}

/* What exists in dialogs alone has a tag in To.  Where the other side had none
 * to give, as RFC 2543 allows, it is left out (12.2.1.1). */
enum verdict
check_within(struct look *l)
{
	enum msg_method m = l->msg->method;

	if (!is_own_request(l) || is_untagged(l) ||
	    (m != MSG_BYE && m != MSG_PRACK && m != MSG_UPDATE))
		return SILENT;
	if (l->to_tag.n == 0 && inspect_number(l->in, untagged_key(l)) != 0)
		return SEEN;
	if (names_another(l)) {
		look_say(l,
		    _("%s with tags of no dialog that this side has: its own "
		      "is in one, with another of the far side"),
		    msg_method_name(m));
		return l->in->whole ? BROKEN : DOUBTED;
	}
	look_say(l, _("%s without a tag in To: it names no dialog"),
	    msg_method_name(m));
	return verdict_of(l->to_tag.n > 0);
}

/*
 * 13.2.2.4.  A capture may lack an INVITE with its 2xx.  Not within the time
 * that the dialog's last 2xx is young and waits for its ACK; nor is it lost
 * where its number went to another request.
 */
static bool
is_ack_misnumbered(const struct look *l, const struct dialog *d)
{
	if (l->in->whole)
		return true;
	if (!d->ok_direct || d->ack != 0)
		return false;
	return l->time - d->t_ok < CROSS_NS ||
	       (d->has_cseq && l->cseq.number <= d->cseq &&
		   d->cseq - l->cseq.number < 64 &&
		   (d->cseqs >> (d->cseq - l->cseq.number) & 1) != 0);
}

enum verdict
check_ack_cseq(struct look *l)
{
	const struct dialog *d = l->dialog;
	const struct tx *invite;

	if (!is_own_request(l) || l->msg->method != MSG_ACK || d == NULL ||
	    d->ok == 0 || d->ok_mine)
		return SILENT;
	invite = inspect_find_invite(l);
	if (l->cseq.number == d->ok_cseq ||
	    (invite != NULL && invite->status < 300) ||
	    inspect_find_refused(l) != NULL)
		return KEPT;
	look_measured(l, _("its CSeq is %u, that of the INVITE %u"),
	    (unsigned)l->cseq.number, (unsigned)d->ok_cseq);
	return is_ack_misnumbered(l, d) ? BROKEN : SEEN;
}
