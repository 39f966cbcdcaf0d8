/* Machines that a node's program makes up: state("ringing"). */
#include "bindings/lua_program.h"

#include "msg/parts.h"
#include "script/sandbox.h"

/* What the program is told of, as the event of a step. */
static void
write_event(const struct script_news *n, struct buf *out)
{
	switch (n->event) {
	case SCRIPT_ON_REQUEST:
	case SCRIPT_ON_CANCEL:
		buf_str(out, n->m->method_name);
		break;
	case SCRIPT_ON_REPLY:
	case SCRIPT_ON_RESPONSE:
		buf_u64(out, n->m->status);
		break;
	case SCRIPT_ON_FAILURE:
		buf_u64(out, n->status);
		break;
	case SCRIPT_ON_TIMER:
		buf_puts(out, "timer");
		break;
	default:
		break;
	}
}

/* The machine that the value at INDEX names: a text, or a message's branch;
 * without one the node's. */
static struct str
get_machine_id(lua_State *L, int index, const struct lua_program *p)
{
	struct msg_via via;

	if (lua_isnoneornil(L, index))
		return str_of(p->node->name);
	if (lua_type(L, index) != LUA_TUSERDATA)
		return sandbox_tostring(L, index);
	return msg_top_via(lua_message_bytes(L, index), &via) == 0 ? via.branch
								   : STR_NULL;
}

/* state(message): what belongs to its call.  state(name, of, event): the state
 * of a machine of its own from now on. */
int
lua_fn_script_state(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	const struct script_host *host;
	struct script_place place;
	struct script_step step;
	struct buf event = BUF_INIT;
	struct diag d = DIAG_INIT;
	int err;

	lua_settop(L, 3);
	if (lua_type(L, 1) != LUA_TSTRING)
		return lua_fn_state(L);
	host = lua_host_of(L, p);
	place = lua_place_of(L);
	step.to = sandbox_tostring(L, 1);
	step.id = get_machine_id(L, 2, p);
	if (!lua_isnoneornil(L, 3))
		step.event = sandbox_tostring(L, 3);
	else {
		write_event(p->news, &event);
		step.event = buf_view(&event);
	}
	err = event.err != 0 ? event.err
			     : host->state(p->base.role, &place, &step, &d);
	buf_free(&event);
	return lua_check_done(L, err, &d);
}
