/*
 * Why a proxy takes a branch back: the Reason of its CANCEL, RFC 3326.  A phone
 * that stops ringing can so tell a call that was answered elsewhere from one
 * that was missed.
 */
#include "roles/proxy/proxy_in.h"

#include "base/mem.h"
#include "msg/methods.h"
#include "rules/rule_names.h"

/* RFC 3326 2: a CANCEL that a proxy sends because it has got one has the Reason
 * of that. */
void
proxy_take_reason(struct proxy_context *c, const struct msg *cancel)
{
	struct msg_values it = { 0 };
	struct buf all = BUF_INIT;
	struct str v;

	while (msg_next_value(cancel, MSG_H_REASON, &it, &v)) {
		if (all.n > 0)
			buf_puts(&all, ", ");
		buf_str(&all, v);
	}
	mem_free(c->reason);
	c->reason = all.n > 0 ? buf_take(&all) : NULL;
	if (all.err != 0)
		node_fail_memory(c->proxy->node);
	buf_free(&all);
}

void
proxy_write_status(unsigned status, struct buf *out)
{
	const struct msg_status_info *row = msg_status(status);

	buf_printf(out, "SIP;cause=%u", status);
	if (row != NULL)
		buf_printf(out, ";text=\"%s\"", row->phrase);
}

/* RFC 3326 3.1: another phone has refused for all of them. */
static void
write_refusal(const struct proxy_context *c, struct buf *out)
{
	list_each (const struct proxy_branch, b, &c->branches, link) {
		if (b->status < 600)
			continue;
		proxy_write_status(b->status, out);
		return;
	}
}

void
proxy_write_reason(
    const struct proxy_context *c, enum rule_id why, struct buf *out)
{
	/* RFC 3326 3.1: the example of a forking proxy. */
	if (why == RULE_PROXY_CANCEL_OTHERS)
		buf_puts(
		    out, "SIP;cause=200;text=\"Call completed elsewhere\"");
	else if (why == RULE_PROXY_6XX)
		write_refusal(c, out);
	else if (why == RULE_PROXY_CANCEL && c->reason != NULL)
		buf_puts(out, c->reason);
}
