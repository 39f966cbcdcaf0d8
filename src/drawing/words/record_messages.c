/*
 * What records about messages on their way say: sends, arrivals, losses,
 * packets; what faults and NATs do to them; lookups and credentials.
 */
#include "base/addr.h"
#include "base/i18n.h"
#include "words/record_text_in.h"

struct passage
tell_passage(struct telling *w, const struct trace_rec *rec)
{
	struct passage p = { "?", "?", "?", { .status = 0 }, { .seq = 0 },
		false };

	if (!record_message(w->trace, rec, &p.rec))
		return p;
	p.what = tell_message(w, &p.rec);
	buf_clear(&w->scratch);
	if (trace_get_send(&p.rec, &p.send, &w->scratch) != 0)
		return p;
	p.src = tell_text(w, p.send.src);
	p.dst = tell_text(w, p.send.dst);
	p.known = true;
	return p;
}

/* ---- send ---- */

/* Of a repetition: when it was sent for the first time. */
static const char *
first_time(struct telling *w)
{
	uint64_t first = w->passage.send.retx;

	return first != 0 && first < w->rec->seq
		   ? tell_time(w, trace_time_of(w->trace, first))
		   : "";
}

const struct record_kind record_send = {
	.prepare = tell_prepare_passage,
	.terms = TERMS(TERM(first_time)),
	.summary =
	    ROWS({ "retx", "{what} → {dst} ↻" }, { "", "{what} → {dst}" }),
	.step = ROWS({ "retx", N_("{what} {src} → {dst}, again") },
	    { "", "{what} {src} → {dst}" }),
	.sentence = ROWS(
	    { "first_time", N_("{src} retransmitted {what} to {dst}; it was "
			       "first sent at {first_time} (record {retx}).") },
	    { "fwd", N_("{src} forwarded {what} to {dst}; it had arrived in "
			"record {fwd}.") },
	    { "", N_("{src} sent {what} to {dst}.") }),
};

/* ---- recv ---- */

static const char *
receiver(struct telling *w)
{
	return w->rec->node.n > 0 ? tell_node(w) : w->passage.dst;
}

/* How long it was under way. */
static const char *
way(struct telling *w)
{
	const struct passage *p = &w->passage;

	return p->known && p->rec.t < w->rec->t
		   ? tell_length(w, w->rec->t - p->rec.t)
		   : "";
}

const struct record_kind record_recv = {
	.prepare = tell_prepare_passage,
	.terms = TERMS(TERM(receiver), TERM(way)),
	.summary = ROWS({ "", "{what} ← {src}" }),
	/* TRANSLATORS: "INVITE from alice" */
	.step = ROWS({ "", N_("{what} from {src}") }),
	.sentence =
	    ROWS({ "way", N_("{what} from {src} arrived at {receiver}, {way} "
			     "after it was sent.") },
		{ "", N_("{what} from {src} arrived at {receiver}.") }),
};

/* ---- drop ---- */

/* In the user's language; the name itself where the table has no row. */
static const char *
reason(struct telling *w)
{
	enum trace_drop drop;

	buf_clear(&w->scratch);
	drop = trace_drop_find(trace_str(w->rec, "reason", &w->scratch));
	return drop != TRACE_DROP_COUNT ? trace_drop_text(drop)
					: tell_field(w, "reason");
}

const struct record_kind record_drop = {
	.prepare = tell_prepare_passage,
	.terms = TERMS(TERM(reason)),
	.summary = ROWS({ "known", N_("{what} → {dst}: {reason}") },
	    { "", N_("[{link}: ]{reason}") }),
	.sentence = ROWS({ "known;reason=fault",
			     N_("The {what} from {src} to {dst} was lost: "
				"{reason}.") },
	    { "known;reason=no-family", N_("{node} could not send the {what} "
					   "to {dst}: {reason}.") },
	    { "known;owner", N_("{node} threw away the {what} from {src}: "
				"{reason}.") },
	    { "known", N_("The {what} from {src} to {dst} was lost: "
			  "{reason}.") },
	    { "", N_("A packet was lost: {reason}.") }),
};

/* ---- packet ---- */

const struct record_kind record_packet = {
	.terms = TERMS(KEYED("flags", tell_list, "flags")),
	.summary = ROWS({ "", "{link} {len}[ {flags}][ {src_addr} → "
			      "{dst_addr}]" }),
	.sentence =
	    ROWS({ "conn", N_("A TCP segment ({flags}) with {len} bytes of "
			      "connection {conn} crossed the link {link}.") },
		{ "src_addr", N_("A packet of {len} bytes from {src_addr} to "
				 "{dst_addr} crossed the link {link}.") },
		{ "", N_("A packet of {len} bytes crossed the link "
			 "{link}.") }),
};

/* ---- fault ---- */

/* Known effects, and behind them any. */
static const struct tell_row summaries[] = {
	{ "effect=drop", N_("drops record {of}") },
	{ "effect=delay", N_("delays record {of}") },
	{ "effect=duplicate", N_("duplicates record {of}") },
	{ "effect=corrupt", N_("corrupts record {of}") },
	{ "effect=rewrite", N_("rewrites record {of}") },
	{ "effect=edit", N_("edits record {of}") },
	{ "effect=cut", N_("cuts the connection in record {of}") },
	{ "effect=respond", N_("answers record {of}") },
	{ "", "{fields}" },
};

static const struct tell_row clauses[] = {
	{ "effect=drop", N_("The {what} from {src} to {dst} (record {of}) is "
			    "lost on its way") },
	{ "effect=delay", N_("The {what} from {src} to {dst} (record {of}) is "
			     "delayed by {delay}") },
	{ "effect=duplicate", N_("The {what} from {src} to {dst} (record {of}) "
				 "arrives more than once") },
	{ "effect=corrupt", N_("Some bytes of the {what} from {src} to {dst} "
			       "(record {of}) are changed on its way") },
	{ "effect=rewrite,edit",
	    N_("The {what} from {src} to {dst} (record {of}) travels with "
	       "other bytes than were sent") },
	{ "effect=cut", N_("The TCP connection breaks in the middle of the "
			   "{what} from {src} to {dst} (record {of})") },
	{ "effect=respond", N_("The {what} from {src} to {dst} (record {of}) "
			       "is lost on its way, and answered in its "
			       "receiver's name") },
	{ "", "" },
};

static const char *
fault_clause(struct telling *w)
{
	struct buf b = BUF_INIT;

	tell_rows(w, clauses, &b);
	return tell_buf(w, &b);
}

static const char *
delay(struct telling *w)
{
	int64_t ns = trace_int(w->rec, "delay", 0);

	return tell_length(w, ns > 0 ? ns : 0);
}

/* The message it strikes. */
static void
read_struck_message(struct telling *w)
{
	int64_t of = trace_int(w->rec, "of", 0);
	struct trace_rec send = { .kind = TRACE_KIND_COUNT };

	if (of > 0 && (uint64_t)of < w->rec->seq)
		trace_get(w->trace, (uint64_t)of, &send);
	w->passage = tell_passage(w, &send);
}

/*
 * What becomes of which message, and whose doing it is, a person's or the
 * script's.
 */
const struct record_kind record_fault = {
	.prepare = read_struck_message,
	.terms = TERMS({ "clause", fault_clause, NULL, NULL }, TERM(delay)),
	.summary = summaries,
	.sentence = ROWS(/* TRANSLATORS: "The INVITE from atl to bil (record 55)
			  * is lost on its way: fault 1 of the script." */
	    { "known;clause;fault",
		N_("{clause}: fault {fault} of the script.") },
	    { "known;clause", N_("{clause}, as a person asked.") },
	    { "", N_("A fault occurred: {fields}.") }),
};

/* ---- nat ---- */

/* "UDP". */
static const char *
by(struct telling *w)
{
	const struct addr_transport_row *row =
	    addr_transport_known(trace_str(w->rec, "proto", &w->scratch));

	return row != NULL ? row->name : "";
}

/* Bindings that come and go, what can't pass, what was rewritten. */
const struct record_kind record_nat = {
	.terms = TERMS(TERM(by), KEYED("fields_changed", tell_list, "fields")),
	.summary = ROWS({ "op=made", "{by} {inner} → {outer}[ ({remote})]" },
	    { "op=expired",
		N_("expired: {by} {inner} → {outer}[ ({remote})]") },
	    { "op=forgotten",
		N_("forgotten: {by} {inner} → {outer}[ ({remote})]") },
	    { "op=rewritten", N_("rewritten: {fields_changed}") },
	    { "op=filtered", N_("filtered: {by} {src} → {dst}") },
	    { "op=full", N_("no room: {by} {src} → {dst}") },
	    { "op=private", N_("no route: {by} {src} → {dst}") },
	    { "op=no-hairpin", N_("not sent back: {by} {src} → {dst}") },
	    { "", N_("no mapping: {by} {src} → {dst}") }),
	.sentence = ROWS(
	    { "op=made;remote",
		N_("{node} created a mapping: packets from {inner} to {remote} "
		   "by {by} leave with the external address {outer}, and "
		   "answers to it are let in.") },
	    { "op=made", N_("{node} created a mapping: packets from {inner} by "
			    "{by} leave with the external address {outer}, and "
			    "answers to it are let in.") },
	    { "op=expired", N_("{node}'s mapping of {inner} to {outer} ({by}) "
			       "expired, because nothing refreshed it. Packets "
			       "to {outer} now reach nobody.") },
	    { "op=forgotten",
		N_("{node} lost its mapping of {inner} to {outer} ({by}).") },
	    { "op=rewritten", N_("{node} changed addresses within the message: "
				 "{fields_changed}.") },
	    { "op=filtered",
		N_("{node} filtered a packet from {src}: its mapping of "
		   "{inner} to {dst} has sent nothing there.") },
	    { "op=full", N_("{node} had no room for a mapping: what {src} sent "
			    "to {dst} is lost.") },
	    { "op=private",
		N_("{node} received a packet for {dst} from outside, where "
		   "there is no route to that private address.") },
	    { "op=no-hairpin",
		N_("{node} received a packet for its own external address "
		   "{dst} from the internal address {src}, and sends no such "
		   "packet back.") },
	    { "inner", N_("{node} no longer had a mapping for what {src} sent "
			  "to {dst}: the mapping of {inner} had ended.") },
	    { "", N_("{node} had no mapping for what {src} sent to {dst}.") }),
};

/* ---- lookup: of a location service, and by the DNS ---- */

/* What a location service says when it does not say "ok". */
static const struct {
	const char *status, *text;
} statuses[] = {
	{ "unknown", N_("nobody is registered there") },
	{ "out-of-order", N_("the request was older than the last one") },
	{ "full", N_("there is no room for more") },
	{ "gone", N_("the user is gone permanently") },
	{ "ambiguous", N_("several users match") },
	{ "incomplete", N_("the number has too few digits") },
	{ "refused", N_("the asker is not allowed to ask") },
	{ "silent", N_("no answer came") },
	{ "garbled", N_("the answer that came can't be read") },
};

/* The result of a lookup; "" where it found or stored something. */
static const char *
trouble(struct telling *w)
{
	if (!tell_has_member(w, "status") || tell_member_is(w, "status", "ok"))
		return "";
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (tell_member_is(w, "status", statuses[i].status))
			return i18n_text(statuses[i].text);
	return tell_field(w, "status");
}

/* The targets, each with its q where the record has them. */
static const char *
targets(struct telling *w)
{
	struct json_value list = trace_member(w->rec, "targets");
	struct json_value qs = trace_member(w->rec, "q"), uri, v;
	struct buf b = BUF_INIT;
	size_t at = 0, q_at = 0;
	int64_t q;

	if (list.type != JSON_ARRAY || qs.type != JSON_ARRAY)
		return tell_list(w, "targets");
	while (json_item(list, &at, &uri)) {
		if (b.n > 0)
			buf_puts(&b, ", ");
		if (uri.type == JSON_STRING)
			json_text(uri, &b);
		if (!json_item(qs, &q_at, &v) || json_int(v, &q) != 0)
			continue;
		buf_puts(&b, " (");
		record_put_q(&b, q);
		buf_putc(&b, ')');
	}
	return tell_buf(w, &b);
}

static const char *
outcome(struct telling *w)
{
	const char *text = trouble(w);

	if (text[0] == '\0')
		text = targets(w);
	if (text[0] != '\0')
		return text;
	return tell_member_is(w, "op", "fetch") ||
		       tell_member_is(w, "op", "fetched")
		   ? _("none")
		   : _("nothing was found");
}

/* Why a service of a NAPTR record was not chosen, behind its name. */
static const struct {
	const char *word, *text;
} passings[] = {
	{ "not-spoken", N_("not supported here") },
	{ "not-there", N_("not there") },
	{ "next", N_("tried if these fail") },
	{ "later", N_("later in the order of the domain") },
};

/* "SIP+D2S (not spoken here), …" */
static const char *
passed(struct telling *w)
{
	struct json_value list = trace_member(w->rec, "passed"), v;
	LOCAL_BUF all = BUF_INIT, one = BUF_INIT;
	size_t at = 0;

	while (list.type == JSON_ARRAY && json_item(list, &at, &v)) {
		struct str why = STR_NULL, service;

		buf_clear(&one);
		if (v.type == JSON_STRING)
			json_text(v, &one);
		service = str_cut(buf_view(&one), ' ', &why);
		buf_puts(&all, all.n > 0 ? _(", ") : "");
		buf_str(&all, service);
		for (size_t i = 0; i < COUNT_OF(passings); i++)
			if (str_is(why, passings[i].word))
				buf_printf(&all, _(" (%s)"),
				    i18n_text(passings[i].text));
	}
	return tell_buf(w, &all);
}

const struct record_kind record_lookup = {
	.terms = TERMS(TERM(targets), TERM(trouble), TERM(outcome),
	    TERM(passed), KEYED("drawn", tell_list, "drawn"),
	    KEYED("asked", tell_name, "op")),
	.summary = ROWS(
	    { "op=transport,servers,addresses,enum;status=none", "{aor}: –" },
	    { "op=transport", "{aor} → {transport}" },
	    { "op=attempt", "→ {aor}" },
	    { "op=subscriber", "{answer} {aor}: {status}[ → {targets}]" },
	    { "op=servers,addresses,enum", "{aor} → {targets}" },
	    { "", N_("{asked} {aor}[ → {targets}][: {trouble}]") }),
	.sentence = ROWS(
	    { "op=transport;status=none",
		N_("{node} found no transport for {aor}[; not chosen: "
		   "{passed}].") },
	    { "op=transport",
		N_("{node} has chosen {transport} for {aor}[; not chosen: "
		   "{passed}].") },
	    { "op=servers;status=none",
		N_("{node} found no server for {aor}.") },
	    { "op=servers;drawn",
		N_("{node} will try the servers of {aor} by {transport} "
		   "in this order: {targets}; drawn: {drawn}.") },
	    { "op=servers",
		N_("{node} will try the servers of {aor} by {transport} "
		   "in this order: {targets}.") },
	    { "op=enum;targets",
		N_("{node} has learnt that the number {aor} maps to "
		   "{targets}[; not chosen: {passed}].") },
	    { "op=enum", N_("{node} found no SIP URI for the number "
			    "{aor}[; not chosen: {passed}].") },
	    { "op=addresses;targets",
		N_("{node} has learnt the addresses of {aor}: {targets}.") },
	    { "op=addresses", N_("{node} found no address of {aor}.") },
	    { "op=attempt", N_("{node} also tries {aor}.") },
	    { "op=subscriber;answer=RTA,PPA;status=silent",
		N_("The S-CSCF of {aor} did not answer {node}: no {answer} "
		   "came.") },
	    { "op=subscriber;answer=RTA,PPA",
		N_("The S-CSCF of {aor} answered {node} with {answer}: "
		   "{status}.") },
	    { "op=subscriber;status=silent",
		N_("The home subscriber server did not answer {node} about "
		   "{aor}.") },
	    { "op=subscriber",
		N_("The home subscriber server answered {node} with {answer} "
		   "about {aor}: {status}[; its S-CSCF: {targets}].") },
	    { "op=fetch,fetched", N_("{node} asked which bindings {aor} "
				     "has: {outcome}.") },
	    { "op=store,stored;trouble", N_("{node} could not store where "
					    "{aor} is: {trouble}.") },
	    { "op=stored;targets",
		N_("The location service confirmed to {node} that it has "
		   "stored where {aor} is: {targets}.") },
	    { "op=store;targets",
		N_("{node} stored where {aor} is: {targets}.") },
	    { "op=store,stored",
		N_("{node} stored that {aor} has no binding now.") },
	    { "op=answer;targets;!trouble",
		N_("The location service answered {node} where {aor} is: "
		   "{targets}.") },
	    { "op=answer",
		N_("{node} did not learn where {aor} is: {outcome}.") },
	    { "", N_("{node} looked up where {aor} is: {outcome}.") }),
};

/* ---- auth ---- */

static const struct tell_row outcomes[] = {
	{ "op=challenge;reason=realm",
	    N_("{node} asks for a password for the realm {realm}: the "
	       "credentials in the request are for another realm.") },
	{ "op=challenge;reason=scheme",
	    N_("{node} asks for a password for the realm {realm}: the request "
	       "has no Digest credentials with an algorithm that {node} "
	       "accepts.") },
	{ "op=challenge",
	    N_("{node} asks for a password for the realm {realm}.") },
	{ "op=refuse;reason=malformed",
	    N_("{node} rejects the request: its credentials are malformed.") },
	{ "op=refuse;reason=uri",
	    N_("{node} rejects the credentials for the realm {realm}: those of "
	       "{user} were made for another Request-URI.") },
	{ "op=refuse;reason=user",
	    N_("{node} asks again for a password for the realm {realm}: it has "
	       "no user {user}.") },
	{ "op=refuse;reason=password",
	    N_("{node} asks again for a password for the realm {realm}: the "
	       "response was not computed with the password of {user}.") },
	{ "op=stale",
	    N_("{node} asks again for the realm {realm}: {user} knows the "
	       "password, but the nonce is no longer valid.") },
	{ "op=replay", N_("{node} asks again for the realm {realm}: the nonce "
			  "count of {user} was "
			  "used before, so this is a replay.") },
	{ "op=accept", N_("{node} accepts the credentials for the realm "
			  "{realm}: the request is from {user}.") },
	{ "op=answer;reason=sim",
	    N_("{node} answers the challenge of the realm {realm} as {user}: "
	       "its SIM has verified that the network knows the key.") },
	{ "op=answer;reason=sqn",
	    N_("{node} can't answer the challenge of the realm {realm}: the "
	       "sequence number of its SIM is ahead of the network's, and it "
	       "reports that.") },
	{ "op=answer;reason=mac",
	    N_("{node} does not answer the challenge of the realm {realm}: its "
	       "SIM has found that the challenge was made with another key.") },
	{ "op=challenge;reason=vector",
	    N_("{node} challenges {user} with a vector that the home "
	       "subscriber server has made.") },
	{ "op=refuse;reason=mac",
	    N_("{node} rejects {user}, who has not accepted the challenge: the "
	       "key in the SIM is not the key of the home subscriber "
	       "server.") },
	{ "op=challenge;reason=auts",
	    N_("{node} asks the home subscriber server for another vector, "
	       "because the sequence number in the SIM of {user} is ahead.") },
	{ "op=answer", N_("{node} answers the challenge of the realm {realm} "
			  "as {user}.") },
	{ "op=give-up;reason=refused",
	    N_("{node} gives up: the realm {realm} has just rejected the "
	       "password of {user}.") },
	{ "op=give-up;reason=no password",
	    N_("{node} gives up: it has no password for the realm {realm}.") },
	{ "op=give-up;reason=more than 32 realms",
	    N_("{node} gives up: it can't answer the challenge of the realm "
	       "{realm}, because it remembers at most 32 realms.") },
	{ "op=give-up",
	    N_("{node} gives up: it can't answer the challenge of the realm "
	       "{realm}.") },
	{ "op=verify;reason=good",
	    N_("{node} accepts the certificate of {user}, issued by {issuer}: "
	       "it names {names}.") },
	{ "op=verify;reason=wrong-name",
	    N_("{node} rejects the certificate of {user}: it expected {realm}, "
	       "and the certificate names {names}.") },
	{ "op=verify;reason=no-identity",
	    N_("{node} rejects the certificate of {user}: it expected {realm}, "
	       "and the certificate names no identity that is valid for a "
	       "domain.") },
	{ "op=verify;reason=expired",
	    N_("{node} rejects the certificate of {user}: the certificate has "
	       "expired.") },
	{ "op=verify;reason=not-yet-valid",
	    N_("{node} rejects the certificate of {user}: the certificate is "
	       "not valid yet.") },
	{ "op=verify;reason=self-signed",
	    N_("{node} rejects the certificate of {user}, because it is "
	       "self-signed.") },
	{ "op=verify;reason=unknown-issuer",
	    N_("{node} rejects the certificate of {user}: it was issued by "
	       "{issuer}, and {node} does not trust {issuer}.") },
	{ "op=verify;reason=garbled",
	    N_("{node} rejects a certificate that can't be read or has a wrong "
	       "signature.") },
	{ "op=verify", N_("{node} received no certificate.") },
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
