/*
 * What challenges and credentials say.  RFC 3261 22, RFC 7616, RFC 8760.
 */
#include "msg/explain_in.h"

#include "msg/chars.h"

/* The parameter NAME of "Digest a=1, b="2"": its value without quotes. */
static bool
auth_param(struct str params, const char *name, struct str *value)
{
	while (params.n > 0) {
		struct str v, one = msg_cut_value(&params);
		struct str n = str_trim(str_cut(one, '=', &v));

		if (!str_iis(n, name))
			continue;
		v = str_trim(v);
		if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
			v = str_slice(v, 1, v.n - 1);
		*value = v;
		return true;
	}
	*value = STR_NULL;
	return false;
}

/* Cuts the scheme off; true for Digest, with a word about others. */
static bool
is_digest(struct explain *e, struct str *params)
{
	struct str value = e->f->value;
	size_t at = chars_skip_token(value, 0);
	struct str scheme = str_slice(value, 0, at);

	*params = str_slice(value, at, value.n);
	if (str_iis(scheme, "Digest"))
		return true;
	if (str_iis(scheme, "Basic"))
		/* 22: servers must not, clients must not */
		explain_say(&e->note->history,
		    _("Basic sends the password in the open: RFC 3261 no "
		      "longer allows it in SIP."));
	else
		explain_say(&e->note->says,
		    _("The scheme %.*s is not known to rung."),
		    STR_ARG(scheme));
	return false;
}

static void
explain_algorithm(struct explain *e, struct str params)
{
	struct str algorithm, qop;

	if (!auth_param(params, "algorithm", &algorithm))
		algorithm = STR("MD5");
	/* RFC 8760 2.1 */
	if (str_iis(algorithm, "MD5") || str_iis(algorithm, "MD5-sess"))
		explain_say(&e->note->history,
		    _("The hash is MD5, as in RFC 2617, which RFC 7616 has "
		      "replaced; RFC 8760 brings SHA-256 to SIP."));
	else
		explain_say(&e->note->says, _("The hash is %.*s (RFC 8760)."),
		    STR_ARG(algorithm));
	if (!auth_param(params, "qop", &qop))
		explain_say(&e->note->history,
		    _("There is no qop: the form of RFC 2069, which has been "
		      "replaced by RFC 2617 and that by RFC 7616."));
	else if (str_find(qop, "auth-int") >= 0)
		explain_say(&e->note->says,
		    _("qop=auth-int: the body is protected too."));
}

void
explain_challenge(struct explain *e)
{
	struct buf *says = &e->note->says;
	struct str params, v;

	if (!is_digest(e, &params))
		return;
	auth_param(params, "realm", &v);
	explain_say(says,
	    _("The password wanted is that for the realm “%.*s”."), STR_ARG(v));
	if (auth_param(params, "nonce", &v))
		explain_say(says,
		    _("The nonce goes into the hash, so that an answer serves "
		      "only once or for a short time."));
	if (auth_param(params, "stale", &v) && str_iis(v, "true"))
		explain_say(says,
		    _("stale: the password was right, only the nonce was too "
		      "old."));
	explain_algorithm(e, params);
}

void
explain_credentials(struct explain *e)
{
	struct buf *says = &e->note->says;
	struct str params, user, realm, v;

	if (!is_digest(e, &params))
		return;
	auth_param(params, "username", &user);
	auth_param(params, "realm", &realm);
	explain_say(says,
	    _("The user %.*s proves the knowledge of the password for the "
	      "realm “%.*s”; the password itself is not sent."),
	    STR_ARG(user), STR_ARG(realm));
	if (auth_param(params, "response", &v))
		explain_say(says,
		    _("response: the hash of user, realm, password, nonce, "
		      "method and URI."));
	if (auth_param(params, "nc", &v))
		explain_say(says,
		    _("nc: this nonce is used the time number %.*s "
		      "(hexadecimal)."),
		    STR_ARG(v));
	explain_algorithm(e, params);
}
