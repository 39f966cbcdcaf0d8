/* The messages that were read last: a ring.  A message is found by the identity
 * of its bytes or, when it arrives, by equal bytes. */
#include "sip/recent_messages.h"

#include "msg/header_names.h"

#include <string.h>

/* The bytes at the start that tell most messages apart: the start line and the
 * top Via with its branch. */
#define TELLING 128

void
sip_recent_messages_init(struct sip_recent_messages *v)
{
	for (size_t i = 0; i < SIP_RECENT_MESSAGES; i++)
		v->messages[i].of = NULL;
	v->next = 0;
	memset(v->by_hash, 0, sizeof(v->by_hash));
}

/* Eight bytes a step; equal strings have equal hashes, no more is required of
 * it. */
static uint64_t
hash_start(struct str s)
{
	uint64_t h = s.n, word;
	size_t n = s.n < TELLING ? s.n : TELLING;

	for (size_t i = 0; i + sizeof(word) <= n; i += sizeof(word)) {
		memcpy(&word, s.p + i, sizeof(word));
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	return h;
}

struct sip_bytes *
sip_recent_messages_find(const struct sip_recent_messages *v, struct str s)
{
	uint64_t hash = hash_start(s);
	const struct sip_recent_message *w =
	    &v->messages[v->by_hash[hash & 255]];

	return w->of != NULL && w->hash == hash &&
		       str_eq(sip_bytes_view(w->of), s)
		   ? w->of
		   : NULL;
}

static struct sip_recent_message *
find_kept(struct sip_recent_messages *v, const struct sip_bytes *b)
{
	struct sip_recent_message *w = &v->messages[b->recent];

	return w->of == b ? w : NULL;
}

static bool
is_small(const struct sip_bytes *b, const struct msg *m)
{
	return m->nfields <= SIP_RECENT_MESSAGE_FIELDS &&
	       b->n <= SIP_RECENT_MESSAGE_BYTES;
}

/* M, which reads B and is small, in the place of the oldest. */
static struct sip_recent_message *
keep_message(
    struct sip_recent_messages *v, struct sip_bytes *b, const struct msg *m)
{
	struct sip_recent_message *w = &v->messages[v->next];

	sip_bytes_ref(b);
	sip_bytes_unref(w->of);
	w->of = b;
	w->hash = hash_start(sip_bytes_view(b));
	w->size = msg_size(m);
	memcpy(w->msg, m, w->size);
	b->recent = (unsigned char)v->next;
	v->by_hash[w->hash & 255] = (unsigned char)v->next;
	v->next = (v->next + 1) % SIP_RECENT_MESSAGES;
	return w;
}

/* *WP: where it is kept, or NULL. */
static enum msg_fault
read_message(struct sip_recent_messages *v, struct sip_bytes *b, struct msg *m,
    struct str *at, struct sip_recent_message **wp)
{
	struct sip_recent_message *w = *wp = find_kept(v, b);
	enum msg_fault fault;

	if (w != NULL) {
		memcpy(m, w->msg, w->size);
		return MSG_FAULT_NONE;
	}
	fault = msg_read(m, sip_bytes_view(b), at);
	if (fault == MSG_FAULT_NONE && is_small(b, m)) {
		msg_know(m);
		*wp = keep_message(v, b, m);
	}
	return fault;
}

enum msg_fault
sip_recent_messages_read(
    struct sip_recent_messages *v, struct sip_bytes *b, struct msg *m)
{
	struct sip_recent_message *w;

	return read_message(v, b, m, NULL, &w);
}

static enum msg_fault
read_sound_message(struct sip_recent_messages *v, struct sip_bytes *b,
    struct msg *m, struct str *at)
{
	struct sip_recent_message *w;
	enum msg_fault fault = read_message(v, b, m, at, &w);

	if (fault != MSG_FAULT_NONE || m->sound)
		return fault;
	fault = msg_check(m, at);
	m->sound = fault == MSG_FAULT_NONE;
	if (w != NULL)
		memcpy(w->msg + offsetof(struct msg, sound), &m->sound,
		    sizeof(m->sound));
	return fault;
}

enum msg_fault
sip_recent_messages_check(
    struct sip_recent_messages *v, struct sip_bytes *b, struct msg *m)
{
	return read_sound_message(v, b, m, NULL);
}

enum msg_fault
sip_recent_messages_judge(struct sip_recent_messages *v, struct sip_bytes *b,
    struct msg *m, struct str *at)
{
	enum msg_fault fault = read_sound_message(v, b, m, at);

	return fault != MSG_FAULT_NONE ? fault : msg_judge_lists(m, at);
}

/*
 * A cached message has no fault and is below the caps.  Edits within a Via can
 * give it one fault alone: too many parameters there.
 */
enum msg_fault
sip_recent_messages_move(struct sip_recent_messages *v,
    const struct sip_bytes *from, struct sip_bytes *b,
    const struct msg_splice *sp, struct msg *m)
{
	if (find_kept(v, from) == NULL || b->n > SIP_RECENT_MESSAGE_BYTES)
		return sip_recent_messages_read(v, b, m);
	msg_splice_move(sp, m, sip_bytes_view(b));
	if (msg_has_many_params(m, msg_value(m, MSG_H_VIA)))
		return sip_recent_messages_read(v, b, m);
	keep_message(v, b, m);
	return MSG_FAULT_NONE;
}

void
sip_recent_messages_keep(
    struct sip_recent_messages *v, struct sip_bytes *b, const struct msg *m)
{
	keep_message(v, b, m);
}

void
sip_recent_messages_free(struct sip_recent_messages *v)
{
	for (size_t i = 0; i < SIP_RECENT_MESSAGES; i++) {
		sip_bytes_unref(v->messages[i].of);
		v->messages[i].of = NULL;
	}
}
