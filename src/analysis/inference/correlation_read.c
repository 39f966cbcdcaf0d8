/*
 * What one message says of itself.  A message that can hardly be read has
 * numbers of 0, and then belongs to nothing.
 */
#include "inference/correlation.h"

/* What names a hop's transaction: the branch, with who made it, since branches
 * of RFC 2543 were no more than a number (RFC 3261 17.2.3).  Into co->key; the
 * empty text for what can't be read. */
static void
put_via_key(struct correlation *co, struct str value)
{
	struct msg_via via;

	if (msg_via_read(value, &via) != 0)
		return;
	buf_str(&co->key, via.branch);
	buf_putc(&co->key, ' ');
	for (size_t i = 0; i < via.sent_by.n; i++)
		buf_putc(&co->key, chr_lower(via.sent_by.p[i]));
}

/* Counts M's Vias; the keys of the first into KEYS, which lie in co->key. */
static void
read_vias(struct correlation *co, struct correlation_message *m,
    struct str keys[CORRELATION_VIAS])
{
	size_t ends[CORRELATION_VIAS] = { 0 }, from = 0;
	struct msg_values it = { 0 };
	struct str value;

	buf_clear(&co->key);
	while (msg_next_value(&co->msg, MSG_H_VIA, &it, &value)) {
		if (m->nvias < CORRELATION_VIAS) {
			put_via_key(co, value);
			ends[m->nvias] = co->key.n;
		}
		if (m->nvias < UINT16_MAX)
			m->nvias++;
	}
	for (size_t i = 0; i < CORRELATION_VIAS && i < m->nvias; i++) {
		keys[i] = str_slice(buf_view(&co->key), from, ends[i]);
		from = ends[i];
	}
}

/* CSeq tells the method of a response; of a request the start line does. */
static struct str
read_cseq(struct correlation *co, struct correlation_message *m)
{
	struct str name = co->msg.request ? co->msg.method_name : STR_NULL;
	struct msg_cseq cseq;

	if (msg_cseq_read(msg_value(&co->msg, MSG_H_CSEQ), &cseq) == 0) {
		m->cseq = cseq.number;
		if (!co->msg.request)
			name = cseq.method;
	}
	m->method = (uint8_t)msg_method_find(name);
	return name;
}

/*
 * The transaction: of the branch and the method, except that the ACK to a
 * final error has its INVITE's.  Call-ID and CSeq tell apart what has no branch
 * of RFC 3261.
 */
static int
number_tx(struct correlation *co, struct correlation_message *m)
{
	uint32_t key[4] = { m->via[0], m->call, m->cseq, m->name };

	if (m->via[0] == 0 || m->call == 0)
		return 0;
	if (m->method == MSG_ACK)
		key[3] = numbers_find(co->texts, STR("INVITE"));
	return numbers_of(co->txs, BYTES_OF(key), &m->tx);
}

/* Vias that an ALG has written anew count as what they were. */
static void
undo_rewriting(const struct correlation *co, struct correlation_message *m)
{
	for (size_t i = 0; i < CORRELATION_VIAS; i++) {
		uint32_t was = key_number(co->vias, BYTES_OF(m->via[i]));

		if (was != 0)
			m->via[i] = was;
	}
}

int
correlation_note_rewriting(
    struct correlation *co, uint32_t of, const struct correlation_message *m)
{
	co->m[of].rewritten = true;
	if (m->via[0] == co->m[of].via[0])
		return 0;
	if (co->vias == NULL && map_create(&co->vias) != 0)
		return ERR_NOMEM;
	return key_set_number(co->vias, BYTES_OF(m->via[0]), co->m[of].via[0]);
}

/* What texts M has, and where their numbers go. */
static int
number_texts(struct correlation *co, struct correlation_message *m)
{
	const struct msg *msg = &co->msg;
	enum { FROM, TO, NAME, REASON, VIAS };
	struct str texts[VIAS + CORRELATION_VIAS] = {
		[FROM] = msg_tag(msg_value(msg, MSG_H_FROM)),
		[TO] = msg_tag(msg_value(msg, MSG_H_TO)),
		[NAME] = read_cseq(co, m),
		[REASON] = msg->request ? STR_NULL : msg->reason,
	};
	uint32_t numbers[VIAS + CORRELATION_VIAS] = { 0 };
	int err;

	_Static_assert(VIAS + CORRELATION_VIAS <= NUMBERS_EACH, "as many");
	read_vias(co, m, &texts[VIAS]);
	err = co->key.err != 0 ? co->key.err
			       : numbers_of_each(co->texts, texts,
				     VIAS + CORRELATION_VIAS, numbers);
	m->from_tag = numbers[FROM];
	m->to_tag = numbers[TO];
	m->name = numbers[NAME];
	m->reason = numbers[REASON];
	memcpy(m->via, &numbers[VIAS], sizeof(m->via));
	if (co->vias != NULL)
		undo_rewriting(co, m);
	return err;
}

int
correlation_read_message(struct correlation *co, struct correlation_message *m)
{
	const struct msg *msg = &co->msg;
	int err;

	m->status = msg->request ? 0 : (uint16_t)msg->status;
	m->reliable = m->status > 100 && m->status < 200 &&
		      msg_value(msg, MSG_H_RSEQ).n > 0;
	err = numbers_of(co->ids, msg_value(msg, MSG_H_CALL_ID), &m->call);
	if (err == 0)
		err = number_texts(co, m);
	return err != 0 ? err : number_tx(co, m);
}
