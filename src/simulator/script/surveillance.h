/*
 * Bodies of GB/T 28181 in Lua, a table `gb28181` of functions:
 *
 *	gb28181.read(body)            { root = "Response", CmdType = …, … }
 *	gb28181.write(t, "GB2312")    the same as a body
 *	gb28181.ptz("A50F01…")        { right = 41, up = 64 }
 *	gb28181.ptz { right = 41 }    "A50F0101…"
 *	gb28181.control(body)         { method = "PLAY", CSeq = 4, Scale = 2 }
 */
#ifndef SCRIPT_SURVEILLANCE_H
#define SCRIPT_SURVEILLANCE_H

#include <lua.h>

/* Sets the global.  Raises. */
void sandbox_bind_surveillance(lua_State *L);

#endif
