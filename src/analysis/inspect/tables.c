/*
 * The tables kept while a trace goes by: calls, transactions, dialogs, each
 * found by a key of texts.
 */
#include "base/addr.h"
#include "base/err.h"
#include "inspect/doubt.h"
#include "inspect/inspect_in.h"
#include "msg/header_names.h"

struct str
inspect_join_key(
    struct inspect *in, const char *kind, const struct str *pieces, size_t n)
{
	buf_clear(&in->key);
	buf_puts(&in->key, kind);
	for (size_t i = 0; i < n; i++) {
		buf_putc(&in->key, '\n');
		buf_str(&in->key, pieces[i]);
	}
	if (in->key.err != 0)
		in->err = ERR_NOMEM;
	/* There are many, and most are long: two hashes stand for a key. */
	in->digest[0] = str_hash(buf_view(&in->key));
	in->digest[1] =
	    str_hash_end(str_hash_add(in->digest[0], buf_view(&in->key)));
	return (struct str){ (const char *)in->digest, sizeof(in->digest) };
}

struct str
inspect_keep(struct inspect *in, struct str text)
{
	struct str kept = STR_NULL;

	if (text.n > 0 && map_keep(in->texts_kept, text, &kept) != 0)
		in->err = ERR_NOMEM;
	return kept;
}

uint64_t
inspect_number(const struct inspect *in, struct str key)
{
	return (uintptr_t)map_get(in->kept, key);
}

uint64_t
inspect_struck(struct inspect *in, uint64_t seq)
{
	char room[24];

	return inspect_number(
	    in, inspect_key(in, "struck", inspect_digits(seq, room)));
}

void
inspect_put_number(struct inspect *in, struct str key, uint64_t v)
{
	if (map_put(in->kept, key, (void *)(uintptr_t)v) != 0)
		in->err = ERR_NOMEM;
}

uint64_t
inspect_note_number(struct inspect *in, struct str key, uint64_t v)
{
	uint64_t before = inspect_number(in, key);

	if (before == 0)
		inspect_put_number(in, key, v);
	return before;
}

void *
inspect_put_new(struct inspect *in, struct map *m, struct str key, size_t size)
{
	void *p = arena_get(in->arena, 1, size);

	if (p == NULL || map_put(m, key, p) != 0) {
		in->err = ERR_NOMEM;
		return NULL;
	}
	return p;
}

struct call *
inspect_call_of(struct inspect *in, struct str call_id)
{
	struct call *c = map_get(in->calls, call_id);

	return c != NULL ? c
			 : inspect_put_new(in, in->calls, call_id, sizeof(*c));
}

/* N in digits (backwards), into ROOM. */
struct str
inspect_digits(uint64_t n, char room[24])
{
	struct str s = { room, 0 };

	do
		room[s.n++] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return s;
}

/* So many transactions of one branch are found one by one, which are that many
 * mistakes (8.1.1.7); those behind them by their CSeq, too. */
#define OLDER_MOST 16

/*
 * 17.2.3: branch and sent-by name a transaction, with the method.  Call-ID and
 * CSeq (`older`) tell those apart that wrongly share a branch, or have none.  A
 * port that is left out is its transport's (18.1.1).
 */
static struct str
tx_key(const struct look *l, struct str method, struct str cseq)
{
	char port[24];

	return inspect_key(l->in, "tx", l->via.branch, l->via.host, method,
	    msg_value(l->msg, MSG_H_CALL_ID), cseq,
	    inspect_digits(msg_via_port(&l->via), port));
}

struct tx *
inspect_find_branch(const struct look *l, struct str method)
{
	return map_get(l->in->kept, tx_key(l, method, STR_NULL));
}

struct tx *
inspect_find_tx(const struct look *l, struct str method)
{
	struct tx *last = inspect_find_branch(l, method), *tx = last;
	char cseq[24];

	while (tx != NULL && tx->cseq != l->cseq.number)
		tx = tx->older;
	if (tx != NULL || last == NULL || last->nolder < OLDER_MOST)
		return tx;
	return map_get(l->in->kept,
	    tx_key(l, method, inspect_digits(l->cseq.number, cseq)));
}

struct tx *
inspect_find_any_branch(const struct look *l, struct str first)
{
	struct tx *tx = inspect_find_branch(l, first);

	/* A CANCEL and an ACK share the branch of another request. */
	for (int m = 0; tx == NULL && m < MSG_METHOD_COUNT; m++)
		if (m != MSG_CANCEL && m != MSG_ACK)
			tx = inspect_find_branch(
			    l, str_of(msg_method_name((enum msg_method)m)));
	return tx;
}

/* A place for the transaction of L's request, found as above. */
static struct tx *
put_tx(struct look *l)
{
	struct str method = l->msg->method_name, cseq = STR_NULL;
	struct tx *older = inspect_find_branch(l, method), *tx;
	char digits[24];

	if (older != NULL && older->nolder >= OLDER_MOST) {
		cseq = inspect_digits(l->cseq.number, digits);
		older = NULL;
	}
	tx = inspect_put_new(
	    l->in, l->in->kept, tx_key(l, method, cseq), sizeof(*tx));
	if (tx != NULL && older != NULL) {
		tx->older = older;
		tx->nolder = older->nolder + 1;
	}
	return tx;
}

/* The transaction that L's request begins. */
struct tx *
inspect_make_tx(struct look *l)
{
	struct inspect *in = l->in;
	struct tx *tx = put_tx(l);
	uint32_t hops;

	if (tx == NULL)
		return NULL;
	*in->last_tx = tx;
	in->last_tx = &tx->next;
	tx->call = l->call;
	tx->client = l->node;
	tx->server = l->other;
	tx->method = l->msg->method;
	tx->method_name = inspect_keep(in, l->msg->method_name);
	tx->stream = !addr_word_is_udp(l->via.transport);
	tx->initial = l->to_tag.n == 0;
	tx->origin = l->nvias == 1 && !l->forwarded;
	tx->old = !str_starts(l->via.branch, "z9hG4bK");
	tx->sent_by = inspect_keep(in, l->via.sent_by);
	tx->from_tag = inspect_keep(in, l->from_tag);
	tx->to_tag = inspect_keep(in, l->to_tag);
	tx->uri = inspect_keep(in, l->msg->uri);
	tx->src_addr = inspect_keep(in, l->send.src_addr);
	tx->dst_addr = inspect_keep(in, l->send.dst_addr);
	tx->routes =
	    inspect_keep(in, look_routes(l, MSG_H_RECORD_ROUTE, false));
	tx->contact = inspect_keep(in, look_contact(l));
	tx->nroutes = msg_count_values(l->msg, MSG_H_ROUTE);
	if (tx->nroutes > 0) {
		struct str all = look_routes(l, MSG_H_ROUTE, false);

		tx->route = inspect_keep(in, str_cut(all, '\n', &all));
	}
	tx->sdp = l->has_sdp;
	tx->closed = look_is_closed(l);
	if (l->has_sdp) {
		tx->media = inspect_keep(in, look_media(l));
		tx->source = look_ssrc(l);
		tx->setup = str_hash(look_setup(l));
		tx->streams = inspect_keep(in, look_streams(l));
		look_description(l, &tx->description);
	}
	tx->body = str_hash(l->msg->body);
	inspect_note_request(l, tx);
	tx->must_be_reliable = msg_lists(l->msg, MSG_H_REQUIRE, "100rel");
	tx->may_be_reliable = msg_lists(l->msg, MSG_H_SUPPORTED, "100rel") ||
			      msg_lists(l->msg, MSG_H_REQUIRE, "100rel");
	tx->relayed = l->forwarded;
	tx->up = l->came;
	if (tx->up != NULL && tx->up->method == tx->method) {
		tx->beside = tx->up->branches;
		tx->up->branches = tx;
	}
	tx->disposed = msg_field(l->msg, MSG_H_REQUEST_DISPOSITION, 0) != NULL;
	tx->hops = str_u32(msg_value(l->msg, MSG_H_MAX_FORWARDS), &hops) == 0
		       ? (int)hops
		       : -1;
	tx->rport_asked = l->via.has_rport;
	tx->nvias = l->nvias;
	tx->cseq = l->cseq.number;
	tx->expires = look_expires(l);
	look_session(l, &tx->session);
	tx->credentials =
	    msg_field(l->msg, MSG_H_AUTHORIZATION, 0) != NULL ||
	    msg_field(l->msg, MSG_H_PROXY_AUTHORIZATION, 0) != NULL;
	tx->request = l->seq;
	tx->t = l->time;
	tx->repeats.last = l->time;
	return in->err == 0 ? tx : NULL;
}

void
inspect_rewrite_tx(struct look *l)
{
	struct inspect *in = l->in;

	if (inspect_find_branch(l, l->tx->method_name) == NULL &&
	    map_put(in->kept, tx_key(l, l->tx->method_name, STR_NULL), l->tx) !=
		0)
		in->err = ERR_NOMEM;
	l->tx->contact = inspect_keep(in, look_contact(l));
	l->tx->routes =
	    inspect_keep(in, look_routes(l, MSG_H_RECORD_ROUTE, false));
}

static struct str
kept_table_dialog_key(const struct look *l, struct str local, struct str remote)
{
	char number[24];

	return inspect_key(l->in, "dialog", inspect_digits(l->node, number),
	    msg_value(l->msg, MSG_H_CALL_ID), local, remote);
}

static struct str
side_key(const struct look *l, struct str local)
{
	char number[24];

	return inspect_key(l->in, "side", inspect_digits(l->node, number),
	    msg_value(l->msg, MSG_H_CALL_ID), local);
}

bool
inspect_has_side(const struct look *l, struct str local)
{
	return inspect_number(l->in, side_key(l, local)) != 0;
}

struct dialog *
inspect_find_dialog(const struct look *l, struct str local, struct str remote)
{
	return local.n == 0 || remote.n == 0
		   ? NULL
		   : map_get(
			 l->in->kept, kept_table_dialog_key(l, local, remote));
}

struct dialog *
inspect_make_dialog(struct look *l, struct str local, struct str remote)
{
	struct inspect *in = l->in;
	struct dialog *d = inspect_put_new(
	    in, in->kept, kept_table_dialog_key(l, local, remote), sizeof(*d));

	if (d == NULL)
		return NULL;
	*in->last_dialog = d;
	in->last_dialog = &d->next;
	inspect_put_number(in, side_key(l, local), l->seq);
	d->call = l->call;
	if (l->call != NULL)
		l->call->tagged = true;
	d->node = l->node;
	d->tx = l->msg->request ? NULL : l->tx;
	d->made = l->seq;
	d->t_made = l->time;
	d->sdp.version = -1;
	return d;
}
