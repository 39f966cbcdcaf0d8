/*
 * One pass over a trace: each message as it leaves and as it comes, told to the
 * checks and then to the tables (inspect/follow.c); at the end each transaction
 * and each dialog once more.
 */
#include "inspect/inspect_in.h"

#include "base/err.h"
#include "base/array.h"
#include "base/mem.h"
#include "base/progress.h"
#include "msg/host.h"

#include <stdlib.h>

struct str
look_routes(struct look *l, enum msg_header id, bool reverse)
{
	struct str values[MSG_MAX_VALUES], value;
	struct msg_values iter = { 0 };
	struct buf *b = &l->in->bytes2;
	size_t n = 0;

	while (n < MSG_MAX_VALUES && msg_next_value(l->msg, id, &iter, &value))
		values[n++] = msg_addr_uri(value);
	buf_clear(b);
	for (size_t i = 0; i < n; i++) {
		buf_str(b, values[reverse ? n - 1 - i : i]);
		buf_putc(b, '\n');
	}
	return buf_view(b);
}

struct str
look_contact(struct look *l)
{
	struct msg_values iter = { 0 };
	struct str value;
	struct msg_addr a;

	if (!msg_next_value(l->msg, MSG_H_CONTACT, &iter, &value) ||
	    msg_addr_read(value, &a) != 0 || a.star)
		return STR_NULL;
	return a.uri;
}

int64_t
look_expires(struct look *l)
{
	struct msg_values iter = { 0 };
	struct str value, expires;
	struct msg_addr a;
	uint32_t seconds;

	if (msg_next_value(l->msg, MSG_H_CONTACT, &iter, &value) &&
	    msg_addr_read(value, &a) == 0 &&
	    msg_param(a.params, "expires", &expires) &&
	    str_u32(expires, &seconds) == 0)
		return seconds;
	return str_u32(msg_value(l->msg, MSG_H_EXPIRES), &seconds) == 0
		   ? (int64_t)seconds
		   : -1;
}

/* "- 2890844526 2890842807 IN IP4 192.0.2.1": VERSION is the third word. */
static uint64_t
read_origin(struct str value, int64_t *version)
{
	uint64_t h = STR_HASH_START, n;

	*version = -1;
	for (int i = 0; value.n > 0; i++) {
		struct str word = str_cut(value, ' ', &value);

		if (i != 2)
			h = str_hash_add(h, word);
		else if (str_u64(word, &n) == 0 && n <= INT64_MAX)
			*version = (int64_t)n;
	}
	return str_hash_end(h);
}

void
look_description(struct look *l, struct description *d)
{
	uint64_t h = STR_HASH_START;
	bool malformed;

	*d = (struct description){ .version = -1 };
	if (!look_sdp(l, &malformed) || malformed)
		return;
	for (size_t i = 0; i < l->in->sdp->nlines; i++) {
		const struct msg_sdp_line *line = &l->in->sdp->lines[i];

		if (line->type == 'o')
			d->origin = read_origin(line->value, &d->version);
		else
			h = str_hash_add(h, line->line);
	}
	d->rest = str_hash_end(h);
	d->lines = (unsigned)l->in->sdp->nmedia + 1;
}

bool
look_sdp(struct look *l, bool *malformed)
{
	struct str at;

	*malformed = false;
	if (!l->has_sdp)
		return false;
	*malformed = msg_sdp_read(l->in->sdp, l->msg->body, &at) != 0;
	return true;
}

struct str
look_media(struct look *l)
{
	struct buf *b = &l->in->bytes2;
	bool malformed;

	buf_clear(b);
	if (!look_sdp(l, &malformed) || malformed)
		return buf_view(b);
	for (size_t i = 0; i < l->in->sdp->nmedia; i++) {
		buf_str(b, l->in->sdp->media[i].type);
		buf_putc(b, '\n');
	}
	return buf_view(b);
}

bool
goes_on(const struct inspect *in, int64_t t, int64_t ns)
{
	return in->t_end - t >= ns;
}

static void
read_vias(struct look *l)
{
	struct msg_values iter = { 0 };
	struct str value;

	while (msg_next_value(l->msg, MSG_H_VIA, &iter, &value)) {
		struct msg_via via;

		if (msg_via_read(value, &via) != 0)
			return;
		if (l->nvias++ == 0)
			l->via = via;
	}
}

static struct str
host_of(struct str addr)
{
	struct str host = STR_NULL;
	uint16_t port;

	if (host_read(addr, 0, false, &host, &port) == 0)
		return addr;
	return host;
}

void
look_read(struct look *l, struct str bytes, uint64_t seq)
{
	struct inspect *in = l->in;
	struct str type;

	if (seq == 0 || in->msg_seq != seq) {
		in->msg_fault = msg_judge(in->msg, bytes, &in->msg_at);
		in->msg_seq = seq;
	}
	l->msg = in->msg;
	l->fault = in->msg_fault;
	l->fault_at = in->msg_at;
	read_vias(l);
	l->read = l->nvias > 0 &&
		  msg_cseq_read(msg_value(l->msg, MSG_H_CSEQ), &l->cseq) == 0;
	l->from_tag = msg_tag(msg_value(l->msg, MSG_H_FROM));
	l->to_tag = msg_tag(msg_value(l->msg, MSG_H_TO));
	type = msg_value(l->msg, MSG_H_CONTENT_TYPE);
	/* What an OPTIONS is answered with describes no session. */
	l->has_sdp =
	    l->msg->body.n > 0 &&
	    (l->msg->method == MSG_ACK ||
		msg_method_is(l->msg->method, MSG_OFFERS)) &&
	    str_iis(str_trim(str_cut(type, ';', &type)), "application/sdp");
	l->src_host = host_of(l->send->src_addr);
	l->dst_host = host_of(l->send->dst_addr);
}

static void
find_own_dialog(struct look *l, bool arrived)
{
	bool local_is_from = l->msg->request != arrived;

	l->dialog =
	    find_dialog(l->in, l->node, msg_value(l->msg, MSG_H_CALL_ID),
		local_is_from ? l->from_tag : l->to_tag,
		local_is_from ? l->to_tag : l->from_tag);
}

/* The transaction of the message that L sends, or would answer. */
static void
find_own_tx(struct look *l, bool repeated)
{
	struct inspect *in = l->in;
	bool ack = l->msg->request && l->msg->method == MSG_ACK;

	if (!l->read)
		return;
	l->tx = find_tx(in, l, ack ? STR("INVITE") : l->cseq.method);
	if (ack && l->tx == NULL)
		l->tx = find_tx(in, l, STR("ACK"));
	if (l->tx == NULL && l->msg->request && !repeated)
		l->tx = make_tx(in, l);
	else if (l->tx != NULL && l->msg->request &&
		 l->msg->method == l->tx->method &&
		 !(str_eq(l->send->src_addr, l->tx->src_addr) &&
		     str_eq(l->send->dst_addr, l->tx->dst_addr)))
		l->tx->twice = true;
}

static void
take_meddling(struct look *l, uint64_t meant, uint64_t of)
{
	if (l->call == NULL || l->call->fault != 0)
		return;
	l->call->fault = meant;
	l->call->fault_of = of;
}

static enum rule_id
rule_named(const struct inspect *in, const struct trace_rec *rec)
{
	return rec->rule.n == 0
		   ? RULE_NONE
		   : (enum rule_id)get_number(in->rules, rec->rule);
}

static void
look_at_send(struct look *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;

	l->msg = NULL;
	look_read(l, trace_bytes(rec, &in->bytes), rec->seq);
	if (l->rule == RULE_RAW_SEND || l->rule == RULE_BYE_TOO_EARLY)
		take_meddling(
		    l, rec->cause != 0 ? rec->cause : rec->seq, rec->seq);
	if (l->fwd != 0 && l->fwd < rec->seq)
		l->came = in->tx_of[l->fwd];
	find_own_tx(l, l->send->retx != 0);
	find_own_dialog(l, false);
	if (l->send->retx != 0) {
		inspect_look(l, AT_REPEAT);
		follow_repeat(l);
	} else {
		inspect_look(l, AT_SENT);
		follow_sent(l);
	}
	in->tx_of[rec->seq] = l->tx;
}

static void
take_send(struct look *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	struct trace_send send;
	int err = trace_get_send(rec, &send, &in->fields);

	if (err == ERR_NOMEM)
		in->err = err;
	if (err != 0 || (send.proto.n > 0 && !str_is(send.proto, "sip")))
		return;
	in->files[in->nfiles - 1].messages++;
	l->call = send.call_id.n > 0 ? call_of(in, send.call_id) : NULL;
	if (in->err != 0 || (l->call != NULL && l->call->left_out))
		return;
	l->send = &send;
	l->other = trace_find_name(l->t, send.dst);
	l->fwd = send.fwd;
	l->forwarded = send.fwd != 0;
	if (str_iis(send.transport, "tls") || str_iis(send.transport, "wss"))
		in->tls = true;
	if (l->node < in->node_n)
		in->node[l->node].sent++;
	look_at_send(l, rec);
}

static void
take_recv(struct look *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	int64_t of = trace_int(rec, "of", 0);
	struct trace_rec sent;
	struct trace_send send;
	struct str own;

	if (of <= 0 || (uint64_t)of >= rec->seq ||
	    trace_kind_of(l->t, (uint64_t)of) != TRACE_SEND)
		return;
	trace_get(l->t, (uint64_t)of, &sent);
	if (trace_get_send(&sent, &send, &in->fields) != 0 ||
	    (send.proto.n > 0 && !str_is(send.proto, "sip")))
		return;
	l->call = send.call_id.n > 0 ? call_of(in, send.call_id) : NULL;
	if (in->err != 0 || (l->call != NULL && l->call->left_out))
		return;
	l->send = &send;
	l->other = sent.node.n > 0 ? trace_node_of(l->t, sent.seq) : l->node;
	l->forwarded = send.fwd != 0;
	own = trace_bytes(rec, &in->own);
	if (own.n > 0)
		look_read(l, own, 0);
	else if (in->msg_seq == sent.seq)
		look_read(l, STR_NULL, sent.seq);
	else
		look_read(l, trace_bytes(&sent, &in->bytes), sent.seq);
	l->tx = in->tx_of[of];
	in->tx_of[rec->seq] = l->tx;
	find_own_dialog(l, true);
	inspect_look(l, AT_ARRIVED);
	follow_arrived(l);
}

/* What a fault strikes is the lab's doing from then on; its record comes behind
 * the message, so faults are looked for first. */
static void
note_fault(struct inspect *in, const struct trace *t, uint64_t seq)
{
	struct look l = { .in = in, .t = t };
	struct trace_rec rec, sent;
	struct str call_id;
	int64_t of;

	trace_get(t, seq, &rec);
	of = trace_int(&rec, "of", 0);
	if (of <= 0 || (uint64_t)of >= seq)
		return;
	trace_get(t, (uint64_t)of, &sent);
	call_id = trace_str(&sent, "call_id", &in->fields);
	l.call = call_id.n > 0 ? call_of(in, call_id) : NULL;
	take_meddling(&l, seq, (uint64_t)of);
}

static void
note_faults(struct inspect *in, const struct trace *t)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (trace_kind_of(t, seq) == TRACE_FAULT)
			note_fault(in, t, seq);
}

static void
take_act(struct look *l, const struct trace_rec *rec)
{
	struct str verb = trace_str(rec, "verb", &l->in->fields);

	if (str_is(verb, "crash") && l->node < l->in->node_n) {
		l->in->node[l->node].down = rec->t;
		l->in->node[l->node].crash = rec->seq;
	}
}

/* A record that names a rule: somebody has acted by it. */
static void
take_rule(struct look *l)
{
	struct str key;

	if (l->rule == RULE_NONE || l->node >= l->in->node_n)
		return;
	key = str_of(rule_at(l->rule)->key);
	l->blame = l->node;
	l->as = look_role(l);
	if (str_starts(key, "register-") || str_starts(key, "binding-"))
		if ((l->in->node[l->node].roles >> INSPECT_REGISTRAR & 1) != 0)
			l->as = INSPECT_REGISTRAR;
	l->in->rows[l->rule].seen[l->as]++;
}

static void
take_record(struct inspect *in, const struct trace *t, uint64_t seq)
{
	struct look l = { .in = in, .t = t, .seq = seq, .why = &in->why };
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	l.time = rec.t;
	l.node = trace_node_of(t, seq);
	l.other = TRACE_NO_NODE;
	l.rule = rule_named(in, &rec);
	take_rule(&l);
	if (rec.kind == TRACE_SEND)
		take_send(&l, &rec);
	else if (rec.kind == TRACE_RECV)
		take_recv(&l, &rec);
	else if (rec.kind == TRACE_ACT)
		take_act(&l, &rec);
}

static void
look_back(struct inspect *in, const struct trace *t)
{
	struct look l = { .in = in, .t = t, .why = &in->why };

	in->msg_seq = 0;
	l.seq = trace_count(t);
	l.time = in->t_end;
	for (struct tx *tx = in->first_tx; tx != NULL; tx = tx->next) {
		l.tx = tx;
		l.call = tx->call;
		l.node = tx->client;
		l.other = tx->server;
		inspect_look(&l, AT_TX);
	}
	l.tx = NULL;
	for (struct dialog *d = in->first_dialog; d != NULL; d = d->next) {
		l.dialog = d;
		l.call = d->call;
		l.node = d->node;
		inspect_look(&l, AT_DIALOG);
	}
}

/* ---- a sample: the calls whose Call-ID comes first in the order of hashes
 * ---- */

static int
note_calls(struct inspect *in, const struct trace *t)
{
	for (uint64_t seq = 1; in->err == 0 && seq <= trace_count(t); seq++) {
		struct trace_rec rec;
		struct str id;

		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		id = trace_str(&rec, "call_id", &in->fields);
		if (id.n > 0)
			call_of(in, id);
	}
	return in->err;
}

uint64_t
inspect_draw(struct str call_id)
{
	return str_hash(call_id);
}

static int
compare_hashes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
draw_calls(struct inspect *in, const uint64_t *sorted, uint64_t most)
{
	size_t at = 0;
	struct str id;
	void *value;

	while (map_next(in->calls, &at, &id, &value)) {
		struct call *c = value;

		c->left_out = inspect_draw(id) > sorted[most - 1];
	}
}

static int
choose_calls(struct inspect *in, const struct trace *t)
{
	struct inspect_file *file = &in->files[in->nfiles - 1];
	uint64_t *hash;
	size_t at = 0, n = 0;
	struct str id;
	void *value;

	if (in->o.sample == 0 || file->calls != 0 || note_calls(in, t) != 0)
		return in->err;
	file->calls = map_count(in->calls);
	file->sampled = file->calls;
	if (file->calls <= in->o.sample)
		return 0;
	hash = arena_get(in->arena, (size_t)file->calls, sizeof(*hash));
	if (hash == NULL)
		return ERR_NOMEM;
	while (map_next(in->calls, &at, &id, &value))
		hash[n++] = inspect_draw(id);
	qsort(hash, n, sizeof(*hash), compare_hashes);
	draw_calls(in, hash, in->o.sample);
	file->sampled = in->o.sample;
	return 0;
}

/* ---- all of it ---- */

static int
begin_trace(struct inspect *in, const struct trace *t)
{
	const struct trace_head *head = trace_head(t);
	uint64_t n = trace_count(t);

	in->whole = head->inputs.type != JSON_NONE;
	in->msg_seq = 0;
	in->tls = false;
	in->t_end = n > 0 ? trace_time_of(t, n) : 0;
	in->first_tx = NULL;
	in->last_tx = &in->first_tx;
	in->first_dialog = NULL;
	in->last_dialog = &in->first_dialog;
	if (arena_create(&in->arena) != 0 || map_create(&in->calls) != 0 ||
	    map_create(&in->txs) != 0 || map_create(&in->branches) != 0 ||
	    map_create(&in->dialogs) != 0 || map_create(&in->invites) != 0 ||
	    map_create(&in->nonces) != 0 || map_create(&in->once) != 0 ||
	    map_create(&in->texts_kept) != 0)
		return ERR_NOMEM;
	in->tx_of = mem_zalloc((size_t)n + 1, sizeof(*in->tx_of));
	if (in->tx_of == NULL)
		return ERR_NOMEM;
	return inspect_find_roles(in, t);
}

static void
end_trace(struct inspect *in)
{
	struct map **maps[] = { &in->calls, &in->txs, &in->branches,
		&in->dialogs, &in->invites, &in->nonces, &in->once,
		&in->texts_kept };

	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		map_destroy(*maps[i]);
		*maps[i] = NULL;
	}
	arena_destroy(in->arena);
	in->arena = NULL;
	mem_free(in->tx_of);
	in->tx_of = NULL;
}

static int
add_file(struct inspect *in, struct str name, struct inspect_file **file)
{
	char *kept = arena_str(in->texts, name);

	if (kept == NULL ||
	    ARRAY_ROOM(&in->files, &in->files_cap, in->nfiles + 1) != 0)
		return ERR_NOMEM;
	*file = &in->files[in->nfiles++];
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

int
inspect_take(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	struct inspect_file *file;
	char *title = arena_str(in->texts, trace_head(t)->title);
	uint64_t n = trace_count(t);
	int err;

	if (title == NULL || add_file(in, from->name, &file) != 0)
		return ERR_NOMEM;
	err = begin_trace(in, t);
	file->title = str_of(title);
	file->capture = !in->whole;
	file->records = n;
	file->sampled = from->sampled;
	file->calls = from->calls;
	if (err == 0)
		err = choose_calls(in, t);
	if (err == 0)
		note_faults(in, t);
	for (uint64_t seq = 1; err == 0 && seq <= n; seq++) {
		progress_count(N_("inspecting"), seq, n);
		take_record(in, t, seq);
		err = in->err;
	}
	if (err == 0) {
		look_back(in, t);
		err = in->err;
	}
	if (err == 0)
		err = inspect_measure(in, t);
	end_trace(in);
	return err;
}
