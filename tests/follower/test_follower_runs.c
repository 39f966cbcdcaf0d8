/*
 * The follower beside the runs themselves: of each lab and topology what it has
 * found out from the messages alone is what the machines of the run have
 * written beside them: transactions (`fsm` of ICT, NICT, IST and NIST), dialogs
 * (`dialog`), offers and answers (`fsm` of offer-answer).
 */
#include "base/map.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "follower_walk.h"

/* Where the two differ for a reason; each row is needed. */
static const struct {
	const char *file, *what, *why;
} reasons[] = {
	{ "labs/handset-malformed", "server untold",
	    "the phone throws away what it can't read" },
	{ "labs/handset-memory", "server begun",
	    "the phone has no memory for the request when it comes first" },
	{ "labs/handset-slow", "server begun",
	    "the phone's board is too slow for the request when it comes "
	    "first" },
	{ "labs/box-that-breaks-calls", "dialog untold",
	    "the box knows one early dialog of a fork alone" },
	{ "labs/handout-more-messages", "ended untold",
	    "the BYE's CSeq is too low, and its answer 500" },
	{ "labs/rfc5359-2.18", "dialog untold",
	    "RFC 4488 4: the 2xx says that there is no subscription" },
	{ "labs/rfc5407-3.1.4", "dialog acked",
	    "the ACK comes behind the 2xx of another INVITE: the follower "
	    "asks for the ACK of the last 2xx alone" },
	{ "labs/early-dialogs", "offer refused",
	    "an answer in an unreliable 1xx agrees, for the follower" },
	{ "labs/early-media-two-phones", "offer refused", "the same" },
	{ "labs/rfc3666-2.5", "offer refused", "the same" },
	{ "labs/rfc3666-2.7", "offer refused", "the same" },
	{ "labs/rfc3665-3.4", "offer refused",
	    "Timer B stands for a 408: no message tells it" },
};

#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

static bool needed[NREASONS];

struct beside {
	const char *file;
	struct follower_walk w;
	struct map *txs; /* struct followed_tx, by node, machine and branch */
	/* By the id of a transaction: what its machines have told. */
	struct told {
		unsigned resent;
		bool client, server;
	} * told;
	/* By the id of a dialog: what its records have told. */
	struct told_dialog {
		bool told, confirmed, acked, ended;
		unsigned oks;                 /* INVITEs with a 2xx … */
		const struct followed_tx *ok; /* … the last of them */
		uint64_t target, routes;      /* records */
	} * dialogs;
	/* By the number of a node: which machines it has. */
	struct {
		bool client, server, dialogs, offers;
	} * nodes;
	struct buf key, text;
};

static unsigned compared, known;

static void
differ(struct beside *b, uint64_t seq, const char *what)
{
	struct str line;

	for (size_t i = 0; i < NREASONS; i++)
		if (strcmp(reasons[i].file, b->file) == 0 &&
		    strcmp(reasons[i].what, what) == 0) {
			needed[i] = true;
			known++;
			return;
		}
	line = trace_line(b->w.t, seq);
	printf("BAD %s: %s: %.*s\n", b->file, what,
	    (int)(line.n < 400 ? line.n : 400), line.p);
	CU_FAIL("the follower says otherwise");
}

static void
same(struct beside *b, uint64_t seq, const char *what, bool is)
{
	compared++;
	if (!is)
		differ(b, seq, what);
}

/* Record SEQ, the first of its kind, is there because of OF: between them a
 * name may be looked up, or a handset's board computes. */
static bool
is_because(const struct beside *b, uint64_t seq, uint64_t of)
{
	uint64_t cause = seq;

	if (seq == 0 || trace_is_retx(b->w.t, seq))
		return false;
	while (cause > of)
		cause = trace_cause_of(b->w.t, cause);
	return cause == of;
}

/* ---- transactions ---- */

static struct str
put_key(struct beside *b, uint32_t node, const char *machine, struct str id)
{
	buf_clear(&b->key);
	buf_printf(&b->key, "%u %s %.*s", node, machine, STR_ARG(id));
	return buf_view(&b->key);
}

static void
index_txs(struct beside *b)
{
	struct followed_tx *tx = follower_first_tx(b->w.f);

	for (; tx != NULL; tx = tx->next) {
		bool invite = tx->method == MSG_INVITE;
		struct trace_rec rec;
		struct trace_send s;

		if (tx->method == MSG_ACK)
			continue;
		trace_get(b->w.t, tx->request, &rec);
		CU_ASSERT_EQUAL_FATAL(trace_get_send(&rec, &s, &b->text), 0);
		CU_ASSERT_EQUAL_FATAL(
		    map_put(b->txs,
			put_key(
			    b, tx->client, invite ? "ICT" : "NICT", s.branch),
			tx),
		    0);
		if (tx->arrived != 0)
			CU_ASSERT_EQUAL_FATAL(
			    map_put(b->txs,
				put_key(b, tx->server, invite ? "IST" : "NIST",
				    s.branch),
				tx),
			    0);
	}
}

static bool
is_final(struct str event)
{
	return str_is(event, "2xx") || str_is(event, "300-699") ||
	       str_is(event, "2xx sent") || str_is(event, "300-699 sent");
}

/* Record SEQ has the 2xx of TX, of whose dialog it is; each INVITE's counts
 * once. */
static void
count_ok(struct beside *b, uint64_t seq, const struct followed_tx *tx)
{
	const struct followed_dialog *d = b->w.dialog[seq];

	if (d == NULL || tx->method != MSG_INVITE || b->dialogs[d->id].ok == tx)
		return;
	b->dialogs[d->id].ok = tx;
	b->dialogs[d->id].oks++;
}

static void
take_client_step(struct beside *b, const struct trace_rec *rec,
    struct followed_tx *tx, struct str from, struct str event)
{
	struct told *told = &b->told[tx->id];
	bool open = str_is(from, "calling") || str_is(from, "trying") ||
		    str_is(from, "proceeding");

	if (str_is(event, "2xx") && rec->cause != 0)
		count_ok(b, rec->cause, tx);
	if (str_is(from, "none")) {
		same(b, rec->seq, "client begun",
		    is_because(b, tx->request, rec->seq));
		told->client = true;
	} else if (str_is(event, "1xx") && !str_is(from, "proceeding")) {
		same(b, rec->seq, "client 1xx", tx->provisional == rec->cause);
	} else if (is_final(event) && open) {
		same(b, rec->seq, "client final",
		    tx->final_came == rec->cause &&
			(tx->came_status < 300) == str_is(event, "2xx"));
	} else if (str_is(event, "Timer B") || str_is(event, "Timer F")) {
		same(b, rec->seq, "client silent",
		    tx->final_came == 0 || tx->t_final_came >= rec->t);
	} else if (str_is(event, "Timer A") || str_is(event, "Timer E")) {
		told->resent++;
	}
}

static void
take_server_step(struct beside *b, const struct trace_rec *rec,
    struct followed_tx *tx, struct str from, struct str event)
{
	bool open = str_is(from, "trying") || str_is(from, "proceeding");

	if (str_is(event, "2xx sent"))
		count_ok(b, tx->final, tx);
	if (str_is(from, "none")) {
		same(b, rec->seq, "server begun", tx->arrived == rec->cause);
		b->told[tx->id].server = true;
	} else if (is_final(event) && open) {
		same(b, rec->seq, "server final",
		    tx->final != 0 && is_because(b, tx->final, rec->seq) &&
			(tx->status < 300) == str_is(event, "2xx sent"));
	} else if (str_is(event, "ACK") && str_is(from, "completed")) {
		same(b, rec->seq, "server ACK", tx->ack_came == rec->cause);
	}
}

static void
take_step(struct beside *b, const struct trace_rec *rec)
{
	static const char *const machines[] = { "ICT", "NICT", "IST", "NIST" };
	LOCAL_BUF id = BUF_INIT, from = BUF_INIT, event = BUF_INIT;
	uint32_t node = trace_node_of(b->w.t, rec->seq);
	struct followed_tx *tx;
	struct str name = trace_str(rec, "machine", &b->text);
	size_t i = 0;

	while (i < 4 && !str_is(name, machines[i]))
		i++;
	if (i == 4)
		return;
	b->nodes[node].client |= i < 2;
	b->nodes[node].server |= i >= 2;
	tx = map_get(
	    b->txs, put_key(b, node, machines[i], trace_str(rec, "id", &id)));
	if (tx == NULL) {
		differ(b, rec->seq, i < 2 ? "client none" : "server none");
		return;
	}
	if (i < 2)
		take_client_step(b, rec, tx, trace_str(rec, "from", &from),
		    trace_str(rec, "event", &event));
	else
		take_server_step(b, rec, tx, trace_str(rec, "from", &from),
		    trace_str(rec, "event", &event));
}

static void
end_txs(struct beside *b)
{
	struct followed_tx *tx = follower_first_tx(b->w.f);

	for (; tx != NULL; tx = tx->next) {
		struct told *told = &b->told[tx->id];

		if (tx->method == MSG_ACK)
			continue;
		if (b->nodes[tx->client].client)
			same(b, tx->request, "client untold", told->client);
		if (tx->arrived != 0 && b->nodes[tx->server].server)
			same(b, tx->request, "server untold", told->server);
		if (told->client)
			same(b, tx->request, "client repeats",
			    tx->repeats.n == told->resent);
	}
}

/* ---- dialogs ---- */

/* The values of ROUTES, a line each. */
static struct str
put_routes(struct beside *b, struct json_value routes)
{
	struct json_value v;
	size_t at = 0;

	buf_clear(&b->key);
	while (json_item(routes, &at, &v)) {
		LOCAL_BUF text = BUF_INIT;

		CU_ASSERT_EQUAL(json_text(v, &text), 0);
		buf_printf(
		    &b->key, "%.*s\n", STR_ARG(msg_addr_uri(buf_view(&text))));
	}
	return buf_view(&b->key);
}

/* A dialog's first record at its node. */
static void
take_made(struct beside *b, const struct trace_rec *rec, struct str rule,
    const struct followed_dialog *d)
{
	bool invite = !str_is(rule, "dialog-notify");

	/* Its subscriber's is made by the NOTIFY (RFC 6665 4.4.1), also where
	 * the 2xx has told the follower before. */
	same(b, rec->seq, "dialog made",
	    b->w.times[d->id].made == rec->t ||
		(!invite && d->notify != 0 &&
		    trace_time_of(b->w.t, d->notify) == rec->t));
	same(b, rec->seq, "dialog invite", d->invite == invite);
	if (invite)
		same(b, rec->seq, "dialog role",
		    d->uac == str_is(rule, "dialog-uac"));
}

static void
take_dialog(struct beside *b, const struct trace_rec *rec)
{
	LOCAL_BUF local = BUF_INIT, remote = BUF_INIT, call = BUF_INIT,
		  from = BUF_INIT, to = BUF_INIT;
	uint32_t node = trace_node_of(b->w.t, rec->seq);
	const struct followed_dialog *d =
	    follower_walk_dialog(&b->w, node, trace_str(rec, "call_id", &call),
		trace_str(rec, "local_tag", &local),
		trace_str(rec, "remote_tag", &remote));
	struct str was = trace_str(rec, "from", &from);
	struct str is = trace_str(rec, "to", &to);
	const struct follower_times *at;

	b->nodes[node].dialogs = true;
	if (d == NULL) {
		differ(b, rec->seq, "dialog none");
		return;
	}
	at = &b->w.times[d->id];
	b->dialogs[d->id].told = true;
	if (str_is(was, "none"))
		take_made(b, rec, trace_rule(rec), d);
	if (str_is(is, "moratorium"))
		same(b, rec->seq, "dialog confirmed", at->confirmed == rec->t);
	if (str_is(was, "moratorium") && str_is(is, "confirmed"))
		same(b, rec->seq, "dialog acked", at->acked == rec->t);
	/* Where a subscription has outlived the INVITE, this is its end. */
	if (str_is(is, "mortal") && d->invite)
		same(b, rec->seq, "dialog ended",
		    str_is(trace_rule(rec), "dialog-unsubscribed")
			? at->ended < rec->t
			: at->ended == rec->t);
	b->dialogs[d->id].confirmed |= str_is(is, "moratorium");
	b->dialogs[d->id].acked |=
	    str_is(was, "moratorium") && str_is(is, "confirmed");
	b->dialogs[d->id].ended |= str_is(is, "mortal");
	if (trace_member(rec, "remote_target").type != JSON_NONE)
		b->dialogs[d->id].target = rec->seq;
	if (trace_member(rec, "routes").type != JSON_NONE)
		b->dialogs[d->id].routes = rec->seq;
}

/* The run tells no more of a dialog for which there was a BYE. */
static bool
is_before_end(const struct follower_times *at, int64_t t)
{
	return t != FOLLOWER_NEVER &&
	       (at->ended == FOLLOWER_NEVER || t <= at->ended);
}

static struct str
node_role(const struct beside *b, uint32_t node)
{
	const struct trace_head *head = trace_head(b->w.t);

	return node < head->nnodes ? head->nodes[node].role : STR_NULL;
}

static void
end_dialogs(struct beside *b)
{
	const struct followed_dialog *d = follower_first_dialog(b->w.f);
	struct trace_rec rec;

	for (; d != NULL; d = d->next) {
		const struct follower_times *at = &b->w.times[d->id];
		struct told_dialog *told = &b->dialogs[d->id];

		same(b, d->made, "dialog of a proxy",
		    !str_is(node_role(b, d->node), "proxy"));
		if (!b->nodes[d->node].dialogs)
			continue;
		same(b, d->made, "dialog untold", told->told);
		if (!told->told)
			continue;
		same(b, d->made, "confirmed untold",
		    told->confirmed == is_before_end(at, at->confirmed));
		same(b, d->made, "2xx", d->noks == told->oks);
		same(b, d->made, "acked untold",
		    told->acked == is_before_end(at, at->acked));
		if (d->invite)
			same(b, d->made, "ended untold",
			    told->ended == (at->ended != FOLLOWER_NEVER));
		if (told->target != 0) {
			trace_get(b->w.t, told->target, &rec);
			same(b, told->target, "dialog target",
			    str_eq(d->target,
				trace_str(&rec, "remote_target", &b->text)));
		}
		if (told->routes != 0) {
			trace_get(b->w.t, told->routes, &rec);
			same(b, told->routes, "dialog routes",
			    str_eq(d->routes,
				put_routes(b, trace_member(&rec, "routes"))));
		} else {
			same(b, d->made, "no routes", d->routes.n == 0);
		}
	}
}

/* ---- offers and answers ---- */

/* The message that has led to REC at its node and come there, as who made it
 * has sent it; 0: none has. */
static uint64_t
origin_of(const struct beside *b, const struct trace_rec *rec)
{
	uint64_t seq = rec->cause, send = 0;
	struct trace_rec r;
	struct trace_send s;
	LOCAL_BUF text = BUF_INIT;

	while (seq != 0 && trace_kind_of(b->w.t, seq) != TRACE_RECV)
		seq = trace_cause_of(b->w.t, seq);
	while (seq != 0) {
		trace_get(b->w.t, seq, &r);
		send = trace_send_of(b->w.t, &r);
		if (send == 0)
			return 0;
		trace_get(b->w.t, send, &r);
		if (trace_get_send(&r, &s, &text) != 0)
			return 0;
		if (s.retx != 0)
			send = s.retx;
		seq = s.fwd;
	}
	return send;
}

/* EVENT was done by what has led to REC, or by what REC's node has sent in the
 * same moment. */
static bool
has_done(const struct beside *b, const struct trace_rec *rec, bool sent,
    unsigned event)
{
	uint32_t node = trace_node_of(b->w.t, rec->seq);
	uint64_t seq = rec->seq;

	if (!sent)
		return (b->w.events[origin_of(b, rec)] & event) != 0;
	while (seq > 0 && trace_time_of(b->w.t, seq) == rec->t)
		seq--;
	while (++seq <= trace_count(b->w.t) &&
	       trace_time_of(b->w.t, seq) == rec->t)
		if (trace_node_of(b->w.t, seq) == node &&
		    trace_kind_of(b->w.t, seq) == TRACE_SEND &&
		    (b->w.events[seq] & event) != 0)
			return true;
	return false;
}

static void
take_offer(struct beside *b, const struct trace_rec *rec)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT, event = BUF_INIT;
	struct str was = trace_str(rec, "from", &from);
	struct str is = trace_str(rec, "to", &to);
	struct str by = trace_str(rec, "event", &event);
	bool refused = str_starts(by, "300-699"), sent = str_ends(by, " sent");

	b->nodes[trace_node_of(b->w.t, rec->seq)].offers = true;
	if (refused)
		same(b, rec->seq, "offer refused",
		    has_done(b, rec, sent, FOLLOWER_REJECTED));
	else if (str_is(is, "agreed") && !str_is(was, "agreed"))
		same(b, rec->seq, "offer agreed",
		    has_done(b, rec, sent, FOLLOWER_AGREED));
	else if (str_ends(is, "offered") && !str_is(by, "fork") &&
		 !str_starts(by, "preview"))
		same(b, rec->seq, "offer made",
		    has_done(b, rec, sent, FOLLOWER_OFFERED));
}

static void
end_offers(struct beside *b)
{
	const struct followed_session *k;
	struct str key;
	void *d;

	for (size_t at = 0; map_next(b->w.dialogs, &at, &key, &d);) {
		k = follower_walk_session(&b->w, key);
		if (k != NULL)
			same(b, ((struct followed_dialog *)d)->made, "sides",
			    follower_sides_fit(&b->w, k));
	}
}

/* ---- labs ---- */

static void
compare_trace(const char *file, const struct trace *t)
{
	struct beside b = { .file = file };
	size_t n = (size_t)trace_count(t) + 1;
	LOCAL_BUF machine = BUF_INIT;
	struct trace_rec rec;

	CU_ASSERT_EQUAL_FATAL(follower_walk(&b.w, t, NULL, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(map_create(&b.txs), 0);
	b.told = mem_zalloc(n, sizeof(*b.told));
	b.dialogs = mem_zalloc(n, sizeof(*b.dialogs));
	b.nodes = mem_zalloc(trace_name_count(t) + 1, sizeof(*b.nodes));
	index_txs(&b);
	for (uint64_t seq = 1; seq < n; seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind != TRACE_FSM && kind != TRACE_DIALOG)
			continue;
		trace_get(t, seq, &rec);
		if (kind == TRACE_DIALOG)
			take_dialog(&b, &rec);
		else if (str_is(trace_str(&rec, "machine", &machine),
			     "offer-answer"))
			take_offer(&b, &rec);
		else
			take_step(&b, &rec);
	}
	end_txs(&b);
	end_dialogs(&b);
	end_offers(&b);
	follower_walk_free(&b.w);
	map_destroy(b.txs);
	mem_free(b.told);
	mem_free(b.dialogs);
	mem_free(b.nodes);
	buf_free(&b.key);
	buf_free(&b.text);
}

static void
compare_lab(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t;

	/* The other build has them. */
	if (lab_is_slow(file) && IS_SANITIZED)
		return;
	t = lab_trace(file, &o);
	CU_ASSERT_PTR_NOT_NULL(t);
	if (t != NULL)
		compare_trace(file, t);
	trace_destroy(t);
}

static void
runs_say_the_same(void)
{
	labs_each(compare_lab, true);
	if (getenv("FOLLOWER_COUNT") != NULL)
		printf("  %u compared, %u with a reason\n", compared, known);
	for (size_t i = 0; i < NREASONS; i++)
		if (!needed[i] &&
		    !(lab_is_slow(reasons[i].file) && IS_SANITIZED)) {
			printf("BAD no need for: %s: %s\n", reasons[i].file,
			    reasons[i].what);
			CU_FAIL("a reason that is not needed");
		}
}

CHECK_MAIN("follower runs",
    { "labs, beside what their machines say", runs_say_the_same })
