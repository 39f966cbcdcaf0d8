/*
 * What one message says of itself.  A message that can hardly be read has
 * numbers of 0, and then belongs to nothing.
 */
#include "capture/correlation.h"

/* What names a hop's transaction: the branch, with who made it, since branches
 * of RFC 2543 were no more than a number (RFC 3261 17.2.3). */
static int
via_number(struct correlation *co, struct str value, uint32_t *number)
{
	struct msg_via via;

	*number = 0;
	if (msg_via_read(value, &via) != 0)
		return 0;
	buf_clear(&co->key);
	buf_str(&co->key, via.branch);
	buf_putc(&co->key, ' ');
	for (size_t i = 0; i < via.sent_by.n; i++)
		buf_putc(&co->key, chr_lower(via.sent_by.p[i]));
	if (co->key.err != 0)
		return co->key.err;
	return numbers_of(co->texts, buf_view(&co->key), number);
}

static int
read_vias(struct correlation *co, struct correlation_message *m)
{
	struct msg_values it = { 0 };
	struct str value;
	int err = 0;

	while (err == 0 && msg_next_value(&co->msg, MSG_H_VIA, &it, &value)) {
		if (m->nvias < CORRELATION_VIAS)
			err = via_number(co, value, &m->via[m->nvias]);
		if (m->nvias < UINT16_MAX)
			m->nvias++;
	}
	return err;
}

/* CSeq tells the method of a response; of a request the start line does. */
static int
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
	return numbers_of(co->texts, name, &m->name);
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

int
correlation_read_message(struct correlation *co, struct correlation_message *m)
{
	const struct msg *msg = &co->msg;
	int err;

	m->status = msg->request ? 0 : (uint16_t)msg->status;
	m->reliable = m->status > 100 && m->status < 200 &&
		      msg_value(msg, MSG_H_RSEQ).n > 0;
	if ((err = numbers_of(
		 co->texts, msg_value(msg, MSG_H_CALL_ID), &m->call)) != 0 ||
	    (err = numbers_of(co->texts, msg_tag(msg_value(msg, MSG_H_FROM)),
		 &m->from_tag)) != 0 ||
	    (err = numbers_of(co->texts, msg_tag(msg_value(msg, MSG_H_TO)),
		 &m->to_tag)) != 0 ||
	    (err = read_cseq(co, m)) != 0 || (err = read_vias(co, m)) != 0)
		return err;
	return number_tx(co, m);
}
