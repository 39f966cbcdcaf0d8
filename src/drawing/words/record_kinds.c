/*
 * The words of each kind of record: bindings, routes and short kinds here, the
 * others in files of their own.
 */
#include <string.h>

#include "base/i18n.h"
#include "trace/program.h"
#include "words/record_text_in.h"
#include "words/record_text.h"
#include "words/trace_words.h"

/* What operations, reasons and ways of choosing are called in records. */
static const char *const names[] = {
	/* bindings, lookups */
	N_("add"),
	N_("refresh"),
	N_("remove"),
	N_("expire"),
	N_("query"),
	N_("store"),
	N_("fetch"),
	N_("answer"),
	N_("stored"),
	N_("fetched"),
	N_("transport"),
	N_("servers"),
	N_("addresses"),
	N_("attempt"),
	N_("enum"),
	/* routes */
	N_("route"),
	N_("strict-route"),
	N_("location"),
	N_("domain"),
	N_("registrar"),
	N_("presence"),
	N_("outbound"),
	N_("redirect"),
	N_("service"),
	N_("size"),
	N_("alias"),
	N_("restored"),
	N_("flow"),
	N_("noted"),
	N_("program"),
	N_("health"),
	N_("default"),
	N_("parallel"),
	N_("in_turn"),
	N_("weighted"),
	N_("reject"),
	N_("failed"),
	N_("reply"),
	N_("send"),
	N_("forward"),
	N_("cancel"),
	N_("again"),
	N_("ring"),
	N_("answer"),
	N_("play"),
	N_("collect"),
	N_("transfer"),
	N_("hang_up"),
	N_("done"),
	/* credentials */
	N_("challenge"),
	N_("accept"),
	N_("refuse"),
	N_("stale"),
	N_("replay"),
	N_("give-up"),
	N_("realm"),
	N_("scheme"),
	N_("malformed"),
	N_("user"),
	N_("password"),
	N_("refused"),
	N_("no password"),
	N_("more than 32 realms"),
	N_("sim"),
	N_("mac"),
	N_("sqn"),
	N_("auts"),
	N_("vector"),
	N_("verify"),
	N_("good"),
	N_("missing"),
	N_("garbled"),
	N_("self-signed"),
	N_("unknown-issuer"),
	N_("not-yet-valid"),
	N_("expired"),
	N_("no-identity"),
	N_("wrong-name"),
};

const char *
tell_name(struct telling *w, const char *key)
{
	const char *text = tell_has_member(w, key) ? tell_field(w, key) : "";

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(text, names[i]) == 0)
			return i18n_text(names[i]);
	return text;
}

/* ---- binding ---- */

static const char *
preference(struct telling *w)
{
	int64_t q = trace_int(w->rec, "q", -1);
	struct buf b = BUF_INIT;

	if (q < 0)
		return "";
	record_put_q(&b, q);
	return tell_buf(w, &b);
}

static const struct record_kind binding = {
	.terms =
	    TERMS(TERM(preference), KEYED("expiry", tell_time_of, "expires"),
		KEYED("operation", tell_name, "op")),
	.summary =
	    ROWS({ "", "{operation} {aor} → {contact}[, {preference}][ (Path "
		       "{path})]" }),
	.sentence = ROWS(
	    { "op=remove", N_("At {node} the binding of {aor} to {contact} "
			      "was removed.") },
	    { "op=expire", N_("At {node} the binding of {aor} to {contact} "
			      "expired: nobody had refreshed it.") },
	    { "op=refresh;expiry",
		N_("At {node} the binding of {aor} to {contact} was "
		   "refreshed; it now lasts until {expiry}.") },
	    { "expiry", N_("At {node} {aor} is now bound to {contact}, "
			   "until {expiry} unless it is refreshed.") },
	    { "", N_("At {node} {aor} is now bound to {contact}.") }),
};

/* ---- route ---- */

/* Why a program has failed. */
static const char *
program_fault(struct telling *w)
{
	enum trace_program_fault why;

	buf_clear(&w->scratch);
	why = trace_program_fault_find(trace_str(w->rec, "fault", &w->scratch));
	return why != TRACE_PROGRAM_FAULT_COUNT ? trace_program_fault_text(why)
						: "";
}

/* How the next hop was chosen. */
static const struct record_kind route = {
	.terms = TERMS(KEYED("next", tell_host, "next"),
	    KEYED("next_name", tell_host_name, "next"),
	    KEYED("by", tell_name, "how"), KEYED("said", tell_name, "verdict"),
	    KEYED("long", tell_length_of, "time"), TERM(program_fault)),
	.summary = ROWS({ "how=overload;target", "503: {target}[ → {next}]" },
	    { "how=overload", "oc={oc}" },
	    { "how=health;state=up", N_("{target}: there") },
	    { "how=health", N_("{target}: not there") },
	    { "verdict=failed",
		"{where}: {said}[, {status}][: {program_fault}]" },
	    { "verdict=play", "{where}: {said} “{text}”, {long}" },
	    { "verdict=collect", "{where}: {said} {digits}, {long}" },
	    { "verdict",
		"{where}: {said}[, {status}][ {reason}][ {target}][ {long}]" },
	    { "", "{target}[ → {next}][ ({by})]" }),
	/* The next hop first. */
	.step = ROWS({ "how=overload;target", "503: {target}" },
	    { "how=overload", "oc={oc}" },
	    { "how=health;state=up", N_("{target}: there") },
	    { "how=health", N_("{target}: not there") },
	    { "verdict=play", "{where}: {said} “{text}”, {long}" },
	    { "verdict", "{where}: {said}[ {status}][ {target}]" },
	    { "next", N_("→ {next_name}[ ({by})]: {target}") },
	    { "", "{target}[ ({by})]" }),
	.sentence = ROWS(
	    { "how=overload;target",
		N_("{node} holds back the request for {target}, because {next} "
		   "has asked for fewer requests.") },
	    { "how=overload;oc=0", N_("{node} is no longer overloaded: its "
				      "neighbours may send all requests.") },
	    { "how=overload",
		N_("{node} is overloaded and asks its neighbours to hold back "
		   "{oc} percent of their requests.") },
	    { "how=health;state=up", N_("{node} has an answer from {target} "
					"again: {target} is up.") },
	    { "how=health", N_("{node} considers {target} down: {target} has "
			       "not answered, or can't be reached.") },
	    { "verdict=default", N_("The program of {node} ({where}) leaves "
				    "the decision to the proxy.") },
	    { "verdict=parallel", N_("The program of {node} ({where}) names "
				     "the target of the request: {target}.") },
	    { "verdict=in_turn",
		N_("The program of {node} ({where}) names the targets of the "
		   "request, to be tried one after the other: {target}.") },
	    { "verdict=weighted",
		N_("The program of {node} ({where}) has drawn by weight the "
		   "order of the targets: {target}.") },
	    { "verdict=ring;time", N_("The program of {node} ({where}) lets it "
				      "ring for {long}.") },
	    { "verdict=ring",
		N_("The program of {node} ({where}) lets it ring.") },
	    { "verdict=answer",
		N_("The program of {node} ({where}) answers the call.") },
	    { "verdict=play",
		N_("The program of {node} ({where}) plays “{text}”, which "
		   "takes {long}.") },
	    { "verdict=collect;digits=1", N_("The program of {node} ({where}) "
					     "waits {long} for a digit.") },
	    { "verdict=collect",
		N_("The program of {node} ({where}) waits for up to {digits} "
		   "digits, {long} for each.") },
	    { "verdict=transfer",
		N_("The program of {node} ({where}) asks the caller to call "
		   "{target} instead.") },
	    { "verdict=hang_up",
		N_("The program of {node} ({where}) ends the call.") },
	    { "verdict=done", N_("The program of {node} ({where}) has "
				 "finished: the call ends.") },
	    { "verdict=reject;call",
		N_("The program of {node} ({where}) rejects the call: "
		   "{status}[ {reason}].") },
	    { "verdict=failed;call;status",
		N_("The program of {node} has failed ({where}): "
		   "{program_fault}. The answer is {status}.") },
	    { "verdict=failed;call",
		N_("The program of {node} has failed ({where}): "
		   "{program_fault}. The call ends.") },
	    { "verdict=reject", N_("The program of {node} ({where}) rejects "
				   "the request: {status}[ {reason}].") },
	    { "verdict=redirect",
		N_("The program of {node} ({where}) redirects the caller to "
		   "{target} with {status}.") },
	    { "verdict=reply", N_("The program of {node} ({where}) answers the "
				  "request with {status}.") },
	    { "verdict=stream",
		N_("The program of {node} ({where}) lets the stream {target} "
		   "flow as both sides have described it.") },
	    { "verdict=send",
		N_("The program of {node} ({where}) sends a request to "
		   "{target}.") },
	    { "verdict=forward;status", N_("The program of {node} ({where}) "
					   "forwards the response {status}.") },
	    { "verdict=forward", N_("The program of {node} ({where}) forwards "
				    "the request to {target}.") },
	    { "verdict=again", N_("The program of {node} ({where}) retransmits "
				  "the same message.") },
	    { "verdict=cancel", N_("The program of {node} ({where}) cancels "
				   "its request to {target}.") },
	    { "verdict=failed;status",
		N_("The program of {node} has failed ({where}): "
		   "{program_fault}. The answer is {status}.") },
	    { "verdict=failed",
		N_("The program of {node} has failed ({where}): "
		   "{program_fault}. The node continues without it.") },
	    { "how=program", N_("{node} will send the request to {next}, "
				"because its program names {target}.") },
	    { "how=restored", N_("{node} uses {target} as the Request-URI "
				 "again, as it was before.") },
	    { "how=location",
		N_("{node} will send the request to {next}, because the "
		   "location service names {target}.") },
	    { "how=enum", N_("{node} will send the request to {next}, because "
			     "the DNS names {target} for the number.") },
	    { "how=domain", N_("{node} will send the request to {next}, the "
			       "server of the domain in {target}.") },
	    { "how=outbound", N_("{node} will send the request to {next}, "
				 "its outbound proxy; it is "
				 "meant for {target}.") },
	    { "how=registrar", N_("{node} will send the request to {next}, "
				  "the registrar of the domain "
				  "in {target}.") },
	    { "how=route;rule=proxy-strict",
		N_("{node} will send the request to {next}. As a strict router "
		   "it has put its first Route, {target}, into the "
		   "Request-URI.") },
	    { "how=service",
		N_("{node} will send the request to {next}, because a service "
		   "of the callee names {target}.") },
	    { "how=presence", N_("{node} will send the request to {next}, "
				 "the presence agent of the domain "
				 "in {target}.") },
	    { "how=route", N_("{node} will send the request to {next}, because "
			      "its Route says so; it is meant for {target}.") },
	    { "how=strict-route",
		N_("{node} will send the request to {next}, a strict router, "
		   "because its Route says so; the Request-URI {target} "
		   "becomes the last Route.") },
	    { "how=uri", N_("{node} will send the request to {next}, as "
			    "its Request-URI {target} says.") },
	    { "how=redirect", N_("{node} will send the request to {next}, "
				 "because it was redirected to {target}.") },
	    { "how=size",
		N_("{node} will send the request to {next} by TCP: it has "
		   "{size} bytes, and UDP may carry {limit}.") },
	    { "how=alias", N_("{node} will send the request over the "
			      "connection from {next}, which "
			      "was offered for {target}.") },
	    { "how=sent-by", N_("{node} will send the response to {next} over "
				"a new connection, because the connection of "
				"the request is closed.") },
	    { "how", N_("{node} chose {next} as the next hop for {target} "
			"(by {how}).") },
	    { "", N_("{node} chose {next} as the next hop for "
		     "{target}.") }),
};

/* ---- bad ---- */

static const char *
refused_for(struct telling *w)
{
	struct buf b = BUF_INIT;

	refusal_put_words(&b, w->rec);
	return tell_buf(w, &b);
}

/* What the words that were rejected are about is another thing. */
static const char *
refusal(struct telling *w)
{
	enum trace_refusal why;

	buf_clear(&w->scratch);
	why = trace_refusal_find(trace_str(w->rec, "fault", &w->scratch));
	return why != TRACE_REFUSAL_COUNT ? trace_refusal_text(why) : "";
}

static const struct record_kind bad = {
	.terms = TERMS({ "fault", refused_for, NULL, NULL }, TERM(refusal)),
	.summary = ROWS({ "", "{fault}" }),
	.sentence = ROWS(/* TRANSLATORS: node, URI, "it was tried already" */
	    { "refusal;at", N_("{node} does not use {at}: {refusal}.") },
	    { "", N_("{node} rejected what it was given: {fault}.") }),
};

/* ---- note, end, and those without words of their own ---- */

static const char *
remark(struct telling *w)
{
	struct buf b = BUF_INIT;

	note_put_text(&b, str_of(tell_field(w, "text")));
	return tell_buf(w, &b);
}

static const struct record_kind note = {
	.terms = TERMS(TERM(remark)),
	.summary = ROWS({ "", "{remark}" }),
	.sentence = ROWS({ "", N_("A remark: {remark}") }),
};

static const char *
lasted(struct telling *w)
{
	return tell_length(w, w->rec->t);
}

static const struct record_kind end = {
	.terms = TERMS(TERM(lasted)),
	.summary = ROWS({ "reason=duration", N_("its time was over") },
	    { "reason=idle", N_("nothing was left to do") },
	    { "reason=stopped", N_("it was stopped") },
	    { "reason=error", N_("an error") },
	    { "reason=captured", N_("nothing more was captured") },
	    { "", "{reason}" }),
	.sentence = ROWS(
	    { "reason=duration",
		N_("The run ended after {lasted}, as its duration says.") },
	    { "reason=idle", N_("The run ended: nothing was left to do.") },
	    { "reason=stopped", N_("The run ended: it was stopped.") },
	    { "reason=captured", N_("Here the capture ends.") },
	    { "reason=error", N_("The run ended with an error.") },
	    { "", N_("The run ended: {reason}.") }),
};

/* Kinds whose fields differ from one writer to the next list them. */
const char *
tell_fields(struct telling *w)
{
	static const char *const common[] = { "seq", "t", "node", "kind",
		"cause", "why", "rule", "text", "base64" };
	struct json_value v;
	struct str key;
	size_t at = 0, n = 0, ncommon = COUNT_OF(common);
	struct buf b = BUF_INIT;

	while (n < 8 && json_next(w->rec->object.raw, &at, &key, &v) == 1) {
		bool known = false;

		for (size_t i = 0; i < ncommon && !known; i++)
			known = str_is(key, common[i]);
		if (known)
			continue;
		buf_puts(&b, n++ > 0 ? " " : "");
		buf_str(&b, key);
		buf_putc(&b, '=');
		if (v.type == JSON_STRING)
			json_text(v, &b);
		else
			buf_str(&b, v.raw);
	}
	if (n == 0)
		buf_putc(&b, '?');
	return tell_buf(w, &b);
}

const struct record_kind *const record_kinds[TRACE_KIND_COUNT] = {
	[TRACE_ACT] = &record_act,
	[TRACE_SEND] = &record_send,
	[TRACE_RECV] = &record_recv,
	[TRACE_PACKET] = &record_packet,
	[TRACE_DROP] = &record_drop,
	[TRACE_TIMER] = &record_timer,
	[TRACE_FSM] = &record_fsm,
	[TRACE_DIALOG] = &record_dialog,
	[TRACE_CALL] = &record_call,
	[TRACE_BINDING] = &binding,
	[TRACE_NAT] = &record_nat,
	[TRACE_LOOKUP] = &record_lookup,
	[TRACE_ROUTE] = &route,
	[TRACE_AUTH] = &record_auth,
	[TRACE_MEDIA] = &record_media,
	[TRACE_FAULT] = &record_fault,
	[TRACE_BAD] = &bad,
	[TRACE_BOARD] = &record_board,
	[TRACE_NOTE] = &note,
	[TRACE_END] = &end,
};
