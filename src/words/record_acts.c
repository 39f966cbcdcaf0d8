/*
 * What acts say: who did something, and who wanted it.  Each verb is a clause
 * in one table; the sentence adds the script's line, the person, or the
 * attribute behind it.
 */
#include "words/record_text_in.h"

#include <string.h>

static const struct verb_words {
	const char *verb;
	const char *key;       /* of what the act is given; NULL: all */
	const char *attribute; /* that makes it happen, or NULL */
	const char *clause;
} verbs[] = {
	{ "register", NULL, "register=true", N_("{doer} registers") },
	{ "unregister", NULL, NULL, N_("{doer} takes its registration away") },
	{ "invite", "target", NULL, N_("{doer} calls {arg}") },
	{ "invite", "replaces", NULL,
	    N_("{doer} calls to take the place of the call {arg}") },
	{ "invite", "join", NULL,
	    N_("{doer} calls to be let into the call {arg}") },
	{ "connect", "first", NULL,
	    N_("{doer} lets {arg} and {second} talk with each other") },
	{ "redial", NULL, "redial=true", N_("{doer} calls again") },
	{ "options", "target", NULL, N_("{doer} asks {arg} what it can do") },
	{ "message", "target", NULL, N_("{doer} sends a message to {arg}") },
	{ "message", "text", NULL,
	    N_("{doer}, in the call {call}, sends the message {arg}") },
	{ "options", NULL, NULL,
	    N_("{doer}, in the call {call}, asks what the other side can do") },
	{ "info", NULL, NULL, N_("{doer}, in the call {call}, sends an INFO") },
	{ "dtmf", "digits", NULL,
	    N_("{doer} presses {arg} in the call {call}") },
	{ "subscribe", "target", NULL, N_("{doer} subscribes at {arg}") },
	{ "subscribe", NULL, "subscribe=…", N_("{doer} subscribes") },
	{ "publish", "status", NULL,
	    N_("{doer} tells that its user is {arg}") },
	{ "publish", NULL, "publish=…",
	    N_("{doer} tells how its user stands") },
	{ "unpublish", NULL, NULL,
	    N_("{doer} takes back what it has published") },
	{ "admit", "watcher", NULL, N_("{doer} lets {arg} have its state") },
	{ "block", "watcher", NULL, N_("{doer} tells {arg} nothing any more") },
	{ "unsubscribe", NULL, NULL,
	    N_("{doer} ends the subscription {call}") },
	{ "ring", "code", NULL,
	    N_("{doer} says how far the call {call} has come, with {arg}") },
	{ "ring", NULL, NULL, N_("{doer} rings for the call {call}") },
	{ "answer", NULL, "answer=…", N_("{doer} answers the call {call}") },
	{ "answer", NULL, NULL, N_("{doer} takes the call") },
	{ "reject", "code", NULL,
	    N_("{doer} rejects the call {call} with {arg}") },
	{ "reject", NULL, "busy=true", N_("{doer} rejects the call {call}") },
	{ "redirect", "uri", NULL,
	    N_("{doer} sends the call {call} to {arg}") },
	{ "follow", NULL, NULL,
	    N_("{doer} lets the call {call} go where it was sent") },
	{ "reinvite", NULL, NULL,
	    N_("{doer} changes the session of the call {call}") },
	{ "refresh", NULL, NULL,
	    N_("{doer} asks for the subscription {subscription} anew") },
	{ "refresh", NULL, NULL,
	    N_("{doer} refreshes the session of the call {call}") },
	{ "update", NULL, NULL,
	    N_("{doer} changes the session of the call {call} by UPDATE") },
	{ "cancel", NULL, NULL, N_("{doer} takes the call {call} back") },
	{ "bye", NULL, "hangup=…", N_("{doer} hangs up the call {call}") },
	{ "hold", NULL, NULL, N_("{doer} puts the call {call} on hold") },
	{ "resume", NULL, NULL, N_("{doer} takes the call {call} off hold") },
	{ "refer", "target", NULL, N_("{doer} asks {arg} to call somebody") },
	{ "redial", "target", NULL,
	    N_("{doer} waits until {arg} can be called") },
	{ "redial", NULL, NULL,
	    N_("{doer} waits until who was busy can be called") },
	{ "pickup", "target", NULL, N_("{doer} picks up a call of {arg}") },
	{ "join", "other", NULL,
	    N_("{doer} mixes the calls {call} and {arg}") },
	{ "swap", "other", NULL,
	    N_("{doer} swaps the calls {call} and {arg}: one is held, the "
	       "other goes on") },
	{ "transfer", "to", NULL,
	    N_("{doer} transfers the call {call} to {arg}") },
	{ "transfer", "replaces", NULL,
	    N_("{doer} transfers the call {call} into the call {arg}") },
	{ "press", "keys", NULL, N_("{doer} gets the keys {arg}") },
	{ "dial", "number", NULL, N_("{doer} dials {arg}") },
	{ "hangup", NULL, NULL, N_("{doer} ends its call") },
	{ "crash", NULL, NULL, N_("{doer} crashes") },
	{ "restart", NULL, NULL, N_("{doer} starts again") },
	{ "set", NULL, NULL, N_("{doer} is set to {arg}") },
	{ "bind", NULL, NULL, N_("{doer} gets a binding by hand: {arg}") },
	{ "unbind", NULL, NULL, N_("{doer} loses a binding by hand: {arg}") },
	{ "down", NULL, NULL, N_("the link {doer} goes down") },
	{ "up", NULL, NULL, N_("the link {doer} comes up") },
	{ "send", "method", NULL,
	    N_("{doer}, in the call {call}, sends a request of its own making: "
	       "{arg}") },
	{ "send", NULL, NULL, N_("{doer} sends what it is given: {arg}") },
	{ "note", NULL, NULL, N_("there is something to remark") },
};
#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

/* What the act is given: `bob` of {"target":"bob"} where KEY is "target", all
 * of it where KEY is NULL, and where it is an array. */
static const char *
argument(struct telling *w, const char *key)
{
	struct json_value v = json_member(w->rec->object, "args"), one;

	if (v.type != JSON_OBJECT || key == NULL)
		return tell_list(w, "args");
	one = json_member(v, key);
	if (one.type != JSON_STRING)
		return "";
	buf_clear(&w->scratch);
	json_text(one, &w->scratch);
	return tell_text(w, buf_view(&w->scratch));
}

/* What the act is on, where that is a subscription: NODE/PACKAGE-N, as a call
 * is NODE/N. */
static const char *
subscription(struct telling *w)
{
	struct str node, on;

	buf_clear(&w->scratch);
	on = trace_str(w->rec, "on", &w->scratch);
	node = str_cut(on, '/', &on);
	return node.n > 0 && on.n > 0 && !chr_is_digit(on.p[0])
		   ? tell_field(w, "on")
		   : "";
}

/* The row of the record's verb, or NULL where none says what it does: what its
 * clause names must be there. */
static const struct verb_words *
find_verb(struct telling *w)
{
	for (size_t i = 0; i < VERBS; i++) {
		const struct verb_words *v = &verbs[i];

		if (!tell_is(w, "verb", v->verb))
			continue;
		buf_clear(&w->scratch);
		if (strstr(v->clause, "{call}") != NULL &&
		    str_eq(trace_str(w->rec, "on", &w->scratch), w->rec->node))
			continue;
		if (strstr(v->clause, "{subscription}") != NULL &&
		    subscription(w)[0] == '\0')
			continue;
		if (strstr(v->clause, "{arg}") == NULL ||
		    argument(w, v->key)[0] != '\0')
			return v;
	}
	return NULL;
}

static const char *
call(struct telling *w)
{
	return tell_has(w, "on") ? tell_field(w, "on") : tell_node(w);
}

static const char *
doer(struct telling *w)
{
	return w->rec->node.n > 0 ? tell_node(w) : call(w);
}

static const char *
arg(struct telling *w)
{
	const struct verb_words *v = find_verb(w);

	return argument(w, v != NULL ? v->key : NULL);
}

/* Whom "connect" connects the first with. */
static const char *
second(struct telling *w)
{
	return argument(w, "second");
}

static void
put_clause(struct telling *w, struct buf *out)
{
	const struct verb_words *v = find_verb(w);

	tell_say(
	    w, v != NULL ? i18n_text(v->clause) : "{call} {verb}[ {arg}]", out);
}

static const char *
act_clause(struct telling *w)
{
	struct buf b = BUF_INIT;

	put_clause(w, &b);
	return tell_buf(w, &b);
}

/* What is sent by hand may be long: of a line the view says how much fits. */
static void
summarize_act(struct telling *w)
{
	/* The act that everything without another cause comes from. */
	if (tell_is(w, "verb", "start") && tell_is(w, "on", "run"))
		buf_puts(w->out, _("the run begins"));
	else
		put_clause(w, w->out);
}

/* The attribute that makes it happen. */
static const char *
attribute(struct telling *w)
{
	const struct verb_words *v = find_verb(w);

	return v != NULL && v->attribute != NULL ? v->attribute : "";
}

/* The script that runs where a topology comes without one. */
static const char *
built_in(struct telling *w)
{
	buf_clear(&w->scratch);
	return str_starts(trace_str(w->rec, "where", &w->scratch), "default:")
		   ? "="
		   : "";
}

/* How long a setting waited: since its timer was set, or since the message
 * that it answers. */
static const char *
waited(struct telling *w)
{
	struct trace_rec before;
	int64_t t;

	if (w->rec->cause == 0 || w->rec->cause >= w->rec->seq)
		return "";
	trace_get(w->trace, w->rec->cause, &before);
	t = before.t;
	if (before.kind == TRACE_TIMER && before.cause != 0 &&
	    before.cause < before.seq)
		t = trace_time_of(w->trace, before.cause);
	return w->rec->t > t ? tell_length(w, w->rec->t - t) : "";
}

const struct record_kind record_act = {
	.terms = TERMS(TERM(doer), TERM(call), TERM(subscription), TERM(arg),
	    TERM(second), { "clause", act_clause, NULL, NULL }, TERM(attribute),
	    TERM(built_in), TERM(waited)),
	.tell_summary = summarize_act,
	.sentence = ROWS({ "verb=start;on=run", N_("The run began.") },
	    { "verb=note;where",
		N_("The script makes a remark here ({where}).") },
	    { "by=script;built_in",
		N_("{clause}, as the built-in script says.") },
	    { "by=script;where",
		N_("{clause}, as the script says ({where}).") },
	    { "by=script", N_("{clause}, as the script says.") },
	    { "by=person", N_("{clause}, as a person asked.") },
	    /* TRANSLATORS: "bob answers the call bob/1 after 2 s, as its
	     * configuration says (answer=…)." */
	    { "by=config;attribute;waited",
		N_("{clause} after {waited}, as its configuration says "
		   "({attribute}).") },
	    { "by=config;attribute",
		N_("{clause}, as its configuration says ({attribute}).") },
	    { "by=config", N_("{clause}, as its configuration says.") },
	    { "", "{clause}." }),
};
