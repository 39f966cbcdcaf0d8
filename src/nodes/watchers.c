/* See nodes/watchers.h. */
#include "nodes/watchers.h"

#include "base/err.h"
#include "msg/parts.h"

#include <string.h>

/* WORD is a URI, or a user of the domain of NODE: as an address-of-record, into
 * OUT.  0, ERR_NOMEM, ERR_SYNTAX. */
static int
write_aor(const struct node *node, struct str word, struct buf *out)
{
	struct buf uri = BUF_INIT;
	int err;

	if (str_chr(word, ':') >= 0)
		buf_str(&uri, word);
	else if (str_chr(word, '@') >= 0)
		buf_printf(&uri, "sip:%.*s", STR_ARG(word));
	else
		buf_printf(&uri, "sip:%.*s@%s", STR_ARG(word), node->domain);
	err = uri.err != 0 ? ERR_NOMEM : msg_uri_aor(buf_view(&uri), out);
	buf_free(&uri);
	return err;
}

/* WATCHER is one of those that the attribute ATTR lists. */
static bool
is_listed(const struct node *node, const char *attr, struct str watcher)
{
	struct str rest = str_of(node_attr(node, attr, ""));
	struct buf mine = BUF_INIT, aor = BUF_INIT;
	bool found = false;

	if (rest.n == 0 || msg_uri_aor(watcher, &mine) != 0)
		rest = STR_NULL;
	while (rest.n > 0 && !found) {
		struct str word = str_cut(rest, ' ', &rest);

		buf_clear(&aor);
		found = word.n > 0 && write_aor(node, word, &aor) == 0 &&
			str_eq(buf_view(&aor), buf_view(&mine));
	}
	buf_free(&mine);
	buf_free(&aor);
	return found;
}

unsigned
watchers_judge(struct agent_notifier *n)
{
	const struct node *node = n->agent->node;
	const char *who = node_attr(node, "watchers", "accept");
	struct str watcher = str_of(n->watcher);

	if (is_listed(node, "blocked", watcher))
		return 403;
	if (is_listed(node, "admitted", watcher))
		return 0;
	n->pending = strcmp(who, "confirm") == 0;
	return strcmp(who, "refuse") == 0 ? 403 : 0;
}

/* WATCHER stands in the list TO from now on, and no longer in the list FROM. */
static int
move_watcher(
    struct node *node, struct str watcher, const char *from, const char *to)
{
	struct str rest = str_of(node_attr(node, from, ""));
	struct buf left = BUF_INIT, more = BUF_INIT, aor = BUF_INIT;
	int err = 0;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		buf_clear(&aor);
		if (write_aor(node, word, &aor) == 0 &&
		    !str_eq(buf_view(&aor), watcher))
			buf_printf(&left, "%s%.*s", left.n > 0 ? " " : "",
			    STR_ARG(word));
	}
	buf_puts(&more, node_attr(node, to, ""));
	if (!is_listed(node, to, watcher))
		buf_printf(&more, " %.*s", STR_ARG(watcher));
	if (left.err != 0 || more.err != 0 || aor.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = node_set_attr(node, from, buf_cstr(&left));
	if (err == 0)
		err = node_set_attr(node, to, buf_cstr(&more));
	buf_free(&left);
	buf_free(&more);
	buf_free(&aor);
	return err;
}

static void
tell_watcher(struct agent *agent, struct str watcher, bool admit)
{
	struct buf aor = BUF_INIT;

	list_foreach (link, &agent->notifiers) {
		struct agent_notifier *n =
		    LIST_ENTRY(link, struct agent_notifier, link);

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
	buf_free(&aor);
}

int
watchers_decide(
    struct agent *agent, const char *watcher, bool admit, struct diag *d)
{
	struct buf aor = BUF_INIT;
	int err = ERR_SYNTAX;

	if (watcher != NULL)
		err = write_aor(agent->node, str_of(watcher), &aor);
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0,
		    _("a watcher is a URI or a user of the own domain"));
	if (err == 0)
		err = move_watcher(agent->node, buf_view(&aor),
		    admit ? "blocked" : "admitted",
		    admit ? "admitted" : "blocked");
	if (err == 0)
		tell_watcher(agent, buf_view(&aor), admit);
	buf_free(&aor);
	return err;
}
