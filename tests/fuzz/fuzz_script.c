/*
 * A script in a small sandbox: it comes to an end, with success or a sentence,
 * and leaves nothing on Lua's stack.
 */
#include "fuzz.h"

#include "script/lua_names.h"
#include "script/sandbox_in.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n };
	struct sandbox_limits limits = SANDBOX_LIMITS;
	struct lua_names found = { NULL, 0 };
	struct diag d = DIAG_INIT;
	struct sandbox *sb;
	int err;

	limits.steps_run = 20000;
	limits.memory = (size_t)4 << 20;
	limits.string = (size_t)1 << 18;
	fuzz_want(sandbox_create(&sb, &limits, NULL) == 0);
	err = sandbox_load(sb, text, "fuzz.lua", &d);
	fuzz_want(err == d.err && (err == 0 || d.text[0] != '\0'));
	fuzz_want(lua_gettop(sb->L) == 0);
	sandbox_destroy(sb);
	fuzz_want(lua_names_scan(&found, text) == 0);
	lua_names_free(&found);
	return 0;
}
