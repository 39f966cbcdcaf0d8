/* What sends, arrivals, losses and packets say. */
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
	.sentence =
	    ROWS({ "first_time",
		     N_("{src} sent {what} to {dst} again; the first time was "
			"at {first_time} (record {retx}).") },
		{ "fwd", N_("{src} forwarded {what} to {dst}; it had come in "
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
