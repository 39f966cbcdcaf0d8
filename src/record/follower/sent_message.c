/*
 * Reads the sent message of a record, and makes the key of its transaction; see
 * follower/sent_message.h.
 */
#include "follower/sent_message.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "trace/reader.h"

int
sent_message_read_record(
    struct sent_message *m, const struct trace *t, const struct trace_rec *rec)
{
	int err;

	m->seq = trace_send_of(t, rec);
	if (m->seq == 0)
		return ERR_NOTFOUND;
	if (m->seq == rec->seq)
		m->sent = *rec;
	else
		trace_get(t, m->seq, &m->sent);
	err = trace_get_send(&m->sent, &m->send, &m->fields);
	if (err != 0)
		return err == ERR_NOMEM ? err : ERR_NOTFOUND;
	m->sip = trace_class_of(m->send.proto) == TRACE_CLASS_SIP;
	return 0;
}

int
sent_message_read(struct sent_message *m, const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return sent_message_read_record(m, t, &rec);
}

int
sent_message_read_text(struct sent_message *m)
{
	struct str bytes = trace_bytes(&m->sent, &m->bytes);
	struct msg_cseq cseq = { .number = 0 };
	bool whole;

	if (m->bytes.err != 0)
		return ERR_NOMEM;
	whole = msg_read(&m->msg, bytes, NULL) == MSG_FAULT_NONE;
	whole &= msg_cseq_read(msg_value(&m->msg, MSG_H_CSEQ), &cseq) == 0;
	m->cseq = cseq.number;
	m->from_tag = msg_tag(msg_value(&m->msg, MSG_H_FROM));
	m->to_tag = msg_tag(msg_value(&m->msg, MSG_H_TO));
	return whole ? 0 : ERR_SYNTAX;
}

void
sent_message_free(struct sent_message *m)
{
	buf_free(&m->fields);
	buf_free(&m->bytes);
}

struct str
sent_message_transaction_key(
    struct buf *key, size_t client, bool invite, struct str branch)
{
	size_t head[2] = { client, invite };

	buf_clear(key);
	buf_add(key, (const char *)head, sizeof(head));
	buf_str(key, branch);
	return buf_view(key);
}

bool
sent_message_is_challenge(unsigned status)
{
	return status == 401 || status == 402 || status == 407;
}

bool
sent_message_goes_on_after(unsigned status)
{
	return (status >= 300 && status < 400) ||
	       sent_message_is_challenge(status);
}
