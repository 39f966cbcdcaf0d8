/*
 * What timers, transactions, dialogs and calls say: each step of a machine as
 * a sentence, with what made it take the step.
 */
#include "words/record_text_in.h"
#include "machine/machine_osip.h"
#include "words/state_words.h"

#include <string.h>

/* "Timer A", or with FULL what begins a sentence. */
static const char *
timer_name(struct telling *w, bool full)
{
	struct buf b = BUF_INIT;
	struct str name;

	buf_clear(&w->scratch);
	name = trace_str(w->rec, "name", &w->scratch);
	if (name.n == 0)
		name = STR("?");
	if (full)
		timer_put_title(&b, name);
	else
		timer_put_short(&b, name);
	return tell_buf(w, &b);
}

static const char *
timer(struct telling *w)
{
	return timer_name(w, false);
}

static const char *
timer_title(struct telling *w)
{
	return timer_name(w, true);
}

/* How long it ran. */
static const char *
ran(struct telling *w)
{
	uint64_t cause = w->rec->cause;

	if (cause != 0 && cause < w->rec->seq &&
	    trace_kind_of(w->trace, cause) == TRACE_TIMER)
		return tell_length(
		    w, w->rec->t - trace_time_of(w->trace, cause));
	return tell_length_of(w, "length");
}

const struct record_kind record_timer = {
	.close_up = true,
	.terms = TERMS(TERM(timer), TERM(timer_title), TERM(ran),
	    KEYED("length", tell_length_of, "length"),
	    KEYED("place", tell_name, "id"), KEYED("due", tell_time_of, "due")),
	.summary = ROWS({ "op=set;length", N_("{timer} set, {length}") },
	    { "op=set", N_("{timer} set") }, { "op=fire", N_("{timer} fired") },
	    { "", N_("{timer} stopped") }),
	.sentence =
	    ROWS({ "op=set;name=after;length;due",
		     N_("The program of {node} ({place}) asked to be called "
			"again after {length}, at {due}.") },
		{ "op=fire;name=after;ran",
		    N_("The program of {node} ({place}) is called again, {ran} "
		       "after it asked for it.") },
		{ "op=fire;ran", N_("{timer_title} fired at {node}, {ran} "
				    "after it had been set.") },
		{ "op=fire", N_("{timer_title} fired at {node}.") },
		{ "op=set;length;due",
		    N_("{timer_title} was set at {node}, to fire after "
		       "{length}, at {due}.") },
		{ "op=set", N_("{timer_title} was set at {node}.") },
		{ "", N_("{timer_title} was stopped at {node}.") }),
};

/* What a machine is told, docs/TRACE.md's words. */
static const struct {
	const char *event, *text;
} events[] = {
	{ "request", N_("the request came") },
	{ "request sent", N_("the request was sent") },
	{ "1xx", N_("a provisional response (1xx) came") },
	{ "1xx sent", N_("a provisional response (1xx) was sent") },
	{ "2xx", N_("a 2xx came") },
	{ "2xx sent", N_("a 2xx was sent") },
	{ "200-699", N_("a final response came") },
	{ "200-699 sent", N_("a final response was sent") },
	{ "300-699", N_("a final response other than 2xx came") },
	{ "300-699 sent", N_("a final response other than 2xx was sent") },
	{ "timeout", N_("no response came") },
	{ "stop", N_("it was given up") },
	{ "transport error", N_("the transport failed") },
	/* Of the machines above: what the user agent does itself. */
	{ "REGISTER", N_("the REGISTER was sent") },
	{ "SUBSCRIBE", N_("the SUBSCRIBE was sent") },
	{ "given up", N_("its user no longer waits") },
	{ "register", N_("it registers") },
	{ "unregister", N_("it removes its registration") },
	{ "before the run", N_("it was done before the run began") },
	{ "2xx not bound", N_("a 2xx came that does not bind the contact, "
			      "because its lifetime is zero") },
	{ "elsewhere", N_("it was sent to another address") },
	{ "next server", N_("no answer came, and the next server is tried") },
	{ "not sent", N_("it could not be sent") },
	{ "Timer refresh",
	    N_("the timer that refreshes the registration fired") },
	{ "Timer retry", N_("the time to wait is over") },
	{ "Timer recovery", N_("the time to wait after a failure is over") },
	{ "deactivated",
	    N_("the registrar has ended it and asks for a new REGISTER") },
	{ "restoration",
	    N_("the S-CSCF has lost its data and asks for a new REGISTER") },
	{ "probation", N_("the registrar has ended it for a while") },
	{ "rejected", N_("the registrar has ended it permanently") },
	{ "Timer expire", N_("the time of the subscription is over") },
	{ "Timer republish",
	    N_("the timer that refreshes the published state fired") },
	{ "publish", N_("there is a state to publish") },
	{ "remove", N_("the published state is removed") },
	{ "redial", N_("it waits for somebody who was busy") },
	{ "unsubscribe", N_("it ends the subscription") },
	{ "NOTIFY pending", N_("a NOTIFY with the state pending came") },
	{ "NOTIFY active", N_("a NOTIFY with the state active came") },
	{ "NOTIFY terminated", N_("a NOTIFY with the state terminated came") },
	{ "NOTIFY pending sent",
	    N_("a NOTIFY with the state pending was sent") },
	{ "NOTIFY active sent", N_("a NOTIFY with the state active was sent") },
	{ "NOTIFY terminated sent",
	    N_("a NOTIFY with the state terminated was sent") },
	{ "state sent", N_("a NOTIFY with the state was sent") },
	{ "gone sent",
	    N_("a NOTIFY was sent that says that the state is gone") },
	{ "outcome sent", N_("a NOTIFY with the result was sent") },
	{ "timeout sent",
	    N_("a NOTIFY was sent that says that the time is over") },
	{ "rejected sent",
	    N_("a NOTIFY was sent that says that the watcher is rejected") },
	{ "2xx Refer-Sub: false", N_("a 2xx with Refer-Sub: false came") },
	{ "fork", N_("a response with another To tag came, from another phone "
		     "that the INVITE was forked to") },
	{ "preview", N_("a provisional response with a description came") },
	{ "preview sent",
	    N_("a provisional response with a description was sent") },
	{ "end", N_("its session is over") },
	{ "dialled", N_("a telephone of its own has dialled") },
};

/* How the transport failed, where the record says so. */
static const struct {
	const char *reason, *text;
} failures[] = {
	{ "refused", N_("the connection was refused") },
	{ "reset", N_("the connection was broken") },
	{ "time-out", N_("the peer did not answer over the connection") },
	{ "no-path", N_("there is no path to the peer") },
	{ "unreadable",
	    N_("what the peer sent over the connection can't be read") },
};

/* EVENT without WORD at its end: NULL where it does not end so. */
static const char *
event_before(struct telling *w, const char *event, const char *word)
{
	struct str text = str_of(event);

	if (!str_ends(text, word) || text.n == strlen(word))
		return NULL;
	return tell_text(w, str_slice(text, 0, text.n - strlen(word)));
}

static const char *
event_clause(struct telling *w)
{
	const char *event = tell_field(w, "event"), *before;
	LOCAL_BUF b = BUF_INIT;
	size_t n = strlen(event);

	for (size_t i = 0; i < COUNT_OF(failures); i++)
		if (tell_member_is(w, "reason", failures[i].reason))
			return i18n_text(failures[i].text);
	for (size_t i = 0; i < COUNT_OF(events); i++)
		if (strcmp(event, events[i].event) == 0)
			return i18n_text(events[i].text);
	/* A word of the tables of machines, as in their figures. */
	if (event[0] >= 'a' && event[0] <= 'z' && i18n_text(event) != event)
		return i18n_text(event);
	if (strncmp(event, "Timer ", 6) == 0)
		buf_printf(&b, _("%s fired"), i18n_text(event));
	else if (n == 1 && event[0] >= 'A' && event[0] <= 'Z')
		buf_printf(&b, _("Timer %s fired"), event);
	else if ((before = event_before(w, event, " sent")) != NULL)
		buf_printf(&b, _("%s was sent"), before);
	else if ((before = event_before(w, event, " received")) != NULL)
		buf_printf(&b, _("the %s came"), before);
	else if (chr_is_digit(event[0]))
		buf_printf(&b, _("a %s came"), event);
	else if (event[0] >= 'A' && event[0] <= 'Z')
		buf_printf(&b, _("the %s came"), event);
	if (b.n > 0)
		return tell_buf(w, &b);
	return event;
}

/* "INVITE client transaction"; the name of a machine that is not known. */
static const char *
machine_title(struct telling *w)
{
	buf_clear(&w->scratch);
	return tell_text(
	    w, machine_words(trace_str(w->rec, "machine", &w->scratch)));
}

/* The machine of the record; NULL where it is not known. */
static const struct machine *
machine_of(struct telling *w)
{
	return machine_find(str_of(tell_field(w, "machine")));
}

static const char *
event(struct telling *w)
{
	return tell_has_member(w, "event")
		   ? event_name_at(machine_of(w), str_of(tell_field(w, "from")),
			 tell_field(w, "event"))
		   : "";
}

/* "ICT", "registration" */
static const char *
brief(struct telling *w)
{
	const char *name = tell_field(w, "machine");

	return name[0] >= 'a' && name[0] <= 'z' ? machine_title(w) : name;
}

static const char *
state(struct telling *w, const char *key)
{
	buf_clear(&w->scratch);
	return tell_text(
	    w, state_name(machine_of(w), trace_str(w->rec, key, &w->scratch)));
}

/* The cause of the step; where libosip2's words are chosen, by which event
 * and callback it knows that: "the INVITE was sent (SND_REQINVITE,
 * OSIP_ICT_INVITE_SENT)". */
static const char *
clause(struct telling *w)
{
	const char *words = event_clause(w), *osip, *callback = NULL;
	const struct machine *m = machine_of(w);
	const struct machine_edge *e;
	LOCAL_BUF b = BUF_INIT;

	if (m == NULL || machine_vocabulary_chosen() != MACHINE_WORDS_OSIP)
		return words;
	e = machine_step(m, str_of(tell_field(w, "from")),
	    str_of(tell_field(w, "event")), str_of(tell_field(w, "to")));
	osip = e != NULL ? machine_osip_event(
			       m, e->from, str_of(tell_field(w, "event")))
			 : NULL;
	if (osip == NULL)
		return words;
	callback = machine_osip_callback(m, e);
	buf_printf(&b, "%s (%s%s%s)", words, osip, callback != NULL ? ", " : "",
	    callback != NULL ? callback : "");
	return tell_buf(w, &b);
}

const struct record_kind record_fsm = {
	.close_up = true,
	.terms =
	    TERMS(TERM(machine_title), TERM(brief), TERM(event), TERM(clause),
		KEYED("from", state, "from"), KEYED("to", state, "to")),
	/* Of numerous machines, which one it is. */
	.summary = ROWS({ "machine=name,nat-binding;from=none,",
			    "{id} → {to}[ ({event})]" },
	    { "machine=name,nat-binding;stays",
		N_("{id} stays in {to}[ ({event})]") },
	    { "machine=name,nat-binding", "{id} {from} → {to}[ ({event})]" },
	    { "from=none,", "{brief} → {to}[ ({event})]" },
	    /* TRANSLATORS: "IST stays in proceeding (1xx sent)" */
	    { "stays", N_("{brief} stays in {to}[ ({event})]") },
	    { "", N_("{brief} {from} → {to}[ ({event})]") }),
	.sentence = ROWS(
	    { "from=none,", N_("{node} created the {machine_title} {id}, "
			       "which entered {to}: {clause}.") },
	    { "to=terminated", N_("At {node} the {machine_title} {id} ended: "
				  "{clause}.") },
	    { "stays", N_("At {node} the {machine_title} {id} stayed in "
			  "{to}: {clause}.") },
	    { "", N_("At {node} the {machine_title} {id} went from {from} "
		     "to {to}: {clause}.") }),
};

/* ---- dialogs ---- */

/* The route set is told, and is empty. */
static const char *
no_routes(struct telling *w)
{
	return trace_member(w->rec, "routes").type == JSON_ARRAY &&
		       tell_list(w, "routes")[0] == '\0'
		   ? "="
		   : "";
}

/* The Call-ID is said once, when the dialog begins. */
static const char *
new_call_id(struct telling *w)
{
	bool begins =
	    !tell_has_member(w, "from") || tell_member_is(w, "from", "none");

	return begins && tell_has_member(w, "call_id")
		   ? tell_field(w, "call_id")
		   : "";
}

const struct record_kind record_dialog = {
	.terms = TERMS(KEYED("routes", tell_list, "routes"), TERM(no_routes),
	    TERM(new_call_id)),
	.summary =
	    ROWS({ "", N_("{was} → {to}[, local tag {local_tag}][, remote tag "
			  "{remote_tag}][, Call-ID {new_call_id}][, remote "
			  "target {remote_target}][, route set {routes}]") }),
	.sentence = ROWS({ "from=none,;remote_target",
			     N_("{node} created the dialog {id}, {to}; its "
				"requests will go to {remote_target}.[ They "
				"will take the route set {routes}.]") },
	    { "from=none,", N_("{node} created the dialog {id}, {to}.") },
	    { "to=terminated", N_("At {node} the dialog {id} ended.") },
	    { "stays", N_("At {node} the dialog {id} stayed {to}.") },
	    { "", N_("At {node} the dialog {id} went from {from} to "
		     "{to}.") }),
	/* The change of its requests' destination. */
	.more = ROWS({ "from=none,", "" },
	    { "no_routes", N_("[ Its requests now go to {remote_target}.] They "
			      "no longer take a route set.") },
	    { "", N_("[ Its requests now go to {remote_target}.][ They "
		     "take the route set {routes}.]") }),
};

/* ---- calls ---- */

static const char *
status(struct telling *w)
{
	return trace_int(w->rec, "status", 0) > 0 ? tell_field(w, "status")
						  : "";
}

const struct record_kind record_call = {
	.terms = TERMS(TERM(status)),
	.summary = ROWS({ "mixed", N_("{id} is mixed with {mixed}") },
	    { "", "[{id} ]{was} → {state}[ ({status})]" }),
	.sentence = ROWS(
	    { "mixed", N_("The call {id} is mixed with the call {mixed}: all "
			  "their participants hear each other.") },
	    { "from=idle,;peer",
		N_("The call {id} with {peer} began: {state}.") },
	    { "from=idle,", N_("The call {id} began: {state}.") },
	    { "from=proceeding,;rule=invite-accept",
		N_("The call {id} was answered without having rung; until the "
		   "ACK comes its state is {state}.") },
	    { "rule=invite-accept",
		N_("The call {id} was answered; until the ACK comes its state "
		   "is {state}.") },
	    { "status;stays",
		N_("The call {id} stayed {state} on a {status}.") },
	    { "status", N_("The call {id} went from {from} to {state} on a "
			   "{status}.") },
	    { "stays", N_("The call {id} stayed {state}.") },
	    { "", N_("The call {id} went from {from} to {state}.") }),
};
