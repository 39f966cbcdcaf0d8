/*
 * Messages in any order, made of the input, before the follower: what it says
 * of them fits together whatever they are, and is the same a second time.  Five
 * octets are a message that is sent (what it is and who sends it, to whom; its
 * branch and CSeq; its tags; what else it has) or one of those before that
 * comes now; or a message of the octets themselves, up to a NUL.
 */
#include "fuzz.h"

#include "msg/header_names.h"
#include "follower/follower_made.h"

#include <string.h>

#define MOST 128

struct sent {
	struct made_words words;
	struct buf text;
	uint64_t seq, came; /* came: its last arrival */
	uint32_t node, other;
};

struct play {
	struct follower *f;
	struct sent sent[MOST];
	size_t n;
	uint64_t seq, told; /* told: what was said, in short */
	unsigned begun, made, ended;
	struct msg msg;
};

/* ---- what holds ---- */

static void
want_tx(const struct play *p, const struct followed_tx *tx)
{
	fuzz_want(tx->request != 0 && tx->request <= p->seq);
	fuzz_want((tx->final != 0) == (tx->status != 0));
	fuzz_want((tx->final_came != 0) == (tx->came_status != 0));
	fuzz_want(tx->status == 0 || tx->status >= 200);
	fuzz_want(tx->came_status == 0 || tx->came_status >= 200);
	fuzz_want(tx->provisional_status < 200);
	fuzz_want(tx->method == MSG_INVITE ||
		  (tx->ack == 0 && tx->ack_came == 0 && tx->cancel == 0));
	fuzz_want((tx->older != NULL) == (tx->nolder > 0));
	fuzz_want(tx->older == NULL ||
		  (tx->older->nolder < tx->nolder && tx->older->id < tx->id));
	fuzz_want(tx->up == NULL || tx->up == tx || tx->up->id < tx->id);
	fuzz_want(follower_tx_of(p->f, tx->request) == tx);
}

static void
want_dialog(const struct play *p, const struct followed_dialog *d)
{
	fuzz_want(d->made != 0 && d->made <= p->seq);
	fuzz_want(
	    d->confirmed == (d->ok != 0) && (d->ok != 0) == (d->noks > 0));
	fuzz_want(!d->has_cseq || (d->cseqs & 1) != 0);
	fuzz_want(d->ack == 0 || d->ack > d->ok);
	fuzz_want(d->oks.n == 0 || d->ok != 0);
	fuzz_want(d->rack_done <= d->rack_came);
}

static void
want_all(const struct play *p)
{
	const struct followed_tx *tx = follower_first_tx(p->f);
	const struct followed_dialog *d = follower_first_dialog(p->f);
	unsigned n = 0, ended = 0;

	for (; tx != NULL; tx = tx->next) {
		fuzz_want(tx->id == n++);
		want_tx(p, tx);
	}
	fuzz_want(n == p->begun);
	for (n = 0; d != NULL; d = d->next) {
		fuzz_want(d->id == n++);
		want_dialog(p, d);
		ended += d->bye != 0 || d->bye_came != 0;
	}
	fuzz_want(n == p->made && ended == p->ended);
	fuzz_want(follower_error(p->f) == 0);
}

static void
want_session(const struct play *p, const struct followed_message *s)
{
	const struct followed_session *k = follower_find_session(
	    p->f, msg_value(s->msg, MSG_H_CALL_ID), s->from_tag, s->to_tag);

	if (k != NULL)
		fuzz_want((k->agreed[0] != 0) == (k->agreed[1] != 0) &&
			  (k->agreed[0] != 0) == (k->since != 0));
	if ((s->events & FOLLOWER_AGREED) != 0)
		fuzz_want(k != NULL && k->since == s->seq);
}

/* S was seen. */
static void
take_seen(struct play *p, const struct followed_message *s)
{
	fuzz_want(s->dialog == NULL || s->dialog->node == s->node);
	fuzz_want((s->events & FOLLOWER_DIALOG_MADE) == 0 ||
		  (s->dialog != NULL && s->dialog->made == s->seq));
	fuzz_want(
	    (s->events & FOLLOWER_AGAIN) == 0 || s->events == FOLLOWER_AGAIN);
	p->begun += (s->events & FOLLOWER_BEGUN) != 0;
	p->made += (s->events & FOLLOWER_DIALOG_MADE) != 0;
	p->ended += (s->events & FOLLOWER_DIALOG_ENDED) != 0;
	p->told = str_hash_number(p->told, s->events);
	p->told = str_hash_number(p->told, s->tx != NULL ? s->tx->id + 1 : 0);
	p->told =
	    str_hash_number(p->told, s->dialog != NULL ? s->dialog->id + 1 : 0);
	want_session(p, s);
}

/* ---- steps ---- */

static void
send_text(struct play *p, struct sent *one)
{
	struct followed_message s;

	one->seq = ++p->seq;
	follower_made_send(p->f, p->seq, (int64_t)p->seq * 100000000,
	    &one->words, buf_view(&one->text), &p->msg, &s);
	one->node = s.node;
	one->other = s.other;
	take_seen(p, &s);
}

static void
arrive(struct play *p, struct sent *one)
{
	struct followed_message s = { .seq = one->seq,
		.node = one->node,
		.other = one->other,
		.msg = &p->msg };

	s.good =
	    msg_read(&p->msg, buf_view(&one->text), NULL) == MSG_FAULT_NONE;
	one->came = ++p->seq;
	follower_made_arrives(p->f, p->seq, (int64_t)p->seq * 100000000, &s);
	take_seen(p, &s);
}

/* The message of five octets B. */
static void
make_message(struct play *p, struct sent *one, const uint8_t *b)
{
	static const char *const starts[] = { "INVITE", "ACK", "BYE", "CANCEL",
		"SUBSCRIBE", "NOTIFY", "UPDATE", "PRACK", "100/INVITE",
		"180/INVITE", "200/INVITE", "487/INVITE", "200/BYE",
		"200/SUBSCRIBE", "200/CANCEL", "200/UPDATE" };
	static const char nodes[] = "abcp";
	static const char *const tags[] = { "-", "ta", "tb", "tc" };
	struct made_words *w = &one->words;

	*w = (struct made_words){ .src = nodes[b[1] & 3],
		.dst = nodes[b[1] >> 2 & 3],
		.cseq = b[2] >> 4,
		.vias = 1 + (b[4] >> 7),
		.sdp = (b[4] & 1) != 0,
		.route = (b[4] & 2) != 0,
		.retx = (b[4] & 4) != 0 };
	snprintf(w->start, sizeof(w->start), "%s", starts[b[0] & 15]);
	snprintf(w->branch, sizeof(w->branch), "%u", b[2] & 15u);
	snprintf(w->from, sizeof(w->from), "%s", tags[b[3] & 3]);
	snprintf(w->to, sizeof(w->to), "%s", tags[b[3] >> 2 & 3]);
	snprintf(w->call, sizeof(w->call), "c%u", b[3] >> 7);
	if ((b[4] & 8) != 0 && p->n > 0)
		w->fwd = (unsigned)p->sent[b[4] >> 4 & 7].came;
	follower_made_text(w, &one->text);
}

static size_t
do_step(struct play *p, const uint8_t *bytes, size_t n)
{
	struct sent *one = &p->sent[p->n];
	size_t took = 5;

	if (bytes[0] >= 0xe0) {
		size_t i = 1;

		while (i < n && bytes[i] != '\0')
			i++;
		one->words = (struct made_words){ .src = 'a', .dst = 'b' };
		buf_add(&one->text, (const char *)bytes + 1, i - 1);
		p->n++;
		send_text(p, one);
		return i + 1;
	}
	if (bytes[0] >= 0x80 && p->n > 0) {
		arrive(p, &p->sent[bytes[0] % p->n]);
		return 1;
	}
	if (n < took)
		return n;
	make_message(p, one, bytes);
	p->n++;
	send_text(p, one);
	if ((bytes[0] & 0x10) != 0)
		arrive(p, one);
	return took;
}

/* What it says of the input, as a number. */
static uint64_t
play_input(const uint8_t *bytes, size_t n)
{
	static struct play p;

	memset(&p, 0, sizeof(p));
	fuzz_want(follower_create(&p.f, n % 2 == 0) == 0);
	for (size_t at = 0; at < n && p.n < MOST;)
		at += do_step(&p, bytes + at, n - at);
	want_all(&p);
	follower_destroy(p.f);
	for (size_t i = 0; i < p.n; i++)
		buf_free(&p.sent[i].text);
	return p.told;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	fuzz_want(play_input(bytes, n) == play_input(bytes, n));
	return 0;
}
