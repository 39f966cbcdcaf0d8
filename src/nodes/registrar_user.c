/*
 * Who may change whose bindings: RFC 3261 10.3 step 4.  A user agent that has
 * proved to be somebody may change the bindings of that user, and those of the
 * users that its attribute `registers_for` lists (third-party registration).
 *
 * Where nobody was asked, the From proves nothing, since anybody can write it;
 * step 3 leaves to the registrar what it makes of that, and this one lets
 * everybody pass.
 */
#include "nodes/registrar.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "nodes/ua.h"

/* N is a phone of USER. */
static bool
is_phone_of(const struct node *n, struct str user)
{
	char *aor = node_is_phone(n) ? node_aor(n) : NULL;
	struct buf name = BUF_INIT;
	int err = ERR_SYNTAX;
	bool yes;

	if (aor != NULL)
		err = msg_uri_aor(str_of(aor), &name);
	else if (node_is_phone(n))
		err = ERR_NOMEM;
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	yes = err == 0 && str_eq(buf_view(&name), user);
	buf_free(&name);
	mem_free(aor);
	return yes;
}

/* AOR is among those that phone N registers for. */
static bool
registers_for(const struct node *n, struct str aor)
{
	struct str rest = str_of(node_attr(n, "registers_for", ""));
	struct buf name = BUF_INIT;
	bool yes = false;

	while (!yes && rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		int err;

		buf_clear(&name);
		err = location_write_aor(word, n->domain, &name);
		if (err == ERR_NOMEM)
			node_fail_memory(n);
		yes = err == 0 && str_eq(buf_view(&name), aor);
	}
	buf_free(&name);
	return yes;
}

bool
registrar_may_change(const struct node *n, struct str user, struct str aor)
{
	bool may = user.n == 0 || str_eq(user, aor);
	size_t at = 0;
	void *value;

	while (!may && map_next(n->world->nodes, &at, NULL, &value))
		may = is_phone_of(value, user) && registers_for(value, aor);
	return may;
}
