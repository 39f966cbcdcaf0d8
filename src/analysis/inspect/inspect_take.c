/*
 * One pass over a trace: each message as it leaves and as it comes, told to the
 * checks and then to the notes (inspect/dialog_facts.c); at the end each
 * transaction and each dialog once more.  What a fault has changed on its way
 * counts as sent so, as a capture would show it; what it breaks is meant.
 */
#include "inspect/attacks.h"
#include "inspect/inspect_in.h"
#include "inspect/locate.h"
#include "inspect/media.h"
#include "inspect/relate.h"
#include "inspect/dns_stun_queries.h"
#include "inspect/surveillance.h"

#include "base/err.h"
#include "base/array.h"
#include "base/mem.h"
#include "base/progress.h"
#include "msg/header_names.h"
#include "outcome/troubles.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* What the follower has found of L's message. */
static void
take_found(struct inspected_message *l)
{
	l->tx = l->seen->tx;
	l->like = l->seen->like;
	l->came = l->seen->came;
	l->dialog = l->seen->dialog;
	if (follower_error(l->in->follower) != 0)
		l->in->err = ERR_NOMEM;
}

/* Who has sent L's message, and to whom, for the follower. */
static void
show_follower(struct inspected_message *l)
{
	l->seen->seq = l->seq;
	l->seen->time = l->time;
	l->seen->node = l->node;
	l->seen->other = l->other;
	l->seen->send = &l->send;
	l->seen->marked = l->send.retx != 0;
}

/* The dialog that REC names as its node has written it: a fault has changed the
 * tags of L on their way. */
static void
find_dialog_before(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	struct str at, from, to;

	in->source_seq = 0;
	msg_read(in->source, trace_bytes(rec, &in->source_bytes), &at);
	from = msg_tag(msg_value(in->source, MSG_H_FROM));
	to = msg_tag(msg_value(in->source, MSG_H_TO));
	l->seen->dialog =
	    l->msg->request
		? follower_find_dialog(in->follower, l->seen, from, to)
		: follower_find_dialog(in->follower, l->seen, to, from);
	l->dialog = l->seen->dialog;
}

static void
take_meddling(struct inspected_message *l, uint64_t meant, uint64_t of)
{
	if (l->call == NULL || l->call->fault != 0)
		return;
	l->call->fault = meant;
	l->call->fault_of = of;
}

static enum rule_id
rule_named(struct inspect *in, const struct trace_rec *rec)
{
	struct str key = trace_rule(rec);
	enum rule_id rule;

	if (key.n == 0)
		return RULE_NONE;
	rule = (enum rule_id)(uintptr_t)map_get(in->rules, key);
	if (rule != RULE_NONE)
		return rule;
	rule = rule_find_id(key);
	if (rule != RULE_NONE && map_put(in->rules, str_of(rule_at(rule)->key),
				     (void *)(uintptr_t)rule) != 0)
		in->err = ERR_NOMEM;
	return rule;
}

/* What a box has made L of. */
static void
look_up_passage(struct inspected_message *l)
{
	struct inspect *in = l->in;
	int err = ERR_NOTFOUND;

	if (l->node < in->node_n &&
	    (in->node[l->node].roles & 1u << ROLE_CLASS_B2BUA) != 0)
		err = b2bua_passage_find(&l->made, l->t, l->seq);
	if (err != 0)
		l->made = (struct b2bua_passage){ .to = 0 };
	if (err == ERR_NOMEM)
		in->err = err;
}

static void
look_at_send(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	struct followed_message *seen = l->seen;
	struct read_message *m;
	struct trace_rec fault;

	fault.seq = 0;
	m = inspected_other_place(in);
	inspected_read(m, inspected_sent(l, rec, &fault, &m->bytes), rec->seq);
	inspected_take_message(l, m);
	if (l->rule == RULE_RAW_SEND || l->rule == RULE_BYE_TOO_EARLY) {
		/* Also of a message without Call-ID, which is of no call. */
		l->raw = rec->cause != 0 ? rec->cause : rec->seq;
		take_meddling(l, l->raw, rec->seq);
	}
	look_up_passage(l);
	show_follower(l);
	follower_see(in->follower, seen);
	take_found(l);
	if ((seen->events & FOLLOWER_BEGUN) != 0 && in->err == 0)
		in->err = inspect_note_tx(l);
	if (in->err != 0)
		return;
	if (l->dialog == NULL && fault.seq != 0)
		find_dialog_before(l, rec);
	if (seen->repeated) {
		inspect_look(l, AT_REPEAT);
		if (l->msg->method == MSG_INVITE && l->msg->status / 100 == 2)
			relate_look(l);
		follower_apply(in->follower, seen);
		outcomes_take(in->outcomes, seen);
		follow_repeat(l);
		return;
	}
	if (l->tx != NULL && l->msg->request)
		tx_facts(l, l->tx)->altered |= fault.seq != 0;
	inspect_look(l, AT_SENT);
	relate_look(l);
	if (l->msg->request) {
		locate_sent(l);
		locate_note_flow(l);
	}
	follower_apply(in->follower, seen);
	outcomes_take(in->outcomes, seen);
	take_found(l);
	follow_sent(l);
	relate_note(l);
	surveillance_sent(l);
}

/* REC, L's, is about a message of SIP, in->read: what that says of itself, and
 * its call, go into L. */
static bool
record_take_message(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	int err = 0;

	/* What arrives is often what was sent just now. */
	if (in->has_read == 0 || in->has_read != in->read.seq ||
	    trace_send_of(l->t, rec) != in->has_read)
		err = sent_message_read_record(&in->read, l->t, rec);
	in->has_read = err == 0 ? in->read.seq : 0;
	if (err == ERR_NOMEM)
		in->err = err;
	if (err != 0 || !in->read.sip)
		return false;
	l->send = in->read.send;
	if (in->read.seq == l->seq)
		in->report.files[in->report.nfiles - 1].messages++;
	if (l->send.call_id.n > 0)
		l->call = inspect_call_of(in, l->send.call_id);
	l->forwarded = l->send.fwd != 0;
	return in->err == 0 && (l->call == NULL || !l->call->left_out);
}

/* REC, L's, is about a message of another protocol, in->read. */
static void
take_service(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;

	if (in->err != 0 || in->read.seq == 0 || in->read.sip)
		return;
	l->send = in->read.send;
	if (in->read.seq == l->seq)
		dns_stun_sent(l, rec);
	else if (rec->kind == TRACE_RECV)
		dns_stun_came(l);
}

static void
record_take_send(struct inspected_message *l, const struct trace_rec *rec)
{
	struct followed_message seen = { .seq = 0 };
	bool sip = record_take_message(l, rec);

	if (l->in->err == 0 && l->in->read.seq == rec->seq)
		l->in->err = related_calls_note(
		    l->in->related, l->t, rec->seq, l->in->read.send.proto);
	if (!sip) {
		take_service(l, rec);
		return;
	}
	l->seen = &seen;
	l->other = trace_find_name(l->t, l->send.dst);
	look_at_send(l, rec);
	if (l->node < l->in->node_n)
		l->in->node[l->node].t_sent = l->time;
	media_sent(l);
}

static void
record_take_recv(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	const struct trace_rec *sent = &in->read.sent;
	struct followed_message seen = { .seq = 0 };
	struct read_message *m;
	struct trace_rec fault;
	struct str own;

	if (!record_take_message(l, rec)) {
		take_service(l, rec);
		return;
	}
	l->other = sent->node.n > 0 ? trace_node_of(l->t, sent->seq) : l->node;
	l->seen = &seen;
	own = trace_bytes(rec, &in->own);
	m = own.n == 0 ? inspected_find_read(in, sent->seq) : NULL;
	if (m == NULL) {
		m = inspected_other_place(in);
		inspected_read(m,
		    own.n > 0 ? own
			      : inspected_sent(l, sent, &fault, &m->bytes),
		    0);
	}
	inspected_take_message(l, m);
	show_follower(l);
	follower_see_arrival(in->follower, &seen, sent->seq, own.n > 0);
	follower_apply_arrival(in->follower, &seen);
	outcomes_take(in->outcomes, &seen);
	take_found(l);
	if (in->err == 0)
		follow_arrived(l);
	media_came(l);
}

/* What a fault strikes is the lab's doing from then on; its record comes behind
 * the message, so faults are looked for first. */
static void
record_note_fault(struct inspect *in, const struct trace *t, uint64_t seq)
{
	struct inspected_message l = { .in = in, .t = t };
	struct trace_rec rec, sent;
	struct str call_id;
	char room[24];
	int64_t of;

	trace_get(t, seq, &rec);
	of = trace_int(&rec, "of", 0);
	if (of <= 0 || (uint64_t)of >= seq)
		return;
	trace_get(t, (uint64_t)of, &sent);
	call_id = trace_str(&sent, "call_id", &in->fields);
	l.call = call_id.n > 0 ? inspect_call_of(in, call_id) : NULL;
	if (l.call == NULL)
		inspect_put_number(in,
		    inspect_mark(
			in, MARK_STRUCK, inspect_digits((uint64_t)of, room)),
		    seq);
	take_meddling(&l, seq, (uint64_t)of);
	if (trace_bytes(&rec, &in->bytes).n > 0)
		inspected_note_altered(in, (uint64_t)of, seq);
}

static void
record_look_ahead(struct inspect *in, const struct trace *t)
{
	in->has_media = false;
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		in->has_media |= kind == TRACE_MEDIA;
		if (kind == TRACE_FAULT)
			record_note_fault(in, t, seq);
	}
}

static void
record_take_act(struct inspected_message *l, const struct trace_rec *rec)
{
	struct str verb = trace_str(rec, "verb", &l->in->fields);

	if (str_is(verb, "crash") && l->node < l->in->node_n) {
		l->in->node[l->node].crash = rec->seq;
		l->in->node[l->node].lost = rec->seq;
	}
}

/* A handset's watchdog begins it again. */
static void
take_board(struct inspected_message *l, const struct trace_rec *rec)
{
	if (l->node < l->in->node_n &&
	    str_is(trace_str(rec, "what", &l->in->fields), "watchdog"))
		l->in->node[l->node].lost = rec->seq;
}

/* A record that names a rule: a node has acted by it. */
static void
take_rule(struct inspected_message *l)
{
	struct str key;

	if (l->rule == RULE_NONE || l->node >= l->in->node_n)
		return;
	key = str_of(rule_at(l->rule)->key);
	l->blame = l->node;
	l->as = inspected_role(l);
	if (str_starts(key, "register-") || str_starts(key, "binding-"))
		if ((l->in->node[l->node].roles >> ROLE_CLASS_REGISTRAR & 1) !=
		    0)
			l->as = ROLE_CLASS_REGISTRAR;
	l->in->report.rows[l->rule].seen[l->as]++;
}

static void
record_take(struct inspect *in, const struct trace *t, uint64_t seq)
{
	struct inspected_message l = {
		.in = in, .t = t, .seq = seq, .why = &in->why
	};
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	l.time = rec.t;
	l.node = trace_node_of(t, seq);
	l.other = TRACE_NO_NODE;
	l.rule = rule_named(in, &rec);
	take_rule(&l);
	if (rec.kind == TRACE_SEND)
		record_take_send(&l, &rec);
	else if (rec.kind == TRACE_RECV)
		record_take_recv(&l, &rec);
	else if (rec.kind == TRACE_DROP)
		outcomes_take_drop(in->outcomes, seq);
	else if (rec.kind == TRACE_ACT)
		record_take_act(&l, &rec);
	else if (rec.kind == TRACE_BOARD)
		take_board(&l, &rec);
	else if (rec.kind == TRACE_CALL)
		media_named(&l, &rec);
	else if (rec.kind == TRACE_MEDIA) {
		media_taken(&l, &rec);
		surveillance_media(&l, &rec);
	} else if (rec.kind == TRACE_NOTE || rec.kind == TRACE_BAD)
		dns_stun_noted(&l, &rec);
}

static void
record_look_back(struct inspect *in, const struct trace *t)
{
	struct inspected_message l = { .in = in, .t = t, .why = &in->why };

	inspected_forget_read(in);
	l.seq = trace_count(t);
	l.time = in->t_end;
	for (struct followed_tx *tx = follower_first_tx(in->follower);
	     tx != NULL; tx = tx->next) {
		l.tx = tx;
		l.call = tx_facts(&l, tx)->call;
		l.node = tx->client;
		l.other = tx->server;
		inspect_look(&l, AT_TX);
	}
	l.tx = NULL;
	for (struct followed_dialog *d = follower_first_dialog(in->follower);
	     d != NULL; d = d->next) {
		l.dialog = d;
		l.call = dialog_facts(&l, d)->call;
		l.node = d->node;
		inspect_look(&l, AT_DIALOG);
	}
	l.dialog = NULL;
	l.call = NULL;
	dns_stun_ended(&l);
	surveillance_ended(&l);
	media_ended(&l);
	attacks_ended(&l);
}

/* ---- all of it ---- */

static int
record_begin_trace(struct inspect *in, const struct trace *t)
{
	const struct trace_head *head = trace_head(t);
	uint64_t n = trace_count(t);

	in->whole = head->inputs.type != JSON_NONE;
	inspected_forget_read(in);
	in->has_read = 0;
	in->altered = false;
	in->named = false;
	in->names_read = false;
	in->t_end = n > 0 ? trace_time_of(t, n) : 0;
	in->first_question = NULL;
	in->last_question = &in->first_question;
	in->first_media = NULL;
	in->last_media = &in->first_media;
	in->first_query = NULL;
	in->last_query = &in->first_query;
	in->views = NULL;
	in->surveillance = false;
	if (follower_create(&in->follower, in->whole) != 0 ||
	    outcomes_create(&in->outcomes, t, in->follower) != 0 ||
	    arena_create(&in->arena) != 0 ||
	    related_calls_create(&in->related) != 0 ||
	    map_create(&in->calls) != 0 || inspect_make_tables(in) != 0)
		return ERR_NOMEM;
	return inspect_find_roles(in, t);
}

static void
end_trace(struct inspect *in)
{
	map_destroy(in->calls);
	in->calls = NULL;
	inspect_free_tables(in);
	related_calls_destroy(in->related);
	in->related = NULL;
	arena_destroy(in->arena);
	in->arena = NULL;
	outcomes_destroy(in->outcomes);
	in->outcomes = NULL;
	follower_destroy(in->follower);
	in->follower = NULL;
	mem_free(in->tx_facts);
	mem_free(in->dialog_facts);
	in->tx_facts = NULL;
	in->dialog_facts = NULL;
	in->tx_facts_cap = in->dialog_facts_cap = 0;
}

static int
add_file(struct inspect *in, struct str name, struct inspect_file **file)
{
	char *kept = arena_str(in->texts, name);

	if (kept == NULL || ARRAY_ROOM(&in->report.files, &in->files_cap,
				in->report.nfiles + 1) != 0)
		return ERR_NOMEM;
	*file = &in->report.files[in->report.nfiles++];
	**file = (struct inspect_file){ .name = str_of(kept) };
	return 0;
}

int
inspect_take_trouble(struct inspect *in, struct str name, struct str trouble)
{
	struct inspect_file *file;
	char *kept = arena_str(in->texts, trouble);

	if (kept == NULL || add_file(in, name, &file) != 0)
		return ERR_NOMEM;
	file->trouble = str_of(kept);
	return 0;
}

static int
begin_file(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	char *title = arena_str(in->texts, trace_head(t)->title);
	struct inspect_file *file;

	if (title == NULL || add_file(in, from->name, &file) != 0)
		return ERR_NOMEM;
	file->title = str_of(title);
	file->capture = trace_head(t)->inputs.type == JSON_NONE;
	file->sampled = from->sampled;
	file->calls = from->calls;
	map_destroy(in->found);
	in->found = NULL;
	in->before = 0;
	return map_create(&in->found);
}

int
inspect_take(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	uint64_t n = trace_count(t);
	int err = from->more ? 0 : begin_file(in, t, from);

	if (err == 0)
		err = record_begin_trace(in, t);
	if (err == 0)
		err = inspect_choose_calls(in, t, from);
	if (err == 0) {
		const struct inspect_file *file =
		    &in->report.files[in->report.nfiles - 1];

		in->partial = from->part || file->sampled < file->calls;
		record_look_ahead(in, t);
	}
	for (uint64_t seq = 1; err == 0 && seq <= n; seq++) {
		progress_count(N_("inspecting"), seq, n);
		record_take(in, t, seq);
		err = in->err;
	}
	if (err == 0 && !from->goes_on) {
		record_look_back(in, t);
		err = in->err;
	}
	if (err == 0)
		err = inspect_measure(in, t);
	if (err == 0)
		err = outcomes_judge(in->outcomes);
	if (err == 0)
		err = troubles_add(in->report.troubles, in->outcomes,
		    (unsigned)in->report.nfiles - 1, in->before, NULL);
	end_trace(in);
	in->before += n;
	if (in->report.nfiles > 0)
		in->report.files[in->report.nfiles - 1].records = in->before;
	return err;
}
