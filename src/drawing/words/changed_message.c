/* Finds how a message was changed; see words/changed_message.h. */
#include "words/changed_message.h"

#include "base/i18n.h"
#include "text/json.h"

/* Behind the send, at the same moment, all faults strike. */
#define STRIKES_MOST 200
/* So many records on its arrival is looked for, where the fault's record has no
 * bytes. */
#define WAY_MOST 10000

static const struct {
	const char *effect, *word, *by_person, *by_fault;
} rows[] = {
	[CHANGED_MESSAGE_EDIT] = { "edit", N_("edited"),
	    N_("edited on its way by a person"), N_("edited on its way") },
	[CHANGED_MESSAGE_REWRITE] = { "rewrite", N_("rewritten"),
	    N_("rewritten on its way by a person"),
	    N_("rewritten on its way by the script") },
	[CHANGED_MESSAGE_CORRUPT] = { "corrupt", N_("damaged"),
	    N_("damaged on its way by a person"),
	    N_("damaged on its way by a fault") },
	/* TRANSLATORS: "INVITE (SDP), rewritten by a NAT" */
	[CHANGED_MESSAGE_NAT] = { "", N_("rewritten by a NAT"), "",
	    N_("rewritten on its way by a NAT") },
};

const char *
changed_message_text(const struct changed_message *a)
{
	return i18n_text(
	    a->person ? rows[a->how].by_person : rows[a->how].by_fault);
}

/* COUNT_OF(rows): it changes nothing. */
static size_t
find_change(const struct trace_rec *rec, struct buf *scratch)
{
	struct str effect;
	size_t i = 0;

	buf_clear(scratch);
	if (rec->kind == TRACE_NAT)
		return str_is(trace_str(rec, "op", scratch), "rewritten")
			   ? CHANGED_MESSAGE_NAT
			   : COUNT_OF(rows);
	effect = trace_str(rec, "effect", scratch);
	while (i < COUNT_OF(rows) && !str_is(effect, rows[i].effect))
		i++;
	return i;
}

const char *
changed_message_word(const struct trace_rec *rec, struct buf *scratch)
{
	size_t i = find_change(rec, scratch);

	return i < COUNT_OF(rows) ? i18n_text(rows[i].word) : NULL;
}

/* Of a fault or an arrival: what travelled, where it is not what was sent. */
static bool
has_travelled_bytes(const struct trace_rec *rec)
{
	return trace_member(rec, "text").type == JSON_STRING ||
	       trace_member(rec, "base64").type == JSON_STRING;
}

/* REC, a fault of SEND, changes the bytes: its fields into A. */
static bool
read_fault(const struct trace_rec *rec, uint64_t send,
    struct changed_message *a, struct buf *scratch)
{
	size_t i;

	if (trace_int(rec, "of", 0) != (int64_t)send)
		return false;
	i = find_change(rec, scratch);
	if (i == COUNT_OF(rows))
		return false;
	*a = (struct changed_message){ .how = (enum message_change)i,
		.person =
		    rec->kind == TRACE_FAULT && trace_int(rec, "fault", 0) == 0,
		.fault = rec->seq };
	return true;
}

/* The record that has the bytes which travelled: the fault's, else the
 * arrival's; 0: none. */
static uint64_t
find_bytes(const struct trace *t, uint64_t send, uint64_t fault)
{
	uint64_t last = trace_count(t);
	struct trace_rec rec;

	trace_get(t, fault, &rec);
	if (has_travelled_bytes(&rec))
		return fault;
	if (last - send > WAY_MOST)
		last = send + WAY_MOST;
	for (uint64_t seq = send + 1; seq <= last; seq++) {
		if (trace_kind_of(t, seq) != TRACE_RECV)
			continue;
		trace_get(t, seq, &rec);
		if (has_travelled_bytes(&rec) &&
		    trace_int(&rec, "of", 0) == (int64_t)send)
			return seq;
	}
	return 0;
}

static void
take_travelled_bytes(const struct trace *t, uint64_t send,
    struct changed_message *a, struct buf *b)
{
	uint64_t seq = find_bytes(t, send, a->fault);
	struct trace_rec rec;

	if (seq == 0)
		return;
	trace_get(t, seq, &rec);
	buf_clear(b);
	a->known = true;
	a->bytes = trace_bytes(&rec, b);
}

/* Whether a NAT has changed what SEND has sent, before it arrived. */
static bool
find_nat(const struct trace *t, uint64_t send, struct changed_message *a,
    struct buf *scratch)
{
	uint64_t last = trace_count(t);
	struct trace_rec rec;
	bool found = false;

	if (last - send > WAY_MOST)
		last = send + WAY_MOST;
	for (uint64_t seq = send + 1; seq <= last; seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind != TRACE_NAT && kind != TRACE_RECV)
			continue;
		trace_get(t, seq, &rec);
		if (kind == TRACE_NAT)
			found = read_fault(&rec, send, a, scratch) || found;
		else if (trace_int(&rec, "of", 0) == (int64_t)send)
			break;
	}
	return found;
}

bool
changed_message_read(const struct trace *t, uint64_t send,
    struct changed_message *a, struct buf *scratch)
{
	uint64_t last = trace_count(t);
	bool found = false;
	struct trace_rec rec;
	int64_t at;

	*a = (struct changed_message){ .bytes = STR_NULL };
	if (send == 0 || send > last)
		return false;
	at = trace_time_of(t, send);
	if (last - send > STRIKES_MOST)
		last = send + STRIKES_MOST;
	for (uint64_t seq = send + 1;
	     seq <= last && trace_time_of(t, seq) == at; seq++) {
		if (trace_kind_of(t, seq) != TRACE_FAULT)
			continue;
		trace_get(t, seq, &rec);
		found = read_fault(&rec, send, a, scratch) || found;
	}
	found = find_nat(t, send, a, scratch) || found;
	if (found)
		take_travelled_bytes(t, send, a, scratch);
	return found;
}
