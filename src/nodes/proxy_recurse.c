/*
 * Following a redirection on the caller's behalf: RFC 3261 16.7 step 4, with
 * recurse=true and only for a Request-URI that this proxy is responsible for
 * (16.5).  No URI is tried twice, so it has an end.
 */
#include "nodes/proxy.h"

#include "msg/parts.h"

bool
proxy_recurse(struct proxy_context *c, const struct msg *m)
{
	struct msg_values it = { 0 };
	bool added = false;
	struct msg_addr a;
	struct str v, headers;

	if (!c->responsible || c->closed ||
	    !node_attr_bool(c->proxy->node, "recurse", false))
		return false;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		if (msg_addr_read(v, &a) != 0 || a.star)
			continue;
		/* 19.1.5: headers have no place in a Request-URI. */
		added |= proxy_context_add(c, str_cut(a.uri, '?', &headers),
		    STR_NULL, msg_q(a.params), "redirect", RULE_PROXY_RECURSE);
	}
	if (added && c->invite && !c->told_181 && !c->final) {
		c->told_181 = true;
		proxy_context_answer(c, 181, RULE_PROXY_181);
	}
	return added;
}
