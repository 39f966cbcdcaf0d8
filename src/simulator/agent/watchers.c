/* The watchers that a user admits (RFC 3856 6.6.2); see agent/watchers.h. */
#include "agent/watchers.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

unsigned
watchers_judge(struct agent_notifier *n)
{
	const struct node *node = n->agent->node;
	const char *who = node_attr(node, "watchers", "accept");
	LOCAL_BUF aor = BUF_INIT;
	bool known = msg_uri_aor(str_of(n->watcher), &aor) == 0;
	unsigned status = 0;

	if (known && node_lists_aor(node, "blocked", buf_view(&aor)))
		status = 403;
	else if (!known || !node_lists_aor(node, "admitted", buf_view(&aor))) {
		n->pending = strcmp(who, "confirm") == 0;
		status = strcmp(who, "refuse") == 0 ? 403 : 0;
	}
	return status;
}

/* WATCHER is in the list TO from now on, and no longer in the list FROM. */
static int
move_watcher(
    struct node *node, struct str watcher, const char *from, const char *to)
{
	struct str rest = str_of(node_attr(node, from, ""));
	LOCAL_BUF left = BUF_INIT, more = BUF_INIT, aor = BUF_INIT;
	int err = 0;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		buf_clear(&aor);
		if (node_write_aor(word, node->domain, &aor) == 0 &&
		    !str_eq(buf_view(&aor), watcher))
			buf_printf(&left, "%s%.*s", left.n > 0 ? " " : "",
			    STR_ARG(word));
	}
	buf_puts(&more, node_attr(node, to, ""));
	if (!node_lists_aor(node, to, watcher))
		buf_printf(&more, " %.*s", STR_ARG(watcher));
	if (left.err != 0 || more.err != 0 || aor.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = node_set_attr(node, from, buf_cstr(&left));
	if (err == 0)
		err = node_set_attr(node, to, buf_cstr(&more));
	return err;
}

static void
tell_watcher(struct agent *agent, struct str watcher, bool admit)
{
	LOCAL_BUF aor = BUF_INIT;

	list_each (struct agent_notifier, n, &agent->notifiers, link) {
		buf_clear(&aor);
		if (n->refers || msg_uri_aor(str_of(n->watcher), &aor) != 0 ||
		    !str_eq(buf_view(&aor), watcher))
			continue;
		if (!admit)
			agent_notifier_end(
			    n, "rejected", RULE_PRESENCE_DECIDED);
		else if (n->pending)
			agent_notifier_admit(n);
	}
}

static int
decide_watcher(const struct node_act *a, bool admit)
{
	struct agent *agent = a->role;
	const char *watcher = node_arg(a->args, "watcher");
	LOCAL_BUF aor = BUF_INIT;
	int err = ERR_SYNTAX;

	if (watcher != NULL)
		err =
		    node_write_aor(str_of(watcher), agent->node->domain, &aor);
	if (err == ERR_SYNTAX)
		diag_set(a->d, err, NULL, 0,
		    _("a watcher is a URI or a user of this domain"));
	if (err == 0)
		err = move_watcher(agent->node, buf_view(&aor),
		    admit ? "blocked" : "admitted",
		    admit ? "admitted" : "blocked");
	if (err == 0)
		tell_watcher(agent, buf_view(&aor), admit);
	return err;
}

int
watchers_verb_admit(const struct node_act *a)
{
	return decide_watcher(a, true);
}

int
watchers_verb_block(const struct node_act *a)
{
	return decide_watcher(a, false);
}
