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
	FIELD(VIA, OWN, OWN, SHOWN, PAIR_CALL, N_("The way back of either message ends at the box.")),
	FIELD(FROM, CHANGED, OWN, SHOWN, PAIR_CALL, N_("The name and the URI are the caller's, the tag is the box's.")),
	FIELD(TO, CHANGED, OWN, SHOWN, PAIR_CALL, N_("The name and the URI stay, the tag is of the other dialog.")),
	FIELD(CALL_ID, OWN, OWN, SHOWN, PAIR_CALL, N_("It names another call.")),
	FIELD(CSEQ, OWN, OWN, SHOWN, PAIR_CALL, N_("Either dialog counts by itself.")),
	FIELD(CONTACT, OWN, OWN, SHOWN, PAIR_CALL, N_("Further requests are to come to the box. It calls by itself whom a redirection names; where it can call nobody of them the redirection goes on, with whom it names.")),
	FIELD(MAX_FORWARDS, CHANGED, OWN, SHOWN, PAIR_HOPS, N_("One less, as at a proxy: so a ring of boxes ends.")),
	FIELD(ROUTE, OWN, OWN, SHOWN, PAIR_CALL, N_("It has led to the box.")),
	FIELD(RECORD_ROUTE, OWN, OWN, HIDDEN, PAIR_CALL, N_("The box is the end of this dialog: the proxies of one side are not told to the other.")),
	FIELD(CONTENT_LENGTH, OWN, OWN, SHOWN, PAIR_CALL, N_("It is that of the body that goes on.")),
	FIELD(ALLOW, OWN, OWN, SHOWN, PAIR_CALL, N_("What the box can do, not what stands behind it.")),
	FIELD(SUPPORTED, OWN, OWN, SHOWN, PAIR_CALL, N_("What the box can do, not what stands behind it.")),
	FIELD(REQUIRE, OWN, OWN, SHOWN, PAIR_CALL, N_("Either side asks for what it needs itself.")),
	FIELD(PROXY_REQUIRE, OWN, OWN, SHOWN, PAIR_CALL, N_("It concerned the proxies before the box.")),
	FIELD(UNSUPPORTED, OWN, OWN, SHOWN, PAIR_CALL, N_("Either side says what it does not know itself.")),
	FIELD(RSEQ, OWN, OWN, SHOWN, PAIR_PROGRESS, N_("Either side numbers its own reliable responses.")),
	FIELD(RACK, OWN, OWN, SHOWN, PAIR_PROGRESS, N_("Either side confirms what it has got itself.")),
	FIELD(SESSION_EXPIRES, OWN, OWN, SHOWN, PAIR_CALL, N_("Either session is refreshed by itself.")),
	FIELD(MIN_SE, OWN, OWN, SHOWN, PAIR_CALL, N_("Either session is refreshed by itself.")),
	FIELD(TIMESTAMP, OWN, OWN, SHOWN, PAIR_CALL, N_("It measures one hop.")),
	FIELD(EXPIRES, CARRIED, CARRIED, SHOWN, PAIR_CALL, N_("How long the request is to be good for is the caller's wish.")),
	FIELD(REPLACES, CHANGED, OWN, SHOWN, PAIR_REPLACES, N_("It names a dialog of the box's; there, the other half of that call. One that the box does not know goes on as it came.")),
	FIELD(JOIN, CHANGED, OWN, SHOWN, PAIR_REPLACES, N_("It names a dialog of the box's; there, the other half of that call. One that the box does not know goes on as it came.")),
	FIELD(REASON, CARRIED, CARRIED, SHOWN, PAIR_BYE, N_("Why a call ends is for both.")),
	FIELD(WARNING, CARRIED, CARRIED, HIDDEN, PAIR_REFUSED, N_("It says what was wrong, and names who says so.")),
	FIELD(RETRY_AFTER, CARRIED, CARRIED, SHOWN, PAIR_REFUSED, N_("When to come back is for the caller to know.")),
	FIELD(HISTORY_INFO, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It tells where the call has been.")),
	FIELD(REFERRED_BY, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: by name, not by where it sits, where the box hides its network.")),
	FIELD(REFER_TO, CARRIED, CARRIED, BOUND, PAIR_PASS, N_("Whom to call: where the box hides its network, a Contact of the box's that leads there, and to the call that is to be replaced.")),
	FIELD(REPLY_TO, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: by name, not by where it sits, where the box hides its network.")),
	FIELD(P_ASSERTED_IDENTITY, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: by name, not by where it sits, where the box hides its network.")),
	FIELD(P_PREFERRED_IDENTITY, CARRIED, CARRIED, NAMED, PAIR_CALL, N_("It names a party, as From does: by name, not by where it sits, where the box hides its network.")),
	FIELD(DIVERSION, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It tells where the call has been.")),
	FIELD(USER_AGENT, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It tells which product stands behind the box.")),
	FIELD(SERVER, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It tells which product stands behind the box.")),
	FIELD(ORGANIZATION, CARRIED, CARRIED, HIDDEN, PAIR_CALL, N_("It tells whose network stands behind the box.")),
	FIELD(PATH, OWN, OWN, HIDDEN, PAIR_CALL, N_("It names proxies of one side.")),
	FIELD(SERVICE_ROUTE, OWN, OWN, HIDDEN, PAIR_CALL, N_("It names proxies of one side.")),
	FIELD(OTHER, CARRIED, CARRIED, SHOWN, PAIR_CALL, N_("What the box does not know, or has no opinion of, goes on as it came.")),
};

#define METHOD(id, way, rule, text)                               \
	{                                                         \
		MSG_##id, PASS_##way, RULE_##rule, text           \
	}

static const struct pass_method methods[] = {
	METHOD(INVITE, CHANGED, PAIR_CALL, N_("It makes another INVITE, in a call of its own; so does one that changes the session.")),
	METHOD(ACK, ANSWERED, INVITE_ACK, N_("Either side acknowledges what it has got itself; only where the 2xx has made the offer the ACK waits for the other's answer.")),
	METHOD(CANCEL, CHANGED, PAIR_BYE, N_("It is answered here, and the other call is taken back by another one.")),
	METHOD(BYE, CHANGED, PAIR_BYE, N_("It is answered here, and the other call is hung up by another one.")),
	METHOD(PRACK, ANSWERED, PAIR_PROGRESS, N_("Either side confirms what it has got itself.")),
	METHOD(UPDATE, CHANGED, PAIR_CHANGE, N_("An offer is made to the other side, too; one without is answered here.")),
	METHOD(INFO, CARRIED, PAIR_PASS, N_("It goes on in the other call, its answer comes back.")),
	METHOD(MESSAGE, CARRIED, PAIR_PASS, N_("It goes on, in the other call or by itself, its answer comes back.")),
	METHOD(REFER, CARRIED, PAIR_PASS, N_("It goes on in the other call, unless the box carries it out itself.")),
	METHOD(NOTIFY, CARRIED, PAIR_PASS, N_("It goes on in the other call, its answer comes back.")),
	METHOD(SUBSCRIBE, CARRIED, PAIR_PASS, N_("It goes on, and makes a dialog on either side; so does a REFER outside of calls.")),
	METHOD(PUBLISH, CARRIED, PAIR_PASS, N_("It goes on, in the other call or by itself, its answer comes back.")),
	METHOD(REGISTER, CARRIED, PAIR_PASS, N_("It goes on by itself; where the box hides its network its Contacts are the box's.")),
	METHOD(OPTIONS, ANSWERED, OPTIONS_RECV, N_("The box says what it can do itself.")),
};

/* 0: all that have no row. */
static const struct pass_line lines[] = {
	{ 'o', NULL, PASS_OWN, PASS_OWN, RULE_PAIR_CHANGE, N_("Who makes a description names it: it is the box's, with versions of its own.") },
	{ 'c', NULL, PASS_CARRIED, PASS_OWN, RULE_PAIR_ANCHOR, N_("Whither media are sent: past the box, unless they go through it.") },
	{ 'm', NULL, PASS_CARRIED, PASS_CHANGED, RULE_PAIR_ANCHOR, N_("The streams stay in their order; the port is the box's where media go through it; where it allows some formats only these are left, and where it transcodes PCMU stands beside PCMA.") },
	{ 'a', "candidate", PASS_CARRIED, PASS_DROPPED, RULE_PAIR_ANCHOR, N_("It would lead media past a box that they are to go through.") },
	{ 'a', "rtcp", PASS_CARRIED, PASS_DROPPED, RULE_PAIR_ANCHOR, N_("It would lead media past a box that they are to go through.") },
	{ 'a', "crypto", PASS_CARRIED, PASS_CARRIED, RULE_SECRET_AGREE, N_("The packets go through as they are, sealed; the box could open them.") },
	{ 'a', "rtpmap", PASS_CARRIED, PASS_CARRIED, RULE_PAIR_CHANGE, N_("It stays with its format.") },
	{ 'a', "fmtp", PASS_CARRIED, PASS_CARRIED, RULE_PAIR_CHANGE, N_("It stays with its format.") },
	{ 0, NULL, PASS_CARRIED, PASS_CARRIED, RULE_PAIR_CHANGE, N_("What one party says of the session is said to the other.") },
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
