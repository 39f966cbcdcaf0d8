/*
 * What a focus is asked for by REFER: to bring somebody in (RFC 4579 5.5), to
 * ask somebody to come (5.7), to remove somebody (5.11).  A participant may
 * bring in; whoever has made the conference may remove, in one that is always
 * there every participant may, and everybody himself.
 */
#include "roles/conference/conference_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

static bool
is_there(const struct conference_user *u)
{
	return u != NULL && !list_empty(&u->calls);
}

/* Who sends IN, in C (may be NULL), as a user of R; or NULL. */
static const struct conference_user *
find_asker(struct conference_room *r, const struct agent_call *c,
    const struct sip_in *in)
{
	struct msg_addr from;

	if (c != NULL)
		return conference_call_of(c)->user;
	if (msg_addr_read(msg_value(in->m, MSG_H_FROM), &from) != 0)
		return NULL;
	return conference_user_find(r, from.uri);
}

/* A call of U is about to begin, or its outcome is yet to be told. */
static bool
is_pending(const struct conference_user *u)
{
	list_each (const struct conference_call, p, &u->calls, link)
		if (p->call.refer.made_by != NULL ||
		    p->machine.state == STATE_DIALING_OUT ||
		    p->machine.state == STATE_ALERTING)
			return true;
	return false;
}

static unsigned
judge_remove(struct conference_room *r, const struct conference_user *asker,
    const struct conference_user *u, enum rule_id *why)
{
	*why = RULE_CONFERENCE_ABSENT;
	if (!is_there(u))
		return 404;
	*why = RULE_CONFERENCE_STRANGER;
	if (!r->fixed && asker != r->creator && asker != u)
		return 403;
	*why = RULE_REFER_PENDING;
	list_each (const struct conference_call, p, &u->calls, link)
		if (p->call.refer.made_by != NULL)
			return 491;
	return 0;
}

static unsigned
judge_add(struct conference_room *r, const struct conference_user *u,
    const struct agent_refer_target *to, enum rule_id *why)
{
	struct conference *cf = r->conference;
	unsigned status = conference_room_refuses(r, why);

	if (status != 0)
		return status;
	/* Itself, or another conference of its own. */
	*why = RULE_CONFERENCE_ITSELF;
	if (conference_find(cf, buf_view(&to->uri)) != NULL ||
	    conference_is_factory(cf, buf_view(&to->uri)))
		return 603;
	/* RFC 4579 5.7: into this conference, not to wherever one likes. */
	*why = RULE_CONFERENCE_STRANGER;
	if (to->method == MSG_REFER &&
	    conference_find(cf, buf_view(&to->headers)) != r)
		return 403;
	*why = RULE_REFER_PENDING;
	return to->method == MSG_INVITE && u != NULL && is_pending(u) ? 491 : 0;
}

unsigned
conference_judge_refer(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, const struct agent_refer_target *to,
    enum rule_id *why)
{
	struct conference *cf = conference_of(agent);
	struct conference_room *r =
	    c != NULL ? conference_call_of(c)->room
		      : conference_find(cf, buf_view(&to->at));
	const struct conference_user *asker, *u;

	*why = RULE_CONFERENCE_NONE;
	if (r == NULL)
		return 404;
	asker = find_asker(r, c, in);
	*why = RULE_CONFERENCE_STRANGER;
	if (!is_there(asker))
		return 403;
	u = conference_user_find(r, buf_view(&to->uri));
	return to->method == MSG_BYE ? judge_remove(r, asker, u, why)
				     : judge_add(r, u, to, why);
}

/* The call by which U is to be asked to go; what else it has ends now. */
static int
find_removed(struct conference_room *r, struct conference_user *u,
    struct agent_call **made)
{
	*made = NULL;
	if (!is_there(u))
		return ERR_NOTFOUND;
	list_each (struct conference_call, p, &u->calls, link) {
		if (*made != NULL || p->parts)
			continue;
		*made = &p->call;
		p->parts = true;
	}
	conference_user_remove(r, u);
	return *made != NULL ? 0 : ERR_NOTFOUND;
}

int
conference_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	struct conference *cf = conference_of(agent);
	struct conference_room *r = conference_find(cf, buf_view(&to->at));

	/* It may be over by now. */
	if (r == NULL && c != NULL)
		r = conference_call_of(c)->room;
	if (r == NULL)
		return ERR_NOTFOUND;
	if (to->method == MSG_BYE)
		return find_removed(
		    r, conference_user_find(r, buf_view(&to->uri)), made);
	return conference_dial(
	    r, buf_view(&to->uri), buf_view(&to->headers), by, made);
}
