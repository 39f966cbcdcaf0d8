/* Numbers and services that `routes` of a proxy lead, for modules/routes.lua.
 */
#include "bindings/lua_program.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "script/sandbox.h"

#include <string.h>

/* By what `routes` lead URI: a service (urn:service:), or a number (of tel:, or
 * the user of one of N's own) without what divides it; nothing: by none. */
static void
lua_program_write_number(const struct node *n, struct str uri, struct buf *out)
{
	struct str s = STR_NULL, params, context;
	struct msg_uri u;

	if (str_istarts(uri, "urn:service:"))
		buf_str(out, str_slice(uri, strlen("urn:service:"), uri.n));
	else if (str_istarts(uri, "tel:"))
		s = str_slice(uri, strlen("tel:"), uri.n);
	else if (msg_uri_read(uri, &u) == 0 && node_is_own(n, uri))
		s = u.user;
	s = msg_cut_params(node_own_number(n, s), &params);
	if (msg_param(params, "phone-context", &context))
		return; /* another country's */
	for (size_t i = 0; i < s.n; i++)
		if (strchr("-.()", s.p[i]) == NULL)
			buf_putc(out, s.p[i]);
}

int
lua_fn_way(lua_State *L)
{
	const struct node *n = lua_program_of(L)->node;
	struct str uri = sandbox_tostring(L, 1), to;
	LOCAL_BUF number = BUF_INIT;
	unsigned which;

	sandbox_charge(L, 1 + uri.n + strlen(node_attr(n, "routes", "")) / 8);
	lua_program_write_number(n, uri, &number);
	to = node_route_of(n, buf_view(&number), &which);
	lua_pushlstring(L, to.n > 0 ? to.p : "", to.n);
	lua_pushlstring(L, buf_cstr(&number), number.n);
	lua_pushinteger(L, which);
	return 3;
}

int
lua_fn_address(lua_State *L)
{
	const struct node *n = lua_program_of(L)->node;
	const struct node *to = world_find(n->world, luaL_checkstring(L, 1));
	LOCAL_BUF address = BUF_INIT;

	if (to == NULL)
		return sandbox_error(
		    L, _("there is no node “%s”"), lua_tostring(L, 1));
	addr_write_bare(&node_face_for(to, n)->addr, &address);
	lua_pushlstring(L, buf_cstr(&address), address.n);
	return 1;
}
