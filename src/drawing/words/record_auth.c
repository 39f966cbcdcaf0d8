/* What records about credentials say. */
#include "words/record_text_in.h"

static const struct tell_row outcomes[] = {
	{ "op=challenge;reason=realm", N_("{node} asks for a password for the "
					  "realm {realm}: the credentials in "
					  "the request are for another one.") },
	{ "op=challenge;reason=scheme",
	    N_("{node} asks for a password for the realm {realm}: what the "
	       "request "
	       "brings is not Digest, or not with an algorithm that it "
	       "takes.") },
	{ "op=challenge",
	    N_("{node} asks for a password for the realm {realm}.") },
	{ "op=refuse;reason=malformed",
	    N_("{node} refuses the request: its credentials are malformed.") },
	{ "op=refuse;reason=uri", N_("{node} refuses the credentials for the "
				     "realm {realm}: those of {user} were "
				     "made for another Request-URI.") },
	{ "op=refuse;reason=user", N_("{node} asks again for a password for "
				      "the realm {realm}: nobody there "
				      "is called {user}.") },
	{ "op=refuse;reason=password",
	    N_("{node} asks again for a password for the realm {realm}: the "
	       "response "
	       "was not computed with that of {user}.") },
	{ "op=stale", N_("{node} asks again for the realm {realm}: {user} "
			 "knows the password, but "
			 "the nonce is not good any more.") },
	{ "op=replay", N_("{node} asks again for the realm {realm}: the nonce "
			  "count of {user} was "
			  "used before, so this is a replay.") },
	{ "op=accept", N_("{node} accepts the credentials for the realm "
			  "{realm}: it is {user} who "
			  "asks.") },
	{ "op=answer;reason=sim",
	    N_("{node} answers the challenge of the realm {realm} as {user}: "
	       "its SIM has found that the network knows the key.") },
	{ "op=answer;reason=sqn",
	    N_("{node} can't answer the challenge of the realm {realm}: its "
	       "SIM has counted further than the network, and says so.") },
	{ "op=answer;reason=mac",
	    N_("{node} does not answer the challenge of the realm {realm}: its "
	       "SIM has found that it was made with another key.") },
	{ "op=challenge;reason=vector",
	    N_("{node} challenges {user} by a vector that the home subscriber "
	       "server has made.") },
	{ "op=refuse;reason=mac",
	    N_("{node} refuses {user}, who has not accepted the challenge: his "
	       "SIM has another key than the home subscriber server.") },
	{ "op=challenge;reason=auts",
	    N_("{node} asks the home subscriber server for another vector: the "
	       "SIM of {user} has counted further.") },
	{ "op=answer", N_("{node} answers the challenge of the realm {realm} "
			  "as {user}.") },
	{ "op=give-up;reason=refused", N_("{node} gives up: the realm {realm} "
					  "has just refused the password of "
					  "{user}.") },
	{ "op=give-up;reason=no password",
	    N_("{node} gives up: it has no password for the realm {realm}.") },
	{ "op=give-up;reason=more than 32 realms",
	    N_("{node} gives up: it can't answer the challenge of the realm "
	       "{realm}, "
	       "for it remembers at most 32 realms.") },
	{ "op=give-up",
	    N_("{node} gives up: it can't answer the challenge of the realm "
	       "{realm}.") },
	{ "op=verify;reason=good",
	    N_("{node} accepts the certificate of {user}, issued by {issuer}: "
	       "it names {names}.") },
	{ "op=verify;reason=wrong-name",
	    N_("{node} refuses the certificate of {user}: it looked for "
	       "{realm}, and the certificate names {names}.") },
	{ "op=verify;reason=no-identity",
	    N_("{node} refuses the certificate of {user}: it looked for "
	       "{realm}, and the certificate names nobody who could speak for "
	       "a domain.") },
	{ "op=verify;reason=expired",
	    N_("{node} refuses the certificate of {user}: its time is over.") },
	{ "op=verify;reason=not-yet-valid",
	    N_("{node} refuses the certificate of {user}: its time has not "
	       "begun yet.") },
	{ "op=verify;reason=self-signed",
	    N_("{node} refuses the certificate of {user}, who has issued it "
	       "himself.") },
	{ "op=verify;reason=unknown-issuer",
	    N_("{node} refuses the certificate of {user}: it was issued by "
	       "{issuer}, whom {node} does not trust.") },
	{ "op=verify;reason=garbled",
	    N_("{node} refuses a certificate that can't be read, or whose "
	       "signature is wrong.") },
	{ "op=verify", N_("{node} was shown no certificate.") },
	{ "", N_("At {node}, {kind_text}: {fields}.") },
};

/* The outcome has a sentence. */
static const char *
told(struct telling *w)
{
	return tell_row_of(w, outcomes)->when[0] != '\0' ? "=" : "";
}

const struct record_kind record_auth = {
	.terms = TERMS(TERM(told), KEYED("deed", tell_name, "op"),
	    KEYED("objection", tell_name, "reason")),
	.summary =
	    ROWS({ "told", N_("{deed}[ {user}] ({realm})[: {objection}]") },
		{ "", "{fields}" }),
	.sentence = outcomes,
};
