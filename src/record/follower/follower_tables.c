/*
 * The follower's tables: transactions, dialogs and their sides, each found by a
 * key of numbers that stand for the texts of the message.
 */
#include "follower/follower_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"

/* So many transactions of one branch are found one by one, which are that many
 * mistakes (8.1.1.7); those behind them by their CSeq as well. */
#define OLDER_MOST 16

/*
 * 17.2.3: branch and sent-by name a transaction, with the method.  Call-ID and
 * CSeq (of those behind OLDER_MOST) tell those apart that wrongly share a
 * branch, or have none.
 */
struct tx_key {
	uint32_t call, branch, host, port, method, numbered, cseq;
};

struct invite_key {
	uint32_t call, from_tag, node, cseq;
};

struct dialog_key {
	uint32_t node, call, local, remote;
};

struct side_key {
	uint32_t node, call, local;
};

struct notice_key {
	uint32_t call, tag;
};

/* The smaller number first: whichever tag is whose. */
struct session_key {
	uint32_t call, tags[2];
};

/* The bytes of KEY, a struct without gaps. */
#define BYTES_OF(key) ((struct str){ (const char *)&(key), sizeof(key) })

/* ---- texts and their numbers ---- */

/* 0: it is empty, or was not seen yet. */
static uint32_t
number_of(const struct follower *f, struct str text)
{
	return text.n > 0 ? (uint32_t)(uintptr_t)map_get(f->numbers, text) : 0;
}

/* The same, and it is seen from now on. */
static uint32_t
number_text(struct follower *f, struct str text)
{
	uint32_t number = number_of(f, text);

	if (number != 0 || text.n == 0)
		return number;
	number = (uint32_t)map_count(f->numbers) + 1;
	if (map_put(f->numbers, text, (void *)(uintptr_t)number) == 0)
		return number;
	f->err = ERR_NOMEM;
	return 0;
}

struct str
follower_keep(struct follower *f, struct str text)
{
	struct str kept = STR_NULL;

	if (number_text(f, text) != 0 && map_keep(f->numbers, text, &kept) != 0)
		f->err = ERR_NOMEM;
	return kept;
}

void
follower_name(struct follower *f, struct followed_message *s)
{
	s->names = (struct followed_names){
		.call = number_text(f, msg_value(s->msg, MSG_H_CALL_ID)),
		.from_tag = number_text(f, s->from_tag),
		.to_tag = number_text(f, s->to_tag),
		.branch = number_text(f, s->via.branch),
		.host = number_text(f, s->via.host),
		.port = msg_via_port(&s->via),
	};
}

int
follower_make_tables(struct follower *f)
{
	struct map **maps[] = { &f->numbers, &f->txs, &f->invites, &f->dialogs,
		&f->sides, &f->notices, &f->sessions };

	for (size_t i = 0; i < COUNT_OF(maps); i++)
		if (map_create(maps[i]) != 0)
			return ERR_NOMEM;
	return 0;
}

void
follower_free_tables(struct follower *f)
{
	map_destroy(f->numbers);
	map_destroy(f->txs);
	map_destroy(f->invites);
	map_destroy(f->dialogs);
	map_destroy(f->sides);
	map_destroy(f->notices);
	map_destroy(f->sessions);
	mem_free(f->tx_of);
}

/* Memory of the follower's, under KEY in M; NULL: there is none. */
static void *
put_new(struct follower *f, struct map *m, struct str key, size_t size)
{
	void *p = arena_get(f->arena, 1, size);

	if (p == NULL || map_put(m, key, p) != 0) {
		f->err = ERR_NOMEM;
		return NULL;
	}
	return p;
}

static void
lead_to(struct follower *f, struct map *m, struct str key, void *value)
{
	if (map_put(m, key, value) != 0)
		f->err = ERR_NOMEM;
}

/* ---- transactions ---- */

static struct tx_key
tx_key(const struct follower *f, const struct followed_message *s,
    struct str method)
{
	uint32_t number = number_of(f, method);

	/* One that was not seen yet is not the empty one. */
	return (struct tx_key){ .call = s->names.call,
		.branch = s->names.branch,
		.host = s->names.host,
		.port = s->names.port,
		.method = number == 0 && method.n > 0 ? UINT32_MAX : number };
}

struct followed_tx *
follower_find_branch(const struct follower *f, const struct followed_message *s,
    struct str method)
{
	struct tx_key key = tx_key(f, s, method);

	return map_get(f->txs, BYTES_OF(key));
}

struct followed_tx *
follower_find_tx(const struct follower *f, const struct followed_message *s,
    struct str method)
{
	struct tx_key key = tx_key(f, s, method);
	struct followed_tx *last = map_get(f->txs, BYTES_OF(key)), *tx = last;

	while (tx != NULL && tx->cseq != s->cseq.number)
		tx = tx->older;
	if (tx != NULL || last == NULL || last->nolder < OLDER_MOST)
		return tx;
	key.numbered = 1;
	key.cseq = s->cseq.number;
	return map_get(f->txs, BYTES_OF(key));
}

struct followed_tx *
follower_find_any_branch(const struct follower *f,
    const struct followed_message *s, struct str first)
{
	struct followed_tx *tx = follower_find_branch(f, s, first);

	/* A CANCEL and an ACK share the branch of another request. */
	for (int m = 0; tx == NULL && m < MSG_METHOD_COUNT; m++)
		if (m != MSG_CANCEL && m != MSG_ACK)
			tx = follower_find_branch(
			    f, s, str_of(msg_method_name((enum msg_method)m)));
	return tx;
}

struct followed_tx *
follower_put_tx(struct follower *f, const struct followed_message *s)
{
	struct str method = s->msg->method_name;
	struct followed_tx *older, *tx;
	struct tx_key key;

	(void)number_text(f, method);
	key = tx_key(f, s, method);
	older = map_get(f->txs, BYTES_OF(key));
	if (older != NULL && older->nolder >= OLDER_MOST) {
		key.numbered = 1;
		key.cseq = s->cseq.number;
		older = NULL;
	}
	tx = put_new(f, f->txs, BYTES_OF(key), sizeof(*tx));
	if (tx == NULL)
		return NULL;
	if (older != NULL) {
		tx->older = older;
		tx->nolder = older->nolder + 1;
	}
	tx->id = f->ntxs++;
	*f->last_tx = tx;
	f->last_tx = &tx->next;
	return tx;
}

void
follower_lead_to_tx(struct follower *f, const struct followed_message *s,
    struct followed_tx *tx)
{
	struct tx_key key = tx_key(f, s, tx->method_name);

	if (map_get(f->txs, BYTES_OF(key)) == NULL)
		lead_to(f, f->txs, BYTES_OF(key), tx);
}

static struct invite_key
invite_key(const struct followed_message *s)
{
	return (struct invite_key){ s->names.call, s->names.from_tag, s->node,
		s->cseq.number };
}

struct followed_tx *
follower_find_invite(const struct follower *f, const struct followed_message *s)
{
	struct invite_key key = invite_key(s);

	return map_get(f->invites, BYTES_OF(key));
}

void
follower_put_invite(struct follower *f, const struct followed_message *s,
    struct followed_tx *tx)
{
	struct invite_key key = invite_key(s);

	lead_to(f, f->invites, BYTES_OF(key), tx);
}

struct followed_tx *
follower_tx_of(const struct follower *f, uint64_t seq)
{
	return seq < f->tx_of_n ? f->tx_of[seq] : NULL;
}

void
follower_put_record(struct follower *f, uint64_t seq, struct followed_tx *tx)
{
	if (tx == NULL)
		return;
	if (ARRAY_ROOM(&f->tx_of, &f->tx_of_cap, (size_t)seq + 1) != 0) {
		f->err = ERR_NOMEM;
		return;
	}
	while (f->tx_of_n <= seq)
		f->tx_of[f->tx_of_n++] = NULL;
	f->tx_of[seq] = tx;
}

/* ---- dialogs ---- */

static struct followed_dialog *
dialog_at(const struct follower *f, uint32_t node, uint32_t call,
    struct str local, struct str remote)
{
	struct dialog_key key = { node, call, number_of(f, local),
		number_of(f, remote) };

	return key.call == 0 || key.local == 0 || key.remote == 0
		   ? NULL
		   : map_get(f->dialogs, BYTES_OF(key));
}

struct followed_dialog *
follower_find_dialog(const struct follower *f, const struct followed_message *s,
    struct str local, struct str remote)
{
	return dialog_at(f, s->node, s->names.call, local, remote);
}

struct followed_dialog *
follower_find_far(const struct follower *f, const struct followed_message *s,
    uint32_t node, bool sent)
{
	return dialog_at(f, node, s->names.call, sent ? s->from_tag : s->to_tag,
	    sent ? s->to_tag : s->from_tag);
}

struct followed_dialog *
follower_dialog_of(const struct follower *f, uint32_t node, struct str call_id,
    struct str local, struct str remote)
{
	return dialog_at(f, node, number_of(f, call_id), local, remote);
}

const struct followed_dialog *
follower_find_side(const struct follower *f, const struct followed_message *s,
    uint32_t node, struct str local)
{
	struct side_key key = { node, s->names.call, number_of(f, local) };

	return map_get(f->sides, BYTES_OF(key));
}

struct followed_dialog *
follower_put_dialog(struct follower *f, const struct followed_message *s,
    struct str local, struct str remote)
{
	struct dialog_key key = { s->node, s->names.call, number_of(f, local),
		number_of(f, remote) };
	struct side_key side = { s->node, s->names.call, key.local };
	struct followed_dialog *d =
	    put_new(f, f->dialogs, BYTES_OF(key), sizeof(*d));

	if (d == NULL)
		return NULL;
	lead_to(f, f->sides, BYTES_OF(side), d);
	d->id = f->ndialogs++;
	*f->last_dialog = d;
	f->last_dialog = &d->next;
	return d;
}

/* ---- NOTIFYs before their 2xx ---- */

uint64_t
follower_notice(
    const struct follower *f, const struct followed_message *s, struct str tag)
{
	struct notice_key key = { s->names.call, number_of(f, tag) };

	return (uintptr_t)map_get(f->notices, BYTES_OF(key));
}

void
follower_put_notice(
    struct follower *f, const struct followed_message *s, struct str tag)
{
	struct notice_key key = { s->names.call, number_of(f, tag) };

	lead_to(f, f->notices, BYTES_OF(key), (void *)(uintptr_t)s->seq);
}

/* ---- offers and answers ---- */

static struct session_key
session_key(uint32_t call, uint32_t a, uint32_t b)
{
	return (struct session_key){ call, { a < b ? a : b, a < b ? b : a } };
}

struct followed_session *
follower_find_session(
    const struct follower *f, struct str call_id, struct str a, struct str b)
{
	struct session_key key = session_key(
	    number_of(f, call_id), number_of(f, a), number_of(f, b));

	return map_get(f->sessions, BYTES_OF(key));
}

struct followed_session *
follower_session(struct follower *f, const struct followed_message *s,
    struct str a, struct str b)
{
	struct session_key key =
	    session_key(s->names.call, number_of(f, a), number_of(f, b));
	struct followed_session *k = map_get(f->sessions, BYTES_OF(key));

	if (k != NULL)
		return k;
	k = put_new(f, f->sessions, BYTES_OF(key), sizeof(*k));
	if (k != NULL)
		k->node[0] = k->node[1] = TRACE_NO_NODE;
	return k;
}
