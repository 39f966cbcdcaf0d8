/* Tables of a script as lines of text: header fields. */
#ifndef BINDINGS_LUA_LINES_H
#define BINDINGS_LUA_LINES_H

#include "base/str.h"

#include <lua.h>

/* { name = value, other = { value, value } } at TABLE: pushes a text of lines.
 */
struct str lua_push_lines(lua_State *L, int table);

#endif
