/*
 * What the fields say whose values are words from a registry: option tags,
 * methods, event packages.
 */
#include "msg/explain_in.h"

#include "msg/packages.h"
#include "msg/parts.h"

/* clang-format off */
static const struct msg_word option_tags[] = {
	{ "100rel", 3262, N_("provisional responses are sent reliably and confirmed by PRACK") },
	{ "199", 6228, N_("the end of one branch of a forked call is told by 199") },
	{ "answermode", 5373, N_("Answer-Mode is understood") },
	{ "early-session", 3959, N_("a session of its own for early media") },
	{ "eventlist", 4662, N_("one subscription for a list of resources") },
	{ "from-change", 4916, N_("From may change within the dialog") },
	{ "geolocation-http", 6442, N_("the caller's place can be fetched by HTTP") },
	{ "geolocation-sip", 6442, N_("the caller's place can be subscribed to") },
	{ "gruu", 5627, N_("addresses that name one device") },
	{ "histinfo", 7044, N_("History-Info is wanted") },
	{ "ice", 5768, N_("ICE is needed for the media to pass NATs") },
	{ "join", 3911, N_("Join is understood") },
	{ "multiple-refer", 5368, N_("one REFER for several targets") },
	{ "norefersub", 4488, N_("REFER without a subscription to its outcome") },
	{ "nosub", 7614, N_("REFER never makes a subscription") },
	{ "outbound", 5626, N_("the client's connections are kept open and used for calls to it") },
	{ "path", 3327, N_("Path is understood") },
	{ "policy", 6794, N_("session policies are understood") },
	{ "precondition", 3312, N_("resources are reserved before the phone rings") },
	{ "pref", 3840, N_("the caller's preferences are understood") },
	{ "privacy", 3323, N_("a privacy service is wanted") },
	{ "recipient-list-invite", 5366, N_("one INVITE for several people") },
	{ "replaces", 3891, N_("Replaces is understood, as attended transfer needs it") },
	{ "resource-priority", 4412, N_("Resource-Priority is understood") },
	{ "sdp-anat", 4091, N_("IPv4 and IPv6 addresses to choose from; ICE is used instead now") },
	{ "sec-agree", 3329, N_("client and server agree upon a security mechanism") },
	{ "siprec", 7866, N_("the call is one with a recording server") },
	{ "tdialog", 4538, N_("Target-Dialog is understood") },
	{ "timer", 4028, N_("session timers: the session is refreshed regularly") },
	{ "trickle-ice", 8840, N_("ICE's addresses may come one after the other") },
	{ "uui", 7433, N_("User-to-User is understood") },
};
/* clang-format on */

const struct msg_word msg_packages[MSG_PACKAGE_COUNT] = {
#define X(id, name, rfc, text) { name, rfc, text },
	MSG_PACKAGES(X)
#undef X
};

static const struct msg_word *
find_word(const struct msg_word *words, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_iis(name, words[i].name))
			return &words[i];
	return NULL;
}

#define FIND(words, name) \
	find_word(words, sizeof(words) / sizeof((words)[0]), name)

static void
explain_registry_words(
    struct explain *e, const struct msg_word *words, size_t count)
{
	struct str rest = e->f->value, name;
	const struct msg_word *w;

	if (rest.n == 0)
		explain_say(&e->note->says, _("The list is empty."));
	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		name = msg_cut_value(&rest);
		if (name.n == 0)
			continue;
		w = find_word(words, count, name);
		if (w != NULL)
			explain_say(&e->note->says, _("%s: %s (RFC %u)."),
			    w->name, _(w->text), w->rfc);
		else
			explain_say(&e->note->says,
			    _("%.*s: not known to rung."), STR_ARG(name));
	}
}

void
explain_tags(struct explain *e)
{
	explain_registry_words(
	    e, option_tags, sizeof(option_tags) / sizeof(option_tags[0]));
}

/* Allow: which of the known methods are missing tells more than the list. */
void
explain_methods(struct explain *e)
{
	struct str rest = e->f->value, name;
	bool there[MSG_METHOD_COUNT] = { false };
	enum msg_method method;

	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		name = msg_cut_value(&rest);
		method = msg_method_find(name);
		if (method != MSG_OTHER)
			there[method] = true;
		else if (name.n > 0)
			explain_say(&e->note->says,
			    _("%.*s: not known to rung."), STR_ARG(name));
	}
	if (!there[MSG_PRACK])
		explain_say(&e->note->says,
		    _("No PRACK: provisional responses are not confirmed."));
	if (!there[MSG_UPDATE])
		explain_say(&e->note->says,
		    _("No UPDATE: the session changes by a new INVITE only."));
	if (!there[MSG_REFER])
		explain_say(&e->note->says,
		    _("No REFER: the sender cannot be transferred."));
}

static void
explain_state(struct explain *e, struct str state, struct str params)
{
	struct buf *says = &e->note->says;
	char text[EXPLAIN_TIME];
	struct str v;
	uint64_t n;

	if (str_iis(state, "active"))
		explain_say(says, _("The subscription is accepted."));
	else if (str_iis(state, "pending"))
		explain_say(says, _("The subscription is not decided yet."));
	else if (str_iis(state, "terminated"))
		explain_say(says, _("The subscription has ended."));
	if (msg_param(params, "expires", &v) && str_u64(v, &n) == 0)
		explain_say(
		    says, _("It lives for another %s."), explain_time(text, n));
	if (msg_param(params, "reason", &v))
		explain_say(says, _("The reason: %.*s."), STR_ARG(v));
}

/* Event, Allow-Events, Subscription-State */
void
explain_event(struct explain *e)
{
	struct str rest, name = str_trim(str_cut(e->f->value, ';', &rest));
	struct str params = str_slice(e->f->value, name.n, e->f->value.n);
	const struct msg_word *w;
	struct str id;

	if (e->f->id == MSG_H_ALLOW_EVENTS) {
		explain_registry_words(e, msg_packages, MSG_PACKAGE_COUNT);
		return;
	}
	if (e->f->id == MSG_H_SUBSCRIPTION_STATE) {
		explain_state(e, name, params);
		return;
	}
	w = FIND(msg_packages, name);
	if (w != NULL)
		explain_say(&e->note->says, _("%s: %s (RFC %u)."), w->name,
		    _(w->text), w->rfc);
	if (msg_param(params, "id", &id))
		explain_say(&e->note->says,
		    _("id %.*s tells it from other subscriptions in the same "
		      "dialog."),
		    STR_ARG(id));
}
