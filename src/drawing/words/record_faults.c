/*
 * What faults say: what becomes of which message, and whose doing it is, a
 * person's or the script's.
 */
#include "words/record_text_in.h"

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
	{ "effect=delay", N_("The {what} from {src} to {dst} (record {of}) "
			     "goes on its way {delay} later") },
	{ "effect=duplicate", N_("The {what} from {src} to {dst} (record {of}) "
				 "arrives more than once") },
	{ "effect=corrupt", N_("The {what} from {src} to {dst} (record {of}) "
			       "travels with some of its bytes changed") },
	{ "effect=rewrite,edit",
	    N_("The {what} from {src} to {dst} (record {of}) travels with "
	       "other bytes than were sent") },
	{ "effect=cut", N_("In the middle of the {what} from {src} to {dst} "
			   "(record {of}) its TCP connection breaks off") },
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

const struct record_kind record_fault = {
	.prepare = read_struck_message,
	.terms = TERMS({ "clause", fault_clause, NULL, NULL }, TERM(delay)),
	.summary = summaries,
	.sentence = ROWS(/* TRANSLATORS: "The INVITE from atl to bil (record 55)
			  * is lost on its way: fault 1 of the script." */
	    { "known;clause;fault",
		N_("{clause}: fault {fault} of the script.") },
	    { "known;clause", N_("{clause}, as a person asked.") },
	    { "", N_("A fault struck: {fields}.") }),
};
