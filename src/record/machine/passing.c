/* The rows of machine/passing.h. */
#include "machine/passing.h"

#include "base/i18n.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

const struct pass_word pass_words[PASS_WAY_COUNT] = {
#define X(id, word, text) { word, text },
	PASS_WAYS(X)
#undef X
};

#define FIELD(id, request, response, hiding, rule, text)                    \
	{                                                                   \
		MSG_H_##id, PASS_##request, PASS_##response, PASS_##hiding, \
		    RULE_##rule, text                                       \
	}

/* clang-format off */
static const struct pass_field fields[] = {
	FIELD(VIA, OWN, OWN, SHOWN, PAIR_CALL, N_("The path back of either message ends at the B2BUA.")),
	FIELD(FROM, CHANGED, OWN, SHOWN, PAIR_CALL, N_("The name and the URI are the caller's, the tag is the B2BUA's.")),
	FIELD(TO, CHANGED, OWN, SHOWN, PAIR_CALL, N_("The name and the URI stay, the tag is that of the other dialog.")),
	FIELD(CALL_ID, OWN, OWN, SHOWN, PAIR_CALL, N_("It names another call.")),
	FIELD(CSEQ, OWN, OWN, SHOWN, PAIR_CALL, N_("Each dialog counts separately.")),
	FIELD(CONTACT, OWN, OWN, SHOWN, PAIR_CALL, N_("Further requests come to the B2BUA. It calls the targets of a redirection itself; if it can call none of them, it relays the redirection with their names.")),
	FIELD(MAX_FORWARDS, CHANGED, OWN, SHOWN, PAIR_HOPS, N_("It is reduced by one, as at a proxy, so that a ring of B2BUAs ends.")),
	FIELD(ROUTE, OWN, OWN, SHOWN, PAIR_CALL, N_("It has led to the B2BUA.")),
	FIELD(RECORD_ROUTE, OWN, OWN, HIDDEN, PAIR_CALL, N_("The B2BUA is the end of this dialog: it does not show the proxies of one leg to the other.")),
	FIELD(CONTENT_LENGTH, OWN, OWN, SHOWN, PAIR_CALL, N_("It describes the body that is relayed.")),
	FIELD(ALLOW, OWN, OWN, SHOWN, PAIR_CALL, N_("It describes the B2BUA, not the phone of the other leg.")),
	FIELD(SUPPORTED, OWN, OWN, SHOWN, PAIR_CALL, N_("It describes the B2BUA, not the phone of the other leg.")),
	FIELD(REQUIRE, OWN, OWN, SHOWN, PAIR_CALL, N_("Each side asks for what it needs itself.")),
	FIELD(PROXY_REQUIRE, OWN, OWN, SHOWN, PAIR_CALL, N_("It concerned the proxies before the B2BUA.")),
	FIELD(UNSUPPORTED, OWN, OWN, SHOWN, PAIR_CALL, N_("Each side lists what it does not support itself.")),
	FIELD(RSEQ, OWN, OWN, SHOWN, PAIR_PROGRESS, N_("Each side numbers its own reliable responses.")),
	FIELD(RACK, OWN, OWN, SHOWN, PAIR_PROGRESS, N_("Each side confirms the responses that it has received itself.")),
	FIELD(SESSION_EXPIRES, OWN, OWN, SHOWN, PAIR_CALL, N_("Each session is refreshed separately.")),
	FIELD(MIN_SE, OWN, OWN, SHOWN, PAIR_CALL, N_("Each session is refreshed separately.")),
	FIELD(TIMESTAMP, OWN, OWN, SHOWN, PAIR_CALL, N_("It measures one hop.")),
	FIELD(EXPIRES, CARRIED, CARRIED, SHOWN, PAIR_CALL, N_("The caller chooses how long the request is valid.")),
	FIELD(REPLACES, CHANGED, OWN, SHOWN, PAIR_REPLACES, N_("It names a dialog of the B2BUA, which becomes that of the other leg. A dialog that the B2BUA does not know is copied.")),
	FIELD(JOIN, CHANGED, OWN, SHOWN, PAIR_REPLACES, N_("It names a dialog of the B2BUA, which becomes that of the other leg. A dialog that the B2BUA does not know is copied.")),
	FIELD(REASON, CARRIED, CARRIED, SHOWN, PAIR_BYE, N_("Both sides need to know why a call ends.")),
	FIELD(WARNING, CARRIED, CARRIED, HIDDEN, PAIR_REFUSED, N_("It says what was wrong, and names the node that reports it.")),
	FIELD(RETRY_AFTER, CARRIED, CARRIED, SHOWN, PAIR_REFUSED, N_("The caller needs to know when to try again.")),
	FIELD(HISTORY_INFO, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It shows where the call has been.")),
	FIELD(REFERRED_BY, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: without its address, if the B2BUA hides its network.")),
	FIELD(REFER_TO, CARRIED, CARRIED, BOUND, PAIR_PASS, N_("It says whom to call. If the B2BUA hides its network, it is a Contact of the B2BUA that leads there, and to the call that is to be replaced.")),
	FIELD(REPLY_TO, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: without its address, if the B2BUA hides its network.")),
	FIELD(P_ASSERTED_IDENTITY, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: without its address, if the B2BUA hides its network.")),
	FIELD(P_PREFERRED_IDENTITY, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: without its address, if the B2BUA hides its network.")),
	FIELD(DIVERSION, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It shows where the call has been.")),
	FIELD(USER_AGENT, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It shows which product is on the other leg.")),
	FIELD(SERVER, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It shows which product is on the other leg.")),
	FIELD(ORGANIZATION, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It shows whose network is on the other leg.")),
	FIELD(PATH, OWN, OWN, HIDDEN, PAIR_CALL, N_("It names proxies of one leg.")),
	FIELD(SERVICE_ROUTE, OWN, OWN, HIDDEN, PAIR_CALL, N_("It names proxies of one leg.")),
	FIELD(OTHER, CARRIED, CARRIED, SHOWN, PAIR_CALL, N_("The B2BUA copies a header field that it does not know or does not change.")),
};

#define METHOD(id, way, rule, text)                               \
	{                                                         \
		MSG_##id, PASS_##way, RULE_##rule, text           \
	}

static const struct pass_method methods[] = {
	METHOD(INVITE, CHANGED, PAIR_CALL, N_("It creates another INVITE, in a call of its own. A re-INVITE does the same.")),
	METHOD(ACK, ANSWERED, INVITE_ACK, N_("Each side acknowledges the response that it has received itself. Only if the 2xx contains the offer, the ACK waits for the answer of the other leg.")),
	METHOD(CANCEL, CHANGED, PAIR_BYE, N_("It is answered here, and another CANCEL ends the other call.")),
	METHOD(BYE, CHANGED, PAIR_BYE, N_("It is answered here, and another BYE ends the other call.")),
	METHOD(PRACK, ANSWERED, PAIR_PROGRESS, N_("Each side confirms the responses that it has received itself.")),
	METHOD(UPDATE, CHANGED, PAIR_CHANGE, N_("An offer is made to the other leg as well; an UPDATE without an offer is answered here.")),
	METHOD(INFO, CARRIED, PAIR_PASS, N_("It is relayed to the other call, and its response comes back.")),
	METHOD(MESSAGE, CARRIED, PAIR_PASS, N_("It is relayed, in the other call or outside of it, and its response comes back.")),
	METHOD(REFER, CARRIED, PAIR_PASS, N_("It is relayed to the other call, unless the B2BUA carries it out itself.")),
	METHOD(NOTIFY, CARRIED, PAIR_PASS, N_("It is relayed to the other call, and its response comes back.")),
	METHOD(SUBSCRIBE, CARRIED, PAIR_PASS, N_("It is relayed, and creates a dialog on each leg. A REFER outside of calls does the same.")),
	METHOD(PUBLISH, CARRIED, PAIR_PASS, N_("It is relayed, in the other call or outside of it, and its response comes back.")),
	METHOD(REGISTER, CARRIED, PAIR_PASS, N_("It is relayed outside of calls. If the B2BUA hides its network, the Contacts are the B2BUA's.")),
	METHOD(OPTIONS, ANSWERED, OPTIONS_RECV, N_("The B2BUA says what it supports itself.")),
};

/* 0: all that have no row. */
static const struct pass_line lines[] = {
	{ 'o', NULL, PASS_OWN, PASS_OWN, RULE_PAIR_CHANGE, N_("The author of a description is named in it: it is the B2BUA, with versions of its own.") },
	{ 'c', NULL, PASS_CARRIED, PASS_OWN, RULE_PAIR_ANCHOR, N_("It is the address for media: they go past the B2BUA, unless it relays them.") },
	{ 'm', NULL, PASS_CARRIED, PASS_CHANGED, RULE_PAIR_ANCHOR, N_("The streams keep their order. The port is the B2BUA's if it relays media. If it allows only some formats, the others are removed; if it transcodes, PCMU is added to PCMA.") },
	{ 'a', "candidate", PASS_CARRIED, PASS_DROPPED, RULE_PAIR_ANCHOR, N_("It would lead media past a B2BUA that has to relay them.") },
	{ 'a', "rtcp", PASS_CARRIED, PASS_DROPPED, RULE_PAIR_ANCHOR, N_("It would lead media past a B2BUA that has to relay them.") },
	{ 'a', "crypto", PASS_CARRIED, PASS_CARRIED, RULE_SECRET_AGREE, N_("The packets are relayed as they are, encrypted; the B2BUA could decrypt them.") },
	{ 'a', "rtpmap", PASS_CARRIED, PASS_CARRIED, RULE_PAIR_CHANGE, N_("It stays with its format.") },
	{ 'a', "fmtp", PASS_CARRIED, PASS_CARRIED, RULE_PAIR_CHANGE, N_("It stays with its format.") },
	{ 0, NULL, PASS_CARRIED, PASS_CARRIED, RULE_PAIR_CHANGE, N_("The session information of one party is relayed to the other.") },
};
/* clang-format on */

const struct pass_box_row pass_boxes[PASS_BOX_COUNT] = {
#define X(id, section, name, text) { section, name, text },
	PASS_BOXES(X)
#undef X
};

const struct pass_fault_row pass_faults[PASS_FAULT_COUNT] = {
#define X(id, status, rule, what, heard) { status, RULE_##rule, what, heard },
	PASS_FAULTS(X)
#undef X
};

static const struct pass_refusal refusals[] = {
#define X(status, field, rfc, section) { status, MSG_H_##field, rfc, section },
	PASS_REFUSALS(X)
#undef X
};

const struct pass_refusal *
pass_refusal_at(size_t i)
{
	return i < COUNT_OF(refusals) ? &refusals[i] : NULL;
}

bool
pass_refusal_needs(unsigned status, enum msg_header id)
{
	const struct pass_refusal *r;

	for (size_t i = 0; (r = pass_refusal_at(i)) != NULL; i++)
		if (r->status == status && r->id == id)
			return true;
	return false;
}

const struct pass_field *
pass_field_at(size_t i)
{
	return i < COUNT_OF(fields) ? &fields[i] : NULL;
}

const struct pass_method *
pass_method_at(size_t i)
{
	return i < COUNT_OF(methods) ? &methods[i] : NULL;
}

const struct pass_line *
pass_line_of(char type, struct str name)
{
	const struct pass_line *l = lines;

	while (l->type != 0 &&
	       (l->type != type ||
		   (l->attribute != NULL && !str_is(name, l->attribute))))
		l++;
	return l;
}

const struct pass_field *
pass_field_of(enum msg_header id)
{
	size_t i = 0;

	while (i < COUNT_OF(fields) - 1 && fields[i].id != id)
		i++;
	return &fields[i];
}

const struct pass_method *
pass_method_of(enum msg_method method)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == method)
			return &methods[i];
	return NULL;
}

enum pass_way
pass_way_of(enum msg_header id, bool request, bool hides)
{
	const struct pass_field *f = pass_field_of(id);
	enum pass_way way = request ? f->request : f->response;

	if (!hides || way != PASS_CARRIED || f->hiding == PASS_SHOWN)
		return way;
	return f->hiding == PASS_HIDDEN ? PASS_DROPPED : PASS_CHANGED;
}
