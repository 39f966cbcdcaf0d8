/*
 * What is right in a question about a message, computed from the records of
 * machines, dialogs, calls and timers around it.
 */
#include "facts_again.h"

#include "fixtures/sample_more.h"
#include "msg/header_names.h"
#include "rules/rules.h"
#include "words/caption.h"

/* Records behind a send or an arrival that may stem from it. */
#define NEAR 40

/* What a test looks for: the first record from SEQ on that fits, of the same
 * instant; empty fields fit anything. */
struct want {
	enum trace_kind kind;
	struct str node;
	const char *key, *value;   /* a field … */
	const char *key2, *value2; /* … and another */
};

static bool
fits(const struct trace_rec *rec, const char *key, const char *value)
{
	struct buf scratch = BUF_INIT;
	bool is = key == NULL || str_is(trace_str(rec, key, &scratch), value);

	buf_free(&scratch);
	return is;
}

/* From SEQ on, until T_NS; REC is what was found. */
static bool
find(const struct trace *t, uint64_t seq, int64_t until, const struct want *w,
    struct trace_rec *rec)
{
	for (;
	     seq > 0 && seq <= trace_count(t) && trace_time_of(t, seq) <= until;
	     seq++) {
		if (trace_kind_of(t, seq) != w->kind)
			continue;
		trace_get(t, seq, rec);
		if ((w->node.n == 0 || str_eq(rec->node, w->node)) &&
		    fits(rec, w->key, w->value) &&
		    fits(rec, w->key2, w->value2))
			return true;
	}
	return false;
}

/* Record SEQ stems from record FROM, by at most DEPTH causes. */
static bool
stems_from(const struct trace *t, uint64_t seq, uint64_t from, int depth)
{
	while (depth-- > 0 && seq > from)
		seq = trace_cause_of(t, seq);
	return seq == from;
}

/* The arrival of send SEQ, 0: it is lost. */
static uint64_t
arrival(const struct trace *t, uint64_t seq)
{
	for (uint64_t i = seq + 1; i <= trace_count(t); i++) {
		struct trace_rec rec;

		if (trace_kind_of(t, i) != TRACE_RECV)
			continue;
		trace_get(t, i, &rec);
		if (trace_int(&rec, "of", 0) == (int64_t)seq)
			return i;
	}
	return 0;
}

static struct str
field(const struct trace_rec *rec, const char *key)
{
	static struct buf scratch[4];
	static unsigned at;

	at = (at + 1) % 4;
	return trace_str(rec, key, &scratch[at]);
}

/* A record that W describes and that stems from arrival or act FROM. */
static bool
effect(const struct trace *t, uint64_t from, const struct want *w,
    struct trace_rec *rec)
{
	uint64_t seq = from;

	while (find(t, seq, trace_time_of(t, from), w, rec)) {
		if (stems_from(t, rec->seq, from, 12))
			return true;
		seq = rec->seq + 1;
	}
	return false;
}

/* What the send SEQ stems from: an arrival, an act, a timer that fires. */
static uint64_t
origin(const struct trace *t, uint64_t seq)
{
	for (int i = 0; i < 32; i++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind == TRACE_RECV || kind == TRACE_ACT ||
		    kind == TRACE_TIMER || trace_cause_of(t, seq) == 0)
			return seq;
		seq = trace_cause_of(t, seq);
	}
	return seq;
}

static bool
has_timer(
    const struct trace *t, uint64_t seq, struct str node, const char *name)
{
	struct trace_rec rec;

	return find(t, seq, trace_time_of(t, seq),
	    &(struct want){ TRACE_TIMER, node, "name", name, "op", "set" },
	    &rec);
}

static enum quiz_answer
again_branch(const struct trace *t, struct fact_scene *f)
{
	const struct rule *rule = caption_rule(t, f->now.seq);

	if (fact_is(&f->now, MSG_CANCEL))
		return QUIZ_BRANCH_OLD_CANCEL;
	return strcmp(rule->key, "ict-ack") == 0 ||
		       strcmp(rule->key, "ict-final") == 0
		   ? QUIZ_BRANCH_OLD
		   : QUIZ_BRANCH_NEW;
}

static enum quiz_answer
again_repeats(const struct trace *t, struct fact_scene *f)
{
	struct trace_rec rec;
	uint64_t seq = f->now.seq + 1;

	/* Before anything else is sent. */
	for (; seq <= trace_count(t) && trace_kind_of(t, seq) != TRACE_SEND;
	     seq++) {
		if (trace_kind_of(t, seq) != TRACE_TIMER)
			continue;
		trace_get(t, seq, &rec);
		if (str_eq(rec.node, f->now.send.src) &&
		    fits(&rec, "name", "reliable") && fits(&rec, "op", "set"))
			return QUIZ_REPEATS_SENDER;
	}
	return QUIZ_REPEATS_NOBODY;
}

/* The step of offer and answer that comes of FROM at NODE, by what is sent or
 * by what has come. */
static bool
offer_step(const struct trace *t, uint64_t from, struct str node, bool sent,
    struct trace_rec *rec)
{
	uint64_t seq = from;
	const struct want w = { TRACE_FSM, node, "machine", "offer-answer",
		NULL, NULL };

	while (find(t, seq, trace_time_of(t, from), &w, rec)) {
		if (stems_from(t, rec->seq, from, 12) &&
		    str_ends(field(rec, "event"), "sent") == sent)
			return true;
		seq = rec->seq + 1;
	}
	return false;
}

static enum quiz_answer
again_carries(const struct trace *t, struct fact_scene *f)
{
	struct trace_rec rec;
	struct str from, to;

	if (!fact_has_sdp(&f->now))
		return QUIZ_CARRIES_NEITHER;
	if (!offer_step(t, origin(t, f->now.seq), f->now.send.src, true, &rec))
		return QUIZ_ANSWER_NONE;
	if (str_starts(field(&rec, "event"), "preview"))
		return QUIZ_CARRIES_PREVIEW;
	from = field(&rec, "from");
	to = field(&rec, "to");
	if (str_is(to, "offered") || str_is(to, "reoffered"))
		return QUIZ_CARRIES_OFFER;
	return str_is(to, "agreed") && str_ends(from, "answering")
		   ? QUIZ_CARRIES_ANSWER
		   : QUIZ_ANSWER_NONE;
}

static enum quiz_answer
again_may(const struct trace *t, struct fact_scene *f)
{
	uint64_t came = arrival(t, f->now.seq);
	struct trace_rec rec;
	struct str to;

	if (came == 0 || !offer_step(t, came, f->now.send.dst, false, &rec))
		return QUIZ_ANSWER_NONE;
	to = field(&rec, "to");
	if (str_is(to, "agreed"))
		return QUIZ_MAY_YES;
	return str_ends(to, "answering") ? QUIZ_MAY_REPLY : QUIZ_MAY_WAIT;
}

/* The state that the last record of KIND at NODE with KEY … has before SEQ. */
static enum quiz_answer
again_instead(const struct trace *t, struct fact_scene *f)
{
	enum quiz_answer now = QUIZ_ANSWER_NONE;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq < f->now.seq; seq++) {
		if (trace_kind_of(t, seq) != TRACE_DIALOG)
			continue;
		trace_get(t, seq, &rec);
		if (str_eq(rec.node, f->now.send.src) &&
		    str_eq(field(&rec, "call_id"), f->now.send.call_id))
			now = str_is(field(&rec, "to"), "early")
				  ? QUIZ_INSTEAD_EARLY
				  : QUIZ_INSTEAD_YES;
	}
	return now;
}

static enum quiz_answer
again_refresher(const struct trace *t, struct fact_scene *f)
{
	/* Not what led to it: the other half of a box's call has a timer, too.
	 */
	uint64_t from = f->now.seq;
	struct trace_rec rec;
	struct want w = { TRACE_TIMER, STR_NULL, "name", "session-refresh",
		"op", "set" };

	if (!find(t, from, trace_time_of(t, f->now.seq) + 200 * MS, &w, &rec))
		return QUIZ_ANSWER_NONE;
	return str_eq(rec.node, f->now.send.src) ? QUIZ_REFRESHER_UAS
						 : QUIZ_REFRESHER_UAC;
}

static enum quiz_answer
again_due(const struct trace *t, struct fact_scene *f)
{
	return has_timer(t, origin(t, f->now.seq), f->now.send.src, "N")
		   ? QUIZ_DUE_NOTIFY
		   : QUIZ_DUE_FINAL;
}

static enum quiz_answer
again_makes(const struct trace *t, struct fact_scene *f)
{
	uint64_t came = arrival(t, f->now.seq);
	struct trace_rec rec;

	if (came == 0 || !str_eq(f->now.send.dst, f->request.send.src))
		return QUIZ_ANSWER_NONE;
	return effect(t, came,
		   &(struct want){ TRACE_FSM, f->now.send.dst, "machine",
		       "subscription", "event", "2xx" },
		   &rec)
		   ? QUIZ_MAKES_NOTIFY
		   : QUIZ_MAKES_STANDS;
}

static enum quiz_answer
again_answers(const struct trace *t, struct fact_scene *f)
{
	uint64_t came = arrival(t, f->now.seq);
	struct trace_rec rec;

	if (came == 0 || !effect(t, came,
			     &(struct want){ TRACE_FSM, f->now.send.dst,
				 "machine", "NIST", "from", "trying" },
			     &rec))
		return QUIZ_ANSWER_NONE;
	return str_is(field(&rec, "event"), "2xx sent") ? QUIZ_ANSWERS_OK
							: QUIZ_ANSWERS_LOST;
}

static enum quiz_answer
again_begins(const struct trace *t, struct fact_scene *f)
{
	const struct want dialog = { TRACE_DIALOG, f->now.send.src, NULL, NULL,
		NULL, NULL };
	struct trace_rec rec;
	uint64_t from = origin(t, f->now.seq);

	/* Behind the message: a 180 of the same moment has made it before. */
	if ((!find(
		 t, f->now.seq, trace_time_of(t, f->now.seq), &dialog, &rec) ||
		!stems_from(t, rec.seq, from, 12)) &&
	    !effect(t, from, &dialog, &rec))
		return f->now.msg.method == MSG_MESSAGE ? QUIZ_BEGINS_NO
							: QUIZ_BEGINS_NO_OTHER;
	return str_is(field(&rec, "from"), "early") ? QUIZ_BEGINS_EARLY
						    : QUIZ_BEGINS_YES;
}

/* By what becomes of the other call in the end. */
static enum quiz_answer
again_replaced(const struct trace *t, struct fact_scene *f)
{
	struct trace_rec rec;
	struct str rest;
	struct str call = str_trim(
	    str_cut(msg_value(&f->now.msg, MSG_H_REPLACES), ';', &rest));

	for (uint64_t seq = f->now.seq; seq <= trace_count(t); seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind != TRACE_SEND && kind != TRACE_CALL)
			continue;
		trace_get(t, seq, &rec);
		if (kind == TRACE_CALL && field(&rec, "mixed").n > 0)
			return QUIZ_REPLACED_MIXED;
		if (kind != TRACE_SEND || !str_eq(field(&rec, "call_id"), call))
			continue;
		if (str_is(field(&rec, "start"), "BYE"))
			return QUIZ_REPLACED_BYE;
		if (str_is(field(&rec, "start"), "CANCEL"))
			return QUIZ_REPLACED_CANCEL;
	}
	return QUIZ_ANSWER_NONE;
}

/* A dialog of NODE with this Call-ID was mortal before record SEQ. */
static bool
was_mortal(
    const struct trace *t, uint64_t seq, struct str node, struct str call_id)
{
	struct trace_rec rec;

	for (uint64_t i = 1; i < seq; i++) {
		if (trace_kind_of(t, i) != TRACE_DIALOG)
			continue;
		trace_get(t, i, &rec);
		if (str_eq(rec.node, node) &&
		    str_eq(field(&rec, "call_id"), call_id) &&
		    str_is(field(&rec, "to"), "mortal"))
			return true;
	}
	return false;
}

/* By whether the dialog becomes mortal where the BYE arrives, or is so by a BYE
 * that crosses it. */
static enum quiz_answer
again_bye(const struct trace *t, struct fact_scene *f)
{
	uint64_t came = arrival(t, f->now.seq);
	struct trace_rec rec;

	if (came == 0 ||
	    !effect(t, came,
		&(struct want){
		    TRACE_SEND, f->now.send.dst, NULL, NULL, NULL, NULL },
		&rec) ||
	    trace_int(&rec, "start", 0) != 200 ||
	    trace_int(&rec, "fwd", 0) != 0)
		return QUIZ_ANSWER_NONE;
	return was_mortal(t, came, f->now.send.dst,
		   msg_value(&f->now.msg, MSG_H_CALL_ID)) ||
		       effect(t, came,
			   &(struct want){ TRACE_DIALOG, f->now.send.dst, "to",
			       "mortal", NULL, NULL },
			   &rec)
		   ? QUIZ_BYE_ALL
		   : QUIZ_BYE_SESSION;
}

static enum quiz_answer
again_ends(const struct trace *t, struct fact_scene *f)
{
	uint64_t came = arrival(t, f->now.seq);
	struct str node = f->now.send.dst;
	struct trace_rec rec;

	if (came == 0 || !str_eq(node, f->request.send.src))
		return QUIZ_ANSWER_NONE;
	if (effect(t, came,
		&(struct want){
		    TRACE_CALL, node, "state", "terminated", NULL, NULL },
		&rec))
		return QUIZ_ENDS_DIALOG;
	if (effect(t, came,
		&(struct want){ TRACE_SEND, node, "start", "BYE", NULL, NULL },
		&rec))
		return QUIZ_ENDS_USAGE;
	return effect(t, came,
		   &(struct want){ TRACE_FSM, node, "machine", "subscription",
		       "to", "terminated" },
		   &rec)
		   ? QUIZ_ENDS_USAGE
		   : QUIZ_ENDS_TRANSACTION;
}

/* The only call of NODE has ended before SEQ: nobody needs a BYE any more. */
static bool
is_over(const struct trace *t, uint64_t seq, struct str node)
{
	struct trace_rec rec;

	return find(t, 1, trace_time_of(t, seq),
	    &(struct want){
		TRACE_CALL, node, "state", "terminated", NULL, NULL },
	    &rec);
}

static enum quiz_answer
again_refused(const struct trace *t, struct fact_scene *f)
{
	uint64_t came = arrival(t, f->now.seq);
	struct str node = f->now.send.dst;
	struct trace_rec rec;

	if (came == 0 || !str_eq(node, f->request.send.src))
		return QUIZ_ANSWER_NONE;
	if (effect(t, came,
		&(struct want){ TRACE_SEND, node, "start", "BYE", NULL, NULL },
		&rec) ||
	    is_over(t, came, node))
		return QUIZ_REFUSED_LOST;
	return QUIZ_REFUSED_STAYS;
}

const struct fact_again facts_again[] = {
	{ "branch", again_branch },
	{ "repeats", again_repeats },
	{ "carries", again_carries },
	{ "may", again_may },
	{ "refused", again_refused },
	{ "instead", again_instead },
	{ "refresher", again_refresher },
	{ "due", again_due },
	{ "makes", again_makes },
	{ "answers", again_answers },
	{ "begins", again_begins },
	{ "replaced", again_replaced },
	{ "bye", again_bye },
	{ "ends", again_ends },
	{ NULL, NULL },
};
