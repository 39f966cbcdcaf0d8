/*
 * What one message says of itself.  A message that can hardly be read has
 * numbers of 0, and then belongs to nothing.
 */
#include "capture/join.h"

/* What names a hop's transaction: the branch, with who made it, since branches
 * of RFC 2543 were no more than a number (RFC 3261 17.2.3). */
static int
via_number(struct join *j, struct str value, uint32_t *number)
{
	struct msg_via via;

	*number = 0;
	if (msg_via_read(value, &via) != 0)
		return 0;
	buf_clear(&j->key);
	buf_str(&j->key, via.branch);
	buf_putc(&j->key, ' ');
	for (size_t i = 0; i < via.sent_by.n; i++)
		buf_putc(&j->key, chr_lower(via.sent_by.p[i]));
	if (j->key.err != 0)
		return j->key.err;
	return numbers_of(j->texts, buf_view(&j->key), number);
}

static int
read_vias(struct join *j, struct join_message *m)
{
	struct msg_values it = { 0 };
	struct str value;
	int err = 0;

	while (err == 0 && msg_next_value(&j->msg, MSG_H_VIA, &it, &value)) {
		if (m->nvias < JOIN_VIAS)
			err = via_number(j, value, &m->via[m->nvias]);
		if (m->nvias < UINT16_MAX)
			m->nvias++;
	}
	return err;
}

/* CSeq tells the method of a response; of a request the start line does. */
static int
read_cseq(struct join *j, struct join_message *m)
{
	struct str name = j->msg.request ? j->msg.method_name : STR_NULL;
	struct msg_cseq cseq;

	if (msg_cseq_read(msg_value(&j->msg, MSG_H_CSEQ), &cseq) == 0) {
		m->cseq = cseq.number;
		if (!j->msg.request)
			name = cseq.method;
	}
	m->method = (uint8_t)msg_method_find(name);
	return numbers_of(j->texts, name, &m->name);
}

/*
 * The transaction: of the branch and the method, except that the ACK to a
 * final error has its INVITE's.  Call-ID and CSeq tell apart what has no branch
 * of RFC 3261.
 */
static int
number_tx(struct join *j, struct join_message *m)
{
	uint32_t key[4] = { m->via[0], m->call, m->cseq, m->name };

	if (m->via[0] == 0 || m->call == 0)
		return 0;
	if (m->method == MSG_ACK)
		key[3] = numbers_find(j->texts, STR("INVITE"));
	return numbers_of(j->txs, BYTES_OF(key), &m->tx);
}

int
join_read(struct join *j, struct join_message *m)
{
	const struct msg *msg = &j->msg;
	int err;

	m->status = msg->request ? 0 : (uint16_t)msg->status;
	m->reliable = m->status > 100 && m->status < 200 &&
		      msg_value(msg, MSG_H_RSEQ).n > 0;
	if ((err = numbers_of(
		 j->texts, msg_value(msg, MSG_H_CALL_ID), &m->call)) != 0 ||
	    (err = numbers_of(j->texts, msg_tag(msg_value(msg, MSG_H_FROM)),
		 &m->from_tag)) != 0 ||
	    (err = numbers_of(j->texts, msg_tag(msg_value(msg, MSG_H_TO)),
		 &m->to_tag)) != 0 ||
	    (err = read_cseq(j, m)) != 0 || (err = read_vias(j, m)) != 0)
		return err;
	return number_tx(j, m);
}
