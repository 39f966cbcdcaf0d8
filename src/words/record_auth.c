/* What records about credentials say. */
#include "words/record_messages.h"

/* By op and, where there is one, reason; each sentence names the node, the
 * realm and the user, or the first of these. */
static const struct {
	const char *op, *reason, *sentence;
} outcomes[] = {
	{ "challenge", "realm",
	    N_("%s asks for a password for the realm %s: the credentials in "
	       "the request are for another one.") },
	{ "challenge", "scheme",
	    N_("%s asks for a password for the realm %s: what the request "
	       "brings is not Digest, or not with an algorithm that it "
	       "takes.") },
	{ "challenge", NULL, N_("%s asks for a password for the realm %s.") },
	{ "refuse", "malformed",
	    N_("%s refuses the request: its credentials are malformed.") },
	{ "refuse", "uri",
	    N_("%s refuses the credentials for the realm %s: those of %s were "
	       "made for another Request-URI.") },
	{ "refuse", "user",
	    N_("%s asks again for a password for the realm %s: nobody there "
	       "is called %s.") },
	{ "refuse", "password",
	    N_("%s asks again for a password for the realm %s: the response "
	       "was not computed with that of %s.") },
	{ "stale", NULL,
	    N_("%s asks again for the realm %s: %s knows the password, but "
	       "the nonce is not good any more.") },
	{ "replay", NULL,
	    N_("%s asks again for the realm %s: the nonce count of %s was "
	       "used before, so this is a replay.") },
	{ "accept", NULL,
	    N_("%s accepts the credentials for the realm %s: it is %s who "
	       "asks.") },
	{ "answer", NULL,
	    N_("%s answers the challenge of the realm %s as %s.") },
	{ "give-up", "refused",
	    N_("%s gives up: the realm %s has just refused the password of "
	       "%s.") },
	{ "give-up", "no password",
	    N_("%s gives up: it has no password for the realm %s.") },
	{ "give-up", "more than 32 realms",
	    N_("%s gives up: it can't answer the challenge of the realm %s, "
	       "for it remembers at most 32 realms.") },
	{ "give-up", NULL,
	    N_("%s gives up: it can't answer the challenge of the realm "
	       "%s.") },
};
#define OUTCOMES (sizeof(outcomes) / sizeof(outcomes[0]))

/* OUTCOMES where there is none. */
static size_t
outcome_of(struct telling *w)
{
	size_t i = 0;

	while (
	    i < OUTCOMES && (!tell_is(w, "op", outcomes[i].op) ||
				(outcomes[i].reason != NULL &&
				    !tell_is(w, "reason", outcomes[i].reason))))
		i++;
	return i;
}

void
record_auth_summary(struct telling *w)
{
	if (outcome_of(w) == OUTCOMES) {
		record_fields_summary(w);
		return;
	}
	buf_puts(w->out, tell_field(w, "op"));
	if (tell_has(w, "user"))
		buf_printf(w->out, " %s", tell_field(w, "user"));
	buf_printf(w->out, " (%s)", tell_field(w, "realm"));
	if (tell_has(w, "reason"))
		buf_printf(w->out, ": %s", tell_field(w, "reason"));
}

void
record_auth_sentence(struct telling *w)
{
	size_t i = outcome_of(w);

	if (i < OUTCOMES)
		buf_printf(w->out, i18n_text(outcomes[i].sentence),
		    tell_node(w), tell_field(w, "realm"),
		    tell_field(w, "user"));
	else
		record_fields_sentence(w);
}
