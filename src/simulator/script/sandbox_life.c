/*
 * The sandbox's life: it is made with its libraries and its host's functions,
 * or taken as it was once made (sandbox_copies.c), and destroyed.
 */
#include "script/sandbox_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* Others may begin as SB is now. */
static void
sandbox_keep(struct sandbox *sb)
{
	sb->first_stack = own_only_stack(sb);
	sandbox_copy_keep(sb);
}

/* SB, all zero, with its libraries and its host's functions, which are not the
 * script's doing. */
static int
make_libraries(struct sandbox *sb)
{
	sb->limits = SANDBOX_LIMITS;
	sb->left_run = sb->left_all = UINT64_MAX;
	sb->L = lua_newstate(own_allocate, sb);
	if (sb->L == NULL)
		return ERR_NOMEM;
	memcpy(lua_getextraspace(sb->L), &sb, sizeof(sb));
	lua_pushcfunction(sb->L, own_open_globals);
	if (lua_pcall(sb->L, 0, 0, 0) != LUA_OK)
		return ERR_NOMEM;
	if (sb->host.bind != NULL) {
		lua_pushcfunction(sb->L, sb->host.bind);
		if (lua_pcall(sb->L, 0, 0, 0) != LUA_OK)
			return ERR_NOMEM;
	}
	sandbox_keep(sb);
	return 0;
}

int
sandbox_create(struct sandbox **out, const struct sandbox_limits *limits,
    const struct sandbox_host *host)
{
	static const struct sandbox_host none = { 0 };
	bool made = false;
	struct sandbox *sb;
	int err = 0;

	host = host != NULL ? host : &none;
	*out = NULL;
	sb = sandbox_copy_begin(host, &made);
	if (sb == NULL)
		sb = mem_zalloc(1, sizeof(*sb));
	if (sb == NULL)
		return ERR_NOMEM;
	sb->host = *host;
	if (!made)
		err = make_libraries(sb);
	else if (!own_know_stack(sb, sb->first_stack))
		err = ERR_NOMEM;
	if (err != 0) {
		sandbox_destroy(sb);
		return err;
	}
	if (host->script.n > 0 && !sb->ready) {
		sandbox_copy_record(sb);
		own_make_ready(sb);
		sandbox_keep(sb);
	}
	if (limits != NULL)
		sb->limits = *limits;
	if (sb->limits.memory < sb->used)
		sb->limits.memory = sb->used;
	sb->left_all = sb->limits.steps_all;
	sb->left_acts = sb->limits.steps_acts;
	sb->left_run = sb->limits.steps_run;
	sb->debt = 0;
	sb->longest = 0;
	sb->metatables_many = OWN_METATABLES;
	own_set_hook(sb);
	*out = sb;
	return 0;
}

void
sandbox_prepare(const struct sandbox_host *host)
{
	struct sandbox *all[SANDBOX_ROOMS];
	size_t n = 0;

	while (n < SANDBOX_ROOMS && sandbox_create(&all[n], NULL, host) == 0)
		n++;
	while (n > 0)
		sandbox_destroy(all[--n]);
}

void
sandbox_destroy(struct sandbox *sb)
{
	if (sb == NULL)
		return;
	if (sb->L != NULL)
		lua_close(sb->L);
	for (size_t i = 0; i < sb->nchunks; i++) {
		mem_free(sb->chunks[i].file);
		mem_free(sb->chunks[i].text);
	}
	lua_names_free(&sb->names);
	own_forget_errors(sb);
	map_destroy(sb->stacks);
	map_destroy(sb->strings);
	if (!sandbox_copy_end(sb))
		mem_free(sb);
}
