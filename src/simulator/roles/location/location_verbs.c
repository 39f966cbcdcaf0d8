/*
 * What an administrator can tell a location service: bindings that no REGISTER
 * made (RFC 3261 10.1), and that may last for ever.
 */
#include "roles/location/location_in.h"

#include "agent/agent.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "role/verb.h"

/* A user agent's node by its name, else NULL. */
static const struct node *
find_phone(const struct location *l, const char *name)
{
	const struct node *n = world_find(l->node->world, name);

	return n != NULL && node_has_trait(n, TRAIT_USER) ? n : NULL;
}

/* The address-of-record; a user agent stands for that of its user. */
static int
read_aor_arg(const struct location *l, const struct node_args *args,
    struct buf *aor, struct diag *d)
{
	const char *given = node_arg(args, "aor");
	const struct node *n = given != NULL ? find_phone(l, given) : NULL;
	char *own = n != NULL ? node_aor(n) : NULL;
	struct msg_uri u;
	int err = 0;

	if (n != NULL && own == NULL)
		return ERR_NOMEM;
	if (given != NULL)
		err = node_write_aor(
		    str_of(own != NULL ? own : given), l->node->domain, aor);
	if (err == 0 && given != NULL &&
	    (msg_uri_read(buf_view(aor), &u) != 0 || !u.sip))
		err = ERR_SYNTAX;
	if (given == NULL || err == ERR_SYNTAX)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not an address-of-record; expected something "
		      "like “sip:bob@example.com”"),
		    given != NULL ? given : "");
	mem_free(own);
	return err;
}

/* The Contact; a user agent stands for its own. */
static int
read_contact_arg(const struct location *l, const char *given, struct buf *uri,
    struct diag *d)
{
	const struct node *n = given != NULL ? find_phone(l, given) : NULL;
	char *own = n != NULL ? agent_contact_of(n, l->node) : NULL;
	struct msg_addr a;
	int err = 0;

	if (n != NULL && own == NULL)
		return ERR_NOMEM;
	if (n == NULL)
		buf_printf(uri, "<%s>", given != NULL ? given : "");
	else
		buf_puts(uri, own);
	mem_free(own);
	if (uri->err != 0)
		return ERR_NOMEM;
	err = msg_addr_read(buf_view(uri), &a);
	if (err == 0 && !a.star) {
		struct buf bare = BUF_INIT;

		buf_str(&bare, a.uri);
		buf_free(uri);
		*uri = bare;
		return bare.err;
	}
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%s” is not a Contact; expected something like "
	      "“sip:bob@192.0.2.3”"),
	    given != NULL ? given : "");
}

/* q, expires and path. */
static int
location_verb_read_more(
    const struct node_args *args, struct location_contacts *one, struct diag *d)
{
	const char *q = node_arg(args, "q"), *path = node_arg(args, "path");
	const char *expires = node_arg(args, "expires");
	double share = 1;
	int64_t ns = 0;

	if (q != NULL &&
	    (param_decimal(str_of(q), &share) != 0 || share < 0 || share > 1))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a q value; expected a number from 0 to 1"),
		    q);
	if (expires != NULL &&
	    (param_time(str_of(expires), &ns) != 0 || ns < SIM_S ||
		ns / SIM_S >= LOCATION_FOREVER_S))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a lifetime of a binding; expected something "
		      "like “1h”"),
		    expires);
	if (path != NULL && !location_path_is_valid(str_of(path)))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a path; expected something like "
		      "“<sip:192.0.2.3;lr>”"),
		    path);
	one->list[0].q = (unsigned)(share * 1000 + 0.5);
	one->list[0].expires_s =
	    expires != NULL ? ns / SIM_S : (int64_t)LOCATION_FOREVER_S;
	return location_contacts_set_path(one, str_of(path));
}

/* N's roles hear that AOR's bindings are others now. */
static void
tell_roles(struct node *n, struct str aor)
{
	for (size_t i = 0; i < n->nroles; i++)
		if (n->role[i].ops->rebound != NULL)
			n->role[i].ops->rebound(n->role[i].state, aor);
}

static int
location_verb_bind(const struct node_act *a)
{
	struct location_contacts one = { NULL, 0 };
	LOCAL_BUF aor = BUF_INIT, uri = BUF_INIT;
	struct location *l = a->role;
	int err = read_aor_arg(l, a->args, &aor, a->d);

	if (err == 0)
		err = read_contact_arg(
		    l, node_arg(a->args, "contact"), &uri, a->d);
	if (err == 0)
		err = location_contacts_add(&one, buf_view(&uri), 0, 1000);
	if (err == 0)
		err = location_verb_read_more(a->args, &one, a->d);
	if (err == 0)
		err = location_bind(
		    l, buf_view(&aor), &one.list[0], RULE_LOCATION_BIND);
	if (err == 0)
		tell_roles(l->node, buf_view(&aor));
	if (err == ERR_LIMIT)
		diag_set(a->d, err, NULL, 0,
		    _("%s already has the maximum number of contacts, %d"),
		    buf_cstr(&aor), LOCATION_CONTACTS);
	location_contacts_free(&one);
	return err;
}

static int
location_verb_unbind(const struct node_act *a)
{
	const char *contact = node_arg(a->args, "contact");
	LOCAL_BUF aor = BUF_INIT, uri = BUF_INIT;
	struct location *l = a->role;
	int err = read_aor_arg(l, a->args, &aor, a->d);

	if (err == 0 && contact != NULL)
		err = read_contact_arg(l, contact, &uri, a->d);
	if (err == 0)
		a->result->value =
		    location_unbind(l, buf_view(&aor), buf_view(&uri)) > 0;
	if (err == 0 && a->result->value)
		tell_roles(l->node, buf_view(&aor));
	if (err == 0 && !a->result->value)
		err = diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s has no such binding"), buf_cstr(&aor));
	return err;
}

const struct node_verb location_verbs[] = {
	/* clang-format off */
	LOCATION_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};
