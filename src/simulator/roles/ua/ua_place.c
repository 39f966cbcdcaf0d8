/*
 * Calls that a phone's user makes out of other calls: an INVITE that replaces
 * or joins a call (RFC 3891 4, RFC 3911 5), two calls that become one
 * conversation, one that is held while another goes on. */
#include "roles/ua/ua_place.h"
#include "agent/refer_sub.h"

#include "base/err.h"
#include "roles/ua/ua_verbs.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- the call that is meant ---- */

/* The call NAME, "bob/1", of any node; or NULL. */
static struct agent_call *
find_call(const struct world *w, const char *name)
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
	c = find_call(ua->agent.node->world, text);
	if (c == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no call %s; a call is meant, or a value such "
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
		    _("a call replaces another one or joins it, not both"));
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

int
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
refer(struct ua *ua, const char *target, const char *to,
    const struct ua_place *p, bool silent, struct diag *d)
{
	struct buf whom = BUF_INIT, uri = BUF_INIT;
	int err = agent_write_target(&ua->agent, target, &whom);

	if (err == 0)
		err = write_refer_to(ua, to, p, &uri);
	if (err == 0 && silent && !agent_refer_sub_is_sure(buf_view(&whom)))
		err = diag_set(d, ERR_STATE, NULL, 0,
		    _("%s may be several phones: with sub=false only one phone "
		      "is asked, by its own address, as in "
		      "sip:bob@192.0.2.2"),
		    target);
	else if (err == 0)
		err = agent_refer(
		    &ua->agent, buf_view(&whom), buf_view(&uri), silent);
	if (err != 0 && err != ERR_NOMEM && err != ERR_STATE)
		diag_set(d, err, NULL, 0, _("%s can't be asked: %s"), target,
		    err_text(err));
	buf_free(&whom);
	buf_free(&uri);
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
		    _("refer needs whom to ask, and whom they are to call"));
	else if (err == 0 && !ua_is_uri(str_of(to)) && strchr(to, ':') != NULL)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no URI to be called"), to);
	else if (err == 0)
		err = refer(a->role, target, to, &p, !sub, a->d);
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
			 _("%s is not answered yet, or over"), c->name);
}

/* The argument OTHER: one more call of C's phone. */
static int
read_other(struct agent_call *c, const struct node_args *args, const char *verb,
    struct agent_call **other, struct diag *d)
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
	int err = read_other(c, args, "join", &other, d);

	if (err == 0)
		agent_mix(other, c, RULE_JOIN_MIX);
	return err;
}

int
ua_call_swap(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	struct agent_call *other;
	int err = read_other(c, args, "swap", &other, d);

	if (err != 0)
		return err;
	if (c->hold == other->hold)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("swap needs one call that is on hold and one that is "
		      "not"));
	err = agent_call_hold(c->hold ? other : c, true, d);
	return err != 0 ? err : agent_call_hold(c->hold ? c : other, false, d);
}
