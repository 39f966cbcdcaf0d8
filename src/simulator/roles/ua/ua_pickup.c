/*
 * Picking up somebody's call: RFC 5359 2.15 and 2.16.  The phone asks once for
 * the dialogs of whoever has it (RFC 4235), and calls the other side of the
 * first that may be taken, with a Replaces that names it (RFC 3891).
 */
#include "roles/ua/ua_place.h"
#include "roles/ua/ua_verbs.h"

#include "agent/dialog_info.h"
#include "agent/subscriber.h"
#include "base/err.h"
#include "rules/rule_names.h"

#include <stdio.h>

/* RFC 3891 3: an early dialog can be replaced only where it was begun, so its
 * watched side is the one that is called. */
static bool
may_be_taken(const struct agent_dialog_info *d, bool early_only)
{
	if (d->call_id.n == 0 || d->local_tag.n == 0 || d->remote_tag.n == 0)
		return false;
	return str_is(d->state, "early")
		   ? str_is(d->direction, "recipient")
		   : !early_only && str_is(d->state, "confirmed");
}

/* The Replaces for who has the other end of D, whose tags change sides. */
static int
write_place(
    const struct agent_dialog_info *d, bool early_only, struct ua_place *p)
{
	struct agent_place_name name;

	p->header = "Replaces";
	p->tag = AGENT_REPLACES;
	p->why = RULE_REPLACES_SEND;
	buf_str(&p->value, str_trim(d->call_id));
	buf_puts(&p->value, ";to-tag=");
	buf_str(&p->value, str_trim(d->remote_tag));
	buf_puts(&p->value, ";from-tag=");
	buf_str(&p->value, str_trim(d->local_tag));
	if (early_only)
		buf_puts(&p->value, ";early-only");
	buf_str(&p->target, str_trim(d->target.n > 0 ? d->target : d->remote));
	if ((p->value.err | p->target.err) != 0)
		return ERR_NOMEM;
	return agent_place_read(buf_view(&p->value), &name);
}

/* The call in the place of D.  0, ERR_NOMEM, or why D can't be used. */
static int
take_dialog(struct ua *ua, const struct agent_dialog_info *d, bool early_only)
{
	struct ua_place place = { .value = BUF_INIT, .target = BUF_INIT };
	struct agent_refer_target to = AGENT_REFER_TARGET_INIT;
	struct ua_invite what = { .why = RULE_REPLACES_SEND, .place = &place };
	struct diag diag = DIAG_INIT;
	struct agent_call *c;
	int err = write_place(d, early_only, &place);

	/* The document may be anybody's: its URI is as little trusted as that
	 * of a REFER. */
	if (err == 0)
		err = agent_refer_target_read(
		    ua->agent.node, buf_view(&place.target), &to);
	if (err == 0 && (to.headers.n > 0 || to.method != MSG_INVITE))
		err = ERR_SYNTAX;
	if (err == 0) {
		what.target = buf_cstr(&to.uri);
		err = ua_invite(ua, &what, &c, &diag);
	}
	agent_refer_target_free(&to);
	ua_place_free(&place);
	return err;
}

/* Of the dialogs of BODY the first that may be taken: 0, ERR_NOTFOUND, … */
static int
take_first_dialog(struct ua *ua, struct str body, bool early_only)
{
	struct agent_dialog_info d;
	struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (err = agent_dialog_info_next(&x, &d)) == 0)
		if (may_be_taken(&d, early_only))
			break;
	if (err == 0)
		err = take_dialog(ua, &d, early_only);
	xml_free(&x);
	return err;
}

static void
pick_up(struct agent_subscriber *s, const struct sip_in *in, bool early_only)
{
	struct ua *ua = (struct ua *)(void *)s->agent;
	struct buf text = BUF_INIT;
	int err;

	/* One NOTIFY answers the question. */
	if (s->arg != NULL)
		return;
	s->arg = s;
	err = take_first_dialog(ua, in->m->body, early_only);
	if (err == ERR_NOMEM) {
		agent_fail_memory(s->agent);
	} else if (err != 0) {
		buf_printf(
		    &text, "there is no call to pick up from %s", s->uri);
		node_note(s->agent->node, RULE_PICKUP_NONE, &text);
	}
}

static void
news_ringing(struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	(void)ends;
	pick_up(s, in, true);
}

static void
news_any(struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	(void)ends;
	pick_up(s, in, false);
}

static const struct agent_subscriber_ops ringing = { .news = news_ringing };
static const struct agent_subscriber_ops any = { .news = news_any };

int
ua_verb_pickup(const struct node_act *a)
{
	const char *target = node_arg(a->args, "target");
	struct agent_subscribe what = {
		.package = &agent_packages[AGENT_PACKAGE_DIALOG],
	};
	struct agent_subscriber *s;
	bool early_only = true;
	int err = 0;

	if (target == NULL)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("pickup needs whose call is to be picked up"));
	else
		err = node_arg_bool(a->args, "early_only", &early_only, a->d);
	what.ops = early_only ? &ringing : &any;
	if (err == 0)
		err = ua_subscribe(a->role, target, &what, &s, a->d);
	if (err == 0)
		snprintf(a->result->object, sizeof(a->result->object), "%s",
		    s->name);
	return err;
}
