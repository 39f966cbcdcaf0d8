/* What a user agent and its calls can be told to do. */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/parts.h"

#include <stdio.h>
#include <string.h>

static int
no_call(const struct ua *ua, const char *object, struct diag *d)
{
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("%s has no call %s any more"), ua->node->name, object);
}

static int
verb_register(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	const char *text = node_arg(args, "expires");
	const char *contact = node_arg(args, "contact");
	struct ua *ua = role;
	int64_t s = ua_register_expires(ua), ns;
	struct msg_uri u;

	(void)object;
	(void)result;
	if (text != NULL && param_time(str_of(text), &ns) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("\"%s\" is no time; expected something like \"60s\""),
		    text);
	/* 20.19: whole seconds, at most 2^32 - 1. */
	if (text != NULL)
		s = ns / SIM_S + (ns % SIM_S != 0);
	s = s < UINT32_MAX ? s : UINT32_MAX;
	if (contact == NULL)
		return ua_register(ua, s, false);
	if (contact[0] != '\0' && strcmp(contact, "*") != 0 &&
	    (msg_uri_read(str_of(contact), &u) != 0 ||
		contact[strcspn(contact, "<>,\" \t\r\n")] != '\0'))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("\"%s\" is no URI for a Contact"), contact);
	/* 10.2.2: all are only taken away. */
	return ua_register_contact(
	    ua, contact, strcmp(contact, "*") == 0 ? 0 : s, d);
}

static int
verb_unregister(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	(void)object;
	(void)args;
	(void)result;
	(void)d;
	return ua_register(role, 0, false);
}

static int
verb_invite(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	const char *target = node_arg(args, "target");
	struct ua_call *c;
	int err;

	(void)object;
	if (target == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("invite needs the URI of whom to call"));
	err = ua_invite(role, target, &c, d);
	if (err == 0)
		snprintf(result->object, sizeof(result->object), "%s", c->name);
	return err;
}

static int
verb_options(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	const char *target = node_arg(args, "target");

	(void)object;
	(void)result;
	if (target == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("options needs the URI of whom to ask"));
	return ua_options(role, target, d);
}

/* The verbs of a call: find it, do it. */
#define CALL_VERB(verb, action)                                         \
	static int verb_##verb(void *role, const char *object,          \
	    const struct node_args *args, struct node_result *result,   \
	    struct diag *d)                                             \
	{                                                               \
		struct ua_call *c = ua_call_find(role, object);         \
                                                                        \
		(void)args;                                             \
		(void)result;                                           \
		return c == NULL ? no_call(role, object, d) : (action); \
	}

static int
not_now(const struct ua_call *c, const char *verb, struct diag *d)
{
	return c->caller ? diag_set(d, ERR_STATE, NULL, 0,
			       _("%s can't %s: it is the call of a caller"),
			       c->name, verb)
			 : diag_set(d, ERR_STATE, NULL, 0,
			       _("%s can't %s now: the call is answered or "
				 "over"),
			       c->name, verb);
}

static bool
is_ringing(const struct ua_call *c)
{
	return !c->caller && c->invite != NULL && c->state < UA_CONFIRMED &&
	       c->ok == NULL;
}

static int
reject(struct ua_call *c, const struct node_args *args, struct diag *d)
{
	const char *text = node_arg(args, "code");
	uint32_t code = 486;

	if (!is_ringing(c))
		return not_now(c, "reject", d);
	if (text != NULL &&
	    (str_u32(str_of(text), &code) != 0 || code < 300 || code > 699))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("a call is refused with a status from 300 to 699"));
	return ua_call_reject(c, code, RULE_INVITE_REJECT);
}

CALL_VERB(ring, is_ringing(c) ? ua_call_ring(c) : not_now(c, "ring", d))
CALL_VERB(answer, is_ringing(c) ? ua_call_answer(c) : not_now(c, "answer", d))
CALL_VERB(reject, reject(c, args, d))
CALL_VERB(cancel, ua_call_cancel(c, d))
CALL_VERB(bye, ua_call_bye(c, d))

const struct node_verb ua_verbs[] = {
	{ "register", false, { NULL }, { "expires", "contact" },
	    N_("registers its Contact with the registrar of its domain"),
	    verb_register },
	{ "unregister", false, { NULL }, { NULL },
	    N_("takes its registration away"), verb_unregister },
	{ "invite", false, { "target" }, { NULL },
	    N_("calls somebody; gives the call"), verb_invite },
	{ "options", false, { "target" }, { NULL },
	    N_("asks somebody what they can do"), verb_options },
	{ "ring", true, { NULL }, { NULL }, N_("sends 180 Ringing"),
	    verb_ring },
	{ "answer", true, { NULL }, { NULL }, N_("takes the call with a 200"),
	    verb_answer },
	{ "reject", true, { "code" }, { NULL },
	    N_("refuses the call, 486 by default"), verb_reject },
	{ "cancel", true, { NULL }, { NULL },
	    N_("takes back a call not yet answered"), verb_cancel },
	{ "bye", true, { NULL }, { NULL }, N_("hangs up"), verb_bye },
	{ 0 },
};
