/*
 * What acts say: who did something, and who wanted it.  Each verb is a clause
 * in one table; the sentence adds the script's line, the person, or the
 * attribute behind it.
 */
#include "words/record_messages.h"
#include "words/record_text_in.h"

#include <string.h>

/* What a clause names, in this order. */
enum shape {
	NODE,
	NODE_ARG,  /* node, what the act is given */
	NODE_CALL, /* node, call */
	CALL_ARG,  /* node, call, what the act is given */
	PLAIN,     /* nothing */
};

static const struct verb_words {
	const char *verb;
	enum shape shape;
	const char *key;       /* of what the act is given; NULL: all */
	const char *attribute; /* that makes it happen, or NULL */
	const char *clause;
} verbs[] = {
	{ "register", NODE, NULL, "register=true", N_("%s registers") },
	{ "unregister", NODE, NULL, NULL,
	    N_("%s takes its registration away") },
	{ "invite", NODE_ARG, "target", NULL, N_("%s calls %s") },
	{ "options", NODE_ARG, "target", NULL,
	    N_("%s asks %s what it can do") },
	{ "message", NODE_ARG, "target", NULL, N_("%s sends a message to %s") },
	{ "subscribe", NODE_ARG, "target", NULL, N_("%s subscribes at %s") },
	{ "ring", CALL_ARG, "code", NULL,
	    N_("%s says how far the call %s has come, with %s") },
	{ "ring", NODE_CALL, NULL, NULL, N_("%s rings for the call %s") },
	{ "answer", NODE_CALL, NULL, "answer=…", N_("%s answers the call %s") },
	{ "answer", NODE, NULL, NULL, N_("%s takes the call") },
	{ "reject", CALL_ARG, "code", NULL,
	    N_("%s rejects the call %s with %s") },
	{ "reject", NODE_CALL, NULL, "busy=true",
	    N_("%s rejects the call %s") },
	{ "redirect", CALL_ARG, "uri", NULL, N_("%s sends the call %s to %s") },
	{ "follow", NODE_CALL, NULL, NULL,
	    N_("%s lets the call %s go where it was sent") },
	{ "reinvite", NODE_CALL, NULL, NULL,
	    N_("%s changes the session of the call %s") },
	{ "cancel", NODE_CALL, NULL, NULL, N_("%s takes the call %s back") },
	{ "bye", NODE_CALL, NULL, "hangup=…", N_("%s hangs up the call %s") },
	{ "hold", NODE_CALL, NULL, NULL, N_("%s puts the call %s on hold") },
	{ "resume", NODE_CALL, NULL, NULL,
	    N_("%s takes the call %s off hold") },
	{ "transfer", CALL_ARG, "to", NULL,
	    N_("%s transfers the call %s to %s") },
	{ "press", NODE_ARG, "keys", NULL, N_("%s gets the keys %s") },
	{ "dial", NODE_ARG, "number", NULL, N_("%s dials %s") },
	{ "hangup", NODE, NULL, NULL, N_("%s ends its call") },
	{ "crash", NODE, NULL, NULL, N_("%s crashes") },
	{ "restart", NODE, NULL, NULL, N_("%s starts again") },
	{ "set", NODE_ARG, NULL, NULL, N_("%s is set to %s") },
	{ "bind", NODE_ARG, NULL, NULL, N_("%s gets a binding by hand: %s") },
	{ "unbind", NODE_ARG, NULL, NULL,
	    N_("%s loses a binding by hand: %s") },
	{ "down", NODE, NULL, NULL, N_("the link %s goes down") },
	{ "up", NODE, NULL, NULL, N_("the link %s comes up") },
	{ "send", CALL_ARG, "method", NULL,
	    N_("%s, in the call %s, sends a request of its own making: %s") },
	{ "send", NODE_ARG, NULL, NULL, N_("%s sends what it is given: %s") },
	{ "note", PLAIN, NULL, NULL, N_("there is something to remark") },
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

/* The row of the record's verb, or NULL where none says what it does. */
static const struct verb_words *
find_verb(struct telling *w)
{
	for (size_t i = 0; i < VERBS; i++) {
		enum shape shape = verbs[i].shape;
		bool arg = shape == NODE_ARG || shape == CALL_ARG;
		bool call = shape == NODE_CALL || shape == CALL_ARG;

		if (!tell_is(w, "verb", verbs[i].verb))
			continue;
		buf_clear(&w->scratch);
		if (call &&
		    str_eq(trace_str(w->rec, "on", &w->scratch), w->rec->node))
			continue;
		if (!arg || argument(w, verbs[i].key)[0] != '\0')
			return &verbs[i];
	}
	return NULL;
}

static void
put_clause(struct telling *w, struct buf *out)
{
	const char *on = tell_has(w, "on") ? tell_field(w, "on") : tell_node(w);
	const char *node = w->rec->node.n > 0 ? tell_node(w) : on;
	const struct verb_words *v = find_verb(w);
	const char *arg = argument(w, v != NULL ? v->key : NULL);
	const char *clause = v != NULL ? i18n_text(v->clause) : "";

	if (v == NULL)
		buf_printf(out, "%s %s%s%s", on, tell_field(w, "verb"),
		    arg[0] != '\0' ? " " : "", arg);
	else if (v->shape == PLAIN)
		buf_puts(out, clause);
	else if (v->shape == NODE)
		buf_printf(out, clause, node);
	else if (v->shape == NODE_ARG)
		buf_printf(out, clause, node, arg);
	else if (v->shape == NODE_CALL)
		buf_printf(out, clause, node, on);
	else
		buf_printf(out, clause, node, on, arg);
}

/* The act that everything without another cause comes from. */
static bool
is_start(struct telling *w)
{
	return tell_is(w, "verb", "start") && tell_is(w, "on", "run");
}

void
record_act_summary(struct telling *w)
{
	if (is_start(w))
		buf_puts(w->out, _("the run begins"));
	else
		put_clause(w, w->out);
}

/* How long a setting waited: since its timer was set, or since the message
 * that it answers; -1: it did not. */
static int64_t
waited(struct telling *w)
{
	struct trace_rec before;
	int64_t t;

	if (w->rec->cause == 0 || w->rec->cause >= w->rec->seq)
		return -1;
	trace_get(w->trace, w->rec->cause, &before);
	t = before.t;
	if (before.kind == TRACE_TIMER && before.cause != 0 &&
	    before.cause < before.seq)
		t = trace_time_of(w->trace, before.cause);
	return w->rec->t > t ? w->rec->t - t : -1;
}

/* A setting's act: the attribute, and how long it waited. */
static void
put_config(struct telling *w, const char *clause)
{
	const struct verb_words *v = find_verb(w);
	const char *attribute = v != NULL ? v->attribute : NULL;
	int64_t after = waited(w);

	if (attribute == NULL)
		buf_printf(w->out, _("%s, as its configuration says."), clause);
	else if (after > 0)
		/* TRANSLATORS: "bob answers the call bob/1 after 2 s, as its
		 * configuration says (answer=…)." */
		buf_printf(w->out,
		    _("%s after %s, as its configuration says (%s)."), clause,
		    tell_length(w, after), attribute);
	else
		buf_printf(w->out, _("%s, as its configuration says (%s)."),
		    clause, attribute);
}

void
record_act_sentence(struct telling *w)
{
	struct buf b = BUF_INIT;
	const char *clause,
	    *where = tell_has(w, "where") ? tell_field(w, "where") : "";

	if (is_start(w)) {
		buf_puts(w->out, _("The run began."));
		return;
	}
	put_clause(w, &b);
	clause = tell_text(w, buf_view(&b));
	if (b.err != 0)
		w->out->err = b.err;
	buf_free(&b);
	/* The script that runs where a topology comes without one. */
	if (tell_is(w, "by", "script") && strncmp(where, "default:", 8) == 0)
		buf_printf(
		    w->out, _("%s, as the built-in script says."), clause);
	else if (tell_is(w, "by", "script") && where[0] != '\0')
		buf_printf(
		    w->out, _("%s, as the script says (%s)."), clause, where);
	else if (tell_is(w, "by", "script"))
		buf_printf(w->out, _("%s, as the script says."), clause);
	else if (tell_is(w, "by", "person"))
		buf_printf(w->out, _("%s, as a person asked."), clause);
	else if (tell_is(w, "by", "config"))
		put_config(w, clause);
	else
		buf_printf(w->out, "%s.", clause);
}
