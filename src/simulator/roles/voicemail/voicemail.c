/*
 * Voice mail as a role: its life, its mailboxes, and the mailbox meant by a
 * request.  An unanswered call is sent here by a proxy or the called phone, and
 * the called user has to be found out: RFC 4458, RFC 7044, RFC 5806.
 */
#include "roles/voicemail/voicemail_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"

#include <assert.h>
#include <stddef.h>

static_assert(offsetof(struct voicemail, agent) == 0, "an agent comes first");

struct voicemail *
voicemail_of(const struct agent *agent)
{
	return (struct voicemail *)(uintptr_t)agent;
}

/* ---- mailboxes ---- */

static void
free_box(struct voicemail_box *box)
{
	list_remove(&box->link);
	mem_free(box->name);
	mem_free(box->owner);
	mem_free(box);
}

/* OWNER: canonical.  0, ERR_NOMEM, ERR_SYNTAX. */
static int
add_box(struct voicemail *v, struct str owner)
{
	struct voicemail_box *box;
	struct msg_uri u;

	if (msg_uri_read(owner, &u) != 0 || !u.sip || u.user.n == 0)
		return ERR_SYNTAX;
	box = mem_zalloc(1, sizeof(*box));
	if (box == NULL)
		return ERR_NOMEM;
	list_init(&box->link);
	list_append(&v->boxes, &box->link);
	box->name = mem_dup(u.user.p, u.user.n);
	box->owner = mem_dup(owner.p, owner.n);
	return box->name != NULL && box->owner != NULL ? 0 : ERR_NOMEM;
}

/* The attribute `mailboxes`; words that are no users are passed over. */
static int
read_boxes(struct voicemail *v)
{
	const struct node *n = v->agent.node;
	struct str rest = str_of(node_attr(n, "mailboxes", ""));
	LOCAL_BUF owner = BUF_INIT;
	int err = 0;

	while (rest.n > 0 && err != ERR_NOMEM) {
		struct str word = str_cut(rest, ' ', &rest);

		buf_clear(&owner);
		err = node_write_aor(word, n->domain, &owner);
		if (err == 0)
			err = add_box(v, buf_view(&owner));
	}
	return err == ERR_NOMEM ? err : 0;
}

void
voicemail_write_uri(
    const struct voicemail *v, const struct voicemail_box *box, struct buf *out)
{
	const struct node *n = v->agent.node;

	buf_printf(out, "sip:%s@", box->name);
	if (n->domain[0] != '\0')
		buf_puts(out, n->domain);
	else
		addr_write_host(node_addr(n), out);
}

/* ---- which one ---- */

static struct voicemail_box *
find_by_owner(struct voicemail *v, struct str uri)
{
	LOCAL_BUF aor = BUF_INIT;
	struct voicemail_box *found = NULL;
	int err = msg_uri_aor(uri, &aor);

	list_each (struct voicemail_box, box, &v->boxes, link) {
		if (err == 0 && found == NULL &&
		    str_is(buf_view(&aor), box->owner))
			found = box;
	}
	agent_fail_nomem(&v->agent, err);
	return found;
}

struct voicemail_box *
voicemail_find(struct voicemail *v, struct str uri)
{
	const struct node *n = v->agent.node;
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip)
		return NULL;
	if (!node_is_own(n, uri))
		return find_by_owner(v, uri);
	list_each (struct voicemail_box, box, &v->boxes, link)
		if (str_is(u.user, box->name))
			return box;
	return NULL;
}

struct voicemail_box *
voicemail_of_caller(struct voicemail *v, const struct msg *m)
{
	return find_by_owner(v, msg_addr_uri(msg_value(m, MSG_H_FROM)));
}

/* RFC 4458 2: a URI within a parameter of a URI, whose characters may be
 * escaped. */
static struct voicemail_box *
find_target(struct voicemail *v, struct str uri)
{
	struct voicemail_box *box = NULL;
	LOCAL_BUF plain = BUF_INIT;
	struct msg_uri u;
	struct str raw;

	if (msg_uri_read(uri, &u) != 0 || !u.sip ||
	    !msg_param(u.params, "target", &raw))
		return NULL;
	for (size_t i = 0; i < raw.n; i++) {
		int hi = i + 2 < raw.n ? chr_hex(raw.p[i + 1]) : -1;
		int lo = i + 2 < raw.n ? chr_hex(raw.p[i + 2]) : -1;

		if (raw.p[i] != '%' || hi < 0 || lo < 0) {
			buf_putc(&plain, raw.p[i]);
			continue;
		}
		buf_putc(&plain, (char)(hi << 4 | lo));
		i += 2;
	}
	if (plain.err != 0)
		agent_fail_memory(&v->agent);
	else
		box = voicemail_find(v, buf_view(&plain));
	return box;
}

/* RFC 7044 12.1, RFC 5806 6.5: the first entry of a History-Info, and the last
 * of a Diversion, is whom the caller has called. */
static struct voicemail_box *
voicemail_find_in_list(
    struct voicemail *v, const struct msg *m, enum msg_header id, bool last)
{
	struct msg_values it = { 0 };
	struct str value, one = STR_NULL;

	while (msg_next_value(m, id, &it, &value)) {
		one = value;
		if (!last)
			break;
	}
	return one.n > 0 ? voicemail_find(v, msg_addr_uri(one)) : NULL;
}

struct voicemail_box *
voicemail_meant(struct voicemail *v, const struct msg *m)
{
	struct voicemail_box *box = find_target(v, m->uri);

	if (box == NULL)
		box = voicemail_find(v, m->uri);
	if (box == NULL)
		box = voicemail_find_in_list(v, m, MSG_H_HISTORY_INFO, false);
	if (box == NULL)
		box = voicemail_find_in_list(v, m, MSG_H_DIVERSION, true);
	if (box == NULL)
		box = voicemail_find(v, msg_addr_uri(msg_value(m, MSG_H_TO)));
	return box;
}

/* ---- life ---- */

static bool
names_box(const struct agent *agent, struct str uri)
{
	return node_is_own(agent->node, uri) &&
	       voicemail_find(voicemail_of(agent), uri) != NULL;
}

static const struct agent_method methods[] = { VOICEMAIL_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct agent_ops voicemail_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.services = &voicemail_summary,
	.nservices = 1,
	.named = names_box,
};

static void
voicemail_stop(void *role)
{
	struct voicemail *v = role;

	agent_usages_end(&v->agent);
	agent_end(&v->agent);
	list_each (struct voicemail_box, b, &v->boxes, link)
		free_box(b);
}

static int
voicemail_start(struct node *n, void *role)
{
	struct voicemail *v = role;

	list_init(&v->boxes);
	return agent_begin(&v->agent, n, &voicemail_ops) != 0 ||
		       read_boxes(v) != 0
		   ? ERR_NOMEM
		   : 0;
}

NODE_ROLE(voicemail) = {
	.word = "voicemail",
	.allow = VOICEMAIL_ALLOW,
	.supported = AGENT_CALL_SUPPORTED,
	.size = sizeof(struct voicemail),
	.start = voicemail_start,
	.stop = voicemail_stop,
	AGENT_ROLE(agent_role_cancel),
};
