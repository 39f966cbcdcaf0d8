/* What a user agent can be told to do beside its calls. */
#include "roles/ua/ua_place.h"
#include "roles/ua/ua_verbs.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

bool
ua_is_uri(struct str text)
{
	struct msg_uri u;

	for (size_t i = 0; i < text.n; i++)
		if (strchr("<>,\" \t\r\n", text.p[i]) != NULL)
			return false;
	return msg_uri_read(text, &u) == 0;
}

/* Contacts as whole values: URIs with commas or spaces between, or values with
 * parameters, "<sip:a@192.0.2.1>;q=0.5". */
static int
write_contact_values(const char *text, struct buf *out)
{
	struct str rest = str_of(text);
	struct msg_addr a;

	while (rest.n > 0) {
		struct str v = msg_cut_value(&rest);

		if (str_chr(v, '<') < 0)
			for (struct str uris = v; uris.n > 0;) {
				struct str uri =
				    str_cut(str_trim(uris), ' ', &uris);

				if (!ua_is_uri(uri))
					return ERR_SYNTAX;
				buf_printf(out, "%s<%.*s>",
				    out->n > 0 ? ", " : "", STR_ARG(uri));
			}
		else if (msg_addr_read(v, &a) != 0 || a.star ||
			 !ua_is_uri(a.uri))
			return ERR_SYNTAX;
		else
			buf_printf(
			    out, "%s%.*s", out->n > 0 ? ", " : "", STR_ARG(v));
	}
	return out->err;
}

static int
register_other(struct ua *ua, const char *contact, const char *aor, int64_t s,
    bool told, struct diag *d)
{
	struct buf list = BUF_INIT;
	int err = 0;

	/* 10.2.2: all are only taken away. */
	if (contact != NULL && strcmp(contact, "*") == 0) {
		buf_puts(&list, contact);
		s = 0;
	} else if (contact != NULL) {
		err = write_contact_values(contact, &list);
	}
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0, _("“%s” is no URI for a Contact"),
		    contact);
	else if (list.err != 0)
		err = ERR_NOMEM;
	else
		err = agent_register_other(&ua->reg,
		    contact != NULL ? buf_cstr(&list) : NULL, aor, s, told, d);
	buf_free(&list);
	return err;
}

/* A REGISTER of UA would come to UA itself. */
static bool
is_own_registrar(const struct ua *ua)
{
	const struct node *n = ua->agent.node;
	struct addr dst;

	return node_attr(n, "outbound", "")[0] == '\0' &&
	       world_locate(n->world, str_of(ua->agent.aor), &dst) == 0 &&
	       node_has_addr(n, &dst);
}

int
ua_verb_register(const struct node_act *a)
{
	const char *contact = node_arg(a->args, "contact");
	const char *aor = node_arg(a->args, "aor");
	struct ua *ua = a->role;
	int64_t s = ua_register_expires(ua);
	int err = node_arg_seconds(a->args, "expires", &s, a->d);

	if (err != 0)
		return err;
	if (aor != NULL &&
	    (!ua_is_uri(str_of(aor)) || str_find(str_of(aor), "@") < 0))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no address-of-record"), aor);
	if (aor == NULL && is_own_registrar(ua))
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s can't register: it is of no domain; put it into one "
		      "with a node that has role=\"proxy registrar location\""),
		    ua->agent.node->name);
	if (contact == NULL && aor == NULL)
		return agent_register(&ua->reg, s, false);
	return register_other(
	    ua, contact, aor, s, node_arg(a->args, "expires") != NULL, a->d);
}

int
ua_verb_unregister(const struct node_act *a)
{
	return agent_register(&((struct ua *)a->role)->reg, 0, false);
}

int
ua_verb_discover_nat(const struct node_act *a)
{
	return ua_discover(a->role, a->d);
}

/* reliable="no", "supported" or "required": in place of the attribute. */
static int
read_reliable(
    const struct node_args *args, struct ua_invite *what, struct diag *d)
{
	enum agent_reliable_use use;

	what->reliable = node_arg(args, "reliable");
	if (what->reliable == NULL ||
	    agent_reliable_find(what->reliable, &use) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("reliable is no, supported or required, not “%s”"),
	    what->reliable);
}

int
ua_verb_invite(const struct node_act *a)
{
	struct ua_invite what = { .target = node_arg(a->args, "target"),
		.why = RULE_INVITE_SEND };
	struct ua_place place;
	struct agent_call *c;
	bool sdp = true; /* 13.2.1: else the other side is to make the offer */
	int err = node_arg_bool(a->args, "sdp", &sdp, a->d);

	if (err == 0)
		err = read_reliable(a->args, &what, a->d);
	if (err != 0)
		return err;
	err = ua_place_read(a->role, a->args, &place, a->d);
	/* RFC 3891 4: best at the very place where the call is. */
	if (what.target == NULL && place.target.n > 0)
		what.target = buf_cstr(&place.target);
	if (place.header != NULL) {
		what.place = &place;
		what.why = place.why;
	}
	what.late = !sdp;
	what.headers = node_arg_str(a->args, "headers");
	what.body = node_arg_str(a->args, "body");
	if (err == 0 && what.target == NULL)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("invite needs the URI of whom to call"));
	if (err == 0)
		err = ua_invite(a->role, &what, &c, a->d);
	if (err == 0)
		snprintf(a->result->object, sizeof(a->result->object), "%s",
		    c->name);
	ua_place_free(&place);
	return err;
}
