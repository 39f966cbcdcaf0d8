/*
 * Calls that a phone makes: to a target named, out of other calls, by picking
 * up another user's.
 */
#include "roles/ua/ua_place.h"

#include "agent/dialog_info.h"
#include "agent/refer.h"
#include "agent/subscriber.h"
#include "base/err.h"
#include "node/fields.h"
#include "roles/ua/ua_verbs.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* ---- Calls made out of other calls: RFC 3891 4, RFC 3911 5 ---- */

/* The call NAME, "bob/1", of any node; or NULL. */
static struct agent_call *
ua_place_find_call(const struct world *w, const char *name)
{
	size_t n = strcspn(name, "/");
	struct node *node = map_get(w->nodes, (struct str){ name, n });

	return node != NULL ? agent_call_of_node(node, name) : NULL;
}

/* What TEXT means is appended to P->value: as it stands where it has
 * parameters, else the dialog of a call, to be read by its other side. */
static int
write_place_value(struct ua *ua, const char *text, bool early_only,
    struct ua_place *p, struct diag *d)
{
	struct agent_call *c;

	if (strchr(text, ';') != NULL) {
		buf_printf(
		    &p->value, "%s%s", text, early_only ? ";early-only" : "");
		return p->value.err;
	}
	c = ua_place_find_call(ua->agent.node->world, text);
	if (c == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no call %s; name a call, or write a value such "
		      "as \"c1@192.0.2.1;to-tag=1;from-tag=2\""),
		    text);
	if (agent_place_write(c, early_only, &p->value) == ERR_STATE)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be replaced or joined: it has no dialog yet"),
		    c->name);
	buf_puts(&p->target, c->dialog->sip->remote_target);
	return p->value.err | p->target.err;
}

int
ua_place_read(struct ua *ua, const struct node_args *args, struct ua_place *p,
    struct diag *d)
{
	const char *replaces = node_arg(args, "replaces");
	const char *join = node_arg(args, "join");
	bool early_only = false;
	int err = node_arg_bool(args, "early_only", &early_only, d);

	*p = (struct ua_place){ .value = BUF_INIT, .target = BUF_INIT };
	if (err != 0 || (replaces == NULL && join == NULL))
		return err;
	if (replaces != NULL && join != NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a call can replace another call or join it, not both"));
	p->header = replaces != NULL ? "Replaces" : "Join";
	p->tag = replaces != NULL ? AGENT_REPLACES : AGENT_JOIN;
	p->why = replaces != NULL ? RULE_REPLACES_SEND : RULE_JOIN_SEND;
	return write_place_value(ua, replaces != NULL ? replaces : join,
	    early_only && replaces != NULL, p, d);
}

void
ua_place_free(struct ua_place *p)
{
	buf_free(&p->value);
	buf_free(&p->target);
}

/* The fields of an INVITE, which point into P (may be NULL), are added to F: 0
 * or ERR_LIMIT. */
static int
ua_place_add(const struct ua_place *p, struct node_fields *f)
{
	if (p == NULL || p->header == NULL)
		return 0;
	if (f->n + 2 > NODE_FIELDS)
		return ERR_LIMIT;
	f->list[f->n++] = (struct sip_header){ "Require", str_of(p->tag) };
	f->list[f->n++] = (struct sip_header){ p->header, buf_view(&p->value) };
	return 0;
}

/* ---- REFER ---- */

/* What a REFER asks for, as a URI, into OUT. */
static int
write_refer_to(
    struct ua *ua, const char *to, const struct ua_place *p, struct buf *out)
{
	int err = agent_write_target(&ua->agent, to, out);

	return err == 0 && p->header != NULL
		   ? agent_refer_target_add(out, p->header, buf_view(&p->value))
		   : err;
}

/* Asks whom TARGET means to call TO, as P says. */
static int
ua_place_refer(struct ua *ua, const char *target, const char *to,
    const struct ua_place *p, bool silent, struct diag *d)
{
	LOCAL_BUF whom = BUF_INIT, uri = BUF_INIT;
	int err = agent_write_target(&ua->agent, target, &whom);

	if (err == 0)
		err = write_refer_to(ua, to, p, &uri);
	if (err == 0 && silent && !agent_refer_sub_is_sure(buf_view(&whom)))
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("%s may be several phones; with sub=false, give the "
		      "address of one phone, as in sip:bob@192.0.2.2"),
		    target);
	else if (err == 0)
		err = agent_refer(
		    &ua->agent, buf_view(&whom), buf_view(&uri), silent);
	if (err != 0 && err != ERR_NOMEM && err != ERR_STATE)
		diag_set(d, err, NULL, 0, _("%s can't be asked: %s"), target,
		    err_text(err));
	return err;
}

int
ua_verb_refer(const struct node_act *a)
{
	const char *target = node_arg(a->args, "target");
	const char *to = node_arg(a->args, "to");
	struct ua_place p;
	bool sub = true;
	int err = ua_place_read(a->role, a->args, &p, a->d);

	if (err == 0)
		err = node_arg_bool(a->args, "sub", &sub, a->d);
	if (to == NULL && p.target.n > 0)
		to = buf_cstr(&p.target);
	if (err == 0 && (target == NULL || to == NULL))
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("refer needs the URI to send REFER to, and the URI to "
		      "call"));
	else if (err == 0 && !ua_is_uri(str_of(to)) && strchr(to, ':') != NULL)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a URI that can be called"), to);
	else if (err == 0)
		err = ua_place_refer(a->role, target, to, &p, !sub, a->d);
	ua_place_free(&p);
	return err;
}

/* ---- two calls of one phone ---- */

/* Both are answered: 0, or the error. */
static int
check_talking(
    const struct agent_call *a, const struct agent_call *b, struct diag *d)
{
	const struct agent_call *c =
	    a->machine.state != STATE_CONFIRMED ? a : b;

	return c->machine.state == STATE_CONFIRMED
		   ? 0
		   : diag_set(d, ERR_STATE, NULL, 0,
			 _("%s is not answered yet, or it has ended"), c->name);
}

/* The argument OTHER: one more call of C's phone. */
static int
ua_place_read_other(struct agent_call *c, const struct node_args *args,
    const char *verb, struct agent_call **other, struct diag *d)
{
	const char *name = node_arg(args, "other");

	*other = agent_call_find(c->agent, name);
	if (*other == NULL || *other == c)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s needs another call of %s"), verb,
		    c->agent->node->name);
	return check_talking(c, *other, d);
}

int
ua_call_join(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	struct agent_call *other;
	int err = ua_place_read_other(c, args, "join", &other, d);

	if (err == 0)
		agent_mix(other, c, RULE_JOIN_MIX);
	return err;
}

int
ua_call_swap(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	struct agent_call *other;
	int err = ua_place_read_other(c, args, "swap", &other, d);

	if (err != 0)
		return err;
	if (c->hold.on == other->hold.on)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("swap needs one call on hold and one call that is not on "
		      "hold"));
	err = agent_call_hold(c->hold.on ? other : c, true, d);
	return err != 0 ? err
			: agent_call_hold(c->hold.on ? c : other, false, d);
}

/* ---- A phone calls a target ---- */

static int
cant_call(const struct ua *ua, const char *target, int err, struct diag *d)
{
	if (err == ERR_NOMEM)
		return err;
	return diag_set(d, err, NULL, 0,
	    err == ERR_LIMIT
		? _("%s can't call %s: all its RTP ports are in use")
		: _("%s can't call %s: that is not a URI"),
	    ua->agent.node->name, target);
}

int
ua_invite(struct ua *ua, const struct ua_invite *what, struct agent_call **call,
    struct diag *d)
{
	struct agent_call_invite invite = { .late = what->late,
		.referred_by = what->referred_by,
		.body = what->body,
		.reliable = what->reliable,
		.why = what->why,
		.hears_late = true };
	struct node_fields fields;
	LOCAL_BUF uri = BUF_INIT;
	int err = node_fields_read(&fields, what->headers, d);

	*call = NULL;
	if (err == 0)
		err = node_fields_check(&fields, d);
	if (err == 0)
		err = ua_place_add(what->place, &fields);
	if (err != 0) {
		node_fields_free(&fields);
		return err;
	}
	err = agent_write_target(&ua->agent, what->target, &uri);
	invite.uri = buf_view(&uri);
	if (err == 0)
		err = agent_call_invite(
		    &ua->agent, &ua_call_ops, &invite, &fields, call);
	if (err == ERR_SYNTAX)
		node_fields_blame(&fields, d);
	if (err != 0)
		err = cant_call(ua, what->target, err, d);
	node_fields_free(&fields);
	return err;
}

/* ---- Picking up another user's call: RFC 5359 2.15, 2.16 ---- */

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
ua_place_write(
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
ua_place_take_dialog(
    struct ua *ua, const struct agent_dialog_info *d, bool early_only)
{
	struct ua_place place = { .value = BUF_INIT, .target = BUF_INIT };
	struct agent_refer_target to = AGENT_REFER_TARGET_INIT;
	struct ua_invite what = { .why = RULE_REPLACES_SEND, .place = &place };
	struct diag diag = DIAG_INIT;
	struct agent_call *c;
	int err = ua_place_write(d, early_only, &place);

	/* The document is untrusted: its URI is as little trusted as that of a
	 * REFER. */
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
	LOCAL(xml_free) struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (err = agent_dialog_info_next(&x, &d)) == 0)
		if (may_be_taken(&d, early_only))
			break;
	if (err == 0)
		err = ua_place_take_dialog(ua, &d, early_only);
	return err;
}

/* The phone asks once for the dialogs of the phone that has the call (RFC
 * 4235), and calls the peer of the first that may be taken, with a Replaces
 * that names it (RFC 3891). */
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
		    _("pickup needs the user whose call to pick up"));
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
