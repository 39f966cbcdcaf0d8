/*
 * The branch of what a proxy forwards (RFC 3261 16.6 step 8, 16.11): made of
 * what makes the request upstream unique and of the target, never by chance.
 * So a repetition that comes after a crash, which knows no transaction any
 * more, and a CANCEL that is forwarded without one (16.10) have the branch of
 * the INVITE that went there before.
 */
#include "roles/proxy/proxy_in.h"

#include "msg/parts.h"
#include "sip/transaction.h"

#define PROXY_BRANCH_CHARS 8

/* 17.2.3: branch and sent-by, or without the magic cookie what RFC 2543
 * compared. */
static void
write_request_key(const struct msg *m, struct buf *out)
{
	struct str vias = msg_value(m, MSG_H_VIA);
	struct msg_via via;
	struct msg_cseq cseq = { 0 };

	msg_top_via(m, &via);
	if (str_starts(via.branch, SIP_COOKIE)) {
		buf_str(out, via.branch);
		buf_putc(out, ' ');
		buf_str(out, via.sent_by);
		return;
	}
	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	buf_str(out, msg_cut_value(&vias));
	buf_str(out, msg_tag_of(m, MSG_H_FROM));
	buf_str(out, msg_value(m, MSG_H_CALL_ID));
	buf_putc(out, ' ');
	buf_u64(out, cseq.number);
	buf_putc(out, ' ');
	buf_str(out, m->uri);
}

uint64_t
proxy_hash_request(const struct msg *m)
{
	struct buf key = BUF_INIT;
	uint64_t hash;

	write_request_key(m, &key);
	hash = str_hash(buf_view(&key));
	buf_free(&key);
	return hash != 0 ? hash : 1;
}

void
proxy_write_branch(const struct proxy *p, const struct msg *m,
    struct str target, struct buf *out)
{
	static const char chars[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	struct buf key = BUF_INIT;
	uint64_t hash;

	write_request_key(m, &key);
	buf_putc(&key, ' ');
	buf_str(&key, target);
	hash = str_hash(buf_view(&key));
	hash ^= hash >> 32;
	buf_puts(out, SIP_COOKIE "-");
	buf_puts(out, p->node->name);
	buf_putc(out, '-');
	for (int i = 0; i < PROXY_BRANCH_CHARS; i++, hash /= 36)
		buf_putc(out, chars[hash % 36]);
	proxy_write_loop_part(m, out);
	if (key.err != 0)
		out->err = key.err;
	buf_free(&key);
}
