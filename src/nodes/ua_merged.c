/*
 * Merged requests: RFC 3261 8.2.2.2.  A request that was forked on its way and
 * comes here by two branches is one request in two server transactions; the
 * first one is answered on its merits, each other with 482.  So every request
 * without a To tag is remembered as long as its transaction lives.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "msg/parts.h"

/* What is alike in the copies, into ua->key. */
static struct str
write_key(struct ua *ua, const struct msg *m)
{
	struct buf *key = &ua->key;

	buf_clear(key);
	buf_str(key, msg_value(m, MSG_H_CALL_ID));
	buf_putc(key, '\n');
	buf_str(key, msg_tag(msg_value(m, MSG_H_FROM)));
	buf_putc(key, '\n');
	buf_str(key, msg_value(m, MSG_H_CSEQ));
	return buf_view(key);
}

static void
ended(struct sip_transaction *tr, void *arg)
{
	ua_request_forget(arg, tr);
}

static const struct sip_transaction_ops ops = { .ended = ended };

void
ua_request_leave(struct ua *ua, struct sip_transaction *tr)
{
	sip_transaction_set_user(tr, &ops, ua);
}

bool
ua_request_keep(struct ua *ua, const struct sip_in *in)
{
	struct str key = write_key(ua, in->m);

	if (map_get(ua->by_request, key) != NULL)
		return false;
	if (ua->key.err != 0 || map_put(ua->by_request, key, in->tr) != 0)
		ua_fail_memory(ua);
	else
		ua_request_leave(ua, in->tr);
	return true;
}

void
ua_request_forget(struct ua *ua, const struct sip_transaction *tr)
{
	struct str key = write_key(
	    ua, world_read(ua->node->world, sip_transaction_request(tr)));

	if (map_get(ua->by_request, key) == tr)
		map_remove(ua->by_request, key);
}
