/*
 * The words of acts: who did something, and who wanted it. Each verb has its
 * clauses (role/verb.h); the sentence adds the script's line, the person, or
 * the attribute behind it.
 */
#include "base/connection_end.h"
#include "base/i18n.h"
#include "role/verb.h"
#include "words/record_text_in.h"

/* What the act is given: `bob` of {"target":"bob"} where KEY is "target", all
 * of it where KEY is NULL, and where it is an array. */
static const char *
argument(struct telling *w, const char *key)
{
	struct json_value v = trace_member(w->rec, "args"), one;

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

/* Why a connection was ended by the node's side, or by the other; else "". */
static const char *
ended_reason(struct telling *w, bool ours)
{
	const struct connection_end_row *r;
	unsigned i = connection_end_find(str_of(argument(w, "why")));

	r = &connection_end_rows[i < CONNECTION_END_COUNT
				     ? i
				     : CONNECTION_END_BY_THEM];
	return r->why != NULL && r->ours == ours ? i18n_text(r->why) : "";
}

static const char *
our_reason(struct telling *w)
{
	return ended_reason(w, true);
}

static const char *
their_reason(struct telling *w)
{
	return ended_reason(w, false);
}

/* It is said of a call, or of a subscription. */
static bool
is_on_call(struct telling *w)
{
	buf_clear(&w->scratch);
	return str_chr(trace_str(w->rec, "on", &w->scratch), '/') >= 0;
}

/* What clause C names is there. */
static bool
has_clause_values(struct telling *w, const struct verb_clause *c)
{
	/* An attribute, where the record may not be its doing. */
	if (c->attribute != NULL && c[1].text != NULL &&
	    !tell_member_is(w, "by", "config"))
		return false;
	if (strstr(c->text, "{subscription}") != NULL &&
	    subscription(w)[0] == '\0')
		return false;
	if (strstr(c->text, "{our_reason}") != NULL && our_reason(w)[0] == '\0')
		return false;
	if (strstr(c->text, "{their_reason}") != NULL &&
	    their_reason(w)[0] == '\0')
		return false;
	return strstr(c->text, "{arg}") == NULL ||
	       argument(w, c->arg)[0] != '\0';
}

static const char *
call(struct telling *w)
{
	return tell_has_member(w, "on") ? tell_field(w, "on") : tell_node(w);
}

/* What the record's verb says of it, or NULL. */
static const struct verb_clause *
find_clause(struct telling *w)
{
	bool call = is_on_call(w);

	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];
		const struct verb_clause *c = v->clauses;

		if ((v->thing == VERB_OF_CALL) != call ||
		    !tell_member_is(w, "verb", v->name))
			continue;
		while (c->text != NULL && !has_clause_values(w, c))
			c++;
		if (c->text != NULL)
			return c;
	}
	return NULL;
}

static const char *
doer(struct telling *w)
{
	return w->rec->node.n > 0 ? tell_node(w) : call(w);
}

static const char *
arg(struct telling *w)
{
	const struct verb_clause *c = find_clause(w);

	return argument(w, c != NULL ? c->arg : NULL);
}

/* Whom "connect" connects the first with. */
static const char *
second(struct telling *w)
{
	return argument(w, "second");
}

/* Which one is meant, of those of a gateway. */
static const char *
telephone(struct telling *w)
{
	return argument(w, "telephone");
}

static void
put_clause(struct telling *w, struct buf *out)
{
	const struct verb_clause *c = find_clause(w);

	tell_say(
	    w, c != NULL ? i18n_text(c->text) : "{call} {verb}[ {arg}]", out);
}

static const char *
act_clause(struct telling *w)
{
	struct buf b = BUF_INIT;

	put_clause(w, &b);
	return tell_buf(w, &b);
}

/* A request sent by hand may be long: the view decides how much of the line
 * fits. */
static void
summarize_act(struct telling *w)
{
	static const struct {
		const char *word, *text;
	} refusals[] = {
		{ "late", N_(" (too late)") },
		{ "unagreed", N_(" (not agreed)") },
		{ "state", N_(" (not in this state)") },
	};

	/* The act that everything without another cause comes from. */
	if (tell_member_is(w, "verb", "start") &&
	    tell_member_is(w, "on", "run"))
		buf_puts(w->out, _("the run begins"));
	else
		put_clause(w, w->out);
	for (size_t i = 0; i < COUNT_OF(refusals); i++)
		if (tell_member_is(w, "refused", refusals[i].word))
			buf_puts(w->out, _(refusals[i].text));
}

/* The attribute that makes it happen. */
static const char *
attribute(struct telling *w)
{
	const struct verb_clause *c = find_clause(w);

	return c != NULL && c->attribute != NULL ? c->attribute : "";
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
	    TERM(second), TERM(telephone), TERM(our_reason), TERM(their_reason),
	    { "clause", act_clause, NULL, NULL }, TERM(attribute),
	    TERM(built_in), TERM(waited)),
	.tell_summary = summarize_act,
	.sentence = ROWS({ "verb=start;on=run", N_("The run began.") },
	    { "verb=note;where",
		N_("The script makes a remark here ({where}).") },
	    { "refused=unagreed;where",
		N_("{clause}, as the script says ({where}). The two sides have "
		   "not agreed on what this action needs, so nothing "
		   "happened.") },
	    { "refused=state;where",
		N_("{clause}, as the script says ({where}). The call was not "
		   "in a state for it, so nothing happened.") },
	    { "refused;where", N_("{clause}, as the script says ({where}). It "
				  "was too late, so nothing happened.") },
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
