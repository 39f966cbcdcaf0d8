/*
 * Following a redirection on the caller's behalf: RFC 3261 16.7 step 4, with
 * recurse=true and only for a Request-URI that this proxy is responsible for
 * (16.5).  No URI is tried twice, so it has an end.
 */
#include "roles/proxy/proxy_in.h"

#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"

/* 16.7 step 8: a proxy has no To tag to give, so this is the word of a virtual
 * user agent server beside it, at the proxy's address. */
void
proxy_tell_181(struct proxy_context *c)
{
	struct sip_response_spec spec = { .status = 181 };
	struct buf contact = BUF_INIT;

	c->told_181 = true;
	node_write_address(
	    node_face_toward(c->proxy->node, &c->src), "", &contact);
	spec.contact = buf_view(&contact);
	if (contact.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, RULE_PROXY_181);
	buf_free(&contact);
}

bool
proxy_recurse(struct proxy_context *c, const struct msg *m)
{
	struct msg_values it = { 0 };
	bool added = false;
	struct msg_addr a;
	struct str v;

	/* 21.3.4, 21.3.5: a 305 names no target, a 380 is for a person. */
	if (m->status > 302 || !c->responsible || c->closed ||
	    !node_attr_bool(c->proxy->node, "recurse", false))
		return false;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		/* RFC 5630 5.3: from sip it is the caller's to go to sips. */
		if (msg_addr_read(v, &a) != 0 || a.star ||
		    (!c->sips && node_is_sips(a.uri)))
			continue;
		added |= proxy_context_add(c, a.uri, STR_NULL, msg_q(a.params),
		    "redirect", RULE_PROXY_RECURSE);
	}
	if (added && c->invite && !c->told_181 && !c->final)
		proxy_tell_181(c);
	return added;
}
