/*
 * Streams that are added to a session and taken out of it: RFC 3264 8.1, 8.2.
 * The m= line of a stream stays where it is, with port 0, and serves again.
 */
#include "agent/call_in.h"

#include "base/err.h"

static int
refuse_kind(struct diag *d, struct str word)
{
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%.*s” is no stream; there are audio and video"), STR_ARG(word));
}

/* The kinds in TEXT (may be NULL), a bit for each. */
static int
read_kinds(const char *text, unsigned *kinds, struct diag *d)
{
	struct str rest = str_of(text);

	*kinds = 0;
	while (rest.n > 0) {
		char end = str_chr(rest, ',') >= 0 ? ',' : ' ';
		struct str word = str_trim(str_cut(rest, end, &rest));
		enum sip_sdp_kind kind = sip_sdp_kind_find(word);

		if (kind == SIP_SDP_KINDS)
			return refuse_kind(d, word);
		*kinds |= 1u << kind;
	}
	return 0;
}

/* Each of ADD is missing, each of REMOVE there, and something is left. */
static int
judge_kinds(
    const struct agent_call *c, unsigned add, unsigned remove, struct diag *d)
{
	size_t left = sip_sdp_count(&c->main->sdp, SIP_SDP_KINDS);

	for (unsigned k = 0; k < SIP_SDP_KINDS; k++) {
		enum sip_sdp_kind kind = (enum sip_sdp_kind)k;
		size_t n = sip_sdp_count(&c->main->sdp, kind);

		if ((add & 1u << k) != 0 && n > 0)
			return diag_set(d, ERR_STATE, NULL, 0,
			    _("%s has %s already"), c->name,
			    sip_sdp_kind_name(kind));
		if ((remove & 1u << k) != 0 && n == 0)
			return diag_set(d, ERR_STATE, NULL, 0,
			    _("%s has no %s"), c->name,
			    sip_sdp_kind_name(kind));
		left += (add >> k & 1u) - ((remove & 1u << k) != 0 ? n : 0);
	}
	return left > 0 ? 0
			: diag_set(d, ERR_STATE, NULL, 0,
			      _("%s would have no stream left"), c->name);
}

int
agent_call_change_streams(
    struct agent_call *c, const char *add, const char *remove, struct diag *d)
{
	unsigned more = 0, less = 0;
	int err = read_kinds(add, &more, d);

	if (err == 0)
		err = read_kinds(remove, &less, d);
	if (err == 0)
		err = agent_call_may_change(c, d);
	if (err == 0)
		err = judge_kinds(c, more, less, d);
	return err != 0 ? err : agent_call_reinvite_streams(c, more, less, d);
}
