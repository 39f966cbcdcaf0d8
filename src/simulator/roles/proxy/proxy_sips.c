/*
 * Between sip and sips: RFC 5630 5.3.  From sips nothing goes on as sip; what
 * is for sip goes to a sips Contact as sip, but by TLS.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

/* The two warnings. */
enum { NOT_ALLOWED = 380, REQUIRED = 381 };

bool
proxy_sips_fits(
    struct proxy_context *c, const struct msg_uri *u, struct str uri)
{
	struct node *n = c->proxy->node;

	if (!u->sip)
		return false;
	if (c->sips && !node_uri_is_sips(u)) {
		c->warning = NOT_ALLOWED;
		node_note_bad(n, RULE_SIPS_KEPT, TRACE_REFUSAL_NO_SIPS, uri);
		return false;
	}
	if (!node_speaks(n, u)) {
		c->warning = REQUIRED;
		node_note_bad(n, RULE_SIPS_KEPT, TRACE_REFUSAL_TLS, uri);
		return false;
	}
	return true;
}

int
proxy_sips_plain(struct proxy_target *t)
{
	struct str rest = str_of(t->uri + strlen("sips"));
	char *plain = mem_alloc(strlen("sip") + rest.n + 1);

	if (plain == NULL)
		return ERR_NOMEM;
	memcpy(plain, "sip", strlen("sip"));
	memcpy(plain + strlen("sip"), rest.p, rest.n + 1);
	t->secure = t->uri;
	t->uri = plain;
	return 0;
}

void
proxy_context_answer_480(struct proxy_context *c, enum rule_id why)
{
	struct buf value = BUF_INIT;
	struct sip_header warning = { .name = "Warning" };
	struct sip_response_spec spec = { .status = 480, .headers = &warning };

	if (c->warning != 0) {
		why = RULE_SIPS_WARNING;
		node_write_warning(c->proxy->node, c->warning,
		    c->warning == NOT_ALLOWED ? "SIPS Not Allowed"
					      : "SIPS Required",
		    &value);
		spec.nheaders = 1;
	}
	warning.value = buf_view(&value);
	if (value.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, why);
	buf_free(&value);
}
